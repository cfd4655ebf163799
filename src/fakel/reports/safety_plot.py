"""Pictures of passive safety: drifting paths in the orbit's plane with both zones, and distances over a day."""

from __future__ import annotations

from html import escape

import numpy as np

from fakel.model.safety import Curve, SafetyReport
from fakel.reports.picture import stacked
from fakel.reports.safety import DRIFTS, page_rows
from fakel.reports.svg import WIDE, Scale, Svg, log_ticks, text_width, ticks

LEFT, RIGHT, TALL, TOP = 62.0, 10.0, 370.0, 26.0
SPHERE_M, HALF_UP_M, HALF_ALONG_M = 200.0, 1000.0, 2000.0
ACROSS_M, UP_M = 4500.0, 2000.0
NEAR_M, FAR_M = 10.0, 1e7
SHOWN_S = 3 * 3600.0
CSS = {"clear": "v0", "outside the sphere": "v1", "enters at three sigma": "v2", "enters the sphere": "v3"}
MEANT = {"clear": "stays out of sphere and ellipsoid", "outside the sphere": "stays out of the sphere",
         "enters at three sigma": "enters the sphere at three sigma", "enters the sphere": "enters the sphere"}


def picture(report: SafetyReport) -> str:
    """SVG text: the first hours in the orbit's plane near the station, and range over a day, coloured by verdict."""
    charts = [("", _key(report.curves)), ("The first three hours in the orbit's plane", _plane(report.curves)),
              ("A day: range to the station's centre over hours of drifting", _ranges(report.curves))]
    told = ("burns missed, half done, or the last one; nothing is burnt afterwards. Red: keep-out sphere, 200 m; "
            "dashed: approach ellipsoid, 4 by 2 km")
    return stacked(f"Passive safety of {report.ship}: free drift after every failed burn", told, charts)


def _key(curves: tuple[Curve, ...]) -> Svg:
    """What the colours mean, and how many drifts there are of each."""
    pen, x = Svg(WIDE, 18.0, "Colours"), 0.0
    for verdict, css in CSS.items():
        count = sum(curve.verdict == verdict for curve in curves)
        if count:
            words = f"{MEANT[verdict]} ({count})"
            pen.text(x, 12, words, f"b {css}-t")
            x += text_width(words, bold=True) + 18
    return pen


def _ordered(curves: tuple[Curve, ...]) -> list[Curve]:
    """The worst last, so that they are drawn over the others."""
    return sorted(curves, key=lambda curve: list(CSS).index(curve.verdict))


def _plane(curves: tuple[Curve, ...]) -> Svg:
    pen = Svg(WIDE, TOP + TALL + 40, "Drifting paths beside the station: height over along track")
    x, y = Scale(-ACROSS_M, ACROSS_M, LEFT, WIDE - RIGHT), Scale(-UP_M, UP_M, TOP + TALL, TOP)
    pen.text(0, TOP - 12, "m above the station", "unit")
    for value, label in ticks(-UP_M, UP_M, 9):
        pen.line(LEFT, float(y(value)), WIDE - RIGHT, float(y(value)), "grid")
        pen.text(LEFT - 8, float(y(value)) + 4, label, "tick", "end")
    for value, label in ticks(-ACROSS_M, ACROSS_M, 9):
        pen.line(float(x(value)), TOP, float(x(value)), TOP + TALL, "grid")
        pen.text(float(x(value)), TOP + TALL + 17, label, "tick", "middle")
    pen.text(WIDE - RIGHT, TOP + TALL + 33, "m ahead of the station", "unit", "end")
    pen.clip("plane", LEFT, TOP, WIDE - RIGHT - LEFT, TALL)
    turn = np.linspace(0.0, 2 * np.pi, 181)
    for css, along, up in (("zone2", HALF_ALONG_M, HALF_UP_M), ("zone1", SPHERE_M, SPHERE_M)):
        pen.path(x(along * np.cos(turn)), y(up * np.sin(turn)), css, closed=True)
    for curve in _ordered(curves):
        n = int(SHOWN_S / curve.step_s) + 1
        away = curve.place_m[:n]
        near = np.flatnonzero((np.abs(away[:, 1]) < 2 * ACROSS_M) & (np.abs(away[:, 0]) < 2 * UP_M))
        if len(near) > 1:
            part = away[near[0]:near[-1] + 1]
            pen.path(x(part[:, 1]), y(part[:, 0]), CSS[curve.verdict], title=f"{curve.burn}: {curve.case}")
    pen.end()
    return pen


