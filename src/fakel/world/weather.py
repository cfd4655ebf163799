"""What drives the upper air: solar flux and geomagnetic activity, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import day_of_mjd
from fakel.model.errors import InputError

ASSUMED_AP = 10.0                           # where only monthly predictions exist; about the mean of 1973-2025
_OBSERVED, _MONTHLY = 1, 3


@dataclass(frozen=True, slots=True, eq=False)
class Weather:
    """Indices as continuous functions of time.

    mjd (n,) UTC days; f107, f107_mean81 in sfu (1e-22 W/m2/Hz), observed at the Earth's distance; ap daily mean.
    predicted: whether the table's predictions are among them; carried_on: whether the weather stays as it was known.
    """

    mjd: FloatArray
    f107: FloatArray
    f107_mean81: FloatArray
    ap: FloatArray
    age: str
    predicted: bool = False
    carried_on: bool = False

    def at(self, mjd_utc: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """F10.7 of the previous day, centred 81-day mean of F10.7, Ap, as NRLMSIS wants them.

        Daily values stand at the noon of their day and are joined by straight lines, so the air has no steps at
        midnight.
        """
        noon = self.mjd + 0.5
        return (np.interp(mjd_utc - 1, noon, self.f107), np.interp(mjd_utc, noon, self.f107_mean81),
                np.interp(mjd_utc, noon, self.ap))


def read_weather(first_mjd: float, last_mjd: float, known_mjd: float = np.inf) -> Weather:
    """Space weather that covers the UTC days first_mjd to last_mjd, from the table that ships.

    Observed values where there are any, then daily and monthly predictions (Ap then assumed 10); the 81-day mean is
    centred, so it knows the days to come. known_mjd: nothing later is looked at; from there on the weather stays as it
    was (see ``_carried_on``), as it does after the table's end. InputError before the table.
    """
    if known_mjd < last_mjd:
        return _carried_on(first_mjd, known_mjd)
    mjd, kind, rows = _table()
    if first_mjd - 2 < mjd[0]:
        raise InputError(f"world: space weather is known from {day_of_mjd(mjd[0] + 2)} on, not on "
                         f"{day_of_mjd(first_mjd)}; choose a later date or fly with drag off")
    if last_mjd + 1 > mjd[-1]:
        return _carried_on(first_mjd, mjd[-1] - 2.0)
    a, b = np.searchsorted(mjd, first_mjd - 2, side="right") - 1, np.searchsorted(mjd, last_mjd + 1) + 1
    observed = mjd[kind <= _OBSERVED][-1]
    used = "observed" if kind[a:b].max() <= _OBSERVED else \
        "predicted monthly, Ap assumed 10" if kind[a:b].max() == _MONTHLY else "predicted daily"
    ap = np.where(rows[2, a:b] < 0, ASSUMED_AP, rows[2, a:b])
    return Weather(mjd[a:b], rows[0, a:b], rows[1, a:b], ap,
                   f"space weather compiled by CelesTrak, {used} for these days; observed to {day_of_mjd(observed)}",
                   predicted=used != "observed")


@cache
def _table() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Days (n,), kinds of value (n,) and F10.7, its 81-day mean, Ap (3, n) of the table that ships."""
    with as_file(files("fakel") / "data" / "earth" / "space_weather.npz") as path, np.load(path) as table:
        rows = np.vstack([table["f107_tenths"] / 10.0, table["f107_mean81_tenths"] / 10.0, table["ap"]])
        return table["mjd"].astype(float), table["kind"], rows


def _carried_on(first_mjd: float, known_mjd: float) -> Weather:
    """What could be known at a moment, carried on: the flux of the last whole day before it, the means of flux and Ap
    over the 81 and 27 days before. The centred mean counts as known up to 40 days earlier."""
    past = read_weather(min(first_mjd, known_mjd) - 85.0, known_mjd)
    known = past.mjd <= known_mjd - 1.0
    mjd, f107, ap, mean81 = past.mjd[known], past.f107[known], past.ap[known], past.f107_mean81[known].copy()
    mean81[-40:] = f107[-81:].mean()
    first = max(0, int(np.searchsorted(mjd, first_mjd - 2, side="right")) - 1)
    return Weather(np.append(mjd, mjd[-1] + 1)[first:], np.append(f107, f107[-1])[first:],
                   np.append(mean81, mean81[-1])[first:], np.append(ap, ap[-27:].mean())[first:],
                   f"{past.age}; as known on {day_of_mjd(known_mjd)} and carried on",
                   predicted=past.predicted, carried_on=True)
