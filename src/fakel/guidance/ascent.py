"""Steering to orbit: a pitch programme in the air, then a steering law solved by flying it.

Programme: straight up, tilt by the kick until the air-relative velocity has turned as far, then along that
velocity (no angle of attack). Closed loop: thrust along i_along + (a - b t) i_up + (c - d t) i_normal in axes
fixed at the target plane, the linear tangent law of Brand, Brown and Higgins (Shuttle GN&C Equation Document 24);
its four numbers are the root of radius, climb rate and both plane errors at the velocity cutoff, each trial flown
to the end with every staging gap. The law is solved again as the flight goes on.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import DROPPED_KG, START_S, rate
from fakel.physics.dop853 import ALL, NODES, STEP, TERMS, between, between_of, stage_place
from fakel.physics.earth_fixed import Earth
from fakel.physics.force import EARTH_RATE_RAD_S

AIR_STEP_S, STEP_S = 1.0, 20.0
ROWS_S = 0.5              # between lines of a flown table
UPRIGHT, TILTED, ALONG = 0, 1, 2
SLEW_S = 10.0             # from the programme's direction to the law's, so that the rocket need not jump
CYCLE_S = 30.0            # the law is solved again this often
LAST_CYCLE_S = 40.0       # and no more when so little is left: then only the velocity cutoff works
EMPTY_KG = 200.0          # a trial that burns itself up has failed
TRIAL_LIMIT_S = 3000.0


class Rocket(NamedTuple):
    """What flies: timetable (n, 6) of physics.ascent, and the drag table; the Earth it leaves."""

    timetable: FloatArray
    mach: FloatArray
    cd: FloatArray
    earth: Earth


class Aim(NamedTuple):
    """Where to: at cutoff, radius m, inertial speed m/s, climb rate m/s, and the plane (launch frame).

    programme: vertical_s, kick_rad, closed_loop_from_s. axes (5, 3): up and azimuth direction at the pad;
    up, along and normal of the target plane.
    """

    radius_m: float
    speed_m_s: float
    climb_m_s: float
    programme: FloatArray
    axes: FloatArray


class Ascent(NamedTuple):
    """A flown ascent. table (n, 11): time s, y (7), thrust direction (3); laws: (time s, a, b, c, d) as solved."""

    table: FloatArray
    laws: tuple[tuple[float, ...], ...]
    miss: FloatArray


@njit(cache=True)
def _climb(y: FloatArray, axes: FloatArray) -> float:
    """Cosine of the angle between straight up and the velocity through the air; 1 at rest."""
    wx, wy, wz = y[3] + EARTH_RATE_RAD_S * y[1], y[4] - EARTH_RATE_RAD_S * y[0], y[5]
    speed = math.sqrt(wx * wx + wy * wy + wz * wz)
    return float((wx * axes[0, 0] + wy * axes[0, 1] + wz * axes[0, 2]) / speed) if speed > 1e-6 else 1.0


@njit(cache=True)
def _mode(t_s: float, y: FloatArray, programme: FloatArray, axes: FloatArray) -> int:
    """How the programme steers from t_s on: UPRIGHT, TILTED by the kick, or ALONG the velocity."""
    if t_s < programme[0] - 1e-9:
        return UPRIGHT
    return TILTED if _climb(y, axes) > math.cos(programme[1]) else ALONG


@njit(cache=True)
def steer(t_s: float, y: FloatArray, mode: int, programme: FloatArray, axes: FloatArray, law: FloatArray,
          out: FloatArray) -> None:
    """Unit direction of thrust into out (3), launch frame."""
    if mode == ALONG:
        wx, wy, wz = y[3] + EARTH_RATE_RAD_S * y[1], y[4] - EARTH_RATE_RAD_S * y[0], y[5]
        speed = max(math.sqrt(wx * wx + wy * wy + wz * wz), 1e-9)
        out[0], out[1], out[2] = wx / speed, wy / speed, wz / speed
    else:
        kick = 0.0 if mode == UPRIGHT else programme[1]
        for i in range(3):
            out[i] = math.cos(kick) * axes[0, i] + math.sin(kick) * axes[1, i]
    since = t_s - programme[2]
    if since > 0.0:
        share = min(since / SLEW_S, 1.0)
        up, side = law[0] - law[1] * since, law[2] - law[3] * since
        scale = share / math.sqrt(1.0 + up * up + side * side)
        for i in range(3):
            out[i] = (1.0 - share) * out[i] + scale * (axes[3, i] + up * axes[2, i] + side * axes[4, i])
        size = math.sqrt(out[0] ** 2 + out[1] ** 2 + out[2] ** 2)
        for i in range(3):
            out[i] /= size


@njit(cache=True)
def _gap(y: FloatArray, mode: int, last: bool, programme: FloatArray, axes: FloatArray, cutoff_m_s: float) -> float:
    """What ends a step when it rises through zero: the tilt of the velocity to the kick, in the last row cutoff."""
    if mode == TILTED:
        return math.cos(programme[1]) - _climb(y, axes)
    return math.sqrt(y[3] ** 2 + y[4] ** 2 + y[5] ** 2) - cutoff_m_s if last else -1.0


@njit(cache=True)
def _next_s(t_s: float, stop_s: float, timetable: FloatArray, k: int, programme: FloatArray) -> float:
    """Where the step from t_s must end at the latest: thrust and direction are smooth until then."""
    end = stop_s if k + 1 == len(timetable) else min(stop_s, timetable[k + 1, START_S])
    for i in range(3):
        at_s = programme[0] if i == 0 else programme[2] if i == 1 else programme[2] + SLEW_S
        if at_s > t_s + 1e-9:
            end = min(end, at_s)
    return float(min(end, t_s + (AIR_STEP_S if t_s < programme[2] + SLEW_S else STEP_S)))


@njit(cache=True)
def _stages(first: int, stop: int, t_s: float, h: float, y: FloatArray, mode: int, row: FloatArray, mach: FloatArray,
            cd: FloatArray, earth: Earth, programme: FloatArray, axes: FloatArray, law: FloatArray, k: FloatArray,
            place: FloatArray, toward: FloatArray) -> None:
    """Rates of some stages of the step of length h from y at t_s, into k (16, 7)."""
    for stage in range(first, stop):
        stage_place(stage, h, y, k, place)
        now_s = t_s + NODES[stage] * h
        steer(now_s, place, mode, programme, axes, law, toward)
        rate(now_s, place, toward, row, mach, cd, earth, k[stage])


@njit(cache=True)
def _write(t_s: float, y: FloatArray, mode: int, programme: FloatArray, axes: FloatArray, law: FloatArray,
           line: FloatArray) -> None:
    line[0] = t_s
    for i in range(7):
        line[1 + i] = y[i]
    steer(t_s, y, mode, programme, axes, law, line[8:11])


@njit(cache=True)
def fly_to(y: FloatArray, t_s: float, stop_s: float, timetable: FloatArray, mach: FloatArray, cd: FloatArray,
           earth: Earth, programme: FloatArray, axes: FloatArray, law: FloatArray, cutoff_m_s: float,
           table: FloatArray) -> tuple[float, int]:
    """Fly y (7, changed in place) from t_s until stop_s or, in the last row of the timetable, until its inertial
    speed is cutoff_m_s. A part is dropped at the start of its row. Steps end at rows and where steering changes.

    table (n, 11) receives time, state and direction at the start of every step, each ROWS_S after it, and at the end;
    an empty one receives nothing. Returns the end time and the number of table lines; the time is -1 when nothing is
    left to burn.
    """
    rates, place, end, toward, series = (np.zeros((ALL, 7)), np.empty(7), np.empty(7), np.empty(3),
                                         np.empty((TERMS, 7)))
    lines, keep, last = 0, len(table) > 0, len(timetable) - 1
    k = 0
    while k < last and timetable[k + 1, START_S] <= t_s + 1e-9:
        k += 1
    if abs(timetable[k, START_S] - t_s) < 1e-9:
        y[6] -= timetable[k, DROPPED_KG]
    mode = _mode(t_s, y, programme, axes)
    while t_s < stop_s - 1e-9:
        h = _next_s(t_s, stop_s, timetable, k, programme) - t_s
        # One step; when it passes what ends it, shorter ones by secants until it ends there.
        before, low, tries, met = 0.0, _gap(y, mode, k == last, programme, axes, cutoff_m_s), 0, False
        first, stop = 0, STEP
        while True:
            _stages(first, stop, t_s, h, y, mode, timetable[k], mach, cd, earth, programme, axes, law, rates, place,
                    toward)
            stage_place(STEP, h, y, rates, end)
            high = _gap(end, mode, k == last, programme, axes, cutoff_m_s)
            met = met or low < 0.0 <= high
            if not met or tries == 12 or abs(high) < (1e-14 if mode == TILTED else 1e-9) or high == low:
                break
            before, low, h, tries, first = h, high, h - high * (h - before) / (high - low), tries + 1, 1
        if end[6] < EMPTY_KG or t_s > TRIAL_LIMIT_S:
            return -1.0, lines
        if keep:
            _write(t_s, y, mode, programme, axes, law, table[lines])
            lines += 1
            if h > ROWS_S + 1e-9:
                first, stop = STEP, ALL
                _stages(first, stop, t_s, h, y, mode, timetable[k], mach, cd, earth, programme, axes, law, rates, place,
                        toward)
                between_of(h, y, end, rates, series)
                for i in range(1, math.ceil((h - 1e-9) / ROWS_S)):
                    between(i * ROWS_S / h, y, series, place)
                    _write(t_s + i * ROWS_S, place, mode, programme, axes, law, table[lines])
                    lines += 1
        for i in range(7):
            y[i] = end[i]
        t_s += h
        if met and mode != TILTED:
            stop_s = t_s
        mode = ALONG if met else _mode(t_s, y, programme, axes) if mode == UPRIGHT else mode
        if k < last and t_s >= timetable[k + 1, START_S] - 1e-9 and t_s < stop_s - 1e-9:
            k += 1
            t_s = timetable[k, START_S]
            y[6] -= timetable[k, DROPPED_KG]
    if keep:
        _write(t_s, y, mode, programme, axes, law, table[lines])
        lines += 1
    return t_s, lines


def _miss(y: FloatArray, aim: Aim) -> FloatArray:
    """Radius m, climb rate, plane offset m, plane rate: rates times 1000 s, to weigh like metres; target is zero."""
    position_m, velocity_m_s = y[:3], y[3:6]
    radius_m = float(np.linalg.norm(position_m))
    climb_m_s = float(position_m @ velocity_m_s) / radius_m
    return np.array([radius_m - aim.radius_m, 1e3 * (climb_m_s - aim.climb_m_s),
                     position_m @ aim.axes[4], 1e3 * (velocity_m_s @ aim.axes[4])])


def _trial(y: FloatArray, t_s: float, rocket: Rocket, aim: Aim, law: FloatArray) -> FloatArray | None:
    """The miss when law is flown from y to cutoff; None when the rocket burns up first."""
    end = y.copy()
    stop_s, _ = fly_to(end, t_s, TRIAL_LIMIT_S, *rocket, aim.programme, aim.axes, law, aim.speed_m_s, _NOTHING)
    return None if stop_s < 0 or stop_s >= TRIAL_LIMIT_S else _miss(end, aim)


_NOTHING = np.empty((0, 11))
_NUDGE = np.array([1e-4, 1e-7, 1e-4, 1e-7])


def solve_law(y: FloatArray, t_s: float, rocket: Rocket, aim: Aim, law: FloatArray, *,
              miss_m: float = 0.01, tries: int = 40) -> FloatArray | None:
    """The law (a, b, c, d) that ends with every miss below miss_m (m, or mm/s for rates); None if there is none.

    Newton's method with halved steps; law is the first guess. Gives up after tries steps.
    """
    miss = _trial(y, t_s, rocket, aim, law)
    for _ in range(tries):
        if miss is None:
            return None
        if np.max(np.abs(miss)) < miss_m:
            return law
        slope = np.empty((4, 4))
        for i in range(4):
            nudged = law.copy()
            nudged[i] += _NUDGE[i]
            other = _trial(y, t_s, rocket, aim, nudged)
            if other is None:
                return None
            slope[:, i] = (other - miss) / _NUDGE[i]
        step = np.linalg.solve(slope, -miss)
        for share in (1.0, 0.5, 0.25, 0.1, 0.03):
            tried = law + share * step
            found = _trial(y, t_s, rocket, aim, tried)
            if found is not None and np.linalg.norm(found) < np.linalg.norm(miss):
                break
        else:
            return None
        law, miss = tried, found
    return None


def guess_law(y: FloatArray, t_s: float, rocket: Rocket, aim: Aim) -> FloatArray | None:
    """The best of a coarse grid of pitch laws, to start Newton's method; None if none gets to cutoff."""
    best, least = None, math.inf
    for level_s in (150.0, 200.0, 300.0, 400.0, 500.0, 700.0):
        for a in (0.1, 0.3, 0.5, 0.7, 0.9):
            law = np.array([a, a / level_s, 0.0, 0.0])
            miss = _trial(y, t_s, rocket, aim, law)
            if miss is not None and np.linalg.norm(miss[:2]) < least:
                best, least = law, float(np.linalg.norm(miss[:2]))
    return best


