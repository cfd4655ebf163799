"""Coast lines, borders, lakes and towns around places, from the maps and the gazetteer that ship."""

from __future__ import annotations

import numpy as np

from fakel.load.gazetteer import gazetteer
from fakel.load.regions import COUNTRY, coasts, regions
from fakel.load.surroundings import lakes
from fakel.model.arrays import FloatArray
from fakel.model.ground_map import GroundMap, Town


def ground_map(west_deg: float, east_deg: float, south_deg: float, north_deg: float) -> GroundMap:
    """What lies in a box of longitudes and latitudes that does not cross 180 degrees."""
    box = (west_deg, east_deg, south_deg, north_deg)
    countries = tuple(ring for region in regions() if region.kind == COUNTRY for ring in region.rings)
    water = tuple(ring for _, rings in lakes() for ring in rings)
    return GroundMap(_near(coasts().rings, box), _near(countries, box), _near(water, box), _towns(box))


def outlines() -> GroundMap:
    """Coasts and borders of the whole Earth, without lakes and towns."""
    countries = tuple(np.degrees(ring) for region in regions() if region.kind == COUNTRY for ring in region.rings)
    return GroundMap(tuple(np.degrees(ring) for ring in coasts().rings), countries, (), ())


def _near(rings: tuple[FloatArray, ...], box: tuple[float, float, float, float]) -> tuple[FloatArray, ...]:
    """Rings in degrees that reach into the box."""
    west, east, south, north = box
    degrees = (np.degrees(ring) for ring in rings)
    return tuple(r for r in degrees if r[:, 0].max() > west and r[:, 0].min() < east and r[:, 1].max() > south
                 and r[:, 1].min() < north)


def _towns(box: tuple[float, float, float, float]) -> tuple[Town, ...]:
    west, east, south, north = box
    x, y, z = gazetteer().directions.T
    lat, lon = np.degrees(np.arcsin(np.clip(z, -1.0, 1.0))), np.degrees(np.arctan2(y, x))
    lines = np.flatnonzero((lon > west) & (lon < east) & (lat > south) & (lat < north))
    found = (gazetteer().town(int(line)) for line in lines)
    towns = [Town(t.name, t.latitude_deg, t.longitude_deg, t.population) for t in found]
    return tuple(sorted(towns, key=lambda town: -town.people))
