"""A spacewalk planned, explained and planned again: what ``fakel eva plan`` does, for programs too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from fakel.api.walk_case import BY, Walk, assumed_limits, budgets, case_of, path_of, read_walk
from fakel.model.blank import PLAN, Blank
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError, require_known
from fakel.model.walk_plan import Conflict, Doing, Margin, Seen, Trade, WalkPlan
from fakel.phases import eva as phase
from fakel.plan import eva_conflict, eva_solver
from fakel.plan.eva_case import Case, Done, Past, require_case
from fakel.plan.eva_check import Claim, complaints, spent
from fakel.plan.eva_solver import GOALS, Answer, Solved


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known at a minute of a walk that is under way (minutes since hatch opening).

    was: the filled mission file that is being flown (default: the walk's own file). took_min: how long tasks really
    took, or will. refused: tasks that will not be done, or done no further. left: what a suit holds now, by (person,
    thing).
    """

    now_min: float
    was: str = ""
    took_min: Mapping[str, float] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    left: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """goals in their order (of ``plan.eva_solver.GOALS``). trades: how many hatch openings to compare; whole: with a
    whole plan for each. pad: sigmas added to durations. effort scales the search's limits."""

    hatch: Window | None = None
    goals: tuple[str, ...] = tuple(GOALS)
    trades: int = 0
    whole: bool = False
    pad: float = 0.0
    effort: float = 1.0
    seed: int = 1

    def __post_init__(self) -> None:
        for name in self.goals:
            require_known("--goals", name, GOALS)
        if len(set(self.goals)) != len(self.goals) or not self.goals:
            raise InputError("--goals: name one or more, each once")
        if not 0.01 <= self.effort <= 1000.0:
            raise InputError(f"--effort = {self.effort:g} cannot be; write 0.01 to 1000")
        if self.trades < 0 or not 0.0 <= self.pad <= 5.0 or self.seed < 0:
            raise InputError("--trades and --seed are 0 or more, --pad is 0 to 5 sigmas")


@dataclass(frozen=True, slots=True)
class Question:
    """A case with the walk it was made of."""

    walk: Walk
    case: Case
    source: str
    told: tuple[str, ...] = ()


def question(name: str, wanted: Wanted, tle: str = "", flight: str = "", happened: Happened | None = None) -> Question:
    """The walk of a file over the station's predicted path. InputError, in one line, for what cannot be used."""
    walk = read_walk(name, tle)
    past = None
    if happened is not None:
        walk, hatch, past = _under_way(walk, happened)
        wanted = replace(wanted, hatch=Window(hatch, hatch))
    arc, world, source, told = path_of(walk, tle, flight)
    case = case_of(walk, arc, world, wanted.hatch, wanted.pad, past)
    require_case(case)
    if wanted.pad and not any(task.spread_s for task in case.tasks):
        told = (*told, "--pad changes nothing: no task says its spread_min")
    return Question(walk, case, source, told)


def why(asked: Question, wanted: Wanted) -> Conflict | None:
    """Wishes that cannot all be met; None when a plan exists."""
    return eva_conflict.conflict(asked.case, wanted.effort, wanted.seed)


def walk_plan(asked: Question, wanted: Wanted) -> WalkPlan:
    """The plan for the goals wanted. It has passed the independent checker. InputError when none is found."""
    case, plan = asked.case, asked.walk.plan
    answer = eva_solver.solve(case, wanted.goals, wanted.effort, wanted.seed)
    found = eva_solver.require_plan(answer)
    claim = claim_of(case, found)
    broken = complaints(case, claim)
    if broken:
        raise AssertionError(f"the planner broke its own rules: {'; '.join(broken)}")
    hatch = case.origin + claim.hatch_s
    doings = _doings(case, found, claim, plan.station.structure.names if plan.station.structure else {})
    deferred = tuple(t.id for t in plan.tasks if t.id not in claim.rows or not claim.rows[t.id].whole)
    return WalkPlan(asked.walk.mission.id, asked.source, hatch, found.closed - found.hatch, _spread_min(case, found),
                    doings, deferred, answer.goals, _margins(case, claim), _seen(case, answer, found),
                    _trades(case, wanted), (*asked.told, *assumed_limits(plan)), answer.searched)


