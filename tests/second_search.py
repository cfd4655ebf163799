"""A global search for the burns of a climb, by another method in another formulation.

Impulses are allowed at every instant of a fine grid inside all slots, as many as it likes. For impulses that act
linearly the least sum of norms is a convex problem; its dual is a primer vector's (Lawden 1963): make lambda b as large
as possible with |G_i' lambda| <= 1 at every instant. That is solved by a linear programme with cuts, so each round is
globally best over times, shares and directions at once. Slopes are differences of the full model along the path
flown last; rounds go on until the path arrives. Started from shares drawn at random, so that no round knows of ours.
No mean elements, no weights, one-burn-a-slot given up: what it finds may only be cheaper than any plan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from fakel.physics.frames import from_relative_rtn, relative_rtn, rtn_from_gcrf
from fakel.physics.propagate import coast
from fakel.plan.burns import Climb, open_slots
from fakel.plan.craft import cd_area_m2
from fakel.world import World

PLACE_M, SPEED_M_S = 1000.0, 1.0
STEP = np.array([20.0, 20.0, 20.0, 0.02, 0.02, 0.02])
GRID_S = 120.0
LONGEST_M_S = 60.0


@dataclass(frozen=True)
class Found:
    """The cheapest of some starts: total; miss in units of PLACE_M and SPEED_M_S; how many starts arrived."""

    total_m_s: float
    miss: float
    arrived: int
    totals: tuple[float, ...]


class Search:
    """One climb; dv (n, 3) holds an impulse in RTN at each of the grid's instants."""

    def __init__(self, climb: Climb, world: World) -> None:
        self.climb, self.world, self.area = climb, world, cd_area_m2(climb.ship)
        self.t0, self.t1 = world.seconds(climb.at), world.seconds(climb.aim)
        spans = [(low, high) for _, low, high in open_slots(climb)]
        self.slot = np.concatenate([np.full(self.count(*span), i) for i, span in enumerate(spans)])
        self.t = self.t0 + np.concatenate([np.linspace(low, high, self.count(low, high)) for low, high in spans])
        self.station = coast(climb.station_y, self.t0, self.t1, cd_area_m2(climb.station), world.field)
        self.goal = from_relative_rtn(np.r_[climb.profile.aim_rtn_m, climb.profile.aim_rate_rtn_m_s], self.station)

    @staticmethod
    def count(low: float, high: float) -> int:
        return max(1, round((high - low) / GRID_S) + 1)

    def path(self, dv: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """States (n, 7) just after each impulse, and the miss (6,)."""
        y, t, out = self.climb.ship_y, self.t0, []
        for at, push in zip(self.t, dv, strict=True):
            y = coast(y, t, float(at), self.area, self.world.field).copy()
            y[3:6] += rtn_from_gcrf(y[:3], y[3:6]).T @ push
            out.append(y)
            t = float(at)
        end = coast(y, t, self.t1, self.area, self.world.field)
        return np.array(out), self.scaled(end)

    def scaled(self, end: np.ndarray) -> np.ndarray:
        away = relative_rtn(end, np.r_[self.goal[:6]])
        return np.r_[away[:3] / PLACE_M, away[3:] / SPEED_M_S]

    def slopes(self, states: np.ndarray) -> np.ndarray:
        """d miss / d impulse (n, 6, 3) by differences, leg by leg from the end."""
        after, out = np.eye(6), np.zeros((len(self.t), 6, 3))
        for i in range(len(self.t) - 1, -1, -1):
            last = i == len(self.t) - 1
            stop = self.t1 if last else float(self.t[i + 1])
            leg = np.zeros((6, 6))
            for k in range(6):
                ends = []
                for sign in (1, -1):
                    y = states[i].copy()
                    y[k] += sign * STEP[k]
                    end = coast(y, float(self.t[i]), stop, self.area, self.world.field)
                    ends.append(self.scaled(end) if last else end[:6])
                leg[:, k] = (ends[0] - ends[1]) / (2 * STEP[k])
            after = after @ leg
            out[i] = after[:, 3:] @ rtn_from_gcrf(states[i, :3], states[i, 3:6]).T
        return out

    def cheapest(self, g: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """Impulses (n, 3) of the least sum of norms with sum G_i dv_i = wanted (6,)."""
        scale = 1 / np.abs(g).max(axis=(0, 2))
        g, wanted = g * scale[:, None], wanted * scale
        cuts = [g[:, :, k] * sign for k in range(3) for sign in (1, -1)]
        a, where = np.concatenate(cuts), np.tile(np.arange(len(g)), 6)
        units = np.concatenate([np.tile(np.eye(3)[k] * s, (len(g), 1)) for k in range(3) for s in (1, -1)])
        for _ in range(60):
            dual = linprog(-wanted, A_ub=a, b_ub=np.ones(len(a)), bounds=[(None, None)] * 6, method="highs")
            primer = np.einsum("nij,i->nj", g, dual.x)
            size = np.linalg.norm(primer, axis=1)
            bad = np.flatnonzero(size > 1 + 1e-6)
            if not len(bad):
                break
            u = primer[bad] / size[bad, None]
            a = np.concatenate([a, np.einsum("nij,nj->ni", g[bad], u)])
            where, units = np.concatenate([where, bad]), np.concatenate([units, u])
        share = -dual.ineqlin.marginals
        out = np.zeros((len(g), 3))
        np.add.at(out, where, share[:, None] * units)
        return out

    def best(self, starts: int, seed: int, total_m_s: float, rounds: int = 40) -> Found:
        """The cheapest end of some starts that share total_m_s at random among the slots, along track."""
        random, totals, least = np.random.default_rng(seed), [], (np.inf, np.inf)
        for _ in range(starts):
            parts = total_m_s * random.dirichlet(np.ones(self.slot[-1] + 1))
            dv = np.zeros((len(self.t), 3))
            for i, part in enumerate(parts):
                dv[random.choice(np.flatnonzero(self.slot == i)), 1] += part
            total, miss = self.settle(dv, rounds)
            if miss < 0.05:
                totals.append(total)
                least = min(least, (total, miss))
        return Found(*least, len(totals), tuple(totals))

    def settle(self, dv: np.ndarray, rounds: int) -> tuple[float, float]:
        """Rounds of the linear problem, in steps small enough for its slopes; then smaller ones on paths that arrive.

        The cheapest share is not unique, and whole rounds would go on jumping from one to another.
        """
        cost = np.inf
        for _ in range(rounds):
            step = self.step(dv)
            before, cost = cost, float(np.linalg.norm(dv + step, axis=1).sum())
            dv = dv + min(1.0, LONGEST_M_S / float(np.abs(step).sum())) * step
            if abs(cost - before) < 0.005:
                break
        dv = self.arriving(dv, 4)
        best = dv
        for _ in range(10):
            dv = self.arriving(dv + 0.3 * self.step(dv), 3)
            best = min(best, dv, key=lambda x: float(np.linalg.norm(x, axis=1).sum()))
        return float(np.linalg.norm(best, axis=1).sum()), float(np.linalg.norm(self.path(best)[1]))

    def step(self, dv: np.ndarray) -> np.ndarray:
        """From some impulses to the cheapest ones of the linear problem about their path."""
        states, miss = self.path(dv)
        g = self.slopes(states)
        return self.cheapest(g, np.einsum("nij,nj->i", g, dv) - miss) - dv

    def arriving(self, dv: np.ndarray, rounds: int) -> np.ndarray:
        """The impulses that there are, changed by as little as it takes to arrive."""
        for _ in range(rounds):
            states, miss = self.path(dv)
            ease = np.linalg.norm(dv, axis=1)[:, None, None]
            matrix = np.concatenate(self.slopes(states) * ease, axis=1)
            dv = dv - np.linalg.lstsq(matrix, miss, rcond=None)[0].reshape(-1, 3) * ease[:, 0]
        return dv
