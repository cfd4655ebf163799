"""What holds for every clock at every instant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from fakel.model import scales
from fakel.model.epoch import Epoch, tai_minus_utc_s
from fakel.model.scales import Scale

instants = st.integers(-800_000_000_000_000_000, 1_200_000_000_000_000_000).map(Epoch)
clocks = st.sampled_from(Scale)
moments = st.floats(-86_400.0, 4 * 86_400.0)


@given(instants, clocks)
def test_a_clocks_text_and_back_is_the_same_instant(epoch, scale):
    assert scales.read(scales.write(epoch, scale, 9), scale) == epoch


@given(instants, clocks)
def test_a_clocks_seconds_and_back_is_the_same_instant(epoch, scale):
    # A float holds 1e9 s to 1.2e-7 s.
    assert abs(scales.at_seconds(scales.seconds(epoch, scale), scale) - epoch) < 2e-7


@given(instants)
def test_gps_week_and_back_is_the_same_instant(epoch):
    week, seconds = scales.gps_week(epoch)
    assert 0 <= seconds < 604_800
    assert abs(scales.at_gps_week(week, seconds) - epoch) <= 1e-9


@given(instants, clocks, clocks)
def test_clocks_keep_their_distance(epoch, a, b):
    between = scales.read(scales.write(epoch, a, 9), b) - epoch
    assert between == pytest.approx((a.value - b.value) / 1e9, abs=1e-9)


@given(instants.filter(lambda epoch: epoch > Epoch.utc("1972-01-02")))
def test_utc_is_whole_seconds_behind_tai(epoch):
    second, ns = epoch.civil()
    tai = scales.write(epoch, Scale.TAI, 9)
    assert int(tai[-9:]) == ns
    behind_s = (epoch - Epoch.from_civil(second)) * 1e9
    assert round(behind_s) % 1_000_000_000 == ns
    assert 10 <= tai_minus_utc_s(epoch.day) <= 37


@given(moments)
def test_ut1_text_and_back_is_the_same_instant(t_s):
    world = worlds.full()
    epoch = world.epoch + t_s
    ahead_s = world.ut1_minus_tai_s(world.seconds(epoch))[0]
    text = scales.write_ut1(epoch, ahead_s, 9)
    assert abs(scales.read_ut1(text, ahead_s) - epoch) <= 1e-9
    # Read without knowing the instant: UT1 - TAI of the day's start, then once more.
    guess = scales.read_ut1(text, world.ut1_minus_tai_s(0.0)[0])
    assert abs(scales.read_ut1(text, world.ut1_minus_tai_s(world.seconds(guess))[0]) - epoch) <= 1e-8


@given(moments)
def test_ut1_keeps_within_nine_tenths_of_a_second_of_utc(t_s):
    # That is what leap seconds are for.
    world = worlds.full()
    utc_minus_tai_s = -tai_minus_utc_s((world.epoch + t_s).day)
    assert abs(world.ut1_minus_tai_s(t_s)[0] - utc_minus_tai_s) < 0.9


@pytest.mark.parametrize("text", ["2013-11-07", "2013-11-07T04:14:50Z", "4:14", "2013-13-01T00:00:00", ""])
def test_other_text_is_refused(text):
    with pytest.raises(ValueError, match=r"write it like 2015-01-31T12:00:15\.25|month must be"):
        scales.read(text, Scale.TT)


def test_arrays_of_ut1():
    t_s = np.linspace(0.0, 86_400.0, 5)
    assert worlds.full().ut1_minus_tai_s(t_s).shape == (5,)
