"""How a path answers to its start, to the scales of its forces and to its burns: states and partial derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.field import Field
from fakel.physics.burn_variations import DURATION, PER_BURN, START, shifted, vary_burn
from fakel.physics.dense import sampled
from fakel.physics.force import Forces
from fakel.physics.gauss import rules
from fakel.physics.powered import Thrust, powered
from fakel.physics.propagate import coast_record
from fakel.physics.variations import vary


class _Stretch(NamedTuple):
    """A part of a flight with one drag scale, by place in their list, and one burn or none."""

    start_s: float
    stop_s: float
    span: int
    burn: int


def states_and_partials(y0: FloatArray, t0_s: float, times_s: FloatArray, forces: Forces, field: Field, *,
                        drag_scales: Sequence[float] | None = None, drag_starts_s: Sequence[float] = (),
                        thrust: Sequence[Thrust] = ()) -> tuple[FloatArray, FloatArray]:
    """States (n, 6) at times_s (in order, at or after t0_s) of a flight from y0 (7,), and their partial derivatives.

    drag_scales: one for each span of time, multiplied with forces.drag_scale; drag_starts_s: where the second span and
    the following begin (one fewer; in order). Default: one span of scale 1. thrust: burns in order that do not overlap.
    Returns states (n, 6) and partials (n, 6, p): columns are the start's r (m) and v (m/s) (the state transition
    matrix), then one for each drag scale, then forces.radiation_scale, then six for each burn: a scale of its thrust
    (the mass flow goes with it), the three components of its direction in its frame (a unit vector; a longer one would
    push harder without more mass), its start (the end goes with it) and its duration (s).
    p = 7 + number of drag scales + 6 times number of burns. A column of a force that is off is 0.
    By the variational equations; against differences of whole flights within 2e-5 of a column. FlightError as
    ``propagate.propagate``, and for times that run backward.
    """
    times, burns = np.asarray(times_s, dtype=float), tuple(thrust)
    scales = [1.0] if drag_scales is None else [float(scale) for scale in drag_scales]
    _check(t0_s, times, scales, drag_starts_s, burns)
    light = 6 + len(scales)
    columns = np.zeros((light + 1 + len(PER_BURN) * len(burns), 7))
    columns[:6, :6] = np.eye(6)
    states, partials = np.empty((len(times), 6)), np.empty((len(times), 6, len(columns)))
    y = np.asarray(y0, dtype=float)
    for stretch in _stretches(t0_s, float(times[-1]), drag_starts_s, burns):
        now = Forces(*map(float, forces._replace(drag_scale=forces.drag_scale * scales[stretch.span])))
        here = (times >= stretch.start_s) & (times <= stretch.stop_s)
        if stretch.burn < 0:
            record = coast_record(y, stretch.start_s, stretch.stop_s, now, field)
            changes = vary(record, now, field, rules(), columns, 6 + stretch.span, light)
        else:
            push, first = burns[stretch.burn], light + 1 + len(PER_BURN) * stretch.burn
            if stretch.start_s == push.start_s:
                columns[first + START] += shifted(push, y, False)
            unit = np.asarray(push.direction, dtype=float) / np.linalg.norm(push.direction)
            record = powered(y, stretch.start_s, stretch.stop_s, float(push.thrust_n), float(push.isp_s), unit,
                             push.mode, now, field)
            changes = vary_burn(record, push, now, field, columns, 6 + stretch.span, light, first)
        states[here] = sampled(record, times[here])[:, :6]
        for i, change in enumerate(changes):
            partials[here, :, i] = sampled(change, times[here])[:, :6]
        y, columns = record[-1, 1:8].copy(), changes[:, -1, 1:8].copy()
        if stretch.burn >= 0 and stretch.stop_s == push.start_s + push.duration_s:
            jump = shifted(push, y, True)
            columns[first + START] += jump
            columns[first + DURATION] += jump
            partials[times == stretch.stop_s, :, first + START] += jump[:6]
            partials[times == stretch.stop_s, :, first + DURATION] += jump[:6]
    partials[:, :, 6:light] *= forces.drag_scale
    return states, partials


def _check(t0_s: float, times: FloatArray, scales: Sequence[float], starts_s: Sequence[float],
           burns: Sequence[Thrust]) -> None:
    """FlightError for what cannot be flown."""
    if times.size == 0 or times[0] < t0_s or np.any(np.diff(times) < 0):
        raise FlightError("states_and_partials: times must rise from the start on; sort them")
    if len(starts_s) != len(scales) - 1:
        raise FlightError(f"states_and_partials: {len(scales)} drag scales need {len(scales) - 1} starts of spans, "
                          f"not {len(starts_s)}")
    for one, then in pairwise(burns):
        if then.start_s < one.start_s + one.duration_s:
            raise FlightError(f"states_and_partials: the burn at {then.start_s} s begins before the one at "
                              f"{one.start_s} s ends; put them in order, without overlap")


def _stretches(t0_s: float, stop_s: float, starts_s: Sequence[float], burns: Sequence[Thrust]) -> list[_Stretch]:
    """The flight cut where drag scales change and where burns begin and end."""
    edges = {t0_s, stop_s, *starts_s, *(b.start_s for b in burns), *(b.start_s + b.duration_s for b in burns)}
    inside = sorted(t for t in edges if t0_s <= t <= stop_s)
    out = []
    for a, b in zip(inside, inside[1:] if len(inside) > 1 else inside):
        span = int(np.searchsorted(starts_s, a, side="right"))
        burn = next((i for i, push in enumerate(burns) if push.start_s <= a < push.start_s + push.duration_s), -1)
        out.append(_Stretch(a, b, span, burn))
    return out
