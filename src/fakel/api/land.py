"""When to brake so that a crew comes down where it is waited for: opportunities over days and months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fakel.api.fit import forces_for
from fakel.api.forces import as_epoch
from fakel.api.reach import require_air_known
from fakel.api.track import age_in
from fakel.estimate.elements import STATION_NUMBER, epoch_of, fit_elements, name_of, satrec_from_lines
from fakel.estimate.ephemeris import places_gcrf
from fakel.load.elements import read_elements
from fakel.load.library import Library
from fakel.load.oem import read_oem
from fakel.load.omm import satrec_from_fields
from fakel.load.path import check_no_gap
from fakel.load.zones import zones_of
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError, NoWindow
from fakel.model.landing import Landings, Nearest
from fakel.model.place import Site, Station
from fakel.model.start import HALF_ORBIT_M, age_error_m, age_told
from fakel.model.vehicle import Vehicle
from fakel.physics.force import Forces
from fakel.physics.geodesy import RADIUS_M
from fakel.plan.craft import Path as Flown
from fakel.plan.craft import cd_area_m2
from fakel.plan.deorbit import BEFORE_PASS_S, TRACK_STEP_S, deorbit_of, usual_dv_m_s
from fakel.plan.descent import descent_of
from fakel.plan.return_effects import effects_of
from fakel.plan.return_limits import check_dv, check_reserve
from fakel.plan.returns import EARLY_S, Orbit, coasting, nearest_misses, opportunities, screened
from fakel.plan.seen_path import ISSUE_M, ISSUE_M_DAY2, between
from fakel.world import World, build_world

OLDEST_DAYS = 45.0
STATION_ID = "iss-2013-11"
BEFORE_S, AFTER_S, FIT_S = 3 * 3600.0, 1.1 * DAY_S, 43_200.0
LOWEST_M, SPARE_M = 120e3, 40e3
AHEAD_S = 10 * DAY_S
UNFOLDING_M = 2500.0            # that a capsule falls until its canopies carry it, about


@dataclass(frozen=True, slots=True)
class Ship:
    """What goes home: a type of spacecraft, its mass and propellant at the braking burn, and what must be left."""

    vehicle: Vehicle
    mass_kg: float
    propellant_kg: float
    reserve_kg: float


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The orbit that a file gives, the world it flies in, and how far it may be off along track (m) at an instant, and
    how far if no burn has changed it."""

    craft: str
    source: str
    orbit: Orbit
    world: World
    errors_m: Callable[[Epoch], tuple[float, float]]
    told: tuple[str, ...]


def ship_of(spacecraft: str, mass_kg: float | None = None, propellant_kg: float | None = None,
            reserve_kg: float | None = None) -> Ship:
    """A spacecraft by id or FILE.toml, as it usually is when it goes home unless told otherwise."""
    where = "--spacecraft"
    vehicle: Vehicle = (Library(Path(spacecraft).parent.parent).load(Vehicle, Path(spacecraft))
                        if spacecraft.endswith(".toml") else Library().find(Vehicle, spacecraft, where))
    table = deorbit_of(vehicle)
    descent_of(vehicle)
    usual = (mass_kg, table.usual_mass_kg, vehicle.mass_kg), (propellant_kg, table.usual_propellant_kg,
                                                              vehicle.propellant_kg)
    mass, left = (next(value for value in values if value is not None) for values in usual)
    reserve = table.reserve_kg if reserve_kg is None else reserve_kg
    if not left < mass:
        raise InputError(f"--mass = {mass:g} kg is not more than the propellant in it ({left:g} kg); mend one of them")
    return Ship(vehicle, mass, left, reserve)


