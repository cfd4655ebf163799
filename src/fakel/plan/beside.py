"""A ship beside a station: where it is, how it closes, what it has spent, as channels."""

from __future__ import annotations

import numpy as np

from fakel.model.flight import Arc, Channel
from fakel.model.vehicle import Ship
from fakel.physics.frames import relative_rtn
from fakel.physics.propagate import G0_M_S2
from fakel.plan.craft import propellant_left_kg


def beside_channels(ship: Arc, station: Arc) -> tuple[Channel, ...]:
    """Channels ``relative.*`` on the samples of the ship's arc, which the station's arc must hold. Both GCRF.

    radial, along and cross are the ship's place in the station's turning RTN frame: plain axes, so far away (over some
    hundred km) phase and height difference tell more. phase: station ahead of the ship about the ship's orbit normal,
    not folded. height_difference: ship above the station, from the Earth's centre. range_rate: positive when parting.
    """
    y = np.concatenate([ship.position_m, ship.velocity_m_s], axis=1)
    target = np.concatenate(station.at(ship.t_s + (ship.start - station.start)), axis=1)
    rtn = relative_rtn(y, target)
    range_m = np.linalg.norm(rtn[:, :3], axis=1)
    rate_m_s = np.sum(rtn[:, :3] * rtn[:, 3:], axis=1) / np.maximum(range_m, 1e-9)
    higher_m = np.linalg.norm(y[:, :3], axis=1) - np.linalg.norm(target[:, :3], axis=1)
    rows = (("radial_m", "m", rtn[:, 0]), ("along_m", "m", rtn[:, 1]), ("cross_m", "m", rtn[:, 2]),
            ("radial_rate_m_s", "m/s", rtn[:, 3]), ("along_rate_m_s", "m/s", rtn[:, 4]),
            ("cross_rate_m_s", "m/s", rtn[:, 5]), ("range_m", "m", range_m), ("range_rate_m_s", "m/s", rate_m_s),
            ("phase_deg", "deg", np.degrees(_phase_rad(y, target))), ("height_difference_m", "m", higher_m))
    return tuple(Channel(f"relative.{name}", unit, ship.start, ship.t_s, values) for name, unit, values in rows)


def spending_channels(ship: Ship, arc: Arc) -> tuple[Channel, ...]:
    """Channels ``<ship>.propellant_kg`` and ``<ship>.dv_used_m_s``, counted from the ship's mass in the mission.

    dv_used is what the main engine would have given for the propellant that is gone.
    """
    exhaust_m_s = ship.vehicle.main_engine.isp_s * G0_M_S2
    left_kg = propellant_left_kg(ship, arc.mass_kg)
    used_m_s = exhaust_m_s * np.log(ship.mass_kg / arc.mass_kg)
    return (Channel(f"{ship.id}.propellant_kg", "kg", arc.start, arc.t_s, left_kg),
            Channel(f"{ship.id}.dv_used_m_s", "m/s", arc.start, arc.t_s, used_m_s))


def _phase_rad(y: np.ndarray, target: np.ndarray) -> np.ndarray:
    normal = np.cross(y[:, :3], y[:, 3:])
    ahead = np.cross(normal, y[:, :3])
    sine = np.sum(target[:, :3] * ahead, axis=1) / np.linalg.norm(ahead, axis=1)
    cosine = np.sum(target[:, :3] * y[:, :3], axis=1) / np.linalg.norm(y[:, :3], axis=1)
    return np.unwrap(np.arctan2(sine, cosine))
