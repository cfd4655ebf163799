"""Moments of a walk that are worth a picture, and what each helmet camera has of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Window

EARTH, PLACE, SUNRISE, SUNSET, HANDOVER, LIVE = "earth", "place", "sunrise", "sunset", "handover", "live"
KINDS = {
    EARTH: ("before the Earth, in sunlight", "на фоне Земли, на солнце"),
    PLACE: ("over a named place by day, before the Earth", "над известным местом днём, на фоне Земли"),
    SUNRISE: ("in the first light after sunrise", "в первых лучах после восхода"),
    SUNSET: ("in the last light before sunset", "в последних лучах перед заходом"),
    HANDOVER: ("changes hands", "переходит из рук в руки"),
    LIVE: ("in sunlight, with a relay in reach", "на солнце, спутник-ретранслятор на связи"),
}
"""Kinds of moments: what is told of the thing, English and Russian."""


@dataclass(frozen=True, slots=True)
class Named:
    """What people call the place below: English and Russian. town: it is a town, not a sea or a land."""

    id: str
    names: tuple[str, str]
    town: bool = False


class Places(Protocol):
    """Knows what places are called."""

    id: str

    def below(self, latitude_rad: FloatArray, longitude_rad: FloatArray) -> list[Named]:
        """The name of the place at each of n points."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One moment: partner and thing lie in the picture of by's helmet camera all the time, and nothing hides them.

    subject: the other person. sun_rad: at the thing, between camera and Sun, in the middle of the window: 0 is light
    from behind the camera, pi light into it. distance_m: from camera to thing. place, latitude_rad, longitude_rad:
    below, in the middle. lit: the thing is in sunlight, linked: a relay or ground station is in reach, earth_behind:
    the Earth is behind the whole thing; each of them all the time. in_frame: share of the window in which both are in
    the picture.
    """

    id: str
    window: Window
    by: str
    subject: str
    item: str
    kind: str
    titles: tuple[str, str]
    sun_rad: float
    distance_m: float
    place: Named
    latitude_rad: float
    longitude_rad: float
    lit: bool
    linked: bool
    earth_behind: bool
    in_frame: float = 1.0


COLUMNS = ("id", "start_utc", "stop_utc", "by", "subject", "kind", "title", "title_ru", "sun_deg", "distance_m",
           "place", "place_ru", "latitude_deg", "longitude_deg", "lit", "linked", "earth_behind", "in_frame_share")
