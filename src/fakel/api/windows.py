"""When a ship may lift off for a station: every launch window over days to a year, from what people have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from fakel.api.forces import as_epoch
from fakel.api.rendezvous import CARRIED, launch_of, profile_of, profiles, ship_of
from fakel.api.suits import record_of
from fakel.api.window_orbit import Known, of_elements, of_ephemeris, of_state
from fakel.api.window_reboost import reboosted
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError, NoWindow
from fakel.model.launcher import Launcher, OrbitTarget
from fakel.model.place import Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.model.way_up import Reboost
from fakel.model.windows import LaunchWindow, LaunchWindows, PlaneDay
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.plan.ascent import check_lift
from fakel.plan.craft import cd_area_m2
from fakel.plan.insertion import inclination_of, plane_normal
from fakel.plan.mean_orbit import mean_orbit
from fakel.plan.steering import check_served, node_over_pad
from fakel.plan.window_facts import Around, told
from fakel.plan.windows import Asked, Found, nearest_day, search

STATION_ID = "iss-2013-11"
OLDEST_DAYS, LONGEST_DAYS, FREE_HOURS = 30.0, 400.0, 12.0
AROUND_DAYS = 20.0
"""So far from a range without a window the nearest one is looked for."""
FAR_TILT_RAD = np.radians(1.0)
"""So far apart in inclination there is nothing to search for; what is less costs delta-v (``plan.launch``)."""
HALF_CLIMB_S = 250.0
"""A launcher that steers leaves so long before the pad lies in the plane, about: good enough to weigh its load."""


def windows(*, tle: str | Path | None = None, oem: str | Path | None = None, state: str = "", pad: str,
            vehicle: str = "", spacecraft: str = "", profile: Sequence[str] = (), start: Epoch | str,
            stop: Epoch | str, reboost: date | str | None = None, mass_kg: float | None = None,
            station: str = STATION_ID, free_hours: float = FREE_HOURS, max_age_days: float = OLDEST_DAYS,
            progress: Callable[[float], None] = lambda part: None) -> LaunchWindows:
    """Every liftoff from start to stop that meets the station's plane with a phase which a profile takes.

    tle, oem or state: where the station is known to be, one of them. vehicle: the launcher (default: the one in service
    then at the pad); spacecraft: what it carries (default: that of the first profile, or of the launcher); profile: any
    that may be flown (default: all of the spacecraft that crews have flown). reboost: a day (UTC) that the smallest
    push of the station is to open; the windows are those after it. free_hours: before liftoff and after docking without
    other events. max_age_days: how old what is known of the station may be at start. Raises NoWindow, with the nearest
    day and window of each profile, when there is none; InputError for what cannot be used.
    """
    wanted = None if reboost is None else _day(reboost)
    window = _window(as_epoch(start, "--from"), as_epoch(stop, "--to"))
    where = launch_of(window.start.day.isoformat(), pad, vehicle)
    ship = ship_of(spacecraft or _carried(profile, where.launcher), mass_kg)
    record: Station = record_of(Station, station, "--station")
    chosen = _profiles(profile, ship)
    asked = Asked(where.launcher, where.pad, chosen, ship.mass_kg, cd_area_m2(ship))

    def known_over(span: Window, oldest_days: float) -> Known:
        return known_orbit(tle, oem, state, span, record, oldest_days)

    known = known_over(window, max_age_days)
    _check_lift(asked, known, window)
    push: Reboost | None = None
    if wanted is not None:
        known, push = reboosted(known, asked, chosen[0], wanted, window)
    found, agreement = search(window, asked, known.station, progress)
    around = Around(known.events, free_hours * 3600.0, known.phase_error_rad, known.age_s)
    opportunities = tuple(sorted((one for f in found for one in told(f, asked, known.station, around)),
                                 key=lambda one: one.liftoff))
    nearest = tuple(_nearest_told(p, found, known) for p in chosen if not any(p.id == o.profile for o in opportunities))
    if not opportunities:
        around_told = "" if push else _windows_around(window, asked, known_over)
        raise NoWindow(_none(window, asked, nearest, around_told))
    epoch = known.station.near.epoch
    days = tuple(PlaneDay(epoch + f.meeting.t_s, f.meeting.phase_rad,
                          known.phase_error_rad(epoch + f.meeting.t_s)) for f in found)
    return LaunchWindows(known.craft, known.source, known.known.stop, where.launcher.name, ship.name, where.pad, window,
                         chosen, opportunities, days, agreement, epoch + known.station.held[1], push, nearest,
                         (*known.told, *_ways_told(chosen, ship), *_age_told(known, window, opportunities),
                          *known.station.near.warnings))


def known_orbit(tle: str | Path | None, oem: str | Path | None, state: str, window: Window, station: Station,
                max_age_days: float = OLDEST_DAYS) -> Known:
    """The station of one of the three."""
    if (tle is not None) + (oem is not None) + bool(state) != 1:
        raise InputError("fakel windows needs the station's orbit; give --tle, --oem or --state, one of them")
    if tle is not None:
        return of_elements(Path(tle), window, station, max_age_days)
    if oem is not None:
        return of_ephemeris(Path(oem), window, station, max_age_days)
    return of_state(state, window, station, max_age_days)


def _window(start: Epoch, stop: Epoch) -> Window:
    if stop <= start:
        raise InputError(f"--to = {stop.iso()} is not after --from = {start.iso()}; write a later one")
    if stop - start > LONGEST_DAYS * DAY_S:
        raise InputError(f"--from, --to: {(stop - start) / DAY_S:.0f} days; ask for {LONGEST_DAYS:.0f} at most")
    return Window(start, stop)


def _day(value: date | str) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"--reboost = {value!r} is not a date; write it like 2014-05-28") from error


def _ways_told(chosen: Sequence[Profile], ship: Ship) -> tuple[str, ...]:
    """Profiles that were asked for, of another spacecraft."""
    return tuple(f"{p.id} is a way of {p.vehicle}; how {ship.vehicle.name} would fly it, nobody has shown"
                 for p in chosen if not p.serves(ship.vehicle.id))


def _carried(names: Sequence[str], launcher: Launcher) -> str:
    """The spacecraft, where none is named, by id."""
    return profile_of(names[0]).vehicle if names else CARRIED.get(launcher.id, "soyuz-tma-m")


def _profiles(names: Sequence[str], ship: Ship) -> tuple[Profile, ...]:
    """Those named, each once, or all of the ship that have been flown; shortest first."""
    if names:
        return tuple({p.id: p for p in (profile_of(name) for name in names)}.values())
    found = tuple(p for p in profiles() if p.serves(ship.vehicle.id) and not p.experiment)
    if not found:
        raise InputError(f"no profile is for {ship.vehicle.name}; give one with --profile")
    return found


def _check_lift(asked: Asked, known: Known, window: Window) -> None:
    """InputError for a launcher whose inclination is another, a pad that the plane does not reach, a spacecraft too
    heavy for the launcher (by how much)."""
    path, world = known.station.at(known.station.near.seconds(window.start))
    tilt, target = mean_orbit(path, world).inclination_rad, asked.launcher.target
    if not isinstance(target, OrbitTarget):
        own = inclination_of(target)
        if abs(own - tilt) > FAR_TILT_RAD:
            raise InputError(f"{asked.launcher.name} flies into {_deg(own):.1f} deg whenever it leaves, {known.craft} "
                             f"is at {_deg(tilt):.1f} deg; take a launcher that steers, or another station")
        check_lift(asked.launcher, asked.pad, asked.mass_kg)
        return
    check_served(asked.pad, tilt, known.craft)
    ahead = node_over_pad(asked.pad, tilt, True) + EARTH_RATE_RAD_S * HALF_CLIMB_S
    check_lift(asked.launcher, asked.pad, asked.mass_kg, plane_normal(tilt, asked.pad.longitude_rad + ahead))


def _age_told(known: Known, window: Window, found: Sequence[LaunchWindow]) -> tuple[str, ...]:
    """How sure the first and the last window are."""
    ends = (found[0], found[-1]) if len(found) > 1 else (found[0],)
    parts = [f"{one.liftoff.iso()[:10]}, {known.age_s(one.liftoff) / DAY_S:.0f} days away: "
             f"phase +-{_deg(one.doubt.phase_rad):.2g} deg, liftoff +-{one.doubt.liftoff_s:.0f} s" for one in ends]
    return (f"the station is known at {known.known.stop.iso()}; one sigma, if nothing is announced, on "
            f"{'; on '.join(parts)}",)


def _nearest_told(profile: Profile, found: Sequence[Found], known: Known) -> str:
    """On which day a profile without a window comes nearest to one."""
    best = nearest_day(found, profile)
    if best is None:
        return f"{profile.id}: the pad does not meet the station's plane"
    meeting, beside = best
    low, high = _deg(profile.phase_min_rad), _deg(profile.phase_max_rad)
    at = known.station.near.epoch + meeting.t_s
    side = "far" if beside > 0 else "near"
    return (f"{profile.id} takes {low:g} to {high:g} deg; nearest on {at.iso()[:16]}Z, the station "
            f"{_deg(meeting.phase_rad):.1f} deg ahead, {abs(_deg(beside)):.1f} deg too {side}")


def _windows_around(window: Window, asked: Asked, known_over: Callable[[Window, float], Known]) -> str:
    """In words: the window of each profile nearest to a range without one, up to AROUND_DAYS away."""
    wide = Window(window.start + -AROUND_DAYS * DAY_S, window.stop + AROUND_DAYS * DAY_S)
    try:
        known = known_over(wide, np.inf)
        found = search(wide, asked, known.station)[0]
    except InputError:                                   # past what is known of Sun and Moon, or of the air
        return ""
    out = []
    for profile in asked.profiles:
        taken = [one.liftoff for f in found for p, one in f.solved if p.id == profile.id and one.accepted]
        if taken:
            nearest = min(taken, key=lambda at: max(window.start - at, at - window.stop))
            out.append(f"{nearest.iso()} ({profile.id})")
    return (f"the nearest windows: {', '.join(out)}; " if out else
            f"none within {AROUND_DAYS:g} days before or after either; ")


def _none(window: Window, asked: Asked, nearest: Sequence[str], around: str) -> str:
    return (f"no launch from {asked.pad.name} between {window.start.iso()} and {window.stop.iso()}: "
            f"{'; '.join(nearest)}; {around}ask for more days, or --reboost DAY")


def _deg(angle_rad: float) -> float:
    return float(np.degrees(angle_rad))
