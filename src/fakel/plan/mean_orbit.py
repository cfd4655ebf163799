"""Averages of an orbit over a revolution of the full model, and how they drift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import J2, MU_M3_S2
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.propagate import coast_table
from fakel.plan.craft import Path
from fakel.world import World

SAMPLES = 96          # per revolution; twice as many move the mean node by less than 1e-5 deg
_TWO_PI = 2 * np.pi


@dataclass(frozen=True, slots=True)
class MeanOrbit:
    """Averages over the revolution around an instant, in the true equator of date; rates from J2 alone."""

    a_m: float
    inclination_rad: float
    node_rad: float
    node_rate_rad_s: float
    phase_rate_rad_s: float


def mean_orbit(craft: Path, world: World) -> MeanOrbit:
    """Mean orbit of a craft at its instant, averaged over one nodal revolution of the full model.

    Half a revolution is flown back first, so that the average belongs to the instant itself. The node is counted
    from the mean equinox in the true equator (TEME) of the instant.
    """
    r, v = craft.y[:3], craft.y[3:6]
    a_m = float(1 / (2 / np.linalg.norm(r) - v @ v / MU_M3_S2))
    normal = np.cross(r, v)
    inclination_rad = float(np.arccos(normal[2] / np.linalg.norm(normal)))
    to_teme = world.teme_from_gcrf(np.array([craft.t_s]))[0]
    node_rad = 0.0
    for _ in range(2):
        period_s = _TWO_PI / secular_rates(a_m, inclination_rad)[1]
        first = craft.at(craft.t_s - period_s / 2, world)
        table = coast_table(first.y, first.t_s, period_s / SAMPLES, SAMPLES + 1, craft.cd_area_m2, world.field)
        x, w = table[:, :3] @ to_teme.T, table[:, 3:6] @ to_teme.T
        h = np.cross(x, w)
        a_m = _average(1 / (2 / np.linalg.norm(x, axis=1) - np.sum(w * w, axis=1) / MU_M3_S2))
        inclination_rad = _average(np.arccos(h[:, 2] / np.linalg.norm(h, axis=1)))
        node_rad = _average(np.unwrap(np.arctan2(h[:, 0], -h[:, 1])))
    return MeanOrbit(a_m, inclination_rad, node_rad % _TWO_PI, *secular_rates(a_m, inclination_rad))


def secular_rates(a_m: float, inclination_rad: float) -> tuple[float, float]:
    """Rates rad/s of the node and of the mean argument of latitude; near-circular, first order in J2 (Kozai 1959)."""
    n = np.sqrt(MU_M3_S2 / a_m**3)
    k = 1.5 * J2 * (RADIUS_M / a_m) ** 2 * n
    c = np.cos(inclination_rad)
    return float(-k * c), float(n + k * (4 * c * c - 1))


def axis_of_phase_rate(phase_rate_rad_s: float, inclination_rad: float, near_m: float) -> float:
    """The mean semi-major axis m whose phase rate is that, by Newton's method from an axis near it."""
    a_m = near_m
    for _ in range(8):
        rate = secular_rates(a_m, inclination_rad)[1]
        step_m = (rate - phase_rate_rad_s) / (1.5 * rate / a_m)
        a_m += step_m
        if abs(step_m) < 1e-3:
            break
    return float(a_m)


def wrapped(angle_rad: float) -> float:
    """An angle in [-pi, pi)."""
    return float((angle_rad + np.pi) % _TWO_PI - np.pi)


def _average(samples: FloatArray) -> float:
    """Mean over a closed revolution, first and last sample half each."""
    return float((samples.sum() - (samples[0] + samples[-1]) / 2) / (len(samples) - 1))
