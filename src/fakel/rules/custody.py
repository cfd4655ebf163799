"""The ledger, read again from a flight: who held what, and were giver and taker in the same place."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from fakel.model.epoch import Epoch
from fakel.model.flight import Flight, Leg, Transfer

STATION = "station"


def breaks(flight: Flight, item: str) -> list[str] | None:
    """One line for every instant at which an item matching the name did not have exactly one holder.

    None when the flight names no holder of such an item at its start.
    """
    if not flight.legs:
        return None
    now = {name: holder for name, holder in flight.legs[0].before.holders.items() if fnmatchcase(name, item)}
    if not now:
        return None
    faults: list[str] = []
    for leg in flight.legs:
        faults += [f"{name}: {leg.step} begins with {leg.before.holders.get(name) or 'nobody'}, not with {holder}"
                   for name, holder in now.items() if leg.before.holders.get(name) != holder]
        now = {name: leg.before.holders.get(name, "") for name in now}
        for transfer in sorted(leg.transfers, key=lambda t: t.epoch):
            if transfer.item not in now:
                continue
            if transfer.giver != now[transfer.item] or not transfer.taker:
                faults.append(f"{transfer.item}: given by {transfer.giver}, held by {now[transfer.item] or 'nobody'}")
            now[transfer.item] = transfer.taker
        faults += [f"{name}: {leg.step} ends with {leg.after.holders.get(name) or 'nobody'}, not with {holder}"
                   for name, holder in now.items() if not holder or leg.after.holders.get(name) != holder]
        now = {name: leg.after.holders.get(name, "") for name in now}
    return faults


def apart(flight: Flight, item: str) -> list[str] | None:
    """One line for every hand-over between holders who were not in the same place. None when there is none.

    A person is in a place; a ship that is docked and the station's volumes are one place for what is carried
    through hatches.
    """
    handed = [(leg, t) for leg in flight.legs for t in leg.transfers if fnmatchcase(t.item, item)]
    if not handed:
        return None
    return [f"{t.item}: {t.giver} is {_where(leg, t.giver, t.epoch)}, {t.taker} is {_where(leg, t.taker, t.epoch)}"
            for leg, t in handed if not _together(leg, t)]


def _together(leg: Leg, transfer: Transfer) -> bool:
    giver, taker = (_where(leg, who, transfer.epoch) for who in (transfer.giver, transfer.taker))
    return giver == taker or {giver, taker} <= _joined(leg, giver, taker)


def _where(leg: Leg, who: str, epoch: Epoch) -> str:
    """Where a person is; a place stands for itself."""
    if who not in leg.before.places:
        return who
    place = leg.before.places[who]
    for event in sorted(leg.events, key=lambda e: e.epoch):
        if event.epoch > epoch:
            break
        if event.name == "crew_transfer" and event.subject == who:
            place = str(event.facts["to"])
        elif event.name == "task_start" and who in event.facts.get("who", ()):
            place = str(event.facts["place"])
    return place


def _joined(leg: Leg, *places: str) -> Iterable[str]:
    """Of some places, those that open on each other: the station, its volumes, docked ships.

    A place outside (a task's) opens on the station by the airlock's hatch while that is open.
    """
    open_hatch = any(e.name == "hatch_open" for e in leg.events)
    ships = set(leg.before.craft) - {STATION}
    return {place for place in places
            if place == STATION or place in leg.before.air or place in leg.before.joined
            or (open_hatch and place not in ships)}
