"""Gravity of the Earth as a series of spherical harmonics (its coefficients: world/gravity.py)."""

from __future__ import annotations

import math

from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.gauss import LANES

PLACE, PULL = 0, 3 * LANES                    # rows of the workspace: where the lanes are, what they feel (3 each)
ROWS = 20                                     # rows that this module uses
_UP, _RHO, _TURN_C, _TURN_S, _COS, _SIN, _NOW, _AFTER, _XC, _XS, _YC, _YS, _ZC, _ZS = (
    LANES * row for row in range(6, ROWS))


@njit(cache=True, fastmath={"reassoc", "contract"})
def acceleration_itrf(x_m: float, y_m: float, z_m: float, gravity: FloatArray, radius_m: float
                      ) -> tuple[float, float, float]:
    """Acceleration (m/s2) at a place in the Earth-fixed frame, outside the radius of the field.

    gravity: (orders, orders or up to 3 more, 8) from ``world.gravity.series_of``. Orders are summed one after the
    other: along one order the monic Legendre recurrence runs up in degree and six sums grow side by side, one vector
    instruction each.
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


@njit(cache=True, fastmath={"reassoc", "contract"})
def accelerations_itrf(lanes: int, orders: int, gravity: FloatArray, radius_m: float, w: FloatArray) -> None:
    """The same series at several places at once, one in each lane of the workspace w.

    Reads PLACE, writes PULL. orders: how many orders to sum, all for the whole field; fewer give a smooth field near
    it. Four rows of the recurrence are taken at a time, so that sums are loaded and stored a quarter as often.
    """
    for j in range(lanes):
        x, y, z = w[PLACE + j], w[PLACE + LANES + j], w[PLACE + 2 * LANES + j]
        f = radius_m / (x * x + y * y + z * z)
        w[_TURN_C + j], w[_TURN_S + j], w[_UP + j], w[_RHO + j] = f * x, f * y, f * z, f * radius_m
        w[_COS + j], w[_SIN + j] = math.sqrt(f * radius_m), 0.0
        w[PULL + j], w[PULL + LANES + j], w[PULL + 2 * LANES + j] = 0.0, 0.0, 0.0
    for m in range(orders):
        a0, a1, a2, a3, a4, a5, a6 = _row(gravity, m, 0)
        b0, b1, b2, b3, b4, b5, b6 = _row(gravity, m, 1)
        c0, c1, c2, c3, c4, c5, c6 = _row(gravity, m, 2)
        d0, d1, d2, d3, d4, d5, d6 = _row(gravity, m, 3)
        for j in range(lanes):               # the first four rows, whose recurrence starts with 1 and up
            up, rho = w[_UP + j], w[_RHO + j]
            p2 = up * up - rho * a6
            p3 = up * (p2 - rho * b6)
            p4 = up * p3 - rho * c6 * p2
            w[_NOW + j], w[_AFTER + j] = p4, up * p4 - rho * d6 * p3
            w[_XC + j] = a0 + b0 * up + c0 * p2 + d0 * p3
            w[_XS + j] = a1 + b1 * up + c1 * p2 + d1 * p3
            w[_YC + j] = a2 + b2 * up + c2 * p2 + d2 * p3
            w[_YS + j] = a3 + b3 * up + c3 * p2 + d3 * p3
            w[_ZC + j] = a4 + b4 * up + c4 * p2 + d4 * p3
            w[_ZS + j] = a5 + b5 * up + c5 * p2 + d5 * p3
        for k in range(4, orders - m, 4):
            a0, a1, a2, a3, a4, a5, a6 = _row(gravity, m, k)
            b0, b1, b2, b3, b4, b5, b6 = _row(gravity, m, k + 1)
            c0, c1, c2, c3, c4, c5, c6 = _row(gravity, m, k + 2)
            d0, d1, d2, d3, d4, d5, d6 = _row(gravity, m, k + 3)
            for j in range(lanes):
                up, rho, p0, p1 = w[_UP + j], w[_RHO + j], w[_NOW + j], w[_AFTER + j]
                p2 = up * p1 - rho * a6 * p0
                p3 = up * p2 - rho * b6 * p1
                p4 = up * p3 - rho * c6 * p2
                w[_NOW + j], w[_AFTER + j] = p4, up * p4 - rho * d6 * p3
                w[_XC + j] += a0 * p0 + b0 * p1 + c0 * p2 + d0 * p3
                w[_XS + j] += a1 * p0 + b1 * p1 + c1 * p2 + d1 * p3
                w[_YC + j] += a2 * p0 + b2 * p1 + c2 * p2 + d2 * p3
                w[_YS + j] += a3 * p0 + b3 * p1 + c3 * p2 + d3 * p3
                w[_ZC + j] += a4 * p0 + b4 * p1 + c4 * p2 + d4 * p3
                w[_ZS + j] += a5 * p0 + b5 * p1 + c5 * p2 + d5 * p3
        for j in range(lanes):
            cos, sin = w[_COS + j], w[_SIN + j]
            w[PULL + j] += w[_XC + j] * cos + w[_XS + j] * sin
            w[PULL + LANES + j] += w[_YC + j] * cos + w[_YS + j] * sin
            w[PULL + 2 * LANES + j] += w[_ZC + j] * cos + w[_ZS + j] * sin
            w[_COS + j] = w[_TURN_C + j] * cos - w[_TURN_S + j] * sin
            w[_SIN + j] = w[_TURN_C + j] * sin + w[_TURN_S + j] * cos


@njit(cache=True)
def _row(gravity: FloatArray, m: int, k: int) -> tuple[float, float, float, float, float, float, float]:
    """Seven numbers of the table: in registers, the compiler need not fear that a store changes them."""
    return (gravity[m, k, 0], gravity[m, k, 1], gravity[m, k, 2], gravity[m, k, 3], gravity[m, k, 4],
            gravity[m, k, 5], gravity[m, k, 6])
