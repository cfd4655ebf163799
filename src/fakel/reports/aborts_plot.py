"""Loads, height, distance and time of the way out, against the second of the failure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np

from fakel.model.abort import Abort, Aborts
from fakel.model.arrays import FloatArray
from fakel.reports.aborts_map import COLOURS, titles
from fakel.reports.svg import Scale, Svg, room, text_width, ticks

WIDE, TALL, LEFT, RIGHT, TOP, GAP = 1040.0, 150.0, 66.0, 150.0, 88.0, 40.0
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.b{font-weight:600}.grid{stroke:#d9d5cb;fill:none}.panel{fill:#fff}.edge{stroke:#777;fill:none;
stroke-dasharray:3 3}.a{fill:none;stroke:#b3261e;stroke-width:1.8}.c{fill:none;stroke:#3a86b8;stroke-width:1.8}
.d{fill:none;stroke:#8a8478;stroke-width:1.3}.m{fill:none;stroke:#222;stroke-width:1.8}.at{fill:#b3261e}.ct{fill:#2a6f9c}
.dt{fill:#6d675c}.mt{fill:#222}
"""
Curve = tuple[str, str, FloatArray]


def picture(found: Aborts) -> str:
    """SVG text."""
    rows, title = found.rows, f"{found.vehicle} on {found.launcher}: the way out at every second"
    x = np.array([row.failure_s for row in rows])
    panels = _panels(rows)
    pen = Svg(WIDE, TOP + len(panels) * (TALL + GAP) + 24, title)
    pen.text(LEFT, 26, title, "h")
    pen.text(LEFT, 46, f"engines lost at a second after liftoff from {found.pad.name}; cutoff at "
             f"{found.cutoff_s:.0f} s", "dim")
    across = Scale(0.0, max(found.cutoff_s, 1.0), LEFT, WIDE - RIGHT)
    _ways(pen, found, across, TOP + len(panels) * (TALL + GAP) - GAP)
    edges = [0, *(k for k in range(1, len(rows)) if rows[k].way != rows[k - 1].way), len(rows)]
    for k, (name, curves) in enumerate(panels):
        _panel(pen, x, edges, name, curves, across, TOP + 18 + k * (TALL + GAP))
    bottom = TOP + len(panels) * (TALL + GAP) - GAP + 18
    for value, label in ticks(0.0, found.cutoff_s, 12):
        pen.text(float(across(value)), bottom + 16, label, "dim", "middle")
    pen.text(WIDE - RIGHT, bottom + 34, "second of the failure", "dim", "end")
    style = _STYLE + "".join(f".w{k}{{fill:{c};fill-opacity:.12}}.v{k}{{fill:{c}}}\n" for k, c in enumerate(COLOURS))
    return str(pen).replace("</title>", "</title>" + style + "</style>", 1) + "\n"


def _panels(rows: Sequence[Abort]) -> list[tuple[str, list[Curve]]]:
    def of(key: str, scale: float = 1.0) -> FloatArray:
        return np.array([getattr(row, key) for row in rows]) * scale
    since = np.array([row.landing_s - row.failure_s for row in rows]) / 60
    return [("greatest load, g", [("a", "motors", of("motors_g")), ("c", "air", of("entry_g")),
                                  ("d", "canopies", of("canopy_g"))]),
            ("highest point, km", [("m", "apogee", of("apogee_m", 1e-3)), ("d", "at failure", of("height_m", 1e-3))]),
            ("from the pad, km", [("m", "landing", of("from_pad_m", 1e-3))]),
            ("from the failure to touchdown, min", [("m", "time", since)])]


def _ways(pen: Svg, found: Aborts, across: Scale, bottom: float) -> None:
    """A band for each way out, its name above."""
    order = list(dict.fromkeys(row.way for row in found.rows))
    ends, last_x = [list(group) for _, group in groupby(found.rows, key=lambda row: row.way)], -1e9
    for k, mine in enumerate(ends):
        start = float(across(mine[0].failure_s))
        stop = float(across(ends[k + 1][0].failure_s)) if k + 1 < len(ends) else float(across(found.cutoff_s))
        which = order.index(mine[0].way)
        pen.rect(start, TOP + 18, stop - start, bottom - TOP, f"w{which}")
        words = titles(found)[mine[0].way]
        x = min(max(start + 2, last_x + 14), WIDE - text_width(words) - 8)
        pen.text(x, TOP - 12, words, f"v{which}")
        last_x = x + text_width(words)


def _panel(pen: Svg, x: FloatArray, edges: Sequence[int], name: str, curves: Sequence[Curve], across: Scale, top: float
           ) -> None:
    """edges: where another way out begins; curves leap there and are not joined."""
    values = np.concatenate([curve for _, _, curve in curves])
    low, high = room(0.0, float(values.max()), 5)
    up = Scale(low, high, top + TALL, top)
    pen.text(LEFT, top - 6, name, "b")
    for value, label in ticks(low, high, 5):
        pen.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "grid")
        pen.text(LEFT - 8, float(up(value)) + 4, label, "dim", "end")
    taken: list[float] = []
    for css, label, curve in curves:
        for a, b in pairwise(edges):
            pen.path(np.asarray(across(x[a:b])), np.asarray(up(curve[a:b])), css)
        y = float(up(curve[-1]))
        while any(abs(y - other) < 14 for other in taken):
            y -= 4
        taken.append(y)
        pen.text(WIDE - RIGHT + 8, y + 4, label, f"{css}t")
