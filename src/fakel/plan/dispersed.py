"""Dispersed legs of a climb: from a phase's plan and situation to the way that is steered, and back to a situation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.knowing import inertial_covariance, insertion_spread, offset_covariance, relative_slopes
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Estimate, Event, Situation, State, Table
from fakel.model.frame import Frame
from fakel.model.navigation import Chance, Navigation
from fakel.model.place import Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.physics.frames import attitude_lvlh
from fakel.physics.propagate import propagate
from fakel.plan.burns import Burn, Climb, plan_burns, thrusts
from fakel.plan.closed_loop import Looped, fly_loop
from fakel.plan.craft import cd_area_m2, state_y
from fakel.plan.drill import Drill
from fakel.plan.reference import Ignition, Look, Reference, Way, reference
from fakel.world import World

SURE = np.diag([50.0, 50.0, 50.0, 50.0, 50.0, 200.0]) ** 2
"""What a launcher leaves uncertain besides the causes that are dispersed: offsets, m, one sigma (assumed)."""
PHASING, AUTONOMOUS = "phasing", "autonomous"


@dataclass(frozen=True, slots=True)
class Bound:
    """Who goes where by which profile, and when it docks: what both phases of a climb plan with."""

    ship: Ship
    station: Station
    profile: Profile
    docking: Epoch

    @property
    def aim(self) -> Epoch:
        return self.docking + -self.profile.aim_before_docking_s

    @property
    def autonomous(self) -> Epoch:
        return self.docking + -self.profile.autonomous_before_docking_s


def autonomous_climb(bound: Bound, at: Epoch, ship_y: FloatArray, station_y: FloatArray, liftoff: Epoch) -> Climb:
    """What the autonomous burns alone are planned from."""
    own = tuple(slot for slot in bound.profile.burns if slot.group == AUTONOMOUS)
    return Climb(bound.ship, bound.station, replace(bound.profile, burns=own), at, ship_y, station_y, liftoff,
                 bound.docking)


def phasing_way(bound: Bound, burns: tuple[Burn, ...], before: Situation, fresh: bool, navigation: Navigation,
                world: World) -> Way:
    """The way from a situation to the aim: the burns of phasing, and those that the plan would fly afterwards.

    fresh: the ship has just left its rocket; then what is known of it is what launchers do.
    """
    ship_y, station_y = (state_y(before.knowledge[name].state) for name in (bound.ship.id, STATION))
    t0_s, t1_s = world.seconds(before.epoch), world.seconds(bound.autonomous)
    push = thrusts(burns, float(ship_y[6]), bound.ship.vehicle, world)
    later = propagate(ship_y, t0_s, t1_s, cd_area_m2(bound.ship), world.field, thrust=push).end
    station = propagate(station_y, t0_s, t1_s, cd_area_m2(bound.station), world.field).end
    rest = plan_burns(autonomous_climb(bound, bound.autonomous, later, station,
                                       before.clocks.get("liftoff", before.epoch)), world).burns
    covariance = insertion_covariance(ship_y, navigation) + SURE if fresh else _known(before, bound.ship, ship_y)
    leg = PHASING if fresh else f"{PHASING} from {before.epoch.iso(0)}"
    return Way(leg, bound.ship, bound.station, bound.profile, before.epoch, ship_y, station_y, (*burns, *rest),
               bound.aim, bound.autonomous, covariance, np.zeros((6, 6)))


def rendezvous_way(bound: Bound, burns: tuple[Burn, ...], before: Situation) -> Way:
    """The way of the autonomous burns, about where the plan has the ship (what is known, when no plan came before)."""
    ship_y, station_y = planned_y(before, bound.ship)
    strayed = (offset_covariance(before.planned[bound.ship.id].covariance, ship_y) if bound.ship.id in before.planned
               else np.zeros((6, 6)))
    leg = "rendezvous" if before.planned else f"rendezvous from {before.epoch.iso(0)}"
    return Way(leg, bound.ship, bound.station, bound.profile, before.epoch, ship_y, station_y, burns,
               bound.aim, bound.aim, _known(before, bound.ship, ship_y), strayed)


def planned_y(before: Situation, ship: Ship) -> tuple[FloatArray, FloatArray]:
    """States (7,) of ship and station as the plan has them."""
    planned = {**before.knowledge, **before.planned}
    return state_y(planned[ship.id].state), state_y(planned[STATION].state)


def insertion_covariance(y: FloatArray, navigation: Navigation) -> FloatArray:
    """Covariance (6, 6) of offsets of what a launcher does."""
    spread = _insertion(y, navigation)
    return offset_covariance(spread @ spread.T, y)


def _insertion(y: FloatArray, navigation: Navigation) -> FloatArray:
    i = navigation.insertion
    return insertion_spread(y, i.height_m, i.speed_m_s, i.inclination_rad, i.height_speed_correlation)


def _known(before: Situation, ship: Ship, y: FloatArray) -> FloatArray:
    return offset_covariance(before.knowledge[ship.id].covariance, y)


def known_covariance(before: Situation, ship: str) -> FloatArray:
    """Covariance (6, 6) of what is known of a ship beside the station, in its RTN."""
    told, station = before.knowledge[ship], state_y(before.knowledge[STATION].state)
    y = state_y(told.state)
    slopes = relative_slopes(y, station)
    return np.asarray(slopes @ offset_covariance(told.covariance, y) @ slopes.T)


def inserted(true: FloatArray, chance: Chance) -> FloatArray:
    """The true state (7,) as a launcher leaves it instead."""
    out = true.copy()
    out[:6] += _insertion(true, chance.navigation) @ chance.normal("insertion", 3)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A leg's reference, and where a flight on it begins: true and known (7,), known with a covariance (6, 6)."""

    reference: Reference
    true: FloatArray
    known: FloatArray
    covariance: FloatArray


