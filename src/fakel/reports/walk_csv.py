"""A walk's timeline as CSV, and what a person changed in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from fakel.model.errors import InputError
from fakel.model.procedure import Timeline

HEAD = ("task", "title", "who", "place", "start_min", "length_min", "fixed", "pet", "utc", "wishes")
"""fixed: write yes, and the task begins at start_min whatever the planner thinks. pet, utc and wishes are not read."""


def clock(minutes: float) -> str:
    whole = round(minutes)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def rows(timeline: Timeline) -> str:
    """The timeline as CSV text."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(HEAD)
    for b in timeline.blocks:
        utc = (timeline.hatch_open + 60.0 * b.start_min).iso() if timeline.hatch_open else ""
        write.writerow((b.id, b.title, " ".join(b.who), b.place, f"{b.start_min:g}", f"{b.stop_min - b.start_min:g}",
                        "", clock(b.start_min), utc, " ".join(b.task.get("must", ()))))
    return out.getvalue()


def edited(text: str, tasks: Sequence[Mapping[str, Any]], where: str) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Tasks of a mission after a person's edits: in the rows' order, and what changed.

    Raises InputError, naming the line, for what cannot be read.
    """
    table = csv.DictReader(io.StringIO(text))
    missing = [key for key in HEAD[:6] if key not in (table.fieldnames or ())]
    if missing:
        raise InputError(f"{where}: has no column {missing[0]}; it takes: {', '.join(HEAD)}")
    known, out, told = {str(t["id"]): dict(t) for t in tasks}, [], []
    for row in table:
        here = f"{where}, line {table.line_num}"
        name = (row["task"] or "").strip()
        if not name:
            raise InputError(f"{here}: task is empty; write an id")
        if any(task["id"] == name for task in out):
            raise InputError(f"{here}: task {name} is there twice; give each its own id")
        old = known.get(name, {"id": name, "metabolic_w": 300.0})
        new = {"title": row["title"].strip(), "who": row["who"].replace(",", " ").split(),
               "place": row["place"].strip(), "duration_min": _number(row["length_min"], f"{here}: length_min")}
        if (row.get("fixed") or "").strip().lower() in ("yes", "x", "true", "1"):
            new["start_min"] = _number(row["start_min"], f"{here}: start_min")
        told += [f"{name}: is new"] if name not in known else [
            f"{name}: {key} = {old.get(key)!r} is now {value!r}" for key, value in new.items() if old.get(key) != value]
        out.append({**old, **new})
    gone = [name for name in known if all(task["id"] != name for task in out)]
    told += [f"{name}: is gone" for name in gone]
    for task in out:
        if "after" in task:
            task["after"] = [name for name in task["after"] if name not in gone]
    if [t["id"] for t in out if t["id"] in known] != [name for name in known if name not in gone]:
        told.append("the order is another")
    return out, tuple(told)


def _number(text: str | None, what: str) -> float:
    try:
        value = float(text or "")
    except ValueError:
        raise InputError(f"{what} = {text!r} is not a number") from None
    if not 0.0 <= value < 1e5:
        raise InputError(f"{what} = {text} cannot be; write 0 or more")
    return value
