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
from fakel.model.flight import Arc, Flight
from fakel.model.frame import GCRF_FROM_EME2000, Frame
from fakel.model.verdict import Verdict
from fakel.reports.timeline import names

STATION = "station"
DECIMALS = 6
"""Of a second: the ship moves 8 mm in a microsecond."""
SAME_INSTANT_S, SAME_PLACE_M = 1e-3, 100.0
"""Arcs join when the next begins when and where the last one ended; a docked ship is put beside its port, so metres."""


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
    groups: list[list[tuple[list[Epoch], FloatArray, FloatArray]]] = []
    end: Epoch | None = None
    last_m = np.zeros(3)
    for arc in arcs:
        epochs, position, velocity = _rising(arc, end)
        if not epochs:
            continue
        joins = end is not None and arc.start - end <= SAME_INSTANT_S and _near(arc, end, last_m)
        if not joins:
            groups.append([])
        groups[-1].append((epochs, position, velocity))
        end, last_m = epochs[-1], position[-1]
    joined = [Stretch(tuple(e for part in group for e in part[0]), np.concatenate([part[1] for part in group]),
                      np.concatenate([part[2] for part in group])) for group in groups]
    return [stretch for stretch in joined if len(stretch.epochs) > 1]


def _near(arc: Arc, end: Epoch, last_m: FloatArray) -> bool:
    """Whether an arc that touches or overlaps what came before goes on from the same place."""
    t_s = float(np.clip(end - arc.start, arc.t_s[0], arc.t_s[-1]))
    return bool(np.linalg.norm(_eme2000(arc, arc.at(t_s)[0])[0] - last_m) < SAME_PLACE_M)


def _rising(arc: Arc, end: Epoch | None) -> tuple[list[Epoch], FloatArray, FloatArray]:
    """An arc's samples after ``end``, each instant once (its last sample counts), at the resolution that is written."""
    step_ns = 10 ** (9 - DECIMALS)
    epochs = [arc.start + float(t) for t in arc.t_s]
    ticks = np.array([(e.tai_ns + step_ns // 2) // step_ns for e in epochs])
    keep = np.append(np.diff(ticks) > 0, True)
    if end is not None:
        keep &= ticks > (end.tai_ns + step_ns // 2) // step_ns
    kept = [e for e, k in zip(epochs, keep) if k]
    return kept, _eme2000(arc, arc.position_m[keep]), _eme2000(arc, arc.velocity_m_s[keep])


def _eme2000(arc: Arc, vectors: FloatArray) -> FloatArray:
    if arc.frame is Frame.EME2000:
        return vectors
    if arc.frame is not Frame.GCRF:
        raise InputError(f"{arc.craft} in {arc.phase}: an arc in {arc.frame.name} cannot be written as OEM; "
                         "keep arcs in GCRF")
    return vectors @ GCRF_FROM_EME2000      # row vectors: v @ M is (M transposed) v, from GCRF to EME2000


def _segment(flight: Flight, craft: str, stretch: Stretch) -> Iterator[str]:
    start, stop = _stamp(stretch.epochs[0]), _stamp(stretch.epochs[-1])
    yield from ("META_START", f"OBJECT_NAME = {names(flight).get(craft, craft)}",
                f"OBJECT_ID = {_object_id(flight, craft)}", "CENTER_NAME = EARTH", "REF_FRAME = EME2000",
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
