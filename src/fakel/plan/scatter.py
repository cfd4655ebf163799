"""Returns that go otherwise than planned: from the burn to touchdown, one or a thousand, by the functions that fly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from fakel.guidance.entry import EASING_TRIES, PEAK_ROWS_S, Command, Flown, rolls_of, steer
from fakel.model.arrays import FloatArray
from fakel.model.dice import dice
from fakel.model.dispersions import Dispersions
from fakel.model.errors import InputError
from fakel.model.place import Site
from fakel.model.vehicle import Vehicle
from fakel.physics.earth_fixed import Earth
from fakel.physics.entry import COLUMNS, CONSTANT, ENTRY_STEP_S, LOAD, LONGEST_S, LOST, Air, Body, descend
from fakel.physics.geodesy import enu_from_itrf, geodetic_from_itrf, itrf_from_geodetic
from fakel.plan.craft import Path
from fakel.plan.deorbit import Landed, braking, to_separation
from fakel.plan.descent import (
    AIR_STEP_M,
    AIR_TOP_M,
    Entry,
    canopy_areas,
    descent_of,
    entry_of,
    height_m,
    loop_of,
)
from fakel.plan.return_effects import turned
from fakel.world import World

WIND_M = np.arange(0.0, 12_001.0, 1000.0)
HANGING_STEP_S = 2.0
ORDER = ("along", "cross", "radial", "burn", "up", "aside")
FOOTPRINT_BANKS, FOOTPRINT_REVERSALS = 8, 13
GRAVITY_DEGREE, LEAST_DEGREE = 6, 2
"""Of gravity in the air, without Sun and Moon, and under the canopy: moves all runs alike, by some 10 m."""
_NO_TRACE = np.zeros((0, 10))


class Draw(NamedTuple):
    """What one run is off by, in standard deviations: start (6,) as in ORDER; capsule (3,): mass, drag, lift;
    density over the rows of the air; wind (2, k): east and north over WIND_M."""

    start: FloatArray
    capsule: FloatArray
    density: FloatArray
    wind: FloatArray


class Fallen(NamedTuple):
    """One run's end: place (3,) ITRF, peak load of the entry (m/s2), speed under the canopy (m/s), guided or not."""

    place: FloatArray
    peak_m_s2: float
    speed_m_s: float
    guided: bool


@dataclass(frozen=True, slots=True, eq=False)
class Nominal:
    """What the runs differ from. separations (2, 6, 7): time and state ITRF where the modules part, one standard
    deviation before and behind in each of ORDER, less the nominal; factors: Cholesky factors of density and wind."""

    landed: Landed
    vehicle: Vehicle
    zone: Site
    given: Dispersions
    separations: FloatArray
    factors: tuple[FloatArray, FloatArray]

    @property
    def entry(self) -> Entry:
        return self.landed.entry


def nominal_of(path: Path, landed: Landed, vehicle: Vehicle, zone: Site, given: Dispersions, world: World) -> Nominal:
    """Flies the twelve returns to separation from which all others follow. path: the ship before the burn."""
    at = path.at(landed.braking.start_s, world)
    middle = np.r_[landed.entry.t_s, landed.entry.y]
    flown = np.array([[_parted(at, landed, vehicle, zone, given, sign * unit, world) - middle
                       for unit in np.eye(len(ORDER))] for sign in (1.0, -1.0)])
    heights = np.arange(0.0, AIR_TOP_M + 1.0, AIR_STEP_M)
    air = landed.entry.air
    air = air._replace(earth=_lesser(air.earth, GRAVITY_DEGREE))
    landed = landed._replace(entry=replace(landed.entry, air=air))
    return Nominal(landed, vehicle, zone, given, flown,
                   (_factor(heights, given.density_scale_m), _factor(WIND_M, given.wind_scale_m)))


def _lesser(earth: Earth, degree: int) -> Earth:
    """The Earth with less of its gravity."""
    gravity = np.ascontiguousarray(earth.gravity[:degree + 2, :degree + 4])
    gravity.setflags(write=False)
    return earth._replace(gravity=gravity, bodies=np.zeros((0, 4)))


