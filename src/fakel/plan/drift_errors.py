"""Covariances of a ship that begins to drift: what is known of it there, and what its last burn errs by. RTN, SI."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.navigation import Execution, Navigation, Radar, Tracking

_ROOT2 = 2.0**0.5


def burn_spread(errors: Execution, dv_m_s: FloatArray, thrusters: bool) -> FloatArray:
    """What a burn dv_m_s (3,) adds (6, 6). thrusters: an impulse near the station, with its own fixed part."""
    out, size = np.zeros((6, 6)), float(np.linalg.norm(dv_m_s))
    if size > 0.0:
        along = np.outer(dv_m_s, dv_m_s) / size**2
        fixed = 0.0 if thrusters else errors.size_fixed_m_s
        out[3:, 3:] = (along * ((errors.size_share * size) ** 2 + fixed**2)
                       + (np.eye(3) - along) * (errors.pointing_rad * size) ** 2)
        if thrusters:
            out[3:, 3:] += np.eye(3) * errors.pulse_axis_m_s**2
    return out


def knowledge_spread(navigation: Navigation, place_m: FloatArray, rate_rad_s: float) -> FloatArray:
    """What is left (6, 6) of a ship at place_m (3,) from a station that circles at rate_rad_s.

    One pass over ground stations; within the radar's reach one fix of it besides, both together (their information adds
    up): alone it would know the mean height worse than the ground does.
    """
    range_m, tracked = float(np.linalg.norm(place_m)), _tracked(navigation.tracking, rate_rad_s)
    if range_m > navigation.radar.reach_m:
        return tracked
    seen = _by_radar(navigation.radar, place_m, range_m)
    return np.asarray(tracked @ np.linalg.solve(tracked + seen, seen))


def _by_radar(radar: Radar, place_m: FloatArray, range_m: float) -> FloatArray:
    """Range, two angles, and the rate in all three axes as along the line of sight (a radar that follows)."""
    out, sight = np.zeros((6, 6)), place_m / max(range_m, 1e-9)
    along = np.outer(sight, sight)
    out[:3, :3] = (along * (radar.range_share * range_m) ** 2 + (np.eye(3) - along) * (radar.angle_rad * range_m) ** 2
                   + np.eye(3) * radar.range_fixed_m**2)
    out[3:, 3:] = np.eye(3) * radar.range_rate_m_s**2
    return out


def _tracked(tracking: Tracking, n: float) -> FloatArray:
    """By orbital elements, so that place and rate are tied as in an orbit: mean height, place along, both components of
    the eccentricity (half of the variance along track is theirs), both of the plane, each independent."""
    axis, cross = tracking.semi_major_axis_m, tracking.cross_m
    along, size = tracking.along_m / _ROOT2, min(tracking.along_m / _ROOT2 / 2.0, tracking.radial_m)
    ways = np.array([
        [axis, 0.0, 0.0, 0.0, -1.5 * n * axis, 0.0],
        [0.0, along, 0.0, 0.0, 0.0, 0.0],
        [-size, 0.0, 0.0, 0.0, 2.0 * n * size, 0.0],
        [0.0, 2.0 * size, 0.0, n * size, 0.0, 0.0],
        [0.0, 0.0, cross, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, n * cross]])
    return np.asarray(ways.T @ ways)
