"""Acceleration of a craft near the Earth, and the record that says which forces act on it."""

from __future__ import annotations

import math
from typing import NamedTuple

from numba import njit

from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics.geodesy import geodetic_of
from fakel.physics.gravity import acceleration_itrf
from fakel.physics.small_forces import radiation, schwarzschild, solid_tide, sunlit_part, third_body

EARTH_RATE_RAD_S = 7.292115146706979e-5      # of the Earth rotation angle (IERS Conventions 2010, eq. 5.15)
FAST = {"reassoc", "contract"}                # sums in any order, fused; not-a-number is respected
LOWEST_AIR_M = 90_000.0
SERIES, TERMS = 12, 15                       # shape of one piece of Field.series
HIGHEST_AIR_M = 1_500_000.0                  # above, drag is left out: 2e-10 m/s2 at 0.01 m2/kg, 2 m a day


class Forces(NamedTuple):
    """What acts on a craft besides gravity, Sun and Moon (which the field brings); numbers only, for compiled code.

    A term whose number is 0 is left out and costs nothing. Scales multiply (1: as modelled) and are what a fit finds.
    """

    cd_area_m2: float = 0.0          # drag coefficient times cross-section
    drag_scale: float = 1.0
    cr_area_m2: float = 0.0          # radiation coefficient times cross-section
    radiation_scale: float = 1.0
    love_k2: float = 0.0             # solid tides; ``small_forces.LOVE_K2`` is the Earth's
    relativity: float = 0.0          # 1: Schwarzschild


def forces_of(forces: Forces | float) -> Forces:
    """The record; a bare number is cd_area_m2. All floats, so that one compiled version serves."""
    if isinstance(forces, Forces):
        return Forces(*(float(x) for x in forces))
    return Forces(cd_area_m2=float(forces))


@njit(cache=True)
def holds(t_s: float, field: Field) -> bool:
    """Whether an instant lies in the days of the field."""
    first, length = field.grid[0], field.grid[1]
    return bool(first - 1.0 <= t_s <= first + length * field.series.shape[0] + 1.0)


@njit(cache=True, fastmath=FAST)
def ephemeris(t_s: float, field: Field, out: FloatArray) -> None:
    """Write X, Y, angle, pole x, y (rad), Sun, Moon (GCRF, m), UT1 - TAI (s) at t_s into out (12 or more,).

    Outside the pieces the nearest one is continued: callers keep to ``World.window``. out needs 12 + 15 places.
    """
    where = (t_s - field.grid[0]) / field.grid[1]
    piece = min(max(math.floor(where), 0), field.series.shape[0] - 1)
    x = 2.0 * (where - piece) - 1.0
    out[SERIES], out[SERIES + 1] = 1.0, x
    for k in range(2, TERMS):
        out[SERIES + k] = 2.0 * x * out[SERIES + k - 1] - out[SERIES + k - 2]
    for j in range(SERIES):
        total = 0.0
        for k in range(TERMS):
            total += field.series[piece, j, k] * out[SERIES + k]
        out[j] = total
    out[2] += field.grid[2] + field.grid[3] * t_s


@njit(cache=True, fastmath=FAST)
def orient(now: FloatArray, m: FloatArray) -> None:
    """Write the matrix ITRF from GCRF into m (3, 3) from what ``ephemeris`` wrote.

    IAU 2006/2000A by the celestial intermediate pole: IERS Conventions 2010, sect. 5.4; polar motion to first order
    (1e-12 rad).
    """
    x, y, angle, px, py = now[0], now[1], now[2], now[3], now[4]
    a = 0.5 + (x * x + y * y) / 8.0
    c, s = math.cos(angle), math.sin(angle)
    z = 1.0 - a * (x * x + y * y)
    ax, ay, az = c * (1.0 - a * x * x) - s * a * x * y, -c * a * x * y + s * (1.0 - a * y * y), -c * x - s * y
    bx, by, bz = -s * (1.0 - a * x * x) - c * a * x * y, s * a * x * y + c * (1.0 - a * y * y), s * x - c * y
    m[0, 0], m[0, 1], m[0, 2] = ax + px * x, ay + px * y, az + px * z
    m[1, 0], m[1, 1], m[1, 2] = bx - py * x, by - py * y, bz - py * z
    m[2, 0], m[2, 1], m[2, 2] = x - px * ax + py * bx, y - px * ay + py * by, z - px * az + py * bz


