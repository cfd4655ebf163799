"""A path in a plane: one quantity against another, with points along it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.reports.charts.axis import Plain, draw_axis
from fakel.reports.svg import Places, Scale, Svg, room, text_width, ticks


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A curve. dashed paths are references."""

    x: FloatArray
    y: FloatArray
    css: str


@dataclass(frozen=True, slots=True)
class Point:
    """A named point. shape: hollow, diamond, cross, square, none."""

    x: float
    y: float
    name: str
    note: str = ""
    shape: str = "hollow"


@dataclass(frozen=True, slots=True)
class Ring:
    """An ellipse in the plane's units, around a point; turn: of its x axis towards the plane's y."""

    x: float
    y: float
    half_x: float
    half_y: float
    words: str
    css: str = "zone2"
    turn_rad: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a plane shows. A span may run backwards.

    equal: both axes have one scale. y_down: y grows downwards, so that nadir is down. most_px: height at most.
    bands: (from, to, words) along x.
    """

    x_unit: str
    y_unit: str
    paths: tuple[Path, ...]
    points: tuple[Point, ...] = ()
    rings: tuple[Ring, ...] = ()
    equal: bool = False
    y_down: bool = False
    height: float = 240.0
    x_span: tuple[float, float] | None = None
    y_span: tuple[float, float] | None = None
    zero_lines: bool = False
    most_px: float = 420.0
    bands: tuple[tuple[float, float, str], ...] = ()


def plane(width: float, label: str, name: str, sheet: Sheet) -> Svg:
    """The picture. name: unique on the page."""
    wide = width > 600
    left, right, top = 58.0 if wide else 46.0, width - (30.0 if wide else 10.0), 26.0
    x_low, x_high = sheet.x_span or _span([p.x for p in sheet.paths], [p.x for p in sheet.points])
    y_low, y_high = sheet.y_span or _span([p.y for p in sheet.paths], [p.y for p in sheet.points])
    height = sheet.height
    if sheet.equal:
        height = (right - left) / (x_high - x_low) * (y_high - y_low)
        if height > (limit := sheet.most_px if width > 400 else min(sheet.most_px, 330.0)):  # widen x instead
            middle, half = (x_low + x_high) / 2, (right - left) / limit * (y_high - y_low) / 2
            x_low, x_high, height = middle - half, middle + half, limit
    bottom = top + height
    across = Scale(x_low, x_high, left, right)
    up = Scale(y_low, y_high, top, bottom) if sheet.y_down else Scale(y_low, y_high, bottom, top)
    pen = Svg(width, bottom + 36, label)
    _draw_frame(pen, sheet, across, up, top, bottom)
    pen.clip(f"{name}-{int(width)}", left - 1, top - 2, right - left + 2, height + 4)
    for ring in sheet.rings:
        x, y = _around(ring)
        pen.path(across(x), up(y), ring.css, closed=True)
    for path in sheet.paths:
        pen.path(across(path.x), up(path.y), f"line {path.css}")
    pen.end()
    _draw_points(pen, sheet, across, up, Places((left + 2, top - 8, right + 8, bottom - 1)))
    return pen


def _around(ring: Ring) -> tuple[FloatArray, FloatArray]:
    turn = np.linspace(0, 2 * np.pi, 97)
    a, b = ring.half_x * np.cos(turn), ring.half_y * np.sin(turn)
    cos, sin = np.cos(ring.turn_rad), np.sin(ring.turn_rad)
    return ring.x + a * cos - b * sin, ring.y + a * sin + b * cos


def _span(paths: list[FloatArray], points: list[float]) -> tuple[float, float]:
    values = np.concatenate([np.asarray(p, float)[np.isfinite(p)] for p in paths] + [np.array(points, float)])
    return room(float(values.min()), float(values.max()), 5)


def _draw_frame(pen: Svg, sheet: Sheet, across: Scale, up: Scale, top: float, bottom: float) -> None:
    left, right = across.start, across.stop
    for start, stop, words in sheet.bands:
        x1, x2 = sorted(float(across(np.clip(v, min(across.low, across.high), max(across.low, across.high))))
                        for v in (start, stop))
        pen.rect(x1, top, x2 - x1, bottom - top, "band", title=words)
        if x2 - x1 > text_width(words):
            pen.text((x1 + x2) / 2, top + 13, words, "tick", "middle")
    for value, text in ticks(up.low, up.high, max(2, int((bottom - top) / 45))):
        y = float(up(value))
        pen.line(left, y, right, y, "grid")
        pen.text(left - 8, y + 4, text, "tick", "end")
    pen.text(0, top - 11, sheet.y_unit, "unit")
    if sheet.zero_lines:
        for x1, y1, x2, y2 in (
            (float(across(0)), top, float(across(0)), bottom),
            (left, float(up(0)), right, float(up(0))),
        ):
            if left <= x1 <= right and top <= y1 <= bottom:
                pen.line(x1, y1, x2, y2, "axis0")
    draw_axis(pen, Plain(across.low, across.high, ""), left, right, bottom)
    pen.text(right, bottom + 32, sheet.x_unit, "unit", "end")


def _draw_points(pen: Svg, sheet: Sheet, across: Scale, up: Scale, places: Places) -> None:
    left, top, right, bottom = places.frame
    for path in sheet.paths:
        x, y = across(path.x), up(path.y)
        for i in np.unique(np.linspace(0, len(x) - 1, 90).astype(int)):
            places.block(x[i] - 2, y[i] - 2, x[i] + 2, y[i] + 2)
    shown = [(p, float(across(p.x)), float(up(p.y))) for p in sheet.points]
    shown = [(p, x, y) for p, x, y in shown if left - 3 <= x <= right and top - 3 <= y <= bottom + 3]
    for _, x, y in shown:
        places.block(x - 5, y - 5, x + 5, y + 5)
    for point, x, y in shown:
        _shape(pen, point, x, y)
        size = (max(text_width(point.name, bold=True), text_width(point.note)), 28.0 if point.note else 15.0)
        place = places.beside(x, y, *size, gaps=(9, 18, 30, 44, 64, 90, 120, 160))
        if place is None:
            continue
        at_x, at_y = place
        if abs(at_x + size[0] / 2 - x) > size[0] / 2 + 14 or abs(at_y + size[1] / 2 - y) > size[1] / 2 + 14:
            pen.line(x, y, float(np.clip(x, at_x, at_x + size[0])), float(np.clip(y, at_y, at_y + size[1])), "leader")
        pen.text(at_x, at_y + 11, point.name, "b halo-t")
        if point.note:
            pen.text(at_x, at_y + 25, point.note, "halo-t")
    for ring in sheet.rings:
        if not ring.words:
            continue
        x, y = float(across(ring.x)), float(up(ring.y - ring.half_y)) - 10
        place = places.beside(x, max(y, top + 6), text_width(ring.words), 14.0, gaps=(0, 12, 26))
        if place:
            pen.text(place[0], place[1] + 11, ring.words, "zone-t halo-t")


def _shape(pen: Svg, point: Point, x: float, y: float) -> None:
    match point.shape:
        case "diamond":
            pen.diamond(x, y, "ship-f dot", 6)
        case "cross":
            pen.cross(x, y, "cross", 5)
        case "square":
            pen.rect(x - 5, y - 5, 10, 10, "ink-f dot", title=point.name)
        case "none":
            pass
        case _:
            pen.circle(x, y, 3.6, "hollow", point.name)
