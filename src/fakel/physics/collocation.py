"""Coasts by collocation: whole segments of some minutes at once, all nodes of a segment side by side.

Within a segment the acceleration is the polynomial through its values at Gauss-Legendre nodes; integrated twice it
gives the places at the nodes, where the acceleration is asked again, until nothing moves. Asking is made cheap in two
ways. All nodes are asked together, as the lanes of vector instructions. And a low field, which follows the full one to
1e-5, carries the iteration, while the full field is asked two or three times a node (Beylkin & Sandberg 2014; Bradley,
Jones, Beylkin, Sandberg & Axelrad 2014). No segment needs the one before, so burns may begin anywhere, and the
polynomial itself is the dense output. Errors: see ``TAIL_M`` and ``SETTLED_M``.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics import gravity
from fakel.physics.force import FAST, TERMS, Forces, drag, ephemeris, holds, log_density, orient, pulls
from fakel.physics.force import SERIES as QUANTITIES
from fakel.physics.gauss import END_R, END_V, LANES, NODE, ONCE, SERIES, SIZES, TWICE
from fakel.physics.geodesy import FLATTENING, RADIUS_M, geodetic_of
from fakel.physics.gravity import PLACE, PULL, accelerations_itrf
from fakel.physics.shadow import light_at_nodes

DONE, BEYOND_DAYS, BELOW_GROUND, UNBOUND, UNSETTLED, NO_MASS, OTHER_AIR = range(7)      # how a coast ends
LONGEST_S, SHORTEST_S = 1045.0, 2.0
NODES, NODES_PER_S, NODES_PER_DEGREE_S = 6.0, 4.2e-3, 2.49e-4     # a segment has at least the sum of the three
LOW_ORDERS = 4                               # of the low field: degree 2 and what else its rows of the table hold
FIRST_ORDERS = 50                            # of the first asking; higher degrees move a node by less than 1 m
FIRST_SWEEPS, SWEEPS = 2, 4                  # of the low field, before the first asking and after each
MOST_ASKED = 8
# Another asking follows while the last one moved the segment's end by more than SETTLED_M; what the next would find is
# then a thousandth of it. A segment is halved when its last two coefficients are worth more than TAIL_M at its end; a
# Gauss rule, exact to twice the degree, is then still good to some mm a day (measured: 4 mm at 4 m).
SETTLED_M = 4e-3
TAIL_M = 10.0
MOST_TERMS = SIZES[-1]
KEPT = 1 + 7 + 3 * MOST_TERMS                # columns of a record: time, state, coefficients

# Rows of the workspace after those of gravity, three for a vector: place, velocity and acceleration (GCRF); all forces
# less the low field; all but the Earth's pull; sums; both as last asked; turn of the Earth (9), Sun and Moon (6),
# pole (2), air (6), sunlight (3). A constant room for each, see ``gauss.LANES``.
R, V, A, _REST, _OTHER, _SUM, _WAS, _WAS_OTHER, _TURN, _SKY, _POLE, _AIR, _LIGHT = (
    LANES * (gravity.ROWS + row) for row in (0, 3, 6, 9, 12, 15, 18, 21, 24, 33, 39, 41, 47))
ROOM = LANES * (gravity.ROWS + 50)
_AIR_SLOPE, _AIR_R, AIR_PLACE = _AIR + LANES, _AIR + 2 * LANES, _AIR + 3 * LANES
_SAME_AIR_M2 = 50.0**2                       # the air is asked again when a node has moved farther


@njit(cache=True, fastmath=FAST)
def surroundings(t_s: float, h_s: float, n: int, rule: FloatArray, field: Field, now: FloatArray, m: FloatArray,
                  w: FloatArray) -> None:
    """The Earth's turn, Sun, Moon and pole at the nodes of a segment."""
    for j in range(n):
        ephemeris(t_s + h_s * rule[NODE, j], field, now)
        orient(now, m)
        for i in range(3):
            for k in range(3):
                w[_TURN + (3 * i + k) * LANES + j] = m[i, k]
        for i in range(6):
            w[_SKY + i * LANES + j] = now[5 + i]
        w[_POLE + j], w[_POLE + LANES + j] = now[0], now[1]


