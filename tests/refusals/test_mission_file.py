"""A mission file that cannot be used is refused in one line that names file, place and remedy; nothing is written."""

import pytest

from flights import copy_of, fakel


@pytest.fixture
def mission(tmp_path):
    return copy_of("sochi-torch", tmp_path)


def refused(path, text, tmp_path, command="fly"):
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "flight"
    run = fakel(command, path, "--quiet", *(("--out", out) if command == "fly" else ()))
    assert run.code == 2
    assert run.out == ""
    assert not out.exists(), "no half-written folder may be taken for a whole one"
    assert run.err.count("\n") == 1, "one line"
    return run.err.removeprefix("fakel: ").replace(str(path), path.name).rstrip("\n")


CASES = {
    "an unknown port": (
        'port = "rassvet-nadir"', 'port = "rassvet-zenith"',
        "sochi-torch.toml: [steps.raise] port = 'rassvet-zenith' is not a port of International Space Station; "
        "write one of: pirs-nadir, poisk-zenith, rassvet-nadir, zvezda-aft"),
    "a missing ending": (
        'then.missed_burn = "two-day"      # as Soyuz TMA-12M did in 2014; see the end of this file\n', "",
        "sochi-torch.toml: [steps.raise] says nothing of the ending 'missed_burn'; "
        'write then.missed_burn = a step or "end"'),
    "an ending that the phase does not have": (
        'then.no_capture = "end"', 'then.no_capture = "end"\nthen.bounced = "end"',
        "sochi-torch.toml: [steps.dock] then.bounced is not an ending of docking; its endings: done, no_capture"),
    "a step that does not exist": (
        'then.no_capture = "end"', 'then.no_capture = "retreat"',
        "sochi-torch.toml: [steps.dock] then.no_capture = 'retreat' is not a step; write one of: launch, raise, "
        "approach, dock, visit, walk, farewell, undock, deorbit, entry, landing, second-burn, "
        "ballistic-entry, two-day, late-approach, late-dock, "
        "late-visit"),
    "a misspelt key": (
        'pad = "baikonur-1-5"', 'pda = "baikonur-1-5"',
        "sochi-torch.toml: [steps.launch] pda is not known; did you mean pad?"),
    "a misspelt pad": (
        'pad = "baikonur-1-5"', 'pad = "baikonur-15"',
        "sochi-torch.toml: [steps.launch] pad = 'baikonur-15' is not known; did you mean 'baikonur-1-5'?"),
    "a value without its unit": (
        "mass_kg = 6850 ", "mass = 6850 ",
        "sochi-torch.toml: [ships.soyuz-tma-09m] mass has no unit; write mass_kg"),
    "an item held by nobody": (
        'holder = "soyuz-tma-11m"          # it travels up in the capsule, unlit\n', "",
        "sochi-torch.toml: [items.torch]: torch is held by nobody; write holder = one of: hopkins, kotov, mastracchio, "
        "nyberg, parmitano, pirs, poisk, quest, ryazansky, soyuz-tma-09m, soyuz-tma-10m, soyuz-tma-11m, station, "
        "tyurin, wakata, yurchikhin"),
    "an element set that is too old": (
        "max_age_days = 5", "max_age_days = 0.25",
        "sochi-torch.toml: [elements]: the element set of 2013-11-06T12:23:28Z is 0.5 days from the mission of "
        "2013-11-07, more than max_age_days = 0.25; give a fresher one or raise max_age_days"),
    "a date in quotes": (
        "last_date = 2013-11-11", 'last_date = "2013-11-11"',
        "sochi-torch.toml: last_date = '2013-11-11' is not a date; write it like 2013-11-07, without quotes or clock "
        "time"),
    "a last day before the first": (
        "last_date = 2013-11-11", "last_date = 2013-11-01",
        "sochi-torch.toml: last_date = 2013-11-01 lies before date = 2013-11-07; mend one of them"),
    "a crew member nobody has heard of": (
        'crew = ["kotov", "ryazansky", "hopkins"]', 'crew = ["kotow", "ryazansky", "hopkins"]',
        "sochi-torch.toml: [ships.soyuz-tma-10m] crew: 'kotow' is not a person of this mission; did you mean 'kotov'?"),
    "two ships at one port": (
        'docked = "poisk-zenith"', 'docked = "zvezda-aft"',
        "sochi-torch.toml: two ships are docked at 'zvezda-aft'; give each its own port"),
    "a zone of time that is none": (
        '"Europe/Moscow"       #', '"Europe/Moskow"       #',
        "sochi-torch.toml: time_zone = 'Europe/Moskow' is not known; write a name like Europe/Moscow"),
    "a mission whose flight would lie elsewhere": (
        'id = "sochi-torch"', 'id = "../torch"',
        "sochi-torch.toml: id = '../torch' cannot name a file; use letters, digits, - and _ alone"),
    "a negative seed": ("seed = 2014", "seed = -1", "sochi-torch.toml: seed = -1 is negative; write 0 or more"),
    "a suit that is a number": (
        'ryazansky = "orlan-mk"', "ryazansky = 5", "sochi-torch.toml: [suits] ryazansky = 5 is not text in quotes"),
    "a ship of no mass": (
        "mass_kg = 6850", "mass_kg = 0",
        "sochi-torch.toml: [ships.soyuz-tma-09m]: propellant_kg = 510 of mass_kg = 0 cannot be; the mass counts the "
        "ship with its propellant"),
    "a mass that is not a number": (
        "mass_kg = 6850", "mass_kg = nan",
        "sochi-torch.toml: [ships.soyuz-tma-09m] mass_kg = nan is not a finite number"),
    "a launch from the steppe": (
        'pad = "baikonur-1-5"', 'pad = "zhezkazgan"',
        "sochi-torch.toml: [steps.launch] pad = 'zhezkazgan' is a landing zone; write a launch pad"),
    "a landing on the pad": (
        'zone = "zhezkazgan"', 'zone = "baikonur-1-5"',
        "sochi-torch.toml: [steps.undock] zone = 'baikonur-1-5' is a launch pad; write a landing zone"),
    "a person called like a ship": (
        "[people.nyberg]", "[people.soyuz-tma-09m]",
        "sochi-torch.toml: [people.soyuz-tma-09m]: 'soyuz-tma-09m' already names a place or a ship; write another "
        "name"),
    "a step called end": (
        "[steps.landing]", "[steps.end]",
        "sochi-torch.toml: [steps.end]: \"end\" is where a mission ends; give the step another name"),
    "a liftoff far from the window": (
        'liftoff = "plan"', "liftoff = 2013-11-07T12:00:00Z",
        "sochi-torch.toml: [steps.launch] liftoff = 2013-11-07T12:00:00Z puts Soyuz TMA-11M 84.9 deg off the station's "
        'plane, more than its propellant can turn; write "plan" or about 2013-11-07T04:14:16Z'),
    "a port that is taken, found when the ship is under way": (
        'port = "rassvet-nadir"', 'port = "poisk-zenith"',
        "sochi-torch.toml: [steps.raise] phasing: port = 'poisk-zenith' is taken by soyuz-tma-10m; "
        "write one of: pirs-nadir, rassvet-nadir"),
}


@pytest.mark.parametrize("what", CASES)
def test_it_is_said_what_is_wrong_and_what_to_do(mission, tmp_path, what):
    path, text = mission
    before, after, message = CASES[what]
    assert before in text, "the shipped file has changed: mend this test"
    assert refused(path, text.replace(before, after), tmp_path) == message


def test_a_broken_checksum_names_the_file_of_the_set(mission, tmp_path):
    path, text = mission
    (tmp_path / "iss-2013-11-06.tle").write_text(
        "1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9003\n"
        "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788\n")
    assert refused(path, text, tmp_path) == (
        "iss-2013-11-06.tle: element line 1 has checksum 3, its characters give 2; copy it again")


def test_broken_toml_names_line_and_column(mission, tmp_path):
    path, text = mission
    assert refused(path, text.replace('id = "sochi-torch"', 'id = "sochi-torch'), tmp_path).startswith(
        "sochi-torch.toml: is not valid TOML: ")


def test_a_mission_that_does_not_exist_says_which_ship(tmp_path):
    run = fakel("fly", "sochi-torhc", "--quiet")
    assert run.code == 2
    assert run.err == "fakel: sochi-torhc: no such mission file or shipped mission; did you mean sochi-torch?\n"
