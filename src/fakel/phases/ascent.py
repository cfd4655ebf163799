"""Ascent: from the pad to separation from the rocket, with liftoff left to the planner or given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from fakel.model.abort import AbortWays
from fakel.model.arrays import FloatArray
from fakel.model.blank import Blank, filled
from fakel.model.day import day_window
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import FlightError, InputError, NoWindow
from fakel.model.flight import STATION, Arc, Channel, Estimate, Event, Leg, Situation, State
from fakel.model.frame import Frame
from fakel.model.launcher import Launcher, OrbitTarget, SeparationTarget
from fakel.model.place import Site, Station
from fakel.model.profile import Profile
from fakel.model.surroundings import Surroundings
from fakel.model.vehicle import Ship
from fakel.physics.ascent import DRAG_N, MACH, PUSH_N, Q_PA
from fakel.physics.frames import attitude_along
from fakel.physics.geodesy import geodetic_from_itrf, itrf_from_geodetic, surface_distance_m
from fakel.physics.propagate import G0_M_S2, coast_table
from fakel.physics.rows import peak_s, value_at
from fakel.plan import launch
from fakel.plan.abort_study import studied
from fakel.plan.ascent import (
    INSERTED,
    Climb,
    check_lift,
    coast_briefly,
    fly_ascent,
    highest_load_g,
    itrf_from_launch,
    loads,
)
from fakel.plan.burns import spendable_m_s
from fakel.plan.coasting import coast_arc, moved_on
from fakel.plan.craft import Path, cd_area_m2, last_state, state_y
from fakel.world import World

ENDINGS = ("done",)
STATION_STEP_S = 30.0
FARTHEST_SEPARATION_M = 2_500e3
"""A pad farther than this from where the launcher lets its ship go is not one of its pads."""
INSERTION_SIGMA_M, INSERTION_SIGMA_M_S = 500.0, 0.5
"""What the ship knows of its state at separation, one sigma per axis: assumed, no figure is published."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who climbs, on what, from where, to which rendezvous, on which UTC day; liftoff may be a blank.

    Without a date the day is that on which the step begins. A way out is flown every aborts_every_s of the climb (0:
    none) where aborts have one for the ship.
    """

    ship: Ship
    launcher: Launcher
    pad: Site
    profile: Profile
    station: Station
    date: date | None = None
    liftoff: Epoch | Blank = Blank.PLAN
    aborts_every_s: float = 20.0
    aborts: tuple[AbortWays, ...] = ()
    surroundings: Surroundings | None = None


def check(plan: Plan, where: str) -> None:
    """Raises InputError when the liftoff is not on the date, or the launcher's programme is for pads elsewhere."""
    if plan.date is not None and isinstance(plan.liftoff, Epoch) and plan.liftoff.day != plan.date:
        raise InputError(f"{where} liftoff = {plan.liftoff.iso()} is not on date = {plan.date} (UTC); mend one of them")
    target = plan.launcher.target
    if not isinstance(target, SeparationTarget):
        return
    lat, lon, _ = geodetic_from_itrf(target.position_itrf_m)
    away_m = float(surface_distance_m(plan.pad.latitude_rad, plan.pad.longitude_rad, lat, lon))
    if away_m > FARTHEST_SEPARATION_M:
        raise InputError(f"{where} pad = {plan.pad.id!r}: the programme of {plan.launcher.name} ends over "
                         f"{np.degrees(lat):.1f} N {np.degrees(lon):.1f} E, {away_m / 1000:.0f} km from "
                         f"{plan.pad.name}; take a pad within 2500 km of that place, or another launcher")


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with its liftoff: the first window of its UTC day.

    Raises InputError when the rocket cannot lift the ship, NoWindow when that day has no window or is over.
    """
    station = _station_path(plan, situation.knowledge[STATION].state, world)
    steers = isinstance(plan.launcher.target, OrbitTarget)
    if not steers:
        check_lift(plan.launcher, plan.pad, plan.ship.mass_kg)
    if not isinstance(plan.liftoff, Epoch):
        plan = replace(plan, liftoff=launch.liftoff(_day(plan, situation, world), _ask(plan), station, world).liftoff)
    elif plan.liftoff < situation.epoch:
        raise InputError(f"liftoff = {plan.liftoff.iso()} lies before the step begins ({situation.epoch.iso()}); "
                         "write a later one")
    elif steers:
        _check_window(plan, plan.liftoff, station, world)
    else:
        _check_plane(plan, plan.liftoff, situation, world)
    if steers:
        liftoff = filled(plan.liftoff, "ascent: liftoff")
        check_lift(plan.launcher, plan.pad, plan.ship.mass_kg, launch.plane_at(liftoff, _ask(plan), station, world))
    return plan


def _check_window(plan: Plan, wished: Epoch, station: Path, world: World) -> None:
    """Raises InputError for a liftoff at which the station's plane costs a steering launcher more than its reserve."""
    chance = launch.opportunity_at(wished, _ask(plan), station, world)
    if not -chance.early_s <= chance.miss_s <= chance.late_s:
        best = wished + -chance.miss_s
        raise InputError(f"liftoff = {wished.iso()} is {abs(chance.miss_s):.0f} s too {_side(chance.miss_s)} for the "
                         f"station's plane; write \"plan\" or {(best + -chance.early_s).iso()} to "
                         f"{(best + chance.late_s).iso()}")


