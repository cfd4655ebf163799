"""Landing opportunities over days or months, for several zones at once.

Every pass is screened by its ground track; those within reach are flown by ``plan.deorbit``, which the missions fly by.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.entry import Capsule, ballistic_rolls, predict, rolls_of
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch, Window
from fakel.model.landing import Later, Light, Nearest, Opportunity, Spot
from fakel.model.place import Site
from fakel.model.vehicle import Vehicle
from fakel.physics.entry import COLUMNS, ENTRY_ROWS_S, ENTRY_STEP_S, LOAD, POSITION, VELOCITY, descend, to_go_m
from fakel.physics.geodesy import MEAN_RADIUS_M, geodetic_from_itrf, itrf_from_geodetic
from fakel.physics.propagate import G0_M_S2, coast_table
from fakel.plan.craft import Path, propellant_kg
from fakel.plan.deorbit import (
    BEFORE_PASS_S,
    DOWN_LIMIT_S,
    TRACK_STEP_S,
    Landed,
    braking,
    descended,
    sun_rad,
    to_separation,
    usual_dv_m_s,
)
from fakel.plan.descent import descent_of, height_m, touchdown
from fakel.plan.return_aim import Memory, Passing, aimed_at
from fakel.world import World

FAR_RAD = 0.9                   # passes further from a zone than this are none; the pole is 0.67 from ISS tracks
SPARE_M = 30e3                  # screened passes are flown when they need so much more cross-range than can be flown
EARLY_S = 4800.0                # a pass is flown from a state so much before it
ROWS = 1800                     # of an entry, one a second
TWILIGHT_RAD = np.radians(-6.0)
LIGHT_STEP_S = 300.0
UNDER_CANOPY_S = 960.0          # from the pass of the orbit to the touchdown, about
DELAY_S = 1.0
LONGEST_FALL = 0.75             # of a revolution: a burn that needs longer leaves the ship in a low orbit first


@dataclass(frozen=True, slots=True, eq=False)
class Orbit:
    """Where a ship will be: rows (n, 7) GCRF every TRACK_STEP_S from start_s on, and its Cd A."""

    start_s: float
    rows: FloatArray
    cd_area_m2: float

    @property
    def t_s(self) -> FloatArray:
        return self.start_s + TRACK_STEP_S * np.arange(len(self.rows))

    def path(self, t_s: float) -> Path:
        """The ship at the last row before t_s (the first row at the earliest)."""
        i = min(max(int((t_s - self.start_s) / TRACK_STEP_S), 0), len(self.rows) - 1)
        return Path(self.start_s + i * TRACK_STEP_S, self.rows[i].copy(), self.cd_area_m2)


def coasting(path: Path, last_s: float, world: World) -> Orbit:
    """The orbit of a ship in free flight until last_s."""
    n = max(int(np.ceil((last_s - path.t_s) / TRACK_STEP_S)) + 1, 2)
    rows = coast_table(path.y, path.t_s, TRACK_STEP_S, n, path.cd_area_m2, world.field)
    return Orbit(path.t_s, rows, path.cd_area_m2)


def screened(orbit: Orbit, first_s: float, last_s: float, zones: Sequence[Site], world: World) -> list[Passing]:
    """Every pass of every zone between two times, in order, by the ground track alone.

    The capsule stays near the plane of its orbit until the air takes it along: the zone's distance from that plane,
    when the orbit passes, is within about 25 km the cross-range that a flown entry finds.
    """
    t_s = orbit.t_s
    inside = (t_s >= first_s - TRACK_STEP_S) & (t_s <= last_s + TRACK_STEP_S)
    t_s, rows = t_s[inside], orbit.rows[inside]
    if len(t_s) < 3:
        return []
    fixed, moving = world.to_itrf(t_s, rows[:, :3], rows[:, 3:6])
    unit = fixed / np.linalg.norm(fixed, axis=1)[:, None]
    found: list[Passing] = []
    for zone in zones:
        place = _unit(itrf_from_geodetic(zone.latitude_rad, zone.longitude_rad, 0.0))
        near = unit @ place
        i = 1 + np.flatnonzero((near[1:-1] >= near[:-2]) & (near[1:-1] > near[2:]) & (near[1:-1] > np.cos(FAR_RAD)))
        if not len(i):
            continue
        rate = np.einsum("ij,j->i", moving[i], place) / np.linalg.norm(np.cross(unit[i], moving[i]), axis=1)
        pass_s = t_s[i] + np.clip(rate, -0.07, 0.07) * np.linalg.norm(fixed[i], axis=1) / np.linalg.norm(
            moving[i], axis=1)
        there, _ = world.to_gcrf(pass_s, np.repeat(place[None], len(i), axis=0), np.zeros((len(i), 3)))
        normal = np.cross(rows[i, :3], rows[i, 3:6])
        sine = np.einsum("ij,ij->i", there, normal) / np.linalg.norm(normal, axis=1)
        offset_m = -MEAN_RADIUS_M * np.arcsin(np.clip(sine, -1.0, 1.0))
        found += [Passing(zone, float(s), float(m), bool(v > 0.0)) for s, m, v in zip(pass_s, offset_m, moving[i, 2])]
    return sorted(found, key=lambda p: p.pass_s)


def _unit(vector: FloatArray) -> FloatArray:
    return np.asarray(vector / np.linalg.norm(vector))


def opportunities(orbit: Orbit, window: Window, zones: Sequence[Site], vehicle: Vehicle, dv_m_s: float | None,
                  earliest_s: float, errors_m: Callable[[Epoch], tuple[float, float]] | None, world: World,
                  progress: Callable[[float], None] = lambda part: None
                  ) -> tuple[list[Opportunity], list[Passing], int]:
    """Landings inside a window, in order; every pass of it, with its cross-range as flown or else as screened; and how
    many passes were flown.

    dv_m_s: None is the vehicle's own at the mean height of the orbit. No burn begins before earliest_s. errors_m:
    how far the orbit may be off along track at an instant, and how far if no burn has changed it.
    """
    reach_m = descent_of(vehicle)[0].crossrange_m
    first_s, last_s = world.seconds(window.start), world.seconds(window.stop)
    passings = screened(orbit, first_s - 3600.0, last_s + 7200.0, zones, world)
    worth = [p for p in passings if abs(p.offset_m) <= reach_m + SPARE_M and p.pass_s < last_s]
    found: list[tuple[Passing, Opportunity]] = []
    period_s, memory = _period_s(orbit), Memory()
    exact_m: dict[tuple[str, float], float] = {}
    for k, passing in enumerate(worth):
        progress(k / len(worth))
        flown = fly_pass(orbit, passing, vehicle, dv_m_s, world, memory)
        if flown is not None:
            exact_m[passing.zone.id, passing.pass_s] = flown.offset_m
        if flown is None or abs(flown.offset_m) > reach_m or flown.braking.start_s < earliest_s or (
                flown.entry.t_s - flown.braking.start_s > LONGEST_FALL * period_s):
            continue
        told = told_of(orbit, flown, passing.zone, vehicle, errors_m, world)
        if window.start <= told.landing < window.stop:
            found.append((passing, told))
    told_all = [replace(one, next_orbit=_later(passing, one, passings, found, period_s, reach_m))
                for passing, one in found]
    inside = [replace(p, offset_m=exact_m.get((p.zone.id, p.pass_s), p.offset_m)) for p in passings
              if first_s + BEFORE_PASS_S < p.pass_s < last_s - UNDER_CANOPY_S]
    return sorted(told_all, key=lambda one: one.landing), inside, len(worth)


def fly_pass(orbit: Orbit, passing: Passing, vehicle: Vehicle, dv_m_s: float | None, world: World, memory: Memory
             ) -> Landed | None:
    """The burn that lands in a pass's zone, flown down to the parachute; None when no burn does."""
    path = orbit.path(passing.pass_s - EARLY_S)
    dv = usual_dv_m_s(path, vehicle, world) if dv_m_s is None else dv_m_s
    return aimed_at(path, passing, dv, vehicle, world, memory)