def claim_of(case: Case, found: Solved) -> Claim:
    """The plan in seconds, as the checker reads it; what has happened stays as it happened."""
    done = case.past.done if case.past else {}
    rows = {name: done[name] if name in done else
            Done(60.0 * start, 60.0 * start + case.by_id[name].duration_s, found.who[name])
            for name, start in found.start.items()}
    hatch_s = case.past.hatch_s if case.past else 60.0 * found.hatch
    return Claim(hatch_s, 60.0 * found.closed, rows)


def _doings(case: Case, found: Solved, claim: Claim, names: Mapping[str, str]) -> tuple[Doing, ...]:
    rows = list[Doing]()
    for name, row in sorted(claim.rows.items(), key=lambda item: (item[1].start_s, item[0])):
        task, state = case.by_id[name], "planned"
        if case.past and name in case.past.done:
            state = "stopped" if not row.whole else "done" if row.stop_s <= case.past.now_s else "under way"
        start_min, stop_min = (round((s - claim.hatch_s) / 60) for s in (row.start_s, row.stop_s))
        gives = tuple((give.item, give.from_, give.to) for give in task.gives) if row.whole else ()
        place = task.place.split(BY)[0]
        rests = found.rests.get(name, ())
        rows.append(Doing(name, task.title, row.who, place, start_min, stop_min, rests, state, gives,
                          names.get(place, place)))
    return tuple(rows)


def _spread_min(case: Case, found: Solved) -> float:
    """One sigma of the busier person's summed durations, as if nothing waited for light or link."""
    sums = [sum(case.by_id[name].spread_s ** 2 for name, who in found.who.items() if person in who)
            for person in case.walkers]
    return float(np.sqrt(max(sums)) / 60.0)


def _margins(case: Case, claim: Claim) -> tuple[Margin, ...]:
    rows = [Margin(b.person, b.what, b.unit, b.capacity, spent(case, claim, b), b.spare) for b in case.budgets]
    length_min = (claim.closed_s - claim.hatch_s) / 60.0
    return (*rows, Margin("both" if len(case.walkers) == 2 else "all", "hatch time", "min", case.longest_s / 60.0,
                          length_min, 0.0),
            Margin("all", "crew's day", "min", (case.latest_close_s - claim.hatch_s) / 60.0, length_min, 0.0))


def _seen(case: Case, answer: Answer, found: Solved) -> Seen | None:
    goal = next((g for g in answer.goals if g.name == GOALS["show"][0]), None)
    scenes = [t.id for t in case.tasks if t.scene and t.id in found.start]
    ends = (case.show.from_, case.show.to) if case.show else (scenes[0], scenes[-1]) if scenes else ()
    if goal is None or goal.value is None or not ends or not set(ends) <= set(found.start):
        return None
    stop = found.start[ends[1]] + round(case.by_id[ends[1]].duration_s / 60)
    return Seen(found.start[ends[0]] - found.hatch, stop - found.hatch, goal.value, answer.orbit_bound,
                answer.alone_bound, goal.bound or 0)


def _trades(case: Case, wanted: Wanted) -> tuple[Trade, ...]:
    """Hatch openings side by side: what the show alone could reach, and what a whole plan has besides."""
    first, last = (round(s / 60) for s in case.hatch_s)
    if wanted.trades == 0 or case.past or first == last:
        return ()
    out = []
    for minute in dict.fromkeys(round(m) for m in np.linspace(first, last, wanted.trades)):
        at = (60.0 * minute, 60.0 * minute)
        alone, _ = eva_solver.show_alone(case, wanted.effort, wanted.seed, at)
        name = case.show.from_ if case.show else ""
        after = alone.plan.start[name] - minute if alone and name in alone.plan.start else None
        whole = _whole(replace(case, hatch_s=at), wanted) if wanted.whole else (None, None)
        proven = alone is not None and alone.value == alone.bound
        out.append(Trade(case.origin + at[0], alone.value if alone else None, proven, after, *whole))
    return tuple(out)


def _whole(case: Case, wanted: Wanted) -> tuple[int | None, int | None]:
    """Worth and minutes outside of a quick whole plan; None where none was found."""
    found = eva_solver.solve(case, wanted.goals, wanted.effort / 5, wanted.seed)
    if found.plan is None:
        return None, None
    worth = sum(t.worth for t in case.tasks if t.may_wait and t.id in found.plan.start)
    return worth, found.plan.closed - found.plan.hatch


