"""Ships weigh what the ledger puts into them, and what is heavier falls faster."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.fly import fly_step
from fakel.load.library import Library
from fakel.load.mission import load_mission, missions
from fakel.model.cargo import capsule_balance, packed, ship_balance
from fakel.model.outfit import Item
from fakel.model.vehicle import Vehicle
from fakel.plan.descent import capsule_of, main_drag_area_m2
from fakel.plan.loading import weighed, with_load
from fakel.plan.start import first_situation, mission_window
from fakel.world import build_world

VEHICLE: Vehicle = Library().find(Vehicle, "soyuz-tma-m", "test")
MISSION = load_mission(missions()["sochi-torch"])
UP, DOWN = "soyuz-tma-11m", "soyuz-tma-09m"


def box(name, mass_kg, side_m=0.1, hazards=()):
    return Item(name, name, mass_kg, side_m, side_m, side_m, tuple(hazards), "test")


@pytest.fixture(scope="module")
def world():
    window = mission_window(MISSION)
    return build_world(window.start, window.stop, gravity="j2", drag=False)


def at_landing(situation, **holders):
    """The crew of the ship that goes home is in it."""
    return replace(situation, places={**situation.places, **dict.fromkeys(MISSION.ships[DOWN].crew, DOWN)},
                   holders={**situation.holders, **holders})


def test_the_descent_module_carries_what_the_ledger_says(world):
    start = first_situation(MISSION, world)
    plan = MISSION.steps["entry"].plan
    empty = with_load(plan, MISSION, at_landing(start, torch="station")).ship
    full = with_load(plan, MISSION, at_landing(start, torch=DOWN)).ship
    in_hand = with_load(plan, MISSION, at_landing(start, torch="yurchikhin")).ship
    assert empty.vehicle.descent.flown_kg == VEHICLE.descent.mass_kg
    assert full.vehicle.descent.flown_kg == pytest.approx(VEHICLE.descent.mass_kg + 1.8, abs=1e-9)
    assert in_hand.vehicle.descent.flown_kg == full.vehicle.descent.flown_kg
    assert full.mass_kg == pytest.approx(6850.0 + 1.8, abs=1e-9)


def test_a_ship_that_gave_its_cargo_away_is_lighter_and_its_propellant_stays(world):
    start = first_situation(MISSION, world)
    plan = MISSION.steps["launch"].plan
    assert with_load(plan, MISSION, start).ship.mass_kg == plan.ship.mass_kg          # it counts the torch already
    light = with_load(plan, MISSION, replace(start, holders={"torch": "station"})).ship
    assert light.mass_kg == pytest.approx(plan.ship.mass_kg - 1.8, abs=1e-9)
    assert light.propellant_kg == plan.ship.propellant_kg


def test_a_docked_ship_gets_heavier_by_what_is_moved_into_it(world):
    start = first_situation(MISSION, world)
    leg = fly_step(MISSION, "visit", replace(start, joined={**start.joined, UP: "rassvet-nadir"},
                                             craft={**start.craft, UP: start.craft[DOWN]}), world)[1]
    assert leg.before.craft[UP].mass_kg - leg.after.craft[UP].mass_kg == pytest.approx(1.8, abs=1e-9)
    assert weighed(leg, {}).after is leg.after


def test_mass_over_drag_follows_the_load_and_the_canopy_stays():
    heavy = replace(VEHICLE, descent=replace(VEHICLE.descent, carried_kg=50.0))
    assert capsule_of(VEHICLE).drag_m2_kg / capsule_of(heavy).drag_m2_kg == pytest.approx(2950.0 / 2900.0, rel=1e-12)
    assert main_drag_area_m2(heavy) == main_drag_area_m2(VEHICLE)


# ---------------------------------------------------------------- packing and centre of mass

@given(st.lists(st.floats(0.1, 8.0), min_size=0, max_size=6))
def test_the_centre_of_mass_is_where_a_sum_of_moments_says(masses):
    items = [box(f"b{i}", kg) for i, kg in enumerate(masses)]
    stowage = VEHICLE.stowage
    places = packed(items, stowage, "test")
    found = capsule_balance(stowage, 2900.0, items, places)
    assert found.mass_kg == pytest.approx(2900.0 + sum(masses), rel=1e-12)
    moment = sum((i.mass_kg * stowage.places[places[i.id]].position_m for i in items), np.zeros(3))
    assert found.centre_m * found.mass_kg == pytest.approx(moment, abs=1e-9)
    whole = ship_balance(stowage, 6850.0 + sum(masses), 510.0, items, places)
    dry = 6340.0 * stowage.dry_centre_m + 510.0 * stowage.tank_centre_m
    assert whole.centre_m * whole.mass_kg == pytest.approx(dry + moment, abs=1e-8)


def test_the_heaviest_is_packed_first_and_each_place_keeps_its_limits():
    items = [box("a", 45.0), box("b", 8.0), box("c", 3.0)]
    places = packed(items, VEHICLE.stowage, "test")
    assert places == {"a": "beside-seats", "b": "over-the-crew", "c": "beside-seats"}
