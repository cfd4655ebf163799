"""What can be seen of a flown mission: craft in sunlight, the climb by its engines, the entry by its glow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.flight import STATION, Arc, Flight
from fakel.model.sighting import GLOWS, RULES, Place, SeenWhen, Sighting
from fakel.physics.brightness import sight_line
from fakel.plan.seen_path import SeenPath, path_of_arcs, small_world
from fakel.plan.sightings import STATION_MAGNITUDE, Sightings, find_sightings, sites_of
from fakel.world import World

SHIP_MAGNITUDE = STATION_MAGNITUDE + 2.5 * math.log10(1400.0 / 10.0)
"""Of a Soyuz: as bright by area as the station (the areas that drag takes of both, 10 and 1400 m2); not observed."""
LIT_STEP_S, GLOW_STEP_S = 20.0, 2.0
JOIN_S, SAME_PASS_S = 1e-3, 1800.0
BETWEEN = (("liftoff", "cutoff"), ("plasma_start", "plasma_end"))
"""The events between which ``GLOWS`` glow by themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A stretch of one craft's way that may be seen, by what light."""

    craft: str
    light: str
    window: Window
    arcs: tuple[Arc, ...]


def stretches(flight: Flight) -> list[Stretch]:
    """Ships fly free in sunlight or glow; docked they are part of the station, which they outshine by 0.01 mag. Between
    the parts that glow and those in sunlight (the last of the climb, the first of the entry) nothing is told."""
    crafts = sorted({arc.craft for leg in flight.legs for arc in leg.arcs})
    out = []
    for craft in crafts:
        arcs = flight.arcs(craft)
        free = [a for a in arcs if craft == STATION or a.phase not in ("ascent", "entry", "landing")]
        out += [Stretch(craft, "sunlight", Window(_begin(run[0]), run[-1].stop), tuple(run)) for run in _runs(free)]
        for light, (first, last) in zip(GLOWS, BETWEEN) if craft != STATION else ():
            begin, end = (flight.event(name, craft) for name in (first, last))
            if begin is None or end is None or end.epoch <= begin.epoch:
                continue
            span = Window(begin.epoch, end.epoch)
            over = tuple(a for a in arcs if Window(_begin(a), a.stop) & span)
            if over:
                held = span & Window(_begin(over[0]), over[-1].stop)
                out.append(Stretch(craft, light, held or span, over))
    return out


def find_in_flight(flight: Flight, places: Sequence[Place], rules: SeenWhen, window: Window | None = None,
                   magnitude: float = STATION_MAGNITUDE) -> list[Sighting]:
    """Sightings of all craft, by place and time. magnitude: of the station.

    What glows by itself is listed by day too, wherever it stands above the mask; sunlit ships carry how far they are
    from the station.
    """
    parts = stretches(flight)
    world = small_world(flown_window(flight))
    station = _station_path(parts, world)
    found: list[Sighting] = []
    for part in parts:
        asked = part.window if window is None else part.window & window
        if asked is None:
            continue
        glows = part.light in GLOWS
        path = path_of_arcs(part.arcs, part.craft, world, part.window, GLOW_STEP_S if glows else LIT_STEP_S)
        when = replace(rules, sunlight=False, night=False) if glows else rules
        bright = magnitude if part.craft == STATION else SHIP_MAGNITUDE
        light = part.light if glows or rules.sunlight else "any"
        seen = find_sightings(replace(path, window=asked), places, when, magnitude=bright, light=light)
        found += _with_station(seen, station) if part.craft != STATION and not glows and station else list(seen)
    order = {place: number for number, place in enumerate(places)}
    return sorted(found, key=lambda s: (order[s.place], s.start.epoch))


def flown_window(flight: Flight) -> Window:
    """From the first to the last instant at which any craft is known."""
    arcs = [arc for leg in flight.legs for arc in leg.arcs]
    return Window(min(map(_begin, arcs)), max(arc.stop for arc in arcs))


def apart_from(seen: Sightings, other: SeenPath) -> tuple[FloatArray, FloatArray]:
    """How far another craft is from each sighting's at its peak (rad), and by how much the sighting's craft culminates
    later (s; NaN where the other has no pass within half an hour). Both paths count seconds of one world."""
    apart, behind = np.full(len(seen), np.nan), np.full(len(seen), np.nan)
    sites, _ = sites_of(seen.places)
    every = find_sightings(other, seen.places, replace(RULES["all"], mask_rad=0.0))
    lines, sun, moon = np.empty((2, 3)), np.empty(3), np.empty(3)
    last_s = other.grid.t0_s + (len(other.grid.place) - 1) * other.grid.step_s
    for k, row in enumerate(seen.rows):
        if other.grid.t0_s <= row[2] <= last_s:
            for path, line in ((seen.path, lines[0]), (other, lines[1])):
                sight_line(path.grid, row[2], sites[int(row[0])], line, sun, moon)
            apart[k] = math.atan2(float(np.linalg.norm(np.cross(*lines))), float(lines[0] @ lines[1]))
        tops = every.rows[every.rows[:, 0] == row[0], 7]
        if len(tops) and np.abs(tops - row[7]).min() < SAME_PASS_S:
            behind[k] = row[7] - tops[np.argmin(np.abs(tops - row[7]))]
    return apart, behind


def _with_station(seen: Sightings, station: SeenPath) -> list[Sighting]:
    apart, behind = apart_from(seen, station)
    return [replace(s, apart_rad=float(a), behind_s=float(b)) for s, a, b in zip(seen, apart, behind)]


def _station_path(parts: Sequence[Stretch], world: World) -> SeenPath | None:
    """The station's longest stretch."""
    own = [part for part in parts if part.craft == STATION]
    if not own:
        return None
    part = max(own, key=lambda p: p.window.duration_s)
    return path_of_arcs(part.arcs, STATION, world, part.window, LIT_STEP_S)


def _runs(arcs: Sequence[Arc]) -> Iterator[list[Arc]]:
    """Arcs that follow one another without a gap."""
    run: list[Arc] = []
    for arc in arcs:
        if run and abs(_begin(arc) - run[-1].stop) > JOIN_S:
            yield run
            run = []
        run.append(arc)
    if run:
        yield run


def _begin(arc: Arc) -> Epoch:
    return arc.start + float(arc.t_s[0])
