"""Who holds what, and where: the ledger of a flight, an item's whereabouts and an inventory at any instant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.forces import as_epoch
from fakel.load.ledger import flight_with_ledger
from fakel.load.library import Library
from fakel.load.reader import read
from fakel.model.arrays import FloatArray
from fakel.model.cargo import capsule_balance, packed, ship_balance
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, require_known
from fakel.model.flight import Flight
from fakel.model.ledger import Entry, Hold, holders_at, holds
from fakel.model.outfit import Item
from fakel.model.vehicle import Launcher, Stowage
from fakel.model.whereabouts import aboard, craft_of, leg_at, place_of

UPWARD = ("ascent", "phasing", "rendezvous", "docking")
CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d)?")


@dataclass(frozen=True, slots=True)
class Custody:
    """A flight with its ledger, verified. told: what is to be said of it (torn legs, an old folder)."""

    flight: Flight
    entries: tuple[Entry, ...]
    told: tuple[str, ...]

    @property
    def first(self) -> Epoch:
        return self.flight.legs[0].before.epoch


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one item was at an instant. outside: in somebody's hands out of the hatch; hooked: on a tether as well.

    rocket: on which the ship stands or climbs, if it does.
    craft: what carries it, empty on the Earth; ship: the ship or station whose mass it belongs to. latitude_deg,
    longitude_deg, height_m of the craft, None where the flight has no path of it.
    """

    item: str
    epoch: Epoch
    hold: Hold
    place: str
    craft: str
    ship: str
    outside: bool
    hooked: int
    latitude_deg: float | None
    longitude_deg: float | None
    height_m: float | None
    rocket: str = ""


def custody(folder: str | Path) -> Custody:
    """The ledger of a flight folder. Raises InputError when an entry of it was changed, or nothing was flown."""
    flight, entries, told = flight_with_ledger(Path(folder))
    if not flight.legs:
        raise InputError(f"{folder}: holds no flown leg yet; fly the mission first")
    return Custody(flight, entries, told)


def instants(kept: Custody, text: str | None) -> tuple[Epoch, ...]:
    """The instants that --at means: one, or a bare clock time (UTC) on every day of the flight; the end without one.

    Raises InputError for an instant before the flight, or for a clock that no day of it has.
    """
    if text is None:
        return (kept.flight.legs[-1].after.epoch,)
    if CLOCK.fullmatch(text):
        day, found = kept.first.day, []
        while day <= kept.flight.legs[-1].after.epoch.day:
            found.append(_on(day, text))
            day += timedelta(days=1)
        found = [e for e in found if kept.first <= e <= kept.flight.legs[-1].after.epoch]
        if not found:
            raise InputError(f"--at {text}: no day of this flight has that time; it lasts from {kept.first.iso()} to "
                             f"{kept.flight.legs[-1].after.epoch.iso()}")
        return tuple(found)
    epoch = as_epoch(text, "--at")
    if epoch < kept.first:
        raise InputError(f"--at {epoch.iso()} lies before the flight, which begins {kept.first.iso()}; write a later "
                         "instant")
    return (epoch,)


def _on(day: date, clock: str) -> Epoch:
    return as_epoch(f"{day}T{clock.zfill(8 if clock.count(':') == 2 else 5)}Z", "--at")


def where(kept: Custody, item: str, epoch: Epoch) -> Whereabouts:
    """Where an item was. Raises InputError for an item that the ledger does not have, or not yet."""
    require_known("item", item, sorted({e.item for e in kept.entries}))
    own = [h for h in holds(kept.entries, item) if h.start <= epoch]
    if not own:
        raise InputError(f"{item} has no holder before {holds(kept.entries, item)[0].start.iso()}; write a later --at")
    hold, flight = own[-1], kept.flight
    place = place_of(flight, hold.holder, epoch)
    craft = craft_of(flight, place, epoch)
    outside = hold.holder in (flight.mission.get("people") or {}) and place in _outside(flight)
    position = [_channel(flight, f"{craft}.{name}", epoch) if craft else None
                for name in ("latitude_deg", "longitude_deg", "height_m")]
    return Whereabouts(item, epoch, hold, place, craft, aboard(flight, hold.holder, epoch), outside,
                       _hooks(flight, item, epoch) if outside else 0, *position, _rocket(flight, craft, epoch))


def _rocket(flight: Flight, ship: str, epoch: Epoch) -> str:
    """The name of the rocket that a ship is on, until it is in orbit."""
    leg = leg_at(flight, epoch)
    if leg is None or leg.phase != "ascent" or leg.plan.get("ship") != ship:
        return ""
    off = any(e.name == "insertion" and e.epoch <= epoch for e in leg.events)
    launcher = str(leg.plan.get("launcher") or "")
    known = launcher in Library(None).paths(Launcher)
    return "" if off else str(Library(None).find(Launcher, launcher, "launcher").name) if known else launcher


def inventory(kept: Custody, epoch: Epoch, craft: str | None = None) -> tuple[Whereabouts, ...]:
    """Every item's whereabouts at an instant, by ship; craft: of one ship, the station or ``earth`` alone."""
    if craft is not None:
        require_known("--craft", craft, ["station", *sorted(kept.flight.mission.get("ships") or {}), "earth"])
    found = [where(kept, item, epoch) for item in sorted(holders_at(kept.entries, epoch))]
    return tuple(w for w in sorted(found, key=lambda w: w.ship) if craft in (None, w.ship or "earth"))


