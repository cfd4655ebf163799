"""What a person on the ground may see: a place, a look at the sky, a sighting. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch


@dataclass(frozen=True, slots=True)
class Place:
    """A place on WGS 84 with its names by language (``en``, ``ru``), country (ISO 3166, two letters) and time zone."""

    id: str
    names: tuple[tuple[str, str], ...]
    country: str
    latitude_rad: float
    longitude_rad: float
    height_m: float
    time_zone: str = "UTC"

    def name(self, language: str = "en") -> str:
        """Its name in a language, or the first that it has."""
        return dict(self.names).get(language) or self.names[0][1]


@dataclass(frozen=True, slots=True)
class Look:
    """Where a craft stands in somebody's sky: azimuth from north over east, no refraction."""

    epoch: Epoch
    elevation_rad: float
    azimuth_rad: float
    range_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A visible pass of one craft over one place: the part above the mask, in sunlight, under a dark sky.

    begins and ends: why the visible part starts and stops (``rises``, ``leaves_shadow``, ``night_falls``; ``sets``,
    ``enters_shadow``, ``dawn``, ``data_ends``). magnitude: visual, at its brightest, with the phase angle of that
    moment. sigma_s: how uncertain the instants are, one sigma. path (n, 6), of the visible part: t_s after start,
    azimuth, elevation, right ascension, declination (rad; along GCRF axes as seen from the place), magnitude.
    """

    place: Place
    craft: str
    start: Look
    peak: Look
    end: Look
    begins: str
    ends: str
    magnitude: float
    phase_angle_rad: float
    sun_elevation_rad: float
    moon_elevation_rad: float
    moon_lit: float
    moon_apart_rad: float
    sigma_s: float
    path: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", frozen(self.path, (None, 6), "path"))
