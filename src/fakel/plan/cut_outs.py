"""Which seconds of a launch window are cut out, because the ship would come too near an object in its first orbits.

The whole orbit turns with the second of liftoff. So the ship's ways are flown once for KNOTS liftoffs and told in axes
that turn with the Earth's turn until liftoff: there they hardly move (a programme fixed to the Earth: by metres; a
launcher that steers: evenly), and a polynomial through the knots gives each second's way. Three sieves as in
``plan.screening``: heights; then liftoffs COARSE_S apart, with all that ship and object move in half of that on top,
which leaves the neighbourhoods where both planes are passed at one time; then every second, and Newton in flight time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sgp4.api import Satrec

from fakel.estimate.elements import epoch_of
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch
from fakel.model.launch_day import ACTIVE, CREWED, DEBRIS, CutOut, CutOuts, KeepOut
from fakel.model.screening import Listed
from fakel.physics.conjunction import may_meet
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.propagate import propagate
from fakel.plan import launch
from fakel.plan.burns import Burn, thrusts
from fakel.plan.craft import cd_area_m2
from fakel.plan.launch_case import Case, visit_at
from fakel.plan.screening import CHUNK, PAD_M, crosses, states_of
from fakel.world import World

KNOTS = 5
STEP_S = 60.0
COARSE_S = 20.0
FASTEST_M_S = 8_500.0
"""No faster does an object in orbit move under one that is carried along by the Earth's turn."""


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """A ship's ways by the second of its liftoff: knots (k,) slips, flight times (m,) s after liftoff, and states
    (k, m, 6) in axes that lie along TEME at the nominal liftoff and turn with the Earth until liftoff."""

    knots_s: FloatArray
    flight_s: FloatArray
    states: FloatArray

    def at(self, slips_s: FloatArray, flight_s: FloatArray) -> FloatArray:
        """States (n, 6) in TEME, m, of liftoffs slips_s (n,) after flight_s (n,): cubic between samples."""
        k = np.clip(((flight_s - self.flight_s[0]) / STEP_S).astype(int), 0, len(self.flight_s) - 2)
        weights = lagrange(self.knots_s, slips_s)
        first, last = (np.einsum("nk,knj->nj", weights, self.states[:, i]) for i in (k, k + 1))
        h = (self.flight_s[k + 1] - self.flight_s[k])[:, None]
        x = ((flight_s - self.flight_s[k]) / h[:, 0])[:, None]
        p0, v0, p1, v1 = first[:, :3], first[:, 3:] * h, last[:, :3], last[:, 3:] * h
        place = ((2 * x + 1) * (x - 1) ** 2 * p0 + x * (x - 1) ** 2 * v0 + x * x * (3 - 2 * x) * p1
                 + x * x * (x - 1) * v1)
        speed = (6 * x * (x - 1) * (p0 - p1) + (1 - x) * (1 - 3 * x) * v0 + x * (3 * x - 2) * v1) / h
        return turned(np.concatenate([place, speed], axis=1), EARTH_RATE_RAD_S * slips_s)

    def on_grid(self, slips_s: FloatArray) -> FloatArray:
        """States (n, m, 6) in TEME at all flight times."""
        rows = np.einsum("nk,kmj->nmj", lagrange(self.knots_s, slips_s), self.states)
        return turned(rows, EARTH_RATE_RAD_S * slips_s[:, None])


def lagrange(knots: FloatArray, x: FloatArray) -> FloatArray:
    """Weights (n, k) of the polynomial through knots (k,) at x (n,)."""
    out = np.ones((len(x), len(knots)))
    for i, knot in enumerate(knots):
        for j, other in enumerate(knots):
            if i != j:
                out[:, i] *= (x - other) / (knot - other)
    return out


