"""What a ship carries by the ledger: masses, packing limits, places, centre of mass. Plain numbers and records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.outfit import Item
from fakel.model.stowage import Stowage
from fakel.model.vehicle import Vehicle


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """Mass and centre of mass of a craft, in the axes of ``Stowage``."""

    mass_kg: float
    centre_m: FloatArray


def inside(ship: str, holders: Mapping[str, str], places: Mapping[str, str]) -> tuple[str, ...]:
    """Items that are in a ship: held by it, or by somebody who is in it."""
    return tuple(sorted(item for item, holder in holders.items() if ship in (holder, places.get(holder))))


def mass_kg(items: Mapping[str, Item], names: Iterable[str]) -> float:
    """Of several items together."""
    return float(sum(items[name].mass_kg for name in names if name in items))


def require_fits(item: Item, vehicle: Vehicle, where: str) -> None:
    """Raises InputError for an item that does not pass the hatch, or that the cabin does not take."""
    stowage = vehicle.stowage
    if stowage is None:
        return
    _, second_m, longest_m = item.sides_m
    if np.hypot(item.sides_m[0], second_m) > stowage.hatch_m:
        raise InputError(f"{where}: {item.id} ({longest_m:g} x {second_m:g} x {item.sides_m[0]:g} m) does not pass the "
                         f"hatch of {vehicle.name}, {stowage.hatch_m:g} m across; leave it out or make it smaller")
    refused = [word for word in item.hazards if word in stowage.refuses]
    if refused:
        raise InputError(f"{where}: {item.id} brings {refused[0]}, which the cabin of {vehicle.name} does not take; "
                         "leave it out or take the hazard off it")


def require_load(items: Sequence[Item], vehicle: Vehicle, limit: str, where: str) -> None:
    """Raises InputError for more than a vehicle takes. limit: ``up`` or ``down``."""
    stowage = vehicle.stowage
    if stowage is None:
        return
    total_kg = sum(item.mass_kg for item in items)
    most_kg = stowage.up_kg if limit == "up" else stowage.down_kg
    if total_kg > most_kg + 1e-9:
        heaviest = max(items, key=lambda item: item.mass_kg)
        raise InputError(f"{where}: {total_kg:.4g} kg of cargo, {vehicle.name} takes {most_kg:g} kg {limit}; leave "
                         f"{total_kg - most_kg:.3g} kg out (the heaviest is {heaviest.id}, {heaviest.mass_kg:g} kg)")
    for item in items:
        require_fits(item, vehicle, where)


def packed(items: Sequence[Item], stowage: Stowage, where: str, asked: Mapping[str, str] | None = None
           ) -> dict[str, str]:
    """A place that lands for each item: what is asked for, else the first with room; the heaviest is packed first.

    Raises InputError when nothing has room, in mass or volume.
    """
    left = {name: [place.limit_kg, place.volume_m3] for name, place in stowage.places.items()}
    out: dict[str, str] = {}
    for item in sorted(items, key=lambda item: (-item.mass_kg, item.id)):
        wanted = (asked or {}).get(item.id)
        if wanted is not None and wanted not in stowage.places:
            raise InputError(f"{where}: {item.id} is to be packed in {wanted!r}, which is no place there; write one "
                             f"of: {', '.join(stowage.places)}")
        choice = [wanted] if wanted else [name for name, place in stowage.places.items() if place.lands]
        name = next((n for n in choice if item.mass_kg <= left[n][0] + 1e-9 and item.volume_m3 <= left[n][1] + 1e-9),
                    None)
        if name is None:
            raise InputError(f"{where}: no room for {item.id} ({item.mass_kg:g} kg, {1000 * item.volume_m3:.3g} l) in "
                             f"{', '.join(choice)}; leave something out")
        left[name][0] -= item.mass_kg
        left[name][1] -= item.volume_m3
        out[item.id] = name
    return out


def capsule_balance(stowage: Stowage, bare_kg: float, items: Sequence[Item], places: Mapping[str, str]) -> Balance:
    """The descent module with its cargo. bare_kg: without it, with its crew."""
    return _balance([(bare_kg, np.zeros(3)), *((item.mass_kg, stowage.places[places[item.id]].position_m)
                                               for item in items if stowage.places[places[item.id]].lands)])


def ship_balance(stowage: Stowage, mass_kg: float, propellant_kg: float, items: Sequence[Item],
                 places: Mapping[str, str]) -> Balance:
    """The whole ship. mass_kg: with propellant, cargo and crew."""
    dry_kg = mass_kg - propellant_kg - sum(item.mass_kg for item in items)
    return _balance([(dry_kg, stowage.dry_centre_m), (propellant_kg, stowage.tank_centre_m),
                     *((item.mass_kg, stowage.places[places[item.id]].position_m) for item in items)])


def _balance(weights: Sequence[tuple[float, FloatArray]]) -> Balance:
    total_kg = float(sum(kg for kg, _ in weights))
    return Balance(total_kg, sum((kg * at for kg, at in weights), np.zeros(3)) / total_kg)
