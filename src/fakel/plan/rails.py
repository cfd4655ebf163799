"""Handrails over a station's hulls, and the ways along them. A stand-in: no public coordinates of handrails exist.

Rings of rails stand off each cylinder of the structure, no farther apart than ``Moving.spacing_m``. Two rails are
joined where the straight way between them is within reach and leads through no solid and no keep-out. Axes: LVLH of
the station, metres.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.structure import Moving, Solid, Spot, Structure
from fakel.physics.blockage import Body, between, gap_m
from fakel.physics.graph import Graph, graph, shortest, way, widest

TOUCH_M = 0.05
"""A rail so near to another hull is hidden by it, and left out."""
DRIFT_M = 3.0
"""Farther from a keep-out than the long tether lets somebody drift, more room is no safer."""


@dataclass(frozen=True, slots=True, eq=False)
class Rails:
    """names (n); at_m (n, 3); out (n, 3): away from the hull; clear_m (n,): from the nearest keep-out, at most
    ``DRIFT_M``; spots: hatches and worksites, and the rail that each is at. hatches: the names of hatches."""

    structure: Structure
    names: tuple[str, ...]
    at_m: FloatArray
    out: FloatArray
    clear_m: FloatArray
    over: Graph
    spots: Mapping[str, int]
    hatches: tuple[str, ...]

    @property
    def moving(self) -> Moving:
        return _moving(self.structure)

    def index(self, name: str, where: str = "place") -> int:
        """The rail of a worksite, a hatch or a handrail. Raises InputError for one that is not known."""
        if name in self.spots:
            return self.spots[name]
        if name in self.names:
            return self.names.index(name)
        near = difflib.get_close_matches(name, [*self.spots, *self.names], 1)
        hint = f"did you mean {near[0]!r}?" if near else f"write a worksite: {', '.join(sorted(self.spots))}"
        raise InputError(f"{where} = {name!r} is neither a worksite nor a handrail of {self.structure.id}; {hint}")

    def way(self, start: str, stop: str, safest: bool = False) -> tuple[int, ...]:
        """The shortest way, or the shortest of those that stay farthest from keep-outs. Raises InputError: no way."""
        a, b = self.index(start), self.index(stop)
        if safest:
            cost, before = shortest(self.over, a, self.clear_m >= widest(self.over, a, self.clear_m)[b] - 1e-9)
        else:
            cost, before = _ways(self, a)
        if not math.isfinite(cost[b]):
            raise InputError(f"no way along handrails leads from {start} to {stop}; move one of them")
        return way(before, b)

    def length_m(self, nodes: Sequence[int]) -> float:
        return float(np.sum(np.linalg.norm(np.diff(self.at_m[list(nodes)], axis=0), axis=1)))

    def from_m(self, start: str) -> FloatArray:
        """The shortest way from a place to each rail (n,), infinite where none leads."""
        return _ways(self, self.index(start))[0]

    def travel_s(self, start: str, stop: str) -> float:
        """Time of the shortest way, with settling at its end; 0 at the same rail. Obeys the triangle inequality."""
        a, b = self.index(start), self.index(stop)
        return 0.0 if a == b else self.takes_s(float(self.from_m(start)[b]))

    def takes_s(self, length_m: float) -> float:
        """Time for so long a way: at ``speed_m_s``, and ``setup_s`` for settling."""
        return length_m / self.moving.speed_m_s + self.moving.setup_s if length_m > 0.0 else 0.0


@lru_cache(maxsize=256)
def _ways(rails: Rails, start: int) -> tuple[FloatArray, list[int]]:
    """The shortest ways from a rail, searched once: a walk asks for the same ones again and again."""
    cost, before = shortest(rails.over, start)
    cost.setflags(write=False)
    return cost, before


def travel_table(rails: Rails, places: Sequence[str]) -> dict[str, dict[str, float]]:
    """travel_s between all pairs of places."""
    rows = {a: rails.from_m(a) for a in places}
    return {a: {b: rails.takes_s(float(rows[a][rails.index(b)])) for b in places} for a in places}


def require_way(rails: Rails, names: Sequence[str], where: str) -> tuple[int, ...]:
    """Rails gone by, one by one, as somebody wrote them. Raises InputError for one that is not known, a step out of
    reach, or one through a keep-out or a hull."""
    nodes = tuple(rails.index(name, where) for name in names)
    for a, b, one, other in zip(nodes, nodes[1:], names, names[1:]):
        if a == b or b in rails.over.neighbours[a]:
            continue
        for kind, solids in (("keep-out", rails.structure.keep_outs), ("hull", rails.structure.solids)):
            for solid in solids:
                if between(rails.at_m[[a]], rails.at_m[[b]], body(solid))[0]:
                    raise InputError(f"{where}: the way from {one} to {other} leads through the {kind} {solid.id}; "
                                     "go around it, or leave the way to the planner")
        far_m = float(np.linalg.norm(rails.at_m[b] - rails.at_m[a]))
        raise InputError(f"{where}: {other} is {far_m:.1f} m from {one}, beyond the reach of "
                         f"{rails.moving.reach_m:g} m; name a handrail between")
    return nodes


def body(solid: Solid) -> Body:
    return Body(solid.centre_lvlh_m, solid.half_m, solid.along)


def _moving(structure: Structure) -> Moving:
    if structure.moving is None:
        raise InputError(f"structure {structure.id} has no [moving]; write how people move along its handrails")
    return structure.moving


@lru_cache(maxsize=4)
def rails_of(structure: Structure) -> Rails:
    """The handrails of a structure; the same record gives the same answer.

    Raises InputError for a hatch or a worksite inside a keep-out, too far from a rail, or cut off from the others.
    """
    moving = _moving(structure)
    names, at_m, out = _rings(structure, moving)
    pairs = _pairs(at_m, moving.reach_m)
    solids = [body(s) for s in (*structure.solids, *structure.keep_outs)]
    a, b = at_m[pairs[:, 0]], at_m[pairs[:, 1]]
    shut = np.logical_or.reduce([between(a, b, solid) for solid in solids])
    pairs = pairs[~shut]
    length_m = np.linalg.norm(at_m[pairs[:, 0]] - at_m[pairs[:, 1]], axis=1)
    over = graph(len(names), pairs, length_m)
    gaps = [gap_m(at_m, body(k)) for k in structure.keep_outs]
    clear_m = np.minimum(np.min(gaps, axis=0), DRIFT_M) if gaps else np.full(len(names), DRIFT_M)
    hatches = structure.hatches or {}
    wished = {**hatches, **(structure.worksites or {})}
    spots = {name: _snapped(structure, spot, at_m, moving) for name, spot in wished.items()}
    _require_joined(structure, over, spots)
    return Rails(structure, names, at_m, out, clear_m, over, spots, tuple(hatches))


def _rings(structure: Structure, moving: Moving) -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    """Names, places and outward directions of all rails that are not hidden by a hull or inside a keep-out."""
    names, places, outs = [], [], []
    bodies = {s.id: body(s) for s in (*structure.solids, *structure.keep_outs)}
    for solid in (s for s in structure.solids if s.kind == "cylinder"):
        ids, at_m, out = _ring(solid, moving)
        free = np.ones(len(ids), bool)
        for other, shape in bodies.items():
            if other != solid.id:
                free &= gap_m(at_m, shape) > TOUCH_M
        names += [name for name, good in zip(ids, free) if good]
        places.append(at_m[free])
        outs.append(out[free])
    return tuple(names), np.concatenate(places), np.concatenate(outs)


def _ring(solid: Solid, moving: Moving) -> tuple[list[str], FloatArray, FloatArray]:
    axis, radius_m = solid.along, solid.diameter_m / 2 + moving.stand_off_m
    around = max(6, math.ceil(2 * math.pi * radius_m / moving.spacing_m))
    rings = math.ceil(solid.length_m / moving.spacing_m) + 1
    turn = 2 * math.pi * np.arange(around) / around
    out = np.zeros((around, 3))
    out[:, [k for k in range(3) if k != axis]] = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    at_m = np.tile(solid.centre_lvlh_m + radius_m * out, (rings, 1))
    at_m[:, axis] += np.repeat(np.linspace(-0.5, 0.5, rings) * solid.length_m, around)
    return [f"{solid.id}-{i}-{k}" for i in range(rings) for k in range(around)], at_m, np.tile(out, (rings, 1))


def _pairs(at_m: FloatArray, reach_m: float) -> np.ndarray:
    """Pairs (m, 2) of rails within reach of each other."""
    order = np.argsort(at_m[:, 0], kind="stable")
    x, found = at_m[order, 0], []
    last = np.searchsorted(x, x + reach_m, side="right")
    for i, stop in enumerate(last):
        near = order[i + 1:stop]
        off = at_m[near] - at_m[order[i]]
        good = near[np.einsum("ij,ij->i", off, off) <= reach_m * reach_m]
        found.append(np.stack([np.full(len(good), order[i]), good], axis=1))
    return np.concatenate(found)


def _snapped(structure: Structure, spot: Spot, at_m: FloatArray, moving: Moving) -> int:
    """The rail nearest to where a spot was wished."""
    for keep_out in structure.keep_outs:
        if gap_m(spot.position_lvlh_m[None, :], body(keep_out))[0] == 0.0:
            raise InputError(f"{structure.id}: {spot.id} lies in the keep-out {keep_out.id}; move it")
    far_m = np.linalg.norm(at_m - spot.position_lvlh_m, axis=1)
    nearest = int(np.argmin(far_m))
    if far_m[nearest] > moving.reach_m:
        raise InputError(f"{structure.id}: {spot.id} is {far_m[nearest]:.1f} m from the nearest handrail, beyond the "
                         f"reach of {moving.reach_m:g} m; move it onto a hull")
    return nearest


def _require_joined(structure: Structure, over: Graph, spots: Mapping[str, int]) -> None:
    first, *rest = spots or [""]
    cost = shortest(over, spots[first])[0] if spots else np.zeros(0)
    for name in rest:
        if not math.isfinite(cost[spots[name]]):
            raise InputError(f"{structure.id}: no way along handrails leads from {first} to {name}; move one of them")
