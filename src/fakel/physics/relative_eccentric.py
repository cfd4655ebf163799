"""Motion near a target in any Kepler orbit, in its turning RTN frame: the transition matrix of Yamanaka and Ankersen.

Source: Yamanaka & Ankersen 2002, New state transition matrix for relative motion on an arbitrary elliptical orbit,
J. Guid. Control Dyn. 25(1), eq. 82 to 84. Their axes (x along track, y against the normal, z down) are turned into RTN
here: x radial (up), y along track, z normal; velocities are as seen in the turning frame. At eccentricity 0 it is
``physics.relative.transition``. Left out, as there: the second order in range over radius, J2, drag.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.relative import Limits

_TO_PAPER = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [-1.0, 0.0, 0.0]])          # rows x, y, z from R, T, N
MOST_ECCENTRICITY = 0.9
LIMITS = Limits(5_000.0, 0.25, 0.25, 0.01)
"""As ``relative.LIMITS``: at most 0.8 % over 350 random starts; J2 and the second order are left out here as there."""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """The target's orbit: semi-major axis, eccentricity, true anomaly where the time counts from."""

    a_m: float
    eccentricity: float
    anomaly_rad: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.eccentricity <= MOST_ECCENTRICITY:
            raise FlightError(f"relative motion: eccentricity {self.eccentricity:g} is not between 0 and "
                              f"{MOST_ECCENTRICITY:g}")

    @property
    def rate_rad_s(self) -> float:
        """The mean motion."""
        return math.sqrt(MU_M3_S2 / self.a_m**3)

    def anomaly_at(self, t_s: float) -> float:
        """True anomaly after t_s, by Kepler's equation."""
        e, start = self.eccentricity, self.anomaly_rad
        half = math.sqrt((1 - e) / (1 + e))
        eccentric = 2 * math.atan2(half * math.sin(start / 2), math.cos(start / 2))
        mean = eccentric - e * math.sin(eccentric) + self.rate_rad_s * t_s
        now = mean + e * math.sin(mean)
        for _ in range(50):
            step = (now - e * math.sin(now) - mean) / (1 - e * math.cos(now))
            now -= step
            if abs(step) < 1e-14:
                break
        turns = 2 * math.pi * math.floor((now + math.pi) / (2 * math.pi))
        return turns + 2 * math.atan2(math.sin((now - turns) / 2), half * math.cos((now - turns) / 2))


def ellipse_of(y: FloatArray) -> Ellipse:
    """The osculating ellipse of a state (6 or more,) GCRF."""
    r, v = np.asarray(y[:3], dtype=float), np.asarray(y[3:6], dtype=float)
    distance, h = float(np.linalg.norm(r)), float(np.linalg.norm(np.cross(r, v)))
    a_m = 1 / (2 / distance - float(v @ v) / MU_M3_S2)
    e_cos, e_sin = h * h / MU_M3_S2 / distance - 1, float(r @ v) / distance * h / MU_M3_S2
    return Ellipse(a_m, math.hypot(e_cos, e_sin), math.atan2(e_sin, e_cos))


def transition(orbit: Ellipse, t0_s: float, t1_s: float) -> FloatArray:
    """Matrix (6, 6) that takes [position (m), velocity (m/s)] in the target's RTN from t0_s to t1_s."""
    e, p = orbit.eccentricity, orbit.a_m * (1 - orbit.eccentricity**2)
    k2 = math.sqrt(MU_M3_S2 / p**3)
    first, last = orbit.anomaly_at(t0_s), orbit.anomaly_at(t1_s)
    plane = _in_plane(e, last, k2 * (t1_s - t0_s)) @ _pseudo(e, first)
    c, s = math.cos(last - first), math.sin(last - first)
    scaled = np.zeros((6, 6))
    scaled[np.ix_((0, 2, 3, 5), (0, 2, 3, 5))] = plane
    scaled[np.ix_((1, 4), (1, 4))] = [[c, s], [-s, c]]
    turn = np.kron(np.eye(2), _TO_PAPER)
    return np.asarray(turn.T @ np.linalg.inv(_scaling(e, last, k2)) @ scaled @ _scaling(e, first, k2) @ turn)


def _scaling(e: float, anomaly: float, k2: float) -> FloatArray:
    """From position and rate (6) to position times rho and its derivative by true anomaly (their eq. 86)."""
    rho, out = 1 + e * math.cos(anomaly), np.zeros((6, 6))
    out[:3, :3] = rho * np.eye(3)
    out[3:, :3] = -e * math.sin(anomaly) * np.eye(3)
    out[3:, 3:] = np.eye(3) / (k2 * rho)
    return out


def _pseudo(e: float, anomaly: float) -> FloatArray:
    """From scaled x, z, x', z' to their pseudo-initial values (their eq. 82)."""
    rho = 1 + e * math.cos(anomaly)
    s, c, u = rho * math.sin(anomaly), rho * math.cos(anomaly), 1 + 1 / rho
    return np.array([[1 - e * e, 3 * e * s / rho * u, -e * s * u, -e * c + 2],
                     [0.0, -3 * s / rho * (1 + e * e / rho), s * u, c - 2 * e],
                     [0.0, -3 * (c / rho + e), c * u + e, -s],
                     [0.0, 3 * rho + e * e - 1, -rho * rho, e * s]]) / (1 - e * e)


def _in_plane(e: float, anomaly: float, j: float) -> FloatArray:
    """From pseudo-initial values to scaled x, z, x', z' (their eq. 83); j: their k^2 (t - t0)."""
    rho = 1 + e * math.cos(anomaly)
    s, c, u = rho * math.sin(anomaly), rho * math.cos(anomaly), 1 + 1 / rho
    ds = math.cos(anomaly) + e * math.cos(2 * anomaly)
    dc = -(math.sin(anomaly) + e * math.sin(2 * anomaly))
    return np.array([[1.0, -c * u, s * u, 3 * rho * rho * j],
                     [0.0, s, c, 2 - 3 * e * s * j],
                     [0.0, 2 * s, 2 * c - e, 3 * (1 - 2 * e * s * j)],
                     [0.0, ds, dc, -3 * e * (ds * j + s / (rho * rho))]])
