"""The planned way of a climb as steering needs it: which fixes come when, how good they are, and the law of each burn.

Everything here follows from the plan alone and not from a dispersed flight, so many flights share one reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fakel.guidance.closed_loop import carried, error, fixed, gains, pushed, together
from fakel.guidance.knowing import (
    Fix,
    burnt_covariance,
    fix,
    offset_slopes,
    radar_sees,
    radar_slopes,
    relative_slopes,
)
from fakel.guidance.mean import elements
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.navigation import GROUND, RADAR, Execution, Navigation, Radar
from fakel.model.place import Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.physics.burn_variations import DIRECTION, DURATION, PER_BURN
from fakel.physics.force import forces_of
from fakel.physics.frames import from_relative_rtn, relative_rtn
from fakel.physics.geodesy import look
from fakel.physics.propagate import Dense, Thrust, propagate
from fakel.physics.sensitivity import states_and_partials
from fakel.plan.burns import Burn, thrusts
from fakel.plan.craft import cd_area_m2
from fakel.world import World

PASS_STEP_S = 15.0
LEAST_M_S = 1e-6
ORBIT_RAD_S = 1.13e-3                                   # a low orbit's rate: how fast what is loose turns
SETTLED_S = 60.0
"""After a burn the orbit is known again so much later: no fix is taken before."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """What is planned from ``at`` on: both craft (states (7,) GCRF), all burns to the aim point, where the leg ends.

    covariance (6, 6): of the ship's offset from where it is known to be at the start; strayed (6, 6): of that from
    ship_y. leg names its random numbers.
    """

    leg: str
    ship: Ship
    station: Station
    profile: Profile
    at: Epoch
    ship_y: FloatArray
    station_y: FloatArray
    burns: tuple[Burn, ...]
    aim: Epoch
    stop: Epoch
    covariance: FloatArray
    strayed: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A fix at t_s: sensor, what it is called, and what it does."""

    t_s: float
    sensor: str
    name: str
    fix: Fix


@dataclass(frozen=True, slots=True, eq=False)
class Ignition:
    """A burn of the plan at t_s, number i. gain (3k, 6): how it and the burns after it follow the predicted miss, law
    (3, 6): how it follows the known offset; None and zero for a burn that is loaded before liftoff."""

    t_s: float
    end_s: float
    i: int
    gain: FloatArray | None
    law: FloatArray
    by_burn: FloatArray
    planned_m_s: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """steps in order of time; transitions: key (from, to) of instants to (6, 6) in offsets; known: covariance (6, 6) of
    what is known after each step and, last, at the leg's end; apart: of the true place about the planned one, likewise;
    strayed (6, 6): of what is known at the end about the plan; goal: elements (6,) of the aim; path: the plan's."""

    way: Way
    navigation: Navigation
    steps: tuple[Look | Ignition, ...]
    transitions: Mapping[tuple[float, float], FloatArray]
    known: tuple[FloatArray, ...]
    strayed: FloatArray
    goal: FloatArray
    start_s: float
    stop_s: float
    aim_s: float
    station: Dense
    end_y: FloatArray
    passes: tuple[tuple[str, float, float], ...]
    apart: tuple[FloatArray, ...]
    path: Dense


