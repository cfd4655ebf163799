"""A mission that begins in free flight, from a state vector; and its refusals."""

import pytest

from flights import copy_of, fakel


@pytest.fixture
def approach(tmp_path):
    return copy_of("approach-from-state", tmp_path)


def test_a_ship_in_free_flight_reaches_the_port(approach, tmp_path):
    path, _ = approach
    run = fakel("fly", path, "--json", "--out", tmp_path / "flight", "--no-report")
    assert run.code == 0 and run.told["complete"]
    assert not any(event["name"] == "liftoff" for event in run.told["events"])
    # The profile's automatic approach lasts 140 min, whatever the state: contact is counted from the first instant.
    assert run.event("docking_contact")["utc"] == "2013-11-08T11:20:00.000Z"
    assert run.event("docking_contact")["facts"]["closing_rate_m_s"] == pytest.approx(0.12, abs=0.01)


def test_without_a_liftoff_no_time_is_counted_from_it(approach, tmp_path):
    path, _ = approach
    run = fakel("fly", path, "--quiet", "--out", tmp_path / "flight", "--no-report")
    assert run.code == 0 and "since liftoff" not in run.out


@pytest.mark.parametrize("before, after, said", [
    ("epoch = 2013-11-08T09:00:00Z      #", "epoch = 2013-11-28T09:00:00Z      #",
     "[ships.visitor.state] epoch = 2013-11-28T09:00:00Z is not on a day of the mission, 2013-11-08 to 2013-11-08; "
     "mend it, or date and last_date"),
    ('frame = "RTN"', 'frame = "LVLH"',
     "[ships.visitor.state] frame = 'LVLH' is not known; write one of: GCRF, EME2000, ITRF, RTN"),
    ("position_km = [-135.0, ", "position_km = [",
     "[ships.visitor.state] position_km has 2 values; it takes 3"),
    ("velocity_m_s = [-2.7", "velocity = [-2.7",
     "[ships.visitor.state] velocity = [-2.7, 155.0, -1.9] has no unit; write velocity_m_s (or velocity_km_s, "
     "velocity_cm_s, velocity_km_h)"),
    ('crew = ["commander"]', 'crew = ["commander"]\ndocked = "pirs-nadir"',
     "[ships.visitor] is docked and has a state; take one of them out"),
    ("-706.0", "-1706.0",
     "[steps.approach] docking = 2013-11-08T11:20:00Z takes 570 m/s with Soyuz, four orbits, the ship can spend 202 "
     "m/s; wish for another instant or take another profile"),
])
def test_a_state_that_cannot_be_used(approach, tmp_path, before, after, said):
    path, text = approach
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    run = fakel("fly", path, "--quiet", "--out", tmp_path / "flight")
    assert (run.code, run.err) == (2, f"fakel: {path}: {said}\n")
    assert not (tmp_path / "flight").exists()
