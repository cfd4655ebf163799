"""Who sees whom: straight lines past the Earth. Plain arrays, metres, Earth-fixed (ITRF) axes.

Geometry only: no antenna pattern, no blockage by the station's own structure, no power budget.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.physics.geodesy import FLATTENING, RADIUS_M

GEOSTATIONARY_M = 42_164_172.0
"""Radius at which a circular orbit turns with the Earth: (mu / omega^2)^(1/3)."""


def geostationary_itrf_m(longitude_rad: float) -> FloatArray:
    """A relay (3,) that stands over the equator. Real ones sway by their inclination of a few degrees."""
    return GEOSTATIONARY_M * np.array([np.cos(longitude_rad), np.sin(longitude_rad), 0.0])


def sight_height_m(position_itrf_m: FloatArray, other_itrf_m: FloatArray) -> FloatArray:
    """Least height (n,) above the ellipsoid of the straight line from (n, 3) to a point (3,) or (n, 3).

    Negative: the Earth is in the way. Stretched to a sphere along the polar axis, so heights are
    true at the equator and up to 0.34 % wrong at the poles; zero stays exactly zero.
    """
    stretch = np.array([1.0, 1.0, 1.0 / (1.0 - FLATTENING)])
    a = np.asarray(position_itrf_m, dtype=float) * stretch
    d = np.asarray(other_itrf_m, dtype=float) * stretch - a
    squared = np.maximum(np.einsum("ij,ij->i", d, d), 1e-12)             # from a place to itself the line is a point
    share = np.clip(-np.einsum("ij,ij->i", a, d) / squared, 0.0, 1.0)
    return np.asarray(np.linalg.norm(a + share[:, None] * d, axis=1) - RADIUS_M)


def sees_relay(position_itrf_m: FloatArray, longitude_rad: float, grazing_m: float) -> NDArray[np.bool_]:
    """Whether (n, 3) sees a geostationary relay above grazing_m of air."""
    return sight_height_m(position_itrf_m, geostationary_itrf_m(longitude_rad)) > grazing_m
