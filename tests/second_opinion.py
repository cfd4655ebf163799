"""Motion written a second time, slowly and plainly, so that the program can be checked against something not its own.

Forces term by term in Python floats, scipy's DOP853, the Earth's turn from SOFA's X, Y, s and astropy's IERS table,
Sun and Moon from SOFA, air from pymsis asked directly. Nothing here is imported from ``fakel.physics`` or ``world``
but the observed solar flux.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from importlib.resources import files

import erfa
import numpy as np
import pymsis
from astropy.utils.iers import IERS_A
from astropy_iers_data import IERS_A_FILE
from scipy.integrate import solve_ivp
from scipy.interpolate import CubicSpline

from fakel.model.epoch import Epoch
from fakel.world.weather import read_weather

SUN_GM, MOON_GM = 1.32712440041e20, 4.902800e12
G0, EARTH_RATE = 9.80665, 7.2921151467e-5
FLATTENING, EQUATOR_M = 1 / 298.257223563, 6_378_137.0


@cache
def coefficients(degree: int):
    """Unnormalised C and S of EGM2008 to degree, mu, radius."""
    with (files("fakel") / "data" / "earth" / "egm2008_120.npz").open("rb") as file:
        table = dict(np.load(file))
    c, s = np.zeros((degree + 1, degree + 1)), np.zeros((degree + 1, degree + 1))
    for n in range(2, degree + 1):
        for m in range(n + 1):
            norm = math.sqrt((2 - (m == 0)) * (2 * n + 1) * math.factorial(n - m) / math.factorial(n + m))
            c[n, m], s[n, m] = norm * table["c"][n, m], norm * table["s"][n, m]
    c[0, 0] = 1.0
    return c.tolist(), s.tolist(), float(table["mu_m3_s2"]), float(table["radius_m"])


def gravity(r, degree: int):
    """Earth-fixed pull (3,) by Cunningham's V and W: Montenbruck & Gill 2000, eq. 3.29 to 3.33."""
    c, s, mu, radius = coefficients(degree)
    x, y, z = (float(q) for q in r)
    r2 = x * x + y * y + z * z
    x0, y0, z0, rho = radius * x / r2, radius * y / r2, radius * z / r2, radius * radius / r2
    size = degree + 2
    v, w = [[0.0] * size for _ in range(size)], [[0.0] * size for _ in range(size)]
    v[0][0] = radius / math.sqrt(r2)
    for m in range(size):
        if m:
            v[m][m] = (2 * m - 1) * (x0 * v[m - 1][m - 1] - y0 * w[m - 1][m - 1])
            w[m][m] = (2 * m - 1) * (x0 * w[m - 1][m - 1] + y0 * v[m - 1][m - 1])
        for n in range(m + 1, size):
            a, b = (2 * n - 1) / (n - m) * z0, (n + m - 1) / (n - m) * rho
            v[n][m] = a * v[n - 1][m] - (b * v[n - 2][m] if n > m + 1 else 0.0)
            w[n][m] = a * w[n - 1][m] - (b * w[n - 2][m] if n > m + 1 else 0.0)
    ax = ay = az = 0.0
    for n in range(degree + 1):
        ax, ay, az = ax - c[n][0] * v[n + 1][1], ay - c[n][0] * w[n + 1][1], az - (n + 1) * c[n][0] * v[n + 1][0]
        for m in range(1, n + 1):
            cc, ss, f = c[n][m], s[n][m], (n - m + 1) * (n - m + 2)
            up, down, vp, vm = w[n + 1][m + 1], w[n + 1][m - 1], v[n + 1][m + 1], v[n + 1][m - 1]
            ax += 0.5 * (-cc * vp - ss * up + f * (cc * vm + ss * down))
            ay += 0.5 * (-cc * up + ss * vp + f * (-cc * down + ss * vm))
            az -= (n - m + 1) * (cc * v[n + 1][m] + ss * w[n + 1][m])
    return np.array([ax, ay, az]) * mu / radius**2


