"""How long a suit lasts at an effort: each of its stores, who is first, and which numbers nobody has published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.outfit import Suit
from fakel.physics import suit as physics


@dataclass(frozen=True, slots=True)
class Store:
    """One store of a suit: what it holds, what is taken each hour, how long it lasts, and how sure that is."""

    name: str
    holds: float
    per_h: float
    unit: str
    lasts_s: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A suit minute by minute at one effort: t_s (n,) and what is left (n,) of each store, with the rates."""

    t_s: FloatArray
    metabolic_w: FloatArray
    sunlit: FloatArray
    cooler_w: FloatArray
    oxygen_kg: FloatArray
    oxygen_reserve_kg: FloatArray
    co2_kg: FloatArray
    water_kg: FloatArray
    battery_s: FloatArray


def course(suit: Suit, t_s: FloatArray, metabolic_w: FloatArray | float, sunlit: FloatArray | float,
           extra_leak_kg_s: float = 0.0) -> Course:
    """A full suit at metabolic_w (n,) in light sunlit (n,) (0 to 1) from t_s[0] on; the reserve follows the primary."""
    life, watts = suit.life_support, np.broadcast_to(np.asarray(metabolic_w, dtype=float), t_s.shape)
    lit = np.broadcast_to(np.asarray(sunlit, dtype=float), t_s.shape)
    heat_w = physics.cooler_w(watts, life.electric_w, lit, life.sun_w, life.shadow_w)
    leak_kg_s = suit.number("leak_kg_s") + extra_leak_kg_s
    breathed = physics.used(t_s, physics.oxygen_rate_kg_s(watts) + leak_kg_s)
    rest = suit.oxygen_kg - breathed
    return Course(t_s, watts, lit, heat_w, np.maximum(rest, 0.0),
                  np.maximum(suit.oxygen_reserve_kg + np.minimum(rest, 0.0), 0.0),
                  physics.used(t_s, physics.co2_rate_kg_s(watts)),
                  np.maximum(suit.feedwater_kg - physics.used(t_s, physics.feedwater_rate_kg_s(heat_w)), 0.0),
                  np.maximum(suit.number("battery_s") - (t_s - t_s[0]), 0.0))


def stores(suit: Suit, metabolic_w: float, lit_share: float = 0.5, extra_leak_kg_s: float = 0.0) -> tuple[Store, ...]:
    """Each store at a steady effort. The least sure of the numbers that it needs gives it its confidence."""
    life = suit.life_support
    breathed = float(physics.oxygen_rate_kg_s(metabolic_w)) + suit.number("leak_kg_s") + extra_leak_kg_s
    co2 = float(physics.co2_rate_kg_s(metabolic_w))
    heat_w = float(physics.cooler_w(metabolic_w, life.electric_w, lit_share, life.sun_w, life.shadow_w))
    rows = (("primary oxygen", suit.oxygen_kg, breathed, "kg", ("oxygen_kg", "leak_kg_s")),
            ("reserve oxygen, purging", suit.oxygen_reserve_kg, life.purge_kg_s, "kg",
             ("oxygen_reserve_kg", "purge_kg_s")),
            ("CO2 absorber", suit.number("co2_capacity_kg"), co2, "kg", ("co2_capacity_kg",)),
            ("cooling water", suit.feedwater_kg, float(physics.feedwater_rate_kg_s(heat_w)), "kg",
             ("feedwater_kg", "electric_w", "sun_w", "shadow_w")),
            ("battery", suit.number("battery_s") / 3600, 1 / 3600, "h", ("battery_s",)))
    return tuple(Store(name, holds, rate * 3600, unit, float(physics.lasts_s(holds, rate)), *_least_sure(suit, needs))
                 for name, holds, rate, unit, needs in rows)


def _least_sure(suit: Suit, names: tuple[str, ...]) -> tuple[str, str]:
    """Confidence and source of the least sure of some numbers."""
    order = ("high", "derived", "medium", "low", "assumed")
    worst = max(names, key=lambda name: order.index(suit.reason(name)[0]))
    confidence, source = suit.reason(worst)
    return confidence, source if len(names) == 1 else f"{worst}: {source}"