@njit(cache=True, fastmath=FAST)
def _conic(y: FloatArray, h_s: float, n: int, rule: FloatArray, mu_m3_s2: float, w: FloatArray) -> None:
    """First guess of the places: two-body motion by f and g (Battin 1999, sect. 3.4), for bound orbits."""
    r0 = math.sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2])
    a = 1.0 / (2.0 / r0 - (y[3] * y[3] + y[4] * y[4] + y[5] * y[5]) / mu_m3_s2)
    sigma = (y[0] * y[3] + y[1] * y[4] + y[2] * y[5]) / math.sqrt(mu_m3_s2 * a)
    rate, bend = math.sqrt(mu_m3_s2 / a) / a, 1.0 - r0 / a
    for j in range(n):
        dt = h_s * rule[NODE, j]
        mean = rate * dt
        x = mean + bend * math.sin(mean) - sigma * (1.0 - math.cos(mean))
        for _ in range(2):
            s, c = math.sin(x), math.cos(x)
            x -= (x - bend * s + sigma * (1.0 - c) - mean) / (1.0 - bend * c + sigma * s)
        f, g = 1.0 - a / r0 * (1.0 - math.cos(x)), dt - (x - math.sin(x)) / rate
        for i in range(3):
            w[R + i * LANES + j] = f * y[i] + g * y[3 + i]


@njit(cache=True, fastmath=FAST)
def integrate(n: int, rule: FloatArray, first: int, scale: float, to: int, w: FloatArray) -> None:
    """Integrals of the acceleration at all nodes, added to what stands in the rows ``to`` (three)."""
    for i in range(n):
        w[_SUM + i], w[_SUM + LANES + i], w[_SUM + 2 * LANES + i] = 0.0, 0.0, 0.0
    for j in range(n):
        ax, ay, az = w[A + j], w[A + LANES + j], w[A + 2 * LANES + j]
        for i in range(n):
            share = rule[first + j, i]
            w[_SUM + i] += share * ax
            w[_SUM + LANES + i] += share * ay
            w[_SUM + 2 * LANES + i] += share * az
    for i in range(n):
        w[to + i] += scale * w[_SUM + i]
        w[to + LANES + i] += scale * w[_SUM + LANES + i]
        w[to + 2 * LANES + i] += scale * w[_SUM + 2 * LANES + i]


@njit(cache=True, fastmath=FAST)
def places(y: FloatArray, h_s: float, n: int, rule: FloatArray, w: FloatArray) -> None:
    """Places at the nodes from the acceleration there."""
    for c in range(3):
        for j in range(n):
            w[R + c * LANES + j] = y[c] + h_s * rule[NODE, j] * y[3 + c]
    integrate(n, rule, TWICE, h_s * h_s, R, w)


@njit(cache=True, fastmath=FAST)
def earth_pull(n: int, orders: int, field: Field, w: FloatArray) -> None:
    """The Earth's pull (GCRF) at the nodes into the rows A, by so many orders of the field."""
    for j in range(n):
        x, y, z = w[R + j], w[R + LANES + j], w[R + 2 * LANES + j]
        w[PLACE + j] = w[_TURN + j] * x + w[_TURN + LANES + j] * y + w[_TURN + 2 * LANES + j] * z
        w[PLACE + LANES + j] = (w[_TURN + 3 * LANES + j] * x + w[_TURN + 4 * LANES + j] * y
                                + w[_TURN + 5 * LANES + j] * z)
        w[PLACE + 2 * LANES + j] = (w[_TURN + 6 * LANES + j] * x + w[_TURN + 7 * LANES + j] * y
                                    + w[_TURN + 8 * LANES + j] * z)
    accelerations_itrf(n, orders, field.gravity, field.scale[0], w)
    for j in range(n):
        x, y, z = w[PULL + j], w[PULL + LANES + j], w[PULL + 2 * LANES + j]
        w[A + j] = w[_TURN + j] * x + w[_TURN + 3 * LANES + j] * y + w[_TURN + 6 * LANES + j] * z
        w[A + LANES + j] = (w[_TURN + LANES + j] * x + w[_TURN + 4 * LANES + j] * y
                             + w[_TURN + 7 * LANES + j] * z)
        w[A + 2 * LANES + j] = (w[_TURN + 2 * LANES + j] * x + w[_TURN + 5 * LANES + j] * y
                                 + w[_TURN + 8 * LANES + j] * z)


