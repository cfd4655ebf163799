"""One way out of a climb, flown: the dead rocket, the motors, the capsule through the air, its canopies, the ground.

Everything is flown by ``physics.entry.descend`` in ITRF; a motor is a push that is on for a whole stretch of flight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.entry import ballistic_rolls, body_of
from fakel.model.abort import SPIN, Abort, AbortWays, Motors, Step, Way
from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.launcher import Launcher
from fakel.model.place import Site
from fakel.model.vehicle import Vehicle
from fakel.physics.ascent import DRAG_AREA_M2, MACH, START_S, TOLD, Rocket, drag_coefficient, forces
from fakel.physics.entry import (
    COLUMNS,
    DOWN,
    ENTRY_STEP_S,
    LOAD,
    POSITION,
    VELOCITY,
    Air,
    Body,
    descend,
)
from fakel.physics.geodesy import enu_from_itrf, geodetic_from_itrf, surface_distance_m
from fakel.physics.propagate import G0_M_S2
from fakel.plan.ascent import itrf_from_launch
from fakel.plan.descent import canopy_areas, capsule_of, descent_of, height_m
from fakel.world import World

MOTOR_STEP_S, MOTOR_ROWS_S = 0.25, 0.05
COAST_STEP_S, COAST_ROWS_S = 1.0, 0.5
CAPSULE_ROWS_S, HANGING_STEP_S, HANGING_ROWS_S = 1.0, 2.0, 0.5
SLOW_M = 30_000.0           # a capsule let go below falls slowly: short even steps
LONGEST_S, MOST_TIMES = 8000.0, 20
_STILL = np.zeros((1, 4))


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What the aborts of one climb share. liftoff_s: world time; air: along the climb's ground track and on;
    propellant_kg: in the ship's tanks; ground_m: height of the ground at latitude and longitude (rad).
    """

    launcher: Launcher
    rocket: Rocket
    vehicle: Vehicle
    ways: AbortWays
    pad: Site
    ship_kg: float
    propellant_kg: float
    liftoff_s: float
    world: World
    air: Air
    ground_m: Callable[[float, float], float]


@dataclass(frozen=True, slots=True, eq=False)
class Flown:
    """A stretch of an abort: rows (n, 10) of ``physics.entry``, times after liftoff."""

    what: str
    rows: FloatArray

    @property
    def load_g(self) -> float:
        return float(self.rows[:, LOAD].max()) / G0_M_S2


def ends_s(launcher: Launcher, ways: AbortWays) -> dict[str, float]:
    """Until when each way is open, s after liftoff."""
    times = {part.event: part.at_s for part in launcher.jettisons} | {"insertion": np.inf}
    times |= {s.separation_event: s.separation_s for s in launcher.stages if s.separation_s is not None}
    return {way.id: times[way.until] for way in ways.ways}


def check_ways(launcher: Launcher, ways: AbortWays) -> None:
    """Raises InputError for ways that name an event or a part which the launcher does not have."""
    parts = {part.event for part in launcher.jettisons}
    events = parts | {s.separation_event for s in launcher.stages if s.separation_s is not None} | {"insertion"}
    for way in ways.ways:
        for key, name, known in (("until", way.until, events), *(("carries", n, parts) for n in way.carries)):
            if name not in known:
                raise InputError(f"data/aborts/{ways.id}.toml way {way.id!r} {key} = {name!r}: {launcher.name} has no "
                                 f"such event; it has {', '.join(sorted(known)) or 'none'}: take other ways out, or "
                                 "another launcher")


def check_motors(setting: Setting) -> None:
    """Raises InputError for motors that burn more than a ship or what they pull can hold."""
    for way in setting.ways.ways:
        motors = way.motors
        if motors is None:
            continue
        edges = [(level.from_s, level.level) for level in motors.levels] or [(0.0, 1.0)]
        stops = [from_s for from_s, _ in edges[1:]] + [motors.burn_s]
        full_s = sum(level * (stop_s - from_s) for (from_s, level), stop_s in zip(edges, stops, strict=True))
        burnt_kg = full_s * motors.thrust_n / (motors.isp_s * G0_M_S2)
        held_kg = _pulled_kg(way, setting) - (0.0 if motors.from_tanks else descent_of(setting.vehicle)[0].flown_kg)
        if burnt_kg > held_kg:
            raise InputError(f"ways out {setting.ways.id!r}, way {way.id!r}: its motors burn {burnt_kg:.0f} kg, and "
                             f"all that holds them weighs {held_kg:.0f} kg; write less thrust_n or burn_s")


