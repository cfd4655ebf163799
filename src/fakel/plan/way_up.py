"""A whole way up as one plan: when to dock, the burns to the aim point, the last kilometres, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.guidance.corridor import corridor_to
from fakel.guidance.mean import A, rates_rad_s
from fakel.guidance.proximity import route
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow
from fakel.model.place import Port, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.model.way_up import Replanned, WayBurn, WayUp
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.frames import phase_ahead_rad, relative_rtn, rtn_from_gcrf, rtn_from_lvlh, unit
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.propagate import Dense, coast, propagate
from fakel.plan.arrival import Wishes, choose
from fakel.plan.burns import Burn, Climb, Planned, engine_for, mean_elements, plan_burns, spendable_m_s, thrusts
from fakel.plan.craft import Path, cd_area_m2, propellant_kg
from fakel.plan.docking_time import PHASE_TOLERANCE_RAD, check_phase, default_docking, phase_rad
from fakel.plan.proximity import Approach, Bodies, Pair, approach, rate_of
from fakel.world import World

TRACK_STEP_S = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """A ship that is free at an instant, and the station it goes to: states (7,) GCRF; liftoff counts its slots."""

    ship: Ship
    station: Station
    port: Port
    liftoff: Epoch
    at: Epoch
    ship_y: FloatArray
    station_y: FloatArray

    def phase(self, profile: Profile) -> float:
        return phase_rad(self.ship_y, self.station_y, profile)

    def station_path(self, world: World) -> Path:
        return Path(world.seconds(self.at), self.station_y, cd_area_m2(self.station))


@dataclass(frozen=True, slots=True, eq=False)
class _Flown:
    """A plan flown as planned: both paths to the aim point, and the approach."""

    climb: Climb
    planned: Planned
    ship: Dense
    station: Dense
    near: Approach


def plan_way(visit: Visit, profile: Profile, wishes: Wishes, world: World, ask_phase: bool = True) -> WayUp:
    """The way up by a profile. ask_phase: refuse phases outside its window (they belong to separation).

    Raises NoWindow when the phase, two wishes, the time or the propellant do not allow it.
    """
    phase = visit.phase(profile)
    if ask_phase:
        check_phase(phase, profile, visit.at)
    default = default_docking(profile, visit.liftoff, phase, visit.station_y, visit.at, cd_area_m2(visit.station),
                              world)
    docking, why = choose(wishes, profile, visit.liftoff, default, visit.station_path(world), world)
    climb = Climb(visit.ship, visit.station, profile, visit.at, visit.ship_y, visit.station_y, visit.liftoff, docking,
                  not ask_phase)
    return way_of(climb, plan_burns(climb, world), visit.port, why, world)


def way_of(climb: Climb, planned: Planned, port: Port, why: str, world: World) -> WayUp:
    """What a plan of burns means to contact. Raises NoWindow when the propellant does not last."""
    flown = _fly(climb, planned, port, world)
    vehicle, ship = climb.ship.vehicle, climb.ship
    burns = _told_burns(flown, world)
    end_kg, start_kg = float(flown.near.ship[-1, 6]), float(climb.ship_y[6])
    spent_before_kg = ship.mass_kg - start_kg
    home_m_s = max(vehicle.deorbit.dv_m_s) if vehicle.deorbit is not None else 0.0
    home_kg = propellant_kg(end_kg, home_m_s, vehicle.main_engine.isp_s)
    way = WayUp(climb.profile.id, climb.profile.name, ship.name, climb.station.name, port.id, climb.liftoff, climb.at,
                phase_rad(climb.ship_y, climb.station_y, climb.profile), climb.autonomous, climb.aim, climb.docking,
                why, burns, planned.total_m_s, flown.near.dv_m_s, floor_m_s(climb, world),
                spendable_m_s(ship, start_kg), ship.propellant_kg, spent_before_kg + start_kg - end_kg, home_kg,
                planned.miss_m, (climb.profile.phase_min_rad, climb.profile.phase_max_rad), _corridor(climb, port),
                _track(flown))
    if way.margin_kg < 0.0:
        raise NoWindow(f"docking = {climb.docking.iso()} takes {way.total_m_s:.0f} m/s and {way.used_kg:.0f} kg with "
                       f"{climb.profile.name}, {home_kg:.0f} kg are for the way home, and {ship.name} has "
                       f"{ship.propellant_kg:.0f} kg; load {-way.margin_kg:.0f} kg more or take another instant")
    return way


def floor_m_s(climb: Climb, world: World) -> float:
    """n da/2 on mean semi-major axes: what a slow climb between circular orbits in one plane takes (Edelbaum 1961)."""
    t_s = world.seconds(climb.at)
    low = float(mean_elements(climb.ship_y, t_s, cd_area_m2(climb.ship), world)[A])
    high = float(mean_elements(climb.station_y, t_s, cd_area_m2(climb.station), world)[A])
    return float(np.sqrt(MU_M3_S2 / ((low + high) / 2) ** 3) * abs(high - low) / 2)


def _fly(climb: Climb, planned: Planned, port: Port, world: World) -> _Flown:
    """Both craft to the aim point by the plan, and from there to the port."""
    vehicle = climb.ship.vehicle
    if vehicle.docking is None:
        raise InputError(f"{vehicle.name} has no [docking] table and cannot dock; write one in its vehicle file")
    t0, t1 = world.seconds(climb.at), world.seconds(climb.aim)
    areas = cd_area_m2(climb.ship), cd_area_m2(climb.station)
    push = thrusts(planned.burns, float(climb.ship_y[6]), vehicle, world)
    ship = propagate(climb.ship_y, t0, t1, areas[0], world.field, thrust=push)
    station = propagate(climb.station_y, t0, t1, areas[1], world.field)
    centre, axis = _door(port, vehicle.docking.probe_ahead_m)
    ways = route(centre, axis, climb.profile.aim_before_docking_s, vehicle.docking.closing_rate_m_s,
                 rate_of(station.end))
    bodies = Bodies(*areas, vehicle.thrusters.isp_s, world.field)
    near = approach(Pair(t1, ship.end, station.end), ways, axis, np.zeros(6), bodies)
    return _Flown(climb, planned, ship, station, near)


def _door(port: Port, probe_ahead_m: float) -> tuple[FloatArray, FloatArray]:
    """Where the ship's centre is at contact, and the way the port looks, RTN."""
    axis = rtn_from_lvlh(unit(port.axis_lvlh))
    return rtn_from_lvlh(port.position_lvlh_m) + probe_ahead_m * axis, axis


