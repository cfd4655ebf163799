"""From port to port: springs, back along the old axis, around the station, in along the new axis, contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.proximity import (
    BACKING,
    FINAL_S,
    FLYAROUND_S,
    HOLD_LEAST_S,
    HOLD_M,
    Way,
    final_approach,
    flyaround,
    station_keeping,
)
from fakel.model.arrays import FloatArray
from fakel.model.place import Port, Station
from fakel.physics.frames import relative_rtn, rtn_from_lvlh, unit
from fakel.physics.propagate import coast_table
from fakel.plan.proximity import Approach, Bodies, Pair, approach, rate_of

SPRINGS_S = 180.0
"""The springs alone carry the ship so long, as before the first burn of a departure: some 20 m."""
BACKING_S, BACKING_LEGS = 420.0, 6
SAMPLE_S = 10.0
CLEAR_M = 6.0
"""Least distance between the ship's centre and a docked ship's axis: half of 10.7 m, the wings' span, and a little."""
DOCKED_LENGTH_M = 7.5
"""A docked ship reaches so far out from its port: a Soyuz with its probe in, nearly."""


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """A flown relocation: rows from the opening of the hooks to contact, and the waypoints, counted from there."""

    flown: Approach
    ways: tuple[Way, ...]


def span_s() -> float:
    """From the opening of the hooks to contact."""
    return SPRINGS_S + BACKING_S + FLYAROUND_S + HOLD_LEAST_S + FINAL_S


def ways_between(from_m: FloatArray, from_axis: FloatArray, to_m: FloatArray, to_axis: FloatArray,
                 closing_rate_m_s: float, rate_rad_s: float) -> tuple[Way, ...]:
    """Waypoints, times from the end of the springs' drift. from_m, to_m (3,) RTN: the ship's centre at contact."""
    back = tuple(Way(BACKING_S * k / BACKING_LEGS, from_m + (HOLD_M * _eased(k / BACKING_LEGS)) * from_axis, BACKING)
                 for k in range(1, BACKING_LEGS + 1))
    hold = to_m + HOLD_M * to_axis
    around = flyaround(back[-1], hold)
    until_s = around[-1].t_s + HOLD_LEAST_S
    keep = station_keeping(around[-1], until_s)
    return (*back, *around, *keep, *final_approach(to_m, to_axis, until_s + FINAL_S, closing_rate_m_s, rate_rad_s))


def _eased(share: float) -> float:
    """From 0.1 to 1, ending with vanishing speed."""
    return 0.1 + 0.9 * share * (2.0 - share)


def move(start: Pair, ends: tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]], rate_m_s: float,
         bodies: Bodies) -> Moved:
    """Fly from the springs' push at start to contact. ends: (centre, axis) of the old and of the new port, RTN."""
    n = int(SPRINGS_S / SAMPLE_S) + 1
    drifted = [coast_table(y, start.t_s, SAMPLE_S, n, area, bodies.field)
               for y, area in ((start.ship, bodies.ship_cd_area_m2), (start.station, bodies.station_cd_area_m2))]
    free = Pair(start.t_s + SPRINGS_S, drifted[0][-1], drifted[1][-1])
    ways = ways_between(*ends[0], *ends[1], rate_m_s, rate_of(free.station))
    flown = approach(free, ways, ends[1][1], np.zeros(6), bodies)
    t_s = np.r_[start.t_s + SAMPLE_S * np.arange(n - 1), flown.t_s]
    whole = replace(flown, t_s=t_s, ship=np.vstack([drifted[0][:-1], flown.ship]),
                    station=np.vstack([drifted[1][:-1], flown.station]))
    return Moved(whole, tuple(replace(way, t_s=way.t_s + SPRINGS_S) for way in ways))


def end_of(port: Port, probe_ahead_m: float) -> tuple[FloatArray, FloatArray]:
    """Place of a docked ship's centre (3,) m and the port's axis (3,), RTN."""
    axis = rtn_from_lvlh(unit(port.axis_lvlh))
    return rtn_from_lvlh(port.position_lvlh_m) + probe_ahead_m * axis, axis


def nearest_docked(flown: Approach, station: Station, others: Mapping[str, str]) -> dict[str, float]:
    """How near the ship's centre comes to each docked ship (id to its port), taken as a rod on its port's axis."""
    path = relative_rtn(flown.ship, flown.station)[:, :3]
    return {ship: _to_rod_m(path, station.ports[port]) for ship, port in sorted(others.items())}


def nearest_on_axes(ends: tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]], station: Station,
                    others: Mapping[str, str]) -> dict[str, float]:
    """How near straight ways along the old and the new axis pass each docked ship, before anything is flown."""
    out = np.linspace(0.0, HOLD_M, 111)[:, None]
    path = np.vstack([centre + out * axis for centre, axis in ends])
    return {ship: _to_rod_m(path, station.ports[port]) for ship, port in sorted(others.items())}


def _to_rod_m(path: FloatArray, port: Port) -> float:
    foot, axis = rtn_from_lvlh(port.position_lvlh_m), rtn_from_lvlh(unit(port.axis_lvlh))
    along = np.clip((path - foot) @ axis, 0.0, DOCKED_LENGTH_M)
    return float(np.linalg.norm(path - foot - along[:, None] * axis, axis=1).min())
