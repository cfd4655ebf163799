"""Suits by name, with numbers of the user's own, and the efforts they are worn at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from fakel.load.library import Library
from fakel.load.reader import read
from fakel.load.units import spellings
from fakel.model.errors import InputError, require_known
from fakel.model.outfit import Activities, Activity, LifeSupport, Suit

MAY_BE_LOST = ("sun_w", "shadow_w")
"""Heat through the insulation: negative where it goes out."""


def suit_of(name: str, settings: Sequence[str] = (), option: str = "--set") -> Suit:
    """A suit by its id or file; settings such as ``leak_g_h=10`` replace its numbers. option: where they were given.

    Raises InputError for an unknown suit or number.
    """
    suit: Suit = record_of(Suit, name, "suit")
    for text in settings:
        suit = with_number(suit, text, option)
    return suit


def suit_from(data: Any, where: str) -> Suit:
    """A suit as a flight's mission tells it (plain data, SI; what is not known is null)."""
    told = {key: value for key, value in data.items() if value is not None}
    suit: Suit = read(Suit, told, where)
    return suit


def record_of(kind: type, name: str, what: str) -> Any:
    """A protocol, an airlock or another record by its id or file."""
    path = Path(name)
    library = Library(path.parent if path.suffix == ".toml" else None)
    return library.load(kind, path) if path.suffix == ".toml" else library.find(kind, name, what)


def activity_of(name: str) -> Activity:
    """An effort by its name. Raises InputError that lists those there are."""
    table: Activities = Library(None).load(Activities, Library(None).paths(Activities)["walk"])
    require_known("--activity", name, table.activities)
    return table.activities[name]


def with_number(suit: Suit, text: str, option: str = "--set") -> Suit:
    """The suit with one of its numbers replaced, such as ``leak_g_h=10``. Raises InputError for one that is unknown or
    cannot be."""
    key, _, value = text.partition("=")
    found = [(owner, f.name, spellings(f.name)[key]) for owner in (Suit, LifeSupport) for f in fields(owner)
             if key in spellings(f.name)]
    try:
        number = float(value)
    except ValueError:
        raise InputError(f"{option} {text}: {value!r} is not a number; write NAME=VALUE such as leak_g_h=10") from None
    if not found or not isinstance(getattr(LifeSupport(), found[0][1], getattr(suit, found[0][1], None)),
                                   (float, type(None))):
        names = ", ".join(f.name for f in fields(LifeSupport))
        raise InputError(f"{option} {text}: {key} is no number of a suit; write one of: {names}, or one of its file")
    owner, name, factor = found[0]
    least = "a number" if name in MAY_BE_LOST else "0 or more"
    if not math.isfinite(number) or (number < 0.0 and name not in MAY_BE_LOST):
        raise InputError(f"{option} {text}: {value} cannot be; write {least}")
    why = {**suit.why, name: ("medium", f"given with {option}")}
    if owner is Suit:
        return replace(suit, why=why, **{name: number * factor})
    return replace(suit, why=why, life_support=replace(suit.life_support, **{name: number * factor}))
