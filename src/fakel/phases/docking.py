"""Docking: from the aim point by hops and a fly-around to the port's axis, straight in, contact, hooks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.proximity import SHORTEST_S, Way, route
from fakel.model.arrays import FloatArray
from fakel.model.blank import Blank, filled
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc, Leg, Situation, State
from fakel.model.navigation import Chance
from fakel.model.place import Port, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Docking, Ship
from fakel.phases.docking_record import Gate, Record
from fakel.physics.frames import from_relative_rtn, relative_rtn, rtn_from_lvlh, unit
from fakel.physics.propagate import coast
from fakel.plan.approach_errors import approach_errors
from fakel.plan.coasting import moved_on
from fakel.plan.craft import cd_area_m2, last_state, require_free, state_y
from fakel.plan.dispersed import known_covariance
from fakel.plan.port_corridor import require_open
from fakel.plan.proximity import Approach, Bodies, Pair, approach, hooked, push_of, rate_of
from fakel.world import World

ENDINGS = ("done", "no_capture")
FARTHEST_M = 5_000.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who docks where and when; a blank docking is the instant the rendezvous was made for.

    closing_rate_m_s: a wish; without it the vehicle's own. chance: of a dispersed flight.
    """

    ship: Ship
    station: Station
    profile: Profile
    port: Port
    docking: Epoch | Blank = Blank.PLAN
    closing_rate_m_s: float | None = None
    chance: Chance | None = None


def check(plan: Plan, where: str) -> None:
    """Refuse what can be seen without flying. Raises InputError."""
    if plan.ship.vehicle.docking is None:
        raise InputError(f"{where} {plan.ship.vehicle.name} has no [docking] table and cannot dock; write one in its "
                         "vehicle file or choose another ship")
    if plan.closing_rate_m_s is not None and not 0.0 < plan.closing_rate_m_s <= 1.0:
        raise InputError(f"{where} closing_rate_m_s = {plan.closing_rate_m_s:g} is no approach; write 0 to 1 m/s")
    require_open(where, plan.port, plan.station, {}, plan.ship.vehicle.docking.hull_diameter_m / 2)


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with the instant of contact. Raises InputError when the port is taken or the time too short."""
    require_free("docking", plan.ship, plan.station, plan.port, situation)
    require_open("docking:", plan.port, plan.station, situation.joined, _limits(plan).hull_diameter_m / 2)
    far_m = float(np.linalg.norm(_known(plan, situation, world).relative[:3]))
    if far_m > FARTHEST_M:
        raise InputError(f"docking: {plan.ship.name} is {far_m / 1000:.1f} km from the station; put a rendezvous that "
                         f"ends within {FARTHEST_M / 1000:.0f} km before this step")
    docking = plan.docking
    if not isinstance(docking, Epoch):
        docking = situation.clocks.get("docking", situation.epoch + plan.profile.aim_before_docking_s)
    earliest = situation.epoch + SHORTEST_S
    if docking - earliest < -1e-6:
        raise InputError(f"docking: contact at {docking.iso()} is {(docking - situation.epoch) / 60:.1f} min after the "
                         f"aim point; the way in takes {SHORTEST_S / 60:.1f} min, so write {earliest.iso()} or later")
    return replace(plan, docking=docking)


@dataclass(frozen=True, slots=True, eq=False)
class WayIn:
    """A way in, ready to fly: both pairs at the aim point, waypoints, the port's gate, what moves the two, and what the
    ship's radar leaves at most, as a share of the distance to the port."""

    true: Pair
    known: Pair
    ways: tuple[Way, ...]
    gate: Gate
    bodies: Bodies
    radar_share: float

    def fly(self, profile: str, chance: Chance | None) -> Approach:
        """The flown approach: with the errors of a chance, or with what is wrongly known alone."""
        error = self.known.relative - self.true.relative
        errors = chance and approach_errors(self.gate.centre_m, error, chance, profile)
        return approach(self.true, self.ways, self.gate.axis, error, self.bodies, errors, self.radar_share)


