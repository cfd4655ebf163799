"""It burns aboard: who reaches which ship, from a mission's file or at an instant of a flown one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from fakel.api.burn import drill_of
from fakel.api.forces import as_epoch
from fakel.load.folder import read_flight
from fakel.load.library import Library
from fakel.load.mission import load_mission, mission_path
from fakel.model.burn import RetreatReport
from fakel.model.cabin import Cabin
from fakel.model.errors import InputError, require_known
from fakel.model.fire import FireDrill
from fakel.model.flight import Flight, Leg
from fakel.model.place import Station
from fakel.plan import retreat as plan
from fakel.plan.cabin_leak import Leak
from fakel.plan.leak_ways import LeakWays, leak_ways


def retreat(room: str, mission: str = "sochi-torch", flight: Path | None = None, at: str = "") -> RetreatReport:
    """A fire in a room or a docked ship.

    Of a mission's file all its ships are docked; of a flown one those at an instant. Raises InputError for an unknown
    room, a station without a cabin, or an instant outside the flight.
    """
    if flight is None:
        if at:
            raise InputError("--at needs a flown mission; give --flight DIR too")
        cabin, ships, docked, shut, when, out = _of_file(mission)
    else:
        cabin, ships, docked, shut, when, out = _of_flight(flight, at)
    drill = drill_of(cabin.id)
    edges = plan.doors(cabin, docked, shut)
    found = plan.ways(edges, room, tuple(docked), drill)
    names = {ship: str(ships[ship]["name"]) for ship in docked}
    seats = {ship: int(ships[ship]["seats"]) for ship in docked}
    crews = {ship: tuple(ships[ship]["crew"]) for ship in docked}
    burning = names.get(room) or cabin.rooms[room].name
    groups, steps = tuple(plan.parts(plan.without(edges, room))), tuple((s.name, s.duration_s) for s in drill.steps)
    report = RetreatReport(room, burning, names, docked, seats, crews, found, groups, steps, (), _assumed(drill, when))
    told = _with_words(report, cabin)
    return replace(told, words=(*told.words, *_without_seat(report), *_walkers(report, cabin, shut, out)))


Told = tuple[Cabin, dict[str, dict[str, Any]], dict[str, str], tuple[str, ...], str, tuple[str, ...]]
"""Cabin, ships, who is docked where, rooms without air, when, and who is outside."""


def _of_file(name: str) -> Told:
    mission = load_mission(mission_path(name))
    if mission.station.cabin is None:
        raise InputError(f"{name}: its station has no cabin; give its file one (data/cabins)")
    planned = {step.plan.ship.id: step.plan.port.id for step in mission.steps.values()
               if hasattr(step.plan, "ship") and hasattr(step.plan, "port")}
    docked = {ship.id: ship.docked or planned.get(ship.id) for ship in mission.ships.values()}
    people = {p.id: p.name for p in mission.people.values()}
    ships = {s.id: {"name": s.name, "seats": s.vehicle.seats, "crew": [people.get(p, p) for p in s.crew]}
             for s in mission.ships.values()}
    ports = {s: p for s, p in docked.items() if p}
    return mission.station.cabin, ships, ports, (), "all ships of the mission docked", ()


def _of_flight(folder: Path, at: str) -> Told:
    flight, _ = read_flight(folder)
    station: Station = Library(None).find(Station, str(flight.mission["station"]["id"]), f"{folder}: station")
    if station.cabin is None:
        raise InputError(f"{folder}: its station has no cabin; give its file one (data/cabins)")
    leg, docked, shut, when = _at(flight, at, folder)
    people = {p: str(row.get("name", p)) for p, row in (flight.mission.get("people") or {}).items()}
    ships = {s: {"name": row.get("name", s), "seats": row["seats"],
                 "crew": [people.get(p, p) for p in row.get("crew", ())]}
             for s, row in flight.mission["ships"].items()}
    out = tuple(people.get(str(p), str(p)) for p in leg.plan.get("walkers", ())) if shut else ()
    return station.cabin, ships, docked, shut, f"{when}, {leg.step}{_outside(out, shut)}", out


def _at(flight: Flight, at: str, folder: Path) -> tuple[Leg, dict[str, str], tuple[str, ...], str]:
    """The leg of an instant (by default, of the most ships docked), the ships docked then, and rooms without air."""
    if not flight.legs:
        raise InputError(f"{folder}: no leg is flown; fly the mission first")
    if not at:
        leg = max(flight.legs, key=lambda one: len(one.before.joined))
        return leg, dict(leg.before.joined), (), leg.before.epoch.iso()
    epoch = as_epoch(at, "--at")
    first, last = flight.legs[0].before.epoch, flight.legs[-1].after.epoch
    leg_at = next((one for one in flight.legs if one.before.epoch <= epoch <= one.after.epoch), None)
    if leg_at is None:
        raise InputError(f"--at = {epoch.iso()} is not in the flight; it lasts from {first.iso()} to {last.iso()}")
    docked, vented = dict(leg_at.before.joined), ""
    for event in sorted(leg_at.events, key=lambda e: e.epoch):
        if event.epoch > epoch:
            break
        if event.name == "docking_hooks_closed":
            docked[event.subject] = str(event.facts["port"])
        if event.name == "undocking":
            docked.pop(event.subject, None)
        if event.name in ("depress_start", "repress_end"):
            vented = str(leg_at.plan.get("airlock", "")) if event.name == "depress_start" else ""
    return leg_at, docked, (vented,) if vented else (), epoch.iso()


def _outside(out: tuple[str, ...], shut: tuple[str, ...]) -> str:
    """Who is behind a vented airlock's hatch."""
    return f"; outside or in the vented airlock {shut[0]}: {', '.join(out)}" if out else ""


