"""Gravity of the Earth as a series of spherical harmonics (its coefficients: world/gravity.py)."""

from __future__ import annotations

import math

from numba import njit

from fakel.model.arrays import FloatArray


@njit(cache=True, fastmath={"reassoc", "contract"})
def acceleration_itrf(x_m: float, y_m: float, z_m: float, gravity: FloatArray, radius_m: float
                      ) -> tuple[float, float, float]:
    """Acceleration (m/s2) at a place in the Earth-fixed frame, outside the radius of the field.

    gravity: (orders, orders, 8) from ``world.gravity.series_of``. Orders are summed one after the other: along one
    order the monic Legendre recurrence runs up in degree and six sums grow side by side, one vector instruction each.
    """
    orders = gravity.shape[0]
    inv_r2 = 1.0 / (x_m * x_m + y_m * y_m + z_m * z_m)
    up, turn_c, turn_s = radius_m * z_m * inv_r2, radius_m * x_m * inv_r2, radius_m * y_m * inv_r2
    rho = radius_m * radius_m * inv_r2
    cos, sin = radius_m * math.sqrt(inv_r2), 0.0
    ax = ay = az = 0.0
    for m in range(orders):
        xc = xs = yc = ys = zc = zs = 0.0
        now, after = 1.0, up
        for k in range(orders - m):
            xc += gravity[m, k, 0] * now
            xs += gravity[m, k, 1] * now
            yc += gravity[m, k, 2] * now
            ys += gravity[m, k, 3] * now
            zc += gravity[m, k, 4] * now
            zs += gravity[m, k, 5] * now
            now, after = after, up * after - rho * gravity[m, k, 6] * now
        ax += xc * cos + xs * sin
        ay += yc * cos + ys * sin
        az += zc * cos + zs * sin
        cos, sin = cos * turn_c - sin * turn_s, cos * turn_s + sin * turn_c
    return ax, ay, az
