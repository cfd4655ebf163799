"""When it goes wrong: the water of EVA-23, and margins by hand."""

from dataclasses import replace

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.model.margins import CASES, Troubles
from fakel.model.outfit import Suit
from fakel.physics import suit as physics
from fakel.plan.margins import least_s, margins, party_of, steady, worst
from walks import flown, mission

EMU = Library().find(Suit, "emu", "test")
ORLAN = Library().find(Suit, "orlan-mk", "test")


def eva_23(call_min, water_l, hours_collected=None):
    """The board report's case: first report at 44 min; 5 min along the handrails alone; hatch 10 and air 15 min are
    ours. water_l in the helmet when it comes off."""
    party = steady({"parmitano": EMU, "cassidy": EMU}, 120.0, 233.0, {"parmitano": 300.0, "cassidy": 300.0}, 15 * 60.0)
    total_s = 60.0 * ((23.0 if hours_collected is None else hours_collected) + 5 + 10 + 15)
    given = Troubles(react_s=60.0 * call_min, water_m3_s=water_l / 1000 / total_s)
    found = margins(party, given, ("water",))
    first = next(m for m in found if m.person == "parmitano")
    i = int(np.argmin(np.abs(party.t_s - 44 * 60.0)))
    left_s, stores = least_s(first)
    return 44 + first.at_hatch_s["parmitano"][i] / 60, 44 + first.inside_s[i] / 60, left_s[i] / 60, stores[i]


def test_eva_23_called_23_minutes_after_the_first_report():
    # 44 + 23 + 5 = 72 min at the hatch, + 25 = 97 min on the airlock's air. 1.5 L over those 53 min pass a litre,
    # taken as the limit, after 35.3 min: 17.7 min too soon. 1 L reaches it just then: nothing in hand.
    hatch, air, margin, store = eva_23(23, 1.5)
    assert (hatch, air, store) == (pytest.approx(72.0), pytest.approx(97.0), "helmet")
    assert margin == pytest.approx(53 / 1.5 - 53, abs=1e-6)
    assert eva_23(23, 1.0)[2] == pytest.approx(0.0, abs=1e-6)


def test_eva_23_called_at_the_first_report_has_time_in_hand():
    # The same water called at once: at the hatch at 49, air at 74 min; 35.3 min last, 30 are needed.
    hatch, air, margin, store = eva_23(0, 1.5)
    assert (hatch, air, store) == (pytest.approx(49.0), pytest.approx(74.0), "helmet")
    assert margin == pytest.approx(53 / 1.5 - 30, abs=1e-6) and margin > 0.0


def test_a_leak_by_hand():
    # 2 kg/h of 0.552 + 1.17 kg with 250 W (0.0636 kg/h) and the suit's 0.005 kg/h: 49.9 min at the walk's first minute.
    party = steady({"ann": EMU, "bob": EMU}, 60.0, 233.0, {"ann": 0.0, "bob": 0.0}, 600.0)
    found = margins(party, Troubles(leak_kg_s=2.0 / 3600), ("leak",))[0]
    assert found.lasts_s["oxygen"][0] / 60 == pytest.approx(1.722 / 2.0686 * 60, abs=0.01)
    more = margins(party, Troubles(leak_kg_s=3.0 / 3600), ("leak",))[0]
    assert more.lasts_s["oxygen"][0] == 0.0            # more than the bottles can feed


def test_body_heat_by_hand():
    # Shadow, at the hatch: 250 + 60.8 - 50 W. The purge, 0.65 g/s of dry oxygen, takes 0.132 of its mass as vapour
    # (0.563 * 5628 Pa / (29600 - 5628 Pa)), which is 208 W: 316 kJ last 99 min.
    party = steady({"ann": EMU, "bob": EMU}, 10.0, 233.0, {"ann": 0.0, "bob": 0.0}, 600.0, lit_share=0.0)
    found = margins(party, None, ("cooling",))[0]
    dries = physics.purge_cooling_w(EMU.life_support.purge_kg_s, EMU.pressure_pa)
    assert dries == pytest.approx(207.0, abs=2.0)
    assert found.lasts_s["body heat"][0] == pytest.approx(316e3 / (250 + 60.8 - 50 - dries), rel=1e-9)


@pytest.fixture(scope="module")
def walk():
    leg = flown()
    suits = mission().suits
    when = {e.name: e.epoch for e in leg.events}
    return leg, party_of(leg.channels, {p: suits[p] for p in ("kotov", "ryazansky")}, when["hatch_open"],
                         when["hatch_closed"] - when["hatch_open"], when["repress_end"] - when["repress_start"])


def test_the_walk_with_the_torch_has_every_trouble_at_every_minute(walk):
    leg, party = walk
    table, curve = leg.studies["margins"], leg.studies["margin_curve"]
    assert set(table["case"]) == set(CASES) and set(table["person"]) == {"kotov", "ryazansky"}
    assert len(curve["minute"]) == 2 * len(party.t_s)
    for row in worst(party, margins(party)):
        i = list(zip(table["case"], table["person"], strict=True)).index((row.case, row.person))
        assert table["margin_min"][i] == pytest.approx(row.margin_s / 60)
        mine = [m for m, p in zip(curve[f"{row.case}_min"], curve["person"], strict=True) if p == row.person]
        assert min(mine) == pytest.approx(row.margin_s / 60)


def test_what_each_trouble_needs_is_longer_the_more_is_to_be_done(walk):
    _, party = walk
    found = {(m.case, m.person): m.inside_s for m in margins(party)}
    for person in ("kotov", "ryazansky"):
        assert np.all(found["abort", person] <= found["terminate", person])
        assert np.all(found["terminate", person] <= found["silence", person])
        assert np.all(found["abort", person] <= found["carried", person])


def test_a_slower_call_never_helps(walk):
    _, party = walk
    for case in ("terminate", "abort", "carried", "leak", "absorber", "fan", "cooling", "water"):
        quick, slow = (margins(party, Troubles(react_s=s), (case,))[0] for s in (60.0, 1200.0))
        assert np.all(least_s(slow)[0] < least_s(quick)[0])


def test_margins_with_one_person_know_no_carrying():
    party = steady({"ann": ORLAN}, 60.0, 233.0, {"ann": 60.0}, 600.0)
    assert "carried" not in {m.case for m in margins(party)}


def test_a_carried_person_needs_the_helpers_stores_too():
    near = steady({"ann": ORLAN, "bob": ORLAN}, 60.0, 233.0, {"ann": 300.0, "bob": 300.0}, 600.0)
    far = replace(near, walkers=(near.walkers[0], replace(near.walkers[1], away_s=0.0 * near.t_s)))
    close, apart = (margins(p, Troubles(), ("carried",))[0] for p in (near, far))
    assert "oxygen of the helper" in close.lasts_s
    # Side by side: call, double way, hatch, air; the other at the hatch comes 5 min first.
    assert close.inside_s[0] == pytest.approx(120 + 600 + 600 + 600)
    assert apart.inside_s[0] == pytest.approx(close.inside_s[0] + 300)
