"""Words and numbers as the page writes them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

import numpy as np

from fakel.reports.svg import number
from fakel.reports.timeline import TITLES

PHASES: Mapping[str, str] = {
    "ascent": "Launch",
    "phasing": "Phasing",
    "rendezvous": "Rendezvous",
    "docking": "Docking",
    "stay": "Aboard",
    "eva": "Spacewalk",
    "relocation": "To another port",
    "undocking": "Undocking",
    "deorbit": "Deorbit",
    "entry": "Entry",
    "landing": "Landing",
}

UNITS: Mapping[str, tuple[float, str, int]] = {
    "m_s": (1.0, "m/s", 2),
    "km": (1.0, "km", 1),
    "m": (1.0, "m", 0),
    "kg": (1.0, "kg", 1),
    "deg": (1.0, "°", 2),
    "rad": (57.29577951308232, "°", 2),
    "pa": (1e-3, "kPa", 1),
    "s": (1.0, "s", 1),
    "g": (1.0, "g", 2),
    "w": (1.0, "W", 0),
    "n": (1.0, "N", 0),
    "min": (1.0, "min", 1),
    "h": (1.0, "h", 2),
    "share": (100.0, "%", 0),
    "ratio": (1.0, "", 2),
    "deg_s": (1.0, "°/s", 2),
    "rad_s": (57.29577951308232, "°/s", 3),
    "m3": (1.0, "m³", 1),
    "w_m2": (1e-3, "kW/m²", 0),
    "m2": (1.0, "m²", 1),
    "k": (1.0, "K", 0),
}

CRAFT = (("ISS", "МКС"), ("International Space Station", "МКС"), ("Soyuz TMA-", "Союз ТМА-"),
         ("Soyuz MS-", "Союз МС-"), ("Progress MS-", "Прогресс МС-"), ("Progress M-", "Прогресс М-"),
         ("Tiangong", "Тяньгун"))
"""Names of craft that have one of their own in Russian, by how they begin."""


def event(name: str) -> str:
    """An event's name for people."""
    return TITLES.get(name) or name.replace("_", " ").capitalize()


def phase(name: str) -> str:
    return PHASES.get(name) or name.replace("_", " ").capitalize()


def quantity(key: str, value: Any) -> str:
    """A fact such as ``dv_m_s`` = 20.61 as ``20.61 m/s``: the unit is the last part of the key."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    parts = key.split("_")
    for size in (2, 1):
        unit = UNITS.get("_".join(parts[-size:])) if len(parts) > size else None
        if unit is not None:
            factor, text, digits = unit
            if text == "m" and abs(value) >= 10_000:
                factor, text, digits = 1e-3, "km", 1
            if text == "s" and abs(value) >= 600:
                return duration(value)
            shown = number(value * factor, digits)
            return f"{shown}{text}" if text == "°" else f"{shown} {text}".strip()
    return number(value, 0 if float(value).is_integer() else 2)


def duration(seconds: float) -> str:
    """``6 h 11 min``, ``4 min 43 s``, ``12.5 s``, ``2 d 10 h``."""
    if not np.isfinite(seconds):
        return "–"
    sign, s = ("\u2212" if seconds <= -0.05 else ""), abs(seconds)
    if s < 59.95:
        return f"{sign}{s:.1f} s"
    if s < 3600:
        minutes, rest = divmod(round(s), 60)
        return f"{sign}{minutes} min {rest:02d} s" if rest else f"{sign}{minutes} min"
    hours, minutes = divmod(round(s / 60), 60)
    if hours < 48:
        return f"{sign}{hours} h {minutes:02d} min"
    return f"{sign}{hours // 24} d {hours % 24} h"


def met(seconds: float) -> str:
    """Mission elapsed time as ``d/hh:mm:ss``."""
    sign, s = ("\u2212" if seconds < -0.5 else ""), round(abs(seconds))
    return f"{sign}{s // 86400}/{s // 3600 % 24:02d}:{s // 60 % 60:02d}:{s % 60:02d}"


def place(latitude_deg: float, longitude_deg: float, digits: int = 2) -> str:
    """``47.33° N 69.55° E``."""
    north, east = ("N" if latitude_deg >= 0 else "S"), ("E" if longitude_deg >= 0 else "W")
    return f"{abs(latitude_deg):.{digits}f}° {north} {abs(longitude_deg):.{digits}f}° {east}"


def listing(words: list[str]) -> str:
    """``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def decimal(value: float, language: str, digits: int = 1) -> str:
    """With a true minus and, in Russian, a comma; a dash for what is not known."""
    if not isfinite(value):
        return "–"
    text = f"{abs(value):.{digits}f}"
    sign = "−" if value < 0 and float(text) else ""
    return sign + (text.replace(".", ",") if language == "ru" else text)


def craft(name: str, language: str) -> str:
    """A craft's name; in Russian those that have one of their own: МКС, Союз ТМА-11М."""
    if language == "en":
        return name
    for latin, russian in CRAFT:
        if name.startswith(latin):
            rest = name[len(latin):]
            return russian + (rest[:-1] + "М" if rest.endswith("M") else rest)
    return name
