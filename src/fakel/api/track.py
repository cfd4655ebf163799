"""Paths of one craft as arcs, from what people have: element sets, ephemerides, flight folders, propagated arcs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fakel.api.arc import Arc as Propagated
from fakel.estimate.elements import epoch_of, name_of, satrec_from_lines, sgp4_gcrf
from fakel.estimate.ephemeris import places_gcrf
from fakel.load.elements import read_elements
from fakel.load.folder import read_flight
from fakel.load.oem import read_oem
from fakel.load.path import check_no_gap
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import FlightError, InputError
from fakel.model.flight import Arc
from fakel.model.frame import Frame
from fakel.model.start import age_error_m, age_told
from fakel.physics import frames
from fakel.plan.seen_path import between, small_world
from fakel.world import World

STEP_S, DAY_S, JOIN_S = 30.0, 86_400.0, 1e-3
OLDEST_DAYS = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The path of one craft as arcs in GCRF that do not touch, and what to tell of it; flown: craft is an id of a
    flight, and others are the arcs of its other craft."""

    craft: str
    source: str
    arcs: tuple[Arc, ...]
    world: World
    told: tuple[str, ...] = ()
    others: tuple[Arc, ...] = ()
    flown: bool = False


def from_elements(file: Path, start: Epoch | None, stop: Epoch | None, max_age_days: float | None = None,
                  earlier_s: float = 0.0) -> Track:
    """SGP4's path; from the set's epoch for a day unless told otherwise, and so much earlier. InputError when the set
    is too far away."""
    elements = read_elements(file, "--tle", wanted=start or stop)
    satellite = satrec_from_lines(elements.line1, elements.line2)
    first = start or (stop + -DAY_S if stop else epoch_of(satellite))
    window = _window(first, stop or first + DAY_S)
    age_s = age_in(window, epoch_of(satellite), max_age_days, file)
    off_m, known = age_error_m(age_s), Window(window.start + -earlier_s, window.stop)
    world = small_world(known)
    t_s = _grid(known)
    try:
        states = sgp4_gcrf(satellite, world, t_s + world.seconds(known.start))
    except FlightError as error:
        raise InputError(f"--tle: {file.name}: {error}") from None
    off_s = off_m / float(np.linalg.norm(states[0, 3:]))
    told = (f"the element set is of {epoch_of(satellite).iso()}, up to {age_s / DAY_S:.1f} days away; "
            f"{age_told(age_s)}: instants of passes are then up to {off_s:.0f} s off",)
    name = name_of(satellite)
    return Track(name, f"element set of {epoch_of(satellite).iso()} in {file.name}",
                 (arc_of(name, known.start, t_s, states),), world, told)


def age_in(window: Window, epoch: Epoch, max_age_days: float | None, file: Path) -> float:
    """How far (s) a window reaches from the epoch of an element set. InputError when that is too far.

    max_age_days: None where a person cannot choose it.
    """
    remedy = "" if max_age_days is None else " (or --max-age DAYS)"
    edges_s = [abs(edge - epoch) for edge in (window.start, window.stop)]
    limit_s = (OLDEST_DAYS if max_age_days is None else max_age_days) * DAY_S
    if min(edges_s) > limit_s and not window.holds(epoch):
        raise InputError(f"--tle: the newest set in {file.name} is of {epoch.iso()}, {min(edges_s) / DAY_S:.0f} days "
                         f"from the window, and {age_told(min(edges_s))}; give a newer one{remedy}")
    if max(edges_s) > limit_s:
        raise InputError(f"--from, --to: the set in {file.name} is of {epoch.iso()}, and the window reaches "
                         f"{max(edges_s) / DAY_S:.0f} days from it, where {age_told(max(edges_s))}; ask inside "
                         f"{(epoch + -limit_s).iso()} to {(epoch + limit_s).iso()}{remedy}")
    return max(edges_s)


def from_ephemeris(file: Path, start: Epoch | None, stop: Epoch | None) -> Track:
    """The states of an ephemeris message. InputError for a window that it does not hold whole."""
    path = read_oem(file, "--oem")
    window = _window(start or path.start, stop or path.stop)
    if window.start < path.start or window.stop > path.stop:
        raise InputError(f"--from, --to: {file.name} holds {path.start.iso()} to {path.stop.iso()}, not "
                         f"{window.start.iso()} to {window.stop.iso()}; ask inside that")
    check_no_gap(path, window)
    world = small_world(Window(path.start, path.stop))
    t_s = _grid(window)
    states = between(path.t_s, places_gcrf(path, world), t_s + (window.start - path.start))
    return Track(path.name, f"states of {file.name}", (arc_of(path.name, window.start, t_s, states),), world, path.told)


