"""The ledger of a mission: who holds what from when on, each entry chained to the one before it by a hash.

An entry's hash is SHA-256 over the hash before it, a line feed, and the entry as a JSON list
``[number, utc, item, giver, taker, why, kind, mass_kg]`` without spaces, all in UTF-8. So nothing in it, and no entry
before it, can be changed without changing every hash from there on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.model.flight import Flight, Leg, Transfer

START, FLOWN, PLANNED = "start", "flown", "planned"
NOTHING_BEFORE = "0" * 64
NOON_S = 43_200.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. kind: start (found there), flown, or planned (after the flight: an estimate).

    utc is text to the millisecond; giver is empty for a start; mass_kg is None where the mission does not say it.
    """

    number: int
    utc: str
    item: str
    giver: str
    taker: str
    why: str
    kind: str
    mass_kg: float | None
    previous: str = ""
    sha256: str = ""

    @property
    def epoch(self) -> Epoch:
        return Epoch.utc(self.utc)

    @property
    def said(self) -> str:
        """``entry 3 (torch, kotov > ryazansky)``."""
        return f"entry {self.number} ({self.item}, {self.giver or 'nobody'} > {self.taker or 'nobody'})"


COLUMNS = tuple(f.name for f in fields(Entry))


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody or something has an item from start on; stop is None for the last holder. entry: how it came there."""

    holder: str
    start: Epoch
    stop: Epoch | None
    entry: Entry


def digest(entry: Entry) -> str:
    """The hash that belongs to an entry and to the one before it."""
    told = json.dumps([entry.number, entry.utc, entry.item, entry.giver, entry.taker, entry.why, entry.kind,
                       entry.mass_kg], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{entry.previous}\n{told}".encode()).hexdigest()


def chained(rows: Iterable[Entry], after: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """Entries numbered and hashed, going on after others."""
    number, previous = (after[-1].number, after[-1].sha256) if after else (0, NOTHING_BEFORE)
    out = []
    for row in rows:
        number += 1
        bare = replace(row, number=number, previous=previous)
        previous = digest(bare)
        out.append(replace(bare, sha256=previous))
    return tuple(out)


def broken(entries: Sequence[Entry]) -> tuple[Entry, str] | None:
    """The first entry that does not fit the chain, and why; None when all fit."""
    previous = NOTHING_BEFORE
    for number, entry in enumerate(entries, 1):
        if entry.number != number:
            return entry, f"stands where entry {number} belongs"
        if entry.previous != previous:
            return entry, "does not follow the entry before it"
        if digest(entry) != entry.sha256:
            return entry, "was changed since it was written: its hash does not fit"
        previous = entry.sha256
    return None


def differs(kept: Sequence[Entry], flown: Sequence[Entry]) -> tuple[str, str] | None:
    """The first entry of a kept ledger that is not the flight's, and how; None when they are the same."""
    for mine, true in zip(kept, flown, strict=False):
        for name in COLUMNS[:8]:
            if getattr(mine, name) != getattr(true, name):
                return mine.said, f"says {name} = {getattr(mine, name)!r}, the flight says {getattr(true, name)!r}"
        if mine.sha256 and mine.sha256 != true.sha256:
            return mine.said, "was changed since it was written: its hash is not the flight's"
    if len(kept) < len(flown):
        return flown[len(kept)].said, "is missing"
    if len(kept) > len(flown):
        return kept[len(flown)].said, "is not in the flight"
    return None


# ---------------------------------------------------------------- from a flight

def ledger_of(flight: Flight) -> tuple[Entry, ...]:
    """All entries of a flight: where things were at its start, what changed hands, what is planned after it."""
    masses = masses_of(flight.mission)
    out = chained(started(flight.legs[0], masses)) if flight.legs else ()
    for leg in flight.legs:
        out += chained(moved(leg.transfers, masses), out)
    landing = next((e.epoch.iso(3) for e in reversed(flight.events) if e.name == "landing"), None)
    onward = onward_rows(flight.mission.get("onward", ()), landing, out, masses) if flight.complete else []
    return out + chained(onward, out)


