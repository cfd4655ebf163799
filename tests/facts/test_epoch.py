"""Time as SOFA and the leap second bulletins say it."""

from fakel.model import scales
from fakel.model.epoch import Epoch, tai_minus_utc_s


def test_tai_is_35_s_ahead_of_utc_in_november_2013():
    # Source: IERS Bulletin C 43, in force from 2012-07-01 to 2015-06-30.
    assert tai_minus_utc_s(Epoch.utc("2013-11-07").day) == 35.0


def test_the_last_minute_of_2016_has_61_seconds():
    # Source: IERS Bulletin C 52.
    assert Epoch.utc("2017-01-01") - Epoch.utc("2016-12-31T23:59:00Z") == 61.0
    assert Epoch.utc("2017-01-01") - Epoch.utc("2016-12-31T23:59:60Z") == 1.0


def test_j2000_in_tt_is_modified_julian_day_51544_and_a_half():
    # J2000.0 is 2000-01-01T12:00:00 TT, which is 11:58:55.816 UTC.
    day, fraction = Epoch.utc("2000-01-01T11:58:55.816Z").mjd_tt
    assert day == 51544.0
    assert abs(fraction - 0.5) < 1e-14


def test_liftoff_of_the_reference_mission_is_modified_julian_day_56603():
    # MJD 56603.0 is 2013-11-07T00:00 UTC (Julian day 2456603.5).
    day, fraction = Epoch.utc("2013-11-07T04:14:15.290Z").mjd_utc
    assert day == 56603.0
    assert abs(fraction * 86400 - (4 * 3600 + 14 * 60 + 15.290)) < 1e-9


def test_clocks_of_sofas_cookbook():
    """SOFA Time Scale and Calendar Tools, sect. 4: 2006-01-15T21:24:37.5 UTC is 21:25:10.5 TAI, 21:25:42.684 TT and,
    with UT1-UTC = 0.3341 s, 21:24:37.8341 UT1."""
    epoch = Epoch.utc("2006-01-15T21:24:37.500Z")
    assert scales.write(epoch, scales.Scale.TAI) == "2006-01-15T21:25:10.500"
    assert scales.write(epoch, scales.Scale.TT) == "2006-01-15T21:25:42.684"
    assert scales.write_ut1(epoch, 0.3341 - 33.0, 4) == "2006-01-15T21:24:37.8341"


def test_gps_time_began_in_1980_and_is_ahead_of_utc_by_the_leap_seconds_since():
    """IS-GPS-200: week 0 begins 1980-01-06T00:00:00 UTC. Week 1774 began 2014-01-05; GPS - UTC was 16 s in 2013."""
    assert scales.gps_week(Epoch.utc("1980-01-06T00:00:00Z")) == (0, 0.0)
    assert scales.gps_week(Epoch.utc("2014-01-04T23:59:44Z")) == (1774, 0.0)
    assert scales.write(Epoch.utc("2013-11-07T04:14:15Z"), scales.Scale.GPS, 0) == "2013-11-07T04:14:31"
    assert scales.at_gps_week(1774, 0.0) == Epoch.utc("2014-01-04T23:59:44Z")


def test_gps_time_runs_through_a_leap_second():
    before, within, after = (Epoch.utc(text) for text in
                             ("2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"))
    shown = [scales.write(epoch, scales.Scale.GPS, 0)[-8:] for epoch in (before, within, after)]
    assert shown == ["00:00:16", "00:00:17", "00:00:18"]