def landings(zones: Sequence[str] | Sequence[Site] = ("zhezkazgan",), *, tle: str | Path | None = None,
             oem: str | Path | None = None, spacecraft: str | Ship = "soyuz-tma-m", start: Epoch | str,
             stop: Epoch | str, dv_m_s: float | None = None, daylight: bool = False, effects: bool = False,
             max_age_days: float = OLDEST_DAYS, progress: Callable[[float], None] = lambda part: None) -> Landings:
    """Landings whose burn begins after start and that touch down before stop, for any set of zones.

    zones: ids, ``all``, coordinates, files or records. tle or oem: where the ship is docked, or the ship itself; it is
    taken to fly as that craft does until the burn. dv_m_s: other than the vehicle's own. daylight: with the Sun up.
    effects: also how the first landing answers to one change at a time. max_age_days: the window may reach so far from
    an element set. Raises NoWindow, with the nearest miss of each zone, when there is none; InputError for what cannot
    be used.
    """
    window = window_of(as_epoch(start, "--from"), as_epoch(stop, "--to"))
    ship = ship_of(spacecraft) if isinstance(spacecraft, str) else spacecraft
    sites = tuple(z for z in zones if isinstance(z, Site)) or zones_of([z for z in zones if isinstance(z, str)])
    known = checked_orbit(tle, oem, window, ship, max_age_days, sites, dv_m_s)
    found, passings, flown = opportunities(known.orbit, window, sites, ship.vehicle, dv_m_s,
                                           known.world.seconds(window.start), known.errors_m, known.world, progress)
    kept = tuple(one for one in found if not daylight or one.light.phase == "day")
    missed = nearest_misses(sites, found, passings, known.world)
    if not kept:
        raise NoWindow(_none(known, window, sites, ship, len(found), missed, tle, max_age_days))
    told = (*known.told, *known.world.warnings)
    changed = effects_of(known.orbit, kept[0], ship.vehicle, known.world) if effects else ()
    return Landings(known.craft, known.source, ship.vehicle.name, window, sites, kept, missed,
                    (len(passings), flown), told, changed)


def known_orbit(tle: str | Path | None, oem: str | Path | None, window: Window, ship: Ship, max_age_days: float
                ) -> Known:
    """The orbit of an element set or an ephemeris, one of them, over a window."""
    if (tle is None) == (oem is None):
        raise InputError("fakel land needs an orbit; give --tle or --oem, one of them")
    return (_of_elements(Path(tle), window, ship, max_age_days) if tle is not None else
            _of_ephemeris(Path(str(oem)), window, ship))


def checked_orbit(tle: str | Path | None, oem: str | Path | None, window: Window, ship: Ship, max_age_days: float,
                  zones: Sequence[Site], dv_m_s: float | None) -> Known:
    """The same, for a ship that can land in the zones and make the burn."""
    _check_heights(zones, ship)
    known = known_orbit(tle, oem, window, ship, max_age_days)
    _check_burn(known, window, ship, dv_m_s, zones[0])
    return known


def window_of(start: Epoch, stop: Epoch) -> Window:
    """From --from to --to. InputError when it ends before it begins."""
    if stop <= start:
        raise InputError(f"--to = {stop.iso()} is not after --from = {start.iso()}; write a later one")
    return Window(start, stop)


def _check_heights(zones: Sequence[Site], ship: Ship) -> None:
    """InputError for a zone above the height where the parachutes have slowed the capsule."""
    opens_m = descent_of(ship.vehicle)[1].command_height_m
    for zone in zones:
        if zone.height_m > opens_m - UNFOLDING_M:
            raise InputError(f"--zone: {zone.id} lies at {zone.height_m:g} m and {ship.vehicle.name} opens its "
                             f"parachutes at {opens_m:g} m; write a height in metres, below {opens_m - UNFOLDING_M:g}")


def _check_burn(known: Known, window: Window, ship: Ship, dv_m_s: float | None, zone: Site) -> None:
    """InputError for a burn that the ship cannot make or that the crew cannot bear."""
    first_s = known.world.seconds(window.start)
    path = known.orbit.path(first_s)
    dv = usual_dv_m_s(path, ship.vehicle, known.world) if dv_m_s is None else dv_m_s
    near = screened(known.orbit, first_s, known.world.seconds(window.stop), (zone,), known.world)
    start_s = max((near[0].pass_s if near else first_s + EARLY_S) - BEFORE_PASS_S, path.t_s)
    where = "--dv" if dv_m_s is not None else "the vehicle's own delta-v"
    check_dv(dv, known.orbit.path(start_s), start_s, ship.vehicle, zone, known.world, where)
    check_reserve(dv, ship.mass_kg, ship.propellant_kg, ship.reserve_kg, ship.vehicle)


