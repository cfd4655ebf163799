"""Time as SOFA and the leap second bulletins say it."""

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
