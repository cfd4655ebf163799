"""A walk as a constraint model for CP-SAT: whole minutes, one Boolean for each pair of tasks that somebody may share.

Time is counted in minutes since the case's origin. Every rule that a planner could give up goes through ``_wish``:
where conflicts are explained each has a literal that switches it; ways, and that nobody is in two places, have none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from fakel.model.blank import Blank
from fakel.model.errors import InputError
from fakel.plan.eva import Task
from fakel.plan.eva_case import Budget, Case, Spans, before
from fakel.plan.eva_minutes import EPS, cp_model, good_minutes, starts_inside, up

BUDGET_STEPS = 2e7
"""Parts that a suit's capacity is counted in; every rate is rounded up to them."""


class Model:
    """The constraint model of a case. explain: each wish has its literal in ``literals``, keyed (subject, wish)."""

    def __init__(self, case: Case, explain: bool = False) -> None:
        self.case, self.explain, self.cp = case, explain, cp_model().CpModel()
        self.before = before(case.tasks)
        self.past = case.past.done if case.past else {}
        self.now = up(case.past.now_s) if case.past else 0
        self.last = up(case.latest_close_s) + (1440 if explain else 0)
        self.literals: dict[tuple[str, str], Any] = {}
        self.minutes = {t.id: self._minutes(t) for t in case.tasks}
        self.start: dict[str, Any] = {}
        self.present: dict[str, Any] = {}
        self.does: dict[tuple[str, str], Any] = {}
        self.rests: dict[tuple[str, str], Any] = {}
        self.restless = case.rest_every_s is None
        self._hatch()
        for task in case.tasks:
            self._task(task)
        for task in case.tasks:
            if task.id not in self.past:
                self._times(task)
                self._order(task)
        self._one_place()
        self._shared_tools()
        if not self.restless:
            for person in case.walkers:
                self._rest_chain(person)
        for budget in case.budgets:
            self._budget(budget)
        self._aims()

    # ------------------------------------------------------------------------------------------------ small parts
    def _minutes(self, task: Task) -> int:
        done = self.past.get(task.id)
        return up(done.stop_s) - math.floor(done.start_s / 60.0 + EPS) if done else up(task.duration_s)

    def _wish(self, subject: str, wish: str, constraint: Any, *given: Any) -> None:
        literals = list(given)
        if self.explain:
            key = (subject, wish)
            if key not in self.literals:
                self.literals[key] = self.cp.new_bool_var(f"{subject}: {wish}")
            literals.append(self.literals[key])
        if literals:
            constraint.only_enforce_if(*literals)

    def _clock(self, minute: int) -> str:
        return (self.case.origin + 60.0 * minute).iso()[11:16]

    def stop(self, name: str) -> Any:
        return self.start[name] + self.minutes[name]

    def _future(self) -> list[Task]:
        return [t for t in self.case.tasks if t.id not in self.past]

    def _hatch(self) -> None:
        cp, case = self.cp, self.case
        if case.past:
            first = last = round(case.past.hatch_s / 60.0)
        else:
            first, last = up(case.hatch_s[0]), math.floor(case.hatch_s[1] / 60.0 + EPS)
        if first > last:
            raise InputError("no whole minute is left for the hatch to open at; widen --hatch")
        free = self.explain and not case.past
        self.open = cp.new_int_var(0 if free else first, self.last if free else last, "hatch")
        self.end = cp.new_int_var(0, self.last, "closed")
        cp.add(self.end >= self.open)
        if self.explain:
            text = f"the hatch opens from {self._clock(first)} to {self._clock(last)}"
            self._wish("the walk", text, cp.add_linear_constraint(self.open, first, last))
            close = up(case.latest_close_s)
            self._wish("the walk", f"the hatch is closed by {self._clock(close)}", cp.add(self.end <= close))
        length = math.floor(case.longest_s / 60.0 + EPS)
        self._wish("the walk", f"at most {length} min, as the suits last", cp.add(self.end - self.open <= length))

    def _task(self, task: Task) -> None:
        cp, done = self.cp, self.past.get(task.id)
        if done:
            self.start[task.id] = cp.new_constant(math.floor(done.start_s / 60.0 + EPS))
            self.present[task.id] = cp.new_constant(1)
            for person in self.case.walkers:
                if person in done.who:
                    self.does[person, task.id] = self.present[task.id]
            cp.add(self.end >= self.stop(task.id))
            return
        self.start[task.id] = cp.new_int_var(self.now, self.last, task.id)
        fixed = not task.may_wait and not self.explain
        self.present[task.id] = cp.new_constant(1) if fixed else cp.new_bool_var(f"do {task.id}")
        present = self.present[task.id]
        if not task.may_wait and self.explain:
            self._wish(f"task {task.id}", "to be done", cp.add(present == 1))
        for person in task.who:
            self.does[person, task.id] = cp.new_bool_var(f"{person} {task.id}") if task.choose else present
        if task.choose:
            cp.add(sum(self.does[p, task.id] for p in task.who) == task.choose * present)
        for person in task.who:
            home = self.start[task.id] + up(task.duration_s + self._home_s(task))
            cp.add(self.end >= home).only_enforce_if(self.does[person, task.id])

    def _times(self, task: Task) -> None:
        """When a task may start, whatever others do."""
        cp, s, present, here = self.cp, self.start[task.id], self.present[task.id], f"task {task.id}"
        windows = self.case.windows
        if task.must:
            spans = windows["+".join(sorted(task.must))] if len(task.must) > 1 else windows[task.must[0]]
            domain = cp_model().Domain.from_intervals(starts_inside(spans, task.duration_s))
            self._wish(here, f"in {' and '.join(task.must)}", cp.add_linear_expression_in_domain(s, domain), present)
        first = up(task.earliest_s)
        cp.add(s >= self.open)
        if first > 0:
            self._wish(here, f"not before minute {first}", cp.add(s >= self.open + first), present)
        if task.latest_s is not None:
            last = math.floor((task.latest_s - task.duration_s) / 60.0 + EPS)
            self._wish(here, f"over by minute {task.latest_s / 60:g}", cp.add(s <= self.open + last), present)
        if not isinstance(task.start_s, Blank):
            at = round(task.start_s / 60.0)
            self._wish(here, f"start_min = {at}", cp.add(s == self.open + at), present)
        if task.at is not None:
            at = round((task.at - self.case.origin) / 60.0)
            self._wish(here, f"at {task.at.iso()}", cp.add(s == at), present)

    def _order(self, task: Task) -> None:
        """What comes before, and who did that."""
        cp, s, present, here = self.cp, self.start[task.id], self.present[task.id], f"task {task.id}"
        for other in (name for name in task.after if name in self.start):
            self._wish(here, f"after {other}", cp.add(s >= self.stop(other)), present, self.present[other])
            self._wish(here, f"after {other}", cp.add(self.present[other] == 1), present)
        if task.closing:
            for work in (t for t in self.case.tasks if not t.closing):
                self._wish(here, "after all tasks that are not closing", cp.add(s >= self.stop(work.id)), present,
                           self.present[work.id])
        if task.same_as in self.start:
            both = (present, self.present[task.same_as])
            for person in self.case.walkers:
                mine, theirs = (self.does.get((person, name), 0) for name in (task.id, task.same_as))
                if not (isinstance(mine, int) and isinstance(theirs, int)):
                    self._wish(here, f"by whoever does {task.same_as}", cp.add(mine == theirs), *both)

    # ------------------------------------------------------------------------------------------------ nobody is twice
    def _one_place(self) -> None:
        """Sound because ways obey the triangle inequality: each pair is kept apart by the direct way."""
        cp, case = self.cp, self.case
        for person in case.walkers:
            for task in (t for t in self._future() if person in t.who):
                at_s, place = self._last_known(person)
                free = up(at_s + case.travel_s(place, task.place))
                if case.past is None:
                    free = up(case.travel_s(case.inside, task.place))
                    cp.add(self.start[task.id] >= self.open + free).only_enforce_if(self.does[person, task.id])
                elif free > self.now:
                    cp.add(self.start[task.id] >= free).only_enforce_if(self.does[person, task.id])
            if not self.restless:
                for task in (t for t in self._future() if person in t.who):
                    rests = self.rests[person, task.id] = cp.new_bool_var(f"{person} rests after {task.id}")
                    cp.add_implication(rests, self.does[person, task.id])
        for a, b in combinations(self._future(), 2):
            people = [p for p in case.walkers if p in a.who and p in b.who]
            if people:
                self._apart(a, b, people)
        everything = [(self._interval(t.id), len(t.who) if not t.choose else t.choose) for t in self._present_now()]
        cp.add_cumulative([i for i, _ in everything], [n for _, n in everything], len(case.walkers))   # for the bound
        for person in case.walkers:
            cp.add_no_overlap([self._interval(t.id, person) for t in self._future() if person in t.who])

    def _last_known(self, person: str) -> tuple[float, str]:
        """When and where somebody is free, by what is settled."""
        mine = [(d.stop_s, name) for name, d in self.past.items() if person in d.who]
        if not mine or self.case.past is None:
            return (self.case.past.now_s if self.case.past else 0.0), self.case.inside
        stop_s, name = max(mine)
        return max(stop_s, 0.0), self.case.by_id[name].place

    def _apart(self, a: Task, b: Task, people: Sequence[str]) -> None:
        cp = self.cp
        known = None if self.explain else a.id in self.before[b.id] or (False if b.id in self.before[a.id] else None)
        first = cp.new_bool_var(f"{a.id} before {b.id}") if known is None else None
        rest = 0 if self.restless else up(self.case.rest_s)
        for person in people if rest else people[:1] if not (a.choose or b.choose) else people:
            given = [self.does[person, a.id], self.does[person, b.id]]
            for one, two, literal in ((a, b, first), (b, a, None if first is None else first.negated())):
                if known is not None and known is not (one is a):
                    continue
                gap = up(one.duration_s + self.case.travel_s(one.place, two.place))
                tail = rest * self.rests[person, one.id] if rest else 0
                cp.add(self.start[two.id] >= self.start[one.id] + gap + tail).only_enforce_if(
                    *given, *([literal] if literal is not None else []))

    def _present_now(self) -> list[Task]:
        """Tasks that still matter: those to come and those under way."""
        return [t for t in self.case.tasks if t.id not in self.past or up(self.past[t.id].stop_s) > self.now]

    def _interval(self, name: str, person: str = "") -> Any:
        given = self.does[person, name] if person else self.present[name]
        return self.cp.new_optional_fixed_size_interval_var(self.start[name], self.minutes[name], given, "")

    def _shared_tools(self) -> None:
        tools = {tool for task in self.case.tasks for tool in task.tools}
        for tool in sorted(tools):
            users = [t for t in self._present_now() if tool in t.tools]
            if self.explain:
                self._switchable_tool(tool, users)
            elif self.case.tools[tool] == 1:
                self.cp.add_no_overlap([self._interval(t.id) for t in users])
            else:
                self.cp.add_cumulative([self._interval(t.id) for t in users], [1] * len(users), self.case.tools[tool])

    def _switchable_tool(self, tool: str, users: Sequence[Task]) -> None:
        """The same with a literal: each user's interval exists only while the wish holds."""
        cp, key, kept = self.cp, (f"tool {tool}", f"only {self.case.tools[tool]} of it"), []
        literal = self.literals[key] = cp.new_bool_var(f"tool {tool}")
        for task in users:
            counts = cp.new_bool_var("")
            cp.add_implication(counts, literal)
            cp.add_bool_or(counts, literal.negated(), self.present[task.id].negated())
            kept.append(cp.new_optional_fixed_size_interval_var(self.start[task.id], self.minutes[task.id], counts, ""))
            cp.add_implication(counts, self.present[task.id])
        cp.add_cumulative(kept, [1] * len(kept), self.case.tools[tool])

    # ----------------------------------------------------------------------------------------- rests, suits, aims
    def _rest_chain(self, person: str) -> None:
        """Rests follow tasks. What lies between two of them ends before the later one, so a chain of gaps is enough."""
        cp, case = self.cp, self.case
        every, length = math.floor(case.rest_every_s / 60.0 + EPS), up(case.rest_s)     # type: ignore[operator]
        mine = [t for t in self._future() if person in t.who]
        after: dict[str, list[Any]] = {t.id: [] for t in mine}
        known = case.past.rested_s.get(person) if case.past else None
        previous: Any = self.open if known is None else math.floor(known / 60.0 + EPS)
        used: Any = None
        wish = ("the walk", f"{person} rests {length} min after at most {every} min")
        for _ in range(max(0, math.ceil((up(case.longest_s) - every) / (every + length)))):
            rested, rest = cp.new_int_var(0, self.last + length, ""), cp.new_bool_var("")
            picked = {t.id: cp.new_bool_var("") for t in mine}
            cp.add(sum(picked.values()) == rest)
            for name, pick in picked.items():
                after[name].append(pick)
                cp.add(rested == self.stop(name) + length).only_enforce_if(pick)
            cp.add(rested == previous).only_enforce_if(rest.negated())
            cp.add(rested >= previous + length).only_enforce_if(rest)
            self._wish(*wish, cp.add(rested - length - previous <= every), rest)
            if used is not None:
                cp.add_implication(rest, used)
            previous, used = rested, rest
        self._wish(*wish, cp.add(self.end - previous <= every))
        for name, picks in after.items():
            cp.add(sum(picks) == self.rests[person, name])

    def _budget(self, budget: Budget) -> None:
        """Minutes outside every task count as idle, so moving and waiting are never free."""
        step = budget.capacity / BUDGET_STEPS
        def parts(per_s: float) -> int:
            return math.ceil(per_s * 60.0 / step - EPS)
        extra = self.case.past.spent.get((budget.person, budget.what), 0.0) if self.case.past else 0.0
        limit = math.floor((budget.limit - extra) / step)
        used = (self.end - self.open) * parts(budget.idle_s)
        if budget.lit_s > 0.0:
            used += self._lit * parts(budget.lit_s)
        for task in self.case.tasks:
            if (budget.person, task.id) in self.does:
                more = parts(budget.task_s[task.id] - budget.idle_s) * self.minutes[task.id]
                used += self.does[budget.person, task.id] * more
        self._wish("the walk", f"{budget.what} of {budget.person}", self.cp.add(used <= limit))

    @cached_property
    def _lit(self) -> Any:
        """Minutes from hatch opening to closing that see some sunlight."""
        cp = self.cp
        total = good_minutes(tuple((60.0 * math.floor(a / 60.0), 60.0 * math.ceil(b / 60.0))
                                   for a, b in self.case.windows["light"]), self.last)
        opened, closed = cp.new_int_var(0, total[-1], ""), cp.new_int_var(0, total[-1], "")
        cp.add_element(self.open, total, opened)
        cp.add_element(self.end, total, closed)
        return closed - opened

    def _aims(self) -> None:
        self.show = self._show()
        optional = [t for t in self._future() if t.may_wait]
        self.worth = sum(t.worth * self.present[t.id] for t in optional if not t.get_ahead)
        self.ahead = sum(t.worth * self.present[t.id] for t in optional if t.get_ahead)
        self.liked = [(t.id, self._minutes_in(t, wish)) for t in self._future() for wish in t.like]
        self.sum_of_starts = sum(self.start[t.id] for t in self._future())
        if not self.explain:
            self._edges()

    def _minutes_in(self, task: Task, wish: str) -> Any:
        """Minutes of a task that are granted a wish; none when it is not done."""
        return self._count(task, self.case.windows[wish], task.id)

    def _count(self, task: Task, spans: Spans, name: str) -> Any:
        cp, length = self.cp, self.minutes[task.id]
        total = good_minutes(spans, self.last + length)
        table = [total[k + length] - total[k] for k in range(self.last + 1)]
        found, counted = cp.new_int_var(0, length, ""), cp.new_int_var(0, length, f"granted {name}")
        cp.add_element(self.start[task.id], table, found)
        cp.add(counted <= found)
        cp.add(counted <= length * self.present[task.id])
        return counted

    def _show(self) -> Any:
        """Minutes of the show that count: from the start of one task to the end of another, or those of the scenes."""
        cp, case, show = self.cp, self.case, self.case.show
        by_id = case.by_id
        if show is None or show.from_ not in by_id or show.to not in by_id:
            return sum(self._count(t, case.show_windows, t.id) for t in case.tasks if t.scene)
        out, back = self.start[show.from_], self.stop(show.to)
        both = (self.present[show.from_], self.present[show.to])
        self._wish("the show", f"at least {show.least_s / 60:g} min", cp.add(back - out >= up(show.least_s)), *both)
        if show.most_s is not None:
            most = math.floor(show.most_s / 60.0 + EPS)
            self._wish("the show", f"at most {most} min", cp.add(back - out <= most), *both)
        room = self.last + self.minutes[show.to]
        total = good_minutes(case.show_windows, room)
        before_out, before_back = cp.new_int_var(0, total[-1], ""), cp.new_int_var(0, total[-1], "")
        cp.add_element(out, total, before_out)
        cp.add_element(back, total, before_back)
        seen = cp.new_int_var(0, total[-1], "show")
        cp.add(seen <= before_back - before_out)
        for present in both:
            cp.add(seen <= total[-1] * present)
        return seen

    def _edges(self) -> None:
        """The hatch opens with the first task and closes with the last, where one task is first or last by rule."""
        tasks = [t for t in self.case.tasks if not t.may_wait]
        if any(t.may_wait and not self.before[t.id] for t in self.case.tasks):
            return
        for task in (t for t in tasks if t.id not in self.past):
            others = [t.id for t in self.case.tasks if t.id != task.id]
            bound = task.must or task.like or task.earliest_s or task.at or isinstance(task.start_s, float)
            leads = all(task.id in self.before[name] for name in others)
            way_s = self.case.travel_s(self.case.inside, task.place)
            if leads and not (bound or self.past or self._shown(task)):
                self.cp.add(self.start[task.id] == self.open + up(way_s))
            if all(name in self.before[task.id] for name in others):
                self.cp.add(self.end == self.start[task.id] + up(task.duration_s + self._home_s(task)))

    def _home_s(self, task: Task) -> float:
        return self.case.travel_s(task.place, self.case.inside)

    def _shown(self, task: Task) -> bool:
        return task.scene or (self.case.show is not None and task.id == self.case.show.from_)
