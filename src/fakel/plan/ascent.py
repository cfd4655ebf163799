"""A launcher's nominal sequence as numbers, the aim of its guidance, and what it can lift."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fakel.guidance.ascent import Aim, Rocket, ascend, fly_to
from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.launcher import Launcher, OrbitTarget, SeparationTarget, Stage
from fakel.model.place import Site
from fakel.physics.ascent import DROPPED_KG, MU_M3_S2, SEA_LEVEL_PA, START_S, forces, gravity_m_s2
from fakel.physics.dop853 import NODES, STEP, stage_place
from fakel.physics.earth_fixed import Earth
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import RADIUS_M, enu_from_itrf, itrf_from_geodetic
from fakel.physics.moving import Moving
from fakel.physics.propagate import G0_M_S2
from fakel.physics.rows import peak_s
from fakel.world.gravity import gravity_table

DEGREE = 20          # of gravity, as in ``world.build_world``


def turning_earth(t_s: FloatArray | float) -> Moving:
    """ITRF as it stands and turns in the launch frame (ITRF axes frozen at liftoff), t_s (n,) or one after liftoff."""
    angle = EARTH_RATE_RAD_S * np.asarray(t_s, dtype=float)
    c, s, zero = np.cos(angle), np.sin(angle), np.zeros_like(angle)
    matrix = np.stack([c, s, zero, -s, c, zero, zero, zero, zero + 1.0], axis=-1).reshape(*angle.shape, 3, 3)
    return Moving(np.zeros(3), np.zeros(3), matrix, np.array([0.0, 0.0, EARTH_RATE_RAD_S]))


def launch_from_itrf(t_s: float, position_itrf_m: FloatArray, velocity_itrf_m_s: FloatArray,
                     ) -> tuple[FloatArray, FloatArray]:
    """Position and velocity in the launch frame, t_s after liftoff."""
    return turning_earth(t_s).out_of(position_itrf_m, velocity_itrf_m_s)


def itrf_from_launch(t_s: FloatArray, position_m: FloatArray, velocity_m_s: FloatArray
                     ) -> tuple[FloatArray, FloatArray]:
    """Positions (n, 3) and velocities (n, 3) of the launch frame, written in ITRF, t_s (n,) after liftoff."""
    return turning_earth(t_s).into(position_m, velocity_m_s)


def _level(stage: Stage, t_s: float) -> float:
    """Share of full thrust at t_s; the throttle list rises in time and starts at full."""
    if t_s < stage.ignition_s or (stage.cutoff_s is not None and t_s >= stage.cutoff_s):
        return 0.0
    level = 1.0
    for step in stage.throttle:
        if t_s >= step.from_s:
            level = step.level
    return level


def _flow_kg_s(stage: Stage) -> float:
    """What all units of a stage burn at full thrust."""
    return stage.count * stage.thrust_vacuum_n / (stage.isp_vacuum_s * G0_M_S2)


def _burnt_kg(stage: Stage, stop_s: float) -> float:
    """What all units of a stage have burnt by stop_s."""
    changes = {stage.ignition_s, *(step.from_s for step in stage.throttle), stop_s}
    edges = sorted(t for t in changes if t <= stop_s)
    return _flow_kg_s(stage) * sum(_level(stage, a) * (b - a) for a, b in pairwise(edges))


def _stage_mass_kg(stage: Stage) -> float:
    """What is left of all units of a stage when it separates: dry, unusable and unburnt."""
    full = stage.count * (stage.dry_mass_kg + stage.propellant_kg)
    return full - (_burnt_kg(stage, stage.cutoff_s) if stage.cutoff_s is not None else 0.0)


def timetable(launcher: Launcher) -> FloatArray:
    """The nominal sequence (n, 6), columns of physics.ascent, from liftoff on.

    A part that falls off is dropped at the start of a row. The drag area is that with boosters until the first
    separation.
    """
    first = min(s.separation_s for s in launcher.stages if s.separation_s is not None)
    times = {0.0}
    for stage in launcher.stages:
        times |= {stage.ignition_s, *(step.from_s for step in stage.throttle)}
        times |= {t for t in (stage.cutoff_s, stage.separation_s) if t is not None}
    times |= {part.at_s for part in launcher.jettisons}
    rows = []
    for t_s in sorted(t for t in times if t >= 0.0):
        level = [(s, s.count * _level(s, t_s)) for s in launcher.stages]
        dropped = sum(_stage_mass_kg(s) for s in launcher.stages if s.separation_s == t_s)
        dropped += sum(part.mass_kg for part in launcher.jettisons if part.at_s == t_s)
        rows.append([
            t_s,
            sum(n * s.thrust_vacuum_n for s, n in level),
            sum(n * (s.thrust_vacuum_n - s.thrust_sea_level_n) for s, n in level) / SEA_LEVEL_PA,
            sum(_level(s, t_s) * _flow_kg_s(s) for s in launcher.stages),
            launcher.aero.area_boosters_m2 if t_s < first else launcher.aero.area_core_m2,
            dropped])
    return np.array(rows)


def liftoff_mass_kg(launcher: Launcher, payload_kg: float) -> float:
    """Everything that leaves the pad: what burns before liftoff is gone."""
    burnt = sum(_burnt_kg(s, 0.0) for s in launcher.stages)
    stack = sum(s.count * (s.dry_mass_kg + s.propellant_kg) for s in launcher.stages)
    return stack + sum(p.mass_kg for p in launcher.jettisons) + launcher.adapter_kg + payload_kg - burnt


def empty_mass_kg(launcher: Launcher, payload_kg: float) -> float:
    """The last stage with payload when it has burnt all it can."""
    last = launcher.stages[-1]
    return last.count * (last.dry_mass_kg + last.unusable_kg) + launcher.adapter_kg + payload_kg


def rocket(launcher: Launcher) -> Rocket:
    """The launcher as guidance and physics take it."""
    return Rocket(timetable(launcher), np.array(launcher.aero.mach), np.array(launcher.aero.cd0), earth())


def earth() -> Earth:
    """The missions' gravity, turning about the axis of ITRF; Sun and Moon need an instant and are left out."""
    gravity, radius_m = gravity_table(DEGREE)
    return Earth(gravity, radius_m, np.array([0.0, 0.0, EARTH_RATE_RAD_S]), np.zeros((0, 4)))


