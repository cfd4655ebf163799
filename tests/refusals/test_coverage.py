"""Coverage that cannot be worked out: one line that says which input is wrong and what to do."""

from pathlib import Path

import pytest

import fakel
from fakel.api.coverage import coverage
from fakel.cli.main import main
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.place import Network, Relay

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
OEM = Path(__file__).parents[1] / "authorities" / "iss_2022-02-11.oem.xml"
SET = ("1 27566U 02055A   13294.65111539  .00000071  00000-0  10000-3 0  9686",
       "2 27566 002.5599 064.1252 0009443 173.8240 212.2717 01.00272142 39927")

MINE = """
name = "mine"
elevation_mask_deg = 5
grazing_height_km = 100
source = "x"
[[ground]]
id = "a"
kind = "ground"
name = "A"
latitude_deg = 50
longitude_deg = 40
height_m = 0
confidence = ""
source = ""
terrain_mask_deg = [[0, 5], [30, 6], [60, 7], [90, 8], [120, 9], [150, 5], [180, 5], [210, 5], [240, 5], [270, 5],
                    [300, 5], [330, 5], [360, 5]]
[[relays]]
id = "r"
name = "R"
usable_from = ""
usable_until = ""
elements = ["{}", "{}"]
source = ""
""".format(*SET)


def said(capsys, *words):
    assert main(["coverage", *map(str, words)]) == 2
    out = capsys.readouterr()
    assert out.out == "" and out.err.count("\n") == 1
    return out.err.removeprefix("fakel: ").strip()


@pytest.mark.parametrize("words, line", [
    (("--network", "isss"), "--network = 'isss' is not known; write one of: iss-2013"),
    (("--only", "moskva,ulan-ude"),
     "--only = 'moskva' is not known; write one of: shchyolkovo, st-petersburg, kolpashevo, yeniseysk, barnaul, "
     "ulan-ude, ussuriysk, yelizovo, zhosaly, tdrs-east, tdrs-west, tdrs-zone"),
    (("--only", "luch-5a"),
     "relay luch-5a serves from 2018-02-02, not between 2013-11-09T00:00:00Z and 2013-11-10T00:00:00Z; leave it out or "
     "mend its dates"),
    (("--to", "2013-11-08"),
     "--to = 2013-11-08T00:00:00Z is not after --from = 2013-11-09T00:00:00Z; write a later one"),
    (("--mask", "95"), "--mask = 95 deg cannot be; write -5 to 89"),
    (("--antennas", "mine"), "--antennas = 'mine' is not known; write one of: iss-2013"),
    (("--from", "2014-03-01"),
     "--tle: the newest set in iss-2013-11-06.tle is of 2013-11-06T12:23:28Z, 114 days from the window, and sets of "
     "the station are then typically anywhere along its orbit, by burns; give a newer one (or --max-age DAYS)"),
    (("--with", "station"), "--with needs a flight with another craft; give --flight"),
    (("--step", "0"), "--step = 0 s cannot be; write 0.1 to 3600"),
    (("--carrier", "nan"), "--carrier = nan MHz cannot be; write 0.001 to 1e+06"),
])
def test_a_wish_that_cannot_be_met(capsys, words, line):
    assert said(capsys, "--tle", TLE, "--from", "2013-11-09", *words) == line


def test_a_window_longer_than_the_ephemeris_is_told_where_it_ends(capsys):
    line = said(capsys, "--oem", OEM, "--to", "2022-03-30")
    assert line.startswith("--from, --to: iss_2022-02-11.oem.xml holds 2022-02-11T12:00:00Z to 2022-02-")
    assert line.endswith("not 2022-02-11T12:00:00Z to 2022-03-30T00:00:00Z; ask inside that")


