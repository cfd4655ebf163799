"""The braking burn as it goes when something goes wrong: weak or failing engine, early or late cut-off, thrusters."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError, InputError
from fakel.model.place import Site
from fakel.model.vehicle import Engine, Vehicle
from fakel.physics.entry import COLUMNS, ENTRY_ROWS_S, ENTRY_STEP_S, LOST, Body, descend
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.propagate import G0_M_S2, INERTIAL, RTN, Thrust, burn, coast
from fakel.plan.craft import Path, propellant_kg
from fakel.plan.deorbit import CLOSE_M, Braking, deorbit_of, fallen, perigee_m
from fakel.plan.descent import descent_of, entry_of, nominal_entry
from fakel.world import World

LVLH_BACK = (0.0, -1.0, 0.0)
CUTOFFS = ("delta_v", "time")
ENGINES = ("main", "thrusters")
FIRST_SLOPE_M_S = -7000.0       # first guess of how the landing moves with a second more of thrusters
INFINITE = math.inf
BURNT_UP_M = 75e3               # heat parts the modules above (about 80 km: usual for bodies of this kind; assumed)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes otherwise than planned. All defaults: nothing.

    cutoff: the engine stops when its accelerometers have counted the delta-v, or by the clock. thrust_share: the engine
    gives this share of its thrust. cutoff_late_s: it stops so much later (negative: earlier). fails_after_s: it stops
    for good. backup: thrusters then go on, where the vehicle's can.
    """

    cutoff: str = "delta_v"
    thrust_share: float = 1.0
    cutoff_late_s: float = 0.0
    fails_after_s: float | None = None
    backup: bool = True


@dataclass(frozen=True, slots=True)
class Burnt:
    """The burn as flown: the thrusts in order of time, the delta-v they gave, and how it went.

    ending: ``done`` (the engine stopped when it was told to), ``backup`` (the thrusters did the rest), ``failed``
    (nothing did).
    """

    thrusts: tuple[Thrust, ...]
    dv_m_s: float
    ending: str

    @property
    def stop_s(self) -> float:
        """World time of the last cut-off."""
        return self.thrusts[-1].start_s + self.thrusts[-1].duration_s


def on_thrusters(vehicle: Vehicle) -> Vehicle:
    """The vehicle as it brakes on its thrusters: the planner takes it as it takes any other.

    Raises InputError when its thrusters cannot.
    """
    table = deorbit_of(vehicle)
    if table.backup_after_s is None:
        raise InputError(f"{vehicle.name} does not brake on its thrusters: its [deorbit] has no backup_after_s; add "
                         "it, or write engine = \"main\"")
    return replace(vehicle, main_engine=vehicle.thrusters, deorbit=replace(table, attitude=table.backup_attitude))


def burnt(path: Path, given: Braking, mass_kg: float, spare_kg: float, trouble: Trouble, vehicle: Vehicle, world: World
          ) -> Burnt:
    """What becomes of a planned burn. mass_kg: the ship at ignition; spare_kg: the propellant in it.

    Thrusters burn no longer than the propellant lasts: then the burn has failed after all.
    """
    push, engine = given.thrust, vehicle.main_engine
    thrust_n = push.thrust_n * trouble.thrust_share
    whole_s = given.duration_s
    if trouble.cutoff == "delta_v":
        whole_s = burn_s(mass_kg, given.dv_m_s, engine, thrust_n)
    whole_s += trouble.cutoff_late_s
    stops_s, failed = whole_s, False
    if trouble.fails_after_s is not None and trouble.fails_after_s < whole_s:
        stops_s, failed = trouble.fails_after_s, True
    first = replace(push, duration_s=max(stops_s, 0.0), thrust_n=thrust_n)
    left_kg = mass_kg - first.duration_s * thrust_n / (engine.isp_s * G0_M_S2)
    done_m_s = engine.isp_s * G0_M_S2 * math.log(mass_kg / left_kg)
    if not failed:
        return Burnt((first,), done_m_s, "done")
    table = deorbit_of(vehicle)
    if not trouble.backup or table.backup_after_s is None or _waits(path, first, vehicle, world):
        return Burnt((first,), done_m_s, "failed")
    rest = _rest(first, left_kg, given.dv_m_s - done_m_s, table.backup_after_s, vehicle)
    lasts_s = (spare_kg - (mass_kg - left_kg)) * rest.isp_s * G0_M_S2 / rest.thrust_n
    if lasts_s >= rest.duration_s:
        return Burnt((first, rest), given.dv_m_s, "backup")
    rest = replace(rest, duration_s=max(lasts_s, 0.0))
    used_kg = rest.duration_s * rest.thrust_n / (rest.isp_s * G0_M_S2)
    more_m_s = rest.isp_s * G0_M_S2 * math.log(left_kg / (left_kg - used_kg))
    return Burnt((first, rest), done_m_s + more_m_s, "failed")


