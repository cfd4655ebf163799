"""Studies of passive safety as tables: for every burn and hold of a climb or a way in, and aborts where drifting
enters.

``free_drift``: burns of the climb, hops of the way in. ``near_drift``: fly-around and station-keeping. ``final_drift``:
the final line, from where drifting always enters the sphere. ``aborts``: what clears there. ``corridor``: how far
inside its corridor the ship flew where it was in the sphere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.guidance.corridor import Corridor, corridor_to
from fakel.guidance.proximity import FINAL, FLYAROUND, HOLD, HOPS
from fakel.model.arrays import FloatArray
from fakel.model.flight import Table
from fakel.model.navigation import Navigation
from fakel.model.structure import Structure
from fakel.model.vehicle import Engine
from fakel.physics.blockage import Body
from fakel.physics.frames import relative_rtn, rtn_from_lvlh
from fakel.physics.nearest import Away, Pieces, from_centre, nearest, pieces
from fakel.plan.abort import Abort, Aborts
from fakel.plan.drift import DONE, Drift, Drifts, Move
from fakel.plan.drift import HOLD as HOLDING
from fakel.plan.proximity import SPHERE_M, Approach, Bodies, Pair, Pulse, pushed

EACH = 4
"""A flight's own study looks at every EACH-th impulse of a train for an abort, and of the final line;
the whole study at all of them."""
SMALL_M_S = 1e-4

Utc = Callable[[float], str]
"""World seconds to text."""


@dataclass(frozen=True, slots=True, eq=False)
class Door:
    """Where the way leads: the ship's place at contact (3,) m and the port's axis (3,), RTN; what it must not touch."""

    centre_m: FloatArray
    axis: FloatArray
    structure: Structure | None

    @property
    def bodies(self) -> list[Body]:
        """The station's parts in RTN."""
        return [] if self.structure is None else [
            Body(rtn_from_lvlh(s.centre_lvlh_m), np.abs(rtn_from_lvlh(s.half_m)), (1, 2, 0, -1)[s.along])
            for s in self.structure.solids]


@dataclass(frozen=True, slots=True, eq=False)
class WayStudy:
    """What there is to tell of a way in."""

    free: tuple[Drift, ...]
    near: tuple[Drift, ...]
    final: tuple[Drift, ...]
    aborts: tuple[Abort, ...]
    corridor_m: float

    def tables(self, utc: Utc) -> dict[str, Table]:
        return {"free_drift": drift_table(self.free, utc), "near_drift": drift_table(self.near, utc),
                "final_drift": drift_table(self.final, utc), "aborts": abort_table(self.aborts, utc),
                "corridor": {"margin_m": [self.corridor_m]}}


def study_way(flown: Approach, bodies: Bodies, door: Door, thrusters: Engine, navigation: Navigation | None,
              stop_s: float, *, whole: bool = False, known: FloatArray | None = None) -> WayStudy:
    """The study of a flown way in. whole: worst cases are flown not only for the hops, and every impulse gets its
    abort. known: covariance (6, 6), RTN, of what is known at the aim point."""
    first = flown.pulses[0].before if flown.pulses else Pair(float(flown.t_s[0]), flown.ship[0], flown.station[0])
    drifts = Drifts(first, float(flown.t_s[-1]), bodies, navigation, stop_s, True)
    moves = _moves(flown, bodies)
    moves[:1] = [replace(move, known=known) for move in moves[:1]]
    free = drifts.of([m for m in moves if m.name in HOPS])
    drifts.flown = whole
    near = drifts.of([m for m in moves if m.name == FLYAROUND])
    near += tuple(drifts.case(m, HOLDING, m.after, 1.0) for m in moves if m.name == HOLD)
    last = [m for m in moves if m.name == FINAL]
    if not whole:
        last = [m for i, m in enumerate(last) if i % EACH == 0 or i == len(last) - 1]
    final = tuple(drifts.case(m, DONE, m.after, 1.0) for m in last)
    aborts = Aborts(drifts, door.bodies, thrusters, door.axis)
    states = [(p.leg, p.after) for p in flown.pulses if p.leg in (FLYAROUND, HOLD, FINAL)]
    return WayStudy(free, near, final, aborts.along(states if whole else _some(states)), _corridor_m(flown, door))


