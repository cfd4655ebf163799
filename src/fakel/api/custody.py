"""Who holds what, and where: the ledger of a flight, an item's whereabouts and an inventory at any instant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.forces import as_epoch
from fakel.load.ledger import flight_with_ledger
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, require_known
from fakel.model.flight import Flight
from fakel.model.ledger import FLOWN, Entry, Hold, holders_at, holds
from fakel.model.whereabouts import aboard, craft_of, place_of

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

    @property
    def last(self) -> Epoch:
        """The end of the flight, or of what is planned after it."""
        return max([self.flight.legs[-1].after.epoch, *(e.epoch for e in self.entries)])


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one item was at an instant. outside: in somebody's hands out of the hatch; hooked: on a tether as well.

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
                       _hooks(flight, item, epoch) if outside else 0, *position)


def inventory(kept: Custody, epoch: Epoch, craft: str | None = None) -> tuple[Whereabouts, ...]:
    """Every item's whereabouts at an instant, by ship; craft: of one ship, the station or ``earth`` alone."""
    if craft is not None:
        require_known("--craft", craft, ["station", *sorted(kept.flight.mission.get("ships") or {}), "earth"])
    found = [where(kept, item, epoch) for item in sorted(holders_at(kept.entries, epoch))]
    return tuple(w for w in sorted(found, key=lambda w: w.ship) if craft in (None, w.ship or "earth"))


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


def flown_moves(kept: Custody) -> tuple[Entry, ...]:
    """The changes of hands of the flight itself."""
    return tuple(e for e in kept.entries if e.kind == FLOWN)
