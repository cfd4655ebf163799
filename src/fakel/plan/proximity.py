"""Ship and station near each other: impulses from waypoint to waypoint, and contact."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.guidance.proximity import Way
from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics.frames import cross, from_relative_rtn, relative_rtn, rtn_from_gcrf
from fakel.physics.propagate import G0_M_S2, coast, coast_table
from fakel.physics.relative import transition, velocity_to_reach
from fakel.plan.approach_errors import ApproachErrors

SAMPLE_S = 10.0
LEAST_CORRECTION_M_S = 0.01
CONTACT_LATE_S = 120.0
HOOKED_STEPS = 20
SPHERE_M = 200.0
ELLIPSOID_M = np.array([1000.0, 2000.0, 1000.0])
"""Half axes (R, T, N) of the approach ellipsoid, read as 4 x 2 x 2 km in all; the keep-out sphere has SPHERE_M.
Source: SSP 50808, the station's interface requirements for visiting vehicles."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A ship and a station at one instant: t_s, states (7,) GCRF."""

    t_s: float
    ship: FloatArray
    station: FloatArray

    @property
    def relative(self) -> FloatArray:
        """The ship (6,) in the station's RTN frame."""
        return relative_rtn(self.ship, self.station)


@dataclass(frozen=True, slots=True)
class Bodies:
    """What moves the two: drag coefficient times area of each, m2, and the thrusters' specific impulse."""

    ship_cd_area_m2: float
    station_cd_area_m2: float
    isp_s: float
    field: Field

    def drift(self, pair: Pair, t_s: float) -> Pair:
        """The pair at another time, nothing pushing."""
        return Pair(t_s, coast(pair.ship, pair.t_s, t_s, self.ship_cd_area_m2, self.field),
                    coast(pair.station, pair.t_s, t_s, self.station_cd_area_m2, self.field))


@dataclass(frozen=True, slots=True, eq=False)
class Pulse:
    """An impulse of the thrusters: dv_m_s (3,) in the station's RTN; before and after it."""

    leg: str
    dv_m_s: FloatArray
    before: Pair
    after: Pair


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """A flown way in. t_s (n,), ship and station (n, 7), sampled to contact with a row before and after each impulse.

    contact is the pair when the probe is in the port's plane, or None when it never is.
    """

    t_s: FloatArray
    ship: FloatArray
    station: FloatArray
    pulses: tuple[Pulse, ...]
    contact: Pair | None

    @property
    def dv_m_s(self) -> float:
        """The sum of all impulses."""
        return float(sum(np.linalg.norm(p.dv_m_s) for p in self.pulses))


def approach(start: Pair, ways: Sequence[Way], axis: FloatArray, error: FloatArray, bodies: Bodies,
             errors: ApproachErrors | None = None, radar_share: float = math.inf) -> Approach:
    """Fly the waypoints (times after start) in the full model and find the contact.

    error (6,): what the ship knows minus what is true at the start, RTN; the first impulse is made with it. From then
    on the radar sees: its error is the same one, not above radar_share of the distance to the port, and shrinks with it
    as errors of scale and angle do. axis (3,) of the port, RTN. errors: of a dispersed flight, in place of error.
    """
    goal_m = ways[-1].position_m
    far_m, error_m = (float(np.linalg.norm(x[:3])) for x in (start.relative[:3] - goal_m, error))
    radar = min(1.0, radar_share * far_m / error_m) if error_m else 1.0
    pair, pulses = start, []
    rows = [(np.array([start.t_s]), start.ship[None], start.station[None])]
    for way, until_s, first in _legs(start.t_s, ways):
        seen = pair.relative
        share = radar * min(1.0, float(np.linalg.norm(seen[:3] - goal_m)) / far_m) if pulses else 1.0
        seen = seen + share * error if errors is None else errors.seen(pair.relative, len(pulses))
        wanted = needed_velocity(seen, pair, start.t_s + way.t_s, way.position_m, bodies)
        dv = wanted - seen[3:]
        if first or np.linalg.norm(dv) > LEAST_CORRECTION_M_S:
            pulses.append(pushed(pair, dv if errors is None else errors.given(dv, len(pulses)), way.leg, bodies))
            pair = pulses[-1].after
        if way is not ways[-1]:
            rows.append(_sampled(pair, until_s, bodies))
            pair = Pair(until_s, rows[-1][1][-1], rows[-1][2][-1])
    contact = _contact(pair, start.t_s + ways[-1].t_s, goal_m, axis, bodies)
    rows.append(_sampled(pair, contact.t_s if contact else start.t_s + ways[-1].t_s, bodies))
    t_s, ship, station = (np.concatenate(parts) for parts in zip(*rows))
    return Approach(t_s, ship, station, tuple(pulses), contact)


