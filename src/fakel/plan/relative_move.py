"""A move beside a station: planned in a linear model, and flown in the full one, as planned and steered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from fakel.guidance.courses import Course, Impulse, Motion, followed, impulses, inverse_gain, total_m_s
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.field import Field
from fakel.model.relative_move import Push, RelativeMove
from fakel.physics import relative, relative_eccentric, relative_elements
from fakel.physics.elements import elements
from fakel.physics.force import Forces
from fakel.physics.frames import from_relative_rtn, relative_rtn
from fakel.physics.mean_elements import mean_of
from fakel.physics.propagate import coast, coast_table
from fakel.physics.relative_eccentric import Ellipse, ellipse_of
from fakel.plan.proximity import rate_of

PIECES = 24
ROUNDS, MET_M = 8, 1e-5


MODELS = {"cw": "Clohessy-Wiltshire", "ya": "Yamanaka-Ankersen", "j2": "relative elements under J2"}
_LIMITS = {"cw": relative.LIMITS, "ya": relative_eccentric.LIMITS, "j2": relative_elements.LIMITS_RTN}


def chosen_model(orbit: Ellipse, span_s: float, range_m: float, flat: bool) -> str:
    """The simplest model that holds there; flat: J2 acts, so that beyond all limits it is what knows most."""
    turns = span_s * orbit.rate_rad_s / (2 * math.pi)
    for model in ("cw", "ya"):
        if not _LIMITS[model].broken(range_m, turns, orbit.eccentricity):
            return model
    if flat:
        return "j2"
    return "cw" if orbit.eccentricity <= relative.LIMITS.eccentricity else "ya"


def motion_of(model: str, station: FloatArray) -> Motion:
    """Transition matrices of a model near a station's state (6 or more,) at time 0."""
    if model == "ya":
        orbit = ellipse_of(station)
        return lambda t0, t1: relative_eccentric.transition(orbit, t0, t1)
    if model == "cw":
        rate = rate_of(station)
        return lambda t0, t1: relative.transition(rate, t1 - t0)
    x = mean_of(elements(np.asarray(station[:6])))

    @lru_cache(maxsize=64)
    def seen(t_s: float) -> FloatArray:
        return relative_elements.rtn_of_elements(relative_elements.carried(x, t_s))

    def motion(t0: float, t1: float) -> FloatArray:
        between = relative_elements.transition(relative_elements.carried(x, t0), t1 - t0)
        return np.asarray(seen(t1) @ between @ np.linalg.inv(seen(t0)))
    return motion


def relative_move(course: Course, station: FloatArray, start: Epoch, t0_s: float, forces: Sequence[Forces | float],
                  field: Field, model: str, start_m_s: FloatArray | None = None, ship_kg: float | None = None
                  ) -> RelativeMove:
    """Plan a course beside a station (7,) GCRF at t0_s (world seconds; ``start`` as an epoch) and fly it.

    model: ``cw``, ``ya`` or ``j2``. forces: of the ship and of the station. start_m_s (3,): the rate in RTN before the
    first impulse (default: at rest). ship_kg: its mass (default: the station's, so that equal forces are equal
    accelerations).
    Raises FlightError where the course cannot be met.
    """
    motion, limits = motion_of(model, station), _LIMITS[model]
    rate = np.zeros(3) if start_m_s is None else np.asarray(start_m_s, dtype=float)
    pulses = impulses(course, motion, rate)
    t_s, planned = followed(course, pulses, motion, PIECES)
    planned = np.vstack([planned, pulses[-1].after]) if course.arrive_m_s is not None else planned
    t_s = np.r_[t_s, course.t_s[-1]] if course.arrive_m_s is not None else t_s
    flight = _Flight(course, rate, station, t0_s, forces, field, motion, ship_kg or float(station[6]))
    flown, _ = flight.fly([p.dv_m_s for p in pulses])
    steered, changes = flight.fly(None)
    orbit, far = ellipse_of(station), np.linalg.norm(flown[:, :3], axis=1)
    range_m = float(max(far.max(), np.linalg.norm(planned[:, :3], axis=1).max()))
    revolutions = float(course.t_s[-1]) * orbit.rate_rad_s / (2 * math.pi)
    return RelativeMove(
        course.kind, start, MODELS[model], orbit.a_m, orbit.eccentricity, rate_of(station), course.places_m,
        _pushes(pulses, changes), t_s, planned, flown, steered, total_m_s(pulses),
        float(sum(np.linalg.norm(dv) for dv in changes)), _apart(flown, planned, slice(0, 3)),
        _apart(flown, planned, slice(3, 6)), _apart(steered, planned, slice(0, 3)), range_m, float(far.min()),
        limits.broken(range_m, revolutions, orbit.eccentricity), limits.share)


