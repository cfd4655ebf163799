"""Density of the air along one orbit: a table over time, the way around and the height, a twentieth of the general one.

For a short flight that is not repeated, making the air costs more than flying through it. An orbit of a few days passes
each latitude at two local times only, so its air is asked for on the orbit's plane, which turns with its node, and a
little beside it. Around the orbit 17 points tell all: what they are made of has eight waves a revolution and fewer.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.world import upper_air
from fakel.world.upper_air import FEWEST, LOWEST_M, open_spline, periodic_spline
from fakel.world.weather import Weather

STEP_S = 43_200.0 / 26.5                    # of the table: noons lie on knots, midnights half-way between two
ASKED_S = 9_000.0                           # how often the whole shell is asked for
AROUND, PLANES = 17, 2                      # points on a revolution, across its plane
HIGH_M, HEIGHTS_HIGH, HEIGHTS = 300e3, 4, 5    # points up; above a height the air bends less
UPWARD = 2                                  # intervals of the spline over the heights
FEW = 3                                     # points on a revolution that tell the air's course in time
ACROSS_RAD = np.radians(0.5)                # the table's half width; the moving node of a day wanders by 0.05 deg
HIGHER_M = 25_000.0                         # and lower than the ellipse says, as the Earth's flatness bends it
LOWEST_ORBIT_M, HIGHEST_ORBIT_M, WIDEST_M, LONGEST_S = 140e3, 900e3, 130e3, 5 * 86_400.0
RADIUS_M, FLATTENING = 6_378_137.0, 1 / 298.257223563                            # WGS 84
E2 = FLATTENING * (2 - FLATTENING)
MU_M3_S2, J2, EARTH_RATE_RAD_S = 3.986004415e14, 1.0826e-3, 7.292115146706979e-5


class Shell(NamedTuple):
    """The plane of an orbit as the turning Earth sees it, and the heights over the ellipsoid that it may have.

    node_rad: longitude of the ascending node at t = 0; rate_rad_s: how fast it goes west.
    """

    node_rad: float
    rate_rad_s: float
    cos: float
    sin: float
    low_m: float
    high_m: float

    @property
    def flatter(self) -> float:
        """Tangent of the geocentric latitude to that of the geodetic one, midway up: one for all heights, so that those
        of a column share their latitude."""
        return 1 - E2 * RADIUS_M / (RADIUS_M + 0.5 * (self.low_m + self.high_m))

    def serves(self, length_s: float) -> bool:
        """Whether a table of this shape follows NRLMSIS over so long a time, and costs less than the general one."""
        return bool(self.low_m >= LOWEST_ORBIT_M and self.high_m <= HIGHEST_ORBIT_M
                    and self.high_m - self.low_m <= WIDEST_M and length_s <= LONGEST_S)


def shell_of(t_s: float, position_m: FloatArray, velocity_m_s: FloatArray, itrf_from_gcrf: FloatArray) -> Shell:
    """Shell around the orbit of a state (3,), (3,) in GCRF at t_s; its node drifts as J2 wants (Vallado 2013, 9-38)."""
    r, v = np.asarray(position_m), np.asarray(velocity_m_s)
    momentum = itrf_from_gcrf @ np.cross(r, v)
    cos = float(np.clip(momentum[2] / np.linalg.norm(momentum), -1.0, 1.0))
    distance = float(np.linalg.norm(r))
    a = 1 / (2 / distance - float(v @ v) / MU_M3_S2)
    p = float(momentum @ momentum) / MU_M3_S2
    e = np.sqrt(max(0.0, 1 - p / a))
    node_rate = -1.5 * np.sqrt(MU_M3_S2 / abs(a)**3) * J2 * (RADIUS_M / p)**2 * cos
    rate = EARTH_RATE_RAD_S - node_rate
    bulge = FLATTENING * RADIUS_M * (1 - cos * cos)
    return Shell(float(np.arctan2(momentum[0], -momentum[1])) + rate * t_s, rate, cos, np.sqrt(1 - cos * cos),
                 a * (1 - e) - RADIUS_M - HIGHER_M, a * (1 + e) - RADIUS_M + bulge + HIGHER_M)


def shell_table(epoch: Epoch, start: Epoch, stop: Epoch, weather: Weather, model: str, shell: Shell
                ) -> tuple[FloatArray, FloatArray]:
    """Coefficients and grid of the table, as ``model.field.Field`` wants them.

    The whole shell is asked for every few hours, a few of its points every half an hour: the bends and jumps of their
    mean are those of all, nearly, and what is left over is smooth (see ``_knots`` and ``tests/facts/test_air.py``).
    """
    def ask(times: FloatArray, across: FloatArray, along: FloatArray, height: FloatArray) -> FloatArray:
        t, b, u, h = np.meshgrid(times, across, along, height, indexing="ij")
        lat, lon = _places(t.ravel(), b.ravel(), u.ravel(), shell)
        kg_m3 = upper_air.density(epoch, t.ravel(), lat, lon, h.ravel(), weather, model)
        return np.asarray(np.log(kg_m3)).reshape(t.shape)

    def course(times: FloatArray) -> FloatArray:
        middle = np.array([np.sqrt(shell.low_m * shell.high_m)])
        return np.asarray(ask(times, np.zeros(1), _circle(FEW), middle).mean(axis=2, keepdims=True))

    times = _knots(epoch, start, stop)
    asked = np.linspace(times[0], times[-1], max(FEWEST, 1 + int(np.ceil((times[-1] - times[0]) / ASKED_S))))
    span = np.log(shell.high_m / shell.low_m)
    heights = HEIGHTS_HIGH if shell.low_m > HIGH_M else HEIGHTS
    height = shell.low_m * np.exp(span * (1 + _chebyshev(heights)) / 2)
    rest = ask(asked, ACROSS_RAD * _chebyshev(PLANES), _circle(AROUND), height) - course(asked)
    for axis, matrix in ((3, _through(heights, UPWARD)), (2, _around(AROUND)), (1, _through(PLANES, 1))):
        rest = np.moveaxis(np.tensordot(matrix, rest, axes=(1, axis)), 0, axis)
    between = _weights((times - times[0]) / (asked[1] - asked[0]), len(asked) - 1) @ open_spline(np.eye(len(asked)), 0)
    table = np.tensordot(open_spline(between, 0), rest, axes=1) + open_spline(course(times), 0)
    layer = span / UPWARD
    grid = np.array([times[0], STEP_S, 0.0, 2 * ACROSS_RAD, np.pi / AROUND, layer,
                     np.log(shell.low_m / LOWEST_M) / layer, 1.0,
                     ACROSS_RAD, shell.node_rad, shell.rate_rad_s, shell.cos, shell.sin, shell.flatter])
    return np.ascontiguousarray(table), grid


def _knots(epoch: Epoch, start: Epoch, stop: Epoch) -> FloatArray:
    """Knots through the noons UTC, some more than needed on each side, as splines end badly.

    At noon the weather bends and at midnight the air jumps, by up to 0.5 %, as NRLMSIS takes the next day of the year.
    A spline with a jump half-way between two knots makes a ramp of it and keeps the mean.
    """
    noon = Epoch.from_mjd_utc(start.mjd_utc[0] + 0.5)
    first, last = np.floor((start - noon) / STEP_S) - 2, np.ceil((stop - noon) / STEP_S) + 2
    return (noon - epoch) + STEP_S * np.arange(first, last + 1)


def _places(t_s: FloatArray, across_rad: FloatArray, along_rad: FloatArray, shell: Shell
            ) -> tuple[FloatArray, FloatArray]:
    """Geodetic latitude and longitude (n,) of places so far from a shell's plane and along it from the node."""
    x, y, z = (np.cos(across_rad) * np.cos(along_rad), np.cos(across_rad) * np.sin(along_rad), np.sin(across_rad))
    y, z = shell.cos * y - shell.sin * z, shell.sin * y + shell.cos * z
    lat = np.arctan2(z, shell.flatter * np.hypot(x, y))
    lon = np.arctan2(y, x) - shell.rate_rad_s * t_s + shell.node_rad
    return lat, (lon + np.pi) % (2 * np.pi) - np.pi


