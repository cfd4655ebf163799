"""Stretches of time in which functions are above zero, for many functions at once, with edges located exactly.

Each row is one function over one stretch. Samples of all rows lie one after another in flat arrays; ``of(t_s, row)``
gives values (k,) at times (k,) of the rows named (k,). Between two samples a function may have one turn: a peak that
shows only between samples, or a dip, is looked for where the samples around it leave room for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray

Rows = NDArray[np.int64]
Of = Callable[[FloatArray, Rows], FloatArray]
EXACT_S = 1e-4
_GOLD = (3 - 5**0.5) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Stretches (n,): row, start_s, stop_s, in order of row and time; opens and closes: whether the function itself
    crosses zero at that end (else the row begins or ends there)."""

    row: Rows
    start_s: FloatArray
    stop_s: FloatArray
    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.row)


def sample_times(start_s: FloatArray, stop_s: FloatArray, step_s: float, least: int = 4) -> tuple[FloatArray, Rows]:
    """Times in each stretch, its ends included, at most step_s apart and in least parts or more; flat, with rows."""
    length = np.asarray(stop_s, dtype=float) - start_s
    parts = np.maximum(least, np.ceil(length / step_s - 1e-9)).astype(np.int64)
    row = np.repeat(np.arange(len(parts)), parts + 1)
    first = np.concatenate([[0], np.cumsum(parts + 1)[:-1]]).astype(np.int64)
    share = (np.arange(len(row)) - first[row]) / parts[row]
    return np.asarray(start_s)[row] + share * length[row], row


def spans_within(of: Of, start_s: FloatArray, stop_s: FloatArray, step_s: float) -> Spans:
    """Where of is above zero inside each stretch (n,); row i of ``of`` is stretch i. Samples every step_s or closer."""
    t_s, row = sample_times(np.asarray(start_s, dtype=float), np.asarray(stop_s, dtype=float), step_s)
    return spans_of_samples(of, t_s, row, of(t_s, row))


def spans_of_samples(of: Of, t_s: FloatArray, row: Rows, value: FloatArray) -> Spans:
    """Where of is above zero, from its samples (n,): t_s rises inside each row, and rows follow one another."""
    t_s, row, value = _with_turns(of, t_s, row, value)
    up = value > 0
    same = row[1:] == row[:-1]
    i = np.flatnonzero(same & (up[1:] != up[:-1]))
    root = _roots(of, t_s[i], t_s[i + 1], value[i], value[i + 1], row[i])
    rises = up[i + 1]
    begins = np.flatnonzero(up & np.concatenate([[True], ~same]))
    ends = np.flatnonzero(up & np.concatenate([~same, [True]]))
    start = _merged((row[i[rises]], root[rises], True), (row[begins], t_s[begins], False))
    stop = _merged((row[i[~rises]], root[~rises], True), (row[ends], t_s[ends], False))
    keep = stop[1] > start[1]
    return Spans(start[0][keep], start[1][keep], stop[1][keep], start[2][keep], stop[2][keep])


def _merged(a: tuple[Rows, FloatArray, bool], b: tuple[Rows, FloatArray, bool]
            ) -> tuple[Rows, FloatArray, NDArray[np.bool_]]:
    """Rows, times and marks of both, in order of row and time."""
    row, t = np.concatenate([a[0], b[0]]), np.concatenate([a[1], b[1]])
    mark = np.concatenate([np.full(len(a[0]), a[2]), np.full(len(b[0]), b[2])])
    order = np.lexsort((t, row))
    return row[order], t[order], mark[order]


def _with_turns(of: Of, t_s: FloatArray, row: Rows, value: FloatArray) -> tuple[FloatArray, Rows, FloatArray]:
    """The samples, with the peaks below zero and the dips above it that cross zero between them put in."""
    found = [_turns(of, t_s, row, value, sign) for sign in (1.0, -1.0)]
    sample, at_s, turn = (np.concatenate([f[k] for f in found]) for k in range(3))
    if not len(sample):
        return t_s, row, value
    order = np.argsort(sample, kind="stable")
    sample, at_s, turn = sample[order], at_s[order], turn[order]
    place = np.where(at_s > t_s[sample], sample + 1, sample)
    return np.insert(t_s, place, at_s), np.insert(row, place, row[sample]), np.insert(value, place, turn)


