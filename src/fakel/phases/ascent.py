"""Ascent: from the pad to separation from the rocket, with liftoff left to the planner or given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from fakel.model.abort import AbortWays
from fakel.model.arrays import FloatArray
from fakel.model.blank import Blank, filled
from fakel.model.day import day_window
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import FlightError, InputError, NoWindow
from fakel.model.flight import STATION, Arc, Estimate, Leg, Situation, State
from fakel.model.frame import Frame
from fakel.model.launcher import Launcher, SeparationTarget
from fakel.model.place import Site, Station
from fakel.model.profile import Profile
from fakel.model.surroundings import Surroundings
from fakel.model.vehicle import Ship
from fakel.phases.ascent_record import Telling
from fakel.physics.frames import attitude_along
from fakel.physics.geodesy import geodetic_from_itrf, surface_distance_m
from fakel.plan import launch
from fakel.plan.abort_study import studied
from fakel.plan.ascent import (
    INSERTED,
    Climb,
    check_lift,
    coast_briefly,
    fly_ascent,
    itrf_from_launch,
)
from fakel.plan.burns import spendable_m_s
from fakel.plan.coasting import coast_arc, moved_on
from fakel.plan.craft import Path, cd_area_m2, last_state, state_y
from fakel.world import World

ENDINGS = ("done",)
STATION_STEP_S = 30.0
COAST_ROWS_S = 5.0
FARTHEST_SEPARATION_M = 2_500e3
"""A pad farther than this from where the launcher lets its ship go is not one of its pads."""
INSERTION_SIGMA_M, INSERTION_SIGMA_M_S = 500.0, 0.5
"""What the ship knows of its state at separation, one sigma per axis: assumed, no figure is published."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who climbs, on what, from where, to which rendezvous, on which UTC day; liftoff may be a blank.

    Without a date the day is that on which the step begins. A way out is flown every aborts_every_s of the climb (0:
    none) where aborts have one for the ship.
    """

    ship: Ship
    launcher: Launcher
    pad: Site
    profile: Profile
    station: Station
    date: date | None = None
    liftoff: Epoch | Blank = Blank.PLAN
    aborts_every_s: float = 20.0
    aborts: tuple[AbortWays, ...] = ()
    surroundings: Surroundings | None = None


def check(plan: Plan, where: str) -> None:
    """Raises InputError when the liftoff is not on the date, or the launcher's programme is for pads elsewhere."""
    if plan.date is not None and isinstance(plan.liftoff, Epoch) and plan.liftoff.day != plan.date:
        raise InputError(f"{where} liftoff = {plan.liftoff.iso()} is not on date = {plan.date} (UTC); mend one of them")
    target = plan.launcher.target
    if not isinstance(target, SeparationTarget):
        return
    lat, lon, _ = geodetic_from_itrf(target.position_itrf_m)
    away_m = float(surface_distance_m(plan.pad.latitude_rad, plan.pad.longitude_rad, lat, lon))
    if away_m > FARTHEST_SEPARATION_M:
        raise InputError(f"{where} pad = {plan.pad.id!r}: the programme of {plan.launcher.name} ends over "
                         f"{np.degrees(lat):.1f} N {np.degrees(lon):.1f} E, {away_m / 1000:.0f} km from "
                         f"{plan.pad.name}; take a pad within 2500 km of that place, or another launcher")


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with its liftoff: the first window of its UTC day.

    Raises InputError when the rocket cannot lift the ship, NoWindow when that day has no window or is over.
    """
    if isinstance(plan.launcher.target, SeparationTarget):
        check_lift(plan.launcher, plan.pad, plan.ship.mass_kg)     # one that steers is asked with the plane, in launch
    if isinstance(plan.liftoff, Epoch):
        if plan.liftoff < situation.epoch:
            raise InputError(f"liftoff = {plan.liftoff.iso()} lies before the step begins ({situation.epoch.iso()}); "
                             "write a later one")
        _check_plane(plan, plan.liftoff, situation, world)
        return plan
    station = _station_path(plan, situation.knowledge[STATION].state, world)
    chance = launch.liftoff(_day(plan, situation, world), _ask(plan), station, world)
    return replace(plan, liftoff=chance.liftoff)


def _check_plane(plan: Plan, wished: Epoch, situation: Situation, world: World) -> None:
    """Raises InputError for a liftoff so far from the window that all the ship's propellant cannot turn its orbit, or,
    of a launcher that steers, that this costs it more than its reserve."""
    station, ask = _station_path(plan, situation.knowledge[STATION].state, world), _ask(plan)
    chance, target = launch.opportunity_at(wished, ask, station, world), plan.launcher.target
    miss_s = chance.miss_s
    if not isinstance(target, SeparationTarget):
        if not -chance.early_s <= miss_s <= chance.late_s:
            raise InputError(f"liftoff = {wished.iso()} is {abs(miss_s):.0f} s {'late' if miss_s > 0 else 'early'} for "
                             f"the station's plane; {plan.launcher.name} can make up for {chance.early_s:.0f} s early "
                             f"and {chance.late_s:.0f} s late: write \"plan\" or about {(wished + -miss_s).iso()}")
        return
    ship, speed_m_s = plan.ship, float(np.linalg.norm(target.velocity_itrf_m_s))
    off_rad = launch.plane_off_rad(miss_s, situation.knowledge[STATION].state)
    if 2 * speed_m_s * np.sin(off_rad / 2) > spendable_m_s(ship, ship.mass_kg):
        best = launch.liftoff(_day(plan, situation, world), ask, station, world)
        raise InputError(f"liftoff = {wished.iso()} puts {ship.name} {np.degrees(off_rad):.1f} deg off the station's "
                         f"plane, more than its propellant can turn; write \"plan\" or about {best.liftoff.iso()}")


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Climb to separation. The ship's arc begins at liftoff, the station's where the situation does.

    Raises FlightError when the rocket does not reach its target.
    """
    liftoff = filled(plan.liftoff, "ascent: liftoff")
    known = _station_path(plan, before.knowledge[STATION].state, world)
    plane = launch.plane_at(liftoff, _ask(plan), known, world)
    flown = fly_ascent(plan.launcher, plan.pad, plan.ship.mass_kg, plane)
    if flown.ending != INSERTED:
        raise FlightError(f"ascent: {plan.launcher.name} does not reach its target with {plan.ship.mass_kg:.0f} kg")
    ship = _ship_arc(plan, liftoff, _to_separation(plan, flown), world)
    station = coast_arc(before.craft[STATION], "ascent", ship.stop, STATION_STEP_S, plan.station, world)
    telling = Telling(plan.launcher, plan.pad, liftoff, flown, ship, _ask(plan).cd_area_m2, world)
    chance = launch.opportunity_at(liftoff, _ask(plan), known, world)
    after = _after(before, plan, liftoff, ship, station, world)
    studies = {"launch_window": _window_table(chance), "launch_falls": telling.falls(),
               **_ways_out(plan, liftoff, flown, world)}
    return Leg("ascent", "ascent", {}, before, after, "done", (ship, station), telling.channels(), telling.events(), (),
               studies)


