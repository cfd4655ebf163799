"""The climb to the station against what is published and what a book says."""

import time
from dataclasses import replace

import numpy as np
import pytest

import climbs
from fakel.load.library import shipped
from fakel.load.mission import load_mission
from fakel.model.epoch import Epoch
from fakel.phases import phasing, rendezvous
from fakel.physics.propagate import coast
from fakel.plan.craft import cd_area_m2, state_y
from fakel.plan.docking_time import default_docking, phase_rad
from fakel.plan.start import first_situation, mission_window
from fakel.world import build_world


def test_a_transfer_between_the_mean_heights_is_the_floor_of_delta_v():
    """Half the mean motion times the difference of semi-major axes, to the aim 1.5 km below the station.

    Least possible for a slow climb (Edelbaum 1961, coplanar). 4 m/s above it: the flown plan also meets the shape of
    the orbit and the aim's own drift of 2 m/s.
    """
    first, second = climbs.climb(30.0)
    low_m = 6_378_137.0 + climbs.burnt(first)[0]["mean_height_before_m"]
    high_m = 6_378_137.0 + climbs.STATION_HEIGHT_M - 1500.0
    n = np.sqrt(3.986004418e14 / ((low_m + high_m) / 2) ** 3)
    floor_m_s = n * (high_m - low_m) / 2
    assert floor_m_s - 1.0 < climbs.total_m_s(first, second) < floor_m_s + 4.0


@pytest.mark.parametrize("name, width_deg", [("soyuz-four-orbit", 22), ("soyuz-two-orbit", 6)])
def test_phase_windows_have_their_published_widths(name, width_deg):
    profile = climbs.profile(name)
    assert np.isclose(np.degrees(profile.phase_max_rad - profile.phase_min_rad), width_deg)


@pytest.mark.parametrize("phase_deg, day", [(22.0, "2013-03-28"), (30.5, "2014-05-28"), (39.0, "2013-11-07"),
                                            (22.0, "2018-12-03"), (26.0, "2015-07-22"), (35.0, "2019-03-14")])
def test_every_flown_phase_has_a_cheap_climb_in_any_year(phase_deg, day):
    """Four-orbit flights were launched at 22 to 39 deg. 125 m/s: n da/2 is 121 m/s to the station itself, to the aim a
    plan that also meets the orbit's shape takes at most 4 m/s more."""
    before = climbs.situation(phase_deg, day)
    begin_s = time.process_time()
    plan = phasing.fill(climbs.phasing_plan(), before, climbs.world(day))
    assert time.process_time() - begin_s < 2.0
    first = phasing.fly(before, plan, climbs.world(day))
    second = climbs.flown(rendezvous, first.after, climbs.rendezvous_plan(), day)
    assert climbs.total_m_s(first, second) < 125.0
    assert second.events[-1].facts["miss_m"] < 0.01          # a centimetre: far under what any radar sees


@pytest.mark.parametrize("phase_deg", [13.0, 14.5, 16.0])
def test_two_orbit_flights_dock_within_three_and_a_half_hours(phase_deg):
    """Flown: 3 h 21 min, within 15 min; phases of 14 to 15 deg."""
    before = climbs.situation(phase_deg)
    first, second = climbs.climb(phase_deg, name="soyuz-two-orbit")
    after_min = (first.after.clocks["docking"] - before.clocks["liftoff"]) / 60
    assert 201 - 15 <= after_min <= 201 + 15
    assert climbs.total_m_s(first, second) < 140.0


CASES = [(missed, phase_deg, day, height_m) for missed in ("DV1", "DV2", "DV3", "DV4")
         for phase_deg, day, height_m in ((30.0, climbs.DAY, 417e3), (22.0, climbs.DAY, 417e3),
                                          (39.0, climbs.DAY, 417e3), (22.0, "2018-12-03", 405e3),
                                          (35.0, "2018-12-03", 405e3),
                                          (26.0, "2014-03-25", 414e3))]


@pytest.mark.parametrize(("missed", "phase_deg", "day", "height_m"), [
    pytest.param(*case, marks=[] if case[1] == 30.0 else pytest.mark.campaign) for case in CASES])
