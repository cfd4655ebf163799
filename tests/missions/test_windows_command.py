"""``fakel windows`` from end to end: the page's examples run, the files are whole, a year is quick."""

import json
import shlex
import time
from pathlib import Path

import pytest

from fakel.cli.main import main
from launch_sets import OCTOBER

PAGE = Path(__file__).parents[2] / "docs" / "launch.md"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iss.tle").write_text(OCTOBER)
    return tmp_path


def test_the_examples_of_its_page_run(here, capsys):
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("fakel windows --tle")]
    _, as_json, year, *_ = lines
    assert main(shlex.split(as_json)[1:]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["liftoff_utc"][:19] == "2013-10-30T07:21:01"
    assert main([word.replace("2014-10-25", "2013-11-12") for word in shlex.split(year)[1:]]) == 0
    told = capsys.readouterr()
    assert "Launch windows (UTC)" in told.out and "one sigma" in told.err
    assert all((here / name).stat().st_size > 1000 for name in ("year.svg", "phase.svg", "year.ics", "year.csv"))
    assert not list(here.glob("*.part"))


def test_the_python_of_its_page_runs(here):
    text = PAGE.read_text(encoding="utf-8")
    names: dict[str, object] = {}
    exec(compile(text.split("```python\n")[1].split("```")[0], "launch.md", "exec"), names)
    assert names["found"].opportunities and names["found"].days


@pytest.mark.campaign
def test_a_year_takes_less_than_ten_seconds(here, capsys):
    words = ["windows", "--tle", "iss.tle", "--pad", "baikonur-1-5", "--from", "2013-10-25", "--json", "--to"]
    assert main([*words, "2013-10-28"]) == 0                    # compiled and read
    capsys.readouterr()
    start_s = time.process_time()
    assert main([*words, "2014-10-25"]) == 0
    assert time.process_time() - start_s < 10.0
    assert len(json.loads(capsys.readouterr().out)) > 100
