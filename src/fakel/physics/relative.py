"""Motion near a station in circular orbit, in its turning RTN frame: the linear equations of Clohessy and Wiltshire.

Source: Clohessy & Wiltshire 1960, Terminal guidance system for satellite rendezvous; written with x radial (up), y
along track and z normal. Left out: the target's eccentricity, J2 and drag. Over 10 minutes the position errs by about
1e-3 of the range in low orbit, so guidance that uses it corrects itself in the full model; ``LIMITS`` says how far it
may be trusted without. Other models: ``relative_eccentric`` (any Kepler orbit), ``relative_elements`` (J2 and drag).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError


class Limits(NamedTuple):
    """Where a model errs by less than share of the largest range on the way: range, revolutions, eccentricity."""

    range_m: float
    revolutions: float
    eccentricity: float
    share: float

    def broken(self, range_m: float, revolutions: float, eccentricity: float) -> tuple[str, ...]:
        """What lies beyond them, in words; empty when nothing does."""
        out = []
        if range_m > self.range_m * 1.000001:
            out.append(f"range {range_m / 1000:.3g} km (to {self.range_m / 1000:g} km)")
        if revolutions > self.revolutions * 1.000001:
            out.append(f"a drift of {revolutions:.2f} revolutions (to {self.revolutions:g})")
        if eccentricity > self.eccentricity:
            out.append(f"eccentricity {eccentricity:.3g} (to {self.eccentricity:g})")
        return tuple(out)


LIMITS = Limits(5_000.0, 0.25, 0.002, 0.01)
"""Against the full model without air, 420 km up, 600 random starts with speeds to n x range: at most 0.7 %. After half
a revolution 3 %, after a whole one 7 %: J2 turns the local frame and the swing across the plane otherwise."""


def transition(rate_rad_s: float, t_s: float) -> FloatArray:
    """Matrix (6, 6) that takes [position (m), velocity (m/s)] in RTN over t_s; rate_rad_s is the orbit's."""
    n, a = rate_rad_s, rate_rad_s * t_s
    c, s = math.cos(a), math.sin(a)
    return np.array([
        [4 - 3 * c, 0.0, 0.0, s / n, 2 * (1 - c) / n, 0.0],
        [6 * (s - a), 1.0, 0.0, -2 * (1 - c) / n, (4 * s - 3 * a) / n, 0.0],
        [0.0, 0.0, c, 0.0, 0.0, s / n],
        [3 * n * s, 0.0, 0.0, c, 2 * s, 0.0],
        [-6 * n * (1 - c), 0.0, 0.0, -2 * s, 4 * c - 3, 0.0],
        [0.0, 0.0, -n * s, 0.0, 0.0, c]])


def velocity_to_reach(rate_rad_s: float, start_m: FloatArray, goal_m: FloatArray, t_s: float) -> FloatArray:
    """Velocity (3,) m/s in RTN with which start_m (3,) drifts to goal_m (3,) in t_s.

    Raises FlightError where position does not follow from velocity: t_s is 0 or about half a revolution or more.
    """
    m = transition(rate_rad_s, t_s)
    if not 0.0 < rate_rad_s * t_s < 3.0:
        raise FlightError(f"relative motion: {t_s:.0f} s is not between 0 and {3.0 / rate_rad_s:.0f} s; "
                          "put a waypoint between")
    return np.asarray(np.linalg.solve(m[:3, 3:], np.asarray(goal_m) - m[:3, :3] @ np.asarray(start_m)))
