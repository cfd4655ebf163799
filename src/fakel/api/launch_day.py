"""One launch refined: slips of the liftoff, the next days, and seconds cut out against a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.forces import as_epoch
from fakel.api.rendezvous import (
    Launch,
    Target,
    launch_of,
    port_of,
    profile_of,
    profiles,
    ship_of,
    target_from_elements,
    target_from_ephemeris,
    target_from_path,
)
from fakel.estimate.elements import satrec_from_lines
from fakel.load.catalogue import read_catalogue
from fakel.load.library import Library
from fakel.load.mission import load_mission, mission_path
from fakel.load.oem import read_oem
from fakel.load.omm import satrec_from_fields
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S, day_window, midnight
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError, NoWindow
from fakel.model.launch_day import CutOuts, KeepOut, Recycle, Slip
from fakel.model.mission import Elements
from fakel.model.profile import Profile
from fakel.model.screening import Listed
from fakel.model.start import age_error_m, age_told
from fakel.model.vehicle import Ship
from fakel.plan import launch
from fakel.plan.arrival import Wishes
from fakel.plan.burns import Burn
from fakel.plan.craft import Path as Free
from fakel.plan.craft import cd_area_m2
from fakel.plan.cut_outs import cut_outs, ways_of
from fakel.plan.launch_case import Case, visit_at
from fakel.plan.launch_recycle import SAME_S, Stretch, days_of, recycle
from fakel.plan.launch_slip import check_slips, require_near, slip
from fakel.plan.way_up import plan_way, who_can
from fakel.world import World, build_world

OLDEST_DAYS, OLDEST_CATALOGUE_DAYS = 30.0, 10.0
HINDSIGHT_S = DAY_S
"""A station's set may be so much younger than the liftoff: it was tracked over the launch itself."""
LONGEST_DAYS = 60
CREW_DAY_S = (6 * 3600.0, 21.5 * 3600.0)
"""When the station's crew is awake, UTC: its usual day, 06:00 to 21:30, as NASA publishes its timelines."""
FINEST_S, MOST_SLIPS = 0.1, 4001
NEXT = "the next is about "
"""So a planner's refusal says when."""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A launch to look at: who and what, its nominal liftoff, where the station is known to be, and the world."""

    case: Case
    nominal: Epoch
    target: Target
    world: World
    given: bool


def launch_setting(mission: str | Path | None = None, *, tle: str | Path | None = None, oem: str | Path | None = None,
                   pad: str = "baikonur-1-5", vehicle: str = "", spacecraft: str = "", profile: str = "",
                   date: str = "", liftoff: str = "", mass_kg: float | None = None, propellant_kg: float | None = None,
                   station: str = "iss-2013-11", port: str = "rassvet-nadir", max_age_days: float = OLDEST_DAYS,
                   days: int = 0, closed_too: bool = False) -> Setting:
    """A launch by its mission, or by the station's file, pad, rocket (vehicle), spacecraft and day or instant.

    The nominal liftoff is the day's first that the profile takes (without one: the shortest that can), or the given
    instant, which must lie in the window of the station's plane. days: how many more the world holds. closed_too:
    take the day's first meeting of the plane where no profile can. Raises NoWindow with the next day that can, and
    InputError for what cannot be used.
    """
    if mission is not None:
        target, asked, ship, where, chosen = _of_mission(Path(mission), liftoff)
    else:
        target, asked, ship, where, chosen = _of_options(tle, oem, pad, vehicle, spacecraft, profile, date, liftoff,
                                                         mass_kg, propellant_kg, station, port)
    first = asked.liftoff or midnight(asked.day)
    _check_age(target, first, max_age_days)
    world = build_world(min(target.epoch, first) + -0.6 * DAY_S, max(target.epoch, first + (days + 3.5) * DAY_S))
    able = tuple(p for p in profiles() if not p.experiment and p.serves(ship.vehicle.id))
    if not able and chosen is None:
        raise InputError(f"no profile is for {ship.vehicle.name}; give one with --profile")
    among = (chosen, *(p for p in able if p.id != chosen.id)) if chosen else able
    path = Free(world.seconds(first), target.at(first, world), cd_area_m2(target.station))
    case = Case(asked.launcher, asked.pad, ship, target.station, port_of(target.station, where), chosen or among[0],
                among, path)
    if asked.liftoff is not None:
        require_near(case, asked.liftoff, world)
        return Setting(case if chosen else _shortest(case, asked.liftoff, world), asked.liftoff, target, world, True)
    try:
        best, nominal = _first(case, asked, (chosen,) if chosen else among, world)
    except NoWindow:
        meetings = launch.opportunities(day_window(asked.day), case.ask(), case.path, world) if closed_too else ()
        if not meetings:
            raise
        best, nominal = case, meetings[0].liftoff
    return Setting(best, nominal, target, world, False)


def _first(case: Case, asked: Launch, among: Sequence[Profile], world: World) -> tuple[Case, Epoch]:
    """The day's first liftoff by the shortest profile that can."""
    refusals: list[tuple[str, Profile]] = []
    for choice in among:
        try:
            chance = launch.liftoff(day_window(asked.day), case.ask(choice), case.path, world)
            return replace(case, profile=choice), chance.liftoff
        except NoWindow as error:
            if len(among) == 1:
                raise
            refusals.append((str(error).partition(NEXT)[2] or "9", choice))
    when, choice = min(refusals, key=lambda pair: pair[0])
    soon = f"{NEXT}{when}, by {choice.id}" if when != "9" else "none can in a month either"
    raise NoWindow(f"no profile of {case.ship.name} takes the phase on {asked.day}; {soon}")


