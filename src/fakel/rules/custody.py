"""The ledger, read again from a flight: who held what, and were giver and taker in the same place."""

from __future__ import annotations

from fnmatch import fnmatchcase

from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Flight, Leg, Transfer

REACH_M = 3.0
"""What a long tether reaches: news.rambler.ru 55936514, FR-03 of facts/eva."""


class Fault(str):
    """One line about the ledger, with the instant it speaks of."""

    epoch: Epoch

    def __new__(cls, text: str, epoch: Epoch) -> Fault:
        made = super().__new__(cls, text)
        made.epoch = epoch
        return made


def breaks(flight: Flight, item: str) -> list[Fault] | None:
    """One line for every instant at which an item matching the name did not have exactly one holder.

    None when the flight names no holder of such an item at its start, though its mission has items.
    """
    if not flight.legs:
        return None
    if flight.mission.get("items") == {}:
        return []
    now = {name: holder for name, holder in flight.legs[0].before.holders.items() if fnmatchcase(name, item)}
    if not now:
        return None
    faults: list[Fault] = []
    for leg in flight.legs:
        faults += [Fault(f"{name}: {leg.step} begins with {leg.before.holders.get(name) or 'nobody'}, not with "
                         f"{holder}", leg.before.epoch)
                   for name, holder in now.items() if leg.before.holders.get(name) != holder]
        now = {name: leg.before.holders.get(name, "") for name in now}
        for transfer in sorted(leg.transfers, key=lambda t: t.epoch):
            if transfer.item not in now:
                continue
            if transfer.giver != now[transfer.item] or not transfer.taker:
                faults.append(Fault(_fault_of(transfer, now[transfer.item]), transfer.epoch))
            now[transfer.item] = transfer.taker
        faults += [Fault(f"{name}: {leg.step} ends with {leg.after.holders.get(name) or 'nobody'}, not with {holder}",
                         leg.after.epoch)
                   for name, holder in now.items() if not holder or leg.after.holders.get(name) != holder]
        now = {name: leg.after.holders.get(name, "") for name in now}
    return faults


def _fault_of(transfer: Transfer, holder: str) -> str:
    if transfer.giver == holder:
        return f"{transfer.item}: let go by {transfer.giver}, taken by nobody"
    return f"{transfer.item}: given by {transfer.giver}, held by {holder or 'nobody'}"


def apart(flight: Flight, item: str) -> list[Fault] | None:
    """One line for every hand-over between holders who were not in the same place.

    None when nothing changed hands, though the mission has items.

    A person is in a place; a volume stands for itself. The station, its airlocks and the ships docked to it are one
    place, and so is what a long tether reaches from an open hatch. Whoever is none of these (the rescue team)
    comes to the other.
    """
    handed = [(leg, t) for leg in flight.legs for t in leg.transfers if fnmatchcase(t.item, item)]
    if not handed:
        return [] if flight.mission.get("items") == {} else None
    return [Fault(f"{t.item}: giver {t.giver} in {_where(leg, t.giver, t.epoch)[0]}, taker {t.taker} in "
                  f"{_where(leg, t.taker, t.epoch)[0]}", t.epoch) for leg, t in handed if not _together(leg, t)]


def _together(leg: Leg, transfer: Transfer) -> bool:
    people, craft = leg.before.places, {**leg.before.craft, **leg.before.air}
    if any(who not in people and who not in craft and who != STATION for who in (transfer.giver, transfer.taker)):
        return True
    (giver, near), (taker, also_near) = (_where(leg, who, transfer.epoch) for who in (transfer.giver, transfer.taker))
    return giver == taker or (near and also_near)


def _where(leg: Leg, who: str, epoch: Epoch) -> tuple[str, bool]:
    """Where somebody or something is, and whether that opens on the station."""
    def inside(place: str) -> bool:
        return place == STATION or place in leg.before.air or place in leg.before.joined

    place = leg.before.places.get(who, who)
    opens = inside(place)
    if who not in leg.before.places:
        return place, opens
    for event in sorted(leg.events, key=lambda e: e.epoch):
        if event.epoch >= epoch:
            break
        if event.name == "crew_transfer" and event.subject == who:
            place = str(event.facts["to"])
            opens = inside(place)
        elif event.name == "task_start" and who in event.facts.get("who", ()):
            place, opens = str(event.facts["place"]), event.facts.get("from_hatch_m", REACH_M + 1.0) <= REACH_M
    return place, opens
