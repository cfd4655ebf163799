"""Which points of the sphere lie inside rings of longitude and latitude."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.arrays import FloatArray


def inside(longitude_rad: FloatArray, latitude_rad: FloatArray, rings: Sequence[FloatArray]) -> np.ndarray:
    """Flags (n,) of points inside rings (m, 2) of longitude and latitude, by the even-odd rule on the flat map.

    No ring may cross 180 degrees. A point counts the edges that it meets going north (Shimrat 1962).
    """
    x, y = np.asarray(longitude_rad, float), np.asarray(latitude_rad, float)
    odd = np.zeros(len(x), bool)
    for ring in rings:
        low, high = ring.min(axis=0), ring.max(axis=0)
        near = np.flatnonzero((x >= low[0]) & (x <= high[0]) & (y <= high[1]))
        if len(near):
            odd[near] ^= _odd(x[near], y[near], ring)
    return odd


def _odd(x: FloatArray, y: FloatArray, ring: FloatArray) -> np.ndarray:
    a, b = ring, np.roll(ring, -1, axis=0)
    spans = (a[:, 0] > x[:, None]) != (b[:, 0] > x[:, None])
    run = np.where(a[:, 0] == b[:, 0], 1.0, b[:, 0] - a[:, 0])
    crossing = a[:, 1] + (x[:, None] - a[:, 0]) * (b[:, 1] - a[:, 1]) / run
    return np.asarray(np.sum(spans & (crossing > y[:, None]), axis=1) % 2 == 1)


def within_circle(longitude_rad: FloatArray, latitude_rad: FloatArray, centre_rad: tuple[float, float],
                  angle_rad: float) -> np.ndarray:
    """Flags (n,) of points within an angle of a centre (longitude, latitude), on a sphere."""
    east, north = centre_rad
    cosine = (np.sin(latitude_rad) * np.sin(north)
              + np.cos(latitude_rad) * np.cos(north) * np.cos(np.asarray(longitude_rad) - east))
    return np.asarray(cosine >= np.cos(angle_rad))
