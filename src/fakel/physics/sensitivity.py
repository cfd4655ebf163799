"""How a coast answers to its start and to the scales of its forces: states and their partial derivatives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.field import Field
from fakel.physics.dense import sampled
from fakel.physics.force import Forces
from fakel.physics.gauss import rules
from fakel.physics.propagate import coast_record
from fakel.physics.variations import vary


def states_and_partials(y0: FloatArray, t0_s: float, times_s: FloatArray, forces: Forces, field: Field, *,
                        drag_scales: Sequence[float] | None = None, drag_starts_s: Sequence[float] = (),
                        ) -> tuple[FloatArray, FloatArray]:
    """States (n, 6) at times_s (in order, at or after t0_s) of a coast from y0 (7,), and their partial derivatives.

    drag_scales: one for each span of time, multiplied with forces.drag_scale; drag_starts_s: where the second span and
    the following begin (one fewer; in order). Default: one span of scale 1.
    Returns states (n, 6) and partials (n, 6, p): columns are the start's r (m) and v (m/s) (the state transition
    matrix), then one for each drag scale, then forces.radiation_scale; p = 7 + number of drag scales. A column of a
    force that is off is 0. By the variational equations; against differences of whole coasts within 2e-5 of a column.
    FlightError as ``propagate.coast``, and for times that run backward.
    """
    times = np.asarray(times_s, dtype=float)
    scales = [1.0] if drag_scales is None else [float(scale) for scale in drag_scales]
    if times.size == 0 or times[0] < t0_s or np.any(np.diff(times) < 0):
        raise FlightError("states_and_partials: times must rise from the start on; sort them")
    if len(drag_starts_s) != len(scales) - 1:
        raise FlightError(f"states_and_partials: {len(scales)} drag scales need {len(scales) - 1} starts of spans, "
                          f"not {len(drag_starts_s)}")
    columns = np.zeros((7 + len(scales), 7))
    columns[:6, :6] = np.eye(6)
    states, partials = np.empty((len(times), 6)), np.empty((len(times), 6, len(columns)))
    y, edges = np.asarray(y0, dtype=float), [t0_s, *drag_starts_s, np.inf]
    for span, scale in enumerate(scales):
        start, stop = max(edges[span], t0_s), min(edges[span + 1], times[-1])
        if stop < start or (stop == start and span > 0):
            continue
        now = forces._replace(drag_scale=forces.drag_scale * scale)
        record = coast_record(y, start, stop, now, field)
        here = (times >= start) & (times <= stop)
        states[here] = sampled(record, times[here])[:, :6]
        changes = vary(record, Forces(*map(float, now)), field, rules(), columns, 6 + span, len(columns) - 1)
        for i, change in enumerate(changes):
            partials[here, :, i] = sampled(change, times[here])[:, :6]
        partials[here, :, 6 + span] *= forces.drag_scale
        y, columns = record[-1, 1:8].copy(), changes[:, -1, 1:8].copy()
    return states, partials
