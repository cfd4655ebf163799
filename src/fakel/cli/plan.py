"""``fakel plan``: the mission file with every blank filled in, which can be read, edited, compared and flown."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from fakel.cli.fly import said_of
from fakel.cli.progress import progress
from fakel.load.folder import check_writable
from fakel.load.mission import load_mission, mission_path
from fakel.model.blank import PLAN
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.mission import Elements, Mission

Filled = dict[str, dict[str, Any]]
NOTES = {"burns": "# burns of this plan: after a change of the docking instant take them out, here and in the next "
                  "step\n"}
"""What stands above a value that the file left out."""


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    path = mission_path(args.mission)
    mission = load_mission(path)
    out = Path(args.out) if args.out else None
    if out is not None:
        check_file(out, path)
    with said_of(path):
        values = filled(mission, args.quiet or args.json)
    text = fill_text(path.read_text(encoding="utf-8"), values)
    text = at_home(text, path.parent, out.parent if out else Path(), mission)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
        if not args.quiet:
            print(f"{out}: {counted(values)}; fly it: fakel fly {shlex.quote(str(out))}", file=sys.stderr)
    if args.json:
        print(json.dumps({"mission": mission.id, "filled": values}, indent=1))
    elif out is None:
        print(text, end="")
    return 0


def at_home(text: str, old: Path, new: Path, mission: Mission) -> str:
    """The file's text so that it also works from another folder: the station's orbit stands in it or is found."""
    if old.resolve() == new.resolve():
        return text
    file = re.search(r"(?m)^(\[(?:elements|ephemeris)\][^\[]*?^)file *= *[\"']([^\"']+)[\"']", text)
    if file is None or Path(file[2]).is_absolute():
        return text
    start = mission.station_start
    known = (f'line1 = "{start.line1}"\nline2 = "{start.line2}"' if isinstance(start, Elements) else
             f"file = {json.dumps(os.path.relpath(old / file[2], new))}")
    rest = text[file.end():]
    note = rest[:rest.find("\n")]
    kept = f"{note.strip()}\n" if note.strip() else ""
    return text[:file.start()] + file[1] + kept + known + rest[len(note):]


def check_file(out: Path, mission: Path) -> None:
    """Whether a filled mission may be written there. Raises InputError; an older filled file is written over."""
    if out.is_dir():
        raise InputError(f"{out}: is a folder; give a file to --out, such as {out / mission.name}")
    check_writable(out.parent)
    if out.exists() and out.samefile(mission):
        raise InputError(f"{out}: is the mission itself, whose blanks would be lost; give --out another file")
    if out.exists() and out.suffix != ".toml":
        raise InputError(f"{out}: exists and is no mission file; give --out another file")


def counted(values: Filled) -> str:
    """How many blanks were filled, in words."""
    count = sum(len(keys) for keys in values.values())
    return f"{count or 'no'} {'blank' if count == 1 else 'blanks'} filled"


def filled(mission: Mission, quiet: bool) -> Filled:
    """Step name to the values that its planner found; a blank is filled when its leg begins, so this flies."""
    from fakel.fly import planned_legs
    from fakel.plan.start import mission_world

    found: Filled = {}
    with progress(quiet, mission) as display:
        world = mission_world(mission)
        display.warned(world.warnings)
        for plan, leg in planned_legs(mission, world, display.doing):
            found[leg.step] = _values(mission.steps[leg.step].plan, plan)
            display.flown(leg)
    return {step: values for step, values in found.items() if values}


def _values(before: Any, after: Any) -> dict[str, Any]:
    names = [n for n in before.__dataclass_fields__ if getattr(before, n) is PLAN]
    return {n: _text(getattr(after, n)) for n in names if getattr(after, n) is not PLAN}


def _text(value: Any) -> Any:
    """Plain data, instants with all their digits."""
    if isinstance(value, Epoch):
        return value.iso(9)
    if isinstance(value, tuple):
        return [_text(item) for item in value]
    if is_dataclass(value):
        return {f.name: _text(getattr(value, f.name)) for f in fields(value)}
    return value


def _toml(value: Any) -> str:
    """A value as TOML writes it; a list of tables has one on each line."""
    if isinstance(value, str):
        return _instant(value) if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value) else json.dumps(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + "".join(f"    {_toml(item)},\n" for item in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value)


def _instant(text: str) -> str:
    """An instant of nine decimals as TOML has it, without empty digits; in quotes where TOML would cut it to the us."""
    whole, decimals = text.removesuffix("Z").split(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > 6:
        return json.dumps(text)
    return f"{whole}.{decimals}Z" if decimals else f"{whole}Z"


def fill_text(text: str, values: Mapping[str, Mapping[str, Any]]) -> str:
    """The file's own text with each blank of [steps.NAME] replaced; comments and order stay.

    A blank that the file left out is written under its step's header, but for a docking instant that an earlier step
    has set: it is written once, so that it can be changed in one place. Raises InputError when there is no such header
    (an inline table, say).
    """
    lines, section = text.splitlines(keepends=True), ""
    todo = {(step, key) for step, keys in values.items() for key in keys}
    set_before: set[Any] = set()
    inherited = set()
    for step, keys in values.items():
        if keys.get("docking") in set_before:
            inherited.add((step, "docking"))
        set_before |= {keys["docking"]} if "docking" in keys else set()
    for i, line in enumerate(lines):
        header = re.match(r"\s*\[+([^\]]+)\]", line)
        section = header[1].strip() if header else section
        blank = re.match(r"(\s*)(\w+)(\s*=\s*)\"plan\"", line)
        step = section.removeprefix("steps.")
        if blank and (step, blank[2]) in todo:
            lines[i] = f"{blank[1]}{blank[2]}{blank[3]}{_toml(values[step][blank[2]])}{line[blank.end():]}"
            todo.discard((step, blank[2]))
    for step, key in sorted(todo - inherited, reverse=True):
        at = next((i for i, line in enumerate(lines) if re.match(rf"\s*\[steps\.{re.escape(step)}\]", line)), None)
        if at is None:
            raise InputError(f"[steps.{step}] {key}: the step has no header of its own in the file; write one")
        lines.insert(at + 1, f"{NOTES.get(key, '')}{key} = {_toml(values[step][key])}\n")
    return "".join(lines)
