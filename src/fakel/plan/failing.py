"""A leg one burn of which fails: what of it is made, and what the profile says follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow
from fakel.model.flight import STATION, Channel, Event, Leg, Situation
from fakel.model.profile import INHIBITED, ONBOARD, SHORT, BurnSlot, Profile
from fakel.model.vehicle import Ship
from fakel.physics.propagate import propagate
from fakel.plan.beside import beside_channels
from fakel.plan.burns import Burn, Climb, plan_burns, thrusts
from fakel.plan.climbing import Failure, climb_leg, fly_burns
from fakel.plan.craft import cd_area_m2, state_y
from fakel.plan.dispersed import AUTONOMOUS, Bound
from fakel.plan.drill import EVENTS, FIELDS, Drill
from fakel.world import World


def cut(burns: tuple[Burn, ...], drill: Drill, mass_kg: float, ship: Ship, world: World
        ) -> tuple[tuple[Burn, ...], Epoch]:
    """What is burnt up to a failure, and the instant from which it is over: a missed burn's end, the cut of a short
    one, the ignition of one that is inhibited.

    Raises InputError when the plan has no such burn.
    """
    for i, burn in enumerate(burns):
        if burn.name != drill.burn:
            continue
        if drill.failure == INHIBITED:
            return burns[:i], burn.ignition
        made = drill.part(burn) if drill.failure == SHORT else burn
        if drill.failure == SHORT and made.dv_m_s < min(ship.vehicle.min_burn_m_s, burn.dv_m_s):
            least_m_s = ship.vehicle.min_burn_m_s
            raise InputError(f"short_share = {drill.share:g} leaves {made.dv_m_s:.2f} m/s of {burn.name}, less than "
                             f"the engine can burn ({least_m_s:g} m/s); write a larger share or inhibit it")
        push = thrusts((*burns[:i], made), mass_kg, ship.vehicle, world)[-1]
        return (*burns[:i], *((made,) if drill.failure == SHORT else ())), burn.ignition + push.duration_s
    raise InputError(f"{FIELDS[drill.failure]} = {drill.burn!r} is not a burn of this plan; write one of: "
                     f"{', '.join(burn.name for burn in burns)}")


def failing_leg(before: Situation, bound: Bound, burns: tuple[Burn, ...], drill: Drill, phase: str, stop: Epoch,
                last: Callable[[tuple[Channel, ...]], Event], world: World, *, fallback: bool = False) -> Leg:
    """A leg one burn of which fails; then the burns that are left are solved again, or the leg ends as missed_burn: as
    the profile says for that burn, and if nothing makes up for it.

    last: the event of a leg that goes on to stop, by the channels beside. fallback: as in ``burns.Climb``.
    """
    made, at = cut(burns, drill, before.craft[bound.ship.id].mass_kg, bound.ship, world)
    facts: dict[str, object] = {"burn": drill.burn}
    if drill.failure == SHORT:
        facts["share"] = drill.share
    follows = bound.profile.after(drill.burn, drill.failure)
    ends = follows is not None
    if follows is None:
        try:
            made += solve_again(before, bound, made, drill, phase, at, world, fallback)
            facts["follows"] = "the burns that are left are solved again"
        except NoWindow as error:
            facts["why"], ends = str(error), True
    else:
        facts["follows"] = follows.profile
    flown = fly_burns(before, bound.ship, bound.station, made, at if ends else stop, phase, world)
    beside = beside_channels(flown.ship_arc, flown.station_arc)
    event = Event(at, EVENTS[drill.failure], bound.ship.id, phase, facts)
    if ends:
        return climb_leg(phase, before, flown, beside, bound.docking, event, world, failure=Failure(follows))
    leg = climb_leg(phase, before, flown, beside, bound.docking, last(beside), world)
    return replace(leg, events=tuple(sorted((*leg.events, event), key=lambda e: e.epoch)))


def solve_again(before: Situation, bound: Bound, made: tuple[Burn, ...], drill: Drill, phase: str, at: Epoch,
                world: World, fallback: bool) -> tuple[Burn, ...]:
    """The burns of a phase that are left after a failure, from what is known then. Raises NoWindow."""
    t0_s, t1_s = world.seconds(before.epoch), world.seconds(at)
    ship_y, station_y = (state_y(before.knowledge[name].state) for name in (bound.ship.id, STATION))
    push = thrusts(made, float(ship_y[6]), bound.ship.vehicle, world)
    later = propagate(ship_y, t0_s, t1_s, cd_area_m2(bound.ship), world.field, thrust=push).end
    target = propagate(station_y, t0_s, t1_s, cd_area_m2(bound.station), world.field).end
    left = replace(bound.profile, burns=_left(bound.profile, drill.burn, phase, at - before.epoch))
    climb = Climb(bound.ship, bound.station, left, at, later, target, before.clocks.get("liftoff", before.epoch),
                  bound.docking, fallback)
    burns = plan_burns(climb, world).burns
    return tuple(b for b in burns if b.ignition < climb.autonomous) if phase == "phasing" else burns


def _left(profile: Profile, burn: str, phase: str, passed_s: float) -> tuple[BurnSlot, ...]:
    """The slots after a burn; its own too if the ship plans it itself, for the ground needs a pass to command it anew.

    Slots that count from a miss have that instant passed_s behind them.
    """
    names = [slot.name for slot in profile.burns]
    first = names.index(burn) + (profile.slot(burn).planned_from != ONBOARD)
    kept = [slot for slot in profile.burns[first:] if phase == "phasing" or slot.group == AUTONOMOUS]
    return tuple(replace(slot, middle_s=slot.middle_s - passed_s) if slot.from_ == "miss" else slot for slot in kept)
