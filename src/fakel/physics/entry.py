"""A capsule, then a capsule under parachutes, in the air of a turning Earth.

States are y = [r (m), v (m/s)] in ITRF, so v is the speed through air that turns with the Earth (no wind). Gravity is
that of a point with J2: what is left out moves a landing by about 20 m. Lift is turned about the velocity by the bank
angle: 0 is up, positive is to the right. One compiled kernel, ``descend``, flies entry and parachutes, with
Runge-Kutta steps of order 4.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import EARTH_RATE_RAD_S, gravity_m_s2
from fakel.physics.geodesy import MEAN_RADIUS_M, geodetic_of

SUTTON_GRAVES_EARTH = 1.7415e-4            # kg^0.5/m, Sutton & Graves 1971, NASA TR R-376, for air
ENTRY_STEP_S, PARACHUTE_STEP_S = 1.0, 0.1
T, POSITION, VELOCITY, BANK, LOAD, DENSITY = 0, slice(1, 4), slice(4, 7), 7, 8, 9
COLUMNS = 10
LONGEST_S = 4000.0
DOWN, LOST = 0, 1


class Air(NamedTuple):
    """Density on a grid of distance to go along the way and of height.

    ln_density (n, m), ln kg/m3; grid: angle to go at the first row and its step (rad), height at the first column and
    its step (m). axes (3, 3), ITRF: unit vectors to the place aimed at, along the ground back to where the entry
    comes from, and their normal.
    """

    ln_density: FloatArray
    grid: FloatArray
    axes: FloatArray


class Body(NamedTuple):
    """What flies. drag (k, 3): start s, seconds to unfold, Cd A / m in m2/kg; lift is lift_to_drag times drag.

    rolls (n, 4): start s, bank from and to (rad), rate (rad/s); roll_acceleration_rad_s2 begins and ends each roll.
    """

    drag: FloatArray
    lift_to_drag: float
    rolls: FloatArray
    roll_acceleration_rad_s2: float


@njit(cache=True)
def bank_rad(t_s: float, rolls: FloatArray, acceleration_rad_s2: float) -> float:
    """Bank at t_s: that of the last roll begun, sped up and slowed down evenly, its rate limited."""
    i = 0
    while i + 1 < rolls.shape[0] and t_s >= rolls[i + 1, 0]:
        i += 1
    turn, rate = rolls[i, 2] - rolls[i, 1], rolls[i, 3]
    size = abs(turn)
    if size == 0.0 or t_s <= rolls[i, 0]:
        return float(rolls[i, 1])
    rate = min(rate, math.sqrt(size * acceleration_rad_s2))
    ramp_s = rate / acceleration_rad_s2
    whole_s = size / rate + ramp_s
    t = t_s - rolls[i, 0]
    if t >= whole_s:
        return float(rolls[i, 2])
    if t < ramp_s:
        done = 0.5 * acceleration_rad_s2 * t * t
    elif t > whole_s - ramp_s:
        done = size - 0.5 * acceleration_rad_s2 * (whole_s - t) ** 2
    else:
        done = rate * (t - 0.5 * ramp_s)
    return float(rolls[i, 1] + math.copysign(done, turn))


@njit(cache=True)
def drag_m2_kg(t_s: float, drag: FloatArray) -> float:
    """Cd A / m at t_s; canopies unfold with the square of time."""
    i = 0
    while i + 1 < drag.shape[0] and t_s >= drag[i + 1, 0]:
        i += 1
    if i == 0 or t_s >= drag[i, 0] + drag[i, 1]:
        return float(drag[i, 2])
    share = (t_s - drag[i, 0]) / drag[i, 1]
    return float(drag[i - 1, 2] + share * share * (drag[i, 2] - drag[i - 1, 2]))


@njit(cache=True)
def density_kg_m3(x: float, y: float, z: float, height_m: float, air: Air) -> float:
    """Density at a place by straight lines in its logarithm; beyond the grid the nearest value stands."""
    a, table, grid = air.axes, air.ln_density, air.grid
    to_go = math.atan2(a[1, 0] * x + a[1, 1] * y + a[1, 2] * z, a[0, 0] * x + a[0, 1] * y + a[0, 2] * z)
    p = min(max((to_go - grid[0]) / grid[1], 0.0), table.shape[0] - 1.0)
    q = min(max((height_m - grid[2]) / grid[3], 0.0), table.shape[1] - 1.0)
    i, j = min(int(p), max(table.shape[0] - 2, 0)), min(int(q), table.shape[1] - 2)
    k = min(i + 1, table.shape[0] - 1)
    p, q = p - i, q - j
    near = table[i, j] + q * (table[i, j + 1] - table[i, j])
    far = table[k, j] + q * (table[k, j + 1] - table[k, j])
    return math.exp(near + p * (far - near))


@njit(cache=True)
def rate(t_s: float, y: FloatArray, body: Body, air: Air, out: FloatArray) -> tuple[float, float, float]:
    """Time derivative of y (6) into out; returns bank (rad), load of the air (m/s2) and density (kg/m3)."""
    x, vx, vy, vz = y[0], y[3], y[4], y[5]
    _, _, height = geodetic_of(y[0], y[1], y[2])
    density = density_kg_m3(y[0], y[1], y[2], height, air)
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    pull = 0.5 * density * speed * drag_m2_kg(t_s, body.drag)
    gx, gy, gz = gravity_m_s2(y[0], y[1], y[2])
    w = EARTH_RATE_RAD_S
    ax = gx + 2.0 * w * vy + w * w * x - pull * vx
    ay = gy - 2.0 * w * vx + w * w * y[1] - pull * vy
    az = gz - pull * vz
    bank = bank_rad(t_s, body.rolls, body.roll_acceleration_rad_s2)
    if body.lift_to_drag != 0.0:
        r = math.sqrt(x * x + y[1] * y[1] + y[2] * y[2])
        sine = (x * vx + y[1] * vy + y[2] * vz) / (r * speed)
        level = math.sqrt(max(1.0 - sine * sine, 1e-12))
        ux, uy, uz = ((x / r - sine * vx / speed) / level, (y[1] / r - sine * vy / speed) / level,
                      (y[2] / r - sine * vz / speed) / level)
        lift = pull * speed * body.lift_to_drag
        up, right = lift * math.cos(bank), lift * math.sin(bank) / speed
        ax += up * ux + right * (vy * uz - vz * uy)
        ay += up * uy + right * (vz * ux - vx * uz)
        az += up * uz + right * (vx * uy - vy * ux)
    out[0], out[1], out[2], out[3], out[4], out[5] = vx, vy, vz, ax, ay, az
    return bank, pull * speed * math.sqrt(1.0 + body.lift_to_drag**2), density


@njit(cache=True)
def _step(t_s: float, y: FloatArray, h: float, body: Body, air: Air, k: FloatArray, out: FloatArray) -> None:
    """One classical Runge-Kutta step of order 4; k (5, 6): scratch, k[0] already holds the rate at y."""
    for stage in range(1, 4):
        share = h if stage == 3 else 0.5 * h
        for j in range(6):
            k[4, j] = y[j] + share * k[stage - 1, j]
        rate(t_s + share, k[4], body, air, k[stage])
    for j in range(6):
        out[j] = y[j] + h / 6.0 * (k[0, j] + 2.0 * k[1, j] + 2.0 * k[2, j] + k[3, j])


@njit(cache=True)
def descend(t_s: float, y: FloatArray, body: Body, air: Air, stop_height_m: float, stop_s: float, step_s: float,
            trace: FloatArray) -> tuple[float, FloatArray, int, int]:
    """Fly until stop_height_m is passed downwards, or until stop_s.

    trace (n, 10) takes a row at every step while there is room: t, r, v, bank, load m/s2, density. Returns the last
    time and state (6,), the rows written, and DOWN or LOST (stop_s came first). The height of stop is met within 1 mm.
    """
    y, out, k, row, last = y.copy(), np.empty(6), np.empty((5, 6)), 0, False
    while True:
        bank, load, density = rate(t_s, y, body, air, k[0])
        if row < trace.shape[0]:
            trace[row, 0], trace[row, 7], trace[row, 8], trace[row, 9] = t_s, bank, load, density
            for j in range(6):
                trace[row, 1 + j] = y[j]
            row += 1
        h = min(step_s, stop_s - t_s)
        if last or h <= 0.0:
            return t_s, y, row, DOWN if last else LOST
        # One step; when it passes the height of stop, shorter ones by secants until it ends there.
        before, above, tries = 0.0, geodetic_of(y[0], y[1], y[2])[2] - stop_height_m, 0
        while True:
            _step(t_s, y, h, body, air, k, out)
            below = geodetic_of(out[0], out[1], out[2])[2] - stop_height_m
            last = last or below <= 0.0 < above
            if not last or tries == 8 or abs(below) < 1e-6 or below == above:
                break
            before, above, h, tries = h, below, h - below * (h - before) / (below - above), tries + 1
        t_s += h
        for j in range(6):
            y[j] = out[j]


def heat_flux_w_m2(density: FloatArray, speed_m_s: FloatArray, nose_radius_m: float) -> FloatArray:
    """Convective heating at the stagnation point of a cold wall (Sutton & Graves 1971); no radiation, small here."""
    return np.asarray(SUTTON_GRAVES_EARTH * np.sqrt(density / nose_radius_m) * speed_m_s**3)


def to_go_m(position_m: FloatArray, axes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distance to go (negative past the place) and offset to the side of the normal (n,), m along the mean sphere."""
    a, b, c = np.moveaxis(np.asarray(position_m, dtype=float) @ axes.T, -1, 0)
    r = np.sqrt(a * a + b * b + c * c)
    return MEAN_RADIUS_M * np.arctan2(b, a), MEAN_RADIUS_M * np.arcsin(c / r)


def axes_of(place_itrf_m: FloatArray, from_itrf_m: FloatArray) -> FloatArray:
    """Axes (3, 3) of ``Air`` for a place aimed at and where the entry comes from."""
    place = place_itrf_m / np.linalg.norm(place_itrf_m)
    side = np.cross(place, from_itrf_m)
    side = side / np.linalg.norm(side)
    return np.stack([place, np.cross(side, place), side])
