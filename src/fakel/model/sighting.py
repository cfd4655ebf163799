"""What a person on the ground may see: a place, a look at the sky, a sighting. Values only."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch

BEGINS = ("rises", "leaves_shadow", "night_falls", "data_begins", "lights_up")
ENDS = ("sets", "enters_shadow", "dawn", "data_ends", "goes_out")
"""Why what is seen of a pass begins and ends, in the order of the numbers that ``physics.passes`` gives them; the last
are those of a craft that glows by itself."""
GLOWS = ("engines", "plasma")


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
class SeenWhen:
    """What counts as seen. mask_rad: lowest elevation; sun_rad: the Sun stands below; shell_m: air that darkens raises
    the Earth's shadow by so much; sunlight, night: asked for or not; whole_night: a pass whose sunlit part meets
    twilight is dropped, not cut. refraction: elevations of the craft, the mask among them, are those that an eye sees.
    """

    mask_rad: float = math.radians(10.0)
    sun_rad: float = math.radians(-6.0)
    shell_m: float = 30_000.0
    sunlight: bool = True
    night: bool = True
    whole_night: bool = False
    refraction: bool = False


RULES = {"eye": SeenWhen(), "nasa": SeenWhen(whole_night=True), "all": SeenWhen(sunlight=False, night=False)}
"""Rules by name: what an eye sees; NASA's lists (a pass that meets twilight is left out); every pass, seen or not."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where a craft stands in somebody's sky: azimuth from north over east; no refraction unless it was asked for."""

    epoch: Epoch
    elevation_rad: float
    azimuth_rad: float
    range_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A visible pass of one craft over one place: the part above the mask, in sunlight, under a dark sky.

    begins and ends: why the visible part starts and stops (``BEGINS``, ``ENDS``). magnitude: visual, above the air, at
    its brightest, with the phase angle of that moment. sigma_s: how uncertain the instants are, one sigma. path (n, 6),
    of the visible part: t_s after start, azimuth, elevation, right ascension, declination (rad; along GCRF axes as seen
    from the place), magnitude. light: ``sunlight``, or ``engines``, ``plasma`` of a craft that glows by itself (its
    magnitude is NaN), or ``any`` where light was not asked for. apart_rad: angle to the station at the peak, and
    behind_s: by how much later than the station it culminates; NaN where there is no other craft.
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
    light: str = "sunlight"
    apart_rad: float = math.nan
    behind_s: float = math.nan

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", frozen(self.path, (None, 6), "path"))


@dataclass(frozen=True, slots=True)
class Transit:
    """A craft before the Sun or the Moon. look: at the middle; duration_s is 0 where the disc is missed.

    apart_rad: least angle to the centre of the disc, whose radius is disc_rad. width_m: of the strip of ground from
    which some transit is seen; line_m: to its middle, where the transit is central, in the direction line_azimuth_rad.
    sunlit: whether the craft is in sunlight then.
    """

    place: Place
    craft: str
    body: str
    look: Look
    duration_s: float
    apart_rad: float
    disc_rad: float
    width_m: float
    line_m: float
    line_azimuth_rad: float
    sunlit: bool
    sun_elevation_rad: float
    sigma_s: float