def reference(way: Way, navigation: Navigation, world: World) -> Reference:
    """The planned way with its fixes, its laws and its covariance, leg start to leg end."""
    start_s, stop_s, aim_s = (world.seconds(epoch) for epoch in (way.at, way.stop, way.aim))
    pushes = thrusts(way.burns, float(way.ship_y[6]), way.ship.vehicle, world)
    path = propagate(way.ship_y, start_s, aim_s, cd_area_m2(way.ship), world.field, thrust=pushes)
    station = propagate(way.station_y, start_s, aim_s, cd_area_m2(way.station), world.field)
    found = passes(path, start_s, stop_s, navigation, world)
    looks = _looks(way.leg, path, station, found, pushes, navigation, (start_s, stop_s))
    own = [i for i, push in enumerate(pushes) if push.start_s < stop_s]
    edges = sorted({start_s, stop_s, aim_s, *(t for t, *_ in looks), *(p.start_s for p in pushes),
                    *(p.start_s + p.duration_s for p in pushes)})
    partials = _Partials.of(way, start_s, np.array(edges), pushes, world)
    steps: list[Look | Ignition] = []
    both, now, known, apart, transitions = together(way.covariance, way.strayed), start_s, [], [], {}
    for t_s, what in sorted([*((t, what) for t, *what in looks), *((pushes[i].start_s, i) for i in own)],
                            key=lambda pair: pair[0]):
        transitions[now, t_s] = partials.between(now, t_s)
        both, now = carried(both, transitions[now, t_s]), t_s
        if isinstance(what, int):
            step: Look | Ignition = partials.ignition(what, pushes, way)
            transitions[now, step.end_s] = partials.between(now, step.end_s)
            both, _ = after_burn(both, transitions[now, step.end_s], step, navigation.execution)
            now = step.end_s
        else:
            sensor, name, slopes, noise = what
            if sensor == RADAR:
                noise = radar_noise(navigation.radar, path.at(t_s)[0], station.at(t_s)[0], error(both))
            step = Look(t_s, sensor, name, fix(error(both), slopes, noise))
            both = fixed(both, step.fix)
        steps.append(step)
        known.append(error(both))
        apart.append(both[:6, :6])
    transitions[now, stop_s] = partials.between(now, stop_s)
    both = carried(both, transitions[now, stop_s])
    known.append(error(both))
    apart.append(both[:6, :6])
    aim_y = np.r_[way.profile.aim_rtn_m, way.profile.aim_rate_rtn_m_s]
    goal = elements(from_relative_rtn(aim_y, station.at(aim_s)[0]))
    return Reference(way, navigation, tuple(steps), transitions, tuple(known), both[6:, 6:], goal, start_s, stop_s,
                     aim_s, station, path.at(stop_s)[0], found, tuple(apart), path)


def after_burn(both: FloatArray, transition: FloatArray, step: Ignition, errors: Execution
           ) -> tuple[FloatArray, FloatArray]:
    """The covariance (12, 12) after a burn, and that of what was burnt (3, 3)."""
    moment = np.outer(step.planned_m_s, step.planned_m_s) + step.law @ both[6:, 6:] @ step.law.T
    execution = burnt_covariance(moment, errors.size_share, errors.size_fixed_m_s, errors.pointing_rad)
    return pushed(both, transition, step.by_burn, step.law, execution)


