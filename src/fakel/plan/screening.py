"""A ship's way against a catalogue: every object that passes near, when, how near, how probably.

Three sieves, each of which leaves out only what cannot meet: heights (perigee and apogee against the ship's own), times
(each STEP_S the relative state, straight on for half a step with what gravity can bend on top), then the nearest places
by Newton on the paths themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sgp4.api import Satrec, SatrecArray

from fakel.estimate.elements import epoch_of
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.flight import Arc
from fakel.model.navigation import Navigation
from fakel.model.screening import CatalogueErrors, Listed, Passing, Screening
from fakel.physics.conjunction import foster, may_meet
from fakel.physics.frames import rtn_from_gcrf
from fakel.plan.drift_errors import knowledge_spread
from fakel.world import World

STEP_S = 60.0
PAD_M = 40e3
"""Heights by mean elements differ from the true ones by short periods (up to 20 km) and by decay since the epoch."""
CHUNK = 200
SLOW_M_S = 50.0
"""What passes slower flies with the station (it is docked there, or left it), and is no encounter of this kind."""
SGP4_RADIUS_M = 6_378_135.0
Path = Callable[[FloatArray], FloatArray]
"""World seconds (n,) to states (n, 6) in TEME, m."""


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """An object: what it is called, its path, the age of its elements (s after their epoch) at world second 0."""

    listed: Listed
    path: Path
    set_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A ship's way in space: its arcs (GCRF) in order, and how well it is known."""

    ship: str
    arcs: Sequence[Arc]
    world: World
    navigation: Navigation | None

    @property
    def span_s(self) -> tuple[float, float]:
        return self.world.seconds(self.arcs[0].start), self.world.seconds(self.arcs[-1].stop)

    def gcrf(self, t_s: FloatArray) -> FloatArray:
        """States (n, 6) at world seconds (n,)."""
        out = np.empty((len(t_s), 6))
        for arc in self.arcs:
            since = t_s - self.world.seconds(arc.start)
            here = (since >= -1e-6) & (since <= arc.t_s[-1] + 1e-6)
            if here.any():
                out[here] = np.concatenate(arc.at(np.clip(since[here], 0.0, arc.t_s[-1])), axis=1)
        return out

    def teme(self, t_s: FloatArray) -> FloatArray:
        """The same in TEME."""
        turn, y = self.world.teme_from_gcrf(t_s), self.gcrf(t_s)
        return np.concatenate([np.einsum("nij,nj->ni", turn, part) for part in (y[:, :3], y[:, 3:])], axis=1)


def screen(way: Way, objects: Sequence[tuple[Listed, Satrec]], others: Sequence[Body], near_m: float,
           errors: CatalogueErrors, progress: Callable[[int, int], None] = lambda done, of: None) -> Screening:
    """All passings within near_m. others: objects with a path of their own, such as ephemerides."""
    start_s, stop_s = way.span_s
    t_s = np.unique(np.r_[np.arange(start_s, stop_s, STEP_S), stop_s])
    ship = way.teme(t_s)
    far = np.linalg.norm(ship[:, :3], axis=1)
    low_m, high_m = float(far.min()) - PAD_M - near_m, float(far.max()) + PAD_M + near_m
    kept = [pair for pair in objects if crosses(pair[1], low_m, high_m)]
    found: list[Passing] = []
    beside: list[str] = []
    met, failed = 0, 0
    for i in range(0, len(kept), CHUNK):
        chunk = kept[i:i + CHUNK]
        progress(i, len(kept))
        states, bad = states_of([sat for _, sat in chunk], way.world, t_s)
        failed += int(bad.any(axis=1).sum())
        may = may_meet(states[..., :3] - ship[:, :3], states[..., 3:] - ship[:, 3:], STEP_S / 2, near_m) & ~bad
        for (listed, sat), row in zip(chunk, may, strict=True):
            met += bool(row.any())
            if row.any():
                _add(way, _body(listed, sat, way.world), t_s[row], near_m, errors, found, beside)
    for body in others:
        states = body.path(t_s)
        row = may_meet(states[:, :3] - ship[:, :3], states[:, 3:] - ship[:, 3:], STEP_S / 2, near_m)
        _add(way, body, t_s[row], near_m, errors, found, beside)
    told = (f"{failed} objects fall within the time by SGP4 and are left out from then on",) if failed else ()
    epoch = way.world.epoch
    return Screening(way.ship, epoch + start_s, epoch + stop_s, near_m, tuple(sorted(found, key=lambda p: p.epoch)),
                     (len(objects) + len(others), len(kept) + len(others), met), tuple(dict.fromkeys(beside)), errors,
                     told)


