"""What lies near a landing place: the nearest town of the gazetteer, the lake or sea that it lies in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from fakel.load.gazetteer import gazetteer
from fakel.load.library import shipped
from fakel.load.regions import coasts
from fakel.model.arrays import FloatArray
from fakel.model.surroundings import Nearby
from fakel.physics.polygon import inside

SEA, NAMELESS = "sea", "a lake"


@dataclass(frozen=True, slots=True)
class Around:
    """The gazetteer and the maps that ship (data/places, data/map). They are read when first asked."""

    id: str = "earth"

    def near(self, latitude_rad: float, longitude_rad: float) -> Nearby:
        """Town and water of a place. Edges of lakes are true to some 2 km."""
        lines, away_km = gazetteer().nearest(np.degrees([latitude_rad]), np.degrees([longitude_rad]))
        town = gazetteer().town(int(lines[0]))
        return Nearby(f"{town.name}, {town.country}", float(away_km[0]) * 1000, town.population,
                      _water(latitude_rad, longitude_rad))


    def waters(self, latitude_rad: FloatArray, longitude_rad: FloatArray) -> tuple[str, ...]:
        """The lake or sea of each place (n,), or an empty word."""
        found = np.where(inside(longitude_rad, latitude_rad, coasts().rings), "", SEA).astype(object)
        for name, rings in lakes():
            found[inside(longitude_rad, latitude_rad, rings)] = name or NAMELESS
        return tuple(found)

    def ground_m(self, latitude_rad: float, longitude_rad: float) -> float:
        """How high the ground is taken to be: as high as the nearest town, 0 at sea."""
        if not inside(np.array([longitude_rad]), np.array([latitude_rad]), coasts().rings)[0]:
            return 0.0
        lines, _ = gazetteer().nearest(np.degrees([latitude_rad]), np.degrees([longitude_rad]))
        return max(gazetteer().town(int(lines[0])).height_m, 0.0)


def _water(latitude_rad: float, longitude_rad: float) -> str:
    return Around().waters(np.array([latitude_rad]), np.array([longitude_rad]))[0]


@cache
def lakes() -> tuple[tuple[str, tuple[FloatArray, ...]], ...]:
    """Names and rings (n, 2) of longitude and latitude, rad."""
    told = json.loads(shipped("map", "lakes.json").read_text(encoding="utf-8"))
    return tuple((lake["en"], tuple(np.radians(np.array(ring, float).reshape(-1, 2)) for ring in lake["rings"]))
                 for lake in told["lakes"])