def pad_axes(pad: Site, azimuth_rad: float) -> tuple[FloatArray, FloatArray]:
    """Geodetic up, and the horizontal direction at azimuth_rad east of north; unit vectors, ITRF."""
    east, north, up = enu_from_itrf(pad.latitude_rad, pad.longitude_rad)
    return up, np.cos(azimuth_rad) * north + np.sin(azimuth_rad) * east


def aim(launcher: Launcher, pad: Site, plane_normal: FloatArray | None = None) -> Aim:
    """Where guidance steers to at cutoff, launch frame.

    A separation target is turned with the Earth to its elapsed time and followed back through the coast before
    separation (one step over a few seconds). An orbit needs plane_normal (3): along r x v of the orbit wanted, launch
    frame (ITRF axes frozen at liftoff). Raises InputError when the plane is missing or passes the pad by too far.
    """
    if isinstance(launcher.target, SeparationTarget):
        return _aim_at_vector(launcher, launcher.target, pad)
    if plane_normal is None:
        raise InputError(f"{launcher.name} steers into a plane that it is given; give the normal of the plane")
    return _aim_at_orbit(launcher, launcher.target, pad, plane_normal / np.linalg.norm(plane_normal))


def _aim_at_vector(launcher: Launcher, target: SeparationTarget, pad: Site) -> Aim:
    position, velocity = launch_from_itrf(target.met_s, target.position_itrf_m, target.velocity_itrf_m_s)
    position, velocity = coast_briefly(target.met_s, position, velocity, -launcher.coast_to_separation_s)
    normal = np.cross(position, velocity)
    normal /= np.linalg.norm(normal)
    pad_up, downrange = pad_axes(pad, launcher.programme.azimuth_rad or 0.0)
    return _aim(launcher, position, velocity, normal, np.array([pad_up, downrange]))


