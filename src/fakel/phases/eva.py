"""Spacewalk: out through the airlock, the tasks in their order, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from fakel.model.arrays import FloatArray
from fakel.model.blank import PLAN, Blank, filled
from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow, require_known
from fakel.model.flight import STATION, Arc, Leg, Situation, Transfer
from fakel.model.margins import Troubles
from fakel.model.mission import Person
from fakel.model.outfit import Item, Suit
from fakel.model.place import Airlock, Network, Station
from fakel.model.shots import Places
from fakel.phases import custody, eva_place, eva_scenes
from fakel.phases import eva_record as record
from fakel.plan import coverage, suits
from fakel.plan import eva as planner
from fakel.plan.airlock import require_ratio, require_vented
from fakel.plan.along import require_time, require_ways
from fakel.plan.coasting import after_coast, coast_arc
from fakel.plan.eva import Audience, Choice, Placed, Show, Task
from fakel.plan.rails import Rails, rails_of
from fakel.plan.slip import first_day
from fakel.plan.way_back import WayBack, cut_short, first_short, way_back, way_back_table
from fakel.world import World

ENDINGS = ("done", "terminated")
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
    day to the oxygen masks. keep_oxygen_s: so much primary oxygen is kept in hand (at between_w); a walk that would
    come home with less is not planned, and is ended early if it happens. recharged: the suits are full before the
    walk. slip_days: if the day is over, or has no room for the walk, so many later ones are tried (a given hatch_open
    does not slip). terminate_after_s, leaks and inner_hatch_leak_kg_s are drills that the planner knows nothing of: the
    walk is ended so long after hatch opening; a suit leaks; air of the station comes into the airlock. troubles: what
    the study of margins supposes.

    For ``plan.eva_solver``: tools: how many there are of each. show: what the walk is to be seen for (default: from the
    first scene to the last). rest_every_s: nobody works longer without a rest of rest_s. ways_apart: durations do not
    include the way to the task's place. places: what the places below are called, for the shots.
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
    keep_oxygen_s: float = 1800.0
    recharged: bool = True
    slip_days: int = 0
    terminate_after_s: float | None = None
    leaks: tuple[suits.Leak, ...] = ()
    inner_hatch_leak_kg_s: float = 0.0
    troubles: Troubles = field(default_factory=Troubles)
    step_s: float = 60.0
    tools: Mapping[str, int] = field(default_factory=dict)
    show: Show | None = None
    rest_every_s: float | None = None
    rest_s: float = 300.0
    ways_apart: bool = False
    places: Places | None = None

    def __post_init__(self) -> None:
        _network(self)
        _require_people(self)
        planner.require_tasks(self.tasks, self.walkers, self.from_hatch_m, "tasks")
        planner.require_plan(self.tasks, self.tools, self.show)
        if self.rails and not self.ways_apart:
            require_time(self.tasks, self.walkers, self.rails, self.airlock.id)
        _require_gives(self)
        require_vented(self.airlock)
        for person in self.walkers:
            require_ratio(self.inside_s, self.suits[person], self.prebreathe_s)
        needed = tuple(task for task in self.tasks if not task.may_wait)
        spent = spending(self, planner.lay(needed, self.walkers, None, Epoch(0)))
        suits.require_oxygen(spent, {p: self.suits[p].oxygen_kg for p in self.walkers}, self.keep_kg)

    @property
    def inside_s(self) -> float:
        """From the oxygen masks to hatch opening."""
        return self.prebreathe_s + self.airlock.depress_s

    @property
    def from_hatch_m(self) -> dict[str, float]:
        """Places of this walk and their distance along handrails from the hatch."""
        if self.rails is None:
            return {self.airlock.id: 0.0, **self.station.worksites_m}
        return _from_hatch_m(self.rails, self.airlock.id, tuple(task.place for task in self.tasks))

    @property
    def rails(self) -> Rails | None:
        """Handrails of the station; None when it has no structure."""
        return rails_of(self.station.structure) if self.station.structure else None

    @property
    def keep_kg(self) -> dict[str, float]:
        """Primary oxygen kept in hand by each walker."""
        return {p: self.keep_oxygen_s * suits.idle_kg_s(self.suits[p], self.between_w) for p in self.walkers}


@lru_cache(maxsize=8)
def _from_hatch_m(rails: Rails, airlock: str, places: tuple[str, ...]) -> dict[str, float]:
    """Worksites, hatches, and those places that are handrails. Raises InputError for an airlock without a hatch."""
    if airlock not in rails.hatches:
        raise InputError(f"airlock = {airlock!r} has no hatch in structure {rails.structure.id}; "
                         f"write [hatches.{airlock}]")
    away_m, extra = rails.from_m(airlock), [name for name in places if name in rails.names]
    return {name: float(away_m[rails.index(name)]) for name in (*rails.spots, *extra)}


def _network(plan: Plan) -> Network:
    if plan.network is None:
        raise InputError("a walk needs a network for its link; write network = an id in the mission")
    return plan.network


def _require_people(plan: Plan) -> None:
    if not plan.walkers:
        raise InputError("walkers: nobody goes out; name one or more people")
    for i, person in enumerate(plan.walkers):
        require_known("walkers", person, plan.people)
        if person in plan.walkers[:i]:
            raise InputError(f"walkers: {person} is named twice; name each walker once")
        if person not in plan.suits:
            raise InputError(f"walkers: {person} has no suit; write {person} = a suit's id under [suits]")
    for leak in plan.leaks:
        require_known("leaks: who", leak.who, plan.walkers)


def _require_gives(plan: Plan) -> None:
    """Items and holders that exist; from one task to the next each item is given by who took it last."""
    holders: dict[str, str] = {}
    may_hold = {STATION, *plan.people, *plan.station.airlocks}
    for task, give in [(t, g) for t in plan.tasks for g in t.gives]:
        require_known(f"task {task.id} gives: item", give.item, plan.items)
        require_known(f"task {task.id} gives: from", give.from_, may_hold)
        require_known(f"task {task.id} gives: to", give.to, may_hold)
        if holders.get(give.item, give.from_) != give.from_:
            raise InputError(f"task {task.id}: {give.item} is held by {holders[give.item]}, not by {give.from_}; "
                             "mend its gives")
        holders[give.item] = give.to


def spending(plan: Plan, placed: tuple[Placed, ...], leaks: tuple[suits.Leak, ...] = (),
             sunlit: Callable[[FloatArray], FloatArray] | None = None) -> dict[str, suits.Use]:
    """What the walk takes out of each walker's suit."""
    return {person: suits.use(placed, person, plan.suits[person], plan.between_w, plan.airlock.depress_s,
                              plan.airlock.repress_s, plan.step_s, leaks, sunlit) for person in plan.walkers}


