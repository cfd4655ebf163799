"""Who and what is in the flight: craft, people, items, the station's outside, places on the Earth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Flight
from fakel.show.words import Words

HIGHEST_GROUND_M = 6000.0
"""A path that begins or ends above this does not stand on the ground."""


def craft(mission: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """The station and every ship, with the model that draws each."""
    station = mission.get("station") or {}
    launchers = {plan.get("ship"): plan.get("launcher") for plan in plans(mission) if plan.get("launcher")}
    rows = [{"id": STATION, "name": words.text(str(station.get("name", STATION))), "kind": "station",
             "model": str(station.get("id", ""))}]
    for ship, record in (mission.get("ships") or {}).items():
        row = {"id": ship, "name": words.name(ship), "kind": "ship", "model": str(record.get("vehicle", ""))}
        rows.append(row | ({"launcher": launchers[ship]} if launchers.get(ship) else {}))
    return rows


def plans(mission: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [step.get("plan") or {} for step in (mission.get("steps") or {}).values()]


def walkers(flight: Flight) -> list[str]:
    """Those who go outside, in order."""
    named = [str(who) for leg in flight.legs for who in leg.plan.get("walkers") or ()]
    named += [str(who) for plan in plans(flight.mission) for who in plan.get("walkers") or ()]
    return list(dict.fromkeys(named))


def people(flight: Flight, words: Words) -> list[dict[str, Any]]:
    outside, suits = walkers(flight)[:2], flight.mission.get("suits") or {}
    rows = []
    for who in flight.mission.get("people") or {}:
        row = {"id": who, "name": words.name(who), "short": words.surname(who),
               "walker": outside.index(who) + 1 if who in outside else 0}
        rows.append(row | (dressed(suits[who]) if who in suits else {}))
    return rows


def dressed(suit: Mapping[str, Any]) -> dict[str, Any]:
    """The suit, and the whole picture of the camera on its helmet, where the flight says it."""
    camera = suit.get("camera")
    return {"suit": str(suit.get("id", ""))} | ({} if not camera else {
        "camera": {"across_deg": degrees(camera["across_rad"]), "down_deg": degrees(camera["down_rad"])}})


def degrees(angle_rad: float) -> float:
    return round(math.degrees(angle_rad), 3)


def items(mission: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    return [{"id": key, "name": words.name(key), "model": str(record.get("model") or key)}
            for key, record in (mission.get("items") or {}).items()]


def station(mission: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Ports, solids, handrails, hatches and worksites; nothing where an older flight does not know them."""
    outside = (mission.get("station") or {}).get("outside") or {}
    ports = [{"id": key, "name": words.name(key), "position_m": port["position_m"], "axis": port["axis"]}
             for key, port in (outside.get("ports") or {}).items()]
    named = (mission.get("station") or {}).get("worksites") or {}
    spots = {kind: [{"id": key, "name": words.text(named[key]) if key in named else words.name(key),
                     "position_m": place} for key, place in (outside.get(kind) or {}).items()]
             for kind in ("hatches", "worksites")}
    return {"ports": ports, "solids": outside.get("solids") or [], "rails_m": outside.get("rails_m") or [], **spots}


def places(flight: Flight, words: Words) -> list[dict[str, Any]]:
    """Pads, landing zones and stations, with the height of the ground where a craft of the flight has stood on it."""
    ground = standing_heights_m(flight)
    rows = []
    for key, record in (flight.mission.get("places") or {}).items():
        row = {"id": key, "name": words.name(key)}
        row |= {part: record[part] for part in ("kind", "latitude_deg", "longitude_deg")}
        rows.append(row | ({"height_m": ground[record["kind"]]} if record["kind"] in ground else {}))
    return rows


def standing_heights_m(flight: Flight) -> dict[str, float]:
    """Height over the ellipsoid where the first climb begins and where the last landing ends."""
    found: dict[str, float] = {}
    for leg in flight.legs:
        ships = [channel for channel in leg.channels if not channel.name.startswith(f"{STATION}.")]
        heights = [ship.values for ship in ships if ship.name.endswith(".height_m") and len(ship.values)]
        if heights and leg.phase == "ascent":
            found.setdefault("pad", min(float(values[0]) for values in heights))
        if heights and leg.phase == "landing":
            found["landing zone"] = min(float(values[-1]) for values in heights)
    return {kind: round(height, 1) for kind, height in found.items() if height < HIGHEST_GROUND_M}


def stays(flight: Flight, start: Epoch, words: Words) -> list[dict[str, Any]]:
    """Where each person is from when on."""
    rows: list[dict[str, Any]] = []
    now: dict[str, str] = {}

    def moved(who: str, at: Epoch, where: str) -> None:
        if now.get(who) != where:
            now[who] = where
            rows.append({"who": who, "from_s": at - start, "where": where, "label": words.name(where)})

    for leg in flight.legs:
        for who, where in leg.before.places.items():
            moved(who, leg.before.epoch, str(where))
        changes = [(e.epoch, e.subject, str(e.facts["to"])) for e in leg.events
                   if e.name == "crew_transfer" and e.facts.get("to")]
        for arc in leg.outside:
            inside = str(leg.after.places.get(arc.craft, STATION))
            changes += [(arc.start + float(arc.t_s[0]), arc.craft, "outside"), (arc.stop, arc.craft, inside)]
        for at, who, where in sorted(changes, key=lambda change: change[0]):
            moved(who, at, where)
    return rows


def holdings(flight: Flight, start: Epoch, words: Words) -> list[dict[str, Any]]:
    """Who holds each item from when on, and why it came there."""
    rows = []
    if flight.legs:
        first = flight.legs[0].before
        rows = [{"item": item, "from_s": first.epoch - start, "holder": str(holder), "label": words.name(str(holder)),
                 "why": {"en": "", "ru": ""}} for item, holder in first.holders.items()]
    return rows + [{"item": t.item, "from_s": t.epoch - start, "holder": t.taker, "label": words.name(t.taker),
                    "why": words.text(t.why)} for t in flight.transfers]


def holder_kind(holder: str, mission: Mapping[str, Any]) -> str:
    """person, craft, volume or place."""
    if holder in (mission.get("people") or {}):
        return "person"
    if holder == STATION or holder in (mission.get("ships") or {}):
        return "craft"
    return "volume" if holder in ((mission.get("station") or {}).get("airlocks") or {}) else "place"
