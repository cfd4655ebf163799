"""What the page is given is the flight: paths, turns, the Earth, the texts."""

from __future__ import annotations

import json

import erfa
import numpy as np
import pytest

from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch
from fakel.show.places import docked_pose
from fakel.show.quantities import duration, place, quantity
from fakel.show.scene import leaps
from fakel.show.site import scene_of
from fakel.show.verdicts import message
from fakel.show.words import table as words
from flights import shipped_folder
from shows import table, turned

UNITS = words()["units"]


@pytest.fixture(scope="module")
def flown():
    """A short real flight: undocking to landing."""
    folder = shipped_folder("torch-return")
    flight, _ = read_flight(folder)
    made, files, told = scene_of(folder)
    assert told == ()
    return flight, made, files


def test_every_path_is_the_flights_to_the_last_bit(flown):
    flight, made, files = flown
    start = Epoch.utc(made["start_utc"])
    arcs = [arc for leg in flight.legs for arc in (*leg.arcs, *leg.outside)]
    rows = [(row, files[leg["file"]]) for leg in made["legs"] for row in leg["arcs"]]
    assert len(rows) == len(arcs) > 4
    for arc, (row, data) in zip(arcs, rows):
        path = table(row["path"], data)
        assert row["who"] == arc.craft
        assert np.array_equal(path[:, 1:4], arc.position_m) and np.array_equal(path[:, 4:], arc.velocity_m_s)
        assert np.allclose(path[:, 0], arc.t_s + (arc.start - start), rtol=0, atol=1e-9)
        assert np.allclose(table(row["attitude"], data), arc.attitude, rtol=0, atol=6e-8)      # single precision


def test_every_channel_keeps_seven_digits(flown):
    flight, made, files = flown
    for leg, index in zip(flight.legs, made["legs"]):
        told = {c.name: c for c in leg.channels}
        for row in index["channels"]:
            if row["step"]:
                continue
            values = table(row["values"], files[index["file"]])[:, 0]
            assert np.allclose(values, told[row["name"]].values, rtol=6e-8, atol=1e-30), row["name"]
            assert row["label"]["en"] != row["label"]["ru"], row["name"]


