"""Unified powered flight guidance: which way to push so that position and velocity meet an orbit at cutoff.

Brand, Brown and Higgins, Space Shuttle GN&C Equation Document 24 (NTRS 19740004402), for stages of constant thrust or
constant load with gaps between them. Thrust turns evenly from the direction of the velocity to be gained; the burn's
integrals are closed, gravity over the rest of the burn is that of a coast from displaced start values
(Jaggers' correction), flown here with J2. One call of ``improve`` is one pass of the corrector; a flight makes one or
two a cycle from what it knew before.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import (
    DROPPED_KG,
    FLOW_KG_S,
    J2,
    LIMIT_M_S2,
    MU_M3_S2,
    START_S,
    THRUST_N,
    is_limited,
)
from fakel.physics.dop853 import STEP, stage_place
from fakel.physics.geodesy import RADIUS_M

# Columns of the stages to come, from now on.
EXHAUST_M_S, LOAD_M_S2, LASTS_S, EVEN = range(4)
STAGE_COLUMNS = 4

# What guidance carries from cycle to cycle, in one array.
VGO, RD, RGRAV, RBIAS = slice(0, 3), slice(3, 6), slice(6, 9), slice(9, 12)
TOWARD, TURN = slice(12, 15), slice(15, 18)              # thrust along TOWARD + TURN (s since the solution)
TGO_S, SOLVED_S = 18, 19                                 # time to go, and when this was solved
MEMORY = 20
FIRST_PASSES, PASSES = 100, 4
CLOSE_S = 1e-4                                           # passes end when time to go moves by less
LONGEST_S = 5000.0
ASTRAY_S = 2.0                                           # passes that still move it by more have lost the way
LAST_S = 20.0                                            # with less to go velocity alone is steered
FELT_M_S2 = 0.05                                         # less than this is no thrust
ROOM = 5 + STEP + 2


class Orbit(NamedTuple):
    """What is to be met at cutoff: radius m, inertial speed m/s, climb rate m/s, and the plane's normal (3)."""

    radius_m: float
    speed_m_s: float
    climb_m_s: float
    normal: FloatArray


@njit(cache=True)
def stages_from(t_s: float, mass_kg: float, load_m_s2: float, timetable: FloatArray, out: FloatArray) -> int:
    """The stages to come into out (n, STAGE_COLUMNS), by a timetable of ``physics.ascent``; returns how many.

    mass_kg: now. load_m_s2: what the present row's thrust is felt to give, or negative: by the timetable. Gaps have no
    load.
    The last row lasts as long as it must.
    """
    last, count = timetable.shape[0] - 1, 0
    k = 0
    while k < last and timetable[k + 1, START_S] <= t_s + 1e-9:
        k += 1
    for i in range(k, last + 1):
        row = timetable[i]
        start = t_s
        if i > k:
            start = row[START_S]
            mass_kg -= row[DROPPED_KG]
        lasts = LONGEST_S if i == last else timetable[i + 1, START_S] - start
        if lasts <= 0.0:
            continue
        stage = out[count]
        stage[LASTS_S], stage[EVEN], stage[LOAD_M_S2], stage[EXHAUST_M_S] = lasts, 0.0, 0.0, 1.0
        if row[THRUST_N] > 0.0:
            load = row[THRUST_N] / mass_kg
            even = is_limited(mass_kg, row)
            stage[EXHAUST_M_S] = row[THRUST_N] / row[FLOW_KG_S]
            stage[EVEN] = 1.0 if even else 0.0
            stage[LOAD_M_S2] = row[LIMIT_M_S2] if even else load
            if i == k and load_m_s2 >= 0.0:
                stage[LOAD_M_S2] = load_m_s2 if load_m_s2 > FELT_M_S2 else 0.0
            mass_kg = (mass_kg * math.exp(-row[LIMIT_M_S2] * lasts / stage[EXHAUST_M_S]) if even
                       else mass_kg - row[FLOW_KG_S] * lasts)
        count += 1
        if mass_kg <= 0.0:
            return count
    return count


