"""The way in from the aim point to the port: where the ship is to be, when, relative to the station.

Vectors are RTN metres (radial, along track, normal) from the station's centre; ``centre`` is where the ship's centre is
at contact, ``axis`` the unit vector in which the port looks. The station holds its axes along LVLH.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.physics.relative import transition

HOPS, FLYAROUND, HOLD, FINAL = ("hop 1", "hop 2", "hop 3"), "fly-around", "station-keeping", "final approach"
BACKING = "backing away"
HOP_S = (516.0, 246.0, 198.0)
FLYAROUND_S, FLYAROUND_LEGS = 300.0, 10
HOLD_LEG_S, HOLD_LEAST_S, HOLD_M = 30.0, 30.0, 220.0
FINAL_S, FINAL_LEG_S = 660.0, 15.0
HOP_CORRECTIONS = 2
FLYAROUND_FROM_M = 380.0
SHORTEST_S = sum(HOP_S) + FLYAROUND_S + HOLD_LEAST_S + FINAL_S

_HOPS = {                                    # port's axis (R, T): two waypoints (R, T) and the direction of the third
    (-1, 0): ((-1153.0, -687.0), (-733.0, -95.0), 31.0),
    (1, 0): ((-862.0, -966.0), (-267.0, -416.0), -146.0),
    (0, -1): ((-900.0, -955.0), (-455.0, -525.0), -82.0),
    (0, 1): ((-1140.0, -658.0), (-670.0, 8.0), 60.0)}
"""Waypoints of the three hops; the third lies FLYAROUND_FROM_M away, its angle in degrees from nadir towards forward.

Found by ``benchmarks/hops.py``: a random search in the linear equations from (-1500, -2500) m with (0.3, 2.0) m/s for
the least sum of impulses such that free drift after each hop's impulse, half or whole, stays 290 m from the centre, and
205 m with three sigma of what the climb's filter knows there and of the impulse. Times: fitting the flown order of 2 km
half an hour, 0.7 km 22 min and 0.4 km 18 min before contact.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A place (3,) m in RTN to be at t_s after the aim point; leg: one of HOPS, FLYAROUND, HOLD, FINAL.

    corrections: how many further impulses are allowed on the way there.
    """

    t_s: float
    position_m: FloatArray
    leg: str
    corrections: int = 0


def route(centre_m: FloatArray, axis: FloatArray, span_s: float, closing_rate_m_s: float,
          rate_rad_s: float) -> tuple[Way, ...]:
    """Waypoints from the aim point to contact, span_s later; station-keeping takes up what time is left.

    Raises FlightError when span_s is shorter than SHORTEST_S.
    """
    if span_s < SHORTEST_S - 1e-6:
        raise FlightError(f"proximity: {span_s:.0f} s are too short for the way in; it takes {SHORTEST_S:.0f} s")
    ways = hops(axis)
    hold = centre_m + HOLD_M * axis
    ways += flyaround(ways[-1], hold)
    ways += station_keeping(ways[-1], span_s - FINAL_S)
    return ways + final_approach(centre_m, axis, span_s, closing_rate_m_s, rate_rad_s)


def hops(axis: FloatArray) -> tuple[Way, ...]:
    """Three hops to where the fly-around begins, for the direction nearest to the port's axis.

    A port that looks to starboard or port is reached by the way to nadir and a longer fly-around.
    """
    key = max(_HOPS, key=lambda k: float(np.dot(k, axis[:2])) + 1e-9 * (k == (-1, 0)))
    first, second, angle_deg = _HOPS[key]
    angle = math.radians(angle_deg)
    third = (-FLYAROUND_FROM_M * math.cos(angle), FLYAROUND_FROM_M * math.sin(angle))
    return hops_through(*(np.array([*place, 0.0]) for place in (first, second, third)))


def hops_through(*places_m: FloatArray) -> tuple[Way, ...]:
    """Three hops through places (3,) m, at the times that hops take."""
    return tuple(Way(float(t), np.asarray(place), leg, HOP_CORRECTIONS)
                 for leg, t, place in zip(HOPS, np.cumsum(HOP_S), places_m, strict=True))


def flyaround(start: Way, hold_m: FloatArray) -> tuple[Way, ...]:
    """Along an arc about the station's centre to the port's axis, beginning and ending with vanishing speed.

    So a burn that is left out near the end leaves the ship standing, not swinging past the station.
    """
    r0, r1 = float(np.linalg.norm(start.position_m)), float(np.linalg.norm(hold_m))
    u0, u1 = start.position_m / r0, hold_m / r1
    swing = math.acos(max(-1.0, min(1.0, float(u0 @ u1))))
    side = u1 - (u0 @ u1) * u0
    side = side / np.linalg.norm(side) if np.linalg.norm(side) > 1e-9 else np.array([0.0, 0.0, 1.0])
    out = []
    for i in range(1, FLYAROUND_LEGS + 1):
        f = i / FLYAROUND_LEGS
        s = f * f * (3.0 - 2.0 * f)
        direction = math.cos(s * swing) * u0 + math.sin(s * swing) * side
        out.append(Way(start.t_s + f * FLYAROUND_S, (r0 + (r1 - r0) * s) * direction, FLYAROUND))
    return tuple(out)


def station_keeping(start: Way, until_s: float) -> tuple[Way, ...]:
    """At one place until a time, corrected about every HOLD_LEG_S."""
    n = max(1, round((until_s - start.t_s) / HOLD_LEG_S))
    return tuple(Way(start.t_s + (until_s - start.t_s) * i / n, start.position_m, HOLD) for i in range(1, n + 1))


def final_approach(centre_m: FloatArray, axis: FloatArray, contact_s: float, closing_rate_m_s: float,
                   rate_rad_s: float) -> tuple[Way, ...]:
    """Straight in along the axis: speed falls with distance to the closing rate, which the last leg has at contact.

    Speed = closing rate + slope x distance, as on a glideslope (Hablani et al. 2002); the slope is the one that takes
    FINAL_S. The last leg is drifted backward from contact by the linear equations, so rate and place are met together.
    """
    last = transition(rate_rad_s, -FINAL_LEG_S) @ np.r_[centre_m, -closing_rate_m_s * axis]
    n = round(FINAL_S / FINAL_LEG_S) - 1
    end_m = float((last[:3] - centre_m) @ axis)
    span_s = FINAL_S - FINAL_LEG_S
    slope = slope_1_s(HOLD_M - end_m, span_s, closing_rate_m_s)
    out = []
    for i in range(1, n):
        grown = math.expm1(slope * span_s * (1 - i / n)) if slope else 0.0
        away_m = end_m + (closing_rate_m_s * grown / slope if slope else closing_rate_m_s * span_s * (1 - i / n))
        out.append(Way(contact_s - FINAL_S + span_s * i / n, centre_m + away_m * axis, FINAL))
    out.append(Way(contact_s - FINAL_LEG_S, last[:3], FINAL))
    return (*out, Way(contact_s, np.asarray(centre_m, dtype=float), FINAL))


def slope_1_s(way_m: float, span_s: float, rate_m_s: float) -> float:
    """The slope with which speed = rate + slope x distance covers way_m in span_s; negative for a high rate."""
    if abs(rate_m_s * span_s - way_m) < 1e-9:
        return 0.0
    low, high = -0.1, 0.1
    for _ in range(80):                                            # distance grows with the slope: halve the interval
        middle = (low + high) / 2
        covered_m = rate_m_s * (math.expm1(middle * span_s) / middle if middle else span_s)
        low, high = (middle, high) if covered_m < way_m else (low, middle)
    return (low + high) / 2
