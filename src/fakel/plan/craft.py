"""A craft as physics takes it: seven numbers and a drag area; what a burn takes from it; and its State again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.flight import Arc, Situation, State
from fakel.model.place import Port, Station
from fakel.model.vehicle import Ship, Vehicle
from fakel.physics.propagate import G0_M_S2, coast
from fakel.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A craft in free flight: y (7) GCRF at t_s (world seconds), and its Cd A."""

    t_s: float
    y: FloatArray
    cd_area_m2: float

    def at(self, t_s: float, world: World) -> Path:
        """The same craft later or earlier."""
        return Path(t_s, coast(self.y, self.t_s, t_s, self.cd_area_m2, world.field), self.cd_area_m2)


def state_y(state: State) -> FloatArray:
    """Position m, velocity m/s and mass kg (7,), as propagation takes them."""
    return np.r_[state.position_m, state.velocity_m_s, state.mass_kg]


def last_state(arc: Arc) -> State:
    """The last sample of an arc, bit for bit."""
    return State(arc.craft, arc.stop, arc.frame, arc.position_m[-1], arc.velocity_m_s[-1], arc.attitude[-1],
                 np.zeros(3), float(arc.mass_kg[-1]))


def cd_area_m2(craft: Ship | Station | Vehicle) -> float:
    """Drag coefficient times area."""
    body = craft.vehicle if isinstance(craft, Ship) else craft
    return body.drag_coefficient * body.drag_area_m2


def propellant_kg(mass_kg: float, dv_m_s: float, isp_s: float) -> float:
    """Propellant of a burn (Tsiolkovsky)."""
    return float(mass_kg * -np.expm1(-dv_m_s / (isp_s * G0_M_S2)))


def propellant_left_kg(ship: Ship, mass_kg: FloatArray | float) -> FloatArray | float:
    """What a ship of that mass, a number or (n,), has left: its propellant in the mission less what it has burnt."""
    return ship.propellant_kg - (ship.mass_kg - mass_kg)


def require_free(phase: str, ship: Ship, station: Station, port: Port, situation: Situation) -> None:
    """Raises InputError when the ship is docked or not in orbit, or another ship is at the port."""
    require_undocked(phase, ship, situation)
    if ship.id not in situation.craft or ship.id not in situation.knowledge:
        raise InputError(f"{phase}: {ship.name} is not in orbit; let an ascent come before, or give its state")
    taken = next((other for other, at in situation.joined.items() if at == port.id), None)
    if taken is not None:
        free = sorted(set(station.ports) - set(situation.joined.values()))
        raise InputError(f"{phase}: port = {port.id!r} is taken by {taken}; write one of: {', '.join(free) or 'none'}")


def require_undocked(phase: str, ship: Ship, situation: Situation) -> None:
    """Raises InputError when the ship is docked."""
    if ship.id in situation.joined:
        raise InputError(f"{phase}: {ship.name} is still docked at {situation.joined[ship.id]}; undock first")
