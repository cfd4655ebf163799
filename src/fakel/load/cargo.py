"""Items of a mission and who holds them: in its file or as a cargo list (CSV in and out), checked for packing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fakel.load.ledger import number_of, read_csv
from fakel.load.library import as_table
from fakel.load.reader import Refs, read
from fakel.model.cargo import inside, packed, require_fits, require_load
from fakel.model.errors import InputError
from fakel.model.mission import Onward, Person, Step
from fakel.model.outfit import Item
from fakel.model.vehicle import Ship

COLUMNS = ("id", "holder", "name", "mass_kg", "length_m", "width_m", "depth_m", "hazards", "home", "tether_eye",
           "source")
NEEDED = COLUMNS[:7]
NUMBERS = ("mass_kg", "length_m", "width_m", "depth_m")


def cargo_list(path: Path) -> dict[str, dict[str, Any]]:
    """The tables of ``[items]`` that a CSV file stands for. Raises InputError that names the line.

    hazards are words with semicolons between; tether_eye is yes or no (empty: no).
    """
    out: dict[str, dict[str, Any]] = {}
    for line, row in read_csv(path, NEEDED, COLUMNS):
        where, key = f"{path}: line {line}", row["id"]
        if not key:
            raise InputError(f"{where}: the item has no id; write one")
        if key in out:
            raise InputError(f"{where}: {key} has two holders, {out[key]['holder']} and {row['holder']}; an item has "
                             "one")
        numbers = {name: number_of(row[name], f"{where} {name}") for name in NUMBERS}
        empty = next((name for name, value in numbers.items() if value is None), None)
        if empty:
            raise InputError(f"{where}: {key} has no {empty}; write it")
        eye = row.get("tether_eye", "") or "no"
        if eye not in ("yes", "no"):
            raise InputError(f"{where} tether_eye = {eye!r}; write yes or no")
        out[key] = {"holder": row["holder"], "name": row["name"] or key, **numbers,
                    "hazards": [word.strip() for word in row.get("hazards", "").split(";") if word.strip()],
                    "home": row.get("home", ""), "tether_eye": eye == "yes",
                    "source": row.get("source", "") or path.name}
        if not row["holder"]:
            raise InputError(f"{where}: {key} is held by nobody; write its holder")
    return out


def move_list(path: Path) -> list[dict[str, Any]]:
    """The moves of a stay that a CSV file stands for: item, from, to, after_h and, if it is there, why."""
    out = []
    for line, row in read_csv(path, ("item", "from", "to", "after_h"), ("item", "from", "to", "after_h", "why")):
        after = number_of(row["after_h"], f"{path}: line {line} after_h")
        if after is None:
            raise InputError(f"{path}: line {line}: {row['item']} has no after_h; write it")
        why = {"why": row["why"]} if row.get("why") else {}
        out.append({"item": row["item"], "from": row["from"], "to": row["to"], "after_h": after, **why})
    return out


def as_csv(items: Mapping[str, Mapping[str, Any]], holders: Mapping[str, str]) -> str:
    """A cargo list of items, in the columns that ``cargo_list`` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, item in items.items():
        told = {**item, "id": key, "holder": holders[key], "hazards": "; ".join(item.get("hazards") or ()),
                "tether_eye": "yes" if item.get("tether_eye") else "no"}
        writer.writerow(["" if told.get(name) is None else told[name] for name in COLUMNS])
    return out.getvalue()


# ---------------------------------------------------------------- of a mission

def items_of(table: Mapping[str, Any], folder: Path, where: str, base: Refs, known: set[str]
             ) -> tuple[dict[str, Item], dict[str, str]]:
    """Items and their holders: of ``[items]``, and of the list that ``cargo`` names. known: who may hold something.

    Raises InputError for an item without holder or with two, and for one that cannot be.
    """
    items: dict[str, Item] = {}
    holders: dict[str, str] = {}
    given = [(f"{where} [items.{key}]", key, raw)
             for key, raw in as_table(table.get("items", {}), f"{where} items").items()]
    if "cargo" in table:
        if not isinstance(table["cargo"], str):
            raise InputError(f"{where} cargo = {table['cargo']!r} takes the name of a CSV file in quotes")
        path = folder / table["cargo"]
        given += [(f"{path}: {key}", key, raw) for key, raw in cargo_list(path).items()]
    for place, key, raw in given:
        if key in items:
            raise InputError(f"{place}: {key} has two holders, {holders[key]} and {raw.get('holder')}; name it once")
        items[key], holders[key] = _item(dict(as_table(raw, place)), key, place, base, known)
    return items, holders


