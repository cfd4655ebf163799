"""What a thruster's exhaust does far away in vacuum: the simple plume of Simons.

Source: Simons 1972, Effect of nozzle boundary layers on rocket exhaust plumes (AIAA Journal 10, 1534), with the cosine
law of Boynton 1967: from a few nozzle lengths on the gas flows straight away from the nozzle at its limiting speed, and
its density falls with the square of the distance and with the angle off the axis as cos(pi/2 angle/limit) to the power
2 / (gamma - 1). The mass that leaves the nozzle sets the constant. Gas that creeps out of the boundary layer beyond the
limit, and clouds of drops, are left out.
"""

from __future__ import annotations

import math

import numpy as np

from fakel.model.arrays import FloatArray

G0_M_S2 = 9.80665


def limit_rad(gamma: float, exit_mach: float) -> float:
    """The largest angle to which exhaust turns: Prandtl-Meyer from the exit's Mach number to vacuum."""
    k = math.sqrt((gamma + 1.0) / (gamma - 1.0))

    def turned(mach: float) -> float:
        b = math.sqrt(mach**2 - 1.0)
        return k * math.atan(b / k) - math.atan(b)
    return math.pi / 2 * (k - 1.0) - turned(exit_mach)


def spread(angle_rad: FloatArray, gamma: float, limit: float) -> FloatArray:
    """The share (n,) of what flows on the axis that flows at angles off it."""
    inside = np.clip(np.asarray(angle_rad, dtype=float) / limit, 0.0, 1.0)
    return np.asarray(np.cos(np.pi / 2 * inside) ** (2.0 / (gamma - 1.0)))


def flux_kg_s_sr(thrust_n: float, isp_s: float, gamma: float, limit: float) -> float:
    """Mass that flows along the axis, per solid angle; over all angles it is what the thruster burns."""
    angles = np.linspace(0.0, limit, 2001)
    whole = 2.0 * math.pi * float(np.trapezoid(spread(angles, gamma, limit) * np.sin(angles), angles))
    return thrust_n / (isp_s * G0_M_S2) / whole


def pressure_pa(distance_m: FloatArray, angle_rad: FloatArray, incidence_rad: FloatArray, thrust_n: float,
                isp_s: float, gamma: float, exit_mach: float) -> FloatArray:
    """Push on a surface, Pa (n,): all the gas stops on it (Newtonian). incidence: from the surface's normal.

    Speed of the gas: the limiting one, sqrt(1 + 2 / ((gamma - 1) M^2)) times the exit's; the exit's is taken as the
    effective exhaust speed.
    """
    limit = limit_rad(gamma, exit_mach)
    speed = isp_s * G0_M_S2 * math.sqrt(1.0 + 2.0 / ((gamma - 1.0) * exit_mach**2))
    on_axis = flux_kg_s_sr(thrust_n, isp_s, gamma, limit)
    return np.asarray(on_axis * spread(angle_rad, gamma, limit) * speed * np.cos(incidence_rad) ** 2
                      / np.maximum(distance_m, 0.5) ** 2)