def _shortest(case: Case, liftoff: Epoch, world: World) -> Case:
    """With the shortest profile that takes the phase of a liftoff; else as it is."""
    visit = visit_at(case, liftoff, world)
    able = who_can(visit, case.profiles)
    return replace(case, profile=able[0]) if able else case


def _of_options(tle: str | Path | None, oem: str | Path | None, pad: str, vehicle: str, spacecraft: str, profile: str,
                date: str, liftoff: str, mass_kg: float | None, propellant_kg: float | None, station: str, port: str
                ) -> tuple[Target, Launch, Ship, str, Profile | None]:
    if (tle is None) == (oem is None):
        raise InputError("fakel launch needs a mission, or the station's orbit; give --tle or --oem, one of them")
    if bool(date) == bool(liftoff):
        raise InputError("fakel launch needs the launch's day or instant; give --date or --liftoff, one of them")
    asked = launch_of(date, pad, vehicle, liftoff)
    first = asked.liftoff or midnight(asked.day)
    chosen: Profile | None = profile_of(profile) if profile else None
    ship = ship_of(spacecraft or (chosen.vehicle if chosen else "soyuz-tma-m"), mass_kg, propellant_kg)
    target = (target_from_elements(Path(tle), first, station) if tle is not None else
              target_from_ephemeris(Path(str(oem)), first, station))
    return target, asked, ship, port, chosen


def _of_mission(path: Path, liftoff: str) -> tuple[Target, Launch, Ship, str, Profile | None]:
    """The launch with which a mission begins, and the port of the docking that follows."""
    mission = load_mission(mission_path(str(path)))
    step = mission.steps[mission.first]
    if step.phase != "ascent":
        raise InputError(f"{path}: begins with {step.phase}, not with an ascent; give a mission with a launch, or "
                         "--tle, --pad and --date")
    plan = step.plan
    when = as_epoch(liftoff, "--liftoff") if liftoff else plan.liftoff if isinstance(plan.liftoff, Epoch) else None
    start = mission.station_start
    source = (start.line1, start.line2) if isinstance(start, Elements) else start
    port = next((s.plan.port.id for s in mission.steps.values() if s.phase == "docking"), "rassvet-nadir")
    asked = Launch(when.day if when else plan.date or mission.date, plan.pad, plan.launcher, when)
    return Target(mission.station, source, start.epoch), asked, plan.ship, port, plan.profile


