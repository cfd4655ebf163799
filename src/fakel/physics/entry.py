"""A capsule, then a capsule under parachutes, in the air of a turning Earth.

States are y = [r (m), v (m/s)] in ITRF, so v, less the wind, is the speed through air that turns with the Earth.
Gravity, Sun and Moon are the engine's. Lift is turned about the velocity by the bank angle: 0 is up, positive is to the
right. One compiled kernel, ``descend``, flies entry and parachutes by the method of ``physics.dop853``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.air import sound_m_s
from fakel.physics.dop853 import ALL, NODES, STEP, TERMS, between, between_of, stage_place
from fakel.physics.earth_fixed import Earth, pull_m_s2
from fakel.physics.force import spline_knot
from fakel.physics.geodesy import MEAN_RADIUS_M, height_of

SUTTON_GRAVES_EARTH = 1.7415e-4            # kg^0.5/m, Sutton & Graves 1971, NASA TR R-376, for air
ENTRY_STEP_S, PARACHUTE_STEP_S = 8.0, 1.0
SLOWING_1_S = 0.0075                       # where speed changes faster than so (share of it a second) steps are shorter
SOUND_M_S, SLOW_SHARE = 350.0, 1 / 3       # and below about the speed of sound they are at most this part of a full one
ENTRY_ROWS_S, PARACHUTE_ROWS_S = 1.0, 0.1
T, POSITION, VELOCITY, BANK, LOAD, DENSITY = 0, slice(1, 4), slice(4, 7), 7, 8, 9
COLUMNS = 10
LONGEST_S = 4000.0
SHORTEST_S = 1e-6                          # corners nearer than this are taken as met
DOWN, LOST = 0, 1
NO_WIND = np.zeros((0, 4))
NO_PUSH = np.zeros((0, 6))


class Air(NamedTuple):
    """Density on a grid of distance to go along the way and of height.

    ln_density (n + 2, m + 2): coefficients of cubic B-splines of ln kg/m3, which is smooth, so that long steps pay;
    grid: angle to go of the first of n places and their step (rad), lowest of m heights and their step (m).
    axes (3, 3), ITRF: unit vectors to the place aimed at, along the ground back to where the entry comes from, and
    their normal. earth: what it turns with. wind (k, 4): height (m, rising) and the air's velocity there (ITRF, m/s),
    straight lines between, the ends held beyond; no rows: the air stands over the ground.
    """

    ln_density: FloatArray
    grid: FloatArray
    axes: FloatArray
    earth: Earth
    wind: FloatArray = NO_WIND


class OverMach(NamedTuple):
    """What drag and lift to drag are multiplied by. shares (2, m + 2): coefficients of cubic B-splines over ln Mach,
    whose first knot is ln_from and which lie ln_step apart; m = 0: both are constant."""

    shares: FloatArray
    ln_from: float
    ln_step: float


CONSTANT = OverMach(np.zeros((2, 0)), 0.0, 1.0)


class Body(NamedTuple):
    """What flies. drag (k, 3): start s, seconds to unfold, Cd A / m in m2/kg; lift is lift_to_drag times drag.

    rolls (n, 4): start s, bank from and to (rad), rate (rad/s); roll_acceleration_rad_s2 begins and ends each roll.
    push (p, 6): of motors that burn all along: thrust over mass (m/s2) and share of the mass burnt a second, as at a
    time s, that time, unit vector of the push (ITRF; zeros: along the flight through the air).
    """

    drag: FloatArray
    lift_to_drag: float
    rolls: FloatArray
    roll_acceleration_rad_s2: float
    over_mach: OverMach = CONSTANT
    push: FloatArray = NO_PUSH


@njit(cache=True)
def _shape(size_rad: float, rate_rad_s: float, acceleration_rad_s2: float) -> tuple[float, float, float]:
    """Highest rate of a roll, how long it speeds up, how long it lasts."""
    rate = min(rate_rad_s, math.sqrt(size_rad * acceleration_rad_s2))
    ramp_s = rate / acceleration_rad_s2
    return rate, ramp_s, size_rad / rate + ramp_s


@njit(cache=True, inline="always")
def bank_rad(t_s: float, rolls: FloatArray, acceleration_rad_s2: float) -> float:
    """Bank at t_s: that of the last roll begun, sped up and slowed down evenly, its rate limited."""
    i = 0
    while i + 1 < rolls.shape[0] and t_s >= rolls[i + 1, 0]:
        i += 1
    turn = rolls[i, 2] - rolls[i, 1]
    size = abs(turn)
    if size == 0.0 or t_s <= rolls[i, 0]:
        return float(rolls[i, 1])
    rate, ramp_s, whole_s = _shape(size, rolls[i, 3], acceleration_rad_s2)
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


@njit(cache=True, inline="always")
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
def next_corner_s(t_s: float, body: Body) -> float:
    """The next instant, or infinity, at which a rate has a corner: canopies open, rolls begin, turn evenly, end."""
    found = math.inf
    for i in range(body.drag.shape[0]):
        for at_s in (body.drag[i, 0], body.drag[i, 0] + body.drag[i, 1]):
            if at_s > t_s + SHORTEST_S:
                found = min(found, at_s)
    for i in range(body.rolls.shape[0]):
        start_s, size = body.rolls[i, 0], abs(body.rolls[i, 2] - body.rolls[i, 1])
        if size == 0.0:
            continue
        _, ramp_s, whole_s = _shape(size, body.rolls[i, 3], body.roll_acceleration_rad_s2)
        for at_s in (start_s, start_s + ramp_s, start_s + whole_s - ramp_s, start_s + whole_s):
            if at_s > t_s + SHORTEST_S:
                found = min(found, at_s)
    return found


@njit(cache=True, inline="always")
def density_kg_m3(x: float, y: float, z: float, height_m: float, air: Air) -> float:
    """Density at a place by cubic splines of its logarithm; beyond the grid the nearest value stands."""
    a, table, grid = air.axes, air.ln_density, air.grid
    to_go = math.atan2(a[1, 0] * x + a[1, 1] * y + a[1, 2] * z, a[0, 0] * x + a[0, 1] * y + a[0, 2] * z)
    i, _, a0, a1, a2, a3 = spline_knot((to_go - grid[0]) / grid[1], table.shape[0] - 3)
    j, _, b0, b1, b2, b3 = spline_knot((height_m - grid[2]) / grid[3], table.shape[1] - 3)
    value = 0.0
    for p in range(4):
        near = b0 * table[i + p, j] + b1 * table[i + p, j + 1] + b2 * table[i + p, j + 2] + b3 * table[i + p, j + 3]
        value += near * (a0 if p == 0 else a1 if p == 1 else a2 if p == 2 else a3)
    return math.exp(value)


@njit(cache=True, inline="always")
def mach_shares(speed_m_s: float, height_m: float, body: Body) -> tuple[float, float]:
    """What the body's tables multiply drag and lift to drag by; beyond the tables their ends stand."""
    m = body.over_mach.shares
    if m.shape[1] == 0:
        return 1.0, 1.0
    x = (math.log(speed_m_s / sound_m_s(height_m)) - body.over_mach.ln_from) / body.over_mach.ln_step
    i, _, a, b, c, d = spline_knot(x, m.shape[1] - 3)
    return (a * m[0, i] + b * m[0, i + 1] + c * m[0, i + 2] + d * m[0, i + 3],
            a * m[1, i] + b * m[1, i + 1] + c * m[1, i + 2] + d * m[1, i + 3])


