"""Undocking: springs push the ship off its port, two small burns take it away from the station."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from fakel.model.blank import Blank, filled
from fakel.model.cargo import inside, mass_kg
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, require_known
from fakel.model.flight import STATION, Arc, Event, Leg, Situation, Transfer
from fakel.model.mission import Person
from fakel.model.outfit import Item
from fakel.model.place import Port, Site, Station
from fakel.model.vehicle import Ship
from fakel.phases.custody import entrust, hand_all
from fakel.plan import deorbit
from fakel.plan.beside import spending_channels
from fakel.plan.coasting import after_free_flight, coast_arc
from fakel.plan.loading import boarded, stowed
from fakel.plan.slip import first_day
from fakel.plan.undocking import clearance, departure, leave, missed_burns, undocking_of
from fakel.world import World

ENDINGS = ("done",)
STATION_STEP_S = 30.0
AFTER_LAST_BURN_S = 300.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who leaves, for a landing where and on which UTC day; undocking may be a blank.

    The ship's crew boards it and brings what is named in brings before the hatches close; stow says where an item is
    packed, otherwise there is the first place with room. slip_days: if the day has no landing (any more), so many later
    ones are tried. Drill: burns_made: only the first so many separation burns come.
    """

    ship: Ship
    station: Station
    people: Mapping[str, Person]
    items: Mapping[str, Item]
    zone: Site
    date: date
    undocking: Epoch | Blank = Blank.PLAN
    daylight: bool = False
    brings: tuple[str, ...] = ()
    stow: Mapping[str, str] = field(default_factory=dict)
    slip_days: int = 0
    burns_made: int | None = None

    def __post_init__(self) -> None:
        for item in self.brings:
            require_known("brings", item, self.items)
        for item, place in self.stow.items():
            require_known("stow", item, self.items)
            stowage = self.ship.vehicle.stowage
            require_known(f"stow: {item}", place,
                          [p.id for p in stowage.places.values() if p.lands] if stowage else [])


