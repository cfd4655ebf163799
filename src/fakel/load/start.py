"""Where a mission begins: the station's element set, state vector or ephemeris; ships in free flight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakel.load.elements import DEFAULT_MAX_AGE_S, check_elements, read_elements
from fakel.load.library import as_table
from fakel.load.oem import state_near
from fakel.load.reader import read
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.mission import Elements
from fakel.model.start import StateVector
from fakel.model.vehicle import Ship


@dataclass(frozen=True, slots=True)
class _Age:
    max_age_s: float = DEFAULT_MAX_AGE_S


@dataclass(frozen=True, slots=True)
class _Vector:
    epoch: Epoch
    position_m: tuple[float, float, float]
    velocity_m_s: tuple[float, float, float]
    source: str = "mission file"


STATION_FRAMES = (Frame.GCRF, Frame.EME2000, Frame.ITRF)
SHIP_FRAMES = (*STATION_FRAMES, Frame.RTN)


def ship_starts(table: Mapping[str, Any], where: str, ships: Mapping[str, Ship],
                days: Window) -> dict[str, StateVector]:
    """Ships that the mission finds in free flight: [ships.ID.state]. Raises InputError in one line.

    days: midnight of the first to midnight of the last mission day.
    """
    starts = {key: _state(dict(as_table(raw["state"], f"{where} [ships.{key}] state")), f"{where} [ships.{key}.state]",
                          SHIP_FRAMES)
              for key, raw in table.get("ships", {}).items() if "state" in raw}
    for key in starts:
        if ships[key].docked:
            raise InputError(f"{where} [ships.{key}] is docked and has a state; take one of them out")
    if len({start.epoch for start in starts.values()}) > 1:
        raise InputError(f"{where} [ships] states of {', '.join(starts)} have different epochs; give them one")
    for key, start in starts.items():
        if not days.start <= start.epoch <= days.stop + DAY_S:
            raise InputError(f"{where} [ships.{key}.state] epoch = {start.epoch.iso()} is not on a day of the mission, "
                             f"{days.start.iso()[:10]} to {days.stop.iso()[:10]}; mend it, or date and last_date")
    return starts


def station_start(table: Mapping[str, Any], path: Path, where: str, days: Window) -> Elements | StateVector:
    """Where the station is: exactly one of the sections [elements], [state], [ephemeris] of a mission file.

    days: midnight of the first to midnight of the last mission day. Raises InputError in one line.
    """
    given = [key for key in ("elements", "state", "ephemeris") if key in table]
    if len(given) != 1:
        raise InputError(f"{where} the station's orbit is given {len(given)} times; write exactly one of "
                         "[elements], [state], [ephemeris]")
    raw = dict(as_table(table[given[0]], f"{where} {given[0]}"))
    place = f"{where} [{given[0]}]"
    if given[0] == "state":
        return _near(_state(raw, place), days, place)
    if given[0] == "ephemeris":
        file = _path(raw.pop("file", None), path, place)
        _nothing_left(raw, place)
        return state_near(file, days.start, place)
    return _elements(raw, path, place, days)


def _elements(raw: dict[str, Any], path: Path, place: str, days: Window) -> Elements:
    age_s = read(_Age, raw, place, None, ("file", "line1", "line2")).max_age_s
    if "file" in raw:
        found = read_elements(_path(raw["file"], path, place), place, age_s, days.start + DAY_S)
    elif "line1" in raw and "line2" in raw:
        found = check_elements(str(raw["line1"]), str(raw["line2"]), place, age_s)
    else:
        raise InputError(f"{place}: write file = a TLE file, or line1 and line2")
    apart_s = max(days.start - found.epoch, found.epoch - (days.stop + DAY_S))
    if apart_s > age_s:
        raise InputError(f"{place}: the element set of {found.epoch.iso()} is {apart_s / 86400:.1f} days from the "
                         f"mission of {days.start.iso()[:10]}, more than max_age_days = {age_s / 86400:g}; give a "
                         "fresher one or raise max_age_days")
    return found


def _near(start: StateVector, days: Window, place: str) -> StateVector:
    apart_s = max(days.start - start.epoch, start.epoch - (days.stop + DAY_S))
    if apart_s > DEFAULT_MAX_AGE_S:
        raise InputError(f"{place} epoch = {start.epoch.iso()} is {apart_s / DAY_S:.0f} days from the mission of "
                         f"{days.start.iso()[:10]}; give a state within {DEFAULT_MAX_AGE_S / DAY_S:.0f} days of it")
    return start


def _path(name: Any, path: Path, place: str) -> Path:
    if not isinstance(name, str):
        raise InputError(f"{place} file = {name!r} is not text in quotes")
    return Path(name) if Path(name).is_absolute() else path.parent / name


def _nothing_left(raw: Mapping[str, Any], place: str) -> None:
    for key in raw:
        raise InputError(f"{place} {key} is not known; take it out")


def _state(raw: dict[str, Any], place: str, allowed: tuple[Frame, ...] = STATION_FRAMES) -> StateVector:
    name, frames = raw.pop("frame", None), {f.name: f for f in allowed}
    if name not in frames:
        raise InputError(f"{place} frame = {name!r} is not known; write one of: {', '.join(frames)}")
    given = read(_Vector, raw, place)
    return StateVector(given.epoch, frames[name], given.position_m, given.velocity_m_s, given.source)
