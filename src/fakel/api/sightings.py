"""Who can see a craft, and when: from an element set, an ephemeris or a flown mission."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sgp4.api import Satrec

from fakel.api.forces import as_epoch
from fakel.api.start import UNKNOWN
from fakel.api.track import age_in
from fakel.estimate.elements import epoch_of, name_of, satrec_from_lines
from fakel.load.elements import read_elements
from fakel.load.folder import read_flight
from fakel.load.oem import read_oem
from fakel.load.path import check_no_gap
from fakel.load.place_list import places_of, read_places
from fakel.model.day import DAY_S
from fakel.model.ephemeris import Announced
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import FlightError, InputError
from fakel.model.flight import STATION
from fakel.model.sighting import RULES, Place, SeenWhen, Sighting, Transit
from fakel.model.sky import SkyAbove
from fakel.model.start import age_told
from fakel.plan.flight_sightings import find_in_flight, flown_window
from fakel.plan.pushed_path import path_with_pushes, pushes_in
from fakel.plan.seen_path import SeenPath, path_of_elements, path_of_ephemeris
from fakel.plan.sightings import STATION_MAGNITUDE, find_sightings
from fakel.plan.sky import sky_of
from fakel.plan.transits import find_transits

WARN_S = 3 * DAY_S
OLDEST_S = 30 * DAY_S
LONGEST_S = 400 * DAY_S
PATH_SLACK_S = 7200.0
STATION_NAMES = ("ISS", "SPACE STATION")
Places = str | Place | Path | Iterable[str | Place]


@dataclass(frozen=True, slots=True, eq=False)
class SightingReport:
    """sightings: of all craft, in order of place and time, made into records one by one; places; names: of craft;
    window: what was searched; warnings: what a person should know, in one line each."""

    sightings: Sequence[Sighting]
    places: tuple[Place, ...]
    names: dict[str, str]
    window: Window
    warnings: tuple[str, ...]


def sightings(places: Places, *, tle: str | Path | None = None, oem: str | Path | None = None,
              flight: str | Path | None = None, start: Epoch | str | None = None, stop: Epoch | str | None = None,
              rules: str | SeenWhen = "nasa", min_elevation_deg: float | None = None,
              magnitude: float | None = None, max_age_days: float = OLDEST_S / DAY_S,
              reboosts: Sequence[str | Announced] = (), plan: str | Path | None = None,
              progress: Callable[[float], None] | None = None) -> SightingReport:
    """Passes that can be seen over places (``"LAT,LON[,ALT_M]"``, names, ``Place``, or the path of a CSV file).

    One of tle (element sets, OMM), oem and flight (a folder that ``fakel fly`` wrote: station and ships, the climb and
    the entry too). start, stop: UTC; blank: as long as ephemeris or flight, or ten days from the set's epoch. rules:
    ``nasa``, ``eye``, ``all`` or ``SeenWhen``. magnitude: standard magnitude of the craft (1000 km, half lit); blank:
    the station's. reboosts: burns (``"UTC,M_S"`` along the motion) and plan: an ephemeris whose comments announce them,
    both for tle, whose set does not know them. Raises InputError in one line that names the input and the remedy.
    """
    if sum(given is not None for given in (tle, oem, flight)) != 1:
        raise InputError("give one of tle, oem and flight: the path of the craft")
    first = None if start is None else as_epoch(start, "from")
    last = None if stop is None else as_epoch(stop, "to")
    where, assumed = as_places(places)
    when = as_rules(rules, min_elevation_deg)
    if magnitude is not None and not -10.0 <= magnitude <= 20.0:
        raise InputError(f"--magnitude = {magnitude:g}; it must be -10 to 20")
    if flight is not None:
        if reboosts or plan:
            raise InputError("--reboost and --plan belong to --tle; a flown mission holds its burns")
        return _of_flight(Path(flight), where, assumed, first, last, when, magnitude)
    path, window, told = _path(tle, oem, first, last, max_age_days, reboosts, plan)
    if magnitude is None:
        known = any(name in path.craft.upper() for name in STATION_NAMES)
        magnitude = STATION_MAGNITUDE if known else float("nan")
        told += () if known else (
            f"how bright {path.craft} is, is not known; give --magnitude (at 1000 km, half lit)",)
    found = find_sightings(path, where, when, magnitude=magnitude,
                           light="sunlight" if when.sunlight else "any", progress=progress)
    return SightingReport(found, where, {STATION: path.craft}, window,
                          (*assumed, *path.told, *told, *path.world.warnings))


@dataclass(frozen=True, slots=True, eq=False)
class TransitReport:
    """transits: in order of time; the rest as in ``SightingReport``."""

    transits: tuple[Transit, ...]
    places: tuple[Place, ...]
    window: Window
    warnings: tuple[str, ...]


def transits(places: Places, *, tle: str | Path | None = None, oem: str | Path | None = None,
             start: Epoch | str | None = None, stop: Epoch | str | None = None, within_km: float = 0.0,
             max_age_days: float = OLDEST_S / DAY_S, reboosts: Sequence[str | Announced] = (),
             plan: str | Path | None = None) -> TransitReport:
    """When a craft crosses the Sun or the Moon over places; what is given is as for ``sightings``.

    within_km: also discs that are missed, where the line of a central transit runs so near. Raises InputError.
    """
    if (tle is None) == (oem is None):
        raise InputError("transits need one of tle and oem: the path of the craft")
    if not 0.0 <= within_km <= 500.0:
        raise InputError(f"--within-km = {within_km:g}; it must be 0 to 500")
    where, assumed = as_places(places)
    path, window, told = _path(tle, oem, None if start is None else as_epoch(start, "from"),
                               None if stop is None else as_epoch(stop, "to"), max_age_days, reboosts, plan)
    a, b = path.window.start, path.window.stop
    found = tuple(t for t in find_transits(path, where, 1000.0 * within_km) if a <= t.look.epoch <= b)
    return TransitReport(found, where, window, (*assumed, *path.told, *told, *path.world.warnings))


def _path(tle: str | Path | None, oem: str | Path | None, first: Epoch | None, last: Epoch | None, max_age_days: float,
          reboosts: Sequence[str | Announced], plan: str | Path | None) -> tuple[SeenPath, Window, tuple[str, ...]]:
    """The path of the craft, the window, and what to tell."""
    pushes = as_reboosts(reboosts, plan)
    if tle is not None:
        return _of_elements(Path(tle), first, last, max_age_days, pushes)
    if pushes:
        raise InputError("--reboost and --plan belong to --tle; the states of an OEM hold its burns")
    return _of_ephemeris(Path(str(oem)), first, last)


def _of_flight(folder: Path, places: tuple[Place, ...], assumed: tuple[str, ...], first: Epoch | None,
               last: Epoch | None, rules: SeenWhen, magnitude: float | None) -> SightingReport:
    """Every craft of a flown mission."""
    flown, told = read_flight(folder)
    if not any(leg.arcs for leg in flown.legs):
        raise InputError(f"--flight: {folder}: nothing of it has flown; give a folder that fakel fly wrote")
    whole = flown_window(flown)
    window = as_window(first or whole.start, last or whole.stop)
    if not window & whole:
        raise InputError(f"--flight: {folder} flies from {whole.start.iso()} to {whole.stop.iso()}, nothing of "
                         f"{window.start.iso()} to {window.stop.iso()}; choose a window in it")
    found = find_in_flight(flown, places, rules, window, STATION_MAGNITUDE if magnitude is None else magnitude)
    ships = flown.mission.get("ships", {})
    names = {craft: str(ships[craft]["name"]) if craft in ships else str(flown.mission["station"]["name"])
             for craft in sorted({s.craft for s in found} | {STATION})}
    return SightingReport(found, places, names, window, (*assumed, *told))


def sky(report: SightingReport, sighting: Sighting) -> SkyAbove:
    """What stands in the sky at the peak of a sighting of a report: stars, Moon, planets, and the craft's way."""
    return sky_of(sighting, getattr(report.sightings, "path", None))


