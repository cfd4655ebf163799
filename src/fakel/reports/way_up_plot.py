"""A picture of a planned way up: phasing, heights, distance and propellant, and the end in two planes of LVLH."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import midnight
from fakel.model.way_up import WayUp
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.plane import Path, Point, Ring, Sheet, plane
from fakel.reports.charts.way import DOWN, KEEP_OUT_M, SIDE, beside, cone, phasing, span, zones_km
from fakel.reports.picture import stacked
from fakel.reports.svg import WIDE, Svg, number

FAR_M, NEAR_M = 6_000.0, 450.0
LEAST_TOLD_M_S = 0.05
KEY_COLUMNS = 4
FIRST_PX, LAST_PX, HALF_PX = 566.0, 310.0, 438.0


def picture(way: WayUp) -> str:
    """SVG text."""
    whole, end = phasing(way.track["phase_deg"], -way.track["height_difference_m"] / 1000, _points(way), _window(way))
    first = [("Phase against height: time runs from right to left", _plane("phasing", whole, WIDE if end is None else
                                                                           FIRST_PX))]
    if end is not None:
        bare = replace(end, points=tuple(replace(p, note="") for p in end.points))
        first.append(("The end of it", _plane("end", bare, LAST_PX)))
    charts = [first, *_curves(way), *_beside(way)]
    told = (f"liftoff {way.liftoff.iso()}, contact {way.docking.iso()}, {number(way.total_m_s, 1)} m/s in all, "
            f"{number(way.used_kg)} kg of {number(way.propellant_kg)}")
    return stacked(f"{way.ship} to {way.port}: {way.profile_name}", told, charts)


def _window(way: WayUp) -> tuple[float, float, str] | None:
    """What the profile takes at separation; None for a plan that begins later on the way."""
    low, high = (float(np.degrees(x)) for x in way.window_rad)
    return (low, high, "the profile's window") if low - 1 <= np.degrees(way.phase_rad) <= high + 1 else None


def _plane(name: str, sheet: Sheet, width: float) -> Svg:
    return plane(width, f"{sheet.y_unit} over {sheet.x_unit}", name, sheet)


def _at(way: WayUp, name: str, t_s: float) -> float:
    return float(np.interp(t_s, way.track["t_s"], way.track[name]))


def _points(way: WayUp) -> list[Point]:
    """Separation and every burn."""
    first = way.track["phase_deg"][0], -way.track["height_difference_m"][0] / 1000
    out = [Point(float(first[0]), float(first[1]), "Begin", f"{number(float(first[0]), 1)}°")]
    for burn in way.burns:
        t = burn.ignition - way.at
        out.append(Point(_at(way, "phase_deg", t), -_at(way, "height_difference_m", t) / 1000, burn.name,
                         f"{number(burn.dv_m_s, 1)} m/s"))
    return out


def _curves(way: WayUp) -> list[tuple[str, Svg]]:
    """Height, distance and propellant over time; a list of the burns where their names find no room."""
    track, zero = way.track, midnight(way.at.day)
    t_s = track["t_s"] + (way.at - zero)
    below_km = -track["height_difference_m"] / 1000
    shown = [Panel("Below the station", "km", (Line(t_s, below_km, "ship"),), 120, zero=True),
             Panel("Distance", "km, logarithmic", (Line(t_s, np.maximum(track["range_m"], 1.0) / 1000, "ship"),), 120,
                   log=True),
             Panel("Propellant", "kg", (Line(t_s, track["propellant_kg"], "ship"),), 100, zero=True,
                   limits=((way.home_kg, "for the way home"),) if way.home_kg > 0 else ())]
    marks = [Mark(b.ignition - zero, b.name, f"{number(b.dv_m_s, 1)} m/s") for b in way.burns
             if b.dv_m_s >= LEAST_TOLD_M_S]
    marks.append(Mark(way.docking - zero, "Contact", clock(way.docking)))
    axis = Utc(zero, float(t_s[0]), float(t_s[-1]))
    pen, numbered = panels(WIDE, "Height, distance and propellant until contact", axis, shown, marks)
    return [("", pen), *([("", _key(marks))] if numbered else [])]


def _key(marks: Sequence[Mark]) -> Svg:
    """Numbers and what they stand for, four in a row."""
    pen = Svg(WIDE, 18.0 * -(-len(marks) // KEY_COLUMNS), "What the numbers stand for")
    for i, mark in enumerate(marks):
        x, y = WIDE / KEY_COLUMNS * (i % KEY_COLUMNS), 12 + 18 * (i // KEY_COLUMNS)
        pen.pair(x, y, f"{i + 1}. {mark.name}", mark.note)
    return pen


def _beside(way: WayUp) -> list[Sequence[tuple[str, Svg]]]:
    """The last kilometres and the last hundred metres from the side, and the first from above."""
    track = way.track
    along, down, star = track["along_m"], -track["radial_m"], -track["cross_m"]
    far, near = _since(track["range_m"], FAR_M), _since(track["range_m"], NEAR_M)
    told = [(b.ignition - way.at, b.name) for b in way.burns if b.dv_m_s >= LEAST_TOLD_M_S]
    told.append((way.aim - way.at, "aim point"))

    def kilometres(axis: FloatArray, word: str, most_px: float) -> Sheet:
        x, y = along[far:] / 1000, axis[far:] / 1000
        points = [Point(_at(way, "along_m", t) / 1000, float(np.interp(t, track["t_s"], axis)) / 1000, what)
                  for t, what in told if t >= track["t_s"][far]]
        return beside("km", [Path(x, y, "ship")], points, zones_km(), span(x, 2.3, 0.4), span(y, 1.3, 0.3), word,
                      most_px)

    def metres(axis: FloatArray, word: str, out_of: str, most_px: float) -> Sheet:
        rings = (Ring(0, 0, KEEP_OUT_M, KEEP_OUT_M, "keep-out sphere", "zone1"),)
        paths = [*cone(way.corridor, out_of), Path(along[near:], axis[near:], "ship")]
        contact = Point(float(along[-1]), float(axis[-1]), "contact", shape="diamond")
        return beside("m", paths, (contact,), rings, span(along[near:], 230.0, 30.0), span(axis[near:], 230.0, 30.0),
                      word, most_px)
    return [(("The last kilometres from the side", _plane("side", kilometres(down, "below", 400.0), HALF_PX)),
             ("The last hundred metres; dashed: corridor",
              _plane("near", metres(down, "below", DOWN, 400.0), HALF_PX))),
            (("The same from above", _plane("above", kilometres(star, "starboard of", 260.0), HALF_PX)),
             ("The same from above", _plane("top", metres(star, "starboard of", SIDE, 260.0), HALF_PX)))]


def _since(range_m: FloatArray, far_m: float) -> int:
    """Index of the last sample beyond a range, 0 where none is."""
    beyond = np.flatnonzero(range_m > far_m)
    return int(beyond[-1]) if len(beyond) else 0
