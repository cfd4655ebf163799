"""Flown launches: given the station's orbit and the date alone, does the liftoff come out?"""

import csv
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from fakel.estimate.elements import state_from_elements
from fakel.load.elements import check_elements
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.errors import NoWindow
from fakel.model.flight import Estimate, Situation, State
from fakel.model.frame import GCRF_FROM_EME2000, Frame
from fakel.model.place import Site, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Launcher, Ship, Vehicle
from fakel.phases import ascent
from fakel.physics.frames import phase_ahead_rad
from fakel.physics.propagate import propagate
from fakel.plan.burns import Climb, mean_elements, plan_burns, thrusts
from fakel.plan.craft import cd_area_m2
from fakel.world import World, build_world
from flights import fakel

DAY_S = 86400.0
PROFILES = {"2": "soyuz-two-orbit", "4": "soyuz-four-orbit"}
with (Path(__file__).parent / "launch_geometry.csv").open() as file:
    ROWS = tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@dataclass(frozen=True)
class Case:
    """What is known on the launch day: the world, the station, and a plan without liftoff."""

    world: World
    situation: Situation
    plan: ascent.Plan


def plan_for(row) -> ascent.Plan:
    library = Library()
    vehicle = library.find(Vehicle, "soyuz-tma-m", "test")
    ship = Ship("visitor", "Visitor", vehicle, (), vehicle.mass_kg, vehicle.propellant_kg)
    return ascent.Plan(ship, library.find(Launcher, row["launcher"], "test"), library.find(Site, row["pad"], "test"),
                       library.find(Profile, PROFILES[row["orbits"]], "test"),
                       library.find(Station, "iss-2013-11", "test"), date.fromisoformat(row["liftoff_utc"][:10]))


def case_from(y, epoch: Epoch, world: World, plan: ascent.Plan) -> Case:
    state = State("station", epoch, Frame.GCRF, y[:3], y[3:6], np.array([1.0, 0, 0, 0]), np.zeros(3),
                  plan.station.mass_kg)
    known = {"station": Estimate(state, np.eye(6))}
    return Case(world, Situation(epoch, {"station": state}, known, {}, {}, {}, {}, {}, {}), plan)


@cache
def case_of(number: int) -> Case:
    row, plan = ROWS[number], plan_for(ROWS[number])
    midnight = Epoch.utc(row["liftoff_utc"][:10])
    elements = check_elements(row["line1"], row["line2"], "test")
    world = build_world(min(midnight, elements.epoch), max(midnight + 2 * DAY_S, elements.epoch))
    station = plan.station
    y = state_from_elements(row["line1"], row["line2"], midnight, world,
                            station.drag_coefficient * station.drag_area_m2, station.mass_kg)
    return case_from(y, midnight, world, plan)


def late_s(number: int) -> float:
    """Predicted less flown liftoff."""
    case = case_of(number)
    found = ascent.fill(case.plan, case.situation, case.world).liftoff
    return found - Epoch.utc(ROWS[number]["liftoff_utc"])


def null_late_s(number: int) -> float:
    """What one would say without physics: the station's plane reaches the pad as long after liftoff as it did on the
    mean of the other flights."""
    leads = [float(r["plane_over_pad_s"]) for r in ROWS if r["flight"] != ROWS[number]["flight"]]
    return float(ROWS[number]["plane_over_pad_s"]) - float(np.mean(leads))


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[f"{r['flight']} {r['line1'][18:26]}" for r in ROWS])
def test_liftoff_comes_out(number):
    # Published to the second. A fixed separation vector left 2 s (one sigma) on nine Soyuz-FG flights; an element set
    # a week old adds 2 s. Soyuz-2.1a: its inclination of insertion is fitted on other flights.
    assert abs(late_s(number)) < 5.0


