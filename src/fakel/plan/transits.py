"""Transits of a craft across Sun and Moon over places, with the line on the ground along which they are central."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.sighting import RULES, Look, Place, Transit
from fakel.physics import transits as physics
from fakel.physics.brightness import azimuth_of, sight_line
from fakel.physics.geodesy import enu_from_itrf
from fakel.physics.passes import sine_of_sun
from fakel.plan.seen_path import SeenPath, lit_stretches
from fakel.plan.sightings import find_sightings, sites_of

BODIES = ("Sun", "Moon")
PROBE_M = 200.0
SHELL_M = 30_000.0


def find_transits(path: SeenPath, places: Sequence[Place], within_m: float = 0.0) -> list[Transit]:
    """Transits over places in order of time; with within_m also discs that are missed, whose line runs so near.

    Instants within 1 ms of the path (light times of Sun and craft: 0.01 s). Refraction lifts craft and disc alike.
    """
    every = find_sightings(path, places, replace(RULES["all"], mask_rad=0.0))
    sites, ups = sites_of(every.places)
    lit, found = lit_stretches(path, SHELL_M), []
    for body in (physics.SUN, physics.MOON):
        out = np.empty((2 * len(every.rows) + 4, physics.ROW))
        count = physics.transits(path.grid, every.rows, sites, ups, body, float(physics.RADII_M[body]),
                                 3.0 * within_m, out)
        told = [_told(path, every.places[int(row[0])], row, sites[int(row[0])], ups[int(row[0])], body, lit)
                for row in out[:count]]
        found += [t for t in told if t.duration_s > 0.0 or t.line_m <= within_m]
    return sorted(found, key=lambda t: t.look.epoch)


def _told(path: SeenPath, place: Place, row: FloatArray, site: FloatArray, up: FloatArray, body: int, lit: FloatArray
          ) -> Transit:
    t_s, apart, radius, far = (float(x) for x in row[1:5])
    miss, slope = _line(path, place, site, t_s, body)
    steep = float(np.linalg.norm(slope))
    north, east = -miss * slope / steep
    line, sun, moon = np.empty(3), np.empty(3), np.empty(3)
    sight_line(path.grid, t_s, site, line, sun, moon)
    epoch = path.world.epoch + t_s
    look = Look(epoch, math.asin(float(line @ up)), azimuth_of(line, up), far)
    sunlit = bool(np.any((lit[0] <= t_s) & (t_s <= lit[1])))
    return Transit(place, path.craft, BODIES[body], look, float(row[6] - row[5]), apart, radius,
                   2.0 * radius / steep, abs(miss) / steep, math.atan2(east, north) % (2 * math.pi), sunlit,
                   math.asin(sine_of_sun(path.grid, t_s, up)), path.sigma_s(epoch))


def _line(path: SeenPath, place: Place, site: FloatArray, t_s: float, body: int) -> tuple[float, FloatArray]:
    """By how much the craft's way misses the centre (rad, with a sign), and how that changes to the north and to the
    east (rad/m), along the ground's plane."""
    work = np.empty((3, 3))

    def miss(north_m: float, east_m: float) -> float:
        enu = enu_from_itrf(place.latitude_rad, place.longitude_rad)
        there = np.ascontiguousarray(site + north_m * enu[1] + east_m * enu[0])
        at = physics.closest(path.grid, t_s - 2.0, t_s + 2.0, there, body, work)
        return float(physics.signed(path.grid, at, there, body, work))
    slope = np.array([miss(PROBE_M, 0.0) - miss(-PROBE_M, 0.0), miss(0.0, PROBE_M) - miss(0.0, -PROBE_M)])
    return miss(0.0, 0.0), slope / (2.0 * PROBE_M)
