"""Where somebody looks up from: a town by name, coordinates as text, or a table of places. Zones are never guessed
silently: what was assumed is told in notes."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import numpy as np

from fakel.load.gazetteer import Town, gazetteer, plain
from fakel.model.errors import InputError
from fakel.model.sighting import Place

FORM = "write LATITUDE,LONGITUDE[,HEIGHT_M] in degrees or a town such as Moscow or 'Springfield, US'"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "place", "city", "town"),
    "latitude_deg": ("latitude_deg", "latitude", "lat", "lat_deg"),
    "longitude_deg": ("longitude_deg", "longitude", "lon", "lng", "lon_deg"),
    "height_m": ("height_m", "height", "altitude_m", "alt_m", "elevation_m"),
    "time_zone": ("time_zone", "timezone", "tz"),
    "country": ("country", "country_code"),
    "name_ru": ("name_ru",),
    "id": ("id",),
}
"""What a table of places may tell and how its head may call it."""
_COORDINATES = re.compile(r"\s*[+-]?[\d.]+(e[+-]?\d+)?\s*[,;]")
_MOST_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A place and what was assumed to find it (each one line, may be empty)."""

    place: Place
    notes: tuple[str, ...] = ()


def read_place(text: str) -> Found:
    """``55.75,37.62``, ``55.75,37.62,150`` or a town's name. Raises InputError."""
    return place_at(text) if _COORDINATES.match(text) else find_place(text)


def find_place(text: str) -> Found:
    """A town: ``Moscow``, ``Springfield, Illinois``, ``Winsen, Germany``, ``Гаага``; case and accents do not matter.

    Of several the largest is taken and the note says which. Raises InputError with near names for one not known.
    """
    name, *areas = (part.strip() for part in text.split(","))
    known = gazetteer()
    towns = known.named(name) if plain(name) else []
    if not towns:
        raise InputError(f"place = {text!r} is not known; {_near(name)}")
    for area in filter(None, areas):
        if not known.is_area(area):
            raise InputError(f"place = {text!r}: no country or region is called {area!r}; write it like "
                             f"{towns[0].full_name!r}")
        inside = [town for town in towns if known.is_in(town, area)]
        if not inside:
            raise InputError(f"place = {text!r}: {name} is not in {area}; there is {_some(towns)}")
        towns = inside
    return Found(towns[0].place(_id(towns[0], known.named(towns[0].name))), _choice(name, towns))


def _choice(name: str, towns: Sequence[Town]) -> tuple[str, ...]:
    rivals = [town for town in towns if town.main]
    if len(towns) < 2 or (not towns[0].main and not rivals) or (towns[0].main and len(rivals) < 2):
        return ()
    return (f"{name}: took {towns[0].full_name} ({towns[0].population} people); there is also "
            f"{_some([town for town in rivals if town is not towns[0]])}",)


def _some(towns: Sequence[Town]) -> str:
    names = list(dict.fromkeys(town.full_name for town in towns))
    more = f" and {len(names) - _MOST_OTHERS} more" if len(names) > _MOST_OTHERS else ""
    return "; ".join(names[:_MOST_OTHERS]) + more


def _near(name: str) -> str:
    key = plain(name)
    first = {k for k in gazetteer().all_keys() if k[:1] == key[:1] and abs(len(k) - len(key)) < 3} if key else set()
    near = difflib.get_close_matches(key, first, 3, 0.7)
    towns = [gazetteer().named(k)[0] for k in near]
    return f"did you mean {_some(towns)}?" if towns else FORM


def _id(town: Town, namesakes: Sequence[Town]) -> str:
    """``paris-fr``, and ``paris-texas-us`` for one that is not the largest of its name in its country."""
    largest = next((t for t in namesakes if t.country == town.country and t.main), town)
    parts = (town.name, town.country) if town == largest else (town.name, town.region, town.country)
    return "-".join(word for part in parts for word in plain(part).split())


def place_at(text: str) -> Found:
    """``LATITUDE,LONGITUDE[,HEIGHT_M]`` in degrees and metres; its time zone is that of the nearest town."""
    parts = [part.strip() for part in re.split("[,;]", text)]
    where = f"place = {text!r}"
    if len(parts) not in (2, 3):
        raise InputError(f"{where} has {len(parts)} numbers; {FORM}")
    numbers = [_number(part, where) for part in parts] + [0.0]
    latitude, longitude, height = _checked(*numbers[:3], where)
    zone, note = zone_at(latitude, longitude)
    place = Place(f"{latitude:g},{longitude:g}", _coordinates(latitude, longitude), "", float(np.radians(latitude)),
                  float(np.radians(longitude)), height, zone)
    return Found(place, (note,))


def zone_at(latitude_deg: float, longitude_deg: float) -> tuple[str, str]:
    """The time zone of the nearest town, and words that say so."""
    lines, apart_km = gazetteer().nearest(np.array([latitude_deg]), np.array([longitude_deg]))
    town = gazetteer().town(int(lines[0]))
    return town.time_zone, (f"{latitude_deg:g},{longitude_deg:g}: time zone {town.time_zone}, that of the nearest town,"
                            f" {town.full_name}, {apart_km[0]:.0f} km away")


