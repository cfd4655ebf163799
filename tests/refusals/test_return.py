"""The way home refuses in one line that names place and remedy."""

from dataclasses import replace
from datetime import date

import pytest

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow
from fakel.model.vehicle import Vehicle
from fakel.phases import deorbit, entry, landing, undocking
from fakel.plan.descent import check_mach
from going_home import SHIP, STATION, VEHICLE, ZONE, braking, docked, free, leaving, ship, world

DAY = "2013-11-11"


def refused(call, *args) -> str:
    with pytest.raises(InputError) as told:
        call(*args)
    message = str(told.value)
    assert "\n" not in message
    return message


def test_a_day_without_a_landing_names_the_next():
    plan = replace(leaving(DAY), date=date(2013, 11, 12))
    with pytest.raises(NoWindow) as told:
        undocking.fill(plan, docked(DAY), world(DAY))
    assert str(told.value).startswith("undocking: no landing at SE of Zhezkazgan on 2013-11-12; ")


def test_a_day_that_has_gone_names_the_next():
    with pytest.raises(NoWindow) as told:
        deorbit.fill(replace(braking(DAY), date=date(2013, 11, 10)), free(DAY), world(DAY))
    message = str(told.value)
    assert message.startswith("deorbit: no landing at SE of Zhezkazgan on 2013-11-10; the next landing there is 2013-")
    assert message.endswith("; set date = 2013-11-11")


def test_too_little_propellant():
    dry = ship(propellant_kg=250.0)
    plan = replace(braking(DAY), ship=dry)
    assert refused(deorbit.fill, plan, free(DAY), world(DAY)) == (
        "deorbit: 128.0 m/s take 290 kg of propellant and 245 kg are left; "
        "lower dv_m_s or give the ship more propellant_kg")


def test_a_docked_ship_does_not_brake_enter_or_land():
    sky, before = world(DAY), docked(DAY)
    assert refused(deorbit.fill, braking(DAY), before, sky) == (
        "deorbit: Courier is still docked at zvezda-aft; undock first")
    assert refused(entry.fill, entry.Plan(ship(), STATION, ZONE), before, sky) == (
        "entry: Courier is still docked at zvezda-aft; undock first")
    assert refused(landing.fill, landing.Plan(ship(), STATION, ZONE), before, sky) == (
        "landing: Courier is still docked at zvezda-aft; undock first")


def test_a_free_ship_does_not_undock():
    assert refused(undocking.fill, leaving(DAY), free(DAY), world(DAY)) == (
        f"undocking: Courier is not docked; write docked = a port in [ships.{SHIP}] or dock it first")


def test_instants_that_have_passed():
    early = Epoch.utc("2013-11-10T01:00:00Z")
    assert "lies before this leg begins" in refused(undocking.fill, replace(leaving(DAY), undocking=early), docked(DAY),
                                                    world(DAY))
    assert "lies before this leg begins" in refused(deorbit.fill, braking(DAY, burn_start=early), free(DAY), world(DAY))


def test_an_item_that_is_none():
    with pytest.raises(InputError, match=r"brings = 'torhc' is not known; write one of: parcel"):
        replace(leaving(DAY), brings=("torhc",))


def test_a_vehicle_that_cannot_land():
    plan = landing.Plan(ship(vehicle=replace(VEHICLE, parachute=None)), STATION, ZONE)
    assert refused(landing.fill, plan, free(DAY), world(DAY)) == (
        "Soyuz TMA-M cannot land: its vehicle file has no [parachute]; add the table")


def test_a_burn_that_does_not_bring_the_ship_down():
    plan = deorbit.fill(braking(DAY, dv_m_s=20.0, burn_start=Epoch.utc("2013-11-11T01:00:00Z")), free(DAY), world(DAY))
    with pytest.raises(ValueError, match=r"^deorbit: 20.0 m/s do not bring Courier down; raise dv_m_s$"):
        deorbit.fly(free(DAY), plan, world(DAY))


def test_a_burn_that_is_none():
    assert refused(deorbit.check, braking(DAY, dv_m_s=-1.0), "m.toml: [steps.deorbit]") == (
        "m.toml: [steps.deorbit] dv_m_s = -1 does not brake; make it more than zero")


def short_tables(stop: int) -> Vehicle:
    """The vehicle with the first rows of its tables only."""
    aero = VEHICLE.descent.aero
    names = ("mach", "drag_coefficient", "lift_to_drag", "trim_rad")
    cut = replace(aero, **{name: getattr(aero, name)[:stop] for name in names})
    return replace(VEHICLE, descent=replace(VEHICLE.descent, aero=cut))


def test_a_capsule_whose_tables_end_too_early():
    told = refused(check_mach, short_tables(12), 7600.0)
    assert told == ("entry: Soyuz TMA-M flies from Mach 27.7 down to 0.71 and its tables reach from 10 to 0.4; "
                    "add rows to [descent.aero] of its vehicle file")
    check_mach(VEHICLE, 7600.0)
    assert "flies from Mach 40" in refused(check_mach, VEHICLE, 11_000.0)       # as fast as Apollo: not by these tables


def test_tables_that_are_none():
    aero = VEHICLE.descent.aero
    with pytest.raises(ValueError, match=r"^aero: trim_rad has 12 numbers and mach 13; give one for each Mach number$"):
        replace(aero, trim_rad=aero.trim_rad[1:])
    with pytest.raises(ValueError, match=r"^aero: mach does not rise from above zero; "):
        replace(aero, mach=aero.mach[::-1])


def test_pieces_that_are_none():
    with pytest.raises(ValueError, match=r"takes two numbers: the lightest piece, the heaviest$"):
        replace(VEHICLE.modules[0], pieces_kg_m2=(300.0, 15.0))