def masses_of(mission: Mapping[str, Any]) -> dict[str, float | None]:
    """Items of a flight's mission and their masses, kg."""
    return {name: item.get("mass_kg") for name, item in (mission.get("items") or {}).items()}


def started(leg: Leg, masses: Mapping[str, float | None]) -> list[Entry]:
    """Who had each item before the first leg."""
    utc = leg.before.epoch.iso(3)
    return [Entry(0, utc, item, "", holder, "there when the mission begins", START, masses.get(item))
            for item, holder in sorted(leg.before.holders.items())]


def moved(transfers: Iterable[Transfer], masses: Mapping[str, float | None]) -> list[Entry]:
    """The transfers of one leg, in order of time."""
    return [Entry(0, t.epoch.iso(3), t.item, t.giver, t.taker, t.why, FLOWN, masses.get(t.item))
            for t in sorted(transfers, key=lambda t: t.epoch)]


def onward_rows(onward: Iterable[Mapping[str, Any]], landing_utc: str | None, so_far: Sequence[Entry],
                masses: Mapping[str, float | None]) -> list[Entry]:
    """What the mission plans after the landing, as far as each giver then has the item.

    A step with a date stands at noon UTC of that day: it is known to the day.
    """
    if landing_utc is None:
        return []
    now, out = holders_at(so_far), []
    last = max([Epoch.utc(landing_utc), *(e.epoch for e in so_far)])
    for step in onward:
        if now.get(step["item"]) != step["from"]:
            continue
        told = (midnight(date.fromisoformat(step["date"])) + NOON_S if step.get("date") else
                Epoch.utc(landing_utc) + float(step["after_s"]))
        last = max(last, told)
        out.append(Entry(0, last.iso(3), step["item"], step["from"], step["to"], step["why"], PLANNED,
                         masses.get(step["item"])))
        now[step["item"]] = step["to"]
    return out


# ---------------------------------------------------------------- what can be asked

def holders_at(entries: Iterable[Entry], epoch: Epoch | None = None) -> dict[str, str]:
    """The holder of each item at an instant, or in the end."""
    return {e.item: e.taker for e in entries if epoch is None or e.epoch <= epoch}


def holds(entries: Iterable[Entry], item: str) -> tuple[Hold, ...]:
    """Everybody who has an item, one after the other."""
    own = [e for e in entries if e.item == item]
    stops = [*(e.epoch for e in own[1:]), None]
    return tuple(Hold(e.taker, e.epoch, stop, e) for e, stop in zip(own, stops, strict=False))


def faults(entries: Iterable[Entry]) -> list[str]:
    """One line for every entry after which an item does not have exactly one holder, or another mass than before."""
    held: dict[str, Entry] = {}
    out = []
    for entry in entries:
        before = held.get(entry.item)
        if entry.kind == START and before is not None:
            out.append(f"{entry.said}: {entry.item} has two holders, {before.taker} and {entry.taker}")
        elif entry.kind != START and before is None:
            out.append(f"{entry.said}: {entry.item} is held by nobody")
        elif before is not None and before.taker != entry.giver:
            out.append(f"{entry.said}: {entry.item} is held by {before.taker}, not by {entry.giver}")
        elif before is not None and entry.epoch < before.epoch:
            out.append(f"{entry.said}: lies before entry {before.number}")
        if not entry.taker:
            out.append(f"{entry.said}: {entry.item} is given to nobody")
        if entry.mass_kg is not None and entry.mass_kg < 0.0:
            out.append(f"{entry.said}: a mass of {entry.mass_kg:g} kg cannot be")
        if before is not None and before.mass_kg != entry.mass_kg:
            out.append(f"{entry.said}: weighs {entry.mass_kg} kg, before {before.mass_kg} kg")
        held[entry.item] = entry
    return out
