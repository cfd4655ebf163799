"""Spacewalks by search: every plan passes a judge that shares no code with the planner; spoilt plans do not."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made_walks
from fakel.model.errors import InputError
from fakel.plan.eva import Show, Task
from fakel.plan.eva_case import Case, Done, Past, no_way, require_case
from fakel.plan.eva_check import Claim, complaints
from fakel.plan.eva_conflict import conflict
from fakel.plan.eva_solver import Answer, solve

pytest.importorskip("ortools", reason="needs OR-tools, the extra eva")
HERE = Path(__file__).parents[1]


@lru_cache(maxsize=4)
def planned(seed: int) -> tuple[Case, Answer]:
    case = made_walks.drawn(seed)
    return case, solve(case, effort=0.3)


def judged(seed: int, count: int | None = None, effort: float = 0.3) -> bool:
    """Plan a random walk; what comes back is right, and a refusal is explained. Whether a plan came back."""
    case = made_walks.drawn(seed, count)
    try:
        require_case(case)
    except InputError:
        assert solve(case, effort=effort).plan is None
        return False
    answer = solve(case, effort=effort)
    if answer.plan is None:
        if answer.impossible:
            found = conflict(case)
            assert found is not None and (not found.decided or found.groups)
        return False
    assert complaints(case, made_walks.claim_of(case, answer.plan)) == ()
    for goal in answer.goals:
        assert goal.value is None or not goal.proven or goal.value == goal.bound
    return True


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_every_plan_of_a_random_walk_passes_the_judge(seed):
    assert made_walks.triangle_holds(made_walks.drawn(seed))
    judged(seed)


@pytest.mark.campaign
def test_two_hundred_random_walks():
    plans = sum(judged(seed) for seed in range(200))
    assert 80 < plans < 180, "the draw must give walks that are possible and walks that are not"


@pytest.mark.campaign
def test_a_few_walks_of_forty_tasks():
    assert sum(judged(seed, 40, effort=1.0) for seed in range(5)) >= 4


@pytest.mark.campaign
def test_the_long_walk_takes_less_than_twenty_seconds_of_one_core():
    script = ("import sys, time; sys.path.insert(0, 'tests'); import made_walks; "
              "from fakel.plan.eva_solver import solve; a = solve(made_walks.forty()); "
              "print(time.process_time(), [(g.value, g.bound) for g in a.goals])")
    said = subprocess.run([sys.executable, "-c", script], cwd=HERE.parent, capture_output=True, text=True,
                          check=True).stdout
    assert float(said.split()[0]) < 20.0, said


def test_the_long_walk():
    case = made_walks.forty()
    answer = solve(case, ("show", "worth", "like"))
    assert [(g.value, g.proven) for g in answer.goals] == [(61, True), (147, True), (38, True)]
    assert sum(t.worth for t in case.tasks if t.optional) == 147, "nothing is left for another day"
    assert complaints(case, made_walks.claim_of(case, answer.plan)) == ()


# ------------------------------------------------------------------------------------------------ against brute force
def small(**changes) -> Case:
    """Four tasks and a hatch, small enough to try every order and every minute."""
    walkers = ("anna", "boris")
    tasks = (Task("pose", "pose", walkers, "mast", 180.0, 300.0, must=("light",), scene=True),
             Task("bolt", "bolt", ("anna",), "truss", 240.0, 300.0, tools=("driver",)),
             Task("rail", "rail", ("boris",), "mast", 300.0, 300.0, tools=("driver",)),
             Task("look", "look", ("anna",), "mast", 120.0, 300.0, optional=True, worth=5))
    windows = {"light": ((240.0, 720.0),), "tv": ((240.0, 720.0),)}
    away = {"lock": 0.0, "mast": 6.0, "truss": 12.0}
    case = Case(made_walks.ORIGIN, walkers, tasks, "lock", made_walks.AlongRail(away, 0.1), windows, windows["tv"],
                (0.0, 120.0), 1500.0, 1200.0, {"driver": 1})
    return replace(case, **changes)


def tried(case: Case) -> tuple[int, int]:
    """Most worth, then fewest minutes, over all orders and all starts: each order pushed as early as it goes."""
    best = (-1, 0)
    for done in product((True, False), repeat=sum(t.optional for t in case.tasks)):
        tasks = [t for t in case.tasks if not t.optional or done[0]]
        for order, hatch in product(permutations(tasks), range(3)):
            rows, at = {}, dict.fromkeys(case.walkers, ("lock", hatch * 60.0))
            tool_s = 0.0
            for task in order:
                start = max(at[p][1] + case.travel_s(at[p][0], task.place) for p in task.who)
                start = max(start, tool_s) if task.tools else start
                start = max(start, case.windows["light"][0][0]) if task.must else start
                rows[task.id] = Done(start, start + task.duration_s, task.who)
                at.update(dict.fromkeys(task.who, (task.place, start + task.duration_s)))
                tool_s = start + task.duration_s if task.tools else tool_s
            closed = max(free + case.travel_s(place, "lock") for place, free in at.values())
            if not complaints(case, Claim(hatch * 60.0, closed, rows)):
                best = max(best, (5 * any(t.optional for t in tasks), -round((closed - hatch * 60.0) / 60)))
    return best


@pytest.mark.parametrize("longest_s", [1200.0, 1020.0, 960.0])
def test_the_search_finds_what_trying_everything_finds(longest_s):
    case = small(longest_s=longest_s)
    answer = solve(case, ("worth", "short"))
    assert all(g.proven for g in answer.goals)
    assert (answer.goals[0].value, -answer.goals[1].value) == tried(case)


# ------------------------------------------------------------------------------------------------ spoilt plans
def spoilt() -> dict[str, tuple[Case, Claim]]:
    """The long walk's plan, each time with one rule broken."""
    case, answer = long_walk()
    good, t = made_walks.claim_of(case, answer.plan), case.by_id
    rows = good.rows

    def moved(name: str, by_min: float) -> Claim:
        row = rows[name]
        return replace(good, rows={**rows, name: replace(row, start_s=row.start_s + 60 * by_min,
                                                         stop_s=row.stop_s + 60 * by_min)})

    def given(name: str, **changes) -> Case:
        return replace(case, tasks=tuple(replace(x, **changes) if x.id == name else x for x in case.tasks))
    since = rows["swipe"].start_s - good.hatch_s
    busy = next(n for n in rows if t[n].who == case.walkers and not t[n].choose and n not in ("bags", "close"))
    dark, plate = case.windows["dark"], rows["plate"]
    other = "exit-a" if rows["cable-tie"].who == ("boris",) else "exit-b"
    lit = next(n for n in rows if t[n].must == ("light",))
    return {
        "left out": (case, replace(good, rows={n: r for n, r in rows.items() if n != "plate"})),
        "unknown": (case, replace(good, rows={**rows, "dance": rows["plate"]})),
        "too short": (case, replace(good, rows={**rows, "plate": replace(plate, stop_s=plate.stop_s - 60)})),
        "one instead of two": (case, replace(good, rows={**rows, busy: replace(rows[busy], who=("anna",))})),
        "stranger": (case, replace(good, rows={**rows, "exit-a": replace(rows["exit-a"], who=("boris",))})),
        "in the dark": (replace(case, windows={**case.windows, "light": dark}), good),
        "moved out of light": (case, moved(lit, 93.0)),
        "order": (case, moved("screw-2", -30.0)),
        "without what it needs": (given("screw-2", after=("swipe",)),
                                  replace(good, rows={n: r for n, r in rows.items() if n != "swipe"})),
        "closing": (case, moved("bags-back", -100.0)),
        "two places": (case, moved("photo-1", (rows["plate"].start_s - rows["photo-1"].start_s) / 60)),
        "no time for the way": (replace(case, travel_s=lambda a, b: 0.0 if a == b else 1500.0), good),
        "not back": (case, replace(good, closed_s=good.closed_s - 120)),
        "tool twice": (replace(case, tools={**case.tools, "camera": 1}, tasks=tuple(
            replace(x, tools=("camera",)) for x in case.tasks)), good),
        "no rest": (replace(case, rest_every_s=2400.0), good),
        "oxygen": (replace(case, budgets=tuple(replace(b, capacity=0.4) for b in case.budgets)), good),
        "hatch too early": (replace(case, hatch_s=(good.hatch_s + 60, good.hatch_s + 120)), good),
        "day over": (replace(case, latest_close_s=good.closed_s - 60), good),
        "suits over": (replace(case, longest_s=good.closed_s - good.hatch_s - 60), good),
        "show too short": (replace(case, show=Show("flag-out", "flag-in", 6000.0)), good),
        "show too long": (replace(case, show=Show("flag-out", "flag-in", 0.0, 600.0)), good),
        "too early": (given("swipe", earliest_s=since + 60), good),
        "over too late": (given("swipe", latest_s=since), good),
        "not at its minute": (given("swipe", start_s=since + 120), good),
        "not at its instant": (given("swipe", at=case.origin), good),
        "another does it": (given("cable-tie", same_as=other), good),
        "history changed": (replace(case, past=Past(good.hatch_s + 600, good.hatch_s, {
            "exit-a": Done(good.hatch_s + 60, good.hatch_s + 480, ("anna",))})), good),
        "in the past": (replace(case, past=Past(good.hatch_s + 6000, good.hatch_s, {})), good),
    }


