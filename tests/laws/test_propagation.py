"""What holds for every flown path."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import worlds
from fakel.model.errors import FlightError
from fakel.physics.propagate import INERTIAL, Condition, Thrust, burn, coast, coast_table, propagate

G0 = 9.80665
CD_AREA_M2 = worlds.CD_AREA_M2


def energy(y):
    return np.sum(y[..., 3:6] ** 2, axis=-1) / 2 - worlds.MU_M3_S2 / np.linalg.norm(y[..., :3], axis=-1)


def test_two_body_energy_and_momentum_are_kept_for_three_days():
    y = worlds.orbit(speed=1.005)
    table = coast_table(y, 0.0, 3600.0, 72, 0.0, worlds.round_field())
    # The Earth's turn is orthogonal to 1e-12 only (polar motion to first order): the pull is not quite central.
    np.testing.assert_allclose(energy(table), energy(y), rtol=5e-12)
    h = np.cross(table[:, :3], table[:, 3:6])
    np.testing.assert_allclose(h, np.broadcast_to(h[0], h.shape), atol=2e-10 * np.linalg.norm(h[0]))


def test_j2_turns_the_node_by_the_secular_rate():
    """-1.5 n J2 (R/p)^2 cos i to first order; J2 squared adds 1e-3 of it, and a day is not a whole orbit: 1 %."""
    y, days = worlds.orbit(), 3.0
    field = worlds.flattened().field
    end = coast(y, 0.0, days * 86_400.0, 0.0, field)
    node = [np.arctan2(n[0], -n[1]) for n in (np.cross(s[:3], s[3:6]) for s in (y, end))]
    a, i = np.linalg.norm(y[:3]), 0.9013
    rate = -1.5 * np.sqrt(worlds.MU_M3_S2 / a**3) * 1.08263e-3 * (6_378_137.0 / a) ** 2 * np.cos(i)
    turned = (node[1] - node[0] + np.pi) % (2 * np.pi) - np.pi
    assert turned == pytest.approx(rate * days * 86_400.0, rel=0.01)


@settings(max_examples=15)
@given(st.floats(600.0, 86_400.0), st.floats(300e3, 500e3), st.floats(0.0, 1.7))
def test_there_and_back_is_where_it_began(seconds, height, inclination):
    y, field = worlds.orbit(height, inclination), worlds.full().field
    there = coast(y, 0.0, seconds, CD_AREA_M2, field)
    back = coast(there, seconds, 0.0, CD_AREA_M2, field)
    # The method's error over a day (5 mm with all harmonics), twice.
    np.testing.assert_allclose(back[:3], y[:3], atol=0.05)
    np.testing.assert_allclose(back[3:6], y[3:6], atol=5e-5)


@settings(max_examples=10)
@given(st.floats(100.0, 40_000.0), st.floats(100.0, 40_000.0))
def test_a_coast_may_be_interrupted(first, second):
    y, field = worlds.orbit(), worlds.full().field
    whole = coast(y, 0.0, first + second, CD_AREA_M2, field)
    parts = coast(coast(y, 0.0, first, CD_AREA_M2, field), first, first + second, CD_AREA_M2, field)
    np.testing.assert_allclose(parts[:3], whole[:3], atol=0.05)           # other step ends, the same 5 mm each


def test_drag_takes_energy_and_nothing_else_does():
    y, field = worlds.orbit(height_m=250e3), worlds.full().field
    slowed, free = coast(y, 0.0, 43_200.0, CD_AREA_M2, field), coast(y, 0.0, 43_200.0, 0.0, field)
    assert energy(slowed) < energy(free)
    lighter = coast(np.r_[y[:6], y[6] / 2], 0.0, 43_200.0, CD_AREA_M2, field)
    # Half the mass, twice the loss, but for the path having changed meanwhile.
    assert (energy(free) - energy(lighter)) / (energy(free) - energy(slowed)) == pytest.approx(2.0, rel=0.05)


@settings(max_examples=10)
@given(st.floats(1.0, 300.0), st.floats(200.0, 6000.0), st.floats(200.0, 350.0))
def test_a_burn_spends_mass_and_gives_the_rocket_equation(seconds, thrust, isp):
    y, field = worlds.orbit(), worlds.round_field()
    y = np.r_[y[:6], 7000.0]
    along = y[3:6] / np.linalg.norm(y[3:6])
    end, free = burn(y, 0.0, seconds, thrust, isp, along, INERTIAL, 0.0, field), coast(y, 0.0, seconds, 0.0, field)
    assert end[6] == pytest.approx(7000.0 - thrust * seconds / (isp * G0), rel=1e-13)
    ideal = isp * G0 * np.log(7000.0 / end[6])
    # Gravity differs between the two paths: n^2 dx, below 2e-6 of dv for 1 s, growing with the square of time.
    gained = np.linalg.norm(end[3:6] - free[3:6])
    assert gained == pytest.approx(ideal, rel=1e-9 + 2 * (1.13e-3 * seconds) ** 2)


def test_a_path_holds_between_its_steps():
    """Quintic pieces of 90 s: 2e-3 m and 1e-4 m/s against the integrator stopped there."""
    y, field = worlds.orbit(), worlds.full().field
    path = propagate(y, 0.0, 5400.0, CD_AREA_M2, field)
    times = np.random.default_rng(7).uniform(0.0, 5400.0, 60)
    exact = np.array([coast(y, 0.0, t, CD_AREA_M2, field) for t in times])
    off = path.at(times) - exact
    assert np.abs(off[:, :3]).max() < 5e-3
    assert np.abs(off[:, 3:6]).max() < 5e-4
    np.testing.assert_array_equal(path.end, coast(y, 0.0, 5400.0, CD_AREA_M2, field))
    with pytest.raises(FlightError, match=r"the path runs from 0\.000 s to 5400\.000 s"):
        path.at(5401.0)


def test_a_burn_inside_a_path_starts_and_ends_at_its_instants():
    y, field = np.r_[worlds.orbit()[:6], 7000.0], worlds.full().field
    push = Thrust(1000.0, 123.4, 2950.0, 302.0, (0.0, 1.0, 0.0), mode=2)
    path = propagate(y, 0.0, 3000.0, 0.0, field, thrust=push)
    assert {1000.0, 1123.4} <= set(path.t_s)
    spent = 2950.0 / (302.0 * G0) * 123.4
    np.testing.assert_allclose(path.at([999.0, 1000.0 + 123.4 / 2, 1124.0, 2999.0])[:, 6],
                               [7000.0, 7000.0 - spent / 2, 7000.0 - spent, 7000.0 - spent], rtol=1e-12)
    by_hand = coast(burn(coast(y, 0.0, 1000.0, 0.0, field), 1000.0, 123.4, 2950.0, 302.0, np.array([0.0, 1.0, 0.0]), 2,
                         0.0, field), 1123.4, 3000.0, 0.0, field)
    np.testing.assert_allclose(path.end, by_hand, atol=1e-6)


def test_events_are_found_to_the_millisecond():
    """Node crossings of two-body motion come every half period, which is known."""
    y, field = worlds.orbit(), worlds.round_field()
    period = 2 * np.pi * np.sqrt(np.linalg.norm(y[:3]) ** 3 / worlds.MU_M3_S2)
    node = Condition("node", lambda t, s: s[:, 2])
    start = coast(y, 0.0, 100.0, 0.0, field)
    path = propagate(start, 100.0, 3 * period, 0.0, field, events=[node])
    wanted = period / 2 * np.arange(1, 6)
    np.testing.assert_allclose([f.t_s for f in path.found][:5], wanted, atol=1e-3)
    rising = Condition("up", lambda t, s: s[:, 2], direction=1, stop=True)
    stopped = propagate(start, 100.0, 3 * period, 0.0, field, events=[node, rising])
    assert stopped.t_s[-1] == pytest.approx(period, abs=1e-3)
    assert [f.name for f in stopped.found] == ["node", "node", "up"]
    np.testing.assert_allclose(stopped.end[:3], y[:3], atol=8.0)          # a millisecond of flight


def test_an_event_with_a_step_in_it_is_found_where_the_step_is():
    """A yes-or-no condition, and one that is almost flat on one side: regula falsi alone would stop beside them."""
    y, field = worlds.orbit(), worlds.round_field()
    period = 2 * np.pi * np.sqrt(np.linalg.norm(y[:3]) ** 3 / worlds.MU_M3_S2)
    start = coast(y, 0.0, 100.0, 0.0, field)
    sign = Condition("sign", lambda t, s: np.where(s[:, 2] > 0.0, 1.0, -1.0))
    flat = Condition("flat", lambda t, s: np.where(s[:, 2] > 0.0, 1e6, 1e-9) * s[:, 2])
    for condition in (sign, flat):
        found = propagate(start, 100.0, 1.2 * period, 0.0, field, events=[condition]).found
        np.testing.assert_allclose([f.t_s for f in found], [period / 2, period], atol=1e-3)


def test_flight_stays_in_the_days_of_its_world():
    y, world = worlds.orbit(), worlds.full()
    beyond = world.seconds(world.window.stop) + 2 * 86_400.0
    with pytest.raises(FlightError, match="build the world for longer"):
        coast(y, 0.0, beyond, CD_AREA_M2, world.field)
