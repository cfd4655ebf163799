"""What a way of hops costs and how near its failed hops come with three sigma: by this the table of
``guidance.proximity`` is searched (``benchmarks/hops.py``) and tested.

Everything in the linear equations: a hop's impulse is half done, or the last. The covariance where a drift begins is
that of what is known at the aim point, or, from hop 2 on, of one radar fix; and of the impulse.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.guidance.proximity import Way
from fakel.model.arrays import FloatArray
from fakel.model.navigation import Navigation
from fakel.physics.relative import transition, velocity_to_reach
from fakel.physics.spread import place_rows, reach_m
from fakel.plan.drift_errors import burn_spread, knowledge_spread
from fakel.plan.proximity import SPHERE_M

CLEAR_M = SPHERE_M + 5.0
"""What three sigma must leave in the linear equations: the air and the station's own orbit take some metres."""
SIGMAS, ROW_S, HOURS = 3.0, 150.0, 4.0
DEAR_M_S_M = 0.1
"""So much is a metre of clearance worth that is missing: more than any way to it costs."""


class HopJudge:
    """What a way costs and how near its drifts come. known (6, 6), RTN: of what is known at the aim point."""

    def __init__(self, navigation: Navigation, known: FloatArray, rate_rad_s: float) -> None:
        self.navigation, self.known, self.rate_rad_s = navigation, known, rate_rad_s
        self.rows = place_rows(rate_rad_s, ROW_S * np.arange(int(HOURS * 3600.0 / ROW_S) + 1))

    def of(self, aim: FloatArray, ways: Sequence[Way]) -> tuple[float, dict[str, float]]:
        """Sum of the hops' impulses and the speed left after them (m/s), and by case the least distance with three
        sigma (m)."""
        state, cost, at_s, worst = aim, 0.0, 0.0, {}
        for i, way in enumerate(ways):
            wanted = velocity_to_reach(self.rate_rad_s, state[:3], way.position_m, way.t_s - at_s)
            dv = wanted - state[3:]
            cost += float(np.linalg.norm(dv))
            before = self.known if i == 0 else knowledge_spread(self.navigation, state[:3], self.rate_rad_s)
            for share, case in ((0.5, "half"), (1.0, "done")):
                after = before + burn_spread(self.navigation.execution, share * dv, True)
                worst[f"{way.leg} {case}"] = self._near_m(np.r_[state[:3], state[3:] + share * dv], after)
            state = transition(self.rate_rad_s, way.t_s - at_s) @ np.r_[state[:3], wanted]
            at_s = way.t_s
        return cost + float(np.linalg.norm(state[3:])), worst

    def value(self, aim: FloatArray, ways: Sequence[Way]) -> float:
        """What is to be least: the cost, and dearly what clearance is missing."""
        cost, worst = self.of(aim, ways)
        return cost + DEAR_M_S_M * max(0.0, CLEAR_M - min(worst.values()))

    def _near_m(self, state: FloatArray, covariance: FloatArray) -> float:
        places = self.rows @ state
        away = np.linalg.norm(places, axis=1)
        return float((away - SIGMAS * reach_m(self.rows, covariance, places / away[:, None])).min())
