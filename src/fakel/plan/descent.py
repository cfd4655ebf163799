"""From module separation to the ground: vehicle, zone and world become what guidance and physics take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.interpolate import PchipInterpolator

from fakel.guidance.entry import Capsule, Command, Loop, Miss, body_of
from fakel.guidance.entry_plan import nominal
from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.place import Site
from fakel.model.vehicle import CapsuleAero, Descent, Parachute, Vehicle
from fakel.model.wind import Wind
from fakel.physics.air import air as standard_air
from fakel.physics.air import sound_m_s
from fakel.physics.earth_fixed import Earth
from fakel.physics.entry import (
    COLUMNS,
    NO_WIND,
    PARACHUTE_ROWS_S,
    PARACHUTE_STEP_S,
    Air,
    Body,
    OverMach,
    axes_of,
    descend,
    force_angle_rad,
)
from fakel.physics.geodesy import MEAN_RADIUS_M, enu_from_itrf, geodetic_from_itrf, itrf_from_geodetic
from fakel.physics.propagate import G0_M_S2
from fakel.world import World
from fakel.world.column import density_columns
from fakel.world.upper_air import open_spline

AIR_ROWS, AIR_BEYOND_RAD = 16, -0.05           # of the air along the way: places, and how far past the zone
AIR_TOP_M, AIR_STEP_M = 160_000.0, 1000.0
CYCLE_S, TOLERANCE_M = 20.0, 200.0             # guidance looks this often and mends misses above this
LANDING_LIMIT_S = 3600.0
MACH_KNOTS = 129
COLD_M = (86_000.0, 90_000.0)                  # where sound is slowest on the way down
FALLING_M_S = 200.0                            # speed of a capsule whose parachutes are about to open, nearly


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to fly: state y (6) ITRF at t_s (world time), the capsule and air as they are believed to be."""

    t_s: float
    y: FloatArray
    capsule: Capsule
    air: Air

    @property
    def body(self) -> Body:
        """The capsule without rolls."""
        return body_of(self.capsule, np.zeros((1, 4)))


def descent_of(vehicle: Vehicle) -> tuple[Descent, Parachute]:
    """The vehicle's tables of the way down. InputError when it has none."""
    if vehicle.descent is None or vehicle.parachute is None:
        missing = "[descent]" if vehicle.descent is None else "[parachute]"
        raise InputError(f"{vehicle.name} cannot land: its vehicle file has no {missing}; add the table")
    return vehicle.descent, vehicle.parachute


def capsule_of(vehicle: Vehicle) -> Capsule:
    descent, parachute = descent_of(vehicle)
    return Capsule(descent.drag_coefficient * descent.area_m2 / descent.flown_kg, descent.lift_to_drag,
                   descent.roll_rate_max_rad_s, descent.roll_acceleration_max_rad_s2, descent.bank_min_rad,
                   descent.bank_max_rad, parachute.command_height_m, descent.load_limit_g * G0_M_S2,
                   over_mach(descent.aero))


@lru_cache(maxsize=16)
def over_mach(aero: CapsuleAero) -> OverMach:
    """The tables as shares of their values at the highest Mach number, smooth and without new peaks (PCHIP)."""
    ln_mach = np.log(aero.mach)
    knots = np.linspace(ln_mach[0], ln_mach[-1], MACH_KNOTS)
    shares = [PchipInterpolator(ln_mach, np.array(values) / values[-1])(knots)
              for values in (aero.drag_coefficient, aero.lift_to_drag)]
    return OverMach(np.ascontiguousarray(open_spline(np.array(shares), 1)), float(knots[0]), float(knots[1] - knots[0]))


def chest_angle_rad(descent: Descent, mach: FloatArray) -> FloatArray:
    """From the load to the crew's chests at Mach numbers (n,): as at the highest, turned with the capsule's trim."""
    aero = descent.aero
    turned = force_angle_rad(np.array(aero.lift_to_drag), np.array(aero.trim_rad))
    return np.asarray(descent.chest_tilt_rad + np.interp(np.log(mach), np.log(aero.mach), turned) - turned[-1])