def check(plan: Plan, where: str) -> None:
    """Raises InputError for more separation burns, or fewer, than the vehicle has."""
    most = len(undocking_of(plan.ship.vehicle).burns)
    if plan.burns_made is not None and not 0 <= plan.burns_made <= most:
        raise InputError(f"{where} burns_made = {plan.burns_made} cannot be; {plan.ship.vehicle.name} makes {most}: "
                         f"write 0 to {most}")


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with its undocking: the vehicle's usual time before the braking burn of the day's landing.

    Raises InputError when the ship is not docked, NoWindow when the day has no landing.
    """
    _port(plan, situation)
    _stowed(plan, situation)
    situation = boarded(situation, plan.ship.id, _brought_kg(plan, situation))
    lead_s = undocking_of(plan.ship.vehicle).before_deorbit_s
    if isinstance(plan.undocking, Epoch):
        if plan.undocking < situation.epoch:
            raise InputError(f"undocking = {plan.undocking.iso()} lies before this leg begins "
                             f"({situation.epoch.iso()}); write a later instant or \"plan\"")
        return plan

    def on(day: date) -> Plan:
        chance = deorbit.departure_chance(plan.ship, plan.station, situation, plan.zone, day, plan.daylight, world)
        return replace(plan, undocking=world.epoch + (chance.braking.start_s - lead_s), date=day)
    return first_day(plan.date, plan.slip_days, on)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """The station coasts on; the ship leaves its port and drifts away until five minutes after its last burn."""
    start, port = filled(plan.undocking, "undocking: the instant"), _port(plan, before)
    steps = undocking_of(plan.ship.vehicle)
    stop = start + (max(b.after_s + b.duration_s for b in steps.burns) + AFTER_LAST_BURN_S)
    arc = coast_arc(before.craft[STATION], "undocking", stop, STATION_STEP_S, plan.station, world)
    leaving = leave(arc.state(start), before.craft[plan.ship.id].mass_kg + _brought_kg(plan, before), port,
                    plan.ship.vehicle)
    boarding = _boarding(plan, before, start)
    ship = departure(leaving, plan.ship, port, start, stop, world, plan.burns_made)
    after = _after(before, plan, arc, ship, boarding[1])
    drift = clearance(arc.state(stop), ship.state(stop), plan.station, plan.ship.vehicle, world)
    return Leg("undocking", "undocking", {}, before, after, "done", (arc, ship), spending_channels(plan.ship, ship),
               (*boarding[0], *_events(plan, port.id, arc, ship)), boarding[1],
               {"clearance": drift,
                "missed_burns": missed_burns(leaving, arc.state(start), plan.station, plan.ship, port, world),
                "stowage": _stowage_table(plan, before)})


def _aboard(plan: Plan, before: Situation) -> list[str]:
    """Items that leave with the ship."""
    return sorted({*inside(plan.ship.id, before.holders, before.places), *plan.brings})


def _brought_kg(plan: Plan, before: Situation) -> float:
    """What comes aboard as the hatches close."""
    there = inside(plan.ship.id, before.holders, before.places)
    return mass_kg(plan.items, [item for item in plan.brings if item not in there])


def _stowed(plan: Plan, before: Situation) -> dict[str, str]:
    return stowed(plan.ship, _aboard(plan, before), plan.items, plan.stow, "undocking")


def _stowage_table(plan: Plan, before: Situation) -> dict[str, list[Any]]:
    """Study ``stowage``: what is packed where."""
    places, stowage = _stowed(plan, before), plan.ship.vehicle.stowage
    return {"item": list(places), "place": list(places.values()),
            "name": [stowage.places[p].name for p in places.values()] if stowage else [],
            "mass_kg": [plan.items[item].mass_kg for item in places]}


def _after(before: Situation, plan: Plan, arc: Arc, ship: Arc, transfers: tuple[Transfer, ...]) -> Situation:
    """The ship flies free, its crew and what they bring aboard."""
    places = {**before.places, **dict.fromkeys(plan.ship.crew, plan.ship.id)}
    joined = {name: at for name, at in before.joined.items() if name != plan.ship.id}
    return after_free_flight(before, arc, ship.state(arc.stop), joined=joined, places=places,
                             holders=hand_all(before.holders, transfers))


def _boarding(plan: Plan, before: Situation, start: Epoch) -> tuple[tuple[Event, ...], tuple[Transfer, ...]]:
    """The crew and what it brings go aboard as the hatches close: the vehicle's usual time before, or at once."""
    ahead_s = undocking_of(plan.ship.vehicle).hatch_closed_before_s
    at = max(before.epoch, start + -ahead_s)
    ship = plan.ship.id
    transfers = tuple(entrust(at, before.holders, item, ship, "packed before the hatches close") for item in plan.brings
                      if before.holders.get(item) != ship)
    people = [Event(at, "crew_transfer", person, "undocking", {"from": before.places[person], "to": ship})
              for person in plan.ship.crew if before.places.get(person, ship) != ship]
    return (*people, Event(at, "hatch_closed", ship, "undocking", _load_facts(plan, before))), transfers


def _load_facts(plan: Plan, before: Situation) -> dict[str, float]:
    """Cargo on the way home, and the most that the vehicle brings."""
    stowage = plan.ship.vehicle.stowage
    limit = {} if stowage is None else {"cargo_limit_kg": stowage.down_kg}
    return {"cargo_kg": mass_kg(plan.items, _aboard(plan, before)), **limit}


def _port(plan: Plan, situation: Situation) -> Port:
    if plan.ship.id not in situation.joined:
        raise InputError(f"undocking: {plan.ship.name} is not docked; write docked = a port in [ships.{plan.ship.id}] "
                         "or dock it first")
    return plan.station.ports[situation.joined[plan.ship.id]]


def _events(plan: Plan, port: str, station: Arc, ship: Arc) -> tuple[Event, ...]:
    steps, start = undocking_of(plan.ship.vehicle), ship.start

    def event(name: str, after_s: float, facts: Mapping[str, Any]) -> Event:
        at = start + after_s
        apart_m = np.linalg.norm(ship.at(after_s)[0] - station.at(at - station.start)[0])
        return Event(at, name, plan.ship.id, "undocking", {"range_m": float(apart_m), **facts})

    told = [event("undocking", 0.0, {"port": port, "spring_m_s": steps.spring_m_s})]
    for number, burn in enumerate(steps.burns[:plan.burns_made], 1):
        facts = {"number": number, "dv_m_s": burn.dv_m_s, "duration_s": burn.duration_s}
        told.append(event("separation_burn_start", burn.after_s, facts))
        told.append(event("separation_burn_end", burn.after_s + burn.duration_s, facts))
    told.append(event("phase_end", float(ship.t_s[-1]), {"ending": "done"}))
    return tuple(told)
