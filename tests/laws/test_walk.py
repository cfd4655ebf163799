"""A spacewalk keeps its own rules, whatever its tasks: order, people, light, oxygen, the way back."""

import itertools
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fakel
from fakel.model.arrays import same
from fakel.model.epoch import Epoch
from fakel.model.errors import NoWindow
from fakel.model.verdict import Status
from fakel.plan import coverage
from fakel.plan import eva as planner
from fakel.plan.eva import Task
from fakel.plan.way_back import cut_short
from fakel.rules import judge, load_rules
from walks import flight, flown, planned, tasks

WALKERS = ("ann", "bob")
START = Epoch.utc("2013-11-09T12:00:00Z")
AWAY_M = {"pirs": 0.5, "ring": 1.6, "aft": 13.5}
ISS_PERIOD_S, LIT_S = 5_580.0, 3_960.0


def sky(hours=12.0):
    """An even light of 66 minutes in 93 and a relay that is lost for six minutes an hour."""
    t_s = np.arange(0.0, hours * 3600.0, 10.0)
    lit, relay = t_s % ISS_PERIOD_S < LIT_S, t_s % 3600.0 > 360.0
    return coverage.Sky(START, 10.0, lit, {"relay": relay}, {}, np.zeros(len(t_s)))


def a_task(i, draw):
    return Task(f"t{i}", f"Task {i}", tuple(draw(st.sets(st.sampled_from(WALKERS), min_size=1))),
                draw(st.sampled_from(list(AWAY_M))), 60.0 * draw(st.integers(1, 40)), draw(st.floats(120, 580)),
                after=tuple(f"t{k}" for k in draw(st.sets(st.integers(0, i - 1), max_size=2))) if i else (),
                must=draw(st.sampled_from([(), ("light",), ("link",), ("tv",)])),
                max_wait_s=60.0 * draw(st.integers(0, 60)), scene=draw(st.booleans()), always=draw(st.booleans()),
                optional=draw(st.booleans()))


@st.composite
def task_lists(draw):
    return tuple(a_task(i, draw) for i in range(draw(st.integers(1, 9))))


@given(task_lists(), st.integers(0, 240))
def test_a_laid_timeline_keeps_order_people_wishes_and_patience(tasks_, minute):
    hatch, light = START + 60.0 * minute, sky()
    placed = planner.lay(tasks_, WALKERS, light, hatch)
    done = {p.task.id: p for p in placed}
    busy = dict.fromkeys(WALKERS, 0.0)
    for p in placed:
        assert p.stop_s - p.start_s == pytest.approx(p.task.duration_s)
        ready = max([busy[who] for who in p.task.who] + [done[name].stop_s for name in p.task.after])
        assert ready - 1e-6 <= p.start_s <= ready + p.task.max_wait_s + 1e-6
        busy.update(dict.fromkeys(p.task.who, p.stop_s))
        if p.task.must and p.granted:
            first = int((hatch - START + p.start_s) / 10.0 + 1e-6)
            last = int(np.ceil((hatch - START + p.stop_s) / 10.0 - 1e-6))
            assert all(light.flags(wish)[first:last].all() for wish in p.task.must)


@given(task_lists(), st.integers(0, 300))
def test_a_walk_ended_early_keeps_what_was_done_and_brings_everybody_in(tasks_, minute):
    placed = planner.lay(tasks_, WALKERS, None, START)
    after_s = 60.0 * minute
    cut = cut_short(placed, after_s, WALKERS, AWAY_M, "pirs")
    before = {p.task.id: p for p in placed}
    for p in cut:
        if p.task.id not in before:                                  # the way along the handrails
            assert p.task.place == "pirs" and p.start_s >= after_s
        elif before[p.task.id].stop_s <= after_s:
            assert p == before[p.task.id]
        elif p.task.always:
            assert p.stop_s - p.start_s == pytest.approx(p.task.duration_s)
        else:
            assert (p.stop_s == after_s and not p.granted) or not p.task.must
    for who in WALKERS:
        spans = sorted((p.start_s, p.stop_s) for p in cut if who in p.task.who)
        assert all(a[1] <= b[0] + 1e-6 for a, b in itertools.pairwise(spans))
    assert {p.task.id for p in placed if p.task.always} <= {p.task.id for p in cut}


