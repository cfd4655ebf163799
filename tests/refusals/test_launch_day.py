"""What ``fakel launch`` refuses: one line, where, what, and what to do."""

import pytest

from flights import fakel

LINES = ("1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
         "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788")
DAY = ("--date", "2013-11-07")


@pytest.fixture(scope="module")
def tle(tmp_path_factory):
    file = tmp_path_factory.mktemp("launch") / "iss.tle"
    file.write_text("\n".join(LINES) + "\n")
    return file


@pytest.mark.parametrize(("words", "told"), [
    (("slip", "--liftoff", "2013-11-07T06:00:00Z"), "106 min late for the station's plane"),
    (("slip", "--liftoff", "2013-11-07T04:13:16Z"), "60 s early for the station's plane"),
    (("slip", "--date", "2013-11-08"), "no profile of Soyuz TMA-M takes the phase on 2013-11-08; the next is about"),
    (("slip", "--date", "2013-11-08", "--profile", "4"), "the next is about"),
    (("slip", *DAY, "--early", "1200"), "beyond any launch window"),
    (("slip", *DAY, "--step", "0"), "the step 0.1 at least"),
    (("slip", *DAY, "--early", "-5"), "not below 0"),
    (("slip", *DAY, "--early", "nan"), "not below 0"),
    (("cutouts", *DAY, "--step", "0.1", "--early", "300"), "are the most"),
    (("slip", *DAY, "--profile", "five-orbit"), "'five-orbit' is not known; write one of"),
    (("slip", *DAY, "--pad", "zhezkazgan"), "give a launch pad"),
    (("slip",), "give --date or --liftoff, one of them"),
    (("slip", "--date", "2013-11-31"), "is not a date"),
    (("slip", "--date", "2013-11-04"), "lies 2.5 days before the station's state"),
    (("slip", "--date", "2014-01-04"), "--max-age 59"),
    (("recycle", *DAY, "--days", "0"), "write 1 to 60"),
    (("recycle", *DAY, "--crew-day", "25:00-06:00"), "write it like 06:00-21:30"),
    (("cutouts", *DAY), "give --catalogue FILE"),
    (("cutouts", *DAY, "--catalogue", "missing.3le"), "missing.3le cannot be read"),
    (("cutouts", *DAY, "--catalogue", "OLD"), "--catalogue-days 108"),
    (("cutouts", *DAY, "--catalogue", "TLE"), "holds no element set to look at"),
    (("cutouts", *DAY, "--catalogue", "OLD", "--debris-km", "0"), "no distance to keep"),
    (("cutouts", *DAY, "--catalogue", "OLD", "--orbits", "0"), "0.1 to 16"),
    (("slip", *DAY, "--plot", "slip.gif"), "a picture is an .svg or a .png"),
    (("slip", *DAY, "--csv", "no/such/slip.csv"), "make it first"),
])
def test_one_line_that_says_what_to_do(words, told, tle, tmp_path):
    old = tmp_path / "old.3le"
    old.write_text("1 00100U 60001A   13204.51629608  .00000010  00000-0  10270-3 0  9001\n"
                   "2 00100  98.0000 123.1754 0010000 117.1504 242.9771 16.24000000 16780\n")
    given = [{"OLD": str(old), "TLE": str(tle)}.get(word, word) for word in words]
    run = fakel("launch", given[0], "--tle", tle, *given[1:])
    assert run.code == 2 and run.out == "" and told in run.err
    assert len(run.err.strip().splitlines()) == 1 and run.err.startswith("fakel")


@pytest.mark.parametrize(("words", "told"), [
    (("slip",), "give --tle or --oem, one of them"),
    (("slip", "torch-return"), "begins with undocking, not with an ascent"),
    (("recycle", "sochi-torch", "--pad", "ksc-39a"), "--pad is the mission's own"),
    (("slip", "sochi-torch", "--liftoff", "2013-11-07T05:00:00Z"), "no launch is near"),
    (("slips",), "did you mean slip?"),
])
def test_without_an_orbit_of_its_own(words, told):
    run = fakel("launch", *words)
    assert run.code == 2 and told in run.err and len(run.err.strip().splitlines()) == 1
