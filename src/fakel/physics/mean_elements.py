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
    """Mean elements (…, 6) of osculating ones (…, 6)."""
    out = np.array(x, dtype=float)
    for _ in range(4):                                   # each round leaves 1e-3 of what was left
        out = x - short_period(out)
    return np.asarray(out)


def osculating_of(x: FloatArray) -> FloatArray:
    """Osculating elements (…, 6) of mean ones (…, 6); undoes ``mean_of``."""
    return np.asarray(x + short_period(x))


def short_period(x: FloatArray) -> FloatArray:
    """Osculating less mean elements (…, 6) at mean elements (…, 6), zero on the average of a revolution."""
    n = np.sqrt(MU_M3_S2 / x[..., A] ** 3)[..., None, None]
    around = 2 * np.pi * np.arange(PLACES) / PLACES
    sums = np.fft.rfft(gauss_rates(x, x[..., PHASE, None] + around) / n, axis=-2)
    order = np.arange(1, sums.shape[-2])[:, None]
    later = sums[..., 1:, :] / (1j * order)              # integral over the mean argument of latitude
    later[..., PHASE] += later[..., A] * (-1.5 / x[..., A, None]) / (1j * order[:, 0])   # a higher orbit falls behind
    later[..., -1, :] = 0.0
    return np.asarray(2.0 / PLACES * later.sum(axis=-2).real)


def gauss_rates(x: FloatArray, phase_rad: FloatArray) -> FloatArray:
    """Rates (…, n, 6), per second, of elements x (…, 6) under J2 at mean arguments of latitude (…, n); no mean motion.

    Gauss's equations in a form without singularity at e = 0 (e.g. Battin 1999, 10.3).
    """
    a, ex, ey, tilt = (x[..., k, None] for k in (A, EX, EY, INCLINATION))
    e2 = ex * ex + ey * ey
    root = np.sqrt(1 - e2)
    f = phase_rad + 0.0
    for _ in range(6):                                   # Kepler's equation for the eccentric argument of latitude
        c, s = np.cos(f), np.sin(f)
        f = f - (f - ex * s + ey * c - phase_rad) / (1 - ex * c - ey * s)
    part, c, s = 1 / (1 + root), np.cos(f), np.sin(f)
    x_m = a * ((1 - part * ey * ey) * c + part * ex * ey * s - ex)
    y_m = a * ((1 - part * ex * ex) * s + part * ex * ey * c - ey)
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
    return np.stack([da, dex, dey, r * c / h * side, dnode, dphase], axis=-1)


def _j2_m_s2(r: FloatArray, s: FloatArray, c: FloatArray, tilt: FloatArray
             ) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Acceleration of J2 in R, T, N at radius r and sine and cosine of the argument of latitude."""
    k = -1.5 * J2 * MU_M3_S2 * RADIUS_M**2 / r**4
    si, ci = np.sin(tilt), np.cos(tilt)
    return k * (1 - 3 * si * si * s * s), k * 2 * si * si * s * c, k * 2 * si * ci * s
