"""Osculating elements to mean ones and back: what J2 does within a revolution, to first order.

Gauss's equations for the acceleration of J2 are summed along the unperturbed revolution: what stays after its mean is
taken away is the short-period part. No series in e is needed, nor is e = 0 or any inclination but 0 and 180 deg
special. Left out: the second order (J2^2 a, some 10 m), higher harmonics, drag. Elements as in ``physics.elements``.
"""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import J2, MU_M3_S2
from fakel.physics.elements import EX, EY, INCLINATION, PHASE, A
from fakel.physics.geodesy import RADIUS_M

PLACES = 64
"""Places on the revolution; harmonics of J2 fall as e^k, so 64 places hold e to 0.3."""


def mean_of(x: FloatArray) -> FloatArray:
    """Mean elements (6,) of osculating ones (6,)."""
    out = np.array(x, dtype=float)
    for _ in range(4):                                   # each round leaves 1e-3 of what was left
        out = x - short_period(out)
    return np.asarray(out)


def osculating_of(x: FloatArray) -> FloatArray:
    """Osculating elements (6,) of mean ones (6,); undoes ``mean_of``."""
    return np.asarray(x + short_period(x))


def short_period(x: FloatArray) -> FloatArray:
    """Osculating less mean elements (6,) at mean elements (6,), zero on the average of a revolution."""
    n = np.sqrt(MU_M3_S2 / x[A] ** 3)
    around = 2 * np.pi * np.arange(PLACES) / PLACES
    sums = np.fft.rfft(gauss_rates(x, x[PHASE] + around) / n, axis=0)
    order = np.arange(len(sums))
    sums[0] = 0.0
    sums[1:] /= 1j * order[1:, None]                     # integral over the mean argument of latitude
    pace = sums[1:, A] * (-1.5 / x[A])                   # a higher orbit falls behind
    sums[1:, PHASE] += pace / (1j * order[1:])
    sums[-1] = 0.0
    return np.asarray(np.fft.irfft(sums, PLACES, axis=0)[0])


def gauss_rates(x: FloatArray, phase_rad: FloatArray) -> FloatArray:
    """Rates (n, 6), per second, of elements x (6,) under J2 at mean arguments of latitude (n,); no mean motion.

    Gauss's equations in a form without singularity at e = 0 (e.g. Battin 1999, 10.3).
    """
    a, ex, ey, tilt = x[A], x[EX], x[EY], x[INCLINATION]
    e2, root = ex * ex + ey * ey, np.sqrt(1 - ex * ex - ey * ey)
    f = phase_rad.copy()
    for _ in range(8):                                   # Kepler's equation for the eccentric argument of latitude
        f = f - (f - ex * np.sin(f) + ey * np.cos(f) - phase_rad) / (1 - ex * np.cos(f) - ey * np.sin(f))
    part = 1 / (1 + root)
    x_m = a * ((1 - part * ey * ey) * np.cos(f) + part * ex * ey * np.sin(f) - ex)
    y_m = a * ((1 - part * ex * ex) * np.sin(f) + part * ex * ey * np.cos(f) - ey)
    r, p = np.hypot(x_m, y_m), a * (1 - e2)
    c, s, h = x_m / r, y_m / r, np.sqrt(MU_M3_S2 * p)
    up, along, side = _j2_m_s2(r, s, c, tilt)
    e_cos, e_sin = ex * c + ey * s, ex * s - ey * c
    da = 2 * a * a / h * (e_sin * up + p / r * along)
    lean = r * s / h / np.tan(tilt) * side
    dex = p / h * s * up + ((p + r) * c + r * ex) / h * along + ey * lean
    dey = -p / h * c * up + ((p + r) * s + r * ey) / h * along - ex * lean
    dnode = r * s / (h * np.sin(tilt)) * side
    dphase = (part / h * (-p * e_cos * up + (p + r) * e_sin * along) - 2 * r * root / h * up
              - np.cos(tilt) * dnode)
    return np.stack([da, dex, dey, r * c / h * side, dnode, dphase], axis=1)


def _j2_m_s2(r: FloatArray, s: FloatArray, c: FloatArray, tilt: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Acceleration of J2 in R, T, N at radius r and sine and cosine of the argument of latitude."""
    k = -1.5 * J2 * MU_M3_S2 * RADIUS_M**2 / r**4
    si, ci = np.sin(tilt), np.cos(tilt)
    return k * (1 - 3 * si * si * s * s), k * 2 * si * si * s * c, k * 2 * si * ci * s
