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
    order = np.argsort(x, kind="stable")
    x, y, odd = x[order], y[order], np.zeros(len(x), bool)
    for a, b in ((ring, np.roll(ring, -1, axis=0)) for ring in rings):
        first = np.searchsorted(x, np.minimum(a[:, 0], b[:, 0]))       # each edge meets the points over its own span
        last = np.searchsorted(x, np.maximum(a[:, 0], b[:, 0]))
        for k in np.flatnonzero(last > first):
            span = slice(first[k], last[k])
            crossing = a[k, 1] + (x[span] - a[k, 0]) * (b[k, 1] - a[k, 1]) / (b[k, 0] - a[k, 0])
            odd[span] ^= crossing > y[span]
    out = np.empty(len(x), bool)
    out[order] = odd
    return out


def within_circle(longitude_rad: FloatArray, latitude_rad: FloatArray, centre_rad: tuple[float, float],
                  angle_rad: float) -> np.ndarray:
    """Flags (n,) of points within an angle of a centre (longitude, latitude), on a sphere."""
    east, north = centre_rad
    cosine = (np.sin(latitude_rad) * np.sin(north)
              + np.cos(latitude_rad) * np.cos(north) * np.cos(np.asarray(longitude_rad) - east))
    return np.asarray(cosine >= np.cos(angle_rad))
