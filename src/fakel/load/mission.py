"""A mission file becomes a Mission; whatever is wrong with it is said in one line before anything flies."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fakel.load.cargo import check_start, check_steps, items_of, move_list, onward_of
from fakel.load.library import Library, abort_ways, as_table, read_toml, shipped
from fakel.load.places_below import PlacesBelow
from fakel.load.reader import Refs, read
from fakel.load.russian import without_russian
from fakel.load.start import ship_starts, station_start
from fakel.load.surroundings import Around
from fakel.load.wind import read_wind
from fakel.model.day import midnight
from fakel.model.epoch import Window
from fakel.model.errors import InputError
from fakel.model.flight import STATION
from fakel.model.mission import END, Mission, Person, Step
from fakel.model.navigation import Chance, Navigation
from fakel.model.outfit import Suit
from fakel.model.place import Airlock, Network, Port, Station
from fakel.model.vehicle import Ship, Vehicle
from fakel.model.wind import Wind
from fakel.phases import PHASES


@dataclass(frozen=True, slots=True)
class _Head:
    id: str
    title: str
    date: date
    last_date: date
    station: Station
    first: str
    network: Network | None = None
    time_zone: str = "UTC"
    seed: int = 0
    run: int = 0
    gravity: str = "full"
    drag: bool = True
    dispersions: Navigation | None = None


@dataclass(frozen=True, slots=True)
class _Ship:
    id: str
    name: str
    vehicle: Vehicle
    crew: tuple[str, ...] = ()
    mass_kg: float | None = None
    propellant_kg: float | None = None
    docked: str | None = None


SECTIONS = ("elements", "state", "ephemeris", "people", "ships", "suits", "items", "cargo", "onward", "steps")


def missions() -> dict[str, Path]:
    """Ids of the missions that ship, and their files."""
    folder = shipped().parent / "missions"
    return {p.stem: p for p in sorted(folder.glob("*.toml"))}


def mission_path(name: str) -> Path:
    """A path as given, or the file of a shipped mission. Raises InputError that lists those there are."""
    path = Path(name)
    if path.suffix == ".toml" or path.exists():
        return path
    known = missions()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"shipped missions: {', '.join(known)}"
    raise InputError(f"{name}: no such mission file or shipped mission; {hint}")


def load_mission(path: Path) -> Mission:
    """Read and check a mission file and all it refers to. Raises InputError in one line."""
    table = read_toml(path)
    return mission_from(table, path)


def mission_from(table: Mapping[str, Any], path: Path) -> Mission:
    """The mission that a table read from path stands for."""
    table, russian = without_russian(table, f"{path}:")
    where, library = f"{path}:", Library(path.parent)
    base = library.refs()
    head = read(_Head, {"id": path.stem, **table}, where, base, SECTIONS)
    _check_head(head, where)
    ships = _ships(table, where, base, head.station)
    people = _people(table, where, ships, head.station)
    known = _places(ships, head.station) | set(people)
    items, holders = items_of(table, path.parent, where, base, known)
    check_start(items, holders, ships, people, where)
    suits = {who: library.find(Suit, _text(suit, f"{where} [suits] {who}"), f"{where} [suits] {who}")
             for who, suit in as_table(table.get("suits", {}), f"{where} suits").items()}
    _only_known(suits, people, f"{where} [suits]", "person")
    chance = head.dispersions and Chance(head.dispersions, head.seed, head.run)
    context = {"station": head.station, "network": head.network, "people": people, "ships": ships, "suits": suits,
               "items": items, "holders": holders, "time_zone": head.time_zone, "places": PlacesBelow(),
               "surroundings": Around(), "chance": chance, "aborts": abort_ways(library)}
    steps = _steps(table, path.parent, where, base, context)
    check_steps(steps, items, holders, ships, people, where)
    _check_days(head, steps, where)
    _check_graph(head.first, steps, where)
    days = Window(midnight(head.date), midnight(head.last_date))
    return Mission(head.id, head.title, head.date, head.last_date, head.time_zone, head.station,
                   station_start(table, path, where, days), ship_starts(table, where, ships, days), head.network,
                   people, ships, suits, items, holders, head.first, steps, head.seed, head.run, head.gravity,
                   head.drag, russian, onward_of(table, items, head.last_date, where), chance)


def _check_head(head: _Head, where: str) -> None:
    _plain_name(head.id, f"{where} id")
    if head.last_date < head.date:
        raise InputError(f"{where} last_date = {head.last_date} lies before date = {head.date}; mend one of them")
    for key, value in (("seed", head.seed), ("run", head.run)):
        if value < 0:
            raise InputError(f"{where} {key} = {value} is negative; write 0 or more")
    try:
        ZoneInfo(head.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(f"{where} time_zone = {head.time_zone!r} is not known; write a name like Europe/Moscow"
                         ) from error


def _plain_name(name: str, where: str) -> None:
    """Names become names of files and of channels."""
    if not re.fullmatch(r"\w[\w-]*", name):
        raise InputError(f"{where} = {name!r} cannot name a file; use letters, digits, - and _ alone")


def _text(raw: Any, where: str) -> str:
    if not isinstance(raw, str):
        raise InputError(f"{where} = {raw!r} is not text in quotes")
    return raw


def _ships(table: Mapping[str, Any], where: str, base: Refs, station: Station) -> dict[str, Ship]:
    out = {}
    for key, raw in as_table(table.get("ships", {}), f"{where} ships").items():
        place = f"{where} [ships.{key}]"
        _own_name(key, place, {STATION, *station.airlocks, *(station.cabin.rooms if station.cabin else ())})
        given = read(_Ship, {"id": key, "name": key, **as_table(raw, place)}, place, base, ("state",))
        vehicle = given.vehicle
        if len(given.crew) > vehicle.seats:
            raise InputError(f"{place} crew has {len(given.crew)} people; {vehicle.name} has {vehicle.seats} seats")
        if given.docked is not None:
            _port(station, given.docked, f"{place} docked")
        mass_kg = vehicle.mass_kg if given.mass_kg is None else given.mass_kg
        propellant_kg = vehicle.propellant_kg if given.propellant_kg is None else given.propellant_kg
        if not 0 <= propellant_kg < mass_kg:
            raise InputError(f"{place}: propellant_kg = {propellant_kg:g} of mass_kg = {mass_kg:g} cannot be; the mass "
                             "counts the ship with its propellant")
        out[key] = Ship(key, given.name, vehicle, given.crew, mass_kg, propellant_kg, given.docked)
    ports = [s.docked for s in out.values() if s.docked]
    twice = next((p for p in ports if ports.count(p) > 1), None)
    if twice:
        raise InputError(f"{where} two ships are docked at {twice!r}; give each its own port")
    return out


def _own_name(name: str, place: str, taken: set[str]) -> None:
    _plain_name(name, place)
    if name in taken:
        raise InputError(f"{place}: {name!r} already names a place or a ship; write another name")


def _port(station: Station, name: str, where: str) -> Port:
    if name not in station.ports:
        raise InputError(f"{where} = {name!r} is not a port of {station.name}; write one of: "
                         f"{', '.join(sorted(station.ports))}")
    return station.ports[name]


def _places(ships: Mapping[str, Ship], station: Station) -> set[str]:
    return {STATION, *ships, *station.airlocks}


def _people(table: Mapping[str, Any], where: str, ships: Mapping[str, Ship], station: Station) -> dict[str, Person]:
    people = {key: read(Person, {"id": key, **as_table(raw, f"{where} [people.{key}]")}, f"{where} [people.{key}]")
              for key, raw in as_table(table.get("people", {}), f"{where} people").items()}
    for person in people.values():
        _own_name(person.id, f"{where} [people.{person.id}]", _places(ships, station))
        if person.place not in _places(ships, station):
            raise InputError(f"{where} [people.{person.id}] place = {person.place!r} is not known; write one of: "
                             f"{', '.join(sorted(_places(ships, station)))}")
    for ship in ships.values():
        _only_known(ship.crew, people, f"{where} [ships.{ship.id}] crew", "person")
    return people


def _only_known(names: Any, known: Mapping[str, Any], where: str, what: str) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known)) or 'none'}"
            raise InputError(f"{where}: {name!r} is not a {what} of this mission; {hint}")


def _steps(table: Mapping[str, Any], folder: Path, where: str, base: Refs, context: Mapping[str, Any]
           ) -> dict[str, Step]:
    raw = as_table(table.get("steps", {}), f"{where} steps")
    if not raw:
        raise InputError(f"{where} no [steps.NAME] is given; a mission needs one at least")
    ships, station = context["ships"], context["station"]

    def ship(name: str, place: str) -> Ship:
        _only_known((name,), ships, place, "ship")
        found: Ship = ships[name]
        return found

    def airlock(name: str, place: str) -> Airlock:
        if name not in station.airlocks:
            raise InputError(f"{place} = {name!r} is not an airlock of {station.name}; write one of: "
                             f"{', '.join(sorted(station.airlocks))}")
        found: Airlock = station.airlocks[name]
        return found

    refs = Refs({**base.find, Ship: ship, Airlock: airlock, Wind: lambda name, place: read_wind(folder / name, place),
                 Port: lambda name, place: _port(station, name, place)}, context)
    return {name: _step(name, _with_moves(as_table(given, f"{where} [steps.{name}]"), folder),
                        f"{where} [steps.{name}]", refs) for name, given in raw.items()}


def _with_moves(given: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
    """The step's table; where moves names a CSV file, with the moves that stand there."""
    moves = given.get("moves")
    return {**given, "moves": move_list(folder / moves)} if isinstance(moves, str) else given


