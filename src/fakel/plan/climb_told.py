"""What a flown climb was like: curves from one pass over its rows, moments, the orbit left, and limits."""

from __future__ import annotations

import numpy as np

from fakel.guidance.ascent import FELT_PA
from fakel.guidance.upfg import Orbit
from fakel.model.arrays import FloatArray
from fakel.model.climb import LeftIn, Limit, Moment
from fakel.model.launcher import Launcher
from fakel.model.place import Site
from fakel.physics.ascent import (
    ALPHA_RAD,
    DENSITY,
    DRAG_N,
    DROPPED_KG,
    FLOW_KG_S,
    MACH,
    MU_M3_S2,
    PUSH_N,
    Q_PA,
    SPEED_M_S,
    START_S,
    THRUST_N,
)
from fakel.physics.entry import heat_flux_w_m2
from fakel.physics.geodesy import RADIUS_M, geodetic_from_itrf, itrf_from_geodetic, surface_distance_m
from fakel.physics.propagate import G0_M_S2
from fakel.physics.rows import peak_s, value_at
from fakel.plan.ascent import Climb, highest_load_g, itrf_from_launch, loads

AIR_FELT_PA = 10.0
"""Where the air presses less an angle of attack is not told."""


class Told:
    """Curves over the rows (n,) of a flown climb, SI."""

    def __init__(self, launcher: Launcher, pad: Site, flown: Climb) -> None:
        self.launcher, self.pad, self.flown = launcher, pad, flown
        table = flown.table
        self.t_s = table[:, 0]
        self.fixed_m, self.fixed_m_s = itrf_from_launch(self.t_s, table[:, 1:4], table[:, 4:7])
        lat, lon, self.height_m = geodetic_from_itrf(self.fixed_m)
        self.latitude_rad, self.longitude_rad = lat, lon
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

    def times(self) -> list[tuple[str, float]]:
        """Events and when they come, in order."""
        times = [("liftoff", 0.0), *((part.event, part.at_s) for part in self.flown.dropped)]
        times += [("max_q", peak_s(self.t_s, self.q_pa)), ("max_g", self.highest[0]), ("cutoff", float(self.t_s[-1]))]
        return sorted(times, key=lambda pair: pair[1])

    def facts(self, t_s: float, name: str) -> dict[str, float]:
        """At a corner the values after it, but the load before it where that is the highest."""
        i = int(np.searchsorted(self.t_s, t_s - 1e-6))
        i -= int(i == len(self.t_s) or (i > 0 and self.t_s[i] - t_s > t_s - self.t_s[i - 1]))     # the nearest row
        told = {"altitude_m": self.height_m, "downrange_m": self.downrange_m, "speed_air_m_s": self.air_m_s,
                "speed_inertial_m_s": self.speed_m_s, "q_pa": self.q_pa, "load_g": self.load_g,
                "mass_kg": self.mass_kg}
        facts = {"met_s": t_s, **{key: value_at(t_s, self.t_s, values) if name == "max_q" else values[i]
                                  for key, values in told.items()}}
        facts |= {"load_g": self.highest[1]} if name == "max_g" else {}
        return {key: float(value) for key, value in facts.items()}

    def moment(self, name: str, t_s: float) -> Moment:
        """As ``facts``, as a record."""
        return Moment(name, *self.facts(t_s, name).values())

    def turn_rad_s(self) -> FloatArray:
        """How fast the nose turns, (n,), against the stars."""
        nose, step = self.flown.table[:, 8:11], np.diff(self.t_s)
        angle = np.arctan2(np.linalg.norm(np.cross(nose[:-1], nose[1:]), axis=1), np.sum(nose[:-1] * nose[1:], axis=1))
        rate = np.where(step > 1e-3, angle / np.maximum(step, 1e-3), 0.0)
        return np.append(rate, rate[-1] if len(rate) else 0.0)

    def curves(self) -> dict[str, FloatArray]:
        """By name, the unit last."""
        return {"altitude_m": self.height_m, "speed_air_m_s": self.air_m_s, "speed_inertial_m_s": self.speed_m_s,
                "downrange_m": self.downrange_m, "q_pa": self.q_pa, "load_g": self.load_g, "mach": self.mach,
                "mass_kg": self.mass_kg, "pitch_rad": self.pitch_rad, "yaw_rad": self.yaw_rad,
                "alpha_rad": self.alpha_rad, "q_alpha_pa_rad": self.q_pa * self.alpha_rad,
                "turn_rad_s": self.turn_rad_s(), "heat_w_m2": self.heat_w_m2}

    def limits(self) -> tuple[Limit, ...]:
        """The highest of everything that is bounded, and of what crews and structures feel."""
        bounds, curves = self.launcher.limits, self.curves()
        curves["alpha_rad"] = np.where(self.q_pa > FELT_PA, curves["alpha_rad"], 0.0)      # where steering minds it

        def of(name: str, unit: str, bound: float | None = None) -> Limit:
            i = int(np.argmax(curves[name]))
            return Limit(name, unit, float(curves[name][i]), float(self.t_s[i]), bound)
        return (of("q_pa", "Pa"), of("alpha_rad", "rad", bounds.alpha_rad),
                of("q_alpha_pa_rad", "Pa rad", bounds.q_alpha_pa_rad),
                of("turn_rad_s", "rad/s", bounds.attitude_rate_rad_s),
                Limit("load_g", "g", self.highest[1], self.highest[0], self._load_bound()), of("heat_w_m2", "W/m2"))

    def _load_bound(self) -> float | None:
        known = [s.load_limit_g for s in self.launcher.stages if s.load_limit_g is not None]
        return max(known) if len(known) == len(self.launcher.stages) else None


