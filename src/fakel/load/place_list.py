"""Places as people give them: latitude and longitude, names, or a table of them."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from fakel.load.places import FORM, Found, find_place, known_zone, zone_at, zones_near
from fakel.model.errors import InputError
from fakel.model.sighting import Place

_NUMBERS = re.compile(r"\s*[-+]?\d+(\.\d*)?\s*,\s*[-+]?\d+(\.\d*)?\s*(,\s*[-+]?\d+(\.\d*)?\s*)?")
_KEYS = {**dict.fromkeys(("latitude", "latitude_deg", "lat", "lat_deg"), "latitude"),
         **dict.fromkeys(("longitude", "longitude_deg", "lon", "lon_deg", "lng", "long"), "longitude"),
         **dict.fromkeys(("height_m", "height", "altitude", "altitude_m", "alt", "alt_m", "elevation", "elevation_m"),
                         "height"),
         **dict.fromkeys(("name", "place", "city", "town"), "name"),
         "time_zone": "zone", "timezone": "zone", "tz": "zone", "country": "country", "name_ru": "russian", "id": "id"}
HIGHEST_M = 30_000.0
TOLD_EACH = 5


def place_of(text: str, where: str) -> Found:
    """``LAT,LON[,ALT_M]`` in degrees north and east, with the time zone of the nearest town, or a town's name.

    Raises InputError in one line.
    """
    if not _NUMBERS.fullmatch(text):
        if re.match(r"\s*[-+]?\d+(\.\d*)?\s*,", text):
            raise InputError(f"{where} = {text!r} is not two or three numbers; {FORM}")
        return find_place(text.strip(), where)
    place = _of_numbers(text, where)
    zone, note = zone_at(math.degrees(place.latitude_rad), math.degrees(place.longitude_rad))
    return Found(replace(place, time_zone=zone), (note,))


def _of_numbers(text: str, where: str) -> Place:
    """A place without a time zone."""
    numbers = [float(part) for part in text.split(",")]
    return made(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 0.0, "", where, zone="")


def places_of(given: Sequence[str | Place], where: str) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Places of many words, and what was assumed; the time zones of coordinates are looked up together, and told in one
    line where they are many."""
    if sum(isinstance(one, str) for one in given) <= TOLD_EACH:
        found = [Found(one) if isinstance(one, Place) else place_of(one, where) for one in given]
        return tuple(one.place for one in found), tuple(note for one in found for note in one.notes)
    found = [Found(one) if isinstance(one, Place) else
             Found(_of_numbers(one, where)) if _NUMBERS.fullmatch(one) else place_of(one, where) for one in given]
    places, note = _with_zones([one.place for one in found], where)
    return places, (*(note for one in found for note in one.notes), *note)


def made(latitude_deg: float, longitude_deg: float, height_m: float, name: str, where: str, *, zone: str = "UTC",
         country: str = "", id: str = "", russian: str = "") -> Place:
    """A place of numbers. InputError for what is not on the Earth."""
    if not -90.0 <= latitude_deg <= 90.0:
        swapped = abs(longitude_deg) <= 90.0 and abs(latitude_deg) <= 180.0
        hint = "are latitude and longitude in order?" if swapped else "write LAT,LON[,ALT_M] in degrees and metres"
        raise InputError(f"{where}: latitude {latitude_deg:g}; it must be -90 to 90 ({hint})")
    if not -180.0 <= longitude_deg <= 360.0:
        raise InputError(f"{where}: longitude {longitude_deg:g}; it must be -180 to 180 or 0 to 360, east of "
                         "Greenwich")
    if not -500.0 <= height_m <= HIGHEST_M:
        raise InputError(f"{where}: height {height_m:g} m; it must be -500 to {HIGHEST_M:g} m")
    names = tuple((language, text) for language, text in (("en", name or id), ("ru", russian)) if text)
    return Place(id or name or f"{latitude_deg:.4f},{longitude_deg:.4f}",
                 names or _coordinates(latitude_deg, longitude_deg), country, math.radians(latitude_deg),
                 math.radians(longitude_deg), height_m, zone)


