"""Where craft stand when they do not fly: docked at a port, on a pad, on the ground after the landing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Arc, Flight, Leg
from fakel.model.frame import Frame
from fakel.show import turns
from fakel.show.legs import sky_table

NORMAL, ZENITH = np.array([0.0, -1.0, 0.0]), np.array([0.0, 0.0, -1.0])
ACROSS = 0.7
"""A port that looks across the orbit's plane leaves no normal to turn the ship's back to."""
Pose = tuple[FloatArray, FloatArray]


def joined(flight: Flight, start: Epoch, end_s: float) -> list[dict[str, Any]]:
    """Each stay of a ship at a port: where it is in station axes, and how it is turned."""
    rows = []
    for ship, port, from_s, to_s in stays(flight, start, end_s):
        pose = flown_pose(flight, ship, start, from_s, to_s) or docked_pose(flight.mission, ship, port)
        if pose is not None:
            rows.append({"ship": ship, "port": port, "from_s": from_s, "to_s": to_s,
                         "position_m": numbers(pose[0]), "attitude": numbers(pose[1])})
    return rows


def stays(flight: Flight, start: Epoch, end_s: float) -> Iterator[tuple[str, str, float, float]]:
    """Ship, port, from and to."""
    if not flight.legs:
        return
    since = {ship: (port, 0.0) for ship, port in flight.legs[0].before.joined.items()}
    for event in flight.events:
        if event.name == "docking_contact" and event.facts.get("port"):
            since[event.subject] = (str(event.facts["port"]), event.epoch - start)
        elif event.name == "undocking" and event.subject in since:
            port, from_s = since.pop(event.subject)
            yield event.subject, port, from_s, event.epoch - start
    for ship, (port, from_s) in since.items():
        yield ship, port, from_s, end_s


def flown_pose(flight: Flight, ship: str, start: Epoch, from_s: float, to_s: float) -> Pose | None:
    """As it is when its own path ends in the port, or begins there; None when it has no such path."""
    for leg in flight.legs:
        ships = [arc for arc in leg.arcs if arc.craft == ship]
        stations = [arc for arc in leg.arcs if arc.craft == STATION]
        for arc in ships if stations else ():
            begins, ends = arc.start - start + arc.t_s[0], arc.start - start + arc.t_s[-1]
            if abs(begins - to_s) < 1.0:
                return relative(arc, stations[0], 0)
            if begins < from_s <= ends <= to_s:
                return relative(arc, stations[0], -1)
    return None


def relative(ship: Arc, station: Arc, sample: int) -> Pose:
    """A ship's place and turn in station axes, at one sample of its arc."""
    t_s = float(ship.t_s[sample]) + (ship.start - station.start)
    place, _ = station.at(np.clip(t_s, station.t_s[0], station.t_s[-1]))
    of_station = turns.back(turns.at(station.t_s, station.attitude, t_s))
    return (turns.turned(of_station, ship.position_m[sample] - place[0]),
            turns.product(of_station, ship.attitude[sample]))


def docked_pose(mission: Mapping[str, Any], ship: str, port: str) -> Pose | None:
    """Nose into the port; its back to the orbit's normal, as ships arrive; None where the port's place is not known."""
    known = ((mission.get("station") or {}).get("outside") or {}).get("ports", {}).get(port)
    if known is None:
        return None
    axis = np.asarray(known["axis"], dtype=float)
    ahead_m = float(((mission.get("ships") or {}).get(ship) or {}).get("probe_ahead_m") or 0.0)
    side = np.cross(-axis, ZENITH if abs(axis[1]) > ACROSS else NORMAL)
    side /= np.linalg.norm(side)
    body = np.column_stack([-axis, side, np.cross(-axis, side)])
    return np.asarray(known["position_m"], dtype=float) + ahead_m * axis, turns.of_axes(body)


def standing(flight: Flight, start: Epoch, end_s: float) -> list[dict[str, Any]]:
    """Ships on their pads before a launch, and on the ground after their landing."""
    rows = []
    for leg in flight.legs:
        for arc in leg.arcs:
            if arc.craft == STATION or arc.frame is not Frame.GCRF:
                continue
            begins, ends = arc.start - start + arc.t_s[0], arc.start - start + arc.t_s[-1]
            if leg.phase == "ascent" and begins > 0.0:
                rows.append(grounded(leg, arc, start, 0, 0.0, begins))
            elif leg.phase == "landing" and end_s > ends:
                rows.append(grounded(leg, arc, start, -1, ends, end_s))
    return [row for row in rows if row is not None]


def grounded(leg: Leg, arc: Arc, start: Epoch, sample: int, from_s: float, to_s: float) -> dict[str, Any] | None:
    """A craft at rest on the turning Earth, as at one sample of its arc; None where the Earth's turn is unknown."""
    sky = sky_table(leg, start)
    if len(sky) < 2:
        return None
    earth = turns.back(turns.at(sky[:, 0], sky[:, 1:5], arc.start - start + float(arc.t_s[sample])))
    return {"craft": arc.craft, "from_s": from_s, "to_s": to_s,
            "position_m": numbers(turns.turned(earth, arc.position_m[sample])),
            "attitude": numbers(turns.product(earth, arc.attitude[sample]))}


def numbers(values: FloatArray) -> list[float]:
    return [float(x) for x in values]