@njit(cache=True, fastmath=FAST)
def density(t_s: float, lat_rad: float, lon_rad: float, height_m: float, field: Field) -> float:
    """Density of the air, kg/m3; see ``log_density``."""
    return math.exp(log_density(t_s, lat_rad, lon_rad, height_m, field)[0])


@njit(cache=True, fastmath=FAST)
def log_density(t_s: float, lat_rad: float, lon_rad: float, height_m: float, field: Field) -> tuple[float, float]:
    """ln(density of the air, kg/m3) and its slope with height, 1/m, from the table (its accuracy: world/upper_air.py).

    Below 90 km, and outside the times of the table, the nearest value is continued; above 1500 km there is no air. A
    table for a band of heights or for one orbit gives no number outside them or its times.
    """
    if height_m > HIGHEST_AIR_M:
        return -math.inf, 0.0
    grid, table = field.air_grid, field.air
    level = math.log(max(height_m, LOWEST_AIR_M) / LOWEST_AIR_M) / grid[5] - grid[6]
    past = (t_s - grid[0]) / grid[1]
    if grid[7] > 0.0 and not (0.0 <= level <= table.shape[3] - 3 and 0.0 <= past <= table.shape[0] - 3):
        return math.nan, 0.0
    if grid[8] > 0.0:
        side, way = _beside(t_s, lat_rad, lon_rad, grid)
        if not 0.0 <= side <= grid[3]:
            return math.nan, 0.0
    else:
        side, way = lat_rad + math.pi / 2, (t_s - grid[2]) * (2 * math.pi / 86400.0) + lon_rad
    i, _, a0, a1, a2, a3 = spline_knot(past, table.shape[0] - 3)
    j, _, b0, b1, b2, b3 = spline_knot(side / grid[3], table.shape[1] - 3)
    k, _, c0, c1, c2, c3 = spline_knot(way % (2 * math.pi) / grid[4], table.shape[2] - 3)
    n, f, d0, d1, d2, d3 = spline_knot(level, table.shape[3] - 3)
    e0 = e1 = e2 = e3 = 0.0
    for p in range(4):
        ap = a0 if p == 0 else a1 if p == 1 else a2 if p == 2 else a3
        for q in range(4):
            bq = ap * (b0 if q == 0 else b1 if q == 1 else b2 if q == 2 else b3)
            for r in range(4):
                weight = bq * (c0 if r == 0 else c1 if r == 1 else c2 if r == 2 else c3)
                e0 += weight * table[i + p, j + q, k + r, n]
                e1 += weight * table[i + p, j + q, k + r, n + 1]
                e2 += weight * table[i + p, j + q, k + r, n + 2]
                e3 += weight * table[i + p, j + q, k + r, n + 3]
    value = d0 * e0 + d1 * e1 + d2 * e2 + d3 * e3
    if f == 0.0 or f == 1.0:                             # at the table's ends or beyond, where it is continued
        return value, 0.0
    g = 1.0 - f
    slope = -0.5 * g * g * e0 + (1.5 * f - 2.0) * f * e1 - (1.5 * g - 2.0) * g * e2 + 0.5 * f * f * e3
    return value, slope / (grid[5] * height_m)


@njit(cache=True, fastmath=FAST)
def _beside(t_s: float, lat_rad: float, lon_rad: float, grid: FloatArray) -> tuple[float, float]:
    """How far a place lies from the southern edge of an orbit's shell, and along it from its node (rad)."""
    z = grid[13] * math.sin(lat_rad)
    east = lon_rad + grid[10] * t_s - grid[9]
    x, y = math.cos(lat_rad) * math.cos(east), math.cos(lat_rad) * math.sin(east)
    ahead, aside = grid[11] * y + grid[12] * z, grid[11] * z - grid[12] * y
    return math.atan2(aside, math.sqrt(x * x + ahead * ahead)) + grid[8], math.atan2(ahead, x)


@njit(cache=True, fastmath=FAST)
def spline_knot(x: float, intervals: int) -> tuple[int, float, float, float, float, float]:
    """Interval of a uniform cubic B-spline, the place in it and the weights of its four coefficients."""
    i = min(max(math.floor(x), 0), intervals - 1)
    f = min(max(x - i, 0.0), 1.0)
    g = 1.0 - f
    return (i, f, g * g * g / 6.0, (3.0 * f * f * f - 6.0 * f * f + 4.0) / 6.0,
            (3.0 * g * g * g - 6.0 * g * g + 4.0) / 6.0, f * f * f / 6.0)


