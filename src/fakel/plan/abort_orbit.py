"""A climb that fails so late that the ship's own engine makes an orbit of it; then it brakes for the first zone."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from fakel.model.abort import Abort, Step, ToOrbit
from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.place import Site
from fakel.physics.entry import COLUMNS, DOWN, LOAD, NO_PUSH, POSITION, Body, descend
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import RADIUS_M, geodetic_from_itrf, surface_distance_m
from fakel.physics.propagate import G0_M_S2
from fakel.plan.aborts import Flown, Setting, escaped, step_of, steps_of, way_at
from fakel.plan.craft import Path, cd_area_m2
from fakel.plan.deorbit import BEFORE_PASS_S, Landed, aimed, descended, passes, perigee_m, usual_dv_m_s
from fakel.plan.descent import descent_of, height_m, under_parachutes

PUSH_STEP_S, FALL_STEP_S = 20.0, 20.0
CLOSE_S = 0.05
LANDING_ROWS = 4000
REVOLUTION_S = 5400.0
_NO_TRACE = np.zeros((0, COLUMNS))


class Saved(NamedTuple):
    """The ship in its orbit: seconds after liftoff, state (6) ITRF, mass kg, acceleration of its engine (g)."""

    t_s: float
    y: FloatArray
    mass_kg: float
    load_g: float


def abort_to_orbit(t_s: float, y: FloatArray, nose: FloatArray, setting: Setting) -> Abort | None:
    """The way out by orbit of a rocket that fails at t_s in state y (7), nose along a unit vector (3), launch frame.

    By the ship's engine alone or, where that is too weak, after motors that burn from its tanks. None where the way out
    leaves a part of the ship behind, the engine does not get it there, no zone is passed in time, or the world does not
    hold that orbit.
    """
    plan, way = setting.ways.to_orbit, way_at(t_s, setting)
    if plan is None or (way.motors is not None and not way.motors.from_tanks):
        return None
    for tried in (replace(way, motors=None), way)[:1 if way.motors is None else 2]:
        start, flown, kg = escaped(t_s, y, nose, tried, setting)
        saved = _saved(flown[-1].rows[-1], 0.0 if tried.motors is None else setting.ship_kg - kg, plan, setting)
        try:
            found = None if saved is None else _landing(saved, plan, setting)
            if saved is not None and found is not None:
                return _told(t_s, start, flown, saved, *found, setting)
        except FlightError:                                # the orbit leaves the air or the days that are known
            continue
    return None


def _saved(row: FloatArray, burnt_kg: float, plan: ToOrbit, setting: Setting) -> Saved | None:
    """The ship when its engine is cut off at the wanted perigee; None when it runs out or sinks too low before. row: of
    the ship let go; burnt_kg: of its propellant by then."""
    engine, kg = setting.vehicle.main_engine, setting.ship_kg - burnt_kg
    flow = engine.thrust_n / (engine.isp_s * G0_M_S2)
    longest_s = max(setting.propellant_kg - burnt_kg - plan.kept_kg, 0.0) / flow
    area, burn_s = cd_area_m2(setting.vehicle) / kg, float(row[0]) + plan.after_s
    drifts = Body(np.array([[0.0, 0.0, area], [0.0, 0.0, area]]), 0.0, np.zeros((1, 4)), 1.0, push=NO_PUSH)
    pushes = drifts._replace(push=np.array([[engine.thrust_n / kg, flow / kg, burn_s, 0.0, 0.0, 0.0]]))

    def flown(body: Body, from_s: float, at: FloatArray, until_s: float) -> FloatArray | None:
        _, end, _, how = descend(from_s, at.copy(), body, setting.air, plan.floor_m, until_s, PUSH_STEP_S, 1.0,
                                 _NO_TRACE)
        return None if how == DOWN else end

    ready = flown(drifts, float(row[0]), row[1:7], burn_s)
    if ready is None or _perigee_m(ready) >= plan.perigee_m:
        return None if ready is None else Saved(burn_s, ready, kg, 0.0)
    low, high, end = 0.0, longest_s, flown(pushes, burn_s, ready, burn_s + longest_s)
    if end is None or _perigee_m(end) < plan.perigee_m:
        return None
    while high - low > CLOSE_S:
        middle = (low + high) / 2
        tried = flown(pushes, burn_s, ready, burn_s + middle)
        if tried is not None and _perigee_m(tried) >= plan.perigee_m:
            high, end = middle, tried
        else:
            low = middle
    return Saved(burn_s + high, end, kg - flow * high, engine.thrust_n / kg / G0_M_S2)


def _perigee_m(y: FloatArray) -> float:
    """Height over the equator's radius of the lowest point of the two-body orbit of y (6), ITRF."""
    spun = y[3:6] + np.cross([0.0, 0.0, EARTH_RATE_RAD_S], y[:3])
    return float(perigee_m(y[None, :3], spun[None])[0]) - RADIUS_M