def _step(name: str, given: Mapping[str, Any], where: str, refs: Refs) -> Step:
    _plain_name(name, where)
    if name == END:
        raise InputError(f"{where}: \"{END}\" is where a mission ends; give the step another name")
    phase = given.get("phase")
    if not isinstance(phase, str) or phase not in PHASES:
        near = difflib.get_close_matches(str(phase), PHASES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"write one of: {', '.join(PHASES)}"
        raise InputError(f"{where} phase = {phase!r} is not known; {hint}")
    module = PHASES[phase]
    plan = read(module.Plan, given, where, refs, ("phase", "then"))
    _check_sites(plan, where)
    if hasattr(module, "check"):
        module.check(plan, where)
    then = {str(k): str(v) for k, v in as_table(given.get("then", {}), f"{where} then").items()}
    for ending in module.ENDINGS:
        if ending not in then:
            raise InputError(f"{where} says nothing of the ending {ending!r}; write then.{ending} = a step "
                             f"or \"{END}\"")
    for ending in then:
        if ending not in module.ENDINGS:
            raise InputError(f"{where} then.{ending} is not an ending of {phase}; its endings: "
                             f"{', '.join(module.ENDINGS)}")
    return Step(name, phase, plan, then)


def _check_days(head: _Head, steps: Mapping[str, Step], where: str) -> None:
    """The days of the steps are days of the mission; a stay may last until the midnight after the last one."""
    for step in steps.values():
        for key, last in (("date", head.last_date), ("until", head.last_date + timedelta(days=1))):
            day = getattr(step.plan, key, None)
            if isinstance(day, date) and not head.date <= day <= last:
                raise InputError(f"{where} [steps.{step.name}] {key} = {day} is not a day of the mission, {head.date} "
                                 f"to {head.last_date}; mend it, or date and last_date of the mission")


def _check_sites(plan: Any, where: str) -> None:
    """A rocket stands on a pad, and a capsule comes down elsewhere."""
    pad, zone = getattr(plan, "pad", None), getattr(plan, "zone", None)
    if pad is not None and pad.kind != "pad":
        raise InputError(f"{where} pad = {pad.id!r} is a {pad.kind}; write a launch pad")
    if zone is not None and zone.kind == "pad":
        raise InputError(f"{where} zone = {zone.id!r} is a launch pad; write a landing zone")


def _check_graph(first: str, steps: Mapping[str, Step], where: str) -> None:
    def known(name: str, place: str) -> None:
        if name not in steps:
            near = difflib.get_close_matches(name, steps, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"write one of: {', '.join(steps)}"
            raise InputError(f"{place} = {name!r} is not a step; {hint}")
    known(first, f"{where} first")
    for step in steps.values():
        for ending, follower in step.then.items():
            if follower != END:
                known(follower, f"{where} [steps.{step.name}] then.{ending}")
    reached, todo = {first}, [first]
    while todo:
        for follower in steps[todo.pop()].then.values():
            if follower != END and follower not in reached:
                reached.add(follower)
                todo.append(follower)
    idle = next((s for s in steps if s not in reached), None)
    if idle:
        raise InputError(f"{where} [steps.{idle}] is never reached from {first}; name it in a then, or take it out")
