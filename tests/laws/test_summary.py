"""The one object that ``--json`` prints, and the budgets in it."""

import json

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
    cost = budgets(FLIGHT)["delta_v"]
    assert [b["burn"] for b in cost["burns"]] == ["dv1", "dv2", "deorbit"]
    assert cost["to_dock_m_s"] == {UP: pytest.approx(122.0)}
    assert cost["by_ship_m_s"] == {UP: pytest.approx(122.0), DOWN: pytest.approx(128.0)}
    assert cost["by_phase_m_s"] == {UP: {"phasing": pytest.approx(122.0)}, DOWN: {"deorbit": pytest.approx(128.0)}}


def test_propellant_is_what_the_ships_own_arcs_lost():
    # 7220 to 6915 kg on the way up; the rocket's own mass and the capsule's after separation do not count
    cost = budgets(FLIGHT)["propellant"]
    assert cost[UP] == {"loaded_kg": 880.0, "used_kg": pytest.approx(305.0), "left_kg": pytest.approx(575.0)}
    assert cost[DOWN]["used_kg"] + cost[DOWN]["left_kg"] == pytest.approx(510.0)


def test_oxygen_and_load_are_read_from_their_channels():
    cost = budgets(FLIGHT)
    assert cost["oxygen"]["kotov"] == {"suit": "Orlan-MK", "full_kg": 1.0, "used_kg": pytest.approx(0.42),
                                       "left_kg": pytest.approx(0.58)}
    assert cost["load"]["peak_up_g"] == pytest.approx(3.7, abs=0.01)      # samples every 8 s of a sine
    assert cost["load"]["peak_down_g"] == pytest.approx(4.2, abs=0.05)    # samples every 30 s of a bell 100 s wide


def test_what_is_not_known_is_null_and_never_zero():
    empty = budgets(Flight(FLIGHT.mission, (), {}, False))
    assert empty["load"] == {"peak_up_g": None, "peak_down_g": None}
    assert empty["propellant"] == {} and empty["oxygen"] == {} and empty["delta_v"]["to_dock_m_s"] == {}
    unknown = make_flight(ships={UP: {**FLIGHT.mission["ships"][UP], "propellant_kg": None}})
    assert budgets(unknown)["propellant"][UP]["left_kg"] is None