@dataclass(frozen=True, slots=True, eq=False)
class _Partials:
    """The plan's partial derivatives at its edges, from the engine's variational equations, turned into offsets."""

    edges_s: FloatArray
    slopes: tuple[FloatArray, ...]
    columns: FloatArray
    masses_kg: tuple[float, ...]

    @classmethod
    def of(cls, way: Way, start_s: float, edges_s: FloatArray, pushes: tuple[Thrust, ...], world: World) -> _Partials:
        states, columns = states_and_partials(way.ship_y, start_s, edges_s, forces_of(cd_area_m2(way.ship)),
                                              world.field, thrust=pushes)
        mass_kg, masses = float(way.ship_y[6]), []
        for push in pushes:
            mass_kg -= push.thrust_n * push.duration_s / (push.isp_s * 9.80665)
            masses.append(mass_kg)
        return cls(edges_s, tuple(offset_slopes(y) for y in states), columns, tuple(masses))

    def _at(self, t_s: float) -> int:
        return int(np.argmin(np.abs(self.edges_s - t_s)))

    def between(self, one_s: float, other_s: float) -> FloatArray:
        """How an offset (6, 6) at one edge comes to another; burns between by plan."""
        i, j = self._at(one_s), self._at(other_s)
        state = self.columns[j, :, :6] @ np.linalg.inv(self.columns[i, :, :6])
        return np.asarray(self.slopes[j] @ state @ np.linalg.inv(self.slopes[i]))

    def by_burn(self, i: int, t_s: float, burn: Burn, push: Thrust) -> FloatArray:
        """Offset (6, 3) at an edge by the vector of burn i, whose ignition is held."""
        dv = np.array(burn.dv_rtn_m_s)
        size = max(float(np.linalg.norm(dv)), LEAST_M_S)
        along = dv / size if dv.any() else np.array([0.0, 1.0, 0.0])
        first = self.columns.shape[2] - PER_BURN_COLUMNS * len(self.masses_kg) + PER_BURN_COLUMNS * i
        j = self._at(t_s)
        longer = self.columns[j, :, first + DURATION] * self.masses_kg[i] / push.thrust_n
        turned = self.columns[j, :, first + DIRECTION:first + DIRECTION + 3] @ (np.eye(3) - np.outer(along, along))
        return np.asarray(self.slopes[j] @ (np.outer(longer, along) + turned / size))

    def gain(self, i: int, pushes: tuple[Thrust, ...], way: Way) -> FloatArray | None:
        """Change (3k, 6) of burns i and later for each metre of miss at the aim; None for a burn that is loaded."""
        if way.profile.slot(way.burns[i].name).loaded_before_liftoff:
            return None
        aim_s = float(self.edges_s[-1])
        slopes = [self.by_burn(j, aim_s, way.burns[j], pushes[j]) for j in range(i, len(pushes))]
        return gains(np.concatenate(slopes, axis=1), np.array([b.dv_rtn_m_s for b in way.burns[i:]]))

    def ignition(self, i: int, pushes: tuple[Thrust, ...], way: Way) -> Ignition:
        push, gain = pushes[i], self.gain(i, pushes, way)
        end_s = push.start_s + push.duration_s
        to_aim = self.between(push.start_s, float(self.edges_s[-1]))
        law = np.zeros((3, 6)) if gain is None else -gain[:3] @ to_aim
        return Ignition(push.start_s, end_s, i, gain, law, self.by_burn(i, end_s, way.burns[i], push),
                        np.array(way.burns[i].dv_rtn_m_s))


PER_BURN_COLUMNS = len(PER_BURN)


def passes(path: Dense, start_s: float, stop_s: float, navigation: Navigation, world: World
           ) -> tuple[tuple[str, float, float], ...]:
    """When ground stations see the ship: their names, begin and end, s. Stations at the same time make one pass."""
    network, shortest_s = navigation.tracking.network, navigation.tracking.shortest_pass_s
    at_s = np.arange(start_s, stop_s, PASS_STEP_S)
    rows = path.at(at_s)
    fixed_m, _ = world.to_itrf(at_s, rows[:, :3], rows[:, 3:6])
    seen = np.array([look(fixed_m, g.latitude_rad, g.longitude_rad, g.height_m)[0] > network.elevation_mask_rad
                     for g in network.ground]).reshape(len(network.ground), len(at_s))
    change = np.flatnonzero(np.diff(np.r_[0, seen.any(axis=0), 0]))
    out = []
    for first, after in change.reshape(-1, 2):
        begin_s, end_s = float(at_s[first]), float(at_s[after - 1])
        if end_s - begin_s >= shortest_s:
            names = [g.id for g, row in zip(network.ground, seen, strict=True) if row[first:after].any()]
            out.append((", ".join(names), begin_s, end_s))
    return tuple(out)


def tracking_noise(navigation: Navigation, length_s: float) -> FloatArray:
    """Covariance (6, 6) of an orbit from a pass of that length, as an offset."""
    t = navigation.tracking
    sigma = np.array([t.semi_major_axis_m, t.radial_m, t.radial_m, t.cross_m, t.cross_m, t.along_m])
    return np.diag(sigma**2) * t.full_pass_s / length_s


