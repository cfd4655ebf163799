"""The path of a craft for questions of links: from an element set, an ephemeris or a flown mission."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fakel.estimate.elements import satrec_from_lines
from fakel.load.elements import read_elements
from fakel.load.folder import read_flight
from fakel.load.oem import read_oem
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc, Flight
from fakel.model.frame import Frame
from fakel.model.mission import age_told
from fakel.plan.ends import Scene, scene_of
from fakel.plan.seen_path import SeenPath, path_of_elements, path_of_ephemeris, small_world

DAY_S, LONGEST_S, WARN_S = 86_400.0, 40 * 86_400.0, 3 * 86_400.0


def scene_from(*, tle: Path | None = None, oem: Path | None = None, flight: Path | None = None,
               start: Epoch | None = None, stop: Epoch | None = None) -> tuple[Scene, tuple[str, ...]]:
    """A scene over start to stop (blank: a day from the set's epoch; all of the ephemeris; all of the flight), and
    what to tell. InputError for no or several sources, an empty or too long window."""
    if sum(source is not None for source in (tle, oem, flight)) != 1:
        raise InputError("give one of --tle, --oem and --flight: the path of the craft")
    if tle is not None:
        return _of_elements(tle, start, stop)
    if oem is not None:
        return _of_ephemeris(oem, start, stop)
    assert flight is not None
    return scene_of_flight(read_flight(flight)[0], start, stop, str(flight)), ()


def _window(start: Epoch, stop: Epoch) -> Window:
    if stop <= start:
        raise InputError(f"--to = {stop.iso()} is not after --from = {start.iso()}; give a later end")
    if stop - start > LONGEST_S:
        raise InputError(f"--from to --to is {(stop - start) / DAY_S:.0f} days; ask 40 days or less at a time")
    return Window(start, stop)


def _of_elements(file: Path, start: Epoch | None, stop: Epoch | None) -> tuple[Scene, tuple[str, ...]]:
    found = read_elements(file, "--tle", wanted=start)
    first = start or found.epoch
    window = _window(first, stop or first + DAY_S)
    age_s = max(abs(window.start - found.epoch), abs(window.stop - found.epoch))
    told = (f"the element set is of {found.epoch.iso()}; {age_told(age_s)}",) if age_s > WARN_S else ()
    path = path_of_elements(satrec_from_lines(found.line1, found.line2), STATION, window)
    return _scene(path, window), told


def _of_ephemeris(file: Path, start: Epoch | None, stop: Epoch | None) -> tuple[Scene, tuple[str, ...]]:
    ephemeris = read_oem(file, "--oem", allow_gaps=True)
    first, last = start or ephemeris.start, stop or ephemeris.stop
    if first < ephemeris.start or last > ephemeris.stop:
        raise InputError(f"{file.name} holds {ephemeris.start.iso()} to {ephemeris.stop.iso()}, not all of "
                         f"{first.iso()} to {last.iso()}; choose a window in it")
    window = _window(first, last)
    return _scene(path_of_ephemeris(ephemeris, STATION, window), window), ephemeris.told


def scene_of_flight(flight: Flight, start: Epoch | None = None, stop: Epoch | None = None, where: str = "flight"
                    ) -> Scene:
    """The station's path through a flight, its arcs joined. InputError where the flight has none there."""
    arcs = _joined(flight.arcs(STATION))
    if not arcs:
        raise InputError(f"{where}: has no path of the station; give --tle or --oem")
    inside = [a for a in arcs if (start is None or a.stop > start) and (stop is None or a.start < stop)]
    arc = max(inside or arcs, key=lambda a: a.t_s[-1] - a.t_s[0])
    window = _window(start or arc.start + float(arc.t_s[0]), stop or arc.stop)
    return scene_of(arc, small_world(Window(arc.start + float(arc.t_s[0]), arc.stop)), window)


def _joined(arcs: Sequence[Arc]) -> list[Arc]:
    """Arcs that follow one another within a second become one."""
    out: list[Arc] = []
    for arc in arcs:
        if out and abs(arc.start + float(arc.t_s[0]) - out[-1].stop) < 1.0:
            before, later_s = out[-1], arc.start - out[-1].start
            t_s = later_s + arc.t_s
            new = t_s > before.t_s[-1] + 1e-6
            out[-1] = Arc(before.phase, before.craft, before.frame, before.start, np.r_[before.t_s, t_s[new]],
                          np.vstack([before.position_m, arc.position_m[new]]),
                          np.vstack([before.velocity_m_s, arc.velocity_m_s[new]]),
                          np.vstack([before.attitude, arc.attitude[new]]), np.r_[before.mass_kg, arc.mass_kg[new]])
        else:
            out.append(arc)
    return out


def _scene(path: SeenPath, window: Window) -> Scene:
    """A scene from a path on an even grid; the craft's attitude is not known and not asked for."""
    grid, world = path.grid, path.world
    t_s = grid.t0_s + grid.step_s * np.arange(len(grid.place))
    position, velocity = world.to_gcrf(t_s, grid.place, grid.velocity)
    still = np.tile([1.0, 0.0, 0.0, 0.0], (len(t_s), 1))
    start = world.epoch + float(t_s[0])
    arc = Arc("coast", path.craft, Frame.GCRF, start, t_s - t_s[0], position, velocity, still, np.ones(len(t_s)))
    return scene_of(arc, world, window)