@njit(cache=True)
def thrust_integrals(stages: FloatArray, count: int, gain_m_s: float, out: FloatArray) -> None:
    """Integrals over the stages until they have given gain_m_s, into out (7): L, J, S, Q, P, H and the time it takes.

    With the load a: L = int a, J = int a t, H = int a t^2, S = iint a, Q = iint a t, P = iint a t^2, from now on.
    """
    total_l = total_j = total_s = total_q = total_p = total_h = t1 = 0.0
    for i in range(count):
        exhaust, load, lasts = stages[i, EXHAUST_M_S], stages[i, LOAD_M_S2], stages[i, LASTS_S]
        left, last = gain_m_s - total_l, i == count - 1
        own_l = own_j = own_s = own_q = own_p = 0.0
        done = False
        if load > 0.0:
            if stages[i, EVEN] > 0.5:
                if last or load * lasts >= left:
                    lasts, done = left / load, True
                own_l = load * lasts
                own_j = own_s = own_l * lasts / 2
                own_q = own_s * (t1 + lasts / 3)
                own_p = own_s * (t1 * t1 + 2 * t1 * lasts / 3 + lasts * lasts / 6)
            else:
                tau = exhaust / load
                if last or lasts >= tau or -exhaust * math.log(1 - lasts / tau) >= left:
                    lasts, done = tau * (1 - math.exp(-left / exhaust)), True
                own_l = -exhaust * math.log(1 - lasts / tau)
                own_j = tau * own_l - exhaust * lasts
                own_s = lasts * own_l - own_j
                own_q = own_s * (tau + t1) - exhaust * lasts * lasts / 2
                own_p = own_q * (tau + t1) - exhaust * lasts * lasts / 2 * (lasts / 3 + t1)
        own_j += own_l * t1
        total_s, total_q = total_s + own_s + total_l * lasts, total_q + own_q + total_j * lasts
        total_p += own_p + total_h * lasts
        total_l, total_j, t1 = total_l + own_l, total_j + own_j, t1 + lasts
        total_h = total_j * t1 - total_q
        if done:
            break
    out[0], out[1], out[2], out[3], out[4], out[5], out[6] = total_l, total_j, total_s, total_q, total_p, total_h, t1


