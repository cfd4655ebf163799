"""A mission as plain data: who and what flies, in which steps, with blanks for the program to fill."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.navigation import Chance
from fakel.model.outfit import Item, Suit
from fakel.model.place import Network, Station
from fakel.model.start import StateVector
from fakel.model.vehicle import Ship

END = "end"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who flies. place: the ship or station volume where the mission finds them."""

    id: str
    name: str
    place: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Elements:
    """A two-line element set of the station, checked but not yet turned into a state. fields: of the OMM that it came
    from, with all their digits."""

    line1: str
    line2: str
    epoch: Epoch
    max_age_s: float
    source: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A node of the mission graph: a phase by name, its plan, and what follows each ending."""

    name: str
    phase: str
    plan: Any
    then: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Onward:
    """What happens to an item after the landing: an estimate. Either after_s (since the landing) or date (a UTC day)
    is given; place is where it happens."""

    item: str
    from_: str
    to: str
    why: str
    source: str
    place: str = ""
    after_s: float | None = None
    date: datetime.date | None = None
    confidence: str = "low"

    def __post_init__(self) -> None:
        if (self.after_s is None) == (self.date is None):
            raise ValueError(f"{self.item} to {self.to} takes either after_h (since the landing) or date; write one")
        if self.after_s is not None and self.after_s < 0.0:
            raise ValueError(f"after_h = {self.after_s / 3600:g} lies before the landing; write 0 or more")


@dataclass(frozen=True, slots=True, eq=False)
class Mission:
    """Everything a flight needs, besides the world. Steps hold phase plans with blanks.

    ship_starts: ships that the mission finds in free flight, all at one epoch; the flight begins there, otherwise at
    00:00 UTC of date. gravity and drag are for studies: ``j2`` or ``point`` leave the rest of the field out. russian:
    the mission's own texts and what they are in Russian. onward: changes of hands after the landing. chance: of a
    flight whose navigation and burns err.
    """

    id: str
    title: str
    date: datetime.date
    last_date: datetime.date
    time_zone: str
    station: Station
    station_start: Elements | StateVector
    ship_starts: Mapping[str, StateVector]
    network: Network | None
    people: Mapping[str, Person]
    ships: Mapping[str, Ship]
    suits: Mapping[str, Suit]
    items: Mapping[str, Item]
    holders: Mapping[str, str]
    first: str
    steps: Mapping[str, Step]
    seed: int
    run: int
    gravity: str = "full"
    drag: bool = True
    russian: Mapping[str, str] = field(default_factory=dict)
    onward: tuple[Onward, ...] = ()
    chance: Chance | None = None
