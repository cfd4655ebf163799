"""Deorbit: free flight to the braking burn, the burn, and the fall to where the modules part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from fakel.model.blank import Blank, filled
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.model.flight import STATION, Arc, Channel, Event, Leg, Situation, State
from fakel.model.frame import Frame
from fakel.model.place import Site, Station
from fakel.model.vehicle import Ship
from fakel.physics.frames import attitude_along
from fakel.physics.geodesy import RADIUS_M, geodetic_from_itrf
from fakel.physics.propagate import INERTIAL, propagate
from fakel.plan import deorbit
from fakel.plan.beside import spending_channels
from fakel.plan.coasting import after_free_flight, coast_arc
from fakel.plan.craft import Path, last_state, propellant_left_kg, require_undocked
from fakel.plan.deorbit import Braking, perigee_m
from fakel.plan.slip import first_day
from fakel.world import World

ENDINGS = ("done", "engine_failure")
STATION_STEP_S, COAST_STEP_S, BURN_STEP_S = 30.0, 30.0, 5.0
AFTER_FAILURE_S = 300.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who brakes for which zone on which UTC day. burn_start and dv_m_s may be blanks.

    engine_failure_after_s: the engine stops so long after ignition and stays off. slip_days: if the day has no landing
    (any more), so many later ones are tried.
    """

    ship: Ship
    station: Station
    zone: Site
    date: date
    burn_start: Epoch | Blank = Blank.PLAN
    dv_m_s: float | Blank = Blank.PLAN
    daylight: bool = False
    engine_failure_after_s: float | None = None
    slip_days: int = 0


def check(plan: Plan, where: str) -> None:
    """Raises InputError for a burn that is none."""
    if not isinstance(plan.dv_m_s, Blank) and plan.dv_m_s <= 0.0:
        raise InputError(f"{where} dv_m_s = {plan.dv_m_s:g} does not brake; make it more than zero")
    if plan.engine_failure_after_s is not None and plan.engine_failure_after_s < 0.0:
        raise InputError(f"{where} engine_failure_after_s = {plan.engine_failure_after_s:g} lies before ignition; "
                         "make it zero or more")


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with the burn that lands in the zone on the day, the least cross-range first.

    Raises InputError when the ship is docked, lacks propellant or the burn has passed; NoWindow when the day has no
    landing.
    """
    ship = plan.ship
    require_undocked("deorbit", ship, situation)
    path = deorbit.path_of(ship, situation, world)
    dv_m_s = deorbit.usual_dv_m_s(path, ship.vehicle, world) if isinstance(plan.dv_m_s, Blank) else plan.dv_m_s
    deorbit.check_propellant("deorbit", float(path.y[6]), dv_m_s, ship.vehicle,
                             propellant_left_kg(ship, float(path.y[6])))
    if isinstance(plan.burn_start, Epoch):
        if plan.burn_start < situation.epoch:
            raise InputError(f"deorbit: burn_start = {plan.burn_start.iso()} lies before this leg begins "
                             f"({situation.epoch.iso()}); write a later instant or \"plan\"")
        return replace(plan, dv_m_s=dv_m_s)

    def on(day: date) -> Plan:
        chance = deorbit.best_chance(path, day, dv_m_s, ship.vehicle, plan.zone, plan.daylight, path.t_s, "deorbit",
                                     world)
        return replace(plan, burn_start=world.epoch + chance.braking.start_s, dv_m_s=dv_m_s, date=day)
    return first_day(plan.date, plan.slip_days, on)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Coast, burn, fall to the height at which the modules part; or, when the engine fails, five minutes more in orbit.

    Raises FlightError when a whole burn does not bring the ship down.
    """
    burn_start, dv_m_s = filled(plan.burn_start, "deorbit: burn_start"), filled(plan.dv_m_s, "deorbit: dv_m_s")
    path = deorbit.path_of(plan.ship, before, world, known=False)
    given, _ = deorbit.braking(path, world.seconds(burn_start), dv_m_s, plan.ship.vehicle, world)
    failure_s = plan.engine_failure_after_s
    failed = failure_s is not None and failure_s < given.duration_s
    if failed and failure_s is not None:
        given = replace(given, duration_s=failure_s, thrust=replace(given.thrust, duration_s=failure_s))
    end = _end(path, given, failed, plan, world)
    arc = _ship_arc(path, given, end, before.epoch, plan.ship.id, world)
    station = coast_arc(before.craft[STATION], "deorbit", arc.stop, STATION_STEP_S, plan.station, world)
    after = after_free_flight(before, station, _ship_after(arc, plan, failed))
    ending = "engine_failure" if failed else "done"
    return Leg("deorbit", "deorbit", {}, before, after, ending, (arc, station),
               (*_channels(arc, station), *spending_channels(plan.ship, arc)),
               _events(plan, given, arc, station, ending, world), (),
               {"passes": deorbit.passes_table(path, plan.date, dv_m_s, plan.ship.vehicle, plan.zone, world),
                "engine_stops": _engine_stops(arc, given, before.epoch, world)})


