"""Landing zones as people give them: ids of the shipped ones, ``all``, coordinates, tables, files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fakel.load.library import Library
from fakel.load.place_list import made, read_places
from fakel.model.errors import InputError
from fakel.model.place import Site
from fakel.model.sighting import Place

KINDS = ("landing zone", "splashdown")
WRITE = "write an id, 'all', LAT,LON[,HEIGHT_M], or a FILE.csv or FILE.toml"


def shipped_zones() -> tuple[Site, ...]:
    """Every zone that ships, in order of its id."""
    library = Library()
    sites = (library.load(Site, path) for path in library.paths(Site).values())
    return tuple(site for site in sites if site.kind in KINDS)


def zones_of(given: Sequence[str], where: str = "--zone") -> tuple[Site, ...]:
    """Zones of many words, each once. InputError in one line."""
    out: dict[str, Site] = {}
    for text in given:
        for zone in _zones(text.strip(), where):
            if zone.id in out and zone != out[zone.id]:
                raise InputError(f"{where}: two zones are called {zone.id!r}; tell them apart in a column id")
            out[zone.id] = zone
    if not out:
        raise InputError(f"{where}: no zone is given; {WRITE}")
    return tuple(out.values())


def _zones(text: str, where: str) -> tuple[Site, ...]:
    shipped = shipped_zones()
    if text == "all":
        return shipped
    if text.endswith(".toml"):
        return (_landing(Library().load(Site, Path(text)), where),)
    if text.endswith(".csv"):
        return tuple(_zone(place, f"of {Path(text).name}") for place in read_places(Path(text), where)[0])
    if "," in text:
        return (_zone(_numbers(text, where), "given as coordinates"),)
    known = {zone.id: zone for zone in shipped}
    if text in known:
        return (known[text],)
    if text in Library().paths(Site):
        raise InputError(f"{where} = {text!r} is a pad; zones to land in are: {', '.join(known)}")
    raise InputError(f"{where} = {text!r} is not known; zones are: {', '.join(known)}; or {WRITE}")


def _landing(site: Site, where: str) -> Site:
    if site.kind not in KINDS:
        raise InputError(f"{where}: {site.id} is a {site.kind}; a zone has kind = \"{KINDS[0]}\" or \"{KINDS[1]}\"")
    return site


def _numbers(text: str, where: str) -> Place:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if not 2 <= len(numbers) <= 3:
        raise InputError(f"{where} = {text!r} is not two or three numbers; {WRITE}")
    return made(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 0.0, "", f"{where} = {text!r}", zone="")


def _zone(place: Place, source: str) -> Site:
    return Site(place.id, KINDS[0], place.name(), place.latitude_rad, place.longitude_rad, place.height_m,
                "as given", f"your own zone, {source}", time_zone=place.time_zone or None)
