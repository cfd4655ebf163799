"""Ships weigh what the ledger puts into them: a phase gets its ship as it is loaded then.

The mass of a ship in a mission file counts its crew and what is aboard when the mission begins; the mass of a descent
module in a vehicle file counts a full crew (an empty seat is taken to hold as much) and no cargo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fakel.model.cargo import inside, mass_kg, packed, require_load
from fakel.model.flight import Leg, Situation
from fakel.model.mission import Mission
from fakel.model.outfit import Item
from fakel.model.vehicle import Ship

Masses = Mapping[str, Item]


def with_load(plan: Any, mission: Mission, situation: Situation) -> Any:
    """A phase's plan with its ship as the ledger loads it: what it brings home counts already.

    Raises InputError when a ship that leaves is to carry more than its vehicle brings down, or has no room for it.
    """
    named = getattr(plan, "ship", None)
    if not isinstance(named, Ship) or named.id not in mission.ships:
        return plan
    brings = tuple(getattr(plan, "brings", ()))
    aboard = sorted({*inside(named.id, situation.holders, situation.places), *brings})
    return replace(plan, ship=loaded(named, aboard, at_start(named.id, mission), mission.items))


def loaded(ship: Ship, aboard: list[str], first: tuple[str, ...], items: Masses) -> Ship:
    """A ship of a mission with these items aboard instead of those it had first."""
    cargo_kg, vehicle = mass_kg(items, aboard), ship.vehicle
    if vehicle.descent is not None:
        vehicle = replace(vehicle, descent=replace(vehicle.descent, carried_kg=cargo_kg))
    return replace(ship, vehicle=vehicle, mass_kg=ship.mass_kg + cargo_kg - mass_kg(items, first))


def at_start(ship: str, mission: Mission) -> tuple[str, ...]:
    """Items that a ship has when the mission begins."""
    return inside(ship, mission.holders, {person.id: person.place for person in mission.people.values()})


def boarded(situation: Situation, ship: str, added_kg: float) -> Situation:
    """The situation with a ship heavier by what was put into it."""
    if not added_kg or ship not in situation.craft:
        return situation
    craft, knowledge = dict(situation.craft), dict(situation.knowledge)
    craft[ship] = replace(craft[ship], mass_kg=craft[ship].mass_kg + added_kg)
    if ship in knowledge:
        state = knowledge[ship].state
        knowledge[ship] = replace(knowledge[ship], state=replace(state, mass_kg=state.mass_kg + added_kg))
    return replace(situation, craft=craft, knowledge=knowledge)


def weighed(leg: Leg, items: Masses) -> Leg:
    """The leg with the ships that stayed docked as heavy afterwards as what was moved in and out makes them."""
    before, after = leg.before, leg.after
    for ship in set(before.joined) & set(after.joined):
        added_kg = (mass_kg(items, inside(ship, after.holders, after.places))
                    - mass_kg(items, inside(ship, before.holders, before.places)))
        after = boarded(after, ship, added_kg)
    return leg if after is leg.after else replace(leg, after=after)


def stowed(ship: Ship, aboard: list[str], items: Masses, asked: Mapping[str, str], where: str) -> dict[str, str]:
    """Where in the descent module each item is packed. Raises InputError for more than it takes."""
    things = [items[name] for name in aboard]
    require_load(things, ship.vehicle, "down", where)
    return {} if ship.vehicle.stowage is None else packed(things, ship.vehicle.stowage, where, asked)