def check_mach(vehicle: Vehicle, speed_m_s: float) -> None:
    """Raises InputError when the capsule's tables do not reach from the speed of entry down to the parachute."""
    descent, parachute = descent_of(vehicle)
    fastest = speed_m_s / min(sound_m_s(h) for h in COLD_M)
    height = parachute.command_height_m
    falling = np.sqrt(2 * descent.flown_kg * G0_M_S2
                      / (standard_air(height)[0] * descent.aero.drag_coefficient[0] * descent.area_m2))
    slowest, table = float(falling) / sound_m_s(height), descent.aero.mach
    if table[0] > slowest or table[-1] < fastest:
        raise InputError(f"entry: {vehicle.name} flies from Mach {fastest:.1f} down to {slowest:.2f} and its tables "
                         f"reach from {table[-1]:g} to {table[0]:g}; add rows to [descent.aero] of its vehicle file")


def loop_of(vehicle: Vehicle) -> Loop:
    descent, _ = descent_of(vehicle)
    return Loop(descent.guidance_start_m, descent.guidance_stop_m_s, TOLERANCE_M, CYCLE_S, descent.crossrange_m,
                descent.ballistic_roll_rad_s)


def entry_of(t_s: float, y: FloatArray, vehicle: Vehicle, zone: Site, world: World) -> Entry:
    """The entry of a craft at y (6 or more,) GCRF at t_s. InputError when its tables do not reach so far."""
    position, velocity = world.to_itrf(t_s, y[None, :3], y[None, 3:6])
    check_mach(vehicle, float(np.linalg.norm(velocity)))
    place = itrf_from_geodetic(zone.latitude_rad, zone.longitude_rad, zone.height_m)
    axes = axes_of(place, position[0])
    y = np.concatenate([position[0], velocity[0]])
    return Entry(t_s, y, capsule_of(vehicle), air_along(t_s, axes, position[0], world))


def air_along(t_s: float, axes: FloatArray, from_itrf_m: FloatArray, world: World, rows: int = AIR_ROWS,
              beyond_rad: float = AIR_BEYOND_RAD) -> Air:
    """The air between where the entry begins and just past the zone, from the ground to 160 km, at t_s.

    NRLMSIS 2.1 of the day; in a world without drag the US Standard Atmosphere of 1976.
    """
    furthest = float(np.arctan2(axes[1] @ from_itrf_m, axes[0] @ from_itrf_m))
    angles = np.linspace(beyond_rad, furthest, rows)
    places = MEAN_RADIUS_M * (np.cos(angles)[:, None] * axes[0] + np.sin(angles)[:, None] * axes[1])
    lat, lon, _ = geodetic_from_itrf(places)
    splines = np.ascontiguousarray(open_spline(open_spline(np.log(_columns(t_s, lat, lon, world)), 0), 1))
    return Air(splines, np.array([angles[0], angles[1] - angles[0], 0.0, AIR_STEP_M]), axes,
               earth_at(t_s, world))


def _columns(t_s: float, lat_rad: FloatArray, lon_rad: FloatArray, world: World) -> FloatArray:
    """Density (n, m) over places (n,), at every kilometre of height."""
    heights = np.arange(0.0, AIR_TOP_M + 1.0, AIR_STEP_M)
    if world.field.air.shape[0]:
        return density_columns(t_s, lat_rad, lon_rad, heights, world)
    return np.repeat(np.array([standard_air(h)[0] for h in heights])[None], len(lat_rad), axis=0)