@njit(cache=True, fastmath=FAST)
def others(t_s: float, h_s: float, n: int, mass_kg: float, rule: FloatArray, forces: Forces, field: Field,
            w: FloatArray) -> None:
    """Add all that is not the Earth's pull to the acceleration at the nodes."""
    airy = forces.cd_area_m2 > 0.0 and field.air.shape[0] > 0
    if forces.cr_area_m2 > 0.0:
        light_at_nodes(n, rule, R, _SKY, _LIGHT, w)
    for j in range(n):
        x, y, z = w[R + j], w[R + LANES + j], w[R + 2 * LANES + j]
        vx, vy, vz = w[V + j], w[V + LANES + j], w[V + 2 * LANES + j]
        ax, ay, az = pulls(x, y, z, vx, vy, vz, mass_kg, w[_SKY + j], w[_SKY + LANES + j], w[_SKY + 2 * LANES + j],
                           w[_SKY + 3 * LANES + j], w[_SKY + 4 * LANES + j], w[_SKY + 5 * LANES + j], forces, field,
                           w[_LIGHT + j])
        if airy:
            kg_m3 = _air(t_s + h_s * rule[NODE, j], j, x, y, z, field, w)
            dx, dy, dz = drag(x, y, z, vx, vy, vz, mass_kg, w[_POLE + j], w[_POLE + LANES + j], kg_m3, forces)
            ax, ay, az = ax + dx, ay + dy, az + dz
        w[A + j] += ax
        w[A + LANES + j] += ay
        w[A + 2 * LANES + j] += az


@njit(cache=True, fastmath=FAST)
def _air(t_s: float, j: int, x: float, y: float, z: float, field: Field, w: FloatArray) -> float:
    """Density at a node; the table is asked again only when the node has moved, else its slope with height serves."""
    r = math.sqrt(x * x + y * y + z * z)
    dx, dy, dz = x - w[AIR_PLACE + j], y - w[AIR_PLACE + LANES + j], z - w[AIR_PLACE + 2 * LANES + j]
    if dx * dx + dy * dy + dz * dz > _SAME_AIR_M2:
        lat, lon, height = geodetic_of(
            w[_TURN + j] * x + w[_TURN + LANES + j] * y + w[_TURN + 2 * LANES + j] * z,
            w[_TURN + 3 * LANES + j] * x + w[_TURN + 4 * LANES + j] * y + w[_TURN + 5 * LANES + j] * z,
            w[_TURN + 6 * LANES + j] * x + w[_TURN + 7 * LANES + j] * y + w[_TURN + 8 * LANES + j] * z)
        w[_AIR + j], w[_AIR_SLOPE + j] = log_density(t_s, lat, lon, height, field)
        w[_AIR_R + j] = r
        w[AIR_PLACE + j], w[AIR_PLACE + LANES + j], w[AIR_PLACE + 2 * LANES + j] = x, y, z
    return math.exp(w[_AIR + j] + w[_AIR_SLOPE + j] * (r - w[_AIR_R + j]))


@njit(cache=True, fastmath=FAST)
def _ask(t_s: float, h_s: float, n: int, orders: int, weight: float, mass_kg: float, rule: FloatArray, forces: Forces,
         field: Field, w: FloatArray) -> float:
    """Ask all forces at the nodes; what they are more than the low field, which A and _REST tell, is left in _REST.

    Returns the largest change (m/s2) since the last asking, the change of gravity times a weight.
    """
    for i in range(3 * LANES):
        w[_WAS + i], w[_WAS_OTHER + i] = w[_REST + i], w[_OTHER + i]
        w[_REST + i] -= w[A + i]             # the low field, negative
        w[A + i] = 0.0
    others(t_s, h_s, n, mass_kg, rule, forces, field, w)
    for i in range(3 * LANES):
        w[_OTHER + i] = w[A + i]
        w[_REST + i] += w[_OTHER + i]
    earth_pull(n, orders, field, w)
    change = 0.0
    for c in range(3):
        for i in range(c * LANES, c * LANES + n):
            w[_REST + i] += w[A + i]
            w[A + i] += w[_OTHER + i]
            change = max(change, abs(w[_OTHER + i] - w[_WAS_OTHER + i]), weight * abs(w[_REST + i] - w[_WAS + i]))
    return change


