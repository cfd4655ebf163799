"""A suit obeys its laws at any effort: nothing grows by itself, what is taken is what is gone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakel.load.library import Library
from fakel.model.margins import Troubles
from fakel.model.outfit import Suit
from fakel.physics import suit as physics
from fakel.plan.endurance import course, stores
from fakel.plan.margins import least_s, margins, steady

SUITS = [Library().find(Suit, name, "test") for name in ("orlan-mk", "emu")]
EFFORTS = st.lists(st.floats(80.0, 900.0), min_size=2, max_size=40)


def flown(suit, watts, lit):
    watts = np.array(watts)
    t_s = 600.0 * np.arange(len(watts))
    return course(suit, t_s, watts, np.resize(np.array(lit, dtype=float), len(watts)))


@given(st.sampled_from(SUITS), EFFORTS, st.lists(st.booleans(), min_size=1, max_size=5))
def test_stores_never_grow_and_carbon_dioxide_never_shrinks(suit, watts, lit):
    found = flown(suit, watts, lit)
    for name in ("oxygen_kg", "oxygen_reserve_kg", "water_kg", "battery_s"):
        values = getattr(found, name)
        assert np.all(np.diff(values) <= 1e-12) and np.all(values >= 0.0)
    assert np.all(np.diff(found.co2_kg) >= 0.0)


@given(st.sampled_from(SUITS), EFFORTS)
def test_the_mass_balance_closes(suit, watts):
    found = flown(suit, watts, [1, 0])
    gone = suit.oxygen_kg + suit.oxygen_reserve_kg - found.oxygen_kg - found.oxygen_reserve_kg
    breathed = found.co2_kg / physics.CO2_KG_PER_KG_O2
    leaked = suit.number("leak_kg_s") * found.t_s
    enough = gone < suit.oxygen_kg + suit.oxygen_reserve_kg
    assert gone[enough] == pytest.approx((breathed + leaked)[enough], abs=1e-12)
    heat_j = physics.used(found.t_s, found.cooler_w)
    used = suit.feedwater_kg - found.water_kg
    wet = found.water_kg > 0.0
    assert used[wet] * physics.WATER_J_PER_KG == pytest.approx(heat_j[wet], rel=1e-9)


@given(st.sampled_from(SUITS), st.floats(100.0, 500.0), st.floats(1.0, 200.0), st.floats(0.0, 1.0))
def test_more_effort_more_sun_and_a_leak_never_lengthen_anything(suit, watts, more, lit):
    calm = {s.name: s.lasts_s for s in stores(suit, watts, lit)}
    for other in (stores(suit, watts + more, lit), stores(suit, watts, 1.0), stores(suit, watts, lit, 1e-4)):
        assert all(s.lasts_s <= calm[s.name] * (1 + 1e-12) for s in other)


@given(st.floats(1.0, 600.0), st.floats(0.0, 1e-3), st.floats(0.0, 1e-3))
def test_a_greater_leak_never_lasts_longer(watts, a, b):
    breathed = physics.oxygen_rate_kg_s(watts)
    slow, fast = (float(physics.leak_lasts_s(1.5, breathed, leak, 6.5e-4)) for leak in sorted((a, b)))
    assert fast <= slow


@given(st.floats(100.0, 600.0), st.floats(1e-4, 2e-3), st.floats(2.5e4, 1e5))
def test_purged_carbon_dioxide_is_a_share_of_the_suits_pressure(watts, purge_kg_s, suit_pa):
    left = float(physics.purged_co2_pa(watts, purge_kg_s, suit_pa))
    assert 0.0 <= left <= suit_pa
    assert float(physics.purged_co2_pa(watts, 2.0 * purge_kg_s, suit_pa)) <= left


@settings(max_examples=30)
@given(st.sampled_from(SUITS), st.floats(0.0, 900.0), st.floats(0.0, 900.0), st.floats(120.0, 400.0))
def test_a_longer_way_or_a_longer_stay_never_adds_to_a_margin(suit, near_s, more_s, watts):
    near = steady({"ann": suit, "bob": suit}, 200.0, watts, {"ann": near_s, "bob": near_s}, 600.0)
    far = steady({"ann": suit, "bob": suit}, 200.0, watts, dict.fromkeys(("ann", "bob"), near_s + more_s), 600.0)
    for a, b in zip(margins(near, Troubles()), margins(far, Troubles()), strict=True):
        assert np.all(least_s(b)[0] <= least_s(a)[0] + 1e-6), a.case
        assert a.case in ("stuck", "item") or np.all(np.diff(least_s(a)[0]) <= 1e-6), a.case
