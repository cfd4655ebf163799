"""The station's path while nothing pushes it, and the situation at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Arc, Estimate, Situation, State
from fakel.model.frame import Frame
from fakel.model.place import Station
from fakel.physics import frames
from fakel.physics.propagate import coast_table
from fakel.plan.craft import cd_area_m2, state_y
from fakel.world import World


def coast_arc(state: State, phase: str, stop: Epoch, step_s: float, station: Station, world: World) -> Arc:
    """The station from state to stop, every step_s (the last step is shorter when it must be). Frame GCRF."""
    start_s, length_s = world.seconds(state.epoch), stop - state.epoch
    area_m2 = cd_area_m2(station)
    whole = int(length_s / step_s + 1e-9)
    rows = coast_table(state_y(state), start_s, step_s, whole + 1, area_m2, world.field)
    t_s = np.arange(whole + 1) * step_s
    rest_s = length_s - whole * step_s
    if rest_s > 1e-6 or whole == 0:
        rest_s = max(rest_s, 1e-6)
        last = coast_table(rows[-1], start_s + whole * step_s, rest_s, 2, area_m2, world.field)[1]
        rows, t_s = np.vstack((rows, last)), np.append(t_s, length_s)
    attitude = frames.attitude_lvlh(rows[:, :3], rows[:, 3:6])
    return Arc(phase, state.craft, Frame.GCRF, state.epoch, t_s, rows[:, :3], rows[:, 3:6], attitude, rows[:, 6])


def after_coast(before: Situation, arc: Arc, **changes: Any) -> Situation:
    """The situation where a station's arc ends: docked craft have moved with it; what is known is what is true.

    changes are other fields of Situation (places, suits, holders).
    """
    end = {STATION: arc.state(arc.stop)}
    return moved_on(before, end, end, **changes)


def after_free_flight(before: Situation, arc: Arc, ship: State, **changes: Any) -> Situation:
    """As ``after_coast``, with a ship that has flown beside the station and is where it is known to be."""
    end = {STATION: arc.state(arc.stop), ship.craft: ship}
    return moved_on(before, end, end, **changes)


def moved_on(before: Situation, true: Mapping[str, State], known: Mapping[str, State], **changes: Any) -> Situation:
    """The situation when the station, and ships beside it, have moved: in truth, and as it is known of the same craft.

    What is docked (by changes["joined"], if that is given) moves with the station. Covariances stay as they are; a
    ship of which nothing was known before takes the station's. changes: other fields of Situation.
    """
    joined = changes.get("joined", before.joined)
    craft = {**before.craft, **true}
    told = {**{name: estimate.state for name, estimate in before.knowledge.items()}, **known}
    for name in (name for name in joined if name in craft):
        craft[name] = replace(true[STATION], craft=name, mass_kg=craft[name].mass_kg)
        told[name] = replace(known[STATION], craft=name, mass_kg=craft[name].mass_kg)
    unknown = before.knowledge[STATION]
    knowledge = {name: Estimate(state, before.knowledge.get(name, unknown).covariance) for name, state in told.items()}
    return replace(before, epoch=true[STATION].epoch, craft=craft, knowledge=knowledge, **changes)
