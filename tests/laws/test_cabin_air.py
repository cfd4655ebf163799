"""Laws of cabin air: nothing is lost, nothing is negative, and steps do not show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from fakel.model.cabin import GASES, Cabin, Candle, Hatch, Room, Scrubber, TraceLoad
from fakel.physics.gas import CO, CO2, O2, SOOT, SPECIES
from fakel.plan.air_along import day_mean
from fakel.plan.cabin import Air, Stretch, breath_kg_s, course, fresh, with_candles


def row_of(volumes, stir, open_):
    """Rooms in a row, a hatch between each and the next."""
    rooms = {f"r{i}": Room(f"r{i}", f"r{i}", v, "made up") for i, v in enumerate(volumes)}
    hatches = {f"h{i}": Hatch(f"h{i}", (f"r{i}", f"r{i + 1}"), "made up", 0.8, q, o)
               for i, (q, o) in enumerate(zip(stir, open_, strict=True))}
    return Cabin("row", "A row", "made up", rooms, {"r0": 1.0}, hatches,
                 scrubbers={"s": Scrubber("s", "s", "r0", 0.01, 0.8, "made up", capacity_kg=0.05)})


@st.composite
def cases(draw):
    n = draw(st.integers(2, 5))
    volumes = draw(st.lists(st.floats(2.0, 200.0), min_size=n, max_size=n))
    cabin = row_of(volumes, draw(st.lists(st.floats(0.0, 0.1), min_size=n - 1, max_size=n - 1)),
                   draw(st.lists(st.booleans(), min_size=n - 1, max_size=n - 1)))
    part = [draw(st.floats(0.3, 1.2)), *draw(st.lists(st.sampled_from([0.0, 0.3, 0.9, 1.0, 1.2]), min_size=n - 1,
                                                      max_size=n - 1))]                # other rooms may be empty
    kelvin = draw(st.lists(st.floats(260.0, 330.0), min_size=n, max_size=n))
    start = fresh(cabin)
    start = Air({r: kg * p for (r, kg), p in zip(start.mass_kg.items(), part, strict=True)},
                dict(zip(cabin.rooms, kelvin, strict=True)))
    stretch = Stretch(draw(st.floats(1.0, 4_000.0)), {"r0": draw(st.floats(0.0, 1500.0))},
                      holes=(("r1", "space", draw(st.floats(0.0, 1e-4))),),
                      pumps=(("r0", "r1", draw(st.floats(0.0, 0.05))),), heat_w={"r0": draw(st.floats(0.0, 2000.0))})
    return cabin, start, stretch


@given(cases())
@settings(max_examples=25)
def test_mass_and_energy_are_kept_and_nothing_is_negative(case):
    cabin, start, stretch = case
    told = course(cabin, start, [stretch], stretch.duration_s / 3)
    into = sum(kg if n == "people and fires" else -kg for n, (kg, _) in told.books.items()
               if not n.startswith(("hatch", "pump r0 to r1")))
    heat = sum(j if n == "people and fires" else -j for n, (_, j) in told.books.items()
               if not n.startswith(("hatch", "pump r0 to r1")))
    scale_kg, scale_j = max(told.mass_kg[0].sum(), 1.0), max(told.energy_j[0], 1e5)
    assert np.abs(told.mass_kg[-1].sum(axis=0) - told.mass_kg[0].sum(axis=0) - into).max() < 1e-9 * scale_kg
    assert abs(told.energy_j[-1] - told.energy_j[0] - heat) < 1e-9 * scale_j
    assert told.mass_kg.min() > -1e-12 * scale_kg and np.isfinite(told.temperature_k).all()


def test_open_rooms_end_mixed_and_at_one_pressure():
    cabin = row_of([10.0, 50.0, 90.0], [0.05, 0.05], [True, True])
    cabin = replace(cabin, scrubbers={})
    start = fresh(cabin)
    start = Air({**start.mass_kg, "r0": 0.2 * start.mass_kg["r0"]}, start.temperature_k)
    told = course(cabin, start, [Stretch(200_000.0)])
    assert np.ptp(told.pressure_pa[-1]) < 0.01                              # a hundredth of a pascal
    assert np.ptp(told.partial_pa[-1, :, O2]) < 0.05


def test_mixing_as_an_independent_integrator_has_it():
    cabin = replace(row_of([30.0, 70.0], [0.06], [True]), scrubbers={})
    told = course(cabin, fresh(cabin), [Stretch(7200.0, {"r0": 500.0})], 600.0)
    give = breath_kg_s(500.0)[CO2]

    def rate(t, y):                        # equal flows both ways; the small net flow is left out
        flow = 0.06 * (y[0] / 30.0 - y[1] / 70.0)
        return [give - flow, flow]

    true = solve_ivp(rate, (0.0, 7200.0), told.mass_kg[0, :, CO2], t_eval=told.t_s, rtol=1e-10, atol=1e-14).y.T
    assert told.mass_kg[:, :, CO2] == pytest.approx(true, rel=4e-3)     # that flow: breath, and air that warms


def test_a_cartridge_takes_what_it_can_hold_and_no_more():
    cabin = row_of([20.0, 20.0], [0.05], [True])
    told = course(cabin, fresh(cabin), [Stretch(3600.0, {"r0": 300.0})] * 12)
    assert told.used_kg["s"] == pytest.approx(0.05, rel=3e-4)                # the error of a step
    assert told.partial_pa[-1, 0, CO2] > told.partial_pa[0, 0, CO2]


def test_shut_rooms_do_not_know_each_other():
    cabin = replace(row_of([20.0, 20.0], [0.05], [True]), scrubbers={})
    told = course(cabin, fresh(cabin), [Stretch(3600.0, {"r0": 300.0}, frozenset({"h0"}))])
    assert told.mass_kg[-1, 1] == pytest.approx(told.mass_kg[0, 1], abs=1e-15)


def test_people_do_not_breathe_more_than_there_is():
    cabin = replace(row_of([2.0, 2.0], [0.0], [False]), scrubbers={})
    told = course(cabin, fresh(cabin), [Stretch(100_000.0, {"r0": 1500.0})])
    assert abs(told.mass_kg[-1, 0, O2]) < 1e-3 and told.mass_kg.min() > -1e-12


def test_day_mean_is_a_mean_of_at_most_a_day():
    t = np.arange(0.0, 3 * 86_400.0, 600.0)
    assert day_mean(t, np.full(len(t), 3.0)) == pytest.approx(3.0)
    ramp = day_mean(t, t)
    assert ramp[-1] == pytest.approx(t[-1] - 43_200.0)
    assert len(SPECIES) == 8


def test_candles_give_their_oxygen_and_heat_and_the_time_is_kept():
    """By hand: six candles of 0.84 kg and 1.2 MJ."""
    cabin = replace(row_of([500.0, 20.0], [0.05], [True]), scrubbers={},
                    candles={"vika": Candle("vika", "Vika", 0.84, 900.0, 1.2e6, "made up")})
    stretches = with_candles(cabin, Stretch(86_400.0), 6)
    assert sum(s.duration_s for s in stretches) == pytest.approx(86_400.0)
    told = course(cabin, fresh(cabin), stretches)
    kg, joule = told.books["people and fires"]
    assert kg[O2] == pytest.approx(6 * 0.84, rel=1e-12) and kg.sum() == pytest.approx(kg[O2])
    assert told.mass_kg[-1, :, O2].sum() - told.mass_kg[0, :, O2].sum() == pytest.approx(6 * 0.84, rel=1e-9)
    assert joule > 6 * 1.2e6                                                 # and what the oxygen itself holds


def test_traces_reach_the_level_at_which_filters_take_what_is_given():
    """Steady: given = concentration times volume flow times efficiency."""
    cabin = replace(row_of([50.0, 30.0], [0.5], [True]), traces={"co": TraceLoad("co", "co", 2e-10, 1e-9, "made up")},
                    scrubbers={"f": Scrubber("f", "f", "r0", 0.05, 0.8, "made up", gas="co")})
    told = course(cabin, fresh(cabin), [Stretch(10 * 86_400.0, {"r0": 2 * 136.8})], 86_400.0)
    given, taken = told.books["people and fires"][0][CO], told.books["f"][0][CO]
    assert given == pytest.approx(864_000.0 * (2 * 2e-10 + 1e-9), rel=1e-9)
    assert given - taken == pytest.approx(told.mass_kg[-1, :, CO].sum(), rel=1e-6)
    assert told.mass_kg[-1, 0, CO] / 50.0 == pytest.approx(1.4e-9 / (0.05 * 0.8), rel=2e-3)


def test_a_filter_takes_smoke_by_its_flow():
    """One room: what is left falls as exp(-flow efficiency t / volume)."""
    cabin = replace(row_of([36.0, 1.0], [0.0], [False]),
                    scrubbers={"f": Scrubber("f", "f", "r0", 0.01, 1.0, "made up", gas="soot")})
    start = fresh(cabin)
    kg = start.mass_kg["r0"].copy()
    kg[SOOT] = 1e-3
    told = course(cabin, Air({**start.mass_kg, "r0": kg}, start.temperature_k), [Stretch(3600.0)], 600.0)
    assert told.mass_kg[:, 0, SOOT] == pytest.approx(1e-3 * np.exp(-told.t_s / 3600.0), rel=2e-3)


def test_names_of_gases_in_files_are_those_of_the_arrays():
    assert GASES == SPECIES
