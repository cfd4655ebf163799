"""Moves beside a station for programs and the command line: places in words, orbits from what people have."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fakel.api.forces import Forces, as_epoch
from fakel.api.given import world_of
from fakel.api.start import Start
from fakel.guidance import courses
from fakel.guidance.courses import Course
from fakel.load.library import Library
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.place import Station
from fakel.model.relative_move import RelativeMove
from fakel.model.start import StateVector
from fakel.physics.elements import state
from fakel.physics.frames import rtn_from_lvlh, unit
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.mean_elements import osculating_of
from fakel.physics.propagate import coast
from fakel.physics.relative_eccentric import ellipse_of
from fakel.plan import relative_move as planned
from fakel.plan.proximity import rate_of
from fakel.world import World

KINDS = ("hop", "straight", "glideslope", "football", "coelliptic", "flyaround", "hold")
LEGS = {"hop": 1, "straight": 8, "glideslope": 12, "football": 4, "coelliptic": 4, "flyaround": 10, "hold": 0}
"""Legs where nobody says how many; hold: one a minute."""
MOST_LEGS, HOLD_LEG_S, LONGEST_S = 500, 60.0, 2 * 86_400.0
SOME_DAY = "2013-11-07T04:00:00Z"
"""For an orbit of which only the shape is given: the day hardly matters, the sky and the Earth must stand somewhere."""
DIRECTIONS = {"above": (1, 0, 0), "below": (-1, 0, 0), "ahead": (0, 1, 0), "behind": (0, -1, 0), "port": (0, 0, 1),
              "starboard": (0, 0, -1)}
"""Words of direction in RTN. Starboard is against the orbit's normal, as in the station's axes."""
WRITE_PLACE = ("write such as '1 km behind', '500 m above, 200 m ahead', 'rtn 0 -1000 0', 'lvlh -1000 0 0' (m) or "
               "'rassvet-nadir 200 m'")
WRITE_TIME = "write such as 2h, 45min, 600s or 0.5rev"
_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. span_s: None where the kind has its own; arrive_m_s: the glideslope's rate at its end."""

    kind: str
    start_m: FloatArray
    goal_m: FloatArray
    span_s: float | None = None
    legs: int | None = None
    arrive_m_s: float = 0.1
    start_m_s: FloatArray | None = None


def place_of(text: str, what: str, station: str = "iss-2013-11") -> FloatArray:
    """A place (3,) m in RTN from words. InputError that says how to write one."""
    words = text.replace(",", " ").split()
    if words and words[0].lower() in ("rtn", "lvlh"):
        try:
            numbers = np.array([float(word) for word in words[1:]])
        except ValueError:
            numbers = np.zeros(0)
        if numbers.shape != (3,) or not np.isfinite(numbers).all():
            raise InputError(f"{what} = {text!r} has no three numbers; {WRITE_PLACE}")
        return numbers if words[0].lower() == "rtn" else rtn_from_lvlh(numbers)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and (found := _before_port(parts[0], what, station)) is not None:
        return found
    out = np.zeros(3)
    for part in parts:
        match = re.fullmatch(r"([0-9.eE+]+)\s*(m|km)\s+([a-z]+)", part)
        if match is None or match[3] not in DIRECTIONS:
            raise InputError(f"{what} = {text!r} is no place; {WRITE_PLACE}; directions: {', '.join(DIRECTIONS)}")
        out += _number(match[1], text, what) * (1000.0 if match[2] == "km" else 1.0) * np.array(DIRECTIONS[match[3]])
    if not parts:
        raise InputError(f"{what} is empty; {WRITE_PLACE}")
    return out


def _before_port(text: str, what: str, station: str) -> FloatArray | None:
    """So far out from a port along its axis, or None when it does not begin with a port."""
    match = re.fullmatch(r"([a-z0-9-]+)\s+([0-9.eE+]+)\s*(m|km)", text)
    if match is None or match[1] in DIRECTIONS:
        return None
    ports = Library().find(Station, station, "--station").ports
    if match[1] not in ports:
        raise InputError(f"{what} = {text!r}: {station} has no port {match[1]!r}; it has: {', '.join(ports)}")
    port = ports[match[1]]
    away_m = _number(match[2], text, what) * (1000.0 if match[3] == "km" else 1.0)
    return rtn_from_lvlh(port.position_lvlh_m + away_m * unit(port.axis_lvlh))


