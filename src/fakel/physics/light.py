"""Sunlight: the Earth's shadow, the beta angle, the Sun over a horizon."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.geodesy import FLATTENING, RADIUS_M

SUN_RADIUS_M = 695_700_000.0
_POLE_STRETCH = 1 / (1 - FLATTENING)


def sunlit(position_gcrf_m: FloatArray, sun_gcrf_m: FloatArray, shell_m: float = 0.0) -> FloatArray:
    """Part (n,) of the Sun's disc that is seen from places (n, 3): 1 in sunlight, 0 in the umbra.

    Conical shadow of the ellipsoid, whose axis is stretched so that it becomes a sphere. The pole is taken along z:
    exact for vectors in ITRF; in GCRF it is 0.1 deg off, 15 m in the shadow's edge. shell_m raises the edge for air
    that absorbs. Discs overlap as circles: Montenbruck & Gill 2000, sect. 3.4.2. Left out: refraction, the Moon.
    """
    sun, earth, apart = _discs(position_gcrf_m, sun_gcrf_m, shell_m)
    return 1.0 - _covered(sun, earth, apart)


def above_shadow_rad(position_gcrf_m: FloatArray, sun_gcrf_m: FloatArray, umbra: bool, shell_m: float = 0.0
                     ) -> FloatArray:
    """Angle (n,) by which places (n, 3) are outside the umbra (or the penumbra), below 0 inside: a smooth function
    whose change of sign is an event; the shadow is that of ``sunlit``."""
    sun, earth, apart = _discs(position_gcrf_m, sun_gcrf_m, shell_m)
    return np.asarray(apart - (earth - sun if umbra else earth + sun))


def above_cylinder_rad(position_gcrf_m: FloatArray, sun_gcrf_m: FloatArray) -> FloatArray:
    """As ``above_shadow_rad`` for a spherical Earth of equatorial radius and a Sun so far away that its rays are
    parallel: the shadow is a cylinder."""
    place, sun = (np.atleast_2d(np.asarray(v, dtype=float)) for v in (position_gcrf_m, sun_gcrf_m))
    distance = np.linalg.norm(place, axis=1)
    cosine = -np.sum(place * sun, axis=1) / (distance * np.linalg.norm(sun, axis=1))
    return np.asarray(np.arccos(np.clip(cosine, -1.0, 1.0)) - np.arcsin(np.clip(RADIUS_M / distance, 0.0, 1.0)))


def above_limb_rad(position_gcrf_m: FloatArray, sun_gcrf_m: FloatArray) -> FloatArray:
    """As ``above_shadow_rad`` for a spherical Earth of equatorial radius and the Sun's centre alone."""
    place = np.atleast_2d(np.asarray(position_gcrf_m, dtype=float))
    to_sun = np.atleast_2d(np.asarray(sun_gcrf_m, dtype=float)) - place
    distance = np.linalg.norm(place, axis=1)
    cosine = -np.sum(place * to_sun, axis=1) / (distance * np.linalg.norm(to_sun, axis=1))
    return np.asarray(np.arccos(np.clip(cosine, -1.0, 1.0)) - np.arcsin(np.clip(RADIUS_M / distance, 0.0, 1.0)))


def outside_umbra_rad(position_gcrf_m: FloatArray, sun_gcrf_m: FloatArray) -> FloatArray:
    """``above_shadow_rad`` of the umbra: above 0 while any part of the Sun is seen."""
    return above_shadow_rad(position_gcrf_m, sun_gcrf_m, True)


def outside_penumbra_rad(position_gcrf_m: FloatArray, sun_gcrf_m: FloatArray) -> FloatArray:
    """``above_shadow_rad`` of the penumbra: above 0 while all of the Sun is seen."""
    return above_shadow_rad(position_gcrf_m, sun_gcrf_m, False)


SHADOWS: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "umbra": outside_umbra_rad, "penumbra": outside_penumbra_rad, "centre": above_limb_rad,
    "cylinder": above_cylinder_rad}
"""What may count as dark: no part of the Sun seen (the default everywhere), not all of it; and for comparison with
others: the Sun's centre behind a sphere, a cylinder behind a sphere."""


def _discs(position_gcrf_m: FloatArray, sun_gcrf_m: FloatArray, shell_m: float
           ) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Radii of the Sun's and the Earth's disc as seen from places, and how far apart their centres are (rad)."""
    stretch = np.array([1.0, 1.0, _POLE_STRETCH])
    place = np.atleast_2d(np.asarray(position_gcrf_m, dtype=float)) * stretch
    to_sun = np.atleast_2d(np.asarray(sun_gcrf_m, dtype=float)) * stretch - place
    distance, far = np.linalg.norm(place, axis=1), np.linalg.norm(to_sun, axis=1)
    towards_earth = place / distance[:, None] - to_sun * (np.sum(place * to_sun, axis=1) / (distance * far**2))[:, None]
    tilt = towards_earth[:, 2] / np.maximum(np.linalg.norm(towards_earth, axis=1), 1e-12)
    sun = np.arcsin(SUN_RADIUS_M * np.sqrt(1 + (_POLE_STRETCH**2 - 1) * tilt**2) / far)     # the Sun is stretched too
    earth = np.arcsin(np.clip((RADIUS_M + shell_m) / distance, 0.0, 1.0))
    apart = np.arccos(np.clip(-np.sum(place * to_sun, axis=1) / (distance * far), -1.0, 1.0))
    return sun, earth, apart


def _covered(sun: FloatArray, earth: FloatArray, apart: FloatArray) -> FloatArray:
    """Part of a disc of radius sun that a disc of radius earth (larger) covers, centres apart (all rad)."""
    c = np.clip(apart, np.abs(earth - sun) + 1e-15, earth + sun - 1e-15)
    x = (c**2 + sun**2 - earth**2) / (2 * c)
    y = np.sqrt(np.maximum(sun**2 - x**2, 0.0))
    lens = (sun**2 * np.arccos(np.clip(x / sun, -1, 1)) + earth**2 * np.arccos(np.clip((c - x) / earth, -1, 1)) - c * y)
    part = lens / (np.pi * sun**2)
    return np.where(apart >= earth + sun, 0.0, np.where(apart <= earth - sun, 1.0, np.clip(part, 0.0, 1.0)))


def beta_rad(position_gcrf_m: FloatArray, velocity_gcrf_m_s: FloatArray, sun_gcrf_m: FloatArray) -> FloatArray:
    """Angle (n,) of the Sun above the orbit plane, positive on the side of the orbit normal."""
    normal = np.cross(np.atleast_2d(position_gcrf_m), np.atleast_2d(velocity_gcrf_m_s))
    sun = np.atleast_2d(sun_gcrf_m)
    sine = np.sum(normal * sun, axis=1) / (np.linalg.norm(normal, axis=1) * np.linalg.norm(sun, axis=1))
    return np.asarray(np.arcsin(np.clip(sine, -1.0, 1.0)))


def elevation_of_sun_rad(up_gcrf: FloatArray, sun_gcrf_m: FloatArray) -> FloatArray:
    """Height (n,) of the Sun's centre over the horizon whose vertical is up_gcrf (n, 3), no refraction or parallax."""
    up, sun = np.atleast_2d(up_gcrf), np.atleast_2d(sun_gcrf_m)
    sine = np.sum(up * sun, axis=1) / (np.linalg.norm(up, axis=1) * np.linalg.norm(sun, axis=1))
    return np.asarray(np.arcsin(np.clip(sine, -1.0, 1.0)))
