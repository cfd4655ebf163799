"""Search the waypoints of the three hops (table ``_HOPS`` of guidance/proximity.py) for each direction of a port.

    python benchmarks/hops.py [down up aft forward] [--tries N] [--seed S]

Everything in the linear equations, from the profiles' aim point, as ``plan.hops`` judges a way: a hop's impulse is
half done, or the last one; the covariance is that of the mission's own filter at the aim point or, from hop 2, of one
radar fix, and of the impulse. The cheapest ways are sought among those that stay clear with three sigma. First line:
the way that is shipped, judged in the same manner.
"""

from __future__ import annotations

import argparse

import numpy as np

from fakel.campaign.rendezvous import case_of, spreads
from fakel.guidance import proximity
from fakel.guidance.proximity import FLYAROUND_FROM_M, Way, hops, hops_through
from fakel.load.library import Library
from fakel.load.mission import load_mission, mission_path
from fakel.model.arrays import FloatArray
from fakel.model.navigation import Navigation
from fakel.plan.hops import HopJudge
from fakel.plan.start import mission_world

PORTS = {"down": (-1, 0), "up": (1, 0), "aft": (0, -1), "forward": (0, 1)}
AIM = np.array([-1500.0, -2500.0, 0.0, 0.3, 2.0, 0.0])
RATE_RAD_S = 1.13e-3
STEPS = np.array([120.0, 120.0, 120.0, 120.0, 12.0])


def ways(x: FloatArray) -> tuple[Way, ...]:
    """Through two places (R, T) m, and FLYAROUND_FROM_M away at an angle (deg) from nadir towards forward."""
    angle = np.radians(x[4])
    third = FLYAROUND_FROM_M * np.array([-np.cos(angle), np.sin(angle), 0.0])
    return hops_through(np.array([*x[:2], 0.0]), np.array([*x[2:4], 0.0]), third)


def search(judge: HopJudge, start: FloatArray, tries: int, dice: np.random.Generator) -> FloatArray:
    """Steps about the best so far, that grow smaller."""
    best, least = start, judge.value(AIM, ways(start))
    for i in range(tries):
        x = best + 0.5 ** (8.0 * i / tries) * dice.choice([1.0, 3.0]) * dice.normal(size=5) * STEPS
        if (found := judge.value(AIM, ways(x))) < least:
            best, least = x, found
    return best


def told(port: str, which: str, judge: HopJudge, through: tuple[Way, ...]) -> None:
    """One line: the table's numbers, cost, least distances with three sigma."""
    cost, worst = judge.of(AIM, through)
    third = through[-1].position_m
    numbers = [*through[0].position_m[:2], *through[1].position_m[:2], np.degrees(np.arctan2(third[1], -third[0]))]
    print(f"{port:8} {which:8} {', '.join(f'{v:.0f}' for v in numbers):32} {cost:6.2f} m/s  "
          + "  ".join(f"{name} {v:.0f} m" for name, v in worst.items()), flush=True)


def main() -> None:
    """The shipped way and the one found, for each direction that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ports", nargs="*", default=list(PORTS))
    parser.add_argument("--tries", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    navigation: Navigation = Library().find(Navigation, "soyuz-2013", "hops")
    mission = load_mission(mission_path("sochi-torch"))
    case = case_of(mission, mission_world(mission), navigation, mission.seed)
    judge = HopJudge(navigation, list(spreads(case).values())[-1].error, RATE_RAD_S)
    for port in args.ports:
        first, second, angle = proximity._HOPS[PORTS[port]]
        told(port, "shipped", judge, hops(np.array([*PORTS[port], 0.0])))
        told(port, "found", judge, ways(search(judge, np.array([*first, *second, angle]), args.tries,
                                               np.random.default_rng(args.seed))))


if __name__ == "__main__":
    main()
