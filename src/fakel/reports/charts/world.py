"""The world map: ground tracks, places and the night, on an equirectangular sheet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.reports.svg import Places, Svg, runs, text_width


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A path over the ground, degrees. dark: samples in the Earth's shadow."""

    latitude_deg: FloatArray
    longitude_deg: FloatArray
    css: str
    dark: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place. shape: circle, square, diamond, cross or dot (dot: small, unnumbered)."""

    latitude_deg: float
    longitude_deg: float
    name: str
    note: str = ""
    shape: str = "circle"
    css: str = "ship-f"


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is shown, degrees."""

    west: float = -180.0
    east: float = 180.0
    south: float = -66.0
    north: float = 72.0


@lru_cache(maxsize=1)
def land() -> tuple[FloatArray, ...]:
    """Rings (n, 2) of longitude and latitude, degrees."""
    text = files("fakel").joinpath("data", "map", "land_110m.json").read_text(encoding="utf-8")
    return tuple(np.array(ring, float).reshape(-1, 2) for ring in json.loads(text)["rings"])


def night_edge(sun_latitude_deg: float, sun_longitude_deg: float) -> tuple[FloatArray, FloatArray, float]:
    """Longitudes, latitudes of the terminator, and the latitude (+90 or -90) of the dark pole, degrees.

    A sphere and a point-like Sun: off by up to 0.3 degrees.
    """
    longitude = np.linspace(-180.0, 180.0, 181)
    slope = np.tan(np.radians(sun_latitude_deg if abs(sun_latitude_deg) > 0.05 else 0.05))
    latitude = np.degrees(np.arctan(-np.cos(np.radians(longitude - sun_longitude_deg)) / slope))
    return longitude, latitude, -90.0 if slope > 0 else 90.0


def world_map(
    width: float,
    label: str,
    name: str,
    tracks: Sequence[Track],
    spots: Sequence[Spot],
    sun_deg: tuple[float, float] | None,
    frame: Frame = Frame(),
    winds: str = "NSEW",
) -> tuple[Svg, bool]:
    """The picture, and whether its places are numbered. sun_deg: latitude and longitude under the Sun. name: unique.
    winds: letters of north, south, east, west."""
    scale = width / (frame.east - frame.west)
    height = scale * (frame.north - frame.south)
    pen = Svg(width, height, label)
    pen.clip(f"{name}-{int(width)}", 0, 0, width, height)

    def at(longitude: FloatArray, latitude: FloatArray) -> tuple[FloatArray, FloatArray]:
        return (np.asarray(longitude) - frame.west) * scale, (frame.north - np.asarray(latitude)) * scale

    pen.rect(0, 0, width, height, "sea")
    _draw_land(pen, at, frame)
    if sun_deg is not None:
        longitude, latitude, pole = night_edge(*sun_deg)
        x, y = at(np.r_[longitude, 180.0, -180.0], np.r_[latitude, pole, pole])
        pen.path(x, y, "nightshade", closed=True)
    _draw_grid(pen, at, frame, width > 600, winds)
    places = Places((2, 2, width - 2, height - 2))
    for track in tracks:
        _draw_track(pen, track, at, places)
    numbered = width < 600
    _draw_spots(pen, spots, at, places, numbered)
    pen.end()
    pen.rect(0.5, 0.5, width - 1, height - 1, "frame")
    return pen, numbered


def _draw_land(pen: Svg, at: object, frame: Frame) -> None:
    data = []
    for ring in land():
        if (
            ring[:, 0].max() < frame.west
            or ring[:, 0].min() > frame.east
            or ring[:, 1].max() < frame.south
            or ring[:, 1].min() > frame.north
        ):
            continue
        x, y = at(ring[:, 0], ring[:, 1])  # type: ignore[operator]
        if pen.width < 600 and len(ring) < 40 and np.ptp(x) * np.ptp(y) < 2.0:
            continue
        data.append("M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y)) + "z")
    pen.shape("path", f'd="{"".join(data)}" class="land" fill-rule="evenodd"')


def _draw_grid(pen: Svg, at: object, frame: Frame, named: bool, winds: str) -> None:
    step = 30.0 if frame.east - frame.west > 90 else 5.0
    for longitude in np.arange(np.ceil(frame.west / step) * step, frame.east, step):
        x, _ = at(np.array([longitude]), np.array([0.0]))  # type: ignore[operator]
        pen.line(float(x[0]), 0, float(x[0]), pen.height, "grat")
        if longitude > frame.west and ((named and longitude % (2 * step) == 0) or step < 30):
            pen.text(float(x[0]) + 4, pen.height - 6, _degrees(longitude, *winds[2:]), "tick halo-m")
    for latitude in np.arange(np.ceil(frame.south / step) * step, frame.north, step):
        _, y = at(np.array([0.0]), np.array([latitude]))  # type: ignore[operator]
        pen.line(0, float(y[0]), pen.width, float(y[0]), "grat")
        if float(y[0]) < pen.height - 24 and (named or step < 30):
            pen.text(6, float(y[0]) - 4, _degrees(latitude, *winds[:2]), "tick halo-m")


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}° {plus if value > 0 else minus if value < 0 else ''}".strip()


