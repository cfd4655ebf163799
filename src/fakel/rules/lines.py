"""Signals made of straight pieces, with jumps between them, and what can be done with them exactly.

Crossings are found, not sampled: the lesser of two signals has a corner wherever they cross.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray

SURE = 1e300
"""Stands for plus infinity: true beyond all measure, as a step signal is (minus: false)."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A signal on [t_s[0], t_s[-1]]: piece i is straight, from first[i] at t_s[i] to last[i] just before t_s[i+1].

    t_s (n + 1,) rises; first, last (n,). At a jump the piece that begins there has the value.
    """

    t_s: FloatArray
    first: FloatArray
    last: FloatArray

    @classmethod
    def through(cls, t_s: FloatArray, values: FloatArray, steps: bool = False) -> Line:
        """Straight lines through samples in rising time; steps: each value stands until the next. Two samples at one
        instant are a jump. A lone sample stands for a microsecond."""
        if len(t_s) == 1 or t_s[-1] <= t_s[0]:
            return cls.constant(float(t_s[0]), float(t_s[0]) + 1e-6, float(values[-1]))
        whole = np.diff(t_s) > 0
        first, last = values[:-1][whole], (values[:-1] if steps else values[1:])[whole]
        if steps and values[-1] != last[-1]:                         # the last sample counts, for an instant
            t_s = np.append(t_s[:-1][whole], (t_s[-1], t_s[-1] + 1e-6))
            return cls(t_s, np.append(first, values[-1]), np.append(last, values[-1]))
        return cls(np.append(t_s[:-1][whole], t_s[-1]), first, last)

    @classmethod
    def constant(cls, start_s: float, stop_s: float, value: float) -> Line:
        return cls(np.array([start_s, stop_s]), np.array([value]), np.array([value]))

    @property
    def start_s(self) -> float:
        return float(self.t_s[0])

    @property
    def stop_s(self) -> float:
        return float(self.t_s[-1])

    def at(self, t_s: float) -> float:
        """The value at one instant of the signal."""
        i = min(max(int(np.searchsorted(self.t_s, t_s, side="right")) - 1, 0), len(self.first) - 1)
        share = (t_s - self.t_s[i]) / (self.t_s[i + 1] - self.t_s[i])
        return float(self.first[i] + share * (self.last[i] - self.first[i]))

    def cut(self, t_s: FloatArray) -> Line:
        """The same signal with pieces between the given instants, which hold all its own that lie between them."""
        i = np.clip(np.searchsorted(self.t_s, t_s[:-1], side="right") - 1, 0, len(self.first) - 1)
        slope = (self.last[i] - self.first[i]) / (self.t_s[i + 1] - self.t_s[i])
        first = self.first[i] + slope * (t_s[:-1] - self.t_s[i])
        last = np.where(t_s[1:] == self.t_s[i + 1], self.last[i], self.first[i] + slope * (t_s[1:] - self.t_s[i]))
        return Line(t_s, first, last)

    def between(self, start_s: float, stop_s: float) -> Line:
        """The part of the signal from start_s to stop_s, which it holds."""
        inner = self.t_s[(self.t_s > start_s) & (self.t_s < stop_s)]
        return self.cut(np.concatenate(([start_s], inner, [stop_s])))

    def later(self, by_s: float) -> Line:
        return Line(self.t_s + by_s, self.first, self.last)

    def mirrored(self) -> Line:
        """The signal with time running backward from zero."""
        return Line(-self.t_s[::-1], self.last[::-1], self.first[::-1])

    def scaled(self, factor: float, add: float = 0.0) -> Line:
        return Line(self.t_s, self.first * factor + add, self.last * factor + add)

    def padded(self, start_s: float, before: float, stop_s: float, after: float) -> Line:
        """Longer at both ends (where start_s, stop_s lie outside), with constants there."""
        t_s, first, last = self.t_s, self.first, self.last
        if start_s < self.start_s:
            t_s, first, last = np.append(start_s, t_s), np.append(before, first), np.append(before, last)
        if stop_s > self.stop_s:
            t_s, first, last = np.append(t_s, stop_s), np.append(first, after), np.append(last, after)
        return Line(t_s, first, last)

    def knots(self) -> tuple[FloatArray, FloatArray]:
        """Instants (n + 1,) and the lesser of the values on both sides of each."""
        return self.t_s, np.append(np.minimum(self.first, np.append(self.first[0], self.last[:-1])), self.last[-1])


def together(one: Line, other: Line) -> tuple[Line, Line]:
    """Two signals over one time, with pieces between the same instants."""
    if one.t_s is other.t_s or np.array_equal(one.t_s, other.t_s):
        return one, other
    t_s = np.union1d(one.t_s, other.t_s)
    t_s = t_s[(t_s >= max(one.start_s, other.start_s)) & (t_s <= min(one.stop_s, other.stop_s))]
    return one.cut(t_s), other.cut(t_s)


def plus(one: Line, other: Line) -> Line:
    one, other = together(one, other)
    return Line(one.t_s, one.first + other.first, one.last + other.last)


def with_crossings(one: Line, other: Line) -> tuple[Line, Line]:
    """Both over the same pieces, and a piece ends wherever they cross."""
    one, other = together(one, other)
    d0, d1 = one.first - other.first, one.last - other.last
    crossed = np.flatnonzero((d0 < 0) & (d1 > 0) | (d0 > 0) & (d1 < 0))
    share = d0[crossed] / (d0[crossed] - d1[crossed])
    at_s = one.t_s[crossed] + share * (one.t_s[crossed + 1] - one.t_s[crossed])
    inside = (at_s > one.t_s[crossed]) & (at_s < one.t_s[crossed + 1])
    crossed, share, at_s = crossed[inside], share[inside], at_s[inside]
    if not len(crossed):
        return one, other
    t_s = np.insert(one.t_s, crossed + 1, at_s)
    meet = one.first[crossed] + share * (one.last[crossed] - one.first[crossed])

    def split(line: Line) -> Line:
        return Line(t_s, np.insert(line.first, crossed + 1, meet), np.insert(line.last, crossed, meet))
    return split(one), split(other)


def least(one: Line, other: Line) -> Line:
    """The lesser of two signals at every instant."""
    one, other = with_crossings(one, other)
    return Line(one.t_s, np.minimum(one.first, other.first), np.minimum(one.last, other.last))


def most(one: Line, other: Line) -> Line:
    return least(one.scaled(-1.0), other.scaled(-1.0)).scaled(-1.0)


def running_mean(line: Line, window_s: float) -> Line:
    """The mean of the last window_s seconds (at first, of what there is), exact where a sample enters or leaves the
    window and at eight instants between; straight from one to the next."""
    corners = np.union1d(line.t_s, line.t_s + window_s)
    corners = corners[(corners >= line.start_s) & (corners <= line.stop_s)]
    t_s = np.append(np.linspace(corners[:-1], corners[1:], 8, endpoint=False, axis=1).ravel(), corners[-1])
    t_s = t_s[np.append(True, np.diff(t_s) > 0)]
    length = np.diff(line.t_s)
    area = np.append(0.0, np.cumsum(length * (line.first + line.last) / 2))

    def area_to(at_s: FloatArray) -> FloatArray:
        i = np.clip(np.searchsorted(line.t_s, at_s, side="right") - 1, 0, len(length) - 1)
        gone = np.clip(at_s - line.t_s[i], 0.0, None)
        return area[i] + gone * (line.first[i] + (line.last[i] - line.first[i]) * gone / length[i] / 2)
    since = np.maximum(t_s - window_s, line.start_s)
    gone = np.maximum(t_s - since, 1e-9)
    means = np.where(t_s > line.start_s, (area_to(t_s) - area_to(since)) / gone, line.first[0])
    return Line(t_s, means[:-1], means[1:])


def below_zero(line: Line) -> list[tuple[float, float]]:
    """The spans of time in which the signal is below zero, ends found by straight lines; those that touch are one."""
    line, _ = with_crossings(line, Line.constant(line.start_s, line.stop_s, 0.0))
    under = np.flatnonzero(line.first + line.last < 0)
    spans: list[tuple[float, float]] = []
    for i in under.tolist():
        start_s, stop_s = float(line.t_s[i]), float(line.t_s[i + 1])
        if spans and spans[-1][1] == start_s:
            spans[-1] = spans[-1][0], stop_s
        else:
            spans.append((start_s, stop_s))
    return spans