def from_flight(folder: Path, craft: str, start: Epoch | None, stop: Epoch | None) -> Track:
    """The flown path of one craft of a flight; the arcs that follow one another are joined."""
    flight, warnings = read_flight(folder)
    known = sorted({arc.craft for leg in flight.legs for arc in leg.arcs})
    if craft not in known:
        raise InputError(f"--craft = {craft!r} did not fly in {folder}; write one of: {', '.join(known)}")
    arcs = joined(flight.arcs(craft))
    span = Window(arcs[0].start + float(arcs[0].t_s[0]), arcs[-1].stop)
    window = _window(start or span.start, stop or span.stop)
    if window.start < span.start or window.stop > span.stop:
        raise InputError(f"--from, --to: {folder} holds {craft} from {span.start.iso()} to {span.stop.iso()}, not "
                         f"{window.start.iso()} to {window.stop.iso()}; ask inside that")
    others = tuple(arc for name in known if name != craft for arc in joined(flight.arcs(name)))
    return Track(craft, f"flight {flight.mission.get('id', folder.name)}", tuple(_cut(arcs, window)),
                 small_world(span), warnings, others, True)


def _window(start: Epoch, stop: Epoch) -> Window:
    if stop <= start:
        raise InputError(f"--to = {stop.iso()} is not after --from = {start.iso()}; write a later one")
    return Window(start, stop)


def _grid(window: Window) -> FloatArray:
    return np.linspace(0.0, window.duration_s, max(2, int(np.ceil(window.duration_s / STEP_S)) + 1))


def arc_of(craft: str, start: Epoch, t_s: FloatArray, states: FloatArray) -> Arc:
    """States (n, 6) in GCRF as an arc whose body axes lie along LVLH."""
    return Arc("coast", craft, Frame.GCRF, start, t_s, states[:, :3], states[:, 3:6],
               frames.attitude_lvlh(states[:, :3], states[:, 3:6]), np.ones(len(t_s)))


def joined(arcs: Sequence[Arc]) -> tuple[Arc, ...]:
    """Arcs of one craft, those that follow one another without a gap made into one."""
    out: list[Arc] = []
    for arc in arcs:
        if out and abs(arc.start + float(arc.t_s[0]) - out[-1].stop) < JOIN_S:
            last = out[-1]
            later = arc.t_s + (arc.start - last.start)
            new = later > last.t_s[-1] + 1e-6
            rows = [np.concatenate([getattr(last, name), getattr(arc, name)[new]])
                    for name in ("position_m", "velocity_m_s", "attitude", "mass_kg")]
            out[-1] = Arc(last.phase, last.craft, last.frame, last.start, np.concatenate([last.t_s, later[new]]), *rows)
        else:
            out.append(arc)
    return tuple(out)


def _cut(arcs: Sequence[Arc], window: Window) -> list[Arc]:
    return [arc for arc in arcs if Window(arc.start + float(arc.t_s[0]), arc.stop) & window is not None]


def from_propagated(path: Propagated, craft: str) -> Track:
    """What ``fakel.propagate`` gave back, of one start state."""
    if path.states.ndim != 2:
        raise InputError(f"coverage takes one craft; this arc has {len(path.states)}; take one of its paths")
    length_s = float(path.t_s[-1])
    first = path.epoch + min(0.0, length_s)
    t_s = _grid(Window(first, first + abs(length_s)))
    return Track(craft, "fakel.propagate", (arc_of(craft, first, t_s, path.at(t_s + (first - path.epoch))),),
                 path.world, path.warnings)


def track_of(source: Track | Propagated | Arc | Path | str, craft: str, start: Epoch | None, stop: Epoch | None,
          world: World | None) -> Track:
    if isinstance(source, Track):
        return source
    if isinstance(source, Propagated):
        return from_propagated(source, craft)
    if isinstance(source, Arc):
        span = Window(source.start + float(source.t_s[0]), source.stop)
        return Track(source.craft, source.phase, (source,), world or small_world(span))
    file = Path(source)
    if file.is_dir():
        return from_flight(file, craft, start, stop)
    return from_ephemeris(file, start, stop) if is_oem(file) else from_elements(file, start, stop)


def is_oem(file: Path) -> bool:
    try:
        head = file.read_text(encoding="utf-8-sig", errors="replace")[:4000]
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); mend its name") from error
    return "CCSDS_OEM_VERS" in head or "<oem" in head