@njit(cache=True, inline="always")
def wind_m_s(height_m: float, wind: FloatArray) -> tuple[float, float, float]:
    """Velocity of the air (ITRF) at a height."""
    n, i = wind.shape[0], 1
    if n == 0:
        return 0.0, 0.0, 0.0
    while i < n - 1 and height_m > wind[i, 0]:
        i += 1
    if n == 1:
        return float(wind[0, 1]), float(wind[0, 2]), float(wind[0, 3])
    share = min(max((height_m - wind[i - 1, 0]) / (wind[i, 0] - wind[i - 1, 0]), 0.0), 1.0)
    return (float(wind[i - 1, 1] + share * (wind[i, 1] - wind[i - 1, 1])),
            float(wind[i - 1, 2] + share * (wind[i, 2] - wind[i - 1, 2])),
            float(wind[i - 1, 3] + share * (wind[i, 3] - wind[i - 1, 3])))


@njit(cache=True)
def pushed(t_s: float, vx: float, vy: float, vz: float, push: FloatArray) -> tuple[float, float, float]:
    """Acceleration that motors give at t_s, ITRF; v: the flight through the air."""
    ax, ay, az = 0.0, 0.0, 0.0
    for i in range(push.shape[0]):
        size = push[i, 0] / (1.0 - push[i, 1] * (t_s - push[i, 2]))
        dx, dy, dz = push[i, 3], push[i, 4], push[i, 5]
        if dx == 0.0 and dy == 0.0 and dz == 0.0:
            speed = max(math.sqrt(vx * vx + vy * vy + vz * vz), 1e-9)
            dx, dy, dz = vx / speed, vy / speed, vz / speed
        ax, ay, az = ax + size * dx, ay + size * dy, az + size * dz
    return ax, ay, az


