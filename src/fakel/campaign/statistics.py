"""What many flights say together, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.dice import dice

Z95 = 1.959964
RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its 95 % interval."""

    value: float
    low: float
    high: float


def share(hits: int, of: int) -> Figure:
    """A share with its interval by Wilson 1927, which is right for 0 and for all too."""
    if of == 0:
        return Figure(math.nan, 0.0, 1.0)
    p, z2 = hits / of, Z95 * Z95
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 / (1 + z2 / of) * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return Figure(p, 0.0 if hits == 0 else middle - half, 1.0 if hits == of else middle + half)


def sampled(values: FloatArray, of: Callable[[FloatArray], FloatArray], seed: int, purpose: str) -> Figure:
    """A statistic of values (n,) with its bootstrap interval (Efron 1979); of takes (m, n) and gives (m,)."""
    if len(values) == 0:
        return Figure(math.nan, math.nan, math.nan)
    picks = dice(seed, 0, f"bootstrap {purpose}").integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.percentile(of(values[picks]), [2.5, 97.5])
    return Figure(float(of(values[None])[0]), float(low), float(high))


def mean(values: FloatArray, seed: int, purpose: str) -> Figure:
    return sampled(values, lambda x: np.asarray(x.mean(axis=1)), seed, purpose)


def quantile(values: FloatArray, q: float, seed: int, purpose: str) -> Figure:
    """The smallest value that at least a share q of all does not exceed."""
    def of(x: FloatArray) -> FloatArray:
        return np.asarray(np.quantile(x, q, axis=1, method="inverted_cdf"))
    return sampled(values, of, seed, purpose)


def spread(rows: FloatArray, covariance: FloatArray, names: Sequence[str]) -> list[dict[str, float | str]]:
    """Standard deviation of each column of rows (n, k) beside that of a covariance (k, k)."""
    have = rows.std(axis=0, ddof=1) if len(rows) > 1 else np.full(rows.shape[1], math.nan)
    want = np.sqrt(np.diag(covariance))
    return [{"name": name, "covariance": float(w), "flown": float(h), "apart": float(h / w - 1.0) if w else math.nan}
            for name, w, h in zip(names, want, have, strict=True)]
