"""Gravity of the Earth as a series of spherical harmonics (its coefficients: world/gravity.py)."""

from __future__ import annotations

import math

from numba import njit

from fakel.model.arrays import FloatArray


@njit(cache=True, fastmath=True)
def acceleration_itrf(x_m: float, y_m: float, z_m: float, gravity: FloatArray, recurrence: FloatArray,
                      radius_m: float, work: FloatArray) -> tuple[float, float, float]:
    """Acceleration (m/s2) at a place in the Earth-fixed frame.

    gravity, recurrence: from ``world.gravity.series_of``. work: scratch (rows + 2, width). Valid outside the radius.
    """
    rows, width = recurrence.shape
    inv_r2 = 1.0 / (x_m * x_m + y_m * y_m + z_m * z_m)
    up, turn_c, turn_s = radius_m * z_m * inv_r2, radius_m * x_m * inv_r2, radius_m * y_m * inv_r2
    rho = radius_m * radius_m * inv_r2
    cos, sin = work[rows], work[rows + 1]
    cos[0], sin[0] = radius_m * math.sqrt(inv_r2), 0.0
    for m in range(1, width):
        cos[m] = cos[m - 1] * turn_c - sin[m - 1] * turn_s
        sin[m] = cos[m - 1] * turn_s + sin[m - 1] * turn_c
    ax = ay = az = 0.0
    for k in range(rows):
        now = work[k]
        if k == 0:
            now[:] = 1.0
        elif k == 1:
            now[:] = up
        else:
            for m in range(width):
                now[m] = up * work[k - 1, m] - rho * recurrence[k, m] * work[k - 2, m]
        row = gravity[k]
        for m in range(width):
            v, w = now[m] * cos[m], now[m] * sin[m]
            ax += row[0, m] * v + row[1, m] * w
            ay += row[2, m] * v + row[3, m] * w
            az += row[4, m] * v + row[5, m] * w
    return ax, ay, az