def earth_at(t_s: float, world: World) -> Earth:
    """The Earth as it stands and turns at t_s."""
    turn, change = (m[0] for m in world.turn(Frame.ITRF, t_s))
    spin = turn @ change.T                      # as a matrix: spin @ r is the cross product of the spin with r
    bodies = np.zeros((2, 4))
    bodies[:, :3] = np.concatenate([world.sun_gcrf_m(t_s), world.moon_gcrf_m(t_s)]) @ turn.T
    bodies[:, 3] = world.field.scale[1:3]
    return Earth(world.field.gravity, float(world.field.scale[0]), np.array([spin[2, 1], spin[0, 2], spin[1, 0]]),
                 bodies)


def nominal_entry(entry: Entry, size_rad: float, side: float = 0.0, near_s: float | None = None
                  ) -> tuple[Command, Miss, float]:
    """The command at a size of bank, its miss, and the zone's offset to the right (``guidance.entry_plan.nominal``)."""
    return nominal(entry.t_s, entry.y, size_rad, entry.capsule, entry.air, side, near_s)


def height_m(position_itrf_m: FloatArray) -> FloatArray:
    """Height above WGS 84 of places (n, 3)."""
    return geodetic_from_itrf(position_itrf_m)[2]


def main_drag_area_m2(vehicle: Vehicle) -> float:
    """Cd A under the main canopy, from the published rate of descent at sea level (of the published mass: a heavier
    module falls faster)."""
    descent, parachute = descent_of(vehicle)
    weight_n = (descent.mass_kg - parachute.heat_shield_kg) * G0_M_S2
    return 2 * weight_n / (standard_air(0.0)[0] * parachute.descent_rate_sea_level_m_s**2)


def air_over(t_s: float, position_itrf_m: FloatArray, world: World, wind: Wind | None = None) -> Air:
    """The air over one place, from the ground to 160 km, at t_s; with a wind it moves."""
    up = position_itrf_m / np.linalg.norm(position_itrf_m)
    east = np.cross([0.0, 0.0, 1.0], up)
    lat, lon, _ = geodetic_from_itrf(position_itrf_m[None])
    column = open_spline(np.log(_columns(t_s, lat, lon, world)), 1)
    return Air(np.repeat(column, 4, axis=0), np.array([0.0, 1.0, 0.0, AIR_STEP_M]),
               axes_of(up, east / np.linalg.norm(east)), earth_at(t_s, world),
               blowing(wind, float(lat[0]), float(lon[0])))


def blowing(wind: Wind | None, latitude_rad: float, longitude_rad: float) -> FloatArray:
    """A wind over a place as ``physics.entry.Air`` takes it."""
    if wind is None:
        return NO_WIND
    east, north, _ = enu_from_itrf(latitude_rad, longitude_rad)
    moving = np.outer(wind.east_m_s, east) + np.outer(wind.north_m_s, north)
    return np.column_stack([wind.height_m, moving])


def upwind(zone: Site, wind: Wind | None, vehicle: Vehicle, t_s: float, world: World) -> Site:
    """Where to aim so that the wind carries the capsule onto the zone: the zone less what a capsule that falls straight
    down over it drifts under its parachutes, the air as at t_s."""
    if wind is None:
        return zone
    _, parachute = descent_of(vehicle)
    place = itrf_from_geodetic(zone.latitude_rad, zone.longitude_rad, parachute.command_height_m)
    up = enu_from_itrf(zone.latitude_rad, zone.longitude_rad)[2]
    y = np.concatenate([place, -FALLING_M_S * up])
    still, blown = (under_parachutes(t_s, y, vehicle, zone.height_m, world, given)[0][-1, 1:4]
                    for given in (None, wind))
    lat, lon, _ = geodetic_from_itrf(itrf_from_geodetic(zone.latitude_rad, zone.longitude_rad, 0.0) - (blown - still))
    return replace(zone, latitude_rad=float(lat), longitude_rad=float(lon))


