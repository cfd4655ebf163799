"""The path that a fit compares: a coast with spans of drag, sunlight and pushes, and how it answers to each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fakel.estimate import empirical
from fakel.model.arrays import FloatArray
from fakel.model.field import Field
from fakel.physics.force import Forces
from fakel.physics.frames import rtn_from_gcrf
from fakel.physics.sensitivity import states_and_partials

KICK_S = 60.0               # a push is flown as so many sudden kicks, one a minute (1 mm away from a steady push)
_STATE = ("x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s")


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What is to be found besides the state, with its values.

    drag_scales: one for each span of time; drag_starts_s: world times where the second and later spans begin.
    radiation: whether radiation_scale is found too. pushes_s: for each push its begin and end (world times), apart from
    each other and in order; pushes_m_s: its whole change of velocity (radial, along track, normal), given evenly over
    that time. empirical_m_s2: see ``empirical``; () leaves them out. drag: False holds the scales where they are.
    """

    drag_scales: tuple[float, ...] = (1.0,)
    drag_starts_s: tuple[float, ...] = ()
    radiation: bool = False
    radiation_scale: float = 1.0
    pushes_s: tuple[tuple[float, float], ...] = ()
    pushes_m_s: tuple[tuple[float, float, float], ...] = ()
    empirical_m_s2: tuple[float, ...] = ()
    drag: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The unknowns in the order of every vector and covariance."""
        drag = [f"drag_scale_{i + 1}" for i in range(len(self.drag_scales))] if self.drag else []
        pushes = [f"push_{i + 1}_{axis}_m_s" for i in range(len(self.pushes_s)) for axis in "rtn"]
        light = ["radiation_scale"] if self.radiation else []
        return (*_STATE, *drag, *light, *pushes, *(empirical.NAMES if self.empirical_m_s2 else ()))

    def values(self, y: FloatArray) -> FloatArray:
        """All unknowns (p,) with the state y first."""
        parts = [y[:6], self.drag_scales if self.drag else (), [self.radiation_scale] if self.radiation else (),
                 np.ravel(self.pushes_m_s), self.empirical_m_s2]
        return np.concatenate([np.asarray(part, dtype=float) for part in parts])

    def with_values(self, x: FloatArray) -> Unknowns:
        """The same unknowns with the values of x (p,)."""
        n = len(self.drag_scales) if self.drag else 0
        scales = tuple(float(v) for v in x[6:6 + n]) if self.drag else self.drag_scales
        light = float(x[6 + n]) if self.radiation else self.radiation_scale
        first = 6 + n + self.radiation
        last = first + 3 * len(self.pushes_s)
        return replace(self, drag_scales=scales, radiation_scale=light, empirical_m_s2=tuple(map(float, x[last:])),
                       pushes_m_s=tuple((float(a), float(b), float(c)) for a, b, c in x[first:last].reshape(-1, 3)))


def path_with_slopes(y: FloatArray, t0_s: float, times_s: FloatArray, unknowns: Unknowns, forces: Forces, field: Field
                     ) -> tuple[FloatArray, FloatArray]:
    """States (n, 6) at times_s (in order, from t0_s on) and their slopes (n, 6, p) by the unknowns."""
    d = len(unknowns.drag_scales)
    keep = [*range(6), *(range(6, 6 + d) if unknowns.drag else ()), *([6 + d] if unknowns.radiation else ()),
            *range(7 + d, 7 + d + 3 * len(unknowns.pushes_s))]
    if not unknowns.empirical_m_s2:
        states, slopes = _chained(y, t0_s, times_s, unknowns, forces, field)
        return states, slopes[:, :, keep]
    fine_s = empirical.grid(t0_s, times_s)
    states, slopes = _chained(y, t0_s, fine_s, unknowns, forces, field)
    more = empirical.slopes(fine_s, states, slopes[:, :, :6])
    at = np.searchsorted(fine_s, times_s)
    moved = states[at] + more[at] @ np.array(unknowns.empirical_m_s2)
    return moved, np.concatenate([slopes[at][:, :, keep], more[at]], axis=2)


def forecast_path(y: FloatArray, t0_s: float, times_s: FloatArray, unknowns: Unknowns, forces: Forces, field: Field,
                  from_s: float, scale: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """As ``path_with_slopes`` with one more span of drag from from_s on; the slope (n, 6) by its scale comes
    last, also where drag is held and the others leave it out."""
    longer = replace(unknowns, drag=True, drag_scales=(*unknowns.drag_scales, scale),
                     drag_starts_s=(*unknowns.drag_starts_s, from_s))
    states, slopes = path_with_slopes(y, t0_s, times_s, longer, forces, field)
    at = 6 + len(unknowns.drag_scales)
    held = [] if unknowns.drag else [*range(6, at)]
    return states, np.delete(slopes, [*held, at], axis=2), slopes[:, :, at]


def _chained(y: FloatArray, t0_s: float, times_s: FloatArray, unknowns: Unknowns, forces: Forces, field: Field
             ) -> tuple[FloatArray, FloatArray]:
    """All columns, drag and radiation included whether asked or not: coasts from push to push, joined by the chain
    rule."""
    times_s = np.asarray(times_s, dtype=float)
    d, kicks = len(unknowns.drag_scales), _kicks(unknowns)
    forces = forces._replace(radiation_scale=unknowns.radiation_scale)
    states = np.empty((len(times_s), 6))
    slopes = np.zeros((len(times_s), 6, 7 + d + 3 * len(unknowns.pushes_s)))
    start = np.eye(6, slopes.shape[2])
    y, t = np.array(y, dtype=float), t0_s
    for stop, push, share in (*kicks, (np.inf, -1, 0.0)):
        inside = np.flatnonzero((times_s >= t) & (times_s < stop))
        last = stop > times_s[-1]
        goals = times_s[inside] if last else np.append(times_s[inside], stop)
        if len(goals):
            rows, parts = states_and_partials(y, t, goals, forces, field, drag_scales=unknowns.drag_scales,
                                              drag_starts_s=unknowns.drag_starts_s)
            total = parts[:, :, :6] @ start
            total[:, :, 6:7 + d] += parts[:, :, 6:]
            states[inside], slopes[inside] = rows[:len(inside)], total[:len(inside)]
        if last:
            break
        turn, column = share * rtn_from_gcrf(rows[-1, :3], rows[-1, 3:6]).T, 7 + d + 3 * push
        start, t, y = total[-1], float(stop), np.append(rows[-1], y[6])
        start[3:6, column:column + 3] += turn
        y[3:6] += turn @ np.asarray(unknowns.pushes_m_s[push])
    return states, slopes


def _kicks(unknowns: Unknowns) -> list[tuple[float, int, float]]:
    """Time, number of its push and share of it, for every kick: in the middle of equal parts of the push."""
    out = []
    for number, (begin, end) in enumerate(unknowns.pushes_s):
        parts = max(1, round((end - begin) / KICK_S))
        out += [(begin + (end - begin) * (k + 0.5) / parts, number, 1.0 / parts) for k in range(parts)]
    return out
