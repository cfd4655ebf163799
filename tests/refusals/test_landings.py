"""Landings that cannot be: one line that says where, what, and what to do."""

import re
from importlib.resources import files

import pytest

from fakel.cli.main import main
from landing_sets import set_file

DAY = ("--from", "2013-11-12", "--to", "2013-11-13")


@pytest.fixture
def told(tmp_path, capsys):
    """Runs the command on a set of 2013-11-11 and returns its one line of complaint."""
    def run(*words):
        file = set_file(1, tmp_path)
        assert main(["land", "--tle", str(file), *words]) == 2
        lines = [line for line in capsys.readouterr().err.splitlines() if "warning" not in line]
        assert len(lines) == 1
        return lines[0]
    return run


def test_a_zone_that_no_orbit_reaches(told):
    line = told("--zone", "65,40", *DAY)
    assert re.search(r"no orbit reaches 65.*nearest pass would need 1\d{3} km of cross-range at 2013-11-12T\d\d:", line)
    assert "inclined by 51.7 deg never comes nearer" in line          # osculating, to the pole of 2000


def test_a_zone_that_is_not_reached_that_day(told):
    line = told("--zone", "zhezkazgan", *DAY)
    assert re.search(r"need \d+ km of cross-range at 2013-11-12T", line)
    assert "the next is at zhezkazgan about 2013-11-13T0" in line


@pytest.mark.parametrize(("dv", "wrong"), [("30", "does not bring Soyuz TMA-M down"),
                                           ("400", "presses the crew with"), ("900", "would still burn in the air")])
def test_a_burn_too_small_or_too_large_is_told_both_limits(told, dv, wrong):
    line = told("--dv", dv, "--propellant", "3000", *DAY)
    assert wrong in line
    least, most = map(int, re.search(r"write (\d+) \(the least that enters\) to (\d+) m/s", line).groups())
    assert 60 < least < 128 < most < 900             # the usual 128 m/s lies between


def test_an_orbit_older_than_allowed(told):
    line = told("--from", "2014-03-01", "--to", "2014-03-02")
    assert "--tle" in line and "days" in line and "--max-age" in line and "along" in line
    assert "--max-age" in told("--max-age", "0.2", *DAY)


def test_the_reserve_is_not_consumed(told):
    line = told("--propellant", "300", *DAY)
    assert "280 kg" in line and "300 kg are left" in line and "40 kg of them are the reserve" in line
    assert "more than that" in told("--propellant", "100", *DAY)


@pytest.mark.parametrize(("words", "said"), [
    (("--zone", "zhezkasgan"), "zones are: arkalyk"), (("--zone", "baikonur-1-5"), "is a pad"),
    (("--zone", "95,10"), "latitude 95"), (("--zone", "1,2,3,4"), "two or three numbers"),
    (("--spacecraft", "soyus-ms"), "did you mean 'soyuz-ms'"), (("--spacecraft", "apollo-cm"), "cannot brake"),
    (("--mass", "-5"), "--mass"), (("--mass", "400"), "not more than the propellant")])
def test_words_that_cannot_be_used(told, words, said):
    assert said in told(*words, *DAY)


def test_a_window_that_ends_before_it_begins(told):
    assert "is not after --from" in told("--from", "2013-11-13", "--to", "2013-11-12")


def test_files_are_not_written_over(told, tmp_path):
    (tmp_path / "a.csv").write_text("mine")
    assert "--replace" in told("--csv", str(tmp_path / "a.csv"), *DAY)
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert "an .svg or a .png" in told("--plot", str(tmp_path / "a.jpg"), *DAY)


def test_a_zone_above_the_parachutes(told):
    line = told("--zone", "47.4,69.6,9000", *DAY)             # was listed, its touchdown an hour after nothing
    assert "lies at 9000 m" in line and "opens its parachutes at 10700 m" in line


@pytest.mark.parametrize(("words", "said"), [
    (("--dv", "30"), "does not bring"), (("--propellant", "100"), "more than that"),
    (("--zone", "47.4,69.6,9000"), "lies at 9000 m")])
def test_many_runs_are_refused_for_the_same_reasons(told, words, said):
    assert said in told("--runs", "20", *words, "--from", "2013-11-11", "--to", "2013-11-12")


def test_a_capsule_whose_tables_end_below_the_speed_of_entry(told, tmp_path):
    text = (files("fakel") / "data/vehicles/soyuz-tma-m.toml").read_text().replace("10,   30]", "10,   20]")
    (tmp_path / "mine.toml").write_text(text.replace('id = "soyuz-tma-m"', 'id = "mine"'))
    line = told("--spacecraft", str(tmp_path / "mine.toml"), *DAY)
    assert re.search(r"flies from Mach 2[5-9]\.\d down to 0\.\d+ and its tables reach from 20 to 0\.4", line)
