"""A value that the program fills in."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from fakel.model.errors import InputError

T = TypeVar("T")


class Blank(Enum):
    """``key = "plan"`` in a mission file: the planner fills it when its leg begins."""

    PLAN = "plan"


PLAN = Blank.PLAN


def filled(value: T | Blank, what: str) -> T:
    """The value, which is no blank any more. Raises InputError, naming what, when it still is one."""
    if isinstance(value, Blank):
        raise InputError(f"{what} is still a blank; fill the plan first")
    return value
