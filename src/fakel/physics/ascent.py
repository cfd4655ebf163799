"""A rocket in flight: thrust with back-pressure, drag, the engine's gravity, on a turning Earth.

State y (7): position m (3), velocity m/s (3), mass kg, written in the launch frame: inertial, the axes of
ITRF as they stood at liftoff, for a climb is planned before its instant is known. Time is seconds after liftoff.
Air and gravity turn with the Earth about the axis of ITRF, a third of an arc second from the true one.
"""

from __future__ import annotations

import math

from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.air import air
from fakel.physics.earth_fixed import Earth, pull_m_s2
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import geodetic_of

MU_M3_S2 = 3.986004418e14          # WGS 84
J2 = 1.08262982e-3                 # WGS 84, from its C20
SEA_LEVEL_PA = 101325.0            # US 1976

# Columns of a timetable: one row holds from START_S until the row after it, the last row until cutoff.
START_S, THRUST_N, EXIT_AREA_M2, FLOW_KG_S, DRAG_AREA_M2, DROPPED_KG = range(6)


@njit(cache=True)
def drag_coefficient(mach: float, angle_rad: float, mach_table: FloatArray, cd_table: FloatArray) -> float:
    """Cd of the table by straight lines, times 1 + 3 alpha^2 (form: SpaceBallistics, from Titan II data).

    Flat outside the table; meant for angles of attack under 0.3 rad where the air is dense.
    """
    n = len(mach_table)
    cd = float(cd_table[n - 1])
    if mach <= mach_table[0]:
        cd = float(cd_table[0])
    else:
        for i in range(1, n):
            if mach < mach_table[i]:
                share = (mach - mach_table[i - 1]) / (mach_table[i] - mach_table[i - 1])
                cd = cd_table[i - 1] + share * (cd_table[i] - cd_table[i - 1])
                break
    angle = min(angle_rad, 0.3)
    return float(cd * (1.0 + 3.0 * angle * angle))


@njit(cache=True)
def gravity_m_s2(t_s: float, x: float, y: float, z: float, earth: Earth) -> tuple[float, float, float]:
    """Pull of the turned Earth, launch frame."""
    angle = EARTH_RATE_RAD_S * t_s
    c, s = math.cos(angle), math.sin(angle)
    gx, gy, gz = pull_m_s2(c * x + s * y, c * y - s * x, z, earth)
    return c * gx - s * gy, c * gy + s * gx, gz


@njit(cache=True)
def forces(y: FloatArray, direction: FloatArray, row: FloatArray, mach_table: FloatArray,
           cd_table: FloatArray) -> tuple[float, float, float, float, float, float]:
    """Thrust N, drag N along the air-relative velocity, air-relative speed m/s, dynamic pressure Pa, Mach, height m.

    Thrust loses exit area times outside pressure. row: a timetable row. direction: unit vector of thrust.
    """
    _, _, height = geodetic_of(y[0], y[1], y[2])            # the same in turned axes
    density, pressure, _, sound = air(height)
    wx, wy, wz = y[3] + EARTH_RATE_RAD_S * y[1], y[4] - EARTH_RATE_RAD_S * y[0], y[5]
    speed = math.sqrt(wx * wx + wy * wy + wz * wz)
    thrust = row[THRUST_N] - row[EXIT_AREA_M2] * pressure
    q = 0.5 * density * speed * speed
    mach = speed / sound
    along = (wx * direction[0] + wy * direction[1] + wz * direction[2]) / max(speed, 1e-9)
    angle = math.acos(min(1.0, max(-1.0, along))) if speed > 20.0 else 0.0
    drag = q * row[DRAG_AREA_M2] * drag_coefficient(mach, angle, mach_table, cd_table)
    return thrust, drag, speed, q, mach, height


@njit(cache=True)
def rate(t_s: float, y: FloatArray, direction: FloatArray, row: FloatArray, mach_table: FloatArray,
         cd_table: FloatArray, earth: Earth, out: FloatArray) -> None:
    """Time derivative of y into out (7), thrust along direction (unit, launch frame)."""
    thrust, drag, speed, _, _, _ = forces(y, direction, row, mach_table, cd_table)
    gx, gy, gz = gravity_m_s2(t_s, y[0], y[1], y[2], earth)
    push, pull = thrust / y[6], drag / (y[6] * max(speed, 1e-9))
    out[0], out[1], out[2] = y[3], y[4], y[5]
    out[3] = gx + push * direction[0] - pull * (y[3] + EARTH_RATE_RAD_S * y[1])
    out[4] = gy + push * direction[1] - pull * (y[4] - EARTH_RATE_RAD_S * y[0])
    out[5] = gz + push * direction[2] - pull * y[5]
    out[6] = -row[FLOW_KG_S]