def _check_age(target: Target, first: Epoch, max_age_days: float) -> None:
    """InputError for a station that is known from after the launch, or from too long before it."""
    age_s = first - target.epoch
    if age_s < -HINDSIGHT_S:
        raise InputError(f"the liftoff of {first.iso()[:10]} lies {-age_s / DAY_S:.1f} days before the station's state "
                         f"of {target.epoch.iso()}; give an element set or ephemeris from before the launch")
    if age_s > max_age_days * DAY_S:
        raise InputError(f"the station is known from {target.epoch.iso()}, {age_s / DAY_S:.0f} days before the launch; "
                         f"{age_told(age_s)}; give a younger set, or --max-age {age_s / DAY_S + 1:.0f}")


def launch_slip(mission: str | Path | None = None, *, early_s: float = 60.0, late_s: float = 60.0, step_s: float = 10.0,
                progress: Callable[[float], None] = lambda part: None, **what: Any) -> Slip:
    """What a liftoff costs that is early or late by seconds. what: as ``launch_setting`` takes it."""
    slips = seconds_of(early_s, late_s, step_s)
    check_slips(slips.tolist())
    setting = launch_setting(mission, **what)
    found = slip(setting.case, setting.nominal, slips.tolist(), setting.world, progress)
    return replace(found, told=(*setting.target.told, *setting.world.warnings))


def seconds_of(early_s: float, late_s: float, step_s: float) -> FloatArray:
    """Slips from -early_s to late_s through 0. InputError for a range or step that cannot be."""
    if not (early_s >= 0.0 and late_s >= 0.0 and step_s >= FINEST_S):
        raise InputError(f"--early {early_s:g}, --late {late_s:g}, --step {step_s:g}: write seconds, the first two not "
                         f"below 0, the step {FINEST_S:g} at least")
    first, last = int(early_s / step_s + 1e-9), int(late_s / step_s + 1e-9)
    if first + last + 1 > MOST_SLIPS:
        raise InputError(f"--step {step_s:g} makes {first + last + 1} liftoffs; {MOST_SLIPS} are the most: write a "
                         "larger step or a shorter range")
    return np.asarray(step_s * np.arange(-first, last + 1), dtype=float)


