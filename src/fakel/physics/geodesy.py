"""Places on and above the ellipsoid of WGS 84."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray

RADIUS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
MEAN_RADIUS_M = 6_371_008.8          # of the sphere on which distances along the ground are counted (IUGG)
_E2 = FLATTENING * (2 - FLATTENING)
_POLAR_M = RADIUS_M * (1 - FLATTENING)
_SECOND_E2 = _E2 / (1 - _E2)


@njit(cache=True)
def geodetic_of(x_m: float, y_m: float, z_m: float) -> tuple[float, float, float]:
    """Geodetic latitude, longitude (rad) and height (m) of one place in ITRF, for compiled callers.

    Bowring 1976, one step: height within 1e-4 m and latitude within 1e-9 rad from 10 km below to 1000 km above.
    """
    p = math.sqrt(x_m * x_m + y_m * y_m)
    r = math.sqrt(p * p + z_m * z_m)
    tan_u = z_m * (1 - FLATTENING) * (1 + _SECOND_E2 * _POLAR_M / r) / max(p, 1e-9)
    cos_u2 = 1 / (1 + tan_u * tan_u)
    cos_u = math.sqrt(cos_u2)
    sin_u = tan_u * cos_u
    lat = math.atan2(z_m + _SECOND_E2 * _POLAR_M * sin_u**3, p - _E2 * RADIUS_M * cos_u**3)
    sin, cos = math.sin(lat), math.cos(lat)
    height = p * cos + z_m * sin - RADIUS_M * math.sqrt(1 - _E2 * sin * sin)
    return lat, math.atan2(y_m, x_m), height


@njit(cache=True)
def height_of(x_m: float, y_m: float, z_m: float) -> float:
    """The height of ``geodetic_of`` alone, without its angles: half the time."""
    p = math.sqrt(x_m * x_m + y_m * y_m)
    r = math.sqrt(p * p + z_m * z_m)
    tan_u = z_m * (1 - FLATTENING) * (1 + _SECOND_E2 * _POLAR_M / r) / max(p, 1e-9)
    cos_u = 1 / math.sqrt(1 + tan_u * tan_u)
    sin_u = tan_u * cos_u
    a = z_m + _SECOND_E2 * _POLAR_M * sin_u * sin_u * sin_u
    b = p - _E2 * RADIUS_M * cos_u * cos_u * cos_u
    share = 1 / math.sqrt(a * a + b * b)
    sin, cos = a * share, b * share
    return p * cos + z_m * sin - RADIUS_M * math.sqrt(1 - _E2 * sin * sin)


def geodetic_from_itrf(position_itrf_m: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Geodetic latitude, longitude (rad) and height (m) of places (n, 3) or (3,) in ITRF.

    Bowring 1976, two steps: exact to round-off from the crust to 10 000 km.
    """
    x, y, z = np.moveaxis(np.asarray(position_itrf_m, dtype=float), -1, 0)
    p, r = np.hypot(x, y), np.sqrt(x * x + y * y + z * z)
    u = np.arctan2(z * (1 - FLATTENING) * (1 + _SECOND_E2 * _POLAR_M / r), p)
    for _ in range(2):
        lat = np.arctan2(z + _SECOND_E2 * _POLAR_M * np.sin(u) ** 3, p - _E2 * RADIUS_M * np.cos(u) ** 3)
        u = np.arctan2((1 - FLATTENING) * np.sin(lat), np.cos(lat))
    sin, cos = np.sin(lat), np.cos(lat)
    return lat, np.arctan2(y, x), p * cos + z * sin - RADIUS_M * np.sqrt(1 - _E2 * sin * sin)


def itrf_from_geodetic(lat_rad: FloatArray | float, lon_rad: FloatArray | float, height_m: FloatArray | float
                       ) -> FloatArray:
    """Position (…, 3) m in ITRF of geodetic latitude, longitude and height."""
    lat, lon, height = np.broadcast_arrays(lat_rad, lon_rad, height_m)
    normal = RADIUS_M / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    ring = (normal + height) * np.cos(lat)
    return np.stack([ring * np.cos(lon), ring * np.sin(lon), (normal * (1 - _E2) + height) * np.sin(lat)], axis=-1)


def enu_from_itrf(lat_rad: float, lon_rad: float) -> FloatArray:
    """Matrix (3, 3) whose rows are east, north and up (along the ellipsoid's normal) in ITRF."""
    sl, cl, so, co = math.sin(lat_rad), math.cos(lat_rad), math.sin(lon_rad), math.cos(lon_rad)
    return np.array([[-so, co, 0.0], [-sl * co, -sl * so, cl], [cl * co, cl * so, sl]])


def look(position_itrf_m: FloatArray, site_lat_rad: float, site_lon_rad: float, site_height_m: float
         ) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Elevation, azimuth from north over east (rad) and range (m) of places (n, 3) seen from a site, no refraction."""
    site = itrf_from_geodetic(site_lat_rad, site_lon_rad, site_height_m)
    local = (np.asarray(position_itrf_m, dtype=float) - site) @ enu_from_itrf(site_lat_rad, site_lon_rad).T
    east, north, up = np.moveaxis(local, -1, 0)
    distance = np.sqrt(east**2 + north**2 + up**2)
    return np.arcsin(up / distance), np.arctan2(east, north) % (2 * np.pi), distance


def surface_distance_m(lat_a_rad: FloatArray | float, lon_a_rad: FloatArray | float,
                       lat_b_rad: FloatArray | float, lon_b_rad: FloatArray | float) -> FloatArray:
    """Distance along the ground between places: great circle on the mean sphere, within 0.5 % of the geodesic."""
    a, b = (itrf_from_geodetic(lat, lon, 0.0) for lat, lon in ((lat_a_rad, lon_a_rad), (lat_b_rad, lon_b_rad)))
    a, b = (v / np.linalg.norm(v, axis=-1, keepdims=True) for v in (a, b))
    half_chord = np.clip(np.linalg.norm(a - b, axis=-1) / 2, 0.0, 1.0)
    return np.asarray(2 * MEAN_RADIUS_M * np.arcsin(half_chord))
