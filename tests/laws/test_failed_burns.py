"""A burn that is missed, inhibited or short, and what the profile says follows it."""

import pytest

import climbs
from fakel.load.folder import _situation, _situation_as_data
from fakel.phases import phasing, rendezvous

AGAIN = "the burns that are left are solved again"


def failures(leg):
    return [(e.name, e.facts) for e in leg.events if e.name in ("burn_missed", "burn_short", "burn_inhibited")]


@pytest.mark.parametrize(("burn", "share"), [("DV1", 0.3), ("DV2", 0.5), ("DV3", 0.5), ("DV4", 0.2)])
def test_a_short_burn_is_made_up_for_by_those_that_are_left(burn, share):
    """The aim is reached to a centimetre, far under what any radar sees, for 1 m/s more at most: the share between
    burns is nearly free."""
    whole, _ = climbs.climb(30.0)
    first = climbs.flown(phasing, climbs.situation(30.0), climbs.phasing_plan(short=burn, short_share=share))
    second = climbs.flown(rendezvous, first.after, climbs.rendezvous_plan())
    assert failures(first) == [("burn_short", {"burn": burn, "share": share, "follows": AGAIN})]
    made, planned = ({f["burn"]: f["dv_m_s"] for f in climbs.burnt(leg)} for leg in (first, whole))
    assert made[burn] == pytest.approx(share * planned[burn], rel=1e-9)
    assert (first.ending, second.ending) == ("done", "done")
    assert second.events[-1].facts["miss_m"] < 0.01
    assert abs(climbs.total_m_s(first, second) - climbs.total_m_s(*climbs.climb(30.0))) < 1.0


def test_an_inhibited_burn_ends_the_leg_before_it_begins():
    before = climbs.situation(30.0)
    plan = phasing.fill(climbs.phasing_plan(inhibit="DV3"), before, climbs.world())
    leg = phasing.fly(before, plan, climbs.world())
    assert leg.ending == "missed_burn"
    assert leg.after.epoch == next(b.ignition for b in plan.burns if b.name == "DV3")
    assert failures(leg) == [("burn_inhibited", {"burn": "DV3", "follows": "soyuz-two-day-fallback"})]
    assert _situation(_situation_as_data(leg.after)).fallback == leg.after.fallback != None  # noqa: E711


@pytest.mark.parametrize(("burn", "slots"), [("DV3", {"F1", "F2"}), ("DV4", set())])
def test_a_fallback_enters_by_its_own_slots(burn, slots):
    """Those that the profile of four orbits names for the burn, not those that the way of two days has of its own."""
    first = climbs.flown(phasing, climbs.situation(30.0), climbs.phasing_plan(inhibit=burn))
    plan = phasing.fill(climbs.phasing_plan("soyuz-two-day-fallback"), first.after, climbs.world())
    assert {slot.name for slot in plan.profile.burns if slot.from_ == "miss"} == slots
    assert "DV1" in [b.name for b in plan.burns]


@pytest.mark.parametrize("drill", [{"miss": "M1"}, {"inhibit": "M2"}, {"short": "M3"}])
def test_what_the_ship_plans_itself_it_tries_again(drill):
    first, _ = climbs.climb(30.0)
    leg = climbs.flown(rendezvous, first.after, climbs.rendezvous_plan(**drill))
    (_, facts), burn = failures(leg)[0], next(iter(drill.values()))
    assert leg.ending == "done" and facts["follows"] == AGAIN
    assert leg.events[-1].name == "aim_point" and leg.events[-1].facts["miss_m"] < 0.01
    names = [f["burn"] for f in climbs.burnt(leg)]
    assert names.count(burn) == (2 if "short" in drill else 1)


@pytest.mark.parametrize("failure", ["miss", "inhibit", "short"])
def test_nothing_makes_up_for_the_braking_burn(failure):
    first, _ = climbs.climb(30.0)
    leg = climbs.flown(rendezvous, first.after, climbs.rendezvous_plan(**{failure: "brake"}))
    assert leg.ending == "missed_burn" and "docking" not in leg.after.clocks
    assert "leaves 0 burns" in failures(leg)[0][1]["why"]


def test_a_way_of_two_days_keeps_the_burns_that_steer_it_and_they_may_fail():
    """The autonomous burns are nothing without errors, but have to be there for what errors leave. Whichever fails
    within the radar's reach, three sigma of one fix and the burn leave the ellipsoid free."""
    first = climbs.flown(phasing, climbs.situation(30.0), climbs.phasing_plan(inhibit="DV3"))
    second = climbs.flown(phasing, first.after, climbs.phasing_plan("soyuz-two-day-fallback"))
    third = climbs.flown(rendezvous, second.after, climbs.rendezvous_plan("soyuz-two-day-fallback"))
    table = third.studies["radar_drift"]
    assert len(climbs.burnt(third)) >= 3 and climbs.total_m_s(third) < 0.01
    assert table["burn"][0] == "M1" and table["range_m"][0] > 20e3
    assert 0.0 < min(table["worst_ellipsoid_m"]) < min(table["ellipsoid_margin_m"])