def radar_noise(radar: Radar, y: FloatArray, station: FloatArray, covariance: FloatArray) -> FloatArray:
    """Covariance (4, 4) of range, two angles and range rate for a ship known at y with a covariance (6, 6) of offsets.

    What is bent in them counts as noise: a ship known to 2 km is seen from 45 km with 90 m that no slope tells.
    """
    seen = radar_sees(y, station)
    slopes = relative_slopes(y, station)
    loose_m2, range_m = float(np.trace(slopes[:3] @ covariance @ slopes[:3].T)), float(seen[0])
    bent_m = loose_m2 / range_m
    relative = relative_rtn(y, station)
    turn_rad_s = ORBIT_RAD_S + float(np.linalg.norm(relative[3:])) / range_m
    fixed_m = radar.range_fixed_m * min(1.0, range_m / radar.fades_m)
    angle_rad = np.hypot(radar.angle_rad, bent_m / range_m)
    out = np.array([np.hypot(np.hypot(radar.range_share * range_m, fixed_m), bent_m), angle_rad, angle_rad,
                    np.hypot(radar.range_rate_m_s, bent_m * turn_rad_s)])
    return np.diag(out**2)


def _looks(leg: str, path: Dense, station: Dense, found: tuple[tuple[str, float, float], ...],
           pushes: tuple[Thrust, ...], navigation: Navigation, span_s: tuple[float, float]
           ) -> list[tuple[float, str, str, FloatArray, FloatArray]]:
    """When each fix comes, its sensor and name, its slopes and noise. Those that burns would spoil come after them."""
    start_s, stop_s = span_s
    out = []
    for names, begin_s, end_s in found:
        t_s = _after_burns(min(end_s + navigation.tracking.ready_after_s, stop_s), pushes, stop_s)
        out.append((t_s, GROUND, names, np.eye(6), tracking_noise(navigation, end_s - begin_s)))
    radar = navigation.radar
    taken: set[float] = set()
    for at_s in np.arange(start_s, stop_s, radar.every_s):
        t_s = _after_burns(float(at_s), pushes, stop_s)
        y, other = path.at(t_s)[0], station.at(t_s)[0]
        seen = radar_sees(y, other)
        if seen[0] <= radar.reach_m and t_s > start_s and t_s not in taken:
            taken.add(t_s)
            out.append((t_s, RADAR, "radar", radar_slopes(y, other), np.zeros((4, 4))))
    return sorted(out, key=lambda row: row[0])


def _after_burns(t_s: float, pushes: tuple[Thrust, ...], stop_s: float) -> float:
    """t_s, or later when a burn has just begun or ended; not after the leg."""
    for push in pushes:
        if push.start_s <= t_s < push.start_s + push.duration_s + SETTLED_S:
            t_s = push.start_s + push.duration_s + SETTLED_S
    return min(t_s, stop_s)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Linear covariance of one leg: burns by name to (3, 3), RTN; both (12, 12) at its end; relative (6, 6): the ship's
    place and rate in the station's RTN there, true minus planned, and error (6, 6), true minus known."""

    burns: Mapping[str, FloatArray]
    both: FloatArray
    relative: FloatArray
    error: FloatArray


def covariance(ref: Reference, both: FloatArray) -> Spread:
    """Carry the covariance (12, 12) of true and known offsets through the leg, fix by fix and burn by burn."""
    now, burns = ref.start_s, {}
    for step in ref.steps:
        both, now = carried(both, ref.transitions[now, step.t_s]), step.t_s
        if isinstance(step, Look):
            both = fixed(both, step.fix)
            continue
        both, burnt = after_burn(both, ref.transitions[now, step.end_s], step, ref.navigation.execution)
        burns[ref.way.burns[step.i].name], now = burnt, step.end_s
    both = carried(both, ref.transitions[now, ref.stop_s])
    slopes = relative_slopes(ref.end_y, ref.station.at(ref.stop_s)[0])
    return Spread(burns, both, slopes @ both[:6, :6] @ slopes.T, slopes @ error(both) @ slopes.T)
