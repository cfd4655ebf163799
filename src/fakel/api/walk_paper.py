"""A walk's timeline from a flight or a mission file, and a mission file from procedures and edited tables."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakel.load.folder import read_flight
from fakel.load.library import read_toml
from fakel.load.mission import mission_from, mission_path
from fakel.model.blank import Blank
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Flight, Leg
from fakel.model.mission import Mission, Step
from fakel.model.procedure import Block, Procedure, Timeline
from fakel.phases.eva import Plan
from fakel.plan import eva as planner
from fakel.plan.procedure import Crew, actors, tasks_of

Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """A mission file with one spacewalk: path, text, mission, the walk's step, and the tasks as the file has them."""

    path: Path
    text: str
    mission: Mission
    step: Step
    tasks: tuple[dict[str, Any], ...]

    @property
    def plan(self) -> Plan:
        plan = self.step.plan
        assert isinstance(plan, Plan)
        return plan


def read_walk(name: str) -> Walk:
    """A mission with one spacewalk. Raises InputError when it has none, or several."""
    path = mission_path(name)
    table = read_toml(path)
    mission = mission_from(table, path)
    steps = [step for step in mission.steps.values() if step.phase == "eva"]
    if len(steps) != 1:
        raise InputError(f"{path}: holds {len(steps)} spacewalks; give a file with one")
    return Walk(path, path.read_text(encoding="utf-8"), mission, steps[0],
                tuple(table["steps"][steps[0].name]["tasks"]))


def timeline_of(source: str) -> Timeline:
    """The timeline of a flight folder as flown, or of a mission file as its tasks follow one another (with their
    start_min where it gives them; else nobody waits). Raises InputError."""
    folder = Path(source)
    if (folder / "flight.json").is_file():
        flight, _ = read_flight(folder)
        leg = next((leg for leg in flight.legs if leg.phase == "eva"), None)
        if leg is None:
            raise InputError(f"{folder} holds no spacewalk; fly a mission with one")
        return _flown(flight, leg)
    return _written(read_walk(source))


def _flown(flight: Flight, leg: Leg) -> Timeline:
    table = leg.studies["timeline"]
    hatch = next(e.epoch for e in leg.events if e.name == "hatch_open")
    blocks = []
    for i, name in enumerate(table["task"]):
        start, length = float(table["start_min"][i]), float(table["length_min"][i])
        stop = hatch + 60.0 * (start + length)
        gives = [{"item": t.item, "from": t.giver, "to": t.taker} for t in leg.transfers
                 if t.why == table["title"][i] and abs(t.epoch - stop) < 1.0]
        task: dict[str, Any] = {"place": str(table["place"][i]), "metabolic_w": float(table["metabolic_w"][i])}
        if table["must"][i]:
            task["must"] = str(table["must"][i]).split(", ")
        if gives:
            task["gives"] = gives
        if table["scene"][i]:
            task["scene"] = True
        blocks.append(Block(str(name), str(table["title"][i]), tuple(str(table["who"][i]).split(", ")), round(start, 6),
                            round(start + length, 6), task, bool(table["granted"][i])))
    people = {p: _name(flight.mission["people"][p]) for p in leg.plan["walkers"]}
    stop_min = max(b.stop_min for b in blocks)
    station = flight.mission.get("station") or {}
    holders = {STATION: "the station", **(station.get("airlocks") or {})}
    left_out = tuple(str(title) for title in (leg.studies.get("deferred") or {}).get("title", ()))
    return Timeline(str(flight.mission["id"]), str(flight.mission["title"]), hatch, people, tuple(blocks),
                    _spans([leg.studies["sunlight"]], hatch, stop_min),
                    _spans([leg.studies[k] for k in ("passes_relay", "passes_ground")], hatch, stop_min),
                    station.get("worksites") or {}, holders, left_out)


