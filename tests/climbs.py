"""A ship just after its rocket and a station ahead of it in the same plane, for tests of the climb; no element set."""

from __future__ import annotations

from functools import cache

import numpy as np

from fakel.guidance.mean import INCLINATION, NODE, PHASE, rates_rad_s, state
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.flight import Estimate, Leg, Situation, State
from fakel.model.frame import Frame
from fakel.model.place import Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Launcher, Ship, Vehicle
from fakel.phases import phasing, rendezvous
from fakel.physics.frames import attitude_lvlh
from fakel.plan.burns import mean_elements
from fakel.world import World, build_world

LIBRARY = Library()
STATION: Station = LIBRARY.find(Station, "iss-2013-11", "test")
VEHICLE: Vehicle = LIBRARY.find(Vehicle, "soyuz-tma-m", "test")
LAUNCHER: Launcher = LIBRARY.find(Launcher, "soyuz-fg", "test")
PORT = STATION.ports["rassvet-nadir"]
SHIP = Ship("courier", "Courier", VEHICLE, (), 7220.0, 880.0)
EXHAUST_M_S = 302.0 * 9.80665
DAY = "2015-03-01"
STATION_HEIGHT_M = 417e3


def profile(name: str) -> Profile:
    found: Profile = LIBRARY.find(Profile, name, "test")
    return found


@cache
def world(day: str = DAY) -> World:
    start = Epoch.utc(day)
    return build_world(start, start + 3 * 86_400.0)


@cache
def situation(phase_deg: float = 30.0, day: str = DAY, height_m: float = STATION_HEIGHT_M, hour: float = 6.0
              ) -> Situation:
    """The ship in the state where the launcher leaves it; the station in a circular orbit, phase_deg ahead of it.

    The planes meet when the phase is used up, as they do after a liftoff on time.
    """
    earth, target = world(day), LAUNCHER.target
    liftoff = Epoch.utc(day) + hour * 3600.0
    now = liftoff + target.met_s
    t_s = earth.seconds(now)
    position, velocity = earth.to_gcrf(t_s, target.position_itrf_m, target.velocity_itrf_m_s)
    ship = np.concatenate([position[0], velocity[0], [SHIP.mass_kg]])
    mine = mean_elements(ship, t_s, 22.0, earth)
    its = np.array([6_378_137.0 + height_m, 0.0, 0.0, mine[INCLINATION], mine[NODE], mine[PHASE]])
    (node, _, pace), (its_node, _, its_pace) = rates_rad_s(mine), rates_rad_s(its)
    its[NODE] += np.radians(phase_deg) * (node - its_node) / (pace - its_pace)
    its[PHASE] += np.radians(phase_deg) - np.cos(its[INCLINATION]) * (its[NODE] - mine[NODE])
    craft = {"station": _state("station", state(its), now, STATION.mass_kg),
             SHIP.id: _state(SHIP.id, ship, now, float(ship[6]))}
    knowledge = {name: Estimate(at, np.eye(6)) for name, at in craft.items()}
    return Situation(now, craft, knowledge, {}, {}, {}, {}, {}, {"liftoff": liftoff})


def _state(craft: str, y: np.ndarray, epoch: Epoch, mass_kg: float) -> State:
    return State(craft, epoch, Frame.GCRF, y[:3], y[3:6], attitude_lvlh(y[:3], y[3:6]), np.zeros(3), mass_kg)


def phasing_plan(name: str = "soyuz-four-orbit", **wishes) -> phasing.Plan:
    return phasing.Plan(SHIP, STATION, profile(name), PORT, **wishes)


def rendezvous_plan(name: str = "soyuz-four-orbit", **wishes) -> rendezvous.Plan:
    return rendezvous.Plan(SHIP, STATION, profile(name), PORT, **wishes)


def flown(phase, before: Situation, plan, day: str = DAY) -> Leg:
    return phase.fly(before, phase.fill(plan, before, world(day)), world(day))


@cache
def climb(phase_deg: float = 30.0, day: str = DAY, name: str = "soyuz-four-orbit") -> tuple[Leg, Leg]:
    """Both legs to the aim point, flown once."""
    first = flown(phasing, situation(phase_deg, day), phasing_plan(name), day)
    return first, flown(rendezvous, first.after, rendezvous_plan(name), day)


def burnt(*legs: Leg) -> list[dict]:
    """Facts of the burns that were flown."""
    return [event.facts for leg in legs for event in leg.events if event.name == "burn_end"]


def total_m_s(*legs: Leg) -> float:
    return sum(facts["dv_m_s"] for facts in burnt(*legs))
