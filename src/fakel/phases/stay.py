"""Stay: the station flies on while people and things move between it and the docked ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow, require_known
from fakel.model.flight import STATION, Channel, Event, Leg, Situation, Transfer
from fakel.model.mission import Person
from fakel.model.outfit import Item
from fakel.model.place import Network, Station
from fakel.model.vehicle import Ship
from fakel.phases.custody import hand_over, require_holders, require_together
from fakel.plan import coverage
from fakel.plan.coasting import after_coast, coast_arc
from fakel.plan.slip import first_day
from fakel.world import World

ENDINGS = ("done",)


@dataclass(frozen=True, slots=True)
class Move:
    """An item changes hands, after_s from the stay's start."""

    item: str
    from_: str
    to: str
    after_s: float
    why: str = "moved between vehicles"


@dataclass(frozen=True, slots=True)
class CrewMove:
    """People go to a ship, an airlock or the station, after_s from the stay's start."""

    who: tuple[str, ...]
    to: str
    after_s: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A stay ends at 00:00 UTC of a day (until), or duration_s after it began: one of the two is given.

    slip_days: if that day is over, or too early for what is to be moved, so many later ones are tried.
    """

    station: Station
    network: Network | None
    people: Mapping[str, Person]
    ships: Mapping[str, Ship]
    items: Mapping[str, Item]
    until: date | None = None
    duration_s: float | None = None
    moves: tuple[Move, ...] = ()
    crew: tuple[CrewMove, ...] = ()
    step_s: float = 60.0
    slip_days: int = 0

    def __post_init__(self) -> None:
        if (self.until is None) == (self.duration_s is None):
            raise InputError("a stay takes either until (a date) or duration_h; write one of them")
        if self.duration_s is not None and self.duration_s <= 0.0:
            raise InputError(f"a stay cannot last {self.duration_s / 3600:g} h; make it more than zero")
        holders = {STATION, *self.ships, *self.station.airlocks, *self.people}
        for move in self.moves:
            require_known("moves: item", move.item, self.items)
            require_known(f"moves of {move.item}: from", move.from_, holders)
            require_known(f"moves of {move.item}: to", move.to, holders)
        for crew in self.crew:
            require_known("crew: to", crew.to, holders - set(self.people))
            for person in crew.who:
                require_known("crew: who", person, self.people)


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with the day until which it lasts, if that slips. Raises InputError when the stay would end before it
    begins, or before everything is moved."""
    away = [to for to in (*(m.to for m in plan.moves), *(c.to for c in plan.crew))
            if to in plan.ships and to not in situation.joined]
    if away:
        raise InputError(f"a stay moves somebody or something to {away[0]}, which is not docked; move them to one of: "
                         f"{', '.join([STATION, *plan.station.airlocks, *sorted(situation.joined)])}")
    if plan.until is None:
        return _long_enough(plan, situation.epoch)
    return first_day(plan.until, plan.slip_days, lambda day: _long_enough(replace(plan, until=day), situation.epoch))


def _long_enough(plan: Plan, start: Epoch) -> Plan:
    stop = end_of(plan, start)
    if stop <= start:
        raise NoWindow(f"a stay until {plan.until} would end before it begins ({start.iso()}); write a later date, or "
                       "let it slip with slip_days")
    late = max([m.after_s for m in (*plan.moves, *plan.crew)], default=0.0)
    if late > stop - start:
        raise NoWindow(f"something moves {late / 3600:g} h into a stay of {(stop - start) / 3600:.2f} h; "
                       "move it earlier")
    return plan


def end_of(plan: Plan, start: Epoch) -> Epoch:
    """When the stay ends."""
    if plan.until is None:
        return start + (plan.duration_s or 0.0)
    return midnight(plan.until)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Coast the station to the stay's end; move what is to be moved. Raises InputError as the ledger does."""
    arc = coast_arc(before.craft[STATION], "stay", end_of(plan, before.epoch), plan.step_s, plan.station, world)
    holders, transfers = _moved_items(before, plan)
    places, events = _moved_people(before, plan)
    studies: dict[str, Mapping[str, Any]] = {"lifeboats": _lifeboats(before, plan)}
    channels: tuple[Channel, ...] = ()
    if plan.network is not None:
        sky = coverage.sky_over(arc, plan.network, world, step_s=plan.step_s)
        channels = coverage.sky_channels(sky)
        studies |= coverage.sky_tables(sky)
    after = after_coast(before, arc, holders=holders, places=places)
    events.append(Event(arc.stop, "phase_end", STATION, "stay", {"ending": "done"}))
    return Leg("stay", "stay", {}, before, after, "done", (arc,), channels, tuple(events), transfers, studies)


def _moved_items(before: Situation, plan: Plan) -> tuple[dict[str, str], tuple[Transfer, ...]]:
    require_holders(plan.items, before.holders)
    holders, transfers = dict(before.holders), []
    near = {STATION, *plan.station.airlocks, *before.joined}
    for move in sorted(plan.moves, key=lambda m: m.after_s):
        transfer = Transfer(before.epoch + move.after_s, move.item, move.from_, move.to, move.why)
        holders = hand_over(holders, transfer)
        require_together(transfer, _places_at(before, plan, move.after_s), near)
        transfers.append(transfer)
    return holders, tuple(transfers)


def _places_at(before: Situation, plan: Plan, after_s: float) -> dict[str, str]:
    """Where everybody is, so long after the stay's start."""
    moved = sorted((crew for crew in plan.crew if crew.after_s <= after_s), key=lambda c: c.after_s)
    return {**before.places, **{person: crew.to for crew in moved for person in crew.who}}


def _moved_people(before: Situation, plan: Plan) -> tuple[dict[str, str], list[Event]]:
    places, events = dict(before.places), []
    for crew in sorted(plan.crew, key=lambda c: c.after_s):
        for person in crew.who:
            facts = {"from": places[person], "to": crew.to}
            events.append(Event(before.epoch + crew.after_s, "crew_transfer", person, "stay", facts))
            places[person] = crew.to
    return places, events


def _lifeboats(before: Situation, plan: Plan) -> dict[str, list[Any]]:
    """Study ``lifeboats``: seats of the docked ships against the people aboard them and the station."""
    docked = [ship for ship in plan.ships.values() if ship.id in before.joined]
    here = {STATION, *plan.station.airlocks, *(ship.id for ship in docked)}
    seats = sum(ship.vehicle.seats for ship in docked)
    people = sum(place in here for place in before.places.values())
    return {"ships": [", ".join(ship.id for ship in docked)], "seats": [seats], "people": [people],
            "spare": [seats - people]}
