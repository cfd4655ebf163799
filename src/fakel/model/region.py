"""Named parts of the Earth's surface: seas, lands, countries, circles around places."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fakel.model.arrays import FloatArray

WATER, LAND, CONTINENT, COUNTRY, CIRCLE = "water", "land", "continent", "country", "circle"
ANYWHERE = ("land", "ocean", "day", "night")
"""What may lie below without being a region: any land, any water, the day or the night side."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Rings (n, 2) of longitude and latitude, rad, by the even-odd rule; a circle has its centre (longitude, latitude)
    and radius instead. names: English and Russian. of: a larger sea that it is counted to, may be empty."""

    id: str
    kind: str
    names: tuple[str, str]
    rings: tuple[FloatArray, ...] = ()
    of: str = ""
    centre_rad: tuple[float, float] = (0.0, 0.0)
    radius_m: float = 0.0
    box: tuple[FloatArray, FloatArray] = field(init=False)

    def __post_init__(self) -> None:
        if self.rings:
            low = np.array([ring.min(axis=0) for ring in self.rings])
            high = np.array([ring.max(axis=0) for ring in self.rings])
        else:
            low = high = np.zeros((0, 2))
        object.__setattr__(self, "box", (low, high))

    def name(self, language: str = "en") -> str:
        return self.names[language == "ru"]


@dataclass(frozen=True, slots=True)
class Below:
    """What should lie below: regions (any of them), or one of ANYWHERE. label: as it was asked for."""

    label: str
    regions: tuple[Region, ...] = ()
    anywhere: tuple[str, ...] = ()
