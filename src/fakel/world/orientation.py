"""How the Earth is turned, and where Sun and Moon stand, as Chebyshev pieces of one UTC day each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import as_file, files
from typing import NamedTuple

import erfa
import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, tai_minus_utc_s
from fakel.model.errors import InputError

DAY_S = 86_400.0
TERMS = 15
AU_M = 149_597_870_700.0
TT_MINUS_TAI_S = 32.184
YEAR = 365
RATE_RAD_S = 7.292115146706979e-5          # of the Earth rotation angle, IERS Conventions 2010, eq. 5.15
_MAS = np.pi / 648_000_000
_ARCSEC = np.pi / 648_000


class Tables(NamedTuple):
    """series and grid as in ``model.field.Field``; age says how old the Earth orientation is."""

    series: FloatArray
    grid: FloatArray
    age: str


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """Earth orientation at 0 h of UTC days: first_mjd and arrays of rows pole x, y, dX, dY (rad), UT1 - TAI (s)."""

    first_mjd: int
    rows: FloatArray
    predicted: bool
    last_mjd: int


def orientation_tables(epoch: Epoch, start: Epoch, stop: Epoch) -> Tables:
    """Pieces that cover start to stop, in TAI seconds since epoch.

    IAU 2006/2000A: X, Y, s of erfa.xys06a with the observed dX, dY; ERA from UT1; polar motion with s'. Daily values
    are joined by cubics through four days. Sun: erfa.epv00; Moon: erfa.moon98. Against erfa at random times: rotation
    within 2e-10 rad, Moon 1 mm, Sun 5 m. Left out: tides of a day and less in UT1 and pole (3e-9 rad).
    """
    first, last = int(sum(start.mjd_utc)), int(sum(stop.mjd_utc))
    daily = read_daily(first - 1, last + 3)
    start_s = Epoch.from_mjd_utc(float(first)) - epoch
    pieces = int(np.ceil((stop - epoch - start_s) / DAY_S))
    x = np.cos(np.pi * (np.arange(TERMS) + 0.5) / TERMS)
    t = (start_s + DAY_S * (np.arange(pieces)[:, None] + (x + 1) / 2)).ravel()
    values, angle_rad = _values(epoch, t, daily)
    to_series = np.cos(np.outer(np.arange(TERMS), np.arccos(x))) * 2 / TERMS
    to_series[0] /= 2
    series = np.einsum("spx,kx->psk", values.reshape(len(values), pieces, TERMS), to_series)
    known = "predicted" if daily.predicted else "observed"
    if last + 3 > daily.last_mjd:
        known = "carried on from its last day"
    age = f"IERS finals2000A carried by astropy-iers-data, {known} for these days; table reaches {_day(daily.last_mjd)}"
    return Tables(np.ascontiguousarray(series), np.array([start_s, DAY_S, angle_rad, RATE_RAD_S]), age)


def _values(epoch: Epoch, t_s: FloatArray, daily: Daily) -> tuple[FloatArray, float]:
    """The twelve quantities (12, n) of ``Field.series`` at t_s, and the angle at t = 0."""
    day, part = epoch.mjd_tt
    tt = (2_400_000.5 + day, part + t_s / DAY_S)
    mjd_utc = sum(epoch.mjd_utc) + t_s / DAY_S
    pole_x, pole_y, dx, dy, ut1_minus_tai = _between(daily, mjd_utc)
    x, y, s = erfa.xys06a(*tt)
    era_day, era_part = 2_400_000.5 + day, part + (t_s - TT_MINUS_TAI_S + ut1_minus_tai) / DAY_S
    turn = erfa.era00(era_day, era_part) - s - erfa.sp00(*tt)
    angle_rad = float(erfa.era00(era_day, part + (ut1_minus_tai[0] - TT_MINUS_TAI_S) / DAY_S))
    left = (turn - angle_rad - RATE_RAD_S * t_s + np.pi) % (2 * np.pi) - np.pi
    sun = -erfa.epv00(*tt)[0]["p"] * AU_M
    moon = erfa.moon98(*tt)["p"] * AU_M
    return np.vstack([x + dx, y + dy, left, pole_x, pole_y, sun.T, moon.T, ut1_minus_tai]), angle_rad


def _between(daily: Daily, mjd_utc: FloatArray) -> FloatArray:
    """Daily rows (5, n) at UTC days, by the cubic through the two days before and the two after."""
    i = np.clip(np.floor(mjd_utc).astype(int) - daily.first_mjd, 1, daily.rows.shape[1] - 3)
    f = mjd_utc - daily.first_mjd - i
    weights = (-f * (f - 1) * (f - 2) / 6, (f + 1) * (f - 1) * (f - 2) / 2,
               -(f + 1) * f * (f - 2) / 2, (f + 1) * f * (f - 1) / 6)
    return np.asarray(sum(w * daily.rows[:, i + k - 1] for k, w in enumerate(weights)))


def read_daily(first_mjd: int, last_mjd: int) -> Daily:
    """Earth orientation of the days first_mjd to last_mjd from the IERS file finals2000A.

    InputError for days before the file, which starts 1973-01-02. It ends about a year after its issue; later days keep
    its last pole, and UT1 goes on at the mean rate of its last year (off by a second in a few years: 0.4 km in place on
    the Earth, nothing in an orbit among the stars but through the field's turn).
    """
    with as_file(files("astropy_iers_data") / "data" / "finals2000A.all") as path, path.open("rb") as file:
        head = file.readline()
        size, origin = len(head), int(float(head[7:15]))
        file.seek(0, 2)
        rows = file.tell() // size
        last = _last_with_pole(file, size, rows) + origin
        if first_mjd < origin:
            raise InputError(f"world: Earth orientation is known from {_day(origin + 2)} on, not on "
                             f"{_day(first_mjd + 1)}; choose a later date")
        first = min(first_mjd, last - YEAR if last_mjd > last else first_mjd)
        file.seek((first - origin) * size)
        lines = file.read((min(last_mjd, last) - first + 1) * size).decode("ascii").splitlines()
    table = np.array([_fields(line) for line in lines]).T
    if last_mjd > last:
        table = _carried_on(table, last_mjd - last)
    return Daily(first_mjd, table[:, first_mjd - first:], any(line[57:58] == "P" for line in lines), last)


def _carried_on(table: FloatArray, days: int) -> FloatArray:
    """Rows for so many more days: the last pole, UT1 - TAI at the mean rate of the last year."""
    more = np.repeat(table[:, -1:], days, axis=1)
    more[4] += (table[4, -1] - table[4, -1 - YEAR]) / YEAR * np.arange(1, days + 1)
    return np.concatenate([table, more], axis=1)


def _last_with_pole(file: object, size: int, rows: int) -> int:
    """Index of the last row that holds values: the file ends with empty days."""
    low, high = 0, rows - 1
    while low < high:
        middle = (low + high + 1) // 2
        file.seek(middle * size)                                      # type: ignore[attr-defined]
        line = file.read(size)                                        # type: ignore[attr-defined]
        low, high = (middle, high) if line[18:27].strip() and line[58:68].strip() else (low, middle - 1)
    return low


def _fields(line: str) -> tuple[float, ...]:
    """Pole x, y, dX, dY (rad) and UT1 - TAI (s) of one line; Bulletin A, missing dX, dY as 0."""
    mjd = int(float(line[7:15]))
    dx, dy = (float(text) if text.strip() else 0.0 for text in (line[97:106], line[116:125]))
    ut1_minus_tai = float(line[58:68]) - tai_minus_utc_s(date(1858, 11, 17) + timedelta(days=mjd))
    return float(line[18:27]) * _ARCSEC, float(line[37:46]) * _ARCSEC, dx * _MAS, dy * _MAS, ut1_minus_tai


def _day(mjd: int) -> str:
    return (date(1858, 11, 17) + timedelta(days=mjd)).isoformat()


def values_at(series: FloatArray, grid: FloatArray, t_s: FloatArray) -> FloatArray:
    """The twelve quantities (12, n) at t_s from the pieces; the angle is whole again."""
    where = (t_s - grid[0]) / grid[1]
    piece = np.clip(np.floor(where).astype(int), 0, len(series) - 1)
    basis = np.polynomial.chebyshev.chebvander(2 * (where - piece) - 1, TERMS - 1)
    out = np.einsum("nsk,nk->sn", series[piece], basis)
    out[2] += grid[2] + grid[3] * t_s
    return np.asarray(out)


def matrices(values: FloatArray) -> FloatArray:
    """Matrices (n, 3, 3) ITRF from GCRF of the quantities (12, n): IERS Conventions 2010, sect. 5.4."""
    x, y, angle, pole_x, pole_y = values[:5]
    a = 0.5 + (x * x + y * y) / 8
    cip = _rows([[1 - a * x * x, -a * x * y, -x], [-a * x * y, 1 - a * y * y, -y], [x, y, 1 - a * (x * x + y * y)]])
    return wobble(pole_x, pole_y) @ spin(angle) @ cip


def spin(angle_rad: FloatArray) -> FloatArray:
    """Matrices (n, 3, 3) that turn the axes by an angle about z."""
    c, s, none, one = np.cos(angle_rad), np.sin(angle_rad), np.zeros_like(angle_rad), np.ones_like(angle_rad)
    return _rows([[c, s, none], [-s, c, none], [none, none, one]])


def wobble(pole_x_rad: FloatArray, pole_y_rad: FloatArray) -> FloatArray:
    """Matrices (n, 3, 3) of polar motion to first order (squares are 1e-12)."""
    none, one = np.zeros_like(pole_x_rad), np.ones_like(pole_x_rad)
    return _rows([[one, none, pole_x_rad], [none, one, -pole_y_rad], [-pole_x_rad, pole_y_rad, one]])


def _rows(entries: list[list[FloatArray]]) -> FloatArray:
    return np.moveaxis(np.array(entries), -1, 0)