def _side(miss_s: float) -> str:
    return "late" if miss_s > 0.0 else "early"


def _check_plane(plan: Plan, wished: Epoch, situation: Situation, world: World) -> None:
    """Raises InputError for a liftoff so far from the window that all the ship's propellant cannot turn its orbit."""
    station, ask = _station_path(plan, situation.knowledge[STATION].state, world), _ask(plan)
    miss_s = launch.opportunity_at(wished, ask, station, world).miss_s
    ship, speed_m_s = plan.ship, float(np.linalg.norm(situation.knowledge[STATION].state.velocity_m_s))
    off_rad = launch.plane_off_rad(miss_s, situation.knowledge[STATION].state)
    if 2 * speed_m_s * np.sin(off_rad / 2) > spendable_m_s(ship, ship.mass_kg):
        best = launch.liftoff(_day(plan, situation, world), ask, station, world)
        raise InputError(f"liftoff = {wished.iso()} puts {ship.name} {np.degrees(off_rad):.1f} deg off the station's "
                         f"plane, more than its propellant can turn; write \"plan\" or about {best.liftoff.iso()}")


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Climb to separation. The ship's arc begins at liftoff, the station's where the situation does.

    Raises FlightError when the rocket does not reach its target.
    """
    liftoff = filled(plan.liftoff, "ascent: liftoff")
    known = _station_path(plan, before.knowledge[STATION].state, world)
    plane = launch.plane_at(liftoff, _ask(plan), known, world)
    flown = fly_ascent(plan.launcher, plan.pad, plan.ship.mass_kg, plane)
    if flown.ending != INSERTED:
        raise FlightError(f"ascent: {plan.launcher.name} does not reach its target with {plan.ship.mass_kg:.0f} kg")
    ship = _ship_arc(plan, liftoff, _to_separation(plan, flown), world)
    station = coast_arc(before.craft[STATION], "ascent", ship.stop, STATION_STEP_S, plan.station, world)
    telling = _Telling(plan, liftoff, flown, ship, world)
    chance = launch.opportunity_at(liftoff, _ask(plan), known, world)
    after = _after(before, plan, liftoff, ship, station, world)
    studies = {"launch_window": _window_table(chance), **_ways_out(plan, liftoff, flown, world)}
    return Leg("ascent", "ascent", {}, before, after, "done", (ship, station), telling.channels(), telling.events(), (),
               studies)


def _ways_out(plan: Plan, liftoff: Epoch, flown: Climb, world: World) -> dict[str, dict[str, list[Any]]]:
    """Study ``launch_aborts``: where the crew comes down when the engines are lost."""
    ship = plan.ship
    ways = next((ways for ways in plan.aborts if ship.vehicle.id in ways.vehicles), None)
    if ways is None or plan.surroundings is None or not plan.aborts_every_s > 0.0:
        return {}
    return {"launch_aborts": studied(plan.launcher, ship.vehicle, ways, plan.pad, flown, ship.mass_kg,
                                     ship.propellant_kg, liftoff, world, plan.surroundings, plan.aborts_every_s)}


def _day(plan: Plan, situation: Situation, world: World) -> Window:
    """What is left of the plan's UTC day when the step begins."""
    day = plan.date or situation.epoch.day
    whole = day_window(day)
    if situation.epoch >= whole.stop:
        raise NoWindow(f"the launch day {day} is over when the step begins ({situation.epoch.iso()}); "
                       "write a later date")
    if whole.stop > world.window.stop:
        raise InputError(f"the launch day {day} lies beyond the days of the mission; mend it, or last_date")
    return Window(max(whole.start, situation.epoch), whole.stop)


def _ask(plan: Plan) -> launch.Ask:
    return launch.Ask(plan.launcher, plan.pad, plan.profile, plan.ship.mass_kg, cd_area_m2(plan.ship))


def _station_path(plan: Plan, state: State, world: World) -> Path:
    return Path(world.seconds(state.epoch), state_y(state), cd_area_m2(plan.station))


