"""A spacewalk's timeline: tasks in the order given, placed in time under the light and links that are predicted.

A task begins when its people are free and the tasks it comes after are done. If it wishes for light or link,
it waits for a stretch that grants the wish for its whole length, up to its max_wait_s; then it begins anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.blank import PLAN, Blank
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError, NoWindow, require_known
from fakel.plan.audience import at_home, zone_of
from fakel.plan.coverage import WISHES, Sky, flags_of


@dataclass(frozen=True, slots=True)
class Give:
    """An item goes from one holder to the next at the end of a task: hand to hand, out of or into a volume."""

    item: str
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that people do outside.

    must: wishes (light, dark, link, relay, ground, tv). scene: television wants it. optional: it may be left
    for another day (then the planner sets deferred). always: it is done even when the walk is ended early.
    tethers: points at which each person is held. via: handrails or worksites gone by, one by one. start_s is counted
    from hatch opening. Durations include the way along the handrails, unless the walk says ways_apart.

    For ``plan.eva_solver``: spread_s: one sigma of duration_s. choose: so many of who do it (0: all). same_as: whoever
    does that task does this one. tools: held for its whole length. like: wishes that are granted where it costs nothing
    more. worth: of an optional task. get_ahead: optional, and only when all else that is optional has had its turn.
    closing: after every task that is not. earliest_s, latest_s: first start and last end, from hatch opening. at: the
    instant at which it starts.
    """

    id: str
    title: str
    who: tuple[str, ...]
    place: str
    duration_s: float
    metabolic_w: float
    after: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    max_wait_s: float = 0.0
    gives: tuple[Give, ...] = ()
    scene: bool = False
    optional: bool = False
    always: bool = False
    tethers: int = 2
    via: tuple[str, ...] = ()
    source: str = "estimated"
    start_s: float | Blank = PLAN
    deferred: bool = False
    spread_s: float = 0.0
    choose: int = 0
    same_as: str = ""
    tools: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    worth: int = 1
    get_ahead: bool = False
    closing: bool = False
    earliest_s: float = 0.0
    latest_s: float | None = None
    at: Epoch | None = None

    @property
    def may_wait(self) -> bool:
        """It may be left for another day."""
        return self.optional or self.get_ahead


