"""Moments for photographs and television of a flown walk, or of a mission that is flown for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakel.fly import fly_legs
from fakel.load.folder import read_flight
from fakel.load.mission import load_mission, mission_path
from fakel.model.errors import InputError
from fakel.model.flight import Leg
from fakel.plan.start import mission_world

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShotList:
    """id, title: of the mission. shots: rows of the study ``shots``, filming: of ``filming``; names: of people."""

    id: str
    title: str
    shots: tuple[Row, ...]
    filming: tuple[Row, ...]
    names: dict[str, str]
    sunrises: tuple[str, ...]
    sunsets: tuple[str, ...]
    span: tuple[str, str]


def shots_of(source: str, progress: Callable[[str, str], None] = lambda step, doing: None) -> ShotList:
    """The shot list of a flight folder, or of a mission that is flown up to its walk.

    Raises InputError where there is no walk, or one that was flown before shots were looked for.
    """
    if Path(source).is_dir():
        flight = read_flight(Path(source))[0]
        leg = next((leg for leg in flight.legs if leg.phase == "eva"), None)
        told = flight.mission
        people = {key: str(p.get("name", key)) for key, p in (told.get("people") or {}).items()}
        return _list(leg, source, str(told.get("id", "flight")), str(told.get("title", source)), people)
    mission = load_mission(mission_path(source))
    if not any(step.phase == "eva" for step in mission.steps.values()):
        raise InputError(f"{source}: holds no spacewalk; give a mission or a flight that has one")
    legs = fly_legs(mission, mission_world(mission), progress)
    leg = next((leg for leg in legs if leg.phase == "eva"), None)
    return _list(leg, source, mission.id, mission.title, {key: p.name for key, p in mission.people.items()})


def _list(leg: Leg | None, source: str, id: str, title: str, people: dict[str, str]) -> ShotList:
    if leg is None:
        raise InputError(f"{source}: no spacewalk was flown; give a mission or a flight that has one")
    if "shots" not in leg.studies:
        raise InputError(f"{source}: its walk holds no shots; fly it again, on a station with a structure")
    sun = leg.studies.get("sunlight") or {}
    when = {e.name: e.epoch.iso(3) for e in leg.events}
    return ShotList(id, title, _rows(leg.studies["shots"]), _rows(leg.studies["filming"]), people,
                    tuple(map(str, sun.get("start_utc", ()))), tuple(map(str, sun.get("stop_utc", ()))),
                    (when["hatch_open"], when["hatch_closed"]))


def _rows(table: Any) -> tuple[Row, ...]:
    return tuple(dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True))