def _coordinates(latitude_deg: float, longitude_deg: float) -> tuple[tuple[str, str], ...]:
    """A name for a place without one."""
    longitude_deg = (longitude_deg + 180.0) % 360.0 - 180.0
    a, b = f"{abs(latitude_deg):.2f}°", f"{abs(longitude_deg):.2f}°"
    south, west = bool(latitude_deg < 0), bool(longitude_deg < 0)
    return (("en", f"{a} {'NS'[south]}, {b} {'EW'[west]}"),
            ("ru", f"{a.replace('.', ',')} {'сю'[south]}. ш., {b.replace('.', ',')} {'вз'[west]}. д."))


def read_places(file: Path, where: str) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """A table with a heading, and what was assumed.

    Columns: ``latitude, longitude`` and what there is of ``name, name_ru, height_m, time_zone, country, id``, or names
    alone, which are looked up. A place without a zone has that of the nearest town. InputError with the line's number.
    """
    where = f"{where}: {file}"
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where} cannot be read ({error.__class__.__name__}); give a CSV file of places") from error
    lines = text.splitlines()
    rows = csv.reader(lines, delimiter=";" if lines and lines[0].count(";") > lines[0].count(",") else ",")
    heading = [_KEYS.get(cell.strip().lower(), "") for cell in next(rows, [])]
    if "name" not in heading and not {"latitude", "longitude"} <= set(heading):
        raise InputError(f"{where}: line 1 must name the columns: name, or latitude, longitude and what there is of "
                         "name, height_m, time_zone")
    found: list[Found] = []
    first: dict[str, int] = {}
    for row in rows:
        if any(cell.strip() for cell in row):
            here = f"{where}: line {rows.line_num}"
            if len(row) != len(heading):
                raise InputError(f"{here} has {len(row)} cells, the heading has {len(heading)}; mend the line")
            one = _row(dict(zip(heading, (cell.strip() for cell in row))), here)
            if (line := first.setdefault(one.place.id, rows.line_num)) != rows.line_num:
                raise InputError(f"{here}: {one.place.id!r} is in line {line} too; tell them apart in a column id")
            found.append(one)
    if not found:
        raise InputError(f"{where} holds no places; put one on each line")
    places, note = _with_zones([one.place for one in found], where)
    return places, (*(note for one in found for note in one.notes), *note)


def _row(row: dict[str, str], where: str) -> Found:
    zone = row.get("zone", "")
    if zone:
        known_zone(zone, where)
    if not row.get("latitude") and not row.get("longitude") and row.get("name"):
        found = find_place(", ".join(filter(None, (row["name"], row.get("country")))), where)
        place = replace(found.place, id=row.get("id") or found.place.id, time_zone=zone or found.place.time_zone)
        return Found(place, tuple(f"{where}: {note}" for note in found.notes))
    numbers = {}
    for key in ("latitude", "longitude", "height"):
        cell = row.get(key, "") or ("0" if key == "height" else "")
        try:
            numbers[key] = float(cell)
        except ValueError:
            raise InputError(f"{where}: {key} = {cell!r} is not a number; mend the line or take it out") from None
    return Found(made(numbers["latitude"], numbers["longitude"], numbers["height"], row.get("name", ""), where,
                      zone=zone, country=row.get("country", ""), id=row.get("id", ""), russian=row.get("russian", "")))


def _with_zones(places: Sequence[Place], where: str) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Places that all have a time zone, and words for those that had none."""
    blank = [k for k, place in enumerate(places) if not place.time_zone]
    if not blank:
        return tuple(places), ()
    zones, apart_km = zones_near(*np.degrees([(places[k].latitude_rad, places[k].longitude_rad) for k in blank]).T)
    told = list(places)
    for k, zone in zip(blank, zones, strict=True):
        told[k] = replace(places[k], time_zone=zone)
    far = int(np.argmax(apart_km))
    return tuple(told), (f"{where}: time zones of {len(blank)} of {len(places)} places are those of the nearest towns, "
                         f"at most {apart_km[far]:.0f} km away ({places[blank[far]].id})",)
