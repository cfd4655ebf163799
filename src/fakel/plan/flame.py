"""A flame in a cabin: what it burns, how the air mixes and is cleaned, when smoke is seen and limits are crossed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.burn import Amounts, Crossing, Mixed
from fakel.model.cabin import Cabin
from fakel.model.errors import InputError, require_known
from fakel.model.fire import FireDrill, Flame, Fuel, Limit
from fakel.physics import flame as physics
from fakel.physics import gas
from fakel.physics.gas import CO, CO2, N2, O2, SOOT, TORR_PA
from fakel.plan.cabin import DAY_W, Course, Stretch, course, fresh

QUANTITIES = ("co2_mmhg", "co_ppm", "o2_kpa", "o2_percent", "smoke_1_m", "temperature_c", "pressure_kpa")
_INTO = [gas.SPECIES.index(name) for name in physics.MADE]
BURN_STEP_S, FINE_S, STEP_S = 2.0, 30.0, 600.0
CLEANED = ("co2", "co", "soot")
GONE = 0.1
"""The flame's gas counts as cleaned when no more than this part of it is left in the air."""


def amounts(fuel: Fuel, mass_kg: float) -> Amounts:
    """What so much fuel makes, with its soot and carbon monoxide, and clean."""
    made, heat = per_kg(fuel)
    clean = physics.made_kg_kg(fuel.atoms)
    return Amounts(mass_kg, made * mass_kg, heat * mass_kg, clean * mass_kg,
                   physics.heat_j_kg(fuel.atoms, fuel.formation_j_mol, clean) * mass_kg)


def per_kg(fuel: Fuel) -> tuple[FloatArray, float]:
    """What each kg makes (6,) and its heat, J/kg. Raises InputError where soot and CO need too much carbon."""
    try:
        co = physics.co_yield(fuel.atoms, fuel.soot) if fuel.co is None else fuel.co
        made = physics.made_kg_kg(fuel.atoms, fuel.soot, co)
    except ValueError as error:
        raise InputError(f"fuel {fuel.id}: {error}") from error
    return made, physics.heat_j_kg(fuel.atoms, fuel.formation_j_mol, made)


def mixed(cabin: Cabin, name: str, volume_m3: float, fuel: Fuel, flame: Amounts) -> Mixed:
    """All at once in a closed volume."""
    air = _filling(cabin, volume_m3)
    pa_kg = gas.UNIVERSAL_J_MOL_K * cabin.temperature_k / volume_m3 / physics.MADE_KG
    told = flame.clean_kg * pa_kg
    return Mixed(name, volume_m3, float(told[2]) / TORR_PA, 100.0 * float(told[0]) / cabin.pressure_pa,
                 float(told[3]) / TORR_PA, flame.clean_heat_j / float(air @ gas.CV_J_KG_K), float(air.sum()),
                 most_fuel_kg(cabin, volume_m3, fuel))


def _filling(cabin: Cabin, volume_m3: float) -> FloatArray:
    partial = np.zeros(len(gas.SPECIES))
    partial[O2], partial[CO2], partial[gas.H2O] = cabin.o2_pa, cabin.co2_pa, cabin.h2o_pa
    partial[N2] = cabin.pressure_pa - partial.sum()
    return gas.filling_kg(volume_m3, partial, cabin.temperature_k)


@dataclass(frozen=True, slots=True, eq=False)
class Burn:
    """A flame in a room over time, and the same hours without it.

    burnt_kg: until it was out, at out_s; starved: for want of oxygen. opened_s: when the room's hatches were opened
    (None: they always were). alarms_s: room to when smoke was seen there.
    """

    room: str
    sealed: bool
    flame: Amounts
    out_s: float
    starved: bool
    opened_s: float | None
    air: Course
    without: Course
    alarms_s: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Plan:
    """When the flame is out, the room is opened, and fans stand still (from, to); all seconds after lighting."""

    out_s: float
    opened_s: float
    still_s: tuple[float, float]
    stop_s: float


