"""How a craft looks from the ground: direction, range, brightness, Sun and Moon beside it."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.passes import Grid

LOOKS = 17
"""Columns of ``describe``: elevation, azimuth (rad) and range (m) at start, peak and end; at its brightest: magnitude,
phase angle (rad), instant (s); at the peak: elevation of the Sun, of the Moon, lit part of the Moon, angle from the
craft to the Moon (rad); elevation at the brightest."""
ELEVATIONS = (0, 3, 6, 16)
"""Those that are elevations of the craft."""
_STEP_S = 10.0
REFERENCE_M = 1e6            # standard magnitudes hold at 1000 km, half lit (phase angle 90 deg)


@njit(cache=True, nogil=True)
def magnitude_of(standard: float, range_m: float, phase_rad: float) -> float:
    """Visual magnitude of a diffuse sphere, above the air.

    standard: its magnitude at 1000 km and a phase angle of 90 deg. phase_rad: at the craft, from the Sun to whoever
    looks. Source of the phase law: Lambert's sphere, as in Cognion 2013, eq. 3 (Vallerie 1963).
    """
    lit = math.sin(phase_rad) + (math.pi - phase_rad) * math.cos(phase_rad)
    return standard + 5.0 * math.log10(range_m / REFERENCE_M) - 2.5 * math.log10(max(lit, 1e-9))


def lifted_rad(elevation_rad: FloatArray) -> FloatArray:
    """By how much usual air (1010 hPa, 10 C) lifts what stands at true elevations (n,), from -1 deg up.

    Source: Saemundsson 1986 (Meeus, Astronomical Algorithms, ch. 16), within 0.07' of tables.
    """
    h = np.maximum(np.degrees(elevation_rad), -1.0)
    return np.asarray(np.radians(1.02 / 60.0 / np.tan(np.radians(h + 10.3 / (h + 5.11)))))


@njit(cache=True, nogil=True)
def _between(table: FloatArray, i: int, s: float, out: FloatArray) -> None:
    for j in range(3):
        out[j] = table[i, j] + s * (table[i + 1, j] - table[i, j])


@njit(cache=True, nogil=True)
def _unit(x: FloatArray) -> float:
    """Length of a vector, which is made a unit vector."""
    size = math.sqrt(x[0] ** 2 + x[1] ** 2 + x[2] ** 2)
    for j in range(3):
        x[j] /= size
    return float(size)


@njit(cache=True, nogil=True)
def _dot(a: FloatArray, b: FloatArray) -> float:
    return float(a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


@njit(cache=True, nogil=True)
def _arc(a: FloatArray, b: FloatArray) -> float:
    """Angle between unit vectors, good near 0 too."""
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    return math.atan2(math.sqrt(x * x + y * y + z * z), _dot(a, b))


@njit(cache=True, nogil=True)
def sight_line(grid: Grid, t_s: float, site: FloatArray, line: FloatArray, sun: FloatArray, moon: FloatArray
               ) -> tuple[float, float, float, float]:
    """Unit vectors (3,) in ITRF from a site to the craft, the Sun and the Moon, into the last three; the range (m), the
    phase angle at the craft (rad), and how far the Sun and the Moon are (m)."""
    u = (t_s - grid.t0_s) / grid.step_s
    i = min(max(int(u), 0), grid.place.shape[0] - 2)
    s, h = u - i, grid.step_s
    _between(grid.sun, i, s, sun)
    _between(grid.moon, i, s, moon)
    for j in range(3):
        line[j] = ((1 + 2 * s) * (1 - s) ** 2 * grid.place[i, j] + s * (1 - s) ** 2 * h * grid.velocity[i, j]
                   + s * s * (3 - 2 * s) * grid.place[i + 1, j] + s * s * (s - 1) * h * grid.velocity[i + 1, j]
                   ) - site[j]
        sun[j] -= site[j]
        moon[j] -= site[j]
    far, to_sun, to_moon = _unit(line), _unit(sun), _unit(moon)
    cosine = -_dot(line, sun)              # the Sun stands in the same direction from craft and site
    return far, math.acos(min(max(cosine, -1.0), 1.0)), to_sun, to_moon


@njit(cache=True, nogil=True)
def azimuth_of(line: FloatArray, up: FloatArray) -> float:
    """Azimuth from north over east, 0 to 2 pi, of a direction (3,) where the vertical is up (3,)."""
    lon = math.atan2(up[1], up[0])
    east = -math.sin(lon) * line[0] + math.cos(lon) * line[1]
    north = (math.cos(lon) * line[0] + math.sin(lon) * line[1]) * -up[2] + line[2] * math.sqrt(up[0] ** 2 + up[1] ** 2)
    return math.atan2(east, north) % (2 * math.pi)


@njit(cache=True, nogil=True)
def describe(grid: Grid, rows: FloatArray, sites: FloatArray, ups: FloatArray, standard: float, out: FloatArray
             ) -> None:
    """Fill out (m, LOOKS) for the passes rows (m, ROW) of ``passes.passes``; standard: magnitude of the craft (NaN: of
    no interest)."""
    line, sun, moon = np.empty(3), np.empty(3), np.empty(3)
    for k in range(rows.shape[0]):
        p = int(rows[k, 0])
        site, up = sites[p], ups[p]
        for w in range(3):
            far, _, _, _ = sight_line(grid, rows[k, 1 + w], site, line, sun, moon)
            out[k, 3 * w] = math.asin(_dot(line, up))
            out[k, 3 * w + 1] = azimuth_of(line, up)
            out[k, 3 * w + 2] = far
            if w == 1:
                out[k, 12], out[k, 13] = math.asin(_dot(sun, up)), math.asin(_dot(moon, up))
                out[k, 14], out[k, 15] = 0.5 * (1 - _dot(sun, moon)), _arc(line, moon)
        out[k, 9], out[k, 10], out[k, 11], out[k, 16] = np.nan, np.nan, rows[k, 2], out[k, 3]
        if math.isnan(standard):
            continue
        out[k, 9] = np.inf
        steps = int((rows[k, 3] - rows[k, 1]) / _STEP_S) + 1
        for i in range(steps + 1):
            t = rows[k, 1] + (rows[k, 3] - rows[k, 1]) * i / steps
            far, phase, _, _ = sight_line(grid, t, site, line, sun, moon)
            bright = magnitude_of(standard, far, phase)
            if bright < out[k, 9]:
                out[k, 9], out[k, 10], out[k, 11], out[k, 16] = bright, phase, t, math.asin(_dot(line, up))


@njit(cache=True, nogil=True)
def follow(grid: Grid, t_s: FloatArray, site: FloatArray, up: FloatArray, standard: float, out: FloatArray,
           lines: FloatArray) -> None:
    """Azimuth, elevation (rad), range (m) and magnitude at t_s (n,) into out (n, 4); directions in ITRF into lines
    (n, 3)."""
    sun, moon = np.empty(3), np.empty(3)
    for k in range(t_s.shape[0]):
        far, phase, _, _ = sight_line(grid, t_s[k], site, lines[k], sun, moon)
        out[k, 0], out[k, 1] = azimuth_of(lines[k], up), math.asin(_dot(lines[k], up))
        out[k, 2], out[k, 3] = far, magnitude_of(standard, far, phase)