def begun(way: Way, before: Situation, chance: Chance, fresh: bool, world: World) -> Begun:
    """A leg of one dispersed flight, ready to fly."""
    return begun_on(reference(way, chance.navigation, world), before, chance, fresh)


def begun_on(ref: Reference, before: Situation, chance: Chance, fresh: bool) -> Begun:
    """As ``begun``, on a reference that is there."""
    ship = ref.way.ship.id
    true, known = state_y(before.craft[ship]), state_y(before.knowledge[ship].state)
    if fresh:
        return Begun(ref, inserted(true, chance), known, insertion_covariance(known, chance.navigation) + SURE)
    return Begun(ref, true, known, offset_covariance(before.knowledge[ship].covariance, known))


def loop(leg: Begun, chance: Chance, world: World, drill: Drill | None = None) -> Looped:
    """Fly it."""
    return fly_loop(leg.reference, leg.true, leg.known, leg.covariance, chance, world, drill)


def estimate(looped: Looped, ref: Reference) -> Estimate:
    """What is known of the ship where its leg ends. Attitude along LVLH."""
    y = looped.known
    return Estimate(_state(ref.way.ship.id, looped.stop, y), inertial_covariance(looped.covariance, y))


def planned_states(ref: Reference) -> dict[str, Estimate]:
    """Ship and station where the plan has them at the leg's end, with the covariance of what is known about that."""
    return {ref.way.ship.id: Estimate(_state(ref.way.ship.id, ref.way.stop, ref.end_y),
                                      inertial_covariance(ref.strayed, ref.end_y)),
            STATION: Estimate(_state(STATION, ref.way.stop, ref.station.at(ref.stop_s)[0]), np.zeros((6, 6)))}


def _state(craft: str, epoch: Epoch, y: FloatArray) -> State:
    return State(craft, epoch, Frame.GCRF, y[:3], y[3:6], attitude_lvlh(y[None, :3], y[None, 3:6])[0], np.zeros(3),
                 float(y[6]))


def events_of(looped: Looped, phase: str, ship: Ship) -> tuple[Event, ...]:
    """Sensors that disagreed on a leg."""
    return tuple(Event(d.at, "sensors_disagree", ship.id, phase,
                       {"sensor": d.sensor, "name": d.name, "quantity": d.quantity, "sigma": d.sigma, "why": d.line})
                 for d in looped.disagreements)


def knowledge_table(ref: Reference) -> Table:
    """Study ``knowledge``: fix by fix and burn by burn, how well the orbit is known afterwards (one sigma, offsets).

    known_* and plan_*: one sigma of the place in the station's RTN and the correlation of radial with along track, of
    what is known and of where the ship truly is about the plan.
    """
    rows = [(step.end_s if isinstance(step, Ignition) else step.t_s,
             step.name if isinstance(step, Look) else ref.way.burns[step.i].name,
             step.sensor if isinstance(step, Look) else "burn", np.sqrt(np.diag(known)))
            for step, known in zip(ref.steps, ref.known[:-1], strict=True)]
    table: dict[str, object] = {"utc": [(ref.way.at + (t_s - ref.start_s)).iso(0) for t_s, *_ in rows],
                                "what": [name for _, name, *_ in rows], "kind": [kind for *_, kind, _ in rows]}
    parts = ("semi_major_axis", "eccentricity_x", "eccentricity_y", "tilt", "node", "along")
    table |= {f"{part}_m": [float(sigma[i]) for *_, sigma in rows] for i, part in enumerate(parts)}
    for name, spreads in (("known", ref.known), ("plan", ref.apart)):
        table |= _ellipses(name, [_place(ref, t_s, c) for (t_s, *_), c in zip(rows, spreads[:-1], strict=True)])
    return table


def _place(ref: Reference, t_s: float, covariance: FloatArray) -> FloatArray:
    """Covariance (3, 3) of the ship's place in the station's RTN, of offsets at an instant."""
    slopes = relative_slopes(ref.path.at(t_s)[0], ref.station.at(t_s)[0])[:3]
    return np.asarray(slopes @ covariance @ slopes.T)


def _ellipses(name: str, places: list[FloatArray]) -> dict[str, list[float]]:
    """Columns of covariances: three sigmas, and how radial goes with along track."""
    out = {f"{name}_{axis}_m": [float(np.sqrt(c[i, i])) for c in places]
           for i, axis in enumerate(("radial", "along_track", "normal"))}
    tied = [float(c[0, 1] / max(np.sqrt(c[0, 0] * c[1, 1]), 1e-12)) for c in places]
    return out | {f"{name}_radial_with_along": tied}


def commanded_table(looped: Looped, ref: Reference) -> Table:
    """Study ``commands``: each burn as planned, as told from what was known, and as done."""
    planned = {b.name: b.dv_rtn_m_s for b in ref.way.burns}
    pairs = list(zip(looped.commanded, looped.burnt, strict=True))
    table: dict[str, object] = {"burn": [told.name for told, _ in pairs]}
    for i, axis in enumerate(("radial", "along", "normal")):
        table[f"planned_{axis}_m_s"] = [planned[told.name][i] for told, _ in pairs]
        table[f"told_{axis}_m_s"] = [told.dv_rtn_m_s[i] for told, _ in pairs]
        table[f"done_{axis}_m_s"] = [done.dv_rtn_m_s[i] for _, done in pairs]
    return table
