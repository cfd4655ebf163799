"""A planned spacewalk: who does what when, what was aimed for, and how near the plan comes to what is possible."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.epoch import Epoch


@dataclass(frozen=True, slots=True)
class Doing:
    """A task in time: whole minutes since hatch opening. rests: who rests right after it. state: planned, done, under
    way, or stopped. gives: (item, giver, taker) at its end. where: what people call its place."""

    task: str
    title: str
    who: tuple[str, ...]
    place: str
    start_min: int
    stop_min: int
    rests: tuple[str, ...] = ()
    state: str = "planned"
    gives: tuple[tuple[str, str, str], ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What was aimed for, in words. bound: no plan that keeps the goals before it does better. proven: the plan reaches
    the bound."""

    name: str
    unit: str
    value: int | None
    bound: int | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Margin:
    """What a suit still holds when the walk ends; left counts what is kept in hand besides as spent."""

    person: str
    what: str
    unit: str
    capacity: float
    used: float
    kept: float

    @property
    def left(self) -> float:
        return self.capacity - self.used - self.kept


@dataclass(frozen=True, slots=True)
class Seen:
    """The show: minutes since hatch opening, those that are lit and linked, and three bounds on them: what the orbit
    gives in any stretch so long, what the show alone could reach, and what no plan of the whole walk exceeds."""

    start_min: int
    stop_min: int
    good_min: int
    orbit_bound_min: int
    alone_bound_min: int
    plan_bound_min: int


@dataclass(frozen=True, slots=True)
class Trade:
    """What a hatch opening brings: of the show alone (proven or not), and of a whole plan where one was made."""

    hatch_open: Epoch
    show_min: int | None
    show_proven: bool
    out_after_min: int | None
    worth: int | None = None
    walk_min: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Wishes that cannot all be met, grouped by what they belong to. decided: False when the search did not find out.
    irreducible: each of them is needed for the conflict."""

    decided: bool
    irreducible: bool
    groups: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class WalkPlan:
    """The answer of ``fakel eva plan``. deferred: tasks left for another day. spread_min: one sigma of the closing."""

    mission: str
    source: str
    hatch_open: Epoch
    walk_min: int
    spread_min: float
    doings: tuple[Doing, ...]
    deferred: tuple[str, ...]
    goals: tuple[Goal, ...]
    margins: tuple[Margin, ...]
    seen: Seen | None
    trades: tuple[Trade, ...] = ()
    told: tuple[str, ...] = ()
    searched: float = 0.0

    @property
    def hatch_closed(self) -> Epoch:
        return self.hatch_open + 60.0 * self.walk_min