def _number(word: str, text: str, what: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise InputError(f"{what} = {text!r}: {word!r} is not a number; {WRITE_PLACE}") from None


def span_of(text: str | None, rate_rad_s: float) -> float | None:
    """Seconds from words such as 2h or 0.5rev; None for None. InputError that says how to write it."""
    if text is None:
        return None
    match = re.fullmatch(r"([0-9.eE+]+)\s*(s|min|h|rev)", text.strip())
    try:
        value = float(match[1]) if match else math.nan
    except ValueError:
        value = math.nan
    if match is None or not 0.0 < value < math.inf:
        raise InputError(f"--duration {text!r} is no time; {WRITE_TIME}")
    return value * (2 * math.pi / rate_rad_s if match[2] == "rev" else _SECONDS[match[2]])


def circle(height_m: float, eccentricity: float, inclination_rad: float, anomaly_rad: float, epoch: Epoch,
           forces: Forces) -> Start:
    """A station of which only its orbit's shape is known: node at 0, perigee at the node; without air.

    height_m: of the mean semi-major axis over 6378.137 km. Raises InputError.
    """
    if not 0.0 <= eccentricity <= 0.3:
        raise InputError(f"--eccentricity {eccentricity:g} is not from 0 to 0.3")
    if (RADIUS_M + height_m) * (1 - eccentricity) < RADIUS_M + 160e3:
        raise InputError(f"--altitude-km {height_m / 1000:g} with eccentricity {eccentricity:g} has its perigee at "
                         f"{((RADIUS_M + height_m) * (1 - eccentricity) - RADIUS_M) / 1000:.0f} km; 160 km at least")
    if not math.radians(5.0) <= inclination_rad <= math.radians(175.0):
        raise InputError(f"--inclination-deg {math.degrees(inclination_rad):g} is not from 5 to 175")
    half = math.atan2(math.sqrt(1 - eccentricity) * math.sin(anomaly_rad / 2),
                      math.sqrt(1 + eccentricity) * math.cos(anomaly_rad / 2))
    mean = np.array([RADIUS_M + height_m, eccentricity, 0.0, inclination_rad, 0.0,
                     2 * half - eccentricity * math.sin(2 * half)])
    y = state(mean if forces.gravity == "point" else osculating_of(mean))
    return Start(f"an orbit {height_m / 1000:g} km up, eccentricity {eccentricity:g}",
                 StateVector(epoch, Frame.GCRF, y[:3], y[3:], "height and eccentricity as given"), forces)


def newest_of(file: Path) -> Epoch:
    """The epoch of the newest element set of a file."""
    from fakel.estimate.elements import epoch_of, satrec_from_lines
    from fakel.load.elements import read_elements
    from fakel.load.omm import satrec_from_fields
    found = read_elements(file, "--tle")
    return epoch_of(satrec_from_fields(found.fields) if found.fields else satrec_from_lines(found.line1, found.line2))


def later(start: Start, at: Epoch | None) -> Start:
    """A start with a world, flown on to another instant."""
    if at is None or start.world is None:
        return start
    world, y = start.world, np.r_[start.state.position_m, start.state.velocity_m_s, start.forces.mass_kg]
    end = coast(y, world.seconds(start.state.epoch), world.seconds(at), start.forces.numbers, world.field)
    return replace(start, state=StateVector(at, Frame.GCRF, end[:3], end[3:6], start.state.source))


def course_of(wish: Wish, rate_rad_s: float) -> Course:
    """The course of a wish; half a revolution where no duration is given, a whole one for football and hold.
    InputError for what cannot be."""
    if wish.kind not in KINDS:
        raise InputError(f"--by {wish.kind!r} is not known; write one of: {', '.join(KINDS)}")
    whole = 2 * math.pi / rate_rad_s
    span_s = wish.span_s or (whole if wish.kind in ("football", "hold") else whole / 2)
    usual = LEGS[wish.kind] or max(1, round(span_s / HOLD_LEG_S))
    legs = usual if wish.legs is None else wish.legs
    if not 1 <= legs <= MOST_LEGS:
        raise InputError(f"--legs {legs} is not from 1 to {MOST_LEGS}")
    a, b = wish.start_m, wish.goal_m
    if wish.kind == "hop":
        return courses.hop(a, b, span_s * legs if wish.span_s is None else span_s, legs)
    if wish.kind == "straight":
        return courses.straight(a, b, span_s, legs)
    if wish.kind == "glideslope":
        return courses.glideslope(a, b, span_s, wish.arrive_m_s, legs)
    if wish.kind == "football":
        if np.abs(b[[0, 2]]).max() > 1e-9:
            raise InputError("--to: a football closes about a place on the orbit's own line, such as '1 km behind'")
        return courses.football(a, float(b[1]), rate_rad_s, span_s, legs)
    if wish.kind == "coelliptic":
        return courses.coelliptic(a, b, rate_rad_s, legs)
    if wish.kind == "flyaround":
        return courses.flyaround(a, b, span_s, legs)
    return courses.hold(a, span_s, legs)


def relative_move(origin: str, goal: str, by: str = "hop", *, duration: str | None = None, legs: int | None = None,
                  arrive_m_s: float = 0.1, altitude_km: float = 420.0, eccentricity: float = 0.0,
                  inclination_deg: float = 51.6, gravity: str = "full", model: str = "auto",
                  at: Epoch | str = SOME_DAY) -> RelativeMove:
    """A move beside a station on an orbit of which the shape is given, places and times in words, from rest.

    As ``fakel rendezvous move``: origin and goal such as ``1 km behind, 200 m below``; duration such as ``2h`` or
    ``0.5rev``. Raises InputError and FlightError.
    """
    forces = Forces(gravity=gravity)
    start = circle(altitude_km * 1000.0, eccentricity, math.radians(inclination_deg), 0.0, as_epoch(at, "at"), forces)
    rate = ellipse_of(np.r_[start.state.position_m, start.state.velocity_m_s]).rate_rad_s
    wish = Wish(by, place_of(origin, "origin"), place_of(goal, "goal"), span_of(duration, rate), legs, arrive_m_s)
    world = world_of(forces, start.state.epoch, start.state.epoch + LONGEST_S)
    return moved(wish, start, world, (forces, forces), model)


def moved(wish: Wish, start: Start, world: World, forces: tuple[Forces, Forces], model: str = "auto") -> RelativeMove:
    """A wish, planned and flown beside the station of ``start`` (GCRF). Raises InputError and FlightError."""
    y = np.r_[start.state.position_m, start.state.velocity_m_s, forces[1].mass_kg]
    course = course_of(wish, rate_of(y))
    far_m = float(np.linalg.norm(course.places_m, axis=1).max())
    by = model
    if model == "auto":
        by = planned.chosen_model(ellipse_of(y), float(course.t_s[-1]), far_m, forces[1].gravity != "point")
    return planned.relative_move(course, y, start.state.epoch, world.seconds(start.state.epoch),
                                 [f.numbers for f in forces], world.field, by, wish.start_m_s, forces[0].mass_kg)
