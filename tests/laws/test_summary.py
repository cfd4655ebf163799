"""The one object that ``--json`` prints, and the budgets in it."""

import json
from dataclasses import replace

import pytest

from fakel.model.flight import Flight
from fakel.reports.summary import budgets, summary
from make_flight import DOWN, UP, make_flight, make_verdicts

FLIGHT = make_flight()


def test_the_contract_of_keys_holds_and_everything_is_json():
    data = json.loads(json.dumps(summary(FLIGHT, make_verdicts(), "flights/by-hand"), allow_nan=False))
    assert {"id", "title", "complete", "events", "verdicts", "budgets", "comparison", "folder"} == set(data)
    assert all({"name", "utc", "subject", "facts"} <= set(e) for e in data["events"])
    assert all({"rule", "status", "value", "limit", "margin", "unit", "message"} <= set(v) for v in data["verdicts"])
    assert [v["status"] for v in data["verdicts"]] == ["pass", "fail", "unknown"]
    assert data["folder"] == "flights/by-hand"


def test_events_come_in_order_of_time():
    told = [e["utc"] for e in summary(FLIGHT, (), "")["events"]]
    assert told == sorted(told) and len(told) == len(FLIGHT.events)


def test_delta_v_adds_up_by_burn_phase_and_ship():
    cost = budgets(FLIGHT)
    assert [b["burn"] for b in cost["burns"]] == ["dv1", "dv2", "deorbit"]
    up, down = cost["ships"][UP], cost["ships"][DOWN]
    assert (up["dv_m_s"], up["dv_to_docking_m_s"]) == (pytest.approx(122.0), pytest.approx(122.0))
    assert (down["dv_m_s"], down["dv_to_docking_m_s"]) == (pytest.approx(128.0), None)
    assert up["dv_by_phase_m_s"] == {"phasing": pytest.approx(122.0)}


def test_a_burn_without_a_delta_v_makes_the_sum_unknown():
    leg = FLIGHT.legs[1]
    events = tuple(replace(e, facts={}) if e.name.startswith("burn") else e for e in leg.events)
    cost = budgets(replace(FLIGHT, legs=(replace(leg, events=events),)))
    assert len(cost["burns"]) == 2 and cost["ships"][UP]["dv_m_s"] is None


def test_propellant_is_what_the_ships_own_arcs_lost():
    # 7220 to 6915 kg on the way up; the rocket's own mass and the capsule's after separation do not count
    up, down = budgets(FLIGHT)["ships"][UP], budgets(FLIGHT)["ships"][DOWN]
    assert (up["propellant_loaded_kg"], up["propellant_used_kg"]) == (880.0, pytest.approx(305.0))
    assert up["propellant_left_kg"] == pytest.approx(575.0)
    assert down["propellant_used_kg"] + down["propellant_left_kg"] == pytest.approx(510.0)


def test_oxygen_and_load_are_read_from_their_channels():
    cost = budgets(FLIGHT)
    assert cost["suits"]["kotov"] == {"suit": "Orlan-MK", "oxygen_full_kg": 1.0, "oxygen_used_kg": pytest.approx(0.42),
                                      "oxygen_left_kg": pytest.approx(0.58)}
    assert cost["load"]["peak_up_g"] == pytest.approx(3.7, abs=0.01)      # samples every 8 s of a sine
    assert cost["load"]["peak_down_g"] == pytest.approx(4.2, abs=0.05)    # samples every 30 s of a bell 100 s wide


def test_what_is_not_known_is_null_and_never_zero():
    empty = budgets(Flight(FLIGHT.mission, (), {}, False))
    assert set(empty["load"].values()) == {None} and empty["rocket"] == {"propellant_left_kg": None}
    assert empty["ships"] == {} and empty["suits"] == {} and empty["burns"] == []
    unknown = make_flight(ships={UP: {**FLIGHT.mission["ships"][UP], "propellant_kg": None}})
    assert budgets(unknown)["ships"][UP]["propellant_left_kg"] is None