@njit(cache=True)
def rate(t_s: float, y: FloatArray, body: Body, air: Air, out: FloatArray) -> tuple[float, float, float]:
    """Time derivative of y (6) into out; returns bank (rad), load of the air (m/s2) and density (kg/m3)."""
    x, vx, vy, vz = y[0], y[3], y[4], y[5]
    height = height_of(y[0], y[1], y[2])
    density = density_kg_m3(y[0], y[1], y[2], height, air)
    bx, by, bz = wind_m_s(height, air.wind)
    vx, vy, vz = vx - bx, vy - by, vz - bz       # through the air
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    drag_share, lift_share = mach_shares(speed, height, body)
    lift_to_drag = body.lift_to_drag * lift_share
    pull = 0.5 * density * speed * drag_m2_kg(t_s, body.drag) * drag_share
    gx, gy, gz = pull_m_s2(y[0], y[1], y[2], air.earth)
    w = air.earth.spin_rad_s                     # what turning adds: -w x (2 v + w x r)
    sx, sy, sz = (2.0 * y[3] + w[1] * y[2] - w[2] * y[1], 2.0 * y[4] + w[2] * x - w[0] * y[2],
                  2.0 * y[5] + w[0] * y[1] - w[1] * x)
    ax = gx - (w[1] * sz - w[2] * sy) - pull * vx
    ay = gy - (w[2] * sx - w[0] * sz) - pull * vy
    az = gz - (w[0] * sy - w[1] * sx) - pull * vz
    bank = bank_rad(t_s, body.rolls, body.roll_acceleration_rad_s2)
    if body.lift_to_drag != 0.0:
        r = math.sqrt(x * x + y[1] * y[1] + y[2] * y[2])
        sine = (x * vx + y[1] * vy + y[2] * vz) / (r * speed)
        level = math.sqrt(max(1.0 - sine * sine, 1e-12))
        ux, uy, uz = ((x / r - sine * vx / speed) / level, (y[1] / r - sine * vy / speed) / level,
                      (y[2] / r - sine * vz / speed) / level)
        lift = pull * speed * lift_to_drag
        up, right = lift * math.cos(bank), lift * math.sin(bank) / speed
        ax += up * ux + right * (vy * uz - vz * uy)
        ay += up * uy + right * (vz * ux - vx * uz)
        az += up * uz + right * (vx * uy - vy * ux)
    load = pull * speed * math.sqrt(1.0 + lift_to_drag**2)
    if body.push.shape[0] > 0:                   # what a motor pushes has no lift
        px, py, pz = pushed(t_s, vx, vy, vz, body.push)
        ax, ay, az = ax + px, ay + py, az + pz
        load = math.sqrt((px - pull * vx) ** 2 + (py - pull * vy) ** 2 + (pz - pull * vz) ** 2)
    out[0], out[1], out[2], out[3], out[4], out[5] = y[3], y[4], y[5], ax, ay, az
    return bank, load, density


@njit(cache=True)
def _pace(y: FloatArray, slope: FloatArray, body: Body) -> float:
    """The part of a full step that pays at y: steps that stride over many bends of the tables lose the method's order.

    A step of ENTRY_STEP_S changes Mach number by no more than 6 %; near the end, where Mach number hardly falls any
    more, the tropopause and the air's splines are passed in a third of it. Canopies keep full steps.
    """
    if body.drag.shape[0] > 1:
        return 1.0
    square = y[3] * y[3] + y[4] * y[4] + y[5] * y[5]
    slowing = abs(y[3] * slope[3] + y[4] * slope[4] + y[5] * slope[5])
    most = SLOW_SHARE if square < SOUND_M_S * SOUND_M_S else 1.0
    return float(min(most, SLOWING_1_S * square / max(slowing, 1e-12)))


@njit(cache=True)
def _stages(first: int, stop: int, t_s: float, h: float, y: FloatArray, body: Body, air: Air, k: FloatArray,
            place: FloatArray) -> None:
    """Rates of some stages of the step of length h from y at t_s, into k (16, 6)."""
    for stage in range(first, stop):
        stage_place(stage, h, y, k, place)
        rate(t_s + NODES[stage] * h, place, body, air, k[stage])


