"""CCSDS Orbit Ephemeris Messages, one file for each craft.

KVN, version 2.0 (CCSDS 502.0-B-2): EME2000, UTC, kilometres; one segment for each contiguous stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc, Flight
from fakel.model.frame import GCRF_FROM_EME2000, Frame
from fakel.model.verdict import Verdict
from fakel.reports.timeline import names

DECIMALS = 6
"""Of a second: the ship moves 8 mm in a microsecond."""
IMPULSE_S = 1e-3
SAME_STEP_S, LEAST_M_S = 0.5e-6, 1e-4
"""Samples closer than SAME_STEP_S are at one instant; a jump over LEAST_M_S between them is an impulse, written as two
lines IMPULSE_S apart."""
SAME_INSTANT_S, SAME_PLACE_M = 1e-3, 10.0
"""Arcs join when the next begins when and where the last one ended."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A stretch without gaps: strictly rising instants, position m and velocity m/s (n, 3) in EME2000."""

    epochs: tuple[Epoch, ...]
    position_m: FloatArray
    velocity_m_s: FloatArray


def render(flight: Flight, verdicts: Iterable[Verdict]) -> dict[str, bytes]:
    """``<craft>.oem`` for each craft that has an arc. Raises InputError for an arc in a frame that is not inertial."""
    del verdicts
    craft = sorted({arc.craft for leg in flight.legs for arc in leg.arcs})
    return {f"{name}.oem": message(flight, name).encode("ascii", "replace") for name in craft}


def message(flight: Flight, craft: str) -> str:
    """The whole message of one craft, as text."""
    found = stretches(flight.arcs(craft))
    first = found[0].epochs[0]
    lines = ["CCSDS_OEM_VERS = 2.0",
             "COMMENT The same flight gives the same file: the date of creation is where the ephemeris begins.",
             f"CREATION_DATE = {_stamp(first)}", "ORIGINATOR = FAKEL", ""]
    for stretch in found:
        lines += _segment(flight, craft, stretch)
    return "\n".join(lines)


def stretches(arcs: Iterable[Arc]) -> list[Stretch]:
    """The arcs of one craft in order of time, joined where they touch, without instants told twice."""
    joined: list[Arc] = []
    for arc in arcs:
        if joined and _goes_on(joined[-1], arc):
            joined[-1] = _joined(joined[-1], arc)
        elif not joined or arc.stop > joined[-1].stop:
            joined.append(arc)
    found = [_stretch(arc, before.stop if before else None) for before, arc in zip([None, *joined], joined)]
    return [stretch for stretch in found if len(stretch.epochs) > 1]


def _goes_on(first: Arc, second: Arc) -> bool:
    """Whether the second arc touches or overlaps the first, and is at the same place where the first one ends."""
    if second.start - first.stop > SAME_INSTANT_S or second.stop <= first.stop:
        return False
    t_s = float(np.clip(first.stop - second.start, second.t_s[0], second.t_s[-1]))
    apart_m = _eme2000(second, second.at(t_s)[0])[0] - _eme2000(first, first.position_m[-1])
    return first.frame is second.frame and bool(np.linalg.norm(apart_m) < SAME_PLACE_M)


def _joined(first: Arc, second: Arc) -> Arc:
    """One arc: the first, and of the second what is not before the first one's end."""
    t_s = second.t_s + (second.start - first.start)
    new = t_s >= first.t_s[-1] - SAME_STEP_S
    t_s = np.maximum(t_s[new], first.t_s[-1])

    def both(name: str) -> FloatArray:
        return np.concatenate([getattr(first, name), getattr(second, name)[new]])
    return Arc(first.phase, first.craft, first.frame, first.start, np.concatenate([first.t_s, t_s]), both("position_m"),
               both("velocity_m_s"), both("attitude"), both("mass_kg"))


