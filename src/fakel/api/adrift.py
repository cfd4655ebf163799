"""Where a thing goes that is let go outside: its motion against the station for a day, and whether it comes back.

Station and thing are flown by the engine, each with its own drag: a light thing is slowed more, sinks and runs ahead.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.flight import propagate
from fakel.api.forces import Forces
from fakel.load.folder import read_flight
from fakel.load.library import Library
from fakel.load.reader import read
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, require_known
from fakel.model.flight import STATION, Flight, Leg
from fakel.model.frame import Frame
from fakel.model.outfit import Item
from fakel.model.place import Station
from fakel.model.start import StateVector
from fakel.physics.frames import from_relative_rtn, relative_rtn, rtn_from_lvlh

WAYS: dict[str, tuple[float, float, float]] = {
    "forward": (1, 0, 0), "aft": (-1, 0, 0), "starboard": (0, 1, 0), "port": (0, -1, 0), "down": (0, 0, 1),
    "up": (0, 0, -1), "aft and down": (-1, 0, 1)}
"""Directions in the station's LVLH axes."""
AWAY_M, TOUCH_M = 200.0, 60.0
"""It has left when it is farther than AWAY_M (the station's keep-out sphere for ships); nearer than TOUCH_M it may meet
the station, whose arrays reach 49 m to each side."""
DRAG_COEFFICIENT = 2.2
STEP_S = 10.0


@dataclass(frozen=True, slots=True)
class Drift:
    """One let-go. area: ``least``, ``mean`` or ``most`` of the thing to the wind. left_s: when it was first farther
    than AWAY_M; closest_m, closest_s: the nearest passing after that (or at all, when it never left), None without one;
    ahead_m and below_m in the end."""

    way: str
    speed_m_s: float
    area: str
    area_m2: float
    left_s: float | None
    closest_m: float | None
    closest_s: float | None
    ahead_m: float
    below_m: float

    @property
    def verdict(self) -> str:
        if self.left_s is None:
            return "stays near"
        if self.closest_m is None or self.closest_m > AWAY_M:
            return "gone"
        return "may meet the station" if self.closest_m < TOUCH_M else "comes back near"


@dataclass(frozen=True, slots=True)
class Throw:
    """One direction and speed, over all areas. crosses: with some areas it ends up ahead and with others behind, so
    with one between it comes straight back."""

    way: str
    speed_m_s: float
    drifts: tuple[Drift, ...]

    @property
    def crosses(self) -> bool:
        return min(d.ahead_m for d in self.drifts) < 0.0 < max(d.ahead_m for d in self.drifts)

    @property
    def nearest(self) -> Drift:
        return min(self.drifts, key=lambda d: math.inf if d.closest_m is None else d.closest_m)

    @property
    def verdict(self) -> str:
        if self.crosses:
            return "may meet the station"
        found = {d.verdict for d in self.drifts}
        return next((v for v in ("may meet the station", "stays near", "comes back near") if v in found), "gone")


def throws(drifts: Sequence[Drift]) -> list[Throw]:
    """The same, by direction and speed."""
    keys = dict.fromkeys((d.way, d.speed_m_s) for d in drifts)
    return [Throw(way, speed, tuple(d for d in drifts if (d.way, d.speed_m_s) == (way, speed))) for way, speed in keys]


def areas_m2(item: Item) -> dict[str, float]:
    """Areas that a box shows to the wind: its smallest and its largest face, and the mean over all directions (a
    quarter of the surface, Cauchy 1841)."""
    faces = sorted((item.length_m * item.width_m, item.length_m * item.depth_m, item.width_m * item.depth_m))
    return {"least": faces[0], "mean": sum(faces) / 2, "most": faces[2]}


def adrift(item: Item, station: Station, state: StateVector, place_lvlh_m: FloatArray, speeds_m_s: tuple[float, ...],
           hours: float = 24.0) -> list[Drift]:
    """Let go at a place on the station (3,), LVLH, each way of ``WAYS`` at each speed, with each of ``areas_m2``.

    state: the station's. Speeds are against the turning station. Raises InputError for numbers that cannot be.
    """
    if not 0.0 < hours <= 240.0:
        raise InputError(f"hours = {hours:g} cannot be; write more than 0 and at most 240")
    for speed in speeds_m_s:
        if not 0.0 <= speed <= 10.0:
            raise InputError(f"speed = {speed:g} m/s cannot be; a throw has 0 to 10")
    base = np.concatenate([state.position_m, state.velocity_m_s])
    craft: dict[str, Any] = {STATION: state}
    forces = {STATION: _forces(station.mass_kg, station.drag_area_m2, station.drag_coefficient)}
    cases = {f"{way} {speed} {area}": (way, speed, area) for way in WAYS for speed in speeds_m_s
             for area in areas_m2(item)}
    for name, (way, speed, area) in cases.items():
        along = np.array(WAYS[way], dtype=float)
        push = speed * along / np.linalg.norm(along)
        start = from_relative_rtn(np.concatenate([rtn_from_lvlh(place_lvlh_m), rtn_from_lvlh(push)]), base)
        craft[name] = StateVector(state.epoch, Frame.GCRF, start[:3], start[3:], "let go")
        forces[name] = _forces(item.mass_kg, areas_m2(item)[area], DRAG_COEFFICIENT)
    arc = propagate(craft, state.epoch + hours * 3600.0, forces, step_s=STEP_S)
    ship = arc.of(STATION)
    return [_drift(*case, areas_m2(item)[case[2]], arc.t_s, relative_rtn(arc.of(name), ship))
            for name, case in cases.items()]


