"""A value that the program fills in."""

from __future__ import annotations

from enum import Enum


class Blank(Enum):
    """``key = "plan"`` in a mission file: the planner fills it when its leg begins."""

    PLAN = "plan"


PLAN = Blank.PLAN