def launch_recycle(mission: str | Path | None = None, *, days: int = 10, crew_day_s: tuple[float, float] = CREW_DAY_S,
                   light: str = "any", progress: Callable[[float], None] = lambda part: None, **what: Any) -> Recycle:
    """On which of the next days a launch may be tried again. what: as ``launch_setting`` takes it.

    crew_day_s: when the station's crew wakes and sleeps, s of the UTC day. light: ``day`` closes tries without the Sun
    over the pad or on the station at contact.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError(f"--days = {days} cannot be; write 1 to {LONGEST_DAYS} (for a year see: fakel windows)")
    setting = launch_setting(mission, days=days, closed_too=True, **what)
    target = setting.target
    stretches = _stretches(setting, days, what.get("oem"), what.get("station", "iss-2013-11"))
    found = recycle(setting.case, setting.nominal, stretches, setting.world, crew_day_s=crew_day_s,
                    announced=target.announced, light=light, progress=progress)
    ahead_s = found.rows[-1].liftoff - stretches[-1].known
    off_km = age_error_m(ahead_s) / 1000
    told = (f"the last try lies {ahead_s / DAY_S:.0f} days after the station's state: {off_km:.0f} km, "
            f"{np.degrees(off_km * 1e3 / 6.79e6):.0f} deg of phase, are typically off by then; a reboost adds to it")
    known = target.told if len(stretches) == 1 else ()
    return replace(found, told=(*known, *((told,) if ahead_s > DAY_S else ()), *setting.world.warnings))


def _stretches(setting: Setting, days: int, oem: str | Path | None, station: str) -> list[Stretch]:
    """The station over all days from one state, or of an ephemeris from its last one before each day's launch, so that
    the pushes in it count."""
    windows = days_of(setting.nominal, days)
    if oem is None:
        return [Stretch(Window(windows[0].start, windows[-1].stop), setting.case.path, setting.target.epoch)]
    ephemeris, out = read_oem(Path(oem), "--oem"), []
    for window in windows:
        at = window.start + SAME_S
        target = target_from_path(ephemeris, Path(oem), at, station)
        out.append(Stretch(window, Free(setting.world.seconds(at), target.at(at, setting.world),
                                        cd_area_m2(target.station)), target.epoch))
    return out


def launch_cut_outs(mission: str | Path | None = None, *, catalogue: Sequence[str | Path], early_s: float = 300.0,
                    late_s: float = 300.0, step_s: float = 1.0, near_m: float = 50e3, orbits: float = 4.0,
                    burns: bool = False, keep_out: KeepOut | None = None, ignore: Sequence[str] = (),
                    catalogue_days: float = OLDEST_CATALOGUE_DAYS,
                    progress: Callable[[float], None] = lambda part: None, **what: Any) -> CutOuts:
    """Which seconds of a launch window are cut out by objects of a catalogue. what: as ``launch_setting`` takes it.

    near_m: nearest objects are told up to there. orbits: of the ship, from insertion. burns: with those that it plans,
    else it coasts. ignore: catalogue numbers, beside the station's. catalogue_days: how old most sets may be.
    """
    slips = seconds_of(early_s, late_s, step_s)
    check_slips(slips.tolist())
    if not (0.0 < near_m <= 500e3 and 0.1 <= orbits <= 16.0):
        raise InputError(f"--near-km {near_m / 1e3:g}, --orbits {orbits:g}: write more than 0 up to 500 km, "
                         "and 0.1 to 16 orbits")
    limits: KeepOut = keep_out or Library(None).find(KeepOut, "launch", "--keep-out")
    setting = launch_setting(mission, **what)
    objects, told = _objects(catalogue, ("25544", *ignore), setting.nominal, catalogue_days)
    planned = _burns(setting) if burns else ()
    ways = ways_of(setting.case, setting.nominal, slips, orbits, planned, setting.world)
    found = cut_outs(setting.case, setting.nominal, slips, objects, ways, limits, near_m, orbits, burns, setting.world,
                     progress)
    return replace(found, told=(*setting.target.told, *told, *found.told, *setting.world.warnings))


def _burns(setting: Setting) -> tuple[Burn, ...]:
    visit = visit_at(setting.case, setting.nominal, setting.world)
    way = plan_way(visit, setting.case.profile, Wishes(), setting.world)
    return tuple(Burn(b.name, b.ignition, b.dv_rtn_m_s) for b in way.burns)


def _objects(files: Sequence[str | Path], ignore: Sequence[str], liftoff: Epoch, oldest_days: float
             ) -> tuple[list[tuple[Listed, Any]], tuple[str, ...]]:
    """Objects of all files, the newest set of each. InputError for a catalogue that is too old, or none."""
    if not files:
        raise InputError("fakel launch cutouts needs objects; give --catalogue FILE")
    listed: dict[str, Listed] = {}
    told: list[str] = []
    for file in files:
        found, ephemerides, left_out = read_catalogue(Path(file))
        told += [*left_out, *(f"{e.source} is an ephemeris and left out" for e in ephemerides)]
        for one in found:
            if one.number not in ignore and (one.number not in listed or listed[one.number].epoch < one.epoch):
                listed[one.number] = one
    if not listed:
        raise InputError(f"{files[0]} holds no element set to look at; give a catalogue of two-line sets or OMM")
    ages = np.array([(liftoff - one.epoch) / DAY_S for one in listed.values()])
    age = float(np.median(ages))
    if abs(age) > oldest_days:
        side = "before" if age > 0 else "after"
        raise InputError(f"the catalogue's sets are of {abs(age):.0f} days {side} the launch, most of them, and low "
                         "orbits are then off by tens of km; give a younger catalogue, or --catalogue-days "
                         f"{abs(age) + 1:.0f}")
    told.append(f"the element sets are {age:.1f} days old on the median and carry no errors: cut-outs move by seconds; "
                "screen again near the launch")
    made = [(one, satrec_from_fields(one.fields) if one.fields else satrec_from_lines(one.line1, one.line2))
            for one in listed.values()]
    return made, tuple(told)
