"""Cases for the spacewalk's planner: the invented walk of 41 tasks, and walks drawn at random."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from fakel.model.epoch import Epoch, Window, intersection, union
from fakel.plan.coverage import WISHES
from fakel.plan.eva import Show, Task
from fakel.plan.eva_case import AlongRail, Budget, Case, Done, Spans
from fakel.plan.eva_check import Claim
from fakel.plan.eva_solver import Solved

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
    return Case(ORIGIN, walkers, tasks, raw["inside"], ways, windows, windows["tv"], hatch,
                60.0 * raw["latest_close_min"], 60.0 * raw["longest_min"], raw["tools"],
                oxygen(walkers, tasks, raw["oxygen_g"] / 1000, raw["idle_w"]),
                Show(show["from"], show["to"], 60.0 * show["least_min"], 60.0 * show["most_min"]),
                60.0 * raw["rest_every_min"], 60.0 * raw["rest_min"])


def triangle_holds(case: Case) -> bool:
    """No detour is shorter than the direct way: what the planner's order of tasks rests on."""
    places = sorted({t.place for t in case.tasks} | {case.inside})
    return all(case.travel_s(a, c) <= case.travel_s(a, b) + case.travel_s(b, c) + 1e-9
               for a, b, c in product(places, repeat=3))


# ---------------------------------------------------------------------------------------------- walks drawn at random
LAST_MIN = 400
PLACES = ("lock", "mast", "truss", "panel")


def drawn(seed: int, count: int | None = None) -> Case:
    """A random walk of 12 to 15 tasks, or of so many: possible or not."""
    dice = random.Random(seed)
    names = [f"work-{k}" for k in range((count or dice.randint(12, 15)) - 4)]
    walkers = ("anna", "boris")
    first = Task("out", "out", walkers, "lock", 60.0 * dice.randint(5, 15), 340.0)
    work = [_drawn_task(dice, name, names[:k]) for k, name in enumerate(names)]
    if count is not None:                               # many tasks fit only when they are short and wish for little
        work = [replace(t, duration_s=60.0 * dice.randint(3, 9), latest_s=None, same_as="",
                        must=t.must if dice.random() < 0.4 else ()) for t in work]
    flag = [Task("flag-out", "flag-out", walkers, "lock", 240.0, 300.0, after=("out",), tools=("camera",)),
            Task("flag-in", "flag-in", ("boris",), "lock", 300.0, 300.0, after=("flag-out",))]
    close = Task("close", "close", walkers, "lock", 300.0, 300.0, closing=True)
    tasks = (first, *flag, *work, close)
    named = _drawn_windows(dice)
    windows = wishes_of(named, tasks)
    away = {"lock": 0.5, **{place: dice.uniform(2.0, 20.0) for place in PLACES[1:]}}
    length = 60.0 * (dice.randint(120, 300) if count is None else 350)
    hatch, tools = (0.0, 60.0 * dice.choice((0, 25, 60))), {"driver": 1, "camera": dice.randint(1, 2)}
    show = Show("flag-out", "flag-in", 60.0 * dice.randint(0, 40), 60.0 * dice.randint(45, 80))
    return Case(ORIGIN, walkers, tasks, "lock", AlongRail(away, 0.1, 60.0 * dice.randint(0, 1)), windows, windows["tv"],
                hatch, 60.0 * LAST_MIN, length, tools,
                oxygen(walkers, tasks, dice.uniform(0.25, 0.6) if count is None else 0.8, 250.0),
                dice.choice((None, show)), dice.choice((None, 60.0 * dice.randint(70, 110))), 300.0)


def _drawn_task(dice: random.Random, name: str, earlier: list[str]) -> Task:
    kind = dice.choice((("anna",), ("boris",), ("anna", "boris"), "any", "any"))
    optional = dice.random() < 0.25
    after = (dice.choice(earlier),) if earlier and dice.random() < 0.35 else ("out",)
    fixed = {"earliest_s": 60.0 * dice.randint(10, 60)} if dice.random() < 0.1 else (
        {"latest_s": 60.0 * dice.randint(90, 260)} if dice.random() < 0.15 else {})
    return Task(name, name, ("anna", "boris") if kind == "any" else kind, dice.choice(PLACES),
                60.0 * dice.randint(4, 18), float(dice.randint(200, 450)), after=after, scene=dice.random() < 0.1,
                must=dice.choice(((), (), (), (), ("light",), ("link",), ("light", "relay"), ("dark",))),
                like=dice.choice(((), (), (), ("light",))), tools=dice.choice(((), (), ("driver",), ("camera",))),
                choose=1 if kind == "any" else 0, optional=optional, worth=dice.randint(1, 40),
                get_ahead=optional and dice.random() < 0.3,
                same_as=dice.choice(("", "", "", earlier[-1] if earlier else "")), **fixed)


def _drawn_windows(dice: random.Random) -> dict[str, Spans]:
    sunrise = dice.uniform(-60.0, 33.0)
    light = [(sunrise + 93.0 * k, sunrise + 93.0 * k + 62.0) for k in range(6)]
    dark = [(b, a) for (_, b), (a, _) in pairwise([(0.0, -1.0), *light])]
    gaps = sorted(dice.sample(range(10, LAST_MIN), 4))
    relay = [(a + dice.uniform(3.0, 9.0), float(b)) for a, b in pairwise([-20, *gaps, LAST_MIN + 60]) if b - a > 12]
    ground = [(k, k + 6.0) for k in range(20, LAST_MIN, 93)]
    return {"light": spans_of(light), "dark": spans_of(dark), "relay": spans_of(relay), "ground": spans_of(ground)}


def claim_of(case: Case, plan: Solved) -> Claim:
    """The plan in seconds, written anew here so that the judge does not read the planner's own hand."""
    done = case.past.done if case.past else {}
    rows = {name: done.get(name) or Done(60.0 * at, 60.0 * at + case.by_id[name].duration_s, plan.who[name])
            for name, at in plan.start.items()}
    return Claim(case.past.hatch_s if case.past else 60.0 * plan.hatch, 60.0 * plan.closed, rows)
