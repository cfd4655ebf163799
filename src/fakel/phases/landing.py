"""Landing: parachutes, heat shield, wind, soft landing engines, touchdown, and the rescue team's way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.model.flight import STATION, Arc, Channel, Event, Leg, Situation, Transfer
from fakel.model.frame import Frame
from fakel.model.place import Site, Station
from fakel.model.surroundings import Surroundings
from fakel.model.vehicle import Parachute, Ship
from fakel.model.wind import Wind
from fakel.phases.custody import entrust
from fakel.physics.entry import wind_m_s
from fakel.physics.frames import attitude_along
from fakel.physics.geodesy import enu_from_itrf, geodetic_from_itrf, surface_distance_m
from fakel.physics.light import elevation_of_sun_rad
from fakel.physics.propagate import G0_M_S2
from fakel.plan import deorbit
from fakel.plan.canopies import SHIELD_AFTER_M, reserve_area_m2, under_reserve
from fakel.plan.coasting import after_free_flight, coast_arc
from fakel.plan.craft import last_state, require_undocked
from fakel.plan.descent import blowing, descent_of, height_m, under_parachutes
from fakel.plan.rescue import Reached, first_there
from fakel.world import World

ENDINGS = ("done", "reserve", "hard")
RESCUE, GROUND = "rescue", "ground"
STATION_STEP_S, GROUND_STEP_S = 30.0, 60.0
OPENING_S, OPENING_EVERY, THEN_EVERY = 40.0, 5, 20        # rows kept: every 0.5 s while canopies open, then every 2 s
SPLASHDOWN = "splashdown"                                 # kind of a zone in water
NO_ENGINES_M = 0.05                                       # a capsule that brakes no higher than so has no engines
UNKNOWN_RESCUE_S = 900.0                                  # to the opened hatch where a zone tells of no team


@dataclass(frozen=True, slots=True)
class Plan:
    """Who lands where. The ground is as high as the zone. wind: what blows over it.

    rescue_after_s: touchdown to the opened hatch; without it, what the zone's rescue teams need. Drills: main_fails,
    reserve_fails: the canopy does not hold; engines_fail: the soft landing engines stay off.
    """

    ship: Ship
    station: Station
    zone: Site
    rescue_after_s: float | None = None
    wind: Wind | None = None
    main_fails: bool = False
    reserve_fails: bool = False
    engines_fail: bool = False
    surroundings: Surroundings | None = None


@dataclass(frozen=True, slots=True)
class Canopy:
    """What the capsule hung on, and the touchdown speeds that go with it: as braked by the engines, and at most."""

    name: str
    touchdown_m_s: float | None
    limit_m_s: float
    opened_s: float


def check(plan: Plan, where: str) -> None:
    """Raises InputError for a wind that does not tell all the way down, a reserve canopy that is not there, or a hatch
    opened too early."""
    _, parachute = descent_of(plan.ship.vehicle)
    if plan.wind is not None:
        try:
            plan.wind.require(plan.zone.height_m, parachute.command_height_m)
        except ValueError as error:
            raise InputError(f"{where} wind = {plan.wind.id}: {error}") from error
    if plan.rescue_after_s is not None and plan.rescue_after_s <= 0.0:
        raise InputError(f"{where} rescue_after_s = {plan.rescue_after_s:g} lies before the touchdown; write more "
                         "than 0")
    if plan.main_fails and not plan.reserve_fails:
        reserve_area_m2(plan.ship.vehicle)


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
    rows, mass_kg, canopy = _hung(path.t_s, y, plan, parachute, world)
    rows, mass_kg = _touchdown(rows, mass_kg, parachute, canopy)
    landing = before.epoch + float(rows[-1, 0] - rows[0, 0])
    told = _landed(plan, canopy, rows, before.epoch, landing, world)
    reached, open_s = _rescued(plan, told)
    arc = _arc(before, plan, rows, mass_kg, open_s, world)
    station = coast_arc(before.craft[STATION], "landing", arc.stop, STATION_STEP_S, plan.station, world)
    ending = _ending(canopy, told)
    aboard = {plan.ship.id, *_aboard(plan, before)}
    transfers = tuple(entrust(arc.stop, before.holders, item, RESCUE, "taken from the capsule by the rescue team")
                      for item, holder in sorted(before.holders.items()) if holder in aboard)
    handed = tuple(Event(t.epoch, "custody_to_rescue", t.item, "landing", {"giver": t.giver}) for t in transfers)
    events = (*_events(plan, parachute, canopy, rows, before.epoch), *handed,
              Event(landing, "landing", plan.ship.id, "landing", told),
              *_rescue_events(plan, reached, landing, arc.stop, ending))
    return Leg("landing", "landing", {}, before, _after(before, plan, arc, station, transfers), ending,
               (arc, station), _channels(before.epoch, rows, plan), tuple(sorted(events, key=lambda e: e.epoch)),
               transfers, {})


def _hung(t_s: float, y: FloatArray, plan: Plan, parachute: Parachute, world: World
          ) -> tuple[FloatArray, FloatArray, Canopy]:
    """Rows and mass down to the soft landing engines, and what held the capsule in the end."""
    vehicle, ground_m = plan.ship.vehicle, plan.zone.height_m
    engines = not plan.engines_fail and parachute.soft_landing_height_m > NO_ENGINES_M
    if not plan.main_fails:
        rows, mass_kg = under_parachutes(t_s, y, vehicle, ground_m, world, plan.wind)
        speed = parachute.touchdown_m_s if engines else None
        return rows, mass_kg, Canopy("main", speed, parachute.touchdown_max_m_s, t_s + parachute.main_after_s)
    rows, mass_kg, opened_s = under_reserve(t_s, y, vehicle, ground_m, world, plan.wind, not plan.reserve_fails)
    if plan.reserve_fails:
        return rows, mass_kg, Canopy("drogue", None, parachute.reserve_touchdown_max_m_s, opened_s)
    speed = parachute.reserve_touchdown_m_s if engines else None
    return rows, mass_kg, Canopy("reserve", speed, parachute.reserve_touchdown_max_m_s, opened_s)


def _ending(canopy: Canopy, told: Mapping[str, Any]) -> str:
    if told["speed_m_s"] > canopy.limit_m_s:
        return "hard"
    return "reserve" if canopy.name == "reserve" else "done"


def _rescued(plan: Plan, told: Mapping[str, Any]) -> tuple[Reached | None, float]:
    """The team that opens the hatch, if the zone has any, and seconds from touchdown until then."""
    if plan.rescue_after_s is not None:
        return None, plan.rescue_after_s
    place = np.radians(told["latitude_deg"]), np.radians(told["longitude_deg"])
    reached = first_there(plan.zone, float(place[0]), float(place[1]), told["sun_elevation_deg"] < 0.0)
    return reached, UNKNOWN_RESCUE_S if reached is None else reached.open_s


def _rescue_events(plan: Plan, reached: Reached | None, landing: Epoch, stop: Epoch, ending: str) -> list[Event]:
    after = {"after_landing_s": stop - landing}
    told = [Event(stop, "hatch_open_on_ground", plan.ship.id, "landing", after),
            Event(stop, "phase_end", plan.ship.id, "landing", {"ending": ending})]
    if reached is None:
        return told
    facts = {"team": reached.team, "from_m": reached.from_m, "after_landing_s": reached.arrives_s,
             "out_of_reach": reached.out_of_reach}
    return [Event(landing + reached.arrives_s, "rescue_arrives", plan.ship.id, "landing", facts), *told]


def _sun_elevation_deg(position_itrf_m: FloatArray, t_s: float, world: World) -> float:
    """Height of the Sun's centre over the horizon of the landing place, without refraction."""
    lat, lon, _ = geodetic_from_itrf(position_itrf_m)
    up = enu_from_itrf(float(lat), float(lon))[2] @ world.itrf_from_gcrf(t_s)[0]
    return float(np.degrees(elevation_of_sun_rad(up, world.sun_gcrf_m(t_s))[0]))


