"""What lies between the rows of a flown table: peaks and passings, by the polynomial through the six nearest rows.

A table's rows are so close that what is smooth over six of them (2 s of a climb, 5 s of an entry) is found to 1 ms.
"""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray

NEAREST = 6


def peak_s(t_s: FloatArray, values: FloatArray) -> float:
    """When values (n,), told at t_s (n,), are highest; a row's own time where that is an end or a corner."""
    i = int(np.argmax(values))
    if i in (0, len(values) - 1):
        return float(t_s[i])
    slope = np.asarray(np.polyder(_local(t_s, values, i)), dtype=float)
    turns = _roots(slope, t_s[i - 1] - t_s[i], t_s[i + 1] - t_s[i])
    return float(t_s[i] + turns[np.argmin(np.abs(turns))]) if len(turns) else float(t_s[i])


def passing_s(t_s: FloatArray, values: FloatArray, limit: float) -> float | None:
    """When values (n,) first fall below a limit; None when they do not, or begin below it."""
    below = np.flatnonzero((values[1:] < limit) & (values[:-1] >= limit))
    if not len(below):
        return None
    i = int(below[0])
    found = _roots(_local(t_s, values - limit, i), 0.0, t_s[i + 1] - t_s[i])
    return float(t_s[i] + found[0]) if len(found) else float(t_s[i + 1])


def value_at(at_s: float, t_s: FloatArray, values: FloatArray) -> float:
    """One of values (n,) between rows."""
    i = int(np.clip(np.searchsorted(t_s, at_s) - 1, 0, len(t_s) - 1))
    return float(np.polyval(_local(t_s, values, i), at_s - t_s[i]))


def _local(t_s: FloatArray, values: FloatArray, i: int) -> FloatArray:
    """Coefficients, highest first, of the polynomial through the rows nearest to row i, in seconds after it."""
    first = max(0, min(i - NEAREST // 2 + 1, len(t_s) - NEAREST))
    near = slice(first, first + NEAREST)
    return np.asarray(np.linalg.solve(np.vander(t_s[near] - t_s[i]), values[near]))


def _roots(polynomial: FloatArray, low: float, high: float) -> FloatArray:
    """Real roots between low and high, sorted."""
    roots = np.roots(polynomial)
    real = roots[np.abs(roots.imag) < 1e-9].real
    return np.sort(real[(real >= low - 1e-9) & (real <= high + 1e-9)])
