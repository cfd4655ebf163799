"""Laws of signal temporal logic on straight lines and steps: duals, shifts, signs, and what a fine grid finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakel.rules import temporal
from fakel.rules.lines import Line, below_zero, least, most, plus, running_mean
from fakel.rules.units import unit

VALUES = st.integers(-20, 20).map(float)
GAPS = st.integers(1, 20).map(lambda n: n / 4)
WINDOWS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda w: (w[0] / 2, (w[0] + w[1]) / 2))
LENGTH_S = 30.0
INSIDE_S = np.linspace(0.013, LENGTH_S - 0.017, 61)


@st.composite
def lines(draw, length_s=LENGTH_S):
    """A signal from 0 to 30 s, of straight lines or of steps."""
    gaps = draw(st.lists(GAPS, min_size=1, max_size=9))
    t_s = np.cumsum([0.0, *gaps])
    t_s *= length_s / t_s[-1]
    values = np.array(draw(st.lists(VALUES, min_size=len(t_s), max_size=len(t_s))))
    if draw(st.booleans()):
        return Line(t_s, values[:-1], values[:-1])
    return Line(t_s, values[:-1], values[1:])


def same(one, other, at_s=INSIDE_S):
    # Instants off the corners; corners are found to round-off, and slopes stay below 200 per second.
    assert [one.at(t) for t in at_s] == pytest.approx([other.at(t) for t in at_s], abs=1e-9)


def negative(line):
    return line.scaled(-1.0)


@given(lines(), WINDOWS)
def test_always_is_not_eventually_not(x, window):
    same(temporal.always(x, *window), negative(temporal.eventually(negative(x), *window)))
    same(temporal.historically(x, *window), negative(temporal.once(negative(x), *window)))


@given(lines(), lines())
def test_and_is_not_or_of_nots(x, y):
    same(least(x, y), negative(most(negative(x), negative(y))))


@given(lines(), WINDOWS)
def test_eventually_is_until_from_what_is_always_true(x, window):
    true = Line.constant(0.0, LENGTH_S, 1e9)
    inner = np.linspace(0.013, LENGTH_S - window[1] - 0.5, 31)           # the end has its own law
    same(temporal.until(true, x, *window), temporal.eventually(x, *window), inner)


@given(lines(), WINDOWS)
def test_the_past_is_the_future_of_the_mirror(x, window):
    inner = np.linspace(window[1] + 0.013, LENGTH_S - 0.017, 31)
    mirror = temporal.always(x.mirrored(), *window).mirrored()
    same(temporal.historically(x, *window), mirror, inner)


@given(lines(), lines(), WINDOWS, st.integers(-5, 5))
def test_robustness_moves_with_its_signals(x, y, window, by):
    """Signals raised by c raise the robustness by c; signals shifted in time shift it."""
    got = temporal.until(x, y, *window)
    same(temporal.until(x.scaled(1.0, by), y.scaled(1.0, by), *window), got.scaled(1.0, by))
    shifted = temporal.until(x.later(7.0), y.later(7.0), *window)
    same(shifted.later(-7.0), got)


@given(lines(), WINDOWS, WINDOWS)
def test_windows_within_windows_add_up(x, one, two):
    inner = np.linspace(0.013, LENGTH_S - one[1] - two[1] - 0.1, 31) if one[1] + two[1] < LENGTH_S - 1 else []
    same(temporal.always(temporal.always(x, *one), *two), temporal.always(x, one[0] + two[0], one[1] + two[1]), inner)


@settings(max_examples=40)
@given(lines(), lines(), WINDOWS)
def test_the_sign_is_the_truth(x, y, window):
    """until, read as truth on a grid: where robustness is away from zero, the grid agrees."""
    step_s = 0.01
    grid = np.arange(0.0, LENGTH_S, step_s)
    held, met = (np.array([line.at(t) for t in grid]) for line in (x, y))
    got = temporal.until(x, y, *window)
    steepest = max(float(np.abs((s.last - s.first) / np.diff(s.t_s)).max()) for s in (x, y))
    for t in (0.0, 3.01, 11.5):
        i, j = (round((t + w) / step_s) for w in window)
        if j >= len(grid):
            continue
        now = round(t / step_s)
        best = max(min(met[k], held[now:k + 1].min()) for k in range(i, j + 1))
        # The grid misses what lies between its lines: one step of the steepest slope.
        if min(abs(best), abs(got.at(t))) > steepest * step_s:
            assert (best > 0) == (got.at(t) > 0)


@settings(max_examples=60)
@given(lines(), WINDOWS)
def test_no_instant_of_the_window_lies_below(x, window):
    got = temporal.always(x, *window)
    for t in (0.25, 4.0, 9.3):
        inside = np.linspace(t + window[0], min(t + window[1], LENGTH_S), 200)
        assert got.at(t) <= min(x.at(s) for s in inside) + 1e-9


def test_a_crossing_is_found_and_not_sampled():
    down = Line(np.array([0.0, 10.0]), np.array([3.0]), np.array([-1.0]))
    assert below_zero(down) == [(7.5, 10.0)]
    up = Line(np.array([0.0, 10.0]), np.array([-1.0]), np.array([3.0]))
    cross = most(down, up)
    assert cross.t_s.tolist() == [0.0, 5.0, 10.0] and cross.at(5.0) == 1.0
    assert plus(down, up).at(3.3) == pytest.approx(2.0)


@given(lines(), st.integers(1, 40).map(lambda n: n / 2))
def test_a_running_mean_is_that_of_the_area(x, window_s):
    """Exact at the samples and one window after them: the area of the trapezoids between corners."""
    mean = running_mean(x, window_s)
    for t in x.t_s[1:]:
        part = x.between(max(0.0, t - window_s), t)
        area = float(np.sum((part.first + part.last) / 2 * np.diff(part.t_s)))
        assert mean.at(t) == pytest.approx(area / (part.stop_s - part.start_s), abs=1e-9)
    assert min(x.first.min(), x.last.min()) - 1e-9 <= mean.first.min()
    assert mean.last.max() <= max(x.first.max(), x.last.max()) + 1e-9


@pytest.mark.parametrize(("one", "other", "value"), [
    ("kPa", "Pa", 1000.0), ("mmHg", "Pa", 133.322368), ("h", "s", 3600.0), ("km/h", "m/s", 1 / 3.6),
    ("deg", "rad", np.pi / 180), ("W/m2", "kW/m2", 1e-3), ("%", "", 0.01), ("kcal/h", "W", 1.163), ("l", "m3", 1e-3),
    ("psia", "kPa", 6.894757)])
def test_units_of_one_kind_convert(one, other, value):
    assert unit(one).into(unit(other), 1.0, "it") == pytest.approx(value, rel=1e-7)
    assert unit(other).into(unit(one), value, "it") == pytest.approx(1.0, rel=1e-7)


def test_windows_are_linear_in_the_samples():
    """Each sample enters and leaves a window once: four times the samples, about four times the time."""
    import time

    def seconds(n):
        x = Line(np.arange(n + 1.0), np.sin(np.arange(n)), np.sin(np.arange(1, n + 1)))
        best = np.inf
        for _ in range(3):
            start = time.process_time()
            temporal.always(x, 0.0, n / 3)
            best = min(best, time.process_time() - start)
        return best
    # A quadratic search would take sixteen times as long; half of that leaves room for a busy machine.
    assert seconds(40_000) < 8 * seconds(10_000)