@lru_cache(maxsize=1)
def long_walk() -> tuple[Case, Answer]:
    case = made_walks.forty()
    return case, solve(case, ("show", "worth"))


def test_the_judge_refuses_every_spoilt_plan():
    case, answer = long_walk()
    assert complaints(case, made_walks.claim_of(case, answer.plan)) == ()
    passed = [what for what, (spoilt_case, claim) in spoilt().items() if not complaints(spoilt_case, claim)]
    assert passed == []


# ------------------------------------------------------------------------------------------------ conflicts
def test_a_conflict_names_only_what_is_needed():
    case = small(longest_s=600.0)
    assert solve(case).impossible
    found = conflict(case)
    wishes = {(subject, wish) for subject, named in found.groups for wish in named}
    assert found.decided and found.irreducible
    assert ("the walk", "at most 10 min, as the suits last") in wishes
    assert not any("look" in subject for subject, _ in wishes), "the optional task is no reason"
    assert conflict(small()) is None


def test_tools_take_part_in_conflicts():
    tasks = tuple(Task(f"drill-{who}", "drill", (who,), "lock", 600.0, 300.0, tools=("driver",))
                  for who in ("anna", "boris"))
    case = small(tasks=tasks, longest_s=900.0)
    subjects = {subject for subject, _ in conflict(case).groups}
    assert subjects == {"the walk", "tool driver", "task drill-anna", "task drill-boris"}
    assert solve(replace(case, tools={"driver": 2})).plan is not None