@dataclass(frozen=True, slots=True)
class Show:
    """What a walk is seen for: from the start of one task to the end of another, so long at least and at most."""

    from_: str
    to: str
    least_s: float = 0.0
    most_s: float | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A task in time: seconds after hatch opening. granted: its wishes held for its whole length."""

    task: Task
    start_s: float
    stop_s: float
    granted: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """When a broadcaster's viewers are at home: seconds after local midnight."""

    time_zone: str
    start_s: float
    stop_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The hatch choice's whole curve: candidates (seconds after the sky's start) and what each would bring.

    run: first and last of the equally good neighbours that the best stands in the middle of.
    """

    start: Epoch
    hatch_s: FloatArray
    scene_s: FloatArray
    walk_s: FloatArray
    granted_s: FloatArray
    best: int
    run: tuple[int, int]

    @property
    def hatch_open(self) -> Epoch:
        return self.start + float(self.hatch_s[self.best])

    def table(self) -> dict[str, list[Any]]:
        """Study ``hatch_choice``."""
        return {"hatch_utc": [(self.start + float(s)).iso() for s in self.hatch_s],
                "scene_lit_linked_min": list(self.scene_s / 60.0), "walk_min": list(self.walk_s / 60.0),
                "granted_min": list(self.granted_s / 60.0),
                "as_good": [self.run[0] <= i <= self.run[1] for i in range(len(self.hatch_s))],
                "chosen": [i == self.best for i in range(len(self.hatch_s))]}


def require_tasks(tasks: Sequence[Task], walkers: Collection[str], places: Collection[str], where: str) -> None:
    """Raises InputError for tasks that cannot be done: unknown names, wishes, or an order that cannot be met."""
    names = [task.id for task in tasks]
    if not tasks:
        raise InputError(f"{where}: a walk needs at least one task")
    for i, task in enumerate(tasks):
        here = f"{where}, task {task.id}"
        if names.count(task.id) > 1:
            raise InputError(f"{here}: the id is used twice; give each task its own")
        if task.duration_s <= 0.0:
            raise InputError(f"{here}: it cannot last {task.duration_s / 60:g} min; make it longer")
        if task.metabolic_w <= 0.0:
            raise InputError(f"{here}: metabolic_w = {task.metabolic_w:g} cannot be; flown walks have 116 to 581")
        if not task.who:
            raise InputError(f"{here}: nobody does it; name one or more of: {', '.join(walkers)}")
        for person in task.who:
            if person not in walkers:
                raise InputError(f"{here}: who = {person!r} is not a walker; write one of: {', '.join(walkers)}, "
                                 "or add them to walkers")
        require_known(f"{here}: place", task.place, places)
        if not 0 <= task.choose <= len(task.who):
            raise InputError(f"{here}: choose = {task.choose} of {len(task.who)} people cannot be; name more in who")
        for key in ("must", "like"):
            for wish in getattr(task, key):
                require_known(f"{here}: {key}", wish, WISHES)
        for other in task.after:
            require_known(f"{here}: after", other, names)
        if task.same_as:
            require_known(f"{here}: same_as", task.same_as, names)
        later = [name for name in task.after if name not in names[:i]]
        if later:
            raise InputError(f"{here}: {_order(tasks, task.id, later[0])}")


def require_plan(tasks: Sequence[Task], tools: Mapping[str, int], show: Show | None) -> None:
    """Raises InputError for tools that the walk does not have, and for a show from or to a task that is not there."""
    for task in tasks:
        for tool in task.tools:
            require_known(f"task {task.id}: tools", tool, tools)
    for name, count in tools.items():
        if count < 1:
            raise InputError(f"tools: {name} = {count} cannot be; write how many there are")
    for key, name in (("from", show.from_), ("to", show.to)) if show else ():
        require_known(f"show: {key}", name, [task.id for task in tasks])


def _order(tasks: Sequence[Task], name: str, other: str) -> str:
    comes_after = {task.id: task.after for task in tasks}
    seen, ahead = set(), [other]
    while ahead:
        current = ahead.pop()
        if current == name:
            return f"it waits for {other}, which in turn waits for it; break the circle"
        if current not in seen:
            seen.add(current)
            ahead += [n for n in comes_after[current] if n in comes_after]
    return f"it comes after {other}, which stands later in the list; move {other} up"


def lay(tasks: Sequence[Task], walkers: Sequence[str], sky: Sky | None, hatch_open: Epoch,
        granted: Granted | None = None) -> tuple[Placed, ...]:
    """Tasks placed in time for one hatch opening, in the order given. Times are seconds after it.

    A start that is given is kept; when all are, tasks are placed in the order of their starts. Of a task that so many
    of its people do, those who are free first do it. Outside the sky's span no wish is granted; without a sky nobody
    waits. Raises InputError when a given start is too early for its people or for the tasks it comes after.
    """
    free, done, placed = dict.fromkeys(walkers, 0.0), {}, []
    granted = granted or (Granted(sky, tasks) if sky is not None else None)
    for task in _in_order([t for t in tasks if not t.deferred]):
        if task.choose:
            task = replace(task, who=tuple(sorted(task.who, key=lambda p: free[p])[:task.choose]), choose=0)
        earliest = max([task.earliest_s] + [free[p] for p in task.who] + [done[n] for n in task.after if n in done])
        if task.at is not None:
            earliest = max(earliest, task.at - hatch_open)
        start_s, good = _start(task, granted, hatch_open, earliest)
        stop_s = start_s + task.duration_s
        placed.append(Placed(task, start_s, stop_s, good))
        done[task.id] = stop_s
        free.update(dict.fromkeys(task.who, stop_s))
    return tuple(placed)


def _in_order(tasks: list[Task]) -> list[Task]:
    if any(isinstance(task.start_s, Blank) for task in tasks):
        return tasks
    return sorted(tasks, key=lambda task: float(task.start_s))  # type: ignore[arg-type]


def _start(task: Task, granted: Granted | None, hatch_open: Epoch, earliest_s: float) -> tuple[float, bool]:
    if isinstance(task.start_s, Blank):
        return (earliest_s, not task.must) if granted is None else granted.soonest(task, hatch_open, earliest_s)
    if task.start_s < earliest_s - 1e-6:
        raise InputError(f"task {task.id}: start_min = {task.start_s / 60:g} is before its people and the tasks it "
                         f"comes after are ready ({earliest_s / 60:g} min); start it later")
    good = granted.holds(task, hatch_open, np.array([task.start_s]))[0] if granted is not None else not task.must
    return task.start_s, bool(good)


class Granted:
    """Answers, for one sky, whether a task's wishes hold for its whole length (running totals made once)."""

    def __init__(self, sky: Sky, tasks: Sequence[Task]) -> None:
        self.sky = sky
        self._bad = {must: self._total(must) for must in {task.must for task in tasks if task.must}}

    def _total(self, must: tuple[str, ...]) -> np.ndarray:
        good = np.logical_and.reduce([self.sky.flags(wish) for wish in must])
        return np.concatenate(([0], np.cumsum(~good)))

    def holds(self, task: Task, hatch_open: Epoch, start_s: FloatArray) -> np.ndarray:
        """For starts (n,) in seconds after hatch opening."""
        if not task.must:
            return np.ones(len(start_s), bool)
        bad, at_s = self._bad[task.must], hatch_open - self.sky.start + start_s
        first = np.floor(at_s / self.sky.step_s + 1e-9).astype(int)
        last = np.ceil((at_s + task.duration_s) / self.sky.step_s - 1e-9).astype(int)
        end = len(bad) - 1
        inside = (first >= 0) & (last <= end)
        return np.asarray(inside & (bad[np.clip(last, 0, end)] == bad[np.clip(first, 0, end)]))

    def soonest(self, task: Task, hatch_open: Epoch, earliest_s: float) -> tuple[float, bool]:
        """The first start within the task's patience that grants its wishes; else the earliest, and False."""
        starts_s = earliest_s + np.arange(0.0, (task.max_wait_s if task.must else 0.0) + 1e-9, self.sky.step_s)
        good = self.holds(task, hatch_open, starts_s)
        return (float(starts_s[int(np.argmax(good))]), True) if good.any() else (earliest_s, False)


