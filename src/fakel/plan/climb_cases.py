"""Climbs that go otherwise than planned: one or a thousand, by the function that flies one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
from scipy.special import bdtr

from fakel.guidance.ascent import Steering
from fakel.model.arrays import FloatArray
from fakel.model.climb import AscentRun, AscentSpread, LeftIn
from fakel.model.dice import dice
from fakel.model.dispersions import Figure
from fakel.model.launcher import AscentErrors, EngineOut, Launcher
from fakel.model.place import Site
from fakel.model.wind import Wind
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.plan.ascent import INSERTED, Climb, fly_steered, itrf_from_launch
from fakel.plan.climb_told import aimed_at, left_in, off_plane_rad

NEAR_M, NEAR_RAD = 6000.0, float(np.radians(0.05))
WIND_STEP_M = 1000.0
MISSED = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What the climbs differ from. mean: a wind that blows in all of them. fails: an engine lost in all of them."""

    launcher: Launcher
    pad: Site
    payload_kg: float
    steering: Steering
    spread: AscentSpread
    mean: Wind | None = None
    fails: EngineOut | None = None

    @property
    def aim(self) -> LeftIn:
        return aimed_at(self.steering.orbit)


def errors_of(seed: int, run: int, case: Case) -> AscentErrors:
    """What a run is off by: always the same for the same seed and run."""
    rng, spread, stages = dice(seed, run, "ascent"), case.spread, len(case.launcher.stages)
    thrust, isp, load = rng.standard_normal((3, stages))
    drag = float(rng.standard_normal())
    heights, factor = _winds(spread.wind_scale_m, spread.wind_top_m)
    east, north = (spread.wind_m_s * (factor @ part) for part in rng.standard_normal((2, len(heights))))
    if case.mean is not None:
        east = east + np.interp(heights, case.mean.height_m, case.mean.east_m_s)
        north = north + np.interp(heights, case.mean.height_m, case.mean.north_m_s)
    return AscentErrors(tuple((spread.thrust_share * thrust).tolist()), tuple((spread.isp_share * isp).tolist()),
                        tuple((spread.load_share * load).tolist()), spread.drag_share * drag,
                        Wind(f"run {run}", tuple(heights.tolist()), tuple(east.tolist()), tuple(north.tolist())))


@lru_cache(maxsize=4)
def _winds(scale_m: float, top_m: float) -> tuple[FloatArray, FloatArray]:
    """Heights and the Cholesky factor of winds that keep together over scale_m."""
    heights = np.arange(0.0, top_m + WIND_STEP_M / 2, WIND_STEP_M)
    apart = (heights[:, None] - heights[None, :]) / scale_m
    return heights, np.linalg.cholesky(np.exp(-0.5 * apart**2) + 1e-6 * np.eye(len(heights)))


def fly_one(seed: int, run: int, case: Case) -> tuple[AscentRun, Climb]:
    """One climb without its rows."""
    flown = fly_steered(case.launcher, case.pad, case.payload_kg, case.steering, errors=errors_of(seed, run, case),
                        fails=case.fails, rows=False)
    return told(run, flown, case), flown


def told(run: int, flown: Climb, case: Case) -> AscentRun:
    """What a climb came to."""
    aim, left = case.aim, left_in(flown.state[:3], flown.state[3:6])
    fixed, _ = itrf_from_launch(np.array([flown.cutoff_s]), flown.state[None, :3], flown.state[None, 3:6])
    off = off_plane_rad(flown.state, case.steering.orbit.normal)
    low_m, high_m = left.perigee_m - aim.perigee_m, left.apogee_m - aim.apogee_m
    within = max(abs(low_m), abs(high_m)) <= NEAR_M and off <= NEAR_RAD
    return AscentRun(run, flown.ending, within, flown.propellant_left_kg, flown.cutoff_s,
                     float(geodetic_from_itrf(fixed[0])[2]), float(np.linalg.norm(flown.state[3:6])), low_m, high_m,
                     left.inclination_rad, off, flown.trouble)


def fly_cases(case: Case, seed: int, runs: Sequence[int], jobs: int) -> Iterator[tuple[AscentRun, Climb]]:
    """Runs by their numbers, in order, each as it ends; compiled parts of several go on at once."""
    if jobs <= 1:
        for run in runs:
            yield fly_one(seed, run, case)
        return
    pool = ThreadPoolExecutor(jobs)
    numbers = iter(runs)
    waiting: deque[Future[tuple[AscentRun, Climb]]] = deque()
    try:
        waiting.extend(pool.submit(fly_one, seed, run, case) for run in islice(numbers, 4 * jobs))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(fly_one, seed, run, case) for run in islice(numbers, 1))
            yield done
    finally:
        pool.shutdown(cancel_futures=True)               # who breaks off does not wait for the rest


def failed(run: AscentRun) -> bool:
    """Whether its crew had to come home: a ship whose tanks ran dry near enough to its orbit stays in it."""
    return run.ending != INSERTED and not run.within


def quantile(values: FloatArray, share: float) -> Figure:
    """The smallest value that a share of values (n,) does not exceed, with its 95 % interval between two of them.

    How many of n lie below the true quantile is binomial, whatever the spread looks like (David & Nagaraja 2003, Order
    Statistics, sect. 7.1): 2.5 % at most to each side, without end where n cannot bound it.
    """
    ordered, n = np.sort(values), len(values)
    below = bdtr(np.arange(n), n, share)                 # that k of them at most lie below it
    low = int(np.searchsorted(below, MISSED / 2, side="right"))
    high = int(np.searchsorted(below, 1.0 - MISSED / 2)) + 1
    return Figure(float(np.quantile(values, share, method="inverted_cdf")),
                  float(ordered[low - 1]) if low else -np.inf, float(ordered[high - 1]) if high <= n else np.inf)
