"""What always holds of a climb, however the station lies."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import climbs
from fakel.guidance.mean import A, apart_m, drift, elements, kicked, state
from fakel.guidance.phasing import Transfer, split
from fakel.load.reader import Refs, read
from fakel.model.arrays import same
from fakel.model.flight import Estimate
from fakel.model.place import Port, Station
from fakel.model.plain import plan_as_data
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.phases import phasing, rendezvous
from fakel.physics.propagate import propagate
from fakel.plan.burns import Climb, plan_burns, thrusts
from fakel.plan.craft import state_y

phases = st.floats(20.0, 42.0)
orbits = st.tuples(st.floats(6.55e6, 6.85e6), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01), st.floats(0.3, 2.5),
                   st.floats(-3.0, 3.0), st.floats(-3.0, 3.0)).map(np.array)


@given(orbits)
def test_elements_and_states_undo_each_other(x):
    assert np.abs(apart_m(elements(state(x)), x)).max() < 1e-6        # m, on 7e6 m: round-off


@given(orbits, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_drifts_add_up(x, a_s, b_s):
    assert np.abs(apart_m(drift(drift(x, a_s), b_s), drift(x, a_s + b_s))).max() < 1e-5


@given(orbits, st.floats(-50.0, 50.0))
def test_a_push_along_track_changes_energy_by_its_work(x, dv_m_s):
    y = state(x)
    along = np.cross(np.cross(y[:3], y[3:]), y[:3])
    along = along / np.linalg.norm(along)
    work = y[3:] @ along * dv_m_s + dv_m_s**2 / 2
    before, after = -3.986004418e14 / (2 * x[A]), -3.986004418e14 / (2 * kicked(x, np.array([0.0, dv_m_s, 0.0]))[A])
    assert abs(after - before - work) < 1e-3                          # J/kg of 3e7: round-off


@settings(max_examples=15)
@given(st.floats(0.3, 0.8), st.floats(-4e-4, 4e-4), st.floats(-4e-4, 4e-4), st.floats(1.5e5, 2.5e5))
def test_impulses_meet_the_goal_and_cost_at_least_the_floor(phase, ex, ey, rise_m):
    start = np.array([6.586e6, 2e-3, 1e-3, 0.9, 1.0, 0.5])
    end = np.array([6.586e6 + rise_m, ex, ey, 0.9, 1.0, 0.5 + phase])
    t1_s = 20_000.0
    goal = drift(end, t1_s)
    goal[4] += drift(start, t1_s)[4] - goal[4]                        # one plane at the end
    middle = np.array([2300, 5100, 7800, 10500, 14800, 17200, 18800, 19900.0])
    found = split(Transfer(start, 0.0, goal, t1_s), middle - 600, middle + 600, np.ones(8), 0.4)
    assert found.miss_m < 10.0
    sizes = np.linalg.norm(found.dv_m_s, axis=1)
    assert np.all((sizes == 0) | (sizes >= 0.4))
    n = np.sqrt(3.986004418e14 / 6.786e6**3)
    assert found.total_m_s > n * rise_m / 2 - 1.0                     # n changes by 2 % between the heights


@settings(max_examples=8)
@given(phases)
def test_the_flight_is_the_plan(phase_deg):
    """Undispersed, the ship is where the planner's own pass through its burns ends, and that is the aim."""
    before, world = climbs.situation(round(phase_deg, 1)), climbs.world()
    plan = phasing.fill(climbs.phasing_plan(), before, world)
    first = phasing.fly(before, plan, world)
    second = climbs.flown(rendezvous, first.after, climbs.rendezvous_plan())
    ship, station = (state_y(first.after.knowledge[name].state) for name in (climbs.SHIP.id, "station"))
    climb = Climb(climbs.SHIP, climbs.STATION, climbs.profile("soyuz-four-orbit"), first.after.epoch, ship, station,
                  before.clocks["liftoff"], plan.docking)
    planned = plan_burns(climb, world)
    push = thrusts(planned.burns, float(ship[6]), climbs.VEHICLE, world)
    t0_s, t1_s = world.seconds(first.after.epoch), world.seconds(climb.aim)
    end = propagate(ship, t0_s, t1_s, 22.0, world.field, thrust=push).end
    assert np.array_equal(end[:3], second.after.craft[climbs.SHIP.id].position_m)
    assert planned.miss_m < 0.01
    assert abs(second.events[-1].facts["miss_m"]) < 0.01
    assert same(second.after.craft, {name: told.state for name, told in second.after.knowledge.items()})


