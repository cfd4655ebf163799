"""A launch that does not go today: on which of the next days it may, when, by which profile, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from fakel.model.day import DAY_S, midnight
from fakel.model.ephemeris import Announced
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import NoWindow
from fakel.model.launch_day import Recycle, TryAgain
from fakel.model.profile import Profile
from fakel.physics.geodesy import enu_from_itrf
from fakel.physics.light import elevation_of_sun_rad, sunlit
from fakel.plan import launch
from fakel.plan.craft import Path, cd_area_m2
from fakel.plan.docking_time import PHASE_TOLERANCE_RAD, default_docking
from fakel.plan.launch_case import Case
from fakel.world import World

HATCH_S = 2 * 3600.0
"""From contact to open hatches the station's crew is at work: leak checks, commonly two hours."""
SAME_S, PLANE_DAY_S = 3600.0, 85_000.0
"""Liftoffs of two profiles closer than the first are one try: they differ by what node drift their ways leave. The pad
meets the station's plane about each second: a sidereal day less what 5 deg of node take."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Days over which the station is taken to fly from one state, that of ``known``."""

    window: Window
    path: Path
    known: Epoch


@dataclass(frozen=True, slots=True, eq=False)
class _Chance:
    """A liftoff by a profile, and from which state of the station it is foreseen."""

    profile: Profile
    at: launch.Opportunity
    stretch: Stretch


def days_of(first: Epoch, days: int) -> list[Window]:
    """The liftoff of each day lies about an hour after the begin of its window."""
    starts = [first + (k * PLANE_DAY_S - SAME_S) for k in range(days + 1)]
    return [Window(start, start + (PLANE_DAY_S if k < days else 2 * SAME_S)) for k, start in enumerate(starts)]


def recycle(case: Case, first: Epoch, stretches: Sequence[Stretch], world: World, *, crew_day_s: tuple[float, float],
            announced: Sequence[Announced] = (), light: str = "any",
            progress: Callable[[float], None] = lambda part: None) -> Recycle:
    """The tries of a launch from the first liftoff on, one a day (a launcher that steers: two).

    announced: pushes of the station. light: ``day`` closes tries that leave in the dark
    or dock in it, ``any`` none.
    """
    found: list[_Chance] = []
    for k, (stretch, profile) in enumerate(product(stretches, case.profiles)):
        found += [_Chance(profile, chance, stretch) for chance in launch.opportunities(
            stretch.window, case.ask(profile), stretch.path, world)]
        progress((k + 1) / len(case.profiles) / len(stretches))
    rows: list[TryAgain] = []
    for group in _tries(found):
        rows.append(_row(case, group, rows, first, world, crew_day_s, announced, light))
    if not rows:
        raise NoWindow(f"{case.pad.name} does not meet the station's plane from "
                       f"{stretches[0].window.start.iso()} to {stretches[-1].window.stop.iso()}; give more --days")
    windows = tuple((p.id, p.phase_min_rad, p.phase_max_rad) for p in case.profiles)
    return Recycle(case.launcher.name, case.ship.name, case.pad.name, case.station.name, windows, tuple(rows),
                   crew_day_s)


def _tries(found: list[_Chance]) -> list[list[_Chance]]:
    """Liftoffs of all profiles, those of one pass over the pad together."""
    out: list[list[_Chance]] = []
    for one in sorted(found, key=lambda one: one.at.liftoff):
        if out and one.at.liftoff - out[-1][0].at.liftoff < SAME_S:
            out[-1].append(one)
        else:
            out.append([one])
    return out


