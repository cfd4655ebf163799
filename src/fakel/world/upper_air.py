"""Density of the upper air as a smooth table: NRLMSIS over time, latitude, local time and altitude."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.world.weather import Weather

LOWEST_M, HIGHEST_M = 90_000.0, 1_500_000.0     # where ``physics.force`` asks for air
LATITUDES, LOCAL_TIMES, ALTITUDES = 13, 12, 32
STEP_S = 10_800.0
FEWEST = 6                                  # knots of an open spline
MODELS = {"msis21": ("NRLMSIS 2.1", 2.1), "msis00": ("NRLMSISE-00", 0)}      # name, version for pymsis


def density(epoch: Epoch, t_s: FloatArray, lat_rad: FloatArray, lon_rad: FloatArray, height_m: FloatArray,
            weather: Weather, model: str = "msis21") -> FloatArray:
    """Density (n,) kg/m3 of NRLMSIS 2.1 (Emmert et al. 2022) or NRLMSISE-00 (Picone et al. 2002), asked directly.

    By pymsis. 2.1 takes 7 us for the first point of a column and 0.5 us for each other that follows, 00 1.3 us for any.
    """
    import pymsis

    mjd_utc = sum(epoch.mjd_utc)
    start = np.datetime64("1858-11-17") + np.timedelta64(round(mjd_utc * 86_400_000), "ms")
    moments = start + np.round(t_s * 1e3).astype("timedelta64[ms]")
    f107, mean81, ap = weather.at(mjd_utc + t_s / 86_400)
    out = pymsis.calculate(moments, np.degrees(lon_rad), np.degrees(lat_rad), height_m / 1000, f107, mean81,
                           np.repeat(ap[:, None], 7, axis=1), version=MODELS[model][1])
    return np.asarray(out[..., 0], dtype=float)


def air_table(epoch: Epoch, start: Epoch, stop: Epoch, weather: Weather, model: str,
              heights_m: tuple[float, float] | None = None) -> tuple[FloatArray, FloatArray]:
    """Coefficients and grid of the table, as ``model.field.Field`` wants them.

    heights_m: the lowest and the highest that will be asked for, for a table that is made in a third of the time; a
    flight that leaves them is refused.
    """
    midnight_s = Epoch.from_mjd_utc(start.mjd_utc[0]) - epoch
    first_s = start - epoch
    times = first_s + STEP_S * np.arange(max(FEWEST, int(np.ceil((stop - start) / STEP_S)) + 1))
    lat = np.linspace(-np.pi / 2, np.pi / 2, LATITUDES)
    local = np.arange(LOCAL_TIMES) * 2 * np.pi / LOCAL_TIMES
    step = np.log(HIGHEST_M / LOWEST_M) / (ALTITUDES - 1)
    levels = np.arange(ALTITUDES) if heights_m is None else _levels(heights_m, step)
    height = LOWEST_M * np.exp(step * levels)
    t, a, s, h = (x.ravel() for x in np.meshgrid(times, lat, local, height, indexing="ij"))
    lon = (s - (t - midnight_s) * 2 * np.pi / 86_400 + np.pi) % (2 * np.pi) - np.pi
    values = np.log(density(epoch, t, a, lon, h, weather, model)).reshape(len(times), LATITUDES, LOCAL_TIMES, -1)
    table = periodic_spline(open_spline(open_spline(open_spline(values, 0), 1), 3), 2)
    grid = np.array([first_s, STEP_S, midnight_s, lat[1] - lat[0], local[1], step, levels[0],
                     heights_m is not None, *np.zeros(6)], dtype=float)
    return np.ascontiguousarray(table), grid


def _levels(heights_m: tuple[float, float], step: float) -> FloatArray:
    """Knots of the altitude coordinate around a band: one more on each side, five at least."""
    low, high = np.log(np.clip(heights_m, LOWEST_M, HIGHEST_M) / LOWEST_M) / step
    first = max(0, min(int(np.floor(low)) - 1, ALTITUDES - 5))
    return np.arange(first, min(ALTITUDES, max(int(np.ceil(high)) + 2, first + 5)), dtype=float)


def open_spline(values: FloatArray, axis: int) -> FloatArray:
    """Coefficients (n + 2) of the cubic B-spline through n values along an axis; its third derivative does not jump
    at the second and the last but one knot."""
    return np.moveaxis(np.tensordot(_through(values.shape[axis]), values, axes=(1, axis)), 0, axis)


@lru_cache(maxsize=16)
def _through(n: int) -> FloatArray:
    """Matrix (n + 2, n) that makes coefficients from values."""
    matrix = np.zeros((n + 2, n + 2))
    for i in range(n):
        matrix[i + 1, i:i + 3] = 1 / 6, 4 / 6, 1 / 6
    matrix[0, :5] = matrix[-1, -5:] = -1, 4, -6, 4, -1
    return np.linalg.inv(matrix)[:, 1:-1]


def periodic_spline(values: FloatArray, axis: int) -> FloatArray:
    """Coefficients (n + 3) of the periodic cubic B-spline through n values along an axis."""
    n = values.shape[axis]
    matrix = np.zeros((n, n))
    for i in range(n):
        matrix[i, [i - 1, i, (i + 1) % n]] = 1 / 6, 4 / 6, 1 / 6
    inverse = np.linalg.inv(matrix)
    return np.moveaxis(np.tensordot(inverse[np.r_[-1, 0:n, 0, 1]], values, axes=(1, axis)), 0, axis)
