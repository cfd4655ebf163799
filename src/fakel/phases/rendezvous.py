"""Rendezvous: the autonomous burns, from the ship's own knowledge to the aim point beside the station."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fakel.model.blank import PLAN, Blank, filled
from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Event, Leg, Situation
from fakel.model.navigation import Chance
from fakel.model.place import Port, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.plan.beside import beside_channels
from fakel.plan.burns import Burn, plan_burns
from fakel.plan.climbing import climb_leg, fly_burns
from fakel.plan.craft import require_free
from fakel.plan.dispersed import Begun, Bound, autonomous_climb, begun, loop, planned_y, rendezvous_way
from fakel.plan.dispersed_leg import dispersed_leg
from fakel.plan.drill import drill_of, require_drill
from fakel.plan.failing import failing_leg
from fakel.world import World

ENDINGS = ("done", "missed_burn")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which ship closes in on which port. docking (left out: the clock that phasing set) and burns may be blank.

    Drills, one at most: the burn named by miss does not happen, by inhibit is held back before it begins, by short
    stops after short_share of its delta-v. chance: of a dispersed flight.
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
        return Bound(self.ship, self.station, self.profile, filled(self.docking, "rendezvous: docking"))


def check(plan: Plan, where: str) -> None:
    """Raises InputError for a drill that names no autonomous burn of the profile."""
    require_drill(plan, "autonomous", where)


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with its docking instant and burns, solved anew from what is known at the situation's epoch.

    A dispersed flight has a plan already: its burns start from where that has the craft, and are steered in flight.
    A mission that begins here has no docking clock: then contact is the profile's autonomous time after the epoch.
    Raises NoWindow when the aim point cannot be reached by then.
    """
    require_free("rendezvous", plan.ship, plan.station, plan.port, situation)
    docking = plan.docking
    if not isinstance(docking, Epoch):
        docking = situation.clocks.get("docking", situation.epoch + plan.profile.autonomous_before_docking_s)
    if not isinstance(plan.burns, Blank):
        return replace(plan, docking=docking)
    ship, station = planned_y(situation, plan.ship)
    climb = autonomous_climb(Bound(plan.ship, plan.station, plan.profile, docking), situation.epoch, ship, station,
                             situation.clocks.get("liftoff", situation.epoch))
    return replace(plan, docking=docking, burns=plan_burns(climb, world).burns)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Fly the burns to the aim point, or to the failure of one that nothing makes up for."""
    if plan.chance is not None:
        return _fly_dispersed(before, plan, plan.chance, world)
    docking, burns = filled(plan.docking, "rendezvous: docking"), filled(plan.burns, "rendezvous: burns")
    aim = docking + -plan.profile.aim_before_docking_s
    if drill := drill_of(plan):
        return failing_leg(before, plan.bound, burns, drill, "rendezvous", aim, lambda b: _aim_event(plan, aim, b),
                           world)
    flown = fly_burns(before, plan.ship, plan.station, burns, aim, "rendezvous", world)
    beside = beside_channels(flown.ship_arc, flown.station_arc)
    return climb_leg("rendezvous", before, flown, beside, docking, _aim_event(plan, aim, beside), world)


def begin(before: Situation, plan: Plan, chance: Chance, world: World) -> Begun:
    """A dispersed flight of this phase, ready to fly; plan is filled."""
    burns = filled(plan.burns, "rendezvous: burns")
    return begun(rendezvous_way(plan.bound, burns, before), before, chance, False, world)


def _fly_dispersed(before: Situation, plan: Plan, chance: Chance, world: World) -> Leg:
    """As ``fly``, steered from what is known."""
    docking, leg = filled(plan.docking, "rendezvous: docking"), begin(before, plan, chance, world)
    return dispersed_leg("rendezvous", before, leg, loop(leg, chance, world, drill_of(plan)), docking,
                         lambda b: _aim_event(plan, leg.reference.way.aim, b), world)


def _aim_event(plan: Plan, aim: Epoch, beside: tuple[Channel, ...]) -> Event:
    return Event(aim, "aim_point", plan.ship.id, "rendezvous", _at_aim(plan, beside))


def _at_aim(plan: Plan, channels: tuple[Channel, ...]) -> dict[str, float]:
    """Where the ship is at the aim's instant, and how far from where it should be."""
    end = {channel.name.removeprefix("relative."): float(channel.values[-1]) for channel in channels}
    facts = {name: end[name] for name in ("radial_m", "along_m", "cross_m", "range_m", "range_rate_m_s")}
    place = np.array([end["radial_m"], end["along_m"], end["cross_m"]])
    rate = np.array([end["radial_rate_m_s"], end["along_rate_m_s"], end["cross_rate_m_s"]])
    return {**facts, "miss_m": float(np.linalg.norm(place - plan.profile.aim_rtn_m)),
            "miss_m_s": float(np.linalg.norm(rate - plan.profile.aim_rate_rtn_m_s))}
