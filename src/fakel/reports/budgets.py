"""What a flight cost: delta-v and propellant of its ships, oxygen of its suits, the loads on its crew."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Event, Flight, Leg

BURN_STARTS = {"burn_end": "burn_start", "separation_burn_end": "separation_burn_start",
               "deorbit_burn_end": "deorbit_burn_start", "backup_burn_end": "backup_burn_start"}
SHED = frozenset({"ascent", "entry", "landing"})
"""Phases in which a ship's mass falls for other reasons than its own engines."""


def budgets(flight: Flight) -> dict[str, Any]:
    """What the flight cost. Every number has its unit in its key; what is not known is null, never zero.

    ``burns``: one row a burn, in order of time. ``ships``: delta-v and propellant of each ship that flew by itself.
    ``suits``: primary oxygen of each person outside. ``load``: the highest loads. ``rocket``: what it had left.
    """
    rows = burns(flight)
    return {"burns": rows, "ships": ships(flight, rows), "suits": suits(flight), "load": load(flight),
            "rocket": rocket(flight)}


def number(value: Any) -> float | None:
    """A finite number, or None."""
    usable = isinstance(value, (int, float, np.floating, np.integer)) and not isinstance(value, bool)
    return float(value) if usable and math.isfinite(value) else None


def total(values: Iterable[float | None]) -> float | None:
    """The sum, or None when any part is not known or there is none."""
    known = list(values)
    return sum(v for v in known if v is not None) if known and None not in known else None


# ---------------------------------------------------------------- ships

def burns(flight: Flight) -> list[dict[str, Any]]:
    """One row a burn, in order of its end: ship, phase, burn, start_utc, duration_s, dv_m_s, propellant_kg."""
    rows, started = [], {}
    for event in flight.events:
        if event.name in BURN_STARTS.values():
            started[event.subject, event.name] = event
        elif event.name in BURN_STARTS:
            rows.append(_burn(flight, started.pop((event.subject, BURN_STARTS[event.name]), None), event))
    return rows


def _burn(flight: Flight, start: Event | None, end: Event) -> dict[str, Any]:
    facts = {**(start.facts if start else {}), **end.facts}
    first = start.epoch if start else end.epoch + -float(facts.get("duration_s") or 0.0)
    own = {"burn_end": ""}.get(end.name, end.name.removesuffix("_burn_end"))
    number_of = f" {facts['number']}" if "number" in facts else ""
    return {"ship": end.subject, "phase": end.phase, "burn": f"{facts.get('burn') or own}{number_of}",
            "start_utc": first.iso(3), "duration_s": end.epoch - first, "dv_m_s": number(facts.get("dv_m_s")),
            "propellant_kg": number(facts.get("propellant_kg", _lost_kg(flight, end.subject, first, end.epoch)))}


def _lost_kg(flight: Flight, ship: str, first: Epoch, last: Epoch) -> float | None:
    """How much lighter a ship's arc became between two instants; None when no single arc holds both."""
    for arc in flight.arcs(ship):
        if arc.start <= first and last <= arc.stop:
            before, after = np.interp([first - arc.start, last - arc.start], arc.t_s, arc.mass_kg)
            return float(before - after)
    return None


def ships(flight: Flight, rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """By ship: ``dv_m_s``, ``dv_to_docking_m_s``, ``dv_by_phase_m_s``, and ``propellant_`` loaded, used and left in kg.

    Propellant is what the ship's arcs lost outside ascent and entry, until its modules part.
    """
    docked = {e.subject: e.epoch for e in flight.events if e.name == "docking_contact"}
    out = {}
    for ship, record in flight.mission.get("ships", {}).items():
        own = [row for row in rows if row["ship"] == ship]
        used, loaded = _burnt_kg(flight.legs, ship), number(record.get("propellant_kg"))
        if not own and used is None:
            continue
        up = [row for row in own if ship in docked and Epoch.utc(row["start_utc"]) <= docked[ship]]
        phases = dict.fromkeys(row["phase"] for row in own)
        out[ship] = {
            "dv_m_s": total(row["dv_m_s"] for row in own), "dv_to_docking_m_s": total(row["dv_m_s"] for row in up),
            "dv_by_phase_m_s": {p: total(row["dv_m_s"] for row in own if row["phase"] == p) for p in phases},
            "propellant_loaded_kg": loaded, "propellant_used_kg": used,
            "propellant_left_kg": None if loaded is None or used is None else loaded - used}
    return out


def _burnt_kg(legs: Iterable[Leg], ship: str) -> float | None:
    """How much lighter a ship became while its own engines were all that could lighten it."""
    legs = tuple(legs)
    arcs = [arc for leg in legs for arc in leg.arcs if arc.craft == ship and not {arc.phase, leg.phase} & SHED]
    parting = ("module_separation", ship)
    parted = next((e.epoch for leg in legs for e in leg.events if (e.name, e.subject) == parting), None)
    used = 0.0
    for arc in arcs:
        last = arc.mass_kg if parted is None else arc.mass_kg[arc.t_s < parted - arc.start - 1e-6]
        used += float(arc.mass_kg[0] - last[-1]) if len(last) else 0.0
    return used if arcs else None


# ---------------------------------------------------------------- suits, load, rocket

def suits(flight: Flight) -> dict[str, dict[str, Any]]:
    """By person outside: ``suit``, ``oxygen_full_kg``, ``oxygen_used_kg``, ``oxygen_left_kg`` of the primary supply."""
    out: dict[str, dict[str, Any]] = {}
    for channel in flight.channels:
        parts = channel.name.split(".")
        if len(parts) == 3 and parts[0] == "suit" and parts[2] == "oxygen_kg":
            row = out.setdefault(parts[1], _suit(flight.mission, parts[1]))
            row["oxygen_used_kg"] += float(channel.values[0] - channel.values[-1])
            row["oxygen_left_kg"] = float(channel.values[-1])
    return out


def _suit(mission: Mapping[str, Any], person: str) -> dict[str, Any]:
    suit = mission.get("suits", {}).get(person, {})
    return {"suit": suit.get("name"), "oxygen_full_kg": number(suit.get("oxygen_kg")), "oxygen_used_kg": 0.0,
            "oxygen_left_kg": None}


def load(flight: Flight) -> dict[str, float | None]:
    """``peak_up_g`` in the ascent, ``peak_down_g`` in the entry, ``peak_parachute_g`` from then to the ground."""
    return {"peak_up_g": _peak(flight, "ascent"), "peak_down_g": _peak(flight, "deorbit", "entry"),
            "peak_parachute_g": _peak(flight, "landing")}


def _peak(flight: Flight, *phases: str) -> float | None:
    found: list[Channel] = [c for leg in flight.legs if leg.phase in phases for c in leg.channels
                            if c.name.endswith(".load_g")]
    peaks = [float(np.nanmax(c.values)) for c in found if c.values.size and np.isfinite(c.values).any()]
    return max(peaks) if peaks else None


def rocket(flight: Flight) -> dict[str, float | None]:
    """``propellant_left_kg`` of the launcher's last stage at insertion."""
    insertion = flight.event("insertion")
    return {"propellant_left_kg": number(insertion.facts.get("propellant_left_kg")) if insertion else None}
