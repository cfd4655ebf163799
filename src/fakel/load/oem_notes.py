"""What NASA writes into the comments of the station's ephemeris: mass, drag, planned events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.ephemeris import Announced, Build
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError

_VALUE = re.compile(r"\s*(MASS|DRAG_AREA|DRAG_COEFF)\s*=\s*(\S+)(?:\s+\S+)?\s*")      # a unit may follow
_EVENT = re.compile(r"\s*(\S.*?)\s+(\d{3}):(\d\d):(\d\d):(\d\d(?:\.\d*)?)\s+(?:\d+\s+)?(\d+(?:\.\d*)?)\s+\S+\s+\S+\s*")
_FIELDS = {"MASS": "mass_kg", "DRAG_AREA": "drag_area_m2", "DRAG_COEFF": "drag_coefficient"}
WEAKEST_PUSH_M_S2 = 5e-4
"""Half of what two of Zvezda's or a Progress's thrusters give a station of 450 t: 2 x 130 N to 4 x 130 N."""
_DENSE_S, _DENSE_STEPS = 10.0, 4            # the station's files step by 2 s while it is pushed, by 240 s otherwise


def build_of(comments: Iterable[str], where: str) -> Build:
    """Mass, drag area and drag coefficient, as far as the comments have them. InputError for a value that is none."""
    values: dict[str, float] = {}
    for line in comments:
        match = _VALUE.fullmatch(line)
        if match is None:
            continue
        try:
            values[_FIELDS[match[1]]] = float(match[2])
        except ValueError:
            raise InputError(f"{where}: the comment {line.strip()!r} has no number; mend it or take it out") from None
    for name, value in values.items():
        if not 0.0 < value < 1e9:
            raise InputError(f"{where}: its comments give {name} = {value:g}; it must be above zero")
    return Build(**values)


def announced(comments: Iterable[str], start: Epoch, t_s: FloatArray) -> tuple[Announced, ...]:
    """Events of the table in the comments, and pushes that show in the steps of the states, in order of time.

    A push that both know is one event: the table gives its name and size, the steps its length. A push that only the
    table knows is taken as long as the weakest thrusters would need.
    """
    told = [event for line in comments if (event := _event(line, start)) is not None]
    shown = [(start + a, start + b) for a, b in dense_stretches(t_s)]
    out = []
    for event in told:
        near = [pair for pair in shown if abs(pair[0] - event.epoch) < 1800.0] if event.dv_m_s else []
        if near:
            shown.remove(near[0])
            event = Announced(event.name, min(event.epoch, near[0][0]), near[0][1], event.dv_m_s)
        out.append(event)
    out += [Announced("push without a name", a, b) for a, b in shown]
    return tuple(sorted(out, key=lambda event: event.epoch))


def dense_stretches(t_s: FloatArray) -> list[tuple[float, float]]:
    """First and last instant of each run of short steps: how these files show a push."""
    short = np.diff(t_s) <= _DENSE_S
    if short.mean() > 0.5:                  # the file steps so all along
        return []
    edges = np.flatnonzero(np.diff(np.r_[0, short.astype(int), 0]))
    return [(float(t_s[a]), float(t_s[b])) for a, b in zip(edges[::2], edges[1::2]) if b - a >= _DENSE_STEPS]


def _event(line: str, start: Epoch) -> Announced | None:
    """A line of the table: name, day of the year and time (UTC), size of the push (m/s), apogee, perigee."""
    match = _EVENT.fullmatch(line)
    if match is None:
        return None
    year, day = start.day.year, int(match[2])
    if day < start.day.timetuple().tm_yday - 180:     # the table goes on into the next year
        year += 1
    epoch = Epoch.from_civil(datetime(year, 1, 1) + timedelta(days=day - 1)) + (
        3600.0 * int(match[3]) + 60.0 * int(match[4]) + float(match[5]))
    dv_m_s = float(match[6])
    return Announced(match[1].strip(), epoch, epoch + dv_m_s / WEAKEST_PUSH_M_S2, dv_m_s)
