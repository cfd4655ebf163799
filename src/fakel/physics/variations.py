"""The variational equations of a coast: how its path answers to its start and to the scales of its forces.

Along a path that is known, a small change x obeys x'' = G x + D x' + f: G and D are the slopes of the acceleration with
place and velocity, f its slope with a scale. G, D and f are central differences of the full acceleration at the nodes
of each segment, exact to 1e-9 of themselves; the linear equations are then solved by the same collocation.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics import collocation as c
from fakel.physics.force import SERIES, TERMS, Forces
from fakel.physics.gauss import LANES, NODE, ONCE, SIZES, sample

PLACE_STEP_M, SPEED_STEP_M_S, SCALE_STEP = 20.0, 0.1, 0.5
SWEEPS = 12                                  # each gains (rate * length)^2 / (4 sweep^2): 1e-13 is left after 600 s


@njit(cache=True)
def vary(record: FloatArray, forces: Forces, field: Field, rules: FloatArray, columns: FloatArray, drag_column: int,
         light_column: int) -> FloatArray:
    """Carry small changes along a coast's record from ``collocation.fly``.

    columns (p, 7): changes of r, v and mass at its first edge; column drag_column is driven by a change of drag_scale,
    light_column by one of radiation_scale (-1: none); a change of mass, which stays, makes both weaker. Returns a
    record (p, edges, KEPT) for each column.
    """
    out = np.zeros((columns.shape[0], record.shape[0], record.shape[1]))
    w, now, m = np.zeros(c.ROOM), np.zeros(SERIES + TERMS), np.zeros((3, 3))
    at, times = np.zeros((LANES, 7)), np.zeros(LANES)
    slopes = np.zeros((8, 3 * LANES))        # by x, y, z, vx, vy, vz, drag scale, radiation scale
    y = columns.copy()
    heavy = False
    for column in range(y.shape[0]):
        heavy = heavy or y[column, 6] != 0.0
    for s in range(record.shape[0]):
        for column in range(y.shape[0]):
            out[column, s, 0] = record[s, 0]
            for i in range(7):
                out[column, s, 1 + i] = y[column, i]
        if s == record.shape[0] - 1:
            break
        t, h = record[s, 0], record[s + 1, 0] - record[s, 0]
        which = c.size(abs(h), field.gravity.shape[0] - 2)
        n, rule = SIZES[which], rules[which]
        for j in range(n):
            times[j] = t + h * rule[NODE, j]
        sample(times[:n], record[s:s + 2], at[:n])
        c.surroundings(t, h, n, rule, field, now, m, w)
        slopes_at(t, h, n, at, rule, forces, field, drag_column >= 0 or heavy, light_column >= 0 or heavy, slopes, w)
        for column in range(y.shape[0]):
            less = -y[column, 6] / record[s, 7]
            _solve(y[column], h, n, rule, slopes, less * forces.drag_scale + (1.0 if column == drag_column else 0.0),
                   less * forces.radiation_scale + (1.0 if column == light_column else 0.0), w)
            c.keep_series(n, rule, w, out[column], s)
            c.advance(y[column], h, n, rule, w)
    return out


@njit(cache=True)
def slopes_at(t_s: float, h_s: float, n: int, at: FloatArray, rule: FloatArray, forces: Forces, field: Field,
              airy: bool, lit: bool, slopes: FloatArray, w: FloatArray) -> None:
    """Slopes of the acceleration at the nodes, by central differences; w: what ``surroundings`` told of them."""
    cd, ds, cr, rs, k2, relativity = forces
    for by in range(8):
        for lane in range(3 * LANES):
            slopes[by, lane] = 0.0
        if (by == 6 and not airy) or (by == 7 and not lit):
            continue
        step = PLACE_STEP_M if by < 3 else SPEED_STEP_M_S if by < 6 else SCALE_STEP
        for sign in (1.0, -1.0):
            for j in range(n):
                for i in range(3):
                    w[c.R + i * LANES + j] = at[j, i] + (sign * step if i == by else 0.0)
                    w[c.V + i * LANES + j] = at[j, 3 + i] + (sign * step if i == by - 3 else 0.0)
                    w[c.A + i * LANES + j] = 0.0
                w[c.AIR_PLACE + j] = 0.0
            if by < 3:
                c.earth_pull(n, field.gravity.shape[0], field, w)
            moved = Forces(cd, ds + (sign * step if by == 6 else 0.0), cr, rs + (sign * step if by == 7 else 0.0), k2,
                           relativity)
            c.others(t_s, h_s, n, at[0, 6], rule, moved, field, w)
            for lane in range(3 * LANES):
                slopes[by, lane] += sign * w[c.A + lane] / (2.0 * step)


@njit(cache=True)
def _solve(y: FloatArray, h_s: float, n: int, rule: FloatArray, slopes: FloatArray, of_drag: float, of_light: float,
           w: FloatArray) -> None:
    """One small change over one segment, driven by changes of the scales of drag and sunlight; its second derivative
    at the nodes is left in the workspace."""
    for lane in range(3 * LANES):
        w[c.A + lane] = 0.0
    for _ in range(SWEEPS):
        c.places(y, h_s, n, rule, w)
        for i in range(3):
            for j in range(n):
                w[c.V + i * LANES + j] = y[3 + i]
        c.integrate(n, rule, ONCE, h_s, c.V, w)
        for i in range(3):
            for j in range(n):
                lane = i * LANES + j
                total = of_drag * slopes[6, lane] + of_light * slopes[7, lane]
                for k in range(3):
                    total += slopes[k, lane] * w[c.R + k * LANES + j] + slopes[3 + k, lane] * w[c.V + k * LANES + j]
                w[c.A + lane] = total