def _to_separation(plan: Plan, flown: Climb) -> FloatArray:
    """The ascent's table (n, 11), launch frame, with the coast to separation; the ship alone at its end."""
    end = flown.table[-1].copy()
    rows = [flown.table]
    for share in (0.5, 1.0):
        dt = share * plan.launcher.coast_to_separation_s
        row = end.copy()
        row[0] += dt
        row[1:4], row[4:7] = coast_briefly(end[0], end[1:4], end[4:7], dt)
        rows.append(row[None])
    table = np.concatenate(rows)
    table[-1, 7] = plan.ship.mass_kg
    return table


def _ship_arc(plan: Plan, liftoff: Epoch, table: FloatArray, world: World) -> Arc:
    t_s = table[:, 0]
    fixed_m, fixed_m_s = itrf_from_launch(t_s, table[:, 1:4], table[:, 4:7])
    nose, _ = itrf_from_launch(t_s, table[:, 8:11], np.zeros_like(table[:, 8:11]))
    at_s = world.seconds(liftoff) + t_s
    position_m, velocity_m_s = world.to_gcrf(at_s, fixed_m, fixed_m_s)
    nose_gcrf, _ = world.to_gcrf(at_s, nose, np.zeros_like(nose))
    up = position_m / np.linalg.norm(position_m, axis=1)[:, None]
    side = np.cross(position_m, velocity_m_s)                  # straight up has no level of its own: keep the plane
    level = np.where(np.abs(np.sum(nose_gcrf * up, axis=1))[:, None] > 0.999, np.cross(side, nose_gcrf), up)
    return Arc("ascent", plan.ship.id, Frame.GCRF, liftoff, t_s, position_m, velocity_m_s,
               attitude_along(nose_gcrf, level), table[:, 7])


def _after(before: Situation, plan: Plan, liftoff: Epoch, ship: Arc, station: Arc, world: World) -> Situation:
    """The ship free in orbit, the station flown on; what is known of the station is carried on from what was known."""
    stop = ship.stop
    known = before.knowledge[STATION]
    y = _station_path(plan, known.state, world).at(world.seconds(stop), world).y
    station_state = last_state(station)
    ship_state = last_state(ship)
    spread = np.diag([INSERTION_SIGMA_M**2] * 3 + [INSERTION_SIGMA_M_S**2] * 3)
    told = replace(station_state, position_m=y[:3], velocity_m_s=y[3:6])
    after = moved_on(before, {STATION: station_state, plan.ship.id: ship_state},
                     {STATION: told, plan.ship.id: ship_state}, clocks={**before.clocks, "liftoff": liftoff})
    return replace(after, knowledge={**after.knowledge, plan.ship.id: Estimate(ship_state, spread)})


def _window_table(chance: launch.Opportunity) -> dict[str, list[object]]:
    return {"liftoff_utc": [chance.liftoff.iso(3)], "miss_s": [chance.miss_s],
            "phase_deg": [float(np.degrees(chance.phase_rad))], "accepted": [chance.accepted],
            "node_drift_to_docking_deg": [float(np.degrees(chance.drift_rad))],
            "plane_over_pad_s": [chance.plane_over_pad_s],
            "pad_off_plane_deg": [float(np.degrees(chance.off_plane_rad))],
            "station_highest_elevation_deg": [float(np.degrees(chance.elevation_rad))]}


