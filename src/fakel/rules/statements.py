"""Statements about a flight over time: comparisons of signals, spans between events, and what is built of them.

Each statement gives its robustness as a signal (how far it is from turning over), and who decided it at an instant.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from fakel.rules import temporal
from fakel.rules.lines import SURE, Line, below_zero, least, most
from fakel.rules.temporal import End

Span = tuple[float, float]
ROUND_OFF = 1e-9   # relative: a limit that is met exactly is not missed by the last bit
TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Decider:
    """What decided a statement: an instant, a signal, its value there and the bound it was held against.

    op is empty for a span between events. margin: robustness there, in unit.
    """

    t_s: float
    name: str
    op: str
    value: float
    bound: float
    margin: float
    unit: str


def kept(robustness: float, one: Decider) -> bool:
    """Whether a statement is true: by its robustness, and where that is nothing, by what its decider's op allows."""
    if abs(robustness) >= SURE / 2:
        return robustness > 0
    if abs(robustness) <= ROUND_OFF * max(abs(one.value), abs(one.bound)):
        return "=" in one.op and one.op != "!="
    return robustness > 0


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One stretch of time on which statements are worked out, each once."""

    start_s: float
    stop_s: float
    known: dict[tuple[int, End], Line] = field(default_factory=dict)

    def line(self, statement: Statement, end: End) -> Line:
        key = id(statement), end
        if key not in self.known:
            self.known[key] = statement.line(self, end)
        return self.known[key]


class Statement(Protocol):
    """Anything that is true or false at an instant, and by how much."""

    def line(self, look: Look, end: End) -> Line:
        """The robustness over the look's time."""

    def decider(self, look: Look, end: End, t_s: float) -> Decider:
        """Who decided it at an instant."""

    def spans(self) -> list[Span] | None:
        """Where it is known; None: everywhere."""

    @property
    def timed(self) -> bool:
        """Whether it says for when it is meant."""


def held(line: Line, t_s: float) -> float:
    return line.at(min(max(t_s, line.start_s), line.stop_s))


def where_least(line: Line, from_s: float, to_s: float) -> float:
    """The first instant of the window at which a signal is least; before a jump if it is least there."""
    from_s, to_s = max(from_s, line.start_s), min(to_s, line.stop_s)
    if from_s >= to_s:
        return min(max(from_s, line.start_s), line.stop_s)
    part = line.between(from_s, to_s)
    i, j = int(np.argmin(part.first)), int(np.argmin(part.last))
    if part.first[i] <= part.last[j]:
        return float(part.t_s[i])
    t_s = float(part.t_s[j + 1])
    jumps = line.at(t_s) != part.last[j]
    return max(t_s - 1e-6, float(part.t_s[j])) if jumps else t_s


def _where_nothing(line: Line, from_s: float, to_s: float) -> list[float]:
    """Beginnings of pieces of the window at which a signal is zero."""
    inside = (line.first == 0.0) & (line.t_s[:-1] >= from_s) & (line.t_s[:-1] <= to_s)
    return [float(t) for t in line.t_s[:-1][inside]]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A signal held against a bound; pieces: (value, value less bound) for each span in which both are known."""

    pieces: tuple[tuple[Line, Line], ...]
    name: str
    op: str
    unit: str
    timed: bool = False

    def spans(self) -> list[Span]:
        return [(apart.start_s, apart.stop_s) for _, apart in self.pieces]

    def _piece(self, look: Look) -> tuple[Line, Line]:
        return next(p for p in self.pieces if p[1].start_s <= look.start_s and look.stop_s <= p[1].stop_s)

    def line(self, look: Look, end: End) -> Line:
        apart = self._piece(look)[1].between(look.start_s, look.stop_s)
        if self.op[0] in "<>":
            return apart.scaled(1.0 if self.op[0] == ">" else -1.0)
        off = least(apart, apart.scaled(-1.0))                        # minus the distance
        return off if self.op == "==" else off.scaled(-1.0)

    def decider(self, look: Look, end: End, t_s: float) -> Decider:
        value, apart = (held(line, t_s) for line in self._piece(look))
        margin = {"<": -apart, ">": apart, "=": -abs(apart), "!": abs(apart)}[self.op[0]]
        return Decider(t_s, self.name, self.op, value, value - apart, margin, self.unit)


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """True in the given spans of time, false otherwise: an event's before and after, or what lies between two."""

    on: tuple[Span, ...]
    name: str
    timed: bool = False

    def spans(self) -> None:
        return None

    def line(self, look: Look, end: End) -> Line:
        edges = {look.start_s, look.stop_s}
        edges |= {t for span in self.on for t in span if look.start_s < t < look.stop_s}
        t_s = np.array(sorted(edges))
        true = np.array([any(a <= t < b for a, b in self.on) for t in t_s[:-1]])
        values = np.where(true, SURE, -SURE)
        return Line(t_s, values, values)

    def decider(self, look: Look, end: End, t_s: float) -> Decider:
        true = any(a <= t_s < b for a, b in self.on)
        return Decider(t_s, self.name, "", float(true), 1.0, SURE if true else -SURE, "")


