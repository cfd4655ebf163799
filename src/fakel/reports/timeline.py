"""The events of a flight in words: what happened, to whom, and the figures that matter."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.flight import Event, Flight
from fakel.reports.clocks import elapsed, liftoff_of
from fakel.reports.table import NO_BREAK, signed

TITLES: Mapping[str, str] = {
    "liftoff": "Liftoff", "tower_jettison": "Escape tower off", "booster_separation": "Boosters separate",
    "fairing_jettison": "Fairing off", "core_separation": "Core stage separates",
    "stage_separation": "First stage separates", "aft_section_jettison": "Aft section off",
    "max_q": "Highest dynamic pressure", "cutoff": "Last stage cut off", "insertion": "In orbit, separated",
    "autonomous_start": "Autonomous rendezvous begins", "aim_point": "At the aim point",
    "flyaround_start": "Fly-around begins", "flyaround_end": "Fly-around ends",
    "station_keeping_start": "Station-keeping begins", "final_approach_start": "Final approach begins",
    "relocation_start": "Off to another port",
    "undocking": "Undocking", "landing": "Landing", "burn_start": "Burn", "burn_end": "End of burn",
    "docking_contact": "Docking contact", "docking_hooks_closed": "Docking hooks closed", "no_capture": "No capture",
    "sensors_disagree": "Sensors disagree",
    "crew_transfer": "Crew moves",
    "prebreathe_start": "Oxygen masks on", "depress_start": "Depressurisation begins", "hatch_open": "Hatch open",
    "hatch_closed": "Hatch closed", "repress_start": "Repressurisation begins", "repress_end": "Repressurised",
    "task_start": "Task begins", "task_end": "Task ends", "task_deferred": "Deferred",
    "torch_out": "Torch out of the hatch", "torch_in": "Torch back inside", "torch_handover": "Torch handed over",
    "item_out": "Item out of the hatch", "item_in": "Item back inside", "item_handover": "Item handed over",
    "separation_burn_start": "Separation burn begins", "separation_burn_end": "Separation burn ends",
    "deorbit_burn_start": "Deorbit burn begins", "deorbit_burn_end": "Deorbit burn ends",
    "backup_burn_start": "Thrusters go on braking", "backup_burn_end": "Thrusters stop",
    "main_parachute_failed": "Main parachute fails", "reserve_parachute_open": "Reserve parachute",
    "rescue_arrives": "Rescue team at the capsule",
    "module_separation": "Modules separate", "entry_interface": "Entry interface", "plasma_start": "Plasma begins",
    "plasma_end": "Plasma ends", "guidance_start": "Entry guidance begins", "max_g": "Highest load",
    "max_heating": "Highest heating", "parachute_open": "Parachute command", "drogue_open": "Drogue parachute",
    "main_parachute_open": "Main parachute", "heat_shield_jettison": "Heat shield off",
    "soft_landing_engines": "Soft-landing engines", "hatch_open_on_ground": "Hatch opened on the ground",
    "custody_to_rescue": "Handed to the rescue team", "walk_terminated": "Walk ended early",
    "suit_alarm": "A suit warns", "ballistic_spin": "Ballistic spin",
}
QUIET = frozenset({"phase_end",
                   "task_end", "burn_end", "separation_burn_end", "bank_reversal", "aft_section_jettison"})
"""Events that the terminal's timeline leaves out; events.csv and flight.json have them."""
SMALL_M_S = 0.05


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of the timeline. met_s: seconds after liftoff, None when nothing has lifted off."""

    epoch: Epoch
    met_s: float | None
    title: str
    who: str
    detail: str
    event: Event


def moments(flight: Flight, every: bool = False) -> tuple[Moment, ...]:
    """The timeline in order of time; every includes the quiet events too."""
    told = names(flight)
    liftoff = liftoff_of(flight)
    return tuple(
        Moment(e.epoch, None if liftoff is None else e.epoch - liftoff, title(e), told.get(e.subject, words(e.subject)),
               details(e, told), e)
        for e in flight.events if every or not (e.name in QUIET or _small(e)))


def _small(event: Event) -> bool:
    """A burn that corrects next to nothing."""
    dv_m_s = event.facts.get("dv_m_s")
    return event.name == "burn_start" and isinstance(dv_m_s, (int, float)) and dv_m_s < SMALL_M_S


def names(flight: Flight) -> dict[str, str]:
    """Id to name: ships, people, items, ports, and the station."""
    mission = flight.mission
    out = {"station": str(_part(mission, "station").get("name", "Station"))}
    out |= {k: str(v) for k, v in _part(mission, "station").get("ports", {}).items()}
    for kind in ("ships", "people", "items"):
        out |= {k: str(v.get("name", k)) for k, v in _part(mission, kind).items()}
    return out


def _part(mission: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = mission.get(key)
    return part if isinstance(part, Mapping) else {}


def words(name: str) -> str:
    """An id as words: ``pirs`` gives ``Pirs``, ``torch-handover`` gives ``Torch handover``."""
    spaced = name.replace("_", " ").replace("-", " ")
    return spaced[:1].upper() + spaced[1:]


def title(event: Event) -> str:
    """What happened, in words; a burn or a task by its own name."""
    facts = event.facts
    if event.name in ("task_start", "task_end") and facts.get("title"):
        return f"{facts['title']}{' (end)' if event.name == 'task_end' else ''}"
    if event.name in ("burn_start", "burn_end", "burn_missed", "burn_short", "burn_inhibited"):
        label = str(facts.get("burn") or facts.get("name") or facts.get("slot") or "")
        kind = {"burn_start": "Burn", "burn_end": "End of burn", "burn_missed": "Missed burn",
                "burn_short": "Short burn", "burn_inhibited": "Inhibited burn"}[event.name]
        return f"{kind} {label.replace('_', ' ')}".strip()
    if event.name == "sensors_disagree" and "sigma" in facts:
        return f"{words(str(facts['sensor']))} disagrees by {facts['sigma']:.0f} sigma"
    return TITLES.get(event.name, words(event.name))


# ---------------------------------------------------------------- figures

def place(latitude_deg: float, longitude_deg: float, decimals: int = 2) -> str:
    """``47.32 N 69.46 E``."""
    north, east = "N" if latitude_deg >= 0 else "S", "E" if longitude_deg >= 0 else "W"
    return f"{abs(latitude_deg):.{decimals}f} {north} {abs(longitude_deg):.{decimals}f} {east}"


def where(facts: Mapping[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude of an event in degrees, from whichever unit it keeps."""
    for unit, factor in (("deg", 1.0), ("rad", 180.0 / math.pi)):
        pair = facts.get(f"latitude_{unit}"), facts.get(f"longitude_{unit}")
        if all(isinstance(x, (int, float)) for x in pair):
            return float(pair[0]) * factor, float(pair[1]) * factor  # type: ignore[arg-type]
    return None


