"""Entry: from module separation through the plasma to the parachute command, guided to the zone or ballistic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.guidance.entry import Command, Flown, spin, steer
from fakel.model.arrays import FloatArray
from fakel.model.blank import Blank, filled
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.model.flight import STATION, Arc, Channel, Event, Leg, Situation
from fakel.model.frame import Frame
from fakel.model.place import Site, Station
from fakel.model.vehicle import Descent, Ship, Vehicle
from fakel.model.wind import Wind
from fakel.physics.air import air as standard_air
from fakel.physics.entry import along_chest, heat_flux_w_m2, to_go_m
from fakel.physics.frames import attitude_along
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.physics.propagate import G0_M_S2
from fakel.physics.rows import passing_s, peak_s, value_at
from fakel.plan import deorbit
from fakel.plan.coasting import after_free_flight, coast_arc
from fakel.plan.craft import last_state, require_undocked
from fakel.plan.descent import (
    Entry,
    chest_angle_rad,
    descent_of,
    entry_of,
    height_m,
    loop_of,
    nominal_entry,
    upwind,
)
from fakel.plan.modules import fallen
from fakel.world import World

ENDINGS = ("guided", "ballistic")
STATION_STEP_S = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who enters for which zone. bank (right positive) and reversal may be blanks; ballistic leaves guidance out.

    ballistic_after_s: so long after the modules part the crew commands the spin; not below the speed at which guidance
    stops.
    wind: the forecast over the zone, which the aim makes up for.
    """

    ship: Ship
    station: Station
    zone: Site
    bank_rad: float | Blank = Blank.PLAN
    reversal: Epoch | Blank | None = Blank.PLAN
    ballistic: bool = False
    ballistic_after_s: float | None = None
    wind: Wind | None = None


def check(plan: Plan, where: str) -> None:
    """Raises InputError for a bank or a spin that cannot be commanded."""
    if plan.ballistic_after_s is not None and plan.ballistic_after_s < 0.0:
        raise InputError(f"{where} ballistic_after_s = {plan.ballistic_after_s:g} lies before the modules part; write "
                         "0 or more")
    if plan.ballistic_after_s is not None and plan.ballistic:
        raise InputError(f"{where} ballistic = true spins the capsule from the start; leave ballistic_after_s out")
    most_rad = descent_of(plan.ship.vehicle)[0].bank_max_rad
    if not isinstance(plan.bank_rad, Blank) and abs(plan.bank_rad) > most_rad + 1e-9:
        raise InputError(f"{where} bank_deg = {math.degrees(plan.bank_rad):g} is beyond {math.degrees(most_rad):g} deg"
                         f", the most that {plan.ship.vehicle.name} takes; write less")


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """The plan with its first command: the vehicle's nominal bank and the reversal that leaves no miss to the side."""
    descent, _ = descent_of(plan.ship.vehicle)
    require_undocked("entry", plan.ship, situation)
    if isinstance(plan.reversal, Epoch) and plan.reversal < situation.epoch:
        raise InputError(f"entry: reversal = {plan.reversal.iso()} lies before this leg begins "
                         f"({situation.epoch.iso()}); write a later instant or \"plan\"")
    if plan.ballistic:
        return replace(plan, bank_rad=0.0, reversal=None)
    bank_rad = descent.bank_nominal_rad if isinstance(plan.bank_rad, Blank) else plan.bank_rad
    side = 0.0 if isinstance(plan.bank_rad, Blank) else float(np.sign(bank_rad))
    command, _, _ = nominal_entry(_entry(plan, situation, world, known=True), abs(bank_rad), side)
    if isinstance(plan.reversal, Blank):
        instant = None if command.reversal_s is None else world.epoch + command.reversal_s
        plan = replace(plan, reversal=instant)
    return replace(plan, bank_rad=command.bank_rad)


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """Fly to the height of the parachute command; guidance mends misses as they show.

    Raises FlightError when the capsule does not come down.
    """
    bank_rad, reversal = filled(plan.bank_rad, "entry: bank_rad"), filled(plan.reversal, "entry: reversal")
    descent, _ = descent_of(plan.ship.vehicle)
    true, known = _entry(plan, before, world, known=False), _entry(plan, before, world, known=True)
    if plan.ballistic:
        flown = spin(true.t_s, true.y, true.body, true.air, known.capsule, descent.ballistic_roll_rad_s)
    else:
        reversal_s = None if reversal is None else world.seconds(reversal)
        first = Command(true.t_s, bank_rad, reversal_s)
        spin_s = math.inf if plan.ballistic_after_s is None else true.t_s + plan.ballistic_after_s
        flown = steer(true.t_s, true.y, first, true.body, true.air, known.capsule, known.air,
                      loop_of(plan.ship.vehicle), height_m, spin_s)
    if height_m(flown.rows[-1:, 1:4])[0] > true.capsule.aim_height_m + 1.0:
        raise FlightError("entry: the capsule does not come down; brake harder or enter steeper")
    return _leg(before, plan, flown, true, descent, world)