class _Flight:
    """The course in the full model."""

    def __init__(self, course: Course, rate: FloatArray, station: FloatArray, t0_s: float,
                 forces: Sequence[Forces | float], field: Field, motion: Motion, ship_kg: float) -> None:
        self.course, self.rate, self.motion, self.field = course, rate, motion, field
        self.station, self.t0_s = np.asarray(station, dtype=float), t0_s
        self.ship_forces, self.station_forces = forces
        self.ship_kg = ship_kg

    def fly(self, given: Sequence[FloatArray] | None) -> tuple[FloatArray, list[FloatArray]]:
        """Rows (n, 6) at the times of ``followed`` and the impulses (3,): the given ones, or what each leg needs."""
        station = self.station
        now = np.r_[self.course.places_m[0], self.rate]
        rows, out = [], []
        for i, (a, b) in enumerate(pairwise(self.course.t_s.tolist())):
            goal_m = self.course.places_m[i + 1]
            dv = given[i] if given is not None else self._needed(now, station, a, b, goal_m) - now[3:]
            out.append(np.asarray(dv))
            now = np.r_[now[:3], now[3:] + dv]
            ship = np.r_[from_relative_rtn(now, station), self.ship_kg]
            step_s = (b - a) / PIECES
            ships = coast_table(ship, self.t0_s + a, step_s, PIECES + 1, self.ship_forces, self.field)
            stations = coast_table(station, self.t0_s + a, step_s, PIECES + 1, self.station_forces, self.field)
            rows.append(relative_rtn(ships, stations))
            now, station = rows[-1][-1], stations[-1]
        if self.course.arrive_m_s is not None:
            dv = given[-1] if given is not None else self.course.arrive_m_s - now[3:]
            out.append(np.asarray(dv))
            rows.append(np.r_[now[:3], now[3:] + dv][None])
        return np.concatenate(rows), out

    def _needed(self, now: FloatArray, station: FloatArray, a: float, b: float, goal_m: FloatArray) -> FloatArray:
        """The rate (3,) in RTN with which the ship comes to goal_m; the linear model gives guess and corrections."""
        matrix = self.motion(a, b)
        gain = inverse_gain(matrix[:3, 3:])
        rate = now[3:] + gain @ (goal_m - matrix[:3] @ now)
        later = coast(station, self.t0_s + a, self.t0_s + b, self.station_forces, self.field)
        best, least = rate, math.inf
        for _ in range(ROUNDS):
            ship = np.r_[from_relative_rtn(np.r_[now[:3], rate], station), self.ship_kg]
            there = relative_rtn(coast(ship, self.t0_s + a, self.t0_s + b, self.ship_forces, self.field), later)
            change = gain @ (goal_m - there[:3])
            if np.linalg.norm(change) >= least:
                break
            best, least = rate, float(np.linalg.norm(change))
            if least * (b - a) < MET_M:
                break
            rate = rate + change
        return np.asarray(best)


def _pushes(pulses: Sequence[Impulse], steered: Sequence[FloatArray]) -> tuple[Push, ...]:
    return tuple(Push(p.t_s, p.before[:3], p.dv_m_s, dv) for p, dv in zip(pulses, steered, strict=True))


def _apart(rows: FloatArray, planned: FloatArray, part: slice) -> float:
    """How far the last rows differ."""
    return float(np.linalg.norm(rows[-1, part] - planned[-1, part]))
