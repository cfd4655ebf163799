"""Courses beside a station: which places to pass, and when. And the impulses that a linear model needs for them.

Vectors are RTN (radial up, along track, normal) from the station's centre, metres; times are seconds from the begin.
A course says nothing of the model: ``impulses`` takes a transition matrix (``physics.relative`` on a circle,
``physics.relative_eccentric`` on any Kepler orbit), and the full model flies the same places (``plan.relative_move``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fakel.guidance.proximity import slope_1_s
from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError

Motion = Callable[[float, float], FloatArray]
"""The matrix (6, 6) that takes place and rate in RTN from one time to another."""
REST = np.zeros(3)
WEAK_S, LEFT_SHARE = 25.0, 0.003


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """places_m (k + 1, 3) to be at t_s (k + 1,), the begin first. arrive_m_s: the rate (3,) to end with; None: as it
    comes (the craft stays on its drift). kind: what a person calls it."""

    kind: str
    t_s: FloatArray
    places_m: FloatArray
    arrive_m_s: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Impulse:
    """A jump of velocity, dv_m_s (3,), at t_s; before and after it: place and rate (6,)."""

    t_s: float
    dv_m_s: FloatArray
    before: FloatArray
    after: FloatArray


def impulses(course: Course, motion: Motion, start_m_s: FloatArray = REST) -> tuple[Impulse, ...]:
    """One impulse at each place of the course, the last one too where the course says how to arrive. start_m_s (3,):
    the rate before the first.

    Raises FlightError where no velocity leads from one place to the next in its time.
    """
    now, out = np.r_[course.places_m[0], start_m_s], []
    for (t0, t1), goal in zip(pairwise(course.t_s.tolist()), course.places_m[1:], strict=True):
        matrix = motion(t0, t1)
        wanted = np.r_[now[:3], velocity_to(matrix, now[:3], goal, t1 - t0)]
        out.append(Impulse(t0, wanted[3:] - now[3:], now, wanted))
        now = np.asarray(matrix @ wanted)
    if course.arrive_m_s is not None:
        end = np.r_[now[:3], course.arrive_m_s]
        out.append(Impulse(float(course.t_s[-1]), end[3:] - now[3:], now, end))
    return tuple(out)


def velocity_to(matrix: FloatArray, start_m: FloatArray, goal_m: FloatArray, span_s: float) -> FloatArray:
    """Velocity (3,) with which start_m drifts to goal_m by a transition matrix (6, 6); the smallest where several do.

    About half a revolution later the swing across the plane is where it must be whatever the velocity, after a whole
    one the height is too: such directions are left as they come (``inverse_gain``). FlightError where more than
    LEFT_SHARE of the range is then left.
    """
    gain, needed = matrix[:3, 3:], np.asarray(goal_m) - matrix[:3, :3] @ np.asarray(start_m)
    velocity = inverse_gain(gain) @ needed
    miss_m = float(np.linalg.norm(gain @ velocity - needed))
    if miss_m > 1e-6 + LEFT_SHARE * max(float(np.linalg.norm(goal_m)), float(np.linalg.norm(start_m))):
        raise FlightError(f"relative motion: no velocity leads to that place in {span_s:.0f} s ({miss_m:.1f} m remain);"
                          " choose another duration or put a waypoint between")
    return np.asarray(velocity)


def inverse_gain(gain: FloatArray) -> FloatArray:
    """From a miss (3,) m to the change of velocity (3,) that mends it; gain (3, 3) s: from velocity to place.

    Directions of which a metre costs more than 1 / WEAK_S (4 cm/s) are left out, short drifts aside.
    """
    left, size, right = np.linalg.svd(gain)
    kept = size > min(WEAK_S, 0.05 * float(size[0]))
    return np.asarray(right[kept].T / size[kept] @ left[:, kept].T)


def total_m_s(pulses: tuple[Impulse, ...]) -> float:
    """The sum of all impulses."""
    return float(sum(np.linalg.norm(p.dv_m_s) for p in pulses))


def followed(course: Course, pulses: tuple[Impulse, ...], motion: Motion, per_leg: int = 24) -> tuple[FloatArray, ...]:
    """Times (n,) and places and rates (n, 6) along the course by the same model, per_leg pieces between impulses."""
    times, rows = [], []
    ends = [*(p.t_s for p in pulses if p.t_s < course.t_s[-1]), float(course.t_s[-1])]
    for pulse, (t0, t1) in zip(pulses, pairwise(ends)):
        for t in np.linspace(t0, t1, per_leg + 1).tolist():
            times.append(t)
            rows.append(motion(t0, t) @ pulse.after)
    return np.array(times), np.array(rows)


def hop(start_m: FloatArray, goal_m: FloatArray, span_s: float, legs: int = 1) -> Course:
    """From impulse to impulse in equal drifts along the straight line between; at rest at the end.

    Along the orbit half a revolution makes it the radial hop (dv = n dT / 4 at each end), a whole one the tangential
    hop (n dT / 6 pi) (Fehse 2003, 3.3).
    """
    return Course("hop", _even(span_s, legs), _line(start_m, goal_m, legs), REST)


def straight(start_m: FloatArray, goal_m: FloatArray, span_s: float, legs: int = 8) -> Course:
    """Forced motion along the straight line, in equal legs of equal times, from rest to rest."""
    return Course("straight", _even(span_s, legs), _line(start_m, goal_m, legs), REST)


def glideslope(start_m: FloatArray, goal_m: FloatArray, span_s: float, arrive_rate_m_s: float, legs: int = 12
               ) -> Course:
    """Straight in with a speed that falls with the distance to the goal, to arrive_rate_m_s, in equal times.

    Source: Hablani, Tapper & Dana-Bashian 2002, Guidance and relative navigation for autonomous rendezvous in a
    circular orbit, J. Guid. Control Dyn. 25(3). Raises FlightError for a rate that is too high or not above 0.
    """
    way = np.asarray(goal_m) - np.asarray(start_m)
    length_m = float(np.linalg.norm(way))
    if not 0.0 < arrive_rate_m_s * span_s <= length_m:
        raise FlightError(f"glideslope: {arrive_rate_m_s:g} m/s at the end of {length_m:.0f} m in {span_s:.0f} s is no "
                          f"braking; write more than 0 and at most {length_m / span_s:.3g} m/s")
    slope, left = slope_1_s(length_m, span_s, arrive_rate_m_s), 1.0 - np.arange(legs + 1) / legs
    away = arrive_rate_m_s * (np.expm1(slope * span_s * left) / slope if slope else span_s * left)
    places = np.asarray(goal_m) - away[:, None] * way / length_m
    return Course("glideslope", _even(span_s, legs), places, arrive_rate_m_s * way / length_m)


def football(start_m: FloatArray, centre_m: float, rate_rad_s: float, span_s: float, legs: int = 4) -> Course:
    """The closed ellipse, twice as long as high, on which a craft at start_m goes around the place centre_m ahead on
    the orbit (negative: behind), on a near circle. It begins where the craft is; the swing across the plane goes on."""
    n, (radial, along, normal) = rate_rad_s, np.asarray(start_m, dtype=float)
    t_s = _even(span_s, legs)
    c, s = np.cos(n * t_s), np.sin(n * t_s)
    up = (along - centre_m) / 2
    places = np.stack([radial * c + up * s, centre_m + 2 * (up * c - radial * s), normal * c], axis=1)
    return Course("football", t_s, places)


def coelliptic(start_m: FloatArray, goal_m: FloatArray, rate_rad_s: float, legs: int = 4) -> Course:
    """A drift at constant height below or above (1.5 n R along the orbit), until the goal; where the goal lies at
    another height, half a revolution of transfer comes first. Times follow from heights. Raises FlightError where the
    drift leads the other way, or none is needed."""
    n, start, goal = rate_rad_s, np.asarray(start_m, dtype=float), np.asarray(goal_m, dtype=float)
    t, place = 0.0, start
    times, places = [t], [place]
    if abs(goal[0] - start[0]) > 1e-6:
        t = math.pi / n                                      # half an ellipse that is centred at the mean height
        place = np.array([goal[0], start[1] - 0.75 * math.pi * (start[0] + goal[0]), -start[2]])
        times, places = [0.0, t], [start, place]
    drift_m_s = -1.5 * n * goal[0]
    span_s = (goal[1] - place[1]) / drift_m_s if drift_m_s else -1.0
    if not span_s > 0.0:
        raise FlightError(f"coelliptic: at a height of {goal[0]:+.0f} m the drift does not lead from {place[1]:+.0f} m "
                          f"to {goal[1]:+.0f} m along the orbit; go below to gain, above to fall back")
    for i in range(1, legs + 1):
        normal = place[2] * math.cos(n * span_s * i / legs)
        times.append(t + span_s * i / legs)
        places.append(np.array([goal[0], place[1] + drift_m_s * span_s * i / legs, normal]))
    return Course("coelliptic", np.array(times), np.array(places), np.array([0.0, drift_m_s, 0.0]))


def flyaround(start_m: FloatArray, goal_m: FloatArray, span_s: float, legs: int = 10) -> Course:
    """About the station's centre from one direction to another, any two that are not opposite, with vanishing speed at
    both ends; the distance changes along with the angle. Opposite ones are flown by way of the orbit's normal."""
    start, goal = np.asarray(start_m, dtype=float), np.asarray(goal_m, dtype=float)
    r0, r1 = float(np.linalg.norm(start)), float(np.linalg.norm(goal))
    if min(r0, r1) < 1e-6:
        raise FlightError("fly-around: begin and end must lie away from the station's centre")
    u0, u1 = start / r0, goal / r1
    swing = math.acos(max(-1.0, min(1.0, float(u0 @ u1))))
    side = u1 - (u0 @ u1) * u0
    if np.linalg.norm(side) < 1e-9:
        spare = np.array([0.0, 0.0, 1.0]) if abs(u0[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
        side = spare - (u0 @ spare) * u0
    side = side / np.linalg.norm(side)
    f = np.arange(legs + 1) / legs
    s = f * f * (3.0 - 2.0 * f)
    turned = np.cos(s * swing)[:, None] * u0 + np.sin(s * swing)[:, None] * side
    return Course("fly-around", _even(span_s, legs), (r0 + (r1 - r0) * s)[:, None] * turned, REST)


def hold(place_m: FloatArray, span_s: float, legs: int) -> Course:
    """At one place, corrected at equal times."""
    return Course("hold", _even(span_s, legs), np.tile(np.asarray(place_m, dtype=float), (legs + 1, 1)), REST)


def _even(span_s: float, legs: int) -> FloatArray:
    if not (span_s > 0.0 and legs >= 1):
        raise FlightError(f"a course of {legs} legs in {span_s:g} s cannot be flown; write 1 leg or more, and more "
                          "than 0 s")
    return np.asarray(span_s * np.arange(legs + 1) / legs)


def _line(start_m: FloatArray, goal_m: FloatArray, legs: int) -> FloatArray:
    part = (np.arange(legs + 1) / legs)[:, None]
    return np.asarray(np.asarray(start_m) + part * (np.asarray(goal_m) - np.asarray(start_m)))
