"""Conditions that a path may meet, for ``propagate``: node, apsis, shadow, elevation, height, range of another craft.

All are located on the path's own polynomial to well under a millisecond. direction: 1 only where the value rises
through 0, -1 only where it falls, 0 both. stop: the path ends at the first one.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics.dense import Condition, Dense
from fakel.physics.force import SERIES, TERMS, ephemeris, orient
from fakel.physics.geodesy import geodetic_from_itrf, look
from fakel.physics.light import above_shadow_rad


def node(field: Field, direction: int = 0, *, stop: bool = False) -> Condition:
    """The true equator is crossed: northward (1), southward (-1)."""
    def above_m(t_s: FloatArray, y: FloatArray) -> FloatArray:
        return itrf_m(t_s, y, field)[:, 2]
    return Condition("node", above_m, direction, stop)


def apsis(direction: int = 0, *, stop: bool = False) -> Condition:
    """The distance from the Earth's centre stops falling (1: perigee) or rising (-1: apogee)."""
    def climbing(t_s: FloatArray, y: FloatArray) -> FloatArray:
        return np.asarray(np.sum(y[:, :3] * y[:, 3:6], axis=1))
    return Condition("apsis", climbing, direction, stop)


def shadow(field: Field, direction: int = 0, *, umbra: bool = True, shell_m: float = 0.0, stop: bool = False
           ) -> Condition:
    """The Earth's shadow is left (1) or entered (-1): its umbra, where no Sun is seen, or else its penumbra.

    shell_m: height up to which air absorbs all light.
    """
    def outside_rad(t_s: FloatArray, y: FloatArray) -> FloatArray:
        turn, sky = surroundings_at(t_s, field)
        place, sun = (np.einsum("nij,nj->ni", turn, v[:, :3]) for v in (y, sky))
        return above_shadow_rad(place, sun, umbra, shell_m)
    return Condition("umbra" if umbra else "penumbra", outside_rad, direction, stop)


def elevation(site_lat_rad: float, site_lon_rad: float, site_height_m: float, mask_rad: float, field: Field,
              direction: int = 0, *, stop: bool = False) -> Condition:
    """The craft rises (1) over a mask angle seen from a site, or sets (-1); no refraction."""
    def over_rad(t_s: FloatArray, y: FloatArray) -> FloatArray:
        return look(itrf_m(t_s, y, field), site_lat_rad, site_lon_rad, site_height_m)[0] - mask_rad
    return Condition("elevation", over_rad, direction, stop)


def height(height_m: float, field: Field, direction: int = 0, *, stop: bool = False) -> Condition:
    """A height over the ellipsoid is passed upward (1) or downward (-1)."""
    def over_m(t_s: FloatArray, y: FloatArray) -> FloatArray:
        return geodetic_from_itrf(itrf_m(t_s, y, field))[2] - height_m
    return Condition("height", over_m, direction, stop)


def distance(other: Dense, range_m: float, direction: int = 0, *, stop: bool = False) -> Condition:
    """Another craft, whose path must hold these times, gets farther (1) or nearer (-1) than a distance."""
    def over_m(t_s: FloatArray, y: FloatArray) -> FloatArray:
        return np.asarray(np.linalg.norm(y[:, :3] - other.at(t_s)[:, :3], axis=1) - range_m)
    return Condition("distance", over_m, direction, stop)


def closing_speed(other: Dense, speed_m_s: float = 0.0, direction: int = 0, *, stop: bool = False) -> Condition:
    """The range rate to another craft passes a value; of 0: nearest (1) or farthest (-1)."""
    def over_m_s(t_s: FloatArray, y: FloatArray) -> FloatArray:
        apart = y[:, :6] - other.at(t_s)[:, :6]
        return np.asarray(np.sum(apart[:, :3] * apart[:, 3:], axis=1)
                          / np.maximum(np.linalg.norm(apart[:, :3], axis=1), 1e-9) - speed_m_s)
    return Condition("closing_speed", over_m_s, direction, stop)


def itrf_m(t_s: FloatArray, y: FloatArray, field: Field) -> FloatArray:
    """Places (n, 3) of states (n, 7) on the turning Earth."""
    return np.asarray(np.einsum("nij,nj->ni", surroundings_at(t_s, field)[0], y[:, :3]))


def surroundings_at(t_s: FloatArray, field: Field) -> tuple[FloatArray, FloatArray]:
    """Matrices ITRF from GCRF (n, 3, 3), and Sun and Moon (n, 6) GCRF m, as the equations of motion take them."""
    turn, sky = np.empty((len(t_s), 3, 3)), np.empty((len(t_s), 6))
    _look_up(np.ascontiguousarray(t_s, dtype=float), field, turn, sky)
    return turn, sky


@njit(cache=True)
def _look_up(t_s: FloatArray, field: Field, turn: FloatArray, sky: FloatArray) -> None:
    now = np.zeros(SERIES + TERMS)
    for i in range(t_s.shape[0]):
        ephemeris(t_s[i], field, now)
        orient(now, turn[i])
        for j in range(6):
            sky[i, j] = now[5 + j]