@pytest.mark.parametrize("old, new, line", [
    ("[60, 7], [90, 8], [120, 9], ", "", "ground[1]: terrain_mask has a gap from 30 to 150 deg; give values between"),
    ("[90, 8], [120, 9]", "[120, 9], [90, 8]",
     "ground[1]: terrain_mask goes from 120 to 90 deg; put its rows in order of azimuth"),
    (", [360, 5]", "", "ground[1]: terrain_mask has a gap: it runs from 0 to 330 deg; give it from 0 to 360"),
    ("[360, 5]", "[360, 6]",
     "ground[1]: terrain_mask is 5 at 0 and 6 at 360 deg; these are one direction, write one value"),
    ("latitude_deg = 50", "latitude_deg = 95", "ground[1]: latitude 95 deg is beyond a pole; write -90 to 90"),
    ('usable_from = ""', 'usable_from = "2013"',
     "relays[1]: usable_from = '2013' is not a date; write it like 2013-11-09, or leave it empty"),
    ('usable_from = ""\nusable_until = ""', 'usable_from = "2014-01-01"\nusable_until = "2013-01-01"',
     "relays[1]: relay r serves until 2013-01-01, before it begins on 2014-01-01; mend one of them"),
    ("02.5599", "03.5599", "relay r: element line 2 has checksum 7, its characters give 8; copy it again"),
    (f'["{SET[0]}", "{SET[1]}"]', "[]",
     "relays[1]: relay r has neither longitude_deg nor elements; write one of them"),
    ("elevation_mask_deg = 5", "elevation_mask_deg = 95", "elevation_mask 95 deg cannot be; write -10 to 90"),
    ("[30, 6]", "[30, 96]", "ground[1]: terrain_mask 96 deg cannot be; write -10 to 90"),
    ("height_m = 0", "height_m = 0\nkeyhole_deg = -2", "ground[1]: keyhole -2 deg cannot be; write 0 to 90"),
    ("height_m = 0", "height_m = 0\nazimuth_rate_deg_s = 0",
     "ground[1]: azimuth_rate 0 deg/s: an antenna that does not turn follows nobody; write more, or leave it out"),
    ("height_m = 0", "height_m = 0\nshortest_pass_s = -1",
     "ground[1]: shortest_pass -1 s cannot be; write 0 or more"),
    ("grazing_height_km = 100", "grazing_height_km = -5", "grazing_height -5 km cannot be; write 0 to 1000"),
    ('id = "r"', 'id = "a"', "a is the id of two stations or relays; give each its own"),
])
def test_a_network_that_cannot_be(capsys, tmp_path, old, new, line):
    folder = tmp_path / "networks"
    folder.mkdir()
    file = folder / "mine.toml"
    assert old in MINE
    file.write_text(MINE.replace(old, new))
    assert said(capsys, "--tle", TLE, "--network", file) == f"{file}: {line}"


def test_elements_of_another_year_are_refused_without_a_longitude():
    relay = Relay("r", "R", "", "", "", elements=SET)
    network = Network("t", "t", (), (relay,), 0.0, 100e3, "")
    with pytest.raises(InputError, match=r"^relay r: its element set of 2013-10-21T15:37:36Z is \d+ days away; give a "
                                         r"newer one or a longitude_deg$"):
        coverage(OEM, network, stop="2022-02-12")


def test_with_a_longitude_old_elements_are_left_and_that_is_told():
    relay = Relay("r", "R", "", "", "", elements=SET, longitude_rad=1.0)
    found = coverage(OEM, Network("t", "t", (), (relay,), 0.0, 100e3, ""), stop="2022-02-12")
    assert found.passes and "it is taken to rest over its longitude" in found.told[-1]


def test_an_arc_does_not_reach_beyond_its_ends():
    from fakel.api.track import from_elements
    from fakel.plan.ends import scene_of
    track = from_elements(TLE, Epoch.utc("2013-11-09"), Epoch.utc("2013-11-10"))
    window = Window(Epoch.utc("2013-11-09"), Epoch.utc("2013-11-11"))
    with pytest.raises(InputError) as refused:
        scene_of(track.arcs[0], track.world, window)
    assert str(refused.value) == (
        "coverage from 2013-11-09T00:00:00Z to 2013-11-11T00:00:00Z is asked for, but ISS is known from "
        "2013-11-09T00:00:00Z to 2013-11-10T00:00:00Z only; ask inside that")
