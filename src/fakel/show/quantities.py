"""Numbers with their units, in English and Russian. The unit is the last part of a fact's name."""

from __future__ import annotations

import math
from collections.abc import Mapping

Text = dict[str, str]

UNITS: Mapping[str, tuple[float, str, int]] = {
    "m_s": (1.0, "m/s", 2), "km": (1.0, "km", 1), "m": (1.0, "m", 0), "kg": (1.0, "kg", 1), "deg": (1.0, "°", 2),
    "rad": (math.degrees(1.0), "°", 2), "pa": (1e-3, "kPa", 1), "s": (1.0, "s", 1), "g": (1.0, "g", 2),
    "w": (1.0, "W", 0), "w_m2": (1e-6, "MW/m²", 2), "share": (100.0, "%", 0),
}
BIG_M, FAST_M_S, LONG_S = 10_000.0, 1_000.0, 600.0
NO_BREAK = "\N{NO-BREAK SPACE}"


def number(value: float, digits: int) -> Text:
    """With a true minus; a comma in Russian."""
    text = f"{abs(value):.{digits}f}"
    text = ("\N{MINUS SIGN}" if value < 0 and float(text) else "") + text
    return {"en": text, "ru": text.replace(".", ",")}


def quantity(key: str, value: float, units: Mapping[str, str]) -> Text | None:
    """A fact such as ``dv_m_s`` = 20.61 as ``20.61 m/s`` and ``20,61 м/с``; None when its name ends in no unit.

    units: what English units are in Russian.
    """
    parts = key.split("_")
    found = next((UNITS[u] for u in ("_".join(parts[-2:]), parts[-1]) if u in UNITS), None)
    if found is None or not math.isfinite(value):
        return None
    factor, unit, digits = found
    if unit == "s" and abs(value) >= LONG_S:
        return duration(value, units)
    if unit == "m" and abs(value) >= BIG_M:
        factor, unit, digits = 1e-3, "km", 1
    if unit == "m/s" and abs(value) >= FAST_M_S:
        factor, unit, digits = 1e-3, "km/s", 2
    shown = number(value * factor, digits)
    space = "" if unit == "°" else NO_BREAK
    return {"en": f"{shown['en']}{space}{unit}", "ru": f"{shown['ru']}{space}{units.get(unit, unit)}"}


def duration(seconds: float, units: Mapping[str, str]) -> Text:
    """``5 h 33 min`` and ``5 ч 33 мин``."""
    hours, minutes = divmod(round(seconds / 60.0), 60)
    parts = ([(hours, "h")] if hours else []) + ([(minutes, "min")] if minutes or not hours else [])
    return {"en": " ".join(f"{n}{NO_BREAK}{unit}" for n, unit in parts),
            "ru": " ".join(f"{n}{NO_BREAK}{units.get(unit, unit)}" for n, unit in parts)}


def place(latitude_deg: float, longitude_deg: float) -> Text:
    """``47.37° N 69.62° E`` and ``47,37° с. ш. 69,62° в. д.``."""
    north, east = latitude_deg >= 0.0, longitude_deg >= 0.0
    lat, lon = number(abs(latitude_deg), 2), number(abs(longitude_deg), 2)
    n, e = NO_BREAK, NO_BREAK
    return {"en": f"{lat['en']}°{n}{'N' if north else 'S'} {lon['en']}°{e}{'E' if east else 'W'}",
            "ru": f"{lat['ru']}°{n}{'с.' if north else 'ю.'}{n}ш. {lon['ru']}°{e}{'в.' if east else 'з.'}{e}д."}
