"""Deorbit: free flight to the braking burn, the burn, and the fall to where the modules part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.blank import Blank, filled
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError, require_known
from fakel.model.flight import STATION, Arc, Channel, Event, Leg, Situation, State
from fakel.model.frame import Frame
from fakel.model.place import Site, Station
from fakel.model.vehicle import Ship, Vehicle
from fakel.model.wind import Wind
from fakel.physics.frames import attitude_along
from fakel.physics.geodesy import RADIUS_M, geodetic_from_itrf
from fakel.physics.propagate import G0_M_S2, INERTIAL, propagate
from fakel.plan import deorbit
from fakel.plan.beside import spending_channels
from fakel.plan.braking import (
    CUTOFFS,
    ENGINES,
    Burnt,
    Trouble,
    after_thrusts,
    aimed_on,
    burnt,
    on_thrusters,
    parted_late,
)
from fakel.plan.coasting import after_free_flight, coast_arc
from fakel.plan.craft import Path, last_state, propellant_left_kg, require_undocked
from fakel.plan.deorbit import Braking, perigee_m
from fakel.plan.descent import upwind
from fakel.plan.slip import first_day
from fakel.world import World

ENDINGS = ("done", "backup", "short_burn", "late_separation", "engine_failure")
STATION_STEP_S, COAST_STEP_S, BURN_STEP_S = 30.0, 30.0, 5.0
AFTER_FAILURE_S = 300.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who brakes for which zone on which UTC day. burn_start and dv_m_s may be blanks.

    engine: ``main`` or ``thrusters``. wind: the forecast over the zone, which the aim makes up for. slip_days: if the
    day has no landing (any more), so many later ones are tried. cutoff: ``delta_v`` (as the accelerometers count it) or
    ``time``.

    Drills: thrust_share: the engine gives this share of its thrust; cutoff_late_s: it stops so much later (negative:
    earlier); engine_failure_after_s, or engine_failure_share of the planned length: it stops then and stays off; backup
    = false: the thrusters do not go on then; backup_aims: they do, and stop when the capsule can reach the zone, as
    ground control could compute it, not when the planned delta-v is done; separation_late_s: the modules part so much
    later.
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
    engine: str = "main"
    cutoff: str = "delta_v"
    thrust_share: float = 1.0
    cutoff_late_s: float = 0.0
    engine_failure_share: float | None = None
    backup: bool = True
    backup_aims: bool = False
    separation_late_s: float = 0.0
    wind: Wind | None = None

    @property
    def vehicle(self) -> Vehicle:
        """The ship's vehicle as it brakes."""
        return self.ship.vehicle if self.engine == "main" else on_thrusters(self.ship.vehicle)


