"""Stretches above zero of many functions at once, against what is known of the functions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.physics.spans import EXACT_S, peaks, spans_within


def cosines(height, period_s, phase_s):
    """cos(2 pi (t - phase) / period) - height, one function a row."""
    height, period_s, phase_s = (np.atleast_1d(np.asarray(x, float)) for x in (height, period_s, phase_s))
    return lambda t, row: np.cos(2 * np.pi * (t - phase_s[row]) / period_s[row]) - height[row]


@given(st.lists(st.tuples(st.floats(-0.999, 0.999), st.floats(400.0, 9_000.0), st.floats(0.0, 9_000.0)), min_size=1,
                max_size=6))
def test_stretches_of_cosines_begin_and_end_where_arithmetic_says(rows):
    height, period, phase = (np.array(x) for x in zip(*rows, strict=True))
    found = spans_within(cosines(height, period, phase), np.zeros(len(rows)), np.full(len(rows), 86_400.0), 60.0)
    for i, (h, p, c) in enumerate(rows):
        half = p * math.acos(h) / (2 * math.pi)
        middles = c + p * np.arange(math.floor(-c / p) - 1, math.ceil((86_400.0 - c) / p) + 2)
        wanted = [(max(m - half, 0.0), min(m + half, 86_400.0)) for m in middles if m + half > 0 and m - half < 86_400]
        wanted = [(a, b) for a, b in wanted if b - a > 1e-3]
        mine = [(a, b) for a, b in zip(found.start_s[found.row == i], found.stop_s[found.row == i], strict=True)
                if b - a > 1e-3]
        assert len(mine) == len(wanted)
        # A root of an even slope is found within EXACT_S.
        assert np.allclose(mine, wanted, atol=1.01 * EXACT_S, rtol=0)


@given(st.floats(1e-5, 3e-4), st.floats(3_000.0, 9_000.0), st.floats(0.0, 60.0))
def test_a_peak_between_two_samples_is_not_missed(below, period, phase):
    """The tip of a cosine, up to 60 s wide, though samples are 60 s apart and all lie below zero."""
    of = cosines(1.0 - below, period, 600.0 + phase)
    found = spans_within(of, np.zeros(1), np.array([1_200.0]), 60.0)
    half = period * math.acos(1.0 - below) / (2 * math.pi)
    assert len(found) == 1 and found.opens[0] and found.closes[0]
    assert found.stop_s[0] - found.start_s[0] == pytest.approx(2 * half, abs=3e-4)


@given(st.floats(1e-5, 3e-4), st.floats(3_000.0, 9_000.0), st.floats(0.0, 60.0))
def test_a_dip_between_two_samples_cuts_a_stretch_in_two(below, period, phase):
    of = cosines(1.0 - below, period, 600.0 + phase)
    found = spans_within(lambda t, row: -of(t, row), np.zeros(1), np.array([1_200.0]), 60.0)
    half = period * math.acos(1.0 - below) / (2 * math.pi)
    assert len(found) == 2
    assert found.start_s[1] - found.stop_s[0] == pytest.approx(2 * half, abs=3e-4)


def test_what_begins_above_zero_is_said_not_to_open_there():
    found = spans_within(lambda t, row: np.ones_like(t), np.array([5.0, 7.0]), np.array([6.0, 9.0]), 0.5)
    assert found.start_s.tolist() == [5.0, 7.0] and found.stop_s.tolist() == [6.0, 9.0]
    assert not found.opens.any() and not found.closes.any()


def test_a_step_is_found_too():
    found = spans_within(lambda t, row: np.where(t > math.pi, 1.0, -1.0), np.zeros(1), np.array([10.0]), 1.0)
    assert found.start_s[0] == pytest.approx(math.pi, abs=EXACT_S)


@given(st.floats(0.0, 1.0), st.floats(1.0, 500.0))
def test_a_peak_is_where_it_is(share, width):
    top = share * width
    t, value = peaks(lambda x, row: -(x - top) ** 2, np.zeros(1), np.array([width]), np.zeros(1, int))
    assert t[0] == pytest.approx(top, abs=2e-3) and value[0] <= 0.0


@pytest.mark.parametrize("edge", [3.0, 1_197.0])
def test_a_dip_beside_the_end_of_a_stretch_is_found(edge):
    """One side of it has no sample: the lowest point is 3 s inside, the first sample is above zero again."""
    of = cosines(0.9997, 600.0, edge)
    found = spans_within(lambda t, row: -of(t, row), np.zeros(1), np.array([1_200.0]), 60.0)
    half = 600.0 * math.acos(0.9997) / (2 * math.pi)
    near = [(a, b) for a, b in zip(found.stop_s, found.start_s[1:], strict=False) if abs((a + b) / 2 - edge) < 1.0]
    assert len(near) == 1 and near[0][1] - near[0][0] == pytest.approx(2 * half, abs=3e-4) and 2 * half > 4.0