def _period_s(orbit: Orbit) -> float:
    """Of the two-body orbit of its first row."""
    from fakel.physics.ascent import MU_M3_S2
    r, v = np.linalg.norm(orbit.rows[0, :3]), np.linalg.norm(orbit.rows[0, 3:6])
    return float(2 * np.pi * np.sqrt((2 / r - v * v / MU_M3_S2) ** -3 / MU_M3_S2))


def _later(passing: Passing, one: Opportunity, passings: Sequence[Passing],
           found: Sequence[tuple[Passing, Opportunity]], period_s: float, reach_m: float) -> Later | None:
    """The best landing of the next orbit: of the passes between half a revolution and one and a half later."""
    after = [p for p in passings if 0.5 * period_s < p.pass_s - passing.pass_s <= 1.5 * period_s]
    if not after:
        return None
    best = min(after, key=lambda p: abs(p.offset_m))
    real = next((o for p, o in found if p is best), None)
    if real is not None:
        return Later(best.zone.id, real.burn_start, real.landing, real.crossrange_m, True, True)
    ahead_s = best.pass_s - passing.pass_s
    return Later(best.zone.id, one.burn_start + ahead_s, one.landing + ahead_s, best.offset_m,
                 abs(best.offset_m) <= reach_m, False)


def told_of(orbit: Orbit, found: Landed, zone: Site, vehicle: Vehicle,
            errors_m: Callable[[Epoch], tuple[float, float]] | None, world: World) -> Opportunity:
    """All that is told of a landing: its entry and touchdown, the light there, and what a late burn or a spin does."""
    descent, _ = descent_of(vehicle)
    entry, given, command = found.entry, found.braking, found.command
    chute_s, at_chute, rows = descended(found, ROWS)
    landed_s, place = touchdown(chute_s, at_chute, vehicle, zone.height_m, world)
    lat, lon, _ = (float(x[0]) for x in geodetic_from_itrf(place[None]))
    miss_m = float(np.hypot(*to_go_m(place, entry.air.axes)))
    entry_s, angle_rad, entry_m_s = _interface(rows, descent.entry_interface_m, entry.air.earth.spin_rad_s)
    mass_kg = float(orbit.path(given.start_s).y[6])
    landing = world.epoch + landed_s
    start = world.epoch + given.start_s
    speed_m_s = float(np.linalg.norm(orbit.path(given.start_s).y[3:6]))
    off_m, calm_m = (None, None) if errors_m is None else errors_m(start)
    return Opportunity(
        zone, start, given.duration_s, given.dv_m_s, propellant_kg(mass_kg, given.dv_m_s, vehicle.main_engine.isp_s),
        world.epoch + entry.t_s, world.epoch + entry_s, descent.entry_interface_m, angle_rad, entry_m_s,
        world.epoch + chute_s, landing, lat, lon, miss_m, found.offset_m, descent.crossrange_m, command.bank_rad,
        None if command.reversal_s is None else world.epoch + command.reversal_s,
        float(rows[:, LOAD].max()) / G0_M_S2, light_at(landing, zone, world),
        late_shift_m_s(orbit, found, vehicle, world), spinning(found, descent.ballistic_roll_rad_s), off_m,
        None if off_m is None else off_m / speed_m_s, None if calm_m is None else calm_m / speed_m_s)