def walk_s(placed: Sequence[Placed]) -> float:
    """From hatch opening to the end of the last task, which closes it."""
    return max(p.stop_s for p in placed)


def scene_s(placed: Sequence[Placed], wanted: FloatArray, sky: Sky, hatch_open: Epoch) -> float:
    """Seconds of the television scenes that fall into wanted samples (running total, one longer than the sky)."""
    offset_s, edges_s = hatch_open - sky.start, np.arange(len(wanted)) * sky.step_s
    total = 0.0
    for p in placed:
        if p.task.scene:
            ends = np.interp([offset_s + p.start_s, offset_s + p.stop_s], edges_s, wanted)
            total += float(ends[1] - ends[0])
    return total


def audience_flags(sky: Sky, audience: Audience | None) -> np.ndarray:
    """Samples at which the viewers are at home. Raises InputError for an unknown time zone."""
    if audience is None:
        return np.ones(len(sky.sunlit), bool)
    try:
        zone = zone_of(audience.time_zone)
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"audience: time_zone = {audience.time_zone!r} is not known; "
                         "write one such as 'Europe/Moscow'") from error
    within = Window(sky.start, sky.start + (len(sky.sunlit) - 1) * sky.step_s)
    return flags_of(at_home(zone, audience.start_s, audience.stop_s, within), sky.start, sky.t_s)


