"""Air of joined cabins: a network of well-mixed volumes, stiff and conservative.

Each step is linearly implicit, in three parts: pressures say how much flows through each opening; with these flows each
gas, and then the heat, is carried by the upstream cabin's air. All matrices are M-matrices, so that amounts stay
positive at any step and need no pivots. What crosses an opening leaves one side and enters the other by the same number
(flux form), so mass and energy are kept to round-off whatever the step's error. A whole step and two halves give the
error, and their extrapolation the second order; where it would go below zero, the halves stand.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.physics.gas import CV_J_KG_K, GAS_J_KG_K, hole_m3_s, saturation_pa

Ints = NDArray[np.int64]
SOFT_PA = 1.0
"""Below that difference a hole's flow is taken in proportion to it: the square root has no slope at zero."""
RELATIVE, MASS_KG_M3, ENERGY_J_M3 = 3e-4, 1e-8, 5.0
"""Of the step's error, before extrapolation: relative, and for each m3 of a volume."""
SHORTEST_S, LONGEST_S, MOST_STEPS = 1e-6, 3600.0, 500_000


class Net(NamedTuple):
    """V volumes, L openings, K removers, F feeds, S gases. Amounts per second are steady within one march.

    wall_w_k, wall_k: heat to the walls for each kelvin, their temperature. supply_kg_s (V, S): what fires and people
    give, and take where negative, at the volume's temperature; heat_w (V,).
    link_from, link_to: to may be -1, space. hole_m2: effective area. stir_m3_s: so much goes both ways. pump_m3_s: so
    much goes from `from` to `to`.
    sink_m3_s: air cleaned, times efficiency. sink_dew_k: water is taken down to that dew point (0: of the volume's
    own temperature; NaN: everything is taken). sink_max_kg_s; sink_left_kg: what it can still hold.
    feed_max_kg_s: given while the partial pressure is at most feed_full_pa, none from feed_none_pa on, in proportion
    between; of the total pressure where feed_total is 1. feed_j_kg: heat with it.
    """

    volume_m3: FloatArray
    wall_w_k: FloatArray
    wall_k: FloatArray
    supply_kg_s: FloatArray
    heat_w: FloatArray
    link_from: Ints
    link_to: Ints
    hole_m2: FloatArray
    stir_m3_s: FloatArray
    pump_m3_s: FloatArray
    sink_volume: Ints
    sink_species: Ints
    sink_m3_s: FloatArray
    sink_dew_k: FloatArray
    sink_max_kg_s: FloatArray
    sink_left_kg: FloatArray
    feed_volume: Ints
    feed_species: Ints
    feed_max_kg_s: FloatArray
    feed_full_pa: FloatArray
    feed_none_pa: FloatArray
    feed_total: Ints
    feed_j_kg: FloatArray


class Layout(NamedTuple):
    """Where the parts of a state vector begin: masses (V, S), energies (V,), then what crossed borders so far.

    links (L, S + 1): from -> to, kg of each gas and J. sinks (K, 2): kg, J. feeds (F, 2). supply (V, S + 1). walls (V,)
    """

    energy: int
    links: int
    sinks: int
    feeds: int
    supply: int
    walls: int
    size: int


def layout(volumes: int, links: int, sinks: int, feeds: int) -> Layout:
    """The layout of a network of that size."""
    s, at = len(CV_J_KG_K), [0]
    for part in (volumes * s, volumes, links * (s + 1), sinks * 2, feeds * 2, volumes * (s + 1), volumes):
        at.append(at[-1] + part)
    return Layout(*at[1:])


def layout_of(net: Net) -> Layout:
    """The layout of a network."""
    return layout(len(net.volume_m3), len(net.link_from), len(net.sink_volume), len(net.feed_volume))


def first_state(net: Net, mass_kg: FloatArray, temperature_k: FloatArray) -> FloatArray:
    """The state vector of masses (V, S) and temperatures (V,), nothing moved yet."""
    where = layout_of(net)
    x = np.zeros(where.size)
    x[:where.energy] = mass_kg.ravel()
    x[where.energy:where.links] = (mass_kg @ CV_J_KG_K) * temperature_k
    return x


