"""Leaving a port: the ship's first motion, its separation burns, and how far it stays away."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Arc, State
from fakel.model.frame import Frame
from fakel.model.place import Port, Station
from fakel.model.vehicle import SeparationBurn, Ship, Undocking, Vehicle
from fakel.physics.frames import attitude_along, from_relative_rtn, relative_rtn, rtn_from_gcrf, rtn_from_lvlh, unit
from fakel.physics.propagate import G0_M_S2, RTN, Thrust, coast_table, propagate
from fakel.plan.craft import cd_area_m2, propellant_kg, state_y
from fakel.plan.proximity import SPHERE_M
from fakel.world import World

STEP_S = 5.0
DRIFT_S, DRIFT_STEP_S = DAY_S, 60.0         # a day of free drift, as is usual for passive safety
UPRIGHT = 0.5                               # a port whose axis has such a cosine with the vertical looks up or down
STATION_STEP_S, LONGEST_SEQUENCE_S = 20.0, 900.0


def undocking_of(vehicle: Vehicle) -> Undocking:
    """The vehicle's sequence of leaving. InputError when it has none."""
    if vehicle.undocking is None:
        raise InputError(f"{vehicle.name} cannot undock: its vehicle file has no [undocking]; add the table")
    return vehicle.undocking


def leave(station: State, mass_kg: float, port: Port, vehicle: Vehicle) -> FloatArray:
    """The ship (7,) GCRF as the springs let it go: its probe at the port, moving along the port's axis and turning with
    the station."""
    axis = rtn_from_lvlh(unit(port.axis_lvlh))
    ahead_m = vehicle.docking.probe_ahead_m if vehicle.docking is not None else 0.0
    host = np.concatenate([station.position_m, station.velocity_m_s])
    place_m = rtn_from_lvlh(port.position_lvlh_m) + ahead_m * axis
    apart = np.concatenate([place_m, undocking_of(vehicle).spring_m_s * axis])
    return np.append(from_relative_rtn(apart, host), mass_kg)


def burns(ship: Ship, mass_kg: float, port: Port, start_s: float, made: int | None = None) -> tuple[Thrust, ...]:
    """The separation burns (made: only the first so many), attitude held to the local vertical, as thrust at world
    times."""
    engine, out = ship.vehicle.thrusters, []
    axis = rtn_from_lvlh(unit(port.axis_lvlh))
    for burn in undocking_of(ship.vehicle).burns[:made]:
        used_kg = propellant_kg(mass_kg, burn.dv_m_s, engine.isp_s)
        thrust_n = used_kg * engine.isp_s * G0_M_S2 / burn.duration_s
        out.append(Thrust(start_s + burn.after_s, burn.duration_s, thrust_n, engine.isp_s, _toward(burn, axis), RTN))
        mass_kg -= used_kg
    return tuple(out)


def _toward(burn: SeparationBurn, axis: FloatArray) -> tuple[float, float, float]:
    """Where a separation burn pushes, RTN; axis (3,): the port's."""
    if burn.direction == "port":
        return float(axis[0]), float(axis[1]), float(axis[2])
    side = 1.0 if burn.direction == "radial" and axis[0] > UPRIGHT else -1.0
    lean = burn.lean_rad if burn.direction == "radial" and abs(axis[0]) > UPRIGHT else 0.0
    return side * math.cos(lean), side * math.sin(lean), 0.0


