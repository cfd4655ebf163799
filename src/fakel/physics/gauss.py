"""Gauss-Legendre rules for collocation: nodes, and the matrices that integrate once and twice.

A segment of length h is mapped to x in -1 … 1. Acceleration is known at n nodes; the polynomial through them has the
Legendre coefficients a_k = (2k+1)/2 sum_j w_j P_k(x_j) f_j, and its integrals follow from
integral of P_k from -1 to x = (P_{k+1} - P_{k-1}) / (2k+1), with P_{-1} = -P_0.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray

LANES = 24                                    # room for nodes in every row of the workspace: a constant, so that the
                                              # compiler sees that rows do not overlap and takes them as vectors
SIZES = (8, 12, 16, 20, 24)
NODE, END_V, END_R, ONCE = 0, 1, 2, 3         # rows of a rule; ONCE … ONCE + n: velocity, transposed
TWICE, SERIES = ONCE + LANES, ONCE + 2 * LANES    # … position, transposed; Legendre coefficients


@cache
def rules() -> FloatArray:
    """All rules (len(SIZES), 3 + 3 * LANES, LANES), for segments of length 1.

    Rows: nodes in 0 … 1; weights of the velocity and of the position at the end; for each node its share in the
    velocity and position at all nodes; for each Legendre polynomial its coefficient's share of all nodes.
    """
    out = np.zeros((len(SIZES), 3 + 3 * LANES, LANES))
    for rule, n in zip(out, SIZES):
        x, weight = np.polynomial.legendre.leggauss(n)
        series = (np.arange(n) + 0.5)[:, None] * np.polynomial.legendre.legvander(x, n - 1).T * weight
        once, twice = _integrals(np.append(x, 1.0), n)
        once, twice = once @ series / 2, twice @ series / 4
        rule[NODE, :n] = (x + 1) / 2
        rule[END_V, :n], rule[END_R, :n] = once[n], twice[n]
        rule[ONCE:ONCE + n, :n], rule[TWICE:TWICE + n, :n] = once[:n].T, twice[:n].T
        rule[SERIES:SERIES + n, :n] = series
    out.setflags(write=False)
    return out


def _integrals(x: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    """Integrals from -1 to x of P_0 … P_{n-1}, taken once and twice: two arrays (len(x), n)."""
    def integrated(p: FloatArray) -> FloatArray:
        before = np.concatenate([-p[:, :1], p], axis=1)
        k = np.arange(p.shape[1] - 1)
        return np.asarray((p[:, 1:] - before[:, :-2]) / (2 * k + 1))
    once = integrated(np.asarray(np.polynomial.legendre.legvander(x, n + 1), dtype=float))
    return once[:, :n], integrated(once)[:, :n]


@njit(cache=True)
def sample(t_s: FloatArray, record: FloatArray, out: FloatArray) -> None:
    """States on a path of segments, written into out (len(t_s), 7).

    record (edges, 8 + 3 * terms): where segments meet, rising or falling; the state there; Legendre coefficients of
    the acceleration (3, terms), m/s2, of the segment that follows (the last row's are not read). Mass runs straight.
    Times outside are continued from the end segments.
    """
    terms, last = (record.shape[1] - 8) // 3, record.shape[0] - 2
    p, once = np.empty(terms + 3), np.empty(terms + 2)
    sign = 1.0 if record[last + 1, 0] >= record[0, 0] else -1.0
    s = 0
    for row in range(t_s.shape[0]):
        if sign * t_s[row] < sign * record[s, 0]:
            s = 0
        while s < last and sign * t_s[row] >= sign * record[s + 1, 0]:
            s += 1
        h = record[s + 1, 0] - record[s, 0]
        part = (t_s[row] - record[s, 0]) / h if h != 0.0 else 0.0
        x = 2.0 * part - 1.0
        p[0], p[1] = 1.0, x
        for k in range(1, terms + 2):
            p[k + 1] = ((2 * k + 1) * x * p[k] - k * p[k - 1]) / (k + 1)
        once[0] = x + 1.0
        for k in range(1, terms + 2):
            once[k] = (p[k + 1] - p[k - 1]) / (2 * k + 1)
        for c in range(3):
            v, r = 0.0, 0.0
            for k in range(terms):
                a = record[s, 8 + c * terms + k]
                v += a * once[k]
                r += a * (once[k + 1] - (once[k - 1] if k > 0 else -once[0])) / (2 * k + 1)
            out[row, c] = record[s, 1 + c] + part * h * record[s, 4 + c] + 0.25 * h * h * r
            out[row, 3 + c] = record[s, 4 + c] + 0.5 * h * v
        out[row, 6] = record[s, 7] + part * (record[s + 1, 7] - record[s, 7])