def _aim_at_orbit(launcher: Launcher, target: OrbitTarget, pad: Site, normal: FloatArray) -> Aim:
    """The cutoff state lies range_rad along the plane from the point of it that is nearest the pad."""
    pad_m = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)
    nearest = pad_m - normal * (normal @ pad_m)
    nearest /= np.linalg.norm(nearest)
    ahead = np.cross(normal, nearest)
    radial = np.cos(target.range_rad) * nearest + np.sin(target.range_rad) * ahead
    low, high = RADIUS_M + target.perigee_m, RADIUS_M + target.apogee_m
    p, e = 2 * low * high / (low + high), (high - low) / (high + low)
    c, s = np.cos(target.anomaly_rad), np.sin(target.anomaly_rad)
    rate = np.sqrt(MU_M3_S2 / p)
    position = p / (1 + e * c) * radial
    velocity = rate * (e * s * radial + (1 + e * c) * np.cross(normal, radial))
    return _aim(launcher, position, velocity, normal, _roll_to(pad, launcher.programme.azimuth_rad, velocity, normal))


def _roll_to(pad: Site, azimuth_rad: float | None, velocity_m_s: FloatArray, normal: FloatArray) -> FloatArray:
    """Up at the pad and the horizontal direction in which the rocket tilts (2, 3).

    That is where the velocity must grow: along the plane, less what the turning Earth gives already.
    """
    if azimuth_rad is not None:
        return np.array(pad_axes(pad, azimuth_rad))
    up, _ = pad_axes(pad, 0.0)
    pad_m = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)
    along = np.cross(normal, up)
    _, given = launch_from_itrf(0.0, pad_m, np.zeros(3))
    wanted = float(np.linalg.norm(velocity_m_s)) * along / np.linalg.norm(along) - given
    wanted -= up * (up @ wanted)
    return np.array([up, wanted / np.linalg.norm(wanted)])


def _aim(launcher: Launcher, position_m: FloatArray, velocity_m_s: FloatArray, normal: FloatArray, pad: FloatArray,
         ) -> Aim:
    radius, programme = float(np.linalg.norm(position_m)), launcher.programme
    middle = pad[0] + position_m / radius
    along = np.cross(normal, middle)
    along /= np.linalg.norm(along)
    return Aim(radius, float(np.linalg.norm(velocity_m_s)), float(position_m @ velocity_m_s) / radius,
               np.array([programme.vertical_s, programme.kick_rad, programme.closed_loop_from_s]),
               np.array([*pad, np.cross(along, normal), along, normal]))


def coast_briefly(t_s: float, position_m: FloatArray, velocity_m_s: FloatArray, duration_s: float
                  ) -> tuple[FloatArray, FloatArray]:
    """Free fall from t_s for a few seconds either way, launch frame, no air: one step of ``physics.dop853``."""
    y, place, k, planet = np.concatenate([position_m, velocity_m_s]), np.empty(6), np.zeros((STEP, 6)), earth()
    for stage in range(STEP):
        stage_place(stage, duration_s, y, k, place)
        k[stage, :3] = place[3:]
        k[stage, 3:] = gravity_m_s2(t_s + NODES[stage] * duration_s, *place[:3], planet)
    stage_place(STEP, duration_s, y, k, place)
    return place[:3], place[3:]


def liftoff_state(launcher: Launcher, pad: Site, payload_kg: float) -> FloatArray:
    """y (7) at liftoff, launch frame: standing on the turning Earth."""
    pad_itrf_m = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)
    position, velocity = launch_from_itrf(0.0, pad_itrf_m, np.zeros(3))
    return np.concatenate([position, velocity, [liftoff_mass_kg(launcher, payload_kg)]])