def _aboard(plan: Plan, before: Situation) -> list[str]:
    return sorted(person for person, place in before.places.items() if place == plan.ship.id)


def _touchdown(rows: FloatArray, mass_kg: FloatArray, parachute: Parachute, canopy: Canopy
               ) -> tuple[FloatArray, FloatArray]:
    """The rows with the touchdown: engines brake evenly from the rate of descent to the touchdown speed; without them
    the capsule comes down as it falls."""
    last, up = rows[-1].copy(), rows[-1, 1:4] / np.linalg.norm(rows[-1, 1:4])
    sink_m_s = -float(last[4:7] @ up)
    touchdown_m_s = sink_m_s if canopy.touchdown_m_s is None else canopy.touchdown_m_s
    burn_s = 2 * parachute.soft_landing_height_m / (sink_m_s + touchdown_m_s)
    last[0] += burn_s
    last[1:4] -= parachute.soft_landing_height_m * up
    last[4:7] = -touchdown_m_s * up
    last[8] = (sink_m_s - touchdown_m_s) / burn_s + G0_M_S2
    return np.vstack([rows, last]), np.append(mass_kg, mass_kg[-1])


def _arc(before: Situation, plan: Plan, rows: FloatArray, mass_kg: FloatArray, open_s: float, world: World) -> Arc:
    """The capsule, nose up, down to the ground and standing there until the hatch is opened."""
    keep = _kept(rows)
    # touchdown twice, moving and at rest: between samples a curve with speed at its end would run into the ground
    waiting = np.append(np.arange(0.0, open_s, GROUND_STEP_S), open_s)
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


