"""The Runge-Kutta method is the published one and of order 8; coasts are those of Kepler."""

import numpy as np
import pytest
from scipy.integrate import DOP853, solve_ivp

import worlds
from fakel.physics.dop853 import ALL, BETWEEN, NODES, STAGES, STEP, between, between_of, stage_place
from fakel.physics.propagate import burn, coast
from fakel.world.gravity import series_of


def test_coefficients_are_those_of_scipy():
    """The same method, typed in twice: its step, and the stages and weights of the polynomial in between."""
    np.testing.assert_allclose(STAGES[:12, :12], DOP853.A[:12, :12], rtol=1e-14)
    np.testing.assert_allclose(STAGES[12, :12], DOP853.B[:12], rtol=1e-14)
    np.testing.assert_allclose(NODES[:12], DOP853.C[:12], rtol=1e-14, atol=1e-16)
    np.testing.assert_allclose(STAGES[13:], DOP853.A_EXTRA, rtol=1e-14)
    np.testing.assert_allclose(NODES[13:], DOP853.C_EXTRA, rtol=1e-14)
    np.testing.assert_allclose(BETWEEN, DOP853.D, rtol=1e-14)


def test_order_conditions():
    """Quadrature to order 8, rows that add up to their node (Hairer, Norsett & Wanner, II.1 and II.5)."""
    weights, nodes, stages = STAGES[STEP, :STEP], NODES[:STEP], STAGES[:STEP, :STEP]
    for power in range(8):
        assert abs(weights @ nodes**power - 1 / (power + 1)) < 1e-14
    np.testing.assert_allclose(STAGES.sum(axis=1), NODES, atol=1e-14)
    assert abs(weights @ stages @ nodes**5 - 1 / 42) < 1e-14


def pendulum(y):
    return np.array([y[1], -np.sin(y[0])])


def step(y, h):
    """One step and its polynomial, as a kernel asks for them."""
    k, place, series = np.zeros((ALL, 2)), np.empty(2), np.empty((7, 2))
    for stage in range(ALL):
        stage_place(stage, h, y, k, place)
        k[stage] = pendulum(place)
        if stage == STEP:
            end = place.copy()
    between_of(h, y, end, k, series)
    return end, series


def test_steps_gain_order_8_and_what_lies_between_them_order_7():
    """A pendulum against scipy at 1e-13. A step's own error falls by 2^9 when it is halved, its polynomial's by 2^8."""
    y = np.array([1.0, 0.5])
    gone = {}
    for h in (1.0, 0.5):
        told = solve_ivp(lambda t, y: pendulum(y), (0.0, h), y, "DOP853", rtol=1e-13, atol=1e-14, dense_output=True).sol
        end, series = step(y, h)
        at, inside = np.empty(2), []
        for share in np.linspace(0.1, 0.9, 9):
            between(share, y, series, at)
            inside.append(np.abs(at - told(share * h)).max())
        gone[h] = np.abs(end - told(h)).max(), max(inside)
    assert 8.0 < np.log2(gone[1.0][0] / gone[0.5][0]) < 10.5, gone
    assert 7.0 < np.log2(gone[1.0][1] / gone[0.5][1]) < 9.5, gone


def test_the_polynomial_of_a_step_joins_its_ends():
    y = np.array([1.0, 0.5])
    end, series = step(y, 0.5)
    at = np.empty(2)
    for share, told in ((0.0, y), (1.0, end)):
        between(share, y, series, at)
        np.testing.assert_allclose(at, told, atol=1e-15)


def kepler(y, t_s):
    """Two-body state after t_s by the eccentric anomaly's change (Battin, f and g)."""
    mu, r, v = worlds.MU_M3_S2, y[:3], y[3:6]
    r0 = np.linalg.norm(r)
    a = 1 / (2 / r0 - v @ v / mu)
    root, pull = r @ v / np.sqrt(mu), 1 - r0 / a
    n = np.sqrt(mu / a**3)
    x = n * t_s
    for _ in range(50):
        gap = x - pull * np.sin(x) + root / np.sqrt(a) * (1 - np.cos(x)) - n * t_s
        x -= gap / (1 - pull * np.cos(x) + root / np.sqrt(a) * np.sin(x))
    f, g = 1 - a / r0 * (1 - np.cos(x)), t_s - np.sqrt(a**3 / mu) * (x - np.sin(x))
    at = f * r + g * v
    size = np.linalg.norm(at)
    return np.r_[at, -np.sqrt(mu * a) / (size * r0) * np.sin(x) * r + (1 - a / size * (1 - np.cos(x))) * v]


@pytest.mark.parametrize("speed", [1.0, 1.01])
def test_a_day_of_two_body_motion_is_kepler(speed):
    """15 revolutions, 2 mm: the Earth's turn is orthogonal to 1e-12 only (polar motion to first order), so the pull is
    off by as much, 1 mm a day along the track; the method itself adds less."""
    y = worlds.orbit(speed=speed)
    end = coast(y, 0.0, 86_400.0, 0.0, worlds.round_field())
    np.testing.assert_allclose(end[:3], kepler(y, 86_400.0)[:3], atol=2e-3)
    np.testing.assert_allclose(end[3:6], kepler(y, 86_400.0)[3:], atol=2e-6)


def test_burns_converge_with_order_8():
    """Halving the step must gain 2^8; 2^7.5 to 2^8.5 is allowed.

    Steps are fixed by the engine, so shorter ones are made by stopping, and an Earth 700 times as heavy makes 10 s a
    coarse step (20 a revolution), far from round-off. A push of a micronewton leaves the orbit alone.
    """
    field = worlds.flattened().field
    zeros = np.zeros((3, 3))
    field = field._replace(gravity=series_of(zeros, zeros, 2, 729 * worlds.MU_M3_S2, worlds.RADIUS_M))
    y = worlds.orbit(speed=27.0)
    ends = []
    for step_s in (10.0, 5.0, 2.5):
        at = y
        for i in range(int(600.0 / step_s)):
            at = burn(at, i * step_s, step_s, 1e-6, 300.0, np.array([1.0, 0.0, 0.0]), 1, 0.0, field)
        ends.append(at[:3])
    coarse, fine = np.linalg.norm(ends[0] - ends[1]), np.linalg.norm(ends[1] - ends[2])
    assert 7.5 < np.log2(coarse / fine) < 8.5, (coarse, fine)


def test_thrust_direction_modes_agree_where_they_must():
    """A push along the transverse axis for 1 s is the same in both frames; for 300 s it is not."""
    y, field = worlds.orbit(), worlds.round_field()
    along = y[3:6] / np.linalg.norm(y[3:6])
    for seconds, same in ((1.0, True), (300.0, False)):
        inertial = burn(y, 0.0, seconds, 3000.0, 300.0, along, 1, 0.0, field)
        local = burn(y, 0.0, seconds, 3000.0, 300.0, np.array([0.0, 1.0, 0.0]), 2, 0.0, field)
        assert (np.linalg.norm(inertial[3:6] - local[3:6]) < 1e-5) == same
