"""A picture of a campaign: where flights are at the aim point, with covariance ellipses, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.reports.charts.axis import Utc
from fakel.reports.charts.panels import Mark, panels
from fakel.reports.charts.way import sigma_panels
from fakel.reports.picture import stacked
from fakel.reports.sections.burns import burn_name
from fakel.reports.svg import WIDE, Scale, Svg, number, room, ticks

TALL, SIDE, TOP, LEFT, GAP = 400.0, 380.0, 30.0, 58.0, 96.0
LEAST_BINS, BINS = 8, 30


def picture(result: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """SVG text: places at the aim point, the price, and the linear covariance along the way."""
    pen = Svg(WIDE, TOP + TALL + 36, "Dispersed flights: places at the aim point and delta-v")
    _aim(pen, result, np.array([row["aim"] for row in rows if row["aim"] is not None]).reshape(-1, 6))
    _price(pen, np.array([row["dv_m_s"] - result["nominal_dv_m_s"] for row in rows if row["ending"] == "done"]))
    charts = [("", pen), *_along(result)]
    told = (f"errors {result['navigation']} ({result['confidence']}); rings: 1, 2 and 3 sigma of the linear "
            "covariance; dots and bars: flights")
    return stacked(f"{result['runs']} dispersed flights of {result['mission']}", told, charts)


def _along(result: Mapping[str, Any]) -> list[tuple[str, Svg]]:
    """How well the ship is known, and how far it may be off the plan, at every fix and burn."""
    tables = list(result["along"].values())
    epochs = [Epoch.utc(utc) for t in tables for utc in t["utc"]]
    if len(epochs) < 3:
        return []
    zero = midnight(epochs[0].day)
    t_s = np.array([epoch - zero for epoch in epochs])
    columns = {name: np.array([float(x) for t in tables for x in t[name]]) for name in tables[0]
               if name.endswith("_m")}
    marks = [Mark(t, burn_name(name)) for t, name, kind in
             zip(t_s, (x for t in tables for x in t["what"]), (x for t in tables for x in t["kind"]), strict=True)
             if kind == "burn"]
    label = "One sigma of the linear covariance along the way"
    return [("Linear covariance along the way, after each tracking pass, radar fix and burn",
             panels(WIDE, label, Utc(zero, float(t_s[0]), float(t_s[-1])), sigma_panels(t_s, columns), marks)[0])]


def ring(covariance: np.ndarray, sigmas: float) -> np.ndarray:
    """Points (n, 2) of the ellipse of a covariance (2, 2)."""
    values, axes = np.linalg.eigh(covariance)
    turn = np.linspace(0.0, 2.0 * np.pi, 73)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return np.asarray((circle * np.sqrt(np.maximum(values, 0.0)) * sigmas) @ axes.T)


def _aim(pen: Svg, result: Mapping[str, Any], aims: np.ndarray) -> None:
    """Along track against radial, m from the planned aim point."""
    centre = np.array(result["nominal_aim"])[[1, 0]]
    covariance = np.array(result["aim_covariance"])[np.ix_([1, 0], [1, 0])]
    off = aims[:, [1, 0]] - centre
    far = float(max(3.2 * np.sqrt(np.diag(covariance)).max(), np.abs(off).max() if len(off) else 0.0))
    low, high = room(-far, far)
    across, up = Scale(low, high, LEFT, LEFT + SIDE), Scale(low, high, TOP + TALL, TOP + TALL - SIDE)
    _grid(pen, across, up, (low, high), (low, high))
    for x, y in off:
        pen.circle(float(across(x)), float(up(y)), 1.8, "sample")
    for sigmas in (1.0, 2.0, 3.0):
        points = ring(covariance, sigmas)
        pen.path(np.asarray(across(points[:, 0])), np.asarray(up(points[:, 1])), "limit-h")
    pen.text(LEFT + SIDE, TOP + TALL + 34, "along track from the planned aim point, m", "unit", anchor="end")
    pen.pair(0.0, TOP + TALL - SIDE - 12, "At the aim point", "radial, m", "unit")


def _price(pen: Svg, more: np.ndarray) -> None:
    """How many flights took how much more than the flight without errors."""
    left, right = LEFT + SIDE + GAP, WIDE - 10.0
    if not len(more):
        pen.text(left, TOP + TALL / 2, "no flight docked", "unit")
        return
    count, edges = np.histogram(more, bins=min(BINS, max(LEAST_BINS, int(2 * np.sqrt(len(more))))))
    low, high = room(float(edges[0]), float(edges[-1]))
    across, up = Scale(low, high, left, right), Scale(0.0, float(count.max()) * 1.05, TOP + TALL, TOP + TALL - SIDE)
    _grid(pen, across, up, (low, high), (0.0, float(count.max()) * 1.05))
    for n, a, b in zip(count, edges[:-1], edges[1:], strict=True):
        x, y = float(across(a)), float(up(n))
        pen.rect(x, y, float(across(b)) - x - 0.6, TOP + TALL - y, "bar")
    last = float(np.quantile(more, 0.99, method="inverted_cdf"))
    pen.line(float(across(last)), TOP + TALL - SIDE, float(across(last)), TOP + TALL, "limit-h")
    pen.text(float(across(last)) - 5, TOP + TALL - SIDE + 14, f"99 %: {number(last, 1)} m/s", "b halo-t", anchor="end")
    pen.text(right, TOP + TALL + 34, "delta-v more than without errors, m/s", "unit", anchor="end")
    pen.pair(left - 40, TOP + TALL - SIDE - 12, "Price", "flights", "unit")


def _grid(pen: Svg, across: Scale, up: Scale, x: tuple[float, float], y: tuple[float, float]) -> None:
    x0, x1, y0, y1 = (float(s(v)) for s, v in ((across, x[0]), (across, x[1]), (up, y[0]), (up, y[1])))
    for value, label in ticks(*x, 6):
        pen.line(float(across(value)), y0, float(across(value)), y1, "grid")
        pen.text(float(across(value)), y0 + 17, label, "tick", anchor="middle")
    for value, label in ticks(*y, 6):
        pen.line(x0, float(up(value)), x1, float(up(value)), "grid")
        pen.text(x0 - 7, float(up(value)) + 4, label, "tick", anchor="end")