def _events(plan: Plan, parachute: Parachute, canopy: Canopy, rows: FloatArray, start: Epoch) -> list[Event]:
    """What opens, falls off and fires on the way down."""
    t_s = rows[:, 0] - rows[0, 0]
    heights = height_m(rows[:, 1:4])

    def event(name: str, at_s: float, i: int) -> Event:
        facts = {"height_m": float(heights[i]), "speed_m_s": float(np.linalg.norm(rows[i, 4:7])),
                 "load_g": float(rows[i, 8] / G0_M_S2)}
        return Event(start + at_s, name, plan.ship.id, "landing", facts)

    def at(name: str, at_s: float) -> Event:
        return event(name, at_s, int(np.searchsorted(t_s, at_s)))

    openings = (("drogue_open", parachute.drogue_after_s),
                ("main_parachute_failed" if plan.main_fails else "main_parachute_open", parachute.main_after_s))
    told = [at(name, at_s) for name, at_s in openings if at_s < t_s[-1]]       # it may meet the ground before
    shield_m = parachute.heat_shield_height_m
    if canopy.name == "reserve":
        told.append(at("reserve_parachute_open", canopy.opened_s - rows[0, 0]))
        shield_m = min(shield_m, told[-1].facts["height_m"] - SHIELD_AFTER_M)
    if canopy.name != "drogue" and parachute.heat_shield_kg > 0.0:
        shield = int(np.flatnonzero(heights <= max(shield_m, heights[-2]) + 0.01)[0])
        told.append(event("heat_shield_jettison", float(t_s[shield]), shield))
    if canopy.touchdown_m_s is not None:
        told.append(event("soft_landing_engines", float(t_s[-2]), len(rows) - 2))
    return told


def _landed(plan: Plan, canopy: Canopy, rows: FloatArray, start: Epoch, landing: Epoch, world: World
            ) -> dict[str, Any]:
    """Facts of the touchdown: where, how fast, in what light, near what."""
    lat, lon, height = (float(value) for value in geodetic_from_itrf(rows[-1, 1:4]))
    axes = enu_from_itrf(lat, lon)
    speed_m_s = float(-(axes @ rows[-1, 4:7])[2])
    east, north, _ = axes @ (rows[-1, 1:4] - rows[0, 1:4])
    blows = axes @ np.array(wind_m_s(height, blowing(plan.wind, lat, lon)))
    facts: dict[str, Any] = {
        "latitude_deg": float(np.degrees(lat)), "longitude_deg": float(np.degrees(lon)), "height_m": height,
        "from_zone_m": float(surface_distance_m(plan.zone.latitude_rad, plan.zone.longitude_rad, lat, lon)),
        "touchdown_m_s": speed_m_s, "speed_m_s": speed_m_s, "touchdown_max_m_s": canopy.limit_m_s,
        "canopy": canopy.name, "after_parachute_s": landing - start,
        "wind": "none" if plan.wind is None else plan.wind.id, "wind_ground_m_s": float(np.hypot(*blows[:2])),
        "drift_east_m": float(east), "drift_north_m": float(north),
        "sun_elevation_deg": _sun_elevation_deg(rows[-1, 1:4], world.seconds(landing), world)}
    if plan.surroundings is not None:
        facts["splashdown_zone"] = float(plan.zone.kind == SPLASHDOWN)
        near = plan.surroundings.near(lat, lon)
        facts |= {"town": near.town, "town_m": near.town_m, "town_people": near.people, "water": near.water,
                  "in_water": float(bool(near.water))}
    return facts


def _after(before: Situation, plan: Plan, arc: Arc, station: Arc, transfers: tuple[Transfer, ...]) -> Situation:
    places = {**before.places, **dict.fromkeys(_aboard(plan, before), GROUND)}
    holders = {**before.holders, **{t.item: t.taker for t in transfers}}
    return after_free_flight(before, station, last_state(arc), places=places, holders=holders)
