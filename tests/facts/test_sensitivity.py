"""Partial derivatives of a coast against differences of whole coasts."""

import numpy as np
import pytest

import worlds
from fakel.model.errors import FlightError
from fakel.physics.force import Forces
from fakel.physics.propagate import RTN, Thrust, coast, propagate
from fakel.physics.sensitivity import states_and_partials
from fakel.physics.small_forces import LOVE_K2

FORCES = Forces(cd_area_m2=worlds.CD_AREA_M2, cr_area_m2=2000.0, love_k2=LOVE_K2, relativity=1.0)
TIMES = np.array([0.0, 100.0, 7000.0, 20_000.0, 43_200.0])
SCALES, STARTS = (1.1, 0.8, 1.3), (10_000.0, 30_000.0)


def flown(x):
    """State (6,) at the last time, by hand, of start, three drag scales, radiation scale (10,)."""
    y, t = np.append(x[:6], worlds.STATION_KG), 0.0
    for stop, scale in zip((*STARTS, TIMES[-1]), x[6:9], strict=True):
        y = coast(y, t, stop, FORCES._replace(drag_scale=scale, radiation_scale=x[9]), worlds.full().field)
        t = stop
    return y[:6]


def test_columns_are_the_differences_of_whole_coasts():
    """Twelve hours, all forces. Two coasts differ by 2e-5 of their difference from what they should, as each is off by
    some mm a day; the shadow's edge moves between nodes, which sunlight's own column feels: 1e-4."""
    y = worlds.orbit()
    states, partials = states_and_partials(y, 0.0, TIMES, FORCES, worlds.full().field, drag_scales=SCALES,
                                           drag_starts_s=STARTS)
    x = np.concatenate([y[:6], SCALES, [1.0]])
    np.testing.assert_allclose(states[-1], flown(x), atol=1e-4)
    np.testing.assert_array_equal(partials[0, :, :6], np.eye(6))
    assert not partials[0, :, 6:].any() and not partials[2, :, 7:9].any()
    for column, step in enumerate([5.0] * 3 + [5e-3] * 3 + [0.02] * 4):
        d = np.zeros(10)
        d[column] = step
        slope = (flown(x + d) - flown(x - d)) / (2 * step)
        off = np.linalg.norm((partials[-1, :, column] - slope)[:3]) / np.linalg.norm(slope[:3])
        assert off < (2e-5 if column < 9 else 1e-4), (column, off)


def test_the_transition_matrix_keeps_volume_without_drag():
    """Gravity alone: the matrix is symplectic, so its determinant is 1 and J is kept. Lengths are scaled by a day's
    drift, else 1e10 of round-off would hide everything."""
    _, partials = states_and_partials(worlds.orbit(), 0.0, np.array([20_000.0]), Forces(), worlds.full().field)
    scale = np.array([1.0, 1.0, 1.0, 1e-3, 1e-3, 1e-3])
    phi = partials[0, :, :6] / scale[:, None] * scale
    j = np.block([[np.zeros((3, 3)), np.eye(3)], [-np.eye(3), np.zeros((3, 3))]])
    np.testing.assert_allclose(phi.T @ j @ phi, j, atol=1e-7 * np.abs(phi).max())
    assert np.linalg.det(phi) == pytest.approx(1.0, abs=1e-6)


BURNS = (Thrust(5000.0, 405.0, 20e3, 300.0, (0.6, 0.8, 0.0), RTN), Thrust(9000.0, 95.0, 30e3, 320.0, (0.0, 0.6, 0.8)))
END_S = 20_000.0


def burnt(x, t_s=END_S):
    """State (6,) of start, drag scale, radiation scale and six numbers a burn (20,), by whole flights."""
    burns = []
    for push, own in zip(BURNS, x[8:].reshape(2, 6), strict=True):
        longer = np.linalg.norm(own[1:4])
        burns.append(Thrust(own[4], own[5], push.thrust_n * own[0] * longer, push.isp_s * longer, tuple(own[1:4]),
                            push.mode))
    forces = FORCES._replace(drag_scale=x[6], radiation_scale=x[7])
    return propagate(np.append(x[:6], worlds.STATION_KG), 0.0, t_s, forces, worlds.full().field, thrust=burns).end[:6]


@pytest.mark.parametrize("t_s", [END_S, 5200.0])
def test_burns_are_columns_too(t_s):
    """Two burns, in RTN and among the stars, of 20 and 7 m/s; after both, and in the middle of the first. Each column
    is the difference of whole flights to 5e-6 of itself (measured: 3e-6 for drag, whose difference is smallest, 2e-7
    for the rest; sunlight moves the path by centimetres only, and the shadow's edge comes and goes between nodes); of a
    burn that is still to come it is 0."""
    y = worlds.orbit()
    own = np.concatenate([[1.0, *push.direction, push.start_s, push.duration_s] for push in BURNS])
    x = np.concatenate([y[:6], [1.0, 1.0], own])
    states, partials = states_and_partials(y, 0.0, np.array([4000.0, t_s]), FORCES, worlds.full().field, thrust=BURNS)
    np.testing.assert_allclose(states[-1], burnt(x, t_s), atol=2e-3)
    assert not partials[0, :, 8:].any()
    steps = [5.0] * 3 + [5e-3] * 3 + [0.05, 0.05] + [1e-3, 1e-3, 1e-3, 1e-3, 0.5, 0.5] * 2
    for column, step in enumerate(steps):
        d = np.zeros(20)
        d[column] = step
        slope = (burnt(x + d, t_s) - burnt(x - d, t_s)) / (2 * step)
        if not slope.any():
            assert not partials[-1, :, column].any(), column
            continue
        for rows in (slice(0, 3), slice(3, 6)):
            off = np.linalg.norm((partials[-1, :, column] - slope)[rows]) / np.linalg.norm(slope[rows])
            assert off < (5e-3 if column == 7 else 5e-6), (column, rows, off)


@pytest.mark.parametrize(("times", "starts", "told"), [
    ([5.0, 1.0], (), "times must rise"), ([-1.0], (), "times must rise"),
    ([5.0], (3.0,), "1 drag scales need 0 starts"),
])
def test_what_cannot_be_is_told(times, starts, told):
    with pytest.raises(FlightError, match=told):
        states_and_partials(worlds.orbit(), 0.0, np.array(times), Forces(), worlds.full().field, drag_starts_s=starts)
