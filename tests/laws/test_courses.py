"""What courses beside a station owe, by book and by law."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakel.guidance import courses
from fakel.guidance.courses import followed, impulses, total_m_s
from fakel.model.errors import FlightError
from fakel.physics import relative, relative_eccentric
from fakel.physics.relative_eccentric import Ellipse

N = 0.0011277                                                            # 420 km up
REV = 2 * math.pi / N
PLACES = st.tuples(*[st.floats(-2000.0, 2000.0)] * 3).map(np.array)


def on_circle(n=N):
    return lambda t0, t1: relative.transition(n, t1 - t0)


def cost(course, motion=None):
    return total_m_s(impulses(course, motion or on_circle()))


def test_hops_along_the_orbit_cost_what_the_book_says():
    # Fehse 2003, 3.3: radial n dT / 4 at both ends in half a revolution, tangential n dT / 6 pi in a whole one.
    a, b = np.array([0.0, -2000.0, 0.0]), np.array([0.0, -500.0, 0.0])
    assert cost(courses.hop(a, b, REV / 2)) == pytest.approx(2 * N * 1500 / 4, rel=1e-9)
    assert cost(courses.hop(a, b, REV)) == pytest.approx(2 * N * 1500 / (6 * math.pi), rel=1e-9)


def test_a_coelliptic_below_gains_on_the_station():
    # Fehse 2003, 3.3.1: 1.5 n R along the orbit; a Hohmann transfer between heights costs n dR / 4 at each end.
    course = courses.coelliptic(np.array([-1500.0, -10_000.0, 0.0]), np.array([-1500.0, -2500.0, 0.0]), N)
    assert course.t_s[-1] == pytest.approx(7500.0 / (1.5 * N * 1500.0))
    assert cost(course) == pytest.approx(1.5 * N * 1500.0)                # from rest to the drift, nothing after
    lower = courses.coelliptic(np.array([-3000.0, -30_000.0, 0.0]), np.array([-1500.0, -2500.0, 0.0]), N)
    pulses = impulses(lower, on_circle(), np.array([0.0, 1.5 * N * 3000.0, 0.0]))
    assert total_m_s(pulses) == pytest.approx(2 * N * 1500.0 / 4, rel=1e-9)


@given(st.floats(-2000, 2000), st.floats(-2000, 2000), st.floats(-2000, 2000), st.floats(-5000, 5000))
def test_a_football_closes_and_is_twice_as_long_as_high(radial, along, normal, centre):
    course = courses.football(np.array([radial, along, normal]), centre, N, REV, 8)
    pulses = impulses(course, on_circle())
    assert sum(np.linalg.norm(p.dv_m_s) for p in pulses[1:]) < 1e-6      # one impulse puts it there, none keeps it
    _, rows = followed(course, pulses, on_circle())
    assert np.abs(rows[-1, :3] - rows[0, :3]).max() < 1e-5
    level = (rows[:, 0] ** 2 + ((rows[:, 1] - centre) / 2) ** 2)
    assert np.ptp(level) < 1e-6 * (1 + level.max())                      # the ellipse 2 : 1


@given(PLACES, PLACES, st.floats(600.0, 4000.0), st.integers(2, 10))
def test_a_straight_line_is_passed_at_equal_pieces_from_rest_to_rest(a, b, span_s, legs):
    course = courses.straight(a, b, span_s, legs)
    pulses = impulses(course, on_circle())
    assert len(pulses) == legs + 1
    for i, pulse in enumerate(pulses):
        assert np.abs(pulse.before[:3] - (a + (b - a) * i / legs)).max() < 1e-4
    assert np.abs(pulses[-1].after[3:]).max() == 0.0


@given(PLACES, PLACES, st.floats(300.0, 3000.0), st.floats(0.1, 0.95))
def test_a_glideslope_slows_down_all_the_way(a, b, span_s, share):
    length = float(np.linalg.norm(b - a))
    if length < 1.0:
        return
    course = courses.glideslope(a, b, span_s, share * length / span_s)
    pieces = np.linalg.norm(np.diff(course.places_m, axis=0), axis=1)
    assert np.all(np.diff(pieces) < 1e-9 * length) and np.abs(course.places_m[[0, -1]] - [a, b]).max() < 1e-6 * length
    assert np.linalg.norm(course.arrive_m_s) == pytest.approx(share * length / span_s)


@given(PLACES, PLACES)
def test_a_fly_around_keeps_its_distance_between_its_ends(a, b):
    r0, r1 = np.linalg.norm(a), np.linalg.norm(b)
    if min(r0, r1) < 1.0:
        return
    far = np.linalg.norm(courses.flyaround(a, b, 600.0).places_m, axis=1)
    assert far.min() > min(r0, r1) * (1 - 1e-9) and far.max() < max(r0, r1) * (1 + 1e-9)


def test_opposite_ports_are_flown_around_by_the_side():
    course = courses.flyaround(np.array([-300.0, 0.0, 0.0]), np.array([300.0, 0.0, 0.0]), 900.0)
    assert np.abs(course.places_m[:, 1]).max() < 1e-9 and course.places_m[5, 2] == pytest.approx(300.0)


def test_holding_costs_nothing_on_the_orbit_and_three_n_squared_r_below():
    # Fehse 2003, 3.3.1: 3 n^2 R against the gradient; on the orbit's line nothing.
    assert cost(courses.hold(np.array([0.0, -250.0, 0.0]), 3600.0, 60)) < 1e-9
    # Between corrections 60 s apart the craft wanders; the sum stays within 1 % of the steady push.
    below = courses.hold(np.array([-250.0, 0.0, 0.0]), 3600.0, 60)
    assert cost(below) == pytest.approx(3 * N * N * 250 * 3600, rel=0.01)


@settings(max_examples=30)
@given(st.floats(0.0, 0.2), st.floats(-3.1, 3.1), PLACES, PLACES)
def test_on_an_ellipse_the_same_course_is_met_by_the_other_model(e, anomaly, a, b):
    orbit = Ellipse(6.8e6 / (1 - e), e, anomaly)
    course = courses.straight(a, b, 2000.0, 6)
    pulses = impulses(course, lambda t0, t1: relative_eccentric.transition(orbit, t0, t1))
    assert np.abs(pulses[-1].before[:3] - b).max() < 1e-4


def test_where_no_velocity_leads_is_told():
    with pytest.raises(FlightError, match=r"no velocity leads to that place in 2786 s \(100.0 m remain\)"):
        impulses(courses.hop(np.zeros(3), np.array([0.0, 0.0, 100.0]), REV / 2), on_circle())
    with pytest.raises(FlightError, match="go below to gain, above to fall back"):
        courses.coelliptic(np.array([1500.0, -9000.0, 0.0]), np.array([1500.0, -2000.0, 0.0]), N)
    with pytest.raises(FlightError, match="is no braking"):
        courses.glideslope(np.zeros(3), np.array([0.0, 100.0, 0.0]), 100.0, 2.0)
