"""It burns in a room: which ships can still be reached from where, and how long that takes."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from fakel.model.burn import ShipWay
from fakel.model.cabin import Cabin
from fakel.model.errors import InputError, require_known
from fakel.model.fire import FireDrill

Edges = Mapping[str, Sequence[str]]
NOWHERE_M = 8.0
"""Length of a room of which the drill says none: assumed."""


def doors(cabin: Cabin, docked: Mapping[str, str], shut: Sequence[str] = ()) -> dict[str, list[str]]:
    """Which rooms and ships open on which. docked: ship to port; shut: rooms that nobody may pass, such as a vented
    airlock. Raises InputError for a port that opens into no room."""
    pairs = [h.between for h in cabin.hatches.values() if h.open]
    for ship, port in docked.items():
        require_known(f"ship {ship}: port", port, cabin.ports)
        pairs.append((cabin.ports[port], ship))
    edges: dict[str, list[str]] = {room: [] for room in (*cabin.rooms, *docked)}
    for a, b in pairs:
        if a not in shut and b not in shut:
            edges[a].append(b)
            edges[b].append(a)
    return edges


def without(edges: Edges, room: str) -> dict[str, list[str]]:
    """The rooms that are left when one burns."""
    return {a: [b for b in beside if b != room] for a, beside in edges.items() if a != room}


def parts(edges: Edges) -> list[tuple[str, ...]]:
    """Rooms and ships that open on each other, the largest group first."""
    left, found = list(edges), []
    while left:
        group, todo = [], [left[0]]
        while todo:
            at = todo.pop()
            if at in left:
                left.remove(at)
                group.append(at)
                todo += edges[at]
        found.append(tuple(group))
    return sorted(found, key=len, reverse=True)


def way(edges: Edges, start: str, goal: str, drill: FireDrill) -> tuple[tuple[str, ...], float] | None:
    """The shortest way by length (Dijkstra 1959): rooms, and metres from the first's middle to the ship's seats."""
    todo: list[tuple[float, tuple[str, ...]]] = [(0.5 * length_m(start, drill), (start,))]
    seen: set[str] = set()
    while todo:
        metres, rooms = heapq.heappop(todo)
        if rooms[-1] == goal:
            return rooms, metres
        if rooms[-1] in seen:
            continue
        seen.add(rooms[-1])
        for after in edges[rooms[-1]]:
            more = drill.ship_m if after == goal else length_m(after, drill)
            heapq.heappush(todo, (metres + more, (*rooms, after)))
    return None


def length_m(room: str, drill: FireDrill) -> float:
    return drill.length_m.get(room, NOWHERE_M)


def ways(edges: Edges, burning: str, ships: Sequence[str], drill: FireDrill) -> tuple[ShipWay, ...]:
    """From every room, the burning one too, to every ship that does not burn.

    From the burning room the way leads out by any hatch. The time holds the drill's steps, the way, and one hatch that
    is closed behind.
    """
    if burning not in edges:
        raise InputError(f"--fire = {burning!r} is not known; write one of: {', '.join(sorted(edges))}")
    steps_s = sum(step.duration_s for step in drill.steps)
    free, found = without(edges, burning), []
    for room in (r for r in edges if r not in ships):
        for ship in (s for s in ships if s != burning):
            got = way(edges if room == burning else free, room, ship, drill)
            found.append(ShipWay(ship, room, None, None) if got is None else
                         ShipWay(ship, room, got[0], steps_s + got[1] / drill.speed_m_s + drill.hatch_s))
    return tuple(found)