def oxygen_left(plan: Plan, situation: Situation) -> dict[str, float]:
    """Primary oxygen in each walker's suit as the walk begins, kg."""
    return {p: record.left(plan, situation, p, "oxygen_kg") for p in plan.walkers}


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """Choose the hatch opening (see ``plan.eva.choose_hatch``) and every task's start, over the predicted orbit.

    Optional tasks are deferred, last first, while the walk is longer than the suits' autonomy, takes more oxygen than
    there is, or finds no hatch opening. Raises NoWindow when no opening fits the crew's day, InputError when oxygen
    does not last, or when somebody or something is not where the walk needs it.
    """
    _require_ready(plan, situation)
    hatch = plan.hatch_open
    if isinstance(hatch, Blank):
        return first_day(plan.date, plan.slip_days, lambda day: _fill_on(replace(plan, date=day), situation, world))
    slipped = plan.slip_days and hatch > midnight(plan.date) + plan.crew_day.stop_s
    return _fill_on(replace(plan, date=hatch.day) if slipped else plan, situation, world)


def _fill_on(plan: Plan, situation: Situation, world: World) -> Plan:
    plan = replace(plan, tasks=_within_means(plan, situation))
    arc = _station_arc(plan, situation, world, known=True)
    sky = _sky(plan, arc, world)
    hatch, plan = (_open_when(plan, sky, situation) if isinstance(plan.hatch_open, Blank)
                   else _given(plan, plan.hatch_open, sky))
    if hatch + -plan.inside_s < situation.epoch:
        raise NoWindow(f"hatch_open = {hatch.iso()} leaves no time for {plan.inside_s / 60:g} min of oxygen and "
                       f"depressurisation after {situation.epoch.iso()}; open it later")
    placed = planner.lay(plan.tasks, plan.walkers, sky, hatch)
    if plan.rails and plan.ways_apart:
        filmed = eva_place.filmed_rails(plan, plan.rails)
        require_ways(placed, plan.walkers, plan.rails, plan.airlock.id, filmed)
    suits.require_oxygen(spending(plan, placed), oxygen_left(plan, situation), plan.keep_kg)
    starts = {p.task.id: p.start_s for p in placed}
    tasks = tuple(replace(t, start_s=starts.get(t.id, t.start_s)) for t in plan.tasks)
    return replace(plan, hatch_open=hatch, tasks=tasks)