def _corridor(climb: Climb, port: Port) -> dict[str, Any]:
    """The port's cone, in the columns of study ``handover``."""
    docking = climb.ship.vehicle.docking
    shape = corridor_to(*_door(port, docking.probe_ahead_m if docking else 0.0))
    return {"contact_m": [shape.centre_m.tolist()], "axis": [shape.axis.tolist()], "offset_m": [shape.offset_m],
            "half_angle_deg": [float(np.degrees(shape.half_angle_rad))], "reach_m": [shape.reach_m]}


def _told_burns(flown: _Flown, world: World) -> tuple[WayBurn, ...]:
    climb, out = flown.climb, []
    push = thrusts(flown.planned.burns, float(climb.ship_y[6]), climb.ship.vehicle, world)
    for burn, thrust in zip(flown.planned.burns, push, strict=True):
        slot, stop_s = climb.profile.slot(burn.name), thrust.start_s + thrust.duration_s
        first, last = flown.ship.at(np.array([thrust.start_s, stop_s]))
        there = flown.station.at(thrust.start_s)[0]
        height_m = float(mean_elements(last, stop_s, cd_area_m2(climb.ship), world)[A] - RADIUS_M)
        out.append(WayBurn(burn.name, slot.group, slot.planned_from, burn.ignition, thrust.duration_s,
                           engine_for(burn.dv_m_s, climb.ship.vehicle).name, burn.dv_m_s, burn.dv_rtn_m_s,
                           float(first[6] - last[6]), float(first[6]), height_m,
                           float(np.linalg.norm(first[:3] - there[:3])), slot.missed))
    return tuple(out)


def _track(flown: _Flown) -> dict[str, FloatArray]:
    """Samples every TRACK_STEP_S to the aim point, then those of the approach."""
    first, last = flown.ship.t_s[0], flown.ship.t_s[-1]
    t_s = np.append(np.arange(first, last, TRACK_STEP_S), last)
    near = flown.near.t_s > last
    ship = np.concatenate([flown.ship.at(t_s), flown.near.ship[near]])
    station = np.concatenate([flown.station.at(t_s), flown.near.station[near]])
    t_s = np.concatenate([t_s, flown.near.t_s[near]])
    ahead = np.unwrap([phase_ahead_rad(a, b) for a, b in zip(ship, station, strict=True)])
    relative = relative_rtn(ship, station)
    return {"t_s": t_s - first, "phase_deg": np.degrees(ahead), "range_m": np.linalg.norm(relative[:, :3], axis=1),
            "height_difference_m": np.linalg.norm(ship[:, :3], axis=1) - np.linalg.norm(station[:, :3], axis=1),
            "propellant_kg": flown.climb.ship.propellant_kg - flown.climb.ship.mass_kg + ship[:, 6],
            "radial_m": relative[:, 0], "along_m": relative[:, 1], "cross_m": relative[:, 2]}