@cache
def _around(n: int) -> FloatArray:
    """Matrix (2 n + 3, n) from values around a circle to a periodic cubic B-spline through twice as many, which follow
    from the waves of an odd number n of them."""
    finer = 2 * np.fft.irfft(np.fft.rfft(np.eye(n), axis=0), 2 * n, axis=0)
    return periodic_spline(np.asarray(finer), 0)


def _chebyshev(n: int) -> FloatArray:
    """Where to ask between -1 and 1 for a polynomial that is good all over."""
    return np.asarray(-np.cos(np.pi * (np.arange(n) + 0.5) / n))


def _circle(n: int) -> FloatArray:
    return 2 * np.pi * np.arange(n) / n


def _weights(x: FloatArray, intervals: int) -> FloatArray:
    """What each coefficient (intervals + 3) of a cubic B-spline counts at x in 0 to intervals: (n, intervals + 3)."""
    i = np.clip(np.floor(x).astype(int), 0, intervals - 1)
    f, g = x - i, 1 - (x - i)
    out = np.zeros((len(x), intervals + 3))
    for k, weight in enumerate((g**3, 3 * f**3 - 6 * f**2 + 4, 3 * g**3 - 6 * g**2 + 4, f**3)):
        out[np.arange(len(x)), i + k] = weight / 6
    return out


@cache
def _through(n: int, intervals: int) -> FloatArray:
    """Matrix (intervals + 3, n) from values at the points of ``_chebyshev`` to a cubic B-spline that follows the
    polynomial through them; exactly up to the third degree."""
    at = np.linspace(0.0, intervals, intervals + 3)
    polynomial = np.vander(2 * at / intervals - 1, n) @ np.linalg.inv(np.vander(_chebyshev(n), n))
    return np.asarray(np.linalg.solve(_weights(at, intervals), polynomial))
