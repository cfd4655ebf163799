"""The variational equations through a burn: how the path answers to its start, to drag and sunlight, and to the thrust,
direction and times of the burn itself.

Along the burn's path a small change x obeys x'' = G x + D x' + f as in ``variations``, with the slopes of the thrust
T/m d added: with the turning of d (in RTN), with mass, with the thrust's own scale and with d. Each step of the path is
solved at Gauss-Legendre nodes as one linear system for all changes. A later start takes the thrust away at one instant,
a later end adds it at the other: both are jumps of velocity and mass.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics import collocation
from fakel.physics.dense import sampled
from fakel.physics.force import SERIES as QUANTITIES
from fakel.physics.force import TERMS, Forces
from fakel.physics.gauss import LANES, NODE, ONCE, SERIES, SIZES, TWICE, rules
from fakel.physics.powered import G0_M_S2, RTN, Thrust, along
from fakel.physics.variations import slopes_at

PER_BURN = ("thrust scale", "direction x", "direction y", "direction z", "start s", "duration s")
SCALE, DIRECTION, START, DURATION = 0, 1, 4, 5
_STEPS = np.array([1.0, 1.0, 1.0, 1e-3, 1e-3, 1e-3])          # m, m/s, for the turn of a direction; exact to 1e-10


def vary_burn(record: FloatArray, push: Thrust, forces: Forces, field: Field, columns: FloatArray, drag_column: int,
              light_column: int, first: int) -> FloatArray:
    """Carry small changes along a burn's record from ``powered.powered``.

    columns (p, 7): changes of r, v and mass at its first edge. Columns first to first + 5 are the burn's own, in the
    order of ``PER_BURN``; the jumps of the last two are not made here (``shifted``). Returns a record (p, edges, 32)
    for each column, as ``gauss.sample`` takes it.
    """
    n, rule = SIZES[0], rules()[0]
    w, now, m = np.zeros(collocation.ROOM), np.zeros(QUANTITIES + TERMS), np.zeros((3, 3))
    slopes = np.zeros((8, 3 * LANES))
    out = np.zeros((len(columns), len(record), 8 + 3 * n))
    y, at = columns.copy(), np.zeros((LANES, 7))
    flow_kg_s = push.thrust_n / (push.isp_s * G0_M_S2)
    for s in range(len(record)):
        out[:, s, 0], out[:, s, 1:8] = record[s, 0], y
        if s == len(record) - 1:
            break
        t, h = float(record[s, 0]), float(record[s + 1, 0] - record[s, 0])
        at[:n] = sampled(record[s:s + 2], t + h * rule[NODE, :n])
        collocation.surroundings(t, h, n, rule, field, now, m, w)
        slopes_at(t, h, n, at, rule, forces, field, True, True, slopes, w)
        by = slopes.reshape(8, 3, LANES)[:, :, :n].transpose(2, 1, 0)                # (n, 3, 8)
        pull, unit, turn = _thrust_slopes(push, at[:n])
        # Mass at the nodes: what it was, less what a stronger thrust has taken since.
        mass = np.repeat(y[:, 6:7], n, axis=1)
        mass[first + SCALE] -= flow_kg_s * h * rule[NODE, :n]
        driven = -mass[:, :, None] * (pull[:, None] * unit + by[:, :, 6] * forces.drag_scale
                                      + by[:, :, 7] * forces.radiation_scale) / at[:n, 6:7]
        driven[drag_column] += by[:, :, 6]
        driven[light_column] += by[:, :, 7]
        driven[first + SCALE] += pull[:, None] * unit
        for i, axis in enumerate(np.eye(3)):
            bent = replace(push, direction=(float(axis[0]), float(axis[1]), float(axis[2])))
            driven[first + DIRECTION + i] += pull[:, None] * along(bent, at[:n])
        gravity_like = by[:, :, :6] + pull[:, None, None] * turn
        second = _solved(y, h, n, rule, gravity_like, driven)
        out[:, s, 8:] = np.einsum("kj,pji->pik", rule[SERIES:SERIES + n, :n], second).reshape(len(y), -1)
        y = y.copy()
        y[:, :3] += h * y[:, 3:6] + h * h * np.einsum("j,pji->pi", rule[2, :n], second)
        y[:, 3:6] += h * np.einsum("j,pji->pi", rule[1, :n], second)
        y[first + SCALE, 6] -= flow_kg_s * h
    return out


def shifted(push: Thrust, y: FloatArray, later: bool) -> FloatArray:
    """Change (7,) by each second that the thrust goes on later at state y (7,): added at its end, or, for a start that
    is later, taken away there."""
    sign = 1.0 if later else -1.0
    gain = push.thrust_n / y[6] * along(push, y[None])[0]
    return np.asarray(sign * np.r_[np.zeros(3), gain, -push.thrust_n / (push.isp_s * G0_M_S2)])


def _thrust_slopes(push: Thrust, at: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Thrust by mass (n,) m/s2, its direction (n, 3), and how that turns with place and velocity (n, 3, 6)."""
    turn = np.zeros((len(at), 3, 6))
    if push.mode == RTN:
        for i, step in enumerate(_STEPS):
            d = np.zeros(7)
            d[i] = step
            turn[:, :, i] = (along(push, at + d) - along(push, at - d)) / (2.0 * step)
    return push.thrust_n / at[:, 6], along(push, at), turn


def _solved(y: FloatArray, h: float, n: int, rule: FloatArray, slopes: FloatArray, driven: FloatArray) -> FloatArray:
    """Second derivatives (p, n, 3) at the nodes of changes that start as y (p, 7): one linear system for all.

    x = x0 + c h v0 + h^2 B a, v = v0 + h C a, a = G x + D v + f, with the rule's B and C.
    """
    once, twice = rule[ONCE:ONCE + n, :n].T, rule[TWICE:TWICE + n, :n].T             # row: node that is reached
    place = y[:, None, :3] + h * rule[NODE, :n][None, :, None] * y[:, None, 3:6]
    known = np.einsum("nij,pnj->pni", slopes[:, :, :3], place) + driven
    known += np.einsum("nij,pj->pni", slopes[:, :, 3:], y[:, 3:6])
    shares = (np.einsum("nij,nk->nikj", slopes[:, :, :3], h * h * twice)
              + np.einsum("nij,nk->nikj", slopes[:, :, 3:], h * once)).reshape(3 * n, 3 * n)
    found = np.linalg.solve(np.eye(3 * n) - shares, known.reshape(len(y), 3 * n).T)
    return np.asarray(found.T.reshape(len(y), n, 3))
