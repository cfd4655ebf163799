"""Two objects that pass each other fast: when, how near, and how probably they touch.

The probability is that of Foster and Estes (1992, A parametric analysis of orbital debris collision probability and
maneuver rate for space vehicles, NASA JSC-25898): while they pass, both move straight and their covariances stand
still, so only the plane across the relative velocity counts; there the Gaussian of the miss is integrated over the disc
of both radii. One of the two integrals is an error function, the other is summed by Gauss and Legendre.
"""

from __future__ import annotations

import math

import numpy as np

from fakel.model.arrays import FloatArray

NODES = 200
_erf = np.vectorize(math.erf, otypes=[float])


def encounter_plane(miss_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """Unit vectors (2, 3) across the relative velocity (3,), the first along the miss (3,) as far as it lies across."""
    along = velocity_m_s / np.linalg.norm(velocity_m_s)
    first = miss_m - (miss_m @ along) * along
    if np.linalg.norm(first) < 1e-9:
        first = np.cross(along, np.eye(3)[int(np.argmin(np.abs(along)))])
    first = first / np.linalg.norm(first)
    return np.stack([first, np.cross(along, first)])


def foster(miss_m: FloatArray, velocity_m_s: FloatArray, covariance_m2: FloatArray, radius_m: float) -> float:
    """Probability that two objects come nearer than radius_m, the sum of their radii.

    miss_m, velocity_m_s (3,): second minus first where they are nearest; covariance_m2 (3, 3): the sum of both, in the
    same axes. A covariance without extent across the velocity gives 0 or 1.
    """
    plane = encounter_plane(miss_m, velocity_m_s)
    values, axes = np.linalg.eigh(plane @ covariance_m2 @ plane.T)
    centre = axes.T @ plane @ miss_m
    if values[0] <= 1e-12:
        return float(np.linalg.norm(miss_m) < radius_m)
    (sx, sy), (mx, my) = np.sqrt(values), centre
    x, weight = np.polynomial.legendre.leggauss(NODES)
    low, high = max(-radius_m, mx - 8.0 * sx), min(radius_m, mx + 8.0 * sx)
    if low >= high:
        return 0.0
    first, last = math.asin(low / radius_m), math.asin(high / radius_m)         # x = R sin(turn): no root at the rim
    turn, weight = (first + last) / 2 + (last - first) / 2 * x, (last - first) / 2 * weight
    x, half = radius_m * np.sin(turn), radius_m * np.cos(turn)
    root = math.sqrt(2.0) * sy
    across = 0.5 * (_erf((half - my) / root) + _erf((half + my) / root))
    density = np.exp(-0.5 * ((x - mx) / sx) ** 2) / (math.sqrt(2.0 * math.pi) * sx)
    return float(np.sum(weight * half * density * across))


def may_meet(miss_m: FloatArray, velocity_m_s: FloatArray, half_s: float, near_m: float) -> FloatArray:
    """Whether relative states (…, 3) may come nearer than near_m within half_s to either side: (…,) bool.

    Straight on, with what gravity bends both in that time on top (at most 2 x 9.5 m/s2).
    """
    speed2 = np.maximum(np.sum(velocity_m_s**2, axis=-1), 1e-9)
    at_s = np.clip(-np.sum(miss_m * velocity_m_s, axis=-1) / speed2, -half_s, half_s)
    away = np.linalg.norm(miss_m + at_s[..., None] * velocity_m_s, axis=-1)
    return np.asarray(away <= near_m + 9.5 * half_s**2)
