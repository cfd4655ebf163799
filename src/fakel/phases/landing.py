"""Landing: parachutes, heat shield, soft landing engines, touchdown, and the rescue team. There is no wind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError
from fakel.model.flight import STATION, Arc, Channel, Event, Leg, Situation, Transfer
from fakel.model.frame import Frame
from fakel.model.place import Site, Station
from fakel.model.vehicle import Parachute, Ship
from fakel.phases.custody import entrust
from fakel.physics.frames import attitude_along
from fakel.physics.geodesy import enu_from_itrf, geodetic_from_itrf, surface_distance_m
from fakel.physics.light import elevation_of_sun_rad
from fakel.physics.propagate import G0_M_S2
from fakel.plan import deorbit
from fakel.plan.coasting import after_free_flight, coast_arc
from fakel.plan.craft import last_state, require_undocked
from fakel.plan.descent import descent_of, height_m, under_parachutes
from fakel.world import World

ENDINGS = ("done",)
RESCUE, GROUND = "rescue", "ground"
STATION_STEP_S, GROUND_STEP_S = 30.0, 60.0
OPENING_S, OPENING_EVERY, THEN_EVERY = 40.0, 5, 20        # rows kept: every 0.5 s while canopies open, then every 2 s


@dataclass(frozen=True, slots=True)
class Plan:
    """Who lands where. The ground is as high as the zone.

    rescue_after_s: touchdown to the opened hatch; a round figure, no prediction (crews are out after 10 to 30 min).
    """

    ship: Ship
    station: Station
    zone: Site
    rescue_after_s: float = 900.0


def fill(plan: Plan, situation: Situation, world: World) -> Plan:
    """Nothing is left to plan. Raises InputError when the ship is docked or cannot land."""
    descent_of(plan.ship.vehicle)
    require_undocked("landing", plan.ship, situation)
    return plan


def fly(before: Situation, plan: Plan, world: World) -> Leg:
    """From the parachute command to the ground, and on to the hand-over of what the ship carries.

    Raises FlightError when the flight begins below the ground.
    """
    _, parachute = descent_of(plan.ship.vehicle)
    path = deorbit.path_of(plan.ship, before, world, known=False)
    position, velocity = world.to_itrf(path.t_s, path.y[None, :3], path.y[None, 3:6])
    if height_m(position)[0] <= plan.zone.height_m + parachute.soft_landing_height_m:
        raise FlightError(f"landing: {plan.ship.name} begins below the ground of {plan.zone.name}")
    y = np.concatenate([position[0], velocity[0]])
    rows, mass_kg = under_parachutes(path.t_s, y, plan.ship.vehicle, plan.zone.height_m, world)
    rows, mass_kg = _touchdown(rows, mass_kg, parachute)
    arc = _arc(before, plan, rows, mass_kg, world)
    landing = before.epoch + float(rows[-1, 0] - rows[0, 0])
    station = coast_arc(before.craft[STATION], "landing", arc.stop, STATION_STEP_S, plan.station, world)
    events, lands = _events(plan, parachute, rows, before.epoch, landing, arc.stop)
    sun_deg = _sun_elevation_deg(rows[-1, 1:4], world.seconds(landing), world)
    lands = replace(lands, facts={**lands.facts, "sun_elevation_deg": sun_deg})
    aboard = {plan.ship.id, *_aboard(plan, before)}
    transfers = tuple(entrust(arc.stop, before.holders, item, RESCUE, "taken from the capsule by the rescue team")
                      for item, holder in sorted(before.holders.items()) if holder in aboard)
    handed = tuple(Event(t.epoch, "custody_to_rescue", t.item, "landing", {"giver": t.giver}) for t in transfers)
    events = tuple(sorted((*events, *handed, lands), key=lambda e: e.epoch))
    return Leg("landing", "landing", {}, before, _after(before, plan, arc, station, transfers), "done",
               (arc, station), _channels(before.epoch, rows, plan), events, transfers, {})


def _sun_elevation_deg(position_itrf_m: FloatArray, t_s: float, world: World) -> float:
    """Height of the Sun's centre over the horizon of the landing place, without refraction."""
    lat, lon, _ = geodetic_from_itrf(position_itrf_m)
    up = enu_from_itrf(float(lat), float(lon))[2] @ world.itrf_from_gcrf(t_s)[0]
    return float(np.degrees(elevation_of_sun_rad(up, world.sun_gcrf_m(t_s))[0]))


def _aboard(plan: Plan, before: Situation) -> list[str]:
    return sorted(person for person, place in before.places.items() if place == plan.ship.id)


def _touchdown(rows: FloatArray, mass_kg: FloatArray, parachute: Parachute) -> tuple[FloatArray, FloatArray]:
    """The rows with the touchdown: engines brake evenly from the rate of descent to the touchdown speed."""
    last, up = rows[-1].copy(), rows[-1, 1:4] / np.linalg.norm(rows[-1, 1:4])
    sink_m_s = -float(last[4:7] @ up)
    burn_s = 2 * parachute.soft_landing_height_m / (sink_m_s + parachute.touchdown_m_s)
    last[0] += burn_s
    last[1:4] -= parachute.soft_landing_height_m * up
    last[4:7] = -parachute.touchdown_m_s * up
    last[8] = (sink_m_s - parachute.touchdown_m_s) / burn_s + G0_M_S2
    return np.vstack([rows, last]), np.append(mass_kg, mass_kg[-1])


