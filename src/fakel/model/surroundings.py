"""What lies around a landing place, and who is on the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from fakel.model.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Nearby:
    """Around a place: the nearest town, its people and how far its middle is; water: the name of the lake or sea that
    the place lies in, or empty."""

    town: str
    town_m: float
    people: int
    water: str


class Surroundings(Protocol):
    """Knows what lies near places."""

    @property
    def id(self) -> str: ...

    def near(self, latitude_rad: float, longitude_rad: float) -> Nearby: ...

    def waters(self, latitude_rad: FloatArray, longitude_rad: FloatArray) -> tuple[str, ...]: ...

    def ground_m(self, latitude_rad: float, longitude_rad: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Team:
    """A rescue team: where it waits, how long until it is off, how fast and how far it goes.

    Without a place it waits at the zone's middle. It needs search_s by day (search_dark_s with the Sun below the
    horizon) to find the capsule and come down beside it, and opening_s until the hatch is open.
    """

    id: str
    name: str
    speed_m_s: float
    ready_s: float
    reach_m: float
    search_s: float
    search_dark_s: float
    opening_s: float
    source: str
    confidence: str = ""
    latitude_rad: float | None = None
    longitude_rad: float | None = None

    def __post_init__(self) -> None:
        if not self.speed_m_s > 0.0:
            raise ValueError(f"team {self.id}: speed {self.speed_m_s:g} m/s brings nobody; write more")
        if (self.latitude_rad is None) != (self.longitude_rad is None):
            raise ValueError(f"team {self.id}: has half a place; write both latitude_deg and longitude_deg, or neither")
