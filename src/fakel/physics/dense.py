"""A flown path with values at any time between, and events on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.physics.gauss import sample

SEARCH_S = 30.0                              # between two looks for an event
LOOKS, CLOSER = 12, 4                        # where a value turns back towards 0: 4 looks of 12 places, 0.05 s at last


@dataclass(frozen=True, slots=True)
class Condition:
    """An event is where of(t_s (n,), y (n, 7)) -> (n,) changes sign.

    direction: 1 only rising, -1 only falling, 0 both. stop: flight ends at the first one.
    """

    name: str
    of: Callable[[FloatArray, FloatArray], FloatArray]
    direction: int = 0
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An event that was met: its name, instant and state (7,)."""

    name: str
    t_s: float
    y: FloatArray


@dataclass(frozen=True, slots=True)
class Dense:
    """A flown path: polynomial pieces that run as exactly as the integrator does.

    record: as ``gauss.sample`` takes it, in the order of flight. found: events in the order in which they were met.
    """

    record: FloatArray
    found: tuple[Found, ...] = ()

    @property
    def t_s(self) -> FloatArray:
        """Times (n,) where pieces meet; a burn's begin and end are among them."""
        return np.asarray(self.record[:, 0])

    @property
    def y(self) -> FloatArray:
        """States (n, 7) there."""
        return np.asarray(self.record[:, 1:8])

    @property
    def end(self) -> FloatArray:
        """The last state (7,)."""
        return np.asarray(self.record[-1, 1:8])

    def at(self, t_s: FloatArray | float) -> FloatArray:
        """States (n, 7) at times (n,); ends included. FlightError outside the path."""
        t = np.atleast_1d(np.asarray(t_s, dtype=float))
        low, high = sorted((self.record[0, 0], self.record[-1, 0]))
        if t.size and not (t.min() >= low - 1e-6 and t.max() <= high + 1e-6):
            raise FlightError(f"the path runs from {low:.3f} s to {high:.3f} s; "
                              f"asked for {t.min():.3f} to {t.max():.3f}")
        return sampled(self.record, t)


def sampled(record: FloatArray, t_s: FloatArray) -> FloatArray:
    """States (n, 7) at times (n,) of a record that has one edge or more."""
    out = np.empty((len(t_s), 7))
    if len(record) == 1:
        out[:] = record[0, 1:8]
    else:
        sample(np.ascontiguousarray(t_s), record, out)
    return out


