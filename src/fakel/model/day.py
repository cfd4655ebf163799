"""Days of UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from fakel.model.epoch import Epoch, Window

DAY_S = 86_400.0
MJD_START = date(1858, 11, 17)
"""Day 0 of the modified Julian dates."""


def midnight(day: date) -> Epoch:
    """00:00 UTC of a day."""
    return Epoch.from_civil(datetime(day.year, day.month, day.day))


def day_of_mjd(mjd: float) -> date:
    """The day in which a modified Julian date lies."""
    return MJD_START + timedelta(days=int(mjd))


def day_window(day: date) -> Window:
    """A UTC day (a leap second at its end is left out)."""
    return Window(midnight(day), midnight(day) + DAY_S)
