"""``fakel tv`` from the door: the plan of a flown spacewalk, and its files."""

import csv
import json
import re
from pathlib import Path

import pytest

import fakel
from fakel.model.epoch import Epoch
from flights import fakel as command
from flights import shipped_folder

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
ASKED = ("--walk", "--by", "relay", "--audience", "RU", "--hours", "18-22")


@pytest.fixture(scope="module")
def walk():
    return shipped_folder("torch-walk")


@pytest.fixture(scope="module")
def shown(walk, tmp_path_factory):
    out = tmp_path_factory.mktemp("show") / "out"
    run = command("tv", "--flight", walk, *ASKED, "--out", out)
    assert run.code == 0, run.err
    return out


@pytest.fixture(scope="module")
def told(shown):
    return json.loads((shown / "show.json").read_text(encoding="utf-8"))


def test_the_best_window_holds_every_scene_with_the_torch(told):
    """The planner of the walk put the scenes into light and link: a plan that ranks by scenes finds that window."""
    best = told["windows"][0]
    scenes = told["run_of_show"]["scenes"]
    assert scenes and all(s["live_s"] == pytest.approx(s["length_s"], abs=1.0) for s in scenes)
    assert best["scene_s"] == pytest.approx(sum(s["length_s"] for s in scenes), abs=1.0)
    assert 0.7 < best["share_at_home"] <= 1.0               # an evening in Moscow, the walk's own wish


def test_the_hand_over_is_live_and_told_with_who_gives_and_takes(told):
    cue, = [c for c in told["run_of_show"]["cues"] if c.get("event") == "torch_handover"]
    assert cue["on_air"] and cue["detail"] == "Oleg Kotov → Sergey Ryazansky"
    at = Epoch.utc(cue["utc"])
    after = [m for m in told["run_of_show"]["minutes"] if Epoch.utc(m["utc"]) >= at][1]
    assert after["holders"]["torch"] == "ryazansky"


def test_all_its_files_tell_the_same(shown, told):
    with (shown / "show.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["what"] for row in rows] == [c["what"] for c in told["run_of_show"]["cues"]]
    assert all(row["Europe/Moscow"].endswith("+0400") for row in rows)
    with (shown / "windows.csv").open(encoding="utf-8") as file:
        ranked = list(csv.DictReader(file))
    assert [row["start_utc"] for row in ranked] == [w["start_utc"] for w in told["windows"]]
    calendar = re.sub(r"\r\n ", "", (shown / "show.ics").read_bytes().decode())
    assert calendar.count("BEGIN:VALARM") == calendar.count("END:VALARM") >= 2 * len(ranked)
    assert "TRIGGER:-PT60M" in calendar and calendar.count("BEGIN:VEVENT") == calendar.count("END:VEVENT")
    page = (shown / "show.html").read_text(encoding="utf-8")
    assert "http" not in re.sub(r"http://www\.w3\.org/\S+", "", page)     # the page loads nothing
    assert all(row["what"] in page.replace("&#39;", "'") for row in rows if row["kind"] != "over")


def test_a_russian_page_says_so_in_russian(walk, tmp_path):
    run = command("tv", "--flight", walk, *ASKED, "--language", "ru", "--html", tmp_path / "ru.html")
    assert run.code == 0 and "Эфирный график" in run.out and "Москва (UTC+4)" in run.out
    page = (tmp_path / "ru.html").read_text(encoding="utf-8")
    assert 'lang="ru"' in page and "Факел передан" in page and "В ЭФИРЕ" in page
    assert not re.search(r">(Below|Line-up|Sunrise on the craft|ON AIR)<", page)


def test_a_link_that_must_carry_a_rate_makes_the_windows_shorter_or_equal():
    day = ("--tle", TLE, "--from", "2013-11-09T12:00Z", "--to", "2013-11-09T18:00Z", "--by", "relay", "--json")
    plain = command("tv", *day)
    named = command("tv", *day, "--link", "station-ku-return", "--set", "transmitter.eirp_dbw=55", "--min-rate", "1")
    assert (plain.code, named.code) == (0, 0), named.err
    rate, = [w for w in named.told["wishes"] if w["wish"] == "rate"]
    assert rate["holds_min"] <= 360.0
    assert sum(w["length_s"] for w in named.told["windows"]) <= sum(w["length_s"] for w in plain.told["windows"]) + 1


def test_of_many_sets_the_newest_before_the_search_flies_the_rehearsal_too(tmp_path):
    """Three days before the search an older set was the newest; it must not be taken, nor its age be refused."""
    sets = tmp_path / "sets.tle"
    old = TLE.read_text().replace("13310.51629608", "13211.51629608")        # in July; its digits have the same sum
    sets.write_text(old + TLE.read_text())
    asked = ("--from", "2013-11-09", "--to", "2013-11-10", "--audience", "RU", "--json")
    many, one = (command("tv", "--tle", file, *asked) for file in (sets, TLE))
    assert many.code == 0 and many.told["windows"] == one.told["windows"]
    assert many.told["windows"][0]["rehearsal"]


def test_it_is_open_to_programs():
    plan = fakel.television(TLE, start="2013-11-09", stop="2013-11-10", audience="RU,US:2", over="day", most=3)
    assert len(plan.found.windows) == 3 and plan.run_of_show(2).window == plan.found.windows[1].window
