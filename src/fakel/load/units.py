"""Units at the door: which spellings a file may use for a value that is SI inside."""

from __future__ import annotations

import math

_DEG = math.pi / 180

SPELLINGS: dict[str, dict[str, float]] = {
    "_m_s": {"_m_s": 1.0, "_km_s": 1e3, "_cm_s": 1e-2, "_km_h": 1 / 3.6},
    "_m_day": {"_m_day": 1.0, "_km_day": 1e3},
    "_rad_s2": {"_rad_s2": 1.0, "_deg_s2": _DEG},
    "_rad_s": {"_rad_s": 1.0, "_deg_s": _DEG},
    "_s_rad": {"_s_rad": 1.0, "_min_deg": 60 / _DEG, "_s_deg": 1 / _DEG},
    "_kg_s": {"_kg_s": 1.0, "_kg_h": 1 / 3600, "_g_h": 1e-3 / 3600,
              "_mg_day": 1e-6 / 86_400},
    "_m3_s": {"_m3_s": 1.0, "_m3_h": 1 / 3600, "_l_h": 1e-3 / 3600},
    "_m2": {"_m2": 1.0},
    "_m3": {"_m3": 1.0, "_l": 1e-3},
    "_m": {"_m": 1.0, "_km": 1e3, "_cm": 1e-2, "_mm": 1e-3},
    "_s": {"_s": 1.0, "_min": 60.0, "_h": 3600.0, "_days": 86400.0},
    "_kg": {"_kg": 1.0, "_g": 1e-3, "_t": 1e3},
    "_rad": {"_rad": 1.0, "_deg": _DEG},
    "_pa_rad": {"_pa_rad": 1.0, "_kpa_deg": 1e3 * _DEG},
    "_pa": {"_pa": 1.0, "_kpa": 1e3, "_mmhg": 101325 / 760},
    "_n": {"_n": 1.0, "_kn": 1e3},
    "_j": {"_j": 1.0, "_kj": 1e3},
    "_w": {"_w": 1.0, "_kw": 1e3},
    "_k": {"_k": 1.0},
    "_db_k": {"_db_k": 1.0},
    "_hz": {"_hz": 1.0, "_khz": 1e3, "_mhz": 1e6, "_ghz": 1e9},
    "_bit_s": {"_bit_s": 1.0, "_kbit_s": 1e3, "_mbit_s": 1e6, "_gbit_s": 1e9},
    "_bit": {"_bit": 1.0, "_mbit": 1e6, "_gbit": 1e9, "_mbyte": 8e6, "_gbyte": 8e9},
    "_dbw": {"_dbw": 1.0},
}
"""Suffix of a field to the suffixes that a file may use for it, each with its factor to SI."""


def suffix(name: str) -> str:
    """The unit at the end of a field's name, or an empty string."""
    fitting = [s for s in SPELLINGS if name.endswith(s)]
    return max(fitting, key=len, default="")


def spellings(name: str) -> dict[str, float]:
    """Keys under which a file may give the field, each with its factor to SI.

    >>> spellings("height_m")["height_km"]
    1000.0
    """
    unit = suffix(name)
    if not unit:
        return {name: 1.0}
    stem = name[: -len(unit)]
    return {stem + spelling: factor for spelling, factor in SPELLINGS[unit].items()}


def stem(name: str) -> str:
    """The name without its unit."""
    unit = suffix(name)
    return name[: -len(unit)] if unit else name


def plain_key(key: str) -> str:
    """The field that a key of a file stands for, whatever its unit.

    >>> plain_key("frequency_ghz")
    'frequency_hz'
    """
    fitting = [(spelling, unit) for unit, table in SPELLINGS.items() for spelling in table if key.endswith(spelling)]
    spelling, unit = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
    return key[: len(key) - len(spelling)] + unit