def _draw_track(pen: Svg, track: Track, at: object, places: Places) -> None:
    longitude = (track.longitude_deg + 180.0) % 360.0 - 180.0
    x, y = at(longitude, track.latitude_deg)  # type: ignore[operator]
    breaks = np.abs(np.diff(longitude)) > 180.0
    good = np.isfinite(x) & np.isfinite(y)
    starts = np.r_[0, np.flatnonzero(breaks) + 1, len(x)]
    pieces = [slice(int(a), int(b)) for a, b in pairwise(starts) if b - a > 1]
    for piece in pieces:
        pen.path(x[piece], y[piece], "halo")
        _block(places, x[piece], y[piece])
    for piece in pieces:
        if track.dark is None:
            pen.path(x[piece], y[piece], f"line {track.css}")
            continue
        dark = np.asarray(track.dark[piece], bool)
        for flags, look in ((~dark, ""), (dark, " shade")):
            for a, b in runs(flags & good[piece]):
                part = slice(piece.start + a, min(piece.start + b + 1, piece.stop))
                pen.path(x[part], y[part], f"line {track.css}{look}")


def _block(places: Places, x: FloatArray, y: FloatArray) -> None:
    """Labels keep off a track, where they can."""
    seen = np.isfinite(x) & np.isfinite(y)                  # a leg that is lost leaves a hole
    x, y = x[seen], y[seen]
    along = np.r_[0.0, np.cumsum(np.hypot(np.diff(x), np.diff(y)))]
    for s in np.arange(0.0, along[-1], 7.0):
        a, b = float(np.interp(s, along, x)), float(np.interp(s, along, y))
        places.block(a - 2, b - 2, a + 2, b + 2)


def _draw_spots(pen: Svg, spots: Sequence[Spot], at: object, places: Places, numbered: bool) -> None:
    put = []
    for spot in sorted(spots, key=lambda s: s.shape != "dot"):
        longitude = (spot.longitude_deg + 180.0) % 360.0 - 180.0
        x, y = at(np.array([longitude]), np.array([spot.latitude_deg]))  # type: ignore[operator]
        put.append((spot, float(x[0]), float(y[0])))
        places.block(x[0] - 6, y[0] - 6, x[0] + 6, y[0] + 6)
    count = 0
    for spot, x, y in put:
        _draw_shape(pen, spot, x, y)
        if spot.shape == "dot":
            continue
        count += 1
        text = str(count) if numbered else spot.name
        note = "" if numbered else spot.note
        size = (text_width(text, 12, True) + (text_width(" " + note) if note else 0), 14.0)
        place = places.beside(x, y, *size, gaps=(9, 18, 30, 44, 60))
        if place is None:
            continue
        left, top = place
        if np.hypot(max(left - x, x - left - size[0], 0.0), max(top - y, y - top - size[1], 0.0)) > 13.0:
            pen.line(x, y, float(np.clip(x, left, left + size[0])), top + (0 if y < top else 13), "leader")
        pen.pair(left, top + 11, text, note, "halo-m")


def _draw_shape(pen: Svg, spot: Spot, x: float, y: float) -> None:
    match spot.shape:
        case "square":
            pen.rect(x - 4, y - 4, 8, 8, f"{spot.css} dot", title=spot.name)
        case "diamond":
            pen.diamond(x, y, f"{spot.css} dot", 6)
        case "cross":
            pen.cross(x, y, "cross")
        case "dot":
            pen.circle(x, y, 2.2, "site", spot.name)
        case _:
            pen.circle(x, y, 4, f"{spot.css} dot", spot.name)
