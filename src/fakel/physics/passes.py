"""Passes of one path over many places: when it stands above a mask, and which part of that can be seen.

The path is a table on an even grid (``Grid``), in ITRF; cubic Hermite pieces join its places (0.4 m in low orbit
at steps of 60 s), straight lines the directions of Sun and Moon (3e-6 rad). Compiled, without the interpreter's lock,
so that threads may share the places out.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray

RISES, LEAVES_SHADOW, NIGHT_FALLS, DATA_BEGINS = 0, 1, 2, 3
SETS, ENTERS_SHADOW, DAWN, DATA_ENDS = 0, 1, 2, 3
ROW = 9
"""Columns of a pass: place; start, peak, end of the seen part (s); why it begins and ends; rise, culmination, set."""
_TOLERANCE_S = 1e-4
_TILT_RAD = 4e-3            # the ellipsoid's vertical leaves the line from the Earth's centre by up to 3.4e-3 rad


class Grid(NamedTuple):
    """A path at t0_s + i step_s: place (n, 3) m and velocity (n, 3) m/s in ITRF, Sun and Moon (n, 3) m in ITRF; lit
    (2, k): begin and end of the stretches of sunlight on the craft, s, in order."""

    t0_s: float
    step_s: float
    place: FloatArray
    velocity: FloatArray
    sun: FloatArray
    moon: FloatArray
    lit: FloatArray


class Limits(NamedTuple):
    """What counts: sines of the lowest elevation and of the highest Sun, how fast the path's foot moves at most
    (rad/s), how far out it comes (m), whether sunlight, and night, are asked for; whole_night: what meets twilight is
    dropped, not cut."""

    sin_mask: float
    sin_sun: float
    fastest_rad_s: float
    farthest_m: float
    need_light: bool
    need_night: bool
    whole_night: bool


@njit(cache=True, nogil=True)
def seen_from(grid: Grid, t_s: float, site: FloatArray, up: FloatArray) -> tuple[float, float]:
    """Sine of the elevation of the path at t_s from a site (3,) m with its vertical up (3,), and its rate, 1/s."""
    u = (t_s - grid.t0_s) / grid.step_s
    i = min(max(int(u), 0), grid.place.shape[0] - 2)
    s, h = u - i, grid.step_s
    a, b = (1 + 2 * s) * (1 - s) ** 2, s * (1 - s) ** 2 * h
    c, d = s * s * (3 - 2 * s), s * s * (s - 1) * h
    da, db, dd = 6 * s * (s - 1) / h, (1 - s) * (1 - 3 * s), s * (3 * s - 2)
    r2 = rv = height = climb = 0.0
    for j in range(3):
        p, q, v, w = grid.place[i, j], grid.place[i + 1, j], grid.velocity[i, j], grid.velocity[i + 1, j]
        x = a * p + b * v + c * q + d * w - site[j]
        y = da * (p - q) + db * v + dd * w
        r2 += x * x
        rv += x * y
        height += up[j] * x
        climb += up[j] * y
    r = math.sqrt(r2)
    return height / r, climb / r - height * rv / (r2 * r)


@njit(cache=True, nogil=True)
def sine_of_sun(grid: Grid, t_s: float, up: FloatArray) -> float:
    """Sine of the elevation of the Sun's centre, no refraction; its parallax (2e-5 rad) is left out."""
    u = (t_s - grid.t0_s) / grid.step_s
    i = min(max(int(u), 0), grid.place.shape[0] - 2)
    s = u - i
    height = r2 = 0.0
    for j in range(3):
        x = grid.sun[i, j] + s * (grid.sun[i + 1, j] - grid.sun[i, j])
        height += up[j] * x
        r2 += x * x
    return height / math.sqrt(r2)


@njit(cache=True, nogil=True)
def _crossing(grid: Grid, a_s: float, b_s: float, site: FloatArray, up: FloatArray, level: float) -> float:
    """Where the sine of the elevation passes a level between two instants that lie to either side of it: Newton's
    steps, kept inside by bisection."""
    rising = seen_from(grid, b_s, site, up)[0] > level
    t = 0.5 * (a_s + b_s)
    for _ in range(60):
        g, rate = seen_from(grid, t, site, up)
        g -= level
        if (g > 0) == rising:
            b_s = t
        else:
            a_s = t
        step = -g / rate if rate != 0.0 else b_s - a_s
        new = t + step
        if not a_s < new < b_s:
            new = 0.5 * (a_s + b_s)
        if abs(new - t) < _TOLERANCE_S:
            return new
        t = new
    return t


