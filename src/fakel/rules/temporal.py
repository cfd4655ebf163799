"""Signal temporal logic on straight pieces: the quantitative meaning of always, eventually, until and since.

Robustness after Donze, Ferrere and Maler 2013 (Efficient robust monitoring for STL): linear in the number of pieces.
Windows reach beyond the ends of a signal; ``End`` says what is taken to stand there.
"""

from __future__ import annotations

import math
from collections import deque
from enum import Enum

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.rules.lines import SURE, Line, least, most, with_crossings


class End(Enum):
    """What stands after the end: the last value (a whole flight), or what is worst or best for the formula."""

    HELD = "held"
    WORST = "worst"
    BEST = "best"

    @property
    def denied(self) -> End:
        """The same under a negation."""
        return {End.WORST: End.BEST, End.BEST: End.WORST, End.HELD: End.HELD}[self]


def smallest(line: Line, from_s: float, to_s: float, end: End, negated: bool = False) -> Line:
    """g(t) = the least value of line on [t + from_s, t + to_s] after its beginning; SURE where there is none.

    negated: the line stands negated, for eventually.
    """
    start_s, stop_s = line.start_s, line.stop_s
    length_s = stop_s - start_s
    to_s = min(to_s, from_s + 2 * length_s + 1.0) if from_s > -math.inf else to_s
    from_s = max(from_s, to_s - 2 * length_s - 1.0)
    after = {End.HELD: float(line.last[-1]), End.WORST: -SURE, End.BEST: SURE}[end.denied if negated else end]
    wide = line.padded(min(start_s + from_s, start_s), SURE, max(stop_s + to_s, stop_s), after)
    if from_s == to_s:
        return wide.later(-from_s).between(start_s, stop_s)
    ends = least(wide.later(-from_s).between(start_s, stop_s), wide.later(-to_s).between(start_s, stop_s))
    return least(ends, _knots_in_window(wide, from_s, to_s, start_s, stop_s))


def _knots_in_window(line: Line, from_s: float, to_s: float, start_s: float, stop_s: float) -> Line:
    """Steps: the least value at the line's knots within the window. Each knot enters and leaves once."""
    knots_s, values = line.knots()
    enter, leave = knots_s - to_s, knots_s - from_s
    t_s = np.unique(np.concatenate((enter, leave, [start_s, stop_s])))
    t_s = t_s[(t_s >= start_s) & (t_s <= stop_s)]
    found = _slide(values, np.searchsorted(leave, t_s[1:], side="left"),
                   np.searchsorted(enter, t_s[:-1], side="right"))
    return Line(t_s, found, found)


def _slide(values: FloatArray, low: np.ndarray, high: np.ndarray) -> FloatArray:
    """The least of values[low:high] for rising low and high (Lemire's wedge); SURE where there is none."""
    numbers, wedge, found, next_in = values.tolist(), deque[int](), [], 0
    for lo, hi in zip(low.tolist(), high.tolist(), strict=True):
        while next_in < hi:
            while wedge and numbers[wedge[-1]] >= numbers[next_in]:
                wedge.pop()
            wedge.append(next_in)
            next_in += 1
        while wedge and wedge[0] < lo:
            wedge.popleft()
        found.append(numbers[wedge[0]] if wedge else SURE)
    return np.array(found)


def always(line: Line, from_s: float = 0.0, to_s: float = math.inf, end: End = End.HELD) -> Line:
    """The least of the window [t + from_s, t + to_s]."""
    return smallest(line, from_s, to_s, end)


def eventually(line: Line, from_s: float = 0.0, to_s: float = math.inf, end: End = End.HELD) -> Line:
    """The greatest of the window [t + from_s, t + to_s]."""
    return smallest(line.scaled(-1.0), from_s, to_s, end, negated=True).scaled(-1.0)


def historically(line: Line, from_s: float = 0.0, to_s: float = math.inf, end: End = End.HELD) -> Line:
    """The least of the window [t - to_s, t - from_s]."""
    return smallest(line, -to_s, -from_s, end)


def once(line: Line, from_s: float = 0.0, to_s: float = math.inf, end: End = End.HELD) -> Line:
    """The greatest of the window [t - to_s, t - from_s]."""
    return smallest(line.scaled(-1.0), -to_s, -from_s, end, negated=True).scaled(-1.0)


def until(hold: Line, reach: Line, from_s: float = 0.0, to_s: float = math.inf, end: End = End.HELD) -> Line:
    """sup over t' in [t + from_s, t + to_s] of min(reach(t'), inf of hold on [t, t'])."""
    after = {End.HELD: min(float(hold.last[-1]), float(reach.last[-1])), End.WORST: -SURE, End.BEST: SURE}[end]
    endless = _until(hold, reach, after)
    if from_s == 0.0 and to_s == math.inf:
        return endless
    start_s, stop_s = endless.start_s, endless.stop_s
    waited = endless.padded(start_s, 0.0, stop_s + from_s, after)
    waited = waited.later(-from_s).between(start_s, stop_s)
    result = least(waited, always(hold, 0.0, from_s, end))
    return result if to_s == math.inf else least(result, eventually(reach, from_s, to_s, end))


def since(hold: Line, reach: Line, from_s: float = 0.0, to_s: float = math.inf, end: End = End.HELD) -> Line:
    """sup over t' in [t - to_s, t - from_s] of min(reach(t'), inf of hold on [t', t])."""
    del end                                                    # what is to come does not matter
    return until(hold.mirrored(), reach.mirrored(), from_s, to_s, End.WORST).mirrored()


def _until(hold: Line, reach: Line, beyond: float) -> Line:
    """Until without bounds, piece by piece from the end: on a piece where hold rises, its infimum is where one stands;
    where it falls, where one goes."""
    hold, reach = with_crossings(hold, reach)
    met = np.minimum(hold.last, reach.last)
    rises = hold.last >= hold.first
    ahead = np.empty(len(hold.first))                          # the most that the rest of the signal gives, each piece
    value = beyond
    rows = list(zip(hold.first.tolist(), hold.last.tolist(), reach.first.tolist(), reach.last.tolist(), met.tolist(),
                    rises.tolist(), strict=True))
    for i in range(len(rows) - 1, -1, -1):
        h0, h1, r0, r1, both, up = rows[i]
        ahead[i] = max(r1, value) if up else max(both, min(h1, value))
        value = min(h0, max(r0, ahead[i])) if up else max(min(h0, r0), ahead[i])
    steps = Line(hold.t_s, ahead, ahead)
    falling = most(least(hold, reach), steps)
    rising = least(hold, most(reach, steps))
    return _chosen(rising, falling, hold.t_s, rises)


def _chosen(one: Line, other: Line, t_s: FloatArray, take_one: np.ndarray) -> Line:
    """Pieces of one where told, of the other elsewhere; the pieces told of lie between t_s."""
    cuts = np.union1d(one.t_s, other.t_s)
    one, other = one.cut(cuts), other.cut(cuts)
    take = take_one[np.clip(np.searchsorted(t_s, cuts[:-1], side="right") - 1, 0, len(take_one) - 1)]
    return Line(cuts, np.where(take, one.first, other.first), np.where(take, one.last, other.last))
