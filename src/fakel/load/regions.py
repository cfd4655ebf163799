"""Named seas, lands and countries (data/map), and circles around towns, by what people call them."""

from __future__ import annotations

import difflib
import json
from functools import cache

import numpy as np

from fakel.load.gazetteer import gazetteer, plain
from fakel.load.library import shipped
from fakel.load.places import find_place
from fakel.model.errors import InputError
from fakel.model.region import ANYWHERE, CIRCLE, CONTINENT, COUNTRY, LAND, WATER, Below, Region

WIDEST_KM = 10_000.0
OTHERS = f"{', '.join(ANYWHERE)}, a country such as KZ, TOWN:KM"


@cache
def regions() -> tuple[Region, ...]:
    """All that ship: seas, continents, lands, countries."""
    names = gazetteer().countries
    out = []
    for entry in _file()["regions"]:
        code = entry["id"]
        told = names.get(code, (code, code)) if entry["kind"] == COUNTRY else (entry["en"], entry["ru"])
        rings = tuple(np.radians(np.array(ring, float).reshape(-1, 2)) for ring in entry["rings"])
        out.append(Region(code, entry["kind"], (told[0], told[1]), rings, entry.get("of", "")))
    return tuple(out)


@cache
def coasts() -> Region:
    """All land."""
    text = json.loads(shipped("map", "land_110m.json").read_text(encoding="utf-8"))
    return Region("land", LAND, ("land", "суша"),
                  tuple(np.radians(np.array(ring, float).reshape(-1, 2)) for ring in text["rings"]))


@cache
def _file() -> dict:
    return json.loads(shipped("map", "regions.json").read_text(encoding="utf-8"))


def group_names() -> dict[str, tuple[str, str]]:
    """``atlantic`` and its like, which gather seas: English and Russian."""
    return {name: (told[0], told[1]) for name, told in _file()["groups"].items()}


def below_of(text: str, where: str = "--over") -> Below:
    """``atlantic``, ``land``, ``RU,Kazakhstan``, ``Sochi:800`` (within so many km): any of them may lie below.

    Raises InputError that lists what there is, with near names.
    """
    found, anywhere = [], []
    for word in filter(None, (part.strip() for part in text.split(","))):
        if plain(word) in ("land", "ocean", "day", "night", "water", "sea"):
            anywhere.append({"water": "ocean", "sea": "ocean"}.get(plain(word), plain(word)))
        elif ":" in word:
            found.append(_circle(word, where))
        else:
            found += _named(word, where)
    if not found and not anywhere:
        raise InputError(f"{where} = {text!r} names nothing; {_choices()}")
    return Below(text.strip(), tuple(found), tuple(dict.fromkeys(anywhere)))


def _circle(word: str, where: str) -> Region:
    name, _, far = word.rpartition(":")
    try:
        radius_km = float(far)
    except ValueError:
        radius_km = 0.0
    if not 0.0 < radius_km <= WIDEST_KM:
        raise InputError(f"{where} = {word!r}: {far!r} is no radius; write TOWN:KM such as Sochi:800")
    place = find_place(name, where).place
    names = f"{place.name('en')} ({radius_km:g} km)", f"{place.name('ru')} ({radius_km:g} км)"
    return Region(place.id, CIRCLE, names, centre_rad=(place.longitude_rad, place.latitude_rad),
                  radius_m=radius_km * 1e3)


def _named(word: str, where: str) -> list[Region]:
    key = plain(word)
    by = _keys()
    if key in by:
        return list(by[key])
    near = difflib.get_close_matches(key, by, 3, 0.7)
    told = dict.fromkeys(by[name][0].names[0] if len(by[name]) == 1 else name for name in near)
    if near:
        raise InputError(f"{where} = {word!r} is not a region; did you mean {' or '.join(told)}? write that, {OTHERS}")
    if gazetteer().named(word):
        raise InputError(f"{where} = {word!r} is a town; say how far around it in km, such as {word}:800")
    raise InputError(f"{where} = {word!r} is not a region; {_choices()}")


@cache
def _keys() -> dict[str, tuple[Region, ...]]:
    """Regions by all their names: id, English, Russian; for countries their other names too."""
    out: dict[str, tuple[Region, ...]] = {}
    for region in reversed(regions()):
        words = [region.id.replace("-", " "), *region.names]
        words += gazetteer().countries.get(region.id, ()) if region.kind == COUNTRY else ()
        out |= {plain(word): (region,) for word in words}
    for name, told in group_names().items():
        members = tuple(region for region in regions() if region.of == name)
        out |= {plain(word): members for word in (name, *told)}
    return out


def _choices() -> str:
    ids = [r.id for r in regions() if r.kind in (WATER, LAND, CONTINENT)]
    return (f"write {OTHERS}, or one of: "
            f"{', '.join([*group_names(), *ids])}")