def _parted(at: Path, landed: Landed, vehicle: Vehicle, zone: Site, given: Dispersions, off: FloatArray, world: World
            ) -> FloatArray:
    """Time and state (7,) ITRF at separation of a ship that starts off the plan by off (6,) standard deviations."""
    y = at.y.copy()
    radial = y[:3] / np.linalg.norm(y[:3])
    cross = np.cross(y[:3], y[3:6])
    cross /= np.linalg.norm(cross)
    along_rad = off[0] * given.along_m / float(np.linalg.norm(y[:3]))
    turn = np.array([y[:3], y[3:6]])
    turn = np.cos(along_rad) * turn + np.sin(along_rad) * np.cross(cross, turn)     # farther along the same orbit
    y[:3], y[3:6] = turn[0] + off[2] * given.radial_m * radial - off[1] * given.cross_m * cross, turn[1]
    start_s = landed.braking.start_s
    asked, held = braking(Path(at.t_s, at.y, at.cd_area_m2), start_s, landed.braking.dv_m_s, vehicle, world)
    burnt = asked.duration_s * (1 + off[3] * given.burn_m_s / asked.dv_m_s)
    push = turned(asked.thrust, held, off[4] * given.nose_rad, off[5] * given.nose_rad)
    parted = to_separation(Path(at.t_s, y, at.cd_area_m2), replace(asked, duration_s=burnt, thrust=push), vehicle,
                           world)
    if parted is None:
        raise InputError(f"--dispersions: as far off as {given.id} says {vehicle.name} stays up; brake harder")
    entry = entry_of(parted.t_s, parted.y, vehicle, zone, world)
    return np.r_[entry.t_s, entry.y]


def _factor(heights_m: FloatArray, scale_m: float) -> FloatArray:
    apart = (heights_m[:, None] - heights_m[None, :]) / scale_m
    return np.linalg.cholesky(np.exp(-0.5 * apart**2) + 1e-6 * np.eye(len(heights_m)))


def drawn(seed: int, run: int, case: Nominal) -> Draw:
    """The numbers of a run: always the same for the same seed and run."""
    rng = dice(seed, run, "return")
    density, wind = case.factors
    place, capsule = rng.standard_normal(4), rng.standard_normal(3)
    air, blowing = density @ rng.standard_normal(len(density)), (wind @ rng.standard_normal((2, len(wind), 1)))[..., 0]
    return Draw(np.r_[place, rng.standard_normal(2)], capsule, air, blowing)


def separation(start: FloatArray, case: Nominal) -> FloatArray:
    """Time and state (7,) where the modules part, of a start (6,) off the plan: to second order in each part."""
    ahead, behind = case.separations
    bend = (ahead + behind) / 2
    return np.r_[case.entry.t_s, case.entry.y] + start @ ((ahead - behind) / 2) + start**2 @ bend


def fall(draw: Draw, case: Nominal) -> Fallen:
    """One return from its burn to touchdown."""
    given, entry = case.given, case.entry
    parted = separation(draw.start, case)
    mass, drag, lift = 1 + draw.capsule * np.array([given.mass_share, given.drag_share, given.lift_share])
    body = entry.body._replace(drag=entry.body.drag * np.array([1.0, 1.0, drag / mass]),
                               lift_to_drag=entry.body.lift_to_drag * lift / drag)
    air = entry.air._replace(ln_density=_changed(entry.air.ln_density, np.log1p(
        np.clip(given.density_share * draw.density, -0.9, None))))
    flown = _steered(parted, body, air, _believed(draw, case), case)
    end = flown.rows[-1]
    ground = _hung(float(end[0]), end[1:7], air, mass, draw.wind * given.wind_m_s, case)
    return Fallen(ground[:3], float(flown.rows[:, 8].max()), float(np.linalg.norm(ground[3:6])), flown.guided)


def _steered(parted: FloatArray, body: Body, air: Air, believed: Air, case: Nominal) -> Flown:
    first = replace(case.landed.command, start_s=float(parted[0]))
    return steer(float(parted[0]), parted[1:7].copy(), first, body, air, case.entry.capsule, believed,
                 loop_of(case.vehicle), height_m)


def _changed(table: FloatArray, by: FloatArray) -> FloatArray:
    """Spline coefficients (n + 2, m + 2) with a smooth change (m,) of what they stand for."""
    return table + np.r_[2 * by[0] - by[1], by, 2 * by[-1] - by[-2]]


def _believed(draw: Draw, case: Nominal) -> Air:
    """The air as guidance sees it: its zone lies as far off as it takes itself to be."""
    ahead, right = draw.start[0] * case.given.along_m, draw.start[1] * case.given.cross_m
    to, back, side = case.entry.air.axes
    radius = float(np.linalg.norm(case.entry.y[:3]))
    zone = to - ahead / radius * back + right / radius * side
    zone /= np.linalg.norm(zone)
    side = np.cross(zone, np.cross(side, zone))
    side /= np.linalg.norm(side)
    return case.entry.air._replace(axes=np.stack([zone, np.cross(side, zone), side]))


