"""What a suited person uses up: published values."""

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.model.outfit import Suit
from fakel.physics import suit
from fakel.plan import suits
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
    ours = suit.tissue_ratio(60.0 * minutes, suit_psia * psi, start_psia * psi)
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
