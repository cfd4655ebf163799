"""A rocket in flight: thrust with back-pressure, drag and lift, the engine's gravity, on a turning Earth.

State y (7): position m (3), velocity m/s (3), mass kg, written in the launch frame: inertial, the axes of
ITRF as they stood at liftoff, for a climb is planned before its instant is known. Time is seconds after liftoff.
Air and gravity turn with the Earth about the axis of ITRF, a third of an arc second from the true one.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.air import air
from fakel.physics.earth_fixed import Earth, pull_m_s2
from fakel.physics.entry import wind_m_s
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import geodetic_of

MU_M3_S2 = 3.986004418e14          # WGS 84
J2 = 1.08262982e-3                 # WGS 84, from its C20
SEA_LEVEL_PA = 101325.0            # US 1976
STILL_M_S = 20.0                   # slower through the air there is no angle of attack to speak of

# Columns of a timetable: one row holds from START_S until the row after it, the last row until cutoff. In a row with
# LIMIT_M_S2 all engines are throttled so that thrust in vacuum gives no more than that. Where FLOOR_KG is above 0 the
# last stage burns alone: guidance may cut it off, and at that mass it is dry.
START_S, THRUST_N, EXIT_AREA_M2, FLOW_KG_S, DRAG_AREA_M2, DROPPED_KG, LIMIT_M_S2, FLOOR_KG = range(8)
COLUMNS = 8

# What ``forces`` tells.
PUSH_N, DRAG_N, LIFT_N, SPEED_M_S, Q_PA, MACH, HEIGHT_M, ALPHA_RAD, DENSITY = range(9)
TOLD = 9


class Rocket(NamedTuple):
    """What flies: timetable (n, COLUMNS); drag over Mach number; lift for a radian of angle of attack, over q and area.

    wind (k, 4): height and the air's velocity there, ITRF, as ``physics.entry.Air``. earth: what it leaves.
    """

    timetable: FloatArray
    mach: FloatArray
    cd: FloatArray
    lift_1_rad: float
    wind: FloatArray
    earth: Earth


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
def through_air_m_s(t_s: float, y: FloatArray, height_m: float, wind: FloatArray) -> tuple[float, float, float]:
    """Velocity through the air, launch frame: the air turns with the Earth, and blows."""
    wx, wy, wz = y[3] + EARTH_RATE_RAD_S * y[1], y[4] - EARTH_RATE_RAD_S * y[0], y[5]
    if wind.shape[0] == 0:
        return wx, wy, wz
    bx, by, bz = wind_m_s(height_m, wind)
    angle = EARTH_RATE_RAD_S * t_s
    c, s = math.cos(angle), math.sin(angle)
    return wx - (c * bx - s * by), wy - (c * by + s * bx), wz - bz


@njit(cache=True)
def full_share(mass_kg: float, row: FloatArray) -> float:
    """Share of the row's thrust that its load limit leaves."""
    if row[LIMIT_M_S2] <= 0.0 or row[THRUST_N] <= 0.0:
        return 1.0
    return float(min(1.0, row[LIMIT_M_S2] * mass_kg / row[THRUST_N]))


@njit(cache=True)
def is_limited(mass_kg: float, row: FloatArray) -> bool:
    """Whether the row's load limit is reached: it stays so, for the rocket grows lighter."""
    return bool(row[LIMIT_M_S2] > 0.0 and row[THRUST_N] >= row[LIMIT_M_S2] * mass_kg * (1.0 - 1e-9))


@njit(cache=True)
def forces(t_s: float, y: FloatArray, direction: FloatArray, row: FloatArray, rocket: Rocket, told: FloatArray,
           out: FloatArray) -> None:
    """Fill told (TOLD) and add to out (3) the acceleration by thrust and air.

    Thrust loses exit area times outside pressure. Drag pulls against the velocity through the air, lift along the part
    of direction (unit vector of thrust and of the rocket's axis) that stands across it.
    """
    _, _, height = geodetic_of(y[0], y[1], y[2])            # the same in turned axes
    density, pressure, _, sound = air(height)
    wx, wy, wz = through_air_m_s(t_s, y, height, rocket.wind)
    speed = math.sqrt(wx * wx + wy * wy + wz * wz)
    thrust = row[THRUST_N] * full_share(y[6], row) - row[EXIT_AREA_M2] * pressure
    q = 0.5 * density * speed * speed
    along = (wx * direction[0] + wy * direction[1] + wz * direction[2]) / max(speed, 1e-9)
    angle = math.acos(min(1.0, max(-1.0, along))) if speed > STILL_M_S else 0.0
    push = q * row[DRAG_AREA_M2]
    drag = push * drag_coefficient(speed / sound, angle, rocket.mach, rocket.cd)
    lift = push * rocket.lift_1_rad if speed > STILL_M_S else 0.0
    told[PUSH_N], told[DRAG_N], told[LIFT_N] = thrust, drag, lift * math.sin(angle)
    told[SPEED_M_S], told[Q_PA], told[MACH], told[HEIGHT_M] = speed, q, speed / sound, height
    told[ALPHA_RAD], told[DENSITY] = angle, density
    ahead, back = (thrust + lift) / y[6], (drag + lift * along) / (y[6] * max(speed, 1e-9))
    out[0] += ahead * direction[0] - back * wx
    out[1] += ahead * direction[1] - back * wy
    out[2] += ahead * direction[2] - back * wz


@njit(cache=True)
def rate(t_s: float, y: FloatArray, direction: FloatArray, row: FloatArray, rocket: Rocket, told: FloatArray,
         out: FloatArray) -> None:
    """Time derivative of y into out (7), thrust along direction (unit, launch frame); told: as ``forces``."""
    out[3], out[4], out[5] = gravity_m_s2(t_s, y[0], y[1], y[2], rocket.earth)
    forces(t_s, y, direction, row, rocket, told, out[3:6])
    out[0], out[1], out[2] = y[3], y[4], y[5]
    out[6] = -row[FLOW_KG_S] * full_share(y[6], row)