@njit(cache=True, nogil=True)
def _top(grid: Grid, a_s: float, b_s: float, site: FloatArray, up: FloatArray) -> float:
    """Where the elevation stops rising between two instants that lie to either side of its maximum."""
    low, high = seen_from(grid, a_s, site, up)[1], seen_from(grid, b_s, site, up)[1]
    t, side = a_s, 0
    for _ in range(60):
        new = (a_s * high - b_s * low) / (high - low) if high != low else 0.5 * (a_s + b_s)
        if abs(new - t) < _TOLERANCE_S:
            return new
        t, rate = new, seen_from(grid, new, site, up)[1]
        if rate > 0:                                # Illinois: an end that stays put twice counts half
            a_s, low, high, side = new, rate, 0.5 * high if side == 1 else high, 1
        else:
            b_s, high, low, side = new, rate, 0.5 * low if side == -1 else low, -1
    return t


@njit(cache=True, nogil=True)
def _highest(grid: Grid, a_s: float, b_s: float, site: FloatArray, up: FloatArray) -> float:
    """Where the elevation is greatest from a_s to b_s: looked for between all nodes of the grid."""
    best_s, best = a_s, seen_from(grid, a_s, site, up)[0]
    t, rate = a_s, seen_from(grid, a_s, site, up)[1]
    node = math.floor((a_s - grid.t0_s) / grid.step_s) + 1
    while t < b_s:
        new = min(grid.t0_s + node * grid.step_s, b_s)
        node += 1
        if new <= t:
            continue
        height, new_rate = seen_from(grid, new, site, up)
        if rate > 0 >= new_rate:
            top_s = _top(grid, t, new, site, up)
            top = seen_from(grid, top_s, site, up)[0]
            if top > best:
                best_s, best = top_s, top
        if height > best:
            best_s, best = new, height
        t, rate = new, new_rate
    return best_s


@njit(cache=True, nogil=True)
def _nights(grid: Grid, a_s: float, b_s: float, up: FloatArray, sin_sun: float, out: FloatArray) -> int:
    """Stretches from a_s to b_s with the Sun below a limit, into out (m, 2); their number (m: there may be more)."""
    count = 0
    t, sine = a_s, sine_of_sun(grid, a_s, up) - sin_sun
    since = a_s
    node = math.floor((a_s - grid.t0_s) / grid.step_s) + 1
    while t < b_s:
        new = min(grid.t0_s + node * grid.step_s, b_s)
        node += 1
        if new <= t:
            continue
        new_sine = sine_of_sun(grid, new, up) - sin_sun
        if (sine < 0) != (new_sine < 0):
            cross = t + (new - t) * sine / (sine - new_sine)       # within 1e-3 s: the Sun's sine is nearly straight
            if new_sine < 0:
                since = cross
            elif count < out.shape[0]:
                out[count, 0], out[count, 1] = since, cross
                count += 1
        t, sine = new, new_sine
    if sine < 0 and count < out.shape[0]:
        out[count, 0], out[count, 1] = since, b_s
        count += 1
    return count


@njit(cache=True, nogil=True)
def _add(grid: Grid, site: FloatArray, up: FloatArray, rise_s: float, set_s: float, cut: int, limits: Limits,
         out: FloatArray, count: int, nights: FloatArray) -> int:
    """Add the seen parts of one pass to out; the new count. cut: 1 where its rise, 2 where its set, is the data's end.
    """
    top_s = -1.0
    begins0, ends0 = (DATA_BEGINS if cut & 1 else RISES), (DATA_ENDS if cut & 2 else SETS)
    if limits.need_night:
        number = _nights(grid, rise_s, set_s, up, limits.sin_sun, nights)
    else:
        number = 1
        nights[0, 0], nights[0, 1] = rise_s, set_s
    if number == 0:
        return count
    lit = grid.lit
    first = np.searchsorted(lit[1], rise_s) if limits.need_light else 0
    last = lit.shape[1] if limits.need_light else 1
    for i in range(first, last):
        a, b = (lit[0, i], lit[1, i]) if limits.need_light else (rise_s, set_s)
        if a >= set_s:
            break
        begins1, ends1 = (LEAVES_SHADOW if a > rise_s else begins0), (ENTERS_SHADOW if b < set_s else ends0)
        a, b = max(a, rise_s), min(b, set_s)
        for k in range(number):
            start_s, end_s = max(a, nights[k, 0]), min(b, nights[k, 1])
            if end_s <= start_s or (limits.whole_night and (start_s > a or end_s < b)):
                continue
            if top_s < 0:
                top_s = _highest(grid, rise_s, set_s, site, up)
            if count < out.shape[0]:
                row = out[count]
                row[1], row[3], row[6], row[7], row[8] = start_s, end_s, rise_s, top_s, set_s
                row[2] = top_s if start_s <= top_s <= end_s else _highest(grid, start_s, end_s, site, up)
                row[4] = NIGHT_FALLS if start_s > a else begins1
                row[5] = DAWN if end_s < b else ends1
            count += 1
    return count