def check(plan: Plan, where: str) -> None:
    """Raises InputError for a burn that is none, or a drill that cannot be."""
    if not isinstance(plan.dv_m_s, Blank) and plan.dv_m_s <= 0.0:
        raise InputError(f"{where} dv_m_s = {plan.dv_m_s:g} does not brake; make it more than zero")
    if plan.engine_failure_after_s is not None and plan.engine_failure_after_s < 0.0:
        raise InputError(f"{where} engine_failure_after_s = {plan.engine_failure_after_s:g} lies before ignition; "
                         "make it zero or more")
    for key, known in (("engine", ENGINES), ("cutoff", CUTOFFS)):
        require_known(f"{where} {key}", getattr(plan, key), known)
    if not 0.0 < plan.thrust_share <= 1.2:
        raise InputError(f"{where} thrust_share = {plan.thrust_share:g} cannot be; write more than 0, at most 1.2")
    if plan.engine_failure_share is not None and not 0.0 <= plan.engine_failure_share < 1.0:
        raise InputError(f"{where} engine_failure_share = {plan.engine_failure_share:g} cannot be; write 0 or more, "
                         "less than 1")
    if plan.engine_failure_share is not None and plan.engine_failure_after_s is not None:
        raise InputError(f"{where} engine_failure_after_s and engine_failure_share say the same; write one of them")
    if plan.separation_late_s < 0.0:
        raise InputError(f"{where} separation_late_s = {plan.separation_late_s:g} is early; write 0 or more")
    if plan.engine != "main":
        on_thrusters(plan.ship.vehicle)


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with the burn that lands in the zone on the day, the least cross-range first.

    Raises InputError when the ship is docked, lacks propellant or the burn has passed; NoWindow when the day has no
    landing.
    """
    ship, vehicle = plan.ship, plan.vehicle
    require_undocked("deorbit", ship, situation)
    path = deorbit.path_of(ship, situation, world)
    dv_m_s = deorbit.usual_dv_m_s(path, vehicle, world) if isinstance(plan.dv_m_s, Blank) else plan.dv_m_s
    deorbit.check_propellant("deorbit", float(path.y[6]), dv_m_s, vehicle,
                             propellant_left_kg(ship, float(path.y[6])))
    if isinstance(plan.burn_start, Epoch):
        if plan.burn_start < situation.epoch:
            raise InputError(f"deorbit: burn_start = {plan.burn_start.iso()} lies before this leg begins "
                             f"({situation.epoch.iso()}); write a later instant or \"plan\"")
        return replace(plan, dv_m_s=dv_m_s)
    zone = upwind(plan.zone, plan.wind, vehicle, path.t_s, world)

    def on(day: date) -> Plan:
        chance = deorbit.best_chance(path, day, dv_m_s, vehicle, zone, plan.daylight, path.t_s, "deorbit", world)
        return replace(plan, burn_start=world.epoch + chance.braking.start_s, dv_m_s=dv_m_s, date=day)
    return first_day(plan.date, plan.slip_days, on)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Coast, burn, fall to where the modules part; or, when the ship does not come down, five minutes more in orbit.

    Raises FlightError when a whole burn does not bring the ship down.
    """
    burn_start, dv_m_s = filled(plan.burn_start, "deorbit: burn_start"), filled(plan.dv_m_s, "deorbit: dv_m_s")
    path = deorbit.path_of(plan.ship, before, world, known=False)
    vehicle = plan.vehicle
    given, ignition = deorbit.braking(path, world.seconds(burn_start), dv_m_s, vehicle, world)
    mass_kg = float(ignition[6])
    flown = burnt(path, given, mass_kg, float(propellant_left_kg(plan.ship, mass_kg)), _trouble(plan, given), vehicle,
                  world)
    zone = upwind(plan.zone, plan.wind, vehicle, path.t_s, world)
    if plan.backup_aims and flown.ending == "backup":
        flown = aimed_on(path, flown, float(propellant_left_kg(plan.ship, mass_kg)), vehicle, zone, world)
    cut_s, cut = after_thrusts(path, flown.thrusts, world)
    parting = deorbit.fallen(Path(cut_s, cut, path.cd_area_m2), vehicle, world)
    ending = _ending(plan, flown, parting)
    if parting is None:
        _require_trouble(plan, given)
        stop_s = cut_s + AFTER_FAILURE_S
        rest = propagate(cut, cut_s, stop_s, path.cd_area_m2, world.field)
        parting = Path(stop_s, rest.end, path.cd_area_m2)
    late = None
    if plan.separation_late_s and ending != "engine_failure":
        late = parted_late(parting, plan.separation_late_s, vehicle, plan.zone, world)
    arc = _ship_arc(path, flown, parting, late, before.epoch, plan.ship.id, world)
    station = coast_arc(before.craft[STATION], "deorbit", arc.stop, STATION_STEP_S, plan.station, world)
    after = after_free_flight(before, station, _ship_after(arc, plan, ending))
    return Leg("deorbit", "deorbit", {}, before, after, ending, (arc, station),
               (*_channels(arc, station), *spending_channels(plan.ship, arc)),
               _events(plan, given, flown, arc, station, ending, world), (),
               {"passes": deorbit.passes_table(path, plan.date, dv_m_s, vehicle, zone, world),
                "engine_stops": _engine_stops(arc, flown, before.epoch, world)})


def _trouble(plan: Plan, given: Braking) -> Trouble:
    fails_s = plan.engine_failure_after_s
    if plan.engine_failure_share is not None:
        fails_s = plan.engine_failure_share * given.duration_s
    return Trouble(plan.cutoff, plan.thrust_share, plan.cutoff_late_s, fails_s, plan.backup and plan.engine == "main")


def _ending(plan: Plan, flown: Burnt, parting: Path | None) -> str:
    if parting is None:
        return "engine_failure"
    if plan.separation_late_s > 0.0:
        return "late_separation"
    return {"failed": "short_burn"}.get(flown.ending, flown.ending)


def _require_trouble(plan: Plan, given: Braking) -> None:
    """A whole burn that leaves the ship in orbit is a plan that cannot be."""
    if _trouble(plan, given) == replace(_trouble(plan, given), thrust_share=1.0, cutoff_late_s=0.0, fails_after_s=None):
        raise FlightError(f"deorbit: {given.dv_m_s:.1f} m/s do not bring {plan.ship.name} down; raise dv_m_s")


def _engine_stops(arc: Arc, flown: Burnt, start: Epoch, world: World) -> dict[str, list[float]]:
    """Study ``engine_stops``: the orbit's lowest point, km above the equator's radius, if the engine stops then."""
    burning_s = arc.t_s - (flown.thrusts[0].start_s - world.seconds(start))
    rows = np.flatnonzero((burning_s > -1e-6) & (burning_s < flown.thrusts[0].duration_s + 1e-6))
    lowest_m = perigee_m(arc.position_m[rows], arc.velocity_m_s[rows])
    return {"burnt_s": burning_s[rows].tolist(), "lowest_km": ((lowest_m - RADIUS_M) / 1000).tolist()}


