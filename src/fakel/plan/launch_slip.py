"""A liftoff that is late or early by seconds: what plane and phase it misses, what that costs, what still closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError, NoWindow
from fakel.model.launch_day import Slip, Slipped
from fakel.model.profile import Profile
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.propagate import G0_M_S2
from fakel.plan import launch
from fakel.plan.arrival import Wishes
from fakel.plan.ascent import INSERTED, Climb, fly_ascent
from fakel.plan.craft import Path, cd_area_m2
from fakel.plan.launch_case import Case, visit_at
from fakel.plan.mean_orbit import MeanOrbit, mean_orbit
from fakel.plan.rocket import empty_mass_kg
from fakel.plan.way_up import Visit, plan_way, who_can
from fakel.world import World

FARTHEST_S, HALF_DAY_S = 900.0, 45_000.0
"""A liftoff farther from the plane than the first is no slip of this launch: a quarter of an hour is 3 deg of plane. A
little more than half a day either way holds a launch."""


def slip(case: Case, nominal: Epoch, slips_s: Sequence[float], world: World,
         progress: Callable[[float], None] = lambda part: None) -> Slip:
    """The launch with its liftoff moved by each of some seconds. Raises InputError for a nominal liftoff that is not
    in the window, or slips beyond FARTHEST_S."""
    check_slips(slips_s)
    chance = require_near(case, nominal, world)
    visit = visit_at(case, nominal, world)
    orbits = (mean_orbit(Path(world.seconds(visit.at), visit.ship_y, cd_area_m2(case.ship)), world),
              mean_orbit(Path(world.seconds(visit.at), visit.station_y, cd_area_m2(case.station)), world))
    best = _flown(case, nominal + -chance.miss_s, world) if case.steers else None
    rows = []
    for k, seconds in enumerate(slips_s):
        rows.append(_slipped(case, nominal, float(seconds), orbits, best, world))
        progress((k + 1) / len(slips_s))
    profile = case.profile
    return Slip(case.launcher.name, case.ship.name, case.pad.name, case.station.name, profile.id, nominal,
                chance.miss_s, chance.early_s, chance.late_s, case.launcher.plane_reserve_m_s, case.steers,
                (profile.phase_min_rad, profile.phase_max_rad), tuple(rows))


def check_slips(slips_s: Sequence[float]) -> None:
    far = max((abs(float(s)) for s in slips_s), default=0.0)
    if far > FARTHEST_S:
        raise InputError(f"a slip of {far:g} s is beyond any launch window (the plane turns away by "
                         f"{np.degrees(EARTH_RATE_RAD_S) * far:.1f} deg of node); give {FARTHEST_S:g} s at most, or "
                         "look at the next days with: fakel launch recycle")


def require_near(case: Case, nominal: Epoch, world: World) -> launch.Opportunity:
    """What the nominal liftoff means. Raises InputError when it is not in the window of the station's plane."""
    chance = launch.opportunity_at(nominal, case.ask(), case.path, world)
    if -chance.early_s - 1e-3 <= chance.miss_s <= chance.late_s + 1e-3:
        return chance
    around = Window(nominal + -HALF_DAY_S, nominal + HALF_DAY_S)
    near = launch.opportunities(around, case.ask(), case.path, world)
    best = min((one.liftoff for one in near), key=lambda liftoff: abs(nominal - liftoff))
    early, late = f"{chance.early_s:.0f} s before", f"{chance.late_s:.0f} s after"
    raise InputError(f"no launch is near {nominal.iso()}: it is {_told_s(nominal - best)} for the station's plane, and "
                     f"the window reaches from {early} to {late} {best.iso()}; give a liftoff in it, or --date")


def _told_s(miss_s: float) -> str:
    size = abs(miss_s)
    told = f"{size:.0f} s" if size < 600 else f"{size / 60:.0f} min"
    return f"{told} {'late' if miss_s > 0 else 'early'}"


