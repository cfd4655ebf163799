"""The gravity field of the Earth, packed for the equations of motion."""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError

MOST_DEGREES = 120
KEPT = ("full", "j2", "point")


@lru_cache(maxsize=4)
def gravity_table(degree: int, kept: str = "full") -> tuple[FloatArray, float]:
    """Coefficients for ``physics.gravity`` and the field's radius (m).

    EGM2008, tide free, to a degree from 2 to 120. kept: ``full``, ``j2`` (the flattening alone) or ``point`` (a
    sphere). InputError outside that.
    """
    if not 2 <= degree <= MOST_DEGREES:
        raise InputError(f"gravity: degree = {degree}; the table that ships takes 2 to {MOST_DEGREES}")
    with as_file(files("fakel") / "data" / "earth" / "egm2008_120.npz") as path, np.load(path) as table:
        c, s, mu_m3_s2, radius_m = table["c"], table["s"], float(table["mu_m3_s2"]), float(table["radius_m"])
    if kept not in KEPT:
        raise InputError(f"gravity = {kept!r} is not known; write one of: {', '.join(KEPT)}")
    if kept != "full":
        degree, flattening = 2, c[2, 0] if kept == "j2" else 0.0
        c, s = np.zeros_like(c), np.zeros_like(s)
        c[2, 0] = flattening
    series = series_of(c, s, degree, mu_m3_s2, radius_m)
    series.setflags(write=False)
    return series, radius_m


def series_of(c: FloatArray, s: FloatArray, degree: int, mu_m3_s2: float, radius_m: float) -> FloatArray:
    """Coefficients for ``physics.gravity`` from fully normalised c, s (n, n) of the potential.

    Each Cartesian component of the gradient is itself such a series, one degree higher (Cunningham 1970; Montenbruck &
    Gill 2000, eq. 3.33). Axes: order m; k = n - m, filled up with zeros to a multiple of 4; x cos, x sin, y cos, y sin,
    z cos, z sin (m/s2), the factor with which row k enters row k + 2 of the Legendre recurrence, and nothing (8 numbers
    fill a vector register). Leading coefficients of the Legendre polynomials are multiplied in, so the recurrence is
    monic; with them the shift of degree and order costs a factor 2n + 1 everywhere. Checked to degree 120.
    """
    orders = degree + 2
    out = np.zeros((orders, -(-orders // 4) * 4, 8))
    leading = _leading(degree)
    for n in range(degree + 1):
        m = np.arange(n + 1)
        size = leading[n, :n + 1] * (2 * n + 1) * mu_m3_s2 / radius_m**2
        cos, sin = size * c[n, :n + 1], size * s[n, :n + 1]
        if n == 0:
            cos = size
        out[m, n + 1 - m, 4:6] = np.stack([-cos, -sin], axis=1)
        out[1, n, [0, 3]] -= cos[0]
        higher, lower = np.stack([-cos, -sin, sin, -cos], 1)[1:] / 2, np.stack([cos, sin, sin, -cos], 1)[1:] / 2
        out[m[1:] + 1, n - m[1:], :4] += higher
        out[m[1:] - 1, n - m[1:] + 2, :4] += lower
    for order in range(orders):
        n_all = np.arange(order, orders)
        out[order, :orders - order, 6] = ((n_all + 1) ** 2 - order**2) / ((2 * n_all + 3) * (2 * n_all + 1))
    return out


def _leading(degree: int) -> FloatArray:
    """Leading coefficients (degree + 1, degree + 1) of the normalised Legendre functions, (2n-1)!!/(n-m)! times
    sqrt((2 - [m=0]) (2n+1) (n-m)!/(n+m)!), built up by ratios: the factorials themselves overflow."""
    out = np.zeros((degree + 1, degree + 1))
    for m in range(degree + 1):
        if m == 0:
            out[0, 0] = 1.0
        else:
            out[m, m] = out[m - 1, m - 1] * math.sqrt((2 * m + 1) / (2 * m) * (2 if m == 1 else 1))
        for n in range(m, degree):
            out[n + 1, m] = out[n, m] * math.sqrt((2 * n + 3) * (2 * n + 1) / ((n + 1 - m) * (n + 1 + m)))
    return out