def march(net: Net, x: FloatArray, t_s: FloatArray, first_s: float = 1.0) -> tuple[FloatArray, int]:
    """States (n, size) at the instants t_s (n,), of which the first is x's; and how many steps were taken.

    Raises FlightError when the air changes too fast to be followed, such as of people in an empty room.
    """
    rows = np.empty((len(t_s), len(x)))
    steps = _march(net, np.asarray(tuple(layout_of(net)), dtype=np.int64), x.copy(), np.asarray(t_s, dtype=float),
                   first_s, rows)
    if steps < 0:
        raise FlightError(f"the air changes too fast to be followed for {t_s[-1] - t_s[0]:g} s; is a room with people "
                          "or fire empty?")
    return rows, int(steps)


@njit(cache=True)
def _march(net, at, x, t_s, step_s, rows):  # type: ignore[no-untyped-def]
    rows[0], t, steps = x, t_s[0], 0
    _volumes, species, cells = len(net.volume_m3), len(GAS_J_KG_K), at[1]
    for row in range(1, len(t_s)):
        while t < t_s[row]:
            left = t_s[row] - t
            h = min(step_s, left)
            if left - h < 0.1 * h:
                h = left
            whole = _step(net, at, x, h)
            halves = _step(net, at, _step(net, at, x, 0.5 * h), 0.5 * h)
            steps += 1
            if steps > MOST_STEPS:
                return -1
            error = 0.0
            for i in range(cells):
                v = i // species if i < at[0] else i - at[0]
                floor = net.volume_m3[v] * (MASS_KG_M3 if i < at[0] else ENERGY_J_M3)
                error = max(error, abs(halves[i] - whole[i]) / (floor + RELATIVE * abs(halves[i])))
            if error > 1.0 and h > SHORTEST_S:
                step_s = h * max(0.2, 0.9 / error ** 0.5)
                continue
            better = 2.0 * halves - whole
            low = 0.0
            for i in range(cells):
                low = min(low, better[i])
            x = halves if low < 0.0 else better
            t = t_s[row] if h == left else t + h
            grown = h * min(4.0, 0.9 / max(error, 1e-4) ** 0.5)
            step_s = min(LONGEST_S, max(grown, step_s if h == left else 0.0)) if error <= 1.0 else h
        rows[row] = x
    return steps


@njit(cache=True)
def _step(net, at, x, h):  # type: ignore[no-untyped-def]
    """One linearly implicit step of h seconds."""
    n, s, out = len(net.volume_m3), len(GAS_J_KG_K), x.copy()
    m = x[:at[0]].reshape((n, s))
    temp, held, gamma = np.empty(n), np.empty(n), np.empty(n)
    for v in range(n):
        held[v], gas = 1e-9, 1e-9
        for k in range(s):
            held[v] += m[v, k] * CV_J_KG_K[k]
            gas += m[v, k] * GAS_J_KG_K[k]
        temp[v] = x[at[0] + v] / held[v]
        gamma[v] = 1.0 + gas / held[v]
    sink, feed, taken = np.zeros((len(net.sink_volume), 2)), np.zeros(len(net.feed_volume)), np.zeros((n, s))
    _wishes(net, at, x, h, m, temp, gamma, sink, feed, taken)
    later = held.copy()                                         # heat capacities when fans and pumps have carried gas
    _solve(_carrying(net, h, net.stir_m3_s + net.pump_m3_s, net.stir_m3_s), later)
    there, back = _warm(net, at, x, h, m, temp, held, later, gamma, sink, feed, taken, out)
    carried = _carrying(net, h, there, back)
    for k in range(s):
        _carry(net, at, h, k, m, carried, there, back, sink, feed, taken, out)
    return out


