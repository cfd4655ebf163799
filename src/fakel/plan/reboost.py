"""The station's side of a launch: the smallest push that brings its phase on the launch day into a profile's window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.mean import A
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import NoWindow
from fakel.model.way_up import Reboost
from fakel.physics.frames import rtn_from_gcrf
from fakel.plan import launch
from fakel.plan.burns import mean_elements
from fakel.plan.craft import Path
from fakel.world import World

LARGEST_M_S = 6.0
"""No reboost of the station is known to have been larger by much (2 to 3 m/s are usual)."""
INSIDE_RAD = np.radians(0.05)
"""So far inside the window's edge: what the liftoff's rounding and a day's drag may move."""


@dataclass(frozen=True, slots=True)
class Push:
    """An impulse along track at an instant."""

    at: Epoch
    dv_m_s: float


def pushed(station: Path, pushes: Sequence[Push], until: Epoch, world: World) -> Path:
    """A station carried on to an instant through some impulses (those before it and after the station's own)."""
    for push in sorted(pushes, key=lambda p: p.at):
        t_s = world.seconds(push.at)
        if station.t_s <= t_s <= world.seconds(until):
            here = station.at(t_s, world)
            y = here.y.copy()
            y[3:6] += push.dv_m_s * rtn_from_gcrf(y[:3], y[3:6])[1]
            station = replace(here, y=y)
    return station.at(world.seconds(until), world)


def opportunity(station: Path, pushes: Sequence[Push], day: Window, ask: launch.Ask, world: World
                ) -> launch.Opportunity:
    """The launch of a day as it is after some pushes, in the window or not. Raises NoWindow when the pad meets no
    plane on that day."""
    found = launch.opportunities(day, ask, pushed(station, pushes, day.start, world), world)
    if not found:
        raise NoWindow(f"the pad does not meet the station's plane from {day.start.iso()} to {day.stop.iso()}; take "
                       "another day")
    return found[0]


def smallest(station: Path, at: Sequence[Epoch], day: Window, ask: launch.Ask, world: World,
             known: Sequence[Push] = ()) -> tuple[Reboost, ...]:
    """For each instant the smallest push, up or down, that brings a launch day into the profile's window; the smallest
    of all first. known: pushes that happen anyhow.

    A push moves the phase along a straight line but for drag, so a secant finds the edge; a push of 0 m/s means that
    the day is good already. Raises NoWindow when none up to LARGEST_M_S does.
    """
    before = opportunity(station, known, day, ask, world)
    out = [found for when in at if (found := _smallest(station, when, day, ask, world, known, before)) is not None]
    if not out:
        low, high = np.degrees(ask.profile.phase_min_rad), np.degrees(ask.profile.phase_max_rad)
        raise NoWindow(f"no push up to {LARGEST_M_S:g} m/s from {at[0].iso()} to {at[-1].iso()} brings the phase of "
                       f"{np.degrees(before.phase_rad) % 360:.1f} deg into {low:g} to {high:g} deg; push earlier or "
                       "take another day")
    return tuple(sorted(out, key=lambda r: abs(r.dv_m_s)))


def _smallest(station: Path, when: Epoch, day: Window, ask: launch.Ask, world: World, known: Sequence[Push],
              before: launch.Opportunity) -> Reboost | None:
    profile = ask.profile
    if before.accepted:
        return _told(station, Push(when, 0.0), known, before, before, world)
    trial = opportunity(station, (*known, Push(when, 0.2)), day, ask, world)
    slope = _turn(trial.phase_rad - before.phase_rad) / 0.2
    if abs(slope) < 1e-6:
        return None
    low, high = profile.phase_min_rad + INSIDE_RAD, profile.phase_max_rad - INSIDE_RAD
    wanted = [edge - before.phase_rad + turn for edge in (low, high) for turn in (-2 * np.pi, 0.0, 2 * np.pi)]
    for goal in sorted(wanted, key=abs):
        dv_m_s = goal / slope
        if abs(dv_m_s) > LARGEST_M_S:
            continue
        edge = low if min(abs(goal + before.phase_rad - low) % (2 * np.pi),
                          -abs(goal + before.phase_rad - low) % (2 * np.pi)) < 1e-9 else high
        for _ in range(6):
            after = opportunity(station, (*known, Push(when, dv_m_s)), day, ask, world)
            step = _turn(edge - after.phase_rad) / slope
            if abs(step) < 1e-4:
                break
            dv_m_s += step
        if after.accepted and abs(dv_m_s) <= LARGEST_M_S:
            return _told(station, Push(when, dv_m_s), known, before, after, world)
    return None


def _told(station: Path, push: Push, known: Sequence[Push], before: launch.Opportunity, after: launch.Opportunity,
          world: World) -> Reboost:
    here = pushed(station, known, push.at, world)
    there = pushed(here, (push,), push.at, world)
    heights = [_height(path.y, path.t_s, path.cd_area_m2, world) for path in (here, there)]
    return Reboost(push.at, push.dv_m_s, heights[1] - heights[0], before.phase_rad, after.phase_rad, before.liftoff,
                   after.liftoff)


def _height(y: FloatArray, t_s: float, area_m2: float, world: World) -> float:
    return float(mean_elements(y, t_s, area_m2, world)[A])


def _turn(angle: float) -> float:
    return float((angle + np.pi) % (2 * np.pi) - np.pi)