def crosses(satellite: Satrec, low_m: float, high_m: float) -> bool:
    """Whether an orbit comes between two distances from the Earth's centre."""
    a_m = satellite.a * SGP4_RADIUS_M
    return bool(a_m * (1 - satellite.ecco) <= high_m and a_m * (1 + satellite.ecco) >= low_m)


def states_of(satellites: Sequence[Satrec], world: World, t_s: FloatArray) -> tuple[FloatArray, np.ndarray]:
    """States (k, n, 6) TEME, m, and where SGP4 gave up (k, n)."""
    first = satellites[0]
    days = first.jdsatepochF + (t_s + (world.epoch - epoch_of(first))) / DAY_S
    fault, place_km, velocity_km_s = SatrecArray(list(satellites)).sgp4(np.full(len(t_s), first.jdsatepoch), days)
    bad = fault != 0
    states = np.concatenate([place_km, velocity_km_s], axis=2) * 1000.0
    states[bad] = 1e9
    return states, bad


def _body(listed: Listed, satellite: Satrec, world: World) -> Body:
    since_s = world.epoch - epoch_of(satellite)

    def path(t_s: FloatArray) -> FloatArray:
        days = np.full(len(t_s), satellite.jdsatepoch)
        _, place_km, velocity_km_s = satellite.sgp4_array(days, satellite.jdsatepochF + (t_s + since_s) / DAY_S)
        return np.concatenate([place_km, velocity_km_s], axis=1) * 1000.0
    return Body(listed, path, since_s)


def _add(way: Way, body: Body, about_s: FloatArray, near_m: float, errors: CatalogueErrors, found: list[Passing],
         beside: list[str]) -> None:
    """Put the passings of one object near some times into found, or its name into beside."""
    seen: list[float] = []
    for t in about_s:
        at_s = _nearest_s(way, body, float(t))
        if at_s is None or any(abs(at_s - other) < 1.0 for other in seen):
            continue
        seen.append(at_s)
        passing = _passing(way, body, at_s, errors)
        if passing.speed_m_s < SLOW_M_S:
            beside.append(body.listed.name)
        elif passing.miss_m <= near_m:
            found.append(passing)


def _nearest_s(way: Way, body: Body, t_s: float) -> float | None:
    """When the two are nearest within half a step of t_s, by Newton on the range rate; None if it lies outside."""
    start_s, stop_s = way.span_s
    at = t_s
    for _ in range(12):
        now = np.array([at])
        d = (body.path(now) - way.teme(now))[0]
        step = -float(d[:3] @ d[3:]) / max(float(d[3:] @ d[3:]), 1e-9)
        at = min(max(at + step, start_s), stop_s)
        if abs(step) < 1e-5:
            break
        if abs(at - t_s) > 2 * STEP_S:
            return None
    return at if abs(at - t_s) <= STEP_S / 2 + 1.0 else None


def _passing(way: Way, body: Body, at_s: float, errors: CatalogueErrors) -> Passing:
    now = np.array([at_s])
    back = way.world.teme_from_gcrf(now)[0].T
    ship, seen = way.gcrf(now)[0], body.path(now)[0]
    other = np.r_[back @ seen[:3], back @ seen[3:]]
    mine, its = rtn_from_gcrf(ship[:3], ship[3:]), rtn_from_gcrf(other[:3], other[3:])
    away, speed = other[:3] - ship[:3], other[3:] - ship[3:]
    age_days = (at_s + body.set_s) / DAY_S
    rate = float(np.linalg.norm(np.cross(ship[:3], ship[3:])) / (ship[:3] @ ship[:3]))
    known = np.zeros((6, 6)) if way.navigation is None else knowledge_spread(way.navigation, np.full(3, 1e9), rate)
    told = _spread(errors.sigmas_m(age_days), rate)
    both = mine.T @ known[:3, :3] @ mine + its.T @ told[:3, :3] @ its
    p = foster(away, speed, both, errors.radius_m + errors.own_radius_m)
    listed = body.listed
    return Passing(listed.number, listed.name, listed.designator, way.world.epoch + at_s, float(np.linalg.norm(away)),
                   float(np.linalg.norm(speed)), p, mine @ away, mine @ speed, ship, other, known, told, age_days)


def _spread(sigma_m: FloatArray, rate: float) -> FloatArray:
    """Covariance (6, 6) RTN of places sigma_m (3,); of rates what goes with them in an orbit, each axis by itself."""
    turned = rate * sigma_m[[1, 0, 2]]
    return np.diag(np.r_[sigma_m, np.maximum(turned, 1e-6)] ** 2)


