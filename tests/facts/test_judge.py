"""Verdicts of small flights made by hand: status, value, margin, window, evidence."""

from dataclasses import replace

import numpy as np
import pytest

from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Event, Flight, Leg, Situation
from fakel.model.verdict import Rule, Status
from fakel.rules import judge

START = Epoch.utc("2020-01-01T10:00:00Z")
BEFORE = Situation(START, {}, {}, {}, {}, {}, {}, {}, {})
LOAD = Channel("ascent.load_g", "g", START, np.array([0.0, 60.0, 120.0]), np.array([1.2, 4.1, 3.0]))
LEG = Leg("launch", "ascent", {}, BEFORE, replace(BEFORE, epoch=START + 120.0), "done", (), (LOAD,),
          (Event(START, "liftoff", "ship", "ascent", {}),), (), {})
STEPS = {"launch": {"phase": "ascent"}, "down": {"phase": "entry"}}
FLIGHT = Flight({"steps": STEPS, "crew": {"ann": {"most_g": 5.0}}}, (LEG,), {}, True)
RULE = Rule("LOAD", "Load", "Not too much.", "a book", ("ascent",), 'max(channel("ascent.load_g"))', "<=", 4.5, "g",
            "high")


def only(rule, flight=FLIGHT):
    verdicts = judge(flight, [rule])
    assert len(verdicts) == 1
    return verdicts[0]


def test_a_kept_limit_passes_with_its_margin_instant_and_evidence():
    v = only(RULE)
    assert (v.status, v.value, v.limit) == (Status.PASS, 4.1, 4.5)
    assert v.margin == pytest.approx(0.4)
    assert v.window.start == START + 60.0
    assert v.evidence == "ascent.load_g"
    assert v.message == "4.1 g; the rule says at most 4.5 g"


def test_a_broken_limit_fails_with_a_negative_margin():
    v = only(replace(RULE, limit=4.0))
    assert v.status is Status.FAIL
    assert v.margin == pytest.approx(-0.1)


@pytest.mark.parametrize(("op", "limit", "status"), [
    ("<", 4.1, Status.FAIL), ("<=", 4.1, Status.PASS), (">=", 4.1, Status.PASS), (">", 4.1, Status.FAIL),
    ("==", 4.1, Status.PASS), ("==", 4.2, Status.FAIL)])
def test_limits_that_are_met_exactly(op, limit, status):
    assert only(replace(RULE, op=op, limit=limit)).status is status


def test_a_limit_may_be_a_formula():
    assert only(replace(RULE, limit='min(mission("crew.*.most_g"))')).limit == 5.0


def test_no_public_limit_is_unknown_and_shows_the_value():
    v = only(replace(RULE, limit=float("nan")))
    assert (v.status, v.value, v.margin) == (Status.UNKNOWN, 4.1, None)
    assert v.message == "no public limit is known (here 4.1 g)"


def test_a_missing_channel_is_unknown():
    v = only(replace(RULE, formula='max(channel("ascent.noise_db"))'))
    assert (v.status, v.message) == (Status.UNKNOWN, "no channel ascent.noise_db")


def test_a_limit_that_needs_missing_data_is_unknown():
    assert only(replace(RULE, limit='min(mission("crew.*.least_g"))')).status is Status.UNKNOWN


def test_a_phase_that_was_not_flown_yet_is_unknown():
    v = only(replace(RULE, phases=("entry",), formula='count("burn_missed")', op="==", limit=0.0))
    assert (v.status, v.message) == (Status.UNKNOWN, "not flown: entry")


def test_a_phase_that_the_mission_has_not_is_not_judged():
    assert judge(FLIGHT, [replace(RULE, phases=("docking",))]) == ()


def test_a_flight_without_legs_passes_nothing():
    empty = Flight({"steps": STEPS}, (), {}, False)
    v = only(replace(RULE, phases=(), formula='count("burn_missed")', op="==", limit=0.0), empty)
    assert v.status is Status.UNKNOWN
