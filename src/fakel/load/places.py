"""A town by its name, and the time zone of a place. What was assumed is told in notes, never silently."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import numpy as np

from fakel.load.gazetteer import Town, gazetteer, plain
from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.sighting import Place

FORM = "write LAT,LON[,ALT_M] in degrees and metres or a town such as Moscow or 'Springfield, US'"
_MOST_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A place and what was assumed to find it (each one line, may be empty)."""

    place: Place
    notes: tuple[str, ...] = ()


def find_place(text: str, where: str = "place") -> Found:
    """A town: ``Moscow``, ``Springfield, Illinois``, ``Winsen, Germany``, ``Гаага``; case and accents do not matter.

    Of several the largest is taken and the note says which. Raises InputError with near names for one not known.
    """
    name, *areas = (part.strip() for part in text.split(","))
    known = gazetteer()
    asked, towns = next(((spelt, found) for spelt in _spellings(name) if (found := known.named(spelt))), (name, []))
    if not towns:
        raise InputError(f"{where} = {text!r} is not known; {_near(name, areas)}")
    other = () if asked == name else (f"{name}: took it for {asked}",)
    for area in filter(None, areas):
        if not known.is_area(area):
            raise InputError(f"{where} = {text!r}: no country or region is called {area!r}; write it like "
                             f"{towns[0].full_name!r}")
        inside = [town for town in towns if known.is_in(town, area)]
        if not inside:
            raise InputError(f"{where} = {text!r}: {name} is not in {area}; there is {_some(towns)}")
        towns = inside
    return Found(towns[0].place(_id(towns[0], known.named(towns[0].name))), (*other, *_choice(asked, towns)))


def _spellings(name: str) -> Iterator[str]:
    """The name, and how else people write it: Wuerzburg, Turin-Torino, Sasebo City, Lake Iseo."""
    if not plain(name):
        return
    yield name
    if re.search("[aou]e", plain(name)):
        yield re.sub("([aou])e", r"\1", plain(name))
    yield from (part for part in re.split("[-/]", name) if len(plain(part)) > 3 and part != name)
    bare = re.sub(r"\b(city|town|lake|island|isle)\b", "", plain(name)).strip()
    if bare and bare != plain(name):
        yield bare
    if " " in plain(name):
        yield plain(name).replace(" ", "")


def _choice(name: str, towns: Sequence[Town]) -> tuple[str, ...]:
    """What was taken, where the name alone does not tell."""
    taken, rivals = towns[0], [town for town in towns[1:] if town.main]
    if rivals:
        return (f"{name}: took {taken.full_name} ({taken.population:,} people); there is also {_some(rivals)}",)
    return () if taken.main else (f"{name}: took {taken.full_name}",)


def _some(towns: Sequence[Town]) -> str:
    names = list(dict.fromkeys(town.full_name for town in towns))
    more = f" and {len(names) - _MOST_OTHERS} more" if len(names) > _MOST_OTHERS else ""
    return "; ".join(names[:_MOST_OTHERS]) + more


def _near(name: str, areas: Sequence[str]) -> str:
    """Towns of like names, those in the area first."""
    key, known = plain(name), gazetteer()
    first = {k for k in known.all_keys() if k[:1] == key[:1] and abs(len(k) - len(key)) < 3} if key else set()
    near = [known.named(k)[0] for k in difflib.get_close_matches(key, first, 12, 0.7)]
    inside = [town for town in near if areas and all(known.is_in(town, area) for area in areas)]
    return f"did you mean {_some((inside or near)[:3])}?" if near else FORM


def _id(town: Town, namesakes: Sequence[Town]) -> str:
    """``paris-fr``, and ``paris-texas-us`` for one that is not the largest of its name in its country."""
    largest = next((t for t in namesakes if t.country == town.country and t.main), town)
    parts = (town.name, town.country) if town == largest else (town.name, town.region, town.country)
    return "-".join(word for part in parts for word in plain(part).split())


def zone_at(latitude_deg: float, longitude_deg: float) -> tuple[str, str]:
    """The time zone of the nearest town, and words that say so."""
    lines, apart_km = gazetteer().nearest(np.array([latitude_deg]), np.array([longitude_deg]))
    town = gazetteer().town(int(lines[0]))
    return town.time_zone, (f"{latitude_deg:g},{longitude_deg:g}: time zone {town.time_zone}, that of the nearest town,"
                            f" {town.full_name}, {apart_km[0]:.0f} km away")


def zones_near(latitude_deg: FloatArray, longitude_deg: FloatArray) -> tuple[list[str], FloatArray]:
    """Time zones of the towns nearest to places (n,), and how far those are in km (n,)."""
    lines, apart_km = gazetteer().nearest(latitude_deg, longitude_deg)
    return [gazetteer().zones[zone] for zone in gazetteer().columns["zone"][lines]], apart_km


def known_zone(name: str, where: str) -> tzinfo:
    """A time zone by its name. Raises InputError with a near one."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = difflib.get_close_matches(name, available_timezones(), 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else "write one like Europe/Moscow"
        raise InputError(f"{where}: time zone {name!r} is not known; {hint}") from None
