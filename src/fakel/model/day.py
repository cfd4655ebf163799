"""Days of UTC."""

from __future__ import annotations

from datetime import date, datetime

from fakel.model.epoch import Epoch, Window

DAY_S = 86_400.0


def midnight(day: date) -> Epoch:
    """00:00 UTC of a day."""
    return Epoch.from_civil(datetime(day.year, day.month, day.day))


def day_window(day: date) -> Window:
    """A UTC day (a leap second at its end is left out)."""
    return Window(midnight(day), midnight(day) + DAY_S)
