"""What models of relative motion owe: they compose, turn back, fall into the simpler one, and stay near truth."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import near_station as near
from fakel.physics import relative, relative_eccentric, relative_elements
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.elements import elements, state
from fakel.physics.frames import from_relative_rtn, relative_rtn
from fakel.physics.mean_elements import mean_of, osculating_of
from fakel.physics.propagate import coast_table
from fakel.physics.relative_eccentric import Ellipse, ellipse_of
from fakel.physics.relative_elements import (
    absolute_elements,
    between,
    carried,
    later,
    rtn_near_circle,
    states_of,
    transition_with_drag,
)
from fakel.world import build_world

ANGLES = st.floats(-3.1, 3.1)
ORBITS = st.builds(lambda e, w, i, node, u: np.array([6.75e6 / (1 - e), e * math.cos(w), e * math.sin(w), i, node, u]),
                   st.floats(0.0, 0.2), ANGLES, st.floats(0.3, 2.6), ANGLES, ANGLES)
ELLIPSES = st.builds(Ellipse, st.floats(6.7e6, 4.3e7), st.floats(0.0, 0.7), ANGLES)
TIMES = st.floats(-20_000.0, 20_000.0)
SMALL = st.tuples(*[st.floats(-1e-3, 1e-3)] * 6).map(np.array)


@cache
def world(gravity: str = "full"):
    return build_world(near.START, near.START + 10.0, gravity=gravity, drag=False)


@given(ELLIPSES, TIMES, TIMES)
def test_eccentric_drift_composes_and_turns_back(orbit, first_s, second_s):
    one = relative_eccentric.transition(orbit, 0.0, first_s)
    two = relative_eccentric.transition(orbit, first_s, second_s) @ one
    whole = relative_eccentric.transition(orbit, 0.0, second_s)
    scale = 1 + np.abs(whole).max() * np.abs(one).max()
    assert np.abs(two - whole).max() < 1e-10 * scale                     # round-off of entries that grow with time


@given(st.floats(6.7e6, 4.3e7), ANGLES, TIMES)
def test_on_a_circle_the_eccentric_matrix_is_that_of_clohessy_and_wiltshire(a_m, anomaly, t_s):
    orbit = Ellipse(a_m, 0.0, anomaly)
    plain = relative.transition(orbit.rate_rad_s, t_s)
    assert np.allclose(relative_eccentric.transition(orbit, 0.0, t_s), plain, rtol=0, atol=1e-9 * np.abs(plain).max())


@settings(max_examples=30, deadline=None)
@given(ORBITS, st.floats(0.0, 15_000.0), st.floats(0.0, 15_000.0))
def test_drift_under_j2_composes_and_turns_back(x, first_s, second_s):
    one, two = (relative_elements.transition_rtn(x, a, b) for a, b in ((0.0, first_s), (first_s, second_s)))
    whole = relative_elements.transition_rtn(x, 0.0, second_s)
    scale = 1 + np.abs(whole).max() * np.abs(one).max()
    assert np.abs(two @ one - whole).max() < 1e-6 * scale                # differences of 1e-6 leave 1e-8 each


def test_without_j2_it_would_be_that_of_yamanaka_and_ankersen():
    # J2 is a thousandth of gravity: over ten minutes the two differ by some thousandths, and not by less than 1e-5.
    x = np.array([7.2e6, 0.03, 0.02, 0.9, 0.2, 1.1])
    ours = relative_elements.transition_rtn(x, 0.0, 600.0)
    theirs = relative_eccentric.transition(ellipse_of(state(osculating_of(x))), 0.0, 600.0)
    apart = np.abs(ours - theirs)[:3, :3].max() / np.abs(theirs[:3, :3]).max()
    assert 1e-5 < apart < 5e-3


@settings(max_examples=40, deadline=None)
@given(ORBITS, st.floats(0.0, 15_000.0))
def test_the_eccentric_matrix_is_the_derivative_of_kepler_motion(x, t_s):
    def kepler(y):
        z = elements(y)
        z[5] += math.sqrt(MU_M3_S2 / z[0] ** 3) * t_s
        return state(z)
    y = state(x)
    there, matrix = kepler(y), relative_eccentric.transition(ellipse_of(y), 0.0, t_s)
    for k, step in enumerate([10.0] * 3 + [1e-2] * 3):
        d = np.eye(6)[k] * step
        column = (relative_rtn(kepler(from_relative_rtn(d, y)), there)
                  - relative_rtn(kepler(from_relative_rtn(-d, y)), there)) / (2 * step)
        assert np.abs(column - matrix[:, k])[:3].max() < 2e-6 * np.abs(matrix[:3]).max()   # round-off of Kepler / step
        assert np.abs(column - matrix[:, k])[3:].max() < 2e-6 * np.abs(matrix[3:]).max()


@given(ORBITS)
def test_mean_elements_undo_osculating_ones(x):
    back = mean_of(osculating_of(x))
    # Four rounds, each leaving a few 1e-3 of what was left: under a metre of orbit where J2 shifts by 20 km.
    assert np.abs((back - x)[1:]).max() * x[0] < 1.0 and abs(back[0] - x[0]) < 1.0


@pytest.mark.parametrize("e", [0.0005, 0.05, 0.2])
def test_mean_elements_of_a_flown_orbit_stay_and_drift_as_said(e):
    # The flattened Earth alone; the pole stands 0.1 deg from GCRF's, which turns node and tilt by 1e-3 of J2's own.
    x = np.array([6.8e6 / (1 - e), e * 0.6, e * 0.8, 0.9, 0.2, 1.1])
    y = np.r_[state(osculating_of(x)), 1.0]
    rows = coast_table(y, 0.0, 600.0, 40, 0.0, world("j2").field)[:, :6]
    mean, raw = np.array([mean_of(elements(r)) for r in rows]), np.array([elements(r) for r in rows])
    assert np.ptp(mean[:, 0]) < 80.0 < 0.01 * np.ptp(raw[:, 0])        # 45 m of second order left of 12 to 19 km
    late = mean[-1] - carried(x, 39 * 600.0)
    late[3:] = (late[3:] + np.pi) % (2 * np.pi) - np.pi
    assert np.abs(late[1:5]).max() * x[0] < 600.0                        # second order and the pole's place, 6 h
    assert abs(late[5]) * x[0] < 1_500.0                                # 45 m of height drift by that in 4 revolutions


@given(ORBITS, SMALL)
def test_relative_elements_undo_themselves(x, q):
    assert np.abs(relative_elements.relative_elements(absolute_elements(q, x), x) - q).max() < 1e-12


@settings(max_examples=40, deadline=None)
@given(ORBITS, st.floats(-200_000.0, 200_000.0))
def test_the_matrix_of_relative_elements_is_the_derivative_of_the_drift(x, t_s):
    matrix = relative_elements.transition(x, t_s)
    for k in range(6):
        d = 1e-6 * np.eye(6)[k]
        column = (later(d, x, t_s) - later(-d, x, t_s)) / 2e-6
        assert np.abs(column - matrix[:, k]).max() < 1e-9 * (1 + np.abs(matrix).max())       # second order of 1e-6


@given(ORBITS, st.floats(0.0, 1e5), st.floats(0.0, 1e5))
def test_relative_elements_compose_with_drag_too(x, first_s, second_s):
    one = transition_with_drag(x, first_s)
    two = transition_with_drag(carried(x, first_s), second_s) @ one
    whole = transition_with_drag(x, first_s + second_s)
    assert np.abs(two - whole).max() < 1e-9 * np.abs(whole).max()


@given(st.tuples(*[st.floats(-2e-5, 2e-5)] * 6).map(np.array), ANGLES, ANGLES)
def test_on_a_circle_elements_look_as_clohessy_and_wiltshire_say(q, u, node):
    x = np.array([6.8e6, 0.0, 0.0, 0.9, node, u])
    target, chaser = state(x), state(absolute_elements(q, x))
    seen = relative_rtn(chaser, target)
    assert np.abs(seen[:3] - rtn_near_circle(q, x[0], u)).max() < 0.2    # second order: (136 m x 3)^2 / 6800 km, some
    n = math.sqrt(MU_M3_S2 / x[0] ** 3)
    carried_q = q + np.array([0, -1.5 * n * 1500.0 * q[0], 0, 0, 0, 0])
    there = (relative.transition(n, 1500.0) @ seen)[:3]
    assert np.abs(there - rtn_near_circle(carried_q, x[0], u + n * 1500.0)).max() < 0.5


def random_case(rng, e_most, range_m, revolutions):
    """A target and a chaser, flown in the full model without air: states (k, 7) of both, seconds, start in RTN."""
    e, w = rng.uniform(0.0, e_most), rng.uniform(0.0, 6.3)
    x = np.array([6.798e6 / (1 - e), e * math.cos(w), e * math.sin(w), 0.9, *rng.uniform(0.0, 6.3, 2)])
    y = np.r_[state(osculating_of(x)), 1.0]
    rate = np.linalg.norm(np.cross(y[:3], y[3:6])) / (y[:3] @ y[:3])
    s = rng.normal(size=6)
    s[:3] *= range_m / 1.1 * rng.uniform(0.1, 1.0) / np.linalg.norm(s[:3])
    s[3:] *= rate * np.linalg.norm(s[:3]) * rng.uniform(0.0, 1.0) / np.linalg.norm(s[3:])
    t_s = revolutions * 2 * math.pi * math.sqrt(x[0] ** 3 / MU_M3_S2) * rng.uniform(0.2, 1.0)
    chaser = np.r_[from_relative_rtn(s, y), 1.0]
    return tuple(coast_table(row, 0.0, t_s / 10, 11, 0.0, world().field) for row in (chaser, y)) + (t_s, s)


@pytest.mark.parametrize(("model", "limits"), [("cw", relative.LIMITS), ("ya", relative_eccentric.LIMITS),
                                               ("elements", relative_elements.LIMITS),
                                               ("j2", relative_elements.LIMITS_RTN)])
def test_within_its_limits_a_model_errs_by_no_more_than_it_says(model, limits):
    rng, worst = np.random.default_rng(11), 0.0
    for _ in range(60):
        chaser, target, t_s, s = random_case(rng, limits.eccentricity, limits.range_m, limits.revolutions)
        flown = relative_rtn(chaser, target)
        y = target[0]
        if model == "cw":
            rate = np.linalg.norm(np.cross(y[:3], y[3:6])) / (y[:3] @ y[:3])
            told = relative.transition(rate, t_s) @ s
        elif model == "ya":
            told = relative_eccentric.transition(ellipse_of(y), 0.0, t_s) @ s
        elif model == "j2":
            told = relative_elements.transition_rtn(mean_of(elements(y[:6])), 0.0, t_s) @ s
        else:
            q, x = between(chaser[0], y)
            told = relative_rtn(*states_of(later(q, x, t_s), carried(x, t_s)))
        worst = max(worst, np.linalg.norm(told[:3] - flown[-1, :3]) / np.linalg.norm(flown[:, :3], axis=1).max())
    assert 0.0 < worst < limits.share


def test_differential_drag_moves_a_ship_as_the_elements_say():
    # Two craft side by side in the same air, one with 1e-3 m2/kg more: a day of drift along the track, full model.
    full = near.world()
    x = np.array([6.7956e6, 0.0005, 0.0002, 0.9, 0.2, 1.1])
    y = np.r_[state(osculating_of(x)), 1.0]
    paths = [coast_table(y, 0.0, 86_400.0, 2, area, full.field)[-1] for area in (0.011, 0.010)]
    q, _ = between(*paths)
    alone = between(coast_table(y, 0.0, 86_400.0, 2, 0.010, full.field)[-1],
                    coast_table(y, 0.0, 86_400.0, 2, 0.0, full.field)[-1])[0]
    density = -alone[0] / 86_400.0 / 0.010 / (math.sqrt(MU_M3_S2 / x[0]))        # from the decay itself
    rates = relative_elements.drag_rates(0.011, 0.010, density, x)
    told = (transition_with_drag(x, 86_400.0) @ np.r_[np.zeros(6), rates])[:6]
    assert told[0] == pytest.approx(q[0], rel=0.03)            # found within 1 %; the air is not the same all day
    assert told[1] == pytest.approx(q[1], rel=0.03) and abs(q[1]) * x[0] > 500.0