def _require_ready(plan: Plan, situation: Situation) -> None:
    """Walkers are aboard the station; each item that is given is held by its first giver."""
    aboard = {STATION, *plan.station.airlocks}
    for person in plan.walkers:
        place = situation.places.get(person, "nowhere")
        if place not in aboard:
            raise InputError(f"walkers: {person} is in {place}, not aboard the station; move them with "
                             "crew = [...] in a stay before the walk")
    first: dict[str, str] = {}
    for task in plan.tasks:
        for give in task.gives:
            first.setdefault(give.item, give.from_)
    for item, giver in first.items():
        custody.require_given(item, giver, situation.holders, "gives it first; move it there in a stay before the walk")


def _within_means(plan: Plan, situation: Situation) -> tuple[Task, ...]:
    """The tasks, optional ones deferred until autonomy and oxygen suffice (as far as that helps)."""
    tasks, left_kg = plan.tasks, oxygen_left(plan, situation)
    while True:
        placed = planner.lay(tasks, plan.walkers, None, Epoch(0))
        fits = planner.walk_s(placed) <= longest_s(plan) and not suits.lacking(
            spending(plan, placed), left_kg, plan.keep_kg)
        fewer = None if fits else planner.defer_one(tasks)
        if fewer is None:
            return tasks
        tasks = fewer


def longest_s(plan: Plan) -> float:
    """Hatch opening to closing, within the suits' autonomy."""
    return min(plan.suits[p].autonomy_s for p in plan.walkers) - plan.airlock.depress_s - plan.airlock.repress_s


def _given(plan: Plan, hatch: Epoch, sky: coverage.Sky) -> tuple[Epoch, Plan]:
    """The hatch opening that the plan gives, with as many optional tasks as the crew's day and autonomy leave room for
    (all of them when deferring does not help)."""
    if hatch < midnight(plan.date):
        raise InputError(f"hatch_open = {hatch.iso()} lies before the walk's date {plan.date}; "
                         "mend one of them")
    tasks: tuple[Task, ...] | None = plan.tasks
    while tasks is not None:
        length_s = planner.walk_s(planner.lay(tasks, plan.walkers, sky, hatch))
        if hatch + length_s <= _latest_close(plan) and length_s <= longest_s(plan):
            return hatch, replace(plan, tasks=tasks)
        tasks = planner.defer_one(tasks)
    return hatch, plan


def _latest_close(plan: Plan) -> Epoch:
    return midnight(plan.date) + (plan.crew_day.stop_s - plan.airlock.repress_s)


def _open_when(plan: Plan, sky: coverage.Sky, situation: Situation) -> tuple[Epoch, Plan]:
    """The hatch opening, and the plan with as many optional tasks as find one."""
    while True:
        try:
            return _choice(plan, sky, situation.epoch).hatch_open, plan
        except NoWindow:
            fewer = planner.defer_one(plan.tasks)
            if fewer is None:
                raise
            plan = replace(plan, tasks=fewer)


def _station_arc(plan: Plan, situation: Situation, world: World, known: bool) -> Arc:
    """The station until the crew's day ends (or the walk, if that is later), as known or as it truly is."""
    state = situation.knowledge[STATION].state if known else situation.craft[STATION]
    stop = midnight(plan.date) + plan.crew_day.stop_s
    if isinstance(plan.hatch_open, Epoch):
        span_s = sum(t.duration_s + t.max_wait_s for t in plan.tasks) + plan.airlock.repress_s
        stop = max(stop, plan.hatch_open + span_s)
    if stop <= situation.epoch:
        raise NoWindow(f"the walk's day {plan.date} is over when the walk could begin "
                       f"({situation.epoch.iso()}); write a later date")
    return coast_arc(state, "eva", stop, plan.step_s, plan.station, world)


def _sky(plan: Plan, arc: Arc, world: World) -> coverage.Sky:
    start = max(arc.start, midnight(plan.date))
    return coverage.sky_over(arc, _network(plan), world, start=start, step_s=SKY_STEP_S)