FIGURES: Mapping[str, Callable[[float], str]] = {
    "dv_m_s": lambda x: f"{x:.2f} m/s", "duration_s": lambda x: f"{x:.1f} s", "propellant_kg": lambda x: f"{x:.1f} kg",
    "closing_rate_m_s": lambda x: f"closing at {x:z.3f} m/s", "lateral_m": lambda x: f"{100 * x:.1f} cm off",
    "range_m": lambda x: f"range {distance(x)}", "range_to_station_m": lambda x: f"{distance(x)} from the station",
    "range_rate_m_s": lambda x: f"range rate {signed(x, 2)} m/s".replace("-", "\u2212"),
    "altitude_m": lambda x: f"{x / 1000:.1f} km high", "height_m": lambda x: f"{x / 1000:.1f} km high",
    "load_g": lambda x: f"{x:.2f} g", "q_pa": lambda x: f"{x / 1000:.1f} kPa",
    "heat_w_m2": lambda x: f"{x / 1e6:.2f} MW/m2", "outside_s": lambda x: f"{elapsed(x)} outside",
    "touchdown_m_s": lambda x: f"touching down at {x:.1f} m/s",
}
_BURN = ("dv_m_s", "duration_s", "propellant_kg")
_HEIGHT = ("altitude_m", "height_m")
WANTED: Mapping[str, tuple[str, ...]] = {
    "burn_start": _BURN, "separation_burn_start": _BURN, "deorbit_burn_start": (*_BURN, "range_to_station_m"),
    "max_q": ("q_pa", *_HEIGHT), "max_g": ("load_g", *_HEIGHT), "max_heating": ("heat_w_m2", *_HEIGHT),
    "aim_point": ("range_m", "range_rate_m_s"), "flyaround_start": ("range_m",), "flyaround_end": ("range_m",),
    "station_keeping_start": ("range_m",), "final_approach_start": ("range_m",),
    "docking_contact": ("closing_rate_m_s", "lateral_m"), "no_capture": ("closing_rate_m_s", "lateral_m"),
    "hatch_closed": ("outside_s",), "landing": ("touchdown_m_s",),
    **dict.fromkeys(("tower_jettison", "booster_separation", "fairing_jettison", "core_separation", "stage_separation",
                     "module_separation",
                     "entry_interface", "plasma_start", "plasma_end", "parachute_open", "drogue_open",
                     "main_parachute_open", "heat_shield_jettison"), _HEIGHT),
}
"""Which facts a reader wants beside an event, in this order; no others are told."""


