"""Scenes of a walk before the helmet cameras: who faces whom, what each camera sees, the moments worth a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.flight import Arc, Situation, Transfer
from fakel.model.shots import COLUMNS, Shot
from fakel.phases.eva_place import moves_of, place_arcs
from fakel.plan.ends import scene_of
from fakel.plan.eva import Placed
from fakel.plan.rails import Rails
from fakel.plan.shots import Filming, Stage, looks_of, shots
from fakel.plan.stance import face_to_face

if TYPE_CHECKING:
    from fakel.phases.eva_record import Walk
    from fakel.world import World

WORDS = {"torch": ("The torch", "Факел")}
"""Things that have a word of their own in titles; others are told by their names."""


def filmings(walk: Walk, rails: Rails, given: Sequence[Transfer], before: Situation) -> tuple[Filming, ...]:
    """Every scene of two people or more, once both have arrived, in order of time."""
    ways = {(m.task, person): m for person, done in moves_of(walk, rails).items() for m in done}
    there = {key: m.stop_s(rails.moving.speed_m_s) for key, m in ways.items()}
    at = {key: m.nodes[-1] for key, m in ways.items()}
    out = []
    for p in sorted(walk.placed, key=lambda p: p.start_s):
        pair = _pair(walk, p)
        if pair is None or at[p.task.id, pair[0]] == at[p.task.id, pair[1]]:
            continue
        start_s = max(p.start_s, *(there[p.task.id, person] for person in pair))
        if start_s < p.stop_s:
            out.append(_filming(walk, rails, p, start_s, {who: at[p.task.id, who] for who in pair}, given, before))
    return tuple(out)


def _pair(walk: Walk, p: Placed) -> tuple[str, str] | None:
    """The first two of a scene's people, in the order of the walkers."""
    people = [person for person in walk.plan.walkers if person in p.task.who]
    return (people[0], people[1]) if p.task.scene and len(people) > 1 else None


def _filming(walk: Walk, rails: Rails, p: Placed, start_s: float, at: Mapping[str, int], given: Sequence[Transfer],
             before: Situation) -> Filming:
    held = _held(walk, p.start_s, given, before)
    item = next((name for name in sorted(walk.plan.items) if held[name] in at), "")
    coming = next((give.to for give in p.task.gives if give.to in at), next(iter(at)))
    low = held[item] if item else coming
    high = next(person for person in at if person != low)
    stances = dict(zip((low, high), face_to_face(rails, at[low], at[high]), strict=True))
    length_m = walk.plan.items[item].length_m if item else 0.0
    return Filming(p.task.id, p.task.title, (p.start_s, p.stop_s), start_s, p.stop_s, low, high, item, length_m, at,
                   stances)


def _held(walk: Walk, t_s: float, given: Sequence[Transfer], before: Situation) -> dict[str, str]:
    """Who holds what so long after hatch opening."""
    now = dict(before.holders)
    now |= {t.item: t.taker for t in sorted(given, key=lambda t: t.epoch) if t.epoch - walk.hatch_open <= t_s + 1e-6}
    return now


Tables = dict[str, dict[str, list[Any]]]


def outside(walk: Walk, given: Sequence[Transfer], before: Situation, station: Arc, world: World
            ) -> tuple[tuple[Arc, ...], Tables]:
    """The paths of people outside, their bodies turned to each other in scenes, and the studies of those. Nothing
    without handrails."""
    rails = walk.plan.rails
    if rails is None:
        return (), {}
    found = filmings(walk, rails, given, before)
    return tuple(_turned(arc, found) for arc in place_arcs(walk, rails)), _tables(walk, found, given, station, world)


def _turned(arc: Arc, found: Sequence[Filming]) -> Arc:
    attitude = np.array(arc.attitude)
    for f in (f for f in found if arc.craft in f.stances):
        attitude[(arc.t_s >= f.start_s - 1e-6) & (arc.t_s < f.stop_s - 1e-6)] = f.stances[arc.craft].attitude
    return Arc(arc.phase, arc.craft, arc.frame, arc.start, arc.t_s, arc.position_m, arc.velocity_m_s, attitude,
               arc.mass_kg)


def _tables(walk: Walk, found: Sequence[Filming], given: Sequence[Transfer], station: Arc, world: World) -> Tables:
    """Studies ``stances``, ``filming`` and ``shots``."""
    assert walk.plan.rails is not None
    things = {name: WORDS.get(name, (item.name, item.name)) for name, item in walk.plan.items.items()}
    handed = tuple(t.epoch - walk.hatch_open for t in given
                   if t.giver in walk.plan.walkers and t.taker in walk.plan.walkers)
    cameras = {person: walk.plan.suits[person].camera for person in walk.plan.walkers}
    stage = Stage(scene_of(station, world), walk.sky, walk.hatch_open, walk.plan.rails, cameras, things, handed,
                  walk.plan.places)
    return {"stances": _stances(walk, found), "filming": _filmed(found, stage),
            "shots": shots_table(shots(found, stage))}


def _stances(walk: Walk, found: Sequence[Filming]) -> dict[str, list[Any]]:
    """Study ``stances``: the middle of each chest and the upper and lower end of the thing, in the station's axes."""
    rows = []
    for f in found:
        ends: FloatArray = f.thing()[[0, 2]] if f.item else np.full((2, 3), np.nan)
        for person, stance in f.stances.items():
            rows.append((f.task, person, "low" if person == f.low else "high", f.item if person == f.low else "",
                         (walk.hatch_open + f.start_s).iso(3), (walk.hatch_open + f.stop_s).iso(3),
                         *(float(x) for x in stance.chest_m), *(float(x) for x in stance.attitude),
                         *(float(x) if person == f.low else np.nan for x in ends.ravel())))
    names = ("task", "person", "role", "item", "start_utc", "stop_utc", "chest_x_m", "chest_y_m", "chest_z_m",
             "attitude_w", "attitude_x", "attitude_y", "attitude_z", "upper_x_m", "upper_y_m", "upper_z_m", "lower_x_m",
             "lower_y_m", "lower_z_m")
    return _columns(names, rows)


def _filmed(found: Sequence[Filming], stage: Stage) -> dict[str, list[Any]]:
    """Study ``filming``: of each scene with a thing in hand, for how long the partner's camera has both in its picture,
    and for how long the thing is in sunlight then (the station's own shadow counts)."""
    rows = []
    for f in (f for f in found if f.item):
        seen = looks_of(f, f.high, stage)
        length_min = (f.task_s[1] - f.task_s[0]) / 60.0
        seen_min = 0.0 if seen is None else (f.stop_s - f.start_s) / 60.0
        lit_min = 0.0 if seen is None else float(seen.lit.mean()) * seen_min
        rows.append((f.task, f.title, f.high, f.low, f.item, length_min, seen_min, lit_min,
                     seen is not None and bool(seen.earth_behind.all()), np.nan if seen is None else seen.distance_m))
    return _columns(("task", "title", "by", "subject", "item", "length_min", "seen_min", "lit_min", "earth_behind",
                     "distance_m"), rows)


def shots_table(found: Sequence[Shot]) -> dict[str, list[Any]]:
    """Study ``shots``."""
    return _columns(COLUMNS, [(
        s.id, s.window.start.iso(3), s.window.stop.iso(3), s.by, s.subject, s.kind, *s.titles,
        float(np.degrees(s.sun_rad)), s.distance_m, *s.place.names, float(np.degrees(s.latitude_rad)),
        float(np.degrees(s.longitude_rad)), s.lit, s.linked, s.earth_behind, s.in_frame) for s in found])


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}
