"""Which burns take a ship to its place beside a station, for the least delta-v, shared sensibly.

First ``split`` finds times and vectors of impulses on mean elements; then ``correct`` changes the vectors as little
as it can until a flight in the full model, with burns that last, arrives. Of all burns that arrive, split takes the
least sum of weight * sqrt(dv^2 + SHARE^2): near the sum of norms, but strictly convex, so that burns which cost the
same are shared instead of being left to round-off. The sum has one term for each burn, so its rest, solved again on
the way, gives the same burns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fakel.guidance.mean import INCLINATION, NODE, PHASE, A, apart_m, drift, kicked, rates_rad_s
from fakel.model.arrays import FloatArray

SHARE_M_S = 4.0
TIME_WEIGHT_S = 250.0          # moving a burn by so much counts like 1 m/s: keeps slots near where they were
LONGEST_MOVE_S = 300.0
LONGEST_STEP_M_S = 40.0
ROUNDS = 40
FEWEST = 3                     # two impulses can meet six conditions, but not in every geometry
_DV_STEP, _TIME_STEP = 0.05, 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Transfer:
    """From mean elements start (6,) at t0_s to goal (6,) at t1_s.

    turn_rad: the phase to be gained is counted in the turn around it; elements do not know how many laps it is.
    """

    start: FloatArray
    t0_s: float
    goal: FloatArray
    t1_s: float
    turn_rad: float = 2 * np.pi / 3


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Impulses: times (k,), vectors (k, 3) in RTN, slopes of the end (6, k, 3) in m per m/s, miss_m of the model."""

    t_s: FloatArray
    dv_m_s: FloatArray
    slopes: FloatArray
    miss_m: float

    @property
    def total_m_s(self) -> float:
        return float(np.linalg.norm(self.dv_m_s, axis=1).sum())


def split(transfer: Transfer, low_s: FloatArray, high_s: FloatArray, weight: FloatArray, smallest_m_s: float,
          free: FloatArray | None = None) -> Split:
    """Impulses of least cost, each between low_s and high_s (k,); those under smallest_m_s are left out (zero).

    free (k, 3): 1 for each component that may be chosen, 0 for one that stays zero; all by default.
    Never fewer than FEWEST remain. miss_m tells how nearly the end is reached (1 m, or not at all); the caller judges.
    """
    t_s, live = (low_s + high_s) / 2, np.ones(len(low_s), dtype=bool)
    free = np.ones((len(low_s), 3)) if free is None else free
    dv = _seed(transfer, t_s) * free
    while True:
        t_s, dv = _descend(transfer, t_s, dv, (low_s, high_s), weight, live, free)
        size = np.where(live, np.linalg.norm(dv, axis=1), np.inf)
        weakest = int(np.argmin(size))
        if size[weakest] >= smallest_m_s or live.sum() <= FEWEST:
            end, slopes, _ = _linear(transfer, t_s, dv)
            slopes = slopes * free * live[None, :, None]
            return Split(t_s, dv, slopes, float(np.linalg.norm(end)))
        live[weakest] = False
        dv[weakest] = 0.0


def correct(fly: Callable[[FloatArray], FloatArray], dv: FloatArray, slopes: FloatArray, tolerance_m: float,
            rounds: int = 15) -> tuple[FloatArray, float]:
    """Change dv (k, 3) as little as possible until fly(dv) (6,), how far its end is from the goal in m, vanishes.

    slopes (6, k, 3): a first guess of the derivative, made better on the way (Broyden 1965). Returns dv and the miss
    that is left; it is the caller's to judge.
    """
    shape, x = dv.shape, dv.ravel()
    matrix = slopes.reshape(6, -1).copy()
    weight = np.repeat(np.sqrt((dv**2).sum(axis=1) + SHARE_M_S**2), 3)
    miss = fly(dv)
    best, least = x, float(np.linalg.norm(miss))
    for _ in range(rounds):
        if least < tolerance_m:
            break
        step = -weight * (matrix.T @ np.linalg.lstsq((matrix * weight) @ matrix.T, miss, rcond=1e-12)[0])
        step *= min(1.0, LONGEST_STEP_M_S / max(float(np.abs(step).max()), 1e-12))
        x = x + step
        now = fly(x.reshape(shape))
        if not np.isfinite(now).all():
            break
        matrix += np.outer(now - miss - matrix @ step, step) / (step @ step)
        miss = now
        if np.linalg.norm(miss) < least:
            best, least = x, float(np.linalg.norm(miss))
    return best.reshape(shape), least


def gap_rad(transfer: Transfer) -> float:
    """Phase that the ship still has to gain at t0_s, in the turn around transfer.turn_rad."""
    target = drift(transfer.goal, transfer.t0_s - transfer.t1_s)
    ahead = target[PHASE] - transfer.start[PHASE] + np.cos(target[INCLINATION]) * (target[NODE] - transfer.start[NODE])
    return float((ahead - transfer.turn_rad + np.pi) % (2 * np.pi) - np.pi + transfer.turn_rad)


