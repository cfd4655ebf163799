"""What a suited person uses up: published values."""

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.model.outfit import LifeSupport, Suit
from fakel.physics import decompression, suit
from fakel.plan import suits
from fakel.plan.endurance import course, stores
from fakel.plan.eva import Placed, Task


def test_a_crew_day_of_11_82_mj_takes_835_g_of_oxygen_and_gives_998_g_of_carbon_dioxide():
    # NASA BVAD 2004: 136.8 W, 0.835 kg, 0.998 kg in a day.
    watts, day_s = 11.82e6 / 86_400, 86_400
    assert watts == pytest.approx(136.8, abs=0.05)
    assert suit.oxygen_rate_kg_s(watts) * day_s == pytest.approx(0.835, rel=1e-9)
    assert suit.co2_rate_kg_s(watts) * day_s == pytest.approx(0.998, rel=1e-9)


def test_oxygen_gives_as_much_heat_as_calorimetry_says():
    # 1 kg of oxygen burns food for 13.6 (fat) to 15.1 MJ (sugar): 19.6 to 21.1 kJ per litre at 1.43 g per litre.
    per_kg = 1.0 / suit.oxygen_rate_kg_s(1.0)
    assert 19.6e3 / 1.429e-3 < per_kg < 21.1e3 / 1.429e-3


def test_the_design_rate_of_orlan_makes_a_kilogram_last_ten_and_a_half_hours():
    # facts/eva, section 1: 372 W take 0.0946 kg/h, so 1.0 kg lasts 10.6 h (the sheet of Orlan-M says 9 h of work).
    per_hour = suit.oxygen_rate_kg_s(372.0) * 3600
    assert per_hour == pytest.approx(0.0946, abs=5e-5)
    assert 1.0 / per_hour == pytest.approx(10.6, abs=0.05)


def test_the_absorber_of_the_emu_is_full_after_5_9_hours_at_372_w_and_9_5_at_233_w():
    # facts/eva, section 1: 0.671 kg of carbon dioxide.
    for watts, hours in ((372.0, 5.9), (233.0, 9.5)):
        assert 0.671 / (suit.co2_rate_kg_s(watts) * 3600) == pytest.approx(hours, abs=0.06)


@pytest.mark.parametrize(("start_psia", "minutes", "suit_psia", "ratio", "published_to"), [
    (5.57, 0, 4.3, 1.29, 0.01), (5.57, 22, 4.3, 1.25, 0.01), (5.44, 0, 4.3, 1.26, 0.01), (5.44, 22, 4.3, 1.22, 0.01),
    (5.44, 30, 4.3, 1.19, 0.01), (11.613, 41, 5.8, 1.85, 0.005), (11.613, 30, 5.8, 1.89, 0.005)])
def test_tissue_ratios_of_nasas_evidence_report(start_psia, minutes, suit_psia, ratio, published_to):
    psi = 6_894.757
    ours = decompression.tissue_ratio(60.0 * minutes, suit_psia * psi, start_psia * psi)
    assert abs(ours - ratio) <= published_to


def emu():
    return Library().find(Suit, "emu", "test")


def rest(minutes, watts=200.0):
    task = Task("rest", "Rest", ("ann",), "pirs", minutes * 60.0, watts)
    return (Placed(task, 0.0, task.duration_s, True),)


def test_use_is_the_rate_times_the_time_with_depressurisation_and_the_suits_leak():
    found = suits.use(rest(60), "ann", emu(), 100.0, 600.0, 900.0, 60.0)
    by_hand = (200.0 * 3600 + 100.0 * 1500) / suit.METABOLIC_J_PER_KG_O2 + emu().leak_kg_s * 5100
    assert found.oxygen_kg[-1] == pytest.approx(by_hand, rel=1e-9)
    assert (found.t_s[0], found.t_s[-1]) == (-600.0, 3600.0 + 900.0)
    assert np.all(np.diff(found.oxygen_kg) > 0)


def test_a_leak_begins_when_it_begins():
    calm = suits.use(rest(60), "ann", emu(), 100.0, 600.0, 900.0, 60.0)
    leaking = suits.use(rest(60), "ann", emu(), 100.0, 600.0, 900.0, 60.0, (suits.Leak("ann", 1800.0, 1e-4),))
    lost = leaking.oxygen_kg - calm.oxygen_kg
    assert lost[leaking.t_s <= 1800.0].max() == pytest.approx(0.0, abs=1e-12)
    assert lost[-1] == pytest.approx(1e-4 * (4500.0 - 1800.0), rel=1e-9)