@njit(cache=True)
def _dot(a: FloatArray, b: FloatArray) -> float:
    return float(a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


@njit(cache=True)
def _unit(a: FloatArray) -> None:
    size = math.sqrt(_dot(a, a))
    for i in range(3):
        a[i] /= size


@njit(cache=True)
def _pull(place: FloatArray, out: FloatArray) -> None:
    """Gravity of the Earth and its bulge at place (3 of 6), and its velocity, as a rate into out (6)."""
    r2 = place[0] ** 2 + place[1] ** 2 + place[2] ** 2
    down = -MU_M3_S2 / (r2 * math.sqrt(r2))
    bulge = 1.5 * J2 * RADIUS_M**2 / r2
    up = 5.0 * place[2] ** 2 / r2
    for i in range(3):
        out[i] = place[3 + i]
        out[3 + i] = down * place[i] * (1.0 + bulge * ((1.0 if i < 2 else 3.0) - up))


@njit(cache=True)
def _coast(y: FloatArray, for_s: float, k: FloatArray, place: FloatArray) -> None:
    """y (6), changed in place, after free fall: one step of ``physics.dop853``, good to metres over a quarter turn."""
    for stage in range(STEP):
        stage_place(stage, for_s, y, k, place)
        _pull(place, k[stage])
    stage_place(STEP, for_s, y, k, place)
    for i in range(6):
        y[i] = place[i]


@njit(cache=True)
def _wish(place: FloatArray, orbit: Orbit, rd: FloatArray, vd: FloatArray) -> None:
    """Position rd and velocity vd (3) of the orbit above or below place, in its plane."""
    n = orbit.normal
    off = _dot(place, n)
    for i in range(3):
        rd[i] = place[i] - off * n[i]
    _unit(rd)
    level = math.sqrt(max(orbit.speed_m_s**2 - orbit.climb_m_s**2, 0.0))
    vd[0] = orbit.climb_m_s * rd[0] + level * (n[1] * rd[2] - n[2] * rd[1])
    vd[1] = orbit.climb_m_s * rd[1] + level * (n[2] * rd[0] - n[0] * rd[2])
    vd[2] = orbit.climb_m_s * rd[2] + level * (n[0] * rd[1] - n[1] * rd[0])
    for i in range(3):
        rd[i] *= orbit.radius_m


@njit(cache=True)
def begin(t_s: float, y: FloatArray, orbit: Orbit, memory: FloatArray) -> None:
    """A first guess into memory (MEMORY) from state y (6 or more): cutoff 20 deg ahead, gravity as it is here."""
    n, place, vd = orbit.normal, memory[RD], memory[VGO]
    c, s = math.cos(math.radians(20.0)), math.sin(math.radians(20.0))
    ahead = (n[1] * y[2] - n[2] * y[1], n[2] * y[0] - n[0] * y[2], n[0] * y[1] - n[1] * y[0])
    for i in range(3):
        place[i] = c * y[i] + s * ahead[i]
    r = math.sqrt(y[0] ** 2 + y[1] ** 2 + y[2] ** 2)
    _wish(place.copy(), orbit, place, vd)
    for i in range(3):
        vd[i] -= y[3 + i]
        memory[6 + i] = -MU_M3_S2 / 2 * y[i] / r**3
        memory[9 + i] = 0.0
    memory[TGO_S], memory[SOLVED_S] = 1.0, t_s


@njit(cache=True)
def improve(y: FloatArray, stages: FloatArray, count: int, orbit: Orbit, place_too: bool, memory: FloatArray,
            room: FloatArray) -> bool:
    """One pass of the corrector. place_too: else the turn goes on as it was, and velocity alone is met. room (ROOM, 6):
    to work in. False when the equations have no solution."""
    vgo, rd, rgrav, rbias, toward = memory[VGO], memory[RD], memory[RGRAV], memory[RBIAS], memory[TOWARD]
    sums, rthrust, vthrust, vgrav = room[0:2].ravel(), room[2, :3], room[2, 3:], room[3, :3]
    gain = math.sqrt(_dot(vgo, vgo))
    thrust_integrals(stages, count, gain, sums)
    tgo = sums[6]
    if not (0.0 < tgo < LONGEST_S and math.isfinite(sums[4])):
        return False
    for i in range(3):
        toward[i] = vgo[i] / gain
        rgrav[i] *= (tgo / memory[TGO_S]) ** 2
    if place_too and not _turn(y, sums, orbit.normal, memory, room[4, :3], room[4, 3:]):
        return False
    if not _push(sums, toward, memory[TURN], vthrust, rthrust):
        return False
    if place_too:
        for i in range(3):
            rbias[i] = room[4, i] - rthrust[i]
    _gravity(y, tgo, vthrust, rthrust, rgrav, vgrav, room[5:])
    place, vd = room[4, :3], room[4, 3:]
    for i in range(3):
        place[i] = y[i] + y[3 + i] * tgo + rgrav[i] + rthrust[i]
        vgo[i] -= vthrust[i] + y[3 + i] + vgrav[i]              # what is left is the bias
    _wish(place, orbit, rd, vd)
    for i in range(3):
        vgo[i] += vd[i]
        toward[i] -= memory[15 + i] * sums[1] / sums[0]
    memory[TGO_S] = tgo
    return math.isfinite(_dot(vgo, vgo))


@njit(cache=True)
def _turn(y: FloatArray, sums: FloatArray, n: FloatArray, memory: FloatArray, rgo: FloatArray, ahead: FloatArray
          ) -> bool:
    """The way to go into rgo (3), downrange as the burn gives it, and the thrust's turn into memory."""
    rd, toward, turn = memory[RD], memory[TOWARD], memory[TURN]
    L, J, S, Q, tgo = sums[0], sums[1], sums[2], sums[3], sums[6]
    ahead[0], ahead[1], ahead[2] = n[1] * rd[2] - n[2] * rd[1], n[2] * rd[0] - n[0] * rd[2], n[0] * rd[1] - n[1] * rd[0]
    _unit(ahead)
    for i in range(3):
        rgo[i] = rd[i] - (y[i] + y[3 + i] * tgo + memory[6 + i])
    across, facing = _dot(rgo, ahead), _dot(toward, ahead)
    for i in range(3):
        rgo[i] -= across * ahead[i]
    spread = Q - S * J / L
    if facing == 0.0 or spread == 0.0:
        return False
    free = (S - _dot(toward, rgo)) / facing
    for i in range(3):
        rgo[i] += free * ahead[i] + memory[9 + i]
        turn[i] = (rgo[i] - S * toward[i]) / spread
    return True


@njit(cache=True)
def _push(sums: FloatArray, toward: FloatArray, turn: FloatArray, vthrust: FloatArray, rthrust: FloatArray) -> bool:
    """What thrust that turns evenly through toward at J / L gives to velocity and place, into (3) each."""
    L, J, S, Q, P, H = sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]
    size = along = rate = 0.0
    for i in range(3):
        now = toward[i] - turn[i] * J / L
        size, along, rate = size + now * now, along + now * toward[i], rate + turn[i] * turn[i]
    if not (size > 0.0 and math.isfinite(rate)):
        return False
    phi = math.acos(min(1.0, max(-1.0, along / math.sqrt(size))))
    spin = -phi * L / J
    pushed_v = L - L * phi * phi / 2 - J * phi * spin - H * spin * spin / 2
    pushed_r = S - S * phi * phi / 2 - Q * phi * spin - P * spin * spin / 2
    turned = (S * phi + Q * spin) / math.sqrt(rate) if rate > 0.0 else 0.0
    for i in range(3):
        vthrust[i], rthrust[i] = pushed_v * toward[i], pushed_r * toward[i] - turned * turn[i]
    return True