@njit(cache=True)
def _carrying(net, h, there, back):  # type: ignore[no-untyped-def]
    """What turns amounts after a step into those before it, with so much flowing (m3/s)."""
    matrix = np.eye(len(net.volume_m3))
    for i in range(len(net.link_from)):
        a, b = net.link_from[i], net.link_to[i]
        matrix[a, a] += h * there[i] / net.volume_m3[a]
        if b >= 0:
            matrix[b, a] -= h * there[i] / net.volume_m3[a]
            matrix[b, b] += h * back[i] / net.volume_m3[b]
            matrix[a, b] -= h * back[i] / net.volume_m3[b]
    return matrix


@njit(cache=True)
def _wishes(net, at, x, h, m, temp, gamma, sink, feed, taken):  # type: ignore[no-untyped-def]
    """What removers (rate times mass, less) and feeds do in this step, and where people ask for more than there is."""
    for v in range(len(net.volume_m3)):
        for k in range(len(GAS_J_KG_K)):
            if -net.supply_kg_s[v, k] * h > 0.5 * m[v, k]:
                taken[v, k] = -net.supply_kg_s[v, k] / max(m[v, k], 1e-12)
    for i in range(len(net.feed_volume)):
        v, k = net.feed_volume[i], net.feed_species[i]
        told = m[v, k] * GAS_J_KG_K[k] * temp[v] / net.volume_m3[v]
        if net.feed_total[i] == 1:
            told = (gamma[v] - 1.0) * x[at[0] + v] / net.volume_m3[v]
        part = (net.feed_none_pa[i] - told) / (net.feed_none_pa[i] - net.feed_full_pa[i])
        feed[i] = net.feed_max_kg_s[i] * min(max(part, 0.0), 1.0)
    for i in range(len(net.sink_volume)):
        v, k = net.sink_volume[i], net.sink_species[i]
        floor_kg, rate = 0.0, net.sink_m3_s[i] / net.volume_m3[v]
        if net.sink_dew_k[i] >= 0.0:
            dew_k = net.sink_dew_k[i] if net.sink_dew_k[i] > 0.0 else temp[v]
            floor_kg = saturation_pa(dew_k) * net.volume_m3[v] / (GAS_J_KG_K[k] * max(temp[v], 1.0))
        over = m[v, k] - floor_kg
        if over <= 0.0:
            continue
        most = min(net.sink_max_kg_s[i], max(net.sink_left_kg[i] - x[at[2] + 2 * i], 0.0) / h)
        if rate * over > most:
            rate, floor_kg = most / m[v, k], 0.0
        sink[i, 0], sink[i, 1] = rate, rate * floor_kg


@njit(cache=True)
def _warm(net, at, x, h, m, temp, held, later, gamma, sink, feed, taken, out):  # type: ignore[no-untyped-def]
    """The energies after the step, into out; returns the volumes that cross each opening in a second, there and back.

    A pressure is (gamma - 1) times the energy of a volume's gas, so the energies say what a hole lets through.
    """
    n, links, s = len(net.volume_m3), len(net.link_from), len(GAS_J_KG_K)
    cp = CV_J_KG_K + GAS_J_KG_K
    matrix, right, there, back = np.eye(n), np.empty(n), np.zeros(links), np.zeros(links)
    dense, tense = np.empty(n), np.empty(n)                     # enthalpy in each m3, and pressure, of an energy of 1 J
    supplied, asked, cleaned = np.zeros(n), np.zeros(n), np.zeros(len(net.sink_volume))
    for v in range(n):
        dense[v], tense[v] = gamma[v] / net.volume_m3[v], (gamma[v] - 1.0) / net.volume_m3[v]
        supplied[v] = net.heat_w[v]
        for k in range(s):
            if taken[v, k] > 0.0:
                asked[v] += taken[v, k] * m[v, k] * cp[k] / held[v]
            else:
                supplied[v] += net.supply_kg_s[v, k] * cp[k] * temp[v]
        right[v] = x[at[0] + v] + h * (supplied[v] + net.wall_w_k[v] * net.wall_k[v])
        matrix[v, v] += h * (asked[v] + net.wall_w_k[v] / later[v])
    for i in range(len(net.feed_volume)):
        v, k = net.feed_volume[i], net.feed_species[i]
        right[v] += h * feed[i] * (cp[k] * temp[v] + net.feed_j_kg[i])
    for i in range(len(net.sink_volume)):
        v, k = net.sink_volume[i], net.sink_species[i]
        cleaned[i] = (sink[i, 0] * m[v, k] - sink[i, 1]) * cp[k] / held[v]
        matrix[v, v] += h * cleaned[i]
    slope, up, donor = np.zeros(links), np.zeros(links), np.zeros(links, np.int64)
    _openings(net, at, x, h, m, temp, held, later, gamma, dense, tense, matrix, there, back, slope, up, donor)
    _solve(matrix, right)
    _book_heat(net, at, h, temp, held, later, dense, tense, right, there, back, slope, up, donor, feed, supplied,
               asked, cleaned, out)
    return there, back


