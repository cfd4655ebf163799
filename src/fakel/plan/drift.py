"""Passive safety: where a ship drifts that burns no more, if a burn is missed, half done, or was the last.

For each burn three cases, and for a hold one: the path is flown in the full model, both craft with drag, for a day; the
least distances from the station's centre and from the approach ellipsoid are found on the path's cubic pieces, not at
its samples (``physics.nearest``), for the day and until the next burn would come. The worst that three sigma of
knowledge and execution make of it: the linear equations say which deviation at the start comes nearest, and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.navigation import Navigation
from fakel.physics.dense import Dense
from fakel.physics.frames import from_relative_rtn, relative_rtn
from fakel.physics.nearest import Away, Nearest, Pieces, from_centre, from_ellipsoid, levels, nearest, pieces
from fakel.physics.propagate import coast_record
from fakel.physics.spread import place_rows, radius_m, reach_m, start_to_centre, worst_start
from fakel.plan.drift_errors import burn_spread, knowledge_spread
from fakel.plan.proximity import ELLIPSOID_M, SPHERE_M, Bodies, Pair, rate_of

MISSED, HALF, DONE, HOLD = "missed", "half", "no burn after it", "hold"
STEP_S = 60.0
_WIDEST_M, _LEAST_M = float(ELLIPSOID_M.max()), float(ELLIPSOID_M.min())
SIGMAS = 3.0
FAR_M = 50e3
"""Beyond this the worst case is left to the linear equations: it is far from every zone."""


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A burn or an impulse: where it begins, where it ends when half of it is done and when all of it is; dv_m_s (3,)
    RTN; next_s: when the next one would come. thrusters: an impulse near the station, not a burn of the engine.
    spreads: covariances (6, 6), RTN, before and after it, where they are known; without, those of one fix and the burn.
    known: the same of what is known before it."""

    name: str
    before: Pair
    half: Pair
    after: Pair
    dv_m_s: FloatArray
    next_s: float
    thrusters: bool = True
    spreads: tuple[FloatArray, FloatArray] | None = None
    known: FloatArray | None = None

    @property
    def cases(self) -> tuple[tuple[str, Pair, float], ...]:
        """Each case, where its drift begins, and the share of the burn that was done."""
        return (MISSED, self.before, 0.0), (HALF, self.half, 0.5), (DONE, self.after, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """One case. range_m: at the start. centre, zone: least distance from the station's centre and from the ellipsoid
    (m, below 0 inside) within a day; the same until the next burn; level of the ellipsoid; worst_*: three sigma."""

    burn: str
    case: str
    t_s: float
    range_m: float
    decision_s: float
    day_s: float
    centre: Nearest
    zone: Nearest
    level: float
    soon_centre_m: float
    soon_zone_m: float
    worst_centre_m: float
    worst_zone_m: float
    path: FloatArray

    @property
    def verdict(self) -> str:
        if min(self.centre.away_m, self.worst_centre_m) >= SPHERE_M:
            return "clear" if min(self.zone.away_m, self.worst_zone_m) >= 0.0 else "outside the sphere"
        return "enters the sphere" if self.centre.away_m < SPHERE_M else "enters at three sigma"


class Drifts:
    """Studies of moves beside one station path. flown: worst cases are flown in the full model, not only reckoned."""

    def __init__(self, first: Pair, last_s: float, bodies: Bodies, navigation: Navigation | None, stop_s: float,
                 flown: bool = False) -> None:
        self.bodies, self.navigation, self.flown, self.stop_s = bodies, navigation, flown, stop_s
        end_s = min(last_s + DAY_S, stop_s)
        self.station = Dense(coast_record(first.station, first.t_s, end_s, bodies.station_cd_area_m2, bodies.field))
        self.rate_rad_s = rate_of(first.station)
        self.grid_s = STEP_S * np.arange(int(DAY_S / STEP_S) + 1)
        self.rows = place_rows(self.rate_rad_s, self.grid_s)
        self.zone = from_ellipsoid(ELLIPSOID_M)

    def of(self, moves: Sequence[Move]) -> tuple[Drift, ...]:
        """Every case of every move."""
        return tuple(self.case(move, *case) for move in moves for case in move.cases)

    def case(self, move: Move, case: str, start: Pair, share: float) -> Drift:
        t_s, path = self.path(start)
        curve = pieces(t_s, path)
        soon = curve.first(max(move.next_s - start.t_s, 1.0))
        centre = nearest(curve, from_centre)
        zone, level = self._zone(curve, centre.away_m), nearest(curve.within(_WIDEST_M * centre.away_m / _LEAST_M),
                                                                levels(ELLIPSOID_M)).away_m / _LEAST_M
        soon_m = nearest(soon, from_centre).away_m
        spread = self._spread_of(move, share)
        worst = [self._worst(start, path, spread, away, least.away_m)
                 for away, least in ((from_centre, centre), (self.zone, zone))]
        return Drift(move.name, case, start.t_s, float(np.linalg.norm(path[0, :3])), move.next_s - start.t_s,
                     float(t_s[-1]), centre, zone, level, soon_m, self._zone(soon, soon_m).away_m, *worst, path)

    def _spread_of(self, move: Move, share: float) -> FloatArray:
        """Where a share of a burn is done: that before it or after it, half-way the mean of both."""
        if move.spreads is not None:
            return np.asarray((1.0 - share) * move.spreads[0] + share * move.spreads[1])
        if move.known is not None and self.navigation is not None:
            return move.known + burn_spread(self.navigation.execution, share * move.dv_m_s, move.thrusters)
        return self.spread(move.before.relative[:3], share * move.dv_m_s, move.thrusters)

    def spread(self, place_m: FloatArray, dv_m_s: FloatArray, thrusters: bool) -> FloatArray:
        """Covariance (6, 6) where a drift begins: of what was known at place_m, and of the burn."""
        if self.navigation is None:
            return np.zeros((6, 6))
        return (knowledge_spread(self.navigation, place_m, self.rate_rad_s)
                + burn_spread(self.navigation.execution, dv_m_s, thrusters))

    def _zone(self, curve: Pieces, centre_m: float) -> Nearest:
        """The least distance from the ellipsoid, for a curve whose least from the centre is known."""
        return nearest(curve.within(centre_m + _WIDEST_M - _LEAST_M), self.zone)

    def path(self, start: Pair) -> tuple[FloatArray, FloatArray]:
        """Times after the start (n,) and relative states (n, 6), RTN, of a day's drift, or to the world's end."""
        span_s = min(DAY_S, self.stop_s - start.t_s)
        at_s = self.grid_s[self.grid_s <= span_s + 1e-6]
        ship = Dense(coast_record(start.ship, start.t_s, start.t_s + float(at_s[-1]), self.bodies.ship_cd_area_m2,
                                  self.bodies.field))
        times = start.t_s + at_s
        return at_s, relative_rtn(ship.at(times), self.station.at(times))

    def _worst(self, start: Pair, path: FloatArray, spread: FloatArray, away: Away, least_m: float) -> float:
        """The least distance that a deviation of three sigma at the start makes, not above the one without."""
        rows, here = self.rows[:len(path)], path[:, :3]
        near = np.flatnonzero(from_centre(here) - SIGMAS * radius_m(rows, spread) - _WIDEST_M <= least_m)
        if not near.size:
            return least_m
        rows, here = rows[near], here[near]
        towards = _gradient(here, away)
        left = away(here) - SIGMAS * reach_m(rows, spread, towards)
        centre_m = float(away(np.zeros((1, 3)))[0])                         # nothing is nearer than the centre
        left = np.maximum(left, centre_m)
        i = int(left.argmin())
        if not self.flown or left[i] > FAR_M:
            return min(float(left[i]), least_m)
        tried = [worst_start(rows[i], spread, towards[i], SIGMAS)]
        if left[i] == centre_m:                            # the whole of it may lead past, to the other side
            tried.append(start_to_centre(rows, spread, here, SIGMAS))
        found = [self._off(start, path, deviation, away) for deviation in tried]
        return min(*found, least_m)

    def _off(self, start: Pair, path: FloatArray, deviation: FloatArray, away: Away) -> float:
        """The least distance of a drift that begins a deviation (6,) from a path's first state."""
        ship = np.r_[from_relative_rtn(path[0] + deviation, start.station), start.ship[6]]
        t_s, other = self.path(Pair(start.t_s, ship, start.station))
        return nearest(pieces(t_s, other), away).away_m


def _gradient(places: FloatArray, away: Away) -> FloatArray:
    """Directions (n, 3) in which a distance grows, by differences of 1 m."""
    moved = places[:, None, :] + np.concatenate([0.5 * np.eye(3), -0.5 * np.eye(3)])
    value = away(moved.reshape(-1, 3)).reshape(len(places), 6)
    slope = value[:, :3] - value[:, 3:]
    return np.asarray(slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9))