def left_in(position_m: FloatArray, velocity_m_s: FloatArray) -> LeftIn:
    """The ellipse through a state, launch frame."""
    radius = float(np.linalg.norm(position_m))
    h = np.cross(position_m, velocity_m_s)
    energy = float(velocity_m_s @ velocity_m_s) / 2 - MU_M3_S2 / radius
    h2 = float(h @ h)
    e = float(np.sqrt(max(0.0, 1 + 2 * energy * h2 / MU_M3_S2**2)))
    p = h2 / MU_M3_S2
    high = p / (1 - e) if e < 1.0 else np.inf
    return LeftIn(p / (1 + e) - RADIUS_M, float(high) - RADIUS_M, float(np.arccos(h[2] / np.sqrt(h2))))


def aimed_at(orbit: Orbit) -> LeftIn:
    """The ellipse of guidance's aim."""
    level = float(np.sqrt(orbit.speed_m_s**2 - orbit.climb_m_s**2))
    p, energy = (orbit.radius_m * level) ** 2 / MU_M3_S2, orbit.speed_m_s**2 / 2 - MU_M3_S2 / orbit.radius_m
    e = float(np.sqrt(max(0.0, 1 + 2 * energy * p / MU_M3_S2)))
    return LeftIn(p / (1 + e) - RADIUS_M, p / (1 - e) - RADIUS_M, float(np.arccos(orbit.normal[2])))


def off_plane_rad(state: FloatArray, normal: FloatArray) -> float:
    """Angle between the plane of a state and the plane of a unit normal (3), launch frame."""
    h = np.cross(state[:3], state[3:6])
    return float(np.arctan2(np.linalg.norm(np.cross(h, normal)), h @ normal))


def why_lost(flown: Climb, from_s: float, orbit: Orbit) -> str:
    """What the stages left can give where guidance lost its way, and what is asked of them."""
    i = min(int(np.searchsorted(flown.table[:, 0], from_s)), len(flown.table) - 1)
    line, rows = flown.table[i], flown.rocket.timetable
    gives = _gives_m_s(float(line[0]), float(line[7]), rows, float(flown.state[6]) - flown.propellant_left_kg)
    needs = orbit.speed_m_s - float(np.linalg.norm(line[4:7]))
    low_m = orbit.radius_m - float(np.linalg.norm(line[1:4]))
    return (f"{gives:.0f} m/s are left to burn there; the aim is {needs:.0f} m/s faster and {low_m / 1000:.0f} km "
            "higher, and gravity takes its share")


def _gives_m_s(t_s: float, mass_kg: float, rows: FloatArray, empty_kg: float) -> float:
    """Ideal speed of what there is to burn from t_s on by a timetable, until the rocket weighs empty_kg."""
    gives = 0.0
    for k, row in enumerate(rows):
        stop = rows[k + 1, START_S] if k + 1 < len(rows) else np.inf
        if stop <= t_s:
            continue
        if row[START_S] > t_s:
            mass_kg -= row[DROPPED_KG]
        if row[THRUST_N] <= 0.0:
            continue
        left = max(empty_kg, mass_kg - row[FLOW_KG_S] * (stop - max(t_s, row[START_S])))
        if 0.0 < left < mass_kg:
            gives += float(row[THRUST_N] / row[FLOW_KG_S] * np.log(mass_kg / left))
            mass_kg = left
    return gives