def _engine_stops(arc: Arc, given: Braking, start: Epoch, world: World) -> dict[str, list[float]]:
    """Study ``engine_stops``: the orbit's lowest point, km above the equator's radius, if the engine stops then."""
    burning_s = arc.t_s - (given.start_s - world.seconds(start))
    rows = np.flatnonzero((burning_s > -1e-6) & (burning_s < given.duration_s + 1e-6))
    lowest_m = perigee_m(arc.position_m[rows], arc.velocity_m_s[rows])
    return {"burnt_s": burning_s[rows].tolist(), "lowest_km": ((lowest_m - RADIUS_M) / 1000).tolist()}


def _end(path: Path, given: Braking, failed: bool, plan: Plan, world: World) -> Path:
    if failed:
        flown = propagate(path.y, path.t_s, given.start_s + given.duration_s + AFTER_FAILURE_S, path.cd_area_m2,
                          world.field, thrust=given.thrust)
        return Path(float(flown.t_s[-1]), flown.end, path.cd_area_m2)
    end = deorbit.to_separation(path, given, plan.ship.vehicle, world)
    if end is None:
        raise FlightError(f"deorbit: {given.dv_m_s:.1f} m/s do not bring {plan.ship.name} down; raise dv_m_s")
    return end


def _ship_arc(path: Path, given: Braking, end: Path, start: Epoch, ship: str, world: World) -> Arc:
    """The ship every 30 s, every 5 s while it burns; its last row is where the planner saw it, bit for bit."""
    flown = propagate(path.y, path.t_s, end.t_s, path.cd_area_m2, world.field, thrust=given.thrust)
    burning = given.start_s + np.append(np.arange(0.0, given.duration_s, BURN_STEP_S), given.duration_s)
    at_s = np.unique(np.concatenate([np.arange(path.t_s, end.t_s, COAST_STEP_S), burning, [end.t_s]]))
    rows = flown.at(at_s)
    rows[0], rows[-1] = path.y, end.y
    nose = np.repeat(np.array(given.thrust.direction)[None], len(rows), axis=0)
    if given.thrust.mode != INERTIAL:
        nose = -rows[:, 3:6]
    return Arc("deorbit", ship, Frame.GCRF, start, at_s - path.t_s, rows[:, :3], rows[:, 3:6],
               attitude_along(nose, rows[:, :3]), rows[:, 6])


def _ship_after(arc: Arc, plan: Plan, failed: bool) -> State:
    """The ship at the leg's end: whole when the engine failed, else the descent module alone."""
    whole, descent = last_state(arc), plan.ship.vehicle.descent
    return whole if failed or descent is None else replace(whole, mass_kg=descent.flown_kg)


def _apart_m(ship: Arc, station: Arc, at: Epoch) -> float:
    ship_m, station_m = (arc.at(min(max(at - arc.start, 0.0), float(arc.t_s[-1])))[0] for arc in (ship, station))
    return float(np.linalg.norm(ship_m - station_m))


def _channels(ship: Arc, station: Arc) -> tuple[Channel, ...]:
    apart = np.linalg.norm(ship.position_m - station.at(np.minimum(ship.t_s, station.t_s[-1]))[0], axis=1)
    return (Channel("deorbit.range_to_station_m", "m", ship.start, ship.t_s, apart),
            Channel("deorbit.mass_kg", "kg", ship.start, ship.t_s, ship.mass_kg))


def _events(plan: Plan, given: Braking, ship: Arc, station: Arc, ending: str, world: World) -> tuple[Event, ...]:
    def event(name: str, at: Epoch, facts: Mapping[str, Any]) -> Event:
        position, velocity = ship.at(min(at - ship.start, float(ship.t_s[-1])))
        fixed, _ = world.to_itrf(world.seconds(at), position, velocity)
        lat, lon, height = geodetic_from_itrf(fixed[0])
        place = {"height_m": float(height), "latitude_deg": float(np.degrees(lat)),
                 "longitude_deg": float(np.degrees(lon)), "speed_inertial_m_s": float(np.linalg.norm(velocity[0]))}
        return Event(at, name, plan.ship.id, "deorbit", {**place, **facts})

    start, stop = world.epoch + given.start_s, world.epoch + (given.start_s + given.duration_s)
    mass_kg = float(np.interp(stop - ship.start, ship.t_s, ship.mass_kg))
    told = [event("deorbit_burn_start", start, {"dv_m_s": given.dv_m_s, "duration_s": given.duration_s,
                                                "range_to_station_m": _apart_m(ship, station, start)}),
            event("deorbit_burn_end", stop, {"duration_s": given.duration_s, "mass_kg": mass_kg,
                                             "propellant_left_kg": propellant_left_kg(plan.ship, mass_kg)})]
    if ending == "done":
        descent = plan.ship.vehicle.descent
        told.append(event("module_separation", ship.stop, {
            "after_burn_start_s": ship.stop - start, "mass_before_kg": mass_kg,
            "mass_kg": descent.flown_kg if descent is not None else mass_kg}))
    told.append(Event(ship.stop, "phase_end", plan.ship.id, "deorbit", {"ending": ending}))
    return tuple(told)
