"""The way down under the reserve canopy, or under none, when the main one fails."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.vehicle import Vehicle
from fakel.model.wind import Wind
from fakel.plan.descent import air_over, descent_of, hang, main_drag_area_m2
from fakel.world import World

SHIELD_AFTER_M = 500.0
"""The heat shield falls off so far below where the reserve canopy opened, or at its own height (assumed)."""


def reserve_area_m2(vehicle: Vehicle) -> float:
    """Area of the reserve canopy. InputError when the vehicle has none."""
    _, parachute = descent_of(vehicle)
    if parachute.reserve_area_m2 is None:
        raise InputError(f"landing: {vehicle.name} has no reserve canopy; write reserve_fails = true too, or give "
                         "[parachute] reserve_area_m2 in its vehicle file")
    return parachute.reserve_area_m2


def under_reserve(t_s: float, y: FloatArray, vehicle: Vehicle, ground_m: float, world: World, wind: Wind | None,
                  opens: bool) -> tuple[FloatArray, FloatArray, float]:
    """As ``descent.under_parachutes`` when the main canopy does not hold: rows (n, 10), mass (n,), and the world time
    at which the reserve canopy is opened (or would be).

    The drogue stays until then; without a reserve canopy it stays to the ground, and so does the heat shield.
    """
    descent, chute = descent_of(vehicle)
    air = air_over(t_s, y[:3], world, wind)
    drogue_m2, engines_m = chute.drogue_cd * chute.drogue_area_m2, ground_m + chute.soft_landing_height_m
    areas = np.array([[0.0, 0.0, descent.drag_coefficient * descent.area_m2],
                      [t_s + chute.drogue_after_s, chute.drogue_unfolds_s, drogue_m2]])
    opening_m = max(chute.reserve_height_m, engines_m + 1.0)
    first = hang(t_s, y, areas, descent.flown_kg, opening_m, air)
    opened_s, at = float(first[-1, 0]), first[-1, 1:7]
    if not opens:
        rest = hang(opened_s, at, np.array([[0.0, 0.0, drogue_m2]]), descent.flown_kg, engines_m, air)
        rows = np.concatenate([first, rest[1:]])
        return rows, np.full(len(rows), descent.flown_kg), opened_s
    canopy_m2 = main_drag_area_m2(vehicle) * reserve_area_m2(vehicle) / chute.main_area_m2
    areas = np.array([[0.0, 0.0, drogue_m2], [opened_s, chute.reserve_unfolds_s, canopy_m2]])
    shield_m = max(min(chute.heat_shield_height_m, opening_m - SHIELD_AFTER_M), engines_m)
    second = hang(opened_s, at, areas, descent.flown_kg, shield_m, air)
    light_kg = descent.flown_kg - chute.heat_shield_kg
    third = hang(float(second[-1, 0]), second[-1, 1:7], areas, light_kg, engines_m, air)
    mass_kg = np.r_[np.full(len(first) + len(second) - 1, descent.flown_kg), np.full(len(third), light_kg)]
    return np.concatenate([first, second[1:], third]), mass_kg, opened_s
