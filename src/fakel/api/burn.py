"""Could we light it: a flame in a room of a station or a ship, outside, or on the ground."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fakel.load.library import Library
from fakel.model.burn import Amounts, BurnReport, Crossing, Mixed, Scenario
from fakel.model.cabin import Cabin
from fakel.model.errors import InputError, require_known
from fakel.model.fire import FireDrill, Flame, Fuel
from fakel.physics import flame_heat
from fakel.physics.flame import MADE, MADE_KG
from fakel.physics.gas import SPECIES
from fakel.plan import flame as plan
from fakel.plan.flame_words import SPACE_AIR_KG_M3, answer, words

OUTSIDE, GROUND, STATION = "outside", "ground", "station"
USUAL = "sochi-torch"
SEA_LEVEL = {"N2": 78.08 / 20.95, "AR": 0.93 / 20.95, "CO2": 0.04 / 20.95}
"""Of dry air, for each mol of oxygen (US Standard Atmosphere 1976; carbon dioxide of 2013)."""
SEA_LEVEL_OXYGEN = 0.2095
GROUND_K = 288.15


def record(kind: type, name: str, what: str) -> Any:
    """A fuel, a flame or a cabin by its id or file."""
    path = Path(name)
    library = Library(path.parent if path.suffix == ".toml" else None)
    return library.load(kind, path) if path.suffix == ".toml" else library.find(kind, name, what)


def flame_of(flame: str = "", fuel: str = "", mass_kg: float | None = None, burn_s: float | None = None) -> Flame:
    """A flame that ships (or a file), with what is given instead; of a fuel alone the torch's mass and time.

    Raises InputError for an unknown one, a negative mass or a time of nothing.
    """
    found: Flame = record(Flame, flame or USUAL, "--flame")
    burnt: Fuel | None = record(Fuel, fuel, "--fuel") if fuel else None
    try:
        if burnt is not None:
            found = replace(found, id=burnt.id, name=f"A flame of {burnt.name.lower()}", fuel=burnt)
        if mass_kg is not None:
            told = "mass given" if math.isfinite(mass_kg) else ""
            if not told:
                raise ValueError(f"a fuel's mass of {mass_kg:g} kg cannot be; write a number")
            found = replace(found, mass_kg=mass_kg, confidence=told)
        return found if burn_s is None else replace(found, burn_s=burn_s)
    except ValueError as error:
        raise InputError(f"flame: {error}") from error


def cabin_of(name: str, o2_percent: float | None = None, pressure_kpa: float | None = None) -> Cabin:
    """An inside, with another share of oxygen or another pressure. Raises InputError for what cannot be."""
    cabin: Cabin = record(Cabin, name, "--cabin")
    try:
        if pressure_kpa is not None:
            if not 0.0 < pressure_kpa < 1e4:
                raise ValueError(f"--pressure-kpa {pressure_kpa:g} cannot be; write more than 0, up to 10000")
            part = 1e3 * pressure_kpa / cabin.pressure_pa
            cabin = replace(cabin, pressure_pa=1e3 * pressure_kpa, o2_pa=cabin.o2_pa * part, co2_pa=cabin.co2_pa * part,
                            h2o_pa=cabin.h2o_pa * part)
        if o2_percent is not None:
            if not 0.0 <= o2_percent <= 100.0:
                raise ValueError(f"--o2-percent {o2_percent:g}: oxygen cannot be below 0 or above 100 % of the air")
            oxygen = 0.01 * o2_percent * cabin.pressure_pa
            other = max(cabin.pressure_pa - oxygen, 0.0)
            cabin = replace(cabin, o2_pa=oxygen, co2_pa=min(cabin.co2_pa, 0.1 * other),
                            h2o_pa=min(cabin.h2o_pa, 0.1 * other))
    except ValueError as error:
        raise InputError(str(error)) from error
    return cabin


def burn(flame: Flame | None = None, place: str = "pirs", cabin: Cabin | str = "iss-2013-11", people: int = 9,
         closed_s: float = 3600.0, hours: float = 96.0) -> BurnReport:
    """Light a flame. place: a room of the cabin, ``station``, ``outside`` or ``ground``.

    In a room it burns twice: with its hatches closed and nobody in it until closed_s, and with them open. Raises
    InputError for an unknown place, people below 0, or hours that end before the flame does.
    """
    lit = flame_of() if flame is None else flame
    inside = cabin_of(cabin) if isinstance(cabin, str) else cabin
    drill = drill_of(inside.id)
    require_known("--place", place, {*inside.rooms, STATION, OUTSIDE, GROUND})
    if people < 0 or not 0.0 < hours * 3600.0 < 1e8 or hours * 3600.0 < lit.burn_s or not closed_s >= 0.0:
        raise InputError(f"--people {people}, --hours {hours:g} and closed for {closed_s / 60:g} min cannot be; write "
                         "people of 0 or more, and hours that outlast the flame")
    made = plan.amounts(lit.fuel, lit.mass_kg)
    oxygen, with_each = _air(inside, place)
    burns = oxygen >= lit.fuel.out_below_o2 and lit.mass_kg > 0.0
    scenarios = _scenarios(inside, place, lit, drill, people, closed_s, hours) if burns and place != GROUND else ()
    volumes = () if place in (OUTSIDE, GROUND) else _mixed(inside, place, lit.fuel, made)
    rules = tuple(dict.fromkeys(c.rule for s in scenarios for c in s.crossings if c.broken and not c.before))
    report = BurnReport(lit, place, _where(inside, place), "", (), made, oxygen, _air_m3(made, oxygen, inside),
                        _temperature(lit.fuel, oxygen, with_each, inside, place), volumes, scenarios,
                        ("FLAME", *rules) if scenarios else (), _assumed(lit, drill, bool(scenarios)))
    return replace(report, answer=answer(report), why=words(report, people))


def drill_of(cabin: str) -> FireDrill:
    """The fire drill of a cabin, or the station's where it has none."""
    library = Library(None)
    name = cabin if cabin in library.paths(FireDrill) else "iss-2013-11"
    return library.find(FireDrill, name, "drill")  # type: ignore[no-any-return]