def _choice(plan: Plan, sky: coverage.Sky, now: Epoch) -> Choice:
    """The whole curve of hatch openings; tasks begin as soon as they may."""
    earliest = max(midnight(plan.date) + plan.crew_day.start_s, now) + (plan.preparation_s + plan.inside_s)
    free = tuple(replace(task, start_s=PLAN) for task in plan.tasks)
    least_s = planner.walk_s(planner.lay(free, plan.walkers, None, now))
    return planner.choose_hatch(free, plan.walkers, sky, earliest, _latest_close(plan), plan.audience,
                                max(least_s, longest_s(plan)))


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Walk the plan while the station flies on. The walk ends early by a drill, or at the first minute from which the
    way back would use oxygen that is to be kept. Raises InputError when an item is not held by who gives it."""
    hatch = filled(plan.hatch_open, "a walk: hatch_open")
    whole = _station_arc(plan, before, world, known=False)
    sky = _sky(plan, whole, world)
    placed = planner.lay(plan.tasks, plan.walkers, sky, hatch)
    back = _way_back(plan, placed, before)
    early, placed = _ended_early(plan, placed, back)
    spent = spending(plan, placed, plan.leaks, record.sunlit_after(sky, hatch))
    walk = record.Walk(plan, hatch, placed, spent, sky, *(early or (None, "")))
    transfers, holders = record.transfers(walk, before.holders)
    stop = hatch + float(spent[plan.walkers[0]].t_s[-1])
    arc = coast_arc(before.craft[STATION], "eva", stop, plan.step_s, plan.station, world)
    after = after_coast(before, arc, holders=holders, suits=record.suits_after(walk, before),
                        places={**before.places, **dict.fromkeys(plan.walkers, STATION)})
    ending = "terminated" if early else "done"
    events = record.events(walk, transfers, before, stop, ending)
    channels = record.channels(walk, before)
    studies = {**_studies(walk, back, transfers, before), **record.margin_tables(walk, channels)}
    outside, scenes = eva_scenes.outside(walk, transfers, before, arc, world)
    return Leg("eva", "eva", {}, before, after, ending, (arc,), channels, events, transfers, {**studies, **scenes},
               outside)


def _way_back(plan: Plan, placed: tuple[Placed, ...], before: Situation) -> WayBack:
    def spend(cut: tuple[Placed, ...]) -> dict[str, suits.Use]:
        return spending(plan, cut, plan.leaks)
    return way_back(placed, plan.walkers, lambda after_s: _cut(plan, placed, after_s), spend,
                    oxygen_left(plan, before), plan.step_s)


def _cut(plan: Plan, placed: tuple[Placed, ...], after_s: float) -> tuple[Placed, ...]:
    return cut_short(placed, after_s, plan.walkers, plan.from_hatch_m, plan.airlock.id)


def _ended_early(plan: Plan, placed: tuple[Placed, ...],
                 back: WayBack) -> tuple[tuple[float, str] | None, tuple[Placed, ...]]:
    """When (seconds after hatch opening) and why the walk is ended early, and what is left of its timeline."""
    reasons = []
    if plan.terminate_after_s is not None and plan.terminate_after_s < planner.walk_s(placed):
        reasons.append((plan.terminate_after_s, "drill"))
    short = first_short(back, plan.keep_kg)
    if short is not None:
        reasons.append((short[0], f"oxygen of {short[1]}"))
    if not reasons:
        return None, placed
    early = min(reasons)
    return early, _cut(plan, placed, early[0])


def _studies(walk: record.Walk, back: WayBack, given: tuple[Transfer, ...],
             before: Situation) -> dict[str, dict[str, list[Any]]]:
    plan = walk.plan
    idle = {p: suits.idle_kg_s(plan.suits[p], plan.between_w) for p in plan.walkers}
    ways = way_back_table(back, walk.placed, plan.from_hatch_m, plan.airlock.id, plan.keep_kg, idle)
    studies = {"timeline": record.timeline_table(walk), "deferred": record.deferred_table(walk),
               "suits": record.suit_table(walk, before), "custody": record.custody_table(walk, given, before),
               "walking_back": ways, **coverage.sky_tables(walk.sky)}
    if plan.rails:
        studies |= {"ways": eva_place.ways_table(walk, plan.rails),
                    "loose_items": eva_place.loose_table(walk, given, before)}
    with suppress(NoWindow):    # a given hatch opening may lie outside the crew's day; then there is no choice to show
        studies["hatch_choice"] = _choice(plan, walk.sky, before.epoch).table()
    return studies
