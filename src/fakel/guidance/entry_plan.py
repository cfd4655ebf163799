"""The command an entry starts with: one bank, and the instant of its reversal, that meet the zone."""

from __future__ import annotations

from collections.abc import Callable

from fakel.guidance.entry import Capsule, Command, Miss, predict, rolls_of
from fakel.model.arrays import FloatArray
from fakel.physics.entry import Air

CLOSE_M = 1.0
NEAR_S = 2.0


def nominal(t_s: float, y: FloatArray, size_rad: float, capsule: Capsule, air: Air, side: float = 0.0,
            near_s: float | None = None) -> tuple[Command, Miss, float]:
    """The command that holds a given size of bank and meets the side miss with its reversal, from separation on.

    Returns the command, its miss, and how far to the right of the middle of what can be reached the zone lies (m).
    Where the zone is out of reach the command holds its side to the end. side: 1 right first, -1 left first, 0 first
    towards the zone. near_s: about how long after t_s the reversal comes, where that is known; it saves half the work.
    """
    def command(side: float, reversal_s: float | None) -> Command:
        return Command(t_s, side * size_rad, reversal_s)

    def miss(given: Command) -> Miss:
        return predict(t_s, y, rolls_of(t_s, 0.0, given, capsule.roll_rate_rad_s), capsule, air)

    right, left = miss(command(1.0, None)), miss(command(-1.0, None))
    offset_m = -(right.right_m + left.right_m) / 2
    side = side or (1.0 if offset_m >= 0.0 else -1.0)
    furthest = right if side > 0.0 else left
    if not (left.right_m < 0.0 < right.right_m):
        return command(side, None), furthest, offset_m

    def aside_m(s: float) -> float:
        return miss(command(side, s)).right_m
    reversal_s = None if near_s is None else _close_root(aside_m, t_s + near_s)
    if reversal_s is None:
        reversal_s = _root(aside_m, t_s + 60.0, t_s + 900.0)
    best = command(side, reversal_s)
    return best, miss(best), offset_m


def _close_root(of: Callable[[float], float], near: float) -> float | None:
    """The same near a guess, by secants; None where they do not settle."""
    a, b = near, near + NEAR_S
    fa, fb = of(a), of(b)
    for _ in range(6):
        if abs(fb) < 0.1 * CLOSE_M:
            return b
        if fa == fb:
            return None
        a, fa, b = b, fb, b - fb * (b - a) / (fb - fa)
        if not abs(b - near) < 60.0:
            return None
        fb = of(b)
    return b if abs(fb) < 0.1 * CLOSE_M else None


def _root(of: Callable[[float], float], a: float, b: float) -> float:
    """Where a function changes sign between a and b, its value within a tenth of CLOSE_M (Illinois)."""
    fa, fb, c = of(a), of(b), a
    if fa * fb > 0.0:
        return a if abs(fa) < abs(fb) else b
    for _ in range(60):
        c = (a * fb - b * fa) / (fb - fa)
        fc = of(c)
        if abs(fc) < 0.1 * CLOSE_M or abs(b - a) < 1e-6:
            break
        if fc * fb < 0.0:
            a, fa = b, fb
        else:
            fa /= 2
        b, fb = c, fc
    return c