# ---------------------------------------------------------------- a station that moves without a word

def replanned(way: WayUp, visit: Visit, profile: Profile, pushed: Epoch, dv_m_s: float, seen: Epoch, world: World
              ) -> Replanned:
    """The same way when the station is pushed along track by dv_m_s at ``pushed``, which is known only at ``seen``.

    Burns before ``seen`` are flown as planned; those after it are planned anew for the same contact. Raises NoWindow
    when they cannot reach it, InputError when the instants do not lie on the way.
    """
    if not visit.at <= pushed <= seen < way.aim:
        raise InputError(f"a push of the station at {pushed.iso()}, seen at {seen.iso()}, does not lie on the way from "
                         f"{visit.at.iso()} to {way.aim.iso()}; write instants in between, the push first")
    burns = tuple(Burn(b.name, b.ignition, b.dv_rtn_m_s) for b in way.burns)
    running = next((b for b in way.burns if b.ignition <= seen < b.ignition + b.duration_s), None)
    if running is not None:
        raise InputError(f"at {seen.iso()} burn {running.name} is going on; take an instant after "
                         f"{(running.ignition + running.duration_s).iso()}")
    t0, t_push, t_seen, t1 = (world.seconds(e) for e in (visit.at, pushed, seen, way.aim))
    area = cd_area_m2(visit.station)
    y = coast(visit.station_y, t0, t_push, area, world.field)
    y[3:6] += dv_m_s * rtn_from_gcrf(y[:3], y[3:6])[1]
    there = coast(y, t_push, t_seen, area, world.field)
    done = tuple(b for b in burns if b.ignition < seen)
    ship = _carried(visit, burns, t1, world)
    aim = np.r_[profile.aim_rtn_m, profile.aim_rate_rtn_m_s]
    missed = relative_rtn(ship, coast(there, t_seen, t1, area, world.field)) - aim
    names = {b.name for b in done}
    left = replace(profile, burns=tuple(s for s in profile.burns if s.name not in names))
    climb = Climb(visit.ship, visit.station, left, seen, _carried(visit, done, t_seen, world), there, visit.liftoff,
                  way.docking)
    new = way_of(climb, plan_burns(climb, world), visit.port, "as planned before", world)
    return Replanned(pushed, dv_m_s, seen, float(np.linalg.norm(missed[:3])), new,
                     sum(b.dv_m_s for b in done))


def _carried(visit: Visit, burns: Sequence[Burn], stop_s: float, world: World) -> FloatArray:
    """The ship (7,) after some burns, at stop_s."""
    push = thrusts(burns, float(visit.ship_y[6]), visit.ship.vehicle, world)
    end = propagate(visit.ship_y, world.seconds(visit.at), stop_s, cd_area_m2(visit.ship), world.field, thrust=push).end
    return np.asarray(end)


# ---------------------------------------------------------------- who can, and when

def who_can(visit: Visit, profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """Profiles whose window holds the phase of a visit."""
    return tuple(p for p in profiles if _holds(p, visit.phase(p)))


def _holds(profile: Profile, phase: float) -> bool:
    return profile.phase_min_rad - PHASE_TOLERANCE_RAD <= phase <= profile.phase_max_rad + PHASE_TOLERANCE_RAD


def when_it_can(visit: Visit, profile: Profile, world: World) -> tuple[Epoch, float]:
    """When a ship that waits where it is has the middle phase of a profile's window, and that phase (rad)."""
    mine = mean_elements(visit.ship_y, world.seconds(visit.at), cd_area_m2(visit.ship), world)
    its = mean_elements(visit.station_y, world.seconds(visit.at), cd_area_m2(visit.station), world)
    gain = float(rates_rad_s(mine)[2] - rates_rad_s(its)[2])
    wanted = profile.phase_max_rad if gain > 0 else profile.phase_min_rad
    ahead = visit.phase(profile) - wanted
    return visit.at + (ahead % (2 * np.pi) if gain > 0 else -((-ahead) % (2 * np.pi))) / gain, wanted