def _forces(mass_kg: float, area_m2: float, coefficient: float) -> Forces:
    return Forces(mass_kg=mass_kg, drag_area_m2=area_m2, drag_coefficient=coefficient)


def _drift(way: str, speed: float, area: str, area_m2: float, t_s: FloatArray, rtn: FloatArray) -> Drift:
    far_m = np.linalg.norm(rtn[:, :3], axis=1)
    left = int(np.argmax(far_m > AWAY_M)) if np.any(far_m > AWAY_M) else None
    first = 1 if left is None else left
    here = np.arange(first, len(far_m) - 1)
    dips = here[(far_m[here] <= far_m[here - 1]) & (far_m[here] <= far_m[here + 1])] if len(here) else here
    passed = min((_least(t_s, rtn, int(at)) for at in dips), key=lambda one: one[1], default=(None, None))
    return Drift(way, speed, area, area_m2, None if left is None else float(t_s[left]), passed[1], passed[0],
                 float(rtn[-1, 1]), -float(rtn[-1, 0]))


def _least(t_s: FloatArray, rtn: FloatArray, at: int) -> tuple[float, float]:
    """The nearest passing beside a sample, on the straight line there."""
    r, v = rtn[at, :3], rtn[at, 3:]
    rate = float(v @ v)
    dt = float(np.clip(-(r @ v) / rate, -STEP_S, STEP_S)) if rate > 0.0 else 0.0
    return float(t_s[at]) + dt, float(np.linalg.norm(r + dt * v))


def adrift_in(folder: Path, item: str, at: str | None, speeds_m_s: tuple[float, ...], hours: float
              ) -> tuple[list[Drift], Item, Epoch, str]:
    """The same for a thing of a flown walk: let go by who holds it at an instant (default: when it changes hands).

    Returns the drifts, the thing, the instant and who lets go. Raises InputError.
    """
    flight, _ = read_flight(folder)
    leg = next((leg for leg in flight.legs if leg.phase == "eva"), None)
    if leg is None:
        raise InputError(f"{folder} holds no spacewalk; fly a mission with one")
    require_known("--item", item, flight.mission["items"])
    thing: Item = read(Item, flight.mission["items"][item], f"items.{item}")
    epoch, who = _instant(leg, item, at)
    station = Library().find(Station, flight.mission["station"]["id"], "station")
    arc = next((a for a in leg.arcs if a.craft == STATION and a.start <= epoch <= a.stop), None)
    if arc is None:
        raise InputError(f"--at {epoch.iso()}: the walk's flight does not hold it; write an instant of the walk")
    state = arc.state(epoch)
    known = StateVector(epoch, Frame.GCRF, state.position_m, state.velocity_m_s, "flight")
    return adrift(thing, station, known, _place(flight, who, epoch), speeds_m_s, hours), thing, epoch, who


def _instant(leg: Leg, item: str, at: str | None) -> tuple[Epoch, str]:
    moves = [t for t in leg.transfers if t.item == item]
    holder, when = leg.before.holders.get(item, STATION), Epoch.utc(at) if at else None
    walkers = set(leg.plan["walkers"])
    for move in moves:
        if when is None and move.giver in walkers:
            return move.epoch, move.giver
        if when is not None and move.epoch <= when:
            holder = move.taker
    if when is None or holder not in walkers:
        raise InputError(f"{item} is not in anybody's hands outside{'' if when is None else ' at ' + when.iso()}; "
                         "write --at with an instant when it is")
    return when, holder


def _place(flight: Flight, who: str, epoch: Epoch) -> FloatArray:
    for arc in (a for leg in flight.legs for a in leg.outside if a.craft == who):
        if arc.start <= epoch <= arc.stop:
            return np.asarray(arc.at(epoch - arc.start)[0][0])
    raise InputError(f"the flight does not say where {who} was at {epoch.iso()}; fly it again")