def _of_elements(file: Path, window: Window, ship: Ship, max_age_days: float) -> Known:
    """Our motion from an element set: the state fitted to SGP4 half a day to either side, then carried on."""
    set_ = read_elements(file, "--tle", wanted=window.start)
    satellite = satrec_from_fields(set_.fields) if set_.fields else satrec_from_lines(set_.line1, set_.line2)
    epoch = epoch_of(satellite)
    age_s = age_in(window, epoch, max_age_days, file)
    require_air_known(epoch, window.stop, "--to", "ask for an earlier window")
    first, last = min(epoch + -FIT_S, window.start + -BEFORE_S), max(epoch + FIT_S, window.stop + AFTER_S)
    fault, place_km, speed_km_s = satellite.sgp4_tsince(0.0)
    if fault:
        raise InputError(f"--tle: {file.name}: SGP4 gives error {fault} at the set's own epoch; give another set")
    high_m = _highest_m(1e3 * np.array(place_km), 1e3 * np.array(speed_km_s))
    world = build_world(first, last, margin_s=3600.0, heights_m=(LOWEST_M, high_m + SPARE_M))
    station: Station = Library().find(Station, STATION_ID, "station")
    is_station = satellite.satnum == STATION_NUMBER
    area_m2, mass_kg = ((cd_area_m2(station), station.mass_kg) if is_station else
                        (cd_area_m2(ship.vehicle), ship.mass_kg))
    fit = fit_elements(satellite, world, Forces(area_m2), mass_kg, f"--tle: {file.name}", with_drag=not is_station)
    area_m2 *= (1.0 if is_station else fit.drag_scale) * ship.mass_kg / mass_kg
    path = Flown(world.seconds(epoch), np.append(fit.y[:6], ship.mass_kg), area_m2)

    def errors_m(at: Epoch) -> tuple[float, float]:
        off_m, calm_m = (min(age_error_m(abs(at - epoch), burns), HALF_ORBIT_M) for burns in (True, False))
        return off_m, calm_m
    begin_s = world.seconds(window.start) - BEFORE_S
    orbit = coasting(path.at(begin_s, world), world.seconds(window.stop) + 7200.0, world)
    off_s, calm_s = (m / float(np.linalg.norm(fit.y[3:6])) for m in errors_m(epoch + age_s))
    calm = f", and by {calm_s:.0f} s where no burn changes the orbit" if calm_s < off_s else ""
    told = (f"the element set is of {epoch.iso()}, up to {age_s / DAY_S:.1f} days away; {age_told(age_s)}, which moves "
            f"burns by {off_s:.0f} s{calm}",)
    return Known(name_of(satellite), f"element set of {epoch.iso()} in {file.name}", orbit, world,
                 errors_m, told)


def _highest_m(position_m: np.ndarray, velocity_m_s: np.ndarray) -> float:
    """Apogee over the equator's radius, of the two-body orbit through a state."""
    from fakel.physics.ascent import MU_M3_S2
    r, v2 = float(np.linalg.norm(position_m)), float(velocity_m_s @ velocity_m_s)
    a = 1.0 / (2.0 / r - v2 / MU_M3_S2)
    h2 = float(np.sum(np.cross(position_m, velocity_m_s) ** 2))
    return a * (1.0 + np.sqrt(max(1.0 - h2 / (MU_M3_S2 * a), 0.0))) - RADIUS_M