@njit(cache=True, nogil=True)
def _reach(site: FloatArray, limits: Limits) -> tuple[float, float]:
    """How far a site is from the Earth's centre (m), and from the foot of the path at most where that is seen (rad)."""
    size, mask = math.sqrt(site[0] ** 2 + site[1] ** 2 + site[2] ** 2), math.asin(limits.sin_mask)
    return size, math.acos(min(1.0, size * math.cos(mask) / limits.farthest_m)) - mask + _TILT_RAD


@njit(cache=True, nogil=True)
def _between_nodes(grid: Grid, a_s: float, b_s: float, site: FloatArray, up: FloatArray, level: float
                   ) -> tuple[float, float]:
    """Rise and set of a pass that lies between two nodes, between which it culminates; twice the same where none does.
    """
    top_s = _top(grid, a_s, b_s, site, up)
    if seen_from(grid, top_s, site, up)[0] <= level:
        return top_s, top_s
    return _crossing(grid, a_s, top_s, site, up, level), _crossing(grid, top_s, b_s, site, up, level)


@njit(cache=True, nogil=True)
def _of_place(grid: Grid, site: FloatArray, up: FloatArray, limits: Limits, out: FloatArray, nights: FloatArray) -> int:
    """Passes over one place into out (m, ROW) without their place; their number, which may be more than m."""
    n = grid.place.shape[0]
    size, reach = _reach(site, limits)
    stride = limits.fastest_rad_s * grid.step_s
    cos_reach = math.cos(min(reach + stride, math.pi))      # a short pass may lie between two nodes out of reach
    zero = int(np.int64(0))                      # a literal 0 would have _add compiled thrice
    count, k, inside, cut = zero, 0, False, zero
    rise_s = rate_before = 0.0
    known = -1                                   # the node before was looked at, too
    while k < n:
        r = grid.place[k]
        if not inside:
            c = (r[0] * site[0] + r[1] * site[1] + r[2] * site[2]) / (
                size * math.sqrt(r[0] ** 2 + r[1] ** 2 + r[2] ** 2))
            if c < cos_reach:
                k += max(1, int((math.acos(c) - reach) / stride))
                continue
        t = grid.t0_s + k * grid.step_s
        g, rate = seen_from(grid, t, site, up)
        above = g > limits.sin_mask
        if k == 0:
            if above:
                inside, rise_s, cut = True, t, zero + 1
        elif above and not inside:
            inside, rise_s, cut = True, _crossing(grid, t - grid.step_s, t, site, up, limits.sin_mask), zero
        elif inside and not above:
            set_s = _crossing(grid, t - grid.step_s, t, site, up, limits.sin_mask)
            count = _add(grid, site, up, rise_s, set_s, cut, limits, out, count, nights)
            inside = False
        elif not inside and rate <= 0:
            if known != k - 1:
                rate_before = seen_from(grid, t - grid.step_s, site, up)[1]
            if rate_before > 0:
                a, b = _between_nodes(grid, t - grid.step_s, t, site, up, limits.sin_mask)
                if a < b:
                    cut = zero
                    count = _add(grid, site, up, a, b, cut, limits, out, count, nights)
        rate_before, known = rate, k
        k += 1
    if inside:
        count = _add(grid, site, up, rise_s, grid.t0_s + (n - 1) * grid.step_s, cut | 2, limits, out, count, nights)
    return count


@njit(cache=True, nogil=True)
def passes(grid: Grid, sites: FloatArray, ups: FloatArray, limits: Limits, out: FloatArray) -> int:
    """Passes over sites (m, 3) m with verticals ups (m, 3), in order of place and time, into out (rows, ROW); their
    number, which is more than the rows when out was too small: then call again with so many."""
    count, nights = 0, np.empty((int(grid.step_s * grid.place.shape[0] / 43_200.0) + 8, 2))
    for p in range(sites.shape[0]):
        begin = min(count, out.shape[0])
        found = _of_place(grid, sites[p], ups[p], limits, out[begin:], nights)
        for i in range(begin, min(begin + found, out.shape[0])):
            out[i, 0] = p
        count += found
    return count
