"""Bad input to ``fakel sightings``: one line that names the place and the remedy."""

import json
from pathlib import Path

import pytest

from fakel.load.elements import checksum
from flights import Run, fakel

TLE = """ISS
1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002
2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788
"""
OEM = Path(__file__).parent.parent / "authorities" / "iss_2024-02-23.oem"
SPAN = ("--from", "2013-11-06", "--to", "2013-11-10")


@pytest.fixture
def tle(tmp_path: Path) -> Path:
    file = tmp_path / "iss.tle"
    file.write_text(TLE)
    return file


def refused(*words: str | Path) -> str:
    """What is told in one line, with exit code 2 and nothing on standard output."""
    done: Run = fakel("sightings", *words)
    told = [line for line in done.err.splitlines() if "warning" not in line]
    assert done.code == 2 and done.out == "" and len(told) == 1
    return told[0].removeprefix("fakel: ")


def test_no_place_and_two_kinds_of_places(tle: Path) -> None:
    assert refused("--tle", tle) == "it needs a place: give --place LAT,LON[,ALT_M] or a name, or --places FILE.csv"


def test_a_latitude_off_the_earth(tle: Path) -> None:
    assert refused("--tle", tle, "--place", "95,11") == (
        "--place: latitude 95; it must be -90 to 90 (are latitude and longitude in order?)")


