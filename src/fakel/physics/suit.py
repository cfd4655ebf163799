"""What a suited person uses up, and what happens when a part of the suit fails. Plain numbers and arrays, SI."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray

METABOLIC_J_PER_KG_O2 = 11.82e6 / 0.835
"""NASA BVAD 2004, one crew-day: 11.82 MJ with 0.835 kg of oxygen."""
CO2_KG_PER_KG_O2 = 0.998 / 0.835
"""The same crew-day: 0.998 kg of carbon dioxide (a respiratory quotient of 0.869 by volume)."""
EFFORT_SPREAD = 24.51 / 147.95
"""Standard deviation of mean effort between people, of the mean: simulated walks, men (SAE 860921)."""
WATER_J_PER_KG = 2.501e6
"""Heat that water takes away from liquid at 0 C to vapour: it freezes and sublimates in the suit's cooler."""
GAS_J_KG_K = {"co2": 8.314462618 / 0.0440095, "o2": 8.314462618 / 0.031998}
"""Gas constants of carbon dioxide and oxygen."""
SKIN_VAPOUR_PA, SWEAT_J_PER_KG = 5_628.0, 2.418e6
"""Saturated vapour and heat of vaporisation of water at 35 C: steam tables."""
GAS_K = 295.0
"""Temperature of the gas in a suit, about that of a room."""


def oxygen_rate_kg_s(metabolic_w: FloatArray | float) -> FloatArray:
    """Oxygen breathed at a metabolic rate in W (a number or (n,)).

    Source: NASA BVAD 2004 (METABOLIC_J_PER_KG_O2). Left out: the change of the respiratory quotient with effort.
    """
    return np.asarray(metabolic_w, dtype=float) / METABOLIC_J_PER_KG_O2


def co2_rate_kg_s(metabolic_w: FloatArray | float) -> FloatArray:
    """Carbon dioxide given off at a metabolic rate in W (a number or (n,)). Source: NASA BVAD 2004."""
    return oxygen_rate_kg_s(metabolic_w) * CO2_KG_PER_KG_O2


def cooler_w(metabolic_w: FloatArray | float, electric_w: float, sunlit: FloatArray | float, sun_w: float,
             shadow_w: float) -> FloatArray:
    """Heat that the cooler must carry off: people, fan and pump, and what comes in through the insulation.

    metabolic_w, sunlit (0 to 1): numbers or (n,). sun_w in sunlight, shadow_w (negative: lost) in shadow.
    """
    lit = np.asarray(sunlit, dtype=float)
    return np.asarray(np.maximum(np.asarray(metabolic_w, dtype=float) + electric_w + lit * sun_w + (1 - lit) * shadow_w,
                                 0.0))


def feedwater_rate_kg_s(heat_w: FloatArray | float) -> FloatArray:
    """Water that the cooler spends to carry off heat in W (a number or (n,))."""
    return np.asarray(np.maximum(np.asarray(heat_w, dtype=float), 0.0) / WATER_J_PER_KG)


def used(t_s: FloatArray, rate: FloatArray) -> FloatArray:
    """Running total (n,) of a rate (n,) that holds from each sample of t_s (n,) to the next."""
    return np.concatenate(([0.0], np.cumsum(rate[:-1] * np.diff(t_s))))


def lasts_s(store: FloatArray | float, rate: FloatArray | float) -> FloatArray:
    """How long a store lasts at a rate in the same unit per second; infinite at rate 0, 0 when it is empty."""
    store, rate = np.maximum(np.asarray(store, dtype=float), 0.0), np.asarray(rate, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(rate > 0.0, store / rate, np.inf)


def co2_rise_s(metabolic_w: FloatArray | float, volume_m3: float, limit_pa: float) -> FloatArray:
    """How long until carbon dioxide that nothing takes away reaches limit_pa in volume_m3 of gas."""
    room_kg = limit_pa * volume_m3 / (GAS_J_KG_K["co2"] * GAS_K)
    return lasts_s(room_kg, co2_rate_kg_s(metabolic_w))


def purged_co2_pa(metabolic_w: FloatArray | float, purge_kg_s: float, suit_pa: float) -> FloatArray:
    """Carbon dioxide before the face while oxygen flows through the helmet and out: the share of what leaves."""
    co2 = co2_rate_kg_s(metabolic_w) * GAS_J_KG_K["co2"]
    return suit_pa * co2 / (co2 + np.maximum(purge_kg_s - oxygen_rate_kg_s(metabolic_w), 1e-12) * GAS_J_KG_K["o2"])


def purge_cooling_w(purge_kg_s: float, suit_pa: float) -> float:
    """Heat that dry oxygen carries out as the vapour of sweat, saturated at the skin's 35 C."""
    vapour = 0.018015 / 0.031998 * SKIN_VAPOUR_PA / (suit_pa - SKIN_VAPOUR_PA)
    return purge_kg_s * vapour * SWEAT_J_PER_KG


def leak_lasts_s(oxygen_kg: FloatArray | float, breathed_kg_s: FloatArray | float, leak_kg_s: float,
                 feed_max_kg_s: float, hold_s: float = 0.0) -> FloatArray:
    """How long a leaking suit holds its pressure: until the bottles are empty, if they can feed the leak at all.

    hold_s: how long the gas in the suit lasts when the leak is greater than the feed.
    """
    rate = np.asarray(breathed_kg_s, dtype=float) + leak_kg_s
    return np.where(rate <= feed_max_kg_s, lasts_s(oxygen_kg, rate), hold_s)


def pressure_pa(t_s: FloatArray, need_kg_s: FloatArray, ambient_pa: FloatArray, nominal_pa: float, oxygen_kg: float,
                feed_max_kg_s: float, volume_m3: float) -> FloatArray:
    """Pressure (n,) in a suit at t_s (n,): around it, or what its regulator holds above that.

    need_kg_s (n,): breathed and leaking. The regulator feeds feed_max_kg_s at most, as long as both bottles together
    hold oxygen_kg; what is lacking comes out of the suit's gas (ideal, at GAS_K), whose loss is taken to be as great
    as at full pressure. ambient_pa (n,): a suit in more than its own pressure yields to it.
    """
    left_kg, rise = oxygen_kg - used(t_s, need_kg_s), GAS_J_KG_K["o2"] * GAS_K / volume_m3
    held = np.full(len(t_s), nominal_pa)
    for i in range(1, len(t_s)):
        spare_kg_s = (feed_max_kg_s if left_kg[i] > 0.0 else 0.0) - need_kg_s[i - 1]
        held[i] = min(max(held[i - 1] + rise * spare_kg_s * (t_s[i] - t_s[i - 1]), 0.0), nominal_pa)
    return np.asarray(np.maximum(held, ambient_pa))
