"""Plans of the way to a station from what people have: its element set, ephemeris or state, and a launch or a ship."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from fakel.api.forces import as_epoch
from fakel.api.start import from_text
from fakel.api.suits import record_of
from fakel.estimate.elements import state_from_elements
from fakel.guidance.mean import INCLINATION, NODE, PHASE, rates_rad_s, state
from fakel.load.elements import read_elements
from fakel.load.library import Library
from fakel.load.oem import read_oem
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S, day_window, midnight
from fakel.model.ephemeris import Announced, Ephemeris
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError, NoWindow
from fakel.model.frame import Frame
from fakel.model.launcher import Launcher
from fakel.model.place import Port, Site, Station
from fakel.model.profile import Profile
from fakel.model.start import StateVector, age_told
from fakel.model.vehicle import Ship, Vehicle
from fakel.model.way_up import WayUp
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.propagate import coast
from fakel.plan import launch
from fakel.plan.arrival import Wishes
from fakel.plan.burns import mean_elements
from fakel.plan.craft import Path as Free
from fakel.plan.craft import cd_area_m2
from fakel.plan.launch_case import separated
from fakel.plan.way_up import Visit, plan_way, when_it_can, who_can
from fakel.world import World, build_world

LAST_SOYUZ_FG = date(2019, 9, 25)
"""Soyuz-FG flew its last crew on this day (Soyuz MS-15); Soyuz-2.1a has carried the crews since."""
FIRST_BACK_ON_LAND = date(2023, 5, 21)
"""From this day (Axiom-2) the boosters of crews on Falcon 9 come back to land, on another programme."""
THE_CAPE = ("ksc-39a", "canaveral-40")
CARRIED = {"falcon-9": "crew-dragon", "falcon-9-land": "crew-dragon"}
"""What these launchers carry to the station; all others a Soyuz."""
_SHORT = {"1": "one-orbit", "2": "two-orbit", "4": "four-orbit", "34": "two-day"}
PROFILES = {**{short: f"soyuz-{name}" for short, name in _SHORT.items()},
            **{name: f"soyuz-{name}" for name in _SHORT.values()}}
"""Short names of profiles."""
INSERTED_S = 529.0
"""What counts as liftoff of a ship that is given in orbit: so long before (Soyuz separates then)."""


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Where a station is known to be: by an element set or a state; what to tell of it; pushes that are announced."""

    station: Station
    source: tuple[str, str] | StateVector
    epoch: Epoch
    told: tuple[str, ...] = ()
    announced: tuple[Announced, ...] = ()

    def at(self, epoch: Epoch, world: World) -> FloatArray:
        """Its state (7,) GCRF, by the engine's own dynamics; announced pushes are not flown."""
        area = cd_area_m2(self.station)
        if isinstance(self.source, StateVector):
            position, velocity = world.convert(world.seconds(self.epoch), self.source.position_m,
                                               self.source.velocity_m_s, self.source.frame, Frame.GCRF)
            y = np.r_[position[0], velocity[0], self.station.mass_kg]
            return np.asarray(coast(y, world.seconds(self.epoch), world.seconds(epoch), area, world.field))
        return np.asarray(state_from_elements(*self.source, epoch, world, area, self.station.mass_kg))


def target_from_elements(file: Path, wanted: Epoch, station: str = "iss-2013-11") -> Target:
    """The station by the element set nearest to an instant."""
    from fakel.estimate.elements import epoch_of, satrec_from_lines
    found = read_elements(file, "--tle", wanted=wanted)
    epoch = epoch_of(satrec_from_lines(found.line1, found.line2))
    age_s = abs(wanted - epoch)
    return Target(_station(station), (found.line1, found.line2), epoch,
                  (f"the element set is of {epoch.iso()}, {age_s / DAY_S:.1f} days away; {age_told(age_s)}",))


def target_from_ephemeris(file: Path, wanted: Epoch, station: str = "iss-2013-11") -> Target:
    """The station by the last state of an ephemeris before an instant; mass and drag stay the station file's.

    Pushes that the ephemeris announces after that state are told and kept, not flown.
    """
    return target_from_path(read_oem(file, "--oem"), file, wanted, station)


