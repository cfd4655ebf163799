"""The reference mission's climb with errors, prepared once for the tests of dispersed flights."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from fakel.campaign.rendezvous import Case, Outcome, case_of, fly_run
from fakel.load.library import Library
from fakel.load.mission import load_mission, missions
from fakel.model.mission import Mission
from fakel.model.navigation import Navigation
from fakel.plan.start import mission_world
from fakel.world import World

SEED = 2013
NAVIGATION: Navigation = Library().find(Navigation, "soyuz-2013", "test")


@cache
def mission() -> Mission:
    return load_mission(missions()["sochi-torch"])


@cache
def world() -> World:
    return mission_world(mission())


@cache
def case() -> Case:
    return case_of(mission(), world(), NAVIGATION, SEED)


@cache
def flown(run: int) -> Outcome:
    return fly_run(case(), run)


def with_navigation(**changes) -> Case:
    """The same way with other errors."""
    other = replace(NAVIGATION, **changes)
    return replace(case(), navigation=other)


def with_drill(step: str, **drill) -> Case:
    """The same way, a burn of which fails."""
    plans = {**case().plans, step: replace(case().plans[step], **drill)}
    return replace(case(), plans=plans)