@settings(max_examples=5)
@given(phases)
def test_the_rest_of_a_plan_solved_again_is_the_same_plan(phase_deg):
    """The cost has one term for each burn. 3 m/s: a flat optimum, and mean elements taken anew after four burns."""
    before, world = climbs.situation(round(phase_deg, 1)), climbs.world()
    plan = phasing.fill(climbs.phasing_plan(), before, world)
    ship, station = (state_y(before.knowledge[name].state) for name in (climbs.SHIP.id, "station"))
    whole = plan_burns(Climb(climbs.SHIP, climbs.STATION, plan.profile, before.epoch, ship, station,
                             before.clocks["liftoff"], plan.docking), world)
    first = phasing.fly(before, plan, world)
    rest = rendezvous.fill(climbs.rendezvous_plan(), first.after, world)
    assert abs(climbs.total_m_s(first) + sum(b.dv_m_s for b in rest.burns) - whole.total_m_s) < 0.2
    for burn in rest.burns:
        twin = next(b for b in whole.burns if b.name == burn.name)
        assert np.linalg.norm(np.subtract(burn.dv_rtn_m_s, twin.dv_rtn_m_s)) < 3.0


def test_a_burn_takes_what_the_rocket_equation_says():
    first, second = climbs.climb(30.0)
    facts = climbs.burnt(first, second)
    left_kg = climbs.SHIP.mass_kg * np.exp(-climbs.total_m_s(first, second) / climbs.EXHAUST_M_S)
    assert abs(second.after.craft[climbs.SHIP.id].mass_kg - left_kg) < 1e-6
    for burn in facts:
        assert abs(burn["duration_s"] * 2950.0 / climbs.EXHAUST_M_S - burn["propellant_kg"]) < 1e-6
    used = next(c for c in second.channels if c.name == "courier.propellant_kg").values[-1]
    assert abs(880.0 - used - sum(burn["propellant_kg"] for burn in facts)) < 1e-6


def test_a_station_further_ahead_is_waited_for_lower():
    """Lower is faster: the mean height after the second burn falls as the phase grows."""
    heights = [climbs.burnt(climbs.climb(phase)[0])[1]["mean_height_after_m"] for phase in (22.0, 30.0, 39.0)]
    assert all(a > b + 1000.0 for a, b in pairwise(heights))


def test_a_filled_plan_written_down_and_read_again_flies_the_same_bits():
    before, world = climbs.situation(30.0), climbs.world()
    plan = phasing.fill(climbs.phasing_plan(), before, world)
    refs = Refs({Ship: lambda *_: climbs.SHIP, Station: lambda *_: climbs.STATION, Port: lambda *_: climbs.PORT,
                 Profile: lambda name, _: climbs.profile(name)})
    again = read(phasing.Plan, plan_as_data(plan), "again:", refs)
    assert again.burns == plan.burns
    assert phasing.fill(again, before, world).burns == plan.burns
    assert same(phasing.fly(before, again, world).after, phasing.fly(before, plan, world).after)


def test_guidance_sees_only_what_is_known():
    """A ship 300 m from where it is believed to be flies the same burns, and misses."""
    before, world = climbs.situation(30.0), climbs.world()
    truth = before.craft[climbs.SHIP.id]
    moved = replace(truth, position_m=truth.position_m + np.array([300.0, 0.0, 0.0]))
    elsewhere = replace(before, craft={**before.craft, climbs.SHIP.id: moved})
    told = [phasing.fill(climbs.phasing_plan(), where, world) for where in (elsewhere, before)]
    assert (told[0].docking, told[0].burns) == (told[1].docking, told[1].burns)
    leg = climbs.flown(phasing, elsewhere, climbs.phasing_plan())
    apart_m_ = np.linalg.norm(leg.after.craft[climbs.SHIP.id].position_m
                              - leg.after.knowledge[climbs.SHIP.id].state.position_m)
    assert apart_m_ > 100.0


def test_docked_craft_move_with_the_station():
    before = climbs.situation(30.0)
    guest = replace(before.craft["station"], craft="guest", mass_kg=6800.0)
    with_guest = replace(before, craft={**before.craft, "guest": guest}, joined={"guest": "poisk-zenith"},
                         knowledge={**before.knowledge, "guest": Estimate(guest, np.eye(6))})
    after = climbs.flown(phasing, with_guest, climbs.phasing_plan()).after
    assert np.array_equal(after.craft["guest"].position_m, after.craft["station"].position_m)
    assert after.craft["guest"].mass_kg == 6800.0


def test_a_rendezvous_may_begin_a_mission():
    """Without clocks, contact is the profile's autonomous time after the beginning."""
    first, _ = climbs.climb(30.0)
    alone = replace(first.after, clocks={})
    leg = climbs.flown(rendezvous, alone, climbs.rendezvous_plan())
    assert leg.after.clocks["docking"] == alone.epoch + 140 * 60.0
    assert leg.events[-1].facts["miss_m"] < 0.01
