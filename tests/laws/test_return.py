"""What must hold on the way home whatever the numbers are."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.guidance.entry import Command, body_of, predict, rolls_of, spin, steer
from fakel.model.vehicle import Vehicle
from fakel.phases import deorbit, entry
from fakel.physics.air import sound_m_s
from fakel.physics.ascent import J2, MU_M3_S2
from fakel.physics.entry import DOWN, bank_rad, descend, mach_shares, to_go_m
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import RADIUS_M, geodetic_of
from fakel.physics.propagate import G0_M_S2
from fakel.plan.deorbit import best_chance, path_of
from fakel.plan.descent import capsule_of, entry_of, height_m, loop_of, main_drag_area_m2, nominal_entry
from going_home import LIBRARY, SHIP, STATION, VEHICLE, ZONE, braking, free, home, ship, world

DAY = "2013-11-11"


def start():
    """The entry as guidance knows it, and its nominal command."""
    after = home(DAY).legs[1].after
    path = path_of(ship(), after, world(DAY))
    known = entry_of(path.t_s, path.y, VEHICLE, ZONE, world(DAY))
    return known, nominal_entry(known, VEHICLE.descent.bank_nominal_rad)[0]


def flown_with(lift=1.0, drag=1.0, density=1.0, sideways_m=0.0):
    """A guided entry in which the truth differs from what guidance knows."""
    known, command = start()
    y = known.y.copy()
    y[:3] += sideways_m * known.air.axes[2]
    body = known.body._replace(lift_to_drag=known.body.lift_to_drag * lift,
                               drag=known.body.drag * np.array([1.0, 1.0, drag]))
    air = known.air._replace(ln_density=known.air.ln_density + np.log(density))
    return known, steer(known.t_s, y, command, body, air, known.capsule, known.air, loop_of(VEHICLE), height_m)


def test_the_plan_is_the_flight():
    # Undispersed, what the planner predicted is flown; the burn is kept to the nanosecond, which is 8 um of path.
    after, sky = free(DAY), world(DAY)
    path = path_of(ship(), after, sky)
    chance = best_chance(path, braking(DAY).date, 128.0, VEHICLE, ZONE, False, path.t_s, "test", sky)
    flown = home(DAY)
    assert abs(flown.event("landing").epoch - (sky.epoch + chance.landing_s)) < 0.2      # engines brake the last 0.8 m
    assert flown.event("bank_reversal").epoch - (sky.epoch + chance.command.reversal_s) == pytest.approx(0.0, abs=1e-3)
    to_go, right = (channel.values[-1] for name in ("downrange_to_go_m", "crossrange_m")
                    for channel in flown.legs[2].channels if channel.name == f"entry.{name}")
    assert abs(to_go + chance.miss.beyond_m) < 0.01
    assert abs(right - chance.miss.right_m) < 0.01
    assert len(flown.legs[2].studies["bank_commands"]["given_s"]) == 1       # nothing was left to correct


def test_a_filled_plan_flown_again_gives_the_same_flight():
    after, sky = free(DAY), world(DAY)
    filled = deorbit.fill(braking(DAY), after, sky)
    again = deorbit.fill(filled, after, sky)
    assert again == filled
    assert np.array_equal(deorbit.fly(after, filled, sky).after.craft[SHIP].position_m,
                          home(DAY).legs[1].after.craft[SHIP].position_m)


def test_lift_works_no_energy_and_drag_takes_what_is_lost():
    # Jacobi's integral on the turning Earth: v^2/2 - (w rho)^2/2 + potential with J2 falls by the work of drag.
    # 1e-4: trapezoids of one second over a load that peaks within a minute.
    known, flown = flown_with()
    rows = flown.rows
    r, v = rows[:, 1:4], rows[:, 4:7]
    size = np.linalg.norm(r, axis=1)
    sine2 = (r[:, 2] / size) ** 2
    potential = -MU_M3_S2 / size * (1 - J2 * (RADIUS_M / size) ** 2 * (1.5 * sine2 - 0.5))
    jacobi = np.sum(v * v, axis=1) / 2 - EARTH_RATE_RAD_S**2 * (r[:, 0]**2 + r[:, 1]**2) / 2 + potential
    shares = [mach_shares(np.linalg.norm(row[4:7]), geodetic_of(*row[1:4])[2], known.body)[1] for row in rows]
    drag = rows[:, 8] / np.sqrt(1 + (np.array(shares) * known.capsule.lift_to_drag)**2)
    work = np.trapezoid(drag * np.linalg.norm(v, axis=1), rows[:, 0])
    assert jacobi[0] - jacobi[-1] == pytest.approx(work, rel=1e-4)


def test_a_heavier_or_slimmer_capsule_flies_further():
    known, _ = start()
    rate = VEHICLE.descent.ballistic_roll_rad_s

    def beyond_m(drag):
        body = known.body._replace(drag=known.body.drag * np.array([1.0, 1.0, drag]))
        flown = spin(known.t_s, known.y, body, known.air, known.capsule, rate)
        return -float(to_go_m(flown.rows[-1, 1:4], known.air.axes)[0])
    assert beyond_m(1 / 1.1) > beyond_m(1.0) + 5e3 > beyond_m(1.1) + 10e3


def test_less_bank_flies_further_and_right_bank_flies_right():
    known, _ = start()
    miss = {bank: predict(known.t_s, known.y, rolls_of(known.t_s, 0.0, Command(known.t_s, np.radians(bank), None), 0.2),
                          known.capsule, known.air) for bank in (-60, 50, 60, 70)}
    assert miss[50].beyond_m > miss[60].beyond_m > miss[70].beyond_m
    assert miss[60].right_m > 0 > miss[-60].right_m


@pytest.mark.parametrize("wrong", [
    {"lift": 0.9}, {"lift": 1.1}, {"drag": 1.05}, {"density": 1.15}, {"density": 0.85}, {"sideways_m": 20e3},
    {"sideways_m": -20e3},
])
def test_guidance_mends_what_it_did_not_know(wrong):
    # Without it 1 % of delta-v alone is 146 km. 300 m: guidance lets misses under 200 m be.
    known, flown = flown_with(**wrong)
    to_go, right = to_go_m(flown.rows[-1, 1:4], known.air.axes)
    assert flown.guided
    assert np.hypot(to_go, right) < 300.0
    assert flown.rows[:, 8].max() / G0_M_S2 < 5.0


def test_a_ship_that_misjudges_where_it_is_still_lands_in_the_zone():
    # 5 km along the way is 0.7 s of burn start: guidance takes it up, bank changes by a few degrees.
    after, sky = free(DAY), world(DAY)
    true = after.craft[SHIP]
    along = true.velocity_m_s / np.linalg.norm(true.velocity_m_s)
    known = replace(after.knowledge[SHIP], state=replace(true, position_m=true.position_m + 5e3 * along))
    situation = replace(after, knowledge={**after.knowledge, SHIP: known})
    for phase, plan in ((deorbit, braking(DAY)), (entry, entry.Plan(ship(), STATION, ZONE))):
        leg = phase.fly(situation, phase.fill(plan, situation, sky), sky)
        situation = leg.after
    told = next(event for event in leg.events if event.name == "parachute_open").facts
    assert leg.ending == "guided"
    assert len(leg.studies["bank_commands"]["given_s"]) > 1
    assert np.hypot(told["downrange_to_go_m"], told["crossrange_m"]) < 300.0


def test_guidance_that_cannot_reach_spins_the_capsule():
    known, command = start()
    y = known.y.copy()
    y[3:] *= 0.985                     # 115 m/s too slow: hundreds of kilometres short
    flown = steer(known.t_s, y, command, known.body, known.air, known.capsule, known.air, loop_of(VEHICLE), height_m)
    assert not flown.guided
    assert flown.rolls[0, 3] == VEHICLE.descent.ballistic_roll_rad_s


@given(start_rad=st.floats(-2.0, 2.0), stop_rad=st.floats(-2.0, 2.0), rate=st.floats(0.05, 0.5),
       acceleration=st.floats(0.02, 0.3))
def test_a_roll_keeps_its_limits_and_arrives(start_rad, stop_rad, rate, acceleration):
    rolls = np.array([[3.0, start_rad, stop_rad, rate]])
    t = np.arange(0.0, 150.0, 0.01)
    bank = np.array([bank_rad(s, rolls, acceleration) for s in t])
    speed = np.diff(bank) / 0.01
    assert bank[0] == start_rad
    assert bank[-1] == pytest.approx(stop_rad, abs=1e-9)
    assert np.abs(speed).max() <= rate * (1 + 1e-6) + 1e-9
    assert np.abs(np.diff(speed)).max() / 0.01 <= acceleration * (1 + 1e-3) + 1e-6


def test_under_the_canopy_weight_is_drag():
    # At the soft landing engines: terminal speed of the light capsule in the air it is in; 1 %: it still slows down.
    flown = home(DAY)
    facts = flown.event("soft_landing_engines").facts
    mass_kg = VEHICLE.descent.mass_kg - VEHICLE.parachute.heat_shield_kg
    density = 2 * mass_kg * G0_M_S2 / (main_drag_area_m2(VEHICLE) * facts["speed_m_s"] ** 2)
    assert facts["load_g"] == pytest.approx(1.0, abs=0.005)
    assert 1.1 < density < 1.25                # 400 m above the sea, late autumn


def test_the_ship_goes_away_and_stays_away():
    leg = home(DAY).legs[0]
    ranges = [event.facts["range_m"] for event in leg.events if "range_m" in event.facts]
    assert ranges == sorted(ranges)
    drift = leg.studies["clearance"]["range_km"]
    assert min(drift) == drift[0] > 0.2        # the keep-out sphere; never nearer than when the leg ended


def test_each_leg_begins_where_the_one_before_ended():
    legs = home(DAY).legs
    for before, after in pairwise(legs):
        for craft in (SHIP, "station"):
            ended = next(a for a in before.arcs if a.craft == craft)
            began = next(a for a in after.arcs if a.craft == craft)
            assert abs(began.start - ended.stop) < 1e-6
            assert np.linalg.norm(began.position_m[0] - ended.position_m[-1]) < 0.01


def test_custody_and_people_reach_the_ground():
    legs = home(DAY).legs
    assert [t.taker for leg in legs for t in leg.transfers] == [SHIP, "rescue"]
    assert legs[-1].after.holders == {"parcel": "rescue"}
    assert legs[-1].after.places == {"anna": "ground", "boris": "station"}


def test_an_engine_that_stops_leaves_the_ship_in_orbit():
    after, sky = free(DAY), world(DAY)
    plan = deorbit.fill(braking(DAY, engine_failure_after_s=60.0), after, sky)
    leg = deorbit.fly(after, plan, sky)
    assert leg.ending == "engine_failure"
    burnt = leg.before.craft[SHIP].mass_kg - leg.after.craft[SHIP].mass_kg
    assert burnt == pytest.approx(60.0 * 2950.0 / (302.0 * G0_M_S2), rel=1e-9)
    ended = next(event for event in leg.events if event.name == "deorbit_burn_end")
    assert ended.facts["height_m"] > 350e3
    assert SHIP not in leg.after.joined and "module_separation" not in {event.name for event in leg.events}


def test_the_pass_taken_is_the_nearest_in_reach():
    leg = home(DAY).legs[1]
    table, taken = leg.studies["passes"], leg.events[0].epoch.iso(1)
    needs = {burn: abs(km) for burn, km, near in zip(table["burn_utc"], table["crossrange_km"], table["within_reach"],
                                                     strict=True) if near}
    assert min(needs, key=needs.get) == taken
    assert not all(table["within_reach"])      # the passes before and after are too far to the side


def test_each_second_of_braking_lowers_the_orbit():
    table = home(DAY).legs[1].studies["engine_stops"]
    lowest = np.array(table["lowest_km"])
    assert (np.diff(lowest) < 0).all()
    assert lowest[0] > 400 and lowest[-1] < 60         # 128 m/s from about 420 km end within the Earth's dense air


def test_a_commanded_bank_keeps_its_side():
    after, sky = home(DAY).legs[1].after, world(DAY)
    for side in (-1.0, 1.0):
        filled = entry.fill(entry.Plan(ship(), STATION, ZONE, bank_rad=side * 1.0), after, sky)
        assert filled.bank_rad == pytest.approx(side)
        leg = entry.fly(after, filled, sky)
        assert leg.ending == "guided"


def test_guidance_gives_up_range_rather_than_press_harder():
    # The nominal entry peaks at 4.0 g. Under a limit of 3.95 g the bank is eased; what that costs is met range.
    known, command = start()
    capsules = [replace(known.capsule, load_limit_m_s2=limit * G0_M_S2) for limit in (np.inf, 3.95)]
    free_, kept = (steer(known.t_s, known.y, command, known.body, known.air, capsule, known.air, loop_of(VEHICLE),
                         height_m) for capsule in capsules)
    assert kept.guided
    assert any(c.eased for c in kept.commands) and not any(c.eased for c in free_.commands)
    assert free_.rows[:, 8].max() > 4.0 * G0_M_S2
    assert kept.rows[:, 8].max() < 3.97 * G0_M_S2         # rows of 6 s in the prediction, bank within 1 deg
    assert np.hypot(*to_go_m(kept.rows[-1, 1:4], known.air.axes)) < 28e3       # and still in the zone


def test_a_spin_that_is_told_begins_then():
    after, sky = home(DAY).legs[1].after, world(DAY)
    plan = entry.fill(entry.Plan(ship(), STATION, ZONE, ballistic_after_s=330.0), after, sky)
    leg = entry.fly(after, plan, sky)
    spun = next(event for event in leg.events if event.name == "ballistic_spin")
    assert leg.ending == "ballistic"
    assert spun.facts["why"] == "told"
    assert spun.epoch - leg.before.epoch == pytest.approx(330.0, abs=1.0)      # rows stand a second apart
    told = next(event for event in leg.events if event.name == "parachute_open").facts
    assert 50e3 < told["downrange_to_go_m"] < 450e3        # between a guided one and one ballistic from the start


def test_the_other_modules_fall_short():
    # Bodies without lift: the lighter piece falls before the heavier one, slower and later.
    table = home(DAY).legs[2].studies["modules_fall"]
    assert set(table["module"]) == {"Orbital module", "Service module"}
    for i in (0, 3):
        light, whole, heavy = table["short_of_zone_km"][i:i + 3]
        assert light > whole > heavy > 100.0
        assert table["speed_m_s"][i] < table["speed_m_s"][i + 2]
        assert table["falls_utc"][i] > table["falls_utc"][i + 2]


def test_tables_over_mach_are_met_at_their_rows():
    # At the rows the splines stand within 0.5 % of the table, between them within its neighbours (with that margin).
    aero = VEHICLE.descent.aero
    body = start()[0].body
    for mach, cd, ld in zip(aero.mach, aero.drag_coefficient, aero.lift_to_drag, strict=True):
        drag, lift = mach_shares(mach * sound_m_s(30e3), 30e3, body)
        assert drag == pytest.approx(cd / aero.drag_coefficient[-1], rel=5e-3)
        assert lift == pytest.approx(ld / aero.lift_to_drag[-1], rel=1e-2)


@pytest.mark.parametrize("name", [name for name in sorted(LIBRARY.paths(Vehicle))
                                  if LIBRARY.find(Vehicle, name, "test").descent is not None])
def test_every_capsule_holds_its_load_and_slows_down(name):
    # From a low orbit's entry at the nominal bank every shipped capsule meets its parachute height below Mach 1.
    capsule, known = capsule_of(LIBRARY.find(Vehicle, name, "test")), start()[0]
    rolls = rolls_of(known.t_s, 0.0, Command(known.t_s, np.radians(60.0), None), capsule.roll_rate_rad_s)
    rows = np.zeros((2000, 10))
    *_, n, ending = descend(known.t_s, known.y, body_of(capsule, rolls), known.air, capsule.aim_height_m,
                            known.t_s + 3000.0, 6.0, 1.0, rows)
    assert ending == DOWN
    assert 2.5 < rows[:n, 8].max() / G0_M_S2 < 6.0
    assert np.linalg.norm(rows[n - 1, 4:7]) < 300.0
