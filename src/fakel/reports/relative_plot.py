"""A picture of a move beside a station in two planes of LVLH, with the keep-out sphere and the approach ellipsoid."""

from __future__ import annotations

import numpy as np

from fakel.model.relative_move import RelativeMove
from fakel.reports.svg import Scale, Svg, room, ticks

WIDE, LEFT, RIGHT, TOP, GAP = 1000.0, 78.0, 30.0, 80.0, 64.0
LEAST_TALL, MOST_TALL = 150.0, 640.0
SPHERE_M, ELLIPSOID_M = 200.0, (1000.0, 2000.0, 1000.0)
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#e2ded5;fill:none}.zero{stroke:#8a857a;fill:none}.dim{fill:#555}.b{font-weight:600}
.plan{stroke:#0072b2;fill:none;stroke-width:2}.flown{stroke:#d55e00;fill:none;stroke-width:1.6;stroke-dasharray:6 4}
.sphere{stroke:#b3261e;fill:#b3261e22}.ellipsoid{stroke:#b3261e;fill:none;stroke-dasharray:3 3}
.push{fill:#0072b2}.end{fill:#d55e00}.station{fill:#222}
</style>"""


def picture(move: RelativeMove) -> str:
    """SVG text. Along the track to the right, as the station flies; above: height, below: across, starboard down."""
    along = np.r_[move.planned[:, 1], move.flown[:, 1], 0.0]
    panels = (("height (radial), m", 0, 1.0), ("from above: across (to port), m", 2, 1.0))
    low, high = _room(along)
    across = Scale(low, high, LEFT, WIDE - RIGHT)
    scale = (WIDE - RIGHT - LEFT) / (high - low)
    sizes = []
    for _, k, sign in panels:
        values = sign * np.r_[move.planned[:, k], move.flown[:, k], 0.0]
        sizes.append(_fitting(values, scale))
    total = TOP + sum(tall for _, _, tall in sizes) + GAP * len(sizes)
    pen = Svg(WIDE, total, f"{move.kind} beside the station in two planes, as planned and as the full model flies it")
    pen.text(LEFT, 24, f"{move.kind}: {move.dv_m_s:.3g} m/s in {move.t_s[-1] / 60:.0f} min", "h")
    pen.text(LEFT, 42, f"line: by {move.model}; dashed: the same impulses in the full model, miss {move.miss_m:.3g} m; "
                       "dots: impulses", "dim")
    top = TOP
    for (title, k, sign), (bottom_m, top_m, tall) in zip(panels, sizes, strict=True):
        _panel(pen, move, (title, k, sign), across, Scale(bottom_m, top_m, top + tall, top), (low, high))
        top += tall + GAP
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _panel(pen: Svg, move: RelativeMove, axis: tuple[str, int, float], across: Scale, up: Scale,
           span: tuple[float, float]) -> None:
    title, k, sign = axis
    pen.text(LEFT, up.stop - 7, f"{title}, over along track, m (forward to the right)", "b")
    for value, label in ticks(up.low, up.high, 5):
        pen.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "zero" if abs(value) < 1e-9 else "grid")
        pen.text(LEFT - 8, float(up(value)) + 4, label, anchor="end")
    for value, label in ticks(*span, 9):
        pen.line(float(across(value)), up.start, float(across(value)), up.stop, "zero" if abs(value) < 1e-9 else "grid")
        pen.text(float(across(value)), up.start + 17, label, "dim", anchor="middle")
    pen.clip(f"box{k}", LEFT, up.stop, WIDE - RIGHT - LEFT, up.start - up.stop)
    turn = np.linspace(0.0, 2 * np.pi, 181)
    for css, wide_m, high_m in (("ellipsoid", ELLIPSOID_M[1], ELLIPSOID_M[k]), ("sphere", SPHERE_M, SPHERE_M)):
        pen.path(across(wide_m * np.cos(turn)), up(high_m * np.sin(turn)), css, closed=True, title=f"keep-out {css}")
    for css, rows in (("plan", move.planned), ("flown", move.flown)):
        pen.path(across(rows[:, 1]), up(sign * rows[:, k]), css)
    for push in move.pushes:
        pen.circle(float(across(push.place_m[1])), float(up(sign * push.place_m[k])), 3.0, "push",
                   f"{np.linalg.norm(push.dv_m_s):.3f} m/s at {push.t_s / 60:.1f} min")
    end = move.flown[-1]
    pen.circle(float(across(end[1])), float(up(sign * end[k])), 4.0, "end", "end in the full model")
    pen.circle(float(across(0.0)), float(up(0.0)), 3.5, "station", "the station's centre")
    pen.end()


def _room(values: np.ndarray) -> tuple[float, float]:
    """The span of values with some air around, and room for the sphere at least."""
    low, high = min(float(values.min()), -SPHERE_M), max(float(values.max()), SPHERE_M)
    pad = 0.06 * (high - low)
    return room(low - pad, high + pad, 9)


def _fitting(values: np.ndarray, scale: float) -> tuple[float, float, float]:
    """Bottom and top in metres and the panel's height in pixels, at the same scale as along the track."""
    low, high = min(float(values.min()), -1.2 * SPHERE_M), max(float(values.max()), 1.2 * SPHERE_M)
    pad, middle = 0.06 * (high - low), (low + high) / 2
    tall = min(max((high - low + 2 * pad) * scale, LEAST_TALL), MOST_TALL)
    half = max(tall / scale, high - low + 2 * pad) / 2
    return middle - half, middle + half, tall
