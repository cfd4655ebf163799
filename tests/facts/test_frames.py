"""Rotations, Sun and Moon against the SOFA library, asked directly."""

from importlib.resources import files

import erfa
import numpy as np
import pytest
from sgp4.api import WGS72, Satrec

import worlds
from fakel.estimate.elements import epoch_of, satrec_from_lines, sgp4_gcrf
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import GCRF_FROM_EME2000
from fakel.world import build_world
from fakel.world.bulletins import _carried_on, read_daily
from fakel.world.tides import ocean_tides

RANDOM_S = np.random.default_rng(1).uniform(-86_400.0, 4 * 86_400.0, 40)
ARCSEC = np.pi / 648_000


def test_frame_bias_is_that_of_sofa():
    bias = erfa.bp06(2_451_545.0, 0.0)[0]
    np.testing.assert_allclose(GCRF_FROM_EME2000, bias.T, atol=1e-16)      # round-off
    np.testing.assert_allclose(GCRF_FROM_EME2000 @ GCRF_FROM_EME2000.T, np.eye(3), atol=1e-15)


def test_itrf_from_gcrf_is_that_of_sofa():
    """erfa.c2t06a from daily IERS values joined by straight lines: these bend away from our cubics by up to 1e-9 rad,
    and dX, dY are left out there (5e-10 rad); together 2e-9 rad is 13 mm on the ground."""
    world = build_world(worlds.START, worlds.START + worlds.DAYS * 86_400.0, drag=False, daily_tides=False)
    daily = read_daily(56_600, 56_620)
    for t_s in RANDOM_S:
        epoch = world.epoch + t_s
        at = epoch.mjd_utc[0] - daily.first_mjd + epoch.mjd_utc[1]
        pole_x, pole_y, _, _, ut1_tai = (np.interp(at, np.arange(daily.rows.shape[1]), row) for row in daily.rows)
        tt = (2_400_000.5 + epoch.mjd_tt[0], epoch.mjd_tt[1])
        ut1 = (tt[0], tt[1] + (ut1_tai - 32.184) / 86_400)
        wanted = erfa.c2t06a(*tt, *ut1, pole_x, pole_y)
        np.testing.assert_allclose(world.itrf_from_gcrf(t_s)[0], wanted, atol=2e-9)


def test_earth_orientation_agrees_with_the_rapid_bulletin():
    """We read the final Bulletin B where there is one; Bulletin A stands in the same lines: pole within 0.5 mas, UT1
    within 0.1 ms."""
    daily = read_daily(56_603, 56_607)
    line = line_of("56603.00")
    pole_x, pole_y, dx, _, ut1_tai = daily.rows[:, 0]
    assert (pole_x / ARCSEC, pole_y / ARCSEC) == pytest.approx((float(line[18:27]), float(line[37:46])), abs=5e-4)
    assert ut1_tai + 35.0 == pytest.approx(float(line[58:68]), abs=1e-4)
    assert ut1_tai + 35.0 == pytest.approx(float(line[154:165]), abs=1e-12)
    assert dx / ARCSEC * 1000 == pytest.approx(float(line[165:175]), abs=1e-9)


def test_days_without_a_final_bulletin_take_the_rapid_one():
    last = read_daily(56_603, 56_607).last_mjd
    daily, line = read_daily(last - 3, last), line_of(f"{last}.00")
    assert not line[134:185].strip()
    assert daily.rows[0, -1] / ARCSEC == pytest.approx(float(line[18:27]), abs=1e-12)


def line_of(mjd: str) -> str:
    with (files("astropy_iers_data") / "data" / "finals2000A.all").open() as file:
        return next(line for line in file if line[7:15] == mjd)


def test_predicted_days_are_told_and_days_after_the_table_too():
    daily = read_daily(56_603, 56_607)
    assert daily.warning(daily.observed_mjd) == ""
    assert "observed for these days" in daily.age(56_607)
    line = daily.warning(daily.observed_mjd + 90)
    assert line.count("\n") == 0 and "is observed to" in line and "predicted" in line
    # Bulletin A's own rule gives 7 ms in UT1 after 90 days, 3.4 m on the equator.
    assert "may be off by 3.5 m" in line
    start = Epoch.from_mjd_utc(float(daily.observed_mjd + 30))
    told = build_world(start, start + 1.0, drag=False)
    assert len(told.warnings) == 1 and "predicted, in part" in told.ages["orientation"]
    assert worlds.full().warnings == ()
    beyond = Epoch.from_mjd_utc(float(daily.last_mjd + 60))
    far = build_world(beyond, beyond + 1.0, drag=False)
    assert len(far.warnings) == 1 and "may be off by 18" in far.warnings[0]
    # UT1 goes on without a jump: in two days across the end it changes by no more than a long day's 2 ms each.
    rows = read_daily(daily.last_mjd - 2, daily.last_mjd + 3).rows
    assert abs(rows[4, 3] - rows[4, 2]) < 2e-3 and abs(rows[4, 2] - rows[4, 1]) < 2e-3


