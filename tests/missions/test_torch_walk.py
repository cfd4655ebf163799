"""The mission that is a spacewalk only, through the command line."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from fakel.model.epoch import Epoch
from fakel.rules import read_rules
from flights import copy_of, fakel, moved, shipped


@pytest.fixture(scope="module")
def hour():
    run = shipped("torch-walk")
    assert run.code == 0, run.err
    return run


def test_it_begins_in_orbit_and_ends_with_the_hatch(hour):
    names = [event["name"] for event in hour.told["events"]]
    assert "liftoff" not in names
    assert names[0] == "prebreathe_start"
    assert "repress_end" in names


def test_the_torch_is_seen_in_the_viewers_evening(hour):
    # 18 to 22 h in Moscow, which was four hours ahead of UTC.
    assert Epoch.utc("2013-11-09T14:00:00Z") <= hour.epoch("torch_out") <= hour.epoch("torch_in")
    assert hour.epoch("torch_in") <= Epoch.utc("2013-11-09T18:00:00Z")


def test_no_rule_fails_and_only_the_absorber_is_unknown(hour):
    told = {v["rule"]: v["status"] for v in hour.told["verdicts"]}
    unmeasured = {rule.id for rule in read_rules(files("fakel") / "data" / "rules" / "unmeasured.toml")}
    assert {rule for rule, status in told.items() if status != "pass"} - unmeasured == {"WALK-CO2", "WALK-BATTERY"}
    assert {status for rule, status in told.items() if rule in unmeasured} == {"unknown"}


def test_rules_beside_a_mission_are_judged_and_may_take_a_shipped_ones_place(tmp_path):
    path, _ = copy_of("torch-walk", tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.toml").write_text(
        '[[rule]]\nid = "WALK-EFFORT"\ntitle = "Take it easy"\ntext = "A calm walk."\nphases = ["eva"]\nop = "<="\n'
        'formula = \'max(column("suits", "mean_metabolic_w"))\'\nlimit = 200\nunit = "W"\nconfidence = "high"\n'
        'source = "our own"\n')
    run = fakel("fly", path, "--out", tmp_path / "out", "--json", "--no-report")
    assert run.code == 1, run.err
    verdicts = [v for v in run.told["verdicts"] if v["rule"] == "WALK-EFFORT"]
    assert [(v["status"], v["limit"]) for v in verdicts] == [("fail", 200.0)]
    again = fakel("check", tmp_path / "out", "--json")
    assert again.code == 0                                       # the shipped rules alone are kept


def test_the_same_hour_a_day_later_finds_its_own_light(tmp_path):
    path, text = copy_of("torch-walk", tmp_path)
    path.write_text(moved(text, 1))
    run = fakel("fly", path, "--out", tmp_path / "out", "--json", "--no-report")
    assert run.code in (0, 1), run.err
    folder = json.loads((Path(run.told["folder"]) / "flight.json").read_text())
    assert [t["taker"] for t in folder["transfers"]] == ["kotov", "ryazansky", "pirs"]
    assert run.event("hatch_open")["utc"][:10] == "2013-11-10"
