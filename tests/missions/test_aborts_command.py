"""``fakel aborts`` as a user meets it."""

import csv
import io
import json

import pytest

from fakel.cli.main import main


def test_a_launch_to_json_and_files(tmp_path, capsys):
    table, chart, plot = (tmp_path / name for name in ("a.csv", "map.svg", "plot.svg"))
    asked = ["aborts", "--vehicle", "soyuz-fg", "--spacecraft", "soyuz-ms", "--pad", "baikonur-1-5", "--every", "60",
             "--liftoff", "2018-10-11T08:40:15Z", "--json", "--csv", str(table), "--map", str(chart),
             "--plot", str(plot)]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    rows = told["aborts"]
    assert [row["failure_s"] for row in rows] == [60.0 * k for k in range(9)] and told["cutoff_s"] > 500.0
    assert [way["id"] for way in told["ways"]] == ["tower", "fairing", "separation"]
    assert {"peak_g", "apogee_km", "lat_deg", "from_pad_km", "place", "water", "landing_utc", "steps"} <= set(rows[0])
    assert rows[2]["way"] == "fairing" and rows[2]["place"] == "Kazakhstan" and rows[2]["place_ru"] == "Казахстан"
    assert rows[2]["landing_utc"].startswith("2018-10-11T09:0")
    assert [step["what"] for step in rows[0]["steps"]] == ["command", "motors_off", "let_go", "parachute", "touchdown"]
    read = list(csv.DictReader(io.StringIO(table.read_text())))
    assert len(read) == 9 and float(read[3]["from_pad_km"]) == rows[3]["from_pad_km"]
    assert chart.read_text().startswith("<svg") and "Baikonur Site 1/5" in chart.read_text()
    assert plot.read_text().startswith("<svg") and "greatest load, g" in plot.read_text()


def test_one_failure_is_told_step_by_step(capsys):
    assert main(["aborts", "--at", "119"]) == 0
    text = capsys.readouterr().out
    for words in ("Engines lost at 119 s", "way out    Motors of the fairing", "capsule let go", "parachute command",
                  "after liftoff"):
        assert words in text


def test_a_mission_s_launch_has_its_own_liftoff(capsys):
    assert main(["aborts", "sochi-torch", "--every", "250", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["vehicle"] == "Soyuz TMA-M" and told["liftoff_utc"].startswith("2013-11-07T04:1")
    assert len(told["aborts"]) == 3


def test_the_page_s_python_runs(monkeypatch, tmp_path):
    import re
    from pathlib import Path
    page = (Path(__file__).parents[2] / "docs" / "aborts.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"(?ms)^```python\n(.*?)^```", page)
    names: dict[str, object] = {}
    exec(compile(code.replace("every_s=1.0", "every_s=100.0"), "aborts.md", "exec"), names)
    assert names["worst"].peak_g > 10.0 and len(names["found"].rows) == 6


@pytest.mark.parametrize("width", [72, 116])
def test_the_table_fits_the_terminal(width, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["aborts", "--every", "130"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= max(width, 116)
