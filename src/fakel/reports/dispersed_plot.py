"""A picture of a campaign: where flights are at the aim point, with covariance ellipses, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fakel.reports.svg import Scale, Svg, room, ticks

WIDE, TALL, SIDE, TOP, GAP = 1000.0, 420.0, 380.0, 60.0, 110.0
BINS = 30
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#d9d5cb;fill:none}.dim{fill:#555}.dot{fill:#0072b2;fill-opacity:.45}.ring{fill:none;stroke:#d55e00;
stroke-width:1.4}.bar{fill:#0072b2;fill-opacity:.6}.mark{stroke:#b3261e;stroke-width:1.4;fill:none}
"""


def picture(result: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """SVG text."""
    pen = Svg(WIDE, TOP + TALL + 50, "Dispersed flights: places at the aim point and delta-v")
    pen.text(60, 24, f"{result['runs']} dispersed flights of {result['mission']}", "h")
    pen.text(60, 42, f"errors {result['navigation']} ({result['confidence']}); rings: 1, 2 and 3 sigma of the linear "
                     "covariance", "dim")
    _aim(pen, result, np.array([row["aim"] for row in rows if row["aim"] is not None]).reshape(-1, 6))
    _price(pen, np.array([row["dv_m_s"] - result["nominal_dv_m_s"] for row in rows if row["ending"] == "done"]))
    return str(pen).replace("</title>", "</title>" + _STYLE + "</style>", 1) + "\n"


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
    across, up = Scale(low, high, 70.0, 70.0 + SIDE), Scale(low, high, TOP + TALL, TOP + TALL - SIDE)
    _grid(pen, across, up, (low, high), (low, high))
    for x, y in off:
        pen.circle(float(across(x)), float(up(y)), 1.8, "dot")
    for sigmas in (1.0, 2.0, 3.0):
        points = ring(covariance, sigmas)
        pen.path(np.asarray(across(points[:, 0])), np.asarray(up(points[:, 1])), "ring")
    pen.text(70.0 + SIDE, TOP + TALL + 36, "along track from the planned aim point, m", "dim", anchor="end")
    pen.text(70.0, TOP + TALL - SIDE - 8, "radial, m", "dim")


def _price(pen: Svg, more: np.ndarray) -> None:
    """How many flights took how much more than the flight without errors."""
    left, right = 70.0 + SIDE + GAP, WIDE - 30.0
    if not len(more):
        pen.text(left, TOP + TALL / 2, "no flight docked", "dim")
        return
    count, edges = np.histogram(more, bins=BINS)
    low, high = room(float(edges[0]), float(edges[-1]))
    across, up = Scale(low, high, left, right), Scale(0.0, float(count.max()) * 1.05, TOP + TALL, TOP + TALL - SIDE)
    _grid(pen, across, up, (low, high), (0.0, float(count.max()) * 1.05))
    for n, a, b in zip(count, edges[:-1], edges[1:], strict=True):
        x, y = float(across(a)), float(up(n))
        pen.rect(x, y, float(across(b)) - x - 0.6, TOP + TALL - y, "bar")
    last = float(np.quantile(more, 0.99, method="inverted_cdf"))
    pen.line(float(across(last)), TOP + TALL - SIDE, float(across(last)), TOP + TALL, "mark")
    pen.text(float(across(last)) - 5, TOP + TALL - SIDE + 14, f"99 %: {last:.1f} m/s", anchor="end")
    pen.text(right, TOP + TALL + 36, "delta-v more than without errors, m/s", "dim", anchor="end")
    pen.text(left, TOP + TALL - SIDE - 8, "flights", "dim")


def _grid(pen: Svg, across: Scale, up: Scale, x: tuple[float, float], y: tuple[float, float]) -> None:
    x0, x1, y0, y1 = (float(s(v)) for s, v in ((across, x[0]), (across, x[1]), (up, y[0]), (up, y[1])))
    for value, label in ticks(*x, 6):
        pen.line(float(across(value)), y0, float(across(value)), y1, "grid")
        pen.text(float(across(value)), y0 + 16, label, "dim", anchor="middle")
    for value, label in ticks(*y, 6):
        pen.line(x0, float(up(value)), x1, float(up(value)), "grid")
        pen.text(x0 - 7, float(up(value)) + 4, label, anchor="end")