def angle_between_rad(one: MeanOrbit, other: MeanOrbit, node_rad: float) -> float:
    """Between the planes of two orbits whose nodes are node_rad apart."""
    a, b = one.inclination_rad, other.inclination_rad
    across = np.sin((a - b) / 2) ** 2 + np.sin(a) * np.sin(b) * np.sin(node_rad / 2) ** 2     # haversine: small angles
    return float(2 * np.arcsin(np.sqrt(min(float(across), 1.0))))


def _slipped(case: Case, nominal: Epoch, slip_s: float, orbits: tuple[MeanOrbit, MeanOrbit], best: Climb | None,
             world: World) -> Slipped:
    liftoff = nominal + slip_s
    chance = launch.opportunity_at(liftoff, case.ask(), case.path, world)
    ship, station = orbits
    if best is None:
        plane_rad = angle_between_rad(ship, station, chance.miss_s * EARTH_RATE_RAD_S)
        left_kg, spent_m_s, why = None, None, ""
    else:
        flown = _flown(case, liftoff, world)
        plane_rad = float(np.hypot(flown.miss[2] / np.linalg.norm(flown.state[:3]),
                                   flown.miss[3] / np.linalg.norm(flown.state[3:6])))
        left_kg, spent_m_s = flown.propellant_left_kg, _spent_m_s(case, best, flown)
        why = "" if flown.ending == INSERTED else f"{case.launcher.name} does not reach the plane ({flown.ending})"
    turn_m_s = _turn_m_s(station, plane_rad)
    reserve = case.launcher.plane_reserve_m_s
    cost = turn_m_s if spent_m_s is None else spent_m_s
    if not why and cost > reserve:
        why = f"the plane costs {cost:.1f} m/s, {reserve:g} m/s are kept for it"
    visit = visit_at(case, liftoff, world)
    able = tuple(p.id for p in who_can(visit, case.profiles) if _affords(case, p, liftoff, orbits, world))
    docking, total, margin, no_way = _way(case, visit, world)
    return Slipped(slip_s, liftoff, plane_rad, turn_m_s, left_kg, spent_m_s, visit.phase(case.profile), able, docking,
                   total, margin, "; ".join(part for part in (why, no_way) if part))


def _affords(case: Case, profile: Profile, liftoff: Epoch, orbits: tuple[MeanOrbit, MeanOrbit], world: World) -> bool:
    """Whether the plane that a profile wants at that second, with its own drift to come, costs no more than is kept."""
    chance = launch.opportunity_at(liftoff, case.ask(profile), case.path, world)
    if case.steers:
        return -chance.early_s <= chance.miss_s <= chance.late_s
    plane_rad = angle_between_rad(*orbits, chance.miss_s * EARTH_RATE_RAD_S)
    return _turn_m_s(orbits[1], plane_rad) <= case.launcher.plane_reserve_m_s


def _turn_m_s(orbit: MeanOrbit, angle_rad: float) -> float:
    return float(2 * orbit.a_m * orbit.phase_rate_rad_s * np.sin(angle_rad / 2))


def _way(case: Case, visit: Visit, world: World) -> tuple[Epoch | None, float | None, float | None, str]:
    """Docking, delta-v to contact and propellant margin by the asked profile, or why there is none."""
    try:
        way = plan_way(visit, case.profile, Wishes(), world)
    except NoWindow as error:
        return None, None, None, str(error).split(";")[0]
    return way.docking, way.total_m_s, way.margin_kg, ""


def _flown(case: Case, liftoff: Epoch, world: World) -> Climb:
    """The climb of a launcher that steers, into the plane as it lies at that liftoff."""
    normal = launch.plane_at(liftoff, case.ask(), case.path, world)
    return fly_ascent(case.launcher, case.pad, case.ship.mass_kg, normal, rows=False)


def _spent_m_s(case: Case, best: Climb, flown: Climb) -> float:
    """By how much more than at best the last stage has burnt, as its delta-v."""
    empty_kg = empty_mass_kg(case.launcher, case.ship.mass_kg)
    most, left = empty_kg + best.propellant_left_kg, empty_kg + flown.propellant_left_kg
    return float(case.launcher.stages[-1].isp_vacuum_s * G0_M_S2 * np.log(most / left))
