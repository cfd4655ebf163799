"""A suit's endurance in text and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from fakel.model.outfit import Suit
from fakel.model.plain import plain
from fakel.reports.table import heading, table

LABELS = {
    "leak_kg_s": "leak", "co2_capacity_kg": "absorber's capacity", "battery_s": "battery",
    "electric_w": "heat of fan and pump", "sun_w": "heat in sunlight", "shadow_w": "heat in shadow",
    "free_volume_m3": "gas in the suit", "helmet_volume_m3": "gas in the helmet", "purge_kg_s": "purge flow",
    "feed_max_kg_s": "greatest feed", "co2_limit_pa": "CO2 limit", "body_heat_limit_j": "limit of body heat",
    "helmet_water_limit_m3": "limit of water in the helmet"}
"""Numbers of life support in words."""


class Store(Protocol):
    """What ``plan.endurance.Store`` tells."""

    name: str
    holds: float
    per_h: float
    unit: str
    lasts_s: float
    confidence: str
    source: str


def lines(suit: Suit, effort: str, stores: Sequence[Store], spread: Mapping[str, tuple[float, float]],
          width: int) -> list[str]:
    """Text for a terminal. spread: a store's hours at an effort one standard deviation greater and smaller."""
    rows = [(s.name, f"{s.holds:.3g} {s.unit}", f"{s.per_h:.4f}" if s.unit == "kg" else f"{s.per_h:.0f}",
             f"{s.lasts_s / 3600:.1f}", _span(spread.get(s.name)), s.confidence, s.source) for s in stores]
    first = min((s for s in stores if "purging" not in s.name), key=lambda s: s.lasts_s)
    out = [*heading(f"{suit.name} at {effort}", width),
           *table(("store", "holds", "each hour", "lasts, h", "1 sigma, h", "sure", "why"), rows, "lrrrl", width)]
    out += ["", f"first to end: {first.name}, after {first.lasts_s / 3600:.1f} h; the suit is planned for "
                f"{suit.autonomy_s / 3600:g} h"]
    return out + assumed_lines([suit])


def assumed_lines(suits: Sequence[Suit]) -> list[str]:
    """One line for each kind of suit: what nobody has published."""
    return [f"assumed ({suit.name}): {', '.join(LABELS[name] for name in suit.assumed) or 'nothing'}"
            for suit in {s.id: s for s in suits}.values()]


def data(suit: Suit, metabolic_w: float, stores: Sequence[Store], course: Any) -> dict[str, Any]:
    """What ``--json`` prints."""
    numbers = {name: {"value": plain(suit.number(name)), "confidence": suit.reason(name)[0],
                      "source": suit.reason(name)[1]}
               for name in (*suit.life_support.__slots__, "oxygen_kg", "oxygen_reserve_kg", "feedwater_kg")}
    return {"suit": suit.id, "metabolic_w": metabolic_w, "assumed": list(suit.assumed), "numbers": numbers,
            "stores": [plain(s) for s in stores], "minute_by_minute": plain(course)}


def _span(hours: tuple[float, float] | None) -> str:
    return "" if hours is None else f"{min(hours):.1f} to {max(hours):.1f}"