# ------------------------------------------------------------------------------------------------ planning on
def test_planning_on_keeps_the_past():
    case, answer = planned(7)
    plan, now = answer.plan, answer.plan.hatch + 45
    rows = made_walks.claim_of(case, plan).rows
    done = {name: row for name, row in rows.items() if row.start_s < 60.0 * now}
    late = max(done, key=lambda n: done[n].stop_s)
    done[late] = replace(done[late], stop_s=done[late].stop_s + 420.0)
    past = Past(60.0 * now, 60.0 * plan.hatch, done)
    again = replace(case, past=past, longest_s=case.longest_s + 1800.0)
    found = solve(again, effort=0.3)
    assert found.plan is not None
    assert complaints(again, made_walks.claim_of(again, found.plan)) == ()
    assert all(60.0 * found.plan.start[n] == row.start_s for n, row in done.items())
    assert min(s for n, s in found.plan.start.items() if n not in done) >= now


def test_two_processes_give_the_same_plan():
    script = ("import sys, json; sys.path.insert(0, 'tests'); import made_walks; "
              "from fakel.plan.eva_solver import solve; p = solve(made_walks.drawn(24), effort=0.3).plan; "
              "print(json.dumps([p.hatch, p.start, p.who, p.rests]))")
    runs = [subprocess.Popen([sys.executable, "-c", script], cwd=HERE.parent, stdout=subprocess.PIPE) for _ in range(2)]
    said = [json.loads(run.communicate()[0]) for run in runs]
    assert said[0] == said[1]


# ------------------------------------------------------------------------------------------------ refusals in one line
@pytest.mark.parametrize(("changes", "words"), [
    ({"longest_s": 400.0}, "suits last 7 min"), ({"latest_close_s": 300.0}, "crew's day leaves 5 min"),
    ({"hatch_s": (120.0, 60.0)}, "no hatch opening"),
    ({"budgets": made_walks.oxygen(("anna",), small().tasks, 1e-4, 300.0)}, "kg of oxygen"),
])
def test_what_cannot_fit_is_said_at_once(changes, words):
    with pytest.raises(InputError, match=words) as told:
        require_case(small(**changes))
    assert "\n" not in str(told.value)


def test_fixed_times_that_clash_are_said_at_once():
    pose, bolt, rail, look = small().tasks
    twice = small(tasks=(replace(bolt, start_s=0.0), replace(rail, start_s=60.0)))
    with pytest.raises(InputError, match="driver would be used twice"):
        require_case(twice)
    places = small(tasks=(replace(pose, start_s=0.0), replace(look, start_s=120.0)))
    with pytest.raises(InputError, match="anna would be in two places"):
        require_case(places)
    circle = small(tasks=(replace(bolt, closing=True), replace(rail, after=("bolt",))))
    with pytest.raises(InputError, match="circle"):
        require_case(circle)
    assert no_way("lock", "mast") == 0.0
