"""Who holds what, told in text and as data: a ledger, an item's whereabouts, an inventory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Flight
from fakel.model.ledger import PLANNED, START, Entry
from fakel.reports.clocks import local_clock, utc_clock, utc_day, zone_of, zone_title
from fakel.reports.reading import Reading
from fakel.reports.table import heading, signed, table

RESCUE = "rescue"


class Names:
    """What people call holders, places and items of a flight."""

    def __init__(self, flight: Flight) -> None:
        self.reading, self.mission = Reading(flight, ()), flight.mission
        station = self.mission.get("station") or {}
        self.worksites: Mapping[str, str] = station.get("worksites") or {}
        self.airlocks: Mapping[str, str] = station.get("airlocks") or {}
        groups = (self.mission.get(group) or {} for group in ("people", "ships", "items", "places"))
        self.known = {*self.airlocks, *(key for group in groups for key in group)}

    def of(self, key: str) -> str:
        if key in (STATION, RESCUE):
            return "the station" if key == STATION else "the rescue team"
        if key in self.worksites and key not in self.airlocks:
            return str(self.worksites[key])
        if key not in self.known:
            return f"the {key.replace('-', ' ')}" if key else "nobody"
        return self.reading.name(key)

    def held(self, holder: str) -> str:
        """``in the hands of``, ``aboard``, ``in`` or ``with`` somebody or something."""
        if holder in (self.mission.get("people") or {}):
            return f"in the hands of {self.of(holder)}"
        if holder in (self.mission.get("ships") or {}):
            return f"aboard {self.of(holder)}"
        inside = holder == STATION or holder in self.airlocks
        return f"{'in' if inside else 'with'} {self.of(holder)}"

    def clock(self, epoch: Epoch) -> str:
        """``2014-05-28 19:57:41 UTC (23:57:41 Moscow)``."""
        zone = zone_of(self.reading.flight)
        local = f" ({local_clock(epoch, zone)} {zone_title(zone)})" if zone else ""
        return f"{utc_day(epoch)} {utc_clock(epoch)} UTC{local}"


def where_lines(found: Any, following: Entry | None, names: Names) -> list[str]:
    """Where an item was at an instant (an ``api.custody.Whereabouts``)."""
    lines = [f"{names.of(found.item)} at {names.clock(found.epoch)}",
             f"  {'held':9}{names.held(found.hold.holder)}{_place(found, names)}"]
    if found.hold.entry.kind == PLANNED:
        lines[-1] += " (planned, an estimate)"
    lines.append(f"  {'since':9}{names.clock(found.hold.start)}: {found.hold.entry.why}")
    if following is not None:
        lines.append(f"  {'until':9}{names.clock(following.epoch)}: to {names.of(following.taker)}, {following.why}"
                     f"{' (planned)' if following.kind == PLANNED else ''}")
    if found.height_m is not None:
        lines.append(f"  {'over':9}{abs(found.latitude_deg):.1f} {'N' if found.latitude_deg >= 0 else 'S'} "
                     f"{abs(found.longitude_deg):.1f} {'E' if found.longitude_deg >= 0 else 'W'}, "
                     f"{found.height_m / 1000:.1f} km high")
    return lines


def _place(found: Any, names: Names) -> str:
    if found.outside:
        hooks = f", {found.hooked} hook{'s' if found.hooked > 1 else ''}" if found.hooked else ""
        return f", outside at {names.of(found.place)}{hooks}"
    if found.rocket:
        return f", on the rocket {found.rocket}"
    return f", {names.held(found.place)}" if found.place not in (found.hold.holder, "ground") else ""


def _packed(found: Any, loads: Mapping[str, Any]) -> str:
    """Where in its ship it is packed."""
    load = loads.get(found.ship)
    return f", {load.places[found.item].replace('-', ' ')}" if load and found.item in load.places else ""


def where_row(found: Any, names: Names) -> tuple[str, ...]:
    """One instant of several, in a line: day, clock, where."""
    return utc_day(found.epoch), utc_clock(found.epoch), names.held(found.hold.holder) + _place(found, names)


def where_data(found: Any, following: Entry | None) -> dict[str, Any]:
    """The same for ``--json``."""
    return {"item": found.item, "utc": found.epoch.iso(3), "holder": found.hold.holder, "place": found.place,
            "craft": found.craft, "aboard": found.ship, "outside": found.outside,
            "rocket": found.rocket or None, "hooks": found.hooked,
            "since": found.hold.start.iso(3), "why": found.hold.entry.why, "kind": found.hold.entry.kind,
            "until": following.utc if following else None, "next_holder": following.taker if following else None,
            "latitude_deg": found.latitude_deg, "longitude_deg": found.longitude_deg, "height_m": found.height_m}


def ledger_lines(entries: Iterable[Entry], names: Names, width: int) -> list[str]:
    """The whole ledger, a line an entry; the item is named above where all are of one."""
    entries, rows, today = list(entries), [], ""
    one = len({e.item for e in entries}) == 1
    for e in entries:
        day = utc_day(e.epoch)
        rows.append((str(e.number), day if day != today else "", utc_clock(e.epoch),
                     *(() if one else (names.of(e.item),)), "" if e.kind == START else names.of(e.giver),
                     names.of(e.taker), e.sha256[:8],
                     e.why + (" (planned)" if e.kind == PLANNED else "")))
        today = day
    return [*(heading(names.of(entries[0].item), width) if one else ()),
            *table(("", "day", "UTC", *(() if one else ("item",)), "from", "to", "hash", "why"), rows, "r", width)]


def inventory_lines(found: Iterable[Any], items: Mapping[str, Mapping[str, Any]], loads: Mapping[str, Any],
                    names: Names, width: int) -> list[str]:
    """What is where at one instant, craft by craft, with masses. loads: ``api.custody.Load`` of each ship."""
    lines: list[str] = []
    groups: dict[str, list[Any]] = {}
    for w in found:
        groups.setdefault(w.ship, []).append(w)
    for ship in loads:
        groups.setdefault(ship, [])
    for ship, inside in groups.items():
        mass_kg = sum(float(items[w.item].get("mass_kg") or 0.0) for w in inside)
        lines += heading(f"{names.of(ship) if ship else 'On the Earth'}: {len(inside)} "
                         f"item{'' if len(inside) == 1 else 's'}, {mass_kg:.2f} kg", width)
        if ship in loads:
            lines += load_lines(loads[ship])
        if not inside:
            continue
        rows = [_item_row(w, items[w.item], loads, names) for w in inside]
        lines += table(("item", "held", "kg", "m", "hazards", "since, UTC"), rows, "llrlll", width)
    return lines or ["nothing is held there"]


def _item_row(w: Any, item: Mapping[str, Any], loads: Mapping[str, Any], names: Names) -> tuple[str, ...]:
    return (w.item, names.held(w.hold.holder) + _place(w, names) + _packed(w, loads),
            f"{item.get('mass_kg') or 0.0:.2f}", _size(item), ", ".join(item.get("hazards") or ()) or "none",
            f"{utc_day(w.hold.start)} {utc_clock(w.hold.start)}")


def load_lines(load: Any) -> list[str]:
    """Mass, cargo against its limit, and centre of mass of one ship."""
    whole = "descent module" if load.propellant_kg is None else f"of it {load.propellant_kg:.0f} kg propellant"
    x, y, z = (signed(1000 * value, 1) for value in load.centre_m)
    moved = max(abs(s) for s in load.shift_m)
    shift = f", moved {1000 * moved:.1f} mm by the cargo" if moved > 5e-5 else ""
    crew = "its crew counted" if load.docked else f"{load.people} aboard"
    when = "" if load.landed is None else f"landed {utc_day(load.landed)} {utc_clock(load.landed)} UTC with "
    return [f"{when}mass {load.mass_kg:.1f} kg ({whole}), {crew}; cargo {load.cargo_kg:.2f} of at most "
            f"{load.limit_kg:g} kg {load.limit}",
            f"centre of mass {x} mm ahead, {y} mm to starboard, {z} mm to the feet{shift}"]


def _size(item: Mapping[str, Any]) -> str:
    sides = [item.get(f"{side}_m") for side in ("length", "width", "depth")]
    return "" if None in sides else " x ".join(f"{side:g}" for side in sides)
