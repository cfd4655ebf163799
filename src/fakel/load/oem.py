"""CCSDS orbit ephemeris messages (OEM 502.0, text and XML): one state taken out of a file, or all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from fakel.load.oem_notes import announced, build_of
from fakel.load.path import check_states, check_times, gaps_told, wrong_velocity
from fakel.model import scales
from fakel.model.ephemeris import Ephemeris
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.scales import Scale
from fakel.model.start import StateVector

FRAMES = {"EME2000": Frame.EME2000, "J2000": Frame.EME2000, "GCRF": Frame.GCRF, "ICRF": Frame.GCRF, "ITRF": Frame.ITRF,
          "TEME": Frame.TEME}
CLOCKS = {"TAI": Scale.TAI, "TT": Scale.TT, "GPS": Scale.GPS}
"""Clocks of a file beside UTC."""
_EPOCH = re.compile(r"(\d{4})-(?:(\d{3})|(\d\d)-(\d\d))T(\d\d):(\d\d):(\d\d)(\.\d*)?Z?")
_XML_FIELDS = ("EPOCH", "X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")


@dataclass(frozen=True, slots=True)
class _Segment:
    """What a segment says of itself, and its states as text: (epoch, x, y, z, vx, vy, vz, …), km and km/s."""

    meta: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...]
    comments: tuple[str, ...] = ()


def read_oem(file: Path, where: str) -> Ephemeris:
    """All states of an ephemeris, joined over its segments, with what NASA's comments say of mass, drag and events.

    Where one segment ends and the next begins at the same instant the later state counts. Raises InputError, with the
    place, for what ``state_near`` refuses, and for segments in different frames, units other than km and km/s, an
    instant given twice, places below ground. Gaps are left to who uses the states: ``Ephemeris.gaps``.
    """
    where = f"{where}: {file.name or file}"
    text = _text(file, where)
    segments = _segments(text, where)
    frame, epochs, rows = _joined(segments, where)
    if len(epochs) < 2:
        raise InputError(f"{where} holds {len(epochs)} states; give an orbit ephemeris message (OEM) with some")
    check_times(epochs, where)
    start = epochs[0]
    t_s = np.array([epoch - start for epoch in epochs])
    position_m, velocity_m_s = _numbers(rows, where)
    check_states(start, t_s, position_m, velocity_m_s, where, "km and km/s")
    wrong = wrong_velocity(t_s, position_m, velocity_m_s)
    if wrong is not None:
        raise InputError(f"{where}: the state of {epochs[wrong[0]].iso(3)} moves at {wrong[1] / 1000:.4g} km/s, but "
                         f"its place and the next say {wrong[2] / 1000:.4g} km/s; are they in km and km/s? mend it")
    told = _cut_short(segments[-1].meta, epochs[-1], where)
    comments = tuple(line for segment in segments for line in segment.comments)
    name = segments[0].meta.get("OBJECT_NAME", "") or file.stem
    return Ephemeris(name, file.name, frame, start, t_s, position_m, velocity_m_s, build_of(comments, where),
                     announced(comments, start, t_s), told, _created(text, where), gaps_told(start, t_s, where))


def _joined(segments: list[_Segment], where: str) -> tuple[Frame, list[Epoch], list[tuple[str, ...]]]:
    """The one frame of all segments, and their states one after another."""
    first = _checked(segments[0].meta, where)[0]
    epochs: list[Epoch] = []
    rows: list[tuple[str, ...]] = []
    for number, segment in enumerate(segments, 1):
        frame, system = _checked(segment.meta, where)
        if frame is not first:
            raise InputError(f"{where}: segment {number} is in {frame.name}, the first in {first.name}; "
                             "give a file in one frame")
        own = [_epoch(row[0], system, where) for row in segment.rows]
        check_times(own, where)
        if epochs and own and own[0] == epochs[-1]:
            epochs.pop()
            rows.pop()
        epochs += own
        rows += segment.rows
    return first, epochs, rows


def _created(text: str, where: str) -> Epoch | None:
    """The date of creation (UTC) in the head of either form."""
    match = re.search(r"CREATION_DATE\s*[=>]\s*([^\s<]+)", text[:5000])
    return _epoch(match[1], "UTC", where) if match else None


def _segments(text: str, where: str) -> list[_Segment]:
    return list(_from_xml(text, where) if text.lstrip().startswith("<") else _from_kvn(text, where))


def _numbers(rows: list[tuple[str, ...]], where: str) -> tuple[np.ndarray, np.ndarray]:
    """Positions and velocities (n, 3), SI."""
    try:
        numbers = np.array([row[1:7] for row in rows], dtype=float) * 1000.0
    except ValueError:
        numbers = np.array([[np.nan] * 6])
    if not np.isfinite(numbers).all():
        for row in rows:
            _six(row, where)
    return numbers[:, :3], numbers[:, 3:]


def _cut_short(meta: Mapping[str, str], last: Epoch, where: str) -> tuple[str, ...]:
    """Told when the states end before the STOP_TIME that the file promises."""
    if "STOP_TIME" not in meta:
        return ()
    stop = _epoch(meta["STOP_TIME"], meta["TIME_SYSTEM"].upper(), where)
    if stop - last < 1.0:
        return ()
    return (f"{where}: its states end at {last.iso()}, its STOP_TIME is {stop.iso()}; it may be cut short",)


def state_near(file: Path, epoch: Epoch, place: str) -> StateVector:
    """The state of an ephemeris at epoch, or the last one before it.

    Positions are taken as they stand, not interpolated. Raises InputError for a file that is absent or broken, whose
    centre, frame or time system is not known here, or whose span does not hold epoch.
    """
    where = f"{place}: {file.name}"
    text = _text(file, where)
    spans = []
    for segment in _segments(text, where):
        frame, system = _checked(segment.meta, where)
        epochs = [_epoch(row[0], system, where) for row in segment.rows]
        if any(b < a for a, b in pairwise(epochs)):
            raise InputError(f"{where}: the instants of its states go back; give a file that is in order")
        if epochs and epochs[0] <= epoch <= epochs[-1]:
            at = bisect_right(epochs, epoch) - 1
            return _vector(segment.rows[at], epochs[at], frame, where, file.name)
        spans += [(epochs[0], epochs[-1])] if epochs else []
    if not spans:
        raise InputError(f"{where} holds no states; give an orbit ephemeris message (OEM) with some")
    held = ", ".join(f"{a.iso()} to {b.iso()}" for a, b in spans)
    raise InputError(f"{where} holds {held}, not {epoch.iso()}; give an ephemeris that holds it")


def _text(file: Path, where: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where} cannot be read ({error.__class__.__name__}); give an orbit ephemeris message (OEM)"
                         ) from error


def _checked(meta: Mapping[str, str], where: str) -> tuple[Frame, str]:
    """Frame and time system, if the segment is about the Earth and both are known."""
    centre, name, system = (meta.get(key, "").upper() for key in ("CENTER_NAME", "REF_FRAME", "TIME_SYSTEM"))
    if centre != "EARTH":
        raise InputError(f"{where} has CENTER_NAME = {centre or 'nothing'}; it must be EARTH")
    frame = FRAMES.get("ITRF" if name.startswith("ITRF") else name)
    if frame is None:
        raise InputError(f"{where} has REF_FRAME = {name or 'nothing'}; it must be one of: {', '.join(FRAMES)}")
    if system != "UTC" and system not in CLOCKS:
        raise InputError(f"{where} has TIME_SYSTEM = {system or 'nothing'}; it must be one of: "
                         f"UTC, {', '.join(CLOCKS)}")
    return frame, system


def _epoch(text: str, system: str, where: str) -> Epoch:
    """An instant with a day of the year or a month and day, read by the clock of the file."""
    match = _EPOCH.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, of_year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:7])
        date = datetime(year, 1, 1) + timedelta(days=of_year - 1) if of_year else datetime(year, month, day)
        if date.year != year or hour > 23 or minute > 59 or second > 60:
            raise ValueError
    except ValueError:
        raise InputError(f"{where}: {text!r} is not an instant; write it like 2022-02-11T12:00:00.000 or "
                         "2022-042T12:00:00.000") from None
    midnight = Epoch.from_civil(date) if system == "UTC" else scales.from_civil(date, CLOCKS[system])
    return midnight + (3600.0 * hour + 60.0 * minute + second + float(match[8] or 0.0))


def _vector(row: tuple[str, ...], epoch: Epoch, frame: Frame, where: str, name: str) -> StateVector:
    numbers = _six(row, where)
    return StateVector(epoch, frame, np.array(numbers[:3]), np.array(numbers[3:]), f"OEM {name}")


def _six(row: tuple[str, ...], where: str) -> list[float]:
    """Position and velocity of one state, SI."""
    try:
        numbers = [float(text) * 1000.0 for text in row[1:7]]
    except ValueError as error:
        raise InputError(f"{where}: the state of {row[0]} is not six numbers; copy the file again") from error
    if not all(abs(number) < 1e12 for number in numbers):
        raise InputError(f"{where}: the state of {row[0]} is not six finite numbers; copy the file again")
    return numbers


def _from_xml(text: str, where: str) -> Iterator[_Segment]:
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise InputError(f"{where} is not whole XML ({error}); copy the file again") from error
    for item in root.iter():
        item.tag = item.tag.rpartition("}")[2]            # without the name space
    for segment in root.iter("segment"):
        metadata = segment.find("metadata")
        meta = {} if metadata is None else {item.tag: (item.text or "").strip() for item in metadata}
        rows = tuple(tuple(vector.findtext(field, "").strip() for field in _XML_FIELDS)
                     for vector in segment.iter("stateVector"))
        _check_units(segment, where)
        yield _Segment(meta, rows, tuple(line.text or "" for line in segment.iter("COMMENT")))


def _check_units(segment: ElementTree.Element, where: str) -> None:
    """The message knows km and km/s only; where it says something else, its numbers cannot be trusted."""
    for vector in segment.iter("stateVector"):
        for item in vector:
            wanted = "km/s" if item.tag.endswith("_DOT") else "km"
            given = item.get("units", wanted)
            if item.tag in _XML_FIELDS and given.lower() != wanted:
                raise InputError(f"{where}: {item.tag} of {vector.findtext('EPOCH', '')} is in {given!r}; "
                                 f"an OEM has it in {wanted}")


def _from_kvn(text: str, where: str) -> Iterator[_Segment]:
    """Segments of the text form: KEY = value between META_START and META_STOP, then lines of states."""
    lines = [line.strip() for line in text.splitlines()]
    if not any(line.startswith("CCSDS_OEM_VERS") for line in lines):
        raise InputError(f"{where} is not an orbit ephemeris message; its first line must be CCSDS_OEM_VERS = 2.0")
    meta: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    comments: list[str] = []
    inside = ""                                   # META or COVARIANCE, while in such a block
    for line in lines:
        if line == "META_START":
            if rows:
                yield _Segment(meta, tuple(rows), tuple(comments))
                comments = []
            meta, rows, inside = {}, [], "META"
        elif line in ("META_STOP", "COVARIANCE_START", "COVARIANCE_STOP"):
            inside = "COVARIANCE" if line == "COVARIANCE_START" else ""
        elif line.startswith("COMMENT"):
            comments.append(line[8:])
        elif inside == "META" and "=" in line:
            key, value = line.split("=", 1)
            meta[key.strip()] = value.strip()
        elif not inside and line and "=" not in line:
            rows.append(_fields(line, where))
    yield _Segment(meta, tuple(rows), tuple(comments))


def _fields(line: str, where: str) -> tuple[str, ...]:
    fields = tuple(line.split())
    if len(fields) not in (7, 10):                # with or without acceleration
        raise InputError(f"{where}: {line[:40]!r} has {len(fields)} fields; a state has an instant and six numbers")
    return fields
