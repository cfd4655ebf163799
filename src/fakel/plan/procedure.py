"""From a walk's timeline to a procedure and back: who fills which role, how long it takes, when people wait."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fakel.model.errors import InputError
from fakel.model.procedure import Block, Chapter, Column, Procedure, Role, Row, Step, Timeline, Use

OURS = "fakel"
"""The key of a chapter under which Maestro's files keep what a mission says of a task."""
EFFORT_W = 300.0
"""Metabolic rate of a task of which a file says nothing: estimated."""


def actors(people: Sequence[str]) -> dict[str, str]:
    """People by their columns: EV1, EV2 and so on, in order."""
    return {f"EV{i + 1}": person for i, person in enumerate(people)}


def waits_s(timeline: Timeline) -> dict[tuple[str, str], float]:
    """How long each person stands free before each block: (block, person) to seconds."""
    free, out = dict.fromkeys(timeline.people, 0.0), {}
    for block in timeline.blocks:
        for person in block.who:
            out[block.id, person] = max(0.0, (block.start_min - free.get(person, 0.0)) * 60.0)
            free[person] = block.stop_min
    return out


def procedure_of(timeline: Timeline) -> Procedure:
    """A procedure with a chapter for each block; its steps say what the timeline knows."""
    named = {person: key for key, person in actors(tuple(timeline.people)).items()}
    columns = (Column("IV", "IV", ("*",)),
               *(Column(key, f"{key} ({timeline.people[person]})", (key,)) for person, key in named.items()))
    waits, uses, chapters = waits_s(timeline), [], {}
    for block in timeline.blocks:
        file = f"{block.id}.yml"
        letters = {person: f"crew{chr(65 + i)}" for i, person in enumerate(block.who)}
        roles = tuple(Role(letters[person], (block.stop_min - block.start_min) * 60.0, waits[block.id, person])
                      for person in block.who)
        uses.append(Use(file, {letters[person]: named[person] for person in block.who}))
        chapters[file] = Chapter(block.title, roles, _rows(block, letters, timeline), {OURS: dict(block.task)})
    return Procedure(timeline.title, columns, tuple(uses), chapters)


WISHES = {"light": "sunlight", "dark": "darkness", "link": "a link", "relay": "a relay", "ground": "a ground station",
          "tv": "television (sunlight and a relay)"}


def _rows(block: Block, letters: Mapping[str, str], timeline: Timeline) -> tuple[Row, ...]:
    wishes = ", ".join(WISHES.get(wish, wish) for wish in block.task.get("must", ()))
    note = (timeline.place(block) + (f"; wants {wishes}" if wishes else ""),) if block.place else ()
    rows = [Row((("IV", (Step(checkboxes=(f"{block.title}: done",)),)),
                 (" + ".join(letters.values()), (Step((block.title,), note=note),))), simo=True)]
    for give in block.task.get("gives", ()):
        cells = []
        if give["to"] in letters:
            cells.append((letters[give["to"]], (Step((f"Hook the {give['item']}, then take it",)),)))
        if give["from"] in letters:
            how = f"Give the {give['item']} to {timeline.holder(give['to'])}, unhook it last"
            cells.append((letters[give["from"]], (Step((how,),
                                                       caution=(f"The {give['item']} is hooked at all times",)),)))
        if cells:
            rows.append(Row(tuple(cells), simo=True))
    return tuple(rows)


