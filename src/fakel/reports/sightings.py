"""Sightings as data, as a table for people, as CSV and as a calendar."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from math import degrees, isfinite
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.sighting import Look, Place, Sighting
from fakel.reports.calendar import Entry, written
from fakel.reports.table import heading, table
from fakel.reports.words import craft as craft_name
from fakel.reports.words import decimal

WINDS = {"en": ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"),
         "ru": ("С", "ССВ", "СВ", "ВСВ", "В", "ВЮВ", "ЮВ", "ЮЮВ", "Ю", "ЮЮЗ", "ЮЗ", "ЗЮЗ", "З", "ЗСЗ", "СЗ", "ССЗ")}
WHY = {"en": {"rises": "rises", "leaves_shadow": "leaves the shadow", "night_falls": "night falls",
              "data_begins": "data begin", "lights_up": "lights up", "goes_out": "goes out",
              "sets": "sets", "enters_shadow": "enters the shadow", "dawn": "dawn",
              "data_ends": "data end"},
       "ru": {"rises": "восходит", "leaves_shadow": "выходит из тени", "night_falls": "стемнело",
              "data_begins": "начало данных", "lights_up": "загорается", "goes_out": "гаснет",
              "sets": "заходит", "enters_shadow": "входит в тень", "dawn": "светает",
              "data_ends": "конец данных"}}
HEAD = {"en": ("date", "begins", "from", "high", "at", "peak", "to", "ends", "mag", "±s", "how it begins and ends"),
        "ru": ("дата", "начало", "где", "верх", "где", "выс.", "где", "конец", "зв.в.", "±с",
               "как начинается и чем кончается")}
GLOW = {"en": {"engines": "its engines burn", "plasma": "it glows on entry"},
        "ru": {"engines": "работают двигатели", "plasma": "светится при спуске"}}
APART = {"en": "from the station", "ru": "от станции"}
SECONDS = {"en": ("s behind it", "s ahead of it"), "ru": ("с после неё", "с раньше неё")}
NONE = {"en": "nothing to be seen", "ru": "ничего не видно"}
TITLE = {"en": "can be seen", "ru": "видно"}
LOCAL = {"en": "local time", "ru": "местное время"}


def wind(azimuth_rad: float, language: str = "en") -> str:
    """One of sixteen winds."""
    return WINDS[language][round(degrees(azimuth_rad) / 22.5) % 16]


def local(epoch: Epoch, zone: tzinfo = UTC) -> datetime:
    """An instant on a clock of a zone, to the second."""
    civil, ns = epoch.civil()
    utc = datetime.fromtimestamp(civil.replace(tzinfo=UTC).timestamp() + (ns >= 500_000_000), UTC)
    return utc.astimezone(zone)


def as_data(sighting: Sighting, language: str = "en", zone: tzinfo = UTC) -> dict[str, Any]:
    """One sighting with its units in the keys; NaN is null."""
    out: dict[str, Any] = {"place": sighting.place.name(language), "craft": sighting.craft}
    for name, look in _looks(sighting):
        out |= {f"{name}_utc": look.epoch.iso(3), f"{name}_local": local(look.epoch, zone).isoformat()}
    out["max_elevation_deg"] = _deg(sighting.peak.elevation_rad)
    for name, look in _looks(sighting):
        out |= {f"{name}_elevation_deg": _deg(look.elevation_rad), f"{name}_azimuth_deg": _deg(look.azimuth_rad),
                f"{name}_azimuth": wind(look.azimuth_rad, language), f"{name}_range_km": round(look.range_m / 1000, 1)}
    out |= {"duration_s": round(sighting.end.epoch - sighting.start.epoch, 1), "begins": sighting.begins,
            "ends": sighting.ends, "light": sighting.light,
            "magnitude": round(sighting.magnitude, 1) if isfinite(sighting.magnitude) else None,
            "phase_angle_deg": _deg(sighting.phase_angle_rad), "sun_elevation_deg": _deg(sighting.sun_elevation_rad),
            "moon_elevation_deg": _deg(sighting.moon_elevation_rad), "moon_lit": round(sighting.moon_lit, 2),
            "moon_apart_deg": _deg(sighting.moon_apart_rad), "sigma_s": round(sighting.sigma_s, 2)}
    if isfinite(sighting.apart_rad) or isfinite(sighting.behind_s):
        out |= {"apart_deg": _deg(sighting.apart_rad),
                "behind_s": round(sighting.behind_s, 1) if isfinite(sighting.behind_s) else None}
    place = sighting.place
    out |= {"latitude_deg": round(degrees(place.latitude_rad), 5),
            "longitude_deg": round(degrees(place.longitude_rad), 5),
            "height_m": place.height_m, "country": place.country, "time_zone": str(zone)}
    return out


def _looks(sighting: Sighting) -> tuple[tuple[str, Look], ...]:
    return ("start", sighting.start), ("peak", sighting.peak), ("end", sighting.end)


def _deg(angle_rad: float) -> float | None:
    return round(degrees(angle_rad), 2) if isfinite(angle_rad) else None


def lines(sightings: Sequence[Sighting], places: Iterable[Place], zones: dict[Place, tzinfo], language: str, width: int,
          names: dict[str, str]) -> list[str]:
    """A table for each place, by its own clock. names: of craft; with more than one each line names its own."""
    told: dict[Place, list[Sighting]] = {}
    for sighting in sightings:
        told.setdefault(sighting.place, []).append(sighting)
    out: list[str] = []
    for place in places:
        zone = zones[place]
        name = place.name(language) + (f", {place.country}" if place.country else "")
        where = "" if "," in place.id else f"  {_coordinates(place)}"
        out += heading(f"{name}{where}  {LOCAL[language]}: {zone}", width)
        rows = [_row(s, zone, language, names) for s in sorted(told.get(place, []), key=lambda s: s.start.epoch)]
        out += table(HEAD[language], rows, "llllrrllrr", width) if rows else [NONE[language]]
    return out


def _coordinates(place: Place) -> str:
    lat, lon = degrees(place.latitude_rad), degrees(place.longitude_rad)
    lon = (lon + 180.0) % 360.0 - 180.0
    return f"{abs(lat):.3f}°{'NS'[lat < 0]} {abs(lon):.3f}°{'EW'[lon < 0]}"


def _row(s: Sighting, zone: tzinfo, language: str, names: dict[str, str]) -> tuple[str, ...]:
    start, peak, end = (local(look.epoch, zone) for _, look in _looks(s))
    bright = decimal(s.magnitude, language)
    why = f"{WHY[language][s.begins]}, {WHY[language][s.ends]}" + (
        f"; {_craft(s, names, language)}" if len(names) > 1 else "")
    return (f"{start:%Y-%m-%d}", f"{start:%H:%M:%S}", wind(s.start.azimuth_rad, language), f"{peak:%H:%M:%S}",
            wind(s.peak.azimuth_rad, language), f"{degrees(s.peak.elevation_rad):z.0f}°",
            wind(s.end.azimuth_rad, language), f"{end:%H:%M:%S}", bright,
            f"{s.sigma_s:.0f}" if s.sigma_s >= 1 else "<1", why)


def _craft(s: Sighting, names: dict[str, str], language: str) -> str:
    """Which craft, by what light it is seen, and where it is beside the station."""
    told = craft_name(names.get(s.craft, s.craft), language)
    if s.light in GLOW[language]:
        told += f", {GLOW[language][s.light]}"
    if isfinite(s.apart_rad):
        told += f", {degrees(s.apart_rad):.1f}° {APART[language]}"
    if isfinite(s.behind_s):
        told += f", {abs(s.behind_s):.0f} {SECONDS[language][s.behind_s < 0]}"
    return told


def as_json(rows: Sequence[dict[str, Any]]) -> str:
    """A list with one row on each line: ten thousand are written in a tenth of a second."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]" if rows else "[]"


