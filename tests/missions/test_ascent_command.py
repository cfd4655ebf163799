"""``fakel ascent`` as a user meets it."""

import csv
import json
import re
from pathlib import Path

import pytest

from fakel.cli.main import main

PAGE = Path(__file__).parents[2] / "docs" / "ascent.md"


def test_a_climb_to_json_and_files(tmp_path, capsys):
    table, chart, plot = (tmp_path / name for name in ("c.csv", "map.svg", "plot.svg"))
    assert main(["ascent", "--json", "--csv", str(table), "--map", str(chart), "--plot", str(plot),
                 "--out", str(tmp_path / "out")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ending"] == "inserted" and told["trouble"] is None and told["abort"] is None
    assert {"t_s", "altitude_km", "downrange_km", "speed_air_m_s", "q_kpa", "load_g", "mass_kg"} <= set(
        told["events"][0])
    assert told["beside"] and {"here", "difference", "put_in", "source"} <= set(told["beside"][0])
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    assert len(rows) > 500 and {"pitch_deg", "yaw_deg", "alpha_deg", "lat_deg", "lon_deg"} <= set(rows[0])
    assert float(rows[-1]["mass_kg"]) == pytest.approx(told["events"][-1]["mass_kg"], abs=0.01)
    assert "Angle of attack in the air" in plot.read_text() and "published" in plot.read_text()
    assert "Baikonur Site 1/5" in chart.read_text() and "instantaneous impact point" in chart.read_text()
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == ["ascent.csv", "ascent.json", "ascent.svg", "map.svg"]


def test_a_failed_climb_draws_where_its_crew_lands(tmp_path, capsys):
    chart = tmp_path / "map.svg"
    assert main(["ascent", "--engine-out", "third:350", "--map", str(chart)]) == 0
    text = capsys.readouterr().out
    assert "does not reach an orbit" in text and "abort      by separation from 350.0 s" in text
    assert "crew after the abort" in chart.read_text()


def test_a_mission_s_climb_has_its_own_liftoff(capsys):
    assert main(["ascent", "sochi-torch", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["vehicle"] == "Soyuz TMA-M" and told["liftoff_utc"].startswith("2013-11-07T04:14:1")


def test_many_climbs_to_json_and_files(tmp_path, capsys):
    table, plot = tmp_path / "runs.csv", tmp_path / "runs.svg"
    assert main(["ascent", "--runs", "20", "--json", "--csv", str(table), "--plot", str(plot)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["runs"] == told["wanted"] == 20 and set(told["inserted"]) == {"share", "low", "high"}
    assert {"propellant_left_kg", "height_m", "speed_m_s", "inclination_rad", "cutoff_s"} <= set(told["quantiles"])
    assert told["confidence"] == "assumed" and told["limited_by"]
    assert len(list(csv.DictReader(table.open(encoding="utf-8")))) == 20
    assert plot.read_text().startswith("<svg") and "without errors" in plot.read_text()


@pytest.mark.parametrize("words", [(), ("--runs", "20")])
@pytest.mark.parametrize("width", [72, 116])
def test_the_tables_fit_the_terminal(width, words, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["ascent", *words]) == 0
    table = capsys.readouterr().out.split("━\n", 1)[1]             # the lead above wraps with the terminal
    assert max(map(len, table.splitlines())) <= max(width, 100)


def test_the_page_s_python_runs():
    (code,) = re.findall(r"(?ms)^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    exec(compile(code.replace("runs=1000", "runs=25"), "ascent.md", "exec"), names)
    assert names["climb"].ending == "inserted" and len(names["many"].runs) == 25
