"""``fakel land --runs`` as a user meets it."""

import json

import pytest

from fakel.cli.main import main
from going_home import SETS

ASKED = ["--from", "2013-11-10T20:00Z", "--to", "2013-11-11T04:00Z", "--quiet"]


@pytest.fixture
def elements(tmp_path):
    file = tmp_path / "iss.tle"
    file.write_text("ISS\n" + "\n".join(SETS["2013-11-11"]) + "\n")
    return str(file)


def test_a_few_runs_to_json_and_files(elements, tmp_path, capsys):
    table, chart = tmp_path / "cases.csv", tmp_path / "cases.svg"
    asked = ["land", "--tle", elements, *ASKED, "--runs", "20", "--json", "--csv", str(table), "--plot", str(chart)]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["runs"] == told["guided"] == 20
    assert told["burn_start_utc"].startswith("2013-11-11T01:55")
    assert told["radii_km"]["0.5"]["value"] < told["radii_km"]["0.997"]["value"] < 28.0
    assert len(table.read_text().splitlines()) == 21
    assert chart.read_text().startswith("<svg")


@pytest.mark.parametrize(("more", "told"), [
    (["--runs", "5"], "--runs = 5 says little or lasts long; give 20 to 100000"),
    (["--runs", "50", "--zone", "zhezkazgan", "--zone", "arkalyk"], "--runs flies to one zone; give --zone once"),
    (["--runs", "50", "--seed", "-1"], "--seed = -1 is below zero; give 0 or more"),
    (["--runs", "50", "--daylight"], "--daylight is not for --runs; leave it out, or --runs"),
    (["--runs", "50", "--dispersions", "nosuch"], "--dispersions = 'nosuch' is not known"),
])
def test_refusals_in_one_line(elements, capsys, more, told):
    assert main(["land", "--tle", elements, *ASKED, *more]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert told in lines[0]