@njit(cache=True)
def _openings(net, at, x, h, m, temp, held, later, gamma, dense, tense, matrix,  # type: ignore[no-untyped-def]
              there, back, slope, up, donor):
    """What openings put into the matrix of energies: steady flows, and a hole's slope over pressure."""
    for i in range(len(net.link_from)):
        a, b = net.link_from[i], net.link_to[i]
        there[i] = net.stir_m3_s[i] + net.pump_m3_s[i]
        pressure = tense[a] * x[at[0] + a]
        if b < 0:
            there[i] += hole_m3_s(net.hole_m2[i], pressure, 0.0, _specific(net, pressure, m, a), gamma[a])
            matrix[a, a] += h * there[i] * dense[a]
            continue
        back[i] = net.stir_m3_s[i]
        other = tense[b] * x[at[0] + b]
        high, low, u = (pressure, other, a) if pressure >= other else (other, pressure, b)
        donor[i] = u
        if net.hole_m2[i] > 0.0 and high > 1e-3:
            apart = min(max(high - low, SOFT_PA), high)
            slope[i] = hole_m3_s(net.hole_m2[i], high, high - apart, _specific(net, high, m, u), gamma[u]) / apart
            up[i] = slope[i] * dense[u] * x[at[0] + u]
        one, two = there[i] * dense[a] + up[i] * tense[a], back[i] * dense[b] + up[i] * tense[b]
        matrix[a, a] += h * one
        matrix[b, a] -= h * one
        matrix[b, b] += h * two
        matrix[a, b] -= h * two
        gas = h * slope[i] * held[u] / net.volume_m3[u]         # heat capacity that goes with a push, for walls' sake
        for v, sign in ((a, 1.0), (b, -1.0)):
            wall = sign * h * net.wall_w_k[v] / later[v] * temp[v] * gas
            matrix[v, a] += wall * tense[a]
            matrix[v, b] -= wall * tense[b]


@njit(cache=True)
def _book_heat(net, at, h, temp, held, later, dense, tense, right, there, back, slope, up,  # type: ignore[no-untyped-def]
               donor, feed, supplied, asked, cleaned, out):
    """Heat leaves one account and enters another by the same number; right holds the energies after the step."""
    n, links, s = len(net.volume_m3), len(net.link_from), len(GAS_J_KG_K)
    cp = CV_J_KG_K + GAS_J_KG_K
    moved = np.zeros(n)
    for i in range(links):
        a, b = net.link_from[i], net.link_to[i]
        heat = there[i] * dense[a] * right[a]
        if b >= 0:
            push = tense[a] * right[a] - tense[b] * right[b]
            heat += up[i] * push - back[i] * dense[b] * right[b]
            u = donor[i]
            gas = h * slope[i] * held[u] / net.volume_m3[u] * push
            moved[a] -= gas
            moved[b] += gas
            there[i] += slope[i] * max(push, 0.0)
            back[i] += slope[i] * max(-push, 0.0)
            out[at[0] + b] += h * heat
        out[at[0] + a] -= h * heat
        out[at[1] + i * (s + 1) + s] += h * heat
    for i in range(len(net.feed_volume)):
        v, k = net.feed_volume[i], net.feed_species[i]
        heat = h * feed[i] * (cp[k] * temp[v] + net.feed_j_kg[i])
        out[at[0] + v] += heat
        out[at[3] + 2 * i + 1] += heat
    for i in range(len(net.sink_volume)):
        heat = h * cleaned[i] * right[net.sink_volume[i]]
        out[at[0] + net.sink_volume[i]] -= heat
        out[at[2] + 2 * i + 1] += heat
    for v in range(n):
        heat = h * (supplied[v] - asked[v] * right[v])
        lost = h * net.wall_w_k[v] * ((right[v] - temp[v] * moved[v]) / later[v] - net.wall_k[v])
        out[at[0] + v] += heat - lost
        out[at[4] + v * (s + 1) + s] += heat
        out[at[5] + v] += lost


