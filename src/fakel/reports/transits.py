"""Transits across Sun and Moon as data and as a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from math import degrees
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.sighting import Place, Transit
from fakel.reports.sightings import LOCAL, local, wind
from fakel.reports.table import table

BODIES = {"en": {"Sun": "Sun", "Moon": "Moon"}, "ru": {"Sun": "Солнце", "Moon": "Луна"}}
HEAD = {"en": ("place", "date", "middle", "±s", "disc", "lasts", "apart", "at", "strip", "the middle line runs"),
        "ru": ("место", "дата", "середина", "±с", "диск", "длится", "от центра", "где", "полоса",
               "средняя линия проходит")}
MISSED = {"en": "missed", "ru": "мимо"}
HERE = {"en": "here", "ru": "здесь"}
NONE = {"en": "no transits", "ru": "прохождений нет"}
KM, S = {"en": "km", "ru": "км"}, {"en": "s", "ru": "с"}


def as_data(transit: Transit, language: str = "en", zone: tzinfo = UTC) -> dict[str, Any]:
    """One transit with its units in the keys."""
    look = transit.look
    return {"place": transit.place.name(language), "craft": transit.craft, "body": transit.body,
            "utc": look.epoch.iso(3), "local": local(look.epoch, zone).isoformat(),
            "duration_s": round(transit.duration_s, 3), "apart_deg": round(degrees(transit.apart_rad), 4),
            "disc_radius_deg": round(degrees(transit.disc_rad), 4),
            "elevation_deg": round(degrees(look.elevation_rad), 2), "azimuth_deg": round(degrees(look.azimuth_rad), 2),
            "azimuth": wind(look.azimuth_rad, language), "range_km": round(look.range_m / 1000, 1),
            "path_width_km": round(transit.width_m / 1000, 2), "line_km": round(transit.line_m / 1000, 2),
            "line_azimuth_deg": round(degrees(transit.line_azimuth_rad), 1),
            "line_azimuth": wind(transit.line_azimuth_rad, language), "craft_in_sunlight": transit.sunlit,
            "sun_elevation_deg": round(degrees(transit.sun_elevation_rad), 2), "sigma_s": round(transit.sigma_s, 2),
            "time_zone": str(zone)}


def lines(transits: Sequence[Transit], zones: Mapping[Place, tzinfo], language: str, width: int) -> list[str]:
    """A table by local time, to the tenth of a second."""
    rows = []
    for t in transits:
        at = local(t.look.epoch, zones[t.place])
        lasts = f"{t.duration_s:.2f} {S[language]}" if t.duration_s else MISSED[language]
        line = (HERE[language] if t.line_m < 50.0 else
                f"{t.line_m / 1000:.1f} {KM[language]} {wind(t.line_azimuth_rad, language)}")
        rows.append((t.place.name(language), f"{at:%Y-%m-%d}", _clock(t, zones[t.place]),
                     f"{t.sigma_s:.1f}",
                     BODIES[language][t.body], lasts, f"{degrees(t.apart_rad):.3f}°",
                     f"{wind(t.look.azimuth_rad, language)} {degrees(t.look.elevation_rad):z.0f}°",
                     f"{t.width_m / 1000:.1f} {KM[language]}", line))
    if not rows:
        return [NONE[language]]
    return [f"{LOCAL[language]}", *table(HEAD[language], rows, "llrrlrrlr", width)]


def _clock(transit: Transit, zone: tzinfo) -> str:
    """Time of the day to the tenth of a second."""
    text = transit.look.epoch.iso(1)
    whole = local(Epoch.utc(text[:-3] + "Z"), zone)
    return f"{whole:%H:%M:%S}.{text[-2]}"
