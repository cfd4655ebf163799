"""How the Earth is turned, and where Sun and Moon stand, as Chebyshev pieces of one UTC day each."""

from __future__ import annotations

from typing import NamedTuple

import erfa
import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch
from fakel.world.bulletins import Daily, read_daily
from fakel.world.tides import ocean_tides

TERMS = 15
SLOW_DAYS, SLOW_TERMS = 2, 9                # where pole, Sun and Moon go is asked for at so few instants of two days
AU_M = 149_597_870_700.0
TT_MINUS_TAI_S = 32.184
RATE_RAD_S = 7.292115146706979e-5          # of the Earth rotation angle, IERS Conventions 2010, eq. 5.15
POLE, ANGLE, WOBBLE, UT1 = slice(0, 2), 2, slice(3, 5), 11      # rows of ``Field.series``
TURN = slice(0, 5)
BLOCK = 4096
Rows = tuple[FloatArray, FloatArray, FloatArray]


class Tables(NamedTuple):
    """series and grid as in ``model.field.Field``; age says how old the Earth orientation is; warning: when it is
    predicted, else empty."""

    series: FloatArray
    grid: FloatArray
    age: str
    warning: str


def orientation_tables(epoch: Epoch, start: Epoch, stop: Epoch, daily_tides: bool = True) -> Tables:
    """Pieces that cover start to stop, in TAI seconds since epoch.

    IAU 2006/2000A: X, Y, s of erfa.xys06a with the observed dX, dY; ERA from UT1; polar motion with s'. Daily values
    are joined by cubics through four days; daily_tides adds what ocean tides do within a day. Sun: erfa.epv00; Moon:
    erfa.moon98. The pieces follow these within 2e-10 rad, Moon 1 mm, Sun 5 m.
    """
    first, last = int(sum(start.mjd_utc)), int(sum(stop.mjd_utc))
    daily = read_daily(first - 1, last + 3)
    start_s = Epoch.from_mjd_utc(float(first)) - epoch
    pieces = int(np.ceil((stop - epoch - start_s) / DAY_S))
    x = _nodes(TERMS)
    t = (start_s + DAY_S * (np.arange(pieces)[:, None] + (x + 1) / 2)).ravel()
    values, angle_rad = _values(epoch, t, _slow(epoch, start_s, pieces, x), daily, daily_tides)
    to_series = _to_series(x)
    series = np.einsum("spx,kx->psk", values.reshape(len(values), pieces, TERMS), to_series)
    grid = np.array([start_s, DAY_S, angle_rad, RATE_RAD_S])
    return Tables(np.ascontiguousarray(series), grid, daily.age(last), daily.warning(last))


def _nodes(n: int) -> FloatArray:
    """Chebyshev's, in -1 to 1."""
    return np.asarray(np.cos(np.pi * (np.arange(n) + 0.5) / n))


def _to_series(nodes: FloatArray) -> FloatArray:
    """Matrix (n, n) from values at ``_nodes`` to Chebyshev coefficients."""
    n = len(nodes)
    matrix = np.cos(np.outer(np.arange(n), np.arccos(nodes))) * 2 / n
    matrix[0] /= 2
    return np.asarray(matrix)