def _of_ephemeris(file: Path, window: Window, ship: Ship) -> Known:
    """The states of an ephemeris; burns that it knows of are in them."""
    path = read_oem(file, "--oem")
    if window.start < path.start or window.stop > path.stop:
        raise InputError(f"--from, --to: {file.name} holds {path.start.iso()} to {path.stop.iso()}, not "
                         f"{window.start.iso()} to {window.stop.iso()}; ask inside that")
    begin, end = max(path.start, window.start + -BEFORE_S), min(path.stop, window.stop + 7200.0)
    check_no_gap(path, Window(begin, end))
    # The heights of the states bound the air; the margin of a day and more is for the light after the last landing.
    high_m = float(np.max(np.linalg.norm(path.position_m, axis=1))) - RADIUS_M
    world = build_world(path.start, path.stop + AFTER_S, margin_s=3600.0, heights_m=(LOWEST_M, high_m + SPARE_M))
    t_s = np.arange(0.0, end - begin, TRACK_STEP_S)
    states = between(path.t_s, places_gcrf(path, world), t_s + (begin - path.start))
    forces = forces_for(path)
    area_m2 = forces.drag_coefficient * forces.drag_area_m2 * ship.mass_kg / forces.mass_kg
    rows = np.column_stack([states, np.full(len(t_s), ship.mass_kg)])
    made = min(path.created or path.start, path.stop)
    return Known(path.name, f"states of {file.name}", Orbit(world.seconds(begin), rows, area_m2), world,
                 lambda at: (ISSUE_M + ISSUE_M_DAY2 * (max(at - made, 0.0) / DAY_S) ** 2,) * 2, path.told)


def _none(known: Known, window: Window, zones: Sequence[Site], ship: Ship, dark: int,
          missed: Sequence[Nearest], tle: str | Path | None, max_age_days: float) -> str:
    """Why there is no landing, how near the nearest pass comes and when, and what comes next."""
    span = f"from {window.start.iso()} to {window.stop.iso()}"
    if dark:
        return f"no landing in daylight {span}; {dark} at night: leave out --daylight, or ask for other days"
    reach_km = descent_of(ship.vehicle)[0].crossrange_m / 1000
    nearest = [f"{m.zone.id}: the nearest pass would need {abs(m.crossrange_m) / 1000:.0f} km of cross-range at "
               f"{m.landing.iso()[:16]}Z" for m in missed]
    coming = _coming(known, window, zones, ship, tle, max_age_days)
    return (f"no orbit reaches {', '.join(z.id for z in zones)} {span}: {ship.vehicle.name} has {reach_km:.0f} km of "
            f"cross-range, {'; '.join(nearest) or 'no pass comes near'}; {coming}")


def _coming(known: Known, window: Window, zones: Sequence[Site], ship: Ship, tle: str | Path | None,
            max_age_days: float) -> str:
    """The next opportunity in ten days after a window, as screened."""
    orbit, world = known.orbit, known.world
    row = orbit.rows[0]
    inclination = np.arccos(np.cross(row[:3], row[3:6])[2] / np.linalg.norm(np.cross(row[:3], row[3:6])))
    reach_m = descent_of(ship.vehicle)[0].crossrange_m
    far = [z for z in zones if (abs(z.latitude_rad) - min(inclination, np.pi - inclination)) * RADIUS_M > reach_m]
    if len(far) == len(zones):
        return (f"an orbit inclined by {np.degrees(inclination):.1f} deg never comes nearer; choose another zone")
    if tle is None:
        return "give an ephemeris that goes on longer, or more zones"
    later = Window(window.stop, window.stop + AHEAD_S)
    try:
        known = _of_elements(Path(tle), later, ship, max_age_days + AHEAD_S / DAY_S)
    except InputError:
        return "ask for other days, or more zones"
    orbit, world = known.orbit, known.world
    for p in screened(orbit, world.seconds(later.start), world.seconds(later.stop), zones, world):
        if abs(p.offset_m) < reach_m:
            return f"the next is at {p.zone.id} about {(world.epoch + p.pass_s).iso()[:16]}Z"
    return "nor in the ten days after; choose more zones"