def _stretch(arc: Arc, after: Epoch | None) -> Stretch:
    """An arc's samples after an instant, each instant once, at the resolution that is written.

    Two samples at one instant are an impulse: the first is put IMPULSE_S earlier on its path, so that a reader who
    joins the lines by cubic pieces stays on the path before and after it.
    """
    t_s, position_m, velocity_m_s = np.array(arc.t_s), np.array(arc.position_m), np.array(arc.velocity_m_s)
    steps = np.diff(t_s)
    jumps_m_s = np.linalg.norm(np.diff(velocity_m_s, axis=0), axis=1)
    before = np.flatnonzero((steps[1:] < SAME_STEP_S) & (jumps_m_s[1:] > LEAST_M_S) & (steps[:-1] > 2 * IMPULSE_S)) + 1
    if len(before):
        t_s[before] -= IMPULSE_S
        position_m[before], velocity_m_s[before] = arc.at(t_s[before])
    epochs = [arc.start + float(t) for t in t_s]
    ticks = np.array([_tick(e) for e in epochs])
    keep = np.append(np.diff(ticks) > 0, True)
    if after is not None:
        keep &= ticks > _tick(after)
    return Stretch(tuple(e for e, k in zip(epochs, keep) if k), _eme2000(arc, position_m[keep]),
                   _eme2000(arc, velocity_m_s[keep]))


def _tick(epoch: Epoch) -> int:
    """The instant as a whole number of the smallest step that is written."""
    step_ns: int = 10 ** (9 - DECIMALS)
    return (epoch.tai_ns + step_ns // 2) // step_ns


def _eme2000(arc: Arc, vectors: FloatArray) -> FloatArray:
    if arc.frame is Frame.EME2000:
        return vectors
    if arc.frame is not Frame.GCRF:
        raise InputError(f"{arc.craft} in {arc.phase}: an arc in {arc.frame.name} cannot be written as OEM; "
                         "keep arcs in GCRF")
    return vectors @ GCRF_FROM_EME2000      # row vectors: v @ M is (M transposed) v, from GCRF to EME2000


def _segment(flight: Flight, craft: str, stretch: Stretch) -> Iterator[str]:
    return segment(names(flight).get(craft, craft), _object_id(flight, craft), stretch)


def path_message(name: str, stretch: Stretch, comments: Iterable[str] = ()) -> str:
    """The whole message of one path that belongs to no flight, as text."""
    head = ["CCSDS_OEM_VERS = 2.0", *(f"COMMENT {line}" for line in comments),
            f"CREATION_DATE = {_stamp(stretch.epochs[0])}", "ORIGINATOR = FAKEL", ""]
    return "\n".join([*head, *segment(name, "UNKNOWN", stretch)])


def segment(name: str, object_id: str, stretch: Stretch) -> Iterator[str]:
    """The lines of one segment."""
    start, stop = _stamp(stretch.epochs[0]), _stamp(stretch.epochs[-1])
    yield from ("META_START", f"OBJECT_NAME = {name}",
                f"OBJECT_ID = {object_id}", "CENTER_NAME = EARTH", "REF_FRAME = EME2000",
                "TIME_SYSTEM = UTC",
                f"START_TIME = {start}", f"USEABLE_START_TIME = {start}", f"USEABLE_STOP_TIME = {stop}",
                f"STOP_TIME = {stop}", "INTERPOLATION = HERMITE", "INTERPOLATION_DEGREE = 3", "META_STOP", "")
    for epoch, r, v in zip(stretch.epochs, stretch.position_m / 1000, stretch.velocity_m_s / 1000):
        yield (f"{_stamp(epoch)} {r[0]:.7f} {r[1]:.7f} {r[2]:.7f} {v[0]:.10f} {v[1]:.10f} {v[2]:.10f}")
    yield ""


def _stamp(epoch: Epoch) -> str:
    return epoch.iso(DECIMALS)[:-1]


def _object_id(flight: Flight, craft: str) -> str:
    """The station's international designator when its element set tells it; a craft's own id otherwise."""
    start = flight.mission.get("station_start")
    line = str(start.get("line1", "")) if isinstance(start, dict) else ""
    code = line[9:17].strip()
    if craft == STATION and len(code) >= 6 and code[:5].isdigit():
        year = int(code[:2])
        return f"{1900 + year if year >= 57 else 2000 + year}-{code[2:5]}{code[5:]}"
    return craft.upper()
