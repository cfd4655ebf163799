"""Phasing: from insertion to the start of the autonomous sequence, by the burns that the ground commands."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from fakel.model.blank import PLAN, Blank, filled
from fakel.model.epoch import Epoch
from fakel.model.errors import NoWindow
from fakel.model.flight import STATION, Event, Leg, Situation
from fakel.model.navigation import Chance
from fakel.model.place import Port, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.plan.beside import beside_channels
from fakel.plan.burns import FRESH_S, READY_S, Burn, Climb, plan_burns
from fakel.plan.climbing import climb_leg, fly_burns
from fakel.plan.craft import cd_area_m2, require_free, state_y
from fakel.plan.dispersed import Begun, Bound, begun, loop, phasing_way
from fakel.plan.dispersed_leg import dispersed_leg
from fakel.plan.docking_time import check_phase, default_docking, phase_rad
from fakel.plan.drill import drill_of, require_drill
from fakel.plan.failing import failing_leg
from fakel.world import World

ENDINGS = ("done", "missed_burn")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which ship climbs to which port by which profile. docking and burns are blanks that the planner fills.

    burns: those of this phase. Drills, one at most: the burn named by miss does not happen, by inhibit is held back
    before it begins, by short stops after short_share of its delta-v. chance: of a dispersed flight.
    """

    ship: Ship
    station: Station
    profile: Profile
    port: Port
    docking: Epoch | Blank = PLAN
    burns: tuple[Burn, ...] | Blank = PLAN
    miss: str = ""
    inhibit: str = ""
    short: str = ""
    short_share: float = 0.5
    chance: Chance | None = None

    @property
    def bound(self) -> Bound:
        return Bound(self.ship, self.station, self.profile, filled(self.docking, "phasing: docking"))


def check(plan: Plan, where: str) -> None:
    """Raises InputError for a drill that names no burn of the profile's phasing."""
    require_drill(plan, "phasing", where)


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with its docking instant and its burns, from what is known of both craft.

    The liftoff clock says what slots and docking time count from; without one, the situation's epoch does.
    Raises NoWindow when the phase, the time or the delta-v does not allow it.
    """
    require_free("phasing", plan.ship, plan.station, plan.port, situation)
    ship, station = (situation.knowledge[name].state for name in (plan.ship.id, STATION))
    liftoff = situation.clocks.get("liftoff", situation.epoch)
    phase = phase_rad(state_y(ship), state_y(station), plan.profile)
    fresh, known = is_fresh(situation), situation.fallback
    if not fresh and known is not None and known.profile == plan.profile.id:
        plan = replace(plan, profile=plan.profile.fallen_back_to(known))
    if fresh:
        check_phase(phase, plan.profile, situation.epoch)
    docking = plan.docking
    if not isinstance(docking, Epoch):
        docking = default_docking(plan.profile, liftoff, phase, state_y(station), situation.epoch,
                                  cd_area_m2(plan.station), world)
    climb = Climb(plan.ship, plan.station, plan.profile, situation.epoch, state_y(ship), state_y(station), liftoff,
                  docking, not fresh)
    if climb.autonomous - situation.epoch < READY_S:
        raise NoWindow(f"docking = {docking.iso()} is too early: the autonomous sequence of {plan.profile.name} would "
                       f"begin at {climb.autonomous.iso()}, the ship is free at {situation.epoch.iso()}; wish for a "
                       f"docking after {(docking + (situation.epoch + READY_S - climb.autonomous)).iso()}")
    if isinstance(plan.burns, Blank):
        burns = tuple(b for b in plan_burns(climb, world).burns if b.ignition < climb.autonomous)
        return replace(plan, docking=docking, burns=burns)
    return replace(plan, docking=docking)


def is_fresh(situation: Situation) -> bool:
    """Whether the ship has just left its rocket."""
    return situation.epoch - situation.clocks.get("liftoff", situation.epoch) < FRESH_S


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Fly the burns to the start of the autonomous sequence, or to the failure of one that nothing makes up for."""
    if plan.chance is not None:
        return _fly_dispersed(before, plan, plan.chance, world)
    docking, burns = filled(plan.docking, "phasing: docking"), filled(plan.burns, "phasing: burns")
    autonomous = docking + -plan.profile.autonomous_before_docking_s
    last = Event(autonomous, "autonomous_start", plan.ship.id, "phasing", {"docking_utc": docking.iso(3)})
    if drill := drill_of(plan):
        leg = failing_leg(before, plan.bound, burns, drill, "phasing", autonomous, lambda _: last, world,
                          fallback=not is_fresh(before))
        return _with_window(leg, plan, before)
    flown = fly_burns(before, plan.ship, plan.station, burns, autonomous, "phasing", world)
    beside = beside_channels(flown.ship_arc, flown.station_arc)
    return _with_window(climb_leg("phasing", before, flown, beside, docking, last, world), plan, before)


def _with_window(leg: Leg, plan: Plan, before: Situation) -> Leg:
    """The leg of a ship that has just left its rocket, with study ``phase_window``: what the profile takes."""
    if not is_fresh(before):
        return leg
    profile, craft = plan.profile, before.craft
    table = {"profile": [profile.name], "least_deg": [math.degrees(profile.phase_min_rad)],
             "most_deg": [math.degrees(profile.phase_max_rad)],
             "phase_deg": [math.degrees(phase_rad(state_y(craft[plan.ship.id]), state_y(craft[STATION]), profile))]}
    return replace(leg, studies={**leg.studies, "phase_window": table})


def begin(before: Situation, plan: Plan, chance: Chance, world: World) -> Begun:
    """A dispersed flight of this phase, ready to fly; plan is filled."""
    burns, fresh = filled(plan.burns, "phasing: burns"), is_fresh(before)
    return begun(phasing_way(plan.bound, burns, before, fresh, chance.navigation, world), before, chance, fresh, world)


def _fly_dispersed(before: Situation, plan: Plan, chance: Chance, world: World) -> Leg:
    """As ``fly``, from an insertion that errs, steered from what is known."""
    docking, leg = filled(plan.docking, "phasing: docking"), begin(before, plan, chance, world)
    last = Event(leg.reference.way.stop, "autonomous_start", plan.ship.id, "phasing", {"docking_utc": docking.iso(3)})
    looped = loop(leg, chance, world, drill_of(plan))
    flown = dispersed_leg("phasing", before, leg, looped, docking, lambda _: last, world)
    return _with_window(flown, plan, before)
