"""Earth orientation day by day, as the IERS observes and predicts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from typing import BinaryIO

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import day_of_mjd
from fakel.model.epoch import tai_minus_utc_s
from fakel.model.errors import InputError

_MAS = np.pi / 648_000_000
_ARCSEC = np.pi / 648_000
YEAR = 365


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """Earth orientation at 0 h of UTC days.

    first_mjd and the rows (5, days): pole x, y, dX, dY (rad), UT1 - TAI (s). observed_mjd: the last day of the whole
    file that is not a prediction; last_mjd: its last day.
    """

    first_mjd: int
    rows: FloatArray
    observed_mjd: int
    last_mjd: int

    def age(self, until_mjd: int) -> str:
        """Where the rows come from and how far they are known, for people, when asked until a day."""
        kind = "predicted, in part," if until_mjd > self.observed_mjd else "observed"
        return (f"IERS finals2000A carried by astropy-iers-data {_release()}, {kind} for these days; "
                f"observed to {day_of_mjd(self.observed_mjd)}, predicted to {day_of_mjd(self.last_mjd)}")

    def warning(self, until_mjd: int) -> str:
        """One line when days until until_mjd run into the prediction, else nothing.

        Size of the error after d days: 0.00025 s d^0.75 in UT1 and 0.00068" d^0.80 in the pole (IERS Bulletin A,
        "Predictions"). d days after the end of the table: the rms of what this module would have said in each month
        since 1974 (``_carried_on`` tried on the file itself): 0.0012 s d^0.75, after a year 0.09 s (d/365)^1.4; 0.3"
        in the pole. On the equator a second is 465 m, an arc second 31 m.
        """
        ahead = until_mjd - self.observed_mjd
        if ahead <= 0:
            return ""
        after = max(0, until_mjd - self.last_mjd)
        told = ahead - after
        carried_s = max(0.0012 * after**0.75, 0.09 * (after / 365) ** 1.4)
        off_m = float(np.linalg.norm([465.0 * 0.00025 * told**0.75, 31.0 * 0.00068 * told**0.80, 465.0 * carried_s,
                                      31.0 * 0.3 * (after > 0)]))
        return (f"Earth orientation is observed to {day_of_mjd(self.observed_mjd)} and predicted from there: on "
                f"{day_of_mjd(until_mjd)} places on the ground may be off by {off_m:.1f} m; "
                f"a newer astropy-iers-data may know more")


@cache
def _release() -> str:
    return version("astropy-iers-data")


def read_daily(first_mjd: int, last_mjd: int) -> Daily:
    """Earth orientation of the days first_mjd to last_mjd from the IERS file finals2000A.

    Bulletin B (the final series, consistent with EOP C04) where the file has it, then Bulletin A: rapid, and after it
    predicted, to about a year after its issue. Later days keep its last pole, and UT1 goes on at the mean rate of its
    last year; ``Daily.warning`` says how far that may be off. InputError before 1973-01-02, where the file starts.
    """
    with as_file(files("astropy_iers_data") / "data" / "finals2000A.all") as path, path.open("rb") as file:
        head = file.readline()
        size, origin = len(head), int(float(head[7:15]))
        file.seek(0, 2)
        rows = file.tell() // size
        last = _last(file, size, rows, _has_values) + origin
        observed = _last(file, size, rows, _is_observed) + origin
        if first_mjd < origin:
            raise InputError(f"world: Earth orientation is known from {day_of_mjd(origin + 2)} on, not on "
                             f"{day_of_mjd(first_mjd + 1)}; choose a later date")
        first = min(first_mjd, last - YEAR) if last_mjd > last else first_mjd
        file.seek((first - origin) * size)
        lines = file.read((min(last_mjd, last) - first + 1) * size).decode("ascii").splitlines()
    table = _carried_on(np.array([_fields(line) for line in lines]).T, max(0, last_mjd - last))
    return Daily(first_mjd, table[:, first_mjd - first:], observed, last)


def _carried_on(table: FloatArray, days: int) -> FloatArray:
    """The rows and so many more days: the last pole, UT1 - TAI at the mean rate of the last year."""
    if days == 0:
        return table
    more = np.repeat(table[:, -1:], days, axis=1)
    more[4] += (table[4, -1] - table[4, -1 - YEAR]) / YEAR * np.arange(1, days + 1)
    return np.concatenate([table, more], axis=1)


def _last(file: BinaryIO, size: int, rows: int, holds: Callable[[bytes], bool]) -> int:
    """Index of the last row for which holds(line) is true: it is true up to some day and false after it."""
    low, high = 0, rows - 1
    while low < high:
        middle = (low + high + 1) // 2
        file.seek(middle * size)
        low, high = (middle, high) if holds(file.read(size)) else (low, middle - 1)
    return low


def _has_values(line: bytes) -> bool:
    return bool(line[18:27].strip() and line[58:68].strip())


def _is_observed(line: bytes) -> bool:
    return line[16:17] == b"I" and line[57:58] == b"I"


def _fields(line: str) -> tuple[float, ...]:
    """Pole x, y, dX, dY (rad) and UT1 - TAI (s) of one line; a missing dX or dY is 0."""
    mjd = int(float(line[7:15]))
    pole_x, pole_y, ut1_minus_utc = (_first(line, *at) for at in (((134, 144), (18, 27)), ((144, 154), (37, 46)),
                                                                  ((154, 165), (58, 68))))
    dx, dy = _first(line, (165, 175), (97, 106)), _first(line, (175, 185), (116, 125))
    ut1_minus_tai = ut1_minus_utc - tai_minus_utc_s(day_of_mjd(mjd))
    return pole_x * _ARCSEC, pole_y * _ARCSEC, dx * _MAS, dy * _MAS, ut1_minus_tai


def _first(line: str, *columns: tuple[int, int]) -> float:
    """The first of the columns that is not empty, else 0."""
    return next((float(text) for a, b in columns if (text := line[a:b].strip())), 0.0)
