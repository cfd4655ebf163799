"""What many landings say together, and how sure that is."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import bdtr

from fakel.model.arrays import FloatArray
from fakel.model.dispersions import Figure

SHARES = (0.5, 0.9, 0.95, 0.997)
MISSED, Z95 = 0.05, 1.959964


def radius(from_zone_m: FloatArray, share: float) -> Figure:
    """The smallest distance that a share of distances (n,) does not exceed, with its 95 % interval between two of them.

    How many of n landings lie inside the true radius is binomial, whatever the spread looks like (David & Nagaraja
    2003, Order Statistics, sect. 7.1): 2.5 % to each side; where the outermost landing leaves more than that beyond
    it, the inner end gives up as much. It is infinite where n landings cannot bound it: fewer than ln 0.05 / ln share.
    """
    ordered, n = np.sort(from_zone_m), len(from_zone_m)
    below = bdtr(np.arange(n + 1), n, share)            # that so many of them at most lie inside the true radius
    outer = int(np.searchsorted(below[:n], 1 - MISSED / 2)) + 1
    beyond = 1 - below[n - 1] if outer > n else MISSED / 2
    high_m = math.inf if beyond > MISSED else float(ordered[min(outer, n) - 1])
    inner = int(np.searchsorted(below, MISSED / 2 if math.isinf(high_m) else MISSED - beyond, side="right"))
    value_m = float(np.quantile(from_zone_m, share, method="inverted_cdf"))
    return Figure(value_m, float(ordered[inner - 1]) if inner else 0.0, high_m)


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
