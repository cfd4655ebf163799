"""A way out at every second of a climb, and for a climb that has failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakel.model.abort import Abort, AbortWays
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.launcher import Launcher
from fakel.model.place import Site
from fakel.model.surroundings import Surroundings
from fakel.model.vehicle import Vehicle
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.entry import Air, axes_of
from fakel.physics.geodesy import geodetic_from_itrf, itrf_from_geodetic, surface_distance_m
from fakel.plan.abort_orbit import abort_to_orbit
from fakel.plan.aborts import Setting, abort, check_motors, check_ways
from fakel.plan.ascent import Climb, itrf_from_launch
from fakel.plan.descent import air_along
from fakel.world import World

AIR_AHEAD_RAD, AIR_BACK_RAD, AIR_BEYOND_RAD, AIR_PLACES = 2.0, 0.05, -1.1, 64
"""The air is laid out along the great circle of the climb: from behind the pad to 3.1 rad ahead of it."""
ORBIT_SHARE = 0.94
"""Below this share of the speed of a circular orbit the way by orbit is not tried: 470 m/s would be to give."""
FAR_M, SOON_S = 300e3, 1.0
"""Failures whose crews land farther apart have another flown between them, until they are so close in time; the crews
of nearer ones land on a line."""


def setting_of(launcher: Launcher, vehicle: Vehicle, ways: AbortWays, pad: Site, climb: Climb, ship_kg: float,
               propellant_kg: float, liftoff: Epoch, world: World, ground_m: Callable[[float, float], float]
               ) -> Setting:
    """What the aborts of a launcher from a pad share; climb: any of its climbs, for the direction."""
    check_ways(launcher, ways)
    liftoff_s = world.seconds(liftoff)
    setting = Setting(launcher, climb.rocket, vehicle, ways, pad, ship_kg, propellant_kg, liftoff_s, world,
                      _air(climb, pad, liftoff_s, world), ground_m)
    check_motors(setting)
    return setting


def _air(climb: Climb, pad: Site, liftoff_s: float, world: World) -> Air:
    at = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, 0.0)
    end, _ = itrf_from_launch(np.array([climb.cutoff_s]), climb.state[None, :3], climb.state[None, 3:6])
    normal = np.cross(at, end[0])
    normal /= np.linalg.norm(normal)

    def turned(angle_rad: float) -> FloatArray:
        return np.asarray(np.cos(angle_rad) * at + np.sin(angle_rad) * np.cross(normal, at))
    behind = turned(-AIR_BACK_RAD)
    return air_along(liftoff_s, axes_of(turned(AIR_AHEAD_RAD), behind), behind, world, AIR_PLACES, AIR_BEYOND_RAD)


def _fixed(rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    return itrf_from_launch(rows[:, 0], rows[:, 1:4], rows[:, 4:7])


def at_second(climb: Climb, t_s: float) -> tuple[FloatArray, FloatArray]:
    """State (7) and nose (3) of a climb, launch frame: Hermite curves between rows for the place, straight lines for
    the rest. At a corner what holds after it."""
    rows = climb.table
    i = int(np.clip(np.searchsorted(rows[:, 0], t_s + 1e-9, side="right") - 1, 0, len(rows) - 2))
    a, b = rows[i], rows[i + 1]
    h = float(b[0] - a[0])
    share = 0.0 if h <= 0.0 else min(max((t_s - float(a[0])) / h, 0.0), 1.0)
    mixed = a + share * (b - a)
    s2, s3 = share**2, share**3
    mixed[1:4] = ((2 * s3 - 3 * s2 + 1) * a[1:4] + (s3 - 2 * s2 + share) * h * a[4:7] + (3 * s2 - 2 * s3) * b[1:4]
                  + (s3 - s2) * h * b[4:7])
    return mixed[1:8].copy(), mixed[8:11] / np.linalg.norm(mixed[8:11])


def one(t_s: float, climb: Climb, setting: Setting) -> Abort:
    """The way out of a climb whose engines are lost at t_s after liftoff (0: on the pad)."""
    return way_out(t_s, *at_second(climb, t_s), setting)


def way_out(t_s: float, y: FloatArray, nose: FloatArray, setting: Setting) -> Abort:
    """The way out from a state y (7) with its nose along a unit vector (3), launch frame."""
    circular = np.sqrt(MU_M3_S2 / float(np.linalg.norm(y[:3])))
    fast = float(np.linalg.norm(y[3:6])) > ORBIT_SHARE * circular
    orbit = abort_to_orbit(t_s, y, nose, setting) if fast else None
    return abort(t_s, y, nose, setting)[0] if orbit is None else orbit


GROUND_M = 1000.0
"""A climb that ends lower has come back to the ground, whatever its height."""


def carried_down(climb: Climb, setting: Setting) -> Abort:
    """How the crew of a climb that failed comes down from where it ended, whatever the end was.

    A rocket that falls back to the ground is left at its highest point: there it is plain that it sinks. Without the
    rows of the climb, that is where it ended, its nose along its flight.
    """
    setting = replace(setting, rocket=climb.rocket)
    if not len(climb.table):
        speed = climb.state[3:6]
        return way_out(climb.cutoff_s, climb.state, speed / max(float(np.linalg.norm(speed)), 1e-9), setting)
    radius_m = np.linalg.norm(climb.table[:, 1:4], axis=1)
    last = climb.table[-1 if track_of(climb)[-1, 2] > GROUND_M else int(np.argmax(radius_m))]
    return way_out(float(last[0]), last[1:8].copy(), last[8:11], setting)


def seconds_of(climb: Climb, every_s: float) -> tuple[float, ...]:
    """From the pad to the last whole step before cutoff."""
    return tuple(float(t) for t in np.arange(0.0, climb.cutoff_s, every_s))


def study(climb: Climb, setting: Setting, seconds: Sequence[float]) -> Iterator[Abort]:
    """One abort after another."""
    for t_s in seconds:
        yield one(t_s, climb, setting)


def track_of(climb: Climb) -> FloatArray:
    """Latitude and longitude (rad) and height (m) along a climb (n, 3)."""
    return np.column_stack(geodetic_from_itrf(_fixed(climb.table)[0]))


def table_of(rows: Sequence[Abort], waters: Sequence[str], splashes: bool, liftoff: Epoch) -> dict[str, list[Any]]:
    """Study ``launch_aborts``: a row a failure. waters: the lake or sea that each lies in, or an empty word; of a ship
    that splashes down nobody asks (None)."""
    return {"failure_utc": [(liftoff + r.failure_s).iso() for r in rows], "failure_s": [r.failure_s for r in rows],
            "way": [r.way for r in rows], "peak_g": [r.peak_g for r in rows], "motors_g": [r.motors_g for r in rows],
            "entry_g": [r.entry_g for r in rows], "apogee_km": [r.apogee_m / 1000 for r in rows],
            "latitude_deg": [float(np.degrees(r.latitude_rad)) for r in rows],
            "longitude_deg": [float(np.degrees(r.longitude_rad)) for r in rows],
            "from_pad_km": [r.from_pad_m / 1000 for r in rows], "landing_s": [r.landing_s for r in rows],
            "sink_m_s": [r.steps[-1].speed_m_s for r in rows],
            "in_water": [None if splashes else float(bool(w)) for w in waters]}


def closer(climb: Climb, setting: Setting, rows: Sequence[Abort]) -> list[Abort]:
    """The rows of a study with failures between those whose crews land far apart (``FAR_M``), up to cutoff."""
    out, ahead = [rows[0]], [*rows[1:], one(climb.cutoff_s, climb, setting)]
    while ahead:
        a, b = out[-1], ahead[0]
        if b.failure_s - a.failure_s <= SOON_S or _apart_m(a, b) <= FAR_M:
            out.append(ahead.pop(0))
        else:
            ahead.insert(0, one((a.failure_s + b.failure_s) / 2, climb, setting))
    return out


def _apart_m(a: Abort, b: Abort) -> float:
    return float(surface_distance_m(a.latitude_rad, a.longitude_rad, b.latitude_rad, b.longitude_rad))


def places_at(t_s: FloatArray, rows: Sequence[Abort]) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes (n,), rad, at which crews land after failures at t_s (n,): on the great circle between
    those of neighbours; of neighbours far apart the place of the one that is nearer in time."""
    at = np.array([row.failure_s for row in rows])
    lat, lon = (np.array([getattr(row, key) for row in rows]) for key in ("latitude_rad", "longitude_rad"))
    ways = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)
    far = np.append([_apart_m(a, b) > FAR_M for a, b in pairwise(rows)], False)
    i = np.clip(np.searchsorted(at, t_s, side="right") - 1, 0, len(rows) - 2)
    share = np.clip((t_s - at[i]) / (at[i + 1] - at[i]), 0.0, 1.0)
    share = np.where(far[i], np.round(share), share)[:, None]
    x, y, z = ((1 - share) * ways[i] + share * ways[i + 1]).T
    return np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)