def _spans(tables: Sequence[Mapping[str, Any]], hatch: Epoch, stop_min: float) -> Spans:
    """Stretches of tables in minutes after hatch opening, joined, inside the walk."""
    found = sorted(((Epoch.utc(str(a)) - hatch) / 60.0, (Epoch.utc(str(b)) - hatch) / 60.0)
                   for table in tables for a, b in zip(table["start_utc"], table["stop_utc"]))
    out: list[tuple[float, float]] = []
    for a, b in ((max(a, 0.0), min(b, stop_min)) for a, b in found):
        if a >= b:
            continue
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return tuple(out)


def _name(person: Any) -> str:
    return str(person["name"] if isinstance(person, Mapping) else person)


def _written(walk: Walk) -> Timeline:
    plan, told = walk.plan, {str(t["id"]): t for t in walk.tasks}
    hatch = None if isinstance(plan.hatch_open, Blank) else plan.hatch_open
    blocks = [Block(p.task.id, p.task.title, p.task.who, p.start_s / 60.0, p.stop_s / 60.0,
                    {k: v for k, v in told[p.task.id].items() if k not in ("id", "title", "who", "duration_min",
                                                                           "start_min")})
              for p in sorted(planner.lay(plan.tasks, plan.walkers, None, hatch or Epoch(0)), key=lambda p: p.start_s)]
    station, done = plan.station, {b.id for b in blocks}
    return Timeline(walk.mission.id, walk.mission.title, hatch, {p: plan.people[p].name for p in plan.walkers},
                    tuple(blocks), places=station.structure.names if station.structure else {},
                    holders={STATION: "the station", **{a.id: a.name for a in station.airlocks.values()}},
                    left_out=tuple(t.title for t in plan.tasks if t.id not in done))


# ---------------------------------------------------------------- back into a mission file

def tasks_from_procedure(procedure: Procedure, walk: Walk, crew: Sequence[str]
                         ) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Tasks for a walk from a procedure; what it does not say of a task that the walk has too, the walk says.

    crew: texts such as ``EV1=kotov``; without one EV1, EV2 are the walkers in their order. Raises InputError.
    """
    people = actors(walk.plan.walkers)
    for text in crew:
        actor, equals, person = text.partition("=")
        if not equals:
            raise InputError(f"--crew {text}: write ACTOR=ID, such as EV1={walk.plan.walkers[0]}")
        roles = sorted({role for use in procedure.uses for role in use.roles.values()})
        if actor not in roles:
            raise InputError(f"--crew {text}: the procedure has no {actor or 'such actor'}; it has {', '.join(roles)}")
        if person not in walk.plan.walkers:
            raise InputError(f"--crew {text}: {person or 'nobody'} is not a walker; write one of: "
                             f"{', '.join(walk.plan.walkers)}")
        people[actor] = person
    tasks, told = tasks_of(procedure, Crew(people, walk.plan.airlock.id))
    old = {str(t["id"]): {k: v for k, v in t.items() if k != "start_min"} for t in walk.tasks}
    names = {t["id"] for t in tasks}
    out = []
    for task in tasks:
        both = {**old.get(task["id"], {}), **task}
        if "after" in both:
            both["after"] = [name for name in both["after"] if name in names]
        out.append(both)
    return out, told


def with_tasks(walk: Walk, tasks: Sequence[Mapping[str, Any]]) -> str:
    """The mission file's own text with other tasks for its walk. Raises InputError when they cannot be, as loading it
    would."""
    head = f"[[steps.{walk.step.name}.tasks]]"
    lines, kept, at, inside = walk.text.splitlines(keepends=True), [], None, False
    for line in lines:
        if re.match(r"\s*\[", line):
            inside = line.split("#")[0].strip() == head
            if inside and at is None:
                at = len(kept)
        if not inside:
            kept.append(line)
    if at is None:
        raise InputError(f"{walk.path}: its tasks do not stand under {head}; write them so")
    text = "".join((*kept[:at], "\n".join(f"{head}\n{_toml(task)}" for task in tasks), "\n", *kept[at:]))
    mission_from(tomllib.loads(text), walk.path)
    return text


def _toml(task: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in task.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)
