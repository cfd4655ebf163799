"""Where people are and how they hold themselves on a station's outside, from a walk's timeline.

A task begins with the way to its place, at ``Moving.speed_m_s``; then its people stay there. Where ways are apart the
way comes before the task, and its people have settled when it begins. The first walker takes
the handrail of the place, the next ones the rails beside it. Axes: LVLH of the station, metres; seconds after hatch
opening.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.physics.frames import attitude_along
from fakel.plan.eva import Placed, Task
from fakel.plan.rails import Rails, require_way

ELBOW_M = 0.8
"""Two people at one place hold rails at least so far from each other: ASSUMED, the width of a suit."""


@dataclass(frozen=True, slots=True)
class Move:
    """A way of one person: rails gone by, begun at start_s, for a task."""

    task: str
    start_s: float
    nodes: tuple[int, ...]
    length_m: float

    def stop_s(self, speed_m_s: float) -> float:
        return self.start_s + self.length_m / speed_m_s


def moves(placed: Sequence[Placed], person: str, rank: int, rails: Rails, inside: str,
          apart: bool = False, filmed: Mapping[str, int] | None = None) -> tuple[Move, ...]:
    """The ways of a person, in order, from the hatch of inside. rank: the person's place among the walkers. apart: each
    way is gone before its task. filmed: the rail of the second one at some places, instead of one beside the place's.

    A way that is cut off by the next task ends at the last rail reached.
    """
    here, done, free_s = rails.index(inside), list[Move](), 0.0
    for p in sorted((p for p in placed if person in p.task.who), key=lambda p: p.start_s):
        if done:
            here = done[-1].nodes[-1] if apart else _reached(done[-1], p.start_s, rails)
        goal = beside(rails, rails.index(p.task.place), rank)
        goal = (filmed or {}).get(p.task.place, goal) if rank == 1 else goal
        nodes = way_of(rails, here, goal, p.task)
        length_m = rails.length_m(nodes)
        leaves_s = max(free_s, p.start_s - rails.takes_s(length_m)) if apart else p.start_s
        done.append(Move(p.task.id, leaves_s, nodes, length_m))
        free_s = p.stop_s
    return tuple(done)


def beside(rails: Rails, node: int, rank: int) -> int:
    """The rail that the walker of this rank holds at a place: the place's own, or one beside it."""
    near = [n for n in rails.over.neighbours[node] if rails.length_m((node, n)) >= ELBOW_M]
    return node if rank == 0 or not near else sorted(near, key=lambda n: (rails.length_m((node, n)), n))[
        min(rank, len(near)) - 1]


def way_of(rails: Rails, here: int, goal: int, task: Task) -> tuple[int, ...]:
    """The way to a task's place: the shortest, or by the rails that the task names."""
    if not task.via:
        return rails.way(rails.names[here], rails.names[goal])
    via = require_way(rails, task.via, f"task {task.id}: via")
    to, back = rails.way(rails.names[here], rails.names[via[0]]), rails.way(rails.names[via[-1]], rails.names[goal])
    return (*to[:-1], *via, *back[1:])


def _reached(move: Move, t_s: float, rails: Rails) -> int:
    gone_m = (t_s - move.start_s) * rails.moving.speed_m_s + 1e-9
    return move.nodes[int(np.searchsorted(_marks_m(move, rails), gone_m, side="right")) - 1]


def _marks_m(move: Move, rails: Rails) -> FloatArray:
    steps = np.linalg.norm(np.diff(rails.at_m[list(move.nodes)], axis=0), axis=1)
    return np.concatenate(([0.0], np.cumsum(steps)))


def track(done: Sequence[Move], rails: Rails, inside: str, t_s: FloatArray
          ) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Where the hands are (n, 3), attitude (n, 4) from the station's LVLH axes to body axes, and the way left to the
    hatch (n,).

    Body axes: x out of the chest, y to the right hand, z to the feet. The chest looks at the hull; the head goes first
    on the way, and stays so.
    """
    rate, home = rails.moving.speed_m_s, rails.from_m(inside)
    at_m = np.tile(rails.at_m[rails.index(inside)], (len(t_s), 1))
    out = np.tile(rails.out[rails.index(inside)], (len(t_s), 1))
    left_m, head = np.zeros(len(t_s)), np.tile([0.0, 0.0, -1.0], (len(t_s), 1))
    for move in done:
        since = t_s >= move.start_s - 1e-6
        gone_m, marks, nodes = (t_s[since] - move.start_s) * rate, _marks_m(move, rails), list(move.nodes)
        at_m[since] = _along(gone_m, marks, rails.at_m[nodes])
        out[since] = _along(gone_m, marks, rails.out[nodes])
        left_m[since] = np.interp(gone_m, marks, home[nodes])
        if len(nodes) > 1:
            step = np.clip(np.searchsorted(marks, gone_m, side="right") - 1, 0, len(nodes) - 2)
            head[since] = np.diff(rails.at_m[nodes], axis=0)[step]
    return at_m, attitude_along(-out, _across(head, out)), left_m


def _along(gone_m: FloatArray, marks: FloatArray, rows: FloatArray) -> FloatArray:
    return np.stack([np.interp(gone_m, marks, rows[:, k]) for k in range(3)], axis=1)


def _across(head: FloatArray, out: FloatArray) -> FloatArray:
    """Directions for the head that do not lie along the line from the hull."""
    along = np.abs(np.sum(head * out, axis=1)) > 0.99 * np.linalg.norm(head, axis=1) * np.linalg.norm(out, axis=1)
    return np.where(along[:, None], np.where(np.abs(out[:, :1]) > 0.9, [[0.0, 0.0, -1.0]], [[1.0, 0.0, 0.0]]), head)


def require_time(tasks: Sequence[Task], walkers: Sequence[str], rails: Rails, inside: str) -> None:
    """Raises InputError for a task that is over before its people can have got to its place."""
    at = dict.fromkeys(walkers, inside)
    for task in (t for t in tasks if not t.deferred):
        for person in task.who:
            length_m = rails.length_m(way_of(rails, rails.index(at[person]), rails.index(task.place), task))
            takes_s = length_m / rails.moving.speed_m_s
            if takes_s > task.duration_s:
                raise InputError(f"tasks, task {task.id}: it lasts {task.duration_s / 60:g} min, but the way from "
                                 f"{at[person]} to {task.place} takes {person} {takes_s / 60:.1f} min; make it longer")
            at[person] = task.place


def require_ways(placed: Sequence[Placed], walkers: Sequence[str], rails: Rails, inside: str,
                 filmed: Mapping[str, int] | None = None) -> None:
    """For ways apart from tasks. Raises InputError for a start that its people do not reach in time, and for people who
    are left outside by their last task."""
    for rank, person in enumerate(walkers):
        mine = {p.task.id: p for p in placed if person in p.task.who}
        for move in moves(placed, person, rank, rails, inside, True, filmed):
            there_s, start_s = move.stop_s(rails.moving.speed_m_s), mine[move.task].start_s
            if there_s > start_s + 1e-6:
                raise InputError(f"ways_apart, task {move.task}: {person} is there {(there_s - start_s) / 60:.1f} min "
                                 "after its start; fill the starts with fakel eva plan, or start it later")
        last = max(mine.values(), key=lambda p: p.start_s, default=None)
        if last is not None and last.task.place != inside:
            raise InputError(f"ways_apart, task {last.task.id}: it is the last of {person}, and leaves them at "
                             f"{last.task.place}; end the walk with a task at {inside}")