def _row(case: Case, group: list[_Chance], before: list[TryAgain], first: Epoch, world: World,
         crew_day_s: tuple[float, float], announced: Sequence[Announced], light: str) -> TryAgain:
    able = {p.id: one for p in case.profiles for one in group if one.profile is p and _takes(p, one.at)}
    asked = next((one for one in group if one.profile is case.profile), group[0])
    best = next(iter(able.values())) if able else asked
    profile, chance, case = best.profile, best.at, replace(case, path=best.stretch.path)
    docking = _docking(case, profile, chance, world) if able else None
    day = round((chance.liftoff - first) / DAY_S)
    last = next((r for r in reversed(before) if r.ascending == chance.ascending and r.day < day), None)
    shift = chance.liftoff - last.liftoff - DAY_S * (day - last.day) if last else 0.0
    t0 = next((r.docking for r in before if r.docking is not None), docking)
    moved = _hour_apart_s(docking, t0) if docking and t0 else None
    sun, lit = _light(case, chance.liftoff, docking, world)
    why = _why([] if able else group, chance, docking, announced, sun, lit, light)
    told = tuple(f"{b.name} at {b.epoch.iso()[:16]}Z comes before and is not flown" for b in announced
                 if b.dv_m_s and best.stretch.known < b.epoch < chance.liftoff)
    return TryAgain(day, chance.liftoff, shift, chance.ascending, chance.phase_rad, tuple(able), profile.id, docking,
                    sun, lit, moved, None if docking is None else _outside_s(docking, crew_day_s), why, told)


def _takes(profile: Profile, chance: launch.Opportunity) -> bool:
    return bool(profile.phase_min_rad - PHASE_TOLERANCE_RAD <= chance.phase_rad
                <= profile.phase_max_rad + PHASE_TOLERANCE_RAD)


def _docking(case: Case, profile: Profile, chance: launch.Opportunity, world: World) -> Epoch:
    at = chance.liftoff + case.launcher.target.met_s
    station = case.path.at(world.seconds(at), world)
    return default_docking(profile, chance.liftoff, chance.phase_rad, station.y, at, cd_area_m2(case.station), world)


def _light(case: Case, liftoff: Epoch, docking: Epoch | None, world: World) -> tuple[float, bool | None]:
    """Height of the Sun at the pad, and whether it shines on the station at contact."""
    t = np.array([world.seconds(liftoff)])
    up = world.itrf_from_gcrf(t)[0].T @ enu_from_itrf(case.pad.latitude_rad, case.pad.longitude_rad)[2]
    sun = float(elevation_of_sun_rad(up, world.sun_gcrf_m(t))[0])
    if docking is None:
        return sun, None
    at = case.path.at(world.seconds(docking), world)
    return sun, bool(sunlit(at.y[None, :3], world.sun_gcrf_m(np.array([at.t_s])))[0] > 0.5)


def _why(closed: list[_Chance], chance: launch.Opportunity, docking: Epoch | None,
         announced: Sequence[Announced], sun_rad: float, lit: bool | None, light: str) -> str:
    """Why a try is closed; empty when it is open. closed: profiles that do not take its phase, when none does."""
    out = []
    if closed:
        one = min(closed, key=lambda one: _beside_rad(one.profile, one.at))
        nearest = one.profile
        low, high, phase = np.degrees([nearest.phase_min_rad, nearest.phase_max_rad, one.at.phase_rad])
        out.append(f"no profile takes the phase; nearest {nearest.id}: {phase:.1f} deg, it takes {low:g} to {high:g}")
    for push in announced:
        if docking is not None and push.dv_m_s and chance.liftoff <= push.epoch <= docking:
            out.append(f"the station is pushed on the way: {push.name} at {push.epoch.iso()[:16]}Z")
    if light == "day" and sun_rad < 0.0:
        out.append("the pad lies in the dark")
    if light == "day" and lit is False:
        out.append("contact in the station's night")
    return "; ".join(out)


def _beside_rad(profile: Profile, chance: launch.Opportunity) -> float:
    """How far a phase lies outside the profile's window."""
    return max(profile.phase_min_rad - chance.phase_rad, chance.phase_rad - profile.phase_max_rad)


def _hour_of_day_s(epoch: Epoch) -> float:
    return epoch - midnight(epoch.day)


def _hour_apart_s(one: Epoch, other: Epoch) -> float:
    """How much later in the day one is than other, in [-12 h, 12 h)."""
    return (_hour_of_day_s(one) - _hour_of_day_s(other) + DAY_S / 2) % DAY_S - DAY_S / 2


def _outside_s(docking: Epoch, crew_day_s: tuple[float, float]) -> float:
    """By how much the crew must rise earlier or go to bed later, so that contact and hatch fall in its day."""
    wake, sleep = crew_day_s
    start = (_hour_of_day_s(docking) - wake) % DAY_S                       # since waking
    awake = (sleep - wake) % DAY_S
    late = max(start + HATCH_S - awake, 0.0)
    early = DAY_S - start if start > 0.0 else 0.0
    return min(late, early)
