"""``fakel faults``: each fault of the tree ends in a named ending, with place, load, rescue and verdicts."""

import json
from dataclasses import replace

from fakel.cli.faults import that_strike
from fakel.load.faults import read_faults
from fakel.load.mission import load_mission, mission_path
from flights import fakel


def test_two_faults_of_the_way_home(tmp_path):
    out = tmp_path / "branches"
    run = fakel("faults", "torch-return", "--only", "burn-stops-30,main-fails", "--json", "--out", out)
    assert run.code == 0, run.err
    told = {row["id"]: row for row in json.loads(run.out)["faults"]}
    again, reserve = told["burn-stops-30"], told["main-fails"]
    assert again["endings"] == ["deorbit: engine_failure", "second-burn: done", "entry: guided", "landing: done"]
    assert again["landing_utc"].startswith("2013-11-12") and again["from_zone_km"] < 15.0
    assert reserve["endings"] == ["landing: reserve"] and reserve["touchdown_m_s"] < 4.0
    for row in (again, reserve):
        assert 3.5 < row["peak_g"] < 8.0 and row["passed"] > 10 and row["failed"] == []
        assert row["town"].endswith(", KZ") and row["rescue_team"] and 10.0 < row["hatch_min"] < 30.0
    assert fakel("check", out / "main-fails").code == 0
    assert "out" in (refused := fakel("faults", "torch-return", "--only", "main-fails", "--out", out).err), refused


def test_a_fault_that_is_none():
    run = fakel("faults", "torch-return", "--only", "main-fials")
    assert run.code == 2 and "--only = 'main-fials' is not known; write one of: both-fail," in run.err


def test_a_tree_strikes_what_the_mission_has():
    # A mission that begins with its landing keeps the faults of the landing, and says which ones do not fit.
    whole = load_mission(mission_path("torch-return"))
    rest = replace(whole, first="landing", steps={"landing": whole.steps["landing"]})
    assert that_strike(whole, read_faults(), False) == (read_faults(), ())
    fitting, told = that_strike(rest, read_faults(), False)
    assert [fault.id for fault in fitting] == ["none", "main-fails", "both-fail", "soft-engines-off"]
    assert told[0].startswith("torch-return has no deorbit, entry, undocking: left out springs-only, second-burn-")
    run = fakel("faults", "torch-walk")
    assert run.code == 2 and run.err.endswith("torch-walk has no phase that a fault of the tree strikes; take a "
                                              "mission that has deorbit, entry, landing, undocking\n")