def _turns(of: Of, t_s: FloatArray, row: Rows, value: FloatArray, sign: float
           ) -> tuple[Rows, FloatArray, FloatArray]:
    """Peaks of sign * value that pass zero although no sample near them does: nearest sample, times, values."""
    g, joined = sign * value, row[1:] == row[:-1]
    first, last = np.concatenate([[True], ~joined]), np.concatenate([~joined, [True]])
    left, right = np.roll(g, 1), np.roll(g, -1)
    i = np.flatnonzero((g <= 0) & (first | (g >= left)) & (last | (g > right)))
    middle = np.clip(np.where(first[i], i + 1, np.where(last[i], i - 1, i)), 1, len(g) - 2)
    bend = np.abs(g[middle + 1] - 2 * g[middle] + g[middle - 1])
    i = i[g[i] + bend > 0]         # a parabola is an eighth of this over its highest sample, at most
    low, high = np.where(first[i], i, i - 1), np.where(last[i], i, i + 1)
    t, peak = peaks(lambda at, which: sign * of(at, which), t_s[low], t_s[high], row[i])
    good = peak > 0
    return i[good], t[good], sign * peak[good]


def peaks(of: Of, low_s: FloatArray, high_s: FloatArray, row: Rows, exact_s: float = 1e-3
          ) -> tuple[FloatArray, FloatArray]:
    """Time and value (n,) of the highest point of each function between low_s and high_s (golden section)."""
    a, b = np.array(low_s, dtype=float), np.array(high_s, dtype=float)
    if not len(a):
        return a, a.copy()
    x, y = a + _GOLD * (b - a), b - _GOLD * (b - a)
    fx, fy = of(x, row), of(y, row)
    steps = int(np.ceil(np.log(max(float(np.max(b - a)), exact_s) / exact_s) / -np.log(1 - _GOLD)))
    for _ in range(steps):
        left = fx > fy
        a, b = np.where(left, a, x), np.where(left, y, b)
        new = np.where(left, a + _GOLD * (b - a), b - _GOLD * (b - a))
        f_new = of(new, row)
        x, y = np.where(left, new, y), np.where(left, x, new)
        fx, fy = np.where(left, f_new, fy), np.where(left, fx, f_new)
    return np.where(fx > fy, x, y), np.maximum(fx, fy)


def _roots(of: Of, a: FloatArray, b: FloatArray, ga: FloatArray, gb: FloatArray, row: Rows) -> FloatArray:
    """Where each function changes sign between a and b, within EXACT_S: regula falsi with halved ends (Illinois),
    every third step a halving."""
    a, b, ga, gb = (np.array(x, dtype=float) for x in (a, b, ga, gb))
    kept, c = np.zeros(len(a), dtype=np.int64), a.copy()
    open_ = np.arange(len(a))
    for step in range(60):
        if not len(open_):
            break
        i = open_
        with np.errstate(invalid="ignore", divide="ignore"):
            line = (a[i] * gb[i] - b[i] * ga[i]) / (gb[i] - ga[i])
        half = 0.5 * (a[i] + b[i])
        c[i] = np.where(np.isfinite(line) & (step % 3 < 2), np.clip(line, a[i] + EXACT_S / 4, b[i] - EXACT_S / 4), half)
        gc = of(c[i], row[i])
        right = (gc > 0) == (gb[i] > 0)
        ga[i] = np.where(right & (kept[i] == 1), ga[i] / 2, np.where(right, ga[i], gc))
        gb[i] = np.where(~right & (kept[i] == 2), gb[i] / 2, np.where(right, gc, gb[i]))
        a[i], b[i] = np.where(right, a[i], c[i]), np.where(right, c[i], b[i])
        kept[i] = np.where(right, 1, 2)
        open_ = i[b[i] - a[i] > EXACT_S]
    return 0.5 * (a + b)