def departure(y: FloatArray, ship: Ship, port: Port, start: Epoch, stop: Epoch, world: World, made: int | None = None
              ) -> Arc:
    """The ship from its port to stop, every 5 s and where a burn begins or ends; its nose looks back at the port.
    made: as in ``burns``."""
    t0_s = world.seconds(start)
    path = propagate(y, t0_s, world.seconds(stop), cd_area_m2(ship), world.field,
                     thrust=burns(ship, float(y[6]), port, t0_s, made))
    edges = [edge for burn in undocking_of(ship.vehicle).burns[:made]
             for edge in (burn.after_s, burn.after_s + burn.duration_s)]
    t_s = np.unique([*np.arange(0.0, stop - start, STEP_S), *edges, stop - start])
    rows = path.at(np.clip(t0_s + t_s, path.t_s[0], path.t_s[-1]))
    rows[-1] = path.end
    rtn = rtn_from_gcrf(rows[:, :3], rows[:, 3:6])
    axis = rtn_from_lvlh(unit(port.axis_lvlh))
    nose = -np.einsum("nij,i->nj", rtn, axis)
    level = rtn[:, 0] if abs(axis[0]) < 0.9 else rtn[:, 1]
    return Arc("undocking", ship.id, Frame.GCRF, start, t_s, rows[:, :3], rows[:, 3:6], attitude_along(nose, level),
               rows[:, 6])


def clearance(station: State, ship: State, host: Station, vehicle: Vehicle, world: World) -> Mapping[str, Any]:
    """Study: a day of free drift after the last burn: hours, range (km) and place in the station's LVLH (km)."""
    t_s, n = world.seconds(station.epoch), int(DRIFT_S / DRIFT_STEP_S) + 1
    n = min(n, int((world.seconds(world.window.stop) - t_s) / DRIFT_STEP_S))
    target = _drift(station, cd_area_m2(host), t_s, n, world)
    chaser = _drift(ship, cd_area_m2(vehicle), t_s, n, world)
    apart = relative_rtn(chaser, target)[::5]
    hours = DRIFT_STEP_S / 3600 * np.arange(n)[::5]
    return {"after_h": hours.tolist(), "range_km": (np.linalg.norm(apart[:, :3], axis=1) / 1000).tolist(),
            "forward_km": (apart[:, 1] / 1000).tolist(), "down_km": (-apart[:, 0] / 1000).tolist(),
            "starboard_km": (-apart[:, 2] / 1000).tolist()}


def missed_burns(y: FloatArray, station: State, host: Station, ship: Ship, port: Port, world: World) -> dict[str, Any]:
    """Study: passive safety. The ship (7,) as the springs let it go, then its burns until one does not come, then a day
    of free drift: when it is out of the keep-out sphere, how near it comes after that, and when."""
    t0_s, given = world.seconds(station.epoch), burns(ship, float(y[6]), port, world.seconds(station.epoch))
    n = min(int(DRIFT_S / STATION_STEP_S) + 1,
            int((world.seconds(world.window.stop) - t0_s - LONGEST_SEQUENCE_S) / STATION_STEP_S))
    out: dict[str, Any] = {"burns_made": [], "out_after_min": [], "least_m": [], "least_after_h": []}
    for made in range(len(given) + 1):
        stop_s = t0_s + (STEP_S if made == 0 else given[made - 1].start_s + given[made - 1].duration_s - t0_s)
        freed = propagate(y, t0_s, stop_s, cd_area_m2(ship), world.field, thrust=given[:made]).end
        moved = propagate(state_y(station), t0_s, stop_s, cd_area_m2(host), world.field).end
        apart = relative_rtn(coast_table(freed, stop_s, STATION_STEP_S, n, cd_area_m2(ship), world.field),
                             coast_table(moved, stop_s, STATION_STEP_S, n, cd_area_m2(host), world.field))
        range_m = np.linalg.norm(apart[:, :3], axis=1)
        outside = np.flatnonzero(range_m > SPHERE_M)
        after = range_m[outside[0]:] if len(outside) else range_m[-1:]
        since_s = stop_s - t0_s + STATION_STEP_S * (int(outside[0]) if len(outside) else n - 1)
        out["burns_made"].append(made)
        out["out_after_min"].append(since_s / 60 if len(outside) else None)
        out["least_m"].append(float(after.min()))
        out["least_after_h"].append((since_s + STATION_STEP_S * int(after.argmin())) / 3600)
    return out


def _drift(state: State, cd_area_m2: float, t_s: float, n: int, world: World) -> FloatArray:
    return coast_table(state_y(state), t_s, DRIFT_STEP_S, n, cd_area_m2, world.field)
