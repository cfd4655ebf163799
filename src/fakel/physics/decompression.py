"""Nitrogen in the body before and during a walk, and the airlock's gas. Plain numbers and arrays, SI.

A planning aid, not medical advice: one tissue, dry gas, no exercise, no person.
"""

from __future__ import annotations

import math

import numpy as np

from fakel.model.arrays import FloatArray

TISSUE_HALF_TIME_S = 360.0 * 60.0
"""The 360-minute compartment of NASA's evidence report on decompression sickness."""
SEA_LEVEL_N2_PA = 11.6 * 6_894.757
"""Dry nitrogen of a sea-level tissue, as that report counts it for the zero of its dose: 11.6 psia."""
CABIN_N2_PA = 0.79 * 101_325.0
"""Dry nitrogen of a sea-level cabin: 11.61 psia."""
LONGEST_BREAK_S = 600.0
"""A longer break restarts the pre-breathe: NASA HRP evidence report on decompression sickness."""
REST_PAYBACK, EXERCISE_PAYBACK = 2.0, 4.0
"""Minutes of oxygen for a minute of break, at rest and early in exercise: the same report."""
AIR_KG_K_J = 0.0289652 / 8.314462618
"""Mass of dry air per pressure times volume over temperature (ideal gas)."""


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


def oxygen_for_ratio_s(ratio: float, suit_pa: float, start_pa: float = CABIN_N2_PA) -> float:
    """Seconds of pure oxygen until the tissue ratio has fallen to ratio; 0 when it is there already."""
    return max(0.0, TISSUE_HALF_TIME_S * math.log2(start_pa / (ratio * suit_pa)))


def breathed_nitrogen_pa(pressure_pa: FloatArray | float, oxygen_fraction: FloatArray | float) -> FloatArray:
    """Nitrogen pressure of a dry gas that is oxygen and nitrogen alone."""
    return np.asarray(pressure_pa, dtype=float) * (1.0 - np.asarray(oxygen_fraction, dtype=float))


def tension_along(start_pa: float, breathed_pa: FloatArray, duration_s: FloatArray) -> FloatArray:
    """Tissue nitrogen (n + 1,) at the begin and after each of n steps with breathed_pa (n,) for duration_s (n,)."""
    found = [start_pa]
    for breathed, lasts in zip(breathed_pa, duration_s, strict=True):
        found.append(float(tissue_nitrogen_pa(found[-1], float(breathed), float(lasts))))
    return np.array(found)


def payback_s(break_s: float, exercise: bool = False) -> float:
    """Oxygen that a break of break_s costs on top; infinite when the pre-breathe must restart."""
    if break_s > LONGEST_BREAK_S:
        return math.inf
    return break_s * (EXERCISE_PAYBACK if exercise else REST_PAYBACK)


def air_kg(pressure_pa: float, volume_m3: float, temperature_k: float) -> float:
    """Dry air in a volume (ideal gas)."""
    return AIR_KG_K_J * pressure_pa * volume_m3 / temperature_k


def venting_pa(start_pa: float, t_s: FloatArray | float, constant_s: float, floor_pa: float = 0.0) -> FloatArray:
    """Pressure in a volume vented to vacuum through a choked valve: it falls by e each constant_s.

    Isothermal: the flow through a choked valve goes with the pressure. floor_pa: where a leak into the volume holds it
    (leak in kg/s times constant_s times R T / (M V)).
    """
    return floor_pa + (start_pa - floor_pa) * np.exp(-np.asarray(t_s, dtype=float) / constant_s)
