"""Launch window: the liftoff that puts the ship into the station's plane by the time it docks.

The programme is fixed to the turning Earth, so the liftoff instant alone sets the plane. The orbit that the launcher's
separation target makes has a mean node; drifted until docking, it must meet the station's. The drift still to come
follows from the phase, for node drift and phase gain come from the same difference in height.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import NoWindow
from fakel.model.flight import State
from fakel.model.place import Site
from fakel.model.profile import Profile
from fakel.model.vehicle import Launcher
from fakel.physics.ascent import J2, MU_M3_S2
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.frames import phase_ahead_rad
from fakel.physics.geodesy import RADIUS_M, itrf_from_geodetic, look
from fakel.physics.propagate import coast_table
from fakel.plan.craft import Path
from fakel.world import World

SAMPLES = 96          # per revolution; twice as many move the mean node by less than 1e-5 deg
SEARCH_DAYS = 30
_TWO_PI = 2 * np.pi


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """What is to be launched, from where, and how it will climb to the station."""

    launcher: Launcher
    pad: Site
    profile: Profile
    mass_kg: float
    cd_area_m2: float


@dataclass(frozen=True, slots=True)
class MeanOrbit:
    """Averages over the revolution around an instant, in the true equator of date; rates from J2 alone."""

    a_m: float
    inclination_rad: float
    node_rad: float
    node_rate_rad_s: float
    phase_rate_rad_s: float


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A liftoff that meets the station's plane.

    miss_s: how much too late it is for the station's plane at docking; under a millisecond when solved.
    phase_rad: station ahead of the nominal separation point, about the orbit normal.
    drift_rad: node drift (ship against station) still to come between separation and docking.
    plane_over_pad_s: seconds after liftoff when the station's plane reaches the pad.
    off_plane_rad: how far the pad is from that plane at liftoff, positive to its left (north).
    elevation_rad: highest elevation of the station from the pad within ten minutes of liftoff.
    """

    liftoff: Epoch
    miss_s: float
    phase_rad: float
    drift_rad: float
    accepted: bool
    plane_over_pad_s: float
    off_plane_rad: float
    elevation_rad: float


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
    """Every liftoff in days that meets the station's plane, accepted or not; one each sidereal day or so."""
    found: list[Opportunity] = []
    t_s, stop_s = world.seconds(days.start), world.seconds(days.stop)
    here = station.at(t_s, world)
    while True:
        t_s, trial = _root(t_s, ask, here, world)
        if t_s >= stop_s:
            return tuple(found)
        found.append(_opportunity(t_s, trial, ask, here, world))
        here = here.at(t_s, world)
        t_s += 0.9 * _TWO_PI / EARTH_RATE_RAD_S


@dataclass(frozen=True, slots=True)
class _Trial:
    miss_rad: float
    phase_rad: float
    drift_rad: float


def _root(t_s: float, ask: Ask, station: Path, world: World) -> tuple[float, _Trial]:
    """The first liftoff after t_s without miss, to the millisecond, as world seconds."""
    profile = ask.profile
    near = 0.5 * (profile.phase_min_rad + profile.phase_max_rad)
    trial = _try(t_s, ask, station, near, world)
    t_s += (-trial.miss_rad % _TWO_PI) / EARTH_RATE_RAD_S
    for i in range(12):
        trial = _try(t_s, ask, station, near if i == 0 else trial.phase_rad, world)
        step_s = -trial.miss_rad / EARTH_RATE_RAD_S
        t_s += step_s
        if abs(step_s) < 5e-4:
            break
    return t_s, trial


def _try(liftoff_s: float, ask: Ask, station: Path, near_rad: float, world: World) -> _Trial:
    """By how much node a liftoff at liftoff_s misses the station's plane at docking (positive: east of it).

    The phase is counted in the turn around near_rad.
    """
    target = ask.launcher.target
    t_s = liftoff_s + target.met_s
    position, velocity = world.to_gcrf(np.array([t_s]), target.position_itrf_m[None], target.velocity_itrf_m_s[None])
    ship = Path(t_s, np.concatenate([position[0], velocity[0], [ask.mass_kg]]), ask.cd_area_m2)
    there = station.at(t_s, world)
    mine, its = mean_orbit(ship, world), mean_orbit(there, world)
    phase = near_rad + _wrapped(phase_ahead_rad(ship.y, there.y) - near_rad)
    drift = phase * (mine.node_rate_rad_s - its.node_rate_rad_s) / (mine.phase_rate_rad_s - its.phase_rate_rad_s)
    return _Trial(_wrapped(mine.node_rad + drift - its.node_rad), phase, drift)


