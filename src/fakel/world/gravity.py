"""The gravity field of the Earth, packed for the equations of motion."""

from __future__ import annotations

import math
from importlib.resources import as_file, files

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError

MOST_DEGREES = 36
KEPT = ("full", "j2", "point")


def gravity_table(degree: int, kept: str = "full") -> tuple[FloatArray, float]:
    """Coefficients for ``physics.gravity`` and the field's radius (m).

    EGM2008, tide free, to a degree from 2 to 36. kept: ``full``, ``j2`` (the flattening alone) or ``point`` (a
    sphere). InputError outside that.
    """
    if not 2 <= degree <= MOST_DEGREES:
        raise InputError(f"gravity: degree = {degree}; the table that ships takes 2 to {MOST_DEGREES}")
    with as_file(files("fakel") / "data" / "earth" / "egm2008_36.npz") as path, np.load(path) as table:
        c, s, mu_m3_s2, radius_m = table["c"], table["s"], float(table["mu_m3_s2"]), float(table["radius_m"])
    if kept not in KEPT:
        raise InputError(f"gravity = {kept!r} is not known; write one of: {', '.join(KEPT)}")
    if kept != "full":
        degree, flattening = 2, c[2, 0] if kept == "j2" else 0.0
        c, s = np.zeros_like(c), np.zeros_like(s)
        c[2, 0] = flattening
    return series_of(c, s, degree, mu_m3_s2, radius_m), radius_m


def series_of(c: FloatArray, s: FloatArray, degree: int, mu_m3_s2: float, radius_m: float) -> FloatArray:
    """Coefficients for ``physics.gravity.acceleration_itrf`` from fully normalised c, s (n, n) of the potential.

    Each Cartesian component of the gradient is itself such a series, one degree higher (Cunningham 1970; Montenbruck &
    Gill 2000, eq. 3.33). Axes: order m; k = n - m; x cos, x sin, y cos, y sin, z cos, z sin (m/s2), the factor with
    which row k enters row k + 2 of the Legendre recurrence, and nothing (8 numbers fill a vector register). Leading
    coefficients of the Legendre polynomials are multiplied in, so the recurrence is monic. Checked to degree 36.
    """
    orders = degree + 2
    out = np.zeros((orders, orders, 8))
    for n in range(degree + 1):
        for m in range(n + 1):
            norm = math.sqrt((2 - (m == 0)) * (2 * n + 1) * math.factorial(n - m) / math.factorial(n + m))
            cos, sin = (norm * c[n, m], norm * s[n, m]) if n else (1.0, 0.0)
            _add_term(out, n, m, cos, sin)
    out *= mu_m3_s2 / radius_m**2
    for m in range(orders):
        for k in range(orders - m):
            n = k + m
            out[m, k] *= math.factorial(2 * n) / (2.0**n * math.factorial(n) * math.factorial(k))
            out[m, k, 6] = ((n + 1) ** 2 - m**2) / ((2 * n + 3) * (2 * n + 1))
    return out


def _add_term(out: FloatArray, n: int, m: int, cos: float, sin: float) -> None:
    """Add the gradient of one harmonic to the series, which is one degree higher."""
    up, level, down = n - m, n + 1 - m, n + 2 - m
    out[m, level, 4:6] += np.array([-cos, -sin]) * (n - m + 1)
    if m == 0:
        out[1, up, 0] -= cos
        out[1, up, 3] -= cos
        return
    out[m + 1, up, :4] += np.array([-cos, -sin, sin, -cos]) / 2
    out[m - 1, down, :4] += np.array([cos, sin, sin, -cos]) * ((n - m + 1) * (n - m + 2) / 2)