def _moves(flown: Approach, bodies: Bodies) -> list[Move]:
    ends = [p.before.t_s for p in flown.pulses[1:]] + [float(flown.t_s[-1])]
    return [_move(pulse, next_s, bodies) for pulse, next_s in zip(flown.pulses, ends, strict=True)]


def _move(pulse: Pulse, next_s: float, bodies: Bodies) -> Move:
    half = pushed(pulse.before, pulse.dv_m_s / 2, pulse.leg, bodies).after
    return Move(pulse.leg, pulse.before, half, pulse.after, pulse.dv_m_s, next_s)


def _some(states: Sequence[tuple[str, Pair]]) -> list[tuple[str, Pair]]:
    """The first and last of each leg and every EACH-th between."""
    out = []
    for i, (leg, pair) in enumerate(states):
        edge = i in (0, len(states) - 1) or states[i - 1][0] != leg or states[i + 1][0] != leg
        if edge or i % EACH == 0:
            out.append((leg, pair))
    return out


def _corridor_m(flown: Approach, door: Door) -> float:
    """See ``side_room_m``."""
    corridor = corridor_to(door.centre_m, door.axis)
    return side_room_m(pieces(flown.t_s, relative_rtn(flown.ship, flown.station)), corridor)


def side_room_m(path: Pieces, corridor: Corridor) -> float:
    """The least distance to the corridor's side walls where a path is in the sphere; below 0 how far it is outside."""
    room_m = _least_room_m(path, corridor.margin_m)
    return room_m if room_m < 0.0 else _least_room_m(path, corridor.side_m)


def _least_room_m(path: Pieces, inside: Away) -> float:
    """The least of a corridor's margin where a path is in the sphere, between samples too; outside it counts what is
    left to the sphere."""
    return nearest(path, lambda places: np.maximum(inside(places), from_centre(places) - SPHERE_M)).away_m


def drift_table(drifts: Sequence[Drift], utc: Utc) -> Table:
    """One row for each case; see ``drift.Drift``."""
    return {"burn": [d.burn for d in drifts], "case": [d.case for d in drifts], "utc": [utc(d.t_s) for d in drifts],
            "range_m": [d.range_m for d in drifts], "decision_min": [d.decision_s / 60.0 for d in drifts],
            "drift_h": [d.day_s / 3600.0 for d in drifts],
            "least_range_m": [d.centre.away_m for d in drifts],
            "least_after_h": [d.centre.t_s / 3600.0 for d in drifts],
            "sphere_margin_m": [d.centre.away_m - SPHERE_M for d in drifts],
            "ellipsoid_margin_m": [d.zone.away_m for d in drifts], "ellipsoid_level": [d.level for d in drifts],
            "decision_range_m": [d.soon_centre_m for d in drifts],
            "decision_ellipsoid_m": [d.soon_zone_m for d in drifts],
            "worst_range_m": [d.worst_centre_m for d in drifts], "worst_ellipsoid_m": [d.worst_zone_m for d in drifts],
            "verdict": [d.verdict for d in drifts]}


def abort_table(aborts: Sequence[Abort], utc: Utc) -> Table:
    """One row for each abort; see ``abort.Abort``."""
    table: dict[str, Any] = {
        "utc": [utc(a.t_s) for a in aborts], "burn": [a.leg for a in aborts], "range_m": [a.range_m for a in aborts],
        "dv_m_s": [float(np.linalg.norm(a.dv_m_s)) for a in aborts]}
    for i, name in enumerate(("radial", "along_track", "normal")):
        table[f"dv_{name}_m_s"] = [float(a.dv_m_s[i]) for a in aborts]
    return table | {
        "burn_s": [a.burn_s for a in aborts], "propellant_kg": [a.propellant_kg for a in aborts],
        "out_s": [a.out_s for a in aborts], "least_range_m": [a.least_m for a in aborts],
        "worst_range_m": [a.worst_m for a in aborts], "later_range_m": [a.later_m for a in aborts],
        "gap_m": [min(a.gap_m, 1e6) for a in aborts], "gap_before_m": [min(a.gap_before_m, 1e6) for a in aborts],
        "clears": [float(a.clears) for a in aborts]}
