"""The one loop: fly a mission leg by leg."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from fakel.model.errors import FakelError
from fakel.model.flight import Leg, Situation
from fakel.model.mission import END, Mission
from fakel.model.plain import plan_as_data
from fakel.phases import PHASES
from fakel.plan.air_along import with_air
from fakel.plan.loading import weighed, with_load
from fakel.plan.start import first_situation
from fakel.plan.track import earth_channels, track_channels
from fakel.world import World

Progress = Callable[[str, str], None]


def fly_legs(mission: Mission, world: World, progress: Progress = lambda step, doing: None) -> Iterator[Leg]:
    """Yield each leg as it is finished; a live show reads them as they come.

    progress is told (step, "planning" or "flying") before the work begins.
    Raises InputError when a plan cannot be met, FlightError when physics leaves its stated range.
    """
    for _, leg in planned_legs(mission, world, progress):
        yield leg


def planned_legs(mission: Mission, world: World,
                 progress: Progress = lambda step, doing: None) -> Iterator[tuple[Any, Leg]]:
    """Yield each step's plan with its blanks filled, and the leg that was flown by it."""
    situation, name = first_situation(mission, world), mission.first
    while name != END:
        plan, leg = fly_step(mission, name, situation, world, progress)
        yield plan, leg
        situation, name = leg.after, mission.steps[name].then[leg.ending]


def fly_step(mission: Mission, name: str, situation: Situation, world: World,
             progress: Progress = lambda step, doing: None) -> tuple[Any, Leg]:
    """Plan and fly one step from a situation; returns the filled plan and the leg."""
    step = mission.steps[name]
    phase = PHASES[step.phase]
    try:
        progress(name, "planning")
        plan = phase.fill(with_load(step.plan, mission, situation), situation, world)
        progress(name, "flying")
        leg: Leg = phase.fly(situation, plan, world)
    except FakelError as error:
        raise type(error)(f"[steps.{name}] {error}") from error
    leg = told(replace(weighed(leg, mission.items), step=name, phase=step.phase, plan=plan_as_data(plan)), world)
    return plan, with_air(leg, mission)


def told(leg: Leg, world: World) -> Leg:
    """The leg with ground track, sunlight and Earth channels added to its arcs."""
    extra = [channel for arc in leg.arcs for channel in track_channels(arc, world)]
    if leg.arcs:
        longest = max(leg.arcs, key=lambda arc: arc.t_s[-1])
        extra += earth_channels(longest, world)
    names = {channel.name for channel in leg.channels}
    return replace(leg, channels=leg.channels + tuple(c for c in extra if c.name not in names))
