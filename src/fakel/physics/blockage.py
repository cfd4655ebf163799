"""What an antenna sees past the solids of its craft: rays against cylinders and boxes. Body axes, metres, radians."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray

CLOCK_STEP_RAD, CONE_STEP_RAD = np.radians(2.5), np.radians(0.5)


class Body(NamedTuple):
    """A solid: centre (3,), half sides (3,) along the axes; round_: the index of a cylinder's axis, -1 for a box."""

    centre_m: FloatArray
    half_m: FloatArray
    round_: int


def hit(start_m: FloatArray, direction: FloatArray, body: Body) -> NDArray[np.bool_]:
    """Whether rays from (3,) along (n, 3) meet a solid; a start inside it counts."""
    low, high = _through(start_m, direction, body)
    return np.asarray((high >= low) & (high > 0.0))


def between(start_m: FloatArray, stop_m: FloatArray, body: Body) -> NDArray[np.bool_]:
    """Whether straight ways from (n, 3) to (n, 3) lead through a solid."""
    low, high = _through(start_m, stop_m - start_m, body)
    return np.asarray((high >= low) & (high > 0.0) & (low < 1.0))


def gap_m(points_m: FloatArray, body: Body) -> FloatArray:
    """How far points (n, 3) are from the surface of a solid; 0 inside it."""
    off = points_m - body.centre_m
    if body.round_ < 0:
        over = np.maximum(np.abs(off) - body.half_m, 0.0)
        return np.asarray(np.linalg.norm(over, axis=1))
    across = [k for k in range(3) if k != body.round_]
    ends = np.maximum(np.abs(off[:, body.round_]) - body.half_m[body.round_], 0.0)
    wall = np.maximum(np.linalg.norm(off[:, across], axis=1) - body.half_m[across[0]], 0.0)
    return np.asarray(np.hypot(ends, wall))


def _through(start_m: FloatArray, direction: FloatArray, body: Body) -> tuple[FloatArray, FloatArray]:
    """Where rays from (3,) or (n, 3) along (n, 3) enter and leave a solid, in lengths of direction."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        low, high = _slab(start_m, direction, body)
        if body.round_ >= 0:
            round_low, round_high = _round(start_m, direction, body)
            low, high = np.maximum(low, round_low), np.minimum(high, round_high)
    return low, high


def _slab(start_m: FloatArray, direction: FloatArray, body: Body) -> tuple[FloatArray, FloatArray]:
    """Where rays enter and leave the box, or the two end planes of a cylinder."""
    low, high = np.full(len(direction), -np.inf), np.full(len(direction), np.inf)
    for k in range(3) if body.round_ < 0 else (body.round_,):
        near, d = start_m[..., k] - body.centre_m[k], direction[:, k]
        a, b = (-body.half_m[k] - near) / d, (body.half_m[k] - near) / d
        still = np.abs(d) < 1e-15
        inside = np.abs(near) <= body.half_m[k]
        low = np.maximum(low, np.where(still, np.where(inside, -np.inf, np.inf), np.minimum(a, b)))
        high = np.minimum(high, np.where(still, np.where(inside, np.inf, -np.inf), np.maximum(a, b)))
    return low, high


def _round(start_m: FloatArray, direction: FloatArray, body: Body) -> tuple[FloatArray, FloatArray]:
    """Where rays enter and leave the round wall of a cylinder, taken as endless."""
    across = [k for k in range(3) if k != body.round_]
    p, d = (start_m - body.centre_m)[..., across], direction[:, across]
    a, b = np.sum(d * d, axis=1), np.sum(d * p, axis=1)
    c = np.sum(p * p, axis=-1) - body.half_m[across[0]] ** 2
    root = np.sqrt(b * b - a * c)
    missed = ~(root >= 0.0) & (a > 1e-15)
    along = a <= 1e-15
    low = np.where(missed, np.inf, np.where(along, np.where(c <= 0, -np.inf, np.inf), (-b - root) / a))
    high = np.where(missed, -np.inf, np.where(along, np.where(c <= 0, np.inf, -np.inf), (-b + root) / a))
    return low, high


def free_view(start_m: FloatArray, axis: FloatArray, zero: FloatArray, reach_rad: float, bodies: Sequence[Body]
              ) -> FloatArray:
    """Rows (m, 2): angle around the axis from zero (0 to 2 pi), and how far from the axis the view is free all the way,
    at most reach_rad. What lies free beyond the first solid does not count. 2.5 deg around, 0.5 deg away."""
    z = np.asarray(axis, dtype=float) / np.linalg.norm(axis)
    x = np.asarray(zero, dtype=float) - z * float(np.dot(z, zero))
    x /= np.linalg.norm(x)
    y = np.cross(z, x)
    clock = np.linspace(0.0, 2 * np.pi, round(2 * np.pi / CLOCK_STEP_RAD) + 1)
    cone = np.arange(0.0, np.pi + 1e-9, CONE_STEP_RAD)
    turn, tilt = np.meshgrid(clock, cone, indexing="ij")
    rays = (np.sin(tilt)[..., None] * (np.cos(turn)[..., None] * x + np.sin(turn)[..., None] * y)
            + np.cos(tilt)[..., None] * z).reshape(-1, 3)
    hidden = np.zeros(len(rays), bool)
    for body in bodies:
        hidden |= hit(np.asarray(start_m, dtype=float), rays, body)
    hidden = hidden.reshape(turn.shape)
    first = np.where(hidden.any(axis=1), np.argmax(hidden, axis=1), len(cone))
    free = np.where(first == 0, 0.0, cone[np.clip(first - 1, 0, len(cone) - 1)])
    free[-1] = free[0]
    return np.stack([clock, np.minimum(free, reach_rad)], axis=1)
