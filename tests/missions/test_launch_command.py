"""``fakel launch``: what people give, what comes out of slip, recycle and cutouts, and the files."""

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fakel.model.epoch import Epoch
from flights import fakel

LINES = ("1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
         "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788")

@pytest.fixture(scope="module")
def tle(tmp_path_factory):
    file = tmp_path_factory.mktemp("launch") / "iss.tle"
    file.write_text("\n".join(LINES) + "\n")
    return file


def summed(line):
    """With the check digit of an element set's line."""
    return line + str(sum(int(c) if c.isdigit() else c == "-" for c in line) % 10)


def ring(n=24):
    """Objects at the ship's heights, evenly along one polar orbit: no ship slips past them all."""
    lines = []
    for k in range(n):
        lines += [f"0 ROCKET {k} R/B",
                  summed(f"1 {100 + k:05d}U 60001A   13310.51629608  .00000010  00000-0  10270-3 0  900"),
                  summed(f"2 {100 + k:05d}  98.0000 123.1754 0010000 117.1504 {360 * k / n:8.4f} 16.24000000 1678")]
    return lines


def launched(tle, kind, *words):
    run = fakel("launch", kind, "--tle", tle, "--date", "2013-11-07", *words)
    assert run.code == 0, run.err
    return run


def test_a_slip_in_text_data_rows_and_picture(tle, tmp_path):
    files = tmp_path / "slip.csv", tmp_path / "slip.svg"
    told = json.loads(launched(tle, "slip", "--early", "20", "--late", "20", "--step", "20", "--json", "--csv",
                               files[0], "--plot", files[1]).out)
    assert told["profile"] == "soyuz-four-orbit" and not told["steers"]
    assert [row["slip_s"] for row in told["slips"]] == [-20.0, 0.0, 20.0]
    assert [row["closes"] for row in told["slips"]] == [False, True, False]
    assert told["window_s"][0] < 0.0 < told["window_s"][1] < 20.0
    rows = list(csv.DictReader(files[0].open()))
    assert rows[1]["profiles"] == "soyuz-four-orbit" and float(rows[0]["plane_m_s"]) > 5.0
    assert ElementTree.parse(files[1]).getroot().tag.endswith("svg")
    text = launched(tle, "slip", "--early", "20", "--late", "0", "--step", "20").out
    assert "are kept for it" in text and "none" in text


def test_a_mission_is_looked_at_as_it_is():
    """The mission's own station, ship, pad, profile and day: its liftoff is that of the launch without it."""
    told = json.loads(fakel("launch", "slip", "sochi-torch", "--early", "0", "--late", "0", "--json").out)
    (row,) = told["slips"]
    assert told["profile"] == "soyuz-four-orbit" and row["closes"] and row["profiles"] == ["soyuz-four-orbit"]
    assert 100.0 < row["total_m_s"] < 140.0 and Epoch.utc(row["docking_utc"]) > Epoch.utc(row["liftoff_utc"])


def test_the_next_days_as_data_and_calendar(tle, tmp_path):
    files = tmp_path / "tries.ics", tmp_path / "tries.svg"
    told = json.loads(launched(tle, "recycle", "--days", "3", "--json", "--ics", files[0], "--plot", files[1]).out)
    tries = told["tries"]
    assert [row["day"] for row in tries] == [0, 1, 2, 3] and tries[0]["open"] and not tries[1]["open"]
    assert told["crew_day"] == ["06:00", "21:30"] and tries[1]["docking_utc"] is None
    calendar = files[0].read_text()
    assert calendar.count("BEGIN:VEVENT") == sum(row["open"] for row in tries)
    assert "closed" in launched(tle, "recycle", "--days", "1", "--crew-day", "22:00-06:00").out
    assert ElementTree.parse(files[1]).getroot().tag.endswith("svg")


def test_cut_outs_as_data_rows_calendar_and_strip(tle, tmp_path):
    """A limit so wide that a ring of objects must cut something out."""
    catalogue = tmp_path / "catalogue.3le"
    catalogue.write_text("\n".join((*ring(), "0 ISS", *LINES)) + "\n")
    files = {kind: tmp_path / f"cuts.{kind}" for kind in ("csv", "ics", "svg")}
    told = json.loads(launched(tle, "cutouts", "--catalogue", catalogue, "--debris-km", "400", "--near-km", "400",
                               "--early", "100", "--late", "100", "--json", "--csv", files["csv"], "--ics",
                               files["ics"], "--plot", files["svg"]).out)
    assert told["objects"]["listed"] == told["objects"]["at_heights"] == 24            # the station is left out
    assert told["cut_outs"] and all(cut["name"].endswith("R/B") for cut in told["cut_outs"])
    cut = told["cut_outs"][0]
    assert cut["nearest_km"] < cut["limit_km"] == 400.0 and 1 <= cut["orbit"] <= 4
    seconds = dict(zip(told["slips_s"], told["nearest_km"], strict=True))
    inside = [s for c in told["cut_outs"] for s in seconds if c["start_s"] <= s <= c["stop_s"]]
    assert all(seconds[s] < 400.0 for s in inside)
    free = [s for s in seconds for a, b in told["open_s"] if a <= s <= b]
    assert sorted([*set(inside), *free]) == sorted(seconds)                             # each second once
    rows = list(csv.DictReader(files["csv"].open()))
    assert len(rows) == len(told["cut_outs"]) == files["ics"].read_text().count("BEGIN:VEVENT")
    assert "#" not in files["svg"].read_text().split("<style>")[0] and "ROCKET" in files["svg"].read_text()
    text = launched(tle, "cutouts", "--catalogue", catalogue, "--orbits", "1", "--burns").out
    assert "with its planned burns" in text and "14 CFR 450.169" in " ".join(text.split())


def test_the_python_of_the_page_runs(tle, monkeypatch):
    page = (Path(__file__).parents[2] / "docs" / "launch.md").read_text(encoding="utf-8")
    section = page[page.index("## One launch refined"):]
    code, names = re.search(r"(?ms)^```python\n(.*?)^```", section)[1], {}
    monkeypatch.chdir(tle.parent)
    exec(compile(code, "launch.md", "exec"), names)
    assert len(names["slip"].rows) == 5 and len(names["tries"].rows) == 4
