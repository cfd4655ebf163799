"""A live broadcast: who watches, when it can be on air, and what happens minute by minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fakel.model.contact import Service
from fakel.model.epoch import Epoch, Window

LINK, LIGHT, BELOW, RATE, AUDIENCE = "link", "light", "below", "rate", "audience"
"""Wishes: a link is up; the craft is in sunlight; the place below; the link's bit rate; enough of the audience."""


@dataclass(frozen=True, slots=True)
class Group:
    """Viewers that one word names: a country, or all who live by one time zone.

    people of each zone: those of its towns; weight: how often each counts. start_s, stop_s: when they are at home,
    seconds after local midnight; a stop that is not after the start is on the next day.
    """

    id: str
    names: tuple[str, str]
    weight: float
    start_s: float
    stop_s: float
    people: tuple[tuple[str, int], ...]

    @property
    def all_people(self) -> int:
        return sum(n for _, n in self.people)

    @property
    def main_zone(self) -> str:
        """The zone of most of them."""
        return max(self.people, key=lambda pair: pair[1])[0]

    def name(self, language: str = "en") -> str:
        return self.names[language == "ru"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one group brings to a window: the mean share of it that is at home."""

    group: Group
    share: float

    @property
    def people(self) -> float:
        """At home, in the mean over the window, counted by weight."""
        return self.share * self.group.all_people * self.group.weight


@dataclass(frozen=True, slots=True)
class Stretch:
    """A named region under the path; id is a region's, ``land`` or ``ocean``; names in English and Russian."""

    id: str
    names: tuple[str, str]
    window: Window


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """An earlier window for practice. same_time: at about that time of day; whole: no shorter than the broadcast;
    apart_m: between the points below in the middle of both, over the ground."""

    window: Window
    same_time: bool
    whole: bool
    apart_m: float


@dataclass(frozen=True, slots=True)
class Live:
    """A window in which all wishes hold, as long as they do.

    begins, ends: the wishes that open and close it (``data``: the path begins or ends). parts: by group; services: who
    carries the picture; below: what lies under it. audience_min: people at home (by weight) times minutes, the score;
    scene_s: seconds of the flight's own television scenes, which count first.
    """

    rank: int
    window: Window
    begins: str
    ends: str
    parts: tuple[Part, ...]
    share: float
    audience_min: float
    services: tuple[Service, ...]
    below: tuple[Stretch, ...]
    scene_s: float = 0.0
    backup: Window | None = None
    rehearsal: Rehearsal | None = None

    @property
    def lost_s(self) -> float:
        """Seconds without picture at changes of service."""
        return sum(max(0.0, -s.overlap_s) for s in self.services[1:])


@dataclass(frozen=True, slots=True)
class Wish:
    """One condition over the time searched: held_s, it holds; alone_s, it alone is missing; label: in words."""

    name: str
    label: str
    held_s: float
    alone_s: float


@dataclass(frozen=True, slots=True)
class Odds:
    """How much any pass would bring: of all revolutions (from node to node) those with a window as asked for, those
    with one if nobody asked what lies below, and the share of all minutes that is on air."""

    revolutions: int
    with_window: int
    with_light_and_link: int
    share: float


@dataclass(frozen=True, slots=True)
class Television:
    """What one question about television brings. searched: where windows were looked for. windows: by rank; others:
    usable, but shorter than wished, or beyond the number asked for. names: of the ends of links."""

    craft: str
    source: str
    network: str
    network_name: str
    searched: tuple[Window, ...]
    groups: tuple[Group, ...]
    wishes: tuple[Wish, ...]
    windows: tuple[Live, ...]
    found: int
    shortest_s: float
    margin_s: float
    odds: Odds
    names: tuple[tuple[str, str], ...]
    told: tuple[str, ...] = ()

    def name(self, end: str) -> str:
        return dict(self.names).get(end, end)


LINE_UP, BARS, BARS_END, COUNT, ON_AIR, OFF_AIR, TO_END = (
    "line_up", "bars", "bars_end", "count", "on_air", "off_air", "to_end")
RISE, SET, AOS, LOS, HAND_OVER, OVER, EVENT, BACKUP, REHEARSAL = (
    "sunrise", "sunset", "aos", "los", "hand_over", "over", "event", "backup", "rehearsal")


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a run-of-show. on_air: the picture is live then. facts: what a report words."""

    epoch: Epoch
    kind: str
    on_air: bool
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Minute:
    """A minute of the picture: where the craft is, what lies below, in which light. height of the Sun over the place
    below, rad."""

    epoch: Epoch
    latitude_rad: float
    longitude_rad: float
    names: tuple[str, str]
    sunlit: bool
    sun_below_rad: float
    service: str
    holders: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A happening of the flight that television wants, and whether it is on air for its whole length."""

    title: str
    window: Window
    live_s: float
    services: tuple[str, ...]
    below: tuple[tuple[str, str], ...]
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Rundown:
    """The run-of-show of one window: zero is T. services: who carries the picture; sun_rad: latitude and longitude
    under the Sun at zero."""

    zero: Epoch
    window: Window
    span: Window
    lives: tuple[Window, ...]
    lit: tuple[Window, ...]
    cues: tuple[Cue, ...]
    minutes: tuple[Minute, ...]
    services: tuple[Service, ...]
    sun_rad: tuple[float, float]
    scenes: tuple[Scene, ...] = ()
    backup: Window | None = None
    rehearsal: Rehearsal | None = None