def as_places(places: Places) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Places of what was given, and what was assumed to find them. InputError."""
    if isinstance(places, Path):
        return read_places(places, "--places")
    if isinstance(places, str | Place):
        places = (places,)
    places = tuple(places)
    if not places:
        raise InputError("no place is given; give one or more, such as \"55.75,37.62\" or a name")
    return places_of(places, "--place")


def as_rules(rules: str | SeenWhen, min_elevation_deg: float | None, refraction: bool = False) -> SeenWhen:
    """Rules by name or as they are, with another lowest elevation, and refraction if asked."""
    if isinstance(rules, str):
        if rules not in RULES:
            raise InputError(f"--rules: {rules!r} is not known; write one of: {', '.join(RULES)}")
        rules = RULES[rules]
    if refraction:
        rules = replace(rules, refraction=True)
    if min_elevation_deg is None:
        return rules
    if not -2.0 <= min_elevation_deg < 90.0:
        raise InputError(f"--min-elevation = {min_elevation_deg:g}; it must be -2 to below 90 degrees")
    return replace(rules, mask_rad=float(np.radians(min_elevation_deg)))


def as_window(first: Epoch, last: Epoch) -> Window:
    """A window. InputError when it is empty or too long."""
    if last <= first:
        raise InputError(f"--to = {last.iso()} is not after --from = {first.iso()}; give a later end")
    if last - first > LONGEST_S:
        raise InputError(f"--from to --to is {(last - first) / DAY_S:.0f} days; search {LONGEST_S / DAY_S:.0f} days or "
                         "less at a time")
    return Window(first, last)


def _of_elements(file: Path, first: Epoch | None, last: Epoch | None, max_age_days: float,
                 reboosts: Sequence[Announced]) -> tuple[SeenPath, Window, tuple[str, ...]]:
    """SGP4's path, or one through burns that the set does not know, and what its age means. InputError when the set is
    too old."""
    begin, end = first or last, last or first
    middle = begin + 0.5 * (end - begin) if begin and end else None        # the newest set that was known then
    set_ = read_elements(file, "--tle", wanted=middle)
    if first is None:
        first = set_.epoch if last is None or last > set_.epoch else last + -10 * DAY_S
    window = as_window(first, last or first + 10 * DAY_S)
    age_s = age_in(window, set_.epoch, max_age_days, file)
    satellite = satrec_from_lines(set_.line1, set_.line2)
    pushes = pushes_in(reboosts, satellite, window)
    try:
        path = (_pushed(satellite, window, pushes, f"--tle: {file.name}") if pushes else
                path_of_elements(satellite, STATION, window))
    except FlightError as error:
        raise InputError(f"--tle: {file.name}: {error}") from None
    told: tuple[str, ...] = () if pushes or not reboosts else (
        f"no burn that is given lies between the set of {set_.epoch.iso()} and {window.stop.iso()}; none is flown",)
    if age_s > WARN_S:
        told += (f"the element set is of {set_.epoch.iso()}, up to {age_s / DAY_S:.1f} days from these passes; "
                f"{'its burns are given' if pushes else age_told(age_s)}: instants are told ± up to "
                f"{path.sigma_s(set_.epoch + age_s):.0f} s",)
    return replace(path, craft=name_of(satellite)), window, told


def _pushed(satellite: Satrec, window: Window, pushes: tuple[Announced, ...], where: str) -> SeenPath:
    epoch = epoch_of(satellite)
    first, last = min(epoch + -DAY_S, window.start), max(epoch + DAY_S, window.stop)
    world = UNKNOWN.world(first, last, margin_s=PATH_SLACK_S)
    return path_with_pushes(satellite, STATION, window, pushes, world, UNKNOWN.numbers, UNKNOWN.mass_kg, where)


def as_reboosts(reboosts: Sequence[str | Announced], plan: str | Path | None) -> tuple[Announced, ...]:
    """Burns as ``UTC,M_S`` or ready-made, and those that an ephemeris announces in its comments. InputError."""
    found = []
    for given in reboosts:
        if isinstance(given, Announced):
            found.append(given)
            continue
        instant, _, size = given.partition(",")
        try:
            epoch, dv_m_s = Epoch.utc(instant), float(size)
        except ValueError:
            raise InputError(f"--reboost: {given!r}; write it like 2024-02-24T00:21Z,1.7 (begin, m/s along the motion)"
                             ) from None
        if not 0.0 < abs(dv_m_s) < 20.0:
            raise InputError(f"--reboost: {dv_m_s:g} m/s; it must be other than 0 and below 20 m/s")
        found.append(Announced("reboost", epoch, epoch, dv_m_s))
    if plan is not None:
        ephemeris = read_oem(Path(plan), "--plan")
        told = [burn for burn in ephemeris.burns if burn.dv_m_s]
        if not told:
            raise InputError(f"--plan: {Path(plan).name} announces no burn with its size in its comments; "
                             "leave it out or name one with --reboost")
        found += told
    return tuple(found)


def _of_ephemeris(file: Path, first: Epoch | None, last: Epoch | None) -> tuple[SeenPath, Window, tuple[str, ...]]:
    ephemeris = read_oem(file, "--oem")
    if last is None and first is not None and first >= ephemeris.stop:
        raise InputError(f"--from = {first.iso()}: {ephemeris.source} ends at {ephemeris.stop.iso()}; choose an "
                         "earlier begin or give a newer file")
    window = as_window(first or ephemeris.start, last or ephemeris.stop)
    pushed = tuple(f"{b.name} at {b.epoch.iso()} is in the ephemeris"
                   + (f" ({b.dv_m_s:g} m/s)" if b.dv_m_s else "") for b in ephemeris.burns
                   if window.start <= b.epoch < window.stop)
    check_no_gap(ephemeris, window)
    path = path_of_ephemeris(ephemeris, ephemeris.name, window)
    return path, window, pushed
