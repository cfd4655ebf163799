"""Nitrogen and airlock air obey their laws, whatever the protocol."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.load.library import Library
from fakel.model.errors import InputError
from fakel.model.place import Airlock
from fakel.model.prebreathe import Protocol, Stage
from fakel.physics import decompression as physics
from fakel.plan import airlock

PIRS = Library().find(Airlock, "pirs", "test")
PROTOCOLS = [Library().find(Protocol, name, "test") for name in ("orlan-30", "emu-4h", "campout", "cevis", "isle")]


@given(st.floats(0.0, 1e5), st.floats(0.0, 1e5), st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_tissue_nitrogen_goes_towards_what_is_breathed_and_never_past_it(start, breathed, a, b):
    early, late = (float(physics.tissue_nitrogen_pa(start, breathed, t)) for t in sorted((a, b)))
    assert abs(late - breathed) <= abs(early - breathed) + 1e-6 <= abs(start - breathed) + 2e-6
    assert min(start, breathed) - 1e-6 <= late <= max(start, breathed) + 1e-6


@given(st.lists(st.tuples(st.floats(0.0, 1e5), st.floats(0.0, 5e4)), min_size=1, max_size=6), st.floats(0.0, 9e4),
       st.integers(2, 5))
def test_a_stage_cut_in_parts_leaves_the_same_nitrogen(steps, start, parts):
    gas, lasts = np.array(steps).T
    whole = physics.tension_along(start, gas, lasts)
    cut = physics.tension_along(start, np.repeat(gas, parts), np.repeat(lasts / parts, parts))
    assert cut[::parts] == pytest.approx(whole, abs=1e-6)


@given(st.floats(0.0, 600.0), st.floats(0.0, 600.0), st.booleans())
def test_pay_back_never_shortens_and_grows_with_the_break(a, b, exercise):
    short, long = (physics.payback_s(t, exercise) for t in sorted((a, b)))
    assert 0.0 <= short <= long and short >= 2.0 * min(a, b)
    assert physics.payback_s(a, True) >= physics.payback_s(a, False)


def test_a_break_over_ten_minutes_starts_again():
    assert physics.payback_s(600.0) == 1200.0 and math.isinf(physics.payback_s(600.1))


@given(st.sampled_from(PROTOCOLS), st.floats(0.0, 1.0), st.floats(0.1, 10.0))
def test_a_break_that_is_paid_back_leaves_no_more_nitrogen_and_takes_longer(protocol, where, minutes):
    plain = airlock.breathe(protocol, 3e4)
    at_s = where * float(plain.t_s[-1]) * 0.999
    try:
        found = airlock.breathe(protocol, 3e4, [airlock.Break(at_s, minutes * 60.0)])
    except InputError as error:
        assert "breaks no oxygen" in str(error)
        return
    assert found.oxygen_s == pytest.approx(plain.oxygen_s + found.paid_back_s) and found.paid_back_s >= 120.0 * minutes
    assert found.t_s[-1] == pytest.approx(plain.t_s[-1] + found.paid_back_s + 60.0 * minutes)
    assert found.nitrogen_pa[-1] <= plain.nitrogen_pa[-1] + 1e-6


@given(st.floats(1e3, 1.1e5), st.floats(0.0, 4e3), st.floats(60.0, 400.0))
def test_venting_falls_towards_nothing_or_towards_the_leak(start, t_s, constant):
    lock = replace(PIRS, vent_s=constant)
    tight, leaking = (float(airlock.pressure_pa(lock, t_s, start, leak)) for leak in (0.0, 1e-4))
    assert 0.0 <= tight <= start and leaking >= tight - 1e-9
    needs_s = airlock.venting_needs_s(lock, start)
    assert float(airlock.pressure_pa(lock, needs_s, start)) <= PIRS.hatch_open_pa * (1 + 1e-9)


def test_what_is_vented_and_what_is_left_is_what_was_there():
    times = np.linspace(0.0, PIRS.depress_s, 2001)
    pressure = airlock.pressure_pa(PIRS, times)
    out_kg_s = physics.air_kg(1.0, PIRS.volume_m3, airlock.CABIN_K) * pressure / airlock.vent_constant_s(PIRS)
    left = physics.air_kg(float(pressure[-1]), PIRS.volume_m3, airlock.CABIN_K)
    # trapezoids 0.6 s wide over a decay of 190 s: relative error (0.6/190)^2/12.
    assert np.trapezoid(out_kg_s, times) + left == pytest.approx(airlock.air_lost_kg(PIRS), rel=1e-5)


def test_oxygen_cut_and_added():
    for minutes in (0.0, 10.0, 100.0, 300.0):
        for protocol in PROTOCOLS:
            made = airlock.with_oxygen(protocol, minutes * 60.0)
            assert made.oxygen_s == pytest.approx(minutes * 60.0)
            assert all(isinstance(s, Stage) and s.duration_s >= 0.0 for s in made.stages)