@njit(cache=True, fastmath=FAST)
def pulls(x: float, y: float, z: float, vx: float, vy: float, vz: float, mass_kg: float, sx: float, sy: float,
          sz: float, mx: float, my: float, mz: float, forces: Forces, field: Field, sunlit: float
          ) -> tuple[float, float, float]:
    """Acceleration by Sun (at s) and Moon (at m), tides, sunlight and relativity: all but the Earth itself and air.

    sunlit: the part of the Sun's disc that is seen; asked for only with sunlight.
    """
    ax = ay = az = 0.0
    for body in range(2):
        bx, by, bz = (sx, sy, sz) if body == 0 else (mx, my, mz)
        gm = field.scale[1 + body]
        if gm > 0.0:
            fx, fy, fz = third_body(x, y, z, bx, by, bz, gm)
            ax, ay, az = ax + fx, ay + fy, az + fz
            if forces.love_k2 > 0.0:
                fx, fy, fz = solid_tide(x, y, z, bx, by, bz, gm, forces.love_k2, field.scale[0])
                ax, ay, az = ax + fx, ay + fy, az + fz
    if forces.cr_area_m2 > 0.0:
        fx, fy, fz = radiation(x, y, z, sx, sy, sz, forces.cr_area_m2 * forces.radiation_scale, mass_kg, sunlit)
        ax, ay, az = ax + fx, ay + fy, az + fz
    if forces.relativity > 0.0:
        fx, fy, fz = schwarzschild(x, y, z, vx, vy, vz)
        ax, ay, az = ax + fx, ay + fy, az + fz
    return ax, ay, az


@njit(cache=True, fastmath=FAST)
def drag(x: float, y: float, z: float, vx: float, vy: float, vz: float, mass_kg: float, pole_x: float, pole_y: float,
         kg_m3: float, forces: Forces) -> tuple[float, float, float]:
    """Acceleration by air of a density that turns with the Earth about the celestial intermediate pole (X, Y, Z)."""
    wx, wy = EARTH_RATE_RAD_S * pole_x, EARTH_RATE_RAD_S * pole_y
    wz = EARTH_RATE_RAD_S * math.sqrt(1.0 - pole_x * pole_x - pole_y * pole_y)
    ux, uy, uz = vx - (wy * z - wz * y), vy - (wz * x - wx * z), vz - (wx * y - wy * x)
    f = -0.5 * forces.cd_area_m2 * forces.drag_scale / mass_kg * kg_m3 * math.sqrt(ux * ux + uy * uy + uz * uz)
    return f * ux, f * uy, f * uz


@njit(cache=True, fastmath=FAST)
def acceleration(t_s: float, y: FloatArray, forces: Forces, field: Field, now: FloatArray, m: FloatArray
                 ) -> tuple[float, float, float]:
    """Acceleration (m/s2, GCRF) of y = [r m, v m/s, mass kg] without thrust.

    EGM2008, Sun and Moon as points, and what ``Forces`` names. now (27,), m (3, 3): scratch.
    Left out: ocean tides (1e-7 m/s2), light from the Earth (1e-9), wind (5 % of drag).
    """
    ephemeris(t_s, field, now)
    orient(now, m)
    px = m[0, 0] * y[0] + m[0, 1] * y[1] + m[0, 2] * y[2]
    py = m[1, 0] * y[0] + m[1, 1] * y[1] + m[1, 2] * y[2]
    pz = m[2, 0] * y[0] + m[2, 1] * y[1] + m[2, 2] * y[2]
    gx, gy, gz = acceleration_itrf(px, py, pz, field.gravity, field.scale[0])
    seen = sunlit_part(y[0], y[1], y[2], now[5], now[6], now[7]) if forces.cr_area_m2 > 0.0 else 0.0
    ax, ay, az = pulls(y[0], y[1], y[2], y[3], y[4], y[5], y[6], now[5], now[6], now[7], now[8], now[9], now[10],
                       forces, field, seen)
    ax += m[0, 0] * gx + m[1, 0] * gy + m[2, 0] * gz
    ay += m[0, 1] * gx + m[1, 1] * gy + m[2, 1] * gz
    az += m[0, 2] * gx + m[1, 2] * gy + m[2, 2] * gz
    if forces.cd_area_m2 > 0.0 and field.air.shape[0] > 0:
        lat, lon, height = geodetic_of(px, py, pz)
        kg_m3 = density(t_s, lat, lon, height, field)
        dx, dy, dz = drag(y[0], y[1], y[2], y[3], y[4], y[5], y[6], now[0], now[1], kg_m3, forces)
        ax, ay, az = ax + dx, ay + dy, az + dz
    return ax, ay, az