def test_a_table_with_a_bad_line(tle: Path, tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,latitude,longitude\nA,50,10\nB,fifty,10\n")
    assert refused("--tle", tle, "--places", table) == (
        f"--places: {table}: line 3: latitude = 'fifty' is not a number; mend the line or take it out")


def test_an_unknown_time_zone(tle: Path) -> None:
    assert "Europe/Moscow" in refused("--tle", tle, "--place", "50,10", "--time-zone", "Europe/Mosco")


def test_an_end_before_the_begin(tle: Path) -> None:
    assert refused("--tle", tle, "--place", "50,10", "--from", "2013-11-07", "--to", "2013-11-06") == (
        "--to = 2013-11-06T00:00:00Z is not after --from = 2013-11-07T00:00:00Z; give a later end")


def test_more_than_a_year(tle: Path) -> None:
    assert "search 400 days or less at a time" in refused(
        "--tle", tle, "--place", "50,10", "--from", "2013-11-07", "--to", "2015-11-06")


def test_a_set_that_is_too_old(tle: Path) -> None:
    told = refused("--tle", tle, "--place", "50,10", "--from", "2014-01-07", "--to", "2014-01-08")
    assert "is of 2013-11-06T12:23:28Z, 61 days from the window" in told and "give a newer one" in told
    assert fakel("sightings", "--tle", tle, "--place", "50,10", "--from", "2014-01-07", "--to", "2014-01-08",
                 "--max-age", "90", "--json").code == 0


def test_a_window_that_reaches_too_far_from_its_set_says_where_it_may_lie(tle: Path) -> None:
    told = refused("--tle", tle, "--place", "50,10", "--from", "2013-11-07", "--to", "2014-11-07")
    assert "the window reaches 365 days from it" in told
    assert "ask inside 2013-10-07T12:23:28Z to 2013-12-06T12:23:28Z (or --max-age DAYS)" in told


def test_a_set_that_grows_old_is_told_and_its_instants_are_wide(tle: Path) -> None:
    done = fakel("sightings", "--tle", tle, "--place", "50,10", "--from", "2013-11-12", "--to", "2013-11-16", "--json")
    assert "up to 9.5 days from these passes" in done.err and "instants are told ±" in done.err
    assert all(10.0 < row["sigma_s"] < 200.0 for row in json.loads(done.out))


def test_a_window_outside_the_ephemeris_and_one_longer_than_it() -> None:
    assert refused("--oem", OEM, "--place", "50,10", "--from", "2024-03-07") == (
        "--from = 2024-03-07T00:00:00Z: iss_2024-02-23.oem ends at 2024-02-28T01:54:33Z; choose an earlier begin or "
        "give a newer file")
    assert refused("--oem", OEM, "--place", "50,10", "--from", "2024-03-07", "--to", "2024-03-09") == (
        "iss_2024-02-23.oem holds 2024-02-23T00:00:00Z to 2024-02-28T01:54:33Z, nothing of 2024-03-07T00:00:00Z to "
        "2024-03-09T00:00:00Z; choose a window in it")
    done = fakel("sightings", "--oem", OEM, "--place", "50,10", "--from", "2024-02-27", "--to", "2024-03-09")
    assert done.code == 0
    assert "ends at 2024-02-28T01:54:33Z, before 2024-03-09T00:00:00Z; later passes are not listed" in done.err


def test_a_gap_in_the_ephemeris(tmp_path: Path) -> None:
    lines = OEM.read_text().splitlines()
    torn = tmp_path / "torn.oem"
    torn.write_text("\n".join(line for line in lines if not line.startswith(("2024-02-25T1", "2024-056T1"))))
    told = refused("--oem", torn, "--place", "50,10")
    assert "torn.oem: no states between 2024-02-25T0" in told and "choose a window before or after that" in told
    assert fakel("sightings", "--oem", torn, "--place", "50,10", "--from", "2024-02-26T12:00Z").code == 0


def test_reboosts_that_are_not_written_so(tle: Path) -> None:
    assert refused("--tle", tle, "--place", "50,10", "--reboost", "2013-11-07") == (
        "--reboost: '2013-11-07'; write it like 2024-02-24T00:21Z,1.7 (begin, m/s along the motion)")
    assert refused("--tle", tle, "--place", "50,10", "--reboost", "2013-11-07,400") == (
        "--reboost: 400 m/s; it must be other than 0 and below 20 m/s")
    assert refused("--oem", OEM, "--place", "50,10", "--reboost", "2013-11-07,1") == (
        "--reboost and --plan belong to --tle; the states of an OEM hold its burns")


def test_a_mask_that_is_none(tle: Path) -> None:
    assert refused("--tle", tle, "--place", "50,10", "--min-elevation", "95") == (
        "--min-elevation = 95; it must be -2 to below 90 degrees")


def test_files_that_are_there_stay(tle: Path, tmp_path: Path) -> None:
    there = tmp_path / "list.csv"
    there.write_text("mine")
    told = refused("--tle", tle, "--place", "50,10", *SPAN, "--csv", there)
    assert told == f"{there} is there already; give another name or --replace" and there.read_text() == "mine"


def test_a_folder_without_a_flight(tmp_path: Path) -> None:
    assert "a flown mission holds its burns" in refused("--flight", tmp_path, "--place", "50,10", "--plan", OEM)
    assert "holds no flight" in refused("--flight", tmp_path, "--place", "50,10")


def test_transits_of_a_flight_are_not_listed(tmp_path: Path) -> None:
    assert refused("--flight", tmp_path, "--place", "50,10", "--transits") == (
        "--transits takes --tle or --oem, and writes text, --json or --csv")


def test_another_craft_has_no_brightness_until_it_is_given(tle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.tle"
    lines = TLE.replace("25544", "25545").splitlines()
    other.write_text("\n".join(line[:68] + str(checksum(line)) if line[:2] in ("1 ", "2 ") else line for line in lines))
    words = ("--tle", other, "--place", "-45,170", *SPAN, "--json")
    done = fakel("sightings", *words)
    assert "how bright object 25545 is, is not known; give --magnitude" in done.err and "NaN" not in done.out
    assert {row["magnitude"] for row in json.loads(done.out)} == {None}
    bright = json.loads(fakel("sightings", *words, "--magnitude", "4").out)
    assert all(1.0 < row["magnitude"] < 9.0 and row["phase_angle_deg"] > 0.0 for row in bright) and bright


def test_every_pass_is_listed_without_light(tle: Path) -> None:
    done = fakel("sightings", "--tle", tle, "--place", "-45,170", *SPAN, "--rules", "all", "--json")
    rows = json.loads(done.out)
    assert "NaN" not in done.out and {row["light"] for row in rows} == {"any"} and len(rows) > 12


def test_the_doors_agree(tle: Path, tmp_path: Path) -> None:
    """Text, JSON, CSV and calendar tell the same passes."""
    words = ("--tle", tle, "--place", "-45,170", *SPAN)
    rows = json.loads(fakel("sightings", *words, "--json").out)
    text = fakel("sightings", *words).out
    assert fakel("sightings", *words, "--csv", tmp_path / "a.csv", "--ics", tmp_path / "a.ics").code == 0
    table, calendar = (tmp_path / "a.csv").read_text().splitlines(), (tmp_path / "a.ics").read_text()
    assert len(rows) > 2 and len(table) == len(rows) + 1 == calendar.count("BEGIN:VEVENT") + 1
    for row in rows:
        assert row["start_local"][11:19] in text and row["start_utc"] in "".join(table)
        assert {"place", "start_utc", "peak_utc", "end_utc", "max_elevation_deg", "start_azimuth_deg",
                "peak_azimuth_deg", "end_azimuth_deg", "magnitude", "begins", "ends", "sigma_s"} <= set(row)
        assert row["start_utc"] <= row["peak_utc"] <= row["end_utc"] and row["max_elevation_deg"] >= 10.0
    ru = fakel("sightings", *words, "--language", "ru").out
    assert "местное время" in ru and len(ru.splitlines()) == len(text.splitlines())
