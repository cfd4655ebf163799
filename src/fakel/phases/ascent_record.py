"""What a flown climb leaves behind: channels, events, the orbit, and where its parts come down."""

from __future__ import annotations

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Arc, Channel, Event
from fakel.model.launcher import Launcher, SeparationTarget
from fakel.model.place import Site
from fakel.physics.ascent import ALPHA_RAD, DENSITY, DRAG_N, MACH, PUSH_N, Q_PA, SPEED_M_S
from fakel.physics.entry import heat_flux_w_m2
from fakel.physics.geodesy import geodetic_from_itrf, itrf_from_geodetic, surface_distance_m
from fakel.physics.propagate import G0_M_S2, coast_table
from fakel.physics.rows import peak_s, value_at
from fakel.plan.ascent import Climb, highest_load_g, itrf_from_launch, loads
from fakel.plan.craft import Path, last_state, state_y
from fakel.plan.falling import falls, impact_points
from fakel.plan.mean_orbit import mean_orbit
from fakel.world import World

AIR_FELT_PA = 10.0
"""Where the air presses less an angle of attack is not told."""


class Telling:
    """Channels and events of a flown ascent, from one pass over its samples."""

    def __init__(self, launcher: Launcher, pad: Site, liftoff: Epoch, flown: Climb, ship: Arc, cd_area_m2: float,
                 world: World) -> None:
        self.launcher, self.pad, self.liftoff, self.flown, self.ship = launcher, pad, liftoff, flown, ship
        self.cd_area_m2, self.world = cd_area_m2, world
        table = flown.table
        self.t_s = table[:, 0]
        self.fixed_m, self.fixed_m_s = itrf_from_launch(self.t_s, table[:, 1:4], table[:, 4:7])
        lat, lon, self.height_m = geodetic_from_itrf(self.fixed_m)
        up = itrf_from_geodetic(lat, lon, 1.0) - itrf_from_geodetic(lat, lon, 0.0)
        nose, _ = itrf_from_launch(self.t_s, table[:, 8:11], np.zeros_like(table[:, 8:11]))
        self.pitch_rad = np.arcsin(np.clip(np.sum(up * nose, axis=1), -1.0, 1.0))
        east = np.stack([-np.sin(lon), np.cos(lon), np.zeros_like(lon)], axis=1)
        north = np.cross(up, east)
        self.yaw_rad = np.unwrap(np.arctan2(np.sum(nose * east, axis=1), np.sum(nose * north, axis=1)))
        self.downrange_m = surface_distance_m(pad.latitude_rad, pad.longitude_rad, lat, lon)
        self.air_m_s = np.linalg.norm(self.fixed_m_s, axis=1)
        self.speed_m_s = np.linalg.norm(table[:, 4:7], axis=1)
        self.mass_kg = table[:, 7]
        told = loads(flown.rocket, table)
        self.q_pa, self.mach = told[:, Q_PA], told[:, MACH]
        self.load_g = (told[:, PUSH_N] - told[:, DRAG_N]) / self.mass_kg / G0_M_S2
        self.alpha_rad = np.where(self.q_pa > AIR_FELT_PA, told[:, ALPHA_RAD], 0.0)
        self.heat_w_m2 = heat_flux_w_m2(told[:, DENSITY], told[:, SPEED_M_S], launcher.aero.nose_radius_m)
        self.highest = highest_load_g(flown.rocket, table)

    def channels(self) -> tuple[Channel, ...]:
        rows = (("altitude_m", "m", self.height_m), ("speed_air_m_s", "m/s", self.air_m_s),
                ("speed_inertial_m_s", "m/s", self.speed_m_s), ("downrange_m", "m", self.downrange_m),
                ("q_pa", "Pa", self.q_pa), ("load_g", "g", self.load_g), ("mach", "", self.mach),
                ("mass_kg", "kg", self.mass_kg), ("pitch_rad", "rad", self.pitch_rad), ("yaw_rad", "rad", self.yaw_rad),
                ("alpha_rad", "rad", self.alpha_rad), ("heat_w_m2", "W/m2", self.heat_w_m2))
        told = [Channel(f"ascent.{name}", unit, self.liftoff, self.t_s, values) for name, unit, values in rows]
        table = self.flown.table
        points = impact_points(self.t_s, table[:, 1:4], table[:, 4:7])
        down = np.isfinite(points).all(axis=1)                   # none once it is in orbit
        told += [Channel(f"ascent.{name}", "rad", self.liftoff, self.t_s[down], values[down]) for name, values in (
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
        times = [("liftoff", 0.0), *((part.event, part.at_s) for part in self.flown.dropped)]
        times += [("max_q", peak_s(self.t_s, self.q_pa)), ("max_g", self.highest[0]), ("cutoff", float(self.t_s[-1]))]
        told = [Event(self.liftoff + t, name, self.ship.craft, "ascent", self._facts(t, name))
                for name, t in sorted(times, key=lambda pair: pair[1])]
        return (*told, self._insertion())

    def _facts(self, t_s: float, name: str) -> dict[str, float]:
        """At a corner the values after it, but the load before it where that is the highest."""
        i = int(np.searchsorted(self.t_s, t_s - 1e-6))
        i -= int(i > 0 and self.t_s[i] - t_s > t_s - self.t_s[i - 1])          # the nearest row
        told = {"altitude_m": self.height_m, "downrange_m": self.downrange_m, "speed_air_m_s": self.air_m_s,
                "speed_inertial_m_s": self.speed_m_s, "q_pa": self.q_pa, "load_g": self.load_g,
                "mass_kg": self.mass_kg}
        facts = {"met_s": t_s, **{key: value_at(t_s, self.t_s, values) if name == "max_q" else values[i]
                                  for key, values in told.items()}}
        facts |= {"load_g": self.highest[1]} if name == "max_g" else {}
        return {key: float(value) for key, value in facts.items()}

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
