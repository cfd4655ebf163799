"""The station's phase against the date of launch, with the bands of the profiles and how sure it is."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from fakel.model.day import DAY_S, midnight
from fakel.model.epoch import Epoch
from fakel.model.profile import Profile
from fakel.model.windows import LaunchWindows
from fakel.reports.svg import Scale, Svg, text_width
from fakel.reports.table import signed
from fakel.reports.windows import certainty
from fakel.reports.windows_calendar import COLOURS, STRENGTH

WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 1000.0, 520.0, 64.0, 170.0, 76.0, 62.0
LOST_RAD = np.pi / 2
"""With a sigma above a quarter of a turn the phase is not known."""
STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.d{font-size:11px}.grid{stroke:#d9d5cb;fill:none}.frame{fill:#fff}.lost{fill:#efece4;opacity:.75}
.off{fill:#b9b3a6}.bar{stroke:#8d8779;stroke-width:1;fill:none}.band{opacity:.13}.hollow{fill:#fbfaf7;stroke-width:1.8}
.push{stroke:#222;stroke-dasharray:3 3;fill:none}"""


def picture(found: LaunchWindows) -> str:
    """SVG text."""
    days = found.window.duration_s / DAY_S
    pen = Svg(WIDE, HIGH, f"Phase of {found.station} for launches from {found.pad.name}")
    pen.text(16, 28, f"{found.station} ahead of {found.ship} at separation, for each launch day", "h")
    pen.text(16, 47, f"{found.source}; bars: one sigma; filled: Sun up at the pad, hollow: twilight or night", "dim")
    x, y = Scale(0.0, days, LEFT, WIDE - RIGHT), Scale(0.0, 360.0, HIGH - FOOT, TOP)
    pen.rect(LEFT, TOP, WIDE - RIGHT - LEFT, HIGH - FOOT - TOP, "frame")
    for k, profile in enumerate(found.profiles):
        _band(pen, profile, k, y)
    _lost(pen, found, x)
    _axes(pen, found, x, y)
    _dots(pen, found, x, y)
    _push(pen, found, x)
    colours = "".join(f".z{k}{{fill:{c}}}.s{k}{{stroke:{c}}}" for k, c in enumerate(COLOURS))
    strengths = "".join(f".{name}{{opacity:{value}}}" for name, value in STRENGTH.items())
    return str(pen).replace("</title>", f"</title>{STYLE}{colours}{strengths}</style>", 1) + "\n"


def _day(found: LaunchWindows, at: Epoch) -> float:
    return (at - found.window.start) / DAY_S


def _band(pen: Svg, profile: Profile, k: int, y: Scale) -> None:
    low, high = (float(np.degrees(v)) for v in (profile.phase_min_rad, profile.phase_max_rad))
    spans = [(low % 360, min(high - low + low % 360, 360.0))]
    spans += [(0.0, high - low + low % 360 - 360.0)] if high - low + low % 360 > 360.0 else []
    for a, b in spans:
        pen.rect(LEFT, float(y(b)), WIDE - RIGHT - LEFT, float(y(a) - y(b)), f"band z{k % len(COLOURS)}")
    middle = float(y(0.5 * sum(spans[0])))
    pen.circle(WIDE - RIGHT + 14, middle, 4.5, f"z{k % len(COLOURS)}")
    pen.fitted(WIDE - RIGHT + 24, middle + 4, f"{profile.name.partition(', ')[2] or profile.name}, {low:g}-{high:g}°",
               11.0, RIGHT - 32, "d")


def _lost(pen: Svg, found: LaunchWindows, x: Scale) -> None:
    """From where on the phase is not known."""
    lost = [day for day in found.days if day.phase_error_rad > LOST_RAD]
    if not lost:
        return
    ends = [float(x(min(max(_day(found, day.liftoff), 0.0), x.high))) for day in (lost[0], lost[-1])]
    left = ends[0] if found.days[-1] is lost[-1] else LEFT
    right = WIDE - RIGHT if found.days[-1] is lost[-1] else ends[1]
    pen.rect(left, TOP, right - left, HIGH - FOOT - TOP, "lost")
    words = "phase not known: sigma above 90°"
    if right - left > text_width(words, 12) + 10:
        pen.text(0.5 * (left + right), TOP - 7, words, "d dim", "middle")


def _axes(pen: Svg, found: LaunchWindows, x: Scale, y: Scale) -> None:
    for degrees in range(0, 361, 60):
        pen.line(LEFT, float(y(degrees)), WIDE - RIGHT, float(y(degrees)), "grid")
        pen.text(LEFT - 8, float(y(degrees)) + 4, f"{degrees}°", "d", "end")
    step = next(n for n in (1, 2, 5, 10, 15, 30, 60) if x.high / n <= 14)
    day = found.window.start.day
    while midnight(day) <= found.window.stop:
        at = _day(found, midnight(day))
        if at >= 0.0:
            pen.line(float(x(at)), TOP, float(x(at)), HIGH - FOOT, "grid")
            pen.text(float(x(at)), HIGH - FOOT + 18, day.strftime("%d %b"), "d", "middle")
        day += timedelta(days=step)
    pen.text(LEFT, HIGH - 14, f"{found.window.start.iso()[:10]} to {found.window.stop.iso()[:10]}; grey: days on which "
             "no profile takes the phase; pale: windows that are less likely than 75 and 30 %", "dim")


def _dots(pen: Svg, found: LaunchWindows, x: Scale, y: Scale) -> None:
    ids = [p.id for p in found.profiles]
    taken = {one.liftoff.day for one in found.opportunities}
    for day in found.days:
        px, error = float(x(_day(found, day.liftoff))), np.degrees(day.phase_error_rad)
        phase = float(np.degrees(day.phase_rad))
        if error < 90.0:
            pen.line(px, float(y(max(phase - error, 0.0))), px, float(y(min(phase + error, 360.0))), "bar")
        if day.liftoff.day not in taken:
            pen.circle(px, float(y(phase)), 2.2, "off", f"{day.liftoff.iso()}: {phase:.0f} deg")
    for one in found.opportunities:
        k = ids.index(one.profile) % len(COLOURS)
        look = f"z{k}" if one.light == "day" else f"hollow s{k}"
        pen.circle(float(x(_day(found, one.liftoff))), float(y(np.degrees(one.phase_rad) % 360)), 4.5,
                   f"{look} {certainty(one)}", f"{one.profile}: {one.liftoff.iso()}, {np.degrees(one.phase_rad):.1f} "
                   f"± {np.degrees(one.doubt.phase_rad):.1f} deg")


def _push(pen: Svg, found: LaunchWindows, x: Scale) -> None:
    push = found.reboost
    if push is not None and push.dv_m_s != 0.0 and found.window.holds(push.at):
        at = float(x(_day(found, push.at)))
        pen.line(at, TOP, at, HIGH - FOOT, "push")
        pen.text(at + 4, HIGH - FOOT - 6, f"{signed(push.dv_m_s, 2)} m/s", "d")
