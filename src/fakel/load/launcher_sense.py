"""Whether a launcher's file makes sense: a rocket that no one can build is refused before it flies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from fakel.model.errors import InputError
from fakel.model.launcher import AscentAero, Launcher, PitchProgramme, SeparationTarget, Stage, SteeringLimits
from fakel.physics.geodesy import RADIUS_M

MOST_KICK_RAD = float(np.radians(45.0))
LOWEST_M = RADIUS_M - 30e3           # the poles lie 21 km lower


def check_launcher(launcher: Launcher, where: str) -> None:
    """Raises InputError, in one line, for the first thing that cannot be. where names the file."""
    for part, wrong in _wrongs(launcher):
        raise InputError(f"{where.rstrip(':')} {part}{' ' if part else ''}{wrong}")


def _wrongs(launcher: Launcher) -> Iterator[tuple[str, str]]:
    """Part of the file and what is wrong with it, with what to do."""
    yield from (("", wrong) for wrong in _below(launcher, 0.0, "adapter_kg", "coast_to_separation_s",
                                                "plane_reserve_m_s"))
    for k, stage in enumerate(launcher.stages):
        last = k == len(launcher.stages) - 1
        yield from ((f"stage {stage.id!r}:", wrong) for wrong in (*_of_a_stage(stage), *_of_its_order(stage, last)))
    yield from _of_parts(launcher)
    yield from (("[aero]", wrong) for wrong in _of_aero(launcher.aero))
    yield from (("[programme]", wrong) for wrong in _of_programme(launcher.programme))
    yield from (("[limits]", wrong) for wrong in _of_limits(launcher.limits))
    target = launcher.target
    yield from (("[target]" if isinstance(target, SeparationTarget) else "[orbit]", wrong)
                for wrong in _not_above(target, 0.0, "met_s"))
    if isinstance(target, SeparationTarget):
        radius_m, speed_m_s = (float(np.linalg.norm(v)) for v in (target.position_itrf_m, target.velocity_itrf_m_s))
        if radius_m < LOWEST_M or not speed_m_s > 0.0:
            yield "[target]", (f"lies {radius_m / 1e3:.0f} km from the Earth's centre at {speed_m_s:.0f} m/s; write a "
                               "place above the ground and the velocity there")


def _below(record: object, least: float, *names: str) -> Iterator[str]:
    return (f"{name} = {getattr(record, name):g} cannot be; write {least:g} or more" for name in names
            if getattr(record, name) < least)


def _not_above(record: object, bound: float, *names: str) -> Iterator[str]:
    return (f"{name} = {getattr(record, name):g} cannot be; write more than {bound:g}" for name in names
            if not getattr(record, name) > bound)


def _of_a_stage(stage: Stage) -> Iterator[str]:
    yield from _not_above(stage, 0.0, "dry_mass_kg", "propellant_kg", "thrust_vacuum_n", "isp_vacuum_s",
                          "isp_sea_level_s")
    yield from _below(stage, 0.0, "unusable_kg", "thrust_sea_level_n")
    if stage.unusable_kg >= stage.propellant_kg:
        yield (f"unusable_kg = {stage.unusable_kg:g} leaves nothing of propellant_kg = {stage.propellant_kg:g}, which "
               "includes it")
    if stage.thrust_sea_level_n > stage.thrust_vacuum_n:
        yield (f"thrust_sea_level_n = {stage.thrust_sea_level_n:g} is more than thrust_vacuum_n = "
               f"{stage.thrust_vacuum_n:g}; air takes from thrust")
    for step in stage.throttle:
        if not 0.0 <= step.level <= 1.0:
            yield f"throttle level = {step.level:g} is no share of full thrust; write 0 to 1"
    for a, b in pairwise(stage.throttle):
        if b.from_s <= a.from_s:
            yield f"throttle from_s = {b.from_s:g} comes after {a.from_s:g}; write them in order of time"


def _of_its_order(stage: Stage, last: bool) -> Iterator[str]:
    if last:
        for name in ("cutoff_s", "separation_s"):
            if getattr(stage, name) is not None:
                yield f"{name} is for the stages below; guidance cuts the last one off: take it out"
        return
    off_s, part_s = stage.cutoff_s, stage.separation_s
    if off_s is None or part_s is None:
        yield f"{'cutoff_s' if off_s is None else 'separation_s'} is missing; only the last stage has none"
    elif not (stage.ignition_s < off_s <= part_s and off_s > 0.0):
        yield (f"ignition_s = {stage.ignition_s:g}, cutoff_s = {off_s:g} and separation_s = {part_s:g} are out of "
               "order; it burns, is cut off and parts after liftoff")


def _of_parts(launcher: Launcher) -> Iterator[tuple[str, str]]:
    for part in launcher.jettisons:
        for wrong in (*_below(part, 0.0, "at_s"), *_not_above(part, 0.0, "mass_kg")):
            yield f"jettison {part.event!r}:", wrong
    names = [part.event for part in launcher.jettisons] + [s.separation_event for s in launcher.stages]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield "", f"has {names.count(name)} events {name!r}; give each part its own"


def _of_aero(aero: AscentAero) -> Iterator[str]:
    yield from _not_above(aero, 0.0, "area_boosters_m2", "area_core_m2", "nose_radius_m")
    yield from _below(aero, 0.0, "lift_1_rad")
    if len(aero.mach) != len(aero.cd0) or not aero.mach:
        yield f"mach has {len(aero.mach)} numbers and cd0 {len(aero.cd0)}; they are one table"
    if any(b <= a for a, b in pairwise(aero.mach)):
        yield "mach does not rise; write it in order"
    if any(cd < 0.0 for cd in aero.cd0):
        yield f"cd0 = {min(aero.cd0):g} would push; write 0 or more"


def _of_programme(programme: PitchProgramme) -> Iterator[str]:
    yield from _below(programme, 0.0, "vertical_s")
    if not 0.0 <= programme.kick_rad <= MOST_KICK_RAD:
        yield f"kick_deg = {np.degrees(programme.kick_rad):g} cannot be; write 0 to {np.degrees(MOST_KICK_RAD):g}"
    if programme.closed_loop_from_s <= programme.vertical_s:
        yield (f"closed_loop_from_s = {programme.closed_loop_from_s:g} comes before the turn, vertical_s = "
               f"{programme.vertical_s:g}; write a later one")


def _of_limits(limits: SteeringLimits) -> Iterator[str]:
    return _not_above(limits, 0.0, "attitude_rate_rad_s", "alpha_rad", "q_alpha_pa_rad")
