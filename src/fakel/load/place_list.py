"""Places as people give them: latitude and longitude, names, or a table of them."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable
from pathlib import Path

from fakel.model.errors import InputError
from fakel.model.sighting import Place

Named = Callable[[str, str], Place]
"""Finds a place by its name; the second text says where the name was given. Raises InputError."""
_NUMBERS = re.compile(r"\s*[-+]?\d+(\.\d*)?\s*,\s*[-+]?\d+(\.\d*)?\s*(,\s*[-+]?\d+(\.\d*)?\s*)?")
_KEYS = {"latitude": "latitude", "latitude_deg": "latitude", "lat": "latitude", "longitude": "longitude",
         "longitude_deg": "longitude", "lon": "longitude", "lng": "longitude", "height_m": "height",
         "altitude": "height", "altitude_m": "height", "alt_m": "height", "height": "height",
         "name": "name", "place": "name", "city": "name",
         "time_zone": "zone", "timezone": "zone", "tz": "zone", "country": "country", "id": "id"}
HIGHEST_M = 30_000.0


def place_of(text: str, where: str, named: Named) -> Place:
    """``LAT,LON[,ALT_M]`` in degrees north and east, or a name. InputError in one line."""
    if not _NUMBERS.fullmatch(text):
        return named(text.strip(), where)
    numbers = [float(part) for part in text.split(",")]
    return made(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 0.0, "", where)


def made(latitude_deg: float, longitude_deg: float, height_m: float, name: str, where: str, *, zone: str = "UTC",
         country: str = "", id: str = "") -> Place:
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
    told = name or f"{latitude_deg:.4f},{longitude_deg:.4f}"
    return Place(id or told, (("en", told),), country, math.radians(latitude_deg), math.radians(longitude_deg),
                 height_m, zone or "UTC")


def read_places(file: Path, where: str, named: Named) -> tuple[Place, ...]:
    """A table with a heading: ``latitude, longitude`` and what there is of ``name, height_m, time_zone, country``, or
    names alone, which are looked up. InputError with the number of the line."""
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
    places = []
    for row in rows:
        if any(cell.strip() for cell in row):
            places.append(_row(dict(zip(heading, (cell.strip() for cell in row))), f"{where}: line {rows.line_num}",
                               named))
    if not places:
        raise InputError(f"{where} holds no places; put one on each line")
    return tuple(places)


def _row(row: dict[str, str], where: str, named: Named) -> Place:
    if not row.get("latitude") and not row.get("longitude") and row.get("name"):
        return named(row["name"], where)
    numbers = {}
    for key in ("latitude", "longitude", "height"):
        cell = row.get(key, "") or ("0" if key == "height" else "")
        try:
            numbers[key] = float(cell)
        except ValueError:
            raise InputError(f"{where}: {key} = {cell!r} is not a number; mend the line or take it out") from None
    return made(numbers["latitude"], numbers["longitude"], numbers["height"], row.get("name", ""), where,
                zone=row.get("zone", ""), country=row.get("country", ""), id=row.get("id", ""))
