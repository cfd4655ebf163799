"""What must hold on the last kilometres, whichever port and whatever was known."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import near_station as near
from fakel.guidance.corridor import Corridor, corridor_to, outside_corridor_in_sphere
from fakel.guidance.proximity import FINAL, FINAL_S, HOLD_M, HOPS, SHORTEST_S
from fakel.model.arrays import same
from fakel.model.handover import Handover
from fakel.model.place import Port
from fakel.physics.frames import from_relative_rtn, relative_rtn, rtn_from_gcrf
from fakel.physics.propagate import G0_M_S2, coast
from fakel.physics.relative import transition, velocity_to_reach

RATES = st.floats(5e-4, 1.3e-3)
PLACES = st.tuples(*[st.floats(-3000.0, 3000.0)] * 3).map(np.array)
ALL = pytest.mark.parametrize("port", list(near.PORTS))


@given(RATES, st.floats(-3000.0, 3000.0), st.floats(-3000.0, 3000.0))
def test_drifting_twice_is_drifting_once(rate_rad_s, first_s, second_s):
    twice = transition(rate_rad_s, second_s) @ transition(rate_rad_s, first_s)
    assert np.allclose(twice, transition(rate_rad_s, first_s + second_s), rtol=0.0, atol=1e-8)   # entries up to 2e4


@given(RATES, PLACES, PLACES, st.floats(60.0, 1800.0))
def test_the_velocity_to_reach_a_place_reaches_it(rate_rad_s, start_m, goal_m, span_s):
    velocity = velocity_to_reach(rate_rad_s, start_m, goal_m, span_s)
    there = transition(rate_rad_s, span_s) @ np.r_[start_m, velocity]
    assert np.abs(there[:3] - goal_m).max() < 1e-6                       # round-off of km through a 3 x 3 solve


@settings(max_examples=20, deadline=None)
@given(st.floats(-1000.0, 1000.0), st.floats(-1000.0, 1000.0), st.floats(-500.0, 500.0))
def test_linear_drift_agrees_with_the_full_model_for_ten_minutes(radial_m, along_m, normal_m):
    # The module promises about 1e-3 of the range; twice that covers the corners of this box and the velocity's part.
    world, before = near.world(), near.situation()
    station = np.r_[before.craft["station"].position_m, before.craft["station"].velocity_m_s, near.STATION.mass_kg]
    start = np.array([radial_m, along_m, normal_m, 0.3, 0.5, -0.2])
    ship = np.r_[from_relative_rtn(start, station), near.STATION.mass_kg]
    later = [coast(y, 0.0, 600.0, 3080.0, world.field) for y in (ship, station)]
    rate = np.linalg.norm(np.cross(station[:3], station[3:6])) / (station[:3] @ station[:3])
    miss_m = relative_rtn(*later)[:3] - (transition(rate, 600.0) @ start)[:3]
    assert np.linalg.norm(miss_m) < 2e-3 * (np.linalg.norm(start[:3]) + 600.0 * np.linalg.norm(start[3:]))


@ALL
def test_contact_is_when_where_and_as_fast_as_planned(port):
    leg = near.visit(port)
    contact = next(e for e in leg.events if e.name == "docking_contact")
    assert leg.ending == "done"
    assert abs(contact.epoch - (near.START + near.PROFILE.aim_before_docking_s)) < 1e-3   # aimed at within 1e-5 m
    assert leg.after.clocks["docking"] == contact.epoch
    assert abs(contact.facts["closing_rate_m_s"] - near.VEHICLE.docking.closing_rate_m_s) < 1e-4   # CW over 15 s
    assert contact.facts["lateral_m"] < 1e-4


@ALL
def test_undisturbed_the_plan_is_the_flight(port):
    studies = near.visit(port).studies
    for axis in ("radial", "along_track", "normal"):
        assert studies["pulses"][f"planned_dv_{axis}_m_s"] == studies["pulses"][f"dv_{axis}_m_s"]
    rows = [[column[i] for name, column in studies["contact"].items() if name != "case"] for i in range(2)]
    assert rows[0] == rows[1]


@ALL
def test_the_impulses_of_the_table_fly_to_the_port_by_coasting_alone(port):
    leg, world = near.visit(port), near.world()
    ship, station = leg.arcs
    y, s = (np.r_[arc.position_m[0], arc.velocity_m_s[0], arc.mass_kg[0]] for arc in (ship, station))
    table, t_s = leg.studies["pulses"], 0.0
    starts = [near.Epoch.utc(u) - near.START for u in table["utc"]]
    for i, at_s in enumerate([*starts, near.PROFILE.aim_before_docking_s]):
        y = coast(y, t_s, at_s, near.VEHICLE.drag_area_m2 * near.VEHICLE.drag_coefficient, world.field)
        s = coast(s, t_s, at_s, near.STATION.drag_area_m2 * near.STATION.drag_coefficient, world.field)
        t_s = at_s
        if i < len(starts):
            dv = np.array([table[f"dv_{axis}_m_s"][i] for axis in ("radial", "along_track", "normal")])
            y[3:6] += rtn_from_gcrf(s[:3], s[3:6]).T @ dv
            y[6] = table["mass_kg"][i]
    x, ay, z = near.PORTS[port].position_lvlh_m + near.VEHICLE.docking.probe_ahead_m * near.PORTS[port].axis_lvlh
    # Impulse times are written to the millisecond: 0.5 ms at 2 m/s.
    assert np.abs(relative_rtn(y, s)[:3] - [-z, x, -ay]).max() < 2e-3


@ALL
def test_hops_pass_the_keep_out_sphere_if_nothing_more_is_burnt(port):
    drift = near.visit(port).studies["free_drift"]
    assert set(drift["burn"]) == set(HOPS)
    assert min(drift["least_range_m"]) > 250.0           # searched for 300 m in the linear equations over 3 h


@pytest.mark.parametrize("port", ["nadir", "zenith"])
def test_below_and_above_even_the_flyaround_passes_the_keep_out_sphere(port):
    drift = near.visit(port).studies["near_drift"]
    whole = [r for case, r in zip(drift["case"], drift["least_range_m"], strict=True) if case != "half"]
    assert min(whole) > 200.0


@ALL
def test_mass_follows_the_rocket_equation(port):
    leg = near.visit(port)
    total = sum(leg.studies["pulses"]["dv_m_s"])
    left_kg = 6900.0 * math.exp(-total / (near.VEHICLE.thrusters.isp_s * G0_M_S2))
    assert leg.arcs[0].mass_kg[-1] == pytest.approx(left_kg, rel=1e-12)
    channel = next(c for c in leg.channels if c.name == f"{near.SHIP}.propellant_kg")
    assert channel.values[-1] == pytest.approx(880.0 - (7220.0 - left_kg), abs=1e-9)


@ALL
def test_the_last_metres_are_straight_along_the_axis_and_ever_slower(port):
    leg = near.visit(port)
    told = {c.name: c for c in leg.channels}
    off, away = told["docking.off_axis_m"].values, told["docking.to_port_m"].values
    last = told["docking.to_port_m"].t_s >= near.PROFILE.aim_before_docking_s - FINAL_S - 1e-6
    assert off[last].max() < 0.05                          # drift between impulses 15 s apart: 1.5 n^2 r t^2 / 4
    table = leg.studies["pulses"]
    brakes = [d for d, name in zip(table["dv_m_s"], table["leg"], strict=True) if name == FINAL]
    assert brakes[0] == max(brakes)                        # one push off, then braking
    assert np.all(np.diff(away[last]) <= 1e-9)


def test_a_docked_ship_is_where_the_station_is_and_both_keep_their_momentum():
    leg = near.visit("aft")
    ship, station = leg.after.craft[near.SHIP], leg.after.craft["station"]
    assert leg.after.joined == {near.SHIP: "zvezda-aft"}
    assert same(ship.position_m, station.position_m) and same(ship.velocity_m_s, station.velocity_m_s)
    assert ship.epoch == leg.after.epoch == leg.arcs[1].stop
    arc, i = leg.arcs[1], int(np.argmin(np.abs(leg.arcs[1].t_s - near.PROFILE.aim_before_docking_s)))
    m, mass = leg.arcs[0].mass_kg[-1], near.STATION.mass_kg
    gained = np.linalg.norm(arc.velocity_m_s[i + 1] - arc.velocity_m_s[i])
    assert gained == pytest.approx(0.12 * m / (m + mass), rel=1e-3)      # closing rate 0.12 within 1e-4 m/s
    known = leg.after.knowledge["station"].state
    assert np.abs(known.position_m - station.position_m).max() < 1e-4     # the same coast in other steps


def test_station_keeping_takes_up_the_time_to_a_later_contact():
    leg = near.flown(near.situation(), near.plan(docking=near.START + SHORTEST_S + 600.0))
    at = {e.name: e.epoch - near.START for e in leg.events}
    assert at["docking_contact"] == pytest.approx(SHORTEST_S + 600.0, abs=1e-3)
    assert at["docking_contact"] - at["final_approach_start"] == pytest.approx(FINAL_S, abs=1e-3)
    assert at["final_approach_start"] - at["station_keeping_start"] == pytest.approx(630.0, abs=1e-3)


def test_a_blank_docking_is_the_clock_of_the_rendezvous():
    wished = near.START + 2100.0
    plan = near.docking.fill(near.plan(), near.situation(clocks={"docking": wished}), near.world())
    assert plan.docking == wished


@pytest.mark.parametrize(("rate", "why"), [(0.05, "closing rate 0.050 m/s is below 0.100 m/s"),
                                           (0.50, "closing rate 0.500 m/s is above 0.350 m/s")])
def test_what_the_mechanism_does_not_take_is_no_capture(rate, why):
    leg = near.flown(near.situation(), near.plan(closing_rate_m_s=rate))
    names = [e.name for e in leg.events]
    assert leg.ending == "no_capture" and "docking_contact" not in names and names[-1] == "no_capture"
    assert leg.events[-1].facts["why"] == why
    assert leg.after.joined == {} and "docking" not in leg.after.clocks
    assert leg.after.epoch == leg.arcs[0].stop
    assert not same(leg.after.craft[near.SHIP].position_m, leg.after.craft["station"].position_m)


@settings(max_examples=6, deadline=None)
@given(st.tuples(*[st.floats(-200.0, 200.0)] * 3), st.tuples(*[st.floats(-0.2, 0.2)] * 3),
       st.sampled_from(sorted(near.PORTS)))
def test_a_ship_that_knows_its_place_badly_still_docks(off_m, off_m_s, port):
    # The radar's error shrinks with range; what it leaves at contact must lie within what the mechanism takes.
    leg = near.flown(near.situation(known=near.AIM + np.r_[off_m, off_m_s]), near.plan(near.PORTS[port]))
    contact = leg.events[-2].facts
    assert leg.ending == "done"
    assert contact["lateral_m"] < near.VEHICLE.docking.lateral_max_m
    assert sum(leg.studies["pulses"]["dv_m_s"]) < 15.0


@ALL
def test_the_seam_to_an_approach_with_attitude_says_state_corridor_and_port(port):
    leg = near.visit(port)
    seam = Handover.of(leg.studies["handover"])
    assert seam.port == near.PORTS[port].id
    along = (seam.position_m - seam.contact_m) @ seam.axis
    assert along == pytest.approx(HOLD_M, abs=0.1)                       # station-keeping wanders by centimetres
    shape = Corridor(seam.contact_m, seam.axis, np.empty((0, 3)), np.radians(seam.half_angle_deg), seam.offset_m,
                     seam.reach_m)
    ship, station = leg.arcs
    rows = [relative_rtn(np.r_[a, b], np.r_[c, d])[:3] for a, b, c, d in zip(
        ship.position_m, ship.velocity_m_s, station.position_m, station.velocity_m_s, strict=True)]
    last = ship.t_s >= near.Epoch.utc(seam.utc) - near.START - 1e-3
    assert shape.inside(np.array(rows)[last]).all()                      # the cone alone holds the final approach


@settings(max_examples=12, deadline=None)
@given(st.tuples(*[st.floats(-1.0, 1.0)] * 3).filter(lambda v: np.linalg.norm(v) > 0.3))
def test_a_port_that_looks_anywhere_is_reached_inside_its_corridor(way):
    axis = np.array(way) / np.linalg.norm(way)
    port = Port("any", "Any", 12.0 * axis, axis, "invented")
    bare = replace(near.STATION, structure=None)
    wanted = replace(near.plan(port), station=bare)
    leg = near.flown(near.situation(), wanted)
    assert leg.ending == "done"
    assert sum(leg.studies["pulses"]["dv_m_s"]) < 16.0                   # found: 6 to 13; a lost way costs more
    seam = Handover.of(leg.studies["handover"])
    ship, station = leg.arcs
    rows = relative_rtn(np.c_[ship.position_m, ship.velocity_m_s], np.c_[station.position_m, station.velocity_m_s])
    assert not outside_corridor_in_sphere(rows[:, :3], corridor_to(seam.contact_m, seam.axis), 200.0).any()
