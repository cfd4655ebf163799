"""One launch refined: slips have the sign and size of the geometry, days come earlier, and no cut-out is lost."""

from dataclasses import replace

import numpy as np
import pytest
from sgp4.api import WGS72, Satrec

from fakel.api.launch_day import launch_recycle, launch_setting, launch_slip
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.launch_day import ACTIVE, CREWED, DEBRIS, KeepOut
from fakel.model.screening import Listed
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.plan.cut_outs import cut_outs, kind_of, ways_of
from fakel.plan.launch_case import visit_at

LINES = ("1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
         "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788")
KEEP: KeepOut = Library().find(KeepOut, "launch", "test")


@pytest.fixture(scope="module")
def tle(tmp_path_factory):
    file = tmp_path_factory.mktemp("launch") / "iss.tle"
    file.write_text("\n".join(LINES) + "\n")
    return file


@pytest.fixture(scope="module")
def soyuz(tle):
    return launch_setting(tle=tle, date="2013-11-07", profile="4")


@pytest.fixture(scope="module")
def dragon(tle):
    return launch_setting(tle=tle, date="2013-11-08", pad="ksc-39a", vehicle="falcon-9", spacecraft="crew-dragon")


def test_a_slip_of_a_fixed_programme_turns_the_plane_with_the_earth(tle):
    found = launch_slip(tle=tle, date="2013-11-07", profile="4", early_s=40.0, late_s=40.0, step_s=40.0)
    early, none, late = found.rows
    # the node moves by the Earth's turn and 5 deg a day of the station's own; the phase, 2.48 deg more, leaves 0.0021
    # deg of node a degree to drift. The plane turns by that times the sine of the inclination; what is left at the best
    # second is the difference of inclinations, a side of the right-angled triangle
    node = (EARTH_RATE_RAD_S + np.radians(5.0) / 86_400) * 40.0 - np.radians(2.48 * 0.0021)
    for row in (early, late):
        assert row.plane_rad == pytest.approx(np.hypot(node * np.sin(np.radians(51.64)), none.plane_rad), rel=3e-3)
        assert row.plane_m_s == pytest.approx(7665.0 * row.plane_rad, rel=2e-3)      # the station's speed at 415 km
        assert not row.closes and "kept for it" in row.why
    # the pad is carried on by the Earth's turn, 51.6 deg across the station's way, while that goes 3.88 deg a minute
    assert np.degrees(late.phase_rad - none.phase_rad) == pytest.approx(40 * (360 / 5570 - 0.00418 * 0.62), abs=0.05)
    assert none.closes and none.profiles == ("soyuz-four-orbit",)
    assert min(early.total_m_s, late.total_m_s) > none.total_m_s
    low, high = found.span_s
    assert low == pytest.approx(-high, abs=0.01) and 10.0 < high < 13.0              # 5 m/s of 25.8 m/s a minute
    assert replace(late, why="").closes


def test_a_launcher_that_steers_pays_with_its_own_propellant(dragon):
    from fakel.plan.launch_slip import slip
    found = slip(dragon.case, dragon.nominal, [-240.0, 0.0, 240.0], dragon.world)
    early, none, late = found.rows
    assert found.steers and found.early_s > 60.0 and found.late_s > 60.0
    for row in (early, none, late):
        assert np.degrees(row.plane_rad) < 0.01                       # what the issue asks of every plane at cutoff
    assert early.left_kg < none.left_kg and late.left_kg < none.left_kg
    assert early.launcher_m_s > 0.5 and late.launcher_m_s > 0.5 and abs(none.launcher_m_s) < 0.05
    assert late.phase_rad > none.phase_rad > early.phase_rad


def test_a_day_later_the_launch_is_some_23_minutes_earlier(tle):
    found = launch_recycle(tle=tle, date="2013-11-07", days=4)
    assert [r.day for r in found.rows] == [0, 1, 2, 3, 4]
    for before, row in zip(found.rows, found.rows[1:], strict=False):
        # the sidereal day is 3.9 min short, the plane goes 5 deg a day to the west, 20 min; more phase leaves more
        # drift to come, and another profile up to 3 min
        assert -27.0 < row.shift_s / 60 < -20.0
        assert row.liftoff - before.liftoff == pytest.approx(86_400.0 + row.shift_s)
    first, second = found.rows[:2]
    assert first.open and first.profiles[0] == "soyuz-four-orbit" and first.docking is not None
    assert not second.open and "no profile takes the phase" in second.why and second.docking is None
    assert any(r.open for r in found.rows[2:])


def test_darkness_closes_a_day_that_asks_for_light(tle):
    found = launch_recycle(tle=tle, date="2013-11-13", profile="34", days=1, light="day", max_age_days=10)
    assert not any(r.open for r in found.rows) and "dark" in found.rows[0].why


@pytest.mark.parametrize("who", ["soyuz", "dragon"])
def test_the_ways_of_all_seconds_are_those_of_each(who, request):
    """The polynomial through five liftoffs, against a flight of its own: what is lost is far below any set's error."""
    setting = request.getfixturevalue(who)
    slips = np.arange(-300.0, 301.0)
    ways = ways_of(setting.case, setting.nominal, slips, 4.0, (), setting.world)
    from fakel.physics.propagate import coast
    from fakel.plan.craft import cd_area_m2
    for slip_s, flight_s in ((-217.0, 1500.3), (13.0, 20_011.7), (288.0, 9000.0)):
        visit = visit_at(setting.case, setting.nominal + slip_s, setting.world)
        t_s = setting.world.seconds(setting.nominal) + slip_s + flight_s
        y = coast(visit.ship_y, setting.world.seconds(visit.at), t_s, cd_area_m2(setting.case.ship),
                  setting.world.field)
        turn = setting.world.teme_from_gcrf(np.array([t_s]))[0]
        told = ways.at(np.array([slip_s]), np.array([flight_s]))[0]
        assert np.linalg.norm(turn @ y[:3] - told[:3]) < 100.0
        assert np.linalg.norm(turn @ y[3:6] - told[3:]) < 0.2