@given(st.integers(5, 60), st.integers(0, 30))
@settings(max_examples=25)
def test_the_hatch_choice_is_the_best_of_all_and_stands_in_the_middle_of_its_run(scene_min, egress_min):
    own = (Task("out", "Out", WALKERS, "ring", 60.0 * max(egress_min, 1), 300.0),
           Task("scene", "Scene", WALKERS, "ring", 60.0 * scene_min, 250.0, after=("out",), must=("tv",), scene=True))
    light = sky()
    choice = planner.choose_hatch(own, WALKERS, light, START, START + 6 * 3600.0, None)
    minutes = np.round(choice.scene_s / 60)
    assert minutes[choice.best] == minutes.max()
    first, last = choice.run
    assert choice.best == (first + last) // 2
    assert np.all(minutes[first:last + 1] == minutes.max())
    assert np.allclose(np.diff(choice.hatch_s[first:last + 1]), 60.0)
    edge = [i for i in (first - 1, last + 1) if 0 <= i < len(minutes)]
    best = choice.best
    assert all(minutes[i] < minutes.max() or choice.walk_s[i] > choice.walk_s[best]
               or choice.granted_s[i] < choice.granted_s[best] for i in edge)


def test_viewers_hours_are_those_of_their_clock_in_2013():
    # Moscow was four hours ahead of UTC from 2011 to 2014.
    light = sky()
    flags = planner.audience_flags(light, planner.Audience("Europe/Moscow", 18 * 3600.0, 22 * 3600.0))
    seen = light.t_s[flags]
    assert (seen[0], seen[-1]) == (2 * 3600.0, 6 * 3600.0 - 10.0)


# ---------------------------------------------------------------- the shipped hour outside

@pytest.fixture(scope="module")
def hour():
    return flown()


def events(leg, name):
    return [e for e in leg.events if e.name == name]


def test_the_plan_is_what_is_flown(hour):
    plan, _ = planned()
    starts = {t.id: t.start_s for t in plan.tasks}
    assert events(hour, "hatch_open")[0].epoch == plan.hatch_open
    assert {e.subject: e.epoch - plan.hatch_open for e in events(hour, "task_start")} == pytest.approx(starts)


def test_scenes_are_lit_and_linked_in_the_flown_sky(hour):
    table = hour.studies["timeline"]
    assert sum(table["live_dark_min"]) == 0.0
    assert sum(table["live_min"]) == 44.0


def test_oxygen_falls_all_the_time_and_what_is_used_is_what_is_missing(hour):
    for who in ("kotov", "ryazansky"):
        channel = next(c for c in hour.channels if c.name == f"suit.{who}.oxygen_kg")
        assert np.all(np.diff(channel.values) < 0)
        i = hour.studies["suits"]["person"].index(who)
        assert channel.values[0] - channel.values[-1] == pytest.approx(hour.studies["suits"]["oxygen_used_kg"][i])
        assert hour.after.suits[who]["oxygen_kg"] == pytest.approx(channel.values[-1])


def test_every_minute_has_light_link_tether_and_place(hour):
    names = {c.name: c for c in hour.channels}
    for name in ("eva.sunlit", "eva.link", "eva.relay", "eva.ground", "eva.tethers.kotov", "eva.from_hatch_m.kotov"):
        assert np.isfinite(names[name].values).all(), name
        assert np.diff(names[name].t_s).max() <= 60.0


def test_the_way_back_is_shorter_than_what_is_planned_and_never_too_late(hour):
    table = hour.studies["walking_back"]
    closed = events(hour, "hatch_closed")[0].facts["outside_s"] / 60
    assert min(table["spare_min"]) > 0
    assert all(minute + back <= closed + 1e-6
               for minute, back in zip(table["minute"], table["way_back_min"], strict=True))


