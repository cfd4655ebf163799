"""One climb flown from a pad to cutoff and told; one that fails goes on to its abort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from fakel.api.aborts import CALM_DAY, HIGHEST_M, LOWEST_M, WORLD_S, Climber, climber, of_mission, places_named, ways_of
from fakel.load.library import Library
from fakel.load.surroundings import Around
from fakel.load.wind import read_wind
from fakel.model.abort import Abort
from fakel.model.arrays import FloatArray
from fakel.model.climb import Ascent
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.launcher import AscentErrors, EngineOut, Launcher, OrbitTarget
from fakel.model.profile import Profile
from fakel.model.wind import Wind
from fakel.plan import launch
from fakel.plan.abort_study import carried_down, setting_of
from fakel.plan.aborts import Setting
from fakel.plan.ascent import INSERTED, Aim, Climb, aim, check_lift, fly_steered, payload_limit_kg, steering_of
from fakel.plan.climb_told import Told, aimed_at, left_in, off_plane_rad, why_lost
from fakel.plan.craft import Path as Free
from fakel.plan.craft import cd_area_m2
from fakel.plan.falling import falls, impact_points
from fakel.plan.launch_plane import plane_through
from fakel.plan.start import STATION, first_situation
from fakel.world import World, build_world


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A launch ready to be flown. plane (3): that a launcher which steers is given; world: where one is there."""

    who: Climber
    plane: FloatArray | None
    wind: Wind | None = None
    fails: EngineOut | None = None
    world: World | None = None
    told: tuple[str, ...] = ()

    @property
    def aim(self) -> Aim:
        return aim(self.who.launcher, self.who.pad, self.plane)


def ascent(mission: str | Path | None = None, *, launcher: str = "soyuz-fg", spacecraft: str = "soyuz-ms",
           pad: str = "baikonur-1-5", liftoff: Epoch | str | None = None, day: str | None = None,
           mass_kg: float | None = None, propellant_kg: float | None = None, inclination_deg: float = 51.64,
           tle: str | Path | None = None, oem: str | Path | None = None, profile: str = "soyuz-four-orbit",
           wind: str | Path | None = None, engine_out: str | None = None, anyway: bool = False) -> Ascent:
    """One climb, from liftoff to cutoff, and to the ground where it fails.

    mission: a mission whose first step is a launch. Otherwise launcher, spacecraft and pad by id or FILE.toml. With the
    station's tle or oem the plane is the station's at liftoff, or, with a day, the liftoff is planned. wind: a CSV
    profile. engine_out: ``STAGE:SECOND`` or ``STAGE:SECOND:ENGINES``. anyway: a ship that is too heavy flies all the
    same. Raises InputError for what cannot be used.
    """
    ready = ready_of(mission, launcher=launcher, spacecraft=spacecraft, pad=pad, liftoff=liftoff, day=day,
                     mass_kg=mass_kg, propellant_kg=propellant_kg, inclination_deg=inclination_deg, tle=tle, oem=oem,
                     profile=profile, wind=wind, engine_out=engine_out)
    who = ready.who
    if not anyway:
        check_lift(who.launcher, who.pad, who.mass_kg, ready.plane)
    steering = steering_of(who.launcher, who.pad, who.mass_kg, ready.aim, ready.fails)
    flown = fly_steered(who.launcher, who.pad, who.mass_kg, steering, errors=AscentErrors(wind=ready.wind),
                        fails=ready.fails)
    return _ascent(ready, flown)


def ready_of(mission: str | Path | None, *, launcher: str, spacecraft: str, pad: str, liftoff: Epoch | str | None,
             day: str | None, mass_kg: float | None, propellant_kg: float | None, inclination_deg: float,
             tle: str | Path | None, oem: str | Path | None, profile: str, wind: str | Path | None,
             engine_out: str | None) -> Ready:
    """What is asked, looked up and checked."""
    blows = None if wind is None else read_wind(Path(wind), "--wind")
    if mission is not None:
        who, world = of_mission(Path(mission))
        ready = Ready(who, _plane_of_mission(Path(mission), who, world), blows, None, world)
    else:
        who = climber(launcher, spacecraft, pad, liftoff, mass_kg, propellant_kg, inclination_deg)
        ready = _by_station(who, tle, oem, day, profile) if tle or oem else _alone(who, day)
        ready = replace(ready, wind=blows)
    return replace(ready, fails=None if engine_out is None else engine_of(engine_out, ready.who.launcher))


