"""A leak is searched by closing hatches: which ships are still reached, at each step and when the room is given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fakel.model.cabin import Cabin
from fakel.model.fire import FireDrill
from fakel.plan.cabin_leak import Leak
from fakel.plan.retreat import doors, parts, way, without


@dataclass(frozen=True, slots=True)
class LeakWays:
    """falling: for each test of the search, the ships that open on the side that falls. farthest: of each ship the room
    from which its crew needs longest, and the seconds, all hatches open. given_up: rooms and ships that are left
    together when the leaking room is shut off (empty: it was not found)."""

    ships: Mapping[str, str]
    crews: Mapping[str, tuple[str, ...]]
    falling: tuple[tuple[str, ...], ...]
    farthest: Mapping[str, tuple[str, float]]
    given_up: tuple[tuple[str, ...], ...]

    @property
    def evacuate_s(self) -> float:
        """Until the last crew is in its ship."""
        return max((seconds for _, seconds in self.farthest.values()), default=0.0)


def leak_ways(found: Leak, cabin: Cabin, docked: Mapping[str, str], ships: Mapping[str, str],
              crews: Mapping[str, tuple[str, ...]], drill: FireDrill) -> LeakWays:
    """Ways to the docked ships (ship to port) while a leak is searched. ships, crews: their names and whose they are.

    People hear of it and go at the drill's speed, and close the ship's hatch behind; masks are not needed. Raises
    InputError for a port that opens into no room.
    """
    edges, shut, falling = doors(cabin, docked), [], []
    told_s = drill.steps[0].duration_s if drill.steps else 0.0
    for test in found.tests:
        shut.append(test.hatch)
        group = next(part for part in parts(_with_shut(cabin, docked, shut)) if test.leaking[0] in part)
        falling.append(tuple(ship for ship in docked if ship in group))
    farthest = {}
    for ship in docked:
        reached = [(told_s + got[1] / drill.speed_m_s + drill.hatch_s, room) for room in cabin.rooms
                   if (got := way(edges, room, ship, drill)) is not None]
        if reached:
            seconds, room = max(reached)
            farthest[ship] = (room, seconds)
    given_up = () if found.found is None else tuple(parts(without(edges, found.found)))
    return LeakWays(ships, crews, tuple(falling), farthest, given_up)


def _with_shut(cabin: Cabin, docked: Mapping[str, str], shut: Sequence[str]) -> dict[str, list[str]]:
    closed = {name: replace(hatch, open=False) for name, hatch in cabin.hatches.items() if name in shut}
    return doors(replace(cabin, hatches={**cabin.hatches, **closed}), docked)
