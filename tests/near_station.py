"""A ship at the aim point of a station in a circular orbit, for tests of the last kilometres."""

from __future__ import annotations

from functools import cache

import numpy as np

from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.flight import Estimate, Leg, Situation, State
from fakel.model.frame import Frame
from fakel.model.place import Port, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship, Vehicle
from fakel.phases import docking
from fakel.physics.frames import attitude_lvlh, from_relative_rtn
from fakel.world import World, build_world

START = Epoch.utc("2015-03-01T06:00:00Z")
RADIUS_M, INCLINATION_RAD, MU_M3_S2 = 6.7956e6, np.radians(51.6), 3.986004418e14
SHIP = "courier"
LIBRARY = Library()
STATION: Station = LIBRARY.find(Station, "iss-2013-11", "test")
VEHICLE: Vehicle = LIBRARY.find(Vehicle, "soyuz-tma-m", "test")
PROFILE: Profile = LIBRARY.find(Profile, "soyuz-four-orbit", "test")
COURIER = Ship(SHIP, "Courier", VEHICLE, (), 7220.0, 880.0)
AIM = np.r_[PROFILE.aim_rtn_m, PROFILE.aim_rate_rtn_m_s]
FORWARD = Port("bow", "Bow", np.array([15.0, 0.0, 5.0]), np.array([1.0, 0.0, 0.0]), "invented")
PORTS = {"nadir": STATION.ports["rassvet-nadir"], "zenith": STATION.ports["poisk-zenith"],
         "aft": STATION.ports["zvezda-aft"], "forward": FORWARD}


@cache
def world() -> World:
    return build_world(START, START + 86_400.0)


def situation(true=AIM, known=None, mass_kg: float = 6900.0, **changes) -> Situation:
    """The ship at true (6,) in the station's RTN, believed to be at known."""
    speed = np.sqrt(MU_M3_S2 / RADIUS_M)
    orbit = np.array([RADIUS_M, 0.0, 0.0, 0.0, speed * np.cos(INCLINATION_RAD), speed * np.sin(INCLINATION_RAD)])
    station = state("station", orbit, STATION.mass_kg)
    ship = state(SHIP, from_relative_rtn(np.asarray(true), orbit), mass_kg)
    told = ship if known is None else state(SHIP, from_relative_rtn(np.asarray(known), orbit), mass_kg)
    knowledge = {"station": Estimate(station, np.eye(6)), SHIP: Estimate(told, np.eye(6))}
    fields = {"joined": {}, "clocks": {}, **changes}
    return Situation(START, {"station": station, SHIP: ship}, knowledge, fields["joined"], {}, {}, {}, {},
                     fields["clocks"])


def state(craft: str, y: np.ndarray, mass_kg: float) -> State:
    return State(craft, START, Frame.GCRF, y[:3], y[3:6], attitude_lvlh(y[:3], y[3:6]), np.zeros(3), mass_kg)


def plan(port: Port = PORTS["nadir"], **wishes) -> docking.Plan:
    return docking.Plan(COURIER, STATION, PROFILE, port, **wishes)


def flown(before: Situation, wanted: docking.Plan) -> Leg:
    return docking.fly(before, docking.fill(wanted, before, world()), world())


@cache
def visit(port: str, **wishes) -> Leg:
    """The undisturbed flight to a port, flown once."""
    return flown(situation(), plan(PORTS[port], **wishes))