def _ranges(curves: tuple[Curve, ...]) -> Svg:
    pen = Svg(WIDE, TOP + TALL + 40, "Range to the station over hours of drifting")
    x, y = Scale(0.0, 24.0, LEFT, WIDE - RIGHT), Scale(NEAR_M, FAR_M, TOP + TALL, TOP, True)
    pen.text(0, TOP - 12, "km, logarithmic", "unit")
    for value, label in log_ticks(NEAR_M / 1000, FAR_M / 1000):
        pen.line(LEFT, float(y(value * 1000)), WIDE - RIGHT, float(y(value * 1000)), "grid")
        pen.text(LEFT - 8, float(y(value * 1000)) + 4, label, "tick", "end")
    for value, label in ticks(0.0, 24.0, 12):
        pen.text(float(x(value)), TOP + TALL + 17, label, "tick", "middle")
    pen.text(WIDE - RIGHT, TOP + TALL + 33, "hours", "unit", "end")
    pen.clip("day", LEFT, TOP, WIDE - RIGHT - LEFT, TALL)
    for curve in _ordered(curves):
        hours = curve.step_s / 3600.0 * np.arange(len(curve.place_m))
        away = np.maximum(np.linalg.norm(curve.place_m, axis=1), NEAR_M)
        pen.path(x(hours), y(away), CSS[curve.verdict], title=f"{curve.burn}: {curve.case}")
    pen.end()
    pen.line(LEFT, float(y(SPHERE_M)), WIDE - RIGHT, float(y(SPHERE_M)), "limit-h")
    pen.text(WIDE - RIGHT - 4, float(y(SPHERE_M)) - 5, "keep-out sphere, 200 m", "fail-t halo-t", "end")
    return pen


def page(report: SafetyReport) -> str:
    """One HTML page that loads nothing: the picture and every table of drifts."""
    parts = [f"<!doctype html><html lang=en><meta charset=utf-8>"
             f"<meta name=viewport content='width=device-width,initial-scale=1'>"
             f"<title>Passive safety of {escape(report.ship)}</title>",
             "<style>body{font:14px system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;"
             "background:#fff;color:#14202b}.wide{overflow-x:auto}td,th{white-space:nowrap}.wide svg{min-width:40rem}"
             "table{border-collapse:collapse;margin:1rem 0}td,th{padding:.15rem .6rem;text-align:right;"
             "border-bottom:1px solid #ddd}td:nth-child(-n+2),th:nth-child(-n+2),td:last-child{text-align:left}"
             "svg{max-width:100%;height:auto}</style>", f"<h1>Passive safety of {escape(report.ship)}</h1>",
             f"<div class=wide>{picture(report)}</div>"]
    for step, tables in report.tables.items():
        for name, title in DRIFTS.items():
            if len(tables.get(name, {}).get("burn", ())):
                head, rows = page_rows(tables[name])
                parts += [f"<h2>{escape(step)}: {escape(title)}</h2><div class=wide><table><tr>",
                          *(f"<th>{escape(h)}</th>" for h in head), "</tr>"]
                parts += ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows]
                parts.append("</table></div>")
    return "\n".join([*parts, *(f"<p>{escape(line)}</p>" for line in report.assumed)]) + "\n"