def burn(cabin: Cabin, room: str, flame: Flame, drill: FireDrill, people: int = 9, sealed: bool = False,
         closed_s: float = 3600.0, hours: float = 96.0, fans_off: bool = False) -> Burn:
    """Light a flame in a room. sealed: its hatches are closed and nobody is in it until closed_s. fans_off: when smoke
    is seen there, the drill's steps stop all fans between rooms, and the room's devices, for an hour.

    The air's heat goes to the walls as in any room, also in one that venting treats as a store of heat. Raises
    InputError for a room that is not there.
    """
    require_known("--place", room, {**cabin.rooms, "station": "", "outside": "", "ground": ""})
    cabin = replace(cabin, rooms={**cabin.rooms, room: replace(cabin.rooms[room], wall_w_k=None)})
    made, heat = per_kg(flame.fuel)
    rate = flame.mass_kg / flame.burn_s
    supply = np.zeros(len(gas.SPECIES))
    supply[_INTO] = made * rate
    lit = Stretch(0.0, supply={room: supply}, heat_w={room: heat * rate})
    never = (math.inf, math.inf)
    whole = _Plan(flame.burn_s, max(closed_s, flame.burn_s) if sealed else 0.0, never, flame.burn_s)
    first = _fly(cabin, room, lit, whole, people, sealed)
    still = _still(alarms(first, drill).get(room), drill) if fans_off else never
    if fans_off:
        first = _fly(cabin, room, lit, replace(whole, still_s=still), people, sealed)
    out_s, starved = _until_out(first, room, flame)
    opened_s = max(closed_s, out_s) if sealed else 0.0
    plan = _Plan(out_s, opened_s, still, hours * 3600.0)
    air = _fly(cabin, room, lit, plan, people, sealed)
    without = _fly(cabin, room, replace(lit, supply={}, heat_w={}), plan, people, sealed)
    return Burn(room, sealed, amounts(flame.fuel, rate * out_s), out_s, starved, opened_s if sealed else None, air,
                without, alarms(air, drill))


def _still(seen_s: float | None, drill: FireDrill) -> tuple[float, float]:
    """From when to when the fans stand still."""
    if seen_s is None:
        return math.inf, math.inf
    off_s = seen_s + sum(step.duration_s for step in drill.steps if "mask" not in step.name)
    return off_s, off_s + 3600.0


def _fly(cabin: Cabin, room: str, lit: Stretch, plan: _Plan, people: int, sealed: bool) -> Course:
    """The air from lighting to the plan's stop, cut where something changes."""
    shut = frozenset(h.id for h in cabin.hatches.values() if room in h.between) if sealed else frozenset()
    quiet = replace(cabin, hatches={h.id: replace(h, stir_m3_s=0.0) for h in cabin.hatches.values()})
    off = frozenset(d.id for d in (*cabin.scrubbers.values(), *cabin.generators.values(), *cabin.condensers.values())
                    if d.room == room)
    fine_s = max(plan.out_s, plan.opened_s, plan.still_s[1] if plan.still_s[1] < math.inf else 0.0) + 3600.0
    edges = sorted({0.0, plan.stop_s, *(t for t in (plan.out_s, plan.opened_s, *plan.still_s, fine_s)
                                        if 0.0 < t < plan.stop_s)})
    found: Course | None = None
    for begin, end in pairwise(edges):
        still = plan.still_s[0] <= begin < plan.still_s[1]
        closed = sealed and begin < plan.opened_s
        stretch = replace(lit if begin < plan.out_s else Stretch(0.0), duration_s=end - begin,
                          watts=_watts(cabin, people, room if closed else None), shut=shut if closed else frozenset(),
                          off=off if still else frozenset())
        step_s = BURN_STEP_S if begin < plan.out_s else FINE_S if begin < fine_s else STEP_S
        more = course(quiet if still else cabin, found.at_end() if found else fresh(cabin), [stretch], step_s)
        found = more if found is None else _after(found, more)
    return found if found is not None else course(cabin, fresh(cabin), [Stretch(0.0)])


def _after(first: Course, more: Course) -> Course:
    return replace(first, t_s=np.concatenate([first.t_s, first.t_s[-1] + more.t_s[1:]]),
                   mass_kg=np.concatenate([first.mass_kg, more.mass_kg[1:]]),
                   temperature_k=np.concatenate([first.temperature_k, more.temperature_k[1:]]),
                   used_kg=more.used_kg, steps=first.steps + more.steps)


def _watts(cabin: Cabin, people: int, but: str | None = None) -> dict[str, float]:
    """Where people live, outside one room."""
    parts = {room: part for room, part in cabin.people.items() if room != but}
    total = sum(parts.values())
    return {room: people * DAY_W * part / total for room, part in parts.items()} if total > 0.0 else {}


def _until_out(air: Course, room: str, flame: Flame) -> tuple[float, bool]:
    """How long it burns: until the fuel is gone, or the room's oxygen is too little."""
    i = air.rooms.index(room)
    share = air.partial_pa[:, i, O2] / np.maximum(air.pressure_pa[:, i], 1e-9)
    low = np.flatnonzero(share < flame.fuel.out_below_o2)
    if not len(low):
        return flame.burn_s, False
    if low[0] == 0:
        return 0.0, True
    a, b = low[0] - 1, low[0]
    part = (share[a] - flame.fuel.out_below_o2) / (share[a] - share[b])
    return float(air.t_s[a] + part * (air.t_s[b] - air.t_s[a])), True


def alarms(air: Course, drill: FireDrill) -> dict[str, float]:
    """When the detector of each room has seen smoke so many readings in a row; rooms that never do are left out."""
    smoke = physics.extinction_1_m(air.mass_kg[:, :, SOOT] / air.volume_m3)
    read_s = np.arange(0.0, float(air.t_s[-1]), drill.read_every_s)
    told: dict[str, float] = {}
    for i, room in enumerate(air.rooms):
        seen = np.interp(read_s, air.t_s, smoke[:, i]) >= drill.alarm_1_m
        row = np.convolve(seen, np.ones(drill.alarm_readings), "valid") >= drill.alarm_readings
        if row.any():
            told[room] = float(read_s[int(np.argmax(row)) + drill.alarm_readings - 1])
    return dict(sorted(told.items(), key=lambda pair: pair[1]))