def test_physics_beats_the_mean_of_other_flights():
    fg = [i for i, row in enumerate(ROWS) if row["launcher"] == "soyuz-fg"]
    ours, guess = np.array([late_s(i) for i in fg]), np.array([null_late_s(i) for i in fg])
    assert np.sqrt(np.mean(ours**2)) < 0.5 * np.sqrt(np.mean(guess**2))


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_phase_is_that_of_sgp4(number):
    """The table's phase: SGP4 at the flown liftoff, seen from the nominal separation point.

    0.1 deg with a set under two days old; our drag and the set's own part by 3 deg in a week.
    """
    case, row = case_of(number), ROWS[number]
    flown = Epoch.utc(row["liftoff_utc"])
    told = ascent.launch.opportunity_at(flown, ascent._ask(case.plan), ascent._station_path(
        replace(case.plan, liftoff=flown), case.situation.knowledge["station"].state, case.world), case.world)
    age_s = abs(flown - check_elements(row["line1"], row["line2"], "test").epoch)
    assert told.accepted
    within = 0.1 if age_s < 2 * DAY_S else 1.0 if age_s < 6 * DAY_S else 4.0
    assert np.degrees(told.phase_rad) == pytest.approx(float(row["phase_deg"]), abs=within)


def test_a_date_without_a_window_names_the_next_one():
    """The eve of a flown launch: the message leads to the flown day, and its minute comes out there."""
    number = 2
    case, flown = case_of(number), Epoch.utc(ROWS[number]["liftoff_utc"])
    eve = flown + -DAY_S
    y = ascent._station_path(case.plan, case.situation.craft["station"], case.world).at(
        case.world.seconds(Epoch.utc(eve.iso()[:10])), case.world).y
    before = case_from(y, Epoch.utc(eve.iso()[:10]), case.world, replace(case.plan, date=eve.day))
    with pytest.raises(NoWindow) as caught:
        ascent.fill(before.plan, before.situation, before.world)
    message = str(caught.value)
    assert "\n" not in message and "wants the station 20 to 42 deg ahead" in message
    found = re.search(r"the next is about (\S+)Z \((\d+) deg\); write date = (\S+)", message)
    assert found and found[3] == flown.iso()[:10]
    assert abs(Epoch.utc(found[1] + "Z") - flown) < 120.0          # told to the minute, cut


def test_a_day_that_is_over_is_told():
    case = case_of(2)
    with pytest.raises(NoWindow, match="the launch day 2013-11-06 is over when the step begins"):
        ascent.fill(replace(case.plan, date=date(2013, 11, 6)), case.situation, case.world)


def test_liftoff_from_a_state_of_nasas_ephemeris():
    """Soyuz MS-19 from the station's state of the day before (EME2000, NASA/JSC ephemeris of 2021-10-01); liftoff
    was at 2021-10-05T08:55:02Z, announced three seconds later. Its rocket's inclination is fitted on other flights."""
    row = {"launcher": "soyuz-2-1a", "pad": "baikonur-31-6", "orbits": "2", "liftoff_utc": "2021-10-05T08:55:02Z"}
    plan, start = plan_for(row), Epoch.utc("2021-10-04")
    turned = [GCRF_FROM_EME2000 @ v for v in (np.array([-5127431.0461, 3605549.0385, -2638434.8898]),
                                              np.array([-4755.039657, -2951.956990, 5224.158569]))]
    case = case_from(np.concatenate(turned), start, build_world(start, start + 2 * DAY_S), plan)
    found = ascent.fill(plan, case.situation, case.world).liftoff
    assert abs(found - Epoch.utc(row["liftoff_utc"])) < 5.0


@pytest.mark.parametrize("number", [pytest.param(i, marks=[] if i == 5 else pytest.mark.campaign)
                                    for i in range(len(ROWS))])