@njit(cache=True, fastmath=FAST)
def segment(y: FloatArray, t_s: float, h_s: float, n: int, rule: FloatArray, forces: Forces, field: Field,
            now: FloatArray, m: FloatArray, w: FloatArray) -> tuple[float, float]:
    """Solve one segment from y (7,) with n nodes; acceleration at the nodes is left in the workspace.

    Returns how far the last asking of the full field moved the end, and what the last two Legendre coefficients are
    worth there (both m).
    """
    orders = field.gravity.shape[0]
    low = min(LOW_ORDERS, orders)
    mu_m3_s2 = -field.gravity[0, 1, 4] * field.scale[0] * field.scale[0]
    surroundings(t_s, h_s, n, rule, field, now, m, w)
    _conic(y, h_s, n, rule, mu_m3_s2, w)
    for j in range(n):
        w[AIR_PLACE + j] = 0.0
    earth_pull(n, low, field, w)
    for i in range(3 * LANES):
        w[_REST + i] = 0.0
    for _ in range(FIRST_SWEEPS):
        places(y, h_s, n, rule, w)
        earth_pull(n, low, field, w)
    moved = 0.0
    for asked in range(MOST_ASKED):
        for c in range(3):
            for j in range(n):
                w[V + c * LANES + j] = y[3 + c]
        integrate(n, rule, ONCE, h_s, V, w)
        # Gravity's slopes are known to be gentle, air may be as steep as it likes; so of gravity's change a hundredth
        # counts, and nothing while it is that of more degrees.
        asked_orders = min(orders, FIRST_ORDERS) if asked == 0 else orders
        weight = 0.0 if asked == 1 and orders > FIRST_ORDERS else 0.01
        change = _ask(t_s, h_s, n, asked_orders, weight, y[6], rule, forces, field, w)
        for _ in range(SWEEPS):
            places(y, h_s, n, rule, w)
            earth_pull(n, low, field, w)
            for c in range(3):
                for j in range(n):
                    w[A + c * LANES + j] += w[_REST + c * LANES + j]
        moved = 0.5 * change * h_s * h_s
        if asked > 0 and moved < SETTLED_M:
            break
    tail, total = 0.0, 0.0
    for c in range(3):
        last, before = 0.0, 0.0
        for j in range(n):
            total += w[A + c * LANES + j]
            last += rule[SERIES + n - 1, j] * w[A + c * LANES + j]
            before += rule[SERIES + n - 2, j] * w[A + c * LANES + j]
        tail = max(tail, abs(last) + abs(before))
    if not math.isfinite(total):             # max() above does not see what is not a number
        return math.inf, math.inf
    return moved, 0.25 * tail * h_s * h_s


@njit(cache=True, fastmath=FAST)
def fly(y: FloatArray, t0_s: float, t1_s: float, forces: Forces, field: Field, rules: FloatArray, keep: bool
        ) -> tuple[FloatArray, int, FloatArray, int]:
    """Coast from y (7,) at t0_s to t1_s, forward or backward; rules: ``gauss.rules()``.

    Returns the last state, how it ended (DONE or what is wrong), a record (rows, KEPT) and how many of its rows count:
    each holds an edge between segments, the state there and, but for the last, the segment's Legendre coefficients of
    the acceleration (3, MOST_TERMS). Without keep the record is empty. After an error it holds what went well before.
    """
    room = int(abs(t1_s - t0_s) / LONGEST_S) + 8 if keep else 0
    record = np.zeros((room, KEPT))
    now, m, w = np.zeros(QUANTITIES + TERMS), np.zeros((3, 3)), np.zeros(ROOM)
    longest_s = _longest(field.gravity.shape[0] - 2)
    y, t, row, limit_s, end = y.copy(), t0_s, 0, longest_s, _trouble(y, t0_s, t1_s, field)
    while end == DONE:
        if keep:
            if row == room:
                room *= 2
                record = _longer(record, room)
            record[row, 0] = t
            for j in range(7):
                record[row, 1 + j] = y[j]
        if t == t1_s:
            break
        parts = max(1.0, math.ceil(abs(t1_s - t) / limit_s - 1e-9))
        h = (t1_s - t) / parts
        which = size(abs(h), field.gravity.shape[0] - 2)
        n, rule = SIZES[which], rules[which]
        moved, tail = segment(y, t, h, n, rule, forces, field, now, m, w)
        good = moved < SETTLED_M and tail < TAIL_M
        over_ground = _lowest(n, w) > 0.0
        if not (good and over_ground) and abs(h) > SHORTEST_S:
            limit_s = 0.5 * abs(h)
            continue
        if not over_ground:
            end = BELOW_GROUND
        elif not good:
            end = UNSETTLED
            for j in range(n):
                if forces.cd_area_m2 > 0.0 and math.isnan(w[_AIR + j]):
                    end = OTHER_AIR
        else:
            if keep:
                keep_series(n, rule, w, record, row)
            advance(y, h, n, rule, w)
            t = t1_s if parts == 1.0 else t + h
            row += 1
            limit_s = min(longest_s, 2.0 * limit_s)
    return y, end, record, row + 1 if keep else 0


