"""A picture of a flame's air: oxygen, carbon dioxide, heat and smoke over minutes and days, with the limits."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.burn import BurnReport, Scenario
from fakel.reports.svg import Scale, Svg, room, ticks

WIDE, TALL, LEFT, RIGHT, TOP, GAP, BETWEEN = 1040.0, 150.0, 66.0, 20.0, 66.0, 52.0, 60.0
PANELS = (("co2_mmhg", "carbon dioxide, mmHg"), ("o2_percent", "oxygen, % of the air"),
          ("temperature_c", "temperature, degC"), ("smoke_1_m", "smoke: light lost, 1/m"),
          ("co_ppm", "carbon monoxide, ppm"))
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#d9d5cb;fill:none}.limit{stroke:#8a6d00;fill:none;stroke-dasharray:5 4}.lt{fill:#8a6d00;font-size:11px}
.dim{fill:#555}.b{font-weight:600}.k0{fill:none;stroke-width:1.8;stroke:#b3261e}.k0t{fill:#b3261e}
.k2{fill:none;stroke-width:1.8;stroke:#009e73}.k2t{fill:#009e73}
.k1{fill:none;stroke-width:1.8;stroke:#0072b2}.k1t{fill:#0072b2}.w{fill:none;stroke:#444;stroke-dasharray:2 3}
</style>
"""


def picture(report: BurnReport) -> str:
    """SVG text: the first hours at the left, what follows at the right, each on its own scale."""
    pen = Svg(WIDE, TOP + len(PANELS) * (TALL + GAP) + 8, f"{report.flame.name}, {report.where}: the air over time")
    pen.text(LEFT, 24, f"{report.flame.name}: {1e3 * report.flame.mass_kg:g} g of {report.flame.fuel.name.lower()} in "
                       f"{report.flame.burn_s / 60:g} min, {report.where}", "h")
    x = LEFT
    for k, scenario in enumerate(report.scenarios):
        pen.text(x, 44, f"{scenario.name}, in {scenario.room}", f"k{k}t")
        x += 30.0 + 6.2 * len(f"{scenario.name}, in {scenario.room}")
    pen.text(x, 44, "dotted: whole cabin, as if mixed; dashed: limits of rules", "dim")
    end_s = float(report.scenarios[0].t_s[-1])
    short_s = min(max(2.0 * report.flame.burn_s, 7200.0), end_s)
    half = (WIDE - LEFT - RIGHT - BETWEEN) / 2
    for i, (name, title) in enumerate(PANELS):
        top = TOP + i * (TALL + GAP)
        pen.text(LEFT, top - 4, title, "b")
        for left, span_s, unit, each in ((LEFT, (0.0, short_s), "min", 60.0),
                                         (LEFT + half + BETWEEN, (short_s, end_s), "h", 3600.0)):
            if span_s[1] > span_s[0]:
                _panel(pen, report.scenarios, name, (left, top, left + half), span_s, each, unit)
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _panel(pen: Svg, scenarios: tuple[Scenario, ...], name: str, box: tuple[float, float, float],
           span_s: tuple[float, float], each_s: float, unit: str) -> None:
    left, top, right = box
    limits = {c.limit: c.rule + (", " + c.name.split(", ")[1] if "mean" in c.name else "")
              for c in scenarios[0].crossings if c.quantity == name}
    drawn = [(_part(s.t_s, s.whole[name], span_s), _part(s.t_s, s.air[name], span_s)) for s in scenarios]
    told = np.concatenate([values for pair in drawn for _, values in pair])
    near = [limit for limit in limits if told.min() - 5.0 <= limit <= 2.0 * told.max()]
    low, high = room(min([float(told.min()), *near]), max([float(told.max()), *near]), 5)
    begin, stop = span_s[0] / each_s, span_s[1] / each_s
    up, across = Scale(low, high, top + TALL, top + 6), Scale(begin, stop, left, right)
    for value, label in ticks(low, high, 5):
        pen.line(left, float(up(value)), right, float(up(value)), "grid")
        pen.text(left - 8, float(up(value)) + 4, label, anchor="end")
    for value, label in ticks(begin, stop, 8):
        pen.text(float(across(value)), top + TALL + 16, label, "dim", anchor="middle")
    pen.text(right, top + TALL + 31, unit, "dim", anchor="end")
    for limit in near:
        pen.line(left, float(up(limit)), right, float(up(limit)), "limit")
        pen.text(right - 4, float(up(limit)) - 3, limits[limit], "lt", anchor="end")
    for k, pair in enumerate(drawn):
        for (t_s, values), css in zip(pair, ("w", f"k{k}"), strict=True):
            pen.path(np.asarray(across(t_s / each_s)), np.asarray(up(values)), css)


def _part(t_s: FloatArray, values: FloatArray, span_s: tuple[float, float]) -> tuple[FloatArray, FloatArray]:
    """A curve from one instant to another."""
    inside = t_s[(t_s > span_s[0]) & (t_s < span_s[1])]
    at = np.concatenate([span_s[:1], inside, span_s[1:]])
    return at, np.interp(at, t_s, values)
