"""What a landing hangs on: one thing changed at a time, flown with the commands as planned, and aimed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.entry import Capsule
from fakel.model.arrays import FloatArray
from fakel.model.landing import Effect, Opportunity
from fakel.model.vehicle import Vehicle
from fakel.physics.propagate import G0_M_S2, INERTIAL, Thrust
from fakel.plan.craft import Path
from fakel.plan.deorbit import Landed, aimed, braking, deorbit_of, to_separation
from fakel.plan.descent import capsule_of, descent_of
from fakel.plan.returns import Orbit, open_loop_m
from fakel.world import World

BEFORE_S = 2400.0
HIGHER_M, OFF_RAD, DENSER, HEAVIER, LIFT = 1000.0, np.radians(1.0), 1.1, 1.01, 0.01


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """One thing changed. anew: a planner may know of it and aim again."""

    told: str
    path: Path
    vehicle: Vehicle
    dv_m_s: float
    late_s: float = 0.0
    tilt_rad: float = 0.0
    anew: bool = True


def effects_of(orbit: Orbit, one: Opportunity, vehicle: Vehicle, world: World) -> tuple[Effect, ...]:
    """How the landing of an opportunity answers to one change at a time; empty when it cannot be flown again."""
    start_s = world.seconds(one.burn_start)
    path = orbit.path(start_s - BEFORE_S)
    base = aimed(path, start_s, one.dv_m_s, vehicle, one.zone, world)
    if base is None:
        return ()
    told = (_effect(change, base, one, world) for change in _changes(path, base, vehicle, world))
    return tuple(effect for effect in told if effect is not None)


def _changes(path: Path, base: Landed, vehicle: Vehicle, world: World) -> Iterator[_Change]:
    dv, table, descent = base.braking.dv_m_s, deorbit_of(vehicle), descent_of(vehicle)[0]
    start = path.at(base.braking.start_s, world)
    yield _Change("burn begins 1 s late", path, vehicle, dv, late_s=1.0, anew=False)
    end_kg = float(start.y[6]) * np.exp(-dv / (vehicle.main_engine.isp_s * G0_M_S2))
    more = vehicle.main_engine.thrust_n / end_kg
    yield _Change(f"burn lasts 1 s longer ({more:.2f} m/s)", path, vehicle, dv + more, anew=False)
    yield _Change("delta-v 1 m/s more", path, vehicle, dv + 1.0)
    yield _Change("1 m/s upwards at ignition", _pushed(start, 1.0), vehicle, dv)
    yield _Change("nose 1 deg up at ignition", path, vehicle, dv, tilt_rad=OFF_RAD, anew=False)
    other = "lvlh" if table.attitude == "inertial" else "inertial"
    how = "to the local vertical" if other == "lvlh" else "among the stars"
    yield _Change(f"attitude held {how}", path, replace(vehicle, deorbit=replace(table, attitude=other)), dv)
    yield _Change("orbit 1 km higher", _higher(start), vehicle, dv)
    yield _Change("ship 1 % heavier", replace(path, y=path.y * np.array([1, 1, 1, 1, 1, 1, HEAVIER])), vehicle, dv)
    lift = tuple(value + LIFT for value in descent.aero.lift_to_drag)
    lifted = replace(descent, aero=replace(descent.aero, lift_to_drag=lift))
    yield _Change("lift to drag 0.01 more", path, replace(vehicle, descent=lifted), dv)
    wider = replace(descent, area_m2=descent.area_m2 * DENSER)
    yield _Change("air 10 % denser after separation", path, replace(vehicle, descent=wider), dv)


def _pushed(start: Path, up_m_s: float) -> Path:
    y = start.y.copy()
    y[3:6] += up_m_s * y[:3] / np.linalg.norm(y[:3])
    return replace(start, y=y)


def _higher(start: Path) -> Path:
    """The ship 1 km higher, as fast as an orbit of the same shape is there."""
    y, r = start.y.copy(), float(np.linalg.norm(start.y[:3]))
    y[:3] *= (r + HIGHER_M) / r
    y[3:6] *= np.sqrt(r / (r + HIGHER_M))
    return replace(start, y=y)


def _effect(change: _Change, base: Landed, one: Opportunity, world: World) -> Effect | None:
    start_s = base.braking.start_s
    path = change.path
    given, y = braking(path, start_s + change.late_s, change.dv_m_s, change.vehicle, world)
    if change.tilt_rad:
        given = replace(given, thrust=turned(given.thrust, y, change.tilt_rad))
    parting = to_separation(path, given, change.vehicle, world)
    if parting is None:
        return None
    capsule: Capsule = capsule_of(change.vehicle)
    along_m, right_m = open_loop_m(base, parting, parting.t_s - base.entry.t_s, world, capsule)
    anew = _aimed_anew(change, start_s, one, world) if change.anew else None
    fell_s = (parting.t_s - start_s - change.late_s) - (base.entry.t_s - start_s)
    return Effect(change.told, along_m, right_m, fell_s, anew)


def _aimed_anew(change: _Change, start_s: float, one: Opportunity, world: World) -> float | None:
    """How much later the burn begins when it is aimed again; the path must begin early enough for that."""
    path = change.path.at(start_s - BEFORE_S, world) if change.path.t_s > start_s - BEFORE_S else change.path
    found = aimed(path, start_s, change.dv_m_s, change.vehicle, one.zone, world)
    return None if found is None else found.braking.start_s - start_s


def turned(thrust: Thrust, y: FloatArray, up_rad: float, aside_rad: float = 0.0) -> Thrust:
    """A thrust whose nose is off as it begins at y (6 or more,): away from the Earth, and out of the plane of the
    orbit, to the side of its normal."""
    held = thrust.mode == INERTIAL
    up, normal = (y[:3], np.cross(y[:3], y[3:6])) if held else (np.eye(3)[0], np.eye(3)[2])
    along, normal = np.array(thrust.direction), normal / np.linalg.norm(normal)
    level = up - (up @ along) * along
    new = along + np.tan(up_rad) * level / np.linalg.norm(level) + np.tan(aside_rad) * normal
    new /= np.linalg.norm(new)
    return replace(thrust, direction=(float(new[0]), float(new[1]), float(new[2])))
