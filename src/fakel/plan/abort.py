"""Active abort: the burn that takes a ship away from beside the station for good, where drifting does not.

From the fly-around inward free drift enters the keep-out sphere from many states, and from the final line always; there
the verdict is the corridor, and that one burn clears from every point. A burn clears when, flown in the full model with
its own duration, the ship comes no nearer to any part of the station than stopping takes, leaves the sphere within
LEAVE_S, and stays out of it for a day, three sigma of knowledge and execution included. Candidates are tried in the
linear equations first (directions every 15 deg, sizes every DV_STEP_M_S, with the drag that pulls the two apart), the
smallest is flown; a burn that cleared the point before is tried first, so that one command serves as long as it can.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.vehicle import Engine
from fakel.physics.blockage import Body, gap_m
from fakel.physics.conditions import felt_m_s2
from fakel.physics.force import forces_of
from fakel.physics.frames import relative_rtn, rtn_from_gcrf
from fakel.physics.nearest import Nearest, Pieces, from_centre, nearest, pieces
from fakel.physics.propagate import G0_M_S2, RTN, Thrust, propagate
from fakel.physics.spread import place_rows, reach_m
from fakel.plan.drift import SIGMAS, Drifts
from fakel.plan.proximity import SPHERE_M, Pair

LEAVE_S = 1800.0
DV_STEP_M_S, DV_MOST_M_S, DIRECTIONS = 0.25, 4.0, 24
TRIES = 16
_SOON_S, _LATER_S = 10.0, 60.0
ROUND_OFF_M = 0.1                              # where the sphere is left, the path is on it
STOPPING_M = 1.0
"""What a ship may come nearer to the station besides the way that stopping takes (ASSUMED)."""


@dataclass(frozen=True, slots=True, eq=False)
class Abort:
    """An abort from one state: what is burnt (3,) m/s RTN, for how long, on how much propellant; when the sphere is
    left; the least distance from then on for a day, with three sigma, and after LEAVE_S; least gap to the station's
    parts, and at the start. clears: all that is asked of it."""

    leg: str
    t_s: float
    range_m: float
    dv_m_s: FloatArray
    burn_s: float
    propellant_kg: float
    out_s: float
    least_m: float
    worst_m: float
    later_m: float
    gap_m: float
    gap_before_m: float
    clears: bool


@dataclass(frozen=True, slots=True, eq=False)
class Aborts:
    """Aborts beside a station: its parts as solids in RTN, the thrusters, and what drifts are reckoned with."""

    drifts: Drifts
    bodies: Sequence[Body]
    thrusters: Engine
    axis: FloatArray

    def along(self, states: Sequence[tuple[str, Pair]]) -> tuple[Abort, ...]:
        """An abort from each state, in order; the last one that cleared is tried first."""
        out: list[Abort] = []
        for leg, pair in states:
            out.append(self.abort(leg, pair, out[-1].dv_m_s if out and out[-1].clears else None))
        return tuple(out)

    def abort(self, leg: str, pair: Pair, first: FloatArray | None = None) -> Abort:
        """The abort that clears; where none does, the one that stays farthest away, with clears false."""
        tried = []
        for dv in ([] if first is None else [first]):
            tried.append(self.flown(leg, pair, dv))
            if tried[-1].clears:
                return tried[-1]
        for dv in self.candidates(pair)[:TRIES]:
            tried.append(self.flown(leg, pair, dv))
            if tried[-1].clears:
                return tried[-1]
        return max(tried, key=lambda a: a.worst_m) if tried else self.flown(leg, pair, DV_MOST_M_S * self.axis)

    def candidates(self, pair: Pair) -> list[FloatArray]:
        """Impulses (3,) that clear in the linear equations, the smallest first."""
        n = self.drifts.rate_rad_s
        t_s = np.r_[np.arange(0.0, LEAVE_S, _SOON_S), np.arange(LEAVE_S, DAY_S, _LATER_S)]
        rows = place_rows(n, t_s)
        angles = 2 * math.pi * np.arange(DIRECTIONS) / DIRECTIONS
        along = np.array([0.0, 1.0, 0.0])
        across = np.array([1.0, 0.0, 0.0]) if abs(self.axis[2]) < 0.5 else np.array([0.0, 0.0, 1.0])
        ways = np.cos(angles)[:, None] * across + np.sin(angles)[:, None] * along
        sizes = np.arange(DV_STEP_M_S, DV_MOST_M_S + 1e-9, DV_STEP_M_S)
        pushes = (sizes[:, None, None] * ways).reshape(-1, 3)
        places = rows @ pair.relative + self._drag(pair, t_s)
        away = np.linalg.norm(places[None] + np.einsum("tij,kj->kti", rows[:, :, 3:], pushes), axis=2)
        out = away >= SPHERE_M
        left = np.where(out.any(axis=1), out.argmax(axis=1), len(t_s))
        stays = np.array([o[i:].all() and i < len(t_s) and t_s[i] <= LEAVE_S for o, i in zip(out, left)])
        nearer = away[:, :60].min(axis=1) < min(away[0, 0], SPHERE_M) - 10.0
        return list(pushes[stays & ~nearer])

    def _drag(self, pair: Pair, t_s: FloatArray) -> FloatArray:
        """Places (n, 3) that the difference of drag makes, as a steady push along track."""
        now = np.array([pair.t_s])
        b, n = self.drifts.bodies, self.drifts.rate_rad_s
        pull = (felt_m_s2(now, pair.ship[None], forces_of(b.ship_cd_area_m2), b.field)
                - felt_m_s2(now, pair.station[None], forces_of(b.station_cd_area_m2), b.field))[0]
        f = float(rtn_from_gcrf(pair.station[:3], pair.station[3:6])[1] @ pull)
        a = n * t_s
        return np.stack([2 * f / n**2 * (a - np.sin(a)), f / n**2 * (4 * (1 - np.cos(a)) - 1.5 * a**2), 0 * a], axis=1)

    def flown(self, leg: str, pair: Pair, dv_m_s: FloatArray) -> Abort:
        """The abort as the full model flies it, and whether it clears."""
        size, b = float(np.linalg.norm(dv_m_s)), self.drifts.bodies
        exhaust_m_s = self.thrusters.isp_s * G0_M_S2
        used_kg = float(pair.ship[6] * -math.expm1(-size / exhaust_m_s))
        burn_s = used_kg * exhaust_m_s / self.thrusters.thrust_n
        way = (float(dv_m_s[0]), float(dv_m_s[1]), float(dv_m_s[2]))
        push = Thrust(pair.t_s, burn_s, self.thrusters.thrust_n, self.thrusters.isp_s, way, RTN)
        span_s = min(DAY_S, self.drifts.stop_s - pair.t_s)
        ship = propagate(pair.ship, pair.t_s, pair.t_s + span_s, b.ship_cd_area_m2, b.field, thrust=push)
        t_s = _times(burn_s, span_s)
        path = relative_rtn(ship.at(pair.t_s + t_s), self.drifts.station.at(pair.t_s + t_s))
        curve, range_m = pieces(t_s, path), float(np.linalg.norm(path[0, :3]))
        out_s = _left(curve, span_s)
        least = nearest(curve.after(out_s), from_centre)
        spread = self.drifts.spread(path[0, :3], dv_m_s, True)
        worst_m = self._worst(t_s, path, spread, max(out_s, burn_s), least)
        gap, gap_before = self._gap(curve.first(max(out_s, 60.0))), self._gap_at(path[:1, :3])
        closing = max(0.0, -float(path[0, :3] @ path[0, 3:6]) / range_m)
        stop_m = STOPPING_M + closing**2 * pair.ship[6] / (2 * self.thrusters.thrust_n)
        inside = range_m < SPHERE_M                                         # outside it is free to come nearer
        floor_m = (SPHERE_M if inside else min(SPHERE_M, range_m - stop_m)) - ROUND_OFF_M
        clears = bool(out_s <= LEAVE_S and min(least.away_m, worst_m) >= floor_m
                      and (gap >= gap_before - stop_m or not inside))
        later = nearest(curve.after(LEAVE_S), from_centre).away_m
        return Abort(leg, pair.t_s, range_m, dv_m_s, burn_s, used_kg, out_s, least.away_m, worst_m, later, gap,
                     gap_before, clears)

    def _worst(self, t_s: FloatArray, path: FloatArray, spread: FloatArray, from_s: float, least: Nearest) -> float:
        """The least of range less three sigma after the sphere is left by as much."""
        towards = path[:, :3] / np.maximum(np.linalg.norm(path[:, :3], axis=1, keepdims=True), 1e-9)
        left = from_centre(path[:, :3]) - SIGMAS * reach_m(place_rows(self.drifts.rate_rad_s, t_s), spread, towards)
        after = t_s >= from_s
        if after.any() and left[after][0] < SPHERE_M:          # just outside: what counts is that it goes on outward
            later = np.flatnonzero(after & (left >= SPHERE_M))
            if not later.size:
                return float(left[after].min())
            after &= t_s >= t_s[later[0]]
        return min(float(left[after].min(initial=np.inf)), least.away_m)

    def _gap(self, curve: Pieces) -> float:
        return nearest(curve, self._clear_m).away_m if self.bodies else math.inf

    def _gap_at(self, places: FloatArray) -> float:
        return float(self._clear_m(places)[0]) if self.bodies else math.inf

    def _clear_m(self, places: FloatArray) -> FloatArray:
        """Distances (n,) of places from the nearest of the station's parts."""
        return np.min([gap_m(places, body) for body in self.bodies], axis=0)


def _times(burn_s: float, span_s: float) -> FloatArray:
    """Times of a path: close together while it burns and leaves, each minute later."""
    soon = np.arange(0.0, LEAVE_S + 1.0, _SOON_S)
    return np.unique(np.r_[soon[soon < span_s], burn_s, np.arange(LEAVE_S, span_s, _LATER_S), span_s])


def _left(curve: Pieces, span_s: float) -> float:
    """When a path is outside the sphere for the first time."""
    away = np.linalg.norm(curve.control_m[:, 0], axis=1) - SPHERE_M
    i = int(np.argmax(away >= 0.0))
    if away[i] < 0.0:
        return span_s
    if i == 0:
        return 0.0
    part = -away[i - 1] / (away[i] - away[i - 1])
    return float(curve.start_s[i - 1] + part * curve.length_s[i - 1])
