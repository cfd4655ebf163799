"""Who is in reach of whom: passes, the geometry along them, which service is used when, and the counts of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch, Window, gaps

GROUND, RELAY, CRAFT = "ground", "relay", "craft"
"""Kinds of what a craft may be in reach of."""

REASONS = {
    "data": "the data begin or end here",
    "service": "the service begins or ends here",
    "mask": "the mask of the ground station",
    "terrain": "the terrain around the ground station",
    "keyhole": "the zone overhead that the ground antenna cannot follow",
    "rate": "the ground antenna would have to turn too fast",
    "earth": "the Earth and its air",
    "beam": "the reach of the relay's antenna",
    "structure": "the craft's own structure",
    "range": "the range of the link",
}
"""Why a pass begins or ends."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A stretch in which a craft and another end of a link have a free line between them.

    kind: ground, relay or craft; other: the id of the station, satellite or craft. highest_rad is the greatest
    elevation, at the instant peak: of the craft over the horizon of a ground station; else of the other end over the
    craft's own horizontal plane. begins and ends are keys of REASONS.
    """

    craft: str
    kind: str
    other: str
    window: Window
    peak: Epoch
    highest_rad: float
    begins: str
    ends: str


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """The geometry along one window of a link, sampled: arrays (n,), t_s counts from the window's start.

    antenna: the craft's antenna that is used, empty where none is described. elevation_rad and azimuth_rad (from north
    over east): of the craft as a ground station sees it, without refraction; else of the other end as seen from the
    craft, over the plane across its vertical. rate_m_s: change of range. off_boresight_rad: angle between the axis of
    the craft's antenna and the line to the other end, NaN where no antenna is described; far_off_boresight_rad: at a
    relay, between the Earth's centre and the craft, NaN for others.
    """

    craft: str
    kind: str
    other: str
    antenna: str
    window: Window
    t_s: FloatArray
    range_m: FloatArray
    rate_m_s: FloatArray
    elevation_rad: FloatArray
    azimuth_rad: FloatArray
    off_boresight_rad: FloatArray
    far_off_boresight_rad: FloatArray

    def __post_init__(self) -> None:
        n = len(self.t_s)
        for name in ("t_s", "range_m", "rate_m_s", "elevation_rad", "azimuth_rad", "off_boresight_rad",
                     "far_off_boresight_rad"):
            object.__setattr__(self, name, frozen(getattr(self, name), (n,), name))

    def doppler_hz(self, carrier_hz: float) -> FloatArray:
        """Shift (n,) of a carrier received one way, to first order of speed: -f rate / c."""
        return np.asarray(-carrier_hz * self.rate_m_s / LIGHT_M_S)


LIGHT_M_S = 299_792_458.0


@dataclass(frozen=True, slots=True)
class Service:
    """One end of a link that is used for a while. overlap_s: how long it and the service before it are both up at the
    change (negative: nobody serves for so long before it)."""

    kind: str
    other: str
    window: Window
    overlap_s: float


@dataclass(frozen=True, slots=True)
class Tally:
    """The contacts of one UTC day (or the part of it that is known, within) with one end, or with all of them.

    longest_gap_s: without contact, inside within; share: of within.
    """

    who: str
    within: Window
    contacts: int
    in_contact_s: float
    longest_s: float
    longest_gap_s: float

    @property
    def share(self) -> float:
        return self.in_contact_s / self.within.duration_s


@dataclass(frozen=True, slots=True)
class Zone:
    """Where no relay is in reach, at one instant and height: rows of latitude, and the longitudes west and east (rad,
    -pi to pi, eastward from the first to the second) between which that is so; share: of the whole sphere."""

    epoch: Epoch
    height_m: float
    rows: tuple[tuple[float, float, float], ...]
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Everything that one question about coverage brings: what reports read.

    windows: what is known of the craft inside the question, more than one where its path has gaps. contacts go with
    passes, one each. names: what people call each end. hand_over: which end serves when, by rule. told: what a person
    should know, in one line each. source: where the path comes from. zone: without relay, in the middle of the windows
    at the craft's mean height; None when no relay was asked for.
    """

    craft: str
    source: str
    network: str
    network_name: str
    windows: tuple[Window, ...]
    passes: tuple[Pass, ...]
    contacts: tuple[Contact, ...]
    sunlight: tuple[Window, ...]
    hand_over: tuple[Service, ...]
    rule: str
    overlap_s: float
    tallies: tuple[Tally, ...]
    names: tuple[tuple[str, str], ...]
    carrier_hz: float | None = None
    told: tuple[str, ...] = ()
    zone: Zone | None = None

    def name(self, end: str) -> str:
        return dict(self.names).get(end, end)

    @property
    def gaps(self) -> tuple[Window, ...]:
        """The stretches of the windows in which nobody serves."""
        served = tuple(service.window for service in self.hand_over)
        return tuple(gap for window in self.windows for gap in gaps(served, window))