def choose_hatch(tasks: Sequence[Task], walkers: Sequence[str], sky: Sky, earliest: Epoch, latest_close: Epoch,
                 audience: Audience | None, longest_s: float = np.inf, every_s: float = 60.0) -> Choice:
    """The hatch opening that gives most television: scene time that is sunlit, relayed and at a viewers' hour.

    Tried every minute from earliest, as long as the walk ends by latest_close and is not longer than longest_s. Of
    equal ones (to the minute) the shorter walk wins: nobody waits outside for light. Of those, the one that grants
    more minutes of the other tasks' wishes. Of the openings that are still equal, the middle of their longest run is
    taken: a hatch that opens late or early by half the run loses nothing.
    Raises NoWindow when no opening fits.
    """
    wanted = np.concatenate(([0.0], np.cumsum(sky.flags("tv") & audience_flags(sky, audience)) * sky.step_s))
    first_s = np.ceil((earliest - sky.start) / every_s - 1e-9) * every_s
    hatch, scene, walk, wishes = [], [], [], []
    granted = Granted(sky, tasks)
    for hatch_s in np.arange(first_s, latest_close - sky.start + 1e-9, every_s):
        open_at = sky.start + float(hatch_s)
        placed = lay(tasks, walkers, sky, open_at, granted)
        length_s = walk_s(placed)
        if open_at + length_s <= latest_close and length_s <= longest_s:
            hatch.append(float(hatch_s))
            scene.append(scene_s(placed, wanted, sky, open_at))
            walk.append(length_s)
            wishes.append(sum(p.task.duration_s for p in placed if p.task.must and p.granted))
    if not hatch:
        raise NoWindow(f"no hatch opening between {earliest.iso()} and {latest_close.iso()} leaves time for the "
                       f"tasks; shorten them, mark some optional, or lengthen the crew's day")
    worth = [(-round(a / 60), round(b / 60), -round(c / 60)) for a, b, c in zip(scene, walk, wishes, strict=True)]
    first, last = _longest_run(worth, hatch, every_s)
    return Choice(sky.start, np.array(hatch), np.array(scene), np.array(walk), np.array(wishes), (first + last) // 2,
                  (first, last))


def _longest_run(worth: Sequence[tuple[int, ...]], hatch_s: Sequence[float], every_s: float) -> tuple[int, int]:
    """First and last index of the longest run of neighbours that have the least worth; of equal runs the first."""
    best, runs = min(worth), []
    for i in (i for i, w in enumerate(worth) if w == best):
        if runs and runs[-1][1] == i - 1 and hatch_s[i] - hatch_s[i - 1] < 1.5 * every_s:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return max(runs, key=lambda run: (run[1] - run[0], -run[0]))


def defer_one(tasks: Sequence[Task]) -> tuple[Task, ...] | None:
    """The tasks with the last optional one that no other needs deferred; None when all that is left is needed."""
    needed = {name for task in tasks if not task.deferred for name in task.after}
    for i in reversed(range(len(tasks))):
        if tasks[i].may_wait and not tasks[i].deferred and tasks[i].id not in needed:
            return (*tasks[:i], replace(tasks[i], deferred=True), *tasks[i + 1:])
    return None


def metabolic_w(placed: Sequence[Placed], person: str, t_s: FloatArray, between_w: float) -> FloatArray:
    """A person's metabolic rate (n,) at t_s seconds after hatch opening; between_w while waiting."""
    watts = np.full(len(t_s), between_w)
    for p in placed:
        if person in p.task.who:
            watts[(t_s >= p.start_s - 1e-6) & (t_s < p.stop_s - 1e-6)] = p.task.metabolic_w
    return watts


def place_of(placed: Sequence[Placed], person: str, t_s: float, inside: str) -> str:
    """Where a person is at t_s seconds after hatch opening: the place of the last task begun."""
    begun = [p for p in placed if person in p.task.who and p.start_s <= t_s + 1e-6]
    return begun[-1].task.place if begun else inside


def tethers(placed: Sequence[Placed], person: str, t_s: FloatArray) -> FloatArray:
    """Points (n,) at which a person is held; two while moving or waiting."""
    held = np.full(len(t_s), 2.0)
    for p in placed:
        if person in p.task.who:
            held[(t_s >= p.start_s - 1e-6) & (t_s < p.stop_s - 1e-6)] = p.task.tethers
    return held


def at_work(placed: Sequence[Placed], person: str, t_s: FloatArray) -> NDArray[np.bool_]:
    """Whether (n,) a person is in a task at t_s seconds after hatch opening."""
    own = [p for p in placed if person in p.task.who]
    return np.any([(t_s >= p.start_s - 1e-6) & (t_s < p.stop_s - 1e-6) for p in own] or [t_s != t_s], axis=0)
