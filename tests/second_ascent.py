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

    def level(self, stage, t_s: float) -> float:
        if not stage["ignition_s"] <= t_s < stage.get("cutoff_s", np.inf):
            return 0.0
        return next((s["level"] for s in reversed(stage["throttle"]) if t_s >= s["from_s"]), 1.0)

    def flow_kg_s(self, stage) -> float:
        return stage["count"] * stage["thrust_vacuum_kn"] * 1e3 / stage["isp_vacuum_s"] / G0

    def push(self, t_s: float, pressure_pa: float):
        """Thrust N and flow kg/s. A throttled engine keeps its sea level share, as in the program."""
        thrust = flow = 0.0
        for s in self.stages:
            level, vacuum, ground = self.level(s, t_s), s["thrust_vacuum_kn"], s["thrust_sea_level_kn"]
            thrust += level * s["count"] * 1e3 * (vacuum - (vacuum - ground) * pressure_pa / 101_325.0)
            flow += level * self.flow_kg_s(s)
        return thrust, flow

    def drops(self):
        """Instant and mass of what falls off before the last stage."""
        out = [(j["at_s"], j["mass_kg"]) for j in self.file["jettisons"]]
        for s in self.stages[:-1]:
            steps = [x["from_s"] for x in s["throttle"]] + [s["cutoff_s"]]
            burnt = sum((b - a) * self.level(s, a) * self.flow_kg_s(s) for a, b in pairwise(steps))
            out.append((s["separation_s"], s["count"] * (s["dry_mass_kg"] + s["propellant_kg"]) - burnt))
        return sorted(out)


def climb(path, cutoff_s: float, launcher: str):
    """State (7,) at the end of a flown arc from its begin, its attitudes, and the launcher's file."""
    rocket, sky = Rocket(launcher), Sky(path.start, 0.1)
    # Scalar last for scipy, whose rotation then turns vectors written in body axes into the frame's.
    nose = Rotation.from_quat(np.roll(path.attitude, -1, axis=1)).apply([1.0, 0.0, 0.0])
    aero, boosters_s = rocket.file["aero"], rocket.stages[0]["separation_s"]

    def rate(t_s, y):
        m, r, v = sky.turn(round(t_s, 2)), y[:3], y[3:6]
        wind = v - np.cross(m[2] * EARTH_RATE, r)
        speed = max(float(np.linalg.norm(wind)), 1e-9)
        density, pressure, sound = air(erfa.gc2gd(1, m @ r)[2])
        thrust, flow = rocket.push(t_s, pressure) if t_s < cutoff_s else (0.0, 0.0)
        n = np.array([np.interp(t_s, path.t_s, nose[:, k]) for k in range(3)])
        n = n / np.linalg.norm(n)
        angle = min(0.3, float(np.arccos(np.clip(wind @ n / speed, -1, 1)))) if speed > 20 else 0.0
        area = aero["area_boosters_m2"] if t_s < boosters_s else aero["area_core_m2"]
        drag = 0.5 * density * speed * area * np.interp(speed / sound, aero["mach"], aero["cd0"]) * (1 + 3 * angle**2)
        return np.r_[v, m.T @ gravity(m @ r, 8) + (thrust * n - drag * wind) / y[6], -flow]

    y, t_s = np.r_[path.position_m[0], path.velocity_m_s[0], path.mass_kg[0]], 0.0
    steps = {x["from_s"] for s in rocket.stages for x in s["throttle"] if x["from_s"] > 0}
    ends = steps | {s["cutoff_s"] for s in rocket.stages[:-1]} | {at for at, _ in rocket.drops()}
    for end_s in sorted(ends | {cutoff_s, float(path.t_s[-1])}):
        y = solve_ivp(rate, (t_s, end_s - 1e-9), y, method="DOP853", rtol=1e-8, atol=1e-4, max_step=2.0).y[:, -1]
        t_s = end_s
        y[6] -= sum(mass for at, mass in rocket.drops() if at == end_s)
    return y
