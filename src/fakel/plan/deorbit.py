"""When to brake: landing opportunities of a day, and the burn start that brings a guided entry over the zone.

Every trial is flown: coast, finite burn, coast to module separation, entry at the nominal bank with its reversal. The
burn start is the root of the miss along the way. The phases fly with the same functions, so plan and flight agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from fakel.guidance.entry import Command, Miss, rolls_of
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S, day_window
from fakel.model.epoch import Window
from fakel.model.errors import InputError, NoWindow
from fakel.model.flight import Situation
from fakel.model.place import Site, Station
from fakel.model.vehicle import Deorbit, Ship, Vehicle
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.entry import COLUMNS, ENTRY_ROWS_S, ENTRY_STEP_S, descend
from fakel.physics.geodesy import enu_from_itrf, geodetic_from_itrf, itrf_from_geodetic
from fakel.physics.light import elevation_of_sun_rad
from fakel.physics.propagate import (
    G0_M_S2,
    INERTIAL,
    RTN,
    Thrust,
    burn,
    coast,
    coast_table,
    flown_path,
    require_done,
)
from fakel.plan.craft import Path, cd_area_m2, propellant_kg, state_y
from fakel.plan.descent import Entry, descent_of, entry_of, height_m, nominal_entry, under_parachutes
from fakel.world import World

BEFORE_PASS_S = 2200.0          # first guess of the burn before the station passes the zone
GROUND_SPEED_M_S = 7400.0       # first guess of how the landing moves with the burn
NEAR_RAD = 0.1                  # passes further from the zone than 640 km are not tried
TRACK_STEP_S = 60.0
CLOSE_M = 1.0
EARLIER_S = 600.0
LEAST_DV_M_S = 40.0             # of an extrapolated table
CHUNK_S, LOOKS = 300.0, 11
TILTED_M = 500.0                # of height is more than an axis 0.2 deg off makes (75 m)
DOWN_LIMIT_S = 5400.0           # a braking burn that does not bring the ship down within this has failed
DAYS_AHEAD = 10                 # how far a refusal looks for the next opportunity


@dataclass(frozen=True, slots=True)
class Braking:
    """A braking burn: world time of its start, length, delta-v, engine, unit direction (3,) and its mode."""

    start_s: float
    duration_s: float
    dv_m_s: float
    thrust: Thrust


@dataclass(frozen=True, slots=True)
class Chance:
    """A landing opportunity, flown to its end with the nominal command.

    offset_m: the zone's distance to the right of the middle of what the capsule can reach.
    """

    braking: Braking
    command: Command
    miss: Miss
    offset_m: float
    landing_s: float
    sun_elevation_rad: float


def deorbit_of(vehicle: Vehicle) -> Deorbit:
    """The vehicle's braking table. InputError when it has none."""
    if vehicle.deorbit is None:
        raise InputError(f"{vehicle.name} cannot brake: its vehicle file has no [deorbit]; add the table")
    return vehicle.deorbit


def mean_height_m(path: Path, world: World) -> float:
    """Mean height above the ellipsoid over the next revolution (93 min)."""
    rows = coast_table(path.y, path.t_s, 93.0, 61, path.cd_area_m2, world.field)
    fixed, _ = world.to_itrf(path.t_s + 93.0 * np.arange(61), rows[:, :3], rows[:, 3:6])
    return float(np.mean(geodetic_from_itrf(fixed)[2]))


def usual_dv_m_s(path: Path, vehicle: Vehicle, world: World) -> float:
    """Delta-v of the vehicle's table at the mean height of the orbit; above the table its end stands, below it its
    first line goes on (an orbit half braked already)."""
    table, mean_m = deorbit_of(vehicle), mean_height_m(path, world)
    if mean_m >= table.height_m[0] or len(table.height_m) < 2:
        return float(np.interp(mean_m, table.height_m, table.dv_m_s))
    slope = (table.dv_m_s[1] - table.dv_m_s[0]) / (table.height_m[1] - table.height_m[0])
    return max(table.dv_m_s[0] + slope * (mean_m - table.height_m[0]), LEAST_DV_M_S)