def _ship_arc(path: Path, burnt: Burnt, end: Path, late: FloatArray | None, start: Epoch, ship: str, world: World
              ) -> Arc:
    """The ship every 30 s, every 5 s while it burns; where it parts its row is as the planner saw it, bit for bit."""
    flown = propagate(path.y, path.t_s, end.t_s, path.cd_area_m2, world.field, thrust=burnt.thrusts)
    burning = [push.start_s + np.append(np.arange(0.0, push.duration_s, BURN_STEP_S), push.duration_s)
               for push in burnt.thrusts]
    at_s = np.unique(np.concatenate([np.arange(path.t_s, end.t_s, COAST_STEP_S), *burning, [end.t_s]]))
    rows = flown.at(at_s)
    rows[0], rows[-1] = path.y, end.y
    if late is not None:
        at_s, rows = np.r_[at_s, late[1:, 0]], np.vstack([rows, late[1:, 1:]])
    nose = np.repeat(np.array(burnt.thrusts[0].direction)[None], len(rows), axis=0)
    turned = at_s >= (burnt.thrusts[-1].start_s if len(burnt.thrusts) > 1 else burnt.thrusts[0].start_s)
    if burnt.thrusts[-1].mode != INERTIAL:
        nose[turned] = -rows[turned, 3:6]
    if burnt.thrusts[0].mode != INERTIAL:
        nose = -rows[:, 3:6]
    return Arc("deorbit", ship, Frame.GCRF, start, at_s - path.t_s, rows[:, :3], rows[:, 3:6],
               attitude_along(nose, rows[:, :3]), rows[:, 6])


def _ship_after(arc: Arc, plan: Plan, ending: str) -> State:
    """The ship at the leg's end: whole when it stays in orbit, else the descent module alone."""
    whole, descent = last_state(arc), plan.ship.vehicle.descent
    return whole if ending == "engine_failure" or descent is None else replace(whole, mass_kg=descent.flown_kg)


def _apart_m(ship: Arc, station: Arc, at: Epoch) -> float:
    ship_m, station_m = (arc.at(min(max(at - arc.start, 0.0), float(arc.t_s[-1])))[0] for arc in (ship, station))
    return float(np.linalg.norm(ship_m - station_m))


def _channels(ship: Arc, station: Arc) -> tuple[Channel, ...]:
    apart = np.linalg.norm(ship.position_m - station.at(np.minimum(ship.t_s, station.t_s[-1]))[0], axis=1)
    return (Channel("deorbit.range_to_station_m", "m", ship.start, ship.t_s, apart),
            Channel("deorbit.mass_kg", "kg", ship.start, ship.t_s, ship.mass_kg))


def _events(plan: Plan, given: Braking, flown: Burnt, ship: Arc, station: Arc, ending: str, world: World
            ) -> tuple[Event, ...]:
    def event(name: str, at: Epoch, facts: Mapping[str, Any]) -> Event:
        position, velocity = ship.at(min(at - ship.start, float(ship.t_s[-1])))
        fixed, _ = world.to_itrf(world.seconds(at), position, velocity)
        lat, lon, height = geodetic_from_itrf(fixed[0])
        place = {"height_m": float(height), "latitude_deg": float(np.degrees(lat)),
                 "longitude_deg": float(np.degrees(lon)), "speed_inertial_m_s": float(np.linalg.norm(velocity[0]))}
        return Event(at, name, plan.ship.id, "deorbit", {**place, **facts})

    def mass_at(at: Epoch) -> float:
        return float(np.interp(at - ship.start, ship.t_s, ship.mass_kg))

    start = world.epoch + given.start_s
    told, before_m_s = [], 0.0
    for push, name in zip(flown.thrusts, ("deorbit_burn", "backup_burn"), strict=False):
        begin, stop = world.epoch + push.start_s, world.epoch + (push.start_s + push.duration_s)
        mass_kg = mass_at(stop)
        done_m_s = push.isp_s * G0_M_S2 * float(np.log(mass_at(begin) / mass_kg)) + before_m_s
        last = push is flown.thrusts[-1]
        told += [event(f"{name}_start", begin, {"dv_m_s": given.dv_m_s - before_m_s, "duration_s":
                                                given.duration_s if name == "deorbit_burn" else push.duration_s,
                                                "range_to_station_m": _apart_m(ship, station, begin)}),
                 event(f"{name}_end", stop, {"duration_s": push.duration_s, "mass_kg": mass_kg,
                                             "dv_m_s": done_m_s - before_m_s, "dv_done_m_s": done_m_s, "last": last,
                                             "propellant_left_kg": propellant_left_kg(plan.ship, mass_kg)})]
        before_m_s = done_m_s
    if ending != "engine_failure":
        descent = plan.ship.vehicle.descent
        told.append(event("module_separation", ship.stop, {
            "after_burn_start_s": ship.stop - start, "mass_before_kg": mass_kg, "late_s": plan.separation_late_s,
            "mass_kg": descent.flown_kg if descent is not None else mass_kg}))
    told.append(Event(ship.stop, "phase_end", plan.ship.id, "deorbit", {"ending": ending}))
    return tuple(told)
