"""A day's plan that may slip: the first day that has a chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from fakel.model.errors import NoWindow

T = TypeVar("T")


def first_day(day: date, slip_days: int, attempt: Callable[[date], T]) -> T:
    """What attempt gives for day, or for the first of slip_days later days for which it raises no NoWindow.

    Raises the NoWindow of the day itself when none has a chance.
    """
    try:
        return attempt(day)
    except NoWindow as none_that_day:
        for ahead in range(1, slip_days + 1):
            try:
                return attempt(day + timedelta(days=ahead))
            except NoWindow:
                continue
        raise none_that_day from None