def braking(path: Path, start_s: float, dv_m_s: float, vehicle: Vehicle, world: World) -> tuple[Braking, FloatArray]:
    """The burn that begins at start_s, and the ship (7,) as it begins. Attitude as the vehicle's table says."""
    engine = vehicle.main_engine
    y = coast(path.y, path.t_s, start_s, path.cd_area_m2, world.field)
    duration_s = propellant_kg(y[6], dv_m_s, engine.isp_s) * engine.isp_s * G0_M_S2 / engine.thrust_n
    if deorbit_of(vehicle).attitude == "inertial":
        back, mode = -y[3:6] / np.linalg.norm(y[3:6]), INERTIAL
    else:
        back, mode = np.array([0.0, -1.0, 0.0]), RTN
    along = (float(back[0]), float(back[1]), float(back[2]))
    push = Thrust(start_s, duration_s, engine.thrust_n, engine.isp_s, along, mode)
    return Braking(start_s, duration_s, dv_m_s, push), y


def to_separation(path: Path, given: Braking, vehicle: Vehicle, world: World) -> Path | None:
    """The ship where its modules part, on the way down; None when the burn does not bring it there."""
    cut = cut_off(path, given, world)
    parted = fallen(cut, vehicle, world)
    return None if parted is cut else parted           # a burn that ends in the air is no plan


def cut_off(path: Path, given: Braking, world: World) -> Path:
    """The ship as a burn ends."""
    push = given.thrust
    y = coast(path.y, path.t_s, given.start_s, path.cd_area_m2, world.field)
    y = burn(y, given.start_s, given.duration_s, push.thrust_n, push.isp_s, np.array(push.direction), push.mode,
             path.cd_area_m2, world.field)
    return Path(given.start_s + given.duration_s, y, path.cd_area_m2)


def fallen(path: Path, vehicle: Vehicle, world: World) -> Path | None:
    """The ship where its modules part; None when its orbit does not bring it there."""
    t_s, y = path.t_s, path.y
    parting_m = deorbit_of(vehicle).module_separation_height_m

    def above_m(t_s: FloatArray, rows: FloatArray) -> FloatArray:
        return height_m(world.to_itrf(t_s, rows[:, :3], rows[:, 3:6])[0]) - parting_m

    if above_m(np.array([t_s]), y[None])[0] <= 0.0:
        return path
    for _ in range(int(DOWN_LIMIT_S / CHUNK_S)):
        flown, how = flown_path(y, t_s, t_s + CHUNK_S, path.cd_area_m2, world.field)
        last_s = float(flown.t_s[-1])
        looked_s = np.linspace(t_s, last_s, LOOKS)
        rows = flown.at(looked_s)
        # Heights over the axes of the stars, nearer the Earth's than 0.2 deg, tell whether a closer look is worth it.
        close = bool(np.min(height_m(rows[:, :3])) < parting_m + TILTED_M)
        heights_m = above_m(looked_s, rows) if close else np.ones(LOOKS)
        below = np.flatnonzero((heights_m[:-1] > 0.0) & (heights_m[1:] <= 0.0))
        if len(below):
            near = slice(int(below[0]), int(below[0]) + 2)
            met_s = _falling(lambda t, on=flown: above_m(t, on.at(t)), looked_s[near], heights_m[near])
            return Path(met_s, flown.at(met_s)[0], path.cd_area_m2)
        require_done(how, flown.end, t_s, last_s)
        y, t_s = flown.end, last_s
    return None


def _falling(of: Callable[[FloatArray], FloatArray], t_s: FloatArray, values: FloatArray) -> float:
    """Where a value falls through zero between two times, within 1 mm (secants; it is nearly straight)."""
    (a, b), (fa, fb) = t_s, values
    for _ in range(20):
        c = b - fb * (b - a) / (fb - fa)
        a, fa, b, fb = b, fb, c, of(np.array([c]))[0]
        if abs(fb) < 1e-3 or fa == fb:
            break
    return float(b)