def mean_orbit(craft: Path, world: World) -> MeanOrbit:
    """Mean orbit of a craft at its instant, averaged over one nodal revolution of the full model.

    Half a revolution is flown back first, so that the average belongs to the instant itself. The node is counted
    from the mean equinox in the true equator (TEME) of the instant.
    """
    r, v = craft.y[:3], craft.y[3:6]
    a_m = float(1 / (2 / np.linalg.norm(r) - v @ v / MU_M3_S2))
    normal = np.cross(r, v)
    inclination_rad = float(np.arccos(normal[2] / np.linalg.norm(normal)))
    to_teme = world.teme_from_gcrf(np.array([craft.t_s]))[0]
    node_rad = 0.0
    for _ in range(2):
        period_s = _TWO_PI / secular_rates(a_m, inclination_rad)[1]
        first = craft.at(craft.t_s - period_s / 2, world)
        table = coast_table(first.y, first.t_s, period_s / SAMPLES, SAMPLES + 1, craft.cd_area_m2, world.field)
        x, w = table[:, :3] @ to_teme.T, table[:, 3:6] @ to_teme.T
        h = np.cross(x, w)
        a_m = _average(1 / (2 / np.linalg.norm(x, axis=1) - np.sum(w * w, axis=1) / MU_M3_S2))
        inclination_rad = _average(np.arccos(h[:, 2] / np.linalg.norm(h, axis=1)))
        node_rad = _average(np.unwrap(np.arctan2(h[:, 0], -h[:, 1])))
    return MeanOrbit(a_m, inclination_rad, node_rad % _TWO_PI, *secular_rates(a_m, inclination_rad))


def secular_rates(a_m: float, inclination_rad: float) -> tuple[float, float]:
    """Rates rad/s of the node and of the mean argument of latitude; near-circular, first order in J2 (Kozai 1959)."""
    n = np.sqrt(MU_M3_S2 / a_m**3)
    k = 1.5 * J2 * (RADIUS_M / a_m) ** 2 * n
    c = np.cos(inclination_rad)
    return float(-k * c), float(n + k * (4 * c * c - 1))


def _average(samples: FloatArray) -> float:
    """Mean over a closed revolution, first and last sample half each."""
    return float((samples.sum() - (samples[0] + samples[-1]) / 2) / (len(samples) - 1))


def _wrapped(angle_rad: float) -> float:
    return float((angle_rad + np.pi) % _TWO_PI - np.pi)


def opportunity_at(liftoff: Epoch, ask: Ask, station: Path, world: World) -> Opportunity:
    """What a given liftoff means: its phase, and how far it misses the station's plane (miss_s)."""
    t_s = world.seconds(liftoff)
    near = 0.5 * (ask.profile.phase_min_rad + ask.profile.phase_max_rad)
    here = station.at(t_s, world)
    return _opportunity(t_s, _try(t_s, ask, here, near, world), ask, here, world)


def plane_off_rad(miss_s: float, station: State) -> float:
    """Angle between two orbits of the station's inclination whose nodes are miss_s of the Earth's turn apart."""
    normal = np.cross(station.position_m, station.velocity_m_s)
    sine = float(np.linalg.norm(normal[:2]) / np.linalg.norm(normal))
    return float(2 * np.arcsin(sine * abs(np.sin(miss_s * EARTH_RATE_RAD_S / 2))))


def _opportunity(t_s: float, trial: _Trial, ask: Ask, station: Path, world: World) -> Opportunity:
    profile = ask.profile
    at_liftoff = station.at(t_s, world)
    over_s, off_rad = _plane_over_pad(at_liftoff, ask.pad, world)
    epoch = Epoch(round((world.epoch + t_s).tai_ns, -6))       # whole milliseconds: what a mission file can hold
    return Opportunity(epoch, trial.miss_rad / EARTH_RATE_RAD_S, trial.phase_rad, trial.drift_rad,
                       profile.phase_min_rad <= trial.phase_rad <= profile.phase_max_rad,
                       over_s, off_rad, _highest_elevation(at_liftoff, ask.pad, world))


def _pad_gcrf(pad: Site, t_s: FloatArray, world: World) -> FloatArray:
    """The pad (n, 3) m in GCRF at t_s (n,)."""
    place = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)
    return np.einsum("nij,i->nj", world.itrf_from_gcrf(t_s), place)


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
    near = 0.5 * (profile.phase_min_rad + profile.phase_max_rad)
    for day in range(1 if found else 0, SEARCH_DAYS + 1):
        phase = near
        for _ in range(3):
            t_s = day * _TWO_PI / node_rate + later_s * (phase - last.phase_rad)
            ahead = last.phase_rad + orbit.phase_rate_rad_s * t_s + growth * t_s * t_s / 2
            phase = near + _wrapped(ahead - near)
        if profile.phase_min_rad <= phase <= profile.phase_max_rad:
            when = (last.liftoff + t_s).iso()
            return f"the next is about {when[:16]}Z ({np.degrees(phase):.0f} deg); write date = {when[:10]}"
    return f"none in the next {SEARCH_DAYS} days either; take another profile"


def _phase_growth_rad_s2(station: Path, world: World) -> float:
    """How fast the phase rate grows by drag: a day flown with air and without."""
    slowed = station.at(station.t_s - DAY_S, world)
    free = Path(station.t_s, station.y, 0.0).at(station.t_s - DAY_S, world)
    return 2 * _wrapped(phase_ahead_rad(free.y, slowed.y)) / DAY_S**2
