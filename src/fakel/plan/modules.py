"""Where the other modules fall: ballistic bodies that break up, whose lightest and heaviest pieces fly on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.vehicle import Module
from fakel.physics.entry import COLUMNS, DOWN, PARACHUTE_STEP_S, Air, Body, descend, to_go_m
from fakel.physics.geodesy import geodetic_from_itrf

LIMIT_S = 7200.0
WHOLE_STEP_S = 6.0
PIECES = ("lightest piece", "unbroken", "heaviest piece")
_NO_TRACE = np.zeros((0, COLUMNS))


@dataclass(frozen=True, slots=True)
class Fallen:
    """Where a piece of a module meets the sea level: geodetic, with the world time, its speed there, and how far short
    of the zone and to its right it lies."""

    module: str
    piece: str
    t_s: float
    latitude_rad: float
    longitude_rad: float
    speed_m_s: float
    short_m: float
    right_m: float


def fallen(t_s: float, y: FloatArray, modules: tuple[Module, ...], air: Air) -> tuple[Fallen, ...]:
    """The pieces of modules that part from the capsule at y (6,) ITRF, t_s; those that do not come down are left out.

    Pieces are flown as they break off, without burning away: what is lighter than its row falls short of it.
    """
    found = []
    for module in modules:
        start = y.copy()
        aside = np.cross(y[3:6], y[:3])
        start[3:6] += module.aside_m_s * aside / np.linalg.norm(aside)
        broken_s, broken, _, ending = descend(t_s, start, _ballistic(module.mass_kg_m2), air, module.breaks_up_m,
                                              t_s + LIMIT_S, WHOLE_STEP_S, 1.0, _NO_TRACE)
        if ending != DOWN:
            continue
        light, heavy = module.pieces_kg_m2
        for piece, kg_m2 in zip(PIECES, (light, module.mass_kg_m2, heavy), strict=True):
            at_s, end, _, _ = descend(broken_s, broken, _ballistic(kg_m2), air, 0.0, broken_s + LIMIT_S,
                                      PARACHUTE_STEP_S, 1.0, _NO_TRACE)
            lat, lon, _ = geodetic_from_itrf(end[:3])
            short_m, right_m = to_go_m(end[:3], air.axes)
            found.append(Fallen(module.name, piece, at_s, float(lat), float(lon), float(np.linalg.norm(end[3:6])),
                                float(short_m), float(right_m)))
    return tuple(found)


def _ballistic(kg_m2: float) -> Body:
    return Body(np.array([[0.0, 0.0, 1.0 / kg_m2]]), 0.0, np.zeros((1, 4)), 1.0)
