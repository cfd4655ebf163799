"""Suits and carried items, as their data files say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suit:
    """A suit for outside. None means: no public value was found."""

    id: str
    name: str
    pressure_pa: float
    mass_kg: float
    oxygen_kg: float
    oxygen_reserve_kg: float
    feedwater_kg: float
    autonomy_s: float
    heat_removal_max_w: float
    prebreathe_s: float
    tether_short_m: float
    tether_long_m: float
    confidence: str
    source: str
    leak_kg_s: float | None = None
    co2_capacity_kg: float | None = None
    battery_s: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is carried. hazards are words such as ``flame``."""

    id: str
    name: str
    mass_kg: float
    length_m: float
    width_m: float
    depth_m: float
    hazards: tuple[str, ...]
    source: str
    home: str = ""
