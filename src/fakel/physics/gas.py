"""Gases of a cabin: their constants, how they flow through a hole, and how much water they hold.

Ideal gases with constant heats; an energy counts from 0 K and holds no heat of formation or evaporation.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray

SPECIES = ("o2", "n2", "co2", "h2o", "co", "hcn", "hcl", "soot")
"""The order of every array over species. Soot is carried like a gas, but has no pressure."""
O2, N2, CO2, H2O, CO, HCN, HCL, SOOT = range(8)
UNIVERSAL_J_MOL_K = 8.314462618
MOLAR_KG = np.array([31.998e-3, 28.0134e-3, 44.0095e-3, 18.0153e-3, 28.0101e-3, 27.0253e-3, 36.461e-3, np.inf])
"""Mol masses (8,), IUPAC 2021."""
GAS_J_KG_K = UNIVERSAL_J_MOL_K / MOLAR_KG
CV_J_KG_K = np.array([21.07, 20.81, 28.8, 25.3, 20.83, 27.6, 20.8, 0.0]) / np.where(np.isinf(MOLAR_KG), 1.0, MOLAR_KG)
"""Heats at constant volume near 298 K (8,): NIST's molar cp less the gas constant; soot's is left out."""
DISCHARGE = 0.61
"""Of a sharp-edged hole: the jet is narrower than it."""
TORR_PA = 101_325.0 / 760.0


@njit(cache=True)
def hole_m3_s(area_m2: float, up_pa: float, down_pa: float, specific_j_k: float, gamma: float) -> float:
    """Flow through a hole of so much effective area, in volume at the upstream state; choked or subsonic.

    specific_j_k: gas constant times temperature upstream, J/kg. Saint-Venant and Wantzel (1839).
    """
    if up_pa <= down_pa:
        return 0.0
    critical = (2.0 / (gamma + 1.0)) ** (gamma / (gamma - 1.0))
    ratio = down_pa / up_pa
    if ratio < critical:
        shape = (2.0 / (gamma + 1.0)) ** ((gamma + 1.0) / (2.0 * (gamma - 1.0)))
    else:
        shape = math.sqrt(2.0 / (gamma - 1.0) * max(ratio ** (2.0 / gamma) - ratio ** ((gamma + 1.0) / gamma), 0.0))
    return float(area_m2 * math.sqrt(gamma * specific_j_k) * shape)


@njit(cache=True)
def saturation_pa(temperature_k: float) -> float:
    """Pressure of water vapour over water (Magnus form of Alduchov and Eskridge 1996; 0.4 % from 233 to 323 K)."""
    celsius = min(max(temperature_k - 273.15, -80.0), 90.0)
    return 610.94 * math.exp(17.625 * celsius / (celsius + 243.04))


def leak_area_m2(leak_kg_s: float, pressure_pa: float = 101_325.0, temperature_k: float = 295.15) -> float:
    """Effective area of the hole to vacuum through which so much air leaks."""
    specific = UNIVERSAL_J_MOL_K / 28.965e-3 * temperature_k
    return leak_kg_s / float(pressure_pa / specific * hole_m3_s(1.0, pressure_pa, 0.0, specific, 1.4))


def filling_kg(volume_m3: float, partial_pa: FloatArray, temperature_k: float) -> FloatArray:
    """Masses (8,) of the gases at partial pressures (8,) in a volume."""
    out = np.zeros(len(SPECIES))
    gas = np.isfinite(MOLAR_KG)
    out[gas] = partial_pa[gas] * volume_m3 / (GAS_J_KG_K[gas] * temperature_k)
    return out


def partial_pa(mass_kg: FloatArray, temperature_k: FloatArray, volume_m3: FloatArray) -> FloatArray:
    """Partial pressures (..., 8) of masses (..., 8) at temperatures (...) in volumes (...)."""
    told: Any = mass_kg * GAS_J_KG_K * (temperature_k / volume_m3)[..., None]
    return np.asarray(told, dtype=float)
