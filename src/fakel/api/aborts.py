"""A way out at every second of a launch: of a rocket, a spacecraft and a pad, or of a mission's launch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fakel.api.forces import as_epoch
from fakel.load.library import Library, abort_ways
from fakel.load.mission import load_mission, mission_path
from fakel.load.regions import coasts, regions
from fakel.load.surroundings import Around
from fakel.model.abort import Abort, Aborts, AbortWays
from fakel.model.blank import filled
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.launcher import Launcher, OrbitTarget
from fakel.model.place import Site
from fakel.model.vehicle import Vehicle
from fakel.phases import PHASES
from fakel.plan.abort_study import seconds_of, setting_of, study, track_of
from fakel.plan.ascent import INSERTED, Climb, fly_ascent
from fakel.plan.below import named
from fakel.plan.launch_plane import plane_through
from fakel.plan.start import first_situation, mission_world
from fakel.world import World, build_world

CALM_DAY = "2020-03-20T12:00:00Z"
"""Without a liftoff the air and the Sun are those of this instant: an equinox, the Sun at its quietest."""
WORLD_S = 3 * 86_400.0
LOWEST_M, HIGHEST_M = 100e3, 900e3
FINEST_S = 0.1


@dataclass(frozen=True, slots=True)
class Climber:
    """Who climbs, on what, from where and, where that is known, when. inclination_rad: of the plane that a launcher
    which steers into a plane is given, through the pad."""

    launcher: Launcher
    vehicle: Vehicle
    pad: Site
    mass_kg: float
    propellant_kg: float
    liftoff: Epoch | None = None
    inclination_rad: float = np.radians(51.64)


def climber(launcher: str, spacecraft: str, pad: str, liftoff: Epoch | str | None = None, mass_kg: float | None = None,
            propellant_kg: float | None = None, inclination_deg: float = 51.64) -> Climber:
    """Records by their ids, or from FILE.toml. InputError in one line."""
    vehicle = _record(Vehicle, spacecraft, "--spacecraft")
    mass = vehicle.mass_kg if mass_kg is None else mass_kg
    left = vehicle.propellant_kg if propellant_kg is None else propellant_kg
    if not 0.0 <= left < mass:
        raise InputError(f"--propellant = {left:g} kg of --mass = {mass:g} kg cannot be; the mass counts the ship with "
                         "its propellant")
    at = as_epoch(liftoff, "--liftoff") if isinstance(liftoff, str) else liftoff
    return Climber(_record(Launcher, launcher, "--vehicle"), vehicle, _record(Site, pad, "--pad"), mass, left, at,
                   float(np.radians(inclination_deg)))


def _record(kind: type, given: str, where: str):  # type: ignore[no-untyped-def]
    if given.endswith(".toml"):
        return Library(Path(given).parent.parent).load(kind, Path(given))
    return Library().find(kind, given, where)


def aborts(mission: str | Path | None = None, *, launcher: str = "soyuz-fg", spacecraft: str = "soyuz-ms",
           pad: str = "baikonur-1-5", liftoff: Epoch | str | None = None, mass_kg: float | None = None,
           propellant_kg: float | None = None, inclination_deg: float = 51.64, ways: str | None = None,
           every_s: float = 1.0, seconds: Sequence[float] = (),
           progress: Callable[[float], None] = lambda part: None) -> Aborts:
    """The way out of a launch whose engines are lost, at each second of it from the pad to cutoff.

    mission: a mission whose first step is a launch; its liftoff is planned. Otherwise launcher, spacecraft and pad by
    id or FILE.toml. ways: ways out by id or FILE.toml, else those of the spacecraft. every_s: between failures;
    seconds: these alone. Raises InputError for what cannot be used.
    """
    if every_s < FINEST_S:
        raise InputError(f"--every = {every_s:g} s is finer than the climb is known; give {FINEST_S:g} or more")
    who, world = (of_mission(Path(mission)) if mission is not None else
                  (climber(launcher, spacecraft, pad, liftoff, mass_kg, propellant_kg, inclination_deg), None))
    out = ways_of(who.vehicle, ways)
    climb = climb_of(who)
    known, told = _asked(seconds, every_s, climb), []
    at = who.liftoff or Epoch.utc(CALM_DAY)
    if world is None:
        world = build_world(at, at + WORLD_S, margin_s=7200.0, heights_m=(LOWEST_M, HIGHEST_M))
    if who.liftoff is None:
        told.append(f"no liftoff is given: the air is that of {CALM_DAY[:10]}")
    if climb.ending != INSERTED:
        told.append(f"{who.launcher.name} does not reach its orbit with {who.mass_kg:.0f} kg: "
                    f"{climb.trouble or f'nothing is left to burn at {climb.cutoff_s:.0f} s'}")
    around = Around()
    setting = setting_of(who.launcher, who.vehicle, out, who.pad, climb, who.mass_kg, who.propellant_kg, at, world,
                         around.ground_m)
    rows = []
    for k, row in enumerate(study(climb, setting, known)):
        rows.append(row)
        progress((k + 1) / len(known))
    return Aborts(who.launcher.name, who.vehicle.name, who.pad, who.liftoff, out, climb.cutoff_s, climb.ending,
                  places_named(rows, around), track_of(climb), (*told, *world.warnings))


def _asked(seconds: Sequence[float], every_s: float, climb: Climb) -> tuple[float, ...]:
    for t_s in seconds:
        if not 0.0 <= t_s <= climb.cutoff_s:
            raise InputError(f"--at = {t_s:g} s is not during the climb; it lasts from 0 to {climb.cutoff_s:.1f} s")
    return tuple(seconds) or seconds_of(climb, every_s)


def climb_of(who: Climber) -> Climb:
    """The launch as it would have gone on."""
    plane = None
    if isinstance(who.launcher.target, OrbitTarget):
        plane = plane_through(who.pad, who.inclination_rad)
    return fly_ascent(who.launcher, who.pad, who.mass_kg, plane)


def ways_of(vehicle: Vehicle, ways: str | None = None) -> AbortWays:
    """The ways out that a spacecraft has. InputError when none are known."""
    if ways is not None:
        found: AbortWays = _record(AbortWays, ways, "--ways")
        return found
    known = abort_ways(Library())
    mine = next((w for w in known if vehicle.id in w.vehicles), None)
    if mine is None:
        raise InputError(f"no ways out are known for {vehicle.name}; give --ways FILE.toml, such as data/aborts/"
                         f"{known[0].id}.toml ({', '.join(v for w in known for v in w.vehicles)} have one)")
    return mine


def of_mission(path: Path) -> tuple[Climber, World]:
    """The launch with which a mission begins, its liftoff planned; and the mission's world."""
    mission = load_mission(mission_path(str(path)))
    step = mission.steps[mission.first]
    if step.phase != "ascent":
        raise InputError(f"{path}: begins with {step.phase}, not with an ascent; give a mission with a launch, or "
                         "--vehicle, --spacecraft and --pad")
    world = mission_world(mission)
    plan = PHASES["ascent"].fill(step.plan, first_situation(mission, world), world)
    ship = plan.ship
    return Climber(plan.launcher, ship.vehicle, plan.pad, ship.mass_kg, ship.propellant_kg,
                   filled(plan.liftoff, "ascent: liftoff")), world


def places_named(rows: Sequence[Abort], around: Around) -> tuple[Abort, ...]:
    """With the water that each lies in, and what people call the place."""
    if not rows:
        return ()
    lat, lon = (np.array([getattr(row, key) for row in rows]) for key in ("latitude_rad", "longitude_rad"))
    names: list[tuple[str, tuple[str, str]]] = named(lat, lon, regions(), coasts())
    waters = around.waters(lat, lon)
    return tuple(replace(row, water=water, country=name) for row, water, (_, name) in zip(rows, waters, names,
                                                                                        strict=True))