def way_at(t_s: float, setting: Setting) -> Way:
    """What is open at t_s after liftoff."""
    ends = ends_s(setting.launcher, setting.ways)
    return next(way for way in setting.ways.ways if t_s < ends[way.id])


def abort(t_s: float, y: FloatArray, nose: FloatArray, setting: Setting) -> tuple[Abort, tuple[Flown, ...]]:
    """The way out of a rocket whose engines are lost at t_s after liftoff, in state y (7) with its nose along a unit
    vector (3), both in the launch frame. On the pad (t_s <= 0) it stands until the motors pull."""
    way = way_at(t_s, setting)
    start, flown, kg = escaped(t_s, y, nose, way, setting)
    if way.after_s > 0.0:
        flown.append(_pulled(flown[-1], kg, way, setting))
    flown.append(_fallen(flown[-1], way, setting))
    flown.append(_hung(flown[-1], setting))
    return _told(t_s, start, way.id, flown, setting), tuple(flown)


def escaped(t_s: float, y: FloatArray, nose: FloatArray, way: Way, setting: Setting
            ) -> tuple[FloatArray, list[Flown], float]:
    """State (6) ITRF at the failure; the dead rocket until the command and the motors' burn; mass of what they pull."""
    fixed, speed = itrf_from_launch(np.array([t_s]), y[None, :3], y[None, 3:6])
    start = np.concatenate([fixed[0], speed[0]])
    flown, kg = [_dead(t_s, start, y, nose, way, setting)], _pulled_kg(way, setting)
    if way.motors is not None:
        kg = _burn(flown, nose, kg, way, way.motors, setting)
    return start, flown, kg


def _pulled(before: Flown, kg: float, way: Way, setting: Setting) -> Flown:
    """All that was pulled off, until the capsule is let go."""
    last = before.rows[-1]
    rows = _fly(last, _flat(way.drag_coefficient * way.area_m2 / kg), setting, last[0] + way.after_s, COAST_STEP_S,
                COAST_ROWS_S, setting.pad.height_m)
    return Flown("pulled", rows[:int(np.argmax(height_m(rows[:, POSITION]))) + 1])


def _pulled_kg(way: Way, setting: Setting) -> float:
    """All that goes with the crew, before the motors burn."""
    if way.motors is not None and way.motors.from_tanks:
        return setting.ship_kg
    parts = {part.event: part.mass_kg for part in setting.launcher.jettisons}
    carried = sum(share * parts[event] for event, share in way.carries.items())
    return carried + way.modules_kg + descent_of(setting.vehicle)[0].flown_kg


def _flat(drag_m2_kg: float, push: FloatArray | None = None) -> Body:
    """A body without lift, in even steps."""
    drag = np.array([[0.0, 0.0, drag_m2_kg], [0.0, 0.0, drag_m2_kg]])
    body = Body(drag, 0.0, _STILL, 1.0)
    return body if push is None else body._replace(push=push)