def _interface(rows: FloatArray, limit_m: float, spin_rad_s: FloatArray) -> tuple[float, float, float]:
    """When an entry passes a height, and its inertial angle below the horizon (rad) and speed there."""
    heights = height_m(rows[:, POSITION])
    i = int(np.argmax(heights < limit_m))
    j = max(i - 1, 0)
    share = 0.0 if i == j else (heights[j] - limit_m) / (heights[j] - heights[i])
    row = rows[j] + share * (rows[i] - rows[j])
    r, v = row[POSITION], row[VELOCITY] + np.cross(spin_rad_s, row[POSITION])
    speed = float(np.linalg.norm(v))
    return float(row[0]), float(np.arcsin(-(r @ v) / (np.linalg.norm(r) * speed))), speed


def late_shift_m_s(orbit: Orbit, found: Landed, vehicle: Vehicle, world: World) -> float:
    """How much farther the capsule comes down for each second that the burn, and every command after it, comes late."""
    path = orbit.path(found.braking.start_s - 60.0)
    late, _ = braking(path, found.braking.start_s + DELAY_S, found.braking.dv_m_s, vehicle, world)
    parting = to_separation(path, late, vehicle, world)
    if parting is None:
        return float("nan")
    moved, _ = open_loop_m(found, parting, DELAY_S, world)
    return moved / DELAY_S


