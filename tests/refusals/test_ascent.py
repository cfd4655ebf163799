"""A launch that cannot be is refused in one line, before anything flies."""

import pytest

from flights import fakel

TLE = ("1 25544U 98067A   14144.25000000  .00006000  00000-0  11000-3 0  9990\n"
       "2 25544  51.6400 100.0000 0002000  90.0000 270.0000 15.50400000888880\n")


def with_checksums(text: str) -> str:
    def sign(line: str) -> str:
        return line[:68] + str(sum(int(c) if c.isdigit() else c == "-" for c in line[:68]) % 10)
    return "\n".join(sign(line) for line in text.splitlines()) + "\n"


@pytest.fixture
def visit(tmp_path):
    """The text of a new visit and where to write it."""
    elements, path = tmp_path / "station.tle", tmp_path / "visit.toml"
    elements.write_text(with_checksums(TLE), encoding="utf-8")
    made = fakel("new", "visit", "--tle", elements, "--date", "2014-05-25", "--pad", "baikonur-1-5", "--profile", "34",
                 "--out", path)
    assert made.code == 0, made.err
    return path.read_text(encoding="utf-8"), path


def launch_step(text: str, old: str, new: str) -> str:
    """The text with one change inside [steps.launch]."""
    head, rest = text.split("[steps.launch]", 1)
    step, tail = rest.split("[steps.", 1)
    assert old in step
    return f"{head}[steps.launch]{step.replace(old, new)}[steps.{tail}"


@pytest.mark.parametrize("old, new, part", [
    ("date = 2014-05-25", "date = 2015-05-25",
     "[steps.launch] date = 2015-05-25 is not a day of the mission, 2014-05-25 to 2014-05-26"),
    ("date = 2014-05-25", "date = 2014-05-20",
     "[steps.launch] date = 2014-05-20 is not a day of the mission, 2014-05-25 to 2014-05-26"),
    ('liftoff = "plan"', "liftoff = 2014-05-26T10:00:00Z",
     "liftoff = 2014-05-26T10:00:00Z is not on date = 2014-05-25 (UTC); mend one of them"),
    ("baikonur-1-5", "ksc-39a", "the programme of Soyuz-FG ends over 51.1 N 85.1 E, "),
    ("baikonur-1-5", "jiuquan-921", "Soyuz-FG does not reach its target from Jiuquan"),
])
def test_a_launch_that_cannot_be(visit, old, new, part):
    text, path = visit
    path.write_text(launch_step(text, old, new), encoding="utf-8")
    told = fakel("plan", path)
    assert told.code == 2
    assert part in told.err and told.err.count("\n") == 1


def test_a_liftoff_before_the_mission(visit):
    text, path = visit
    text = launch_step(text, "date = 2014-05-25", "")
    path.write_text(launch_step(text, 'liftoff = "plan"', "liftoff = 2014-05-24T10:00:00Z"), encoding="utf-8")
    told = fakel("plan", path)
    assert told.code == 2 and "lies before the step begins (2014-05-25T00:00:00Z); write a later one" in told.err


def test_a_ship_that_is_too_heavy(visit):
    text, path = visit
    path.write_text(text.replace("# mass_kg = 7220", "mass_kg = 7600"), encoding="utf-8")
    told = fakel("plan", path)
    assert told.code == 2 and "Soyuz-FG lifts 7592 kg to its target from Baikonur Site 1/5" in told.err