class Landed(NamedTuple):
    """A burn flown down to the parachute with the nominal command; offset_m as in ``Chance``."""

    braking: Braking
    entry: Entry
    command: Command
    miss: Miss
    offset_m: float


def land(path: Path, start_s: float, dv_m_s: float, vehicle: Vehicle, zone: Site, world: World) -> Landed | None:
    """Fly a burn at start_s down to the parachute; None when it does not come down."""
    given, _ = braking(path, start_s, dv_m_s, vehicle, world)
    parting = to_separation(path, given, vehicle, world)
    if parting is None:
        return None
    entry = entry_of(parting.t_s, parting.y, vehicle, zone, world)
    command, miss, offset_m = nominal_entry(entry, descent_of(vehicle)[0].bank_nominal_rad)
    return Landed(given, entry, command, miss, offset_m)


def burn_start(path: Path, guess_s: float, dv_m_s: float, vehicle: Vehicle, zone: Site, world: World) -> Chance | None:
    """The burn whose guided entry misses nothing along the way, near a guess; None when there is none."""
    found = aimed(path, guess_s, dv_m_s, vehicle, zone, world)
    return None if found is None else _chance(found, vehicle, zone, world)


def aimed(path: Path, guess_s: float, dv_m_s: float, vehicle: Vehicle, zone: Site, world: World) -> Landed | None:
    """The same, down to the parachute command."""
    t, found, before = max(guess_s, path.t_s), None, None
    for _ in range(12):
        found = land(path, t, dv_m_s, vehicle, zone, world)
        if found is None or not np.isfinite(found.miss.beyond_m):
            return None
        miss_m = found.miss.beyond_m
        if abs(miss_m) < CLOSE_M:
            return found
        if is_past(found.entry):
            before, t = None, t - EARLIER_S
        else:
            slope = GROUND_SPEED_M_S if before is None else (miss_m - before[1]) / (t - before[0])
            before, t = (t, miss_m), t - float(np.clip(miss_m / slope, -1500.0, 1500.0))
        if t < path.t_s:
            return None
    return None


def is_past(entry: Entry) -> bool:
    """Whether the modules part past the zone, where too far looks like too short: the burn has to come much earlier."""
    return float(entry.y[3:6] @ entry.air.axes[1]) > 0.0


def descended(found: Landed, rows: int = 0) -> tuple[float, FloatArray, FloatArray]:
    """The nominal entry flown: time and state (6,) ITRF at the parachute command, and at most so many rows, one a s."""
    entry, capsule, trace = found.entry, found.entry.capsule, np.zeros((rows, COLUMNS))
    body = entry.body._replace(rolls=rolls_of(entry.t_s, 0.0, found.command, capsule.roll_rate_rad_s))
    t_s, y, n, _ = descend(entry.t_s, entry.y, body, entry.air, capsule.aim_height_m, entry.t_s + DOWN_LIMIT_S,
                           ENTRY_STEP_S, ENTRY_ROWS_S, trace)
    return t_s, y, trace[:n]


def _chance(found: Landed, vehicle: Vehicle, zone: Site, world: World) -> Chance:
    t_s, y, _ = descended(found)
    rows, _ = under_parachutes(t_s, y, vehicle, zone.height_m, world)
    landing_s = float(rows[-1, 0])
    return Chance(found.braking, found.command, found.miss, found.offset_m, landing_s,
                  float(sun_rad(np.array([landing_s]), zone, world)[0]))


def sun_rad(t_s: FloatArray, zone: Site, world: World) -> FloatArray:
    """Elevation of the Sun (n,) over a zone at times (n,), without refraction."""
    up = enu_from_itrf(zone.latitude_rad, zone.longitude_rad)[2]
    up_gcrf, _ = world.to_gcrf(t_s, np.repeat(up[None], len(t_s), axis=0), np.zeros((len(t_s), 3)))
    return np.asarray(elevation_of_sun_rad(up_gcrf, world.sun_gcrf_m(t_s)))