def _arc(before: Situation, plan: Plan, rows: FloatArray, mass_kg: FloatArray, world: World) -> Arc:
    """The capsule, nose up, down to the ground and standing there until the hatch is opened."""
    keep = _kept(rows)
    # touchdown twice, moving and at rest: between samples a curve with speed at its end would run into the ground
    waiting = np.append(np.arange(0.0, plan.rescue_after_s, GROUND_STEP_S), plan.rescue_after_s)
    at_s = np.concatenate([rows[keep, 0], rows[-1, 0] + waiting])
    place = np.concatenate([rows[keep, 1:4], np.repeat(rows[-1:, 1:4], len(waiting), axis=0)])
    moving = np.concatenate([rows[keep, 4:7], np.zeros((len(waiting), 3))])
    position, velocity = world.to_gcrf(at_s, place, moving)
    position[0], velocity[0] = before.craft[plan.ship.id].position_m, before.craft[plan.ship.id].velocity_m_s
    mass = np.concatenate([mass_kg[keep], np.full(len(waiting), mass_kg[-1])])
    north = np.cross(position, np.cross([0.0, 0.0, 1.0], position))
    return Arc("landing", plan.ship.id, Frame.GCRF, before.epoch, at_s - at_s[0], position, velocity,
               attitude_along(position, north), mass)


def _kept(rows: FloatArray) -> FloatArray:
    """Rows that are kept: dense while the canopies open; the first and the last always."""
    n = len(rows)
    opening = int(np.searchsorted(rows[:, 0], rows[0, 0] + OPENING_S))
    dense = np.arange(0, min(opening, n), OPENING_EVERY)
    return np.unique(np.r_[dense, np.arange(opening, n, THEN_EVERY), n - 2, n - 1])


def _channels(start: Epoch, rows: FloatArray, plan: Plan) -> tuple[Channel, ...]:
    keep = _kept(rows)
    rows = rows[keep]
    t_s, height = rows[:, 0] - rows[0, 0], height_m(rows[:, 1:4])
    up = rows[:, 1:4] / np.linalg.norm(rows[:, 1:4], axis=1)[:, None]
    lat, lon, _ = geodetic_from_itrf(rows[:, 1:4])
    away = surface_distance_m(plan.zone.latitude_rad, plan.zone.longitude_rad, lat, lon)
    values = (("altitude_m", "m", height), ("height_above_ground_m", "m", height - plan.zone.height_m),
              ("descent_rate_m_s", "m/s", -np.sum(rows[:, 4:7] * up, axis=1)),
              ("speed_m_s", "m/s", np.linalg.norm(rows[:, 4:7], axis=1)), ("load_g", "g", rows[:, 8] / G0_M_S2),
              ("from_zone_m", "m", away))
    return tuple(Channel(f"parachute.{name}", unit, start, t_s, v) for name, unit, v in values)


def _events(plan: Plan, parachute: Parachute, rows: FloatArray, start: Epoch, landing: Epoch, stop: Epoch
            ) -> tuple[tuple[Event, ...], Event]:
    t_s = rows[:, 0] - rows[0, 0]
    heights = height_m(rows[:, 1:4])

    def event(name: str, at_s: float, i: int) -> Event:
        facts = {"height_m": float(heights[i]), "speed_m_s": float(np.linalg.norm(rows[i, 4:7])),
                 "load_g": float(rows[i, 8] / G0_M_S2)}
        return Event(start + at_s, name, plan.ship.id, "landing", facts)

    shield = int(np.flatnonzero(heights <= max(parachute.heat_shield_height_m, heights[-2]) + 0.01)[0])
    told = [event("drogue_open", parachute.drogue_after_s, int(np.searchsorted(t_s, parachute.drogue_after_s))),
            event("main_parachute_open", parachute.main_after_s, int(np.searchsorted(t_s, parachute.main_after_s))),
            event("heat_shield_jettison", float(t_s[shield]), shield),
            event("soft_landing_engines", float(t_s[-2]), len(rows) - 2)]
    lat, lon, height = geodetic_from_itrf(rows[-1, 1:4])
    facts: dict[str, Any] = {
        "latitude_deg": float(np.degrees(lat)), "longitude_deg": float(np.degrees(lon)), "height_m": float(height),
        "from_zone_m": float(surface_distance_m(plan.zone.latitude_rad, plan.zone.longitude_rad, lat, lon)),
        "touchdown_m_s": parachute.touchdown_m_s, "speed_m_s": parachute.touchdown_m_s,
        "after_parachute_s": landing - start, "wind": "none"}
    east, north, _ = enu_from_itrf(float(lat), float(lon)) @ (rows[-1, 1:4] - rows[0, 1:4])
    facts |= {"drift_east_m": float(east), "drift_north_m": float(north)}
    told.append(Event(stop, "hatch_open_on_ground", plan.ship.id, "landing", {}))
    told.append(Event(stop, "phase_end", plan.ship.id, "landing", {"ending": "done"}))
    return tuple(told), Event(landing, "landing", plan.ship.id, "landing", facts)


def _after(before: Situation, plan: Plan, arc: Arc, station: Arc, transfers: tuple[Transfer, ...]) -> Situation:
    places = {**before.places, **dict.fromkeys(_aboard(plan, before), GROUND)}
    holders = {**before.holders, **{t.item: t.taker for t in transfers}}
    return after_free_flight(before, station, last_state(arc), places=places, holders=holders)
