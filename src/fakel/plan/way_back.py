"""The way back of a spacewalk: what is left of it when it is ended early, and when it must be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.plan.eva import Placed, Task, place_of, walk_s
from fakel.plan.suits import Use

HANDRAIL_M_S = 0.1
"""Speed along handrails, for who has no way back among the tasks: estimated."""
RETURN_W = 380.0
"""Metabolic rate on such a way: estimated, as for the tasks along handrails."""


def cut_short(placed: Sequence[Placed], after_s: float, walkers: Sequence[str], from_hatch_m: Mapping[str, float],
              inside: str) -> tuple[Placed, ...]:
    """What is left of a timeline when the walk is ended after_s from hatch opening.

    Tasks under way stop there, unless they are marked always; of the rest only those marked always are done, at
    once, in their order. Somebody outside who has none left goes along the handrails to the hatch of inside.
    """
    kept = [p if p.task.always else replace(p, stop_s=min(p.stop_s, after_s), granted=p.granted and p.stop_s <= after_s)
            for p in placed if p.start_s < after_s]
    free = {person: max([after_s] + [p.stop_s for p in kept if person in p.task.who]) for person in walkers}
    home = {person for person in walkers if not any(person in p.task.who for p in kept)}
    for p in placed:
        if p.start_s >= after_s and p.task.always:
            start_s = max(free[person] for person in p.task.who)
            kept.append(Placed(p.task, start_s, start_s + p.task.duration_s, not p.task.must))
            free.update(dict.fromkeys(p.task.who, start_s + p.task.duration_s))
            home |= set(p.task.who)
    for person in (w for w in walkers if w not in home):
        place = place_of(placed, person, after_s, inside)
        if place != inside:
            kept.append(_along_handrails(person, free[person], from_hatch_m[place], inside))
    return tuple(kept)


def _along_handrails(person: str, start_s: float, away_m: float, inside: str) -> Placed:
    task = Task(f"way-back-{person}", "Along the handrails to the hatch", (person,), inside, away_m / HANDRAIL_M_S,
                RETURN_W, always=True)
    return Placed(task, start_s, start_s + task.duration_s, True)


@dataclass(frozen=True, slots=True, eq=False)
class WayBack:
    """For each instant (n,) of a walk, seconds after hatch opening: the end of the walk if it is ended then, and for
    each person what the suit still holds now and would hold in the end."""

    t_s: FloatArray
    closed_s: FloatArray
    oxygen_now_kg: Mapping[str, FloatArray]
    oxygen_end_kg: Mapping[str, FloatArray]


def way_back(placed: Sequence[Placed], walkers: Sequence[str], cut_at: Callable[[float], tuple[Placed, ...]],
             spend: Callable[[tuple[Placed, ...]], Mapping[str, Use]], left_kg: Mapping[str, float],
             step_s: float) -> WayBack:
    """What ending the walk at each step would mean.

    cut_at: what is left of the timeline when it is ended then. spend: a timeline to each person's use of the suit.
    """
    t_s = np.arange(0.0, walk_s(placed) + 1e-6, step_s)
    closed_s = np.empty(len(t_s))
    now = {person: np.empty(len(t_s)) for person in walkers}
    end = {person: np.empty(len(t_s)) for person in walkers}
    for i, after_s in enumerate(t_s):
        cut = cut_at(float(after_s))
        closed_s[i] = max(walk_s(cut), after_s) if cut else after_s
        for person, use in spend(cut).items():
            now[person][i] = left_kg[person] - float(np.interp(after_s, use.t_s, use.oxygen_kg))
            end[person][i] = left_kg[person] - float(use.oxygen_kg[-1])
    return WayBack(t_s, closed_s, now, end)


def first_short(back: WayBack, keep_kg: Mapping[str, float]) -> tuple[float, str] | None:
    """When and for whom oxygen first would not do for the way back with keep_kg in hand; None when it always does."""
    for i, t_s in enumerate(back.t_s):
        for person, end_kg in back.oxygen_end_kg.items():
            if end_kg[i] < keep_kg[person]:
                return float(t_s), person
    return None


def way_back_table(back: WayBack, placed: Sequence[Placed], from_hatch_m: Mapping[str, float], inside: str,
                   keep_kg: Mapping[str, float], idle_kg_s: Mapping[str, float]) -> dict[str, list[Any]]:
    """Study ``walking_back``: minute by minute (while placed lasts) and person by person, the way back.

    spare_min: minutes that the person could still wait here, at idle_kg_s, before the way back must begin.
    """
    rows = [(float(t), who, place_of(placed, who, float(t), inside), i)
            for i, t in enumerate(back.t_s) if t <= walk_s(placed) for who in back.oxygen_now_kg]
    spare_s = {who: (back.oxygen_end_kg[who] - keep_kg[who]) / idle_kg_s[who] for who in back.oxygen_end_kg}
    return {"minute": [t / 60 for t, *_ in rows], "person": [who for _, who, *_ in rows],
            "place": [place for _, _, place, _ in rows],
            "from_hatch_m": [from_hatch_m[place] for _, _, place, _ in rows],
            "way_back_min": [(float(back.closed_s[i]) - t) / 60 for t, *_, i in rows],
            "oxygen_left_kg": [float(back.oxygen_now_kg[who][i]) for _, who, _, i in rows],
            "spare_min": [float(spare_s[who][i]) / 60 for _, who, _, i in rows]}
