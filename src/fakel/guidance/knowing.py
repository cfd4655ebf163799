"""What is known of an orbit and how fixes make it better: numbers only.

An offset (…, 6) in metres says how one state stands from another in terms of the orbit, as ``mean.apart_m`` does:
semi-major axis, both parts of eccentricity, tilt, node, along track. Errors that grow along track over hours stay
almost straight in it, and what ties them (a higher orbit is slower) needs no matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.guidance.mean import EX, EY, INCLINATION, NODE, PHASE, A, apart_m, elements, state
from fakel.model.arrays import FloatArray
from fakel.physics.frames import cross, relative_rtn, rtn_from_gcrf

_STEPS = np.array([10.0, 10.0, 10.0, 0.01, 0.01, 0.01])
RANGE, ELEVATION, AZIMUTH, RATE = range(4)
QUANTITIES = ("range", "elevation", "azimuth", "range rate")
ORBIT = ("semi-major axis", "eccentricity", "eccentricity", "inclination", "node", "place along track")


def offset_m(y: FloatArray, about: FloatArray) -> FloatArray:
    """Offset (…, 6) of states y (…, 6 or more) from one state about (6 or more,)."""
    return apart_m(elements(y), elements(about))


def moved(y: FloatArray, offset: FloatArray) -> FloatArray:
    """The state (6 or more,) that stands at an offset (6,) from y; undoes ``offset_m``. More than six stay."""
    x = elements(y)
    a_m, tilt, out = x[A], x[INCLINATION], np.array(y, dtype=float)
    node = offset[4] / (a_m * np.sin(tilt))
    x[A] += offset[0]
    x[EX] += offset[1] / a_m
    x[EY] += offset[2] / a_m
    x[INCLINATION] += offset[3] / a_m
    x[NODE] += node
    x[PHASE] += offset[5] / a_m - np.cos(tilt) * node
    out[:6] = state(x)
    return out


def offset_slopes(y: FloatArray) -> FloatArray:
    """Slopes (6, 6) of the offset by the state's r (m) and v (m/s)."""
    return _slopes(lambda rows: offset_m(rows, y), y[:6])


def _slopes(of, y: FloatArray) -> FloatArray:  # type: ignore[no-untyped-def]
    rows = np.concatenate([y + np.diag(_STEPS), y - np.diag(_STEPS)])
    ends = of(rows)
    return np.asarray(((ends[:6] - ends[6:]) / (2.0 * _STEPS[:, None])).T)


def insertion_spread(y: FloatArray, height_m: float, speed_m_s: float, inclination_rad: float,
                     correlation: float) -> FloatArray:
    """Columns (6, 3), r and v: what one sigma of each of three independent causes moves at separation.

    Height is radial, speed along the velocity, inclination a turn about the node; height and speed are correlated.
    """
    r, v = y[:3], y[3:6]
    h = cross(r, v)
    node = np.array([-h[1], h[0], 0.0]) / np.hypot(h[0], h[1])
    up, fast = np.r_[r / np.linalg.norm(r), np.zeros(3)], np.r_[np.zeros(3), v / np.linalg.norm(v)]
    turn = np.r_[cross(node, r), cross(node, v)]
    free = np.sqrt(1.0 - correlation**2)
    return np.stack([height_m * up + correlation * speed_m_s * fast, free * speed_m_s * fast, inclination_rad * turn],
                    axis=1)


def radar_sees(y: FloatArray, station: FloatArray) -> FloatArray:
    """Range (m), elevation out of the plane and azimuth in it (rad), range rate (m/s): (…, 4).

    Angles of the ship seen in the station's RTN: azimuth from forward to up. Not across the orbit's normal.
    """
    x = relative_rtn(y, station)
    range_m = np.linalg.norm(x[..., :3], axis=-1)
    return np.stack([range_m, np.arcsin(x[..., 2] / range_m), np.arctan2(x[..., 0], x[..., 1]),
                     np.sum(x[..., :3] * x[..., 3:], axis=-1) / range_m], axis=-1)


