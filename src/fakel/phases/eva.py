"""Spacewalk: out through the airlock, the tasks in their order, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from fakel.model.blank import PLAN, Blank
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow
from fakel.model.flight import Arc, Leg, Situation
from fakel.model.mission import Person
from fakel.model.outfit import Item, Suit
from fakel.model.place import Airlock, Network, Station
from fakel.phases import eva_record as record
from fakel.plan import coverage, suits
from fakel.plan import eva as planner
from fakel.plan.coasting import after_coast, coast_arc
from fakel.plan.eva import Audience, Choice, Placed, Task
from fakel.world import World

ENDINGS = ("done", "terminated")
STATION = "station"
SKY_STEP_S = 10.0
"""Step of the light and link that the timeline is laid over: a sixth of the minute in which hatches are tried."""


@dataclass(frozen=True, slots=True)
class CrewDay:
    """When the crew works: seconds after 00:00 UTC."""

    start_s: float
    stop_s: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A walk on one day. hatch_open and the tasks' start_s are blanks that the planner fills.

    between_w: metabolic rate while waiting, moving or in the airlock. preparation_s: from the begin of the crew's
    day to the oxygen masks. terminate_after_s: a drill; the walk is ended so long after hatch opening.
    """

    station: Station
    network: Network | None
    people: Mapping[str, Person]
    suits: Mapping[str, Suit]
    items: Mapping[str, Item]
    airlock: Airlock
    walkers: tuple[str, ...]
    date: date
    crew_day: CrewDay
    preparation_s: float
    prebreathe_s: float
    between_w: float
    tasks: tuple[Task, ...]
    audience: Audience | None = None
    hatch_open: Epoch | Blank = PLAN
    terminate_after_s: float | None = None
    step_s: float = 60.0

    def __post_init__(self) -> None:
        if self.network is None:
            raise InputError("a walk needs a network for its link; write network = an id in the mission")
        for person in self.walkers:
            _known(person, self.people, "walkers")
            _known(person, self.suits, "suits of the walkers")
        places = {self.airlock.id, *self.station.worksites_m}
        planner.require_tasks(self.tasks, self.walkers, places, "tasks")
        _require_gives(self)
        spent = spending(self, planner.lay(self.tasks, self.walkers, None, Epoch(0)))
        suits.require_oxygen(spent, {p: self.suits[p].oxygen_kg for p in self.walkers})

    @property
    def inside_s(self) -> float:
        """From the oxygen masks to hatch opening."""
        return self.prebreathe_s + self.airlock.depress_s


def _known(name: str, known: Mapping[str, object], what: str) -> None:
    if name not in known:
        raise InputError(f"{what}: {name!r} is not known; write one of: {', '.join(sorted(known))}")


def _require_gives(plan: Plan) -> None:
    """Items and holders that exist; from one task to the next each item is given by who took it last."""
    holders: dict[str, str] = {}
    for task in plan.tasks:
        for give in task.gives:
            _known(give.item, plan.items, f"task {task.id} gives")
            for name in (give.from_, give.to):
                _known(name, {**plan.people, STATION: None, **plan.station.airlocks}, f"task {task.id} gives")
            if holders.get(give.item, give.from_) != give.from_:
                raise InputError(f"task {task.id}: {give.item} is held by {holders[give.item]}, not by {give.from_}; "
                                 "mend its gives")
            holders[give.item] = give.to


def spending(plan: Plan, placed: tuple[Placed, ...]) -> dict[str, suits.Use]:
    """What the walk takes out of each walker's suit."""
    return {person: suits.use(placed, person, plan.suits[person], plan.between_w, plan.airlock.depress_s,
                              plan.airlock.repress_s, plan.step_s) for person in plan.walkers}


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """Choose the hatch opening (see ``plan.eva.choose_hatch``) and every task's start, over the predicted orbit.

    Optional tasks are deferred, last first, while the walk is longer than the suits' autonomy.
    Raises NoWindow when no opening fits the crew's day, InputError when oxygen does not last.
    """
    plan = replace(plan, tasks=_within_autonomy(plan))
    arc = _station_arc(plan, situation, world, known=True)
    hatch = _choice(plan, arc, situation.epoch, world).hatch_open if plan.hatch_open is PLAN else plan.hatch_open
    assert isinstance(hatch, Epoch)
    if hatch + -plan.inside_s < situation.epoch:
        raise NoWindow(f"hatch_open = {hatch.iso()} leaves no time for {plan.inside_s / 60:g} min of oxygen and "
                       f"depressurisation after {situation.epoch.iso()}; open it later")
    placed = planner.lay(plan.tasks, plan.walkers, _sky(plan, arc, world), hatch)
    suits.require_oxygen(spending(plan, placed), record.oxygen_left(plan.suits, plan.walkers, situation))
    starts = {p.task.id: p.start_s for p in placed}
    tasks = tuple(replace(t, start_s=starts.get(t.id, t.start_s)) for t in plan.tasks)
    return replace(plan, hatch_open=hatch, tasks=tasks)


