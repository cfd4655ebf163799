"""A ship docked at a station whose element set is known, for tests of the way home; each world is built once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from fakel.estimate.elements import state_from_elements
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.flight import Estimate, Event, Leg, Situation, State
from fakel.model.frame import Frame
from fakel.model.outfit import Item
from fakel.model.place import Site, Station
from fakel.model.vehicle import Ship, Vehicle
from fakel.phases import deorbit, entry, landing, undocking
from fakel.physics.frames import attitude_lvlh
from fakel.world import World, build_world

LIBRARY = Library()
STATION: Station = LIBRARY.find(Station, "iss-2013-11", "test")
VEHICLE: Vehicle = LIBRARY.find(Vehicle, "soyuz-tma-m", "test")
ZONE: Site = LIBRARY.find(Site, "zhezkazgan", "test")
SHIP = "courier"
PARCEL = Item("parcel", "A parcel", 0.0, 0.3, 0.2, 0.1, (), "test")     # weightless: loads have tests of their own
SETS = {                       # public element sets of the station, each within two days of a flown landing
    "2013-11-11": ("1 25544U 98067A   13315.62124936  .00007508  00000-0  13914-3 0  9953",
                   "2 25544  51.6490  97.8906 0000903  85.4294 338.5297 15.50050758857575"),
    "2014-03-11": ("1 25544U 98067A   14071.55665703  .00023589  00000-0  39943-3 0  8548",
                   "2 25544  51.6469 218.5438 0002751 242.0531 238.2635 15.51424123876330"),
    "2019-06-25": ("1 25544U 98067A   19174.96066161 -.00001641  00000-0 -19667-4 0  9994",
                   "2 25544  51.6426 327.6827 0008340  79.1947  72.7878 15.51216338176304"),
}
DOCKED_AT = {"2013-11-11": "zvezda-aft", "2014-03-11": "poisk-zenith", "2019-06-25": "poisk-zenith"}


def ship(mass_kg: float = 6850.0, propellant_kg: float = 510.0, vehicle: Vehicle = VEHICLE) -> Ship:
    return Ship(SHIP, "Courier", vehicle, ("anna",), mass_kg, propellant_kg, "zvezda-aft")


@cache
def world(day: str) -> World:
    """From half a day before a landing day to three days after it, and whatever the element set needs."""
    start = Epoch.utc(day) + -43_200.0
    return build_world(start, start + 3 * 86_400.0)


@cache
def docked(day: str) -> Situation:
    """Noon of the eve of a landing day: the ship docked, one person and a parcel aboard the station."""
    sky = world(day)
    cd_area_m2 = STATION.drag_coefficient * STATION.drag_area_m2
    y = state_from_elements(*SETS[day], sky.epoch, sky, cd_area_m2, STATION.mass_kg)
    host = State("station", sky.epoch, Frame.GCRF, y[:3], y[3:6], attitude_lvlh(y[None, :3], y[None, 3:6])[0],
                 np.zeros(3), STATION.mass_kg)
    craft = {"station": host, SHIP: replace(host, craft=SHIP, mass_kg=ship().mass_kg)}
    return Situation(sky.epoch, craft, {name: Estimate(state, np.eye(6)) for name, state in craft.items()},
                     {SHIP: DOCKED_AT[day]}, {}, {"anna": "station", "boris": "station"}, {}, {"parcel": "station"}, {})


@dataclass(frozen=True)
class Home:
    """A whole return, leg by leg."""

    legs: tuple[Leg, ...]

    def event(self, name: str) -> Event:
        return next(event for leg in self.legs for event in leg.events if event.name == name)

    def after_s(self, name: str, since: str = "deorbit_burn_start") -> float:
        return self.event(name).epoch - self.event(since).epoch


def leaving(day: str) -> undocking.Plan:
    return undocking.Plan(ship(), STATION, {}, {"parcel": PARCEL}, ZONE, date.fromisoformat(day), brings=("parcel",))


@cache
def home(day: str, ballistic: bool = False) -> Home:
    """Undocking to touchdown, every blank left to the planner."""
    situation, sky, legs = docked(day), world(day), []
    for phase, plan in ((undocking, leaving(day)), (deorbit, braking(day)),
                        (entry, entry.Plan(ship(), STATION, ZONE, ballistic=ballistic)),
                        (landing, landing.Plan(ship(), STATION, ZONE))):
        legs.append(phase.fly(situation, phase.fill(plan, situation, sky), sky))
        situation = legs[-1].after
    return Home(tuple(legs))


def braking(day: str, **given) -> deorbit.Plan:
    return deorbit.Plan(ship(), STATION, ZONE, date.fromisoformat(day), **given)


@cache
def free(day: str) -> Situation:
    """After undocking."""
    return home(day).legs[0].after
