"""The climb over the ground: its track, the instantaneous impact point, and where parts come down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fakel.reports.charts.world import Frame, Spot, Track, world_map
from fakel.reports.reading import Reading
from fakel.reports.sections.ground import track
from fakel.reports.sections.section import Figure, figure
from fakel.reports.svg import number

ROOM_DEG, FLATTEST, STEEPEST, AHEAD = 3.0, 0.38, 0.62, 1.5
"""Degrees around all that is shown; height over width of the map; how far beyond the track impact points are shown."""


def ground_figures(reading: Reading) -> list[Figure]:
    """A map, where the flight tells where its rocket was."""
    ship, altitude = reading.ship("ascent"), reading.series("ascent.altitude_m")
    if not ship or not len(altitude):
        return []
    path = track(reading, ship, float(altitude.t_s[0]), float(altitude.t_s[-1]), "ship")
    if path is None:
        return []
    falls = _falls(reading)
    impact = _impact(reading, path)
    shown = [path] if impact is None else [impact, path]
    spots = [Spot(float(path.latitude_deg[0]), float(path.longitude_deg[0]), "liftoff", "", "cross"),
             Spot(float(path.latitude_deg[-1]), float(path.longitude_deg[-1]), "cut off", "", "circle"), *falls]
    frame = _frame(shown, spots)
    label = "The climb over the ground: its track, the impact point without engines, and dropped parts"
    caption = ("Blue: the ground track; grey: where the rocket would come down if its engines stopped then, without "
               "air; diamonds: dropped parts on the ground, with their distance from the pad.")
    return [figure(lambda w: world_map(w, label, "map-launch", shown, spots, None, frame), caption,
                   [(spot.name, spot.note) for spot in spots])]


def _falls(reading: Reading) -> list[Spot]:
    for leg in reading.legs("ascent"):
        study: Mapping[str, Any] = leg.studies.get("launch_falls", {})
        if study:
            return [Spot(float(lat), float(lon), _part(str(part)), f"{number(float(away) / 1000)} km", "diamond")
                    for part, lat, lon, away in zip(study["part"], study["latitude_deg"], study["longitude_deg"],
                                                    study["downrange_m"], strict=True)]
    return []


def _part(part: str) -> str:
    return part.removesuffix("_jettison").replace("_", " ")


def _impact(reading: Reading, path: Track) -> Track | None:
    lat, lon = (np.degrees(reading.series(f"ascent.impact_{k}_rad").values) for k in ("latitude", "longitude"))
    if len(lat) < 2 or len(lat) != len(lon):
        return None
    start = path.longitude_deg[0]
    wide = np.ptp(np.degrees(np.unwrap(np.radians(path.longitude_deg))))
    near = np.abs((lon - start + 180.0) % 360.0 - 180.0) < AHEAD * max(wide, 5.0)
    return Track(lat[near], lon[near], "second")


def _frame(tracks: list[Track], spots: list[Spot]) -> Frame:
    lat = np.concatenate([*(t.latitude_deg for t in tracks), [s.latitude_deg for s in spots]])
    lon = np.concatenate([*(t.longitude_deg for t in tracks), [s.longitude_deg for s in spots]])
    west, east, south, north = lon.min() - ROOM_DEG, lon.max() + ROOM_DEG, lat.min() - ROOM_DEG, lat.max() + ROOM_DEG
    ratio = (north - south) / (east - west)
    if ratio < FLATTEST:
        more = (FLATTEST * (east - west) - (north - south)) / 2
        south, north = south - more, north + more
    elif ratio > STEEPEST:
        more = ((north - south) / STEEPEST - (east - west)) / 2
        west, east = west - more, east + more
    return Frame(float(west), float(east), float(south), float(north))