def _within_autonomy(plan: Plan) -> tuple[Task, ...]:
    tasks, limit_s = plan.tasks, min(plan.suits[p].autonomy_s for p in plan.walkers) - plan.airlock.depress_s
    while planner.walk_s(planner.lay(tasks, plan.walkers, None, Epoch(0))) > limit_s:
        fewer = planner.defer_one(tasks)
        if fewer is None:
            break
        tasks = fewer
    return tasks


def day_start(plan: Plan) -> Epoch:
    """00:00 UTC of the day of the walk."""
    return Epoch.from_civil(datetime(plan.date.year, plan.date.month, plan.date.day))


def _station_arc(plan: Plan, situation: Situation, world: World, known: bool) -> Arc:
    """The station until the crew's day ends (or the walk, if that is later), as known or as it truly is."""
    state = situation.knowledge[STATION].state if known else situation.craft[STATION]
    stop = day_start(plan) + plan.crew_day.stop_s
    if isinstance(plan.hatch_open, Epoch):
        longest_s = sum(t.duration_s + t.max_wait_s for t in plan.tasks) + plan.airlock.repress_s
        stop = max(stop, plan.hatch_open + longest_s)
    if stop <= situation.epoch:
        raise NoWindow(f"the walk's day {plan.date} is over when the walk could begin "
                       f"({situation.epoch.iso()}); write a later date")
    return coast_arc(state, "eva", stop, plan.step_s, plan.station, world)


def _sky(plan: Plan, arc: Arc, world: World) -> coverage.Sky:
    start = max(arc.start, day_start(plan))
    assert plan.network is not None
    return coverage.sky_over(arc, plan.network, world, start=start, step_s=SKY_STEP_S)


def _choice(plan: Plan, arc: Arc, now: Epoch, world: World) -> Choice:
    """The whole curve of hatch openings; tasks begin as soon as they may."""
    sky = _sky(plan, arc, world)
    earliest = max(day_start(plan) + plan.crew_day.start_s, now) + (plan.preparation_s + plan.inside_s)
    latest_close = day_start(plan) + (plan.crew_day.stop_s - plan.airlock.repress_s)
    free = tuple(replace(task, start_s=PLAN) for task in plan.tasks)
    return planner.choose_hatch(free, plan.walkers, sky, earliest, latest_close, plan.audience)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Walk the plan while the station flies on. Raises InputError when an item is not held by who gives it."""
    hatch = plan.hatch_open
    assert isinstance(hatch, Epoch), "fill comes first"
    whole = _station_arc(plan, before, world, known=False)
    sky = _sky(plan, whole, world)
    placed = planner.lay(plan.tasks, plan.walkers, sky, hatch)
    terminated = plan.terminate_after_s is not None and plan.terminate_after_s < planner.walk_s(placed)
    if terminated:
        placed = planner.cut_short(placed, plan.terminate_after_s or 0.0, plan.walkers)
    spent = spending(plan, placed)
    walk = record.Walk(plan.airlock, plan.walkers, plan.suits, plan.items, plan.prebreathe_s, plan.tasks, hatch, placed,
                       spent, sky, plan.terminate_after_s if terminated else None)
    transfers, holders = record.transfers(walk, before.holders)
    stop = hatch + float(spent[plan.walkers[0]].t_s[-1])
    arc = coast_arc(before.craft[STATION], "eva", stop, plan.step_s, plan.station, world)
    after = after_coast(before, arc, holders=holders, suits=record.suits_after(walk, before),
                        places={**before.places, **dict.fromkeys(plan.walkers, STATION)})
    ending = "terminated" if terminated else "done"
    events = record.events(walk, transfers, before, stop, ending)
    return Leg("eva", "eva", {}, before, after, ending, (arc,), record.channels(walk, before), events, transfers,
               _studies(plan, walk, whole, before, world))


def _studies(plan: Plan, walk: record.Walk, whole: Arc, before: Situation, world: World) -> dict[str, dict[str, list]]:
    studies = {"timeline": record.timeline_table(walk), "suits": record.suit_table(walk, before),
               **coverage.sky_tables(walk.sky)}
    try:
        studies["hatch_choice"] = _choice(plan, whole, before.epoch, world).table()
    except NoWindow:
        pass   # a given hatch opening may lie outside the crew's day; then there is no choice to show
    return studies
