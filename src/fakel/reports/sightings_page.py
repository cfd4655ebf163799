"""Sightings as one HTML page that loads nothing: tables by place, and the sky of the brightest passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from math import degrees
from typing import NamedTuple

from jinja2 import Environment

from fakel.model.sighting import Look, Place, Sighting
from fakel.model.sky import SkyAbove, StarMap
from fakel.reports.parts import data_url, fonts, part
from fakel.reports.sightings import local, wind
from fakel.reports.sky_chart import NARROW_PX, WIDE_PX, chart, style
from fakel.reports.sky_words import (
    SURE_S,
    clock,
    counted,
    course,
    date,
    error,
    first_upper,
    height,
    moon,
    offset,
    seen_as,
    short_date,
    span,
    why,
    word,
)
from fakel.reports.svg import NARROW, WIDE
from fakel.reports.words import decimal

HEADS = {"en": (("date", ""), ("begins", ""), ("highest", ""), ("ends", ""), ("for", "opt"), ("magnitude", "n"),
                ("brightness", "opt"), ("Moon", "opt")),
         "ru": (("дата", ""), ("начало", ""), ("выше всего", ""), ("конец", ""), ("видно", "opt"),
                ("величина", "n"), ("яркость", "opt"), ("Луна", "opt"))}


class Sky(NamedTuple):
    """What a chart of a sighting needs beside it."""

    sighting: Sighting
    above: SkyAbove
    others: tuple[tuple[Sighting, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    below: str = ""
    css: str = ""
    more: str = ""


def render(sightings: Sequence[Sighting], places: Sequence[Place], zones: Mapping[Place, tzinfo],
           names: Mapping[str, str], skies: Sequence[Sky], stars: StarMap, *, language: str = "en",
           countries: Mapping[str, str] | None = None, notes: Sequence[str] = ()) -> bytes:
    """The page. zones: by whose clock each place lives; names: of craft; skies: those that are drawn; countries: names
    by code; notes: what a reader should know, a line each."""
    seen: dict[Place, list[Sighting]] = {}
    for s in sightings:
        seen.setdefault(s.place, []).append(s)
    told = [_place(place, seen.get(place, []), zones[place], names,
                   (countries or {}).get(place.country, place.country),
                   [sky for sky in skies if sky.sighting.place == place], stars, language) for place in places]
    craft = ", ".join(dict.fromkeys(names.values()))
    title = f"{craft} · {places[0].name(language)}" if len(places) == 1 else craft
    look = (part("page.css") + part("sightings.css") + style("page", WIDE_PX, 1.0, ".k ")
            + style("page", NARROW_PX, 0.5, ".narrow .k "))
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        part("sightings.html.j2")).render(
        language=language, title=title, style=look, emblem=part("emblem.svg"), heads=HEADS[language], places=told,
        icon=data_url("favicon.svg", "image/svg+xml"), over=_over(sightings, zones, language),
        lede=_lede(sightings, language), notes=notes, credit=word("credit", language))
    return page.replace("/*fonts*/", fonts(page)).encode()


def _over(sightings: Sequence[Sighting], zones: Mapping[Place, tzinfo], language: str) -> str:
    if not sightings:
        return counted(0, language)
    first, last = min(sightings, key=lambda s: s.start.epoch), max(sightings, key=lambda s: s.start.epoch)
    a, b = (local(s.start.epoch, zones[s.place]) for s in (first, last))
    return (f"{short_date(a, language)} – {short_date(b, language)} {b.year}: "
            f"{counted(len(sightings), language)}")


def _lede(sightings: Sequence[Sighting], language: str) -> str:
    worst = error(max((s.sigma_s for s in sightings), default=0.0), language)
    if language == "en":
        return ("A bright point that moves steadily and does not blink. Clocks are local; compass points say where to "
                f"look, degrees how high (the horizon is 0°, overhead 90°). Times hold within {worst} (one sigma).")
    return ("Яркая точка, которая движется ровно и не мигает. Время местное; румб говорит, куда смотреть, градусы — "
            f"как высоко (горизонт 0°, над головой 90°). Погрешность моментов {worst} (одна сигма).")


def _place(place: Place, sightings: Sequence[Sighting], zone: tzinfo, names: Mapping[str, str], country: str,
           skies: Sequence[Sky], stars: StarMap, language: str) -> dict[str, object]:
    drawn = {(sky.sighting.craft, sky.sighting.start.epoch) for sky in skies}
    where = _coordinates(place, language)
    lead = counted(len(sightings), language) if sightings else (
        "Nothing to be seen." if language == "en" else "Ничего не видно.")
    ordered = sorted(sightings, key=lambda s: s.start.epoch)
    sure = all(s.sigma_s < SURE_S for s in ordered)
    rows = [{"cells": _cells(s, zone, names, language, len(set(names.values())) > 1, sure),
             "best": (s.craft, s.start.epoch) in drawn} for s in ordered]
    return {"title": ", ".join(filter(None, (place.name(language), country))),
            "lead": f"{where}; {zone_told(zone, ordered)}. {lead}",
            "rows": rows, "figures": [_figure(sky, zone, names, stars, language, k == 0)
                                      for k, sky in enumerate(skies)]}


def zone_told(zone: tzinfo, sightings: Sequence[Sighting]) -> str:
    """``Europe/Moscow (UTC+4)``."""
    offsets = dict.fromkeys(offset(local(s.start.epoch, zone)) for s in sightings)
    name = str(zone)
    return f"{name} ({', '.join(offsets)})" if offsets and name != "UTC" else name


def _coordinates(place: Place, language: str) -> str:
    lat, lon = degrees(place.latitude_rad), (degrees(place.longitude_rad) + 180.0) % 360.0 - 180.0
    a, b = (f"{decimal(abs(v), language, 2)}°" for v in (lat, lon))
    if language == "en":
        return f"{a} {'NS'[lat < 0]}, {b} {'EW'[lon < 0]}"
    return f"{a} {'сю'[lat < 0]}. ш., {b} {'вз'[lon < 0]}. д."


def _cells(s: Sighting, zone: tzinfo, names: Mapping[str, str], language: str, several: bool,
           seconds: bool) -> list[Cell]:
    def look(one: Look, more: str) -> Cell:
        return Cell(clock(one, zone, seconds), f"{wind(one.azimuth_rad, language)} {height(one)}", more=more)

    at = local(s.start.epoch, zone)
    begins = "" if s.begins == "rises" else why(s.begins, language)
    ends = "" if s.ends == "sets" else why(s.ends, language)
    over = s.moon_elevation_rad > 0
    return [Cell(short_date(at, language), names.get(s.craft, s.craft) if several else "", "when"),
            look(s.start, begins), look(s.peak, ""), look(s.end, ends),
            Cell(span(s.end.epoch - s.start.epoch, language), css="opt n"),
            Cell(decimal(s.magnitude, language), css="n"), Cell(seen_as(s, language), css="opt"),
            Cell(moon(s.moon_lit, language) if over else "–",
                 f"{decimal(degrees(s.moon_apart_rad), language, 0)}° " + ("away" if language == "en" else "от неё")
                 if over else "", "opt")]


def _figure(sky: Sky, zone: tzinfo, names: Mapping[str, str], stars: StarMap, language: str, first: bool
            ) -> dict[str, object]:
    s = sky.sighting
    craft = names.get(s.craft, s.craft)
    wide, narrow = (chart(s, sky.above, stars, zone, craft, language, look="page", width=w, title=False,
                          others=sky.others)
                    for w in (WIDE, NARROW))
    at = local(s.start.epoch, zone)
    way = "; ".join(f"{clock(look, zone, s.sigma_s < SURE_S)} {text}" for look, text in course(s, language))
    legend = [("k-way", word("seen", language)), ("k-shadow", word("in_shadow", language)),
              ("k-low", word("low", language)), ("k-minute", word("minutes", language))] if first else []
    bright = f" {first_upper(told)}." if (told := seen_as(s, language)) else ""
    return {"title": f"{craft}, {date(at, language)}, {clock(s.start, zone)}–{clock(s.end, zone)}", "wide": wide,
            "narrow": narrow, "caption": f"{first_upper(way)}.{bright} {word('overhead', language)}", "legend": legend}