def loads(rocket: Rocket, table: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Thrust N, drag N, dynamic pressure Pa and Mach (n,) along a flown table (n, 11)."""
    rows = np.clip(np.searchsorted(rocket.timetable[:, START_S], table[:, 0] + 1e-9, side="right") - 1, 0, None)
    told = np.array([forces(line[1:8], line[8:11], rocket.timetable[k], rocket.mach, rocket.cd)
                     for line, k in zip(table, rows, strict=True)])
    return told[:, 0], told[:, 1], told[:, 3], told[:, 4]


def highest_load_g(rocket: Rocket, table: FloatArray) -> tuple[float, float]:
    """When along a flown table (n, 11) the load is highest, and that load: at a peak or where a row of the timetable
    ends, before engines are throttled and parts fall."""
    thrust_n, drag_n, _, _ = loads(rocket, table)
    load_g = (thrust_n - drag_n) / table[:, 7] / G0_M_S2
    at_s = peak_s(table[:, 0], load_g)
    found = [(at_s, float(load_g.max()))]
    for before, row in pairwise(rocket.timetable):
        line = table[min(int(np.searchsorted(table[:, 0], row[START_S] - 1e-6)), len(table) - 1)].copy()
        line[7] += row[DROPPED_KG]
        push_n, pull_n, *_ = forces(line[1:8], line[8:11], before, rocket.mach, rocket.cd)
        found.append((float(row[START_S]), (push_n - pull_n) / float(line[7]) / G0_M_S2))
    return max(found, key=lambda pair: pair[1])


INSERTED, LOW_ORBIT, SHORT = "inserted", "low_orbit", "short"
LASTING_M = 120e3
"""A ship left with its perigee above this goes round at least once; below, it comes down at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """How a climb went. ending: ``inserted`` when guidance cut the engine off on its aim; ``low_orbit`` or ``short``
    when the engine ran dry before, with a perigee above or below ``LASTING_M``.

    table (n, 11): time s, y (7), thrust direction (3), launch frame, from liftoff to cutoff. miss (4): radius m,
    climb rate, distance from the plane m, rate across it (rates times 1000 s). trouble: in words, where and why
    guidance did not converge.
    """

    table: FloatArray
    ending: str
    cutoff_s: float
    propellant_left_kg: float
    miss: FloatArray
    trouble: str = ""


def fly_ascent(launcher: Launcher, pad: Site, payload_kg: float, plane_normal: FloatArray | None = None) -> Climb:
    """Fly from liftoff to cutoff. plane_normal: as in ``aim``. A launcher that fails has an ending, no exception."""
    numbers, to = rocket(launcher), aim(launcher, pad, plane_normal)
    start = liftoff_state(launcher, pad, payload_kg)
    flown = ascend(start, numbers, numbers, to)
    if flown is None:
        table = np.empty((8000, 11))
        stop_s, lines = fly_to(start, 0.0, float(to.programme[2]), *numbers, to.programme, to.axes, np.zeros(4),
                               to.speed_m_s, table)
        why = "no steering law reaches the target"
        return Climb(table[:lines].copy(), SHORT, stop_s, 0.0, np.full(4, np.nan), f"{stop_s:.0f} s: {why}")
    left_kg = float(flown.table[-1, 7]) - empty_mass_kg(launcher, payload_kg)
    return Climb(flown.table, INSERTED if left_kg >= 0.0 else SHORT, float(flown.table[-1, 0]), left_kg, flown.miss)


def propellant_left_kg(launcher: Launcher, pad: Site, payload_kg: float) -> float | None:
    """What the last stage has left at cutoff, negative when the target needs more than there is; None when no steering
    law reaches the target even so."""
    flown = fly_ascent(launcher, pad, payload_kg)
    return None if flown.trouble else flown.propellant_left_kg


def check_lift(launcher: Launcher, pad: Site, payload_kg: float) -> None:
    """Raises InputError, naming how much is too much, when propellant runs out before the target."""
    left = propellant_left_kg(launcher, pad, payload_kg)
    if left is not None and left >= 0.0:
        return
    limit = payload_limit_kg(launcher, pad, payload_kg)
    if limit == 0.0:
        raise InputError(f"{launcher.name} does not reach its target from {pad.name}, with any load; take another pad "
                         "or launcher")
    raise InputError(f"{launcher.name} lifts {limit:.0f} kg to its target from {pad.name}; {payload_kg:.0f} kg is "
                     f"{payload_kg - limit:.0f} kg too much: take mass out of the ship or another launcher")


def payload_limit_kg(launcher: Launcher, pad: Site, too_much_kg: float) -> float:
    """The heaviest payload that still reaches the target, to 0.1 kg; 0 when none does. Found by flying, bisected."""
    low, high = 0.0, too_much_kg
    while high - low > 0.1:
        middle = 0.5 * (low + high)
        left = propellant_left_kg(launcher, pad, middle)
        low, high = (middle, high) if left is not None and left >= 0.0 else (low, middle)
    return low
