"""Many coasts at once, one a sample, shared out over the processor's cores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import get_num_threads, njit, prange, set_num_threads

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.field import Field
from fakel.physics.collocation import DONE, fly
from fakel.physics.force import Forces, forces_of
from fakel.physics.gauss import rules
from fakel.physics.propagate import TROUBLES


@njit(cache=True, parallel=True)
def _fly_all(y: FloatArray, t0_s: float, t1_s: float, forces: FloatArray, field: Field, rules: FloatArray,
             out: FloatArray, how: FloatArray) -> None:
    for i in prange(y.shape[0]):
        f = forces[i]
        end, told, _, _ = fly(y[i], t0_s, t1_s, Forces(f[0], f[1], f[2], f[3], f[4], f[5]), field, rules, False)
        how[i] = told
        for j in range(7):
            out[i, j] = end[j]


def coast_many(y: FloatArray, t0_s: float, t1_s: float, forces: Sequence[Forces] | Forces | float, field: Field, *,
               threads: int | None = None) -> FloatArray:
    """States (n, 7) at t1_s of n coasts from y (n, 7) at t0_s; each is bit for bit what ``propagate.coast`` gives.

    forces: one for all, or one for each. threads: how many cores to use (default: all that numba may). The first call
    compiles for some seconds. FlightError names the first sample that cannot be flown, and why.
    """
    y = np.ascontiguousarray(y, dtype=float)
    if y.ndim != 2 or y.shape[1] != 7:
        raise FlightError(f"coast_many: y has shape {y.shape}; give (n, 7): r m, v m/s, mass kg of each sample")
    bad = ~np.isfinite(y).all(axis=1)
    if bad.any():
        raise FlightError(f"coast_many: sample {int(np.argmax(bad))} is not finite")
    one = isinstance(forces, Forces | float | int)
    each = [forces_of(forces)] * len(y) if one else [forces_of(f) for f in forces]     # type: ignore
    if len(each) != len(y):
        raise FlightError(f"coast_many: {len(y)} samples but {len(each)} records of forces; give one or as many")
    out, how = np.empty_like(y), np.zeros(len(y))
    before = get_num_threads()
    set_num_threads(min(threads, before) if threads else before)
    try:
        numbers = np.array(each, dtype=float).reshape(len(y), 6)
        _fly_all(y, float(t0_s), float(t1_s), numbers, field, rules(), out, how)
    finally:
        set_num_threads(before)
    if (how != DONE).any():
        first = int(np.argmax(how != DONE))
        raise FlightError(f"coast_many: sample {first}: {TROUBLES[int(how[first])]} "
                          f"({int((how != DONE).sum())} of {len(y)} samples cannot be flown)")
    return out
