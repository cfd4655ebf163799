"""How far ahead a flight through air says anything: one limit, for flights, forecasts and predictions."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError

AIR_FORECAST_S = 180 * DAY_S
"""Longest flight through air that is only forecast. NASA's own predictions of the station differ from their next issue
by 1 to 10 km after 2 to 4 days, 600 m x (days)² in the middle; so after 188 days by half the length of its orbit, and
the craft may be anywhere on it."""


SKY_UNTIL = Epoch.utc("2100-01-01")
"""Sun and Moon are computed by series that hold from 1900 to 2100 (erfa's epv00)."""


@cache
def observed_until() -> Epoch:
    """The end of the last day of which the table that ships holds observed solar flux and geomagnetic activity."""
    with as_file(files("fakel") / "data" / "earth" / "space_weather.npz") as path, np.load(path) as table:
        return Epoch.from_mjd_utc(float(table["mjd"][table["kind"] <= 1][-1]) + 1.0)


def require_sky_known(until: Epoch, name: str) -> None:
    """InputError beyond ``SKY_UNTIL``."""
    if until > SKY_UNTIL:
        raise InputError(f"{name} = {until.iso()}: Sun and Moon are known until {SKY_UNTIL.iso()}; choose an earlier "
                         "instant")


def require_air_known(start: Epoch, until: Epoch, name: str, remedy: str, known: Epoch | None = None) -> None:
    """InputError when more of the way from start to until than ``AIR_FORECAST_S`` lies in air that is only forecast.

    name: the input that says until when, such as ``--until``; remedy: how to fly without air, in words. known: until
    when the weather counts as known (default: as far as it is observed).
    """
    first, last = min(start, until), max(start, until)
    if last - first <= AIR_FORECAST_S:
        return
    known = known or observed_until()
    ahead_s = last - max(first, min(known, last))
    if ahead_s > AIR_FORECAST_S:
        end = max(first, known) + AIR_FORECAST_S
        raise InputError(f"{name} = {last.iso()}: {ahead_s / DAY_S:.0f} days of air that is only forecast; after "
                         f"{AIR_FORECAST_S / DAY_S:.0f} a craft may be anywhere on its orbit. End by {end.iso()}, or "
                         f"{remedy}")
