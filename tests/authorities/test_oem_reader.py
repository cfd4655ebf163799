"""Our ephemerides, read by somebody else's reader: the package ``oem`` (Brad Sease, MIT)."""

import erfa
import numpy as np
import pytest
from oem import OrbitEphemerisMessage

from fakel.model.epoch import Epoch
from fakel.model.frame import GCRF_FROM_EME2000
from fakel.reports.oem import message
from make_flight import UP, make_flight

WRITTEN_TO_M, WRITTEN_TO_M_S = 1e-4, 1e-7     # seven decimals of a km, ten of a km/s
MICROSECOND_M = 8e-3                          # the file's instants are rounded to a microsecond, at 8 km/s


@pytest.fixture
def read(tmp_path):
    def reader(craft):
        path = tmp_path / f"{craft}.oem"
        path.write_text(message(make_flight(), craft), encoding="ascii")
        return OrbitEphemerisMessage.open(path)
    return reader


@pytest.mark.parametrize("craft", ["station", UP])
def test_every_sample_comes_back_where_it_was_flown(read, craft):
    segments = read(craft).segments
    read_back = {str(state.epoch.isot): state for segment in segments for state in segment.states}
    for arc in make_flight().arcs(craft):
        for t_s, position_m, velocity_m_s in zip(arc.t_s[1:], arc.position_m[1:], arc.velocity_m_s[1:], strict=True):
            state = read_back[(arc.start + float(t_s)).iso(6)[:-1]]
            assert state.frame == "EME2000"
            away_m = GCRF_FROM_EME2000 @ state.position * 1000 - position_m
            off_m_s = GCRF_FROM_EME2000 @ state.velocity * 1000 - velocity_m_s
            assert np.linalg.norm(away_m) < WRITTEN_TO_M + MICROSECOND_M
            assert np.linalg.norm(off_m_s) < WRITTEN_TO_M_S + 1e-5     # a microsecond at 9 m/s2


def test_the_reader_interpolates_inside_the_useable_span(read):
    segment = read("station").segments[0]
    middle = Epoch.utc(str(segment.useable_start_time.isot)) + 1830.0
    arc = make_flight().arcs("station")[0]
    from astropy.time import Time
    state = segment(Time(middle.iso(6)[:-1], format="isot", scale="utc"))
    # Both join samples 60 s apart by cubic pieces; the pieces differ from a circle by h^4 r rate^4 / 384 = 0.4 m
    assert np.linalg.norm(GCRF_FROM_EME2000 @ state.position * 1000 - arc.at(middle - arc.start)[0][0]) < 1.0


def test_the_frame_bias_is_the_one_of_sofa():
    bias = erfa.bp06(2451545.0, 0.0)[0]       # rows: EME2000 axes in GCRF
    assert np.abs(GCRF_FROM_EME2000.T - bias).max() < 1e-16
