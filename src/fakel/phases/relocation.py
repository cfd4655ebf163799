"""Relocation: a docked ship leaves its port with its crew, flies around the station, docks at another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.blank import Blank, filled
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc, Event, Leg, Situation
from fakel.model.mission import Person
from fakel.model.place import Port, Station
from fakel.model.vehicle import Docking, Ship
from fakel.phases.docking_record import Gate, Record
from fakel.plan.coasting import coast_arc, moved_on
from fakel.plan.craft import cd_area_m2, last_state, state_y
from fakel.plan.proximity import Bodies, Pair, hooked
from fakel.plan.relocation import CLEAR_M, Moved, end_of, move, nearest_docked, nearest_on_axes
from fakel.plan.undocking import leave, undocking_of
from fakel.world import World

ENDINGS = ("done", "no_capture")
STATION_STEP_S = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Which ship moves to which port. A blank undocking is as soon as its hatches have been closed long enough.

    The whole crew goes aboard: without its ship nobody stays behind. closing_rate_m_s: a wish; without it the
    vehicle's own.
    """

    ship: Ship
    station: Station
    people: Mapping[str, Person]
    port: Port
    undocking: Epoch | Blank = Blank.PLAN
    closing_rate_m_s: float | None = None


def check(plan: Plan, where: str) -> None:
    """Refuse what can be seen without flying. Raises InputError."""
    _limits(plan)
    undocking_of(plan.ship.vehicle)
    if plan.closing_rate_m_s is not None and not 0.0 < plan.closing_rate_m_s <= 1.0:
        raise InputError(f"{where} closing_rate_m_s = {plan.closing_rate_m_s:g} is no approach; write 0 to 1 m/s")


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with its undocking. InputError when the ship is not docked, the port is taken or it is too early."""
    _from(plan, situation)
    taken = next((ship for ship, at in sorted(situation.joined.items()) if at == plan.port.id), None)
    if taken is not None:
        free = sorted(set(plan.station.ports) - set(situation.joined.values()))
        told = "is where the ship is" if taken == plan.ship.id else f"is taken by {taken}"
        raise InputError(f"relocation: port = {plan.port.id!r} {told}; write one of: {', '.join(free) or 'none'}")
    _require_clear(plan, situation)
    if isinstance(plan.undocking, Epoch):
        if plan.undocking < situation.epoch:
            raise InputError(f"relocation: undocking = {plan.undocking.iso()} lies before this leg begins "
                             f"({situation.epoch.iso()}); write a later instant or \"plan\"")
        return plan
    return replace(plan, undocking=situation.epoch + undocking_of(plan.ship.vehicle).hatch_closed_before_s)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """The ship leaves, backs away along its old axis, flies around and docks. Its own sensors see it without error.

    Raises FlightError when the propellant does not suffice.
    """
    start, old, limits = filled(plan.undocking, "relocation: undocking"), _from(plan, before), _limits(plan)
    bodies = Bodies(cd_area_m2(plan.ship), cd_area_m2(plan.station), plan.ship.vehicle.thrusters.isp_s, world.field)
    waiting = _waiting(before, start, plan, world)
    station = before.craft[STATION] if waiting is None else waiting.state(start)
    ship_y = leave(station, before.craft[plan.ship.id].mass_kg, old, plan.ship.vehicle)
    ends = end_of(old, limits.probe_ahead_m), end_of(plan.port, limits.probe_ahead_m)
    moved = move(Pair(world.seconds(start), ship_y, state_y(station)), ends,
                 plan.closing_rate_m_s or limits.closing_rate_m_s, bodies)
    record = Record(plan.ship, start, Gate(plan.port.id, ends[1][1], ends[1][0], limits), moved.flown, moved.flown,
                    plan.station.structure)
    record.require_propellant()
    captured = moved.flown.contact if record.no_capture is None else None
    arcs = record.arcs(None if captured is None else hooked(captured, limits.hooks_s, bodies))
    ship_arc, host = _renamed(arcs[0]), _joined(waiting, _renamed(arcs[1]))
    ending = "no_capture" if captured is None else "done"
    events = (*_boarding(plan, before), _undocking(plan, old, start),
              *(replace(e, phase="relocation") for e in record.events(moved.ways, ship_arc.stop)),
              Event(ship_arc.stop, "phase_end", plan.ship.id, "relocation", {"ending": ending}))
    return Leg("relocation", "relocation", {}, before, _after(before, plan, (ship_arc, host), ending), ending,
               (ship_arc, host), record.channels((ship_arc, _renamed(arcs[1]))),
               tuple(sorted(events, key=lambda e: e.epoch)), (),
               {**record.studies(bodies, world.seconds(world.window.stop)), **_beside(plan, before, moved)})


def _from(plan: Plan, situation: Situation) -> Port:
    if plan.ship.id not in situation.joined:
        raise InputError(f"relocation: {plan.ship.name} is not docked; write docked = a port in [ships.{plan.ship.id}] "
                         "or dock it first")
    return plan.station.ports[situation.joined[plan.ship.id]]


def _require_clear(plan: Plan, situation: Situation) -> None:
    """Raises InputError when the way out or in passes too near another docked ship."""
    limits, others = _limits(plan), {ship: at for ship, at in situation.joined.items() if ship != plan.ship.id}
    ends = end_of(_from(plan, situation), limits.probe_ahead_m), end_of(plan.port, limits.probe_ahead_m)
    for ship, least_m in nearest_on_axes(ends, plan.station, others).items():
        if least_m < CLEAR_M:
            raise InputError(f"relocation: on the way to port = {plan.port.id!r} the ship would pass {ship} at "
                             f"{others[ship]} {least_m:.1f} m away, and {CLEAR_M:g} m are needed; write another port")


def _limits(plan: Plan) -> Docking:
    if plan.ship.vehicle.docking is None:
        raise InputError(f"relocation: {plan.ship.vehicle.name} has no [docking] table; write one in its vehicle file")
    return plan.ship.vehicle.docking


def _waiting(before: Situation, start: Epoch, plan: Plan, world: World) -> Arc | None:
    """The station until the ship leaves; None when it leaves at once."""
    if start - before.epoch < 1e-6:
        return None
    return coast_arc(before.craft[STATION], "relocation", start, STATION_STEP_S, plan.station, world)


def _renamed(arc: Arc) -> Arc:
    return replace(arc, phase="relocation")


def _joined(first: Arc | None, then: Arc) -> Arc:
    """One arc of the station from two."""
    if first is None:
        return then
    def both(a: FloatArray, b: FloatArray) -> FloatArray:
        return np.concatenate([a, b[1:]])
    shift_s = then.start - first.start
    return Arc("relocation", first.craft, first.frame, first.start, both(first.t_s, then.t_s + shift_s),
               both(first.position_m, then.position_m), both(first.velocity_m_s, then.velocity_m_s),
               both(first.attitude, then.attitude), both(first.mass_kg, then.mass_kg))


def _boarding(plan: Plan, before: Situation) -> tuple[Event, ...]:
    """The crew goes aboard as the leg begins, and the hatches close."""
    ship = plan.ship.id
    people = [Event(before.epoch, "crew_transfer", person, "relocation", {"from": before.places[person], "to": ship})
              for person in plan.ship.crew if before.places.get(person, ship) != ship]
    return (*people, Event(before.epoch, "hatch_closed", ship, "relocation", {"port": before.joined[ship]}))


def _undocking(plan: Plan, old: Port, start: Epoch) -> Event:
    spring_m_s = undocking_of(plan.ship.vehicle).spring_m_s
    return Event(start, "relocation_start", plan.ship.id, "relocation",
                 {"port": old.id, "to": plan.port.id, "spring_m_s": spring_m_s, "range_m": float(np.linalg.norm(
                     old.position_lvlh_m))})


def _beside(plan: Plan, before: Situation, moved: Moved) -> dict[str, dict[str, list[object]]]:
    """Study ``docked_ships``: how near the ship's centre passes each of them."""
    others = {ship: port for ship, port in before.joined.items() if ship != plan.ship.id}
    near = nearest_docked(moved.flown, plan.station, others)
    return {"docked_ships": {"ship": list(near), "port": [others[ship] for ship in near],
                             "least_m": list(near.values())}}


def _after(before: Situation, plan: Plan, arcs: tuple[Arc, Arc], ending: str) -> Situation:
    """The ship at its new port, or free; its crew aboard."""
    ship, station = (last_state(arc) for arc in arcs)
    joined = {name: at for name, at in before.joined.items() if name != plan.ship.id}
    if ending == "done":
        joined[plan.ship.id] = plan.port.id
    places = {**before.places, **dict.fromkeys(plan.ship.crew, plan.ship.id)}
    true = {STATION: station, plan.ship.id: ship}
    return moved_on(before, true, true, joined=joined, places=places)