def lasting(name, store, watts=None, rate_kg_h=None):
    """Hours that a store of a shipped suit lasts, at an effort or at a rate that a source states."""
    one = Library().find(Suit, name, "test")
    found = next(s for s in stores(one, watts or 300.0) if s.name == store)
    return (found.lasts_s if rate_kg_h is None else float(suit.lasts_s(found.holds, rate_kg_h / 3600))) / 3600


@pytest.mark.parametrize(("store", "given", "hours"), [
    ("CO2 absorber", {"watts": 372.0}, 5.9), ("CO2 absorber", {"watts": 233.0}, 9.5),
    ("primary oxygen", {"rate_kg_h": 0.076}, 7.3), ("primary oxygen", {"watts": 372.0}, 5.5),
    ("cooling water", {"rate_kg_h": 0.57}, 8.0)])
def test_the_stores_of_the_emu_last_as_long_as_published_rates_say(store, given, hours):
    # facts/eva, section 1 and the issue: one decimal, so half of one is the tolerance.
    assert lasting("emu", store, **given) == pytest.approx(hours, abs=0.05)


def test_the_cooler_turns_0_57_kg_of_water_an_hour_into_the_heat_of_a_hard_working_suit():
    # BVAD 5.2.2's sublimator rate carries 396 W: 335 W of a person and the 61 W of the EMU's own battery.
    assert suit.feedwater_rate_kg_s(335.2 + 60.8) * 3600 == pytest.approx(0.57, abs=5e-4)


def test_the_battery_of_the_emu_holds_26_6_ampere_hours():
    # SAE 1999-01-1998: 7 h at 3.8 A above 16.0 V; facts/eva derives 26.6 Ah.
    one = emu()
    assert one.number("battery_s") / 3600 * one.life_support.electric_w / 16.0 == pytest.approx(26.6, abs=0.05)


def test_the_reserve_of_the_emu_lasts_half_an_hour_and_its_purge_keeps_the_helmet_clean():
    # NASA text: 30 min. At 372 W the flow leaves 8 mmHg of carbon dioxide (by hand: 0.0324 g/s in 0.65 g/s of oxygen).
    assert lasting("emu", "reserve oxygen, purging") == pytest.approx(0.5, abs=1e-6)
    left = suit.purged_co2_pa(372.0, emu().life_support.purge_kg_s, emu().pressure_pa)
    assert left == pytest.approx(1.1e3, abs=100.0)


def test_what_nobody_has_published_is_named_and_never_silent():
    orlan = Library().find(Suit, "orlan-mk", "test")
    assert {"leak_kg_s", "co2_capacity_kg", "battery_s"} <= set(orlan.assumed)
    assert not {"leak_kg_s", "co2_capacity_kg", "battery_s"} & set(emu().assumed)
    for one in (orlan, emu()):
        assert all(one.reason(name)[1] for name in LifeSupport.__slots__)
        assert all(confidence != "assumed" or "no public" in why or "EVA-23" in why or "2013-07-16" in why
                   for confidence, why in one.why.values())


def test_carbon_dioxide_that_nothing_takes_away_fills_the_helmet_within_a_minute():
    # By hand: 2 kPa in 50 L at 295 K are 1.79 g; 372 W give 0.0314 g/s, so 57 s.
    assert suit.co2_rise_s(372.0, 0.05, 2000.0) == pytest.approx(57.0, abs=1.0)


def test_a_suit_minute_by_minute_spends_the_primary_first_and_then_the_reserve():
    t_s = np.arange(0.0, 12 * 3600.0, 60.0)
    found = course(emu(), t_s, 372.0, 0.6)
    empty = int(np.argmax(found.oxygen_kg <= 0.0))
    assert t_s[empty] / 3600 == pytest.approx(5.5, abs=0.06)
    assert np.all(found.oxygen_reserve_kg[:empty] == emu().oxygen_reserve_kg)
    assert found.oxygen_reserve_kg[-1] < emu().oxygen_reserve_kg


def test_orlans_water_lasts_its_autonomy_at_its_design_mean():
    # 372 W (SAE 951591), 7 h, 3.6 kg (sheet of Orlan-M): what its assumed heat of sun and shadow is set by.
    orlan = Library().find(Suit, "orlan-mk", "test")
    water = next(s for s in stores(orlan, 372.0, 0.6) if s.name == "cooling water")
    assert water.lasts_s == pytest.approx(orlan.autonomy_s, rel=0.01) and water.confidence == "assumed"


def test_every_number_of_life_support_has_its_words():
    from fakel.reports.suits import LABELS, assumed_lines
    assert set(LABELS) == set(LifeSupport.__slots__)
    assert assumed_lines([emu()])[0].startswith("assumed (EMU): heat in sunlight, heat in shadow, gas in the helmet")
