"""Places on the Earth and stations in orbit, as their data files say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from fakel.model.arrays import FloatArray, frozen

Table = tuple[tuple[float, float], ...]
"""Pairs of angles (rad): around a circle, and a limit there; straight lines join them."""


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
        raise ValueError(f"{what} runs from {around[0]:g} to {around[-1]:g} deg; give it from 0 to 360")
    if abs(table[0][1] - table[-1][1]) > 1e-9:
        raise ValueError(f"{what} is {math.degrees(table[0][1]):g} at 0 and {math.degrees(table[-1][1]):g} at 360 deg; "
                         "these are one direction, write one value")
    steps = sorted(b - a for a, b in pairwise(around))
    usual = steps[len(steps) // 2]
    for a, b in pairwise(around):
        if b - a > 45.0 or b - a > max(10.0, 3 * usual):
            raise ValueError(f"{what} has a gap from {a:g} to {b:g} deg; give values between")


@dataclass(frozen=True, slots=True)
class Site:
    """A pad, a landing zone or a ground station: geodetic place on WGS 84.

    terrain_mask_rad: azimuth from north over east, and the lowest elevation that is free there. keyhole_rad: the
    antenna cannot follow a craft nearer to the zenith than this. azimuth_rate_rad_s: the fastest it turns about its
    vertical. shortest_pass_s: shorter passes are not taken. None is not known: no limit, or the network's.
    """

    id: str
    kind: str
    name: str
    latitude_rad: float
    longitude_rad: float
    height_m: float
    confidence: str
    source: str
    radius_m: float | None = None
    elevation_mask_rad: float | None = None
    time_zone: str | None = None
    terrain_mask_rad: Table = ()
    keyhole_rad: float | None = None
    azimuth_rate_rad_s: float | None = None
    shortest_pass_s: float | None = None

    def __post_init__(self) -> None:
        if abs(self.latitude_rad) > math.pi / 2 + 1e-12:
            raise ValueError(f"latitude {math.degrees(self.latitude_rad):g} deg is beyond a pole; write -90 to 90")
        check_circle(self.terrain_mask_rad, "terrain_mask")


@dataclass(frozen=True, slots=True)
class Relay:
    """A relay satellite: two lines of elements, or a longitude over which it is held (with both, the longitude counts
    on days that the elements are too old for); usable from and until (UTC dates, empty = open).

    beam_east_west_rad, beam_north_south_rad: how far its antennas turn from the Earth's centre to each side; None is
    not known: no limit.
    """

    id: str
    name: str
    usable_from: str
    usable_until: str
    source: str
    longitude_rad: float | None = None
    elements: tuple[str, ...] = ()
    beam_east_west_rad: float | None = None
    beam_north_south_rad: float | None = None
    confidence: str = ""

    def __post_init__(self) -> None:
        for name in ("usable_from", "usable_until"):
            text = getattr(self, name)
            try:
                if text:
                    date.fromisoformat(text)
            except ValueError:
                raise ValueError(f"{name} = {text!r} is not a date; write it like 2013-11-09, or leave it empty"
                                 ) from None
        if self.usable_from and self.usable_until and self.usable_until <= self.usable_from:
            raise ValueError(f"relay {self.id} serves until {self.usable_until}, before it begins on "
                             f"{self.usable_from}; mend one of them")
        if len(self.elements) not in (0, 2):
            raise ValueError(f"relay {self.id} has {len(self.elements)} element lines; write two, or none")
        if not self.elements and self.longitude_rad is None:
            raise ValueError(f"relay {self.id} has neither longitude_deg nor elements; write one of them")


@dataclass(frozen=True, slots=True, eq=False)
class Antenna:
    """An antenna on the outside of a craft, in the craft's body axes (a station: LVLH).

    to: ground, relay or craft. axis_lvlh: its boresight. field_of_view_rad: what it sees: angle around the axis,
    counted right-handed from zero_lvlh, and how far from the axis the view is free there.
    """

    id: str
    name: str
    to: str
    position_lvlh_m: FloatArray
    axis_lvlh: FloatArray
    zero_lvlh: FloatArray
    confidence: str
    source: str
    field_of_view_rad: Table = ((0.0, math.pi), (math.pi / 2, math.pi), (math.pi, math.pi),
                                (3 * math.pi / 2, math.pi), (2 * math.pi, math.pi))

    def __post_init__(self) -> None:
        for name in ("position_lvlh_m", "axis_lvlh", "zero_lvlh"):
            object.__setattr__(self, name, frozen(getattr(self, name), (3,), name))
        if self.to not in ("ground", "relay", "craft"):
            raise ValueError(f"to = {self.to!r} is not known; write one of: ground, relay, craft")
        check_circle(self.field_of_view_rad, "field_of_view")


@dataclass(frozen=True, slots=True, eq=False)
class Antennas:
    """The antennas of one craft."""

    id: str
    name: str
    antennas: tuple[Antenna, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Network:
    """Ground stations and relay satellites that talk to one station.

    antennas: those of the station, if its own structure is to count. shortest_pass_s: shorter ground passes are not
    taken.
    """

    id: str
    name: str
    ground: tuple[Site, ...]
    relays: tuple[Relay, ...]
    elevation_mask_rad: float
    grazing_height_m: float
    source: str
    antennas: Antennas | None = None
    shortest_pass_s: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Port:
    """A docking port: where its plane is and which way it looks, in the station's LVLH axes
    (x forward, y starboard, z down; origin at the station's reference point)."""

    id: str
    name: str
    position_lvlh_m: FloatArray
    axis_lvlh: FloatArray
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_lvlh_m", frozen(self.position_lvlh_m, (3,), "position_lvlh_m"))
        object.__setattr__(self, "axis_lvlh", frozen(self.axis_lvlh, (3,), "axis_lvlh"))


@dataclass(frozen=True, slots=True)
class Airlock:
    """A volume that people leave through."""

    id: str
    name: str
    volume_m3: float
    hatch_diameter_m: float
    depress_s: float
    repress_s: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Station:
    """A space station: what docks to it, what leaves it, and how it flies.

    worksites maps a place outside to its distance along handrails from the airlock's hatch, in metres.
    """

    id: str
    name: str
    mass_kg: float
    drag_area_m2: float
    drag_coefficient: float
    pressurised_volume_m3: float
    ports: Mapping[str, Port]
    airlocks: Mapping[str, Airlock]
    worksites_m: Mapping[str, float]
    source: str
