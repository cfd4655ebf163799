"""Television that cannot be planned: one line that names the wish and the remedy."""

from pathlib import Path

import pytest

import fakel
from fakel.model.errors import InputError, NoWindow
from flights import fakel as command

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
OEM = Path(__file__).parents[1] / "authorities" / "iss_2022-02-11.oem.xml"
DAY = ("--tle", str(TLE), "--from", "2013-11-09", "--to", "2013-11-10")


@pytest.mark.parametrize(("words", "told"), [
    (("--audience", "Rusia"), "--audience = 'Rusia' is no country or time zone; did you mean RU (Russia) or US "
                              "(United States)?"),
    (("--audience", "Europe/Moskow"), "--audience: time zone 'Europe/Moskow' is not known; did you mean "
                                      "Europe/Moscow?"),
    (("--audience", "US:0"), "--audience = 'US:0': '0' is no weight; write a number above zero, such as US:2"),
    (("--audience", "US,US:2"), "--audience: US is named twice; name it once"),
    (("--audience", ","), "--audience = ',' names nobody; write countries or time zones such as RU,US:2,JP or "
                          "Europe/Moscow, world, or a FILE.csv"),
    (("--audience", "RU", "--hours", "evening"), "--hours = 'evening' are no hours; write them like 18-23 or "
                                                 "07:30-09:00"),
    (("--audience", "RU", "--hours", "18-25"), "--hours = '18-25' are no hours of a day; write them like 18-23 or "
                                               "07:30-09:00"),
    (("--hours", "9-9"), "--hours = '9-9' is no time at all; write 0-24 for the whole day"),
    (("--over", "Sochi:far"), "--over = 'Sochi:far': 'far' is no radius; write TOWN:KM such as Sochi:800"),
    (("--walk",), "--walk needs a flown mission; give --flight"),
    (("--min-rate", "2"), "--min-rate needs --link; write the id of a link, such as station-ku-return"),
    (("--min-minutes", "0"), "--min-minutes = 0 min cannot be; write 0.1 to 100000"),
    (("--show", "9"), "--show = 9: there are windows 1 to 5; write one of them, or raise --most"),
    (("--by", "ground", "--only", "tdrs-east"), "network 'iss-2013' has no ground among the ends asked for; mend --by "
                                                "or --only"),
])
def test_bad_wishes_are_told_in_one_line(words, told):
    run = command("tv", *DAY, *words)
    assert (run.code, run.err.splitlines()[-1]) == (2, f"fakel: {told}")


def test_an_unknown_region_is_answered_with_near_ones_or_with_all_that_there_are():
    run = command("tv", *DAY, "--over", "antlantic")
    assert run.code == 2
    assert run.err.startswith("fakel: --over = 'antlantic' is not a region; did you mean atlantic or ")
    assert len(run.err) < 200
    far = command("tv", *DAY, "--over", "xyzzy")
    assert "TOWN:KM, or one of: atlantic, pacific, indian, mediterranean, arctic-ocean" in far.err


def test_a_town_as_region_wants_its_radius():
    assert command("tv", *DAY, "--over", "Sochi").err == (
        "fakel: --over = 'Sochi' is a town; say how far around it in km, such as Sochi:800\n")


def test_no_window_says_which_wish_costs_most_and_the_nearest_miss():
    with pytest.raises(NoWindow) as error:
        fakel.television(TLE, start="2013-11-09", stop="2013-11-10", over="madagascar", min_minutes=8)
    assert str(error.value) == (
        "no live window of 8 min: of 1440 min hold link 1440, sunlight on the craft 1020, over madagascar 2; over "
        "madagascar alone costs 1018 min; the nearest miss is 2013-11-09T13:59:44Z, 1.5 min; ask for --min-minutes "
        "1.5, drop a wish or search longer")


def test_the_nearest_miss_is_a_window_if_it_is_asked_for():
    plan = fakel.television(TLE, start="2013-11-09", stop="2013-11-10", over="madagascar", min_minutes=1.5)
    assert [w.window.start.iso() for w in plan.found.windows] == ["2013-11-09T13:59:44Z"]


def test_wishes_that_never_meet():
    with pytest.raises(NoWindow, match="they never hold together; drop a wish or search longer"):
        fakel.television(TLE, start="2013-11-09", stop="2013-11-10", audience="JP", hours="20-21", over="alps",
                         min_share=0.5)


def test_a_window_longer_than_the_ephemeris_says_where_it_ends():
    with pytest.raises(InputError, match=r"holds 2022-02-11T12:00:00Z to 2022-02-14T12:00:00Z, not .*; ask inside"):
        fakel.television(OEM, stop="2022-03-01")


def test_a_flight_without_a_walk(tmp_path):
    assert command("fly", "approach-from-state", "--out", tmp_path / "f", "--no-report", "--quiet").code in (0, 1)
    run = command("tv", "--flight", tmp_path / "f", "--walk")
    assert run.code == 2 and run.err.splitlines()[-1] == (
        f"fakel: --walk: {tmp_path / 'f'} holds no spacewalk; leave --walk out, or fly a mission that has one")


def test_a_table_of_viewers_with_a_bad_line(tmp_path):
    file = tmp_path / "viewers.csv"
    file.write_text("who,weight,hours\nRU,1,18-22\nJP,many,\n", encoding="utf-8")
    run = command("tv", *DAY, "--audience", file)
    assert run.code == 2 and f"{file}, line 3: weight = 'many': 'many' is no weight" in run.err
    file.write_text("country,weight\nRU,1\n", encoding="utf-8")
    assert "its columns are who, weight and hours" in command("tv", *DAY, "--audience", file).err


def test_files_are_not_overwritten_unasked(tmp_path):
    (tmp_path / "a.ics").write_text("x")
    run = command("tv", *DAY, "--ics", tmp_path / "a.ics")
    assert run.code == 2 and "a.ics is there already; give another name or --replace" in run.err