def _hung(t_s: float, y: FloatArray, air: Air, mass: float, wind_m_s: FloatArray, case: Nominal) -> FloatArray:
    """State (6,) at the ground, from the parachute command on, in a wind (2, k) over WIND_M."""
    lat, lon, _ = geodetic_from_itrf(y[:3])
    flat = enu_from_itrf(float(lat), float(lon))[:2]
    air = air._replace(earth=_lesser(air.earth, LEAST_DEGREE), wind=np.c_[WIND_M, wind_m_s.T @ flat])
    descent, chute = descent_of(case.vehicle)
    areas = canopy_areas(t_s, y, case.vehicle)
    engines_m = case.zone.height_m + chute.soft_landing_height_m
    heavy_kg = descent.flown_kg * mass
    for stop_m, kg in ((max(chute.heat_shield_height_m, engines_m), heavy_kg),
                       (engines_m, heavy_kg - chute.heat_shield_kg)):
        body = Body(areas / np.array([1.0, 1.0, kg]), 0.0, np.zeros((1, 4)), 1.0, CONSTANT)
        if stop_m < height_m(y[None, :3])[0]:
            t_s, y, _, _ = descend(t_s, y.copy(), body, air, stop_m, t_s + LONGEST_S, HANGING_STEP_S, 1.0, _NO_TRACE)
    return y


def fly_cases(case: Nominal, seed: int, runs: Sequence[int], workers: int = 2,
              progress: Callable[[int], None] = lambda done: None) -> list[Fallen]:
    """Runs by their numbers, in order; compiled parts of several runs go on at once. Broken off with Ctrl-C it returns
    those that are done, the first so many."""
    done: list[Fallen] = []
    pool = ThreadPoolExecutor(workers)
    try:
        for one in pool.map(lambda run: fall(drawn(seed, run, case), case), runs):
            done.append(one)
            progress(len(done))
    except KeyboardInterrupt:
        pass
    finally:
        pool.shutdown(cancel_futures=True)              # who breaks off does not wait for the rest
    return done


def linear_error_m(case: Nominal, path: Path, world: World) -> float:
    """How far a start two deviations off in everything parts from where ``separation`` puts it."""
    off = np.full(len(ORDER), 2.0)
    at = path.at(case.landed.braking.start_s, world)
    true = _parted(at, case.landed, case.vehicle, case.zone, case.given, off, world)
    put = separation(off, case)
    return float(np.linalg.norm(true[1:4] - put[1:4] - (true[0] - put[0]) * true[4:7]))


def footprint(case: Nominal) -> FloatArray:
    """Places (n, 2), rad, that banks and reversals reach from the nominal separation, at the parachute command: none
    that presses the crew harder than guidance lets it."""
    entry, capsule = case.entry, case.entry.capsule
    low, high = capsule.bank_min_rad, capsule.bank_max_rad
    if not _allowed(high, case):
        for _ in range(EASING_TRIES):
            middle = (low + high) / 2
            low, high = (middle, high) if _allowed(middle, case) else (low, middle)
        high = low
    found = []
    for size in np.linspace(capsule.bank_min_rad, high, FOOTPRINT_BANKS):
        for side in (1.0, -1.0):
            for after_s in (*np.linspace(150.0, 600.0, FOOTPRINT_REVERSALS), None):
                reversal_s = None if after_s is None else entry.t_s + float(after_s)
                y, ending, _ = _held(Command(entry.t_s, side * float(size), reversal_s), case)
                if ending != LOST:
                    found.append(y[:3])
    lat, lon, _ = geodetic_from_itrf(np.array(found).reshape(-1, 3))
    return np.column_stack([lat, lon])


def _allowed(size_rad: float, case: Nominal) -> bool:
    _, _, peak_m_s2 = _held(Command(case.entry.t_s, size_rad, None), case)
    return peak_m_s2 <= case.entry.capsule.load_limit_m_s2


def _held(command: Command, case: Nominal) -> tuple[FloatArray, int, float]:
    """Where a command ends (6,), how, and its peak load (m/s2)."""
    entry, capsule = case.entry, case.entry.capsule
    body = entry.body._replace(rolls=rolls_of(entry.t_s, 0.0, command, capsule.roll_rate_rad_s))
    trace = np.zeros((int(LONGEST_S / PEAK_ROWS_S), COLUMNS))
    _, y, n, ending = descend(entry.t_s, entry.y.copy(), body, entry.air, capsule.aim_height_m, entry.t_s + LONGEST_S,
                              ENTRY_STEP_S, PEAK_ROWS_S, trace)
    return y, ending, float(trace[:n, LOAD].max())


def from_zone_m(places: FloatArray, zone: Site) -> FloatArray:
    """East and north (n, 2) of the zone's centre, of places (n, 3) ITRF."""
    centre = itrf_from_geodetic(zone.latitude_rad, zone.longitude_rad, zone.height_m)
    return (places - centre) @ enu_from_itrf(zone.latitude_rad, zone.longitude_rad)[:2].T
