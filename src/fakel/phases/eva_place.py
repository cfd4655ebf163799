"""Where a walk's people are, how they move and how they are held: channels and tables, on a station with handrails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.flight import Arc, Channel, Situation, Transfer
from fakel.model.frame import Frame
from fakel.plan import eva as planner
from fakel.plan import tethers
from fakel.plan.along import Move, moves, track
from fakel.plan.rails import Rails
from fakel.plan.stance import partner_rail

if TYPE_CHECKING:
    from fakel.phases.eva import Plan
    from fakel.phases.eva_record import Walk

STEP_S = 10.0
SHORT_S = 60.0
"""Ways are told to so much before and after, so that none falls between two samples of a channel."""


def place_channels(walk: Walk, rails: Rails) -> list[Channel]:
    """For each walker, while the hatch is open: the way to the hatch and its time."""
    t_s, out = _times(walk), []
    for person, done in moves_of(walk, rails).items():
        _, _, left_m = track(done, rails, walk.plan.airlock.id, t_s)
        out += [Channel(f"eva.from_hatch_m.{person}", "m", walk.hatch_open, t_s, left_m),
                Channel(f"eva.to_hatch_s.{person}", "s", walk.hatch_open, t_s, left_m / rails.moving.speed_m_s)]
    return out


def place_arcs(walk: Walk, rails: Rails) -> tuple[Arc, ...]:
    """For each walker, while the hatch is open: where the hands are and how the body is turned in the station's LVLH
    axes. See ``plan.along.track``."""
    t_s, out = _times(walk), []
    if len(t_s) < 2:                                          # ended as the hatch opened
        return ()
    for person, done in moves_of(walk, rails).items():
        at_m, attitude, _ = track(done, rails, walk.plan.airlock.id, t_s)
        out.append(Arc("eva", person, Frame.LVLH, walk.hatch_open, t_s, at_m, np.gradient(at_m, t_s, axis=0), attitude,
                       np.full(len(t_s), walk.plan.suits[person].mass_kg)))
    return tuple(out)


def _times(walk: Walk) -> FloatArray:
    return np.arange(0.0, planner.walk_s(walk.placed) + 1e-6, STEP_S)


def moves_of(walk: Walk, rails: Rails) -> dict[str, tuple[Move, ...]]:
    """The ways of each walker; where scenes are played the second one holds on where each best films the other."""
    filmed = filmed_rails(walk.plan, rails)
    return {person: moves(walk.placed, person, rank, rails, walk.plan.airlock.id, walk.plan.ways_apart, filmed)
            for rank, person in enumerate(walk.plan.walkers)}


def filmed_rails(plan: Plan, rails: Rails) -> dict[str, int]:
    """By the place of scenes that the first two walkers play: the rail of the second one there."""
    if len(plan.walkers) < 2:
        return {}
    length_m = max((item.length_m for item in plan.items.values()), default=0.0)
    camera = plan.suits[plan.walkers[1]].camera
    places = {task.place for task in plan.tasks if task.scene and set(plan.walkers[:2]) <= set(task.who)}
    found = {place: partner_rail(rails, rails.index(place), camera, length_m) for place in sorted(places)}
    return {place: rail for place, rail in found.items() if rail is not None}


def _handled(walk: Walk, rails: Rails, person: str, move: Move) -> tethers.Handled:
    suit = walk.plan.suits[person]
    return tethers.go(tethers.Tethers(rails, suit.tether_short_m, suit.tether_long_m), tethers.start(move.nodes[0]),
                      move.nodes)


def held_on_ways(walk: Walk, rails: Rails, person: str, t_s: FloatArray) -> FloatArray:
    """Least points (n,) at which somebody is held on the way under way at each time, by hooks; infinite elsewhere."""
    out = np.full(len(t_s), np.inf)
    for move in (m for m in moves_of(walk, rails)[person] if len(m.nodes) > 1):
        stop_s = max(move.stop_s(rails.moving.speed_m_s), move.start_s + SHORT_S)
        under_way = (t_s > move.start_s - SHORT_S) & (t_s < stop_s + SHORT_S)
        out[under_way] = np.minimum(out[under_way], _handled(walk, rails, person, move).points)
    return out


def ways_table(walk: Walk, rails: Rails) -> dict[str, list[Any]]:
    """Study ``ways``: every way along handrails, with its hooks.

    swap_min: what the hooks take by ``Moving.swap_s``; bare_min: hand over hand alone; takes_min: as planned.
    """
    rows, moving = [], rails.moving
    for person, done in moves_of(walk, rails).items():
        for move in (m for m in done if len(m.nodes) > 1):
            held = _handled(walk, rails, person, move)
            swaps = held.short_swaps + held.long_swaps
            rows.append((person, move.task, move.start_s / 60, rails.names[move.nodes[0]], rails.names[move.nodes[-1]],
                         move.length_m, len(move.nodes), held.short_swaps, held.long_swaps, held.points, held.stretch_m,
                         float(rails.clear_m[list(move.nodes)].min()), move.length_m / moving.bare_speed_m_s / 60,
                         swaps * moving.swap_s / 60, move.length_m / moving.speed_m_s / 60))
    names = ("person", "task", "start_min", "from_rail", "to_rail", "length_m", "rails", "short_swaps", "long_swaps",
             "least_points", "stretch_m", "keep_out_m", "bare_min", "swap_min", "takes_min")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def loose_table(walk: Walk, given: tuple[Transfer, ...], before: Situation) -> dict[str, list[Any]]:
    """Study ``loose_items``: every hand-over of a thing, hook by hook; hooks: how many hold it after the step."""
    rows = []
    for item in sorted(walk.plan.items):
        leash = tethers.Leash(item, frozenset({before.holders[item]}))
        for move in (t for t in given if t.item == item and t.giver != t.taker):
            both, after = leash.pass_on(move.giver, move.taker)
            rows.append((move.epoch.iso(), item, f"{move.taker} hooks it", len(both.hooks)))
            rows.append((move.epoch.iso(), item, f"{move.giver} unhooks it", len(after.hooks)))
            leash = after
    names = ("utc", "item", "step", "hooks")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}
