"""Sunlight at the nodes of a segment whose shadow's edges lie between them.

The nodes lie a minute apart, the edge is crossed in seconds. So its instant is found, and the nodes are given the
polynomial that integrates, once and twice, to what the step at that instant does: its projection on Legendre's
polynomials. Its values overshoot 0 and 1, but only its integrals, velocity and place, are ever used.
"""

from __future__ import annotations

import math

from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.gauss import END_V, LANES, SERIES
from fakel.physics.geodesy import FLATTENING, RADIUS_M

_POLE_STRETCH = 1 / (1 - FLATTENING)
_FAST = {"reassoc", "contract"}
LOOKS = 4                                    # at the edge, for each node: a passage of 15 s through a shadow is found
_CLEAR = 0.2                                 # so far from the edge at all nodes, it does not lie between two
_BISECTIONS = 20                             # of some seconds: to 10 us


@njit(cache=True, fastmath=_FAST)
def above_edge(x: float, y: float, z: float, sx: float, sy: float, sz: float) -> float:
    """Positive where more than half of the Sun (at s) is seen: cosine of the Earth's disc less that of the angle
    between both centres, smooth everywhere. The Earth is stretched to a ball as in ``light.sunlit``."""
    z, sz = z * _POLE_STRETCH, sz * _POLE_STRETCH
    dx, dy, dz = sx - x, sy - y, sz - z
    r2, far2 = x * x + y * y + z * z, dx * dx + dy * dy + dz * dz
    return (math.sqrt(max(1.0 - RADIUS_M * RADIUS_M / r2, 0.0))
            + (x * dx + y * dy + z * dz) / math.sqrt(r2 * far2))


@njit(cache=True, fastmath=_FAST)
def light_at_nodes(n: int, rule: FloatArray, place: int, sun: int, to: int, w: FloatArray) -> None:
    """Sunlit part at the nodes of a segment into the row ``to``; two rows after it are scratch.

    place, sun: rows of the workspace, three each. A partial eclipse by less than half a disc is none.
    """
    above, series = to + LANES, to + 2 * LANES
    least = 1.0
    for j in range(n):
        w[above + j] = above_edge(w[place + j], w[place + LANES + j], w[place + 2 * LANES + j], w[sun + j],
                                  w[sun + LANES + j], w[sun + 2 * LANES + j])
        least = min(least, abs(w[above + j]))
    if least > _CLEAR:
        for j in range(n):
            w[to + j] = 1.0 if w[above + j] > 0.0 else 0.0
        return
    for k in range(n):
        total = 0.0
        for j in range(n):
            total += rule[SERIES + k, j] * w[above + j]
        w[series + k] = total
    _project(n, w, series, above)
    for j in range(n):
        total = 0.0
        for k in range(n):
            total += w[above + k] * rule[SERIES + k, j] / ((2.0 * k + 1.0) * rule[END_V, j])
        w[to + j] = total


@njit(cache=True, fastmath=_FAST)
def _project(n: int, w: FloatArray, series: int, out: int) -> None:
    """Legendre coefficients of the step between darkness and light, from those of ``above_edge``."""
    x0, g0 = -1.0, _sum(-1.0, n, w, series)
    for k in range(n):
        w[out + k] = 0.0
    w[out] = 1.0 if g0 > 0.0 else 0.0
    for i in range(LOOKS * n):
        x1 = 2.0 * (i + 1) / (LOOKS * n) - 1.0
        g1 = _sum(x1, n, w, series)
        if (g0 > 0.0) != (g1 > 0.0):
            low, high = x0, x1
            for _ in range(_BISECTIONS):
                middle = 0.5 * (low + high)
                if (_sum(middle, n, w, series) > 0.0) == (g0 > 0.0):
                    low = middle
                else:
                    high = middle
            _step(low, 1.0 if g1 > 0.0 else -1.0, n, w, out)
        x0, g0 = x1, g1


@njit(cache=True, fastmath=_FAST)
def _step(x: float, up: float, n: int, w: FloatArray, out: int) -> None:
    """Add the projection of a step at x: (2k+1)/2 times the integral of P_k from x to 1, (P_k-1 - P_k+1) / 2."""
    before, now = 1.0, x
    w[out] += 0.5 * up * (1.0 - x)
    for k in range(1, n):
        after = ((2 * k + 1) * x * now - k * before) / (k + 1)
        w[out + k] += 0.5 * up * (before - after)
        before, now = now, after


@njit(cache=True, fastmath=_FAST)
def _sum(x: float, n: int, w: FloatArray, series: int) -> float:
    """A Legendre series at x."""
    before, now, total = 1.0, x, float(w[series] + w[series + 1] * x)
    for k in range(1, n - 1):
        before, now = now, ((2 * k + 1) * x * now - k * before) / (k + 1)
        total += w[series + k + 1] * now
    return total