def test_a_missed_burn_falls_back_to_two_days(missed, phase_deg, day, height_m):
    """Soyuz TMA-12M lost its third burn on 2014-03-25 and docked two days late; two-day flights take 49.8 +- 0.7 h.

    And then the ship stays out of the approach ellipsoid (level 1) for a day, whatever burn is missed next.
    """
    before, world = climbs.situation(phase_deg, day, height_m), climbs.world(day)
    four = climbs.profile("soyuz-four-orbit")
    fallback = four.after(missed)
    two = climbs.profile(fallback.profile).fallen_back_to(fallback)
    first = phasing.fly(before, phasing.fill(climbs.phasing_plan(miss=missed), before, world), world)
    assert first.ending == "missed_burn"
    assert (first.events[-1].name, first.events[-1].facts) == (
        "burn_missed", {"burn": missed, "follows": "soyuz-two-day-fallback"})
    assert missed not in [facts["burn"] for facts in climbs.burnt(first)]
    assert "docking" not in first.after.clocks
    second = climbs.flown(phasing, first.after, replace(climbs.phasing_plan(), profile=two), day)
    third = climbs.flown(rendezvous, second.after, replace(climbs.rendezvous_plan(), profile=two), day)
    docked_h = (third.after.clocks["docking"] - before.clocks["liftoff"]) / 3600
    assert abs(docked_h - 49.8) < 0.7
    assert (second.ending, third.ending) == ("done", "done")
    assert climbs.total_m_s(first, second, third) < 140.0
    for leg in (second, third):
        assert min(leg.studies["free_drift"]["ellipsoid_level"]) > 1.0


@pytest.mark.parametrize("wish_min", [280, 339, 347, 361, 374])
def test_the_docking_instant_is_not_set_by_delta_v(wish_min):
    """Any arrival of a four-orbit flight costs the same within 0.2 m/s, as studies of the flown cases found; 1 m/s is
    allowed because early wishes leave out a burn."""
    before = climbs.situation(30.0)
    wish = before.clocks["liftoff"] + wish_min * 60.0
    first = climbs.flown(phasing, before, climbs.phasing_plan(docking=wish))
    second = climbs.flown(rendezvous, first.after, climbs.rendezvous_plan())
    assert second.after.clocks["docking"] == wish
    assert second.after.epoch == wish + -34 * 60.0
    assert abs(climbs.total_m_s(first, second) - climbs.total_m_s(*climbs.climb(30.0))) < 1.0


def test_the_torch_flight_is_expected_near_its_flown_docking():
    """Contact at 10:27:52 on 2013-11-07. The rule fits 13 flights with 3.5 min rms; three of those are allowed."""
    mission = load_mission(shipped().parent / "missions" / "sochi-torch.toml")
    window = mission_window(mission)
    world = build_world(window.start, window.stop)
    start = first_situation(mission, world)
    liftoff = Epoch.utc("2013-11-07T04:14:15.290Z")
    target = climbs.LAUNCHER.target
    at = liftoff + target.met_s
    position, velocity = world.to_gcrf(world.seconds(at), target.position_itrf_m, target.velocity_itrf_m_s)
    station = coast(state_y(start.craft["station"]), world.seconds(start.epoch), world.seconds(at),
                    cd_area_m2(mission.station), world.field)
    profile = climbs.profile("soyuz-four-orbit")
    phase = phase_rad(np.r_[position[0], velocity[0]], station, profile)
    assert abs(np.degrees(phase) - 38.6) < 0.2               # from the element set with SGP4, given to 0.1 deg
    docking = default_docking(profile, liftoff, phase, station, at, cd_area_m2(mission.station), world)
    assert abs(docking - Epoch.utc("2013-11-07T10:27:52Z")) < 3 * 3.5 * 60


def test_without_burns_the_ship_stays_out_of_the_approach_ellipsoid_for_a_day():
    """The station's zone is 4 x 2 x 2 km; whichever burn is missed or half done on the way, free drift does not
    enter it, nor with three sigma of assumed errors."""
    for leg in climbs.climb(30.0):
        assert min(leg.studies["free_drift"]["ellipsoid_margin_m"]) > 0.0


def test_small_corrections_are_left_to_the_thrusters():
    """An engine whose smallest burn is 25 m/s: what is smaller and cannot be dropped is not its own."""
    ship = replace(climbs.SHIP, vehicle=replace(climbs.VEHICLE, min_burn_m_s=25.0))
    first, _ = climbs.climb(30.0)
    facts = climbs.burnt(climbs.flown(rendezvous, first.after, replace(climbs.rendezvous_plan(), ship=ship)))
    assert len(facts) == 3                                   # one of four could be dropped
    assert {f["engine"] == climbs.VEHICLE.thrusters.name for f in facts if f["dv_m_s"] < 25.0} == {True}
    assert {f["engine"] == climbs.VEHICLE.main_engine.name for f in facts if f["dv_m_s"] >= 25.0} <= {True}
