"""A planned walk as a mission file: its own text with the hatch, each task's start and people filled in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from fakel.api.walk_case import Walk
from fakel.load.mission import mission_from
from fakel.model.errors import InputError
from fakel.model.walk_plan import Doing, WalkPlan

FILLED = r"\s*(start_min|start_s|start_h|deferred|choose)\s*="


def fill_walk(text: str, walk: Walk, plan: WalkPlan, path: Path) -> str:
    """The file's text with the plan in it; comments and order stay. Raises InputError when it cannot be written so."""
    step = f"steps.{walk.step}"
    head, blocks = _blocks(text, f"[[{step}.tasks]]")
    if len(blocks) != len(walk.plan.tasks):
        raise InputError(f"{walk.path}: write each task of the walk as [[{step}.tasks]], so that it can be filled in")
    doings = {d.task: d for d in plan.doings}
    filled = [_fill(block, doings.get(task.id), len(task.who), task.choose)
              for block, task in zip(blocks, walk.plan.tasks, strict=True)]
    whole = _with_hatch(head, step, plan) + "".join(filled)
    try:
        again = mission_from(tomllib.loads(whole), path).steps[walk.step].plan
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise InputError(f"{walk.path}: the plan could not be written into its text ({error}); write one key a line"
                         ) from error
    starts = {t.id: t.start_s for t in again.tasks if not t.deferred}            # type: ignore[attr-defined]
    if starts != {d.task: 60.0 * d.start_min for d in plan.doings}:
        raise InputError(f"{walk.path}: the plan could not be written into its text; write one key a line")
    return whole


def _blocks(text: str, header: str) -> tuple[str, list[str]]:
    """What stands before the first task, and the text of each task; the last one holds the rest of the file."""
    parts = re.split(rf"(?m)^(?=[ \t]*{re.escape(header)})", text)
    return parts[0], parts[1:]


def _fill(block: str, doing: Doing | None, people: int, choose: int) -> str:
    body, rest = _own_lines(block)
    lines = [line for line in body if not re.match(FILLED, line)]
    if doing is None:
        return "".join([*lines, "deferred = true\n", *rest])
    more = [f"start_min = {doing.start_min}\n"]
    if choose:
        lines = [line for line in lines if not re.match(r"\s*who\s*=", line)]
        more.append(f"who = [{', '.join(repr(name) for name in doing.who)}]\n")
    took = doing.stop_min - doing.start_min
    if doing.state in ("done", "under way", "stopped"):
        lines = [line for line in lines if not re.match(r"\s*duration_(min|s|h)\s*=", line)]
        more.append(f"duration_min = {took}\n")
    return "".join([*lines, *more, *rest])


def _own_lines(block: str) -> tuple[list[str], list[str]]:
    """The lines of a task up to its last key, and what follows: blank lines, comments, the next table."""
    lines = block.splitlines(keepends=True)
    stop = next((i for i, line in enumerate(lines[1:], 1) if line.lstrip().startswith("[")), len(lines))
    while stop > 1 and (not lines[stop - 1].strip() or lines[stop - 1].lstrip().startswith("#")):
        stop -= 1
    if not lines[stop - 1].endswith("\n"):
        lines[stop - 1] += "\n"
    return lines[:stop], lines[stop:]


def _with_hatch(head: str, step: str, plan: WalkPlan) -> str:
    iso = re.sub(r"\.?0+Z$", "Z", plan.hatch_open.iso(9))
    at = next((m for m in re.finditer(rf"(?m)^\s*\[{re.escape(step)}\][^\n]*\n", head)), None)
    if at is None:
        raise InputError(f"[{step}]: the walk has no header of its own in the file; write one")
    before, mine = head[:at.end()], head[at.end():]
    stop = re.search(r"(?m)^\s*\[", mine)
    own, rest = (mine[:stop.start()], mine[stop.start():]) if stop else (mine, "")
    own, found = re.subn(r"(?m)^(\s*hatch_open\s*=\s*)[^#\n]*?(\s*(?:#.*)?)$", rf"\g<1>{iso}\g<2>", own, count=1)
    return before + ("" if found else f"hatch_open = {iso}\n") + own + rest
