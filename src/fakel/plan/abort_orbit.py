"""A climb that fails so late that the ship's own engine makes an orbit of it; then it brakes for the first zone."""

from __future__ import annotations

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
from fakel.plan.aborts import Setting, step_of
from fakel.plan.ascent import itrf_from_launch
from fakel.plan.craft import Path, cd_area_m2
from fakel.plan.deorbit import BEFORE_PASS_S, Landed, aimed, descended, passes, perigee_m, usual_dv_m_s
from fakel.plan.descent import descent_of, height_m, under_parachutes

PUSH_STEP_S, FALL_STEP_S = 20.0, 20.0
CLOSE_S, TRIES = 0.05, 40
LANDING_ROWS = 4000
REVOLUTION_S = 5400.0
_NO_TRACE = np.zeros((0, COLUMNS))


class Saved(NamedTuple):
    """The ship in its orbit: seconds after liftoff, state (6) ITRF, mass kg, acceleration of its engine (g)."""

    t_s: float
    y: FloatArray
    mass_kg: float
    load_g: float


def abort_to_orbit(t_s: float, y: FloatArray, delay_s: float, setting: Setting) -> Abort | None:
    """The way out by orbit of a rocket that fails at t_s in state y (7), launch frame; None where the engine does not
    get the ship there, no zone is passed in time, or the world does not hold that orbit."""
    plan = setting.ways.to_orbit
    if plan is None:
        return None
    fixed, speed = itrf_from_launch(np.array([t_s]), y[None, :3], y[None, 3:6])
    start = np.concatenate([fixed[0], speed[0]])
    saved = _saved(t_s, start, t_s + delay_s + plan.after_s, plan, setting)
    try:
        found = None if saved is None else _landing(saved, plan, setting)
    except FlightError:                                    # the orbit leaves the air or the days that are known
        return None
    if saved is None or found is None:
        return None
    return _told(t_s, start, saved, *found, setting)


def _saved(t_s: float, start: FloatArray, burn_s: float, plan: ToOrbit, setting: Setting) -> Saved | None:
    """The ship when its engine is cut off at the wanted perigee; None when it runs out or sinks too low before."""
    engine = setting.vehicle.main_engine
    flow = engine.thrust_n / (engine.isp_s * G0_M_S2)
    longest_s = max(setting.propellant_kg - plan.kept_kg, 0.0) / flow
    area = cd_area_m2(setting.vehicle) / setting.ship_kg
    drag = np.array([[0.0, 0.0, area], [0.0, 0.0, area]])
    drifts = Body(drag, 0.0, np.zeros((1, 4)), 1.0, push=NO_PUSH)
    push = np.array([[engine.thrust_n / setting.ship_kg, flow / setting.ship_kg, burn_s, 0.0, 0.0, 0.0]])

    def flown(body: Body, from_s: float, at: FloatArray, until_s: float) -> FloatArray | None:
        _, end, _, how = descend(from_s, at.copy(), body, setting.air, plan.floor_m, until_s, PUSH_STEP_S, 1.0,
                                 _NO_TRACE)
        return None if how == DOWN else end

    ready = flown(drifts, t_s, start, burn_s)
    if ready is None or _perigee_m(ready) >= plan.perigee_m:
        return None if ready is None else Saved(burn_s, ready, setting.ship_kg, 0.0)
    high = longest_s
    end = flown(drifts._replace(push=push), burn_s, ready, burn_s + high)
    if end is None or _perigee_m(end) < plan.perigee_m:
        return None
    low = 0.0
    for _ in range(TRIES):
        middle = (low + high) / 2
        tried = flown(drifts._replace(push=push), burn_s, ready, burn_s + middle)
        if tried is not None and _perigee_m(tried) >= plan.perigee_m:
            high, end = middle, tried
        else:
            low = middle
        if high - low < CLOSE_S:
            break
    return Saved(burn_s + high, end, setting.ship_kg - flow * high, float(push[0, 0]) / G0_M_S2)


def _perigee_m(y: FloatArray) -> float:
    """Height over the equator's radius of the lowest point of the two-body orbit of y (6), ITRF."""
    spun = y[3:6] + np.cross([0.0, 0.0, EARTH_RATE_RAD_S], y[:3])
    return float(perigee_m(y[None, :3], spun[None])[0]) - RADIUS_M


def _path(saved: Saved, setting: Setting) -> Path:
    at_s = setting.liftoff_s + saved.t_s
    position, velocity = setting.world.to_gcrf(at_s, saved.y[None, :3], saved.y[None, 3:6])
    return Path(at_s, np.r_[position[0], velocity[0], saved.mass_kg], cd_area_m2(setting.vehicle))


def _landing(saved: Saved, plan: ToOrbit, setting: Setting) -> tuple[Landed, Site] | None:
    """The first landing in a zone that is within reach."""
    world, vehicle = setting.world, setting.vehicle
    path = _path(saved, setting)
    at_s = path.t_s
    dv = usual_dv_m_s(path, vehicle, world)
    reach_m = descent_of(vehicle)[0].crossrange_m
    coming = sorted((pass_s, k) for k, zone in enumerate(plan.zones)
                    for pass_s in passes(path, at_s + BEFORE_PASS_S, at_s + plan.within_s, zone, world))
    for pass_s, k in coming:
        found = aimed(path, pass_s - BEFORE_PASS_S, dv, vehicle, plan.zones[k], world, quick=True)
        if found is not None and abs(found.offset_m) <= reach_m:
            return found, plan.zones[k]
    return None


def _told(t_s: float, start: FloatArray, saved: Saved, landed: Landed, zone: Site, setting: Setting) -> Abort:
    _, y, rows = descended(landed, LANDING_ROWS)
    hung, _ = under_parachutes(float(rows[-1, 0]), y, setting.vehicle, zone.height_m, setting.world)
    end, pad = hung[-1], setting.pad
    lat, lon, ground_m = (float(v) for v in geodetic_from_itrf(end[POSITION]))
    return Abort(t_s, "orbit", float(height_m(start[None, :3])[0]), float(np.linalg.norm(start[3:])), saved.load_g,
                 float(rows[:, LOAD].max()) / G0_M_S2, float(hung[:, LOAD].max()) / G0_M_S2,
                 _highest_m(saved, setting), lat, lon, ground_m,
                 float(surface_distance_m(pad.latitude_rad, pad.longitude_rad, lat, lon)),
                 float(end[0]) - setting.liftoff_s, _steps(saved, landed, rows, end, hung, setting), zone.id)


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