def known_zone(name: str, where: str = "time_zone") -> str:
    """The name, if the time zone exists. Raises InputError with a near one."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        near = difflib.get_close_matches(name, available_timezones(), 1, 0.6)
        hint = f"did you mean {near[0]}?" if near else "write a name like Europe/Moscow"
        raise InputError(f"{where} = {name!r} is not known; {hint}") from None


def _coordinates(latitude_deg: float, longitude_deg: float) -> tuple[tuple[str, str], ...]:
    a, b = f"{abs(latitude_deg):.2f}°", f"{abs(longitude_deg):.2f}°"
    north, east = latitude_deg >= 0, longitude_deg >= 0
    return (("en", f"{a} {'N' if north else 'S'}, {b} {'E' if east else 'W'}"),
            ("ru", f"{a} {'с.' if north else 'ю.'} ш., {b} {'в.' if east else 'з.'} д.".replace(".", ",", 1)
             .replace(b, b.replace(".", ","))))


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"{where}: {text!r} is not a number; {FORM}") from None
    if not np.isfinite(value):
        raise InputError(f"{where}: {text!r} is not a finite number; {FORM}")
    return value


def _checked(latitude: float, longitude: float, height: float, where: str) -> tuple[float, float, float]:
    for name, value, low, high in (("latitude", latitude, -90, 90), ("longitude", longitude, -180, 360),
                                   ("height", height, -500, 9000)):
        if not low <= value <= high:
            unit = "m" if name == "height" else "degrees"
            raise InputError(f"{where.rstrip(':')}: {name} {value:g} is outside {low} to {high} {unit}; mend it")
    return latitude, (longitude + 180) % 360 - 180 if longitude > 180 else longitude, height


def read_places(path: Path) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """A CSV table of places, and what was assumed. Its first line names the columns (COLUMNS).

    A line without coordinates is looked up by name (and country). Raises InputError that names the line.
    """
    rows = _rows(path)
    made: list[Place] = []
    notes: list[str] = []
    for line, row in rows:
        place, told = _from_row(row, f"{path}:{line}:")
        made.append(place)
        notes += told
    _refuse_doubles(made, rows, path)
    blank = [k for k, place in enumerate(made) if not place.time_zone]
    if blank:
        notes.append(_fill_zones(made, blank, path))
    return tuple(made), tuple(notes)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            head = [cell.strip().lower() for cell in next(reader, [])]
            lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; mend its name") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give a CSV file") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: is not a CSV table in UTF-8 ({error}); save it so") from error
    column = {word: k for k, cell in enumerate(head) for word, names in COLUMNS.items() if cell in names}
    if not {"name"} <= column.keys() and not {"latitude_deg", "longitude_deg"} <= column.keys():
        raise InputError(f"{path}:1: the columns are {', '.join(filter(None, head)) or 'none'}; name them "
                         "name,latitude_deg,longitude_deg[,height_m,time_zone,country,name_ru,id], or name alone")
    if not lines:
        raise InputError(f"{path}: has no places; write one a line under the head")
    for line, cells in lines:
        if len(cells) != len(head):
            raise InputError(f"{path}:{line}: has {len(cells)} cells, the head has {len(head)}; mend the line")
    return [(line, {word: cells[k].strip() for word, k in column.items()}) for line, cells in lines]


def _from_row(row: Mapping[str, str], where: str) -> tuple[Place, tuple[str, ...]]:
    zone = known_zone(row["time_zone"], f"{where} time_zone") if row.get("time_zone") else ""
    if not row.get("latitude_deg") and not row.get("longitude_deg"):
        return _looked_up(row, zone, where)
    values = [_number(row.get(key) or "0" * (key == "height_m"), f"{where} {key}")
              for key in ("latitude_deg", "longitude_deg", "height_m")]
    latitude, longitude, height = _checked(*values, where)
    names = tuple((language, row[key]) for language, key in (("en", "name"), ("ru", "name_ru")) if row.get(key))
    id = row.get("id") or row.get("name") or f"{latitude:g},{longitude:g}"
    return Place(id, names or _coordinates(latitude, longitude), row.get("country", ""), float(np.radians(latitude)),
                 float(np.radians(longitude)), height, zone), ()


def _looked_up(row: Mapping[str, str], zone: str, where: str) -> tuple[Place, tuple[str, ...]]:
    asked = ", ".join(filter(None, (row.get("name"), row.get("country"))))
    try:
        found = find_place(asked)
    except InputError as error:
        raise InputError(f"{where} {error}") from None
    town = found.place
    return Place(row.get("id") or row["name"], town.names, town.country, town.latitude_rad, town.longitude_rad,
                 town.height_m, zone or town.time_zone), tuple(f"{where} {note}" for note in found.notes)


def _refuse_doubles(places: Sequence[Place], rows: Sequence[tuple[int, dict[str, str]]], path: Path) -> None:
    first: dict[str, int] = {}
    for place, (line, _) in zip(places, rows, strict=True):
        if place.id in first:
            raise InputError(f"{path}:{line}: {place.id!r} stands in line {first[place.id]} too; give each an id of "
                             "its own in a column id")
        first[place.id] = line


def _fill_zones(places: list[Place], blank: Sequence[int], path: Path) -> str:
    degrees: Callable[[str], np.ndarray] = lambda key: np.degrees([getattr(places[k], key) for k in blank])  # noqa: E731
    lines, apart_km = gazetteer().nearest(degrees("latitude_rad"), degrees("longitude_rad"))
    zones, column = gazetteer().zones, gazetteer().columns["zone"]
    for k, line in zip(blank, lines, strict=True):
        p = places[k]
        places[k] = Place(p.id, p.names, p.country, p.latitude_rad, p.longitude_rad, p.height_m, zones[column[line]])
    far = int(np.argmax(apart_km))
    return (f"{path}: time zones of {len(blank)} of {len(places)} places are those of the nearest towns, at most "
            f"{apart_km[far]:.0f} km away ({places[blank[far]].id})")
