"""A flight in one object: what ``--json`` prints, and the budgets that flight.json keeps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Event, Flight, Leg
from fakel.model.plain import plain
from fakel.model.verdict import Verdict

BURN_STARTS = {"burn_end": "burn_start", "separation_burn_end": "separation_burn_start",
               "deorbit_burn_end": "deorbit_burn_start"}
SHED = frozenset({"ascent", "entry", "landing"})
"""Phases in which a ship's mass falls for other reasons than its own engines."""


def summary(flight: Flight, verdicts: Iterable[Verdict], folder: str) -> dict[str, Any]:
    """Plain data: id, title, complete, events, verdicts, budgets, comparison, folder."""
    from fakel.reports.compare import compare, comparison_as_data

    return {
        "id": flight.mission.get("id"), "title": flight.mission.get("title"), "complete": flight.complete,
        "events": [event_as_data(e) for e in flight.events],
        "verdicts": [verdict_as_data(v) for v in verdicts],
        "budgets": budgets(flight),
        "comparison": comparison_as_data(compare(flight)),
        "folder": folder,
    }


def event_as_data(event: Event) -> dict[str, Any]:
    """``name``, ``utc``, ``subject``, ``phase``, ``facts``."""
    return {"name": event.name, "utc": event.epoch.iso(3), "subject": event.subject, "phase": event.phase,
            "facts": plain(event.facts)}


