"""``fakel plan``: the mission file with every blank filled in, which can be read, edited, compared and flown."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fakel.cli.fly import said_of
from fakel.cli.progress import progress
from fakel.load.mission import load_mission, mission_path
from fakel.model.blank import PLAN
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.mission import Mission

Filled = dict[str, dict[str, Any]]


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    path = mission_path(args.mission)
    mission = load_mission(path)
    with said_of(path):
        values = filled(mission, args.quiet or args.json)
    if args.json:
        print(json.dumps({"mission": mission.id, "filled": values}, indent=1))
        return 0
    text = fill_text(path.read_text(encoding="utf-8"), values)
    if args.out:
        Path(args.out).write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


def filled(mission: Mission, quiet: bool) -> Filled:
    """Step name to the values that its planner found; a blank is filled when its leg begins, so this flies."""
    from fakel.fly import planned_legs
    from fakel.plan.start import mission_window
    from fakel.world import build_world

    window = mission_window(mission)
    found: Filled = {}
    with progress(quiet) as display:
        world = build_world(window.start, window.stop, gravity=mission.gravity, drag=mission.drag)
        for plan, leg in planned_legs(mission, world, display.doing):
            found[leg.step] = _values(mission.steps[leg.step].plan, plan)
            display.flown(leg)
    return {step: values for step, values in found.items() if values}


def _values(before: Any, after: Any) -> dict[str, Any]:
    names = [n for n in before.__dataclass_fields__ if getattr(before, n) is PLAN]
    return {n: _text(getattr(after, n)) for n in names if getattr(after, n) is not PLAN}


def _text(value: Any) -> Any:
    return value.iso(9) if isinstance(value, Epoch) else value


def fill_text(text: str, values: Mapping[str, Mapping[str, Any]]) -> str:
    """The file's own text with each blank of [steps.NAME] replaced; comments and order stay.

    Raises InputError when a blank cannot be found in the text (an inline table, say).
    """
    lines, section = text.splitlines(keepends=True), ""
    todo = {(step, key) for step, keys in values.items() for key in keys}
    for i, line in enumerate(lines):
        header = re.match(r"\s*\[+([^\]]+)\]", line)
        section = header[1].strip() if header else section
        blank = re.match(r"(\s*)(\w+)(\s*=\s*)\"plan\"", line)
        step = section.removeprefix("steps.")
        if blank and (step, blank[2]) in todo:
            value = values[step][blank[2]]
            shown = value if isinstance(value, str) and re.match(r"\d{4}-", value) else json.dumps(value)
            lines[i] = f"{blank[1]}{blank[2]}{blank[3]}{shown}{line[blank.end():]}"
            todo.discard((step, blank[2]))
    if todo:
        step, key = sorted(todo)[0]
        raise InputError(f"[steps.{step}] {key}: its blank was not found in the file; write it on a line of its own")
    return "".join(lines)
