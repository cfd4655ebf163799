"""What a suited person uses up, and what nitrogen is left in the tissues. Plain numbers and arrays, SI."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray

METABOLIC_J_PER_KG_O2 = 11.82e6 / 0.835
"""NASA BVAD 2004, one crew-day: 11.82 MJ with 0.835 kg of oxygen."""
CO2_KG_PER_KG_O2 = 0.998 / 0.835
"""The same crew-day: 0.998 kg of carbon dioxide (a respiratory quotient of 0.869 by volume)."""
WATER_J_PER_KG = 2.501e6
"""Heat that water takes away from liquid at 0 C to vapour: it freezes and sublimates in the suit's cooler."""
TISSUE_HALF_TIME_S = 360.0 * 60.0
"""The 360-minute compartment of NASA's evidence report on decompression sickness."""
CABIN_N2_PA = 0.79 * 101_325.0
"""Dry nitrogen of a sea-level cabin, as that report counts it."""


def oxygen_rate_kg_s(metabolic_w: FloatArray | float) -> FloatArray:
    """Oxygen breathed at a metabolic rate in W (a number or (n,)).

    Source: NASA BVAD 2004 (METABOLIC_J_PER_KG_O2). Left out: the change of the respiratory quotient with effort.
    """
    return np.asarray(metabolic_w, dtype=float) / METABOLIC_J_PER_KG_O2


def co2_rate_kg_s(metabolic_w: FloatArray | float) -> FloatArray:
    """Carbon dioxide given off at a metabolic rate in W (a number or (n,)). Source: NASA BVAD 2004."""
    return oxygen_rate_kg_s(metabolic_w) * CO2_KG_PER_KG_O2


def feedwater_rate_kg_s(metabolic_w: FloatArray | float) -> FloatArray:
    """Water that the cooler spends to carry off the metabolic heat in W (a number or (n,)).

    Left out: heat of fans and pumps, and what sunlight and shadow add or take (no public values for Orlan-MK).
    """
    return np.asarray(np.maximum(np.asarray(metabolic_w, dtype=float), 0.0) / WATER_J_PER_KG)


def used(t_s: FloatArray, rate: FloatArray) -> FloatArray:
    """Running total (n,) of a rate (n,) that holds from each sample of t_s (n,) to the next."""
    return np.concatenate(([0.0], np.cumsum(rate[:-1] * np.diff(t_s))))


def tissue_nitrogen_pa(start_pa: float, breathed_pa: float, duration_s: FloatArray | float) -> FloatArray:
    """Nitrogen pressure in the 360-minute tissue after breathing gas with breathed_pa of nitrogen.

    P = P0 + (Pa - P0)(1 - exp(-ln2 t / 360 min)), dry gas.
    Source: NASA HRP evidence report on decompression sickness; published ratios are met to 0.01 (tests).
    """
    share = 1.0 - np.exp2(-np.asarray(duration_s, dtype=float) / TISSUE_HALF_TIME_S)
    return start_pa + (breathed_pa - start_pa) * share


def tissue_ratio(oxygen_s: float, suit_pa: float, start_pa: float = CABIN_N2_PA) -> float:
    """Tissue nitrogen over suit pressure after oxygen_s seconds on pure oxygen from a sea-level cabin."""
    return float(tissue_nitrogen_pa(start_pa, 0.0, oxygen_s)) / suit_pa
