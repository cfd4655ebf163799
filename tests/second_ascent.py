"""The climb to orbit by another hand: the launcher's file read anew, thrust along the flown attitude, scipy's DOP853.

Air below 86 km by the definition of the US Standard Atmosphere 1976, above by one scale height (under a pascal there).
Gravity to degree 8, where the program has J2.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import pairwise

import erfa
import numpy as np
from scipy.integrate import solve_ivp
from scipy.spatial.transform import Rotation

from second_opinion import EARTH_RATE, G0, Sky, gravity

LAYERS = ((0.0, -6.5e-3), (11e3, 0.0), (20e3, 1e-3), (32e3, 2.8e-3), (47e3, 0.0), (51e3, -2.8e-3), (71e3, -2e-3),
          (84_852.0, 0.0))
GAS = 287.05287


def air(height_m: float):
    """Density, pressure, speed of sound."""
    h, kelvin, pa = 6_356_766.0 * height_m / (6_356_766.0 + height_m), 288.15, 101_325.0
    for (bottom, lapse), (top, _) in pairwise(LAYERS):
        d = min(h, top) - bottom
        if d <= 0.0 and bottom > 0.0:
            break
        pa *= (1 + lapse * d / kelvin) ** (-G0 / GAS / lapse) if lapse else np.exp(-G0 * d / GAS / kelvin)
        kelvin += lapse * d
    pa *= np.exp(-max(height_m - 86e3, 0.0) / 5_600.0)
    return pa / GAS / kelvin, pa, np.sqrt(1.4 * GAS * kelvin)


class Rocket:
    """A launcher's TOML, and what its engines do at t seconds after liftoff."""

    def __init__(self, name: str) -> None:
        text = (files("fakel") / "data" / "launchers" / f"{name}.toml").read_text(encoding="utf-8")
        self.file = tomllib.loads(text)
        self.stages = self.file["stages"]
        self.spared_kg = 0.0                   # not burnt at the load limit, of the stage that flies

    def level(self, stage, t_s: float) -> float:
        if not stage["ignition_s"] <= t_s < stage.get("cutoff_s", np.inf):
            return 0.0
        return next((s["level"] for s in reversed(stage["throttle"]) if t_s >= s["from_s"]), 1.0)

    def flow_kg_s(self, stage) -> float:
        return stage["count"] * stage["thrust_vacuum_kn"] * 1e3 / stage["isp_vacuum_s"] / G0

    def push(self, t_s: float, pressure_pa: float, mass_kg: float):
        """Thrust N and flow kg/s. A throttled engine keeps its sea level share and one at its load limit what air takes
        from full thrust, as in the program."""
        thrust = air_n = flow = 0.0
        most_g = np.inf
        for s in self.stages:
            level, vacuum, ground = self.level(s, t_s), s["thrust_vacuum_kn"], s["thrust_sea_level_kn"]
            thrust += level * s["count"] * 1e3 * vacuum
            air_n += level * s["count"] * 1e3 * (vacuum - ground) * pressure_pa / 101_325.0
            flow += level * self.flow_kg_s(s)
            most_g = min(most_g, s.get("load_limit_g", np.inf) if level else np.inf)
        share = min(1.0, most_g * G0 * mass_kg / thrust) if thrust else 1.0
        return share * thrust - air_n, share * flow

    def drops(self):
        """Instant and mass of what falls off before the last stage."""
        out = [(j["at_s"], j["mass_kg"]) for j in self.file["jettisons"]]
        for s in self.stages[:-1]:
            steps = sorted({s["ignition_s"], s["cutoff_s"], *(x["from_s"] for x in s["throttle"])})
            burnt = sum((b - a) * self.level(s, a) * self.flow_kg_s(s) for a, b in pairwise(steps))
            full = s["count"] * (s["dry_mass_kg"] + s["propellant_kg"])
            out.append((s["separation_s"], full - burnt + self.spared_kg))
        return sorted(out)


def climb(path, cutoff_s: float, launcher: str):
    """State (7,) at the end of a flown arc from its begin, its attitudes, and the launcher's file."""
    sky = Sky(path.start, 0.1)
    # Scalar last for scipy, whose rotation then turns vectors written in body axes into the frame's.
    nose = Rotation.from_quat(np.roll(path.attitude, -1, axis=1)).apply([1.0, 0.0, 0.0])
    y = np.r_[path.position_m[0], path.velocity_m_s[0], path.mass_kg[0]]
    return _flown(Rocket(launcher), y, path.t_s, nose, cutoff_s, lambda t_s: sky.turn(round(t_s, 2)))


def climb_along(table, launcher: str):
    """State (7,) at cutoff, launch frame, from the first line of a flown table (n, 11) and its noses."""
    def turn(t_s):
        c, s = np.cos(EARTH_RATE * t_s), np.sin(EARTH_RATE * t_s)
        return np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
    return _flown(Rocket(launcher), table[0, 1:8], table[:, 0], table[:, 8:11], table[-1, 0], turn)


def _flown(rocket: Rocket, y, t_of_nose, nose, cutoff_s: float, turn):
    aero, boosters_s = rocket.file["aero"], rocket.stages[0]["separation_s"]

    def rate(t_s, y):
        m, r, v = turn(t_s), y[:3], y[3:6]
        wind = v - np.cross(m[2] * EARTH_RATE, r)
        speed = max(float(np.linalg.norm(wind)), 1e-9)
        density, pressure, sound = air(erfa.gc2gd(1, m @ r)[2])
        thrust, flow = rocket.push(t_s, pressure, y[6]) if t_s < cutoff_s else (0.0, 0.0)
        n = np.array([np.interp(t_s, t_of_nose, nose[:, k]) for k in range(3)])
        n = n / np.linalg.norm(n)
        angle = min(0.3, float(np.arccos(np.clip(wind @ n / speed, -1, 1)))) if speed > 20 else 0.0
        area = aero["area_boosters_m2"] if t_s < boosters_s else aero["area_core_m2"]
        drag = 0.5 * density * speed * area * np.interp(speed / sound, aero["mach"], aero["cd0"]) * (1 + 3 * angle**2)
        across = n - (wind @ n) / speed**2 * wind
        lift = 0.5 * density * speed**2 * area * aero.get("lift_1_rad", 2.0) * (speed > 20) * across
        return np.r_[v, m.T @ gravity(m @ r, 8) + (thrust * n - drag * wind + lift) / y[6], -flow]

    t_s = 0.0
    steps = {x["from_s"] for s in rocket.stages for x in s["throttle"] if x["from_s"] > 0}
    ends = steps | {s["cutoff_s"] for s in rocket.stages[:-1]} | {at for at, _ in rocket.drops()}
    ends |= {s["ignition_s"] for s in rocket.stages if s["ignition_s"] > 0}
    for end_s in sorted(ends | {cutoff_s, float(t_of_nose[-1])}):
        before_kg = y[6]
        y = solve_ivp(rate, (t_s, end_s - 1e-9), y, method="DOP853", rtol=1e-8, atol=1e-4, max_step=2.0).y[:, -1]
        rocket.spared_kg += sum(rocket.level(s, t_s) * rocket.flow_kg_s(s) for s in rocket.stages) * (end_s - t_s) - (
            before_kg - y[6])
        t_s = end_s
        y[6] -= sum(mass for at, mass in rocket.drops() if at == end_s)
    return y
