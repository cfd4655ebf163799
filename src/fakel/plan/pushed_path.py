"""The path of an element set through burns that are known beforehand: SGP4 up to the first, then our own motion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sgp4.api import Satrec

from fakel.estimate.elements import epoch_of, fit_elements, sgp4_gcrf
from fakel.model.day import DAY_S
from fakel.model.ephemeris import Announced
from fakel.model.epoch import Epoch, Window
from fakel.model.start import AGE_M, AGE_M_DAY2
from fakel.physics.dense import sampled
from fakel.physics.force import Forces
from fakel.physics.propagate import coast_record
from fakel.plan.seen_path import SeenPath, path_of_elements, with_places
from fakel.world import World

PUSH_M = 0.05
"""Part of a burn's effect that is not known beforehand: announced burns are made within some per cent."""


def pushes_in(events: Sequence[Announced], satellite: Satrec, window: Window) -> tuple[Announced, ...]:
    """Burns after a set's epoch and before the end of a window, in order: those that the set does not know."""
    epoch = epoch_of(satellite)
    return tuple(sorted((e for e in events if e.dv_m_s != 0.0 and epoch < e.epoch < window.stop),
                        key=lambda e: e.epoch))


def path_with_pushes(satellite: Satrec, craft: str, window: Window, pushes: Sequence[Announced], world: World,
                     forces: Forces, mass_kg: float, where: str) -> SeenPath:
    """The set's path with each push added along the motion, at once, in the middle of its burn.

    After the first push the orbit is flown in our dynamics with the drag that fits the set (it decays so in SGP4). The
    error is that of a set without burns, and 5 % of what the pushes do: a push moves the craft back along track by
    three times its size a second. InputError (where) when the set cannot be fitted.
    """
    path = path_of_elements(satellite, craft, window, world)
    fitted = fit_elements(satellite, world, forces, mass_kg, where, with_drag=True, half_span_s=DAY_S)
    drag = forces._replace(drag_scale=forces.drag_scale * fitted.drag_scale)
    t_s = path.grid.t0_s + path.grid.step_s * np.arange(len(path.grid.place))
    middles = [world.seconds(p.epoch) + 0.5 * (p.stop - p.epoch) for p in pushes]
    y = np.append(sgp4_gcrf(satellite, world, middles[0])[0], mass_kg)
    after = t_s >= middles[0]
    states = np.empty((int(after.sum()), 7))
    for k, (push, begin_s) in enumerate(zip(pushes, middles)):
        y[3:6] += push.dv_m_s * y[3:6] / np.linalg.norm(y[3:6])
        end_s = middles[k + 1] if k + 1 < len(middles) else max(float(t_s[-1]), begin_s) + 1.0
        record = coast_record(y, begin_s, end_s, drag, world.field)
        inside = (t_s[after] >= begin_s) & (t_s[after] <= end_s)
        if inside.any():
            states[inside] = sampled(record, t_s[after][inside])
        y = np.array(record[-1, 1:8])
    place, velocity = path.grid.place.copy(), path.grid.velocity.copy()
    if after.any():
        place[after], velocity[after] = world.to_itrf(t_s[after], states[:, :3], states[:, 3:6])
    epoch = epoch_of(satellite)

    def error_m(at: Epoch) -> float:
        days = abs(at - epoch) / 86_400.0
        moved = sum(3.0 * abs(p.dv_m_s) * max(at - p.epoch, 0.0) for p in pushes)
        return float(np.hypot(AGE_M + AGE_M_DAY2 * days**2, PUSH_M * moved))
    told = tuple(f"{p.name or 'a push'} of {p.dv_m_s:g} m/s at {p.epoch.iso()} is flown" for p in pushes)
    return replace(with_places(path, place, velocity), error_m=error_m, told=(*path.told, *told))