def ascend(y: FloatArray, known: Rocket, true: Rocket, aim: Aim) -> Ascent | None:
    """Fly from liftoff to cutoff: known is what guidance believes it flies, true is what flies.

    y (7): state at liftoff in the launch frame. Returns None when no law reaches the aim.
    """
    y = y.copy()
    table = np.empty((8000, 11))
    t_s, lines = fly_to(y, 0.0, float(aim.programme[2]), *true, aim.programme, aim.axes, np.zeros(4), aim.speed_m_s,
                        table)
    law = guess_law(y, t_s, known, aim)
    if law is None:
        return None
    laws: list[tuple[float, ...]] = []
    while True:
        solved = solve_law(y, t_s, known, aim, law)
        if solved is None and not laws:
            return None
        law = law if solved is None else solved
        laws.append((t_s, *map(float, law)))
        left = y.copy()
        end_s, _ = fly_to(left, t_s, TRIAL_LIMIT_S, *known, aim.programme, aim.axes, law, aim.speed_m_s, _NOTHING)
        final = end_s - t_s < CYCLE_S + LAST_CYCLE_S
        stop_s = TRIAL_LIMIT_S if final else t_s + CYCLE_S
        t_s, more = fly_to(y, t_s, stop_s, *true, aim.programme, aim.axes, law, aim.speed_m_s, table[lines - 1:])
        lines += more - 1
        if final:
            return None if t_s < 0 else Ascent(table[:lines].copy(), tuple(laws), _miss(y, aim))
