"""Braking burns that cannot be: too small to come down, too large for the crew, more than the tanks hold."""

from __future__ import annotations

import numpy as np

from fakel.model.errors import FlightError, InputError
from fakel.model.place import Site
from fakel.model.vehicle import Vehicle
from fakel.physics.entry import COLUMNS, ENTRY_ROWS_S, ENTRY_STEP_S, LOAD, LOST, descend
from fakel.physics.propagate import G0_M_S2
from fakel.plan.craft import Path, propellant_kg
from fakel.plan.deorbit import DOWN_LIMIT_S, braking, cut_off, fallen
from fakel.plan.descent import descent_of, entry_of
from fakel.world import World

STEP_M_S, MOST_M_S, WITHIN_M_S = 25.0, 1500.0, 1.0
ROWS = 4000


def peak_load_g(path: Path, start_s: float, dv_m_s: float, vehicle: Vehicle, zone: Site, world: World) -> float | None:
    """The peak load of an entry that holds its nominal bank; None when the burn does not bring the ship down, infinite
    when it still burns in the air."""
    given, _ = braking(path, start_s, dv_m_s, vehicle, world)
    try:
        cut = cut_off(path, given, world)
    except FlightError:                                   # below the lowest air of this world
        return float("inf")
    parting = fallen(cut, vehicle, world)
    if parting is None or parting is cut:
        return None if parting is None else float("inf")
    entry = entry_of(parting.t_s, parting.y, vehicle, zone, world)
    bank = descent_of(vehicle)[0].bank_nominal_rad
    body = entry.body._replace(rolls=np.array([[entry.t_s, bank, bank, entry.capsule.roll_rate_rad_s]]))
    trace = np.zeros((ROWS, COLUMNS))
    _, _, n, ending = descend(entry.t_s, entry.y, body, entry.air, entry.capsule.aim_height_m,
                              entry.t_s + DOWN_LIMIT_S, ENTRY_STEP_S, ENTRY_ROWS_S, trace)
    return None if ending == LOST else float(trace[:n, LOAD].max()) / G0_M_S2


def dv_limits_m_s(path: Path, start_s: float, vehicle: Vehicle, zone: Site, world: World) -> tuple[float, float]:
    """The least delta-v that brings the ship down, and the most that ends above the air and keeps the load within the
    vehicle's limit, within 1 m/s; infinite where there is none up to 1500 m/s."""
    limit_g = descent_of(vehicle)[0].load_limit_g

    def down(dv_m_s: float) -> bool:
        return peak_load_g(path, start_s, dv_m_s, vehicle, zone, world) is not None

    def heavy(dv_m_s: float) -> bool:
        return (peak_load_g(path, start_s, dv_m_s, vehicle, zone, world) or 0.0) > limit_g

    def edge(a: float, b: float, above: bool) -> float:
        while b - a > WITHIN_M_S:
            middle = (a + b) / 2
            if (heavy if above else down)(middle):
                b = middle
            else:
                a = middle
        return a if above else b
    enters = next((dv for dv in np.arange(STEP_M_S, MOST_M_S, STEP_M_S) if down(float(dv))), None)
    if enters is None or heavy(float(enters)):
        return float("inf"), float("-inf")
    least = edge(float(enters) - STEP_M_S, float(enters), False)
    return least, edge(float(enters), MOST_M_S, True) if heavy(MOST_M_S) else MOST_M_S


def check_dv(dv_m_s: float, path: Path, start_s: float, vehicle: Vehicle, zone: Site, world: World, where: str) -> None:
    """InputError for a burn that does not enter, or that presses the crew more than the vehicle's limit; says both
    limits."""
    peak_g, limit_g = (peak_load_g(path, start_s, dv_m_s, vehicle, zone, world), descent_of(vehicle)[0].load_limit_g)
    if peak_g is not None and peak_g <= limit_g:
        return
    least, most = dv_limits_m_s(path, start_s, vehicle, zone, world)
    wrong = (f"does not bring {vehicle.name} down" if peak_g is None else
             "would still burn in the air" if np.isinf(peak_g) else
             f"presses the crew with {peak_g:.1f} g, over the limit of {limit_g:g} g")
    if np.isinf(least):
        raise InputError(f"{where} = {dv_m_s:.4g} m/s {wrong}, nor can any other; give an orbit from which it can land")
    raise InputError(f"{where} = {dv_m_s:.4g} m/s {wrong}; from this orbit write {np.ceil(least):.0f} (the least that "
                     f"enters) to {np.floor(most):.0f} m/s (the most that ends above the air and stays under "
                     f"{limit_g:g} g)")


def check_reserve(dv_m_s: float, mass_kg: float, left_kg: float, reserve_kg: float, vehicle: Vehicle) -> None:
    """InputError when the burn takes more than the tanks hold, or eats into the reserve."""
    need_kg = propellant_kg(mass_kg, dv_m_s, vehicle.main_engine.isp_s)
    if need_kg + reserve_kg > left_kg:
        eats = "more than that" if need_kg > left_kg else f"and {reserve_kg:.0f} kg of them are the reserve"
        raise InputError(f"{dv_m_s:.1f} m/s take {need_kg:.0f} kg of propellant; {left_kg:.0f} kg are left, {eats}: "
                         "lower --dv or --reserve, or give more with --propellant")
