"""A walk planned by search: goal after goal, each kept before the next, with the bound that the search proves.

One worker, a seed and limits in the solver's own deterministic units: the same case gives the same plan on the same
build of OR-tools, however busy the machine is. A limit in seconds would break that, so there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fakel.model.errors import InputError
from fakel.model.walk_plan import Goal
from fakel.plan.eva_case import Case, before
from fakel.plan.eva_minutes import cp_model, good_minutes, longest_good, up
from fakel.plan.eva_model import Model

GOALS = {"show": ("minutes of the show in light and link", "min"), "worth": ("worth of optional tasks", ""),
         "ahead": ("worth of get-ahead tasks", ""), "like": ("minutes of liked light and link", "min"),
         "short": ("minutes outside", "min")}
"""What may be aimed for, in the usual order."""
LIMITS = {"show": 30.0, "worth": 12.0, "ahead": 5.0, "like": 12.0, "short": 4.0, "starts": 1.0, "alone": 10.0}
"""Deterministic units for each goal; one took 0.2 to 2 s of one core."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan: minutes since the case's origin. hatch and closed; starts, people and who rests after, by task."""

    hatch: int
    closed: int
    start: dict[str, int]
    who: dict[str, tuple[str, ...]]
    rests: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Alone:
    """What the show alone can reach: its value, its bound, and the plan that reaches it."""

    value: int
    bound: int
    plan: Solved


@dataclass(frozen=True, slots=True)
class Answer:
    """plan: None when none was found; then impossible says whether there is none. searched: deterministic units."""

    plan: Solved | None
    goals: tuple[Goal, ...]
    impossible: bool
    orbit_bound: int
    alone_bound: int
    searched: float


def solve(case: Case, goals: Sequence[str] = tuple(GOALS), effort: float = 1.0, seed: int = 1) -> Answer:
    """Plan a walk for the goals named, in their order; effort scales the limits of the search."""
    orbit = _orbit_bound(case)
    alone, spent = show_alone(case, effort, seed) if "show" in goals else (None, 0.0)
    bound = min(orbit, alone.bound) if alone else orbit
    model = Model(case)
    if not isinstance(model.show, int):
        model.cp.add(model.show <= bound)
    plan: Solved | None = None
    rows: list[Goal] = []
    impossible = False
    if alone is not None:
        _hint_starts(model, alone.plan)
    for name in (*goals, "starts"):
        aim = _aim(model, name)
        if isinstance(aim, int):
            continue
        model.cp.maximize(aim)
        status, solver = _run(model, LIMITS[name] * effort, seed)
        spent += solver.response_proto.deterministic_time
        if status not in ("OPTIMAL", "FEASIBLE"):
            impossible = status == "INFEASIBLE" and plan is None
            if name != "starts":
                rows.append(Goal(*GOALS[name], None, None, False))
            if plan is None:
                break
            continue
        value = round(solver.objective_value)
        if name != "starts":
            sign = -1 if name == "short" else 1
            best = sign * round(solver.best_objective_bound)
            rows.append(Goal(*GOALS[name], sign * value, best, status == "OPTIMAL"))
        model.cp.add(aim >= value)
        _hint_all(model, solver)
        plan = _read(model, solver)
    return Answer(plan, tuple(rows), impossible, orbit, bound, spent)


def _aim(model: Model, name: str) -> Any:
    return {"show": model.show, "worth": model.worth, "ahead": model.ahead,
            "like": sum(v for _, v in model.liked) if model.liked else 0, "short": model.open - model.end,
            "starts": -1 * model.sum_of_starts if not isinstance(model.sum_of_starts, int) else 0}[name]


def _run(model: Model, limit: float, seed: int) -> tuple[str, Any]:
    solver = cp_model().CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, seed
    solver.parameters.max_deterministic_time = limit
    return str(solver.status_name(solver.solve(model.cp))), solver


def _hint_all(model: Model, solver: Any) -> None:
    model.cp.clear_hints()
    for i in range(len(model.cp.proto.variables)):
        variable = model.cp.get_int_var_from_proto_index(i)
        model.cp.add_hint(variable, solver.value(variable))


def _hint_starts(model: Model, plan: Solved) -> None:
    model.cp.add_hint(model.open, plan.hatch)
    for name, start in plan.start.items():
        if name not in model.past:
            model.cp.add_hint(model.start[name], start)


def _read(model: Model, solver: Any) -> Solved:
    present = [t for t in model.case.tasks if solver.value(model.present[t.id])]
    who = {t.id: tuple(p for p in model.case.walkers
                       if (p, t.id) in model.does and solver.value(model.does[p, t.id])) for t in present}
    rests = {t.id: tuple(p for p in model.case.walkers
                         if (p, t.id) in model.rests and solver.value(model.rests[p, t.id])) for t in present}
    start = {t.id: solver.value(model.start[t.id]) for t in present}
    closed = max(start[t.id] + up(60.0 * model.minutes[t.id] + _home_s(model, t.id)) for t in present)
    return Solved(solver.value(model.open), closed, start, who, rests)


def _home_s(model: Model, name: str) -> float:
    return 0.0 if name in model.past else model.case.travel_s(model.case.by_id[name].place, model.case.inside)


def _orbit_bound(case: Case) -> int:
    """What the orbit allows, whatever people do: the best stretch as long as the show may be."""
    show, names = case.show, case.by_id
    if show is None or show.from_ not in names or show.to not in names:
        scenes = sum(up(t.duration_s) for t in case.tasks if t.scene)
        return min(scenes, good_minutes(case.show_windows, up(case.latest_close_s))[-1])
    return longest_good(case, int((case.longest_s if show.most_s is None else show.most_s) / 60.0))


def alone_case(case: Case) -> Case:
    """The show and what must come before it, without the rest of the walk: what it can reach bounds the whole."""
    show, names = case.show, case.by_id
    wanted = {t.id for t in case.tasks if t.scene} if show is None else {show.from_, show.to} & set(names)
    ahead = before(case.tasks)
    keep = wanted.union(*(ahead[name] for name in wanted)) if wanted else set()
    tasks = tuple(t for t in case.tasks if t.id in keep or (case.past and t.id in case.past.done))
    return replace(case, tasks=tasks, rest_every_s=None, budgets=())


def show_alone(case: Case, effort: float, seed: int, hatch_s: tuple[float, float] | None = None
               ) -> tuple[Alone | None, float]:
    """What the show alone can reach, with the hatch free or within hatch_s; None when nothing is to be seen."""
    part = alone_case(case if hatch_s is None else replace(case, hatch_s=hatch_s))
    model = Model(part) if part.tasks else None
    if model is None or isinstance(model.show, int):
        return None, 0.0
    model.cp.add(model.show <= _orbit_bound(case))
    model.cp.maximize(model.show)
    status, solver = _run(model, LIMITS["alone"] * effort, seed)
    if status not in ("OPTIMAL", "FEASIBLE"):
        return None, solver.response_proto.deterministic_time
    value, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return Alone(value, bound, _read(model, solver)), solver.response_proto.deterministic_time


def require_plan(answer: Answer) -> Solved:
    """Raises InputError when no plan was found."""
    if answer.plan is not None:
        return answer.plan
    if answer.impossible:
        raise InputError("no plan meets all wishes; fakel eva plan --why names those that conflict")
    raise InputError("undecided: no plan was found within the limits of the search, nor ruled out; give it more with "
                     "--effort 5, or fewer wishes")
