"""What a walk's planner is asked: tasks, people, ways, light and links, limits, and what has already happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

from fakel.model.blank import Blank
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.plan.eva import Show, Task

Spans = tuple[tuple[float, float], ...]
"""Stretches in seconds since a case's origin, in order, without touching."""


class TravelTime(Protocol):
    """Seconds from one worksite to another. It obeys the triangle inequality: no detour is shorter."""

    def __call__(self, place_a: str, place_b: str, /) -> float: ...


@dataclass(frozen=True, slots=True)
class AlongRail:
    """Ways as if all worksites lay along one handrail from the hatch: a stand-in where no graph is given.

    hook_s: what each move takes besides, to hook tethers over.
    """

    from_hatch_m: Mapping[str, float]
    speed_m_s: float
    hook_s: float = 0.0

    def __call__(self, place_a: str, place_b: str, /) -> float:
        if place_a == place_b:
            return 0.0
        return abs(self.from_hatch_m[place_a] - self.from_hatch_m[place_b]) / self.speed_m_s + self.hook_s


def no_way(place_a: str, place_b: str, /) -> float:
    """Durations include the way."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What one person's suit may spend of one thing from hatch opening to closing: limit, and rates for each second.

    fixed is spent before and after (in the airlock) and counts against capacity; spare stays in hand. lit_s: so much
    more for each second in sunlight with the hatch open.
    """

    person: str
    what: str
    unit: str
    capacity: float
    spare: float
    fixed: float
    idle_s: float
    task_s: Mapping[str, float]
    lit_s: float = 0.0

    @property
    def limit(self) -> float:
        return self.capacity - self.spare - self.fixed