def test_a_new_visit_flies_to_the_port(number, tmp_path):
    """``fakel new visit`` with an element set, a date, a pad and a profile, then ``fakel fly``: no rule fails."""
    row, elements, mission = ROWS[number], tmp_path / "station.tle", tmp_path / "visit.toml"
    elements.write_text(f"{row['line1']}\n{row['line2']}\n", encoding="utf-8")
    made = fakel("new", "visit", "--tle", elements, "--date", row["liftoff_utc"][:10], "--pad", row["pad"],
                 "--profile", row["orbits"], "--out", mission)
    assert made.code == 0, made.err
    flown = fakel("fly", mission, "--out", tmp_path / "flight", "--json")
    assert flown.code == 0, flown.err
    assert abs(flown.epoch("liftoff") - Epoch.utc(row["liftoff_utc"]) - late_s(number)) < 0.002   # told to the ms
    # Operators choose between two groups of docking times half an hour apart; two orbits take 201 +- 15 min.
    took_min = (flown.epoch("docking_contact") - flown.epoch("liftoff")) / 60
    assert 325 < took_min < 390 if row["orbits"] == "4" else 185 < took_min < 220

# ---------------------------------------------------------------- a flight that was tracked on its way up
# Soyuz TMA-10M by its element sets (facts of flown missions): 32 min after launch 195.5 x 224.9 km, the station
# 22.5 deg ahead; after 3 h 06 min 299 x 335 km, 6.2 deg; after 4 h 39 min at the station's orbit. Slots of the profile
# were not chosen from it; that burns from tracking weigh as corrections do was tried on it once. Ours docks when the
# flight did.

SHIP_KG, TMA_10M, DOCKED = 7220.0, 1, Epoch.utc("2013-09-26T02:45:27Z")


@cache
def climb():
    """Burns, the ship's path, the station's, and liftoff in world seconds."""
    case = case_of(TMA_10M)
    plan, world = ascent.fill(case.plan, case.situation, case.world), case.world
    target, liftoff_s = plan.launcher.target, world.seconds(plan.liftoff)
    t_s = liftoff_s + target.met_s
    position, velocity = world.to_gcrf(t_s, target.position_itrf_m, target.velocity_itrf_m_s)
    ship = np.r_[position[0], velocity[0], SHIP_KG]
    station = ascent._station_path(plan, case.situation.knowledge["station"].state, world)
    way = Climb(plan.ship, plan.station, plan.profile, plan.liftoff + target.met_s, ship, station.at(t_s, world).y,
                plan.liftoff, DOCKED)
    planned = plan_burns(way, world)
    push = thrusts(planned.burns, SHIP_KG, plan.ship.vehicle, world)
    path = propagate(ship, t_s, world.seconds(way.aim), cd_area_m2(plan.ship), world.field, thrust=push)
    return planned, path, station, liftoff_s, world


def at(minutes):
    """Mean height of the ship, how far it is below the station, m, and the station ahead, deg."""
    _, path, station, liftoff_s, world = climb()
    t_s = liftoff_s + 60.0 * minutes
    y, its = path.at(t_s)[0], station.at(t_s, world).y
    mine, other = (mean_elements(x, t_s, area, world)[0] for x, area in ((y, 22.0), (its, 3080.0)))
    return mine - 6_378_137.0, other - mine, np.degrees(phase_ahead_rad(y, its))


@pytest.mark.parametrize(("minutes", "height_km", "ahead_deg", "off_km", "off_deg"), [
    # Before the first burn nothing is chosen; the station's set is six days off. After it the operators chose.
    (32.0, (195.5 + 224.9) / 2, 22.5, 5.0, 0.7), (186.0, (299.0 + 335.0) / 2, 6.2, 25.0, 1.5)])
def test_heights_and_phases_on_the_way(minutes, height_km, ahead_deg, off_km, off_deg):
    height_m, _, ahead = at(minutes)
    assert height_m / 1e3 == pytest.approx(height_km, abs=off_km)
    assert ahead == pytest.approx(ahead_deg, abs=off_deg)


def test_near_the_stations_orbit_after_four_hours_and_forty_minutes():
    """Tracked at the station's orbit; ours is still 22 km below it, for the last two burns carry a tenth of the way."""
    assert at(279.0)[1] < 30e3


def test_the_first_pair_carries_the_ship_up_and_what_comes_from_tracking_corrects():
    size = {burn.name: burn.dv_m_s for burn in climb()[0].burns}
    assert max(size["DV3"], size["DV4"]) < 0.4 * min(size["DV1"], size["DV2"])
