"""Drills, winds and faults that cannot be are refused in one line."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fakel.load.faults import read_faults
from fakel.load.wind import read_wind
from fakel.model.errors import InputError
from fakel.phases import deorbit, entry, landing, relocation, undocking
from going_home import SHIP, STATION, VEHICLE, ZONE, docked, home, leaving, ship, world

DAY = "2013-11-11"
ROWS = "height_m,east_m_s,north_m_s\n0,1,1\n1500,2,2\n3000,3,3\n4500,3,3\n6000,3,3\n7500,3,3\n9000,3,3\n10500,3,3\n"


def refused(call, *args):
    with pytest.raises(InputError) as told:
        call(*args)
    message = str(told.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(("before", "after", "message"), [
    ("3000,3,3\n", "", "w.csv: nothing is told between 1500 and 4500 m; fill the gap (at most 2000 m)"),
    ("3000,3,3", "3000,,3", "w.csv:4 east_m_s = nothing is a gap; write a number, or take the row out"),
    ("3000,3,3", "3000,nan,3", "w.csv:4 east_m_s = nan is a gap; write a number, or take the row out"),
    ("3000,3,3", "3000,3", "w.csv:4 has 2 values; write height_m,east_m_s,north_m_s"),
    ("3000,3,3", "1500,3,3", "w.csv: height 1500 m stands after 1500 m; sort the rows by height, each once"),
    ("height_m,east", "height,east", "w.csv: its first line is height,east_m_s,north_m_s; write height_m,east_m_s,"
     "north_m_s or height_m,from_deg,speed_m_s"),
])
def test_a_wind_with_gaps(tmp_path, monkeypatch, before, after, message):
    monkeypatch.chdir(tmp_path)
    Path("w.csv").write_text(ROWS.replace(before, after), encoding="utf-8")
    assert refused(read_wind, Path("w.csv"), "m.toml: wind") == message


def test_a_wind_that_is_not_there(tmp_path):
    assert refused(read_wind, tmp_path / "no.csv", "m.toml: [steps.landing] wind").endswith(
        "no.csv cannot be read; give a CSV file of winds beside the mission")


def test_a_wind_that_begins_too_high_or_ends_too_low(tmp_path):
    for rows, message in ((ROWS.replace("0,1,1\n1500,2,2\n", ""), "begins at 3000 m, the ground lies at 400 m"),
                          (ROWS.replace("7500,3,3\n9000,3,3\n10500,3,3\n", ""), "ends at 6000 m, parachutes open at")):
        (tmp_path / "w.csv").write_text(rows, encoding="utf-8")
        plan = landing.Plan(ship(), STATION, ZONE, wind=read_wind(tmp_path / "w.csv", "wind"))
        assert message in refused(landing.check, plan, "m.toml: [steps.landing]")


def test_a_wind_comes_from_where_it_is_said_to_come_from(tmp_path):
    (tmp_path / "w.csv").write_text("height_m,from_deg,speed_m_s\n0,270,10\n", encoding="utf-8")
    wind = read_wind(tmp_path / "w.csv", "wind")
    assert wind.east_m_s[0] == pytest.approx(10.0) and wind.north_m_s[0] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("drill", "message"), [
    ({"engine": "sail"}, "m.toml engine = 'sail' is not known; write one of: main, thrusters"),
    ({"cutoff": "smell"}, "m.toml cutoff = 'smell' is not known; write one of: delta_v, time"),
    ({"thrust_share": 0.0}, "m.toml thrust_share = 0 cannot be; write more than 0, at most 1.2"),
    ({"engine_failure_share": 1.0}, "m.toml engine_failure_share = 1 cannot be; write 0 or more, less than 1"),
    ({"engine_failure_share": 0.3, "engine_failure_after_s": 60.0},
     "m.toml engine_failure_after_s and engine_failure_share say the same; write one of them"),
    ({"separation_late_s": -5.0}, "m.toml separation_late_s = -5 is early; write 0 or more"),
])
def test_a_drill_that_cannot_be(drill, message):
    plan = deorbit.Plan(ship(), STATION, ZONE, date.fromisoformat(DAY), **drill)
    assert refused(deorbit.check, plan, "m.toml") == message


@pytest.mark.parametrize(("given", "message"), [
    ({"ballistic_after_s": -10.0}, "m.toml ballistic_after_s = -10 lies before the modules part; write 0 or more"),
    ({"ballistic_after_s": 10.0, "ballistic": True},
     "m.toml ballistic = true spins the capsule from the start; leave ballistic_after_s out"),
    ({"bank_rad": 3.0}, "m.toml bank_deg = 171.887 is beyond 85 deg, the most that Soyuz TMA-M takes; write less"),
])
def test_an_entry_that_cannot_be(given, message):
    assert refused(entry.check, entry.Plan(ship(), STATION, ZONE, **given), "m.toml") == message


def test_a_reversal_before_the_modules_part():
    before = home(DAY).legs[1].after
    plan = entry.Plan(ship(), STATION, ZONE, bank_rad=1.0, reversal=before.epoch + -60.0)
    assert refused(entry.fill, plan, before, world(DAY)) == (
        f"entry: reversal = {plan.reversal.iso()} lies before this leg begins ({before.epoch.iso()}); write a later "
        "instant or \"plan\"")


def test_a_hatch_opened_before_the_landing():
    assert refused(landing.check, landing.Plan(ship(), STATION, ZONE, rescue_after_s=-100.0), "m.toml") == (
        "m.toml rescue_after_s = -100 lies before the touchdown; write more than 0")


@pytest.mark.parametrize("made", [-1, 3])
def test_separation_burns_that_are_none(made):
    assert refused(undocking.check, replace(leaving(DAY), burns_made=made), "m.toml") == (
        f"m.toml burns_made = {made} cannot be; Soyuz TMA-M makes 2: write 0 to 2")


def test_thrusters_that_cannot_brake():
    weak = replace(VEHICLE, deorbit=replace(VEHICLE.deorbit, backup_after_s=None))
    plan = deorbit.Plan(ship(vehicle=weak), STATION, ZONE, date.fromisoformat(DAY), engine="thrusters")
    assert refused(deorbit.check, plan, "m.toml") == (
        "Soyuz TMA-M does not brake on its thrusters: its [deorbit] has no backup_after_s; add it, or write engine = "
        "\"main\"")


def test_no_reserve_canopy():
    bare = replace(VEHICLE, parachute=replace(VEHICLE.parachute, reserve_area_m2=None))
    assert "has no reserve canopy; write reserve_fails = true too" in refused(
        landing.check, landing.Plan(ship(vehicle=bare), STATION, ZONE, main_fails=True), "m.toml")


def test_ports_that_are_taken():
    before = replace(docked(DAY), joined={SHIP: "zvezda-aft", "guest": "pirs-nadir"})
    for port, told in (("pirs-nadir", "is taken by guest"), ("zvezda-aft", "is where the ship is")):
        plan = relocation.Plan(ship(), STATION, {}, STATION.ports[port])
        assert refused(relocation.fill, plan, before, world(DAY)) == (
            f"relocation: port = '{port}' {told}; write one of: poisk-zenith, rassvet-nadir")
    loose = replace(docked(DAY), joined={})
    assert "is not docked; write docked = a port" in refused(relocation.fill, plan, loose, world(DAY))


def test_a_way_in_that_is_not_clear():
    beside = replace(STATION.ports["pirs-nadir"], id="near", position_lvlh_m=[-14.0, 0.0, 11.285])
    station = replace(STATION, ports={**STATION.ports, "near": beside}, cabin=None)
    before = replace(docked(DAY), joined={SHIP: "zvezda-aft", "guest": "near"})
    plan = relocation.Plan(ship(), station, {}, station.ports["rassvet-nadir"])
    assert refused(relocation.fill, plan, before, world(DAY)) == (
        "relocation: on the way to port = 'rassvet-nadir' the ship would pass guest at near 2.9 m away, and 6 m are "
        "needed; write another port")


@pytest.mark.parametrize(("text", "message"), [
    ('', "f.toml: has no [[fault]]; write one at least"),
    ('[[fault]]\nid = "a"\n', "f.toml: [[fault]] 1 title is missing; write it in quotes"),
    ('[[fault]]\nid = "a"\ntitle = "A"\ndeorbti = {}\n',
     "f.toml: [[fault]] 1 deorbti is no phase; did you mean deorbit?"),
    ('[[fault]]\nid = "a"\ntitle = "A"\nentry = { balistic = true }\n',
     "f.toml: [[fault]] 1 entry: balistic is not known; did you mean ballistic?"),
    ('[[fault]]\nid = "a"\ntitle = "A"\ndeorbit = { engine_failure_share = "x" }\n',
     "f.toml: [[fault]] 1 deorbit: engine_failure_share = 'x' is not a number"),
    ('[[fault]]\nid = "a"\ntitle = "A"\ndeorbit = { separation_late_s = nan }\n',
     "f.toml: [[fault]] 1 deorbit: separation_late_s = nan is not a finite number"),
    ('[[fault]]\nid = "a"\ntitle = "A"\ndeorbit = { thrust_share = true }\n',
     "f.toml: [[fault]] 1 deorbit: thrust_share = True is not a number"),
    ('[[fault]]\nid = "a"\ntitle = "A"\ndeorbit = { burn_start = 5 }\n',
     "f.toml: [[fault]] 1 deorbit: burn_start = 5 is not an instant; write it like 2015-01-31T12:00:15Z"),
    ('[[fault]]\nid = "a"\ntitle = "A"\nundocking = { burns_made = 1.5 }\n',
     "f.toml: [[fault]] 1 undocking: burns_made = 1.5 is not a whole number"),
    ('[[fault]]\nid = "a"\ntitle = "A"\nentry = { zone = "arkalyk" }\n',
     "f.toml: [[fault]] 1 entry: zone cannot be changed here; write it in the mission file"),
    ('[[fault]]\nid = "a"\ntitle = "A"\n[[fault]]\nid = "a"\ntitle = "B"\n',
     "f.toml: two faults are called 'a'; give each its own id"),
])
def test_a_tree_that_is_none(tmp_path, monkeypatch, text, message):
    monkeypatch.chdir(tmp_path)
    Path("f.toml").write_text(text, encoding="utf-8")
    assert refused(read_faults, Path("f.toml")) == message