def _without_seat(report: RetreatReport) -> list[str]:
    """Where a ship burns, or too few are there."""
    seats = sum(n for ship, n in report.seats.items() if ship != report.room)
    people = sum(len(crew) for crew in report.crews.values())
    return [f"{seats} seats are left for {people} people" + (
        f": {', '.join(report.crews[report.room])} have lost theirs." if report.room in report.ships else ".")
        ] if seats < people else []


def _walkers(report: RetreatReport, cabin: Cabin, shut: tuple[str, ...], out: tuple[str, ...]) -> list[str]:
    """Those outside come in by their airlock alone, and only when it is filled again."""
    if not out:
        return []
    lock = cabin.rooms[shut[0]].name
    if shut[0] == report.room:
        return [f"{', '.join(out)}: outside, and {lock} burns; another airlock is their way in."]
    edges = plan.without(plan.doors(cabin, report.ports), report.room)
    part = next(p for p in plan.parts(edges) if shut[0] in p)
    own = [report.ships[s] for s in part if s in report.ships and set(report.crews[s]) & set(out)]
    then = f"then {', '.join(own)} can be reached" if own else "and their own ship cannot be reached then either"
    return [f"{', '.join(out)}: outside or in {lock}, no way to a ship before it is filled again; {then}."]


def leak_ships(found: Leak, mission: str, flight: Path | None = None, at: str = "") -> LeakWays:
    """Ways to the docked ships while a leak is searched: of a mission's file (all its ships docked) or of a flown one
    at an instant. Raises InputError for a mission whose station has another cabin than the one that leaks."""
    cabin, ships, docked, *_ = _of_file(mission) if flight is None else _of_flight(flight, at)
    require_known("--room", found.room, cabin.rooms)
    return leak_ways(found, cabin, docked, {s: str(ships[s]["name"]) for s in docked},
                     {s: tuple(ships[s]["crew"]) for s in docked}, drill_of(cabin.id))


def _with_words(report: RetreatReport, cabin: Cabin) -> RetreatReport:
    def named(rooms: tuple[str, ...]) -> str:
        return "; ".join(report.ships.get(r) or cabin.rooms[r].name for r in rooms)

    told = []
    for part in report.parts:
        ships = tuple(s for s in part if s in report.ships)
        rooms = tuple(r for r in part if r not in report.ships)
        if not rooms:
            told.append(f"{named(ships)} hangs on {report.name} alone: only who is aboard already, or gets out of "
                        f"{report.name} that way, flies home in it.")
        elif not ships:
            told.append(f"{named(rooms)}: no ship can be reached from there; shelter, and fight the fire.")
        else:
            told.append(f"{named(rooms)}: {named(ships)}, {sum(report.seats[s] for s in ships)} seats.")
    cut: dict[tuple[str, ...], list[str]] = {}
    for ship in report.ships:
        rooms = tuple(w.from_room for w in report.ways if w.ship == ship and w.way is None)
        if rooms:
            cut.setdefault(rooms, []).append(ship)
    for rooms, lost in cut.items():
        crew = ", ".join(person for ship in lost for person in report.crews[ship])
        told.append(f"Cut off from {named(tuple(lost))} ({crew or 'crew not named'}), if there when it begins: "
                    f"{named(rooms)}.")
    if not any(w.way is None for w in report.ways):
        told.append("Everybody reaches every other ship from everywhere.")
    return replace(report, words=tuple(told))


def _assumed(drill: FireDrill, when: str) -> tuple[str, ...]:
    return (f"who is docked: {when}. Nobody passes the room that burns", f"{drill.name}: {drill.confidence}",
            f"people move at {drill.speed_m_s:g} m/s and close one hatch behind in {drill.hatch_s:.0f} s; a seat liner "
            "fits its owner alone, so each crew must reach its own ship")
