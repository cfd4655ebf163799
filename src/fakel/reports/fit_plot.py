"""A picture of a fit: what is left of each place, and how the forecast leaves the file."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.reports.svg import Scale, Svg, number, room, ticks

WIDE, TALL, LEFT, RIGHT, GAP, TOP = 900.0, 190.0, 74.0, 24.0, 58.0, 56.0
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.grid{stroke:#d9d5cb;fill:none}
.r{stroke:#b5532a;fill:none;stroke-width:1.2}.t{stroke:#1f5f8b;fill:none;stroke-width:1.2}
.n{stroke:#4c7a34;fill:none;stroke-width:1.2}.band{fill:#1f5f8b;opacity:.14}.out{stroke:#c00;fill:none}.h{font-weight:600}
</style>"""
_NAMES = (("r", "radial"), ("t", "along track"), ("n", "across"))


def picture(title: str, start: Epoch, t_s: FloatArray, residual_rtn_m: FloatArray, used: np.ndarray,
            hours_h: FloatArray | None = None, off_rtn_m: FloatArray | None = None,
            sigma_rtn_m: FloatArray | None = None) -> str:
    """SVG text. t_s (n,) after start, residual_rtn_m (n, 3) given less fitted, used (n,); the forecast's hours after
    the span (m,), its offset and foretold sigma (m, 3), if there is one."""
    panels = 1 if hours_h is None else 2
    svg = Svg(WIDE, TOP + panels * (TALL + GAP), f"Fit of {title}: what is left of each place"
              + (", and the error of the forecast" if panels == 2 else ""))
    svg.text(LEFT, 22, title, "h")
    for i, (css, name) in enumerate(_NAMES):
        svg.line(LEFT + 110 * i, 38, LEFT + 110 * i + 18, 38, css)
        svg.text(LEFT + 110 * i + 24, 42, name)
    _panel(svg, TOP + 18, t_s / 3600.0, residual_rtn_m, f"left after the fit, m; hours after {start.iso()}", used, None)
    if hours_h is not None and off_rtn_m is not None and sigma_rtn_m is not None and len(hours_h):
        large = float(np.max(np.abs(off_rtn_m))) >= 2000.0
        scale, unit = (1000.0, "km") if large else (1.0, "m")
        _panel(svg, TOP + 18 + TALL + GAP, hours_h, off_rtn_m / scale,
               f"forecast less file, {unit} (band: one sigma foretold along track); hours after the span",
               np.ones(len(hours_h), bool), sigma_rtn_m[:, 1] / scale)
    return str(svg).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _panel(svg: Svg, top: float, x: FloatArray, rows: FloatArray, what: str, used: np.ndarray,
           band: FloatArray | None) -> None:
    """Three curves over hours, a cross for each outlier."""
    seen = rows[used] if used.any() else rows
    low, high = room(float(np.min(seen)), float(np.max(seen)))
    across = Scale(float(x[0]), float(x[-1]) if x[-1] > x[0] else float(x[0]) + 1.0, LEFT, WIDE - RIGHT)
    up = Scale(low, high, top + TALL - 20, top)
    svg.text(LEFT, top - 8, what)
    for value, label in ticks(low, high, 4):
        svg.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "grid")
        svg.text(LEFT - 8, float(up(value)) + 4, label, anchor="end")
    for value, label in ticks(across.low, across.high, 12):
        svg.text(float(across(value)), top + TALL - 2, label, anchor="middle")
    if band is not None:
        edge = np.clip(np.concatenate([band, -band[::-1]]), low, high)
        svg.path(across(np.concatenate([x, x[::-1]])), up(edge), "band", closed=True)
    for i, (css, _) in enumerate(_NAMES):
        svg.path(across(x), up(np.where(used, rows[:, i], np.nan)), css)
    for i in np.flatnonzero(~used):
        svg.shape("path", f'd="M{float(across(x[i])) - 3:.1f} {top:.1f}l6 6m0 -6l-6 6" class="out"',
                  f"left out: {number(float(np.linalg.norm(rows[i])), 1)}")