@pytest.mark.parametrize(("days", "said_s"), [(90, 0.035), (365, 0.10), (1095, 0.42)])
def test_days_after_the_table_are_as_wrong_as_the_warning_says(days, said_s):
    """UT1 carried on from every month since 1974, against what came: within a third of what ``Daily.warning`` takes."""
    ut1 = read_daily(41_700, 61_300).rows[4]
    off_s = []
    for start in range(400, len(ut1) - days, 30):
        carried = _carried_on(np.tile(ut1[start - 380:start], (5, 1)), days)[4, -1]
        off_s.append(carried - ut1[start + days - 1])
    assert np.sqrt(np.mean(np.square(off_s))) == pytest.approx(said_s, rel=0.33)


def test_days_before_the_table_are_refused():
    with pytest.raises(InputError, match="Earth orientation is known from 1973-01-04 on, not on 1972-12-30"):
        build_world(Epoch.utc("1973-01-01"), Epoch.utc("1973-01-01") + 1.0, drag=False)


def test_tides_of_a_day_are_those_of_the_iers_routine():
    """ORTHO_EOP.F of the IERS Conventions 2010 says what it gives at MJD 47100; it fits the same tides by other means
    (orthoweights), and differs from the tables' sums by 1 microarcsecond."""
    x, y, ut1 = ocean_tides((2_400_000.5, np.array([47_100.0])), (2_400_000.5, np.array([47_100.0])))[:, 0]
    assert (x / ARCSEC * 1e6, y / ARCSEC * 1e6) == pytest.approx((-162.83864, 117.79075), abs=1.0)
    assert ut1 * 1e6 == pytest.approx(-23.390924, abs=0.1)


def test_teme_is_turned_as_in_vallados_example():
    """TEME (AIAA 2006-6753, appendix C) and GCRF (Fundamentals of Astrodynamics, example 3-14) of one place,
    2004-04-06T07:51:28.386009 UTC. The example takes the day's first Earth orientation; UT1 cancels: 10 mm."""
    epoch = Epoch.utc("2004-04-06T07:51:28.386009Z")
    world = build_world(epoch, epoch + 1.0, drag=False)
    teme = np.array([5_094_180.16210, 6_127_644.65950, 6_380_344.53270])
    gcrf = np.array([5_102_508.9579, 6_123_011.4007, 6_378_136.9282])
    np.testing.assert_allclose(world.teme_from_gcrf(0.0)[0].T @ teme, gcrf, atol=0.01)


def test_an_element_set_comes_out_in_gcrf_as_by_precession_and_nutation():
    """The classical way: TEME -> true of date by the equation of the equinoxes -> J2000 by IAU 1976/1980.

    It lacks the corrections dX, dY of those models (50 mas, 2 m) that ours has by construction: 3 m.
    """
    line1 = "1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002"
    line2 = "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788"
    satellite = satrec_from_lines(line1, line2)
    world, epoch = worlds.full(), epoch_of(satellite)
    ours = sgp4_gcrf(satellite, world, world.seconds(epoch))[0, :3]
    _, position_km, _ = Satrec.twoline2rv(line1, line2, WGS72).sgp4(satellite.jdsatepoch, satellite.jdsatepochF)
    tt = (2_400_000.5 + epoch.mjd_tt[0], epoch.mjd_tt[1])
    equinoxes = erfa.eqeq94(*tt)
    true_of_date = erfa.rz(-equinoxes, np.eye(3)) @ np.array(position_km) * 1000.0
    old = erfa.pnm80(*tt).T @ true_of_date
    np.testing.assert_allclose(ours, GCRF_FROM_EME2000 @ old, atol=3.0)


def test_sun_and_moon_are_those_of_sofa():
    """The pieces follow erfa within 5 m and 1 mm; here 20 m and 10 mm, a metre being 1e-15 of the Sun's pull."""
    world = worlds.full()
    tt = np.array([(world.epoch + t).mjd_tt for t in RANDOM_S]).T
    sun = -erfa.epv00(2_400_000.5 + tt[0], tt[1])[0]["p"] * 149_597_870_700.0
    moon = erfa.moon98(2_400_000.5 + tt[0], tt[1])["p"] * 149_597_870_700.0
    np.testing.assert_allclose(world.sun_gcrf_m(RANDOM_S), sun, atol=20.0)
    np.testing.assert_allclose(world.moon_gcrf_m(RANDOM_S), moon, atol=0.01)


def test_the_sun_stands_where_the_almanac_says():
    """Independent of SOFA: low-precision formula of the Astronomical Almanac (page C5), good to 0.01 deg."""
    world, t_s = worlds.full(), np.array([0.0, 86_400.0])
    for t, sun in zip(t_s, world.sun_gcrf_m(t_s), strict=True):
        n = sum((world.epoch + t).mjd_tt) - 51_544.5
        mean, anomaly = np.radians(280.460 + 0.9856474 * n), np.radians(357.528 + 0.9856003 * n)
        longitude = mean + np.radians(1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly))
        tilt = np.radians(23.439 - 0.0000004 * n)
        of_date = np.array([np.cos(longitude), np.cos(tilt) * np.sin(longitude), np.sin(tilt) * np.sin(longitude)])
        tt = (2_400_000.5 + (world.epoch + t).mjd_tt[0], (world.epoch + t).mjd_tt[1])
        almanac = erfa.pmat06(*tt).T @ of_date
        assert np.degrees(np.arccos(almanac @ sun / np.linalg.norm(sun))) == pytest.approx(0.0, abs=0.015)