def joined(records: Sequence[FloatArray]) -> FloatArray:
    """One record of several that follow each other; the shorter series are filled up with zeros."""
    terms = max((r.shape[1] - 8) // 3 for r in records)
    pieces = [widened(r[:-1] if i < len(records) - 1 else r, terms) for i, r in enumerate(records)]
    return np.concatenate(pieces)


def widened(record: FloatArray, terms: int) -> FloatArray:
    """The same record with room for more terms."""
    had = (record.shape[1] - 8) // 3
    series = np.zeros((len(record), 3, terms))
    series[:, :, :had] = record[:, 8:].reshape(-1, 3, had)
    return np.concatenate([record[:, :8], series.reshape(len(record), -1)], axis=1)


def with_events(path: Dense, events: Sequence[Condition]) -> Dense:
    """The path with its events, ended at the first that stops it."""
    sign = 1.0 if path.t_s[-1] >= path.t_s[0] else -1.0
    met = sorted(((f, c.stop) for c in events for f in crossings(path, c)), key=lambda pair: sign * pair[0].t_s)
    stop = next((f for f, stops in met if stops), None)
    if stop is None:
        return Dense(path.record, tuple(f for f, _ in met))
    return Dense(cut(path, stop.t_s), tuple(f for f, _ in met if sign * f.t_s <= sign * stop.t_s))


def cut(path: Dense, t_s: float) -> FloatArray:
    """The record up to t_s: the last piece is the same polynomial, written for a shorter length."""
    sign = 1.0 if path.t_s[-1] >= path.t_s[0] else -1.0
    n = max(1, int(np.searchsorted(sign * path.t_s, sign * t_s, side="left")))
    record = path.record[:n + 1].copy()
    start, stop, terms = record[n - 1, 0], record[n, 0], (record.shape[1] - 8) // 3
    x, weight = np.polynomial.legendre.leggauss(terms)
    was = (x + 1) * (t_s - start) / (stop - start) - 1
    values = np.polynomial.legendre.legvander(was, terms - 1) @ record[n - 1, 8:].reshape(3, terms).T
    basis = np.polynomial.legendre.legvander(x, terms - 1) * (np.arange(terms) + 0.5)
    record[n - 1, 8:] = (values.T * weight @ basis).ravel()
    record[n, 0], record[n, 1:8], record[n, 8:] = t_s, path.at(t_s)[0], 0.0
    return record


def crossings(path: Dense, condition: Condition, also_s: FloatArray | None = None) -> list[Found]:
    """Every sign change of a condition along a path, in order of the path. also_s: more times to look at.

    Looked for every 30 s (a third of a piece where that is shorter), and wherever the value turns back towards 0
    between two looks; sign changes closer than 0.05 s may be missed.
    """
    if len(path.record) == 1:
        return []
    looked = _search_times(path.t_s)
    if also_s is not None:
        inside = also_s[(also_s > min(looked[0], looked[-1])) & (also_s < max(looked[0], looked[-1]))]
        looked = np.unique(np.r_[looked, inside])[::1 if looked[-1] >= looked[0] else -1]
    t, g = _turns(path, condition, looked)
    change = (g[:-1] < 0) != (g[1:] < 0)
    if condition.direction:
        change &= (g[1:] > g[:-1]) == (condition.direction > 0)
    out = []
    for i in np.flatnonzero(change).tolist():
        at = _root(path, condition, float(t[i]), float(t[i + 1]), float(g[i]), float(g[i + 1]))
        out.append(Found(condition.name, at, path.at(at)[0]))
    return out


def _turns(path: Dense, condition: Condition, t_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Times and values, with a time more in each place where the value dips through 0 and back between two looks."""
    sign = 1.0 if t_s[-1] >= t_s[0] else -1.0
    g = np.asarray(condition.of(t_s, path.at(t_s)), dtype=float)
    low, high = t_s[np.maximum(np.arange(len(t_s)) - 1, 0)], t_s[np.minimum(np.arange(len(t_s)) + 1, len(t_s) - 1)]
    beside = np.stack([np.r_[g[0], g[:-1]], np.r_[g[1:], g[-1]]])
    nearer = np.abs(g) <= np.abs(beside)
    flat = (np.abs(g) == np.abs(beside)).all(axis=0)                      # such as full sunlight
    near = np.flatnonzero(((beside < 0) == (g < 0)).all(axis=0) & nearer.all(axis=0) & ~flat)
    low, high, side = low[near], high[near], np.where(g[near] < 0, -1.0, 1.0)
    for _ in range(CLOSER):
        if not len(near):
            break
        places = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, LOOKS + 2)
        t = np.ascontiguousarray(places.ravel())
        values = side[:, None] * np.asarray(condition.of(t, path.at(t)), dtype=float).reshape(places.shape)
        best, rows = np.argmin(values, axis=1), np.arange(len(near))
        through = values[rows, best] < 0
        t_s = np.r_[t_s, places[rows, best][through]]
        g = np.r_[g, (side * values[rows, best])[through]]
        low, high = places[rows, np.maximum(best - 1, 0)], places[rows, np.minimum(best + 1, LOOKS + 1)]
        near, low, high, side = near[~through], low[~through], high[~through], side[~through]
    order = np.argsort(sign * t_s, kind="stable")
    return t_s[order], g[order]


def _search_times(t_s: FloatArray) -> FloatArray:
    """Edges and times inside each piece: a third of it apart or 30 s, whichever is shorter."""
    parts = np.maximum(3, np.ceil(np.abs(np.diff(t_s)) / SEARCH_S - 1e-9)).astype(int)
    inner = [np.linspace(a, b, n, endpoint=False) for a, b, n in zip(t_s[:-1], t_s[1:], parts, strict=True)]
    return np.concatenate([*inner, t_s[-1:]])


def _root(path: Dense, condition: Condition, a: float, b: float, ga: float, gb: float) -> float:
    """Instant of a sign change between a and b, within 1e-7 s: regula falsi with halved ends (Illinois).

    Every third step halves the bracket, so that a condition with a step in it is found as well; a trial stays a
    little inside the bracket, so that both its ends come to the root.
    """
    kept, c = 0, a
    for i in range(100):
        line = i % 3 < 2 and gb != ga
        c = (a * gb - b * ga) / (gb - ga) if line else (a + b) / 2
        c = min(max(c, min(a, b) + 3e-8), max(a, b) - 3e-8)
        gc = float(np.asarray(condition.of(np.array([c]), path.at(c)))[0])
        if (gc < 0) == (gb < 0):
            b, gb, ga, kept = c, gc, ga / 2 if kept == 1 else ga, 1
        else:
            a, ga, gb, kept = c, gc, gb / 2 if kept == 2 else gb, 2
        if abs(b - a) < 1e-7 or gc == 0.0:
            break
    return c
