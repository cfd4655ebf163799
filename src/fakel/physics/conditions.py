"""Conditions that a path may meet, for ``propagate``: node, apsis, shadow, elevation, height, load, range of another
craft.

All are located on the path's own polynomial to well under a millisecond. direction: 1 only where the value rises
through 0, -1 only where it falls, 0 both. stop: the path ends at the first one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics.dense import Condition, Dense
from fakel.physics.force import SERIES, TERMS, Forces, density, drag, ephemeris, forces_of, orient
from fakel.physics.frames import rtn_from_gcrf
from fakel.physics.geodesy import geodetic_from_itrf, geodetic_of, look
from fakel.physics.light import above_shadow_rad
from fakel.physics.powered import G0_M_S2, Thrust, along
from fakel.physics.small_forces import radiation, sunlit_part


def node(field: Field, direction: int = 0, *, stop: bool = False) -> Condition:
    """Latitude zero is crossed: northward (1), southward (-1). By ITRF: the equator of date, which does not wobble with
    the pole, lies up to 15 m beside (2 ms)."""
    def above_m(t_s: FloatArray, y: FloatArray) -> FloatArray:
        return itrf_m(t_s, y, field)[:, 2]
    return Condition("node", above_m, direction, stop)


def apsis(direction: int = 0, *, stop: bool = False) -> Condition:
    """The distance from the Earth's centre stops falling (1: perigee) or rising (-1: apogee).

    Where the distance bends by r'' m/s2, the path's error of 3e-6 m/s moves it by 3e-6 / r'' s: r'' is 8.7 m/s2
    times the eccentricity in low orbit, so 0.3 ms at 0.001. Below, the flattened Earth makes apsides of its own, two to
    four a revolution; where two of them merge, r'' is 0 and their instants mean nothing.
    """
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


def load(load_g: float, forces: Forces | float, field: Field, thrust: Sequence[Thrust] = (), direction: int = 0, *,
         stop: bool = False) -> Condition:
    """What the craft feels passes a load (in 9.80665 m/s2) upward (1) or downward (-1): the sum of drag, sunlight and
    thrust; gravity is not felt.

    A burn begins and ends with a jump; a jump over the load is met at the instant itself. thrust: the burns of the
    flight (none when it runs backward, which has no burns).
    """
    def over_m_s2(t_s: FloatArray, y: FloatArray) -> FloatArray:
        felt = felt_m_s2(t_s, y, forces_of(forces), field, thrust)
        return np.asarray(np.linalg.norm(felt, axis=1) - load_g * G0_M_S2)
    return Condition("load", over_m_s2, direction, stop)


def felt_m_s2(t_s: FloatArray, y: FloatArray, forces: Forces, field: Field, thrust: Sequence[Thrust] = ()
              ) -> FloatArray:
    """Acceleration (n, 3) GCRF by all but gravity: drag, sunlight, and thrust from the begin of each burn until before
    its end."""
    out = np.empty((len(t_s), 3))
    _feel(np.ascontiguousarray(t_s, dtype=float), np.ascontiguousarray(y, dtype=float), forces, field, out)
    for push in thrust:
        on = (t_s >= push.start_s) & (t_s < push.start_s + push.duration_s)
        if on.any():
            out[on] += push.thrust_n / y[on, 6:] * along(push, y[on])
    return out


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


def ellipsoid(other: Dense, radial_m: float, along_m: float, normal_m: float, direction: int = 0, *,
              stop: bool = False) -> Condition:
    """The craft leaves (1) or enters (-1) an ellipsoid about another one, whose half axes lie along the other's RTN.

    Of the approach ellipsoid of 4 x 2 x 2 km they are 1000, 2000 and 1000 m. Both may burn on the way.
    """
    half = np.array([radial_m, along_m, normal_m])

    def over(t_s: FloatArray, y: FloatArray) -> FloatArray:
        target = other.at(t_s)
        turn = rtn_from_gcrf(target[:, :3], target[:, 3:6])
        place = np.einsum("nij,nj->ni", turn, y[:, :3] - target[:, :3])
        return np.asarray(np.linalg.norm(place / half, axis=1) - 1.0)
    return Condition("ellipsoid", over, direction, stop)


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


@njit(cache=True)
def _feel(t_s: FloatArray, y: FloatArray, forces: Forces, field: Field, out: FloatArray) -> None:
    """Write drag and sunlight (n, 3) at states (n, 7) into out."""
    now, m = np.zeros(SERIES + TERMS), np.zeros((3, 3))
    for i in range(t_s.shape[0]):
        ephemeris(t_s[i], field, now)
        orient(now, m)
        x, fx, fy, fz = y[i], 0.0, 0.0, 0.0
        if forces.cd_area_m2 > 0.0 and field.air.shape[0] > 0:
            lat, lon, height = geodetic_of(m[0, 0] * x[0] + m[0, 1] * x[1] + m[0, 2] * x[2],
                                           m[1, 0] * x[0] + m[1, 1] * x[1] + m[1, 2] * x[2],
                                           m[2, 0] * x[0] + m[2, 1] * x[1] + m[2, 2] * x[2])
            fx, fy, fz = drag(x[0], x[1], x[2], x[3], x[4], x[5], x[6], now[0], now[1],
                              density(t_s[i], lat, lon, height, field), forces)
        if forces.cr_area_m2 > 0.0:
            sx, sy, sz = radiation(x[0], x[1], x[2], now[5], now[6], now[7],
                                   forces.cr_area_m2 * forces.radiation_scale, x[6],
                                   sunlit_part(x[0], x[1], x[2], now[5], now[6], now[7]))
            fx, fy, fz = fx + sx, fy + sy, fz + sz
        out[i, 0], out[i, 1], out[i, 2] = fx, fy, fz
