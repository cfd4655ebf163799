"""A climb's curves over time: where it is, what it feels, how it points; with published values."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.climb import Ascent
from fakel.reports.ascents import SHOWN, beside, title
from fakel.reports.charts.axis import Plain
from fakel.reports.charts.panels import Dot, Line, Mark, Panel, panels
from fakel.reports.picture import stacked
from fakel.reports.svg import WIDE, Svg, text_width

PANELS = (("Altitude", "km", (("altitude_m", 1e-3, ""),), 110.0, "altitude_km"),
          ("Speed", "m/s", (("speed_inertial_m_s", 1.0, "inertial"), ("speed_air_m_s", 1.0, "over ground")), 110.0,
           "speed_air_m_s"),
          ("Dynamic pressure", "kPa", (("q_pa", 1e-3, ""),), 80.0, ""),
          ("Load", "g", (("load_g", 1.0, ""),), 80.0, "load_g"),
          ("Pitch above the horizon", "°", (("pitch_rad", 180 / np.pi, ""),), 90.0, ""),
          ("Yaw, east of north", "°", (("yaw_rad", 180 / np.pi, ""),), 80.0, ""),
          ("Angle of attack in the air", "°", (("alpha_rad", 180 / np.pi, ""),), 70.0, ""),
          ("Mass", "t", (("mass_kg", 1e-3, ""),), 80.0, ""))
NOT_ZERO = ("Yaw, east of north", "Pitch above the horizon")
VERTICAL_RAD = np.radians(88.0)
"""A nose that points straight up has no yaw."""


def picture(found: Ascent) -> str:
    """SVG text."""
    name = f"{found.vehicle} on {found.launcher}"
    when = "" if found.liftoff is None else f", liftoff {found.liftoff.iso(1)}"
    axis = Plain(0.0, float(found.t_s[-1]), "s")
    marks = [Mark(m.t_s, title(m.name), f"{m.t_s:.0f} s") for m in found.moments if m.name != "liftoff"]
    drawn, numbered = panels(WIDE, f"The climb of {name}", axis, _panels(found), marks)
    told = f"{found.mass_kg:.0f} kg from {found.pad.name}{when}; {found.propellant_left_kg:.0f} kg of propellant left"
    dots = "; circles: published" if any(_dots(found, panel[-1]) for panel in PANELS) else ""
    charts = [("", _key(marks)), ("", drawn)] if numbered else [("", drawn)]
    return stacked(f"{name}: the climb", told + dots, charts)


def _key(marks: list[Mark]) -> Svg:
    """What the numbers stand for, in as many lines as it takes."""
    rows = [""]
    for k, mark in enumerate(marks, 1):
        words = f"{k} {mark.name} {mark.note}"
        if text_width(rows[-1] + words) > WIDE - 20:
            rows.append("")
        rows[-1] += ("; " if rows[-1] else "") + words
    pen = Svg(WIDE, 16.0 * len(rows), "events")
    for k, row in enumerate(rows):
        pen.text(0.0, 12.0 + 16.0 * k, row)
    return pen


def _panels(found: Ascent) -> list[Panel]:
    told, curves = [], found.curves
    upright = curves["pitch_rad"] > VERTICAL_RAD
    for name, unit, lines, height, published in PANELS:
        drawn = tuple(Line(found.t_s, _curve(found, key, upright) * factor, "ship" if k == 0 else "second", label)
                      for k, (key, factor, label) in enumerate(lines))
        told.append(Panel(name, unit, drawn, height, zero=name not in NOT_ZERO, dots=_dots(found, published)))
    return told


def _curve(found: Ascent, key: str, upright: np.ndarray) -> FloatArray:
    values = found.curves[key]
    return np.where(upright, np.nan, values) if key == "yaw_rad" else values


def _dots(found: Ascent, quantity: str) -> tuple[Dot, ...]:
    at = {m.name: m.t_s for m in found.moments} | {"insertion": found.cutoff_s}
    rows = [b.published for b in beside(found) if b.published.quantity == quantity]
    return tuple(Dot(float(p.event) if p.event.isdigit() else at[p.event], p.value,
                     f"{title(p.event)}: {p.value:g} {SHOWN[quantity][1]}, published") for p in rows)