def _alone(who: Climber, day: str | None) -> Ready:
    if day is not None:
        raise InputError("--date plans a liftoff to a station; give its --tle or --oem, or take --liftoff")
    steers = isinstance(who.launcher.target, OrbitTarget)
    return Ready(who, plane_through(who.pad, who.inclination_rad) if steers else None)


def _by_station(who: Climber, tle: str | Path | None, oem: str | Path | None, day: str | None, profile: str) -> Ready:
    """The launch to a station that is known by its elements or its ephemeris."""
    from fakel.api.reboost import reboost_world
    from fakel.api.rendezvous import Launch, target_from_elements, target_from_ephemeris
    from fakel.model.day import day_window, midnight
    if who.liftoff is None and day is None:
        raise InputError("--tle and --oem say where the station is; give --date, or --liftoff, too")
    try:
        on = who.liftoff.day if who.liftoff is not None else date.fromisoformat(str(day))
    except ValueError as error:
        raise InputError(f"--date = {day!r} is no date; write it as 2013-11-07") from error
    wanted = who.liftoff or midnight(on) + 43_200.0
    target = (target_from_elements(Path(tle), wanted) if tle else target_from_ephemeris(Path(str(oem)), wanted))
    world = reboost_world(target, Launch(on, who.pad, who.launcher))
    ask = launch.Ask(who.launcher, who.pad, Library().find(Profile, profile, "--profile"), who.mass_kg, 20.0)
    first = max(target.epoch, min(wanted, midnight(on)))
    station = Free(world.seconds(first), target.at(first, world), cd_area_m2(target.station))
    if who.liftoff is None:
        found = launch.opportunities(day_window(on), ask, station, world)
        if not found:
            raise InputError(f"--date = {on}: the station's plane does not meet {who.pad.name} that day; take another")
        chance = next((c for c in found if c.accepted), found[0])
    else:
        chance = launch.opportunity_at(who.liftoff, ask, station, world)
    miss = "" if abs(chance.miss_s) < 0.05 else f", {abs(chance.miss_s):.1f} s {_side(chance.miss_s)} for its plane"
    told = f"the station is {np.degrees(chance.phase_rad):.1f} deg ahead at separation{miss}"
    plane = launch.plane_at(chance.liftoff, ask, station, world)
    return Ready(replace(who, liftoff=chance.liftoff), plane, world=world, told=(*target.told, told))


def _side(miss_s: float) -> str:
    return "late" if miss_s > 0.0 else "early"


def _plane_of_mission(path: Path, who: Climber, world: World) -> FloatArray | None:
    """The station's plane as the mission's launcher is given it."""
    if not isinstance(who.launcher.target, OrbitTarget):
        return None
    from fakel.load.mission import load_mission, mission_path
    from fakel.plan.craft import state_y
    mission = load_mission(mission_path(str(path)))
    plan = mission.steps[mission.first].plan
    state = first_situation(mission, world).knowledge[STATION].state
    station = Free(world.seconds(state.epoch), state_y(state), cd_area_m2(plan.station))
    ask = launch.Ask(who.launcher, who.pad, plan.profile, who.mass_kg, cd_area_m2(plan.ship))
    assert who.liftoff is not None
    return launch.plane_at(who.liftoff, ask, station, world)


def engine_of(text: str, launcher: Launcher) -> EngineOut:
    """``third:350`` or ``first:60:2``. Raises InputError for a stage, a second or a number that cannot be."""
    parts = text.split(":")
    try:
        at_s, units = float(parts[1]), int(parts[2]) if len(parts) == 3 else 1
        good = len(parts) in (2, 3) and at_s >= 0.0 and np.isfinite(at_s)
    except (IndexError, ValueError):
        good = False
    if not good:
        raise InputError(f"--engine-out = {text!r} cannot be read; write STAGE:SECOND or STAGE:SECOND:ENGINES, such as "
                         f"{launcher.stages[-1].id}:350")
    out = EngineOut(parts[0], at_s, units)
    stage = next((s for s in launcher.stages if s.id == out.stage), None)
    if stage is None:
        raise InputError(f"--engine-out = {text!r}: {launcher.name} has no stage {out.stage!r}; write one of: "
                         f"{', '.join(s.id for s in launcher.stages)}")
    if not 1 <= units <= stage.count * stage.engines:
        raise InputError(f"--engine-out = {text!r}: {stage.name} has {stage.count * stage.engines} engines that can "
                         "fail by themselves; write 1 to that many")
    stops = stage.cutoff_s
    if stops is not None and at_s >= stops:
        raise InputError(f"--engine-out = {text!r}: {stage.name} is cut off at {stops:g} s; give an earlier second")
    return out


