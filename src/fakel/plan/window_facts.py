"""What a launch that is solved means for people: docking, light, what else the station plans, how sure it all is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.ephemeris import Announced
from fakel.model.epoch import Epoch
from fakel.model.place import Site
from fakel.model.profile import Profile
from fakel.model.windows import Conflict, Doubt, LaunchWindow
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import enu_from_itrf
from fakel.physics.light import elevation_of_sun_rad, sunlit
from fakel.plan import launch
from fakel.plan.docking_time import default_docking
from fakel.plan.foresight import chance, liftoff_error_s
from fakel.plan.station_ahead import StationAhead
from fakel.plan.windows import Asked, Found
from fakel.world import World

OWN_S = 900.0
"""An announced launch so near to a window is taken for the launch itself."""
DUSK_RAD = np.radians(-6.0)
_LAUNCH, _ARRIVALS = "launch", ("dock", "arriv", "captur", "berth")


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What is known besides the orbit: announced events, hours kept free of them (s), and the phase's sigma (rad) at an
    instant."""

    events: tuple[Announced, ...]
    free_s: float
    phase_error_rad: Callable[[Epoch], float]
    age_s: Callable[[Epoch], float]


def told(found: Found, asked: Asked, station: StationAhead, around: Around) -> list[LaunchWindow]:
    """The windows of a meeting, one for each profile that accepts it."""
    accepted = [(p, o) for p, o in found.solved if o.accepted]
    allows = tuple(p.id for p, _ in accepted)
    return [_window(profile, chance_, allows, asked, station, around) for profile, chance_ in accepted]


def _window(profile: Profile, one: launch.Opportunity, allows: tuple[str, ...], asked: Asked, station: StationAhead,
            around: Around) -> LaunchWindow:
    t_s = station.near.seconds(one.liftoff)
    path, world = station.at(t_s)
    docking = default_docking(profile, one.liftoff, one.phase_rad, path.y, one.liftoff, path.cd_area_m2, world)
    sun = sun_elevation_rad(asked.pad, t_s, world)
    conflicts, own = conflicts_of(one.liftoff, docking, around.events, around.free_s)
    error = around.phase_error_rad(one.liftoff)
    slope_s_rad = one.drift_rad / one.phase_rad / EARTH_RATE_RAD_S
    doubt = Doubt(error, liftoff_error_s(around.age_s(one.liftoff), error, slope_s_rad),
                  chance(one.phase_rad, error, profile.phase_min_rad, profile.phase_max_rad))
    return LaunchWindow(one.liftoff, profile.id, one.phase_rad, one.plane_error_rad, one.liftoff + -one.early_s,
                        one.liftoff + one.late_s, one.azimuth_rad, docking, allows, sun, light_of(sun),
                        _lit(docking, station), doubt, conflicts, own)


def sun_elevation_rad(pad: Site, t_s: float, world: World) -> float:
    """The Sun over a pad's horizon, without refraction."""
    up = enu_from_itrf(pad.latitude_rad, pad.longitude_rad)[2] @ world.itrf_from_gcrf(t_s)[0]
    return float(elevation_of_sun_rad(up, world.sun_gcrf_m(t_s))[0])


def light_of(sun_rad: float) -> str:
    return "day" if sun_rad >= 0.0 else "twilight" if sun_rad >= DUSK_RAD else "night"


def _lit(docking: Epoch, station: StationAhead) -> float:
    t_s = station.near.seconds(docking)
    path, world = station.at(t_s)
    return float(sunlit(path.y[None, :3], world.sun_gcrf_m(t_s))[0])


def conflicts_of(liftoff: Epoch, docking: Epoch, events: Sequence[Announced], free_s: float
                 ) -> tuple[tuple[Conflict, ...], tuple[str, ...]]:
    """Events from free_s before a liftoff to as long after its docking; and names of those that are this launch itself:
    its announced liftoff, and its arrival by the same first word."""
    own = {e.name for e in events if _LAUNCH in e.name.lower() and abs(e.epoch - liftoff) < OWN_S}
    first = {name.split()[0] for name in own}
    own |= {e.name for e in events if e.name.split()[0] in first and any(w in e.name.lower() for w in _ARRIVALS)}
    found = [Conflict(e.name, e.epoch, e.epoch - docking, e.is_burn) for e in events if e.name not in own
             and -free_s < e.stop - liftoff and e.epoch - docking < free_s]
    return tuple(found), tuple(sorted(own))