def as_calendar(sightings: Iterable[Sighting], names: dict[str, str], stamp: Epoch, language: str = "en") -> bytes:
    """An entry for each sighting. names: of craft. stamp: the same for all, so that files repeat."""
    names = {craft: craft_name(name, language) for craft, name in names.items()}
    found = [Entry(f"{s.craft}-{s.place.id}".replace(" ", "_"),
                   f"{names.get(s.craft, craft_name(s.craft, language))}: {_at(s.peak, language)}, "
                   f"{s.place.name(language)}", s.start.epoch, s.end.epoch, _note(s, language)) for s in sightings]
    return written(f"{'/'.join(sorted(set(names.values())))} {TITLE[language]}", "sighting", "sightings", stamp, found)


def _note(s: Sighting, language: str) -> str:
    magnitude, second = ("magnitude", "s") if language == "en" else ("звёздная величина", "с")
    bright = f", {magnitude} {decimal(s.magnitude, language)}" if isfinite(s.magnitude) else ""
    return (f"{_at(s.start, language)} ({WHY[language][s.begins]}) – {_at(s.peak, language)} – {_at(s.end, language)} "
            f"({WHY[language][s.ends]}){bright}, ± {max(s.sigma_s, 1.0):.0f} {second}")


def _at(look: Look, language: str) -> str:
    return f"{degrees(look.elevation_rad):z.0f}° {wind(look.azimuth_rad, language)}"