def target_from_path(path: Ephemeris, file: Path, wanted: Epoch, station: str) -> Target:
    """The same of an ephemeris that is read already."""
    if wanted < path.start:
        raise InputError(f"--oem: {file.name} begins at {path.start.iso()}, after {wanted.iso()}; give an earlier one")
    i = int(np.searchsorted(path.t_s, wanted - path.start + 1e-9, side="right")) - 1
    epoch = path.start + float(path.t_s[i])
    state_ = StateVector(epoch, path.frame, path.position_m[i], path.velocity_m_s[i], f"{file.name} at {epoch.iso()}")
    pushes = tuple(b for b in path.burns if b.epoch >= epoch)
    told = tuple(f"{b.name} of {b.dv_m_s:g} m/s at {b.epoch.iso()} is announced, not flown" for b in pushes
                 if b.dv_m_s)
    return Target(_station(station), state_, epoch, told, path.burns)


def target_from_state(text: str, station: str = "iss-2013-11") -> Target:
    """The station by a state in one line of text."""
    given = from_text(text, lambda forces: forces).state
    return Target(_station(station), given, given.epoch)


def ship_of(vehicle: str, mass_kg: float | None = None, propellant_kg: float | None = None) -> Ship:
    """A ship of some kind with its usual load, or its own. InputError for a load that it has not."""
    found: Vehicle = record_of(Vehicle, vehicle, "--vehicle")
    mass, load = mass_kg or found.mass_kg, found.propellant_kg if propellant_kg is None else propellant_kg
    if not 0.0 < load < mass:
        raise InputError(f"--propellant = {load:g} kg does not fit a ship of {mass:g} kg; write less, or more than 0")
    return Ship("visitor", found.name, found, (), mass, load)


def _station(name: str) -> Station:
    found: Station = record_of(Station, name, "--station")
    return found


def port_of(station: Station, name: str) -> Port:
    if name not in station.ports:
        raise InputError(f"--port = {name!r} is not a port of {station.name}; write one of: "
                         f"{', '.join(sorted(station.ports))}")
    return station.ports[name]


def profile_of(name: str) -> Profile:
    """By revolutions, a short name (``four-orbit``), id or file."""
    found: Profile = record_of(Profile, PROFILES.get(name, name), "--profile")
    return found


def profiles() -> tuple[Profile, ...]:
    """All that ship, shortest first; without those that only follow a miss."""
    library = Library()
    found = [library.find(Profile, name, "profile") for name in library.paths(Profile)]
    return tuple(sorted((p for p in found if not p.after_a_miss), key=lambda p: p.revolutions))


@dataclass(frozen=True, slots=True, eq=False)
class Launch:
    """A launch: its UTC day, pad and rocket (by default the one in service), or its instant."""

    day: date
    pad: Site
    launcher: Launcher
    liftoff: Epoch | None = None


def in_service(day: date, pad: str) -> str:
    """The launcher that carried crews from a pad on a day, by id."""
    if pad in THE_CAPE:
        return "falcon-9-land" if day >= FIRST_BACK_ON_LAND else "falcon-9"
    return "soyuz-fg" if day <= LAST_SOYUZ_FG else "soyuz-2-1a"


def launch_of(day: str, pad: str, launcher: str = "", liftoff: str = "") -> Launch:
    """From text. Raises InputError."""
    try:
        when = date.fromisoformat(day) if day else as_epoch(liftoff, "--liftoff").day
    except ValueError as error:
        raise InputError(f"--date = {day!r} is not a date; write it like 2014-05-28") from error
    site: Site = record_of(Site, pad, "--pad")
    if site.kind != "pad":
        raise InputError(f"--pad = {site.id!r} is a {site.kind}; give a launch pad")
    rocket: Launcher = record_of(Launcher, launcher or in_service(when, site.id), "--launcher")
    return Launch(when, site, rocket, as_epoch(liftoff, "--liftoff") if liftoff else None)


def world_for(target: Target, first: Epoch, profile_days: float = 3.0) -> World:
    """A world from the station's state to the end of the longest way."""
    return build_world(min(target.epoch, first) + -0.6 * DAY_S, max(target.epoch, first + profile_days * DAY_S))


