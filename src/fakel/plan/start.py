"""The first situation of a mission: everything in its place before the first step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakel.estimate.elements import state_from_elements
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S, midnight
from fakel.model.epoch import Epoch, Window
from fakel.model.flight import STATION, Estimate, Situation, State
from fakel.model.frame import Frame
from fakel.model.mission import Elements, Mission
from fakel.model.start import StateVector
from fakel.model.vehicle import Ship
from fakel.physics.frames import attitude_lvlh, from_relative_rtn
from fakel.physics.propagate import coast
from fakel.plan.air_along import first_air
from fakel.plan.craft import cd_area_m2
from fakel.plan.suits import full
from fakel.world import World, build_world

ELEMENT_SIGMA_M = np.array([700.0, 3000.0, 500.0])
"""One sigma of an element set at its epoch in RTN, m: the spread seen between consecutive public sets of the
station (order of magnitude; assumed)."""


def mission_window(mission: Mission) -> Window:
    """The stretch that a world must cover: the station's start, all mission days, three days for a fallback."""
    start, stop = midnight(mission.date), midnight(mission.last_date)
    known = mission.station_start.epoch
    return Window(min(start, known) + -1.5 * DAY_S, max(stop + 4.0 * DAY_S, known + 1.5 * DAY_S))


def mission_world(mission: Mission) -> World:
    """The world of the mission's window, with the gravity and air that it asks for."""
    window = mission_window(mission)
    return build_world(window.start, window.stop, gravity=mission.gravity, drag=mission.drag)


def first_situation(mission: Mission, world: World) -> Situation:
    """Everything at 00:00 UTC of the mission's date, or where its free ships are known. All states are GCRF."""
    epoch = next((start.epoch for start in mission.ship_starts.values()), midnight(mission.date))
    station = station_state(mission, epoch, world)
    docked = {ship.id: ship.docked for ship in mission.ships.values() if ship.docked}
    craft = {STATION: station}
    for ship in mission.ships.values():
        if ship.docked:
            craft[ship.id] = replace(station, craft=ship.id, mass_kg=ship.mass_kg)
        elif ship.id in mission.ship_starts:
            craft[ship.id] = _free_ship(ship, mission.ship_starts[ship.id], station, world)
    places = {person.id: person.place for person in mission.people.values()}
    suits = {who: full(suit) for who, suit in mission.suits.items()}
    knowledge = {name: Estimate(state, _covariance()) for name, state in craft.items()}
    return Situation(epoch, craft, knowledge, docked, first_air(mission), places, suits, dict(mission.holders), {})


def station_state(mission: Mission, epoch: Epoch, world: World) -> State:
    """The station at one instant, from its element set or state vector, by the engine's own dynamics."""
    station, start = mission.station, mission.station_start
    area_m2 = cd_area_m2(station)
    if isinstance(start, Elements):
        y = state_from_elements(start.line1, start.line2, epoch, world, area_m2, station.mass_kg)
    else:
        y = coast(np.r_[*_gcrf(start, world), station.mass_kg], world.seconds(start.epoch), world.seconds(epoch),
                  area_m2, world.field)
    return State(STATION, epoch, Frame.GCRF, y[:3], y[3:6], attitude_lvlh(y[None, :3], y[None, 3:6])[0],
                 np.zeros(3), station.mass_kg)


def _free_ship(ship: Ship, start: StateVector, station: State, world: World) -> State:
    if start.frame is Frame.RTN:
        about = np.r_[station.position_m, station.velocity_m_s]
        y = from_relative_rtn(np.r_[start.position_m, start.velocity_m_s], about)
        position_m, velocity_m_s = y[:3], y[3:]
    else:
        position_m, velocity_m_s = _gcrf(start, world)
    return State(ship.id, start.epoch, Frame.GCRF, position_m, velocity_m_s,
                 attitude_lvlh(position_m[None], velocity_m_s[None])[0], np.zeros(3), ship.mass_kg)


def _gcrf(start: StateVector, world: World) -> tuple[FloatArray, FloatArray]:
    position, velocity = world.convert(world.seconds(start.epoch), start.position_m, start.velocity_m_s, start.frame,
                                       Frame.GCRF)
    return position[0], velocity[0]


def _covariance() -> np.ndarray:
    """Position sigma as stated, velocity sigma by the orbit's rate, no correlation; axes taken as GCRF."""
    spread = float(np.linalg.norm(ELEMENT_SIGMA_M)) / np.sqrt(3)
    return np.diag([spread**2] * 3 + [(1.13e-3 * spread) ** 2] * 3)