class Sky:
    """The Earth's turn, Sun and Moon for a few days from an epoch; t is TAI seconds after it."""

    def __init__(self, epoch: Epoch, days: float, degree: int = 20, air: bool = True) -> None:
        self.degree, self.air = degree, air
        self.tt = sum(epoch.mjd_tt) + 2_400_000.5
        self.utc = sum(epoch.mjd_utc)                         # no leap second within the days of any test
        t = np.arange(-3600.0, days * 86400 + 7200.0, 3600.0)
        tt = self.tt + t / 86400
        self.pole = CubicSpline(t, np.stack(erfa.xys06a(tt, 0.0), axis=1))
        earth = erfa.epv00(tt, 0.0)[0]["p"]
        self.sun = CubicSpline(t, -earth * erfa.DAU)
        self.moon = CubicSpline(t, erfa.moon98(tt, 0.0)["p"] * erfa.DAU)
        table = IERS_A.open(IERS_A_FILE)
        mjd = self.utc + t / 86400
        xp, yp = table.pm_xy(mjd + 2_400_000.5)
        ut1 = table.ut1_utc(mjd + 2_400_000.5)
        self.motion = CubicSpline(t, np.stack([np.radians(xp.to_value("deg")), np.radians(yp.to_value("deg")),
                                               ut1.to_value("s")], axis=1))
        weather = read_weather(self.utc - 2, self.utc + days + 2)
        self.weather = lambda t_s: weather.at(np.array([self.utc + t_s / 86400]))

    @lru_cache(maxsize=64)                                    # noqa: B019  lives as long as a test
    def turn(self, t_s: float):
        """ITRF from GCRF."""
        (x, y, s), (xp, yp, ut1) = self.pole(t_s), self.motion(t_s)
        angle = erfa.era00(self.utc + 2_400_000.5, (t_s + ut1) / 86400)
        return erfa.c2tcio(erfa.c2ixys(x, y, s), angle, erfa.pom00(xp, yp, erfa.sp00(self.tt, t_s / 86400)))

    def pull(self, t_s: float, y, cd_area_m2: float):
        """Acceleration (3,) GCRF of y (7,) without thrust."""
        m = self.turn(t_s)
        r, v = y[:3], y[3:6]
        out = m.T @ gravity(m @ r, self.degree)
        for gm, body in ((SUN_GM, self.sun(t_s)), (MOON_GM, self.moon(t_s))):
            d = body - r
            out = out + gm * (d / np.linalg.norm(d) ** 3 - body / np.linalg.norm(body) ** 3)
        if self.air:
            wind = v - np.cross(m[2] * EARTH_RATE, r)         # the last row of the turn is the Earth's axis
            drag = 0.5 * self.density(t_s, m @ r) * cd_area_m2 / y[6] * np.linalg.norm(wind)
            out = out - drag * wind
        return out

    def density(self, t_s: float, place):
        lon, lat, height = erfa.gc2gd(1, place)
        f107, mean81, ap = self.weather(t_s)
        when = np.datetime64("1858-11-17") + np.timedelta64(round((self.utc + t_s / 86400) * 86_400_000), "ms")
        return float(pymsis.calculate(when, np.degrees(lon), np.degrees(lat), height / 1000, f107, mean81,
                                      np.repeat(ap[:, None], 7, axis=1), version=2.1).ravel()[0])

    def fly(self, y, t0_s: float, t1_s: float, cd_area_m2: float, thrust_n: float = 0.0, isp_s: float = 1.0,
            toward_rtn=(0.0, 1.0, 0.0), toward_gcrf=None):
        """State (7,) at t1_s; thrust keeps its direction in radial, along, cross axes of the ship, or in GCRF."""
        def rate(t_s, y):
            push = np.zeros(3)
            if thrust_n and toward_gcrf is not None:
                push = thrust_n / y[6] * toward_gcrf
            elif thrust_n:
                radial, normal = y[:3] / np.linalg.norm(y[:3]), np.cross(y[:3], y[3:6])
                normal = normal / np.linalg.norm(normal)
                axes = np.stack([radial, np.cross(normal, radial), normal])
                push = thrust_n / y[6] * (np.asarray(toward_rtn) @ axes)
            return np.r_[y[3:6], self.pull(t_s, y, cd_area_m2) + push, -thrust_n / (isp_s * G0)]
        scale = np.r_[np.full(3, 1e-4), np.full(3, 1e-7), 1e-6]
        return solve_ivp(rate, (t0_s, t1_s), y, method="DOP853", rtol=1e-12, atol=scale).y[:, -1]
