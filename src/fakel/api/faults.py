"""Fly a mission once, then again from where each fault strikes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fakel.fly import Progress, fly_step
from fakel.model.errors import FakelError, InputError
from fakel.model.fault import Fault
from fakel.model.flight import Leg, Situation
from fakel.model.mission import END, Mission, Step
from fakel.phases import PHASES
from fakel.plan.start import first_situation
from fakel.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A fault flown: the mission with it, all legs (those before it are the sound flight's), and how it ended.

    trouble: why it could not be flown on, or empty.
    """

    fault: Fault
    mission: Mission
    legs: tuple[Leg, ...]
    struck: int
    trouble: str

    @property
    def endings(self) -> tuple[str, ...]:
        """``deorbit: backup``, one a leg, from where the fault struck."""
        told = tuple(f"{leg.step}: {leg.ending}" for leg in self.legs[self.struck:])
        return (*told, "not flown on") if self.trouble else told


def fly_faults(mission: Mission, world: World, faults: Sequence[Fault],
               progress: Progress = lambda step, doing: None) -> Iterator[Branch]:
    """Yield each fault as it is flown. Raises InputError when the sound flight has none of a fault's phases."""
    sound = list(_flown(mission, mission.first, first_situation(mission, world), world, progress))
    for fault in faults:
        yield _branch(mission, fault, sound, world, progress)


def _branch(mission: Mission, fault: Fault, sound: list[Leg], world: World, progress: Progress) -> Branch:
    met = [leg.phase for leg in sound]
    for phase in fault.changes:
        if phase not in met:
            raise InputError(f"fault {fault.id}: the flight of {mission.id} has no {phase}; take a mission that has, "
                             "or leave the fault out")
    if not fault.changes:
        return Branch(fault, mission, tuple(sound), _first(met), "")
    changed = {}
    for phase, values in fault.changes.items():
        name = sound[met.index(phase)].step
        changed[name] = _struck(mission.steps[name], values, fault)
    spoilt = replace(mission, steps={**mission.steps, **changed})
    struck = min(met.index(phase) for phase in fault.changes)
    legs, trouble = sound[:struck], ""
    try:
        for leg in _flown(spoilt, sound[struck].step, sound[struck].before, world, progress):
            legs.append(leg)
    except FakelError as error:
        trouble = str(error)
    return Branch(fault, spoilt, tuple(legs), struck, trouble)


def _struck(step: Step, values: Mapping[str, Any], fault: Fault) -> Step:
    """The step with the fault in its plan. Raises InputError when the phase does not take it."""
    plan, phase = replace(step.plan, **values), PHASES[step.phase]
    if hasattr(phase, "check"):
        phase.check(plan, f"fault {fault.id}: {step.phase}:")
    return replace(step, plan=plan)


def check_fault(mission: Mission, fault: Fault) -> None:
    """Raises InputError when a phase of the mission does not take what the fault writes into its plan."""
    for step in mission.steps.values():
        if step.phase in fault.changes:
            _struck(step, fault.changes[step.phase], fault)


def _first(met: Sequence[str]) -> int:
    """Where the way home begins to brake, or the last leg."""
    return met.index("deorbit") if "deorbit" in met else len(met) - 1


def _flown(mission: Mission, name: str, situation: Situation, world: World, progress: Progress) -> Iterator[Leg]:
    while name != END:
        _, leg = fly_step(mission, name, situation, world, progress)
        yield leg
        situation, name = leg.after, mission.steps[name].then[leg.ending]
