"""A dispersed flight's leg as a folder keeps it: the burns as they were done, what was known, what disagreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError
from fakel.model.flight import Channel, Event, Leg, Situation, State
from fakel.model.vehicle import Ship
from fakel.plan.beside import beside_channels
from fakel.plan.climbing import Failure, Knew, climb_leg, fly_burns
from fakel.plan.closed_loop import DONE, EMPTY, Looped
from fakel.plan.dispersed import Begun, commanded_table, estimate, events_of, knowledge_table, planned_states
from fakel.plan.drill import EVENTS
from fakel.world import World


def dispersed_leg(phase: str, before: Situation, begun: Begun, looped: Looped, docking: Epoch,
                  last: Callable[[tuple[Channel, ...]], Event], world: World) -> Leg:
    """The leg of a loop that was flown. last: the event it ends with when all goes well, by the channels beside."""
    way = begun.reference.way
    if looped.ending == EMPTY:
        raise FlightError(f"{phase}: out of propellant, {looped.why}; load more or take another run")
    start = replace(before, craft={**before.craft, way.ship.id: _moved(before.craft[way.ship.id], begun, way.ship)})
    flown = fly_burns(start, way.ship, way.station, looped.burnt, looped.stop, phase, world)
    beside = beside_channels(flown.ship_arc, flown.station_arc)
    end = (last(beside) if looped.ending == DONE else
           Event(looped.stop, EVENTS[looped.failure], way.ship.id, phase, {"burn": looped.missed, "why": looped.why}))
    failure = None if looped.ending == DONE else Failure(way.profile.after(looped.missed, looped.failure))
    knew = Knew(estimate(looped, begun.reference), planned_states(begun.reference),
                events_of(looped, phase, way.ship),
                {"knowledge": knowledge_table(begun.reference), "commands": commanded_table(looped, begun.reference)})
    return replace(climb_leg(phase, start, flown, beside, docking, end, world, knew, failure), before=start)


def _moved(state: State, begun: Begun, ship: Ship) -> State:
    """The ship where its rocket truly left it."""
    y = begun.true
    same = np.array_equal(y[:6], np.r_[state.position_m, state.velocity_m_s])
    return state if same else replace(state, position_m=y[:3], velocity_m_s=y[3:6])
