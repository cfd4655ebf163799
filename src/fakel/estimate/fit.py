"""Batch least squares: the coast, its drag and sunlight, and the pushes in it, that pass nearest to given places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fakel.estimate.model_path import Unknowns, forecast_path, path_with_slopes
from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError, InputError
from fakel.physics.force import Forces
from fakel.physics.frames import rtn_from_gcrf
from fakel.physics.small_forces import EARTH_GM_M3_S2
from fakel.world import World

FIRST_S = 7200.0            # the state alone is fitted to so much of the arc before everything is fitted to all of it
NEAR_M = 20_000.0           # a first guess that stays so near is good enough to begin with everything
MOST_ROUNDS, HALVINGS = 15, 6
SETTLED_M, SETTLED = 1e-4, 1e-3     # a step that moves the path by less, in m and of what is left, is not taken
HOPELESS_M = 10_000.0       # rms above which no coast can be said to follow the places
OUTLIER_SIGMAS = 8.0        # of a robust sigma; far enough that a model's own error throws nothing out
MOST_OUTLIERS = 0.05
DRAG_SCATTER = 0.15
"""Relative error of a density model from one day to the next, where a fit cannot tell it itself (the models differ by
about so much: Vallado & Finkleman 2014, A critical assessment of satellite drag and atmospheric density modeling)."""
LEAST_SCATTER = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Orbit:
    """What a fit found.

    t0_s: world time of the state; y (7,) GCRF; unknowns: the scales and pushes, with where they begin. covariance
    (p, p) in the order of ``unknowns.names``, widened for residuals that are not independent. t_s (n,), residual_rtn_m
    (n, 3) given less fitted; used (n,) False for outliers. rms_m of the distances used.
    """

    t0_s: float
    y: FloatArray
    unknowns: Unknowns
    forces: Forces
    covariance: FloatArray
    t_s: FloatArray
    residual_rtn_m: FloatArray
    used: np.ndarray
    rms_m: float
    rounds: int

    @property
    def rms_rtn_m(self) -> FloatArray:
        return np.asarray(np.sqrt(np.mean(self.residual_rtn_m[self.used] ** 2, axis=0)))

    @property
    def sigmas(self) -> FloatArray:
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    @property
    def drag_forecast(self) -> tuple[float, float]:
        """Drag scale to go on with, and its honest sigma; without drag to be found, the given one and 0.

        The mean of the scales, each weighed by how well it is known and how much they scatter; its sigma is that
        scatter: the air of the next hours is no better known than that.
        """
        if not self.unknowns.drag:
            return self.unknowns.drag_scales[-1], 0.0
        scales, p = np.array(self.unknowns.drag_scales), self.sigmas[6:6 + len(self.unknowns.drag_scales)]
        scatter = float(np.std(scales, ddof=1)) if len(scales) > 1 else DRAG_SCATTER * abs(float(scales[0]))
        scatter = max(scatter, LEAST_SCATTER * abs(float(np.mean(scales))))
        weights = 1.0 / (p**2 + scatter**2)
        return float(np.sum(weights * scales) / np.sum(weights)), scatter


def fit_orbit(t_s: FloatArray, position_m: FloatArray, y: FloatArray, unknowns: Unknowns, forces: Forces,
              world: World, where: str, hopeless_m: float = HOPELESS_M) -> Orbit:
    """The orbit through places (n, 3) GCRF at world times t_s (n,), from a first guess y (7,) at t_s[0].

    Gauss-Newton with the partial derivatives of the path; steps that make it worse are halved. InputError with where
    when there are too few places, when it does not converge, or when no coast follows the places to hopeless_m.
    """
    p = len(unknowns.names)
    if 3 * len(t_s) < 2 * p:
        raise InputError(f"{where}: {len(t_s)} places are too few for {p} unknowns; give a longer span or fit less")
    flown = _flown(t_s, y, unknowns, forces, world)
    begun = _tried(flown, unknowns.values(y))
    if begun is None or _rms(position_m - begun[0]) > NEAR_M:
        y, begun = _near(t_s, position_m, y, unknowns, forces, world, where, hopeless_m), None
        flown = _flown(t_s, y, unknowns, forces, world)
    used = np.ones(len(t_s), bool)
    x, slopes, left, rounds = _solved(flown, unknowns.values(y), position_m, used, where, begun, hopeless_m)
    wild = _outliers(left)
    if wild.any():
        used = ~wild
        x, slopes, left, more = _solved(flown, x, position_m, used, where, hopeless_m=hopeless_m)
        rounds += more
    return _orbit(t_s, np.append(x[:6], y[6]), unknowns.with_values(x), forces, position_m - left, slopes, left, used,
                  rounds, where)


def forecast(orbit: Orbit, times_s: FloatArray, world: World) -> tuple[FloatArray, FloatArray]:
    """States (m, 6) GCRF after the fitted span, and covariances (m, 6, 6).

    In these are the fit's own covariance, the drag of the time ahead (see ``Orbit.drag_forecast``), and what the model
    leaves. Forces left out move an orbit ever farther, and a fit lays a level line through that slope: what it leaves,
    of a given rms, is sqrt(3) times as much at the end of the span, and grows on by twice that each further span.
    Accelerations that were fitted across track stand for tides, which half a day later are others: their whole push
    ahead counts: a in resonance moves a place by a t / 2n (the equation of Clohessy and Wiltshire across the orbit).
    """
    scale, sigma = orbit.drag_forecast
    states, slopes, ahead = forecast_path(orbit.y, orbit.t0_s, times_s, orbit.unknowns, orbit.forces, world.field,
                                          orbit.t_s[-1], scale)
    own = np.einsum("nip,pq,njq->nij", slopes, orbit.covariance, slopes)
    covariance = own + sigma**2 * np.einsum("ni,nj->nij", ahead, ahead)
    turn = rtn_from_gcrf(states[:, :3], states[:, 3:])
    ahead_s = np.maximum(times_s - orbit.t_s[-1], 0.0)[:, None]
    left_m = np.sqrt(3.0) * (1.0 + 2.0 * ahead_s / (orbit.t_s[-1] - orbit.t_s[0])) * orbit.rms_rtn_m
    if orbit.unknowns.empirical_m_s2:
        rate_rad_s = np.linalg.norm(states[:, 3:], axis=1) / np.linalg.norm(states[:, :3], axis=1)
        across_m_s2 = np.hypot(*orbit.unknowns.empirical_m_s2[2:])
        left_m[:, 2] = np.hypot(left_m[:, 2], across_m_s2 * ahead_s[:, 0] / (np.sqrt(8.0) * rate_rad_s))
    covariance[:, :3, :3] += np.einsum("nij,ni,nik->njk", turn, left_m**2, turn)
    return states, covariance


def _near(t_s: FloatArray, position_m: FloatArray, y: FloatArray, unknowns: Unknowns, forces: Forces, world: World,
          where: str, hopeless_m: float) -> FloatArray:
    """A better first guess (7,): the state alone, fitted to the first FIRST_S."""
    first = t_s <= max(t_s[0] + FIRST_S, t_s[min(5, len(t_s) - 1)])
    alone = replace(unknowns, drag_starts_s=(), drag_scales=unknowns.drag_scales[:1], radiation=False, pushes_s=(),
                    pushes_m_s=(), empirical_m_s2=(), drag=False)
    flown = _flown(t_s[first], y, alone, forces, world)
    x = _solved(flown, alone.values(y), position_m[first], np.ones(int(first.sum()), bool), where,
                hopeless_m=hopeless_m)[0]
    return np.append(x[:6], y[6])


Flown = Callable[[FloatArray], tuple[FloatArray, FloatArray]]


def _flown(t_s: FloatArray, y: FloatArray, unknowns: Unknowns, forces: Forces, world: World) -> Flown:
    def flown(x: FloatArray) -> tuple[FloatArray, FloatArray]:
        states, slopes = path_with_slopes(np.append(x[:6], y[6]), t_s[0], t_s, unknowns.with_values(x), forces,
                                          world.field)
        return states[:, :3], slopes[:, :3]
    return flown


def _solved(flown: Flown, x: FloatArray, wanted: FloatArray, used: np.ndarray, where: str,
            done: tuple[FloatArray, FloatArray] | None = None, hopeless_m: float = HOPELESS_M
            ) -> tuple[FloatArray, FloatArray, FloatArray, int]:
    """Values x (p,), slopes (n, 3, p), what is left (n, 3), rounds. done: path and slopes at x, where they are known.
    InputError when it does not converge."""
    done = done or _tried(flown, x)
    for rounds in range(1, MOST_ROUNDS + 1):
        if done is None:
            break
        slopes, left = done[1], wanted - done[0]
        a, before_m = slopes[used].reshape(-1, len(x)), _rms(left[used])
        size = np.maximum(np.linalg.norm(a, axis=0), 1e-30)
        step = np.linalg.lstsq(a / size, left[used].ravel(), rcond=1e-13)[0] / size
        moved_m = _rms((a @ step).reshape(-1, 3))
        if moved_m < SETTLED_M + SETTLED * before_m:
            if before_m > hopeless_m:
                raise InputError(f"{where}: no coast follows these places, {before_m / 1000:.0f} km are left; look "
                                 "for a burn in the span, or a wrong frame or time system")
            return x, slopes, left, rounds
        for _ in range(HALVINGS):
            done = _tried(flown, x + step)
            if done is not None and _rms((wanted - done[0])[used]) < before_m + 0.5 * moved_m:
                break
            done, step = None, step / 2
        x = x + step
    raise InputError(f"{where}: the fit does not converge; choose a shorter span or fewer unknowns, or look for a "
                     "burn, a wrong frame or a wrong time system")


def _tried(flown: Flown, x: FloatArray) -> tuple[FloatArray, FloatArray] | None:
    """Path and slopes, or None where the state cannot be flown."""
    try:
        path, slopes = flown(x)
    except (FlightError, ArithmeticError):
        return None
    return (path, slopes) if np.isfinite(path).all() and np.isfinite(slopes).all() else None


def _outliers(left: FloatArray) -> np.ndarray:
    """Places farther off than what most of them allow; never more than one in twenty."""
    distance = np.linalg.norm(left, axis=1)
    sigma = float(np.median(distance)) / 1.538       # the median of a 3-D normal distance is 1.538 sigma
    wild = distance > OUTLIER_SIGMAS * max(sigma, 1e-4)
    return wild if 0 < wild.mean() <= MOST_OUTLIERS else np.zeros(len(left), bool)


def _orbit(t_s: FloatArray, y: FloatArray, unknowns: Unknowns, forces: Forces, path: FloatArray, slopes: FloatArray,
           left: FloatArray, used: np.ndarray, rounds: int, where: str) -> Orbit:
    turn = rtn_from_gcrf(path, np.gradient(path, t_s, axis=0))
    rtn = np.einsum("nij,nj->ni", turn, left)
    covariance = _covariance(turn[used] @ slopes[used], rtn[used], t_s[used], path[0])
    return Orbit(float(t_s[0]), y, unknowns, forces, covariance, t_s, rtn, used, _rms(left[used]), rounds)


def _covariance(slopes: FloatArray, left: FloatArray, t_s: FloatArray, place_m: FloatArray) -> FloatArray:
    """Covariance (p, p) from the slopes (n, 3, p) and what is left (n, 3), both radial, along track and across.

    Each direction counts with its own variance and with how much its residuals repeat each other (a sandwich: White
    1980, Econometrica 48, 817).
    """
    n, _, p = slopes.shape
    size = np.maximum(np.linalg.norm(slopes.reshape(-1, p), axis=0), 1e-30)
    slopes = slopes / size
    inverse = np.linalg.pinv(np.einsum("nip,niq->pq", slopes, slopes), rcond=1e-20, hermitian=True)
    half_turn = int(np.pi * np.sqrt(np.linalg.norm(place_m) ** 3 / EARTH_GM_M3_S2) / np.median(np.diff(t_s)))
    share = 3 * n / max(3 * n - p, 1)
    weights = [share * float(np.mean(left[:, i] ** 2)) * _dependence(left[:, i], half_turn) for i in range(3)]
    covariance = inverse @ np.einsum("i,nip,niq->pq", weights, slopes, slopes) @ inverse / np.outer(size, size)
    return np.asarray((covariance + covariance.T) / 2)


def _dependence(left: FloatArray, half_turn: int) -> float:
    """By how much neighbouring residuals (n,) repeat each other: 1 + twice the sum of the sizes of their correlations,
    until these stay below chance for half a revolution. Sizes, as most unknowns swing with the orbit as the residuals
    do, so a correlation that changes its sign with them adds up all the same."""
    n, power = len(left), float(np.sum(left * left))
    if power == 0.0:
        return 1.0
    sizes = np.array([abs(float(np.sum(left[lag:] * left[:-lag]))) / power for lag in range(1, n // 2)])
    by_chance = 3.5 / np.sqrt(n)
    stop, quiet = len(sizes), 0
    for lag, size in enumerate(sizes):
        quiet = quiet + 1 if size < by_chance else 0
        if quiet > max(half_turn, 3):
            stop = lag - quiet + 1
            break
    return 1.0 + 2.0 * float(np.sum(sizes[:stop]))


def _rms(vectors: FloatArray) -> float:
    return float(np.sqrt(np.mean(np.sum(vectors * vectors, axis=-1)))) if len(vectors) else 0.0