def _ascent(ready: Ready, flown: Climb) -> Ascent:
    who, to = ready.who, ready.aim
    launcher, pad = who.launcher, who.pad
    told = Told(launcher, pad, flown)
    table = flown.table
    points = impact_points(told.t_s, table[:, 1:4], table[:, 4:7])
    reaches, down, more = None, None, list(ready.told)
    if flown.ending != INSERTED:
        reaches = None if ready.fails else payload_limit_kg(launcher, pad, who.mass_kg, ready.plane)
        down, words = Coming(ready).down(flown)
        more += words
    return Ascent(
        launcher.name, launcher.id, who.vehicle.name, pad, who.liftoff, who.mass_kg, flown.ending,
        trouble_of(flown, to), flown.cutoff_s, launcher.coast_to_separation_s, flown.propellant_left_kg,
        tuple(told.moment(name, t_s) for name, t_s in told.times()), told.t_s, told.curves(),
        np.column_stack([told.latitude_rad, told.longitude_rad]), points[np.isfinite(points).all(axis=1), :2],
        falls(flown, launcher, pad), left_in(flown.state[:3], flown.state[3:6]), aimed_at(to.orbit),
        off_plane_rad(flown.state, to.orbit.normal), told.limits(), staged(launcher), reaches, down,
        tuple(_with(ready)), tuple(more))


def trouble_of(flown: Climb, to: Aim) -> str:
    """Where guidance found no way, and why where the climb has its rows; empty where it did."""
    if flown.lost_s < 0.0 or not len(flown.table):
        return flown.trouble
    return f"{flown.trouble}: {why_lost(flown, flown.lost_s, to.orbit)}"


def _with(ready: Ready) -> list[str]:
    told = []
    if ready.fails is not None:
        stage = next(s for s in ready.who.launcher.stages if s.id == ready.fails.stage)
        told.append(f"{ready.fails.units} of {stage.count * stage.engines} engines of {stage.name} lost at "
                    f"{ready.fails.at_s:g} s")
    if ready.wind is not None:
        told.append(f"wind of {ready.wind.id}")
    return told


def staged(launcher: Launcher) -> dict[str, float]:
    """When the file says that events come: put in, not found."""
    times = {part.event: part.at_s for part in launcher.jettisons}
    return times | {s.separation_event: s.separation_s for s in launcher.stages if s.separation_s is not None}


class Coming:
    """How crews come down whose climbs failed; the air is laid out when the first does."""

    def __init__(self, ready: Ready) -> None:
        self.ready, self.around = ready, Around()
        self.setting: Setting | None = None
        self.missing = ""

    def down(self, flown: Climb) -> tuple[Abort | None, list[str]]:
        """The abort, and what to tell of it; None where the ship has no way out."""
        told: list[str] = []
        if self.missing:
            return None, told
        if self.setting is None:
            try:
                self.setting = self._made(flown, told)
            except InputError as error:
                self.missing = f"how crews come down is not told: {error}"
                return None, [self.missing]
        (found,) = places_named([carried_down(flown, self.setting)], self.around)
        return found, told

    def _made(self, flown: Climb, told: list[str]) -> Setting:
        who, world = self.ready.who, self.ready.world
        ways, at = ways_of(who.vehicle), who.liftoff or Epoch.utc(CALM_DAY)
        if who.liftoff is None:
            told.append(f"no liftoff is given: the air of the way down is that of {CALM_DAY[:10]}")
        world = world or build_world(at, at + WORLD_S, margin_s=7200.0, heights_m=(LOWEST_M, HIGHEST_M))
        return setting_of(who.launcher, who.vehicle, ways, who.pad, flown, who.mass_kg, who.propellant_kg, at, world,
                          self.around.ground_m)