def _path(saved: Saved, setting: Setting) -> Path:
    at_s = setting.liftoff_s + saved.t_s
    position, velocity = setting.world.to_gcrf(at_s, saved.y[None, :3], saved.y[None, 3:6])
    return Path(at_s, np.r_[position[0], velocity[0], saved.mass_kg], cd_area_m2(setting.vehicle))


def _landing(saved: Saved, plan: ToOrbit, setting: Setting) -> tuple[Landed, Site] | None:
    """The first landing in a zone that is within reach; else that which misses its zone by least."""
    world, vehicle = setting.world, setting.vehicle
    path = _path(saved, setting)
    at_s = path.t_s
    dv = usual_dv_m_s(path, vehicle, world)
    reach_m = descent_of(vehicle)[0].crossrange_m
    coming = sorted((pass_s, k) for k, zone in enumerate(plan.zones)
                    for pass_s in passes(path, at_s + BEFORE_PASS_S, at_s + plan.within_s, zone, world))
    best: tuple[Landed, Site] | None = None
    for pass_s, k in coming:
        found = aimed(path, pass_s - BEFORE_PASS_S, dv, vehicle, plan.zones[k], world)
        if found is not None and abs(found.offset_m) <= reach_m:
            return found, plan.zones[k]
        if found is not None and (best is None or abs(found.offset_m) < abs(best[0].offset_m)):
            best = found, plan.zones[k]
    return best


def _told(t_s: float, start: FloatArray, flown: list[Flown], saved: Saved, landed: Landed, zone: Site,
          setting: Setting) -> Abort:
    _, y, rows = descended(landed, LANDING_ROWS)
    hung, _ = under_parachutes(float(rows[-1, 0]), y, setting.vehicle, zone.height_m, setting.world)
    end, pad = hung[-1], setting.pad
    lat, lon, ground_m = (float(v) for v in geodetic_from_itrf(end[POSITION]))
    pushed_g = max([saved.load_g, *(part.load_g for part in flown if part.what == "motors")])
    return Abort(t_s, "orbit", float(height_m(start[None, :3])[0]), float(np.linalg.norm(start[3:])), pushed_g,
                 float(rows[:, LOAD].max()) / G0_M_S2, float(hung[:, LOAD].max()) / G0_M_S2,
                 _highest_m(saved, setting), lat, lon, ground_m,
                 float(surface_distance_m(pad.latitude_rad, pad.longitude_rad, lat, lon)),
                 float(end[0]) - setting.liftoff_s,
                 (*steps_of(flown), *_steps(saved, landed, rows, end, hung, setting)), zone.id)


def _steps(saved: Saved, landed: Landed, rows: FloatArray, end: FloatArray, hung: FloatArray, setting: Setting
           ) -> tuple[Step, ...]:
    """Orbit, braking, parting of the modules, parachute, touchdown."""
    position, velocity = setting.world.to_itrf(landed.braking.start_s, *_at(landed, saved, setting))
    brakes = np.r_[landed.braking.start_s, position[0], velocity[0]]
    engine = setting.vehicle.main_engine
    pushed = engine.thrust_n / saved.mass_kg / G0_M_S2
    zero = setting.liftoff_s
    return (step_of("orbit", np.r_[saved.t_s, saved.y], saved.load_g), step_of("braking", brakes, 0.0, zero),
            step_of("separation", rows[0], pushed, zero),
            step_of("parachute", rows[-1], float(rows[:, LOAD].max()) / G0_M_S2, zero),
            step_of("touchdown", end, float(hung[:, LOAD].max()) / G0_M_S2, zero))


def _at(landed: Landed, saved: Saved, setting: Setting) -> tuple[FloatArray, FloatArray]:
    """The ship's place and velocity (1, 3) GCRF where its braking burn begins."""
    path = _path(saved, setting).at(landed.braking.start_s, setting.world)
    return path.y[None, :3], path.y[None, 3:6]


def _highest_m(saved: Saved, setting: Setting) -> float:
    """The highest point of the first revolution."""
    body = Body(np.zeros((2, 3)), 0.0, np.zeros((1, 4)), 1.0, push=NO_PUSH)
    trace = np.zeros((int(REVOLUTION_S / FALL_STEP_S) + 3, COLUMNS))
    _, _, n, _ = descend(saved.t_s, saved.y.copy(), body, setting.air, 0.0, saved.t_s + REVOLUTION_S, FALL_STEP_S,
                         FALL_STEP_S, trace)
    return float(height_m(trace[:n, POSITION]).max())