@njit(cache=True)
def _gravity(y: FloatArray, tgo: float, vthrust: FloatArray, rthrust: FloatArray, rgrav: FloatArray,
             vgrav: FloatArray, room: FloatArray) -> None:
    """What gravity does to place and velocity until cutoff, into (3) each: a coast from displaced start values."""
    start, place = room[STEP], room[STEP + 1]
    for i in range(3):
        start[i] = y[i] - rthrust[i] / 10 - vthrust[i] * tgo / 30
        start[3 + i] = y[3 + i] + 1.2 * rthrust[i] / tgo - vthrust[i] / 10
        rgrav[i], vgrav[i] = -start[i] - start[3 + i] * tgo, -start[3 + i]
    _coast(start, tgo, room[:STEP], place)
    for i in range(3):
        rgrav[i] += start[i]
        vgrav[i] += start[3 + i]


@njit(cache=True)
def solve(t_s: float, y: FloatArray, mass_kg: float, load_m_s2: float, timetable: FloatArray, orbit: Orbit,
          first: bool, memory: FloatArray) -> bool:
    """Solve again at t_s from state y, with what is believed of the rocket; memory holds the answer.

    False when passes do not converge (memory is then not to be steered by).
    """
    stages, work = _room(timetable.shape[0])
    count = stages_from(t_s, mass_kg, load_m_s2, timetable, stages)
    if first:
        begin(t_s, y, orbit, memory)
    place_too = first or memory[TGO_S] - (t_s - memory[SOLVED_S]) > LAST_S
    memory[SOLVED_S] = t_s
    moved_s = LONGEST_S
    for _ in range(FIRST_PASSES if first else PASSES):
        before = memory[TGO_S]
        if not improve(y, stages, count, orbit, place_too, memory, work):
            return False
        moved_s = abs(memory[TGO_S] - before)
        if moved_s < CLOSE_S:
            return True
    return not first and moved_s < ASTRAY_S


@njit(cache=True)
def _room(rows: int) -> tuple[FloatArray, FloatArray]:
    return np.zeros((rows, STAGE_COLUMNS)), np.zeros((ROOM, 6))


@njit(cache=True)
def command(t_s: float, memory: FloatArray, out: FloatArray) -> None:
    """Unit direction of thrust at t_s into out (3)."""
    since = t_s - memory[SOLVED_S]
    for i in range(3):
        out[i] = memory[12 + i] + memory[15 + i] * since
    _unit(out)