def _slow(epoch: Epoch, start_s: float, pieces: int, x: FloatArray) -> FloatArray:
    """X, Y, s, s' (rad), Sun, Moon (m): (10, n) at all nodes x (in -1 to 1) of all pieces.

    Asked at fewer instants, as this takes most of the time: over two days they are polynomials (the pole to 1e-15 rad,
    Sun and Moon to millimetres).
    """
    runs = -(-pieces // SLOW_DAYS)
    day, part = epoch.mjd_tt
    nodes = _nodes(SLOW_TERMS)
    t = start_s + SLOW_DAYS * DAY_S * (np.arange(runs)[:, None] + (nodes + 1) / 2).ravel()
    tt = (2_400_000.5 + day, part + t / DAY_S)
    sun, moon = -erfa.epv00(*tt)[0]["p"] * AU_M, erfa.moon98(*tt)["p"] * AU_M
    asked = np.vstack([*erfa.xys06a(*tt), erfa.sp00(*tt), sun.T, moon.T])
    where = (2 * np.arange(SLOW_DAYS)[:, None] + x + 1).ravel() / SLOW_DAYS - 1
    between = np.polynomial.chebyshev.chebvander(where, SLOW_TERMS - 1) @ _to_series(nodes)
    every = np.asarray(np.einsum("srk,nk->srn", asked.reshape(len(asked), runs, SLOW_TERMS), between))
    return every.reshape(len(asked), -1)[:, :pieces * TERMS]


def _values(epoch: Epoch, t_s: FloatArray, slow: FloatArray, daily: Daily, daily_tides: bool
            ) -> tuple[FloatArray, float]:
    """The twelve quantities (12, n) of ``Field.series`` at t_s, and the angle at t = 0; slow: from ``_slow``."""
    day, part = epoch.mjd_tt
    tt = (2_400_000.5 + day, part + t_s / DAY_S)
    mjd_utc = sum(epoch.mjd_utc) + t_s / DAY_S
    pole_x, pole_y, dx, dy, ut1_minus_tai = _between(daily, mjd_utc)

    def ut1() -> tuple[float, FloatArray]:
        return 2_400_000.5 + day, part + (t_s - TT_MINUS_TAI_S + ut1_minus_tai) / DAY_S
    if daily_tides:
        tide_x, tide_y, tide_ut1 = ocean_tides(tt, ut1())
        pole_x, pole_y, ut1_minus_tai = pole_x + tide_x, pole_y + tide_y, ut1_minus_tai + tide_ut1
    x, y, s, s_prime = slow[:4]
    turn = erfa.era00(*ut1()) - s - s_prime
    angle_rad = float(erfa.era00(tt[0], part + (ut1_minus_tai[0] - TT_MINUS_TAI_S) / DAY_S))
    left = (turn - angle_rad - RATE_RAD_S * t_s + np.pi) % (2 * np.pi) - np.pi
    return np.vstack([x + dx, y + dy, left, pole_x, pole_y, slow[4:], ut1_minus_tai]), angle_rad


def _between(daily: Daily, mjd_utc: FloatArray) -> FloatArray:
    """Daily rows (5, n) at UTC days, by the cubic through the two days before and the two after."""
    i = np.clip(np.floor(mjd_utc).astype(int) - daily.first_mjd, 1, daily.rows.shape[1] - 3)
    f = mjd_utc - daily.first_mjd - i
    weights = (-f * (f - 1) * (f - 2) / 6, (f + 1) * (f - 1) * (f - 2) / 2,
               -(f + 1) * f * (f - 2) / 2, (f + 1) * f * (f - 1) / 6)
    return np.asarray(sum(w * daily.rows[:, i + k - 1] for k, w in enumerate(weights)))


def values_at(series: FloatArray, grid: FloatArray, t_s: FloatArray, rows: slice = slice(None)) -> FloatArray:
    """The twelve quantities (12, n), or some rows of them, at t_s (n,) from the pieces; the angle is whole again."""
    return _sums(series, grid, t_s, rows, with_rates=False)[0]


def values_and_rates_at(series: FloatArray, grid: FloatArray, t_s: FloatArray, rows: slice = slice(None)
                        ) -> tuple[FloatArray, FloatArray]:
    """As ``values_at``, and how fast each changes, 1/s."""
    values, rates = _sums(series, grid, t_s, rows, with_rates=True)
    return values, rates


def _sums(series: FloatArray, grid: FloatArray, t_s: FloatArray, rows: slice, with_rates: bool
          ) -> tuple[FloatArray, FloatArray]:
    """Sort the times by piece, sum each piece in blocks that fit the cache, and add the steady turn."""
    where = (t_s - grid[0]) / grid[1]
    piece = np.clip(np.floor(where).astype(int), 0, len(series) - 1)
    x = 2 * (where - piece) - 1
    quantities = range(series.shape[1])[rows]
    out = np.empty((2 if with_rates else 1, len(quantities), len(t_s)))
    order = np.argsort(piece, kind="stable")
    edges = np.flatnonzero(np.diff(piece[order])) + 1
    for group in np.split(order, edges) if len(t_s) else ():
        for start in range(0, len(group), BLOCK):
            pick = group[start:start + BLOCK]
            out[:, :, pick] = _clenshaw(series[piece[pick[0]], rows], x[pick], with_rates)
    if with_rates:
        out[1] *= 2 / grid[1]
    if ANGLE in quantities:
        out[0, quantities.index(ANGLE)] += grid[2] + grid[3] * t_s
        if with_rates:
            out[1, quantities.index(ANGLE)] += grid[3]
    return out[0], out[-1]


def _clenshaw(coefficients: FloatArray, x: FloatArray, with_slopes: bool) -> FloatArray:
    """Chebyshev series (rows, terms) summed at x (n,): (1, rows, n), or (2, rows, n) with the slopes by x.

    Element by element, so that one time and a million give the same digits.
    """
    shape = (len(coefficients), len(x))
    b, b_before, d, d_before = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for k in range(coefficients.shape[1] - 1, 0, -1):
        if with_slopes:
            d, d_before = 2 * (x * d + b) - d_before, d
        b, b_before = 2 * x * b - b_before + coefficients[:, k, None], b
    values = x * b - b_before + coefficients[:, 0, None]
    return np.array([values, b + x * d - d_before]) if with_slopes else values[None]


def matrices(values: FloatArray) -> FloatArray:
    """Matrices (n, 3, 3) ITRF from GCRF of the rows TURN (5 or more, n): IERS Conventions 2010, sect. 5.4.

    Polar motion to first order: squares are 1e-12.
    """
    angle, (wx, wy) = values[ANGLE], values[WOBBLE]
    a, b, z = spun(celestial_pole(values[POLE]), angle)
    return as_matrices(a + wx * z, b - wy * z, z - wx * a + wy * b)


def matrices_and_rates(values: FloatArray, rates: FloatArray) -> tuple[FloatArray, FloatArray]:
    """``matrices`` and how fast they change (n, 3, 3), 1/s: the whole turn, precession and a day's length included."""
    (wx, wy), (wx_rate, wy_rate) = values[WOBBLE], rates[WOBBLE]
    (a, b, z), (da, db, dz) = spun_and_rates(values[POLE], rates[POLE], values[ANGLE], rates[ANGLE])
    turn = as_matrices(a + wx * z, b - wy * z, z - wx * a + wy * b)
    rate = as_matrices(da + wx * dz + wx_rate * z, db - wy * dz - wy_rate * z,
                       dz - wx * da - wx_rate * a + wy * db + wy_rate * b)
    return turn, rate


def spun_and_rates(pole: FloatArray, pole_rate: FloatArray, angle: FloatArray, angle_rate: FloatArray
                   ) -> tuple[Rows, Rows]:
    """Rows (3 of (3, n)) of the turn from GCRF by the pole X, Y (2, n) and an angle (n,) about it, and their rates."""
    a, b, z = spun(celestial_pole(pole), angle)
    da, db, dz = spun(_celestial_pole_rate(pole, pole_rate), angle)
    return (a, b, z), (da + angle_rate * b, db - angle_rate * a, dz)


def celestial_pole(pole: FloatArray) -> Rows:
    """Rows of the turn from GCRF to the celestial intermediate pole X, Y (2, n), without the angle about it."""
    x, y = pole
    a = 0.5 + (x * x + y * y) / 8
    return (np.array([1 - a * x * x, -a * x * y, -x]), np.array([-a * x * y, 1 - a * y * y, -y]),
            np.array([x, y, 1 - a * (x * x + y * y)]))


def _celestial_pole_rate(pole: FloatArray, rate: FloatArray) -> Rows:
    """Rates of the rows of ``celestial_pole``; a is taken as steady there (it changes by 1e-18 a second)."""
    (x, y), (u, v) = pole, rate
    a = 0.5 + (x * x + y * y) / 8
    across = -a * (u * y + x * v)
    return (np.array([-2 * a * x * u, across, -u]), np.array([across, -2 * a * y * v, -v]),
            np.array([u, v, -2 * a * (x * u + y * v)]))


def spun(rows: Rows, angle: FloatArray) -> Rows:
    """Rows after a turn of the axes by an angle (n,) about the third."""
    c, s = np.cos(angle), np.sin(angle)
    return c * rows[0] + s * rows[1], c * rows[1] - s * rows[0], rows[2]


def as_matrices(*rows: FloatArray) -> FloatArray:
    """Matrices (n, 3, 3) of three rows (3, n)."""
    return np.moveaxis(np.array(rows), -1, 0)
