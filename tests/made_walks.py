"""Cases for the spacewalk's planner: the invented walk of 41 tasks, and walks drawn at random."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

from fakel.model.epoch import Epoch, Window, intersection, union
from fakel.plan.coverage import WISHES
from fakel.plan.eva import Show, Task
from fakel.plan.eva_case import AlongRail, Budget, Case, Spans

ORIGIN = Epoch.utc("2020-01-01T00:00:00Z")
J_PER_KG_O2 = 11.82e6 / 0.835


def spans_of(minutes: Any) -> Spans:
    return tuple((60.0 * a, 60.0 * b) for a, b in minutes)


def _windows(spans: Spans) -> tuple[Window, ...]:
    return tuple(Window(ORIGIN + a, ORIGIN + b) for a, b in spans)


def _spans(windows: tuple[Window, ...]) -> Spans:
    return tuple((w.start - ORIGIN, w.stop - ORIGIN) for w in windows)


def wishes_of(named: dict[str, Spans], tasks: tuple[Task, ...]) -> dict[str, Spans]:
    """Windows for every wish, and for every pair that a task has."""
    found = dict(named)
    found["link"] = _spans(union(_windows(found["relay"]) + _windows(found["ground"])))
    found["tv"] = _spans(intersection(_windows(found["light"]), _windows(found["relay"])))
    assert set(found) == set(WISHES)
    for task in tasks:
        if len(task.must) > 1:
            both = _windows(found[task.must[0]])
            for wish in task.must[1:]:
                both = intersection(both, _windows(found[wish]))
            found["+".join(sorted(task.must))] = _spans(both)
    return found


def task_of(name: str, raw: dict[str, Any], walkers: tuple[str, ...]) -> Task:
    who = (raw["who"],) if raw["who"] in walkers else walkers
    return Task(name, name, who, raw["at"], raw["min"] * 60.0, raw["w"], after=tuple(raw.get("after", ())),
                must=tuple(raw.get("must", ())), like=tuple(raw.get("like", ())), tools=tuple(raw.get("tools", ())),
                choose=1 if raw["who"] == "any" else 0, same_as=raw.get("same_as", ""), optional="worth" in raw,
                worth=raw.get("worth", 1), closing=raw.get("closing", False))


def oxygen(walkers: tuple[str, ...], tasks: tuple[Task, ...], kg: float, idle_w: float) -> tuple[Budget, ...]:
    rates = {t.id: t.metabolic_w / J_PER_KG_O2 for t in tasks}
    return tuple(Budget(p, "oxygen", "kg", kg, 0.0, 0.0, idle_w / J_PER_KG_O2, rates) for p in walkers)


def forty() -> Case:
    """The invented walk of 41 tasks."""
    raw = tomllib.loads((Path(__file__).parent / "spacewalk_forty.toml").read_text())
    walkers = tuple(raw["walkers"])
    tasks = tuple(task_of(name, given, walkers) for name, given in raw["tasks"].items())
    windows = wishes_of({name: spans_of(minutes) for name, minutes in raw["spans"].items()}, tasks)
    show = raw["show"]
    ways = AlongRail(raw["from_hatch_m"], raw["handrail_m_s"], raw["hook_s"])
    hatch = (60.0 * raw["hatch_min"][0], 60.0 * raw["hatch_min"][1])
    return Case(ORIGIN, walkers, tasks, raw["inside"], ways, windows, windows["tv"], hatch, 60.0 * raw["latest_close_min"], 60.0 * raw["longest_min"], raw["tools"],
                oxygen(walkers, tasks, raw["oxygen_g"] / 1000, raw["idle_w"]),
                Show(show["from"], show["to"], 60.0 * show["least_min"], 60.0 * show["most_min"]),
                60.0 * raw["rest_every_min"], 60.0 * raw["rest_min"])


def triangle_holds(case: Case) -> bool:
    """No detour is shorter than the direct way: what the planner's order of tasks rests on."""
    places = sorted({t.place for t in case.tasks} | {case.inside})
    return all(case.travel_s(a, c) <= case.travel_s(a, b) + case.travel_s(b, c) + 1e-9
               for a, b, c in product(places, repeat=3))
