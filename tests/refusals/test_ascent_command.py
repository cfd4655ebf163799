"""``fakel ascent`` refuses in one line that says where, what and what to do; Ctrl-C leaves good files."""

import csv
import json

import pytest

from fakel.cli.main import main


@pytest.fixture
def told(capsys):
    def run(*words):
        assert main(["ascent", *words]) == 2
        lines = [line for line in capsys.readouterr().err.splitlines() if "warning" not in line]
        assert len(lines) == 1
        return lines[0]
    return run


@pytest.mark.parametrize(("words", "said"), [
    (("--mass", "7600"), "7600 kg is 8 kg too much: take mass out of the ship or another launcher"),
    (("--engine-out", "tank:3"), "Soyuz-FG has no stage 'tank'; write one of: boosters, core, third"),
    (("--engine-out", "third"), "cannot be read; write STAGE:SECOND or STAGE:SECOND:ENGINES, such as third:350"),
    (("--engine-out", "third:nan"), "cannot be read"),
    (("--engine-out", "core:300"), "Block A is cut off at 286 s; give an earlier second"),
    (("--engine-out", "core:100:2"), "has 1 engines that can fail by themselves"),
    (("--vehicle", "soyuz"), "--vehicle = 'soyuz' is not known; did you mean 'soyuz-fg'?"),
    (("--wind", "/nowhere.csv"), "/nowhere.csv cannot be read"),
    (("--date", "2013-11-07"), "--date plans a liftoff to a station; give its --tle or --oem"),
    (("sochi-torch", "--mass", "7000"), "--mass is the mission's own; leave it out, or the mission"),
    (("torch-return",), "begins with undocking, not with an ascent"),
    (("--seed", "3"), "--seed is for many climbs; give --runs, too"),
    (("--runs", "0"), "--runs = 0 cannot be; write 1 to 1000000"),
    (("--runs", "10", "--jobs", "0"), "--jobs = 0 cannot be"),
    (("--runs", "10", "--seed", "-1"), "--seed = -1 is below zero"),
    (("--runs", "10", "--map", "m.svg"), "--map draws one climb; leave it out, or --runs"),
    (("--runs", "10", "--dispersions", "moon"), "--dispersions = 'moon' is not known; write one of: rockets"),
    (("--plot", "a.gif"), "a picture is an .svg or a .png"),
    (("--csv", "/nowhere/at/all.csv"), "there is no folder /nowhere/at"),
])
def test_refused_in_one_line(told, words, said):
    assert said in told(*words)


def test_a_plane_that_does_not_pass_over_the_pad(told):
    asked = ("--vehicle", "falcon-9", "--spacecraft", "crew-dragon", "--pad", "ksc-39a", "--inclination", "20")
    assert "no such plane passes over Kennedy LC-39A" in told(*asked)


def test_files_are_not_written_over(told, tmp_path):
    (tmp_path / "ascent.json").write_text("mine")
    assert "is there already; give another name or --replace" in told("--out", str(tmp_path))
    assert (tmp_path / "ascent.json").read_text() == "mine"


def test_ctrl_c_leaves_what_is_flown(tmp_path, monkeypatch, capsys):
    import fakel.api.ascent_cases as api
    real = api.fly_cases

    def stops(*asked):
        for k, pair in enumerate(real(*asked)):
            if k == 25:
                raise KeyboardInterrupt
            yield pair
    monkeypatch.setattr(api, "fly_cases", stops)
    table = tmp_path / "runs.csv"
    assert main(["ascent", "--runs", "100", "--jobs", "1", "--csv", str(table), "--json"]) == 130
    out = capsys.readouterr()
    assert "stopped after 25 of 100 climbs" in out.err
    assert json.loads(out.out)["runs"] == 25 and json.loads(out.out)["wanted"] == 100
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    assert [int(row["run"]) for row in rows] == list(range(25))


def test_ctrl_c_before_the_first_climb_writes_nothing(tmp_path, monkeypatch):
    import fakel.api.ascent_cases as api

    def stops(*_):
        raise KeyboardInterrupt
        yield
    monkeypatch.setattr(api, "fly_cases", stops)
    assert main(["ascent", "--runs", "100", "--csv", str(tmp_path / "runs.csv")]) == 130
    assert list(tmp_path.iterdir()) == []