def launched_visit(target: Target, ship: Ship, port: Port, asked: Launch, profile: Profile | None, world: World,
                   among: Sequence[Profile]) -> tuple[Visit, Profile]:
    """The ship where its rocket leaves it, by the first liftoff of the day that the profile accepts.

    Without a profile: the shortest that can, of those that are flown. Raises NoWindow that says which profiles can on
    that day, and when the one that was asked for can.
    """
    morning = midnight(asked.day)
    path = Free(world.seconds(morning), target.at(morning, world), cd_area_m2(target.station))
    choices = [profile] if profile else [p for p in among if not p.experiment and p.serves(ship.vehicle.id)]
    if not choices:
        raise InputError(f"no profile is for {ship.vehicle.name}; give one with --profile")

    def ask(p: Profile) -> launch.Ask:
        return launch.Ask(asked.launcher, asked.pad, p, ship.mass_kg, cd_area_m2(ship))
    if asked.liftoff is not None:
        visit = separated(ask(choices[0]), asked.liftoff, ship, target.station, port, path, world)
        return visit, (*who_can(visit, choices), choices[0])[0]
    refusal: NoWindow | None = None
    for choice in choices:
        try:
            chance = launch.liftoff(day_window(asked.day), ask(choice), path, world)
            return separated(ask(choice), chance.liftoff, ship, target.station, port, path, world), choice
        except NoWindow as error:
            refusal = refusal or error
    others = [p for p in among if p not in choices and p.serves(ship.vehicle.id)]
    able = [p.id for p in others if any(o.accepted for o in launch.opportunities(day_window(asked.day), ask(p), path,
                                                                                 world))]
    who = f"{' and '.join(able)} can on {asked.day}" if able else f"no other profile can on {asked.day}"
    raise NoWindow(f"{refusal}; {who}")


def free_visit(target: Target, ship: Ship, port: Port, text: str, liftoff: str, world: World) -> Visit:
    """A ship whose state is given in one line of text."""
    given = from_text(text, lambda forces: forces).state
    position, velocity = world.convert(world.seconds(given.epoch), given.position_m, given.velocity_m_s, given.frame,
                                       Frame.GCRF)
    began = as_epoch(liftoff, "--liftoff") if liftoff else given.epoch + -INSERTED_S
    return Visit(ship, target.station, port, began, given.epoch, np.r_[position[0], velocity[0], ship.mass_kg],
                 target.at(given.epoch, world))


def studied_visit(target: Target, ship: Ship, port: Port, at: Epoch, behind_rad: float, height_m: float, world: World
                  ) -> Visit:
    """A ship in a circular orbit of a mean height, so far behind the station; the planes meet when that is used up."""
    there = target.at(at, world)
    its = mean_elements(there, world.seconds(at), cd_area_m2(target.station), world)
    mine = its.copy()
    mine[0], mine[1], mine[2] = RADIUS_M + height_m, 0.0, 0.0
    (node, _, pace), (its_node, _, its_pace) = rates_rad_s(mine), rates_rad_s(its)
    if abs(pace - its_pace) < 1e-9:
        raise InputError(f"--height = {height_m / 1e3:g} km is the station's own; write another")
    mine[NODE] -= behind_rad * (node - its_node) / (pace - its_pace)
    mine[PHASE] = its[PHASE] - behind_rad + np.cos(its[INCLINATION]) * (its[NODE] - mine[NODE])
    return Visit(ship, target.station, port, at + -INSERTED_S, at, np.r_[state(mine), ship.mass_kg], there)


def way_up(visit: Visit, profile: Profile, world: World, wishes: Wishes | None = None, among: Sequence[Profile] = ()
         ) -> WayUp:
    """The way up. Raises NoWindow; for a phase that the profile cannot take it says which can, and when it can."""
    try:
        return plan_way(visit, profile, wishes or Wishes(), world)
    except NoWindow as error:
        if "the profile takes" not in str(error):
            raise
        able = [p.id for p in who_can(visit, among or profiles()) if p.vehicle == profile.vehicle]
        who = f"{' and '.join(able)} can from here" if able else "no other profile can from here"
        told = str(error).split("; take another profile")[0]
        raise NoWindow(f"{told}; {who}; {_when(visit, profile, world)}") from None


def _when(visit: Visit, profile: Profile, world: World) -> str:
    """When a ship that waits in its orbit may begin the profile."""
    try:
        when, phase = when_it_can(visit, profile, world)
    except FlightError:
        return "a ship that waits would not stay in orbit"
    return f"{profile.id} can after waiting in this orbit until {when.iso()} ({np.degrees(phase):.3g} deg)"