@njit(cache=True)
def _write(t_s: float, y: FloatArray, body: Body, air: Air, scratch: FloatArray, row: FloatArray) -> None:
    row[7], row[8], row[9] = rate(t_s, y, body, air, scratch)
    row[0] = t_s
    for j in range(6):
        row[1 + j] = y[j]


@njit(cache=True, nogil=True)
def descend(t_s: float, y: FloatArray, body: Body, air: Air, stop_height_m: float, stop_s: float, step_s: float,
            every_s: float, trace: FloatArray) -> tuple[float, FloatArray, int, int]:
    """Fly until stop_height_m is passed downwards, or until stop_s, in steps of step_s that end at every corner,
    shorter where the air brakes hard.

    trace (n, 10) takes a row every every_s and one at the end while there is room: t, r, v, bank, load m/s2, density.
    Returns the last time and state (6,), the rows written, and DOWN or LOST (stop_s came first). The height of stop is
    met within 1 mm; a flight that begins below it ends at once. Steps do not depend on the rows.
    """
    y, place, end, k, series = y.copy(), np.empty(6), np.empty(6), np.zeros((ALL, 6)), np.empty((TERMS, 6))
    start_s, row, room = t_s, 0, trace.shape[0]
    height = height_of(y[0], y[1], y[2]) - stop_height_m
    down = height <= 0.0                       # it is there already, as where one fall ends and the next begins
    while not down and t_s < stop_s:
        _stages(0, 1, t_s, 0.0, y, body, air, k, place)
        h = min(step_s * _pace(y, k[0], body), stop_s - t_s, next_corner_s(t_s, body) - t_s)
        # One step; when it passes the height of stop, shorter ones by secants until it ends there.
        before, above, tries, first, stop = 0.0, height, 0, 1, STEP
        while True:
            _stages(first, stop, t_s, h, y, body, air, k, place)
            stage_place(STEP, h, y, k, end)
            below = height_of(end[0], end[1], end[2]) - stop_height_m
            down = down or below <= 0.0 < above
            if not down or tries == 8 or abs(below) < 1e-6 or below == above:
                break
            before, above, h, tries, first = h, below, h - below * (h - before) / (below - above), tries + 1, 1
        if start_s + row * every_s < t_s + h and row < room:
            first, stop = STEP, ALL
            _stages(first, stop, t_s, h, y, body, air, k, place)
            between_of(h, y, end, k, series)
            while start_s + row * every_s < t_s + h and row < room:
                at_s = start_s + row * every_s
                between((at_s - t_s) / h, y, series, place)
                _write(at_s, place, body, air, k[1], trace[row])
                row += 1
        t_s, height = t_s + h, below
        for j in range(6):
            y[j] = end[j]
    if row < room:
        _write(t_s, y, body, air, k[1], trace[row])
        row += 1
    return t_s, y, row, DOWN if down else LOST


def heat_flux_w_m2(density: FloatArray, speed_m_s: FloatArray, nose_radius_m: float) -> FloatArray:
    """Convective heating at the stagnation point of a cold wall (Sutton & Graves 1971); no radiation, small here."""
    return np.asarray(SUTTON_GRAVES_EARTH * np.sqrt(density / nose_radius_m) * speed_m_s**3)


def to_go_m(position_m: FloatArray, axes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distance to go (negative past the place) and offset to the side of the normal (n,), m along the mean sphere."""
    turned = np.asarray(position_m, dtype=float) @ axes.T
    a, b, c = turned[..., 0], turned[..., 1], turned[..., 2]
    r = np.sqrt(a * a + b * b + c * c)
    return MEAN_RADIUS_M * np.arctan2(b, a), MEAN_RADIUS_M * np.arcsin(c / r)


def axes_of(place_itrf_m: FloatArray, from_itrf_m: FloatArray) -> FloatArray:
    """Axes (3, 3) of ``Air`` for a place aimed at and where the entry comes from."""
    place = place_itrf_m / np.linalg.norm(place_itrf_m)
    side = np.cross(place, from_itrf_m)
    side = side / np.linalg.norm(side)
    return np.stack([place, np.cross(side, place), side])


def force_angle_rad(lift_to_drag: FloatArray, trim_rad: FloatArray) -> FloatArray:
    """From the air's force, atan(L/D) from the wind, to the capsule's axis, trim_rad from it (n,)."""
    return np.asarray(trim_rad - np.arctan(lift_to_drag))


def along_chest(load: FloatArray, angle_rad: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Parts of a load (n,) along the crew's chests and along their spines (n,); angle_rad (n,): from load to chest."""
    return load * np.cos(angle_rad), load * np.sin(angle_rad)