def _dead(t_s: float, start: FloatArray, y: FloatArray, nose: FloatArray, way: Way, setting: Setting) -> Flown:
    """The rocket without thrust; on the pad it stands, and it does not sink through it."""
    row = np.zeros(COLUMNS)
    row[0], row[POSITION], row[VELOCITY] = t_s, start[:3], start[3:]
    row[LOAD] = G0_M_S2 if t_s <= 0.0 else 0.0
    if t_s <= 0.0 or way.delay_s == 0.0:
        row[0] = t_s + way.delay_s
        return Flown("dead", row[None])
    numbers, told = setting.rocket, np.zeros(TOLD)
    k = max(int(np.searchsorted(numbers.timetable[:, START_S], t_s + 1e-9, side="right")) - 1, 0)
    forces(t_s, y, nose, numbers.timetable[k], numbers, told, np.zeros(3))
    area = numbers.timetable[k, DRAG_AREA_M2] * drag_coefficient(float(told[MACH]), 0.0, numbers.mach, numbers.cd)
    rows = _fly(row, _flat(area / float(y[6])), setting, t_s + way.delay_s, COAST_STEP_S, COAST_ROWS_S,
                setting.pad.height_m)
    rows[-1, 0] = t_s + way.delay_s
    return Flown("dead", rows)


def _burn(flown: list[Flown], nose: FloatArray, kg: float, way: Way, motors: Motors, setting: Setting) -> float:
    """Adds the burn, level by level; returns the mass after it."""
    edges = [(level.from_s, level.level) for level in motors.levels] or [(0.0, 1.0)]
    ends = [from_s for from_s, _ in edges[1:]] + [motors.burn_s]
    t0 = float(flown[-1].rows[-1, 0])
    direction = _tilted(flown[-1].rows[-1], nose, motors, setting)
    for (from_s, level), until_s in zip(edges, ends, strict=True):
        thrust_n = level * motors.thrust_n
        flow = thrust_n / (motors.isp_s * G0_M_S2)
        push = np.array([[thrust_n / kg, flow / kg, t0 + from_s, *direction]])
        body = _flat(way.drag_coefficient * way.area_m2 / kg, push)
        rows = _fly(flown[-1].rows[-1], body, setting, t0 + until_s, MOTOR_STEP_S, MOTOR_ROWS_S)
        flown.append(Flown("motors", rows))
        kg -= flow * (until_s - from_s)
    return kg


def _tilted(row: FloatArray, nose: FloatArray, motors: Motors, setting: Setting) -> FloatArray:
    """Unit vector of the push, ITRF: the nose, turned towards the azimuth of the climb."""
    ahead, _ = itrf_from_launch(row[:1], nose[None], np.zeros((1, 3)))
    fixed = ahead[0] / np.linalg.norm(ahead[0])
    if motors.tilt_rad == 0.0:
        return np.asarray(fixed)
    lat, lon, _ = geodetic_from_itrf(row[POSITION])
    up, along = enu_from_itrf(float(lat), float(lon))[2], setting.air.axes[0]
    level = along - up * (up @ along)
    aside = level - fixed * (fixed @ level)
    return np.asarray(np.cos(motors.tilt_rad) * fixed + np.sin(motors.tilt_rad) * aside / np.linalg.norm(aside))


def _fly(last: FloatArray, body: Body, setting: Setting, stop_s: float, step_s: float, every_s: float,
         floor_m: float = -500.0) -> FloatArray:
    """Rows of a stretch that begins where a row stands."""
    trace = np.zeros((int((stop_s - last[0]) / every_s) + 3, COLUMNS))
    _, _, n, _ = descend(float(last[0]), last[1:7].copy(), body, setting.air, floor_m, stop_s, step_s, every_s, trace)
    return trace[:n].copy()


def _fallen(before: Flown, way: Way, setting: Setting) -> Flown:
    """The capsule down to its parachute command."""
    capsule, (descent, parachute) = capsule_of(setting.vehicle), descent_of(setting.vehicle)
    last = before.rows[-1]
    high_m = float(height_m(last[None, POSITION])[0])
    climb_m_s = max(float(last[POSITION] @ last[VELOCITY]) / float(np.linalg.norm(last[POSITION])), 0.0)
    if high_m + climb_m_s**2 / (2 * G0_M_S2) <= parachute.command_height_m:
        return Flown("capsule", last[None].copy())
    rolls = ballistic_rolls(float(last[0]), 0.0, descent.ballistic_roll_rad_s) if way.descent == SPIN else _STILL
    body = body_of(capsule, rolls)
    step_s = ENTRY_STEP_S
    if high_m < SLOW_M:
        drag = np.repeat(body.drag, 2, axis=0)
        body, step_s = body._replace(drag=drag), COAST_STEP_S
    parts = []
    for _ in range(MOST_TIMES):                            # who was nearly in orbit comes round again
        trace = np.zeros((int(LONGEST_S / CAPSULE_ROWS_S) + 3, COLUMNS))
        _, _, n, ending = descend(float(last[0]), last[1:7].copy(), body, setting.air, parachute.command_height_m,
                                  float(last[0]) + LONGEST_S, step_s, CAPSULE_ROWS_S, trace)
        parts.append(trace[:n].copy())
        last = trace[n - 1]
        if ending == DOWN:
            break
    return Flown("capsule", np.concatenate(parts))


