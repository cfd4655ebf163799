"""Launch window: the liftoff that puts the ship into the station's plane by the time it docks.

The orbit that a ship is left in has a mean node; drifted until docking, it must meet the station's. A programme that is
fixed to the turning Earth makes one plane for each liftoff instant, so the instant follows from that. A launcher that
steers in yaw can be given the plane; its window is where that costs least (``steering``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError, NoWindow
from fakel.model.flight import State
from fakel.model.launcher import Launcher, OrbitTarget, SeparationTarget
from fakel.model.place import Site
from fakel.model.profile import Profile
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.frames import phase_ahead_rad
from fakel.physics.geodesy import look
from fakel.physics.propagate import coast_table
from fakel.plan.ascent import itrf_from_launch
from fakel.plan.craft import Path
from fakel.plan.insertion import cutoff_in_plane, pad_itrf_m, plane_normal
from fakel.plan.mean_orbit import MeanOrbit, mean_orbit, wrapped
from fakel.plan.node_drift import docking_s, first_burn_s, node_drift_rad
from fakel.plan.steering import Steering, ahead_rad, check_served, steering
from fakel.world import World

SEARCH_DAYS = 30
PLANE_ROUNDS = 3          # from the mean plane that is wanted to the plane at cutoff: each gains three digits
_TWO_PI = 2 * np.pi


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """What is to be launched, from where, and how it will climb to the station.

    docking_s: a docking wished for, s after liftoff; None: by the profile's rule.
    """

    launcher: Launcher
    pad: Site
    profile: Profile
    mass_kg: float
    cd_area_m2: float
    docking_s: float | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A liftoff that meets the station's plane.

    miss_s: how much too late it is for the station's plane at docking; under a millisecond when solved.
    phase_rad: station ahead of the nominal separation point, about the orbit normal.
    drift_rad: node drift (ship against station) still to come between separation and docking.
    plane_over_pad_s: seconds after liftoff when the station's plane reaches the pad.
    off_plane_rad: how far the pad is from that plane at liftoff, positive to its left (north).
    elevation_rad: highest elevation of the station from the pad within ten minutes of liftoff.
    early_s, late_s: how long before and after liftoff the plane still costs no more than the launcher's reserve.
    azimuth_rad: in which the rocket tilts, east of north over the ground. docking_s: after liftoff, without the wait
    for light. left_kg: propellant left at cutoff, of a launcher that steers. plane_error_rad: between the planes at
    docking, by their averages.
    """

    liftoff: Epoch
    miss_s: float
    phase_rad: float
    drift_rad: float
    accepted: bool
    plane_over_pad_s: float
    off_plane_rad: float
    elevation_rad: float
    early_s: float
    late_s: float
    azimuth_rad: float
    docking_s: float
    left_kg: float | None = None
    plane_error_rad: float = 0.0

    @property
    def ascending(self) -> bool:
        return bool(np.cos(self.azimuth_rad) > 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """What a liftoff at some instant comes to. normal (3,): the plane that is steered into, launch frame."""

    miss_rad: float
    phase_rad: float
    drift_rad: float
    docking_s: float
    ship: MeanOrbit
    station: MeanOrbit
    normal: FloatArray | None = None


def liftoff(days: Window, ask: Ask, station: Path, world: World) -> Opportunity:
    """The first opportunity in days whose phase the profile accepts.

    Raises NoWindow with the dates tried, their phases, and about when the next one is (phases carried on at the
    station's mean rate, up to SEARCH_DAYS).
    """
    found = opportunities(days, ask, station, world)
    for chance in found:
        if chance.accepted:
            return chance
    tried = " or ".join(f"{np.degrees(o.phase_rad) % 360:.0f} deg ({o.liftoff.iso()})" for o in found)
    ahead = f"the station would be ahead by {tried}" if found else "the pad does not meet the station's plane"
    low, high = np.degrees(ask.profile.phase_min_rad), np.degrees(ask.profile.phase_max_rad)
    raise NoWindow(f"{ask.profile.name} wants the station {low:g} to {high:g} deg ahead; from {days.start.iso()} to "
                   f"{days.stop.iso()} {ahead}; {_next_one(found, days, ask, station, world)}")


def opportunities(days: Window, ask: Ask, station: Path, world: World) -> tuple[Opportunity, ...]:
    """Every liftoff in days that meets the station's plane, accepted or not, in order.

    One each sidereal day or so for a programme fixed to the Earth; two, over the ascending and the descending half of
    the plane, for a launcher that steers, unless the pad does not allow its azimuth. Raises InputError where the pad,
    or the programme's own inclination, cannot serve the station.
    """
    here = station.at(world.seconds(days.start), world)
    ways = _ways(ask, mean_orbit(here, world))
    found = [chance for way in ways for chance in _of_one_way(days, ask, here, world, way)]
    return tuple(sorted(found, key=lambda chance: chance.liftoff))


def ways(ask: Ask, station: Path, world: World) -> tuple[Steering | None, ...]:
    """How a launcher may leave for a station; see ``opportunities``."""
    return tuple(_ways(ask, mean_orbit(station, world)))


def following(t_s: float, ask: Ask, station: Path, world: World, way: Steering | None) -> Opportunity:
    """The first liftoff of one way after world seconds."""
    at_s, trial = _root(t_s, ask, station, world, way)
    return _opportunity(at_s, trial, ask, station, world, way)


def nearest(t_s: float, phase_rad: float, ask: Ask, station: Path, world: World, way: Steering | None) -> Opportunity:
    """The liftoff of one way next to world seconds, where the phase is about so much: half the work of a search."""
    at_s, trial = _closed(t_s, phase_rad, ask, station, world, way)
    return _opportunity(at_s, trial, ask, station, world, way)


def _of_one_way(days: Window, ask: Ask, here: Path, world: World, way: Steering | None) -> list[Opportunity]:
    found: list[Opportunity] = []
    t_s, stop_s = world.seconds(days.start), world.seconds(days.stop)
    while True:
        t_s, trial = _root(t_s, ask, here, world, way)
        if t_s >= stop_s:
            return found
        found.append(_opportunity(t_s, trial, ask, here, world, way))
        here = here.at(t_s, world)
        t_s += 0.9 * _TWO_PI / EARTH_RATE_RAD_S


def _ways(ask: Ask, station: MeanOrbit) -> list[Steering | None]:
    """How a launcher may leave: None for a programme fixed to the Earth, or by the halves of the plane."""
    if isinstance(ask.launcher.target, SeparationTarget):
        return [None]
    check_served(ask.pad, station.inclination_rad, "the station")
    tilt = station.inclination_rad
    ways = [steering(ask.launcher, ask.pad, ask.mass_kg, tilt, ascending) for ascending in (True, False)]
    allowed: list[Steering | None] = [way for way in ways if ask.pad.allows(way.azimuth_rad)]
    if not allowed:
        wanted = " or ".join(f"{np.degrees(way.azimuth_rad):.1f}" for way in ways)
        raise InputError(f"{ask.pad.name} allows azimuths of {ask.pad.azimuths_told}; the station's plane needs "
                         f"{wanted} deg: take another pad")
    return allowed


def _root(t_s: float, ask: Ask, station: Path, world: World, way: Steering | None) -> tuple[float, _Trial]:
    """The first liftoff after t_s without miss, to the millisecond, as world seconds."""
    near = _middle_rad(ask.profile)
    trial = _try(t_s, ask, station, near, world, way)
    return _closed(t_s + (-trial.miss_rad % _TWO_PI) / EARTH_RATE_RAD_S, near, ask, station, world, way)


def _closed(t_s: float, near_rad: float, ask: Ask, station: Path, world: World, way: Steering | None
            ) -> tuple[float, _Trial]:
    """The liftoff next to t_s without miss, its phase counted at first in the turn around near_rad."""
    trial = _try(t_s, ask, station, near_rad, world, way)
    for i in range(12):
        trial = _try(t_s, ask, station, trial.phase_rad, world, way) if i else trial
        step_s = -trial.miss_rad / EARTH_RATE_RAD_S
        t_s += step_s
        if abs(step_s) < 5e-4:
            break
    return t_s, trial


def _try(liftoff_s: float, ask: Ask, station: Path, near_rad: float, world: World, way: Steering | None) -> _Trial:
    """By how much node a liftoff at liftoff_s misses the station's plane at docking (positive: east of it), or, of a
    launcher that steers, how far its best liftoff is passed.

    The phase is counted in the turn around near_rad.
    """
    target = ask.launcher.target
    there = station.at(liftoff_s + target.met_s, world)
    its = mean_orbit(there, world)
    if isinstance(target, SeparationTarget):
        return _try_programme(target, ask, there, its, near_rad, world)
    return _try_steered(liftoff_s, target, ask, there, its, near_rad, world, way)


def _try_programme(target: SeparationTarget, ask: Ask, there: Path, its: MeanOrbit, near_rad: float, world: World,
                   ) -> _Trial:
    position, velocity = world.to_gcrf(np.array([there.t_s]), target.position_itrf_m[None],
                                       target.velocity_itrf_m_s[None])
    ship = Path(there.t_s, np.concatenate([position[0], velocity[0], [ask.mass_kg]]), ask.cd_area_m2)
    mine = mean_orbit(ship, world)
    phase = near_rad + wrapped(phase_ahead_rad(ship.y, there.y) - near_rad)
    drift, docking = _drift(ask, mine, its, phase)
    return _Trial(wrapped(mine.node_rad + drift - its.node_rad), phase, drift, docking, mine, its)


def _try_steered(liftoff_s: float, target: OrbitTarget, ask: Ask, there: Path, its: MeanOrbit, near_rad: float,
                 world: World, way: Steering | None) -> _Trial:
    """The plane at cutoff whose averages are the station's inclination and its node less the drift to come.

    Without a way nothing is missed: the plane is the same however the launcher leaves.
    """
    tilt, node, drift, docking, phase = its.inclination_rad, its.node_rad, 0.0, 0.0, near_rad
    mine, normal = its, np.zeros(3)
    for _ in range(PLANE_ROUNDS):
        ship, normal = _ship_in_plane(liftoff_s, target, ask, plane_normal(tilt, node - drift), there.t_s, world)
        mine = mean_orbit(ship, world)
        phase = near_rad + wrapped(phase_ahead_rad(ship.y, there.y) - near_rad)
        before = drift
        drift, docking = _drift(ask, mine, its, phase)
        tilt += its.inclination_rad - mine.inclination_rad
        node += wrapped(its.node_rad - before - mine.node_rad)
    seen = float(np.arctan2(normal[0], -normal[1])) - ask.pad.longitude_rad        # the node, east of the pad
    wanted = seen if way is None else ahead_rad(way, ask.pad, float(np.arccos(normal[2])))
    return _Trial(wrapped(wanted - seen), phase, drift, docking, mine, its, normal)


def _ship_in_plane(liftoff_s: float, target: OrbitTarget, ask: Ask, normal_teme: FloatArray, t_s: float, world: World,
                   ) -> tuple[Path, FloatArray]:
    """The ship at cutoff in a plane given in TEME, and the plane's normal in the launch frame."""
    in_gcrf = normal_teme @ world.teme_from_gcrf(np.array([t_s]))[0]
    normal = world.itrf_from_gcrf(np.array([liftoff_s]))[0] @ in_gcrf
    position, velocity = cutoff_in_plane(target, ask.pad, normal)
    fixed = itrf_from_launch(np.array([target.met_s]), position[None], velocity[None])
    r, v = world.to_gcrf(np.array([t_s]), *fixed)
    return Path(t_s, np.concatenate([r[0], v[0], [ask.mass_kg]]), ask.cd_area_m2), normal


def _drift(ask: Ask, ship: MeanOrbit, station: MeanOrbit, phase_rad: float) -> tuple[float, float]:
    """Node drift to come, and when after liftoff the ship docks."""
    docking = docking_s(ask.profile, phase_rad, station) if ask.docking_s is None else ask.docking_s
    met_s = ask.launcher.target.met_s
    return node_drift_rad(ship, station, phase_rad, first_burn_s(ask.profile) - met_s, docking - met_s), docking


def opportunity_at(liftoff: Epoch, ask: Ask, station: Path, world: World) -> Opportunity:
    """What a given liftoff means: its phase, and how far it misses the station's plane, or the liftoff that costs a
    steering launcher least (miss_s)."""
    t_s = world.seconds(liftoff)
    here = station.at(t_s, world)
    way, trial = _nearest_way(t_s, ask, here, world)
    return _opportunity(t_s, trial, ask, here, world, way)


def plane_at(liftoff: Epoch, ask: Ask, station: Path, world: World) -> FloatArray | None:
    """The unit normal (3,), launch frame, of the plane that a launcher steers into; None for a fixed programme."""
    if isinstance(ask.launcher.target, SeparationTarget):
        return None
    t_s = world.seconds(liftoff)
    return _try(t_s, ask, station.at(t_s, world), _middle_rad(ask.profile), world, None).normal


def _nearest_way(t_s: float, ask: Ask, here: Path, world: World) -> tuple[Steering | None, _Trial]:
    ways, near = _ways(ask, mean_orbit(here, world)), _middle_rad(ask.profile)
    return min(((way, _try(t_s, ask, here, near, world, way)) for way in ways), key=lambda pair: abs(pair[1].miss_rad))


def _middle_rad(profile: Profile) -> float:
    """The middle of a profile's window; phases are counted in the turn around it."""
    return 0.5 * (profile.phase_min_rad + profile.phase_max_rad)


def plane_off_rad(miss_s: float, station: State) -> float:
    """Angle between two orbits of the station's inclination whose nodes are miss_s of the Earth's turn apart."""
    normal = np.cross(station.position_m, station.velocity_m_s)
    sine = float(np.linalg.norm(normal[:2]) / np.linalg.norm(normal))
    return float(2 * np.arcsin(sine * abs(np.sin(miss_s * EARTH_RATE_RAD_S / 2))))


def _opportunity(t_s: float, trial: _Trial, ask: Ask, station: Path, world: World, way: Steering | None) -> Opportunity:
    profile = ask.profile
    at_liftoff = station.at(t_s, world)
    over_s, off_rad = _plane_over_pad(at_liftoff, ask.pad, world)
    epoch = Epoch(round((world.epoch + t_s).tai_ns, -6))       # whole milliseconds: what a mission file can hold
    if way is None:
        early_s = late_s = _reach_s(ask, trial)
        azimuth = ask.launcher.programme.azimuth_rad or 0.0
    else:
        early_s, late_s, azimuth = way.early_s, way.late_s, way.azimuth_rad
    return Opportunity(epoch, trial.miss_rad / EARTH_RATE_RAD_S, trial.phase_rad, trial.drift_rad,
                       profile.phase_min_rad <= trial.phase_rad <= profile.phase_max_rad,
                       over_s, off_rad, _highest_elevation(at_liftoff, ask.pad, world), early_s, late_s, azimuth,
                       trial.docking_s, None if way is None else way.left_kg, _plane_error_rad(trial))


def _plane_error_rad(trial: _Trial) -> float:
    ship, station = trial.ship, trial.station
    node = np.sin(station.inclination_rad) * wrapped(ship.node_rad + trial.drift_rad - station.node_rad)
    return float(np.hypot(ship.inclination_rad - station.inclination_rad, node))


def _reach_s(ask: Ask, trial: _Trial) -> float:
    """How late or early a liftoff may be for the launcher's reserve, beside what the inclinations are apart.

    Raises InputError when their difference alone is more than the reserve.
    """
    target, reserve_m_s = ask.launcher.target, ask.launcher.plane_reserve_m_s
    assert isinstance(target, SeparationTarget)
    ship, station = trial.ship.inclination_rad, trial.station.inclination_rad
    speed_m_s = trial.station.a_m * trial.station.phase_rate_rad_s
    tilt_m_s = 2 * speed_m_s * abs(np.sin((ship - station) / 2))
    if tilt_m_s > reserve_m_s:
        raise InputError(f"{ask.launcher.name} flies into {np.degrees(ship):.2f} deg whenever it leaves, the station "
                         f"is at {np.degrees(station):.2f} deg: turning costs {tilt_m_s:.0f} m/s, more than the "
                         f"{reserve_m_s:g} m/s kept for it; take a launcher that steers, or another station")
    node = np.sqrt(reserve_m_s**2 - tilt_m_s**2) / (speed_m_s * np.sin(station))
    return float(node / EARTH_RATE_RAD_S)


def _pad_gcrf(pad: Site, t_s: FloatArray, world: World) -> FloatArray:
    """The pad (n, 3) m in GCRF at t_s (n,)."""
    return np.einsum("nij,i->nj", world.itrf_from_gcrf(t_s), pad_itrf_m(pad))


def _plane_over_pad(station: Path, pad: Site, world: World) -> tuple[float, float]:
    """Seconds from the station's instant until its plane reaches the pad, and the pad's angle off the plane now."""

    def off(t_s: float) -> float:
        y = station.at(t_s, world).y
        normal, place = np.cross(y[:3], y[3:6]), _pad_gcrf(pad, np.array([t_s]), world)[0]
        return float(np.arcsin(normal @ place / np.linalg.norm(normal) / np.linalg.norm(place)))

    t0 = station.t_s
    a, b = t0, t0 + 200.0
    first = fa = off(a)
    fb = off(b)
    for _ in range(8):                      # secant: the angle is almost a straight line over some minutes
        if abs(fb - fa) < 1e-15:
            break
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        fb = off(b)
        if abs(b - a) < 1e-3:
            break
    return b - t0, first


def _highest_elevation(station: Path, pad: Site, world: World) -> float:
    """Highest elevation rad of the station, seen from the pad, within ten minutes of its instant."""
    start = station.at(station.t_s - 600.0, world)
    table = coast_table(start.y, start.t_s, 10.0, 121, station.cd_area_m2, world.field)
    fixed, _ = world.to_itrf(start.t_s + 10.0 * np.arange(121), table[:, :3], table[:, 3:6])
    return float(np.max(look(fixed, pad.latitude_rad, pad.longitude_rad, pad.height_m)[0]))


def _next_one(found: tuple[Opportunity, ...], days: Window, ask: Ask, station: Path, world: World) -> str:
    """In words, about when the next opportunity is.

    The phase is carried on at the station's mean rate, which grows as the air slows it down; reboosts are not
    foreseen. A later phase leaves more node drift to come, so its liftoff is later (see ``_try``).
    """
    last = found[-1] if found else opportunities(Window(days.stop, days.stop + DAY_S), ask, station, world)[0]
    there, profile = station.at(world.seconds(last.liftoff), world), ask.profile
    orbit, growth = mean_orbit(there, world), _phase_growth_rad_s2(there, world)
    node_rate = EARTH_RATE_RAD_S - orbit.node_rate_rad_s
    later_s = -last.drift_rad / last.phase_rad / node_rate
    near = _middle_rad(profile)
    for day in range(1 if found else 0, SEARCH_DAYS + 1):
        phase = near
        for _ in range(3):
            t_s = day * _TWO_PI / node_rate + later_s * (phase - last.phase_rad)
            ahead = last.phase_rad + orbit.phase_rate_rad_s * t_s + growth * t_s * t_s / 2
            phase = near + wrapped(ahead - near)
        if profile.phase_min_rad <= phase <= profile.phase_max_rad:
            when = (last.liftoff + t_s).iso()
            return f"the next is about {when[:16]}Z ({np.degrees(phase):.0f} deg); write date = {when[:10]}"
    return f"none in the next {SEARCH_DAYS} days either; take another profile"


def _phase_growth_rad_s2(station: Path, world: World) -> float:
    """How fast the phase rate grows by drag: a day flown with air and without."""
    slowed = station.at(station.t_s - DAY_S, world)
    free = Path(station.t_s, station.y, 0.0).at(station.t_s - DAY_S, world)
    return 2 * wrapped(phase_ahead_rad(free.y, slowed.y)) / DAY_S**2
