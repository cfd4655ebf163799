"""Antennas on the outside of a craft, what may stand in their way, and tables of limits around a circle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fakel.model.arrays import FloatArray, frozen
from fakel.model.structure import Solid, Structure

Table = tuple[tuple[float, float], ...]
"""Pairs of angles (rad): around a circle, and a limit there; straight lines join them."""


def check_angle(angle_rad: float | None, what: str, low_rad: float, high_rad: float) -> None:
    """ValueError for an angle outside its range; None is not known, and kept."""
    if angle_rad is not None and not low_rad - 1e-12 <= angle_rad <= high_rad + 1e-12:
        raise ValueError(f"{what} {math.degrees(angle_rad):g} deg cannot be; write {math.degrees(low_rad):g} to "
                         f"{math.degrees(high_rad):g}")


def check_circle(table: Table, what: str) -> None:
    """ValueError unless a table goes once around, from 0 to 360 deg, in order, with equal ends and without a gap: a
    step over 45 deg, or over 10 deg and three times the usual one."""
    if not table:
        return
    around = [round(math.degrees(a), 9) for a, _ in table]
    for a, b in pairwise(around):
        if b <= a:
            raise ValueError(f"{what} goes from {a:g} to {b:g} deg; put its rows in order of azimuth")
    if around[0] != 0.0 or around[-1] != 360.0:
        raise ValueError(f"{what} has a gap: it runs from {around[0]:g} to {around[-1]:g} deg; give it from 0 to 360")
    if abs(table[0][1] - table[-1][1]) > 1e-9:
        raise ValueError(f"{what} is {math.degrees(table[0][1]):g} at 0 and {math.degrees(table[-1][1]):g} at 360 deg; "
                         "these are one direction, write one value")
    steps = sorted(b - a for a, b in pairwise(around))
    usual = steps[len(steps) // 2]
    for a, b in pairwise(around):
        if b - a > 45.0 or b - a > max(10.0, 3 * usual):
            raise ValueError(f"{what} has a gap from {a:g} to {b:g} deg; give values between")


@dataclass(frozen=True, slots=True, eq=False)
class Antenna:
    """An antenna on the outside of a craft, in the craft's body axes (a station: LVLH).

    to: ground, relay or craft. axis_lvlh: its boresight; reach_rad: how far from it the antenna turns or hears.
    field_of_view_rad: what it sees: angle around the axis, counted right-handed from zero_lvlh, and how far from the
    axis the view is free there; empty: worked out from the craft's solids when the file is read.
    """

    id: str
    name: str
    to: str
    position_lvlh_m: FloatArray
    axis_lvlh: FloatArray
    zero_lvlh: FloatArray
    confidence: str
    source: str
    reach_rad: float = math.pi
    field_of_view_rad: Table = ()

    def __post_init__(self) -> None:
        for name in ("position_lvlh_m", "axis_lvlh", "zero_lvlh"):
            object.__setattr__(self, name, frozen(getattr(self, name), (3,), name))
        if self.to not in ("ground", "relay", "craft"):
            raise ValueError(f"to = {self.to!r} is not known; write one of: ground, relay, craft")
        check_circle(self.field_of_view_rad, "field_of_view")
        check_angle(self.reach_rad, "reach", 0.0, math.pi)
        if not np.linalg.norm(np.cross(self.axis_lvlh, self.zero_lvlh)) > 1e-9:
            raise ValueError(f"antenna {self.id}: axis and zero lie along one line; write another zero_lvlh")


@dataclass(frozen=True, slots=True, eq=False)
class Antennas:
    """The antennas of one craft (its id in a flight), and what may hide what they look for: the craft's structure, and
    solids of their own."""

    id: str
    name: str
    antennas: tuple[Antenna, ...]
    source: str
    solids: tuple[Solid, ...] = ()
    structure: Structure | None = None
    craft: str = "station"