def radar_apart(seen: FloatArray, expected: FloatArray) -> FloatArray:
    """seen minus expected (…, 4), angles between -pi and pi."""
    d = np.array(seen - expected, dtype=float)
    d[..., AZIMUTH] = (d[..., AZIMUTH] + np.pi) % (2 * np.pi) - np.pi
    return d


def radar_slopes(y: FloatArray, station: FloatArray) -> FloatArray:
    """Slopes (4, 6) of what the radar sees by the ship's offset."""
    now = radar_sees(y[:6], station)
    by_state = _slopes(lambda rows: radar_apart(radar_sees(rows, station), now), y[:6])
    return np.asarray(by_state @ np.linalg.inv(offset_slopes(y)))


@dataclass(frozen=True, slots=True, eq=False)
class Fix:
    """What one fix does: slopes (m, 6) of what is measured by the offset, gain (6, m), noise (m, m), and the sigma (m,)
    that the difference between seen and expected has by chance."""

    slopes: FloatArray
    gain: FloatArray
    noise: FloatArray
    sigma: FloatArray


def fix(covariance: FloatArray, slopes: FloatArray, noise: FloatArray) -> Fix:
    """The best gain (Kalman 1960) for a covariance (6, 6) of what is known, in offsets."""
    spread = slopes @ covariance @ slopes.T + noise
    gain = np.asarray(np.linalg.solve(spread, slopes @ covariance).T, dtype=np.float64)
    return Fix(slopes, gain, noise, np.asarray(np.sqrt(np.diag(spread)), dtype=np.float64))


def burnt(dv_m_s: FloatArray, chance: FloatArray, size_share: float, size_fixed_m_s: float, pointing_rad: float
          ) -> FloatArray:
    """What an engine gives (3,) instead of dv (3,), for four standard normal numbers."""
    size = float(np.linalg.norm(dv_m_s))
    if size < 1e-9:
        return np.array(dv_m_s, dtype=float)
    along, one, other = across(dv_m_s / size)
    grown = size * (1.0 + size_share * chance[0]) + size_fixed_m_s * chance[1]
    return np.asarray(grown * along + size * pointing_rad * (chance[2] * one + chance[3] * other))


def burnt_covariance(moment: FloatArray, size_share: float, size_fixed_m_s: float, pointing_rad: float) -> FloatArray:
    """Covariance (3, 3) of ``burnt`` less dv, for burns whose mean of dv dv^T is moment (3, 3).

    Exact but for the fixed part, which is shared out as the moment is.
    """
    whole = float(np.trace(moment))
    if whole < 1e-18:
        return np.zeros((3, 3))
    return np.asarray(moment * (size_share**2 + size_fixed_m_s**2 / whole)
                      + (whole * np.eye(3) - moment) * pointing_rad**2)


def across(along: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """A unit vector and two that stand across it."""
    least = np.eye(3)[int(np.abs(along).argmin())]
    one = cross(along, least)
    one = one / np.linalg.norm(one)
    return along, one, cross(along, one)


def inertial_covariance(covariance: FloatArray, y: FloatArray) -> FloatArray:
    """Covariance (6, 6) of r and v from one of offsets."""
    back = np.linalg.inv(offset_slopes(y))
    return np.asarray(back @ covariance @ back.T)


def offset_covariance(covariance: FloatArray, y: FloatArray) -> FloatArray:
    """Covariance (6, 6) of offsets from one of r and v."""
    slopes = offset_slopes(y)
    return np.asarray(slopes @ covariance @ slopes.T)


def relative_slopes(y: FloatArray, station: FloatArray) -> FloatArray:
    """Slopes (6, 6) of the ship's place and rate in the station's turning RTN by the ship's offset."""
    rtn = rtn_from_gcrf(station[:3], station[3:6])
    rate = cross(station[:3], station[3:6]) / (station[:3] @ station[:3])
    turn = np.array([[0.0, -rate[2], rate[1]], [rate[2], 0.0, -rate[0]], [-rate[1], rate[0], 0.0]])
    by_state = np.block([[rtn, np.zeros((3, 3))], [-rtn @ turn, rtn]])
    return np.asarray(by_state @ np.linalg.inv(offset_slopes(y)))