def turned(states: FloatArray, angle_rad: FloatArray) -> FloatArray:
    """States (..., 6) turned about the third axis, eastward, as vectors."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    x, y, z, u, v, w = np.moveaxis(states, -1, 0)
    return np.stack([c * x - s * y, s * x + c * y, z, c * u - s * v, s * u + c * v, w], axis=-1)


def ways_of(case: Case, nominal: Epoch, slips_s: FloatArray, orbits: float, burns: Sequence[Burn], world: World
            ) -> Ways:
    """The first orbits after insertion. burns: flown at the same second of flight by each; none: the ship coasts."""
    low, high = float(slips_s[0]), float(slips_s[-1])
    knots = np.linspace(low, high, KNOTS) if high > low else np.array([low])
    out, flight_s = [], np.zeros(0)
    for knot in knots:
        visit = visit_at(case, nominal + float(knot), world)
        start_s, y = world.seconds(visit.at), visit.ship_y
        if not len(flight_s):
            n = int(np.ceil(orbits * period_s(y) / STEP_S))
            flight_s = case.launcher.target.met_s + STEP_S * np.arange(n + 1)
        times = start_s + flight_s - flight_s[0]
        push = thrusts([Burn(b.name, b.ignition + float(knot), b.dv_rtn_m_s) for b in burns], float(y[6]),
                       case.ship.vehicle, world)
        flown = propagate(y, start_s, times[-1], cd_area_m2(case.ship), world.field, thrust=push)
        rows, turn = flown.at(times), world.teme_from_gcrf(times)
        teme = np.concatenate([np.einsum("nij,nj->ni", turn, rows[:, a:a + 3]) for a in (0, 3)], axis=1)
        out.append(turned(teme, -EARTH_RATE_RAD_S * np.full(len(teme), knot)))
    return Ways(knots, flight_s, np.array(out))


def period_s(y: FloatArray) -> float:
    """Of the ellipse through a state (6 or more)."""
    mu = 3.986004415e14
    a_m = 1 / (2 / np.linalg.norm(y[:3]) - y[3:6] @ y[3:6] / mu)
    return float(2 * np.pi * np.sqrt(a_m**3 / mu))


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """One object: of each slip the nearest distance m (inf where it stays away), and when in flight, s."""

    listed: Listed
    kind: str
    nearest_m: FloatArray
    flight_s: FloatArray
    age_days: float


def kind_of(listed: Listed, keep_out: KeepOut) -> str:
    """By its number among the crewed ones, else by its name: catalogues write DEB and R/B."""
    if listed.number.isdigit() and int(listed.number) in keep_out.crewed:
        return CREWED
    name = listed.name.upper()
    words = set(name.replace("(", " ").replace(")", " ").split())
    unknown = name.startswith(("OBJECT ", "TBA", "UNKNOWN"))
    return DEBRIS if unknown or words & {"DEB", "R/B", "DEBRIS"} or "R/B" in name else ACTIVE


def cut_outs(case: Case, nominal: Epoch, slips_s: FloatArray, objects: Sequence[tuple[Listed, Satrec]], ways: Ways,
             keep_out: KeepOut, near_m: float, orbits: float, burns: bool, world: World,
             progress: Callable[[float], None] = lambda part: None) -> CutOuts:
    """Each second's nearest object within near_m (at least each one's own limit), and the seconds cut out."""
    near, counts, failed = nearest_of(nominal, slips_s, objects, ways, keep_out, near_m, world, progress)
    all_m = np.array([n.nearest_m for n in near]) if near else np.full((1, len(slips_s)), np.inf)
    best = np.argmin(all_m, axis=0)
    least = all_m[best, np.arange(len(slips_s))]
    names = tuple(near[k].listed.name if np.isfinite(m) else "" for k, m in zip(best, least, strict=True))
    chance = launch.opportunity_at(nominal, case.ask(), case.path, world)
    period = (ways.flight_s[-1] - ways.flight_s[0]) / orbits
    cuts = sorted((cut for n in near for cut in _cuts(n, nominal, slips_s, keep_out, ways.flight_s[0], period)),
                  key=lambda cut: (cut.start_s, cut.name))
    far = np.linalg.norm(ways.states[..., :3], axis=-1)
    told = (f"{failed} objects fall within the time by SGP4 and are left out from then on",) if failed else ()
    return CutOuts(case.launcher.name, case.ship.name, case.pad.name, nominal, slips_s, least, names, tuple(cuts),
                   counts, near_m, orbits, burns, keep_out, (float(far.min()), float(far.max())),
                   (-chance.early_s - chance.miss_s, chance.late_s - chance.miss_s), told)


def nearest_of(nominal: Epoch, slips_s: FloatArray, objects: Sequence[tuple[Listed, Satrec]], ways: Ways,
               keep_out: KeepOut, near_m: float, world: World,
               progress: Callable[[float], None] = lambda part: None) -> tuple[list[Near], tuple[int, int, int], int]:
    """Objects that come within near_m (or their own limit) for some second; counts; how many SGP4 gives up."""
    far = np.linalg.norm(ways.states[..., :3], axis=-1)
    kept = []
    for listed, sat in objects:
        kind = kind_of(listed, keep_out)
        reach = max(near_m, keep_out.limit_m(kind))
        if crosses(sat, float(far.min()) - PAD_M - reach, float(far.max()) + PAD_M + reach):
            kept.append((listed, sat, kind, reach))
    coarse = np.arange(slips_s[0], slips_s[-1] + COARSE_S, COARSE_S)
    ship, start_s = ways.on_grid(coarse), world.seconds(nominal)
    times = coarse[:, None] + ways.flight_s                              # (c, m) s after the nominal liftoff
    at, back = np.unique(times.round(6), return_inverse=True)
    found: list[Near] = []
    met = failed = 0
    for i in range(0, len(kept), CHUNK):
        progress(i / len(kept))
        chunk = kept[i:i + CHUNK]
        states, bad = states_of([sat for _, sat, _, _ in chunk], world, start_s + at)
        failed += int(bad.any(axis=1).sum())
        for (listed, sat, kind, reach), rows in zip(chunk, states, strict=True):
            away = rows[back.reshape(times.shape)] - ship
            wide = reach + FASTEST_M_S * COARSE_S / 2
            may = may_meet(away[..., :3], away[..., 3:], STEP_S / 2, wide)
            if may.any():
                met += 1
                near = _by_second(listed, sat, kind, reach, coarse, may, slips_s, ways, nominal)
                found += [near] if np.isfinite(near.nearest_m).any() else []
    return found, (len(objects), len(kept), met), failed


def _by_second(listed: Listed, sat: Satrec, kind: str, reach_m: float, coarse: FloatArray, may: np.ndarray,
               slips_s: FloatArray, ways: Ways, nominal: Epoch) -> Near:
    """The nearest places of one object for every second around the coarse liftoffs where it may come near."""
    since_s = nominal - epoch_of(sat)
    nearest, when = np.full(len(slips_s), np.inf), np.full(len(slips_s), np.nan)
    group = np.argmin(np.abs(slips_s[:, None] - coarse), axis=1)
    which, step = np.nonzero(may[group])                                 # slip, flight sample
    x, t0 = slips_s[which], ways.flight_s[step]
    away = _object(sat, since_s, x + t0) - ways.at(x, t0)
    good = may_meet(away[:, :3], away[:, 3:], STEP_S / 2, reach_m)
    which, x, t0 = which[good], x[good], t0[good]
    t, first, last = t0.copy(), ways.flight_s[0], ways.flight_s[-1]
    for _ in range(8):
        away = _object(sat, since_s, x + t) - ways.at(x, t)
        step_s = -np.sum(away[:, :3] * away[:, 3:], axis=1) / np.maximum(np.sum(away[:, 3:] ** 2, axis=1), 1e-9)
        t = np.clip(t + np.clip(step_s, -STEP_S, STEP_S), np.maximum(first, t0 - STEP_S),
                    np.minimum(last, t0 + STEP_S))
    away = _object(sat, since_s, x + t) - ways.at(x, t)
    miss = np.linalg.norm(away[:, :3], axis=1)
    for k, m, at in zip(which, miss, t, strict=True):
        if m <= reach_m and m < nearest[k]:
            nearest[k], when[k] = m, at
    return Near(listed, kind, nearest, when, since_s / DAY_S)


def _object(sat: Satrec, since_s: float, after_s: FloatArray) -> FloatArray:
    """States (n, 6) TEME, m, so long after the nominal liftoff; far away where SGP4 gives up."""
    fault, place_km, speed_km_s = sat.sgp4_array(np.full(len(after_s), sat.jdsatepoch),
                                                 sat.jdsatepochF + (after_s + since_s) / DAY_S)
    out = np.concatenate([place_km, speed_km_s], axis=1) * 1000.0
    out[fault != 0] = 1e9
    return np.asarray(out)


def _cuts(near: Near, nominal: Epoch, slips_s: FloatArray, keep_out: KeepOut, insertion_s: float, period: float
          ) -> list[CutOut]:
    """Stretches of slips for which an object comes nearer than its limit."""
    limit = keep_out.limit_m(near.kind)
    edges = np.flatnonzero(np.diff(np.r_[0, (near.nearest_m < limit).astype(int), 0]))
    out = []
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        worst = a + int(np.argmin(near.nearest_m[a:b]))
        flight = float(near.flight_s[worst])
        out.append(CutOut(near.listed.number, near.listed.name, near.kind, limit, float(slips_s[a]),
                          float(slips_s[b - 1]), float(near.nearest_m[worst]), float(slips_s[worst]),
                          nominal + (float(slips_s[worst]) + flight), int((flight - insertion_s) // period) + 1,
                          near.age_days))
    return out