def way_in(before: Situation, plan: Plan, world: World) -> WayIn:
    """The way in of a filled plan."""
    docking = filled(plan.docking, "docking: docking")
    gate, true = _gate(plan), _true(plan, before, world)
    rate_m_s = plan.closing_rate_m_s or _limits(plan).closing_rate_m_s
    known, rate_rad_s = _known(plan, before, world), rate_of(true.station)
    ways = route(gate.centre_m, gate.axis, docking - before.epoch, rate_m_s, rate_rad_s)
    navigation = plan.ship.vehicle.navigation
    share = navigation.radar.position_share if navigation else math.inf
    return WayIn(true, known, ways, gate, _bodies(plan, world), share)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Fly to contact at plan.docking and, if the mechanism captures, until its hooks are closed.

    What is flown starts from the true states, what is planned from what is known; guidance sees the difference
    shrink with the distance to the port. Raises FlightError when the propellant does not suffice.
    """
    way, limits = way_in(before, plan, world), _limits(plan)
    planned = approach(way.known, way.ways, way.gate.axis, np.zeros(6), way.bodies)
    record = Record(plan.ship, before.epoch, way.gate, way.fly(plan.profile.id, plan.chance), planned,
                    plan.station.structure)
    record.require_propellant()
    captured = record.flown.contact if record.no_capture is None else None
    known = None if plan.chance is None else known_covariance(before, plan.ship.id)
    arcs = record.arcs(None if captured is None else hooked(captured, limits.hooks_s, way.bodies))
    after = _after(before, plan, arcs, captured, way.bodies, world)
    return Leg("docking", "docking", {}, before, after, "no_capture" if captured is None else "done", arcs,
               record.channels(arcs), record.events(way.ways, arcs[0].stop), (),
               record.studies(way.bodies, world.seconds(world.window.stop), known))


def _limits(plan: Plan) -> Docking:
    if plan.ship.vehicle.docking is None:
        raise InputError(f"docking: {plan.ship.vehicle.name} has no [docking] table; write one in its vehicle file")
    return plan.ship.vehicle.docking


def _bodies(plan: Plan, world: World) -> Bodies:
    return Bodies(cd_area_m2(plan.ship), cd_area_m2(plan.station), plan.ship.vehicle.thrusters.isp_s, world.field)


def _gate(plan: Plan) -> Gate:
    """The port in the station's RTN."""
    axis, limits = rtn_from_lvlh(unit(plan.port.axis_lvlh)), _limits(plan)
    return Gate(plan.port.id, axis, rtn_from_lvlh(plan.port.position_lvlh_m) + limits.probe_ahead_m * axis, limits)


def _true(plan: Plan, situation: Situation, world: World) -> Pair:
    return _pair(situation.craft[plan.ship.id], situation.craft[STATION], situation.epoch, world)


def _known(plan: Plan, situation: Situation, world: World) -> Pair:
    return _pair(situation.knowledge[plan.ship.id].state, situation.knowledge[STATION].state, situation.epoch, world)


def _pair(ship: State, station: State, epoch: Epoch, world: World) -> Pair:
    return Pair(world.seconds(epoch), state_y(ship), state_y(station))


def _after(before: Situation, plan: Plan, arcs: tuple[Arc, Arc], docked_at: Pair | None, bodies: Bodies, world: World
           ) -> Situation:
    """The end of the arcs. A docked ship has the station's state, and all that is docked moves with it."""
    ship, station = (last_state(arc) for arc in arcs)
    joined, clocks = dict(before.joined), dict(before.clocks)
    if docked_at is not None:
        joined[plan.ship.id] = plan.port.id
        clocks["docking"] = before.epoch + (docked_at.t_s - world.seconds(before.epoch))
    y = _known_station(before, world.seconds(station.epoch), docked_at, bodies, world)
    told = replace(station, position_m=y[:3], velocity_m_s=y[3:6])
    relative = relative_rtn(state_y(ship), state_y(station))                # at the port the radar's error has gone
    ship_y = from_relative_rtn(relative, y)
    free = replace(ship, position_m=ship_y[:3], velocity_m_s=ship_y[3:6])
    return moved_on(before, {STATION: station, plan.ship.id: ship}, {STATION: told, plan.ship.id: free}, joined=joined,
                    clocks=clocks, planned={})


def _known_station(before: Situation, stop_s: float, docked_at: Pair | None, bodies: Bodies, world: World
                   ) -> FloatArray:
    """What was known of the station, carried on (7,), with the push of the contact."""
    y, t_s, area = state_y(before.knowledge[STATION].state), world.seconds(before.epoch), bodies.station_cd_area_m2
    if docked_at is not None:
        y, t_s = coast(y, t_s, docked_at.t_s, area, bodies.field), docked_at.t_s
        y[3:6] += push_of(docked_at)
    return coast(y, t_s, stop_s, area, bodies.field)
