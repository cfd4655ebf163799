"""An independent judge of a walk's plan: it sweeps through the plan in seconds and complains of whatever is broken.

It shares no code with the planner's model: only the question (``eva_case.Case``) is the same, and the exact windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fakel.model.blank import Blank
from fakel.plan.eva import Task
from fakel.plan.eva_case import Budget, Case, Done

TOUCH_S = 1e-6
"""Instants so near are one: sums of minutes in floating point."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A plan to be judged: seconds since the case's origin. rows: each task that is done."""

    hatch_s: float
    closed_s: float
    rows: Mapping[str, Done]


def complaints(case: Case, claim: Claim) -> tuple[str, ...]:
    """Everything that is wrong with a plan, in words; empty when nothing is."""
    unknown = tuple(f"{name}: is no task" for name in claim.rows if name not in {t.id for t in case.tasks})
    if unknown:
        return unknown
    checks = (_hatch, _tasks, _times, _order, _people, _tools, _rests, _suits, _show, _history)
    return tuple(said for check in checks for said in check(case, claim))


def _hatch(case: Case, claim: Claim) -> Iterator[str]:
    first, last = (case.past.hatch_s,) * 2 if case.past else case.hatch_s
    if not first - TOUCH_S <= claim.hatch_s <= last + TOUCH_S:
        yield "the hatch opens outside what was allowed"
    if claim.closed_s > case.latest_close_s + TOUCH_S:
        yield "the hatch closes after the crew's day"
    if claim.closed_s - claim.hatch_s > case.longest_s + TOUCH_S:
        yield "the walk is longer than the suits last"


def _settled(case: Case) -> Mapping[str, Done]:
    return case.past.done if case.past else {}


def _tasks(case: Case, claim: Claim) -> Iterator[str]:
    """What is done, for how long, by how many, by whom."""
    for task in case.tasks:
        row = claim.rows.get(task.id)
        if row is None:
            if not (task.optional or task.get_ahead):
                yield f"{task.id}: not done"
            continue
        if task.id in _settled(case):
            continue
        if abs(row.stop_s - row.start_s - task.duration_s) > TOUCH_S:
            yield f"{task.id}: lasts {row.stop_s - row.start_s:g} s"
        wanted = set(task.who)
        if not set(row.who) <= wanted or len(set(row.who)) != len(row.who):
            yield f"{task.id}: done by {', '.join(row.who)}"
        if len(row.who) != (task.choose or len(wanted)):
            yield f"{task.id}: done by {len(row.who)} people"
        partner = claim.rows.get(task.same_as)
        if partner is not None and set(partner.who) != set(row.who):
            yield f"{task.id}: not by whoever does {task.same_as}"


def _times(case: Case, claim: Claim) -> Iterator[str]:
    """Light, links and clock."""
    for task in case.tasks:
        row = claim.rows.get(task.id)
        if row is None or task.id in _settled(case):
            continue
        for wish in task.must:
            if not any(a - TOUCH_S <= row.start_s and row.stop_s <= b + TOUCH_S for a, b in case.windows[wish]):
                yield f"{task.id}: not in {wish} all the time"
        since_s = row.start_s - claim.hatch_s
        if since_s < task.earliest_s - TOUCH_S:
            yield f"{task.id}: too early"
        if task.latest_s is not None and row.stop_s - claim.hatch_s > task.latest_s + TOUCH_S:
            yield f"{task.id}: over too late"
        if not isinstance(task.start_s, Blank) and abs(since_s - task.start_s) > 30.0 + TOUCH_S:
            yield f"{task.id}: not at its minute"
        if task.at is not None and abs(case.origin + row.start_s - task.at) > 30.0 + TOUCH_S:
            yield f"{task.id}: not at its instant"


def _order(case: Case, claim: Claim) -> Iterator[str]:
    known = {t.id for t in case.tasks}
    for task in case.tasks:
        row = claim.rows.get(task.id)
        if row is None or task.id in _settled(case):
            continue
        for other in task.after:
            if other in known and other not in claim.rows:
                yield f"{task.id}: done without {other}"
            elif other in known and row.start_s < claim.rows[other].stop_s - TOUCH_S:
                yield f"{task.id}: begins before {other} ends"
        if task.closing:
            late = [t.id for t in case.tasks if not t.closing and t.id in claim.rows
                    and claim.rows[t.id].stop_s > row.start_s + TOUCH_S]
            if late:
                yield f"{task.id}: closes before {late[0]} ends"