def passes(path: Path, first_s: float, last_s: float, zone: Site, world: World) -> list[float]:
    """When the orbit passes nearest the zone, for the passes within 640 km of it."""
    first_s = max(first_s, path.t_s)
    if last_s <= first_s:
        return []
    n = int((last_s - first_s) / TRACK_STEP_S) + 2
    start = coast(path.y, path.t_s, first_s, path.cd_area_m2, world.field)
    rows = coast_table(start, first_s, TRACK_STEP_S, n, path.cd_area_m2, world.field)
    t_s = first_s + TRACK_STEP_S * np.arange(n)
    fixed, _ = world.to_itrf(t_s, rows[:, :3], rows[:, 3:6])
    place = itrf_from_geodetic(zone.latitude_rad, zone.longitude_rad, 0.0)
    cosine = fixed @ place / (np.linalg.norm(fixed, axis=1) * np.linalg.norm(place))
    apart = np.arccos(np.clip(cosine, -1.0, 1.0))
    lowest = 1 + np.flatnonzero((apart[1:-1] <= apart[:-2]) & (apart[1:-1] < apart[2:]))
    return [float(t_s[i]) for i in lowest if apart[i] < NEAR_RAD + 0.035]


def tried(path: Path, window: Window, dv_m_s: float, vehicle: Vehicle, zone: Site, world: World) -> list[Chance]:
    """Every pass within 640 km of the zone that could land within the window, flown down, within reach or not."""
    first_s, last_s = world.seconds(window.start), world.seconds(window.stop)
    flown = (burn_start(path, pass_s - BEFORE_PASS_S, dv_m_s, vehicle, zone, world)
             for pass_s in passes(path, first_s - 3600.0, last_s, zone, world))
    return [chance for chance in flown if chance is not None and first_s <= chance.landing_s < last_s]


def opportunities(path: Path, window: Window, dv_m_s: float, vehicle: Vehicle, zone: Site, daylight: bool,
                  earliest_s: float, world: World) -> list[Chance]:
    """Landings within the window whose burn begins no earlier than earliest_s, the zone within reach of the capsule.

    daylight: only with the Sun above the zone's horizon.
    """
    reach_m = descent_of(vehicle)[0].crossrange_m
    return [chance for chance in tried(path, window, dv_m_s, vehicle, zone, world)
            if abs(chance.offset_m) <= reach_m and chance.braking.start_s >= earliest_s
            and (not daylight or chance.sun_elevation_rad > 0.0)]


def passes_table(path: Path, day: date, dv_m_s: float, vehicle: Vehicle, zone: Site, world: World
                 ) -> dict[str, list[Any]]:
    """Study ``passes``: every pass of the day that was tried, what cross-range it needs and whether it is in reach."""
    chances = tried(path, day_window(day), dv_m_s, vehicle, zone, world)
    reach_m = descent_of(vehicle)[0].crossrange_m
    return {"burn_utc": [(world.epoch + c.braking.start_s).iso(1) for c in chances],
            "landing_utc": [(world.epoch + c.landing_s).iso(1) for c in chances],
            "crossrange_km": [c.offset_m / 1000 for c in chances],
            "within_reach": [abs(c.offset_m) <= reach_m for c in chances],
            "sun_elevation_deg": [float(np.degrees(c.sun_elevation_rad)) for c in chances]}


