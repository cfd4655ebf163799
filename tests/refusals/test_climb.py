"""Climbs that cannot be, and the one line that says so."""

from dataclasses import replace

import pytest

import climbs
from fakel.load.library import read_toml, shipped
from fakel.load.mission import mission_from
from fakel.model.errors import InputError, NoWindow
from fakel.phases import phasing, rendezvous
from fakel.plan.burns import Burn


def refused(kind, phase, plan, before=None):
    with pytest.raises(kind) as caught:
        climbs.flown(phase, before or climbs.situation(30.0), plan)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def mission_with(**changes):
    path = shipped().parent / "missions" / "sochi-torch.toml"
    table = read_toml(path)
    table["steps"]["raise"].update(changes)
    with pytest.raises(InputError) as caught:
        mission_from(table, path)
    return str(caught.value).split(".toml: ", 1)[1]


def test_a_port_that_the_station_does_not_have():
    assert mission_with(port="harmony-zenith") == (
        "[steps.raise] port = 'harmony-zenith' is not a port of International Space Station; write one of: pirs-nadir, "
        "poisk-zenith, rassvet-nadir, zvezda-aft")


def test_a_drill_that_names_no_burn():
    assert mission_with(miss="DV5") == (
        "[steps.raise] miss = 'DV5' is none of the phasing burns of Soyuz, four orbits; write one of: DV1, DV2, "
        "DV3, DV4")


@pytest.mark.parametrize(("drill", "said"), [
    ({"inhibit": "M1"}, "inhibit = 'M1' is none of the phasing burns of Soyuz, four orbits; write one of: DV1, DV2, "
                        "DV3, DV4"),
    ({"miss": "DV2", "short": "DV3"}, "miss and short are two drills; a step flies one, leave the other out"),
    ({"short": "DV3", "short_share": 1.5},
     "short_share = 1.5 is no share of a burn; write more than 0 and less than 1"),
])
def test_a_drill_that_cannot_be(drill, said):
    assert mission_with(**drill) == f"[steps.raise] {said}"


def test_a_short_burn_that_no_engine_makes():
    assert refused(InputError, phasing, climbs.phasing_plan(short="DV4", short_share=0.01)) == (
        "short_share = 0.01 leaves 0.06 m/s of DV4, less than the engine can burn (0.4 m/s); write a larger share or "
        "inhibit it")


def test_a_port_that_is_taken():
    before = replace(climbs.situation(30.0), joined={"guest": "rassvet-nadir"})
    assert refused(InputError, phasing, climbs.phasing_plan(), before) == (
        "phasing: port = 'rassvet-nadir' is taken by guest; write one of: pirs-nadir, poisk-zenith, zvezda-aft")


def test_a_ship_that_is_docked():
    before = replace(climbs.situation(30.0), joined={"courier": "zvezda-aft"})
    assert refused(InputError, phasing, climbs.phasing_plan(), before) == (
        "phasing: Courier is still docked at zvezda-aft; undock first")


def test_a_ship_that_is_still_on_the_ground():
    before = climbs.situation(30.0)
    grounded = replace(before, knowledge={"station": before.knowledge["station"]})
    for phase, plan in ((phasing, climbs.phasing_plan()), (rendezvous, climbs.rendezvous_plan())):
        assert refused(InputError, phase, plan, grounded).endswith(
            ": Courier is not in orbit; let an ascent come before, or give its state")


@pytest.mark.parametrize("phase_deg", [12.0, 60.0, 200.0])
def test_a_station_that_is_not_where_the_profile_wants_it(phase_deg):
    said = refused(NoWindow, phasing, climbs.phasing_plan(), climbs.situation(phase_deg))
    assert said.startswith(f"Soyuz, four orbits: the station is {phase_deg:.1f} deg ahead at 2015-03-01T06:08:49Z, ")
    assert said.endswith("the profile takes 20 to 42 deg; take another profile or launch on another day")


def test_a_phase_within_a_degree_of_the_window_is_taken():
    """Published phases are known to a degree."""
    assert phasing.fill(climbs.phasing_plan(), climbs.situation(42.8), climbs.world()).burns


def test_a_docking_wished_for_too_early():
    liftoff = climbs.situation(30.0).clocks["liftoff"]
    assert refused(NoWindow, phasing, climbs.phasing_plan(docking=liftoff + 7200.0)) == (
        "docking = 2015-03-01T08:00:00Z is too early: the autonomous sequence of Soyuz, four orbits would begin at "
        "2015-03-01T05:40:00Z, the ship is free at 2015-03-01T06:08:49Z; wish for a docking after 2015-03-01T08:30:49Z")


def test_a_docking_that_takes_more_than_the_ship_can_spend():
    poor = replace(climbs.SHIP, propellant_kg=500.0)
    said = refused(NoWindow, phasing, replace(climbs.phasing_plan(), ship=poor))
    assert "m/s with Soyuz, four orbits, the ship can spend " in said
    assert said.endswith("wish for another instant or take another profile")


def test_a_docking_that_no_burns_reach():
    liftoff = climbs.situation(42.0).clocks["liftoff"]
    said = refused(NoWindow, phasing, climbs.phasing_plan(docking=liftoff + 10_500.0), climbs.situation(42.0))
    assert said.endswith("wish for another instant or take another profile")


def test_a_rendezvous_that_would_end_before_it_begins():
    first, _ = climbs.climb(30.0)
    late = first.after.epoch + 1800.0
    said = refused(NoWindow, rendezvous, climbs.rendezvous_plan(docking=late), first.after)
    assert said.endswith("wish for a later docking")


@pytest.mark.parametrize("phase, plan", [(phasing, climbs.phasing_plan()), (rendezvous, climbs.rendezvous_plan())])
def test_blanks_do_not_fly(phase, plan):
    with pytest.raises(InputError, match=r": docking is still a blank; fill the plan first$"):
        phase.fly(climbs.situation(30.0), plan, climbs.world())


def test_a_burn_outside_its_leg():
    before = climbs.situation(30.0)
    early = Burn("DV1", before.epoch + -60.0, (0.0, 10.0, 0.0))
    docking = before.clocks["liftoff"] + 21_000.0
    assert refused(InputError, phasing, climbs.phasing_plan(docking=docking, burns=(early,))) == (
        "burn DV1 at 2015-03-01T06:07:49.040Z lasts 24.4 s and does not lie between 2015-03-01T06:08:49Z and "
        "2015-03-01T09:30:00Z; set another instant")


def test_burns_that_overlap():
    before = climbs.situation(30.0)
    burns = tuple(Burn(name, before.epoch + at_s, (0.0, 30.0, 0.0)) for name, at_s in (("DV1", 600.0), ("DV2", 640.0)))
    docking = before.clocks["liftoff"] + 21_000.0
    assert refused(InputError, phasing, climbs.phasing_plan(docking=docking, burns=burns)) == (
        "burn DV2 begins at 2015-03-01T06:19:29.040Z, before the burn ahead of it has ended; set it later")


def test_a_drill_on_a_burn_that_the_plan_does_not_hold():
    before = climbs.situation(30.0)
    plan = phasing.fill(climbs.phasing_plan(), before, climbs.world())
    with pytest.raises(InputError, match=r"^miss = 'M1' is not a burn of this plan; write one of: DV1, DV2, DV3, DV4$"):
        phasing.fly(before, replace(plan, miss="M1"), climbs.world())
