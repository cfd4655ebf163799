"""Motion over time: coasts, burns, dense output and events.

One compiled kernel, ``march``, flies all of it: an explicit Runge-Kutta method of order 8 with fixed steps, 90 s in
coasts, 15 s below 160 km and 10 s in burns. Fixed steps make the result a smooth function of its inputs, which root
finders need. States are y = [r (m, GCRF), v (m/s), mass (kg)]; times are TAI seconds since ``World.epoch``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.field import Field
from fakel.physics.dop853 import NODES, STAGES, WEIGHTS
from fakel.physics.force import FAST, SERIES, TERMS, acceleration
from fakel.physics.frames import rtn_of

G0_M_S2 = 9.80665
COAST, INERTIAL, RTN = 0, 1, 2
COAST_STEP_S, LOW_STEP_S, BURN_STEP_S = 90.0, 15.0, 10.0
_LOW_M = 6_538_000.0                         # distance from the centre below which steps are short
_NO_TRACE = np.zeros((0, 11))


@njit(cache=True, fastmath=FAST)
def march(y: FloatArray, t0_s: float, t1_s: float, thrust_n: float, isp_s: float, direction: FloatArray, mode: int,
          cd_area_m2: float, field: Field, trace: FloatArray) -> tuple[FloatArray, int]:
    """Fly from t0_s to t1_s (either direction in time) with constant thrust, or none (mode COAST).

    trace (n, 11): takes t, y, acceleration at every step while there is room. Returns the last state (7,) and the
    number of rows written (steps + 1). FlightError outside the days of the field.
    """
    if not (_holds(t0_s, field) and _holds(t1_s, field)):
        raise FlightError("flight leaves the days that the world holds; build the world for longer (a mission: "
                          "a later last_date)")
    now, m = np.zeros(SERIES + TERMS), np.zeros((3, 3))
    y, trial, k, t, row = y.copy(), np.empty(7), np.zeros((12, 7)), t0_s, 0
    while True:
        longest = COAST_STEP_S
        if mode != COAST:
            longest = BURN_STEP_S
        elif y[0] * y[0] + y[1] * y[1] + y[2] * y[2] < _LOW_M * _LOW_M:
            longest = LOW_STEP_S
        left = t1_s - t
        h = left / max(1.0, math.ceil(abs(left) / longest - 1e-9))
        last = abs(left) <= longest * (1 + 1e-9)
        stages = 12 if left != 0.0 else 1
        for s in range(stages):
            for j in range(7):
                total = 0.0
                for q in range(s):
                    total += STAGES[s, q] * k[q, j]
                trial[j] = y[j] + h * total
            ax, ay, az = acceleration(t + NODES[s] * h, trial, cd_area_m2, field, now, m)
            k[s, 0], k[s, 1], k[s, 2] = trial[3], trial[4], trial[5]
            if mode != COAST:
                push = thrust_n / trial[6]
                dx, dy, dz = direction[0], direction[1], direction[2]
                if mode == RTN:
                    f = rtn_of(trial)
                    dx, dy, dz = (f[0, 0] * direction[0] + f[1, 0] * direction[1] + f[2, 0] * direction[2],
                                  f[0, 1] * direction[0] + f[1, 1] * direction[1] + f[2, 1] * direction[2],
                                  f[0, 2] * direction[0] + f[1, 2] * direction[1] + f[2, 2] * direction[2])
                ax, ay, az = ax + push * dx, ay + push * dy, az + push * dz
                k[s, 6] = -thrust_n / (isp_s * G0_M_S2)
            k[s, 3], k[s, 4], k[s, 5] = ax, ay, az
            if s == 0 and row < trace.shape[0]:
                trace[row, 0] = t
                for j in range(7):           # loops, not slices: a slice brings a second of compiling with it
                    trace[row, 1 + j] = y[j]
                for j in range(3):
                    trace[row, 8 + j] = k[0, 3 + j]
                row += 1
        if left == 0.0:
            return y, row
        for j in range(7):
            total = 0.0
            for s in range(12):
                total += WEIGHTS[s] * k[s, j]
            y[j] += h * total
        t = t1_s if last else t + h
        if last and trace.shape[0] == 0:
            return y, row


@njit(cache=True)
def _holds(t_s: float, field: Field) -> bool:
    first, length = field.grid[0], field.grid[1]
    last = first + length * field.series.shape[0]
    return bool(first - 1.0 <= t_s <= last + 1.0)


def coast(y: FloatArray, t0_s: float, t1_s: float, cd_area_m2: float, field: Field) -> FloatArray:
    """State (7,) at t1_s after flight without thrust from y at t0_s, forward or backward."""
    y = np.array(y, dtype=float)
    end, _ = march(y, float(t0_s), float(t1_s), 0.0, 1.0, y, COAST, float(cd_area_m2), field, _NO_TRACE)
    return np.asarray(end)


def burn(y: FloatArray, t0_s: float, duration_s: float, thrust_n: float, isp_s: float, direction: FloatArray,
         mode: int, cd_area_m2: float, field: Field) -> FloatArray:
    """State (7,) after a burn of constant thrust.

    direction: unit vector (3,) of the push, in GCRF (mode INERTIAL) or in the turning RTN frame (mode RTN).
    """
    end, _ = march(np.array(y, dtype=float), float(t0_s), float(t0_s + duration_s), float(thrust_n), float(isp_s),
                   np.array(direction, dtype=float), mode, float(cd_area_m2), field, _NO_TRACE)
    return np.asarray(end)


def coast_table(y: FloatArray, t0_s: float, step_s: float, n: int, cd_area_m2: float, field: Field) -> FloatArray:
    """States (n, 7) at t0_s, t0_s + step_s, … of a coast; step_s may be negative."""
    out = np.empty((n, 7))
    out[0] = y
    for i in range(1, n):
        out[i] = coast(out[i - 1], t0_s + (i - 1) * step_s, t0_s + i * step_s, cd_area_m2, field)
    return out


@dataclass(frozen=True, slots=True)
class Thrust:
    """Constant thrust from start_s for duration_s; mode INERTIAL or RTN says in which frame direction (3,) is."""

    start_s: float
    duration_s: float
    thrust_n: float
    isp_s: float
    direction: tuple[float, float, float]
    mode: int = INERTIAL


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
    """A flown path with values at any time between.

    t_s (n,), y (n, 7), acceleration_m_s2 (n, 3) at the steps, a step twice where thrust begins or ends.
    found: events in the order in which they were met.
    """

    t_s: FloatArray
    y: FloatArray
    acceleration_m_s2: FloatArray
    found: tuple[Found, ...] = ()

    def at(self, t_s: FloatArray | float) -> FloatArray:
        """States (n, 7) at times (n,) by quintic Hermite pieces; ends included. FlightError outside the path."""
        t = np.atleast_1d(np.asarray(t_s, dtype=float))
        low, high = min(self.t_s[0], self.t_s[-1]), max(self.t_s[0], self.t_s[-1])
        if t.size and (t.min() < low - 1e-6 or t.max() > high + 1e-6):
            raise FlightError(f"the path runs from {low:.3f} s to {high:.3f} s; "
                              f"asked for {t.min():.3f} to {t.max():.3f}")
        forward = self.t_s[-1] >= self.t_s[0]
        i = (np.searchsorted(self.t_s, t, side="right") if forward
             else np.searchsorted(-self.t_s, -t, side="right")) - 1
        i = np.clip(i, 0, len(self.t_s) - 2)
        return _hermite(self, i, t)

    @property
    def end(self) -> FloatArray:
        """The last state (7,)."""
        return np.asarray(self.y[-1])


def _hermite(path: Dense, i: np.ndarray, t: FloatArray) -> FloatArray:
    """Quintic pieces that meet position, velocity and acceleration at both ends of interval i; mass by a line."""
    h = path.t_s[i + 1] - path.t_s[i]
    h = np.where(h == 0.0, 1e-12, h)[:, None]
    s = (t - path.t_s[i])[:, None] / h
    a, b = path.y[i], path.y[i + 1]
    r0, v0, g0 = a[:, :3], a[:, 3:6] * h, path.acceleration_m_s2[i] * h * h
    d, v1, g1 = b[:, :3] - r0, b[:, 3:6] * h, path.acceleration_m_s2[i + 1] * h * h
    c3 = 10 * d - 6 * v0 - 4 * v1 - 1.5 * g0 + 0.5 * g1
    c4 = -15 * d + 8 * v0 + 7 * v1 + 1.5 * g0 - g1
    c5 = 6 * d - 3 * (v0 + v1) - 0.5 * (g0 - g1)
    r = r0 + s * (v0 + s * (g0 / 2 + s * (c3 + s * (c4 + s * c5))))
    v = (v0 + s * (g0 + s * (3 * c3 + s * (4 * c4 + s * 5 * c5)))) / h
    return np.concatenate([r, v, a[:, 6:] + s * (b[:, 6:] - a[:, 6:])], axis=1)


def propagate(y: FloatArray, t0_s: float, t1_s: float, cd_area_m2: float, field: Field, *,
              thrust: Sequence[Thrust] | Thrust | None = None, events: Sequence[Condition] = ()) -> Dense:
    """Fly from t0_s to t1_s (backward too, then without thrust) and keep the path.

    thrust: burns in order of time that do not overlap; what lies outside t0_s to t1_s is left out.
    events: looked for at 30 s or a third of a step, whichever is shorter, and located within 1e-6 s of the path; two
    sign changes closer than that are missed. The path ends at the first Condition with stop.
    """
    burns = (thrust,) if isinstance(thrust, Thrust) else tuple(thrust or ())
    pieces, y = [], np.asarray(y, dtype=float)
    for start_s, stop_s, push in _stretches(t0_s, t1_s, burns):
        rows = _flown(y, start_s, stop_s, push, cd_area_m2, field)
        pieces.append(rows)
        y = rows[-1, 1:8]
    rows = np.concatenate(pieces)
    path = Dense(rows[:, 0], rows[:, 1:8], rows[:, 8:11])
    return _with_events(path, events) if events else path


def _stretches(t0_s: float, t1_s: float, burns: tuple[Thrust, ...]) -> list[tuple[float, float, Thrust | None]]:
    """Cut the time from t0_s to t1_s where burns begin and end."""
    out: list[tuple[float, float, Thrust | None]] = []
    t = t0_s
    for push in burns:
        start_s, stop_s = max(push.start_s, t), min(push.start_s + push.duration_s, t1_s)
        if stop_s <= start_s:
            continue
        if start_s > t:
            out.append((t, start_s, None))
        out.append((start_s, stop_s, push))
        t = stop_s
    if t != t1_s or not out:
        out.append((t, t1_s, None))
    return out


def _flown(y: FloatArray, start_s: float, stop_s: float, push: Thrust | None, cd_area_m2: float, field: Field
           ) -> FloatArray:
    """Rows (n, 11) of t, y, acceleration over one stretch of constant thrust."""
    y, start_s, stop_s, cd_area_m2 = np.array(y, dtype=float), float(start_s), float(stop_s), float(cd_area_m2)
    shortest = LOW_STEP_S if push is None else BURN_STEP_S
    trace = np.zeros((int(abs(stop_s - start_s) / shortest) + 4, 11))
    if push is None:
        _, n = march(y, start_s, stop_s, 0.0, 1.0, y, COAST, cd_area_m2, field, trace)
    else:
        along = np.asarray(push.direction, dtype=float)
        _, n = march(y, start_s, stop_s, float(push.thrust_n), float(push.isp_s), along / np.linalg.norm(along),
                     push.mode, cd_area_m2, field, trace)
    return trace[:n]


def _with_events(path: Dense, events: Sequence[Condition]) -> Dense:
    """The path with its events, ended at the first that stops it."""
    sign = 1.0 if path.t_s[-1] >= path.t_s[0] else -1.0
    met = sorted(((f, c.stop) for c in events for f in crossings(path, c)), key=lambda pair: sign * pair[0].t_s)
    stop = next((f for f, stops in met if stops), None)
    if stop is None:
        return Dense(path.t_s, path.y, path.acceleration_m_s2, tuple(f for f, _ in met))
    kept = tuple(f for f, _ in met if sign * f.t_s <= sign * stop.t_s)
    return _cut(path, stop.t_s, kept)


def _cut(path: Dense, t_s: float, found: tuple[Found, ...]) -> Dense:
    """The path up to t_s, with a last row interpolated there."""
    sign = 1.0 if path.t_s[-1] >= path.t_s[0] else -1.0
    n = max(1, int(np.searchsorted(sign * path.t_s, sign * t_s, side="left")))
    dt = 1e-2
    i = np.array([min(n - 1, len(path.t_s) - 2)])
    around = [_hermite(path, i, np.array([t_s + d]))[0] for d in (-dt, 0.0, dt)]
    pull = (around[2][3:6] - around[0][3:6]) / (2 * dt)
    return Dense(np.append(path.t_s[:n], t_s), np.vstack([path.y[:n], around[1]]),
                 np.vstack([path.acceleration_m_s2[:n], pull]), found)


def crossings(path: Dense, condition: Condition) -> list[Found]:
    """Every sign change of a condition along a path, in order of the path."""
    t = _search_times(path.t_s)
    g = np.asarray(condition.of(t, path.at(t)), dtype=float)
    change = (g[:-1] < 0) != (g[1:] < 0)
    if condition.direction:
        change &= (g[1:] > g[:-1]) == (condition.direction > 0)
    out = []
    for i in np.flatnonzero(change):
        at = _root(path, condition, t[i], t[i + 1], g[i], g[i + 1])
        out.append(Found(condition.name, at, path.at(at)[0]))
    return out


def _search_times(t_s: FloatArray) -> FloatArray:
    """Steps and two times inside each."""
    t = t_s[np.r_[True, np.diff(t_s) != 0.0]]
    inner = t[:-1, None] + np.diff(t)[:, None] * np.array([0.0, 1 / 3, 2 / 3])
    return np.append(inner.ravel(), t[-1])


def _root(path: Dense, condition: Condition, a: float, b: float, ga: float, gb: float) -> float:
    """Instant of a sign change between a and b, within 1e-7 s: regula falsi with halved ends (Illinois)."""
    kept, c = 0, a
    for _ in range(100):
        before, c = c, (a * gb - b * ga) / (gb - ga) if gb != ga else (a + b) / 2
        gc = float(np.asarray(condition.of(np.array([c]), path.at(c)))[0])
        if (gc < 0) == (gb < 0):
            b, gb, ga, kept = c, gc, ga / 2 if kept == 1 else ga, 1
        else:
            a, ga, gb, kept = c, gc, gb / 2 if kept == 2 else gb, 2
        if abs(c - before) < 1e-7 or abs(b - a) < 1e-7 or gc == 0.0:
            break
    return c