def under_parachutes(t_s: float, y: FloatArray, vehicle: Vehicle, ground_m: float, world: World,
                     wind: Wind | None = None) -> tuple[FloatArray, FloatArray]:
    """Rows (n, 10) from the parachute command at t_s to the height of the soft landing engines above ground_m, and the
    mass (n,) with them. The heat shield falls off on the way."""
    descent, parachute = descent_of(vehicle)
    air = air_over(t_s, y[:3], world, wind)
    areas, stop_m = canopy_areas(t_s, y, vehicle), ground_m + parachute.soft_landing_height_m
    first = hang(t_s, y, areas, descent.flown_kg, max(parachute.heat_shield_height_m, stop_m), air)
    if parachute.heat_shield_height_m <= stop_m:
        return first, np.full(len(first), descent.flown_kg)         # the shield stays on
    light_kg = descent.flown_kg - parachute.heat_shield_kg
    rest = hang(float(first[-1, 0]), first[-1, 1:7], areas, light_kg, stop_m, air)
    mass_kg = np.r_[np.full(len(first), descent.flown_kg), np.full(len(rest), light_kg)]
    return np.concatenate([first, rest]), mass_kg


def touchdown(t_s: float, y: FloatArray, vehicle: Vehicle, ground_m: float, world: World) -> tuple[float, FloatArray]:
    """When and where ``under_parachutes`` ends in still air: the same steps, no rows."""
    descent, parachute = descent_of(vehicle)
    air, areas = air_over(t_s, y[:3], world), canopy_areas(t_s, y, vehicle)
    ends_m = ground_m + parachute.soft_landing_height_m
    for mass_kg, stop_m in ((descent.flown_kg, max(parachute.heat_shield_height_m, ends_m)),
                            (descent.flown_kg - parachute.heat_shield_kg, ends_m)):
        t_s, y, _, _ = descend(t_s, y.copy(), _hung(areas, mass_kg), air, stop_m, t_s + LANDING_LIMIT_S,
                               PARACHUTE_STEP_S, PARACHUTE_ROWS_S, np.zeros((0, COLUMNS)))
    return t_s, y[:3]


def _hung(areas: FloatArray, mass_kg: float) -> Body:
    return Body(areas / np.array([1.0, 1.0, mass_kg]), 0.0, np.zeros((1, 4)), 1.0)


def canopy_areas(t_s: float, y: FloatArray, vehicle: Vehicle) -> FloatArray:
    """Cd A (m2) of capsule, drogue and main canopy as ``hang`` takes them, the command at t_s and y (6,)."""
    descent, parachute = descent_of(vehicle)
    return np.array([[0.0, 0.0, _slow_drag(descent, y) * descent.area_m2],
                     [t_s + parachute.drogue_after_s, parachute.drogue_unfolds_s,
                      parachute.drogue_cd * parachute.drogue_area_m2],
                     [t_s + parachute.main_after_s, parachute.main_unfolds_s, main_drag_area_m2(vehicle)]])


def _slow_drag(descent: Descent, y: FloatArray) -> float:
    """The capsule's drag coefficient at the speed of the parachute command."""
    mach = float(np.linalg.norm(y[3:6])) / sound_m_s(float(height_m(y[None, :3])[0]))
    return float(np.interp(mach, descent.aero.mach, descent.aero.drag_coefficient))


def hang(t_s: float, y: FloatArray, areas: FloatArray, mass_kg: float, stop_m: float, air: Air) -> FloatArray:
    """Rows (n, 10) of a fall to a height. areas (k, 3): world time from which, seconds to unfold, Cd A in m2."""
    trace = np.zeros((int(LANDING_LIMIT_S / PARACHUTE_ROWS_S) + 3, COLUMNS))
    _, _, n, _ = descend(t_s, y.copy(), _hung(areas, mass_kg), air, stop_m, t_s + LANDING_LIMIT_S, PARACHUTE_STEP_S,
                         PARACHUTE_ROWS_S, trace)
    return trace[:n].copy()
