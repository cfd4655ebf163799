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
    right, left = sides(t_s, y, size_rad, capsule, air)
    offset_m = middle_m(right, left)
    side = side or (1.0 if offset_m >= 0.0 else -1.0)
    if not (left.right_m < 0.0 < right.right_m):
        return Command(t_s, side * size_rad, None), right if side > 0.0 else left, offset_m
    near = None if near_s is None else nominal_near(t_s, y, side * size_rad, near_s, capsule, air)
    if near is not None:
        return *near, offset_m
    tried: dict[float, Miss] = {}

    def aside_m(s: float) -> float:
        tried[s] = _held(t_s, y, Command(t_s, side * size_rad, s), capsule, air)
        return tried[s].right_m
    reversal_s = _root(aside_m, t_s + 60.0, t_s + 900.0)
    return Command(t_s, side * size_rad, reversal_s), tried[reversal_s], offset_m


def sides(t_s: float, y: FloatArray, size_rad: float, capsule: Capsule, air: Air) -> tuple[Miss, Miss]:
    """The misses of a bank held to the right all the way, and to the left."""
    right, left = (_held(t_s, y, Command(t_s, side * size_rad, None), capsule, air) for side in (1.0, -1.0))
    return right, left


def middle_m(right: Miss, left: Miss) -> float:
    """How far to the right of the middle between two sides the zone lies."""
    return -(right.right_m + left.right_m) / 2


def nominal_near(t_s: float, y: FloatArray, bank_rad: float, near_s: float, capsule: Capsule, air: Air,
                 close_m: float = 0.1 * CLOSE_M) -> tuple[Command, Miss] | None:
    """The command whose reversal, about near_s after t_s, meets the side miss within close_m; None where there is none
    so near."""
    tried: dict[float, Miss] = {}

    def aside_m(s: float) -> float:
        tried[s] = _held(t_s, y, Command(t_s, bank_rad, s), capsule, air)
        return tried[s].right_m
    reversal_s = _close_root(aside_m, t_s + near_s, close_m)
    return None if reversal_s is None else (Command(t_s, bank_rad, reversal_s), tried[reversal_s])


def _held(t_s: float, y: FloatArray, given: Command, capsule: Capsule, air: Air) -> Miss:
    """The miss of a command given where the capsule does not bank yet."""
    return predict(t_s, y, rolls_of(t_s, 0.0, given, capsule.roll_rate_rad_s), capsule, air)


def _close_root(of: Callable[[float], float], near: float, close_m: float) -> float | None:
    """Where a function changes sign near a guess, its value within close_m, by secants; None where they do not
    settle."""
    a, b = near, near + NEAR_S
    fa = of(a)
    if abs(fa) < close_m:
        return a
    fb = of(b)
    for _ in range(6):
        if abs(fb) < close_m:
            return b
        if fa == fb:
            return None
        a, fa, b = b, fb, b - fb * (b - a) / (fb - fa)
        if not abs(b - near) < 60.0:
            return None
        fb = of(b)
    return b if abs(fb) < close_m else None


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
