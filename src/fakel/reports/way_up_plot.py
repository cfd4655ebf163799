"""A picture of a planned way up: phasing, heights, distance and propellant, and the end in two planes of LVLH."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import midnight
from fakel.model.way_up import WayUp
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.plane import Path, Point, Ring, Sheet, plane
from fakel.reports.charts.way import KEEP_OUT_M, beside, cone, phasing, span, zones_km
from fakel.reports.picture import stacked
from fakel.reports.svg import WIDE, Svg, number

FAR_M, NEAR_M = 6_000.0, 450.0
LEAST_TOLD_M_S = 0.05


def picture(way: WayUp) -> str:
    """SVG text."""
    low, high = (np.degrees(x) for x in way.window_rad)
    whole, end = phasing(way.track["phase_deg"], -way.track["height_difference_m"] / 1000, _points(way),
                         (float(low), float(high), "the profile's window"))
    charts = [("Phase against height: time runs from right to left", _plane("phasing", whole))]
    if end is not None:
        charts.append(("The end of it", _plane("end", end)))
    charts.append(("", _curves(way)))
    charts += _beside(way)
    told = (f"liftoff {way.liftoff.iso()}, contact {way.docking.iso()}, {number(way.total_m_s, 1)} m/s in all, "
            f"{number(way.used_kg)} kg of {number(way.propellant_kg)}")
    return stacked(f"{way.ship} to {way.port}: {way.profile_name}", told, charts)


def _plane(name: str, sheet: Sheet) -> Svg:
    return plane(WIDE, f"{sheet.y_unit} over {sheet.x_unit}", name, sheet)


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


def _curves(way: WayUp) -> Svg:
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
    return panels(WIDE, "Height, distance and propellant until contact", axis, shown, marks)[0]


def _beside(way: WayUp) -> list[tuple[str, Svg]]:
    """The last kilometres from the side and from above, and the last hundred metres."""
    track = way.track
    along, down, star = track["along_m"], -track["radial_m"], -track["cross_m"]
    far, near = _since(track["range_m"], FAR_M), _since(track["range_m"], NEAR_M)
    told = [(b.ignition - way.at, b.name) for b in way.burns if b.dv_m_s >= LEAST_TOLD_M_S]
    told.append((way.aim - way.at, "aim point"))
    x_span = span(along[far:] / 1000, 2.3, 0.4)
    out = []
    for name, heading, axis, word in (("side", "The last kilometres from the side", down, "below"),
                                      ("above", "The same from above", star, "starboard of")):
        points = [Point(_at(way, "along_m", t) / 1000, float(np.interp(t, track["t_s"], axis)) / 1000, what)
                  for t, what in told if t >= track["t_s"][far]]
        out.append((heading, _plane(name, beside("km", [Path(along[far:] / 1000, axis[far:] / 1000, "ship")], points,
                                                 zones_km(), x_span, span(axis[far:] / 1000, 1.4, 0.3), word))))
    rings = (Ring(0, 0, KEEP_OUT_M, KEEP_OUT_M, "keep-out sphere, 200 m", "zone1"),)
    for name, heading, axis, word, plane_ in (
            ("near", "The last hundred metres from the side; dashed: the approach corridor", down, "below", "radial"),
            ("top", "The same from above", star, "starboard of", "normal")):
        paths = [*cone(way.corridor, plane_), Path(along[near:], axis[near:], "ship")]
        if plane_ == "normal" and len(paths) == 1:                    # the port looks out of this plane
            continue
        contact = Point(float(along[-1]), float(axis[-1]), "contact", shape="diamond")
        spans = span(along[near:], 230.0, 30.0), span(axis[near:], 230.0, 30.0)
        out.append((heading, _plane(name, beside("m", paths, (contact,), rings, *spans, word))))
    return out


def _since(range_m: FloatArray, far_m: float) -> int:
    """Index of the last sample beyond a range, 0 where none is."""
    beyond = np.flatnonzero(range_m > far_m)
    return int(beyond[-1]) if len(beyond) else 0
