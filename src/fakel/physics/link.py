"""Who sees whom: straight lines past the Earth, masks, beams. Plain arrays, metres, Earth-fixed (ITRF) axes.

Geometry only: no antenna pattern, no power budget, no refraction.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.physics.geodesy import FLATTENING, RADIUS_M

GEOSTATIONARY_M = 42_164_172.0
"""Radius at which a circular orbit turns with the Earth: (mu / omega^2)^(1/3)."""


def geostationary_itrf_m(longitude_rad: float) -> FloatArray:
    """A relay (3,) that stands over the equator. Real ones sway by their inclination of a few degrees."""
    return GEOSTATIONARY_M * np.array([np.cos(longitude_rad), np.sin(longitude_rad), 0.0])


def clearance_m(position_itrf_m: FloatArray, other_itrf_m: FloatArray, grazing_m: float) -> FloatArray:
    """How far (n,) straight lines from (n, 3) to (3,) or (n, 3) pass above grazing_m of air; below 0: through it.

    Stretched along the polar axis so that the ellipsoid whose axes are longer by grazing_m becomes a sphere. That
    ellipsoid is within 1 m of this height everywhere, so zero is true; other values are up to 0.34 % wrong. Who is
    below that height already sees what the line rises to: then it is the way by which its lowest point lies behind.
    """
    equator, pole = RADIUS_M + grazing_m, RADIUS_M * (1.0 - FLATTENING) + grazing_m
    stretch = np.array([1.0, 1.0, equator / pole])
    a = np.asarray(position_itrf_m, dtype=float) * stretch
    d = np.asarray(other_itrf_m, dtype=float) * stretch - a
    squared = np.maximum(np.einsum("ij,ij->i", d, d), 1e-12)             # from a place to itself the line is a point
    share = -np.einsum("ij,ij->i", a, d) / squared
    above = np.linalg.norm(a + np.clip(share, 0.0, 1.0)[:, None] * d, axis=1) - equator
    low = (np.linalg.norm(a, axis=1) < equator) & (grazing_m > 0.0)
    return np.asarray(np.where(low, -share * np.sqrt(squared), above))


def angle_rad(a: FloatArray, b: FloatArray) -> FloatArray:
    """Angles (n,) between vectors (n, 3), exact near 0 and pi too."""
    across = np.linalg.norm(np.cross(a, b), axis=1)
    return np.asarray(np.arctan2(across, np.sum(np.asarray(a) * b, axis=1)))


def local_angles(here_itrf_m: FloatArray, there_itrf_m: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Elevation and azimuth (n,) of (n, 3) seen from (n, 3): over the plane across the line from the Earth's centre,
    and from north over east."""
    here, away = np.asarray(here_itrf_m, dtype=float), np.asarray(there_itrf_m) - here_itrf_m
    up = here / np.linalg.norm(here, axis=1)[:, None]
    east = np.stack([-up[:, 1], up[:, 0], np.zeros(len(up))], axis=1)
    east /= np.maximum(np.linalg.norm(east, axis=1), 1e-12)[:, None]
    north = np.cross(up, east)
    e, n, u = (np.sum(away * axis, axis=1) for axis in (east, north, up))
    return np.asarray(np.arctan2(u, np.hypot(e, n))), np.asarray(np.arctan2(e, n) % (2 * np.pi))


def over_terrain_rad(local_m: FloatArray, tables: Sequence[FloatArray], which: NDArray[np.int64]) -> FloatArray:
    """Elevation (n,) over terrain of places (n, 3) in east, north, up; tables[which[i]] (m, 2) holds azimuth (0 to
    2 pi) and the elevation of the terrain there (rad), joined by straight lines."""
    elevation = np.arctan2(local_m[:, 2], np.hypot(local_m[:, 0], local_m[:, 1]))
    azimuth = np.arctan2(local_m[:, 0], local_m[:, 1]) % (2 * np.pi)
    out = np.empty(len(local_m))
    for i in np.unique(which):
        here = which == i
        out[here] = elevation[here] - np.interp(azimuth[here], tables[i][:, 0], tables[i][:, 1])
    return out


def azimuth_rate_rad_s(local_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """How fast (n,) the azimuth of what is at (n, 3) and moves with (n, 3), in east, north, up, changes."""
    east, north = local_m[:, 0], local_m[:, 1]
    flat = np.maximum(east**2 + north**2, 1e-6)
    return np.asarray((velocity_m_s[:, 0] * north - velocity_m_s[:, 1] * east) / flat)


def inside_beam_rad(craft_itrf_m: FloatArray, relay_itrf_m: FloatArray, east_west_rad: float, north_south_rad: float
                    ) -> FloatArray:
    """How far (n,) craft (n, 3) are inside the reach of relays' antennas (n, 3): east-west and north-south angles from
    the line to the Earth's centre, about the Earth's axis; below 0 outside."""
    down = -np.asarray(relay_itrf_m, dtype=float)
    down /= np.linalg.norm(down, axis=1)[:, None]
    east = np.stack([down[:, 1], -down[:, 0], np.zeros(len(down))], axis=1)
    east /= np.linalg.norm(east, axis=1)[:, None]
    north = np.cross(east, down)
    away = np.asarray(craft_itrf_m) - relay_itrf_m
    d, e, n = (np.sum(away * axis, axis=1) for axis in (down, east, north))
    return np.asarray(np.minimum(east_west_rad - np.abs(np.arctan2(e, d)), north_south_rad - np.abs(np.arctan2(n, d))))


def clock_and_cone(line: FloatArray, axis: FloatArray, zero: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Angle around an axis (0 to 2 pi, right-handed from zero) and angle from it, of lines (n, 3)."""
    z = np.asarray(axis, dtype=float) / np.linalg.norm(axis)
    x = np.asarray(zero, dtype=float) - z * float(np.dot(z, zero))
    x /= np.linalg.norm(x)
    y = np.cross(z, x)
    a, b, c = line @ x, line @ y, line @ z
    return np.asarray(np.arctan2(b, a) % (2 * np.pi)), np.asarray(np.arctan2(np.hypot(a, b), c))
