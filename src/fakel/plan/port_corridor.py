"""Whether the way in to a port is free: rays of its approach cone against the station's hulls and the docked ships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from fakel.guidance.corridor import HALF_ANGLE_RAD
from fakel.guidance.proximity import HOLD_M
from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.place import Port, Station
from fakel.physics.blockage import Body, between
from fakel.physics.frames import unit

CLOCK, RINGS = 24, 5
OFF_PLANE_M = 0.3
"""Rays begin so far out: the tables of ports and of hulls agree to 0.15 m, and a port stands in its own hull."""
SHIP_LONG_M, SHIP_WIDE_M = 7.5, 2.8
"""A docked ship is taken as a cylinder of a Soyuz' or Progress' length (7.48 m with the probe) and width (2.72 m), so
far out from its port; wings are left out. ASSUMED for others."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """What stands in the corridor of a port, and how far out."""

    by: str
    away_m: float


def blocked_by(port: Port, station: Station, joined: Mapping[str, str], hull_radius_m: float) -> Blocked | None:
    """What blocks the corridor of a port first, or None. joined: ships by their ports.

    The corridor begins as wide as the ship's hull and widens by the cone's half angle, to the hold.
    """
    start, stop = rays(port, hull_radius_m)
    found = []
    for name, body in (*_hulls(station), *_ships(station, joined, port)):
        met = between(start, stop, body)
        if met.any():
            found.append(Blocked(name, _first_m(start[met], stop[met], body, port)))
    return min(found, key=lambda one: one.away_m, default=None)


def require_open(where: str, port: Port, station: Station, joined: Mapping[str, str], hull_radius_m: float) -> None:
    """InputError that names what stands in the corridor of a port, and the ports that are open."""
    found = blocked_by(port, station, joined, hull_radius_m)
    if found is None:
        return
    free = [p.id for p in station.ports.values()
            if p.id not in joined.values() and blocked_by(p, station, joined, hull_radius_m) is None]
    raise InputError(f"{where} port = {port.id!r} cannot be reached: {found.by} stands in its approach corridor "
                     f"({np.degrees(HALF_ANGLE_RAD):.0f} deg about the axis), {found.away_m:.0f} m out; "
                     f"{'write one of: ' + ', '.join(free) if free else 'no port of this station is free'}")


def rays(port: Port, hull_radius_m: float) -> tuple[FloatArray, FloatArray]:
    """Begins and ends (n, 3), LVLH, of rays that fill the corridor of a ship's hull."""
    axis = unit(np.asarray(port.axis_lvlh, dtype=float))
    across = np.cross(axis, np.eye(3)[int(np.argmin(np.abs(axis)))])
    across /= np.linalg.norm(across)
    turn = 2 * np.pi * np.arange(CLOCK) / CLOCK
    side = np.cos(turn)[:, None] * across + np.sin(turn)[:, None] * np.cross(axis, across)
    begin, far = port.position_lvlh_m + OFF_PLANE_M * axis, HOLD_M * np.tan(HALF_ANGLE_RAD)
    starts, stops = [begin[None]], [(begin + HOLD_M * axis)[None]]
    for part in np.arange(1, RINGS + 1) / RINGS:
        starts.append(begin + part * hull_radius_m * side)
        stops.append(begin + HOLD_M * axis + part * (hull_radius_m + far) * side)
    return np.concatenate(starts), np.concatenate(stops)


def _hulls(station: Station) -> Iterable[tuple[str, Body]]:
    solids = station.structure.solids if station.structure else ()
    return [(s.id, Body(np.asarray(s.centre_lvlh_m), s.half_m, s.along)) for s in solids]


def _ships(station: Station, joined: Mapping[str, str], port: Port) -> Iterable[tuple[str, Body]]:
    out = []
    for ship, place in joined.items():
        if place == port.id or place not in station.ports:
            continue
        axis = unit(np.asarray(station.ports[place].axis_lvlh, dtype=float))
        along = int(np.argmax(np.abs(axis)))
        half = np.full(3, SHIP_WIDE_M / 2)
        half[along] = SHIP_LONG_M / 2
        centre = station.ports[place].position_lvlh_m + SHIP_LONG_M / 2 * axis
        out.append((f"{ship} at {place}", Body(np.asarray(centre), half, along)))
    return out


def _first_m(start: FloatArray, stop: FloatArray, body: Body, port: Port) -> float:
    """How far out from the port's plane the nearest of these rays meets a body: by halving, to a centimetre."""
    low, high = np.zeros(len(start)), np.ones(len(start))
    for _ in range(15):
        middle = (low + high) / 2
        met = between(start, start + middle[:, None] * (stop - start), body)
        low, high = np.where(met, low, middle), np.where(met, middle, high)
    places = start + high[:, None] * (stop - start) - port.position_lvlh_m
    return float((places @ unit(np.asarray(port.axis_lvlh, dtype=float))).min())
