"""Places on the Earth and stations in orbit, as their data files say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen


@dataclass(frozen=True, slots=True)
class Site:
    """A pad, a landing zone or a ground station: geodetic place on WGS 84."""

    id: str
    kind: str
    name: str
    latitude_rad: float
    longitude_rad: float
    height_m: float
    confidence: str
    source: str
    radius_m: float | None = None
    elevation_mask_rad: float | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """A geostationary relay satellite, held at a longitude; usable from and until (UTC dates, empty = open)."""

    id: str
    name: str
    longitude_rad: float
    usable_from: str
    usable_until: str
    source: str


@dataclass(frozen=True, slots=True)
class Network:
    """Ground stations and relay satellites that talk to one station."""

    id: str
    name: str
    ground: tuple[Site, ...]
    relays: tuple[Relay, ...]
    elevation_mask_rad: float
    grazing_height_m: float
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Port:
    """A docking port: where its plane is and which way it looks, in the station's LVLH axes
    (x forward, y starboard, z down; origin at the station's reference point)."""

    id: str
    name: str
    position_lvlh_m: FloatArray
    axis_lvlh: FloatArray
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_lvlh_m", frozen(self.position_lvlh_m, (3,), "position_lvlh_m"))
        object.__setattr__(self, "axis_lvlh", frozen(self.axis_lvlh, (3,), "axis_lvlh"))


@dataclass(frozen=True, slots=True)
class Airlock:
    """A volume that people leave through."""

    id: str
    name: str
    volume_m3: float
    hatch_diameter_m: float
    depress_s: float
    repress_s: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Station:
    """A space station: what docks to it, what leaves it, and how it flies.

    worksites maps a place outside to its distance along handrails from the airlock's hatch, in metres.
    """

    id: str
    name: str
    mass_kg: float
    drag_area_m2: float
    drag_coefficient: float
    pressurised_volume_m3: float
    ports: Mapping[str, Port]
    airlocks: Mapping[str, Airlock]
    worksites_m: Mapping[str, float]
    source: str
