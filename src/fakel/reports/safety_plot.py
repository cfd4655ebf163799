"""Pictures of passive safety: drifting paths in the orbit's plane with both zones, and distances over a day."""

from __future__ import annotations

from html import escape

import numpy as np

from fakel.model.safety import Curve, SafetyReport
from fakel.reports.safety import DRIFTS, page_rows
from fakel.reports.svg import Scale, Svg, log_ticks, ticks

WIDE, LEFT, RIGHT, TALL = 1040.0, 78.0, 26.0, 400.0
SPHERE_M, HALF_UP_M, HALF_ALONG_M = 200.0, 1000.0, 2000.0
ACROSS_M, UP_M = 4500.0, 1800.0
SHOWN_S = 3 * 3600.0
CSS = {"clear": "c0", "outside the sphere": "c1", "enters at three sigma": "c2", "enters the sphere": "c3"}
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#e2ded5;fill:none}.dim{fill:#555}.b{font-weight:600}.sphere{stroke:#b3261e;fill:#b3261e22}
.ellipsoid{stroke:#b3261e;fill:none;stroke-dasharray:3 3}.limit{stroke:#b3261e;fill:none}
.c0,.c1,.c2,.c3{fill:none;stroke-width:1.3}.c0{stroke:#009e73}.c1{stroke:#0072b2}.c2{stroke:#e69f00}.c3{stroke:#d55e00}
</style>"""


def picture(report: SafetyReport) -> str:
    """SVG text: the first hours in the orbit's plane near the station, and range over a day, coloured by verdict."""
    pen = Svg(WIDE, 2 * TALL + 190, f"Passive safety of {report.ship}: free drift of every failed burn")
    pen.text(LEFT, 24, f"Passive safety of {report.ship}: free drift after every failed burn", "h")
    pen.text(LEFT, 42, "green: outside sphere and ellipsoid, blue: outside the sphere, orange: inside at three sigma, "
                       "red: enters the sphere (there an abort clears)", "dim")
    _plane(pen, report.curves)
    _ranges(pen, report.curves)
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _plane(pen: Svg, curves: tuple[Curve, ...]) -> None:
    x, y = Scale(-ACROSS_M, ACROSS_M, LEFT, WIDE - RIGHT), Scale(-UP_M, UP_M, 80 + TALL, 80)
    pen.text(LEFT, 72, "first three hours: height, m, over along track, m (the station flies to the right)", "b")
    for value, label in ticks(-UP_M, UP_M, 7):
        pen.line(LEFT, float(y(value)), WIDE - RIGHT, float(y(value)), "grid")
        pen.text(LEFT - 8, float(y(value)) + 4, label, anchor="end")
    for value, label in ticks(-ACROSS_M, ACROSS_M, 9):
        pen.line(float(x(value)), 80, float(x(value)), 80 + TALL, "grid")
        pen.text(float(x(value)), 80 + TALL + 16, label, "dim", anchor="middle")
    pen.clip("plane", LEFT, 80, WIDE - RIGHT - LEFT, TALL)
    turn = np.linspace(0.0, 2 * np.pi, 181)
    for css, along, up in (("ellipsoid", HALF_ALONG_M, HALF_UP_M), ("sphere", SPHERE_M, SPHERE_M)):
        pen.path(x(along * np.cos(turn)), y(up * np.sin(turn)), css, closed=True)
    for curve in curves:
        n = int(SHOWN_S / curve.step_s) + 1
        away = curve.place_m[:n]
        near = np.flatnonzero((np.abs(away[:, 1]) < 2 * ACROSS_M) & (np.abs(away[:, 0]) < 2 * UP_M))
        if len(near) > 1:
            part = away[near[0]:near[-1] + 1]
            pen.path(x(part[:, 1]), y(part[:, 0]), CSS[curve.verdict], title=f"{curve.burn}: {curve.case}")
    pen.end()


def _ranges(pen: Svg, curves: tuple[Curve, ...]) -> None:
    top = 80 + TALL + 70
    x, y = Scale(0.0, 24.0, LEFT, WIDE - RIGHT), Scale(0.0, 7.0, top + TALL, top)
    pen.text(LEFT, top - 8, "a day: range to the station's centre, m, over hours of drifting", "b")
    for value, label in log_ticks(1.0, 1e7):
        pen.line(LEFT, float(y(np.log10(value))), WIDE - RIGHT, float(y(np.log10(value))), "grid")
        pen.text(LEFT - 8, float(y(np.log10(value))) + 4, label, anchor="end")
    for value, label in ticks(0.0, 24.0, 12):
        pen.text(float(x(value)), top + TALL + 16, label, "dim", anchor="middle")
    pen.line(LEFT, float(y(np.log10(SPHERE_M))), WIDE - RIGHT, float(y(np.log10(SPHERE_M))), "limit")
    pen.clip("day", LEFT, top, WIDE - RIGHT - LEFT, TALL)
    for curve in curves:
        hours = curve.step_s / 3600.0 * np.arange(len(curve.place_m))
        away = np.log10(np.maximum(np.linalg.norm(curve.place_m, axis=1), 1.0))
        pen.path(x(hours), y(away), CSS[curve.verdict], title=f"{curve.burn}: {curve.case}")
    pen.end()


def page(report: SafetyReport) -> str:
    """One HTML page that loads nothing: the picture and every table of drifts."""
    parts = [f"<!doctype html><meta charset=utf-8><title>Passive safety of {escape(report.ship)}</title>",
             "<style>body{font:14px system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
             "table{border-collapse:collapse;margin:1rem 0}td,th{padding:.15rem .6rem;text-align:right;"
             "border-bottom:1px solid #ddd}td:nth-child(-n+2),th:nth-child(-n+2),td:last-child{text-align:left}"
             "svg{max-width:100%;height:auto}</style>", f"<h1>Passive safety of {escape(report.ship)}</h1>",
             picture(report)]
    for step, tables in report.tables.items():
        for name, title in DRIFTS.items():
            if len(tables.get(name, {}).get("burn", ())):
                head, rows = page_rows(tables[name])
                parts += [f"<h2>{escape(step)}: {escape(title)}</h2><table><tr>",
                          *(f"<th>{escape(h)}</th>" for h in head), "</tr>"]
                parts += ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows]
                parts.append("</table>")
    return "\n".join([*parts, *(f"<p>{escape(line)}</p>" for line in report.assumed)]) + "\n"