def _ways_out(plan: Plan, liftoff: Epoch, flown: Climb, world: World) -> dict[str, dict[str, list[Any]]]:
    """Study ``launch_aborts``: where the crew comes down when the engines are lost."""
    ship = plan.ship
    ways = next((ways for ways in plan.aborts if ship.vehicle.id in ways.vehicles), None)
    if ways is None or plan.surroundings is None or not plan.aborts_every_s > 0.0:
        return {}
    return {"launch_aborts": studied(plan.launcher, ship.vehicle, ways, plan.pad, flown, ship.mass_kg,
                                     ship.propellant_kg, liftoff, world, plan.surroundings, plan.aborts_every_s)}


def _day(plan: Plan, situation: Situation, world: World) -> Window:
    """What is left of the plan's UTC day when the step begins."""
    day = plan.date or situation.epoch.day
    whole = day_window(day)
    if situation.epoch >= whole.stop:
        raise NoWindow(f"the launch day {day} is over when the step begins ({situation.epoch.iso()}); "
                       "write a later date")
    if whole.stop > world.window.stop:
        raise InputError(f"the launch day {day} lies beyond the days of the mission; mend it, or last_date")
    return Window(max(whole.start, situation.epoch), whole.stop)


def _ask(plan: Plan) -> launch.Ask:
    return launch.Ask(plan.launcher, plan.pad, plan.profile, plan.ship.mass_kg, cd_area_m2(plan.ship))