def test_every_rule_of_the_walk_is_kept_but_for_the_unknown_absorber_and_battery(hour):
    verdicts = {v.rule: v for v in judge(flight(hour), load_rules())}
    own = tomllib.loads((Path(fakel.__file__).parent / "data" / "rules" / "walk.toml").read_text(encoding="utf-8"))
    told = {rule["id"]: verdicts[rule["id"]].message for rule in own["rule"]
            if rule["id"] in verdicts and verdicts[rule["id"]].status is not Status.PASS}
    assert told == {"WALK-CO2": f"suits.co2_capacity_kg is not known (here {verdicts['WALK-CO2'].value:.4g} kg)",
                    "WALK-BATTERY": "suits.battery_left_min is not known"}


# ---------------------------------------------------------------- ended early

def test_a_drill_ends_the_walk_when_it_says():
    leg = flown(lambda table: table["steps"]["walk"].update(terminate_after_min=30))
    assert leg.ending == "terminated"
    told = events(leg, "walk_terminated")[0]
    assert told.facts == {"after_s": 1_800.0, "reason": "drill"}
    assert told.epoch - events(leg, "hatch_open")[0].epoch == 1_800.0
    assert leg.after.holders["torch"] == "pirs"                    # whoever held it brought it in
    assert leg.studies["deferred"]["task"] == ["scene-ryazansky"]
    assert leg.studies["deferred"]["why"] == ["the walk was ended early"]


def test_a_leak_ends_the_walk_while_there_is_oxygen_to_come_home_with():
    leak = [{"who": "ryazansky", "from_min": 20, "leak_kg_h": 1.0}]
    leg = flown(lambda table: table["steps"]["walk"].update(leaks=leak))
    assert leg.ending == "terminated"
    assert events(leg, "walk_terminated")[0].facts["reason"] == "oxygen of ryazansky"
    left_kg = leg.after.suits["ryazansky"]["oxygen_kg"]
    keep_kg = 1_800.0 * 250.0 / (11.82e6 / 0.835)
    a_minute_kg = (1.0 / 3600.0 + 350.0 / (11.82e6 / 0.835)) * 60.0
    assert keep_kg - a_minute_kg <= left_kg < keep_kg              # called at the first minute that needs it
    assert leg.after.suits["ryazansky"]["oxygen_reserve_kg"] == 1.0
    failed = {v.rule for v in judge(flight(leg), load_rules()) if v.status is Status.FAIL}
    assert failed == {"WALK-COMPLETE", "WALK-OXYGEN"}


def test_a_leak_too_great_for_the_way_back_is_breathed_from_the_reserve():
    leak = [{"who": "kotov", "from_min": 20, "leak_kg_h": 6.0}]
    leg = flown(lambda table: table["steps"]["walk"].update(leaks=leak))
    after = leg.after.suits["kotov"]
    assert after["oxygen_kg"] == 0.0 and after["oxygen_reserve_kg"] < 1.0
    failed = {v.rule for v in judge(flight(leg), load_rules()) if v.status is Status.FAIL}
    assert "WALK-RESERVE" in failed


# ---------------------------------------------------------------- too much to do

def test_optional_tasks_are_left_for_another_day():
    def edit(table):
        tasks(table)["scene-ryazansky"].update(gives=[])
        tasks(table)["in"]["after"] = ["scene-kotov"]
        extra = {"id": "long-look", "title": "A long look", "who": ["kotov", "ryazansky"], "place": "zvezda-aft",
                 "duration_min": 390, "metabolic_w": 200, "after": ["scene-kotov"], "optional": True}
        own = table["steps"]["walk"]["tasks"]
        own.insert(len(own) - 1, extra)
    leg = flown(edit)
    assert leg.studies["deferred"]["task"] == ["long-look"]
    assert leg.studies["deferred"]["why"] == ["optional; the walk is full"]
    assert [e.subject for e in events(leg, "task_deferred")] == ["long-look"]


def test_a_shorter_crew_day_defers_too():
    def edit(table):
        own = table["steps"]["walk"]["tasks"]
        look = {"id": "look", "title": "A look", "who": ["kotov"], "place": "pirs-ring", "duration_min": 120,
                "metabolic_w": 200, "after": ["scene-ryazansky"], "optional": True}
        own.insert(len(own) - 1, look)
        table["steps"]["walk"]["crew_day"] = {"start_h": 10.0, "stop_h": 17.5}
    leg = flown(edit)
    assert leg.studies["deferred"]["task"] == ["look"]