def _where(cabin: Cabin, place: str) -> str:
    told = {OUTSIDE: "outside, in the vacuum of the orbit", GROUND: "on the ground, in open air",
            STATION: f"in {cabin.name}" + (", hatches open" if len(cabin.rooms) > 1 else "")}
    return told.get(place) or f"in {cabin.rooms[place].name}"


def _air(cabin: Cabin, place: str) -> tuple[float, dict[str, float]]:
    """The oxygen's share, and what comes with each mol of it."""
    if place == OUTSIDE:
        return 0.0, {}
    if place == GROUND:
        return SEA_LEVEL_OXYGEN, SEA_LEVEL
    rest = cabin.pressure_pa - cabin.o2_pa - cabin.co2_pa - cabin.h2o_pa
    oxygen = max(cabin.o2_pa, 1e-9)
    return cabin.o2_pa / cabin.pressure_pa, {"N2": rest / oxygen, "CO2": cabin.co2_pa / oxygen,
                                             "H2O": cabin.h2o_pa / oxygen}


def _air_m3(made: Amounts, oxygen: float, cabin: Cabin) -> float:
    """Volume of air that holds the oxygen; outside, of the thin air there, as if all of it were oxygen."""
    taken = -float(made.clean_kg[0])
    if oxygen <= 0.0:
        return taken / SPACE_AIR_KG_M3
    mols = taken / float(MADE_KG[0]) / oxygen
    return float(mols * 8.314462618 * cabin.temperature_k / cabin.pressure_pa)


def _temperature(fuel: Fuel, oxygen: float, with_each: dict[str, float], cabin: Cabin, place: str) -> float | None:
    if not flame_heat.installed() or oxygen < fuel.out_below_o2:
        return None
    clean = plan.amounts(fuel, 1.0).clean_kg
    need = -float(clean[0]) / float(MADE_KG[0]) * plan.physics.molar_kg(fuel.atoms)
    at = (101_325.0, GROUND_K) if place == GROUND else (cabin.pressure_pa, cabin.temperature_k)
    return flame_heat.adiabatic(fuel.atoms, fuel.formation_j_mol, need, with_each, *at).temperature_k


def _mixed(cabin: Cabin, place: str, fuel: Fuel, made: Amounts) -> tuple[Mixed, ...]:
    whole = plan.mixed(cabin, "the whole cabin", cabin.volume_m3, fuel, made)
    if place == STATION or len(cabin.rooms) == 1:
        return (whole,)
    room = cabin.rooms[place]
    return plan.mixed(cabin, f"{room.name}, sealed", room.volume_m3, fuel, made), whole


def _scenarios(cabin: Cabin, place: str, lit: Flame, drill: FireDrill, people: int, closed_s: float,
               hours: float) -> tuple[Scenario, ...]:
    room = max(cabin.people, key=lambda name: cabin.people[name]) if place == STATION else place
    kinds = {"hatches closed": (True, False), "hatches open": (False, False),
             "hatches open, fans off at the alarm": (False, True)}
    if len(cabin.rooms) == 1:
        kinds = {"one room": (False, False)}
    elif place == STATION:
        kinds.pop("hatches closed")
    return tuple(_scenario(name, plan.burn(cabin, room, lit, drill, people, sealed, closed_s, hours, still), drill)
                 for name, (sealed, still) in kinds.items())


def _scenario(name: str, burnt: plan.Burn, drill: FireDrill) -> Scenario:
    series: Sequence[dict[str, Any]] = [{q: plan.quantity(burnt.air, where, q) for q in plan.QUANTITIES}
                                        for where in (burnt.room, STATION)]
    crossed = plan.crossings(burnt, drill, burnt.room)
    cleaned = {gas: plan.cleaned_s(burnt, SPECIES.index(gas)) for gas in plan.CLEANED
               if burnt.flame.made_kg[MADE.index(gas)] > 1e-9}
    return Scenario(name, burnt.room, burnt.sealed, burnt.flame, burnt.out_s, burnt.starved, burnt.opened_s,
                    burnt.alarms_s, cleaned, _fit_s(crossed), float(plan.oxygen_left_kg(burnt).min()), crossed,
                    burnt.air.t_s, *series)


def _fit_s(crossed: Sequence[Crossing]) -> float | None:
    """When all limits that the flame alone broke are kept again."""
    until = [c.until_s for c in crossed if c.broken and not c.before]
    return None if None in until else max((u for u in until if u is not None), default=0.0)


def _assumed(lit: Flame, drill: FireDrill, inside: bool) -> tuple[str, ...]:
    told = [f"{lit.name}: {lit.confidence}", f"{lit.fuel.name}: {lit.fuel.confidence}"]
    return tuple(told + ([f"detectors: {drill.source}", "fans, scrubbers, walls: data/cabins says which are assumed",
                          "filters for carbon monoxide and soot: flows from memory, efficiency assumed (data/cabins)"]
                         if inside else []))
