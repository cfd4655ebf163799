"""One launch to a station: rocket, pad, ship, profiles, the station as it is known; and the state a liftoff leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.launcher import Launcher, SeparationTarget
from fakel.model.place import Port, Site, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.plan import launch
from fakel.plan.ascent import itrf_from_launch
from fakel.plan.craft import Path, cd_area_m2
from fakel.plan.insertion import cutoff_in_plane
from fakel.plan.way_up import Visit
from fakel.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """profile: the asked one; profiles: all that the ship may climb by, shortest first. path: the station."""

    launcher: Launcher
    pad: Site
    ship: Ship
    station: Station
    port: Port
    profile: Profile
    profiles: tuple[Profile, ...]
    path: Path

    def ask(self, profile: Profile | None = None) -> launch.Ask:
        return launch.Ask(self.launcher, self.pad, profile or self.profile, self.ship.mass_kg, cd_area_m2(self.ship))

    @property
    def steers(self) -> bool:
        return not isinstance(self.launcher.target, SeparationTarget)


def separated(ask: launch.Ask, liftoff: Epoch, ship: Ship, station: Station, port: Port, path: Path, world: World
              ) -> Visit:
    """The nominal state in which a liftoff leaves the ship, at separation or cutoff, and the station then."""
    aim = ask.launcher.target
    at, t_s = liftoff + aim.met_s, world.seconds(liftoff) + aim.met_s
    if isinstance(aim, SeparationTarget):
        fixed = aim.position_itrf_m[None], aim.velocity_itrf_m_s[None]
    else:
        normal = launch.plane_at(liftoff, ask, path, world)
        assert normal is not None                             # a launcher with an orbit for target steers
        position, velocity = cutoff_in_plane(aim, ask.pad, normal)
        fixed = itrf_from_launch(np.array([aim.met_s]), position[None], velocity[None])
    r, v = world.to_gcrf(np.array([t_s]), *fixed)
    return Visit(ship, station, port, liftoff, at, np.r_[r[0], v[0], ship.mass_kg], path.at(t_s, world).y)


def visit_at(case: Case, liftoff: Epoch, world: World) -> Visit:
    return separated(case.ask(), liftoff, case.ship, case.station, case.port, case.path, world)
