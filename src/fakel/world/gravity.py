"""The gravity field of the Earth, packed for the equations of motion."""

from __future__ import annotations

import math
from importlib.resources import as_file, files

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError

MOST_DEGREES = 36


def gravity_tables(degree: int, j2_only: bool) -> tuple[FloatArray, FloatArray, float]:
    """Coefficients and recurrence factors for ``physics.gravity``, and the field's radius (m).

    EGM2008, tide free, to a degree from 2 to 36; j2_only keeps the flattening alone. InputError outside that.
    """
    if not 2 <= degree <= MOST_DEGREES:
        raise InputError(f"gravity: degree = {degree}; the table that ships takes 2 to {MOST_DEGREES}")
    with as_file(files("fakel") / "data" / "earth" / "egm2008_36.npz") as path, np.load(path) as table:
        c, s, mu_m3_s2, radius_m = table["c"], table["s"], float(table["mu_m3_s2"]), float(table["radius_m"])
    if j2_only:
        degree, flattening = 2, c[2, 0]
        c, s = np.zeros_like(c), np.zeros_like(s)
        c[2, 0] = flattening
    return *series_of(c, s, degree, mu_m3_s2, radius_m), radius_m


def series_of(c: FloatArray, s: FloatArray, degree: int, mu_m3_s2: float, radius_m: float
              ) -> tuple[FloatArray, FloatArray]:
    """Coefficients for ``physics.gravity.acceleration_itrf`` from fully normalised c, s (n, n) of the potential.

    Each Cartesian component of the gradient is itself such a series, one degree higher (Cunningham 1970; Montenbruck &
    Gill 2000, eq. 3.33). Rows are k = n - m, columns m; the six sets of a row multiply the cosine and sine parts for
    x, y and z. Leading coefficients of the Legendre polynomials go into the series, so the recurrence is monic.
    Returns (degree + 2, 6, width) in m/s2 and the recurrence's factors (degree + 2, width).
    """
    rows, width = degree + 2, (degree + 2 + 7) // 8 * 8
    out = np.zeros((rows, 6, width))
    for n in range(degree + 1):
        for m in range(n + 1):
            norm = math.sqrt((2 - (m == 0)) * (2 * n + 1) * math.factorial(n - m) / math.factorial(n + m))
            cos, sin = (norm * c[n, m], norm * s[n, m]) if n else (1.0, 0.0)
            _add_term(out, n, m, cos, sin)
    factors = np.zeros((rows, width))
    for k in range(rows):
        for m in range(rows - k):
            n = k + m
            out[k, :, m] *= math.factorial(2 * n) / (2.0**n * math.factorial(n) * math.factorial(n - m))
            if k >= 2:
                factors[k, m] = ((n - 1) ** 2 - m**2) / ((2 * n - 1) * (2 * n - 3))
    return out * mu_m3_s2 / radius_m**2, factors


def _add_term(out: FloatArray, n: int, m: int, cos: float, sin: float) -> None:
    """Add one harmonic's gradient (x cos, x sin, y cos, y sin, z cos, z sin) to the series one degree up."""
    up, level, down = n - m, n + 1 - m, n + 2 - m
    out[level, 4:, m] += np.array([-cos, -sin]) * (n - m + 1)
    if m == 0:
        out[up, 0, 1] -= cos
        out[up, 3, 1] -= cos
        return
    out[up, :4, m + 1] += np.array([-cos, -sin, sin, -cos]) / 2
    out[down, :4, m - 1] += np.array([cos, sin, sin, -cos]) * ((n - m + 1) * (n - m + 2) / 2)