def _entry(plan: Plan, situation: Situation, world: World, known: bool) -> Entry:
    path = deorbit.path_of(plan.ship, situation, world, known=known)
    zone = upwind(plan.zone, plan.wind, plan.ship.vehicle, path.t_s, world)
    return entry_of(path.t_s, path.y, plan.ship.vehicle, zone, world)


def _leg(before: Situation, plan: Plan, flown: Flown, entry: Entry, descent: Descent, world: World) -> Leg:
    arc = _arc(before, plan, flown.rows, descent.flown_kg, world)
    station = coast_arc(before.craft[STATION], "entry", arc.stop, STATION_STEP_S, plan.station, world)
    after = after_free_flight(before, station, last_state(arc))
    ending = "guided" if flown.guided else "ballistic"
    channels = _channels(arc.start, flown.rows, entry, descent)
    commands = {"given_s": [c.start_s - entry.t_s for c in flown.commands],
                "bank_deg": [float(np.degrees(c.bank_rad)) for c in flown.commands],
                "reversal_s": [None if c.reversal_s is None else c.reversal_s - entry.t_s for c in flown.commands]}
    studies = {"bank_commands": commands, "modules_fall": _modules_fall(plan.ship.vehicle, entry, world)}
    return Leg("entry", "entry", {}, before, after, ending, (arc, station), tuple(channels.values()),
               _events(plan, flown, entry, descent, arc.start, channels, ending), (),
               {name: table for name, table in studies.items() if any(table.values())})


def _modules_fall(vehicle: Vehicle, entry: Entry, world: World) -> dict[str, list[Any]]:
    """Study ``modules_fall``: where the other modules' pieces come down."""
    pieces = fallen(entry.t_s, entry.y, vehicle.modules, entry.air)
    return {"module": [p.module for p in pieces], "piece": [p.piece for p in pieces],
            "falls_utc": [(world.epoch + p.t_s).iso() for p in pieces],
            "latitude_deg": [float(np.degrees(p.latitude_rad)) for p in pieces],
            "longitude_deg": [float(np.degrees(p.longitude_rad)) for p in pieces],
            "speed_m_s": [p.speed_m_s for p in pieces], "short_of_zone_km": [p.short_m / 1000 for p in pieces],
            "right_of_zone_km": [p.right_m / 1000 for p in pieces]}


def _arc(before: Situation, plan: Plan, rows: FloatArray, mass_kg: float, world: World) -> Arc:
    """The capsule at every step, heat shield ahead, turned by its bank."""
    at_s = rows[:, 0]
    position, velocity = world.to_gcrf(at_s, rows[:, 1:4], rows[:, 4:7])
    position[0], velocity[0] = before.craft[plan.ship.id].position_m, before.craft[plan.ship.id].velocity_m_s
    wind = rows[:, 4:7] / np.linalg.norm(rows[:, 4:7], axis=1)[:, None]
    up = rows[:, 1:4] - np.sum(rows[:, 1:4] * wind, axis=1)[:, None] * wind
    up /= np.linalg.norm(up, axis=1)[:, None]
    lift = np.cos(rows[:, 7])[:, None] * up + np.sin(rows[:, 7])[:, None] * np.cross(wind, up)
    nose, _ = world.to_gcrf(at_s, -wind, np.zeros_like(wind))
    level, _ = world.to_gcrf(at_s, lift, np.zeros_like(lift))
    return Arc("entry", plan.ship.id, Frame.GCRF, before.epoch, at_s - at_s[0], position, velocity,
               attitude_along(nose, level), np.full(len(rows), mass_kg))


