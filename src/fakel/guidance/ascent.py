"""Steering to orbit: a pitch programme in the air, then guidance that is solved again every cycle.

The programme is a table of directions in the launch frame, the turn that a nominal rocket makes in calm air without
an angle of attack in its plane of fire: straight up, a tilt by the kick, then along its velocity as far as that lies
in the plane (up and the azimuth at the pad, both held against the stars). It is flown open loop, as far as the angle
of attack and its product with the dynamic pressure are borne. Closed loop: ``guidance.upfg``, with the load that is
felt. The rocket turns to what is commanded at the end of each cycle evenly, no faster than it can; for the last seconds
the turn goes on as it was. Cutoff comes at the speed wanted, between two cycles, where a root finder puts it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fakel.guidance.upfg import MEMORY, SOLVED_S, TGO_S, Orbit, command, solve
from fakel.model.arrays import FloatArray
from fakel.physics.ascent import (
    ALPHA_RAD,
    DRAG_N,
    DROPPED_KG,
    FLOOR_KG,
    FLOW_KG_S,
    HEIGHT_M,
    LIMIT_M_S2,
    PUSH_N,
    Q_PA,
    START_S,
    THRUST_N,
    TOLD,
    Rocket,
    is_limited,
    rate,
    through_air_m_s,
)
from fakel.physics.dop853 import ALL, NODES, STEP, TERMS, between, between_of, stage_place

CYCLES_S = (1.0, 2.0)     # in the air, and above it
FELT_PA = 50.0            # below this dynamic pressure cycles are long
LOADED_PA = 5000.0        # below this (90 m/s low down) angles of attack load nothing: slow, it drifts with the wind
ROWS_S = 0.5              # between lines of a flown table
HELD_S = 4.0              # with less to go steering is not solved again: near the end it would chase metres
LIMIT_S = 3000.0
CUT, DRY, STOPPED, FALLEN = range(4)


class Steering(NamedTuple):
    """What guidance knows. programme (m, 4): time s and unit direction; without rows the rocket makes the turn itself.

    turn: vertical_s, kick_rad, closed_loop_from_s. pad (2, 3): up, and the way of the kick. limits: attitude rate
    rad/s, angle of attack rad, its product with dynamic pressure Pa rad. known_kg at liftoff and known (n, COLUMNS)
    are the mass and the timetable that guidance believes in; later: from later_s on, when it has seen an
    engine fail. cycles: how often it steers, in air and above, s.
    """

    programme: FloatArray
    turn: FloatArray
    pad: FloatArray
    limits: FloatArray
    orbit: Orbit
    known_kg: float
    known: FloatArray
    later: FloatArray
    later_s: float
    cycles: FloatArray


@njit(cache=True)
def _known_mass_kg(mass_kg: float, t_s: float, known: FloatArray) -> float:
    """What a rocket of mass_kg at liftoff weighs at t_s by a timetable."""
    for i in range(known.shape[0]):
        row = known[i]
        if row[START_S] > t_s + 1e-9:
            break
        stop = t_s if i + 1 == known.shape[0] else min(t_s, known[i + 1, START_S])
        mass_kg -= row[DROPPED_KG]
        lasts = stop - row[START_S]
        if is_limited(mass_kg, row):
            mass_kg *= math.exp(-row[LIMIT_M_S2] * row[FLOW_KG_S] / row[THRUST_N] * lasts)
        else:
            mass_kg -= row[FLOW_KG_S] * lasts
    return mass_kg


@njit(cache=True)
def _between_angle(a: FloatArray, b: FloatArray) -> float:
    """Angle between unit vectors, good for small ones."""
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    return math.atan2(math.sqrt(x * x + y * y + z * z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


@njit(cache=True)
def _no_farther(origin: FloatArray, toward: FloatArray, most_rad: float) -> None:
    """Bring unit vector toward (changed in place) to within most_rad of unit vector origin."""
    angle = _between_angle(origin, toward)
    if angle <= most_rad or angle < 1e-12:
        return
    a, b = math.sin(angle - most_rad) / math.sin(angle), math.sin(most_rad) / math.sin(angle)
    size = 0.0
    for i in range(3):
        toward[i] = a * origin[i] + b * toward[i]
        size += toward[i] ** 2
    for i in range(3):
        toward[i] /= math.sqrt(size)


@njit(cache=True)
def _programmed(t_s: float, wind: FloatArray, steering: Steering, out: FloatArray) -> None:
    """Direction of the programme at t_s into out (3); wind: unit vector of the velocity through the air then."""
    table, n = steering.programme, steering.programme.shape[0]
    if n > 0:
        i = 1
        while i < n - 1 and t_s > table[i, 0]:
            i += 1
        share = min(max((t_s - table[i - 1, 0]) / (table[i, 0] - table[i - 1, 0]), 0.0), 1.0)
        for j in range(3):
            out[j] = (1.0 - share) * table[i - 1, 1 + j] + share * table[i, 1 + j]
    else:
        up, kick = steering.pad[0], steering.turn[1] if t_s > steering.turn[0] + 1e-9 else 0.0
        tilted = wind[0] * up[0] + wind[1] * up[1] + wind[2] * up[2] < math.cos(steering.turn[1]) and kick > 0.0
        x, y = wind[0] * up[0] + wind[1] * up[1] + wind[2] * up[2], 0.0
        for j in range(3):
            y += wind[j] * steering.pad[1, j]
        for j in range(3):                 # within its plane of fire: not blown round with the Earth
            out[j] = (x if tilted else math.cos(kick)) * up[j] + (y if tilted else math.sin(kick)) * steering.pad[1, j]
    size = math.sqrt(out[0] ** 2 + out[1] ** 2 + out[2] ** 2)
    for j in range(3):
        out[j] /= size


@njit(cache=True)
def _wanted(t_s: float, h: float, y: FloatArray, told: FloatArray, slope: FloatArray, now: FloatArray, rocket: Rocket,
            steering: Steering, memory: FloatArray, solved: bool, place: FloatArray, out: FloatArray) -> None:
    """Direction at t_s + h into out (3): by programme or guidance, as limits and the turning rate let it.

    slope (7): rates at t_s. now: direction at t_s.
    """
    for i in range(3):
        place[i] = y[i] + h * (y[3 + i] + 0.5 * h * slope[3 + i])
        place[3 + i] = y[3 + i] + h * slope[3 + i]
    height = told[HEIGHT_M] + h * max(y[3] * y[0] + y[4] * y[1] + y[5] * y[2], 0.0) / math.sqrt(
        y[0] ** 2 + y[1] ** 2 + y[2] ** 2)
    wind = place[:3]
    wind[0], wind[1], wind[2] = through_air_m_s(t_s + h, place, height, rocket.wind)
    speed = max(math.sqrt(wind[0] ** 2 + wind[1] ** 2 + wind[2] ** 2), 1e-9)
    for i in range(3):
        wind[i] /= speed
    if solved:
        command(t_s + h, memory, out)
    elif t_s + h <= steering.turn[2] + 1e-9:
        _programmed(t_s + h, wind, steering, out)
    else:
        for i in range(3):
            out[i] = now[i]
    if told[Q_PA] > LOADED_PA:
        _no_farther(wind, out, min(steering.limits[1], steering.limits[2] / told[Q_PA]))
    _no_farther(now, out, steering.limits[0] * h)


@njit(cache=True)
def _stages(first: int, stop: int, t_s: float, h: float, turn_s: float, y: FloatArray, now: FloatArray,
            then: FloatArray, row: FloatArray, rocket: Rocket, k: FloatArray, place: FloatArray, told: FloatArray,
            toward: FloatArray) -> None:
    """Rates of some stages of the step of length h from y at t_s, into k (16, 7); thrust turns from now to then in
    turn_s."""
    for stage in range(first, stop):
        stage_place(stage, h, y, k, place)
        _turned(NODES[stage] * h / turn_s, now, then, toward)
        rate(t_s + NODES[stage] * h, place, toward, row, rocket, told, k[stage])


@njit(cache=True)
def _turned(share: float, now: FloatArray, then: FloatArray, out: FloatArray) -> None:
    """Unit direction, a share of the way from now to then (3)."""
    size = 0.0
    for i in range(3):
        out[i] = (1.0 - share) * now[i] + share * then[i]
        size += out[i] ** 2
    for i in range(3):
        out[i] /= math.sqrt(size)


@njit(cache=True)
def _write(t_s: float, y: FloatArray, toward: FloatArray, line: FloatArray) -> None:
    line[0] = t_s
    for i in range(7):
        line[1 + i] = y[i]
    for i in range(3):
        line[8 + i] = toward[i]


@njit(cache=True)
def _burns_s(mass_kg: float, row: FloatArray) -> float:
    """How long the last stage can burn in this row until it is dry; without end where it does not burn alone."""
    if row[FLOOR_KG] <= 0.0 or row[THRUST_N] <= 0.0:
        return LIMIT_S
    if is_limited(mass_kg, row):
        return float(math.log(mass_kg / row[FLOOR_KG]) * row[THRUST_N] / row[FLOW_KG_S] / row[LIMIT_M_S2])
    return float((mass_kg - row[FLOOR_KG]) / row[FLOW_KG_S])


@njit(cache=True)
def _cycle_end_s(t_s: float, mass_kg: float, stop_s: float, told: FloatArray, k: int, rocket: Rocket,
                 steering: Steering) -> float:
    """Where the step from t_s ends at the latest: thrust and direction are smooth until then."""
    rows = rocket.timetable
    end = t_s + steering.cycles[0 if told[Q_PA] > FELT_PA else 1]
    end = min(end, stop_s, t_s + _burns_s(mass_kg, rows[k]))
    if k + 1 < rows.shape[0]:
        end = min(end, rows[k + 1, START_S])
    for at_s in (steering.turn[0], steering.turn[2]):
        if at_s > t_s + 1e-9:
            end = min(end, at_s)
    return float(end)


@njit(cache=True, nogil=True)
def climb(y: FloatArray, rocket: Rocket, steering: Steering, stop_s: float, table: FloatArray
          ) -> tuple[float, int, int, float]:
    """Fly y (7, changed in place) from liftoff to cutoff, until the last stage is dry, it falls, or stop_s.

    A part is dropped at the start of its row. table (n, 11) receives time, state and direction at the start of every
    cycle, each ROWS_S after it, and at the end; an empty one receives nothing. Returns the end time, the ending (CUT,
    DRY, STOPPED, FALLEN), the number of table lines, and when guidance lost its way, or a negative time.
    """
    rates, place, end, series, toward = (np.zeros((ALL, 7)), np.empty(7), np.empty(7), np.empty((TERMS, 7)),
                                         np.empty(3))
    now, then, told, memory = steering.pad[0].copy(), np.empty(3), np.zeros(TOLD), np.zeros(MEMORY)
    rows, aim, keep = rocket.timetable, steering.orbit.speed_m_s, len(table) > 0
    t_s, k, lines, lost_s, ending = 0.0, 0, 0, -1.0, STOPPED
    solved = False
    y[6] -= rows[0, DROPPED_KG]
    while t_s < stop_s - 1e-9:
        row = rows[k]
        _stages(0, 1, t_s, 0.0, 1.0, y, now, now, row, rocket, rates, place, told, toward)
        if (told[HEIGHT_M] < 0.0 and t_s > 5.0) or (row[THRUST_N] <= 0.0 and k + 1 == rows.shape[0]):
            ending = FALLEN if told[HEIGHT_M] < 0.0 else DRY
            break
        if t_s >= steering.turn[2] - 1e-9 and not (solved and memory[TGO_S] - (t_s - memory[SOLVED_S]) < HELD_S):
            known = steering.later if t_s >= steering.later_s - 1e-9 else steering.known
            was = solved
            felt = (told[PUSH_N] - told[DRAG_N] * math.cos(told[ALPHA_RAD])) / y[6]
            believed_kg = _known_mass_kg(steering.known_kg, t_s, known)
            solved = solve(t_s, y, believed_kg, felt, known, steering.orbit, not was, memory)
            lost_s = -1.0 if solved else t_s if lost_s < 0.0 else lost_s
        h = _cycle_end_s(t_s, y[6], stop_s, told, k, rocket, steering) - t_s
        turn_s = h
        _wanted(t_s, h, y, told, rates[0], now, rocket, steering, memory, solved, place, then)
        # One step; when it passes the speed of cutoff, shorter ones by secants until it ends there.
        armed = row[FLOOR_KG] > 0.0
        before, low, tries, met = 0.0, math.sqrt(y[3] ** 2 + y[4] ** 2 + y[5] ** 2) - aim, 0, False
        while True:
            _stages(1, STEP, t_s, h, turn_s, y, now, then, row, rocket, rates, place, told, toward)
            stage_place(STEP, h, y, rates, end)
            high = math.sqrt(end[3] ** 2 + end[4] ** 2 + end[5] ** 2) - aim
            met = met or (armed and low < 0.0 <= high)
            if not met or tries == 12 or abs(high) < 1e-9 or high == low:
                break
            before, low, h, tries = h, high, h - high * (h - before) / (high - low), tries + 1
        if keep:
            _write(t_s, y, now, table[lines])
            lines += 1
            if h > ROWS_S + 1e-9:
                _stages(STEP, ALL, t_s, h, turn_s, y, now, then, row, rocket, rates, place, told, toward)
                between_of(h, y, end, rates, series)
                for i in range(1, math.ceil((h - 1e-9) / ROWS_S)):
                    between(i * ROWS_S / h, y, series, place)
                    _turned(i * ROWS_S / turn_s, now, then, toward)
                    _write(t_s + i * ROWS_S, place, toward, table[lines])
                    lines += 1
        dry = armed and not met and end[6] <= row[FLOOR_KG] + 1e-6
        for i in range(7):
            y[i] = end[i]
        t_s += h
        _turned(h / turn_s, now, then, toward)
        for i in range(3):
            now[i] = toward[i]
        if met or dry:
            ending = CUT if met else DRY
            break
        if k + 1 < rows.shape[0] and t_s >= rows[k + 1, START_S] - 1e-9:
            k += 1
            t_s = rows[k, START_S]
            y[6] -= rows[k, DROPPED_KG]
    if keep:
        _write(t_s, y, now, table[lines])
        lines += 1
    return t_s, ending, lines, lost_s