def verdict_as_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict; its window as two UTC instants."""
    data: dict[str, Any] = plain(verdict)
    return data


def budgets(flight: Flight) -> dict[str, Any]:
    """What the flight cost. Every number has its unit in its key; what is not known is null, never zero.

    delta_v: each burn, sums by ship and phase, and the sum from insertion to docking.
    propellant: by ship, from the mass of its arcs outside ascent and entry. oxygen: by suit. load: peaks up and down.
    """
    return {"delta_v": delta_v(flight), "propellant": propellant(flight), "oxygen": oxygen(flight),
            "load": load(flight), "rocket": rocket(flight)}


# ---------------------------------------------------------------- delta-v

def burns(flight: Flight) -> list[dict[str, Any]]:
    """One row a burn that was flown, in order of time: ship, phase, burn, start_utc, duration_s, dv_m_s, propellant_kg."""
    rows, started = [], {}
    for event in flight.events:
        if event.name in BURN_STARTS.values():
            started[event.subject, event.name] = event
        elif event.name in BURN_STARTS:
            rows.append(_burn(started.pop((event.subject, BURN_STARTS[event.name]), None), event))
    return rows


def _burn(start: Event | None, end: Event) -> dict[str, Any]:
    facts = {**(start.facts if start else {}), **end.facts}
    first = start.epoch if start else end.epoch + -float(facts.get("duration_s") or 0.0)
    kind = end.name.removesuffix("_end")
    label = facts.get("burn") or facts.get("name") or facts.get("slot") or {"burn": ""}.get(kind, kind.removesuffix("_burn"))
    return {"ship": end.subject, "phase": end.phase, "burn": str(label), "start_utc": first.iso(3),
            "duration_s": end.epoch - first, "dv_m_s": number(facts.get("dv_m_s")),
            "propellant_kg": number(facts.get("propellant_kg"))}


def number(value: Any) -> float | None:
    """A finite number, or None."""
    usable = isinstance(value, (int, float, np.floating, np.integer)) and not isinstance(value, bool)
    return float(value) if usable and math.isfinite(value) else None


def total(values: Iterable[float | None]) -> float | None:
    """The sum, or None when any part is not known or there is none."""
    known = list(values)
    return sum(v for v in known if v is not None) if known and None not in known else None


def delta_v(flight: Flight) -> dict[str, Any]:
    """``burns``, ``by_ship_m_s``, ``by_phase_m_s`` (ship, then phase), ``to_dock_m_s`` (insertion to contact, by ship)."""
    rows = burns(flight)
    ships = list(dict.fromkeys(row["ship"] for row in rows))
    by_phase: dict[str, dict[str, float | None]] = {}
    for ship in ships:
        phases = dict.fromkeys(row["phase"] for row in rows if row["ship"] == ship)
        by_phase[ship] = {phase: total(r["dv_m_s"] for r in rows if (r["ship"], r["phase"]) == (ship, phase))
                          for phase in phases}
    docked = {e.subject: e.epoch for e in flight.events if e.name == "docking_contact"}
    to_dock = {ship: total(r["dv_m_s"] for r in rows if r["ship"] == ship and Epoch.utc(r["start_utc"]) <= contact)
               for ship, contact in docked.items()}
    return {"burns": rows, "by_ship_m_s": {ship: total(by_phase[ship].values()) for ship in ships},
            "by_phase_m_s": by_phase, "to_dock_m_s": to_dock}


# ---------------------------------------------------------------- propellant, oxygen, load

def propellant(flight: Flight) -> dict[str, dict[str, float | None]]:
    """By ship that flew: ``loaded_kg`` (at the mission's start), ``used_kg``, ``left_kg``."""
    out = {}
    for ship, record in flight.mission.get("ships", {}).items():
        used = _burnt_kg(flight.legs, ship)
        if used is None:
            continue
        loaded = number(record.get("propellant_kg"))
        out[ship] = {"loaded_kg": loaded, "used_kg": used, "left_kg": None if loaded is None else loaded - used}
    return out


def _burnt_kg(legs: Iterable[Leg], ship: str) -> float | None:
    """How much lighter a ship became while its own engines were all that could lighten it."""
    arcs = [arc for leg in legs for arc in leg.arcs if arc.craft == ship and arc.phase not in SHED and leg.phase not in SHED]
    parted = next((e.epoch for leg in legs for e in leg.events if (e.name, e.subject) == ("module_separation", ship)), None)
    used = 0.0
    for arc in arcs:
        last = arc.mass_kg if parted is None else arc.mass_kg[arc.t_s < parted - arc.start - 1e-6]
        used += float(arc.mass_kg[0] - last[-1]) if len(last) else 0.0
    return used if arcs else None


def oxygen(flight: Flight) -> dict[str, dict[str, float | None]]:
    """By person outside: ``suit``, ``full_kg``, ``used_kg``, ``left_kg`` of the primary supply."""
    out: dict[str, dict[str, Any]] = {}
    for channel in flight.channels:
        parts = channel.name.split(".")
        if len(parts) == 3 and parts[0] == "suit" and parts[2] == "oxygen_kg":
            row = out.setdefault(parts[1], _suit(flight.mission, parts[1]))
            row["used_kg"] += float(channel.values[0] - channel.values[-1])
            row["left_kg"] = float(channel.values[-1])
    return out


def _suit(mission: Mapping[str, Any], person: str) -> dict[str, Any]:
    suit = mission.get("suits", {}).get(person, {})
    return {"suit": suit.get("name"), "full_kg": number(suit.get("oxygen_kg")), "used_kg": 0.0, "left_kg": None}


def load(flight: Flight) -> dict[str, float | None]:
    """``peak_up_g`` and ``peak_down_g``: the largest load on the way up, and from the deorbit burn to the ground."""
    return {"peak_up_g": _peak(flight, ("ascent",)), "peak_down_g": _peak(flight, ("deorbit", "entry", "landing"))}


def _peak(flight: Flight, phases: tuple[str, ...]) -> float | None:
    found: list[Channel] = [c for leg in flight.legs if leg.phase in phases for c in leg.channels
                            if c.name.endswith(".load_g")]
    peaks = [float(np.nanmax(c.values)) for c in found if c.values.size and np.isfinite(c.values).any()]
    return max(peaks) if peaks else None


def rocket(flight: Flight) -> dict[str, float | None]:
    """``propellant_left_kg`` of the launcher's last stage at insertion."""
    insertion = flight.event("insertion")
    return {"propellant_left_kg": number(insertion.facts.get("propellant_left_kg")) if insertion else None}
