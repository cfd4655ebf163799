"""Viewers by country or time zone, as people write them: ``RU,US:2,JP``, or a table in a file."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from fakel.load.gazetteer import gazetteer, plain
from fakel.load.places import known_zone
from fakel.model.errors import InputError
from fakel.model.television import Group

EVERYONE = "world"
FORM = "write countries or time zones such as RU,US:2,JP or Europe/Moscow, world, or a FILE.csv"
_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?")
_HEADS = {"who", "weight", "hours"}


def hours_of(text: str, where: str = "--hours") -> tuple[float, float]:
    """``18-23``, ``07:30-09``, ``22-2``: seconds after local midnight. Raises InputError."""
    match = _HOURS.fullmatch(text.strip())
    if not match:
        raise InputError(f"{where} = {text!r} are no hours; write them like 18-23 or 07:30-09:00")
    a, b = (3600.0 * int(match[k]) + 60.0 * int(match[k + 1] or 0) for k in (1, 3))
    if max(a, b) > 86_400.0 or any(int(match[k] or 0) > 59 for k in (2, 4)):
        raise InputError(f"{where} = {text!r} are no hours of a day; write them like 18-23 or 07:30-09:00")
    if a == b:
        raise InputError(f"{where} = {text!r} is no time at all; write 0-24 for the whole day")
    return a, b


def audience_of(text: str, hours: tuple[float, float], where: str = "--audience") -> tuple[Group, ...]:
    """Groups of viewers. ``US:2``: each of them counts twice; a file has columns who, weight, hours.

    Raises InputError with near names for a country or zone that is not known.
    """
    if text.lower().endswith(".csv"):
        found = list(_rows(Path(text), hours))
    else:
        found = []
        for part in filter(None, (p.strip() for p in text.split(","))):
            who, _, weight = part.partition(":")
            found.append(_group(who.strip(), _weight(weight, part, where) if weight else 1.0, hours, where))
    if not found:
        raise InputError(f"{where} = {text!r} names nobody; {FORM}")
    twice = [g.id for k, g in enumerate(found) if g.id in {other.id for other in found[:k]}]
    if twice:
        raise InputError(f"{where}: {twice[0]} is named twice; name it once")
    return tuple(found)


def _rows(path: Path, hours: tuple[float, float]) -> Iterator[Group]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"--audience: {path}: cannot be read ({getattr(error, 'strerror', None) or error}); mend it"
                         ) from None
    for number, row in enumerate(rows, 2):
        here = f"{path}, line {number}"
        extra = [key for key in row if key not in _HEADS]
        if extra or not (row.get("who") or "").strip():
            raise InputError(f"{here}: its columns are who, weight and hours; mend the heading or the line")
        own = hours_of(row["hours"], f"{here}: hours") if (row.get("hours") or "").strip() else hours
        weight = _weight(row["weight"], row["weight"], f"{here}: weight") if (row.get("weight") or "").strip() else 1.0
        yield _group(row["who"].strip(), weight, own, f"{here}: who")


def _weight(text: str, whole: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value < float("inf"):
        raise InputError(f"{where} = {whole!r}: {text!r} is no weight; write a number above zero, such as US:2")
    return value


def _group(who: str, weight: float, hours: tuple[float, float], where: str) -> Group:
    names = gazetteer()
    if plain(who) == EVERYONE:
        return Group(EVERYONE, ("the world", "весь мир"), weight, *hours, _people(None))
    if "/" in who or who == "UTC":
        known_zone(who, where)
        people = tuple(pair for pair in _people(None) if pair[0] == who)
        return Group(who, (who, who), weight, *hours, people or ((who, 1),))
    by = {plain(word): code for code, words in names.countries.items() for word in (code, *words)}
    code = by.get(plain(who))
    if code is None:
        near = difflib.get_close_matches(plain(who), by, 2, 0.7)
        hint = " or ".join(f"{by[key]} ({names.countries[by[key]][0]})" for key in near)
        raise InputError(f"{where} = {who!r} is no country or time zone; "
                         + (f"did you mean {hint}?" if near else FORM))
    people = _people(list(names.countries).index(code))
    if not people:
        raise InputError(f"{where} = {who!r} has no town in the gazetteer; name its time zone")
    return Group(code, (names.countries[code][0], names.countries[code][1]), weight, *hours, people)


def _people(country: int | None) -> tuple[tuple[str, int], ...]:
    """People of the towns of a country (None: of all) by time zone, the largest first."""
    columns = gazetteer().columns
    own = np.ones(len(columns["zone"]), bool) if country is None else columns["country"] == country
    total = np.bincount(columns["zone"][own], weights=columns["population"][own], minlength=len(gazetteer().zones))
    order = [int(i) for i in np.argsort(-total, kind="stable") if total[i] > 0]
    return tuple((gazetteer().zones[i], int(total[i])) for i in order)
