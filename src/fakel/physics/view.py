"""What a camera sees: whether points lie in its picture, whether something stands before them, what is behind them.

Camera axes: x along the line of sight, y to the right of the picture, z down. Metres, radians.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.blockage import Body, between, hit


def aimed(points_m: FloatArray, turn_rad: float) -> FloatArray:
    """Points (n, 3) in the axes of a camera that is turned towards their middle: first sideways, then up or down, each
    by turn_rad at most. Points from the camera, in the axes that it has when it is not turned."""
    points = np.asarray(points_m, dtype=float)
    pan = _middle(np.arctan2(points[:, 1], points[:, 0]), turn_rad)
    x, y = (np.cos(pan) * points[:, 0] + np.sin(pan) * points[:, 1],
            np.cos(pan) * points[:, 1] - np.sin(pan) * points[:, 0])
    tilt = _middle(np.arctan2(points[:, 2], x), turn_rad)
    return np.stack([np.cos(tilt) * x + np.sin(tilt) * points[:, 2], y,
                     np.cos(tilt) * points[:, 2] - np.sin(tilt) * x], axis=1)


def _middle(angles_rad: FloatArray, most_rad: float) -> float:
    return float(np.clip((angles_rad.min() + angles_rad.max()) / 2, -most_rad, most_rad))


def in_picture(points_m: FloatArray, across_rad: float, down_rad: float, turn_rad: float) -> bool:
    """Whether all points (n, 3) lie in the picture of a camera aimed at them (see ``aimed``)."""
    x, y, z = aimed(points_m, turn_rad).T
    return bool(np.all((x > 0.0) & (np.abs(y) <= x * np.tan(across_rad / 2)) & (np.abs(z) <= x * np.tan(down_rad / 2))))


def hidden(camera_m: FloatArray, points_m: FloatArray, bodies: Sequence[Body]) -> bool:
    """Whether a solid stands between a camera (3,) and any of the points (n, 3)."""
    start = np.tile(np.asarray(camera_m, dtype=float), (len(points_m), 1))
    return any(bool(between(start, np.asarray(points_m, dtype=float), body).any()) for body in bodies)


def before_earth(camera_m: FloatArray, points_m: FloatArray, dip_rad: float, bodies: Sequence[Body]) -> bool:
    """Whether the Earth is behind all of the points (n, 3) as a camera (3,) sees them, and no solid.

    LVLH axes, z down. dip_rad: of the horizon below the horizontal.
    """
    rays = np.asarray(points_m, dtype=float) - camera_m
    below = np.arcsin(np.clip(rays[:, 2] / np.linalg.norm(rays, axis=1), -1.0, 1.0))
    return bool(np.all(below > dip_rad)) and not any(
        bool(hit(np.asarray(camera_m, dtype=float), rays, body).any()) for body in bodies)


def horizon_dip_rad(distance_m: FloatArray, radius_m: float) -> FloatArray:
    """How far below the horizontal the horizon of a sphere lies, seen from a distance (n,) from its centre."""
    return np.asarray(np.arccos(np.clip(radius_m / np.asarray(distance_m, dtype=float), -1.0, 1.0)))