def open_loop_m(found: Landed, parting: Path, later_s: float, world: World, capsule: Capsule | None = None
                ) -> tuple[float, float]:
    """How much farther, and to the right, the capsule (or another) comes down from another state at separation, its
    commands as planned but all so much later."""
    place, speed = world.to_itrf(parting.t_s, parting.y[None, :3], parting.y[None, 3:6])
    capsule, command = capsule or found.entry.capsule, found.command
    reversal_s = None if command.reversal_s is None else command.reversal_s + later_s
    rolls = rolls_of(parting.t_s, 0.0, replace(command, start_s=parting.t_s, reversal_s=reversal_s),
                     capsule.roll_rate_rad_s)
    miss = predict(parting.t_s, np.concatenate([place[0], speed[0]]), rolls, capsule, found.entry.air)
    return miss.beyond_m - found.miss.beyond_m, miss.right_m - found.miss.right_m


def spinning(found: Landed, rate_rad_s: float) -> Spot:
    """Where the capsule comes down to the parachute's height when it spins from separation on."""
    entry = found.entry
    body = entry.body._replace(rolls=ballistic_rolls(entry.t_s, 0.0, rate_rad_s))
    trace = np.zeros((ROWS, COLUMNS))
    _, y, n, _ = descend(entry.t_s, entry.y, body, entry.air, entry.capsule.aim_height_m, entry.t_s + DOWN_LIMIT_S,
                         ENTRY_STEP_S, ENTRY_ROWS_S, trace)
    lat, lon, _ = (float(x[0]) for x in geodetic_from_itrf(y[None, :3]))
    to_go, _ = to_go_m(y[:3], entry.air.axes)
    return Spot(lat, lon, float(to_go), float(trace[:n, LOAD].max()) / G0_M_S2)


def light_at(landing: Epoch, zone: Site, world: World) -> Light:
    """The Sun over a zone at a landing, and the stretch of light that holds the landing or comes next."""
    since_s = LIGHT_STEP_S * np.arange(-int(DAY_S / LIGHT_STEP_S), int(DAY_S / LIGHT_STEP_S) + 1)
    height_rad = sun_rad(world.seconds(landing) + since_s, zone, world)
    now = len(since_s) // 2
    light = height_rad > TWILIGHT_RAD
    change = np.flatnonzero(light[1:] != light[:-1])
    edge_s = since_s[change] + LIGHT_STEP_S * (TWILIGHT_RAD - height_rad[change]) / (
        height_rad[change + 1] - height_rad[change])
    dawns, dusks = edge_s[light[change + 1]], edge_s[light[change]]
    dawns = dawns[dawns <= 0.0][-1:] if light[now] else dawns[dawns > 0.0][:1]
    dusks = dusks[dusks > (dawns[0] if len(dawns) else 0.0)]
    dusks = dusks[dusks > 0.0][:1]
    phase = "day" if height_rad[now] > 0.0 else "twilight" if light[now] else "night"
    return Light(float(height_rad[now]), phase, landing + float(dawns[0]) if len(dawns) else None,
                 landing + float(dusks[0]) if len(dusks) else None)


def nearest_misses(zones: Sequence[Site], found: Sequence[Opportunity], passings: Sequence[Passing],
                   world: World) -> tuple[Nearest, ...]:
    """For each zone without an opportunity the pass that comes nearest."""
    out = []
    for zone in zones:
        mine = [p for p in passings if p.zone is zone]
        if mine and not any(one.zone is zone for one in found):
            best = min(mine, key=lambda p: abs(p.offset_m))
            out.append(Nearest(zone, world.epoch + best.pass_s, best.offset_m))
    return tuple(out)