def distance(metres: float) -> str:
    """Metres under 10 km, kilometres above."""
    return f"{metres:.0f} m" if abs(metres) < 10_000 else f"{metres / 1000:.1f} km"


def details(event: Event, told: Mapping[str, str]) -> str:
    """The figures and names that a reader wants beside an event; a number and its unit are held by a no-break space."""
    facts, parts = event.facts, _people(event, told)
    if event.name == "task_deferred":
        parts.append(str(facts.get("title") or words(event.subject)))
    if facts.get("port"):
        parts.append(told.get(str(facts["port"]), words(str(facts["port"]))))
    if event.name == "insertion" and "height_min_m" in facts:
        parts.append(_orbit(facts))
    for key in WANTED.get(event.name, ()):
        value = facts.get(key)
        if isinstance(value, (int, float)) and math.isfinite(value):
            parts.append(FIGURES[key](float(value)).replace(" ", NO_BREAK))
    spot = where(facts)
    if spot is not None and event.name in ("landing", "entry_interface", "parachute_open", "module_separation"):
        parts.append(place(*spot, decimals=3 if event.name == "landing" else 1).replace(" ", NO_BREAK))
    return ", ".join(parts)


def _people(event: Event, told: Mapping[str, str]) -> list[str]:
    """Who gives to whom, and who does it, by last names."""
    facts, parts = event.facts, []
    for giver, taker in (("giver", "taker"), ("from", "to")):
        if facts.get(giver) and facts.get(taker):
            parts.append(f"{_short(facts[giver], told)} to {_short(facts[taker], told)}")
    if isinstance(facts.get("who"), (list, tuple)):
        parts.append(" and ".join(_short(person, told) for person in facts["who"]))
    return parts


def _short(value: Any, told: Mapping[str, str]) -> str:
    """A person by the last name, anything else by its name."""
    name = told.get(str(value), words(str(value)))
    return name.split()[-1] if name.split()[-1].lower() == str(value) else name


def _orbit(facts: Mapping[str, Any]) -> str:
    text = f"{facts['height_min_m'] / 1000:.1f} x {facts['height_max_m'] / 1000:.1f} km".replace(" ", NO_BREAK)
    tilt = facts.get("inclination_mean_rad", facts.get("inclination_rad"))
    return text + (f", {math.degrees(tilt):.2f}{NO_BREAK}deg" if isinstance(tilt, (int, float)) else "")