def best_chance(path: Path, day: date, dv_m_s: float, vehicle: Vehicle, zone: Site, daylight: bool, earliest_s: float,
                what: str, world: World) -> Chance:
    """The opportunity of a UTC day that needs the least cross-range.

    Raises NoWindow, naming the next day that has one, when the day has none.
    """
    found = opportunities(path, day_window(day), dv_m_s, vehicle, zone, daylight, earliest_s, world)
    if found:
        return min(found, key=lambda chance: abs(chance.offset_m))
    light = " in daylight" if daylight else ""
    coming = next_chance(path, day, dv_m_s, vehicle, zone, daylight, earliest_s, world)
    told = (f"the next landing there is {(world.epoch + coming.landing_s).iso()}; set date = "
            f"{(world.epoch + coming.landing_s).day}" if coming is not None else
            f"nor until {world.window.stop.iso()}, where the world of this mission ends; choose another zone")
    raise NoWindow(f"{what}: no landing at {zone.name}{light} on {day}; {told}")


def next_chance(path: Path, day: date, dv_m_s: float, vehicle: Vehicle, zone: Site, daylight: bool, earliest_s: float,
                world: World) -> Chance | None:
    """The first opportunity after a day, within ten days and the world's window."""
    start = max(day_window(day).stop, world.epoch + path.t_s)
    for ahead in range(DAYS_AHEAD):
        window = Window(start + DAY_S * ahead, start + DAY_S * (ahead + 1)) & world.window
        if window is None:
            return None
        found = opportunities(path, window, dv_m_s, vehicle, zone, daylight, earliest_s, world)
        if found:
            return min(found, key=lambda chance: chance.landing_s)
    return None


def check_propellant(what: str, mass_kg: float, dv_m_s: float, vehicle: Vehicle, left_kg: float) -> None:
    """Raises InputError when the burn takes more propellant than is left."""
    need_kg = propellant_kg(mass_kg, dv_m_s, vehicle.main_engine.isp_s)
    if need_kg > left_kg:
        raise InputError(f"{what}: {dv_m_s:.1f} m/s take {need_kg:.0f} kg of propellant and {left_kg:.0f} kg are left; "
                         "lower dv_m_s or give the ship more propellant_kg")


def path_of(ship: Ship, situation: Situation, world: World, known: bool = True) -> Path:
    """The ship as it is known (or as it truly is). InputError when the situation does not hold it."""
    if ship.id not in situation.craft:
        raise InputError(f"{ship.name} is nowhere in this mission; dock it or fly it there first")
    state = situation.craft[ship.id]
    if known and ship.id in situation.knowledge:
        state = situation.knowledge[ship.id].state
    return Path(world.seconds(state.epoch), state_y(state), cd_area_m2(ship))


def docked_path(ship: Ship, station: Station, situation: Situation, world: World) -> Path:
    """A docked ship as it is known: it flies as the station does, so its Cd A / m is the station's."""
    path = path_of(ship, situation, world)
    return replace(path, cd_area_m2=cd_area_m2(station) * float(path.y[6]) / station.mass_kg)


def departure_chance(ship: Ship, station: Station, situation: Situation, zone: Site, day: date, daylight: bool,
                     world: World) -> Chance:
    """The landing of a day for a ship that is still docked, its braking burn no earlier than undocking allows.

    The ship is taken to fly as the station does until the burn. Raises NoWindow when the day has none.
    """
    path = docked_path(ship, station, situation, world)
    lead_s = ship.vehicle.undocking.before_deorbit_s if ship.vehicle.undocking is not None else 0.0
    dv_m_s = usual_dv_m_s(path, ship.vehicle, world)
    return best_chance(path, day, dv_m_s, ship.vehicle, zone, daylight, path.t_s + lead_s, "undocking", world)


def perigee_m(position_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """Least distance (n,) from the Earth's centre of the two-body orbits through states (n, 3)."""
    r = np.linalg.norm(position_m, axis=1)
    energy = np.sum(velocity_m_s**2, axis=1) / 2 - MU_M3_S2 / r
    h = np.linalg.norm(np.cross(position_m, velocity_m_s), axis=1)
    a = -MU_M3_S2 / (2 * energy)
    return np.asarray(a * (1 - np.sqrt(np.maximum(1 - h * h / (MU_M3_S2 * a), 0.0))))
