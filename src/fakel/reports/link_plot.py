"""A picture of a link along its passes: margin over time, and the bit rate that closes."""

from __future__ import annotations

import numpy as np

from fakel.model.budget import LinkPass, LinkReport
from fakel.model.epoch import Epoch
from fakel.reports.charts.axis import clock, day
from fakel.reports.svg import Scale, Svg, room, ticks

WIDE, TALL, LOW, LEFT, RIGHT, TOP, GAP = 1000.0, 230.0, 110.0, 78.0, 24.0, 84.0, 56.0
COLOURS = ("c0", "c1", "c2", "c3", "c4", "c5", "c6")
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#d9d5cb;fill:none}.want{stroke:#b5532a;stroke-dasharray:5 4;fill:none}.wt{fill:#b5532a}.dim{fill:#555}
.c0,.c1,.c2,.c3,.c4,.c5,.c6{fill:none;stroke-width:1.8}.c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#009e73}
.c3{stroke:#cc79a7}.c4{stroke:#8a6d00}.c5{stroke:#56b4e9}.c6{stroke:#444}
</style>"""


def picture(found: LinkReport) -> str:
    """SVG text."""
    carries = any(float(p.along.rate_bit_s.max()) > 0.0 for p in found.passes)
    bottom = TOP + TALL + (GAP + LOW if carries else 0.0)
    height = bottom + 44
    pen = Svg(WIDE, height, f"{found.title}: margin and bit rate from {found.window.start.iso()} on")
    pen.text(LEFT, 24, found.title, "h")
    pen.text(LEFT, 42, f"{found.source}; {found.window.start.iso()} to {found.window.stop.iso()}", "dim")
    css = {other: COLOURS[i % len(COLOURS)] for i, other in enumerate(dict.fromkeys(p.other for p in found.passes))}
    _legend(pen, css)
    across = Scale(0.0, max(found.window.duration_s, 1.0), LEFT, WIDE - RIGHT)
    zero = found.window.start
    _margins(pen, found, across, css, zero)
    if carries:
        _rates(pen, found, across, css, zero)
    _hours(pen, across, zero, bottom)
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _legend(pen: Svg, css: dict[str, str]) -> None:
    x = LEFT
    for other, colour in css.items():
        pen.line(x, 58, x + 18, 58, colour)
        pen.text(x + 24, 62, other)
        x += 40 + 7.2 * len(other)


def _frame(pen: Svg, up: Scale, low: float, high: float, most: int) -> None:
    for value, label in ticks(low, high, most):
        pen.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "grid")
        pen.text(LEFT - 8, float(up(value)) + 4, label, anchor="end")


def _margins(pen: Svg, found: LinkReport, across: Scale, css: dict[str, str], zero: Epoch) -> None:
    margins = np.concatenate([p.along.margin_db for p in found.passes]) if found.passes else np.zeros(1)
    low, high = room(min(float(margins.min()), 0.0), max(float(margins.max()), found.wanted_margin_db + 1.0), 6)
    up = Scale(low, high, TOP + TALL, TOP)
    pen.text(LEFT, TOP - 6, "margin of the mode in use (or nearest to closing), dB", "dim")
    _frame(pen, up, low, high, 6)
    wanted = float(up(found.wanted_margin_db))
    pen.line(LEFT, wanted, WIDE - RIGHT, wanted, "want")
    pen.text(WIDE - RIGHT, TOP - 6, f"dashed: {found.wanted_margin_db:g} dB wanted", "wt", anchor="end")
    for one in found.passes:
        pen.path(across(_times(one, zero)), up(one.along.margin_db), css[one.other])


def _rates(pen: Svg, found: LinkReport, across: Scale, css: dict[str, str], zero: Epoch) -> None:
    top = TOP + TALL + GAP
    most = max([float(p.along.rate_bit_s.max()) for p in found.passes], default=0.0)
    scale, unit = (1e6, "Mbit/s") if most >= 1e6 else (1e3, "kbit/s")
    low, high = room(0.0, max(most / scale, 1.0), 3)
    up = Scale(low, high, top + LOW, top)
    pen.text(LEFT, top - 6, f"bit rate that closes, {unit}", "dim")
    _frame(pen, up, low, high, 3)
    for one in found.passes:
        t, rate = _times(one, zero), one.along.rate_bit_s / scale
        pen.path(across(np.repeat(t, 2)[1:]), up(np.repeat(rate, 2)[:-1]), css[one.other])


def _times(one: LinkPass, zero: Epoch) -> np.ndarray:
    return one.along.t_s + (one.window.start - zero)


def _hours(pen: Svg, across: Scale, zero: Epoch, y: float) -> None:
    for t in clock_times(zero, across.low, across.high):
        pen.text(float(across(t)), y + 18, clock_label(zero + float(t)), "dim", anchor="middle")
    pen.text(LEFT, y + 34, "UTC", "dim")


def clock_label(epoch: Epoch) -> str:
    """The clock, or the date at midnight."""
    label = clock(epoch)
    return day(epoch + 1.0) if label == "00:00" else label


def clock_times(zero: Epoch, low_s: float, high_s: float) -> np.ndarray:
    """Seconds after zero, at round clock times, at most thirteen of them."""
    step = next((60.0 * m for m in (5, 10, 20, 30, 60, 120, 180, 360, 720) if (high_s - low_s) / 60.0 / m <= 12.0),
                86_400.0 * np.ceil((high_s - low_s) / 86_400.0 / 12.0))
    first = low_s + (-(zero.mjd_utc[1] * 86_400.0 + low_s)) % step
    return np.arange(first, high_s + 1.0, step)
