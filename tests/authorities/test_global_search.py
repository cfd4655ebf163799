"""The plan's delta-v beside an independent global search: another method, another formulation (second_search)."""

import numpy as np
import pytest

import climbs
from fakel.plan.burns import Climb, plan_burns
from fakel.plan.craft import cd_area_m2, state_y
from fakel.plan.docking_time import default_docking
from second_search import Search

EDGES = 20.5, 41.5                              # the window of the four-orbit profile is 20 to 42 deg
CASES = [("soyuz-two-orbit", 12.0), ("soyuz-two-orbit", 14.5), ("soyuz-two-orbit", 17.0),
         *[("soyuz-four-orbit", phase) for phase in (*EDGES, 22.0, 26.0, 30.0, 34.0, 40.0)]]


def climb_of(name: str, phase_deg: float) -> Climb:
    before, world, profile = climbs.situation(phase_deg), climbs.world(), climbs.profile(name)
    ship, station = (state_y(before.craft[craft]) for craft in (climbs.SHIP.id, "station"))
    liftoff = before.clocks["liftoff"]
    docking = default_docking(profile, liftoff, np.radians(phase_deg), station, before.epoch,
                              cd_area_m2(climbs.STATION), world)
    return Climb(climbs.SHIP, climbs.STATION, profile, before.epoch, ship, station, liftoff, docking)


@pytest.mark.campaign
@pytest.mark.parametrize(("name", "phase_deg"), CASES)
def test_no_search_finds_a_way_that_is_cheaper_by_half_a_percent(name, phase_deg):
    """0.5 %: what the issue asks. The search may push as often as it likes and loses nothing while a burn lasts, so it
    is cheaper than any plan by 0.02 to 0.04 % (gravity losses of burns of 40 to 90 s)."""
    climb, world = climb_of(name, phase_deg), climbs.world()
    plan = plan_burns(climb, world)
    found = Search(climb, world).best(1, 1, plan.total_m_s)
    assert found.arrived == 1
    assert -0.005 < plan.total_m_s / found.total_m_s - 1 < 0.005
    least = min(burn.dv_m_s for burn in plan.burns)
    assert least > climb.ship.vehicle.min_burn_m_s
