"""Precise orbits in the form SP3 (Hilla 2016, versions a to d): places in the Earth-fixed frame, as GNSS people give
them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from fakel.load.path import check_states, check_times, wrong_velocity
from fakel.model import scales
from fakel.model.arrays import FloatArray
from fakel.model.ephemeris import Announced, Ephemeris, Gaps
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.scales import Scale

UTC = ("UTC", "GLO")
CLOCKS = {"GPS": Scale.GPS, "TAI": Scale.TAI, "GAL": Scale.GPS, "QZS": Scale.GPS, "IRN": Scale.GPS, "BDT": Scale.BDT}
"""Clocks of a file beside UTC: Galileo, QZSS and NavIC keep GPS time (Hilla 2016)."""
EARTH_FIXED = ("IT", "IG", "WGS", "SLR", "GRF", "ECEF")
_NONE = np.full(3, np.nan)


@dataclass(slots=True)
class _Head:
    """What the first lines say: frame, clock, interval, number of epochs, satellites."""

    epochs: int
    interval_s: float
    system: str
    satellites: tuple[str, ...]


@dataclass(slots=True)
class _Rows:
    """States of one satellite, km and dm/s, as they are read."""

    epochs: list[Epoch] = field(default_factory=list)
    position: list[FloatArray] = field(default_factory=list)
    velocity: list[FloatArray] = field(default_factory=list)
    pushed: list[Epoch] = field(default_factory=list)


def read_sp3(file: Path, where: str, satellite: str | None = None) -> Ephemeris:
    """Places (and velocities, if given) of one satellite, in ITRF.

    satellite: its id in the file, such as ``L47``; not needed where there is one. Raises InputError, with the place,
    for a file that is absent, broken or cut short, an unknown frame or clock, several satellites without a choice, an
    epoch given twice, places below ground. Missing epochs are left to who uses the places: ``Ephemeris.gaps``.
    """
    where = f"{where}: {file.name}"
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()     # comments may hold anything
    except OSError as error:
        raise InputError(f"{where} cannot be read ({error.__class__.__name__}); give an SP3 file") from error
    head = _head(lines, where)
    chosen = _chosen(head.satellites, satellite, where)
    rows, ended = _rows(lines, chosen, head.system, where)
    check_times(rows.epochs, where)
    if not ended and len(rows.epochs) < head.epochs:
        raise InputError(f"{where}: line {len(lines)} is the last and not EOF, after {len(rows.epochs)} of "
                         f"{head.epochs} epochs; the file is cut short, copy it again")
    if len(rows.epochs) < 2:
        raise InputError(f"{where} holds {len(rows.epochs)} places of {chosen}; give an SP3 file with some")
    start = rows.epochs[0]
    t_s = np.array([epoch - start for epoch in rows.epochs])
    position_m, velocity_m_s = np.array(rows.position) * 1000.0, np.array(rows.velocity) * 0.1
    check_states(start, t_s, position_m, np.full_like(position_m, np.nan), where, "km")
    told, gaps = _missing(head, start, t_s, where)
    wrong = wrong_velocity(t_s, position_m, velocity_m_s)
    if wrong is not None:
        told = (*told, f"{where}: its velocities are {wrong[1] / wrong[2]:.2g} times what its places say (are they in "
                       "dm/s?); only its places are used")
        velocity_m_s = np.full_like(position_m, np.nan)
    events = tuple(Announced("manoeuvre flag", at + -head.interval_s, at) for at in rows.pushed)
    return Ephemeris(chosen.strip(), file.name, Frame.ITRF, start, t_s, position_m, velocity_m_s,
                     events=events, told=told, gaps=gaps)


def _head(lines: list[str], where: str) -> _Head:
    if len(lines) < 4 or lines[0][:2] not in ("#a", "#b", "#c", "#d") or not lines[1].startswith("##"):
        raise InputError(f"{where} is not an SP3 file; its first line must start with #a, #b, #c or #d")
    try:
        epochs, interval_s = int(lines[0][32:39]), float(lines[1][24:38])
    except ValueError as error:
        raise InputError(f"{where}: line 1 or 2 has no number of epochs or interval; copy the file again") from error
    frame = lines[0][46:51].strip()
    if not frame.upper().startswith(EARTH_FIXED):
        raise InputError(f"{where}: line 1 has the frame {frame or 'nothing'!r}; it must be Earth-fixed (IGS.., ITR..)")
    clocks = [line[9:12].strip() for line in lines if line.startswith("%c")]
    system = clocks[0] if clocks and clocks[0] != "ccc" else "GPS"
    if system not in CLOCKS and system not in UTC:
        raise InputError(f"{where}: time system {system!r} is not known; it must be one of: "
                         f"{', '.join((*CLOCKS, *UTC))}")
    listed = "".join(line[9:60] for line in lines if line.startswith("+ "))
    names = (listed[i:i + 3] for i in range(0, len(listed), 3))
    return _Head(epochs, interval_s, system, tuple(name for name in names if name.strip() not in ("0", "")))


def _chosen(satellites: tuple[str, ...], wanted: str | None, where: str) -> str:
    """The id as it stands in the file: three characters, the first of which may be blank in version a."""
    if wanted is None and len(satellites) == 1:
        return satellites[0]
    known = ", ".join(name.strip() for name in satellites[:8]) + (", …" if len(satellites) > 8 else "")
    if wanted is None:
        raise InputError(f"{where} has {len(satellites)} satellites ({known}); choose one with --satellite")
    found = [name for name in satellites if name.strip() == wanted.strip()]
    if not found:
        raise InputError(f"{where} has no satellite {wanted!r}; it has {known}")
    return found[0]


def _rows(lines: list[str], satellite: str, system: str, where: str) -> tuple[_Rows, bool]:
    """The rows of one satellite, and whether the file says that it ends."""
    rows, now, ended = _Rows(), None, False
    for number, line in enumerate(lines, 1):
        if line.startswith("* "):
            now = _instant(line, system, f"{where}: line {number}")
        elif line.startswith("P" + satellite):
            if now is None:
                raise InputError(f"{where}: line {number} has a place before the first epoch; copy the file again")
            place = _three(line, f"{where}: line {number}")
            if place.any():                                  # 0 0 0 stands for a place that is not known
                rows.epochs.append(now)
                rows.position.append(place)
                rows.velocity.append(_NONE)
                rows.pushed += [now] if line[78:79] == "M" else []
        elif line.startswith("V" + satellite) and rows.epochs and rows.epochs[-1] is now:
            speed = _three(line, f"{where}: line {number}")
            rows.velocity[-1] = speed if speed.any() else _NONE
        elif line.startswith("EOF"):
            ended = True
    return rows, ended


def _instant(line: str, system: str, where: str) -> Epoch:
    """An epoch line, by the clock of the file."""
    try:
        year, month, day, hour, minute = (int(part) for part in line[1:].split()[:5])
        civil, second = datetime(year, month, day, hour, minute), float(line[1:].split()[5])
    except (ValueError, IndexError):
        raise InputError(f"{where}: {line[:32]!r} is not an epoch; it needs year, month, day, hour, minute, second"
                         ) from None
    return (Epoch.from_civil(civil) if system in UTC else scales.from_civil(civil, CLOCKS[system])) + second


def _three(line: str, where: str) -> FloatArray:
    try:
        numbers = np.array([float(line[4 + 14 * i:18 + 14 * i]) for i in range(3)])
    except ValueError:
        raise InputError(f"{where} has no three numbers of 14 characters each; copy the file again") from None
    if not np.isfinite(numbers).all():
        raise InputError(f"{where} has numbers that are not finite; copy the file again")
    return numbers


def _missing(head: _Head, start: Epoch, t_s: FloatArray, where: str) -> tuple[tuple[str, ...], Gaps | None]:
    """What to tell of the file's step, and where epochs are missing.

    A file that keeps another step throughout than its head says, and all of its epochs, was thinned and lacks nothing.
    """
    interval_s = head.interval_s
    told: tuple[str, ...] = ()
    usual_s = float(np.median(np.diff(t_s)))
    if abs(usual_s - interval_s) > 1e-3 * interval_s and np.ptp(np.diff(t_s)) < 1e-3 * usual_s:
        told = (f"{where}: its places are {usual_s:g} s apart, its line 2 says {interval_s:g} s; taken as they are",)
        interval_s = usual_s
    steps = np.round(np.diff(t_s) / interval_s).astype(int)
    between, listed = int(np.sum(np.maximum(steps - 1, 0))), 0 if told else head.epochs - len(t_s)
    lost = max(between, listed)
    if lost == 0:
        return told, None
    windows = [Window(start + float(t_s[i]), start + float(t_s[i + 1])) for i in np.flatnonzero(steps > 1)]
    if listed > between:                                     # before the first place or after the last
        last = start + float(t_s[-1])
        windows.append(Window(last, last + (listed - between) * interval_s))
    place = f"at {(windows[0].start + interval_s).iso()}" if between else f"after {windows[0].start.iso()}"
    return told, Gaps(tuple(windows), f"{where}: {lost} of {max(head.epochs, len(t_s) + lost)} epochs have no place, "
                                      f"the first {place}")