def aimed_on(path: Path, flown: Burnt, spare_kg: float, vehicle: Vehicle, zone: Site, world: World) -> Burnt:
    """A burn that the thrusters finish, its last cut-off moved so that the guided entry misses nothing along the way.

    Each trial is flown down to the parachute. The burn as it was where no cut-off within the propellant does that.
    """
    first, rest = flown.thrusts
    flow_kg_s = rest.thrust_n / (rest.isp_s * G0_M_S2)
    lasts_s = (spare_kg - first.duration_s * first.thrust_n / (first.isp_s * G0_M_S2)) / flow_kg_s
    t_s, before, bank_rad = rest.duration_s, None, descent_of(vehicle)[0].bank_nominal_rad
    for _ in range(12):
        tried = replace(rest, duration_s=t_s)
        cut_s, y = after_thrusts(path, (first, tried), world)
        parted = fallen(Path(cut_s, y, path.cd_area_m2), vehicle, world)
        miss_m = INFINITE if parted is None else nominal_entry(
            entry_of(parted.t_s, parted.y, vehicle, zone, world), bank_rad)[1].beyond_m
        if not math.isfinite(miss_m):
            return flown
        if abs(miss_m) < CLOSE_M:
            left_kg = float(y[6]) + tried.duration_s * flow_kg_s
            more_m_s = rest.isp_s * G0_M_S2 * math.log(left_kg / float(y[6]))
            done_m_s = flown.dv_m_s - _given_m_s(rest, left_kg) + more_m_s
            return Burnt((first, tried), done_m_s, flown.ending)
        slope = FIRST_SLOPE_M_S if before is None else (miss_m - before[1]) / (t_s - before[0])
        before, t_s = (t_s, miss_m), t_s - float(np.clip(miss_m / slope, -150.0, 150.0))
        if not 0.0 < t_s <= lasts_s:
            return flown
    return flown


def _given_m_s(push: Thrust, mass_kg: float) -> float:
    """Delta-v of a thrust on a ship of mass_kg as it begins."""
    exhaust_m_s = push.isp_s * G0_M_S2
    return exhaust_m_s * math.log(mass_kg / (mass_kg - push.duration_s * push.thrust_n / exhaust_m_s))


def burn_s(mass_kg: float, dv_m_s: float, engine: Engine, thrust_n: float) -> float:
    """How long an engine of thrust_n burns for a delta-v."""
    return propellant_kg(mass_kg, dv_m_s, engine.isp_s) * engine.isp_s * G0_M_S2 / thrust_n


def _waits(path: Path, first: Thrust, vehicle: Vehicle, world: World) -> bool:
    """Whether the orbit in which the engine left the ship lasts."""
    y = after_thrusts(path, (first,), world)[1]
    lowest_m = float(perigee_m(y[None, :3], y[None, 3:6])[0]) - RADIUS_M
    return lowest_m > deorbit_of(vehicle).wait_above_m


def _rest(first: Thrust, mass_kg: float, dv_m_s: float, wait_s: float, vehicle: Vehicle) -> Thrust:
    """What the thrusters do of the burn."""
    engine, attitude = vehicle.thrusters, deorbit_of(vehicle).backup_attitude
    along, mode = (first.direction, INERTIAL) if attitude == "inertial" else (LVLH_BACK, RTN)
    return Thrust(first.start_s + first.duration_s + wait_s, burn_s(mass_kg, dv_m_s, engine, engine.thrust_n),
                  engine.thrust_n, engine.isp_s, along, mode)


def after_thrusts(path: Path, thrusts: tuple[Thrust, ...], world: World) -> tuple[float, FloatArray]:
    """World time of the last cut-off and the ship (7,) then."""
    t_s, y = path.t_s, path.y
    for push in thrusts:
        y = coast(y, t_s, push.start_s, path.cd_area_m2, world.field)
        if push.duration_s > 0.0:
            y = burn(y, push.start_s, push.duration_s, push.thrust_n, push.isp_s, np.array(push.direction), push.mode,
                     path.cd_area_m2, world.field)
        t_s = push.start_s + push.duration_s
    return t_s, y


def parted_late(parting: Path, late_s: float, vehicle: Vehicle, zone: Site, world: World) -> FloatArray:
    """The whole ship flown on below the height where its modules should have parted: rows (n, 8) GCRF, world time
    first, every second. It is taken to fly without lift; it may tumble.

    Raises FlightError when it would be lost before.
    """
    entry = entry_of(parting.t_s, parting.y, vehicle, zone, world)
    body = Body(np.array([[0.0, 0.0, parting.cd_area_m2 / float(parting.y[6])]]), 0.0, np.zeros((1, 4)), 1.0)
    trace = np.zeros((int(late_s / ENTRY_ROWS_S) + 3, COLUMNS))
    _, _, n, ending = descend(entry.t_s, entry.y, body, entry.air, BURNT_UP_M, entry.t_s + late_s, ENTRY_STEP_S,
                              ENTRY_ROWS_S, trace)
    if ending != LOST:
        raise FlightError(f"deorbit: {late_s:.0f} s late the modules would part below {BURNT_UP_M / 1000:.0f} km, "
                          "where heat has parted them; write less separation_late_s")
    at_s = trace[:n, 0]
    position, velocity = world.to_gcrf(at_s, trace[:n, 1:4], trace[:n, 4:7])
    return np.column_stack([at_s, position, velocity, np.full(n, parting.y[6])])
