"""A launcher's nominal sequence as numbers, the aim of its guidance, and what it can lift."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fakel.guidance.ascent import CUT, CYCLES_S, FALLEN, LIMIT_S, Steering, climb
from fakel.guidance.upfg import Orbit
from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.launcher import AscentErrors, EngineOut, Launcher, OrbitTarget, PitchProgramme, SeparationTarget
from fakel.model.place import Site
from fakel.physics.ascent import (
    DRAG_N,
    DROPPED_KG,
    MU_M3_S2,
    PUSH_N,
    START_S,
    TOLD,
    Rocket,
    forces,
    gravity_m_s2,
)
from fakel.physics.dop853 import NODES, STEP, stage_place
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import RADIUS_M, enu_from_itrf, itrf_from_geodetic
from fakel.physics.moving import Moving
from fakel.physics.propagate import G0_M_S2
from fakel.physics.rows import peak_s
from fakel.plan.insertion import cutoff_in_plane
from fakel.plan.rocket import (
    NO_ERRORS,
    Dropped,
    as_it_is,
    earth,
    empty_mass_kg,
    rocket_of,
    sequence,
    with_engine_out,
)


class Aim(NamedTuple):
    """Where to: the orbit at cutoff and, at the pad, up and the way of the kick (2, 3); launch frame."""

    orbit: Orbit
    pad: FloatArray


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
    return _aim(position, velocity, normal, np.array([pad_up, downrange]))


def _aim_at_orbit(launcher: Launcher, target: OrbitTarget, pad: Site, normal: FloatArray) -> Aim:
    position, velocity = cutoff_in_plane(target, pad, normal)
    return _aim(position, velocity, normal, _roll_to(pad, launcher.programme, velocity, normal))


def _roll_to(pad: Site, programme: PitchProgramme, velocity_m_s: FloatArray, normal: FloatArray) -> FloatArray:
    """Up at the pad and the horizontal direction in which the rocket tilts (2, 3).

    That is where the velocity must grow: along the plane, less what the turning Earth gives already; and the launcher's
    own offset from it.
    """
    if programme.azimuth_rad is not None:
        return np.array(pad_axes(pad, programme.azimuth_rad))
    up, _ = pad_axes(pad, 0.0)
    pad_m = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)
    along = np.cross(normal, up)
    _, given = launch_from_itrf(0.0, pad_m, np.zeros(3))
    wanted = float(np.linalg.norm(velocity_m_s)) * along / np.linalg.norm(along) - given
    wanted -= up * (up @ wanted)
    wanted /= np.linalg.norm(wanted)
    return np.array([up, np.cos(programme.offset_rad) * wanted + np.sin(programme.offset_rad) * np.cross(wanted, up)])


def _aim(position_m: FloatArray, velocity_m_s: FloatArray, normal: FloatArray, pad: FloatArray) -> Aim:
    radius = float(np.linalg.norm(position_m))
    return Aim(Orbit(radius, float(np.linalg.norm(velocity_m_s)), float(position_m @ velocity_m_s) / radius, normal),
               pad)


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


def liftoff_state(pad: Site, mass_kg: float) -> FloatArray:
    """y (7) at liftoff, launch frame: standing on the turning Earth."""
    pad_itrf_m = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)
    position, velocity = launch_from_itrf(0.0, pad_itrf_m, np.zeros(3))
    return np.concatenate([position, velocity, [mass_kg]])


INSERTED, LOW_ORBIT, SHORT = "inserted", "low_orbit", "short"
LASTING_M = 120e3
"""A ship left with its perigee above this goes round at least once; below, it comes down at once."""
MET_M, MET_RAD = 6e3, float(np.radians(0.05))
"""An engine cut off at its speed so far from the height and the plane aimed at has not met its aim."""
FULL_TABLE = 8000


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """How a climb went. ending: ``inserted`` when guidance cut the engine off on its aim (``MET_M``, ``MET_RAD``);
    ``low_orbit`` or ``short`` when there was nothing left to burn before, or it was cut off elsewhere, with a perigee
    above or below ``LASTING_M``.

    table (n, 11): time s, y (7), thrust direction (3), launch frame, from liftoff to cutoff; without rows when none
    were asked for. state (7): y at cutoff. miss (4): radius m, climb rate m/s, distance from the plane m, rate across
    it m/s. trouble: in words, from where on (lost_s) guidance found no way, or that it fell to the ground.
    """

    table: FloatArray
    ending: str
    cutoff_s: float
    state: FloatArray
    propellant_left_kg: float
    miss: FloatArray
    rocket: Rocket
    dropped: tuple[Dropped, ...]
    trouble: str = ""
    lost_s: float = -1.0


def fly_ascent(launcher: Launcher, pad: Site, payload_kg: float, plane_normal: FloatArray | None = None, *,
               errors: AscentErrors = NO_ERRORS, fails: EngineOut | None = None, rows: bool = True) -> Climb:
    """Fly from liftoff to cutoff. plane_normal: as in ``aim``. A launcher that fails has an ending, no exception.

    Guidance believes in the launcher of the file; what flies has errors, and may lose engines. rows: keep the path.
    """
    steering = steering_of(launcher, pad, payload_kg, aim(launcher, pad, plane_normal), fails)
    return fly_steered(launcher, pad, payload_kg, steering, errors=errors, fails=fails, rows=rows)


def fly_steered(launcher: Launcher, pad: Site, payload_kg: float, steering: Steering, *,
                errors: AscentErrors = NO_ERRORS, fails: EngineOut | None = None, rows: bool = True) -> Climb:
    """As ``fly_ascent`` with the steering of ``steering_of`` at hand, for many flights alike."""
    true = as_it_is(launcher if fails is None else with_engine_out(launcher, fails), errors)
    plan = sequence(true, payload_kg, fails)
    numbers = rocket_of(true, plan.rows, pad, errors)
    y = liftoff_state(pad, plan.liftoff_kg)
    table = np.empty((FULL_TABLE if rows else 0, 11))
    stop_s, ending, lines, lost_s = climb(y, numbers, steering, LIMIT_S, table)
    miss = _miss(y, steering.orbit)
    off_rad = float(np.hypot(miss[2] / np.linalg.norm(y[:3]), miss[3] / np.linalg.norm(y[3:6])))
    there = abs(miss[0]) < MET_M and off_rad < MET_RAD
    told = INSERTED if ending == CUT and there else LOW_ORBIT if perigee_m(y) > LASTING_M else SHORT
    trouble = f"guidance found no way to its aim from {lost_s:.0f} s on" if lost_s >= 0.0 else ""
    if ending == CUT and not there and not trouble:
        trouble = (f"guidance met its speed at {stop_s:.0f} s, {abs(miss[0]) / 1e3:.0f} km too "
                   f"{'high' if miss[0] > 0.0 else 'low'} and {np.degrees(off_rad):.2f} deg off its plane")
    if ending == FALLEN:
        trouble = f"{trouble}; " if trouble else ""
        trouble += f"it is back on the ground at {stop_s:.0f} s with {y[6]:.0f} kg left of {plan.liftoff_kg:.0f} kg"
    dropped = tuple(part for part in plan.dropped if part.at_s <= stop_s)
    return Climb(table[:lines].copy(), told, stop_s, y, float(y[6]) - empty_mass_kg(true, payload_kg),
                 miss, numbers, dropped, trouble, lost_s)


def steering_of(launcher: Launcher, pad: Site, payload_kg: float, to: Aim, fails: EngineOut | None = None) -> Steering:
    """What guidance knows of a launch: the programme is the turn that the nominal rocket makes in calm air."""
    nominal = sequence(launcher, payload_kg)
    later = sequence(with_engine_out(launcher, fails), payload_kg, fails) if fails is not None else nominal
    p, bounds = launcher.programme, launcher.limits
    steering = Steering(np.zeros((0, 4)), np.array([p.vertical_s, p.kick_rad, p.closed_loop_from_s]), to.pad,
                        np.array([bounds.attitude_rate_rad_s, bounds.alpha_rad, bounds.q_alpha_pa_rad]), to.orbit,
                        nominal.liftoff_kg, nominal.rows, later.rows, fails.at_s if fails is not None else np.inf,
                        np.array(CYCLES_S))
    table = np.empty((2000, 11))
    _, _, lines, _ = climb(liftoff_state(pad, nominal.liftoff_kg), rocket_of(launcher, nominal.rows, pad), steering,
                           p.closed_loop_from_s, table)
    return steering._replace(programme=np.ascontiguousarray(table[:lines, [0, 8, 9, 10]]))


def perigee_m(y: FloatArray) -> float:
    """Height above the equatorial radius of the lowest point of the ellipse through y (6 or more)."""
    r, v = y[:3], y[3:6]
    radius, energy = float(np.linalg.norm(r)), float(v @ v) / 2 - MU_M3_S2 / float(np.linalg.norm(r))
    h2 = float(np.sum(np.cross(r, v) ** 2))
    e = np.sqrt(max(0.0, 1 + 2 * energy * h2 / MU_M3_S2**2))
    return min(radius, float(h2 / MU_M3_S2 / (1 + e))) - RADIUS_M


def _miss(y: FloatArray, orbit: Orbit) -> FloatArray:
    radius_m = float(np.linalg.norm(y[:3]))
    return np.array([radius_m - orbit.radius_m, float(y[:3] @ y[3:6]) / radius_m - orbit.climb_m_s,
                     y[:3] @ orbit.normal, y[3:6] @ orbit.normal])


def loads(rocket: Rocket, table: FloatArray) -> FloatArray:
    """What ``physics.ascent.forces`` tells, (n, TOLD), along a flown table (n, 11)."""
    rows = np.clip(np.searchsorted(rocket.timetable[:, START_S], table[:, 0] + 1e-9, side="right") - 1, 0, None)
    told, force = np.zeros((len(table), TOLD)), np.zeros(3)
    for line, k, out in zip(table, rows, told, strict=True):
        forces(line[0], line[1:8], line[8:11], rocket.timetable[k], rocket, out, force)
    return told


def highest_load_g(rocket: Rocket, table: FloatArray) -> tuple[float, float]:
    """When along a flown table (n, 11) the load is highest, and that load: at a peak or where a row of the timetable
    ends, before engines are throttled and parts fall."""
    told = loads(rocket, table)
    load_g = (told[:, PUSH_N] - told[:, DRAG_N]) / table[:, 7] / G0_M_S2
    at_s, out = peak_s(table[:, 0], load_g), np.zeros(TOLD)
    found = [(at_s, float(load_g.max()))]
    for before, row in pairwise(rocket.timetable):
        if row[START_S] > table[-1, 0]:
            break
        line = table[min(int(np.searchsorted(table[:, 0], row[START_S] - 1e-6)), len(table) - 1)].copy()
        line[7] += row[DROPPED_KG]
        forces(line[0], line[1:8], line[8:11], before, rocket, out, np.zeros(3))
        found.append((float(row[START_S]), (out[PUSH_N] - out[DRAG_N]) / float(line[7]) / G0_M_S2))
    return max(found, key=lambda pair: pair[1])


def check_lift(launcher: Launcher, pad: Site, payload_kg: float, plane_normal: FloatArray | None = None) -> None:
    """Raises InputError, naming how much is too much, when propellant runs out before the target."""
    if fly_ascent(launcher, pad, payload_kg, plane_normal, rows=False).ending == INSERTED:
        return
    limit = payload_limit_kg(launcher, pad, payload_kg, plane_normal)
    if limit == 0.0:
        raise InputError(f"{launcher.name} does not reach its target from {pad.name}, with any load; take another pad "
                         "or launcher")
    raise InputError(f"{launcher.name} lifts {limit:.0f} kg to its target from {pad.name}; {payload_kg:.0f} kg is "
                     f"{payload_kg - limit:.0f} kg too much: take mass out of the ship or another launcher")


def payload_limit_kg(launcher: Launcher, pad: Site, too_much_kg: float, plane_normal: FloatArray | None = None
                     ) -> float:
    """The heaviest payload that still reaches the target, to 0.1 kg; 0 when none does. Found by flying, bisected."""
    low, high = 0.0, too_much_kg
    while high - low > 0.1:
        middle = 0.5 * (low + high)
        good = fly_ascent(launcher, pad, middle, plane_normal, rows=False).ending == INSERTED
        low, high = (middle, high) if good else (low, middle)
    return low
