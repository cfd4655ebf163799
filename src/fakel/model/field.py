"""The tables that the equations of motion read: arrays only, so that compiled code can take them."""

from __future__ import annotations

from typing import NamedTuple

from fakel.model.arrays import FloatArray


class Field(NamedTuple):
    """Gravity, orientation, Sun, Moon and air around the Earth, for one stretch of time.

    Built by ``fakel.world.build_world``; t is TAI seconds since ``World.epoch``.

    gravity: (degree + 2, degree + 2, 8) coefficients of the acceleration's own series, m/s2 (world/gravity.py).
    scale: (3,) radius of the gravity field m; GM of Sun and Moon m3/s2 (0: left out).
    series: (days, 12, 15) Chebyshev coefficients, a piece a day: CIP X, Y; angle less its steady turn; pole xp, yp
        (rad); Sun x, y, z; Moon x, y, z (GCRF, m); UT1 - TAI (s).
    grid: (4,) start of the first piece s, length of a piece s, angle at t = 0 rad, its steady rate rad/s.
    air: (times, latitudes, local hours, altitudes) coefficients of a cubic B-spline of ln(density kg/m3);
        empty: no drag. For one orbit (world/orbit_air.py): (times, across its plane, along it, altitudes).
    air_grid: (14,) first time knot s, its step s, a UTC midnight s, step of latitude (or across) rad, step of local
        time (or along) rad, step of the altitude coordinate, its first knot, 1 where the table is for a band of
        altitudes only; for one orbit its half width across rad (else 0), longitude of the node at t = 0 rad, how fast
        it goes west rad/s, cosine and sine of the inclination, tangent of geocentric latitude to that of geodetic.
    """

    gravity: FloatArray
    scale: FloatArray
    series: FloatArray
    grid: FloatArray
    air: FloatArray
    air_grid: FloatArray
