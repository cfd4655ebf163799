"""How a coast answers to its start and to the scales of its forces: states and their partial derivatives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics.force import Forces
from fakel.physics.propagate import coast

_STEPS = np.array([10.0, 10.0, 10.0, 0.01, 0.01, 0.01])


def states_and_partials(y0: FloatArray, t0_s: float, times_s: FloatArray, forces: Forces, field: Field, *,
                        drag_scales: Sequence[float] | None = None, drag_starts_s: Sequence[float] = (),
                        ) -> tuple[FloatArray, FloatArray]:
    """States (n, 6) at times_s (in order, at or after t0_s) of a coast from y0 (7,), and their partial derivatives.

    drag_scales: one for each span of time, multiplied with forces.drag_scale; drag_starts_s: where the second span and
    the following begin (one fewer; in order). Default: one span of scale 1.
    Returns states (n, 6) and partials (n, 6, p): columns are the start's r (m) and v (m/s), then one for each drag
    scale, then the radiation scale; p = 7 + number of drag scales. A column of a force that is off is 0.
    """
    scales = np.array([1.0] if drag_scales is None else drag_scales, dtype=float)
    x0 = np.concatenate([np.asarray(y0, dtype=float)[:6], scales, [forces.radiation_scale]])
    steps = np.concatenate([_STEPS, np.full(len(scales), 1e-2), [1e-2]])

    def path(x: FloatArray) -> FloatArray:
        rows, y, t = np.empty((len(times_s), 6)), np.append(x[:6], y0[6]), t0_s
        starts = np.asarray(drag_starts_s, dtype=float)
        for i, goal in enumerate(times_s):
            for stop in [*starts[(starts > t) & (starts < goal)], goal]:
                span = int(np.searchsorted(starts, t, side="right"))
                now = forces._replace(drag_scale=forces.drag_scale * x[6 + span], radiation_scale=x[-1])
                y, t = coast(y, t, stop, now, field), stop
            rows[i] = y[:6]
        return rows

    slopes = [(path(x0 + d) - path(x0 - d)) / (2 * d.sum()) for d in np.diag(steps)]
    return path(x0), np.stack(slopes, axis=-1)
