"""What lies below a craft: named regions along its path, and when a wished one does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window, Windows, union
from fakel.model.region import CIRCLE, CONTINENT, COUNTRY, LAND, WATER, Below, Region
from fakel.model.television import Stretch
from fakel.physics import geodesy
from fakel.physics.polygon import inside, within_circle
from fakel.plan.ends import Scene

GRID_S, NAMED_S, HALVINGS = 10.0, 15.0, 8
EARTH_M = 6_371_000.0
SEA, GROUND = ("open sea", "открытое море"), ("land", "суша")


def subpoints(scene: Scene, t_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Latitude and longitude (n,), rad, of the points under a craft."""
    latitude, longitude, _ = geodesy.geodetic_from_itrf(scene.fixed.at(t_s)[0])
    return latitude, (longitude + np.pi) % (2 * np.pi) - np.pi


def sun_below_rad(scene: Scene, t_s: FloatArray) -> FloatArray:
    """Height of the Sun over the horizon of the places under a craft (n,), rad; without refraction and parallax."""
    latitude, longitude = subpoints(scene, t_s)
    world_s = scene.world_s(t_s)
    sun, _ = scene.world.to_itrf(world_s, scene.world.sun_gcrf_m(world_s), np.zeros((len(t_s), 3)))
    up = np.stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], 1)
    return np.asarray(np.arcsin(np.sum(up * sun, axis=1) / np.linalg.norm(sun, axis=1)))


def sun_over(scene: Scene, at: Epoch) -> tuple[float, float]:
    """Latitude (geocentric) and longitude, rad, under the Sun at an instant."""
    world_s = scene.world_s(np.array([at - scene.arc.start]))
    (x, y, z), = scene.world.to_itrf(world_s, scene.world.sun_gcrf_m(world_s), np.zeros((1, 3)))[0]
    return float(np.arctan2(z, np.hypot(x, y))), float(np.arctan2(y, x))


def windows_over(scene: Scene, below: Below, land: Region) -> Windows:
    """When any of the wished regions lies below; edges within 0.04 s on the regions' rings
    (which are cut to 0.1 deg, 1.5 s).

    A region that is crossed in less than 10 s (75 km) may be missed.
    """
    def flags(t_s: FloatArray) -> np.ndarray:
        latitude, longitude = subpoints(scene, t_s)
        out = np.zeros(len(t_s), bool)
        for region in below.regions:
            out |= holds(region, latitude, longitude)
        for word in below.anywhere:
            out |= _anywhere(word, scene, t_s, latitude, longitude, land)
        return out
    return _stretches(flags, scene)


def holds(region: Region, latitude_rad: FloatArray, longitude_rad: FloatArray) -> np.ndarray:
    """Which points (n,) lie in a region."""
    if region.kind == CIRCLE:
        return within_circle(longitude_rad, latitude_rad, region.centre_rad, region.radius_m / EARTH_M)
    return inside(longitude_rad, latitude_rad, region.rings)


def _anywhere(word: str, scene: Scene, t_s: FloatArray, latitude: FloatArray, longitude: FloatArray, land: Region
              ) -> np.ndarray:
    if word in ("day", "night"):
        return (sun_below_rad(scene, t_s) > 0.0) == (word == "day")
    return inside(longitude, latitude, land.rings) == (word == "land")


def _stretches(flags: Callable[[FloatArray], np.ndarray], scene: Scene) -> Windows:
    """Windows in which flags of times hold, the edges halved eight times."""
    first, last = scene.span_s
    t_s = np.linspace(first, last, max(2, int(np.ceil((last - first) / GRID_S))) + 1)
    good = flags(t_s)
    i = np.flatnonzero(good[1:] != good[:-1])
    low, high = t_s[i], t_s[i + 1]
    for _ in range(HALVINGS if len(i) else 0):
        middle = 0.5 * (low + high)
        same = flags(middle) == good[i]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    edges = np.concatenate([[first] if good[0] else [], high, [last] if good[-1] else []])
    start = scene.arc.start
    return union(tuple(Window(start + float(a), start + float(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)
                       if b > a))


Name = tuple[str, tuple[str, str]]


def named(latitude_rad: FloatArray, longitude_rad: FloatArray, regions: Sequence[Region], land: Region) -> list[Name]:
    """What people call the place under each point: its sea; else its land and country; else land or open sea."""
    latitude, longitude = np.atleast_1d(latitude_rad), np.atleast_1d(longitude_rad)
    kinds: dict[str, list[Region | None]] = {kind: [None] * len(latitude) for kind in (WATER, LAND, COUNTRY, CONTINENT)}
    for region in regions:
        for k in np.flatnonzero(holds(region, latitude, longitude)):
            kinds[region.kind][k] = kinds[region.kind][k] or region
    dry = inside(longitude, latitude, land.rings)
    return [_name(*(kinds[kind][k] for kind in (WATER, LAND, COUNTRY, CONTINENT)), bool(dry[k]))
            for k in range(len(latitude))]


def _name(water: Region | None, land: Region | None, country: Region | None, continent: Region | None, dry: bool
          ) -> Name:
    if water is not None:
        return water.id, water.names
    if country is not None:
        if land is None:
            return country.id, country.names
        both = tuple(f"{a}, {b}" for a, b in zip(land.names, country.names, strict=True))
        return f"{land.id}/{country.id}", (both[0], both[1])
    known = land or continent
    return (known.id, known.names) if known is not None and dry else ("land", GROUND) if dry else ("ocean", SEA)


def stretches(scene: Scene, window: Window, regions: Sequence[Region], land: Region) -> tuple[Stretch, ...]:
    """What lies below along a window, one after the other; edges to 15 s."""
    count = max(2, int(np.ceil(window.duration_s / NAMED_S)) + 1)
    since = np.linspace(0.0, window.duration_s, count)
    names = named(*subpoints(scene, since + (window.start - scene.arc.start)), regions, land)
    out, k = [], 0
    for (id, told), run in groupby(names):
        last = k + len(list(run))
        stop = window.stop if last >= count else window.start + float(since[last])
        out.append(Stretch(id, told, Window(window.start + float(since[k]), stop)))
        k = last
    return tuple(s for s in out if s.window.duration_s > 0.0)