@dataclass(frozen=True, slots=True, eq=False)
class Load:
    """What a ship weighs at an instant. propellant_kg: None for a descent module alone. centre_m: of its mass, in the
    axes of ``model.vehicle.Stowage``; shift_m: what the cargo moved it by. limit_kg: cargo that it takes, up before its
    docking, else down. places: item to the place where it is packed; people: how many are in it (the mass of
    a docked ship counts its crew). landed: all this is as it was at the landing, which was then."""

    ship: str
    mass_kg: float
    cargo_kg: float
    limit_kg: float
    limit: str
    propellant_kg: float | None
    centre_m: tuple[float, float, float]
    shift_m: tuple[float, float, float]
    places: dict[str, str]
    people: int
    docked: bool
    landed: Epoch | None = None


def load_at(kept: Custody, ship: str, epoch: Epoch) -> Load | None:
    """Mass and balance of a ship. None for a vehicle that says nothing of stowage, or a ship that is not there then."""
    landed = next((e.epoch for e in kept.flight.events if e.name == "landing" and e.subject == ship), None)
    landed = None if landed is None or epoch < landed else landed
    epoch = landed or epoch
    told, weight_kg = kept.flight.mission["ships"][ship], _weight_kg(kept.flight, ship, epoch)
    if told.get("stowage") is None or weight_kg is None:
        return None
    stowage = read(Stowage, told["stowage"], f"{ship}: stowage")
    things = {name: read(Item, item, f"items.{name}") for name, item in items_of(kept).items()}
    inside = [things[w.item] for w in inventory(kept, epoch, ship)]
    people = kept.flight.mission.get("people") or {}
    here = sum(place_of(kept.flight, person, epoch) == ship for person in people)
    places = _packed(kept, ship, inside, stowage)
    cargo_kg = sum(item.mass_kg for item in inside)
    alone = weight_kg[1] in ("entry", "landing")
    left_kg = None if alone else _propellant_kg(kept, told, ship, weight_kg[0], cargo_kg)

    def balance(items: list[Item]) -> Any:
        kg = weight_kg[0] - cargo_kg + sum(item.mass_kg for item in items)
        if left_kg is None:
            return capsule_balance(stowage, weight_kg[0] - cargo_kg, items, places)
        return ship_balance(stowage, kg, left_kg, items, places)

    full, empty = balance(inside), balance([])
    limit = "up" if weight_kg[1] in UPWARD else "down"
    return Load(ship, full.mass_kg, cargo_kg, stowage.up_kg if limit == "up" else stowage.down_kg, limit, left_kg,
                _three(full.centre_m), _three(full.centre_m - empty.centre_m), places, here,
                weight_kg[1] == "docked", landed)


def _three(vector: FloatArray) -> tuple[float, float, float]:
    x, y, z = map(float, vector)
    return x, y, z


def _weight_kg(flight: Flight, ship: str, epoch: Epoch) -> tuple[float, str] | None:
    """Mass of a ship and the phase it is in (``docked`` when it is)."""
    for arc in flight.arcs(ship):
        if arc.phase != "ascent" and arc.start <= epoch <= arc.stop:
            return float(np.interp(epoch - arc.start, arc.t_s, arc.mass_kg)), arc.phase
    leg = leg_at(flight, epoch)
    if leg is None:
        return None
    then = leg.after if epoch >= leg.after.epoch else leg.before
    if ship in then.craft:
        return then.craft[ship].mass_kg, "docked" if ship in then.joined else leg.phase
    return (float(flight.mission["ships"][ship]["mass_kg"]), "ascent") if leg.phase == "ascent" else None


def _propellant_kg(kept: Custody, told: Mapping[str, Any], ship: str, mass_kg: float, cargo_kg: float) -> float:
    """In its tanks: what it had less what it has burnt; the mass of the mission file counts the first cargo."""
    masses = {name: float(item.get("mass_kg") or 0.0) for name, item in items_of(kept).items()}
    first_kg = sum(masses[w.item] for w in inventory(kept, kept.first, ship))
    return float(told["propellant_kg"] - (told["mass_kg"] - first_kg - (mass_kg - cargo_kg)))


def _packed(kept: Custody, ship: str, inside: list[Item], stowage: Stowage) -> dict[str, str]:
    """As the ship was packed for the way home, otherwise as one would pack it; what has no room lies in the first
    place."""
    asked: dict[str, str] = {}
    for leg in kept.flight.legs:
        if leg.phase == "undocking" and leg.plan.get("ship") == ship:
            table: Any = leg.studies.get("stowage") or {}
            asked = dict(zip(table.get("item", ()), map(str, table.get("place", ())), strict=True))
    try:
        return packed(inside, stowage, ship, asked)
    except InputError:
        return {item.id: asked.get(item.id, next(iter(stowage.places))) for item in inside}


def after(kept: Custody, found: Whereabouts) -> Entry | None:
    """The entry with which it changes hands next."""
    return next((e for e in kept.entries if e.item == found.item and e.epoch > found.epoch), None)


def _outside(flight: Flight) -> set[str]:
    return set((flight.mission.get("station") or {}).get("worksites") or {})


def _hooks(flight: Flight, item: str, epoch: Epoch) -> int:
    """Hooks that hold a thing, by the walk's own count."""
    hooks = 0
    for leg in flight.legs:
        table: Any = leg.studies.get("loose_items") or {}
        for utc, name, count in zip(table.get("utc", ()), table.get("item", ()), table.get("hooks", ()), strict=True):
            if name == item and Epoch.utc(str(utc)) <= epoch:
                hooks = int(count)
    return hooks


def _channel(flight: Flight, name: str, epoch: Epoch) -> float | None:
    for channel in flight.channels:
        if channel.name == name and 0.0 <= epoch - channel.start <= channel.t_s[-1]:
            return float(np.round(channel.at(epoch), 4))
    return None


def items_of(kept: Custody) -> dict[str, dict[str, Any]]:
    """The mission's items as a flight keeps them."""
    return {name: dict(item) for name, item in (kept.flight.mission.get("items") or {}).items()}
