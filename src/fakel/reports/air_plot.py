"""A picture of cabin air: carbon dioxide, oxygen and pressure of each room over time."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.cabin_air import AirCurves
from fakel.reports.svg import Scale, Svg, room, ticks

WIDE, TALL, LEFT, RIGHT, TOP, GAP = 1040.0, 210.0, 70.0, 190.0, 50.0, 54.0
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#444", "#b5532a", "#7a4ea3", "#2f6f4f",
           "#999", "#c0392b", "#1f618d", "#7d6608", "#196f3d", "#884ea0", "#d68910", "#5d6d7e")
VENTED = 0.95
"""A room below that part of what the others have is being vented: its gases are not drawn, only its pressure."""
PANELS = (("Carbon dioxide, mmHg", "co2_pa", 760 / 101_325, (4.0,)), ("Oxygen, kPa", "o2_pa", 1e-3, (19.5, 23.1)),
          ("Pressure, kPa", "pressure_pa", 1e-3, ()))
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#d9d5cb;fill:none}.limit{stroke:#b3261e;fill:none;stroke-width:1.2}.dim{fill:#555}.b{font-weight:600}
"""


def picture(air: AirCurves) -> str:
    """SVG text."""
    pen = Svg(WIDE, TOP + len(PANELS) * (TALL + GAP), f"Carbon dioxide, oxygen and pressure over time: {air.title}")
    pen.text(LEFT, 26, air.title, "h")
    hours = air.t_s / 3600
    for i, (title, quantity, factor, limits) in enumerate(PANELS):
        _panel(pen, title, hours, _breathable(air, quantity) * factor, limits, air, TOP + i * (TALL + GAP) + 10)
    style = _STYLE + "".join(f".k{i}{{fill:none;stroke-width:1.5;stroke:{COLOURS[i % len(COLOURS)]}}}"
                             f".k{i}t{{fill:{COLOURS[i % len(COLOURS)]}}}\n" for i in range(len(air.rooms)))
    return str(pen).replace("</title>", "</title>" + style + "</style>", 1) + "\n"


def _breathable(air: AirCurves, quantity: str) -> FloatArray:
    """A quantity of all rooms; gases of vented rooms are left out, so that the others are seen."""
    values: FloatArray = getattr(air, quantity)
    if quantity == "pressure_pa":
        return values
    return np.where(air.pressure_pa < VENTED * np.nanmedian(air.pressure_pa, axis=1, keepdims=True), np.nan, values)


def _panel(pen: Svg, title: str, hours: FloatArray, values: FloatArray, limits: tuple[float, ...], air: AirCurves,
           top: float) -> None:
    low, high = room(min(float(np.nanmin(values)), *limits, np.inf), max(float(np.nanmax(values)), *limits, -np.inf), 6)
    up, across = Scale(low, high, top + TALL, top), Scale(0.0, max(float(hours[-1]), 1e-9), LEFT, WIDE - RIGHT)
    pen.text(LEFT, top - 7, title, "b")
    for value, label in ticks(low, high, 6):
        pen.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "grid")
        pen.text(LEFT - 8, float(up(value)) + 4, label, anchor="end")
    for value, label in ticks(0.0, float(hours[-1]), 10):
        pen.text(float(across(value)), top + TALL + 17, label, "dim", anchor="middle")
    since = "" if air.begin is None else f" since {air.begin.iso()[:16].replace('T', ' ')} UTC"
    pen.text(WIDE - RIGHT, top + TALL + 33, f"hours{since}", "dim", anchor="end")
    for limit in limits:
        pen.line(LEFT, float(up(limit)), WIDE - RIGHT, float(up(limit)), "limit")
    for i, name in enumerate(air.rooms):
        pen.path(np.asarray(across(hours)), np.asarray(up(values[:, i])), f"k{i}", title=name)
        pen.text(WIDE - RIGHT + 10, top + 8 + i * min(14.0, TALL / len(air.rooms)), name, f"k{i}t")
