"""Suits and carried items, as their data files say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

ASSUMED = "assumed"
CONFIDENCES = ("high", "medium", "low", "derived", ASSUMED)


@dataclass(frozen=True, slots=True)
class LifeSupport:
    """What a suit does minute by minute, where no sheet says it the suit's own file states an assumption.

    leak_kg_s, co2_capacity_kg, battery_s: used where the suit's own value of that name is None. electric_w: heat of
    fan, pump and radio. sun_w, shadow_w: heat that soaks in (negative: is lost) in sunlight and in shadow.
    free_volume_m3: gas that the fan stirs; helmet_volume_m3: gas before the face when it does not. purge_kg_s: oxygen
    out of the reserve through the open purge valve. feed_max_kg_s: the most that the bottles can feed. co2_limit_pa,
    body_heat_limit_j, helmet_water_limit_m3: where a person can no longer work on the way back.
    """

    leak_kg_s: float = 6.8e-3 / 3600
    co2_capacity_kg: float = 0.67
    battery_s: float = 7.0 * 3600
    electric_w: float = 60.0
    sun_w: float = 50.0
    shadow_w: float = -50.0
    free_volume_m3: float = 0.05
    helmet_volume_m3: float = 0.01
    purge_kg_s: float = 1.0 / 1800.0
    feed_max_kg_s: float = 1.0 / 1800.0
    co2_limit_pa: float = 2000.0
    body_heat_limit_j: float = 316e3
    helmet_water_limit_m3: float = 1e-3


@dataclass(frozen=True, slots=True)
class HelmetCamera:
    """The television camera on a suit's helmet, and how its wearer aims it. What no file says is assumed.

    across_rad, down_rad: the whole picture. turn_rad: how far the wearer turns and nods it, beyond how the body is held
    (a helmet does not turn, so the body does). at_body_m: the camera from the middle of the chest, in body axes (x out
    of the chest, y to the right hand, z to the feet).
    """

    across_rad: float = math.radians(69.0)
    down_rad: float = math.radians(54.0)
    turn_rad: float = math.radians(20.0)
    at_body_m: tuple[float, float, float] = (0.2, 0.0, -0.5)
    source: str = "assumed"

    def __post_init__(self) -> None:
        for name, most in (("across_rad", math.pi), ("down_rad", math.pi), ("turn_rad", math.pi / 2)):
            if not 0.0 < getattr(self, name) < most:
                raise ValueError(f"camera: {name} = {getattr(self, name):g} cannot be; write more than 0 and less than "
                                 f"{math.degrees(most):.0f} deg")


@dataclass(frozen=True, slots=True)
class Suit:
    """A suit for outside. None means: no public value was found.

    tissue_ratio_max: tissue nitrogen over suit pressure that its pre-breathe may leave.
    why: for the name of a number here or in life_support its confidence (one of CONFIDENCES) and source.
    """

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
    tissue_ratio_max: float | None = None
    life_support: LifeSupport = field(default_factory=LifeSupport)
    camera: HelmetCamera = field(default_factory=HelmetCamera)
    why: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, (confidence, _) in self.why.items():
            if name not in self.__slots__ and name not in LifeSupport.__slots__:
                raise ValueError(f"why: {name} is no number of a suit; mend its name")
            if confidence not in CONFIDENCES:
                raise ValueError(f"why: {name} has confidence {confidence!r}; write one of: {', '.join(CONFIDENCES)}")

    def number(self, name: str) -> float:
        """The suit's own value, or that of its life support where it has none."""
        own = getattr(self, name, None)
        return float(getattr(self.life_support, name) if own is None else own)

    def reason(self, name: str) -> tuple[str, str]:
        """Confidence and source of a number. What nobody gave a source for is assumed."""
        if name in self.why:
            return self.why[name]
        if getattr(self, name, None) is not None:
            return "medium", self.source
        return ASSUMED, "no public value; the program's default"

    @property
    def assumed(self) -> tuple[str, ...]:
        """Names of the numbers of life support that nobody has published."""
        return tuple(name for name in LifeSupport.__slots__ if self.reason(name)[0] == ASSUMED)


@dataclass(frozen=True, slots=True)
class Activity:
    """How hard somebody works: a mean rate and its standard deviation between people and days."""

    id: str
    name: str
    metabolic_w: float
    spread_w: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Activities:
    """Rates by what somebody does."""

    id: str
    name: str
    source: str
    activities: Mapping[str, Activity]


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is carried. hazards are words such as ``flame``. model: which drawing shows it."""

    id: str
    name: str
    mass_kg: float
    length_m: float
    width_m: float
    depth_m: float
    hazards: tuple[str, ...]
    source: str
    home: str = ""
    model: str = ""