# ---------------------------------------------------------------------------------------------------- under way
def _under_way(walk: Walk, happened: Happened) -> tuple[Walk, Epoch, Past]:
    """The walk with what has happened by now. Raises InputError for a plan that was not filled, or unknown tasks."""
    was = read_walk(happened.was).plan if happened.was else walk.plan
    known = [task.id for task in was.tasks]
    for key, names in (("--took", happened.took_min), ("--refuse", happened.refused)):
        for name in names:
            require_known(key, name, known)
    if isinstance(was.hatch_open, Blank) or any(isinstance(t.start_s, Blank) and not t.deferred for t in was.tasks):
        raise InputError("--now: the plan that is being flown has blanks; give it as --was FILE, as fakel eva plan "
                         "--out wrote it")
    if not happened.now_min >= 0:
        raise InputError(f"--now = {happened.now_min:g} lies before the hatch opens; write 0 or more minutes")
    if 60.0 * happened.now_min > phase.longest_s(was):
        raise InputError(f"--now = {happened.now_min:g} lies after the {phase.longest_s(was) / 60:.0f} min that the "
                         "suits last outside; write minutes after hatch opening")
    done = _done(was, happened)
    gone = {t.id for t in was.tasks if t.deferred} | (set(happened.refused) - set(done))
    tasks = tuple(replace(t, deferred=t.deferred or t.id in gone or t.id not in known,
                          start_s=PLAN) for t in walk.plan.tasks)
    plan = replace(walk.plan, tasks=tasks, hatch_open=was.hatch_open)
    now_s = 60.0 * happened.now_min
    past = Past(now_s, 0.0, done, _rested(plan.rest_s, plan.walkers, done, now_s),
                _extra(replace(walk, plan=plan), happened, done))
    return replace(walk, plan=plan), was.hatch_open, past


def _done(was: object, happened: Happened) -> dict[str, Done]:
    """Tasks begun before now, in the order of the plan; one whose people were still busy has not begun."""
    now_s, busy_s, done = 60.0 * happened.now_min, dict[str, float](), dict[str, Done]()
    for task in sorted((t for t in was.tasks if not t.deferred), key=lambda t: t.start_s):  # type: ignore[attr-defined]
        late = any(busy_s.get(person, 0.0) > task.start_s + 1.0 for person in task.who)
        late |= any(done[name].stop_s > task.start_s + 1.0 for name in task.after if name in done)
        if task.start_s >= now_s - 1e-6 or late or any(name in _left_out(was, done) for name in task.after):
            continue
        stop_s = task.start_s + 60.0 * happened.took_min.get(task.id, task.duration_s / 60.0)
        whole = stop_s <= now_s or task.id not in happened.refused
        done[task.id] = Done(task.start_s, stop_s if whole else now_s, task.who, whole)
        busy_s.update(dict.fromkeys(task.who, done[task.id].stop_s))
    return done


def _left_out(was: object, done: Mapping[str, Done]) -> set[str]:
    """Tasks that are to be done and have not begun."""
    return {t.id for t in was.tasks if not t.deferred and t.id not in done}  # type: ignore[attr-defined]


def _rested(rest_s: float, walkers: Sequence[str], done: Mapping[str, Done], now_s: float) -> dict[str, float]:
    """When each person's last rest ended: the end of the last gap as long as one, or the hatch."""
    found = {}
    for person in walkers:
        mine, free_s, fresh_s = sorted((d.start_s, d.stop_s) for d in done.values() if person in d.who), 0.0, 0.0
        for start_s, stop_s in [*mine, (now_s, now_s)]:
            if start_s - free_s >= rest_s:
                fresh_s = start_s
            free_s = max(free_s, stop_s)
        found[person] = fresh_s
    return found


def _extra(walk: Walk, happened: Happened, done: Mapping[str, Done]) -> dict[tuple[str, str], float]:
    """What each suit has spent by now beyond what the plan's rates say."""
    plan, now_s, found = walk.plan, 60.0 * happened.now_min, {}
    known = {(b.person, b.what): b for b in budgets(plan)}
    lock = plan.airlock
    for key, left in happened.left.items():
        require_known("--left", ".".join(key), [".".join(k) for k in known])
        budget = known[key]
        mine = [(name, max(0.0, min(d.stop_s, now_s) - d.start_s)) for name, d in done.items() if key[0] in d.who]
        used = budget.fixed * lock.depress_s / (lock.depress_s + lock.repress_s)
        used += sum(budget.task_s[name] * s for name, s in mine) + budget.idle_s * (now_s - sum(s for _, s in mine))
        found[key] = budget.capacity - left - used
    return found