def in_water_s(cutoff_s: float, rows: Sequence[Abort], close: Sequence[Abort], around: Surroundings
               ) -> dict[str, list[Any]]:
    """Columns of the study: for how many seconds of the climb each row stands (those that are nearest to it), and how
    many of them lead into water. close: the rows with those between them."""
    count = int(np.ceil(cutoff_s))
    t_s, each_s = (np.arange(count) + 0.5) * cutoff_s / count, cutoff_s / count
    wet = np.array([bool(name) for name in around.waters(*places_at(t_s, close))])
    nearest = np.abs(t_s[:, None] - np.array([row.failure_s for row in rows])).argmin(axis=1)

    def sums(which: NDArray[np.bool_]) -> list[Any]:
        return [float(n) * each_s for n in np.bincount(nearest[which], minlength=len(rows))]
    return {"lasts_s": sums(np.ones(count, bool)), "water_s": sums(wet)}


def studied(launcher: Launcher, vehicle: Vehicle, ways: AbortWays, pad: Site, climb: Climb, ship_kg: float,
            propellant_kg: float, liftoff: Epoch, world: World, around: Surroundings, every_s: float
            ) -> dict[str, list[Any]]:
    """The table of a launch that is flown, a failure every every_s."""
    setting = setting_of(launcher, vehicle, ways, pad, climb, ship_kg, propellant_kg, liftoff, world, around.ground_m)
    rows = list(study(climb, setting, seconds_of(climb, every_s)))
    lat, lon = (np.array([getattr(row, key) for row in rows]) for key in ("latitude_rad", "longitude_rad"))
    told = table_of(rows, around.waters(lat, lon), ways.splashes, liftoff)
    if ways.splashes:
        return told | {key: [None] * len(rows) for key in ("lasts_s", "water_s")}
    return told | in_water_s(climb.cutoff_s, rows, closer(climb, setting, rows), around)
