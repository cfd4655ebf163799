"""Flying the burns of a plan: both arcs, what happened, and what would have happened without the next burn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from fakel.guidance.mean import A
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc, Channel, Estimate, Event, Leg, Situation, Table
from fakel.model.frame import Frame
from fakel.model.place import Station
from fakel.model.profile import Fallback
from fakel.model.vehicle import Ship
from fakel.physics.frames import attitude_along, attitude_lvlh, rtn_from_gcrf
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.propagate import Dense, Thrust, propagate
from fakel.plan.beside import spending_channels
from fakel.plan.burn_covariance import AtBurns
from fakel.plan.burns import Burn, engine_for, mean_elements, thrusts
from fakel.plan.coasting import moved_on
from fakel.plan.craft import cd_area_m2, last_state, state_y
from fakel.plan.drift import HOLD, Drift, Drifts, Move
from fakel.plan.passive import drift_table
from fakel.plan.proximity import Bodies, Pair
from fakel.world import World

STEP_S = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Flown:
    """One leg's motion: the true paths of ship and station, their arcs, the burns as the engine did them."""

    ship: Ship
    station: Station
    burns: tuple[Burn, ...]
    pushes: tuple[Thrust, ...]
    ship_path: Dense
    station_path: Dense
    ship_arc: Arc
    station_arc: Arc


def fly_burns(before: Situation, ship: Ship, station: Station, burns: tuple[Burn, ...], stop: Epoch, phase: str,
              world: World) -> Flown:
    """Fly ship and station from the situation to stop. Raises InputError when a burn does not lie in between."""
    t0_s, t1_s = world.seconds(before.epoch), world.seconds(stop)
    y, target = state_y(before.craft[ship.id]), state_y(before.craft[STATION])
    pushes = thrusts(burns, float(y[6]), ship.vehicle, world)
    for burn, push in zip(burns, pushes, strict=True):
        if push.start_s < t0_s or push.start_s + push.duration_s > t1_s:
            raise InputError(f"burn {burn.name} at {burn.ignition.iso(3)} lasts {push.duration_s:.1f} s and does not "
                             f"lie between {before.epoch.iso()} and {stop.iso()}; set another instant")
    path = propagate(y, t0_s, t1_s, cd_area_m2(ship), world.field, thrust=pushes)
    other = propagate(target, t0_s, t1_s, cd_area_m2(station), world.field)
    at_s = np.union1d(np.append(np.arange(t0_s, t1_s, STEP_S), t1_s),
                      [t for push in pushes for t in (push.start_s, push.start_s + push.duration_s)])
    return Flown(ship, station, burns, pushes, path, other,
                 _arc(ship.id, phase, path, at_s, before.epoch, pushes),
                 _arc(STATION, phase, other, at_s, before.epoch, ()))


def _arc(craft: str, phase: str, path: Dense, at_s: FloatArray, start: Epoch, pushes: Sequence[Thrust]) -> Arc:
    """The path at its samples; body axes along LVLH, in a burn body x along the thrust."""
    rows = path.at(at_s)
    rows[0], rows[-1] = path.y[0], path.y[-1]
    attitude = attitude_lvlh(rows[:, :3], rows[:, 3:6])
    for push in pushes:
        now = (at_s >= push.start_s) & (at_s <= push.start_s + push.duration_s)
        rtn = rtn_from_gcrf(rows[now, :3], rows[now, 3:6])
        attitude[now] = attitude_along(np.einsum("nji,j->ni", rtn, np.array(push.direction)), rows[now, :3])
    return Arc(phase, craft, Frame.GCRF, start, at_s - at_s[0], rows[:, :3], rows[:, 3:6], attitude, rows[:, 6])


def burn_events(flown: Flown, phase: str, world: World) -> tuple[Event, ...]:
    """burn_start and burn_end of every burn, with mean heights (semi-major axis less 6378.137 km) around it."""
    out = []
    for burn, push in zip(flown.burns, flown.pushes, strict=True):
        ends = push.start_s, push.start_s + push.duration_s
        first, last = flown.ship_path.at(np.array(ends))
        heights = [mean_height_m(y, t, cd_area_m2(flown.ship), world) for y, t in zip((first, last), ends, strict=True)]
        facts = {"burn": burn.name, "dv_m_s": burn.dv_m_s, "duration_s": push.duration_s,
                 "engine": engine_for(burn.dv_m_s, flown.ship.vehicle).name,
                 "propellant_kg": float(first[6] - last[6]), "dv_radial_m_s": burn.dv_rtn_m_s[0],
                 "dv_along_m_s": burn.dv_rtn_m_s[1], "dv_normal_m_s": burn.dv_rtn_m_s[2],
                 "mean_height_before_m": heights[0], "mean_height_after_m": heights[1]}
        out.append(Event(burn.ignition, "burn_start", flown.ship.id, phase, {**facts, "mass_kg": float(first[6])}))
        out.append(Event(burn.ignition + push.duration_s, "burn_end", flown.ship.id, phase,
                         {**facts, "mass_kg": float(last[6])}))
    return tuple(out)


