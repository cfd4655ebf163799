"""What a flown climb leaves behind: channels, events, the orbit, and where its parts come down."""

from __future__ import annotations

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Arc, Channel, Event
from fakel.model.launcher import Launcher, SeparationTarget
from fakel.model.place import Site
from fakel.physics.geodesy import geodetic_from_itrf, surface_distance_m
from fakel.physics.propagate import coast_table
from fakel.plan.ascent import Climb
from fakel.plan.climb_told import Told
from fakel.plan.craft import Path, last_state, state_y
from fakel.plan.falling import falls, impact_points
from fakel.plan.mean_orbit import mean_orbit
from fakel.world import World


class Telling:
    """Channels and events of a flown ascent, from one pass over its samples."""

    def __init__(self, launcher: Launcher, pad: Site, liftoff: Epoch, flown: Climb, ship: Arc, cd_area_m2: float,
                 world: World) -> None:
        self.launcher, self.pad, self.liftoff, self.flown, self.ship = launcher, pad, liftoff, flown, ship
        self.cd_area_m2, self.world, self.told = cd_area_m2, world, Told(launcher, pad, flown)

    def channels(self) -> tuple[Channel, ...]:
        units = {"altitude_m": "m", "speed_air_m_s": "m/s", "speed_inertial_m_s": "m/s", "downrange_m": "m",
                 "q_pa": "Pa", "load_g": "g", "mach": "", "mass_kg": "kg", "pitch_rad": "rad", "yaw_rad": "rad",
                 "alpha_rad": "rad", "heat_w_m2": "W/m2"}
        curves, t_s = self.told.curves(), self.told.t_s
        told = [Channel(f"ascent.{name}", unit, self.liftoff, t_s, curves[name]) for name, unit in units.items()]
        table = self.flown.table
        points = impact_points(t_s, table[:, 1:4], table[:, 4:7])
        down = np.isfinite(points).all(axis=1)                   # none once it is in orbit
        told += [Channel(f"ascent.{name}", "rad", self.liftoff, t_s[down], values[down]) for name, values in (
            ("impact_latitude_rad", points[:, 0]), ("impact_longitude_rad", np.unwrap(points[:, 1])))]
        return tuple(told)

    def falls(self) -> dict[str, list[object]]:
        """Study ``launch_falls``: where the parts that it dropped come down."""
        rows = falls(self.flown, self.launcher, self.pad)
        return {"part": [x.part for x in rows], "dropped_s": [x.dropped_s for x in rows],
                "impact_s": [x.impact_s for x in rows], "mass_kg": [x.mass_kg for x in rows],
                "latitude_deg": [float(np.degrees(x.latitude_rad)) for x in rows],
                "longitude_deg": [float(np.degrees(x.longitude_rad)) for x in rows],
                "downrange_m": [x.downrange_m for x in rows], "speed_m_s": [x.speed_m_s for x in rows]}

    def events(self) -> tuple[Event, ...]:
        told = [Event(self.liftoff + t, name, self.ship.craft, "ascent", self.told.facts(t, name))
                for name, t in self.told.times()]
        return (*told, self._insertion())

    def _insertion(self) -> Event:
        """Separation, with the orbit that it leaves: heights above the ellipsoid over the first revolution."""
        arc, target = self.ship, self.launcher.target
        t_s = self.world.seconds(arc.stop)
        y = state_y(last_state(arc))
        path = Path(t_s, y, self.cd_area_m2)
        mean = mean_orbit(path, self.world)
        period_s = 2 * np.pi / mean.phase_rate_rad_s
        rows = coast_table(y, t_s, period_s / 240, 241, path.cd_area_m2, self.world.field)
        at_s = t_s + period_s / 240 * np.arange(241)
        fixed_m, fixed_m_s = self.world.to_itrf(at_s, rows[:, :3], rows[:, 3:6])
        lat, lon, height_m = geodetic_from_itrf(fixed_m)
        h = np.cross(y[:3], y[3:6]) @ self.world.teme_from_gcrf(np.array([t_s]))[0].T
        facts = {
            "met_s": arc.t_s[-1], "altitude_m": height_m[0], "latitude_rad": lat[0], "longitude_rad": lon[0],
            "downrange_m": float(surface_distance_m(self.pad.latitude_rad, self.pad.longitude_rad, lat[0], lon[0])),
            "speed_inertial_m_s": np.linalg.norm(y[3:6]), "speed_air_m_s": np.linalg.norm(fixed_m_s[0]),
            "inclination_rad": np.arccos(h[2] / np.linalg.norm(h)), "inclination_mean_rad": mean.inclination_rad,
            "height_min_m": height_m.min(), "height_max_m": height_m.max(), "period_s": period_s,
            "mass_kg": y[6], "propellant_left_kg": self.flown.propellant_left_kg}
        if isinstance(target, SeparationTarget):
            facts |= {"from_nominal_m": np.linalg.norm(fixed_m[0] - target.position_itrf_m),
                      "from_nominal_m_s": np.linalg.norm(fixed_m_s[0] - target.velocity_itrf_m_s)}
        return Event(arc.stop, "insertion", arc.craft, "ascent", {k: float(v) for k, v in facts.items()})
