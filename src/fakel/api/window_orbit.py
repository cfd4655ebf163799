"""The station's orbit for launch windows: from an element set, an ephemeris or a state, a year ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fakel.api.reach import require_air_known, require_sky_known
from fakel.api.start import from_text
from fakel.estimate.elements import STATION_NUMBER, epoch_of, fit_elements, name_of, satrec_from_lines
from fakel.estimate.ephemeris import places_gcrf
from fakel.load.elements import read_elements
from fakel.load.oem import read_oem
from fakel.load.omm import satrec_from_fields
from fakel.load.path import check_no_gap
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.ephemeris import Announced
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.place import Station
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.force import Forces
from fakel.physics.geodesy import RADIUS_M
from fakel.plan.craft import Path as Flown
from fakel.plan.craft import cd_area_m2
from fakel.plan.foresight import PLANE_S, PLANE_S_DAY, phase_error_rad
from fakel.plan.seen_path import ISSUE_M, ISSUE_M_DAY2
from fakel.plan.station_ahead import AROUND_S, HELD_AFTER_S, StationAhead, ahead
from fakel.world import World, build_world

EARLY_S, LATE_S, HALF_DAY_S = 1.5 * DAY_S, 3.5 * DAY_S, 0.5 * DAY_S
LOWEST_M, HIGHEST_M, SPARE_M = 150e3, 1500e3, 60e3
"""The air is made from below the lowest insertion to so far above the station, which is between the first two."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A station ahead, the instants between which it is known, its events, and how sure its phase is.

    age_s: how far an instant lies from what is known; phase_error_rad: one sigma then.
    """

    craft: str
    source: str
    station: StationAhead
    known: Window
    radius_m: float
    events: tuple[Announced, ...]
    age_s: Callable[[Epoch], float]
    phase_error_rad: Callable[[Epoch], float]
    told: tuple[str, ...] = ()


def of_elements(file: Path, window: Window, station: Station, max_age_days: float) -> Known:
    """From the newest element set at the window's begin, or the first after it; where that is too old, from the newest
    at the window's end."""
    set_ = read_elements(file, "--tle", wanted=window.start)
    if window.start - set_.epoch > max_age_days * DAY_S:
        set_ = read_elements(file, "--tle", wanted=window.stop)
    satellite = satrec_from_fields(set_.fields) if set_.fields else satrec_from_lines(set_.line1, set_.line2)
    epoch = epoch_of(satellite)
    fault, place_km, velocity_km_s = satellite.sgp4_tsince(0.0)
    if fault:
        raise InputError(f"--tle: {file.name}: SGP4 gives error {fault} at the set's own epoch; give another set")
    radius_m = 1e3 * float(np.linalg.norm(place_km))
    _require_low(1e3 * np.array(place_km), 1e3 * np.array(velocity_km_s), f"--tle: {file.name}")
    _require_fresh(Window(epoch, epoch), window, radius_m, max_age_days)
    near, far, held = _worlds(Window(epoch, epoch), window, radius_m)
    is_station = satellite.satnum == STATION_NUMBER
    area_m2 = cd_area_m2(station)
    fit = fit_elements(satellite, near, Forces(area_m2), station.mass_kg, f"--tle: {file.name}",
                       with_drag=not is_station)
    area_m2 *= 1.0 if is_station else fit.drag_scale
    path = Flown(near.seconds(epoch), np.append(fit.y[:6], station.mass_kg), area_m2)
    return _of_one(path, epoch, near, far, held, window, name_of(satellite),
                   f"element set of {epoch.iso()} in {file.name}", radius_m)


def of_state(text: str, window: Window, station: Station, max_age_days: float) -> Known:
    """From a state in one line of text."""
    given = from_text(text, lambda forces: forces).state
    radius_m = float(np.linalg.norm(given.position_m))
    _require_low(given.position_m, given.velocity_m_s, "--state")
    _require_fresh(Window(given.epoch, given.epoch), window, radius_m, max_age_days)
    near, far, held = _worlds(Window(given.epoch, given.epoch), window, radius_m)
    t_s = near.seconds(given.epoch)
    place, velocity = near.convert(t_s, given.position_m, given.velocity_m_s, given.frame, Frame.GCRF)
    path = Flown(t_s, np.r_[place[0], velocity[0], station.mass_kg], cd_area_m2(station))
    return _of_one(path, given.epoch, near, far, held, window, station.name, f"state of {given.epoch.iso()}", radius_m)


def _of_one(path: Flown, epoch: Epoch, near: World, far: World, held: tuple[float, float], window: Window, craft: str,
            source: str, radius_m: float) -> Known:
    def age_s(at: Epoch) -> float:
        return abs(at - epoch)
    return Known(craft, source, ahead((path,), near, far, held, _span(window, near)), Window(epoch, epoch), radius_m,
                 (), age_s, lambda at: phase_error_rad(age_s(at), radius_m))