def crossing(number, setting, ways, slip_s, flight_s, name="OBJECT", turn=1.2):
    """An object that is where the ship is at one second's way, going another way with its speed: SGP4 by its mean
    elements, so some kilometres beside."""
    place, velocity = np.split(ways.at(np.array([slip_s]), np.array([flight_s]))[0], 2)
    up = place / np.linalg.norm(place)
    level = velocity - up * (up @ velocity)
    speed = level * np.cos(turn) + np.cross(up, level) * np.sin(turn)
    normal = np.cross(up, speed / np.linalg.norm(speed))
    node = np.array([-normal[1], normal[0], 0.0]) / np.hypot(normal[0], normal[1])
    argument = np.arctan2(up @ np.cross(normal, node), up @ node)
    made, n = Satrec(), np.sqrt(398600.8 / (np.linalg.norm(place) / 1e3) ** 3) * 60.0
    at = setting.nominal + slip_s + flight_s
    made.sgp4init(WGS72, "i", number, at.mjd_utc[0] - 33281.0 + at.mjd_utc[1], 0.0, 0.0, 0.0, 1e-4, 0.0,
                  np.arccos(normal[2]), argument, n, np.arctan2(node[1], node[0]))
    return Listed(str(number), name, "2010-001A", at, "", ""), made


def test_no_cut_out_is_lost(soyuz):
    """Against sampling without sieves: every object, every fifth second of liftoff, every half second of flight."""
    slips = np.arange(-60.0, 61.0)
    ways = ways_of(soyuz.case, soyuz.nominal, slips, 1.0, (), soyuz.world)
    dice = np.random.default_rng(7)
    objects = [crossing(90_000 + k, soyuz, ways, dice.uniform(-60, 60), dice.uniform(600, 5500),
                        turn=dice.uniform(0.3, 6.0)) for k in range(12)]
    found = cut_outs(soyuz.case, soyuz.nominal, slips, objects, ways, KEEP, 60e3, 1.0, False, soyuz.world)
    flight = np.arange(ways.flight_s[0], ways.flight_s[-1], 0.5)
    near = 0
    for k in range(0, len(slips), 5):
        ship = ways.at(np.full(len(flight), slips[k]), flight)[:, :3]
        least = np.inf
        for listed, made in objects:
            day = made.jdsatepochF + (slips[k] + flight + (soyuz.nominal - listed.epoch)) / 86_400
            _, place, _ = made.sgp4_array(np.full(len(flight), made.jdsatepoch), day)
            least = min(least, float(np.linalg.norm(place * 1e3 - ship, axis=1).min()))
        if least < 60e3 - 20.0:                    # half a sample at 15 km/s is 4 km along, at 40 km 0.2 km across it
            near += 1
            assert found.nearest_m[k] <= least + 1.0 and least**2 - found.nearest_m[k] ** 2 < (15.5e3 * 0.26) ** 2
        else:
            assert found.nearest_m[k] > 60e3 - 400.0
    assert near > 8


def test_an_object_in_the_way_is_cut_out_with_its_name(soyuz):
    slips = np.arange(-60.0, 61.0)
    ways = ways_of(soyuz.case, soyuz.nominal, slips, 1.0, (), soyuz.world)
    objects = [crossing(90_001, soyuz, ways, 20.0, 3000.0, "IN THE WAY"),
               crossing(25544, soyuz, ways, -40.0, 2000.0, "A STATION")]
    found = cut_outs(soyuz.case, soyuz.nominal, slips, objects, ways, KEEP, 50e3, 1.0, False, soyuz.world)
    names = {c.name: c for c in found.cuts}
    one, crewed = names["IN THE WAY"], names["A STATION"]
    assert one.kind == ACTIVE and one.start_s < 20.0 < one.stop_s and one.nearest_m < 20e3
    assert abs(one.at - (soyuz.nominal + 20.0 + 3000.0)) < 8.0 and one.orbit == 1
    assert crewed.kind == CREWED and crewed.limit_m == 200e3 and crewed.stop_s - crewed.start_s > 20.0
    assert found.cut(20.0) and all(not found.cut(float(s)) for a, b in found.open_spans_s for s in (a, b))
    free = sum(b - a + 1 for a, b in found.open_spans_s)
    assert free == sum(not found.cut(float(s)) for s in slips)
    moved = cut_outs(soyuz.case, soyuz.nominal, slips, objects, ways, replace(KEEP, crewed=(), active_m=1.0), 50e3, 1.0,
                     False, soyuz.world)
    assert len(moved.cuts) < len(found.cuts)                            # the limit is what cuts


def test_kinds_by_name_and_number():
    def kind(name, number="12345"):
        return kind_of(Listed(number, name, "", Epoch(0), "", ""), KEEP)
    assert kind("DELTA 1 R/B(2)") == kind("COSMOS 2251 DEB") == kind("OBJECT A") == DEBRIS
    assert kind("AQUA") == kind("DEBUT (ORIZURU)") == ACTIVE and kind("TIANGONG 1", "37820") == CREWED
