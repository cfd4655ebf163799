"""The station's path while nothing pushes it, and the situation at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Arc, Estimate, Situation, State
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


def after_coast(before: Situation, arc: Arc, **changes: object) -> Situation:
    """The situation where a station's arc ends: docked craft have moved with it; what is known is what is true.

    changes are other fields of Situation (places, suits, holders). Covariances are carried along unchanged.
    """
    end = arc.state(arc.stop)
    craft: Mapping[str, State] = {
        name: _moved(state, end) if name == arc.craft or name in before.joined else state
        for name, state in before.craft.items()}
    knowledge = {name: Estimate(craft[name], estimate.covariance) if name in craft else estimate
                 for name, estimate in before.knowledge.items()}
    return replace(before, epoch=arc.stop, craft=craft, knowledge=knowledge, **changes)  # type: ignore[arg-type]


def _moved(state: State, end: State) -> State:
    mass_kg = end.mass_kg if state.craft == end.craft else state.mass_kg
    return replace(end, craft=state.craft, mass_kg=mass_kg)
