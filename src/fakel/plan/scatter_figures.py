"""What many landings say together, and how sure that is."""

from __future__ import annotations

import math

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.dice import dice
from fakel.model.dispersions import Figure

SHARES = (0.5, 0.9, 0.95, 0.997)
RESAMPLES, Z95 = 400, 1.959964


def radius(from_zone_m: FloatArray, share: float, seed: int) -> Figure:
    """The smallest distance that a share of distances (n,) does not exceed, with its bootstrap interval (Efron 1979).

    With fewer than about 3 / (1 - share) landings the outermost one stands for it: the interval is then too narrow.
    """
    picks = dice(seed, 0, f"radius {share}").integers(0, len(from_zone_m), (RESAMPLES, len(from_zone_m)))
    drawn = np.quantile(from_zone_m[picks], share, axis=1, method="inverted_cdf")
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(float(np.quantile(from_zone_m, share, method="inverted_cdf")), float(low), float(high))


def ellipse(east_m: FloatArray, north_m: FloatArray, share: float) -> tuple[float, float, float]:
    """Semi-axes (m) and bearing of the longer (rad from north over east) that hold a share of a normal spread with
    the covariance of landings (n,): the square root of chi-square with two degrees of freedom."""
    covariance = np.cov(np.stack([east_m, north_m]))
    size, axes = np.linalg.eigh(covariance)
    scale = math.sqrt(-2.0 * math.log(1.0 - share))
    short, long = scale * np.sqrt(np.clip(size, 0.0, None))
    return float(long), float(short), float(np.arctan2(axes[0, 1], axes[1, 1]) % np.pi)


def share_of(hits: int, of: int) -> Figure:
    """A share with its interval by Wilson 1927, which holds for none and for all too."""
    p, z2 = hits / of, Z95 * Z95
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 / (1 + z2 / of) * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return Figure(p, 0.0 if hits == 0 else middle - half, 1.0 if hits == of else middle + half)