class _Telling:
    """Channels and events of a flown ascent, from one pass over its samples."""

    def __init__(self, plan: Plan, liftoff: Epoch, flown: Climb, ship: Arc, world: World) -> None:
        self.plan, self.liftoff, self.flown, self.ship, self.world = plan, liftoff, flown, ship, world
        table = flown.table
        self.t_s = table[:, 0]
        self.fixed_m, self.fixed_m_s = itrf_from_launch(self.t_s, table[:, 1:4], table[:, 4:7])
        lat, lon, self.height_m = geodetic_from_itrf(self.fixed_m)
        pad = plan.pad
        up = itrf_from_geodetic(lat, lon, 1.0) - itrf_from_geodetic(lat, lon, 0.0)
        nose, _ = itrf_from_launch(self.t_s, table[:, 8:11], np.zeros_like(table[:, 8:11]))
        self.pitch_rad = np.arcsin(np.clip(np.sum(up * nose, axis=1), -1.0, 1.0))
        self.downrange_m = surface_distance_m(pad.latitude_rad, pad.longitude_rad, lat, lon)
        self.air_m_s = np.linalg.norm(self.fixed_m_s, axis=1)
        self.speed_m_s = np.linalg.norm(table[:, 4:7], axis=1)
        self.mass_kg = table[:, 7]
        told = loads(flown.rocket, table)
        self.q_pa, self.mach = told[:, Q_PA], told[:, MACH]
        self.load_g = (told[:, PUSH_N] - told[:, DRAG_N]) / self.mass_kg / G0_M_S2
        self.highest = highest_load_g(flown.rocket, table)

    def channels(self) -> tuple[Channel, ...]:
        rows = (("altitude_m", "m", self.height_m), ("speed_air_m_s", "m/s", self.air_m_s),
                ("speed_inertial_m_s", "m/s", self.speed_m_s), ("downrange_m", "m", self.downrange_m),
                ("q_pa", "Pa", self.q_pa), ("load_g", "g", self.load_g), ("mach", "", self.mach),
                ("mass_kg", "kg", self.mass_kg), ("pitch_rad", "rad", self.pitch_rad))
        return tuple(Channel(f"ascent.{name}", unit, self.liftoff, self.t_s, values) for name, unit, values in rows)

    def events(self) -> tuple[Event, ...]:
        launcher = self.plan.launcher
        times = [("liftoff", 0.0)]
        times += [(s.separation_event, s.separation_s) for s in launcher.stages if s.separation_s is not None]
        times += [(part.event, part.at_s) for part in launcher.jettisons]
        times += [("max_q", peak_s(self.t_s, self.q_pa)), ("max_g", self.highest[0]), ("cutoff", float(self.t_s[-1]))]
        told = [Event(self.liftoff + t, name, self.plan.ship.id, "ascent", self._facts(t, name))
                for name, t in sorted(times, key=lambda pair: pair[1])]
        return (*told, self._insertion())

    def _facts(self, t_s: float, name: str) -> dict[str, float]:
        """At a corner the values after it, but the load before it where that is the highest."""
        i = int(np.searchsorted(self.t_s, t_s - 1e-6))
        i -= int(i > 0 and self.t_s[i] - t_s > t_s - self.t_s[i - 1])          # the nearest row
        told = {"altitude_m": self.height_m, "downrange_m": self.downrange_m, "speed_air_m_s": self.air_m_s,
                "speed_inertial_m_s": self.speed_m_s, "q_pa": self.q_pa, "load_g": self.load_g,
                "mass_kg": self.mass_kg}
        facts = {"met_s": t_s, **{key: value_at(t_s, self.t_s, values) if name == "max_q" else values[i]
                                  for key, values in told.items()}}
        facts |= {"load_g": self.highest[1]} if name == "max_g" else {}
        return {key: float(value) for key, value in facts.items()}

    def _insertion(self) -> Event:
        """Separation, with the orbit that it leaves: heights above the ellipsoid over the first revolution."""
        plan, arc, target = self.plan, self.ship, self.plan.launcher.target
        t_s = self.world.seconds(arc.stop)
        y = state_y(last_state(arc))
        path = Path(t_s, y, _ask(plan).cd_area_m2)
        mean = launch.mean_orbit(path, self.world)
        period_s = 2 * np.pi / mean.phase_rate_rad_s
        rows = coast_table(y, t_s, period_s / 240, 241, path.cd_area_m2, self.world.field)
        at_s = t_s + period_s / 240 * np.arange(241)
        fixed_m, fixed_m_s = self.world.to_itrf(at_s, rows[:, :3], rows[:, 3:6])
        lat, lon, height_m = geodetic_from_itrf(fixed_m)
        h = np.cross(y[:3], y[3:6]) @ self.world.teme_from_gcrf(np.array([t_s]))[0].T
        facts = {
            "met_s": arc.t_s[-1], "altitude_m": height_m[0], "latitude_rad": lat[0], "longitude_rad": lon[0],
            "downrange_m": float(surface_distance_m(plan.pad.latitude_rad, plan.pad.longitude_rad, lat[0], lon[0])),
            "speed_inertial_m_s": np.linalg.norm(y[3:6]), "speed_air_m_s": np.linalg.norm(fixed_m_s[0]),
            "inclination_rad": np.arccos(h[2] / np.linalg.norm(h)), "inclination_mean_rad": mean.inclination_rad,
            "height_min_m": height_m.min(), "height_max_m": height_m.max(), "period_s": period_s,
            "mass_kg": y[6], "propellant_left_kg": self.flown.propellant_left_kg}
        if isinstance(target, SeparationTarget):
            facts |= {"from_nominal_m": np.linalg.norm(fixed_m[0] - target.position_itrf_m),
                      "from_nominal_m_s": np.linalg.norm(fixed_m_s[0] - target.velocity_itrf_m_s)}
        return Event(arc.stop, "insertion", plan.ship.id, "ascent", {k: float(v) for k, v in facts.items()})