def _legs(start_s: float, ways: Sequence[Way]) -> Iterator[tuple[Way, float, bool]]:
    """Each waypoint, the end of each part of the way there, and whether it is the first part.

    An impulse comes before the first part, a correction may come before the others.
    """
    t = start_s
    for way in ways:
        for part in range(way.corrections + 1):
            t += (start_s + way.t_s - t) / (way.corrections + 1 - part)
            yield way, t, part == 0


def needed_velocity(seen: FloatArray, pair: Pair, goal_s: float, goal_m: FloatArray, bodies: Bodies) -> FloatArray:
    """Relative velocity (3,), RTN, with which a ship seen (6,) there comes to goal_m (RTN) at goal_s in the full model.

    The linear equations give the first guess and the corrections; each round leaves about 1e-3 of the miss.
    """
    n, span_s = rate_of(pair.station), goal_s - pair.t_s
    velocity = velocity_to_reach(n, seen[:3], goal_m, span_s)
    gain = np.linalg.inv(transition(n, span_s)[:3, 3:])
    for _ in range(6):
        guess = np.r_[from_relative_rtn(np.r_[seen[:3], velocity], pair.station), pair.ship[6]]
        miss_m = bodies.drift(Pair(pair.t_s, guess, pair.station), goal_s).relative[:3] - goal_m
        velocity = velocity - gain @ miss_m
        if np.linalg.norm(miss_m) < 1e-5:
            break
    return np.asarray(velocity)


def rate_of(station: FloatArray) -> float:
    """Orbit rate (rad/s) of a state."""
    return float(np.linalg.norm(cross(station[:3], station[3:6])) / (station[:3] @ station[:3]))


def pushed(pair: Pair, dv_m_s: FloatArray, leg: str, bodies: Bodies) -> Pulse:
    """The pair before and after an impulse (3,), RTN, of the ship; its mass by the rocket equation."""
    ship = pair.ship.copy()
    ship[3:6] += rtn_from_gcrf(pair.station[:3], pair.station[3:6]).T @ dv_m_s
    ship[6] *= math.exp(-float(np.linalg.norm(dv_m_s)) / (bodies.isp_s * G0_M_S2))
    return Pulse(leg, dv_m_s, pair, Pair(pair.t_s, ship, pair.station))


def _sampled(pair: Pair, until_s: float, bodies: Bodies) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Times (n,) and states (n, 7) of both from a pair to until_s, at most SAMPLE_S apart."""
    n = max(1, math.ceil((until_s - pair.t_s) / SAMPLE_S - 1e-9))
    step_s = (until_s - pair.t_s) / n
    t_s = pair.t_s + step_s * np.arange(n + 1)
    t_s[-1] = until_s
    return (t_s, coast_table(pair.ship, pair.t_s, step_s, n + 1, bodies.ship_cd_area_m2, bodies.field),
            coast_table(pair.station, pair.t_s, step_s, n + 1, bodies.station_cd_area_m2, bodies.field))


def _contact(pair: Pair, about_s: float, goal_m: FloatArray, axis: FloatArray, bodies: Bodies) -> Pair | None:
    """The pair when the ship's centre crosses the plane of goal_m, by Newton; None if that is not near about_s."""
    t_s = about_s
    for _ in range(20):
        there = bodies.drift(pair, t_s)
        away_m, rate_m_s = (there.relative[:3] - goal_m) @ axis, there.relative[3:] @ axis
        if rate_m_s > -1e-3 or not pair.t_s < t_s < about_s + CONTACT_LATE_S:
            return None
        if abs(away_m / rate_m_s) < 1e-6:
            return there
        t_s -= away_m / rate_m_s
    return None


def push_of(contact: Pair) -> FloatArray:
    """What contact adds to the station's velocity (3,), GCRF: the two go on with their common momentum.

    Seven tonnes at 0.1 m/s are felt as 2 mm/s.
    """
    inertial = rtn_from_gcrf(contact.station[:3], contact.station[3:6]).T @ contact.relative[3:]
    return np.asarray(inertial * contact.ship[6] / (contact.ship[6] + contact.station[6]))


def hooked(contact: Pair, hooks_s: float, bodies: Bodies) -> tuple[FloatArray, FloatArray]:
    """Seconds after contact (n,) and the station's states (n, 7) from contact until the hooks are closed."""
    station = contact.station.copy()
    station[3:6] += push_of(contact)
    step_s = hooks_s / HOOKED_STEPS
    rows = coast_table(station, contact.t_s, step_s, HOOKED_STEPS + 1, bodies.station_cd_area_m2, bodies.field)
    return step_s * np.arange(HOOKED_STEPS + 1), rows