@njit(cache=True)
def _specific(net, pressure, m, v):  # type: ignore[no-untyped-def]
    """Pressure over density, J/kg."""
    return pressure * net.volume_m3[v] / max(m[v].sum(), 1e-30)


@njit(cache=True)
def _carry(net, at, h, k, m, carried, there, back, sink, feed, taken, out):  # type: ignore[no-untyped-def]
    """The masses of gas k after the step, into out: what crosses a border leaves one account and enters another by the
    same number."""
    n, s = len(net.volume_m3), len(GAS_J_KG_K)
    new, matrix, some = np.empty(n), carried.copy(), False
    for v in range(n):
        matrix[v, v] += h * taken[v, k]
        new[v] = m[v, k] + (0.0 if taken[v, k] > 0.0 else h * net.supply_kg_s[v, k])
    for i in range(len(net.feed_volume)):
        if net.feed_species[i] == k:
            new[net.feed_volume[i]] += h * feed[i]
    for i in range(len(net.sink_volume)):
        if net.sink_species[i] == k:
            matrix[net.sink_volume[i], net.sink_volume[i]] += h * sink[i, 0]
            new[net.sink_volume[i]] += h * sink[i, 1]
    for v in range(n):
        some = some or new[v] != 0.0
    if not some:
        return
    _solve(matrix, new)
    for i in range(len(net.link_from)):
        a, b = net.link_from[i], net.link_to[i]
        kg = h * there[i] / net.volume_m3[a] * new[a]
        if b >= 0:
            kg -= h * back[i] / net.volume_m3[b] * new[b]
            out[b * s + k] += kg
        out[a * s + k] -= kg
        out[at[1] + i * (s + 1) + k] += kg
    for i in range(len(net.feed_volume)):
        if net.feed_species[i] == k:
            out[net.feed_volume[i] * s + k] += h * feed[i]
            out[at[3] + 2 * i] += h * feed[i]
    for i in range(len(net.sink_volume)):
        if net.sink_species[i] == k:
            kg = h * (sink[i, 0] * new[net.sink_volume[i]] - sink[i, 1])
            out[net.sink_volume[i] * s + k] -= kg
            out[at[2] + 2 * i] += kg
    for v in range(n):
        kg = h * (-taken[v, k] * new[v] if taken[v, k] > 0.0 else net.supply_kg_s[v, k])
        out[v * s + k] += kg
        out[at[4] + v * (s + 1) + k] += kg


@njit(cache=True)
def _solve(matrix, right):  # type: ignore[no-untyped-def]
    """Gauss's elimination in place, without pivots; right becomes the solution."""
    n = len(right)
    for i in range(n):
        for j in range(i + 1, n):
            if matrix[j, i] != 0.0:
                part = matrix[j, i] / matrix[i, i]
                for k in range(i + 1, n):
                    matrix[j, k] -= part * matrix[i, k]
                right[j] -= part * right[i]
    for i in range(n - 1, -1, -1):
        total = right[i]
        for k in range(i + 1, n):
            total -= matrix[i, k] * right[k]
        right[i] = total / matrix[i, i]
