"""How far errors of a relative state carry a drifting ship towards something: the linear equations about any path.

A deviation from a path obeys, near a station in a nearly circular orbit, the equations of Clohessy and Wiltshire
whatever the path is. Over 24 h they err by about 1 % of what the deviation has become (against the full model), which
is less than sigmas are known to.
"""

from __future__ import annotations

import math

import numpy as np

from fakel.model.arrays import FloatArray


def place_rows(rate_rad_s: float, t_s: FloatArray) -> FloatArray:
    """Matrices (n, 3, 6): what a deviation of place (m) and rate (m/s), RTN, is as a place after t_s (n,)."""
    n, a = rate_rad_s, rate_rad_s * np.asarray(t_s, dtype=float)
    c, s = np.cos(a), np.sin(a)
    out = np.zeros((len(a), 3, 6))
    out[:, 0, 0], out[:, 0, 3], out[:, 0, 4] = 4.0 - 3.0 * c, s / n, 2.0 * (1.0 - c) / n
    out[:, 1, 0], out[:, 1, 1] = 6.0 * (s - a), 1.0
    out[:, 1, 3], out[:, 1, 4] = -2.0 * (1.0 - c) / n, (4.0 * s - 3.0 * a) / n
    out[:, 2, 2], out[:, 2, 5] = c, s / n
    return out


def reach_m(rows: FloatArray, covariance: FloatArray, towards: FloatArray) -> FloatArray:
    """One sigma (n,) m of places along directions (n, 3), for a covariance (6, 6) of the deviation at the start."""
    back = np.einsum("nij,ni->nj", rows, towards)
    return np.asarray(np.sqrt(np.maximum(np.einsum("nj,jk,nk->n", back, covariance, back), 0.0)))


def radius_m(rows: FloatArray, covariance: FloatArray) -> FloatArray:
    """Root of the summed variances (n,) m of places: no direction has more."""
    variance = np.asarray(np.einsum("nij,jk,nik->n", rows, covariance, rows))
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def worst_start(row: FloatArray, covariance: FloatArray, away: FloatArray, sigmas: float) -> FloatArray:
    """The deviation (6,) at the start, sigmas from none, that lies most against the direction away (3,) then.

    row (3, 6): one matrix of place_rows.
    """
    back = row.T @ away
    sigma = math.sqrt(max(float(back @ covariance @ back), 0.0))
    return np.zeros(6) if sigma == 0.0 else np.asarray(-sigmas * covariance @ back / sigma)


def start_to_centre(rows: FloatArray, covariance: FloatArray, places: FloatArray, sigmas: float) -> FloatArray:
    """The likeliest deviation (6,) at the start that brings one of the places (n, 3) of a path to the origin; cut short
    to sigmas where that takes more. rows (n, 3, 6): of place_rows."""
    tied = np.einsum("nij,jk->nik", rows, covariance)
    spread = np.einsum("nik,njk->nij", tied, rows) + 1e-9 * np.eye(3)                # a micron: can be inverted
    back = np.linalg.solve(spread, places[:, :, None])[:, :, 0]
    far = np.sqrt(np.einsum("ni,ni->n", places, back))
    i = int(far.argmin())
    return np.asarray(-min(1.0, sigmas / far[i]) * tied[i].T @ back[i])