def _station_path(plan: Plan, state: State, world: World) -> Path:
    return Path(world.seconds(state.epoch), state_y(state), cd_area_m2(plan.station))


def _to_separation(plan: Plan, flown: Climb) -> FloatArray:
    """The ascent's table (n, 11), launch frame, with the coast to separation; the ship alone at its end."""
    end = flown.table[-1].copy()
    rows = [flown.table]
    steps = max(2, int(np.ceil(plan.launcher.coast_to_separation_s / COAST_ROWS_S)))
    for step in range(1, steps + 1):
        dt = step / steps * plan.launcher.coast_to_separation_s
        row = end.copy()
        row[0] += dt
        row[1:4], row[4:7] = coast_briefly(end[0], end[1:4], end[4:7], dt)
        rows.append(row[None])
    table = np.concatenate(rows)
    table[-1, 7] = plan.ship.mass_kg
    return table


def _ship_arc(plan: Plan, liftoff: Epoch, table: FloatArray, world: World) -> Arc:
    t_s = table[:, 0]
    fixed_m, fixed_m_s = itrf_from_launch(t_s, table[:, 1:4], table[:, 4:7])
    nose, _ = itrf_from_launch(t_s, table[:, 8:11], np.zeros_like(table[:, 8:11]))
    at_s = world.seconds(liftoff) + t_s
    position_m, velocity_m_s = world.to_gcrf(at_s, fixed_m, fixed_m_s)
    nose_gcrf, _ = world.to_gcrf(at_s, nose, np.zeros_like(nose))
    up = position_m / np.linalg.norm(position_m, axis=1)[:, None]
    side = np.cross(position_m, velocity_m_s)                  # straight up has no level of its own: keep the plane
    level = np.where(np.abs(np.sum(nose_gcrf * up, axis=1))[:, None] > 0.999, np.cross(side, nose_gcrf), up)
    return Arc("ascent", plan.ship.id, Frame.GCRF, liftoff, t_s, position_m, velocity_m_s,
               attitude_along(nose_gcrf, level), table[:, 7])


def _after(before: Situation, plan: Plan, liftoff: Epoch, ship: Arc, station: Arc, world: World) -> Situation:
    """The ship free in orbit, the station flown on; what is known of the station is carried on from what was known."""
    stop = ship.stop
    known = before.knowledge[STATION]
    y = _station_path(plan, known.state, world).at(world.seconds(stop), world).y
    station_state = last_state(station)
    ship_state = last_state(ship)
    spread = np.diag([INSERTION_SIGMA_M**2] * 3 + [INSERTION_SIGMA_M_S**2] * 3)
    told = replace(station_state, position_m=y[:3], velocity_m_s=y[3:6])
    after = moved_on(before, {STATION: station_state, plan.ship.id: ship_state},
                     {STATION: told, plan.ship.id: ship_state}, clocks={**before.clocks, "liftoff": liftoff})
    return replace(after, knowledge={**after.knowledge, plan.ship.id: Estimate(ship_state, spread)})


def _window_table(chance: launch.Opportunity) -> dict[str, list[object]]:
    return {"liftoff_utc": [chance.liftoff.iso(3)], "miss_s": [chance.miss_s],
            "phase_deg": [float(np.degrees(chance.phase_rad))], "accepted": [chance.accepted],
            "node_drift_to_docking_deg": [float(np.degrees(chance.drift_rad))],
            "plane_over_pad_s": [chance.plane_over_pad_s],
            "pad_off_plane_deg": [float(np.degrees(chance.off_plane_rad))],
            "station_highest_elevation_deg": [float(np.degrees(chance.elevation_rad))]}
