"""What a pinhole camera sees, written again in another language than the page's: places, the Sun, pixels, daylight."""

from __future__ import annotations

from typing import Any

import erfa
import numpy as np

from fakel.model.epoch import Epoch

AU_M = 149_597_870_700.0
EQUATOR_M, POLE_M = 6_378_137.0, 6_356_752.314


def sun_m(epoch: Epoch) -> np.ndarray:
    """From the middle of the Earth (3,), GCRF, by ERFA's fit to VSOP2000; aberration is 0.2 pixels here."""
    day, fraction = epoch.mjd_tt
    earth, _ = erfa.epv00(2_400_000.5 + day, fraction)
    return -earth["p"] * AU_M


def axes(stat: dict[str, Any]) -> np.ndarray:
    """Rows right, up and back of the page's camera, from its quaternion (x, y, z, w)."""
    x, y, z, w = stat["turn"]
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)],
                     [2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)],
                     [2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)]])


def pixel(target_m: np.ndarray, stat: dict[str, Any], width: float, height: float) -> np.ndarray:
    """Pixel (2,) of a place, from the upper left corner; NaN behind the camera."""
    x, y, z = axes(stat) @ (target_m - np.array(stat["eye_m"]))
    if z >= 0:
        return np.array([np.nan, np.nan])
    scale = height / 2 / np.tan(np.radians(stat["field_deg"]) / 2)
    return np.array([width / 2 - scale * x / z, height / 2 + scale * y / z])


def ground(stat: dict[str, Any], sun: np.ndarray, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """For each pixel (height, width): whether it looks at the ellipsoid, and the sine of the Sun's height there.

    The ellipsoid's axis is taken along the z axis of GCRF, 0.1 deg off at most.
    """
    scale = height / 2 / np.tan(np.radians(stat["field_deg"]) / 2)
    across, down = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    rays = np.stack([(across - width / 2) / scale, (height / 2 - down) / scale, -np.ones_like(across)], -1) @ axes(stat)
    squeeze = np.array([1.0, 1.0, EQUATOR_M / POLE_M])
    eye, way = np.array(stat["eye_m"]) * squeeze, rays * squeeze
    a, b, c = (way * way).sum(-1), way @ eye, eye @ eye - EQUATOR_M**2
    root = b * b - a * c
    hit = (root > 0) & (b < 0)
    away = (-b - np.sqrt(np.maximum(root, 0.0))) / a
    normal = (eye + away[..., None] * way) * squeeze
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    return hit, normal @ (sun / np.linalg.norm(sun))