@njit(cache=True)
def _trouble(y: FloatArray, t0_s: float, t1_s: float, field: Field) -> int:
    """What is wrong with a start, or DONE."""
    if not (holds(t0_s, field) and holds(t1_s, field)):
        return BEYOND_DAYS
    if not y[6] > 0.0:
        return NO_MASS
    r = math.sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2])
    if not r > RADIUS_M * (1.0 - FLATTENING):
        return BELOW_GROUND
    mu_m3_s2 = -field.gravity[0, 1, 4] * field.scale[0] * field.scale[0]
    if not y[3] * y[3] + y[4] * y[4] + y[5] * y[5] < 2.0 * mu_m3_s2 / r:
        return UNBOUND
    return DONE


@njit(cache=True)
def _longest(degree: int) -> float:
    """Length (s) of a segment that the largest rule can serve."""
    return min(LONGEST_S, (MOST_TERMS - NODES) / (NODES_PER_S + NODES_PER_DEGREE_S * degree))


@njit(cache=True)
def size(h_s: float, degree: int) -> int:
    """Which rule serves a segment so long."""
    wanted = NODES + h_s * (NODES_PER_S + NODES_PER_DEGREE_S * degree)
    which = 0
    while which < len(SIZES) - 1 and SIZES[which] < wanted:
        which += 1
    return which


@njit(cache=True, fastmath=FAST)
def _lowest(n: int, w: FloatArray) -> float:
    """Height (m) of the lowest node over the ellipsoid, to first order in the flattening."""
    lowest = 1e12
    for j in range(n):
        x, y, z = w[R + j], w[R + LANES + j], w[R + 2 * LANES + j]
        r2 = x * x + y * y + z * z
        lowest = min(lowest, math.sqrt(r2) - RADIUS_M * (1.0 - FLATTENING * z * z / r2))
    return lowest


@njit(cache=True, fastmath=FAST)
def advance(y: FloatArray, h_s: float, n: int, rule: FloatArray, w: FloatArray) -> None:
    """From the start of a segment to its end."""
    for c in range(3):
        dv, dr = 0.0, 0.0
        for j in range(n):
            dv += rule[END_V, j] * w[A + c * LANES + j]
            dr += rule[END_R, j] * w[A + c * LANES + j]
        y[c] += h_s * (y[3 + c] + h_s * dr)
        y[3 + c] += h_s * dv


@njit(cache=True, fastmath=FAST)
def keep_series(n: int, rule: FloatArray, w: FloatArray, record: FloatArray, row: int) -> None:
    """Legendre coefficients of the acceleration in a segment."""
    for c in range(3):
        for k in range(n):
            total = 0.0
            for j in range(n):
                total += rule[SERIES + k, j] * w[A + c * LANES + j]
            record[row, 8 + c * MOST_TERMS + k] = total


@njit(cache=True)
def _longer(old: FloatArray, rows: int) -> FloatArray:
    """A copy with more rows; by loops, as slices cost seconds of compiling."""
    new = np.zeros((rows, old.shape[1]))
    for i in range(old.shape[0]):
        for j in range(old.shape[1]):
            new[i, j] = old[i, j]
    return new
