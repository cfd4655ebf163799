"""Where things come down: the rocket itself if its engines stopped now, and every part that it drops.

The instantaneous impact point is that of range safety: a Kepler ellipse to the ellipsoid, no air, the Earth turning
underneath. Parts are real bodies: they fall through the standard atmosphere (US 1976) with their mass over drag area,
in the engine's gravity, calm, unless a wind is given.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.climb import Fall
from fakel.model.launcher import Impact, Launcher
from fakel.model.place import Site
from fakel.physics.air import air as standard_air
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.entry import COLUMNS, DOWN, ENTRY_STEP_S, Air, Body, descend
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import geodetic_from_itrf, itrf_from_geodetic, surface_distance_m
from fakel.plan.ascent import Climb, itrf_from_launch
from fakel.plan.rocket import earth
from fakel.world.upper_air import open_spline

AIR_TOP_M, AIR_STEP_M = 160_000.0, 1000.0
LONGEST_S = 4000.0
_NO_ROWS = np.zeros((0, COLUMNS))


def impact_points(t_s: FloatArray, position_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """Latitude rad, longitude rad and instant (n, 3) of the vacuum impact from states (n, 3), launch frame, t_s (n,)
    after liftoff; nan where the orbit does not meet the ellipsoid."""
    r, v = np.linalg.norm(position_m, axis=1), np.linalg.norm(velocity_m_s, axis=1)
    h = np.cross(position_m, velocity_m_s)
    eccentric = (np.cross(velocity_m_s, h) / MU_M3_S2) - position_m / r[:, None]
    e = np.linalg.norm(eccentric, axis=1)
    p = np.sum(h * h, axis=1) / MU_M3_S2
    a = 1.0 / (2.0 / r - v * v / MU_M3_S2)
    toward = eccentric / np.maximum(e, 1e-12)[:, None]
    ahead = np.cross(h / np.linalg.norm(h, axis=1)[:, None], toward)
    now = np.arctan2(np.sum(position_m * ahead, axis=1), np.sum(position_m * toward, axis=1))
    lat, lon, _ = geodetic_from_itrf(position_m)
    ground, place = np.linalg.norm(itrf_from_geodetic(lat, lon, 0.0), axis=1), position_m
    with np.errstate(invalid="ignore"):
        for _ in range(4):                                    # the ellipsoid's radius depends on where it is met
            there = 2 * np.pi - np.arccos((p / ground - 1.0) / e)
            place = ground[:, None] * (np.cos(there)[:, None] * toward + np.sin(there)[:, None] * ahead)
            lat, lon, _ = geodetic_from_itrf(place)
            ground = np.linalg.norm(itrf_from_geodetic(lat, lon, 0.0), axis=1)
        lasts = (_mean_anomaly(there, e) - _mean_anomaly(now, e)) % (2 * np.pi) * np.sqrt(a**3 / MU_M3_S2)
        at_s = t_s + lasts
        lon = (lon - EARTH_RATE_RAD_S * at_s + np.pi) % (2 * np.pi) - np.pi
    return np.column_stack([lat, lon, at_s])


def _mean_anomaly(true_rad: FloatArray, e: FloatArray) -> FloatArray:
    eccentric = 2 * np.arctan(np.sqrt((1 - e) / (1 + e)) * np.tan(true_rad / 2))
    return np.asarray(eccentric - e * np.sin(eccentric))


def falls(climb: Climb, launcher: Launcher, pad: Site) -> tuple[Fall, ...]:
    """The ways down of all parts dropped in a flown climb (with rows) whose file says how they fall."""
    how = {s.id: s.impact for s in launcher.stages} | {j.event: j.impact for j in launcher.jettisons}
    found = []
    for part in climb.dropped:
        impact = how.get(part.id)
        if impact is not None:
            line = climb.table[min(int(np.searchsorted(climb.table[:, 0], part.at_s - 1e-6)), len(climb.table) - 1)]
            found.append(_fall(part.id, part.at_s, part.mass_kg, line, impact, pad))
    return tuple(found)


def _fall(part: str, at_s: float, mass_kg: float, line: FloatArray, impact: Impact, pad: Site) -> Fall:
    position, velocity = itrf_from_launch(np.array([at_s]), line[None, 1:4], line[None, 4:7])
    body = Body(np.array([[0.0, 0.0, 1.0 / impact.mass_kg_m2]]), 0.0, np.zeros((1, 4)), 1.0)
    y = np.concatenate([position[0], velocity[0]])
    stop_s, y, _, ending = descend(at_s, y, body, still_air(), 0.0, at_s + LONGEST_S, ENTRY_STEP_S, 1.0, _NO_ROWS)
    lat, lon, _ = (float(x) for x in geodetic_from_itrf(y[:3]))
    away_m = float(surface_distance_m(pad.latitude_rad, pad.longitude_rad, lat, lon))
    return Fall(part, at_s, mass_kg, stop_s if ending == DOWN else np.nan, lat, lon, away_m,
                float(np.linalg.norm(y[3:6])))


@cache
def still_air() -> Air:
    """The US Standard Atmosphere of 1976, everywhere alike and calm."""
    heights = np.arange(0.0, AIR_TOP_M + 1.0, AIR_STEP_M)
    column = np.log([standard_air(float(h))[0] for h in heights])
    splines = np.ascontiguousarray(open_spline(open_spline(np.repeat(column[None], 5, axis=0), 0), 1))
    return Air(splines, np.array([0.0, 1.0, 0.0, AIR_STEP_M]), np.eye(3), earth())
