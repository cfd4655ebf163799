"""Units as flight channels and rules write them: what is alike may be compared, and how many of one make the other."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.errors import InputError

_BASE: Mapping[str, tuple[float, Mapping[str, int]]] = {
    "m": (1.0, {"m": 1}), "km": (1e3, {"m": 1}), "cm": (1e-2, {"m": 1}), "mm": (1e-3, {"m": 1}),
    "s": (1.0, {"s": 1}), "min": (60.0, {"s": 1}), "h": (3600.0, {"s": 1}), "days": (86400.0, {"s": 1}),
    "day": (86400.0, {"s": 1}), "ms": (1e-3, {"s": 1}),
    "kg": (1.0, {"kg": 1}), "t": (1e3, {"kg": 1}), "mg": (1e-6, {"kg": 1}),
    "l": (1e-3, {"m": 3}), "L": (1e-3, {"m": 3}), "K": (1.0, {"K": 1}), "mol": (1.0, {"mol": 1}),
    "rad": (1.0, {"rad": 1}), "deg": (math.pi / 180, {"rad": 1}),
    "g": (9.80665, {"m": 1, "s": -2}),                       # a load; files write kg or mg for mass
    "N": (1.0, {"kg": 1, "m": 1, "s": -2}), "kN": (1e3, {"kg": 1, "m": 1, "s": -2}),
    "Pa": (1.0, {"kg": 1, "m": -1, "s": -2}), "hPa": (1e2, {"kg": 1, "m": -1, "s": -2}),
    "kPa": (1e3, {"kg": 1, "m": -1, "s": -2}), "bar": (1e5, {"kg": 1, "m": -1, "s": -2}),
    "mmHg": (101325 / 760, {"kg": 1, "m": -1, "s": -2}), "psia": (6894.757293168, {"kg": 1, "m": -1, "s": -2}),
    "J": (1.0, {"kg": 1, "m": 2, "s": -2}), "kJ": (1e3, {"kg": 1, "m": 2, "s": -2}),
    "MJ": (1e6, {"kg": 1, "m": 2, "s": -2}), "kcal": (4186.8, {"kg": 1, "m": 2, "s": -2}),
    "W": (1.0, {"kg": 1, "m": 2, "s": -3}), "kW": (1e3, {"kg": 1, "m": 2, "s": -3}),
    "Hz": (1.0, {"s": -1}), "%": (1e-2, {}), "ppm": (1e-6, {}), "1": (1.0, {}),
}
"""Factor to SI and powers of the bases (kcal: of the International Table)."""

_PART = re.compile(r"([A-Za-z%1]+?)(-?\d*)")
_ENDINGS = {"m_s": "m/s", "km_s": "km/s", "km_h": "km/h", "rad_s": "rad/s", "deg_s": "deg/s", "kg_s": "kg/s",
            "kg_h": "kg/h", "w_m2": "W/m2", "j_m2": "J/m2", "kg_m3": "kg/m3", "m2": "m2", "m3": "m3", "pa": "Pa",
            "kpa": "kPa", "mmhg": "mmHg", "w": "W", "kw": "kW", "j": "J", "k": "K", "ppm": "ppm", "1_m": "1/m",
            **{name: name for name in ("m", "km", "cm", "s", "min", "h", "kg", "rad", "deg", "g", "days")}}


@dataclass(frozen=True, slots=True)
class Unit:
    """How a unit is written, how much of SI one is, and its powers; a word that is no unit (seats) counts things."""

    text: str
    factor: float
    powers: tuple[tuple[str, int], ...]

    @property
    def counts(self) -> bool:
        """Plain numbers and things that are counted."""
        return not self.powers and self.factor == 1.0

    def like(self, other: Unit) -> bool:
        return self.powers == other.powers

    def into(self, other: Unit, value: float, what: str) -> float:
        """A value in this unit as a value in another. Raises InputError when they measure different things."""
        if not self.like(other):
            raise InputError(f"{what} is in {other.text or 'plain numbers'}, and {value:g} {self.text} is something "
                             "else; give a unit of the same kind")
        return value * self.factor / other.factor

    def times(self, other: Unit, sign: int = 1) -> Unit:
        powers = dict(self.powers)
        for base, power in other.powers:
            powers[base] = powers.get(base, 0) + sign * power
        text = self.text if not other.text else f"{self.text or '1'}{'*' if sign > 0 else '/'}{other.text}"
        return Unit(text, self.factor * other.factor**sign, tuple(sorted((b, p) for b, p in powers.items() if p)))


def unit(text: str) -> Unit:
    """The unit that is written so.

    >>> unit("kPa").into(unit("Pa"), 40.0, "pressure")
    40000.0
    """
    if text.strip() in ("", "0 or 1"):
        return Unit("", 1.0, ())
    factor, powers = 1.0, dict[str, int]()
    for i, part in enumerate(text.split("/")):
        sign = -1 if i else 1
        for word in part.replace("*", " ").split():
            match = _PART.fullmatch(word)
            if match is None or match[1] not in _BASE:
                return Unit(text, 1.0, ())                       # something that is counted
            power = sign * int(match[2] or 1)
            one, bases = _BASE[match[1]]
            factor *= one**power
            for base, n in bases.items():
                powers[base] = powers.get(base, 0) + n * power
    return Unit(text, factor, tuple(sorted((b, p) for b, p in powers.items() if p)))


def unit_of_name(name: str) -> Unit | None:
    """The unit at the end of a name such as ``oxygen_kg``; None where it has none."""
    words = name.split(".")[-1].split("_")
    for n in (2, 1):
        ending = "_".join(words[-n:]) if len(words) > n else ""
        if ending in _ENDINGS:
            return unit(_ENDINGS[ending])
    return None