@dataclass(frozen=True, slots=True, eq=False)
class Denied:
    """Not."""

    inner: Statement

    @property
    def timed(self) -> bool:
        return self.inner.timed

    def spans(self) -> list[Span] | None:
        return self.inner.spans()

    def line(self, look: Look, end: End) -> Line:
        return look.line(self.inner, end.denied).scaled(-1.0)

    def decider(self, look: Look, end: End, t_s: float) -> Decider:
        one = self.inner.decider(look, end.denied, t_s)
        return replace(one, op=TURNED.get(one.op, ""), margin=-one.margin, bound=one.bound if one.op else 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """And (every), or (not every)."""

    parts: tuple[Statement, ...]
    every: bool

    @property
    def timed(self) -> bool:
        return all(part.timed for part in self.parts)

    def spans(self) -> list[Span] | None:
        found: list[Span] | None = None
        for part in self.parts:
            found = common(found, part.spans())
        return found

    def line(self, look: Look, end: End) -> Line:
        lines = [look.line(part, end) for part in self.parts]
        result = lines[0]
        for line in lines[1:]:
            result = (least if self.every else most)(result, line)
        return result

    def decider(self, look: Look, end: End, t_s: float) -> Decider:
        """Of parts that are equally far from turning over, the one that is false decides and, the true one or."""
        values = [held(look.line(part, end), t_s) for part in self.parts]
        worth = (min if self.every else max)(values)
        tied = [p.decider(look, end, t_s) for p, value in zip(self.parts, values, strict=True) if value == worth]
        return next((one for one in tied if kept(worth, one) != self.every), tied[0])


@dataclass(frozen=True, slots=True, eq=False)
class Windowed:
    """always, eventually, historically or once, on [from_s, to_s] from now."""

    word: str
    inner: Statement
    from_s: float = 0.0
    to_s: float = math.inf
    timed: bool = True

    @property
    def past(self) -> bool:
        return self.word in ("historically", "once")

    @property
    def least(self) -> bool:
        return self.word in ("always", "historically")

    def spans(self) -> list[Span] | None:
        return self.inner.spans()

    def line(self, look: Look, end: End) -> Line:
        work: Callable[..., Line] = getattr(temporal, self.word)
        return work(look.line(self.inner, end), self.from_s, self.to_s, end)

    def window(self, t_s: float) -> Span:
        return (t_s - self.to_s, t_s - self.from_s) if self.past else (t_s + self.from_s, t_s + self.to_s)

    def decider(self, look: Look, end: End, t_s: float) -> Decider:
        """Where the robustness is nothing at all at several instants, one at which it is false decides always (true:
        eventually)."""
        line = look.line(self.inner, end)
        line = line if self.least else line.scaled(-1.0)
        best_s = where_least(line, *self.window(t_s))
        one = self.inner.decider(look, end, best_s)
        if held(line, best_s) != 0.0 or kept(0.0, one) != self.least:
            return one
        others = (self.inner.decider(look, end, t) for t in _where_nothing(line, *self.window(t_s)))
        return next((other for other in others if kept(0.0, other) != self.least), one)


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """until (or since, looking back): hold stays true as far as an instant of the window at which reach is true."""

    word: str
    hold: Statement
    reach: Statement
    from_s: float = 0.0
    to_s: float = math.inf
    timed: bool = True

    def spans(self) -> list[Span] | None:
        return common(self.hold.spans(), self.reach.spans())

    def line(self, look: Look, end: End) -> Line:
        work: Callable[..., Line] = getattr(temporal, self.word)
        return work(look.line(self.hold, end), look.line(self.reach, end), self.from_s, self.to_s, end)

    def decider(self, look: Look, end: End, t_s: float) -> Decider:
        hold, reach = look.line(self.hold, end), look.line(self.reach, end)
        back = self.word == "since"
        if back:
            hold, reach, t_s = hold.mirrored(), reach.mirrored(), -t_s
        kept = temporal.historically(hold.between(t_s, hold.stop_s)) if t_s < hold.stop_s else hold
        both = least(kept, reach.between(kept.start_s, kept.stop_s))
        best_s = where_least(both.scaled(-1.0), t_s + self.from_s, t_s + self.to_s)
        if held(reach, best_s) <= held(kept, best_s):
            return self.reach.decider(look, end, -best_s if back else best_s)
        broke_s = where_least(hold, t_s, max(best_s, math.nextafter(t_s, math.inf)))
        return self.hold.decider(look, end, -broke_s if back else broke_s)


def common(one: list[Span] | None, other: list[Span] | None) -> list[Span] | None:
    """The time that both have."""
    if one is None or other is None:
        return other if one is None else one
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]


def broken(statement: Statement, look: Look, end: End) -> list[Span]:
    """The spans of time in which a statement that is false at the look's start is broken."""
    if isinstance(statement, Joined) and statement.every:
        parts = [p for p in statement.parts
                 if not kept(look.line(p, end).at(look.start_s), p.decider(look, end, look.start_s))]
        return [span for part in parts for span in broken(part, look, end)]
    if isinstance(statement, Windowed) and not statement.past:
        from_s, to_s = (min(max(t, look.start_s), look.stop_s) for t in statement.window(look.start_s))
        if statement.word == "always":
            under = below_zero(look.line(statement.inner, end))
            return [(max(a, from_s), min(b, to_s)) for a, b in under if a <= to_s and b >= from_s]
        return [(from_s, to_s)]
    t_s = statement.decider(look, end, look.start_s).t_s
    return [(min(look.start_s, t_s), max(look.start_s, t_s))]
