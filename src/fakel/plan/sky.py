"""The sky over a place at an instant, and a craft's way across it."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.sighting import Place, Sighting
from fakel.model.sky import Body, SkyAbove
from fakel.physics import planets
from fakel.physics.geodesy import itrf_from_geodetic
from fakel.plan.seen_path import SeenPath, small_world
from fakel.world import World

TRACK_STEP_S, LONGEST_S = 5.0, 1500.0
SUN_MAGNITUDE, FULL_MOON_MAGNITUDE = -26.7, -12.7


def sky_of(sighting: Sighting, path: SeenPath | None = None) -> SkyAbove:
    """The sky at the peak of a sighting; with the path that it was found in, the craft's whole pass too."""
    epoch = sighting.peak.epoch
    if path is None:
        return sky_above(small_world(Window(epoch, epoch + 1.0)), sighting.place, epoch)
    at_s = path.world.seconds(epoch)
    first, last = path.world.seconds(path.start), path.world.seconds(path.stop)
    t_s = np.unique(np.clip(at_s + np.arange(-LONGEST_S, LONGEST_S + 1, TRACK_STEP_S), first, last))
    looks = _looks(path, sighting.place, t_s)
    middle = int(np.argmin(np.abs(t_s - at_s)))
    down = np.flatnonzero(looks[:, 2] < 0.0)
    low, high = down[down < middle], down[down > middle]
    own = looks[(low[-1] + 1 if len(low) else 0):(high[0] if len(high) else len(looks))]
    return sky_above(path.world, sighting.place, epoch, own - np.array([at_s, 0.0, 0.0]))


def sky_above(world: World, place: Place, epoch: Epoch, track: FloatArray | None = None) -> SkyAbove:
    """The sky over a place. track: see ``SkyAbove``."""
    t_s = world.seconds(epoch)
    to_itrf = world.itrf_from_gcrf(t_s)[0]
    turn = _horizon(place) @ to_itrf
    site = to_itrf.T @ itrf_from_geodetic(np.array([place.latitude_rad]), np.array([place.longitude_rad]),
                                          np.array([place.height_m]))[0]
    sun, moon = world.sun_gcrf_m(t_s)[0] - site, world.moon_gcrf_m(t_s)[0] - site
    sun, moon = sun / np.linalg.norm(sun), moon / np.linalg.norm(moon)
    lit = float(0.5 * (1.0 - sun @ moon))
    lines, magnitudes = planets.planets(epoch.mjd_tt)
    bodies = [_body("sun", turn @ sun, SUN_MAGNITUDE),
              _body("moon", turn @ moon, FULL_MOON_MAGNITUDE - 2.5 * float(np.log10(max(lit, 1e-3))) * 1.4, lit),
              *(_body(name, turn @ line, float(m)) for name, line, m in zip(planets.NAMES, lines, magnitudes))]
    return SkyAbove(place, epoch, turn, tuple(bodies), np.zeros((0, 3)) if track is None else track)


def _body(name: str, line: FloatArray, magnitude: float, lit: float = 1.0) -> Body:
    return Body(name, float(np.arctan2(line[0], line[1]) % (2 * np.pi)), float(np.arcsin(np.clip(line[2], -1, 1))),
                magnitude, lit)


def _horizon(place: Place) -> FloatArray:
    """Rows east, north, up in ITRF."""
    lat, lon = place.latitude_rad, place.longitude_rad
    return np.array([[-np.sin(lon), np.cos(lon), 0.0],
                     [-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)],
                     [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]])


def _looks(path: SeenPath, place: Place, t_s: FloatArray) -> FloatArray:
    """t_s, azimuth and elevation (n, 3) of the craft."""
    grid = path.grid
    u = (t_s - grid.t0_s) / grid.step_s
    i = np.clip(u.astype(int), 0, len(grid.place) - 2)
    s = (u - i)[:, None]
    here = ((1 + 2 * s) * (1 - s) ** 2 * grid.place[i] + s * (1 - s) ** 2 * grid.step_s * grid.velocity[i]
            + s**2 * (3 - 2 * s) * grid.place[i + 1] + s**2 * (s - 1) * grid.step_s * grid.velocity[i + 1])
    site = itrf_from_geodetic(np.array([place.latitude_rad]), np.array([place.longitude_rad]),
                              np.array([place.height_m]))
    east, north, up = _horizon(place) @ (here - site).T
    return np.stack([t_s, np.arctan2(east, north) % (2 * np.pi), np.arctan2(up, np.hypot(east, north))], axis=1)
