"""What the radar and the thrusters get wrong between the aim point and the port, in one dispersed flight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.guidance.knowing import across
from fakel.model.arrays import FloatArray
from fakel.model.navigation import Chance

MOST_PULSES = 400


@dataclass(frozen=True, slots=True, eq=False)
class ApproachErrors:
    """Errors of one approach, RTN. first (6,): what is known less what is true at the aim. The radar's own errors stay
    the same all the way (they change slowly): of scale, of two angles, of range and of range rate; the last two fade
    near the port, goal_m (3,), from which all are counted. pulses (n, 4): chance of each impulse in turn."""

    goal_m: FloatArray
    first: FloatArray
    scale: float
    angles_rad: FloatArray
    fixed_m: float
    rate_m_s: float
    fades_m: float
    pulses: FloatArray
    size_share: float
    axis_m_s: float

    def seen(self, relative: FloatArray, pulse: int) -> FloatArray:
        """What guidance takes for the ship's place and rate (6,) before its next impulse, number pulse."""
        if pulse == 0:
            return np.asarray(relative + self.first)
        away, rate = relative[:3] - self.goal_m, relative[3:]
        far_m = float(np.linalg.norm(away))
        along, one, other = across(away / max(far_m, 1e-9))
        near = min(1.0, far_m / self.fades_m)
        turn = np.cross(self.angles_rad[0] * one + self.angles_rad[1] * other, np.eye(3))
        return np.r_[relative[:3] + self.scale * away + away @ turn + near * self.fixed_m * along,
                     relative[3:] + self.scale * rate + rate @ turn + near * self.rate_m_s * along]

    def given(self, dv_m_s: FloatArray, pulse: int) -> FloatArray:
        """What the thrusters give (3,) for impulse number pulse."""
        g = self.pulses[pulse % len(self.pulses)]
        return np.asarray(dv_m_s * (1.0 + self.size_share * g[0]) + self.axis_m_s * g[1:])


def approach_errors(goal_m: FloatArray, first: FloatArray, chance: Chance, profile: str) -> ApproachErrors:
    """The errors of one flight's approach to goal_m (3,), the ship's place at contact."""
    radar, execution = chance.navigation.radar, chance.navigation.execution
    g = chance.normal(f"{profile} approach radar", 5)
    return ApproachErrors(goal_m, first, radar.range_share * g[0], radar.angle_rad * g[1:3],
                          radar.range_fixed_m * g[3], radar.range_rate_m_s * g[4], radar.fades_m,
                          chance.normal(f"{profile} approach pulses", 4 * MOST_PULSES).reshape(-1, 4),
                          execution.size_share, execution.pulse_axis_m_s)