def _channels(start: Epoch, rows: FloatArray, entry: Entry, descent: Descent) -> dict[str, Channel]:
    speed, height = np.linalg.norm(rows[:, 4:7], axis=1), height_m(rows[:, 1:4])
    to_go, right = to_go_m(rows[:, 1:4], entry.air.axes)
    sound = np.array([standard_air(h)[3] for h in height])
    up = rows[:, 1:4] / np.linalg.norm(rows[:, 1:4], axis=1)[:, None]
    climb = np.sum(rows[:, 4:7] * up, axis=1)
    chest, spine = along_chest(rows[:, 8] / G0_M_S2, chest_angle_rad(descent, speed / sound))
    values = {"altitude_m": ("m", height), "speed_m_s": ("m/s", speed), "load_g": ("g", rows[:, 8] / G0_M_S2),
              "chest_g": ("g", chest), "spine_g": ("g", spine),
              "heat_w_m2": ("W/m2", heat_flux_w_m2(rows[:, 9], speed, descent.nose_radius_m)),
              "bank_rad": ("rad", (rows[:, 7] + np.pi) % (2 * np.pi) - np.pi),
              "downrange_to_go_m": ("m", to_go), "crossrange_m": ("m", right),
              "dynamic_pressure_pa": ("Pa", 0.5 * rows[:, 9] * speed**2), "mach": ("", speed / sound),
              "flight_path_rad": ("rad", np.arcsin(climb / speed)), "density_kg_m3": ("kg/m3", rows[:, 9])}
    t_s = rows[:, 0] - rows[0, 0]
    return {name: Channel(f"entry.{name}", unit, start, t_s, v) for name, (unit, v) in values.items()}


def _events(plan: Plan, flown: Flown, entry: Entry, descent: Descent, start: Epoch, channels: Mapping[str, Channel],
            ending: str) -> tuple[Event, ...]:
    rows = flown.rows
    t_s, height = rows[:, 0] - rows[0, 0], channels["altitude_m"].values

    def facts(at_s: float) -> dict[str, Any]:
        place = np.array([value_at(at_s, t_s, rows[:, k]) for k in (1, 2, 3)])
        lat, lon, high_m = geodetic_from_itrf(place)
        told = {f: value_at(at_s, t_s, channels[f].values) for f in
                ("speed_m_s", "load_g", "chest_g", "heat_w_m2", "downrange_to_go_m", "crossrange_m")}
        bank_rad = float(np.interp(at_s, t_s, channels["bank_rad"].values))        # has corners
        return {"height_m": float(high_m), "latitude_deg": float(np.degrees(lat)),
                "longitude_deg": float(np.degrees(lon)), "bank_rad": bank_rad, **told}

    times = [("entry_interface", passing_s(t_s, height, descent.entry_interface_m)),
             ("plasma_start", passing_s(t_s, height, descent.guidance_start_m)),
             ("plasma_end", passing_s(t_s, height, descent.plasma_end_m)),
             ("max_g", peak_s(t_s, rows[:, 8])), ("max_heating", peak_s(t_s, channels["heat_w_m2"].values)),
             ("parachute_open", float(t_s[-1]))]
    if not plan.ballistic:
        times.append(("guidance_start", passing_s(t_s, height, descent.guidance_start_m)))
        times += [("bank_reversal", s) for s in _reversals(flown, rows[0, 0])]
    if flown.spin_s is not None and not plan.ballistic:
        times.append(("ballistic_spin", flown.spin_s - rows[0, 0]))
    met = sorted((s, name) for name, s in times if s is not None)
    more = {"ballistic_spin": {"why": flown.why}, "parachute_open": {"command_height_m": entry.capsule.aim_height_m}}
    told = [Event(start + s, name, plan.ship.id, "entry",
                  facts(s) | more.get(name, {})) for s, name in met]
    load_s = float(np.trapezoid(rows[:, 8], t_s))
    heat_j_m2 = float(np.trapezoid(channels["heat_w_m2"].values, t_s))
    end = {"ending": ending, "heat_load_j_m2": heat_j_m2, "dv_air_m_s": load_s}
    return (*told, Event(start + float(t_s[-1]), "phase_end", plan.ship.id, "entry", end))


def _reversals(flown: Flown, start_s: float) -> list[float]:
    """Seconds after the start at which the capsule began to roll to its other side."""
    at = [c.reversal_s for c, following in zip(flown.commands, [*flown.commands[1:], None], strict=True)
          if c.reversal_s is not None and (following is None or following.start_s > c.reversal_s)]
    return [s - start_s for s in at if s < flown.rows[-1, 0]]