def test_a_hatch_that_was_planned_and_is_given_again_defers_the_same():
    def edit(table):
        own = table["steps"]["walk"]["tasks"]
        look = {"id": "look", "title": "A look", "who": ["kotov"], "place": "pirs-ring", "duration_min": 120,
                "metabolic_w": 200, "after": ["scene-ryazansky"], "optional": True}
        own.insert(len(own) - 1, look)
        table["steps"]["walk"]["crew_day"] = {"start_h": 10.0, "stop_h": 17.5}
    plan, _ = planned(edit)

    def given(table):
        edit(table)
        table["steps"]["walk"]["hatch_open"] = plan.hatch_open.iso()
    again, _ = planned(given)
    assert same(again, plan)


def test_a_walk_that_begins_too_late_in_its_day_slips_to_the_next():
    evening = Epoch.utc("2013-11-09T18:00:00Z")
    with pytest.raises(NoWindow):
        planned(epoch=evening)
    plan, _ = planned(lambda table: table["steps"]["walk"].update(slip_days=1), epoch=evening)
    given, _ = planned(lambda table: table["steps"]["walk"].update(slip_days=1, hatch_open=plan.hatch_open.iso()),
                       epoch=evening)
    assert same(given, plan)
    assert plan.date.isoformat() == plan.hatch_open.iso()[:10] == "2013-11-10"


def test_suits_are_full_before_a_walk_unless_it_says_otherwise():
    used = {who: {"oxygen_kg": 0.6, "oxygen_reserve_kg": 1.0, "co2_kg": 0.5, "water_kg": 1.5}
            for who in ("kotov", "ryazansky")}
    full = flown(suits=used)
    kept = flown(lambda table: table["steps"]["walk"].update(recharged=False), suits=used)
    assert full.after.suits["kotov"]["oxygen_kg"] - kept.after.suits["kotov"]["oxygen_kg"] == pytest.approx(0.4)
    assert kept.after.suits["kotov"]["co2_kg"] - full.after.suits["kotov"]["co2_kg"] == pytest.approx(0.5)


def test_a_given_hatch_is_kept_even_in_the_dark():
    leg = flown(lambda table: table["steps"]["walk"].update(hatch_open="2013-11-09T15:20:00Z"))
    assert events(leg, "hatch_open")[0].epoch == Epoch.utc("2013-11-09T15:20:00Z")
    told = {v.rule: v.status for v in judge(flight(leg), load_rules())}
    assert told["WALK-TV"] is Status.FAIL


def test_the_flown_hour_does_not_change_with_the_situations_other_people():
    leg = flown()
    more = flown(places={**leg.before.places, "hopkins": "station"})
    assert [e.epoch for e in more.events] == [e.epoch for e in leg.events]
    assert replace(more.after, places=leg.after.places).holders == leg.after.holders


def test_a_suit_warns_when_a_store_is_short_and_not_before():
    leg = flown(lambda table: table["steps"]["walk"].update(
        leaks=[{"who": "ryazansky", "from_min": 30, "leak_kg_h": 1.2}]))
    warned = [e for e in leg.events if e.name == "suit_alarm"]
    assert {e.subject for e in warned} == {"ryazansky"}
    first = next(e for e in warned if e.facts["what"].startswith("primary oxygen"))
    oxygen = next(c for c in leg.channels if c.name == "suit.ryazansky.oxygen_kg")
    keep_kg = 1800.0 * 250.0 / (11.82e6 / 0.835)              # half an hour at between_w
    assert oxygen.at(first.epoch) <= keep_kg < oxygen.at(first.epoch + -60.0)
    assert not [e for e in flown().events if e.name == "suit_alarm"]


def test_a_greater_effort_leaves_less_oxygen_by_what_was_breathed_alone():
    table = flown().studies["suits"]
    for left, spread, used, co2 in zip(*(table[k] for k in ("oxygen_left_kg", "oxygen_left_1sigma_kg",
                                                              "oxygen_used_kg", "co2_used_kg")), strict=True):
        assert used == pytest.approx(co2 / 1.1952, rel=1e-4)          # no leak is public: all that is used is breathed
        assert left - spread == pytest.approx(used * 24.51 / 147.95, rel=1e-4)