@dataclass(frozen=True, slots=True)
class Done:
    """A task as it went, or goes: seconds since the origin. A task under way stops after now. whole: not cut off."""

    start_s: float
    stop_s: float
    who: tuple[str, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Past:
    """What is settled at now_s (since the origin). rested_s: when each person's last rest ended.
    spent: (person, thing) to what has been spent since hatch opening beyond what the plan's rates say."""

    now_s: float
    hatch_s: float
    done: Mapping[str, Done]
    rested_s: Mapping[str, float] = field(default_factory=dict)
    spent: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A walk to be planned. Seconds count from origin, a whole minute.

    tasks: those to be planned (none deferred), durations as they are to be planned with. inside: where everyone begins
    and ends. windows: wish to the stretches that grant it; show_windows: those in which the show counts. hatch_s: first
    and last opening. longest_s: from hatch opening to closing.
    """

    origin: Epoch
    walkers: tuple[str, ...]
    tasks: tuple[Task, ...]
    inside: str
    travel_s: TravelTime
    windows: Mapping[str, Spans]
    show_windows: Spans
    hatch_s: tuple[float, float]
    latest_close_s: float
    longest_s: float
    tools: Mapping[str, int] = field(default_factory=dict)
    budgets: tuple[Budget, ...] = ()
    show: Show | None = None
    rest_every_s: float | None = None
    rest_s: float = 300.0
    past: Past | None = None

    @property
    def by_id(self) -> dict[str, Task]:
        return {task.id: task for task in self.tasks}


def before(tasks: Sequence[Task]) -> dict[str, frozenset[str]]:
    """For each task all that must end before it begins: what it comes after and, if it is closing, all that is not."""
    names = {task.id for task in tasks}
    work = {task.id for task in tasks if not task.closing}
    direct = {task.id: (set(task.after) & names) | (work if task.closing else set()) for task in tasks}
    found: dict[str, frozenset[str]] = {}

    def up(name: str, path: tuple[str, ...]) -> frozenset[str]:
        if name in path:
            ring = " and ".join(path[path.index(name) + 1:])
            raise InputError(f"task {name}: it waits for itself, by way of {ring}; break the circle "
                             "(a closing task comes after all that are not)")
        if name not in found:
            found[name] = frozenset(direct[name]).union(*(up(other, (*path, name)) for other in direct[name]))
        return found[name]
    for name in names:
        up(name, ())
    return found


def require_case(case: Case) -> None:
    """Raises InputError, in one line, for what no search is needed to see: too much work, fixed times that clash."""
    before(case.tasks)
    _require_length(case)
    _require_budgets(case)
    fixed = [(task, float(task.start_s)) for task in case.tasks if not isinstance(task.start_s, Blank)]
    fixed += [(task, task.at - case.origin - case.hatch_s[0]) for task in case.tasks
              if task.at is not None and case.hatch_s[0] == case.hatch_s[1]]
    for (a, a_s), (b, b_s) in combinations(fixed, 2):
        if a_s >= b_s + b.duration_s or b_s >= a_s + a.duration_s or a.id == b.id:
            continue
        both = "" if a.choose or b.choose else next((p for p in a.who if p in b.who), "")
        tool = next((t for t in a.tools if t in b.tools and case.tools[t] == 1), "")
        times = " and ".join(f"{s / 60:g} to {(s + t.duration_s) / 60:g} min" for t, s in ((a, a_s), (b, b_s)))
        if both:
            raise InputError(f"tasks {a.id} and {b.id}: {both} would be in two places ({times}); move a start")
        if tool:
            raise InputError(f"tasks {a.id} and {b.id}: {tool} would be used twice at once ({times}); move a start, or "
                             f"take another {tool} along")


def _require_length(case: Case) -> None:
    need_s = {person: sum(t.duration_s for t in case.tasks if person in t.who and not t.choose and not t.may_wait)
              for person in case.walkers}
    person = max(need_s, key=lambda p: need_s[p])
    room_s = case.latest_close_s - case.hatch_s[0]
    if need_s[person] > case.longest_s:
        raise InputError(f"the suits last {case.longest_s / 60:.0f} min from hatch opening to closing, and {person} "
                         f"has {need_s[person] / 60:.0f} min of tasks; shorten some or mark them optional")
    if need_s[person] > room_s:
        raise InputError(f"the crew's day leaves {room_s / 60:.0f} min outside, and {person} has "
                         f"{need_s[person] / 60:.0f} min of tasks; shorten some or mark them optional")
    if room_s <= 0.0 or case.hatch_s[1] < case.hatch_s[0]:
        raise InputError("no hatch opening is left in the crew's day; open it earlier or lengthen the day")


def _require_budgets(case: Case) -> None:
    """The tasks alone, without a minute of waiting from now on, must not take more than a suit has."""
    done = case.past.done if case.past else {}
    for budget in case.budgets:
        tasks = [t for t in case.tasks
                 if t.id not in done and not t.choose and not t.may_wait and budget.person in t.who]
        gone = _gone(case, budget)
        need = sum(t.duration_s * budget.task_s[t.id] for t in tasks)
        if need + gone > budget.limit:
            total = f"{need + budget.fixed:.2f} {budget.unit} of {budget.what}"
            raise InputError(f"{budget.person}: the tasks take {total} with the airlock, and the suit has "
                             f"{budget.capacity - budget.spare - gone:.2f}; shorten the tasks, lower their watts, "
                             "mark some optional or refuse some")


def _gone(case: Case, budget: Budget) -> float:
    """What has been spent by now since the hatch opened; tasks under way count to their end."""
    if case.past is None:
        return 0.0
    mine = [(name, d) for name, d in case.past.done.items() if budget.person in d.who]
    busy_s = sum(min(d.stop_s, case.past.now_s) - d.start_s for _, d in mine)
    used = sum((d.stop_s - d.start_s) * budget.task_s[name] for name, d in mine)
    used += max(0.0, case.past.now_s - case.past.hatch_s - busy_s) * budget.idle_s
    return used + case.past.spent.get((budget.person, budget.what), 0.0)
