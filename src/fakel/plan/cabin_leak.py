"""A hole in a room: how long the air lasts, and how closing hatches finds the room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.cabin import SPACE, Cabin
from fakel.model.errors import InputError, require_known
from fakel.physics.gas import CV_J_KG_K, DISCHARGE, GAS_J_KG_K, O2, hole_m3_s
from fakel.plan.cabin import Air, Course, Stretch, course, fresh

SEEN_PA = 133.322
"""A difference of 1 mmHg across a closed hatch is seen on the cabin's gauges (assumed)."""
OXYGEN_PA = 15_168.0
"""Least oxygen: HIDH table 6.2-5, quoted by MIT HabNet (facts/eva FR-46)."""
LONGEST_S = 60 * 86_400.0


@dataclass(frozen=True, slots=True)
class Test:
    """One hatch closed in the search: seconds since the hole when it was shut and when the side was known, the falling
    side's rooms, and pressures then on the falling and the steady side."""

    hatch: str
    shut_s: float
    known_s: float
    leaking: tuple[str, ...]
    falling_pa: float
    steady_pa: float


@dataclass(frozen=True, slots=True, eq=False)
class Leak:
    """reserve_s: until oxygen is at its least with all hatches open; evacuate_s: what people need to be in their ships.
    course: with all hatches open. tests: the search; found: the room; saved_pa: pressure kept in the rest."""

    room: str
    hole_m: float
    first_kg_s: float
    reserve_s: float
    evacuate_s: float
    course: Course
    tests: tuple[Test, ...]
    found: str | None
    saved_pa: float

    @property
    def found_s(self) -> float:
        return self.tests[-1].known_s if self.tests else 0.0

    @property
    def margin_s(self) -> float:
        """What is left of the reserve when the room is known and shut off."""
        return self.reserve_s - self.found_s


def leak(cabin: Cabin, room: str, hole_m: float, people: int, evacuate_s: float, begin_s: float = 60.0) -> Leak:
    """A hole to space in one room. begin_s: until the first hatch is being closed.

    Raises InputError for an unknown room or a hole that cannot be.
    """
    require_known("--room", room, cabin.rooms)
    if not 0.0 < hole_m <= 1.0:
        raise InputError(f"a hole of {1e3 * hole_m:g} mm cannot be; write more than 0, up to 1000")
    cabin = replace(cabin, leak_kg_s=0.0)
    hole = ((room, SPACE, DISCHARGE * math.pi / 4 * hole_m**2),)
    watts = {r: people * cabin.effort.at_w(43_200.0) * part for r, part in cabin.people.items()}
    every = Stretch(0.0, watts, holes=hole)
    open_ = _until_low(cabin, every)
    first_kg_s = _first_kg_s(cabin, room, hole[0][2])
    low = _least(open_)
    below = np.flatnonzero(low < OXYGEN_PA)
    reserve_s = math.inf if not len(below) else float(np.interp(
        -OXYGEN_PA, -low[below[0] - 1:below[0] + 1], open_.t_s[below[0] - 1:below[0] + 1])) if below[0] else 0.0
    tests, found, saved_pa = _search(cabin, every, begin_s)
    return Leak(room, hole_m, first_kg_s, reserve_s, evacuate_s, open_, tests, found, saved_pa)


def _first_kg_s(cabin: Cabin, room: str, area_m2: float) -> float:
    kg = fresh(cabin).mass_kg[room]
    specific = float(kg @ GAS_J_KG_K / kg.sum()) * cabin.temperature_k
    gamma = 1.0 + float(kg @ GAS_J_KG_K / (kg @ CV_J_KG_K))
    return float(hole_m3_s(area_m2, cabin.pressure_pa, 0.0, specific, gamma) * cabin.pressure_pa / specific)


def _least(told: Course) -> FloatArray:
    return np.asarray(told.partial_pa[..., O2].min(axis=1))


def _until_low(cabin: Cabin, every: Stretch) -> Course:
    """With all hatches open, until oxygen is at its least, in samples of about a hundredth of that time."""
    span_s, air = 600.0, fresh(cabin)
    while True:
        told = course(cabin, air, [replace(every, duration_s=span_s)], span_s / 100)
        if _least(told)[-1] < OXYGEN_PA or span_s >= LONGEST_S:
            return told
        span_s = min(span_s * 3.0, LONGEST_S)