def _seed(transfer: Transfer, t_s: FloatArray) -> FloatArray:
    """Two burns along track to a waiting height whose drift closes the phase, two more to the goal's."""
    a0_m, a1_m, k = transfer.start[A], transfer.goal[A], len(t_s)
    first, last = slice(0, max(1, k // 4)), slice(k - max(1, k // 4), k)
    m1_s, m2_s, gap = t_s[first].mean(), t_s[last].mean(), gap_rad(transfer)

    def pace(a_m: float) -> float:
        x = transfer.goal.copy()
        x[A] = a_m
        return float(rates_rad_s(x)[2])

    low_m, high_m = min(a0_m, a1_m) - 60e3, max(a0_m, a1_m) + 60e3
    for _ in range(50):
        wait_m = (low_m + high_m) / 2
        gained = (pace(a0_m) - pace(a1_m)) * (m1_s - transfer.t0_s) + (pace(wait_m) - pace(a1_m)) * (m2_s - m1_s)
        low_m, high_m = (wait_m, high_m) if gained > gap else (low_m, wait_m)
    dv, n = np.zeros((k, 3)), pace(a1_m)
    dv[first, 1] = n * (wait_m - a0_m) / 2 / max(1, k // 4)
    dv[last, 1] += n * (a1_m - wait_m) / 2 / max(1, k // 4)
    return dv


def _end(transfer: Transfer, t_s: FloatArray, dv: FloatArray) -> FloatArray:
    """How far from the goal (…, 6) impulses dv (…, k, 3) at t_s (…, k) end."""
    x, now = np.broadcast_to(transfer.start, (*dv.shape[:-2], 6)), np.full(dv.shape[:-2], transfer.t0_s)
    for k in range(dv.shape[-2]):
        x = kicked(drift(x, t_s[..., k] - now), dv[..., k, :])
        now = t_s[..., k]
    return apart_m(drift(x, transfer.t1_s - now), transfer.goal)


def _linear(transfer: Transfer, t_s: FloatArray, dv: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The end (6,), its slopes by dv (6, k, 3) and by time (6, k), from central differences."""
    k = len(t_s)
    dvs, times = np.tile(dv, (8 * k + 1, 1, 1)), np.tile(t_s, (8 * k + 1, 1))
    for i in range(3 * k):
        dvs[i, i // 3, i % 3] += _DV_STEP
        dvs[3 * k + i, i // 3, i % 3] -= _DV_STEP
    for i in range(k):
        times[6 * k + i, i] += _TIME_STEP
        times[7 * k + i, i] -= _TIME_STEP
    ends = _end(transfer, times, dvs)
    slopes = (ends[:3 * k] - ends[3 * k:6 * k]) / (2 * _DV_STEP)
    by_time = (ends[6 * k:7 * k] - ends[7 * k:8 * k]) / (2 * _TIME_STEP)
    return ends[-1], slopes.T.reshape(6, k, 3), by_time.T


def _descend(transfer: Transfer, t_s: FloatArray, dv: FloatArray, bounds: tuple[FloatArray, FloatArray],
             weight: FloatArray, live: np.ndarray, free: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Newton steps on the conditions, each to the least cost of the linear problem; times still in the last rounds."""
    t_s, dv, cost = t_s.copy(), dv.copy(), np.inf
    for i in range(ROUNDS):
        end, slopes, by_time = _linear(transfer, t_s, dv)
        if not np.isfinite(slopes).all():
            break
        slopes = slopes * free
        before, cost = cost, float(weight[live] @ np.sqrt((dv[live] ** 2).sum(axis=1) + SHARE_M_S**2))
        settled = abs(cost - before) < 0.002 and np.linalg.norm(end) < 1.0
        if settled and i > 3:
            break
        move = np.zeros((6, 0)) if i >= ROUNDS - 6 else by_time[:, live]
        new, later_s = _cheapest(end, slopes[:, live], move, dv[live], weight[live])
        step = new - dv[live]
        step *= min(1.0, LONGEST_STEP_M_S / max(float(np.abs(step).max()), 1e-12))
        dv[live] += step
        if later_s.size:
            t_s[live] += np.clip(later_s, -LONGEST_MOVE_S, LONGEST_MOVE_S)
            t_s = np.clip(t_s, *bounds)
    return t_s, dv


def _cheapest(end: FloatArray, slopes: FloatArray, by_time: FloatArray, dv: FloatArray, weight: FloatArray
              ) -> tuple[FloatArray, FloatArray]:
    """Vectors (k, 3) and delays (k,) that meet the linear conditions at least cost: least squares, weighted anew."""
    g = slopes.reshape(6, -1)
    wanted, x = g @ dv.ravel() - end, dv
    both = np.concatenate([g, by_time], axis=1)
    later_s = np.zeros(by_time.shape[1])
    for _ in range(12):
        ease = np.r_[np.repeat(np.sqrt((x**2).sum(axis=1) + SHARE_M_S**2) / weight, 3),
                     np.full(by_time.shape[1], TIME_WEIGHT_S**2)]
        z = ease * (both.T @ np.linalg.lstsq((both * ease) @ both.T, wanted, rcond=1e-12)[0])
        x, later_s = z[:g.shape[1]].reshape(-1, 3), z[g.shape[1]:]
    return x, later_s
