"""Spacewalks for the tests: the shipped hour outside, changed, planned and flown without the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from fakel.fly import told
from fakel.load.library import read_toml
from fakel.load.mission import mission_from, missions
from fakel.model.flight import Flight, Leg, Situation
from fakel.model.mission import Mission
from fakel.model.plain import plain, plan_as_data
from fakel.phases import PHASES
from fakel.plan.start import first_situation, mission_window
from fakel.world import World, build_world

PATH = missions()["torch-walk"]
Edit = Callable[[dict[str, Any]], None]


def unchanged(table: dict[str, Any]) -> None:
    """The edit that edits nothing."""


def mission(edit: Edit = unchanged) -> Mission:
    """The shipped mission torch-walk after an edit of its table."""
    table = read_toml(PATH)
    edit(table)
    return mission_from(table, PATH)


def tasks(table: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The tasks of a mission's table by their id."""
    return {task["id"]: task for task in table["steps"]["walk"]["tasks"]}


@lru_cache(maxsize=1)
def world() -> World:
    window = mission_window(mission())
    return build_world(window.start, window.stop, gravity="j2", drag=False)


def planned(edit: Edit = unchanged, **changes: Any) -> tuple[Any, Situation]:
    """The filled plan of the walk, and the situation it begins in; changes replace fields of that situation."""
    made = mission(edit)
    situation = replace(first_situation(made, world()), **changes)
    return PHASES["eva"].fill(made.steps["walk"].plan, situation, world()), situation


def flown(edit: Edit = unchanged, **changes: Any) -> Leg:
    """The walk as it went, with the channels of its arcs; the unchanged one is flown once in a process."""
    return _hour() if edit is unchanged and not changes else _flown(edit, **changes)


@cache
def _hour() -> Leg:
    return _flown(unchanged)


def _flown(edit: Edit, **changes: Any) -> Leg:
    plan, situation = planned(edit, **changes)
    leg = PHASES["eva"].fly(situation, plan, world())
    return told(replace(leg, step="walk", phase="eva", plan=plan_as_data(plan)), world())


def flight(leg: Leg, edit: Edit = unchanged) -> Flight:
    """A flight of that leg alone, as rules read it."""
    made = mission(edit)
    data = {"steps": {"walk": {"phase": "eva"}}, "suits": {who: plain(s) for who, s in made.suits.items()},
            "items": {name: plain(item) for name, item in made.items.items()}}
    return Flight(data, (leg,), {}, True)