def _hung(before: Flown, setting: Setting) -> Flown:
    """Under the canopies to the ground; let go low, under the main one alone."""
    vehicle = setting.vehicle
    descent, chute = descent_of(vehicle)
    last = before.rows[-1]
    lat, lon, high_m = (float(v) for v in geodetic_from_itrf(last[POSITION]))
    if high_m < chute.command_height_m - 1.0:
        low = setting.ways.low_parachute
        vehicle = replace(vehicle, parachute=replace(chute, drogue_after_s=low.after_s, drogue_unfolds_s=0.0,
                                                     drogue_area_m2=0.0, main_after_s=low.after_s,
                                                     main_unfolds_s=low.unfolds_s))
    areas = canopy_areas(float(last[0]), last[1:7], vehicle)
    if vehicle is not setting.vehicle:
        areas = areas[[0, 2]]
    engines_m = setting.ground_m(lat, lon) + chute.soft_landing_height_m
    rows = [before.rows[-1:]]
    for stop_m, kg in ((max(chute.heat_shield_height_m, engines_m), descent.flown_kg),
                       (engines_m, descent.flown_kg - chute.heat_shield_kg)):
        end = rows[-1][-1]
        if stop_m < height_m(end[None, POSITION])[0]:
            body = Body(areas / np.array([1.0, 1.0, kg]), 0.0, _STILL, 1.0)
            rows.append(_fly(end, body, setting, float(end[0]) + LONGEST_S / 2, HANGING_STEP_S, HANGING_ROWS_S,
                             stop_m))
    return Flown("canopy", np.concatenate(rows))


def _told(t_s: float, start: FloatArray, way: str, flown: list[Flown], setting: Setting) -> Abort:
    rows = np.concatenate([part.rows for part in flown])
    end = rows[-1]
    lat, lon, ground_m = (float(v) for v in geodetic_from_itrf(end[POSITION]))
    pad = setting.pad
    loads = {what: max((p.load_g for p in flown if p.what == what), default=0.0)
             for what in ("motors", "capsule", "pulled", "canopy")}
    return Abort(t_s, way, float(height_m(start[None, :3])[0]), float(np.linalg.norm(start[3:])), loads["motors"],
                 max(loads["capsule"], loads["pulled"]), loads["canopy"], float(height_m(rows[:, POSITION]).max()),
                 lat, lon, ground_m, float(surface_distance_m(pad.latitude_rad, pad.longitude_rad, lat, lon)),
                 float(end[0]), steps_of(flown))


ENDS = {"dead": "command", "motors": "motors_off", "pulled": "let_go", "capsule": "parachute", "canopy": "touchdown"}
"""What the end of a stretch is called."""


def steps_of(flown: Sequence[Flown]) -> tuple[Step, ...]:
    """The ends of stretches; a burn of several levels ends once."""
    last = {part.what: k for k, part in enumerate(flown)}
    return tuple(step_of(ENDS[what], flown[k].rows[-1], max(p.load_g for p in flown if p.what == what))
                 for what, k in last.items())


def step_of(what: str, row: FloatArray, load_g: float, from_s: float = 0.0) -> Step:
    """A moment at the end of a stretch; the row's time counts from from_s."""
    return Step(what, float(row[0]) - from_s, float(height_m(row[None, POSITION])[0]),
                float(np.linalg.norm(row[VELOCITY])), load_g)
