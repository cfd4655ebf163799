"""What the place below a craft is called: a large town near by, else its sea, or its land and country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from fakel.load.gazetteer import EARTH_KM, gazetteer
from fakel.load.regions import coasts, regions
from fakel.model.arrays import FloatArray
from fakel.model.shots import Named
from fakel.plan.below import named

NEAR_KM = 150.0
"""A town so near to the point below counts as being below: 20 deg off straight down, from the station."""
LARGE = 100_000
"""People of a town that is worth its name in a title."""


@dataclass(frozen=True, slots=True)
class PlacesBelow:
    """The gazetteer and the map that ship. They are read when first asked."""

    id: str = "earth"

    def below(self, latitude_rad: FloatArray, longitude_rad: FloatArray) -> list[Named]:
        """The most populous town within ``NEAR_KM``; where there is none, what ``plan.below.named`` says."""
        wide = named(latitude_rad, longitude_rad, regions(), coasts())
        lines, directions = _large()
        cosine = np.cos(NEAR_KM / EARTH_KM)
        points = np.stack([np.cos(latitude_rad) * np.cos(longitude_rad), np.cos(latitude_rad) * np.sin(longitude_rad),
                           np.sin(latitude_rad)], axis=1)
        out = []
        for point, (id, names) in zip(points, wide, strict=True):
            near = np.flatnonzero(directions @ point >= cosine)
            out.append(_town(int(lines[near[0]])) if len(near) else Named(id, names))
        return out


@cache
def _large() -> tuple[np.ndarray, FloatArray]:
    """Lines of large towns, the most populous first, and their directions (n, 3)."""
    known = gazetteer()
    people = known.columns["population"]
    lines = np.flatnonzero(people >= LARGE)
    lines = lines[np.argsort(-people[lines].astype(float), kind="stable")]
    return lines, known.directions[lines]


@cache
def _town(line: int) -> Named:
    town = gazetteer().town(line)
    country = gazetteer().countries[town.country]
    names = f"{town.name}, {country[0]}", f"{town.russian or town.name}, {country[1]}"
    return Named(f"{town.name}, {town.country}", names, True)
