"""Where a spacecraft packs things, and what it may carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen


@dataclass(frozen=True, slots=True, eq=False)
class StowagePlace:
    """Where things are packed. lands: in the descent module; what lies elsewhere burns. volume_m3: room there."""

    id: str
    name: str
    position_m: FloatArray
    limit_kg: float
    volume_m3: float
    lands: bool
    confidence: str
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_m", frozen(self.position_m, (3,), "position_m"))


@dataclass(frozen=True, slots=True, eq=False)
class Stowage:
    """What a spacecraft may carry, and where its mass lies.

    Axes: x towards the docking port, y to starboard, z to the feet of the crew; origin: the centre of mass of the
    descent module with a full crew and no cargo. hatch_m: clear diameter that everything passes. refuses: hazards that
    the cabin does not take. dry_centre_m: of the whole ship without propellant, with a full crew, without cargo. An
    empty seat is taken to hold as much as a person.
    """

    hatch_m: float
    up_kg: float
    down_kg: float
    refuses: tuple[str, ...]
    dry_centre_m: FloatArray
    tank_centre_m: FloatArray
    places: Mapping[str, StowagePlace]
    confidence: str
    source: str

    def __post_init__(self) -> None:
        for name in ("dry_centre_m", "tank_centre_m"):
            object.__setattr__(self, name, frozen(getattr(self, name), (3,), name))
        if not any(place.lands for place in self.places.values()):
            raise ValueError("stowage: no place lands; give one of places lands = true")