def _search(cabin: Cabin, every: Stretch, begin_s: float) -> tuple[tuple[Test, ...], str | None, float]:
    """Halve the volume that may leak, hatch by hatch."""
    told = course(cabin, fresh(cabin), [replace(every, duration_s=begin_s)], begin_s)
    air, at, suspects, shut, tests = told.at_end(), begin_s, set(cabin.rooms), set[str](), []
    saved_pa = float(told.pressure_pa[-1].mean())
    while len(suspects) > 1:
        choice = _halving(cabin, suspects, shut)
        if choice is None:
            break
        hatch, sides = choice
        takes_s = cabin.hatches[hatch].seconds_to_close
        air = course(cabin, air, [replace(every, duration_s=takes_s, shut=frozenset(shut))], takes_s).at_end()
        shut.add(hatch)
        waited_s, told, apart = _until_seen(cabin, air, replace(every, shut=frozenset(shut)), hatch)
        if abs(apart) < 0.5 * SEEN_PA:
            break
        a = cabin.hatches[hatch].between[0]
        first = sides[0] if a in sides[0] else sides[1]
        other = sides[1] if first is sides[0] else sides[0]
        leaking = first if apart < 0.0 else other
        low, high = (_mean(told, leaking), _mean(told, other if leaking is first else first))
        tests.append(Test(hatch, at + takes_s, at + takes_s + waited_s, tuple(sorted(leaking)), low, high))
        air, at, suspects, saved_pa = told.at_end(), at + takes_s + waited_s, set(leaking), high
    return tuple(tests), next(iter(suspects)) if len(suspects) == 1 else None, saved_pa


def _mean(told: Course, rooms: Sequence[str] | set[str]) -> float:
    return float(np.mean([told.pressure_pa[-1, told.rooms.index(r)] for r in rooms]))


def _until_seen(cabin: Cabin, air: Air, stretch: Stretch, hatch: str) -> tuple[float, Course, float]:
    """How long until the gauges differ across the hatch, the air until then, and by how much (first less second)."""
    a, b = cabin.hatches[hatch].between
    span_s = 60.0
    while True:
        told = course(cabin, air, [replace(stretch, duration_s=span_s)], span_s / 60)
        apart = told.pressure_pa[:, told.rooms.index(a)] - told.pressure_pa[:, told.rooms.index(b)]
        seen = np.flatnonzero(np.abs(apart) >= SEEN_PA)
        if len(seen):
            until_s = float(told.t_s[seen[0]]) or span_s / 60
            told = course(cabin, air, [replace(stretch, duration_s=until_s)], until_s)
            apart = told.pressure_pa[:, told.rooms.index(a)] - told.pressure_pa[:, told.rooms.index(b)]
            return until_s, told, float(apart[-1])
        if span_s >= LONGEST_S:
            return span_s, told, float(apart[-1])
        span_s = min(span_s * 4.0, LONGEST_S)


def _halving(cabin: Cabin, suspects: set[str], shut: set[str]) -> tuple[str, tuple[set[str], set[str]]] | None:
    """The open hatch between two suspects that parts their volume most evenly."""
    best, least = None, math.inf
    for hatch in cabin.hatches.values():
        if hatch.id in shut or not set(hatch.between) <= suspects:
            continue
        one = _reached(cabin, hatch.between[0], suspects, shut | {hatch.id})
        if hatch.between[1] in one:
            continue
        other = suspects - one
        uneven = abs(sum(cabin.rooms[r].volume_m3 * (1 if r in one else -1) for r in suspects))
        if uneven < least:
            best, least = (hatch.id, (one, other)), uneven
    return best


def _reached(cabin: Cabin, start: str, suspects: set[str], shut: set[str]) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for hatch in cabin.hatches.values():
            if hatch.id not in shut and here in hatch.between:
                there = hatch.between[1] if hatch.between[0] == here else hatch.between[0]
                if there in suspects and there not in seen:
                    seen.add(there)
                    todo.append(there)
    return seen