def _item(given: dict[str, Any], key: str, place: str, base: Refs, known: set[str]) -> tuple[Item, str]:
    holder = given.pop("holder", None)
    if isinstance(holder, list) and len(holder) > 1:
        raise InputError(f"{place} holder = {holder!r}: {key} has {len(holder)} holders; an item has exactly one")
    if not isinstance(holder, str):
        raise InputError(f"{place}: {key} is held by nobody; write holder = one of: {', '.join(sorted(known))}")
    if holder not in known:
        raise InputError(f"{place} holder = {holder!r} is not known; write one of: {', '.join(sorted(known))}")
    kind = given.pop("item", key)
    if not isinstance(kind, str):
        raise InputError(f"{place} item = {kind!r} is not text in quotes")
    if set(given) <= {"name"}:
        return replace(base.find[Item](kind, f"{place} item"), id=key, model=kind, **given), holder
    found: Item = read(Item, {"id": key, **given}, place, base)
    return found, holder


def check_start(items: Mapping[str, Item], holders: Mapping[str, str], ships: Mapping[str, Ship],
                people: Mapping[str, Person], where: str) -> None:
    """What each ship has aboard when the mission begins passes its hatch, and is no more than it lifts."""
    places = {person.id: person.place for person in people.values()}
    for ship in ships.values():
        loaded = [items[name] for name in inside(ship.id, holders, places)]
        if loaded and ship.docked is None:
            require_load(loaded, ship.vehicle, "up", f"{where} [ships.{ship.id}]")


def check_steps(steps: Mapping[str, Step], items: Mapping[str, Item], holders: Mapping[str, str],
                ships: Mapping[str, Ship], people: Mapping[str, Person], where: str) -> None:
    """What steps move into a ship, or bring home, passes its hatch; what comes home is no more than it may be."""
    for step in steps.values():
        place = f"{where} [steps.{step.name}]"
        for move in getattr(step.plan, "moves", ()):
            ship = ships.get(move.to, ships.get(getattr(people.get(move.to), "place", "")))
            if ship is not None:
                require_fits(items[move.item], ship.vehicle, f"{place} moves")
        brings = [items[name] for name in getattr(step.plan, "brings", ())]
        vehicle = step.plan.ship.vehicle if brings else None
        if vehicle is not None:
            require_load(brings, vehicle, "down", f"{place} brings")
            if vehicle.stowage is not None:
                packed(brings, vehicle.stowage, f"{place} brings")


def onward_of(table: Mapping[str, Any], items: Mapping[str, Item], last: date, where: str) -> tuple[Onward, ...]:
    """``[[onward]]``: changes of hands after the landing, each giver the taker before."""
    raw = table.get("onward", [])
    if not isinstance(raw, list):
        raise InputError(f"{where} onward takes a list: write [[onward]]")
    out: list[Onward] = []
    for number, given in enumerate(raw, 1):
        place = f"{where} [[onward]] {number}"
        step: Onward = read(Onward, as_table(given, place), place)
        if step.item not in items:
            raise InputError(f"{place} item = {step.item!r} is not known; write one of: {', '.join(sorted(items))}")
        if step.date is not None and step.date < last:
            raise InputError(f"{place} date = {step.date} lies before the last day of the mission, {last}; mend it")
        held = next((s.to for s in reversed(out) if s.item == step.item), step.from_)
        if held != step.from_:
            raise InputError(f"{place}: {step.item} is held by {held}, not by {step.from_}; mend the order of "
                             "[[onward]]")
        if not step.to:
            raise InputError(f"{place}: {step.item} is given to nobody; name who takes it")
        out.append(step)
    return tuple(out)