def quantity(air: Course, room: str, name: str) -> FloatArray:
    """One of QUANTITIES along a course (n,) in a room; ``station``: of all rooms mixed."""
    if room == "station":
        partial, mass, volume = air.whole(), air.mass_kg.sum(axis=1), float(air.volume_m3.sum())
        kelvin = air.energy_j / (mass @ gas.CV_J_KG_K)
    else:
        i = air.rooms.index(room)
        partial, mass, volume = air.partial_pa[:, i], air.mass_kg[:, i], float(air.volume_m3[i])
        kelvin = air.temperature_k[:, i]
    total = np.maximum(partial.sum(axis=-1), 1e-9)
    told = {"co2_mmhg": partial[:, CO2] / TORR_PA, "co_ppm": 1e6 * partial[:, CO] / total,
            "o2_kpa": partial[:, O2] / 1e3, "o2_percent": 100.0 * partial[:, O2] / total,
            "smoke_1_m": physics.extinction_1_m(mass[:, SOOT] / volume), "temperature_c": kelvin - 273.15,
            "pressure_kpa": total / 1e3}
    return np.asarray(told[name])


def crossings(burnt: Burn, drill: FireDrill, room: str) -> tuple[Crossing, ...]:
    """Every limit in a room."""
    return tuple(_crossing(burnt, limit, room) for limit in drill.limits.values())


def _crossing(burnt: Burn, limit: Limit, room: str) -> Crossing:
    require_known(f"limit {limit.id}: quantity", limit.quantity, QUANTITIES)
    t_s = burnt.air.t_s
    with_, without = (running_mean(t_s, quantity(air, room, limit.quantity), limit.mean_s)
                      for air in (burnt.air, burnt.without))
    most = limit.op.startswith("<")
    beyond = with_ > limit.limit if most else with_ < limit.limit
    if limit.op in ("<", ">"):
        beyond |= with_ == limit.limit
    also = without > limit.limit if most else without < limit.limit
    where = np.flatnonzero(beyond)
    worst = float(with_.max() if most else with_.min())
    if not len(where):
        return Crossing(limit.id, limit.name, limit.quantity, limit.op, limit.limit, room, worst, None, None, False)
    until = None if where[-1] == len(t_s) - 1 else float(t_s[where[-1] + 1])
    return Crossing(limit.id, limit.name, limit.quantity, limit.op, limit.limit, room, worst, float(t_s[where[0]]),
                    until, bool(also.any()))


def running_mean(t_s: FloatArray, values: FloatArray, mean_s: float) -> FloatArray:
    """The mean of the last mean_s at each instant (n,), straight lines between; before the first, its value stood."""
    if mean_s <= 0.0:
        return values
    area = np.concatenate([[0.0], np.cumsum(0.5 * (values[1:] + values[:-1]) * np.diff(t_s))])
    back = t_s - mean_s
    inside = np.maximum(back, 0.0)
    i = np.clip(np.searchsorted(t_s, inside, side="right") - 1, 0, len(t_s) - 2)
    step = inside - t_s[i]
    slope = (values[i + 1] - values[i]) / np.maximum(t_s[i + 1] - t_s[i], 1e-12)
    until = area[i] + step * (values[i] + 0.5 * slope * step) + np.minimum(back, 0.0) * values[0]
    return np.asarray((area - until) / mean_s)


def cleaned_s(burnt: Burn, gas_index: int) -> float | None:
    """When only GONE of the flame's gas is left in all rooms; None: not within the course, or there was none."""
    more = (burnt.air.mass_kg[:, :, gas_index] - burnt.without.mass_kg[:, :, gas_index]).sum(axis=1)
    if more.max() <= 1e-9:
        return None
    left = more > GONE * more.max()
    last = int(np.flatnonzero(left)[-1])
    return None if last == len(more) - 1 else float(burnt.air.t_s[last + 1])


def oxygen_left_kg(burnt: Burn) -> FloatArray:
    """In the room (n,)."""
    return np.asarray(burnt.air.mass_kg[:, burnt.air.rooms.index(burnt.room), O2])


def most_fuel_kg(cabin: Cabin, volume_m3: float, fuel: Fuel) -> float:
    """How much fuel the oxygen of a closed volume burns until the flame goes out, as if mols stayed."""
    used = max(0.0, 1.0 - fuel.out_below_o2 * cabin.pressure_pa / max(cabin.o2_pa, 1e-9))
    oxygen = _filling(cabin, volume_m3)[O2] * used
    found = physics.fuel_for_oxygen_kg(per_kg(fuel)[0], float(oxygen))
    return found if math.isfinite(found) else 0.0