def _days(case: Case, claim: Claim, person: str) -> list[tuple[Done, Task]]:
    """What a person does, in order of time."""
    named = {t.id: t for t in case.tasks}
    mine = [(row, named[name]) for name, row in claim.rows.items() if person in row.who]
    return sorted(mine, key=lambda pair: (pair[0].start_s, pair[0].stop_s))


def _people(case: Case, claim: Claim) -> Iterator[str]:
    """Nobody is in two places, and everyone has time for the way out, between and back."""
    for person in case.walkers:
        place, free_s = case.inside, claim.hatch_s
        for row, task in _days(case, claim, person):
            if task.id not in _settled(case) and row.start_s < free_s + case.travel_s(place, task.place) - TOUCH_S:
                yield f"{person}: cannot be at {task.id} by then"
            if row.stop_s >= free_s:
                place, free_s = task.place, row.stop_s
        if claim.closed_s < free_s + case.travel_s(place, case.inside) - TOUCH_S:
            yield f"{person}: not back when the hatch closes"


def _tools(case: Case, claim: Claim) -> Iterator[str]:
    now_s = case.past.now_s if case.past else -1e18
    for tool, count in case.tools.items():
        users = [(claim.rows[t.id], t.id) for t in case.tasks if tool in t.tools and t.id in claim.rows]
        for row, name in users:
            if row.start_s < now_s - TOUCH_S:
                continue
            busy = [other for at, other in users if at.start_s <= row.start_s + TOUCH_S < at.stop_s]
            if len(busy) > count:
                yield f"{name}: {tool} is used by {len(busy)} at once"


def _rests(case: Case, claim: Claim) -> Iterator[str]:
    """From the end of one rest to the end of the last work before the next. A gap as long as a rest is one."""
    if case.rest_every_s is None:
        return
    now_s = case.past.now_s if case.past else claim.hatch_s
    for person in case.walkers:
        fresh_s = case.past.rested_s.get(person, claim.hatch_s) if case.past else claim.hatch_s
        place, free_s = case.inside, claim.hatch_s
        for row, task in _days(case, claim, person):
            way_s = case.travel_s(place, task.place)
            if row.start_s >= now_s - TOUCH_S and row.start_s - way_s - free_s >= case.rest_s - TOUCH_S:
                fresh_s = row.start_s - way_s
            if row.start_s >= now_s - TOUCH_S and row.stop_s - fresh_s > case.rest_every_s + TOUCH_S:
                yield f"{person}: no rest before {task.id}"
            place, free_s = task.place, max(free_s, row.stop_s)
        idle_s = claim.closed_s - case.travel_s(place, case.inside) - free_s
        if idle_s < case.rest_s - TOUCH_S and claim.closed_s - fresh_s > case.rest_every_s + TOUCH_S:
            yield f"{person}: no rest before the hatch closes"


def _suits(case: Case, claim: Claim) -> Iterator[str]:
    for budget in case.budgets:
        if spent(case, claim, budget) > budget.capacity - budget.spare + 1e-9:
            yield f"{budget.person}: {budget.what} does not last"


def spent(case: Case, claim: Claim, budget: Budget) -> float:
    """What one suit spends of one thing, in the airlock and outside."""
    busy_s, used = 0.0, budget.fixed
    for row, task in _days(case, claim, budget.person):
        busy_s += row.stop_s - row.start_s
        used += (row.stop_s - row.start_s) * budget.task_s[task.id]
    used += (claim.closed_s - claim.hatch_s - busy_s) * budget.idle_s
    lit_s = sum(max(0.0, min(b, claim.closed_s) - max(a, claim.hatch_s)) for a, b in case.windows["light"])
    used += lit_s * budget.lit_s
    return used + (case.past.spent.get((budget.person, budget.what), 0.0) if case.past else 0.0)


def _show(case: Case, claim: Claim) -> Iterator[str]:
    show = case.show
    if show is None or show.from_ not in claim.rows or show.to not in claim.rows:
        return
    if show.to in _settled(case):
        return
    length_s = claim.rows[show.to].stop_s - claim.rows[show.from_].start_s
    if length_s < show.least_s - TOUCH_S:
        yield "the show is too short"
    if show.most_s is not None and length_s > show.most_s + TOUCH_S:
        yield "the show is too long"


def _history(case: Case, claim: Claim) -> Iterator[str]:
    """What has happened stays, and nothing new begins before now."""
    for name, done in _settled(case).items():
        row = claim.rows.get(name)
        if row is None or abs(row.start_s - done.start_s) > TOUCH_S or set(row.who) != set(done.who):
            yield f"{name}: is not as it happened"
    for name, row in claim.rows.items():
        if case.past and name not in case.past.done and row.start_s < case.past.now_s - TOUCH_S:
            yield f"{name}: begins in the past"