def retimed(procedure: Procedure, timeline: Timeline) -> tuple[Procedure, tuple[str, ...]]:
    """The procedure with durations and waits of a timeline, all else as it was; and what changed, in words."""
    named = {person: key for key, person in actors(tuple(timeline.people)).items()}
    waits, blocks, told, chapters = waits_s(timeline), {b.id: b for b in timeline.blocks}, [], dict(procedure.chapters)
    for use, ids in zip(procedure.uses, _ids(procedure)):
        chapter, roles = chapters[use.file], []
        for role in chapter.roles:
            block = blocks.get(ids) or blocks.get(f"{ids}-{role.name.lower()}")
            person = next((p for p, key in named.items() if key == use.roles[role.name]), None)
            if block is None or person not in block.who:
                roles.append(role)
                told += [f"{use.file}: {role.name} is not in the timeline"] if person in timeline.people else []
                continue
            new = replace(role, duration_s=(block.stop_min - block.start_min) * 60.0,
                          offset_s=waits[block.id, person])
            told += [f"{use.file} {role.name}: {what} {a / 60:g} min is now {b / 60:g}" for what, a, b in (
                ("duration", role.duration_s, new.duration_s), ("offset", role.offset_s, new.offset_s))
                if abs(a - b) > 1e-6]
            roles.append(new)
        chapters[use.file] = replace(chapter, roles=tuple(roles))
    return replace(procedure, chapters=chapters), tuple(told)


def _ids(procedure: Procedure) -> list[str]:
    """A task id for each use: the file's name, numbered where it is used again."""
    seen: dict[str, int] = {}
    out = []
    for use in procedure.uses:
        stem = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\.ya?ml$", "", use.file.lower())).strip("-") or "task"
        seen[stem] = seen.get(stem, 0) + 1
        out.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return out


@dataclass(frozen=True, slots=True)
class Crew:
    """Who fills Maestro's actors, and where a task is of which its file says nothing."""

    people: Mapping[str, str]
    place: str


def tasks_of(procedure: Procedure, crew: Crew) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Tasks as a mission file has them, in the procedure's order, and what a person should know.

    A chapter whose roles begin or end apart becomes a task for each of them. Raises InputError for actors that nobody
    is.
    """
    tasks, told = [], []
    for use, name in zip(procedure.uses, _ids(procedure)):
        chapter = procedure.chapters[use.file]
        out = [(role, crew.people[use.roles[role.name]]) for role in chapter.roles
               if use.roles[role.name] in crew.people]
        for role in chapter.roles:
            actor = use.roles[role.name]
            if actor not in crew.people and actor.upper().startswith("EV"):
                raise InputError(f"{use.file}: {role.name} is {actor}, whom nobody is; write --crew {actor}=ID")
        twice = [p for i, (_, p) in enumerate(out) if p in [q for _, q in out[:i]]]
        if twice:
            raise InputError(f"{use.file}: {twice[0]} fills two of its roles; write --crew so that they are two people")
        if not out:
            told.append(f"{use.file}: nobody outside does it; left to the procedure")
            continue
        known = dict(chapter.kept.get(OURS) or {})
        if not known:
            told.append(f"{use.file}: says neither place nor effort; {crew.place} and {EFFORT_W:g} W are taken")
            if any(role.offset_s for role, _ in out):
                told.append(f"{use.file}: its offsets are left to the planner, who lets nobody wait without a reason")
        groups = _groups(out)
        if len(groups) > 1:
            lengths = ", ".join(f"{role.duration_s / 60:g}" for role, _ in out)
            told.append(f"{use.file}: its roles last {lengths} min and begin apart; laid as tasks of their own")
        for roles in groups:
            id_ = name if len(groups) == 1 else f"{name}-{roles[0][0].name.lower()}"
            length_s = roles[0][0].duration_s or 60.0
            if not roles[0][0].duration_s:
                told.append(f"{use.file}: lasts 0 min; 1 min is taken")
            tasks.append({"id": id_, "title": chapter.title, "who": [person for _, person in roles],
                          "place": known.pop("place", crew.place), "duration_min": length_s / 60.0,
                          "metabolic_w": known.pop("metabolic_w", EFFORT_W), **known})
    return tasks, tuple(told)


def _groups(out: Sequence[tuple[Role, str]]) -> list[list[tuple[Role, str]]]:
    """Roles that begin and end together. Waits before a task all share are the planner's, not the task's."""
    if len({role.duration_s for role, _ in out}) == 1:
        return [list(out)]
    return [[one] for one in out]