def of_ephemeris(file: Path, window: Window, station: Station, max_age_days: float) -> Known:
    """From the states of an ephemeris, the pushes that it foresees in them; before and after it as from one state."""
    path = read_oem(file, "--oem")
    if np.isnan(path.velocity_m_s).any():
        raise InputError(f"--oem: {file.name} has places without velocities; give a file with both")
    check_no_gap(path, Window(path.start, path.stop))
    radius_m = float(np.linalg.norm(path.position_m[0]))
    known = Window(path.start, path.stop)
    _require_low(path.position_m[0], path.velocity_m_s[0], f"--oem: {file.name}")
    _require_fresh(known, window, radius_m, max_age_days)
    near, far, held = _worlds(known, window, radius_m)
    rows = np.column_stack([places_gcrf(path, near), np.full(len(path.t_s), station.mass_kg)])
    t_s = path.t_s + near.seconds(path.start)
    states = tuple(Flown(float(t), row, cd_area_m2(station)) for t, row in zip(t_s, rows, strict=True))
    made = path.created or path.start

    def age_s(at: Epoch) -> float:
        return max(path.start - at, at - path.stop, 0.0)

    def error(at: Epoch) -> float:
        days = max(min(at, path.stop) - made, 0.0) / DAY_S
        inside = (ISSUE_M + ISSUE_M_DAY2 * days**2) / radius_m
        after = phase_error_rad(age_s(at) + HELD_AFTER_S, radius_m) - phase_error_rad(HELD_AFTER_S, radius_m)
        return inside + after
    told = tuple(f"{b.name} of {b.dv_m_s:g} m/s at {b.epoch.iso()} is in the ephemeris' states, so it is counted"
                 for b in path.burns if b.dv_m_s)
    return Known(path.name, f"states of {file.name}", ahead(states, near, far, held, _span(window, near)), known,
                 radius_m, path.events, age_s, error, (*path.told, *told))


def _require_low(position_m: FloatArray, velocity_m_s: FloatArray, name: str) -> None:
    """InputError for an orbit that no way up is made for: not closed, or not near the station's kind of height."""
    radius_m = float(np.linalg.norm(position_m))
    energy, across = float(velocity_m_s @ velocity_m_s) / 2 - MU_M3_S2 / max(radius_m, 1.0), np.cross(
        position_m, velocity_m_s)
    e = float(np.sqrt(max(0.0, 1 + 2 * energy * float(across @ across) / MU_M3_S2**2)))
    a_m = -MU_M3_S2 / (2 * energy) if energy < 0.0 else np.inf
    low_m, high_m = (a_m * (1 - e) - RADIUS_M, a_m * (1 + e) - RADIUS_M) if energy < 0.0 else (np.nan, np.inf)
    if not (low_m > LOWEST_M and high_m < HIGHEST_M):
        told = f"{low_m / 1e3:.0f} to {high_m / 1e3:.0f} km high" if energy < 0.0 else "not closed"
        raise InputError(f"{name}: the orbit is {told}; ways up are made for stations between {LOWEST_M / 1e3:.0f} and "
                         f"{HIGHEST_M / 1e3:.0f} km: give the orbit of such a station")


def _require_fresh(known: Window, window: Window, radius_m: float, max_age_days: float) -> None:
    """InputError when what is known of the station is too old, or too new, where it is nearest to the window: before
    anything is built for the years between."""
    age_s = max(window.start - known.stop, known.start - window.stop, 0.0)
    if age_s <= max_age_days * DAY_S:
        return
    after, days = window.start > known.stop, age_s / DAY_S
    at, turns = (known.stop if after else known.start), np.degrees(phase_error_rad(age_s, radius_m))
    raise InputError(f"--tle, --oem, --state: the station is known at {at.iso()}, {days:.0f} days "
                     f"{'before' if after else 'after'} the window; its phase is then {turns:.0f} deg uncertain and "
                     f"the liftoff of its plane {PLANE_S + PLANE_S_DAY * days:.0f} s or whole turns; give "
                     f"{'a newer one' if after else 'one of that time'}, or --max-age {np.ceil(days):.0f}")


def _worlds(known: Window, window: Window, radius_m: float) -> tuple[World, World, tuple[float, float]]:
    """With air around what is known, without air over everything; and between which world times the first serves.

    An ephemeris foresees its pushes; after its end the next one may come at once, so height is kept from there on.
    """
    keep_s = HELD_AFTER_S if known.start == known.stop else 0.0
    first, last = known.start + -keep_s, known.stop + keep_s
    begin, end = min(first, window.start) + -EARLY_S, max(last, window.stop) + LATE_S
    require_sky_known(end, "--to")
    require_air_known(first, last, "--tle, --oem", "give a newer one")
    near = build_world(begin, last + AROUND_S, margin_s=HALF_DAY_S,
                       heights_m=(LOWEST_M, radius_m - RADIUS_M + SPARE_M))
    far = build_world(begin, end, drag=False, margin_s=HALF_DAY_S)
    return near, far, (near.seconds(first), near.seconds(last))


def _span(window: Window, world: World) -> tuple[float, float]:
    return world.seconds(window.start) - HALF_DAY_S, world.seconds(window.stop) + AROUND_S
