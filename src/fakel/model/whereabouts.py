"""Where somebody or something is at an instant of a flight: a ship, the station, an airlock, a worksite outside."""

from __future__ import annotations

from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Flight, Leg


def leg_at(flight: Flight, epoch: Epoch) -> Leg | None:
    """The last leg that had begun by then."""
    begun = [leg for leg in flight.legs if leg.before.epoch <= epoch]
    return begun[-1] if begun else None


def place_of(flight: Flight, who: str, epoch: Epoch) -> str:
    """The place of a person; whoever is no person of the flight stands for its own place."""
    leg = leg_at(flight, epoch)
    if leg is None or who not in leg.before.places:
        return who
    if epoch >= leg.after.epoch:
        return leg.after.places.get(who, who)
    place = leg.before.places[who]
    for event in sorted(leg.events, key=lambda e: e.epoch):
        if event.epoch > epoch:
            break
        if event.name == "crew_transfer" and event.subject == who:
            place = str(event.facts["to"])
        elif event.name == "task_start" and who in event.facts.get("who", ()):
            place = str(event.facts.get("place", place))
        elif event.name in ("depress_start", "hatch_closed", "repress_start") and who in leg.plan.get("walkers", ()):
            place = event.subject
    return place


def craft_of(flight: Flight, place: str, epoch: Epoch) -> str:
    """The craft that a place moves with: a ship in free flight or landed, otherwise the station.

    Empty for a place on the Earth.
    """
    leg = leg_at(flight, epoch)
    ships = flight.mission.get("ships") or {}
    if place in ships:
        joined = {} if leg is None else (leg.after if epoch >= leg.after.epoch else leg.before).joined
        return STATION if place in joined else place
    station = flight.mission.get("station") or {}
    inside = {STATION, *(station.get("airlocks") or {}), *(station.get("worksites") or {})}
    if leg is not None:
        inside |= set(leg.before.air)
    return STATION if place in inside else ""


def aboard(flight: Flight, holder: str, epoch: Epoch) -> str:
    """The ship, or the station, whose mass a held thing belongs to; empty when it is on the Earth."""
    place = place_of(flight, holder, epoch)
    return place if place in (flight.mission.get("ships") or {}) else craft_of(flight, place, epoch)
