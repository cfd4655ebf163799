"""When a craft passes before the disc of Sun or Moon, as seen from places."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.brightness import sight_line
from fakel.physics.passes import Grid

SUN, MOON = 0, 1
RADII_M = np.array([695_700_000.0, 1_737_400.0])
ROW = 8
"""Columns of a transit: place, instant of least distance (s), that angle (rad), radius of the disc (rad), range of the
craft (m), entry and exit (s; both the instant where the disc is missed), sine of the disc's elevation."""
_STEP_S, _TOLERANCE_S = 5.0, 1e-4
_FAR_BELOW = -0.01          # sine of the elevation at the middle of a pass below which a disc does not come up in time
_GOLDEN = 0.5 * (math.sqrt(5.0) - 1.0)


@njit(cache=True, nogil=True)
def _apart(grid: Grid, t_s: float, site: FloatArray, body: int, work: FloatArray) -> tuple[float, float, float]:
    """Angle from the craft to the centre of the body, how far the body is, how far the craft is; directions into work
    (3, 3): craft, Sun, Moon."""
    far, _, to_sun, to_moon = sight_line(grid, t_s, site, work[0], work[1], work[2])
    a, b = work[0], work[1 + body]
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    angle = math.atan2(math.sqrt(x * x + y * y + z * z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
    return angle, (to_sun if body == 0 else to_moon), far


@njit(cache=True, nogil=True)
def closest(grid: Grid, a_s: float, b_s: float, site: FloatArray, body: int, work: FloatArray) -> float:
    """The instant between two at which the craft is nearest to the body, by golden section."""
    c, d = b_s - _GOLDEN * (b_s - a_s), a_s + _GOLDEN * (b_s - a_s)
    at_c, at_d = _apart(grid, c, site, body, work)[0], _apart(grid, d, site, body, work)[0]
    while b_s - a_s > _TOLERANCE_S:
        if at_c < at_d:
            b_s, d, at_d = d, c, at_c
            c = b_s - _GOLDEN * (b_s - a_s)
            at_c = _apart(grid, c, site, body, work)[0]
        else:
            a_s, c, at_c = c, d, at_d
            d = a_s + _GOLDEN * (b_s - a_s)
            at_d = _apart(grid, d, site, body, work)[0]
    return 0.5 * (a_s + b_s)


@njit(cache=True, nogil=True)
def signed(grid: Grid, t_s: float, site: FloatArray, body: int, work: FloatArray) -> float:
    """Angle from the craft's way to the body at its nearest, positive on the left of the way."""
    _apart(grid, t_s + 0.05, site, body, work)
    ahead = work[0].copy()
    _apart(grid, t_s - 0.05, site, body, work)
    behind, disc = work[0].copy(), work[1 + body]
    side = ((behind[1] * ahead[2] - behind[2] * ahead[1]) * disc[0] + (behind[2] * ahead[0] - behind[0] * ahead[2])
            * disc[1] + (behind[0] * ahead[1] - behind[1] * ahead[0]) * disc[2])
    angle = _apart(grid, t_s, site, body, work)[0]
    return angle if side > 0 else -angle


@njit(cache=True, nogil=True)
def _edge(grid: Grid, t_s: float, step_s: float, radius: float, site: FloatArray, body: int, work: FloatArray) -> float:
    """Where the craft crosses the edge of the disc, from its middle on in steps of either sign."""
    inside, outside = t_s, t_s + step_s
    while _apart(grid, outside, site, body, work)[0] < radius:
        inside, outside = outside, outside + step_s
    while abs(outside - inside) > _TOLERANCE_S:
        middle = 0.5 * (inside + outside)
        if _apart(grid, middle, site, body, work)[0] < radius:
            inside = middle
        else:
            outside = middle
    return 0.5 * (inside + outside)


@njit(cache=True, nogil=True)
def transits(grid: Grid, rows: FloatArray, sites: FloatArray, ups: FloatArray, body: int, radius_m: float,
             within_m: float, out: FloatArray) -> int:
    """Transits in the passes rows (of ``passes.passes`` over the horizon) into out (m, ROW); their number.

    A disc that is missed counts when its line on the ground runs within within_m, roughly (across the line of sight).
    """
    work, count = np.empty((3, 3)), 0
    for k in range(rows.shape[0]):
        p = int(rows[k, 0])
        site, up = sites[p], ups[p]
        _apart(grid, 0.5 * (rows[k, 6] + rows[k, 8]), site, body, work)
        if work[1 + body, 0] * up[0] + work[1 + body, 1] * up[1] + work[1 + body, 2] * up[2] < _FAR_BELOW - 1e-4 * (
                rows[k, 8] - rows[k, 6]):
            continue
        before, at = np.inf, np.inf
        steps = int((rows[k, 8] - rows[k, 6]) / _STEP_S) + 2
        step = (rows[k, 8] - rows[k, 6]) / steps
        for i in range(steps + 1):
            t = rows[k, 6] + i * step
            angle = _apart(grid, t, site, body, work)[0]
            if before > at <= angle or (i == steps and angle < at):
                low, high = max(t - 2 * step, rows[k, 6]), t
                mid = closest(grid, low, high, site, body, work)
                least, distance, far = _apart(grid, mid, site, body, work)
                height = work[1 + body, 0] * up[0] + work[1 + body, 1] * up[1] + work[1 + body, 2] * up[2]
                radius = math.asin(radius_m / distance)
                if height > 0 and least < radius + within_m / far and count < out.shape[0]:
                    row = out[count]
                    row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7] = (
                        p, mid, least, radius, far, mid, mid, height)
                    if least < radius:
                        row[5] = _edge(grid, mid, -1.0, radius, site, body, work)
                        row[6] = _edge(grid, mid, 1.0, radius, site, body, work)
                    count += 1
            before, at = at, angle
    return count