def mean_height_m(y: FloatArray, t_s: float, drag_m2: float, world: World) -> float:
    """Mean semi-major axis less the Earth's equatorial radius, m."""
    return float(mean_elements(y, t_s, drag_m2, world)[A] - RADIUS_M)


def after_climb(before: Situation, flown: Flown, clocks: dict[str, Epoch], world: World) -> Situation:
    """The situation where the leg ends.

    What is known is carried on from what was known, through the same burns; covariances stay as they are, for the
    ground goes on tracking both craft.
    """
    true = {flown.ship.id: last_state(flown.ship_arc), STATION: last_state(flown.station_arc)}
    known = {}
    for name, pushes, body in ((flown.ship.id, flown.pushes, flown.ship), (STATION, (), flown.station)):
        y = propagate(state_y(before.knowledge[name].state), world.seconds(before.epoch),
                      world.seconds(true[name].epoch), cd_area_m2(body), world.field, thrust=pushes).end
        known[name] = replace(true[name], position_m=y[:3], velocity_m_s=y[3:6], mass_kg=float(y[6]))
    return moved_on(before, true, known, clocks=clocks)


@dataclass(frozen=True, slots=True, eq=False)
class Knew:
    """What a dispersed leg ends with: what is known of the ship, where the plan had both craft, what else happened."""

    ship: Estimate
    planned: dict[str, Estimate]
    events: tuple[Event, ...] = ()
    studies: Mapping[str, Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A burn that nothing made up for. follows: what the profile says follows it, if it says anything."""

    follows: Fallback | None


def climb_leg(phase: str, before: Situation, flown: Flown, beside: tuple[Channel, ...], docking: Epoch, last: Event,
              world: World, knew: Knew | None = None, failure: Failure | None = None) -> Leg:
    """The leg of some burns. last: what it ends with. failure: a burn that nothing made up for; then last is that, the
    leg ends as missed_burn, and the docking clock is taken away again."""
    missed = failure is not None
    clocks = {name: epoch for name, epoch in before.clocks.items() if name != "docking"}
    if not missed:
        clocks["docking"] = docking
    after = replace(after_climb(before, flown, clocks, world), fallback=failure.follows if failure else None)
    events = burn_events(flown, phase, world)
    studies = drift_tables(free_drift(flown, world), flown.ship, world)
    if knew is not None:
        after = replace(after, knowledge={**after.knowledge, flown.ship.id: knew.ship},
                        planned={} if missed else knew.planned)
        events, studies = tuple(sorted((*events, *knew.events), key=lambda e: e.epoch)), {**studies, **knew.studies}
    return Leg(phase, phase, {}, before, after, "missed_burn" if missed else "done",
               (flown.ship_arc, flown.station_arc), (*beside, *spending_channels(flown.ship, flown.ship_arc)),
               (*events, last), (), studies)


def drift_tables(drifts: Sequence[Drift], ship: Ship, world: World) -> dict[str, Table]:
    """Studies ``free_drift``: all cases; ``radar_drift``: those that begin within the reach of the ship's own radar."""
    def utc(t_s: float) -> str:
        return (world.epoch + t_s).iso(3)
    reach_m = ship.vehicle.navigation.radar.reach_m if ship.vehicle.navigation else 0.0
    return {"free_drift": drift_table(drifts, utc),
            "radar_drift": drift_table([d for d in drifts if d.range_m <= reach_m], utc)}


def free_drift(flown: Flown, world: World, whole: bool = False, spreads: AtBurns | None = None
               ) -> tuple[Drift, ...]:
    """Every burn of a leg missed, half done, and the last one for a day; and what follows the end of the leg.

    whole: worst cases are flown too (see ``plan.drift``). spreads: the leg's covariance at its burns.
    """
    t_s, path, stop_s = flown.ship_path.t_s, flown.ship_path, world.seconds(world.window.stop)
    vehicle, end_s = flown.ship.vehicle, float(t_s[-1])
    bodies = Bodies(cd_area_m2(flown.ship), cd_area_m2(flown.station), vehicle.main_engine.isp_s, world.field)

    def pair(at_s: float, ship: FloatArray | None = None) -> Pair:
        return Pair(at_s, path.at(at_s)[0] if ship is None else ship, flown.station_path.at(at_s)[0])

    moves = []
    nexts = [*(push.start_s for push in flown.pushes[1:]), end_s]
    for burn, push, next_s in zip(flown.burns, flown.pushes, nexts, strict=False):
        start, half_s = pair(push.start_s), push.start_s + push.duration_s / 2
        half = propagate(start.ship, push.start_s, half_s, bodies.ship_cd_area_m2, world.field, thrust=push).end
        known = spreads.around(burn.name) if spreads else None
        moves.append(Move(burn.name, start, pair(half_s, half), pair(push.start_s + push.duration_s),
                          np.array(burn.dv_rtn_m_s), next_s, False, known))
    drifts = Drifts(pair(float(t_s[0])), end_s, bodies, vehicle.navigation, stop_s, whole)
    last = Move("none missed", pair(end_s), pair(end_s), pair(end_s), np.zeros(3), end_s)
    return (*drifts.of(moves), drifts.case(last, HOLD, last.after, 0.0))
