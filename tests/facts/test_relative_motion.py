"""Relative motion near a station, against what books and manuals say."""

import math

import numpy as np
import pytest

from fakel.guidance import courses
from fakel.model.errors import FlightError
from fakel.physics.relative import transition, velocity_to_reach

LOW_ORBIT_RAD_S = 0.0011277                          # 420 km up
SYNCHRONOUS_RAD_S = 7.2921e-5


def straight_line_m_s(rate_rad_s: float, start_m, goal_m, span_s: float, legs: int) -> float:
    """Sum of impulses that start at rest, pass equal pieces of a straight line in equal times, and stop."""
    course = courses.straight(np.array(start_m), np.array(goal_m), span_s, legs)
    return courses.total_m_s(courses.impulses(course, lambda a, b: transition(rate_rad_s, b - a)))


def test_an_along_track_impulse_drifts_by_six_pi_over_n_each_revolution():
    # Fehse 2003, Automated Rendezvous and Docking of Spacecraft, 3.3.2: after one revolution x = -6 pi dv / n, z = 0.
    n, dv = LOW_ORBIT_RAD_S, 0.1
    after = transition(n, 2 * math.pi / n) @ np.array([0.0, 0.0, 0.0, 0.0, dv, 0.0])
    assert after[1] == pytest.approx(-6 * math.pi * dv / n, rel=1e-12)      # the same formula: round-off only
    assert abs(after[0]) < 1e-9 * abs(after[1])


def test_a_radial_impulse_comes_back_by_way_of_four_over_n():
    # Fehse 2003, 3.3.3: a radial impulse moves a ship along the orbit by 4 dv / n in half a revolution, and back.
    n, dv = LOW_ORBIT_RAD_S, 0.1
    half = transition(n, math.pi / n) @ np.array([0.0, 0.0, 0.0, dv, 0.0, 0.0])
    whole = transition(n, 2 * math.pi / n) @ np.array([0.0, 0.0, 0.0, dv, 0.0, 0.0])
    assert abs(half[1]) == pytest.approx(4 * dv / n, rel=1e-12)
    assert np.abs(whole[:3]).max() < 1e-9


@pytest.mark.parametrize(("t_s", "place_m"), [(300.0, [-33.34572, -1.47356, -5.89453]),
                                              (1200.0, [-143.00074, 137.27922, -17.76696])])
def test_a_telescope_let_go_at_590_km_is_where_vallados_own_code_has_it(t_s, place_m):
    # Vallado 2007, Fundamentals of Astrodynamics, example 6-14; digits by his companion code (valladopy 0.4.1, hillsr).
    # Its gravity constant and radius differ from ours in the eighth digit.
    rate = math.sqrt(3.986004415e14 / (6_378_136.3 + 590e3) ** 3)
    there = transition(rate, t_s) @ np.array([0.0, 0.0, 0.0, -0.1, -0.04, -0.02])
    assert np.abs(there[:3] - place_m).max() < 2e-5


def test_a_straight_line_from_behind_to_above_costs_what_the_manual_says():
    # help.agi.com, rpo_fmwaypoints: from 1 km behind to 500 m above in 2 h, eight burns, 0.477 m/s (the orbit is not
    # named; a synchronous one fits). Read as a straight line in equal times from rest to rest, eight legs; the manual
    # quotes 0.001 m/s and its orbit rate may differ in the fourth digit.
    total = straight_line_m_s(SYNCHRONOUS_RAD_S, [0.0, -1000.0, 0.0], [500.0, 0.0, 0.0], 7200.0, 8)
    assert abs(total - 0.477) < 0.002


def test_the_same_line_in_low_orbit_costs_fifteen_times_as_much():
    # An independent sketch of the same manoeuvre with its own matrix found 7.397 m/s at 420 km; 2 % is what is asked.
    total = straight_line_m_s(LOW_ORBIT_RAD_S, [0.0, -1000.0, 0.0], [500.0, 0.0, 0.0], 7200.0, 8)
    assert abs(total - 7.397) < 0.02 * 7.397


def test_a_leg_of_half_a_revolution_is_refused():
    with pytest.raises(FlightError) as told:
        velocity_to_reach(LOW_ORBIT_RAD_S, np.zeros(3), np.ones(3), 2800.0)
    assert str(told.value) == "relative motion: 2800 s is not between 0 and 2660 s; put a waypoint between"