def test_the_earth_is_turned_as_sofa_turns_it(flown):
    """SOFA's own chain with the pole's wobble left out: 0.3 arcsec, 1.5e-6 rad; UT1 by its known distance from UTC."""
    _, made, files = flown
    start = Epoch.utc(made["start_utc"])
    for leg in made["legs"]:
        sky = table(leg["sky"], files[leg["file"]])
        for t_s, *rest in sky[:: max(1, len(sky) // 3)]:
            tt = (start + t_s).mjd_tt
            ut1 = (start + t_s).mjd_utc
            matrix = erfa.c2t06a(2400000.5 + tt[0], tt[1], 2400000.5 + ut1[0], ut1[1] - 0.11 / 86400, 0.0, 0.0)
            axes = turned(np.array(rest[:4]), np.eye(3))          # the Earth-fixed axes among the stars
            assert np.allclose(axes, matrix, rtol=0, atol=1.2e-5), "0.1 s of UT1 is 7e-6 rad"


def test_the_sun_and_the_moon_are_where_almanacs_have_them(flown):
    """2013-11-11 02:00 UTC: the Sun at 226.4 deg of right ascension, declination -17.3 deg, 0.990 AU; low-precision
    formulae of SOFA (epv00, moon98) are good to 1e-4."""
    _, made, files = flown
    start = Epoch.utc(made["start_utc"])
    for leg in made["legs"]:
        row = table(leg["sky"], files[leg["file"]])[0]
        day, fraction = (start + row[0]).mjd_tt
        sun = -erfa.epv00(2400000.5 + day, fraction)[0]["p"] * 149_597_870.7
        moon = erfa.moon98(2400000.5 + day, fraction)["p"] * 149_597_870.7
        assert np.allclose(row[5:8], sun, rtol=0, atol=1e-4 * 1.5e8)
        assert np.allclose(row[8:11], moon, rtol=0, atol=2e-4 * 3.8e5)


def test_a_ship_at_its_port_is_where_its_own_path_begins(flown):
    """The docked ship and its first flown sample are one place: nothing jumps at the undocking."""
    flight, made, _ = flown
    row = next(j for j in made["joined"] if j["ship"] == "soyuz-tma-09m")
    port = flight.mission["station"]["outside"]["ports"][row["port"]]
    ahead_m = flight.mission["ships"]["soyuz-tma-09m"]["probe_ahead_m"]
    centre = np.array(port["position_m"]) + ahead_m * np.array(port["axis"])
    assert np.allclose(row["position_m"], centre, rtol=0, atol=0.005)
    nose = turned(np.array(row["attitude"]), np.array([[1.0, 0.0, 0.0]]))[0]
    assert np.allclose(nose, -np.array(port["axis"]), rtol=0, atol=1e-4)


@pytest.mark.parametrize("axis, back", [((0, 0, 1), (0, -1, 0)), ((0, 0, -1), (0, -1, 0)), ((-1, 0, 0), (0, -1, 0)),
                                        ((0, 1, 0), (0, 0, -1))])
def test_a_docked_ship_turns_its_nose_in_and_its_back_to_the_orbits_normal(axis, back):
    """Normal is -y of the station; where the port itself looks that way, the back is turned to the zenith."""
    record = {"station": {"outside": {"ports": {"p": {"position_m": [1.0, 2.0, 3.0], "axis": list(axis)}}}},
              "ships": {"s": {"probe_ahead_m": 3.7}}}
    position, attitude = docked_pose(record, "s", "p")
    assert np.allclose(position, np.array([1.0, 2.0, 3.0]) + 3.7 * np.array(axis))
    nose, _, belly = turned(attitude, np.eye(3))
    assert np.allclose(nose, -np.array(axis)) and np.allclose(-belly, back)


def test_figures_in_both_languages():
    assert quantity("dv_m_s", 16.532, UNITS) == {"en": "16.53\u00a0m/s", "ru": "16,53\u00a0м/с"}
    assert quantity("speed_m_s", 7808.4, UNITS) == {"en": "7.81\u00a0km/s", "ru": "7,81\u00a0км/с"}
    assert quantity("height_m", 140_000.0, UNITS)["ru"] == "140,0\u00a0км"
    assert quantity("heat_w_m2", 764_652.0, UNITS)["en"] == "0.76\u00a0MW/m²"
    assert quantity("impulses", 10.0, UNITS) is None
    assert duration(19_980.0, UNITS) == {"en": "5\u00a0h 33\u00a0min", "ru": "5\u00a0ч 33\u00a0мин"}
    assert place(-47.3695, 69.615)["ru"] == "47,37°\u00a0ю.\u00a0ш. 69,61°\u00a0в.\u00a0д."


@pytest.mark.parametrize("english, russian", [
    ("4.07 g; the rule says at most 4.3 g", "4,07 g; по правилу не более 4,3 g"),
    ("yes; the rule says yes", "да; по правилу да"),
    ("no public limit is known (here 42.92 kPa)", "открытого предела не найдено (здесь 42,92 кПа)"),
    ("a rule of one's own", "a rule of one's own")])
def test_verdicts_in_russian(english, russian):
    assert message(english) == {"en": english, "ru": russian}


def test_a_leap_second_inside_a_flight_is_told():
    """UTC 2016-12-31 had 86,401 seconds."""
    start = Epoch.utc("2016-12-30")
    assert leaps(start, 3 * 86_400.0) == [{"t_s": 2 * 86_400.0 + 1.0, "by_s": 1.0}]
    assert leaps(start, 86_400.0) == [] and leaps(Epoch.utc("2013-11-07"), 4 * 86_400.0) == []


def test_the_index_is_plain_json(flown):
    _, made, files = flown
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert {leg["file"] for leg in made["legs"]} == set(files)
