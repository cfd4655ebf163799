"""What a map of a part of the Earth draws below its marks."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Town:
    """A town by name, place in degrees, and people."""

    name: str
    latitude_deg: float
    longitude_deg: float
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class GroundMap:
    """Rings (n, 2) of longitude and latitude, degrees: land, countries, lakes (even-odd); towns, the largest first."""

    land: tuple[FloatArray, ...]
    countries: tuple[FloatArray, ...]
    lakes: tuple[FloatArray, ...]
    towns: tuple[Town, ...]
