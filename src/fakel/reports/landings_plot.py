"""Landing opportunities as a calendar: a row a day, the hours across, a mark a landing, light below it."""

from __future__ import annotations

import numpy as np

from fakel.model.day import DAY_S, midnight
from fakel.model.epoch import Epoch
from fakel.model.landing import Landings, Opportunity
from fakel.reports.svg import Svg, text_width
from fakel.reports.table import signed

WIDE, LEFT, RIGHT, TOP, ROW, FOOT, MOST_DAYS = 1000.0, 108.0, 48.0, 104.0, 26.0, 44.0, 93
SHADES = ("z0", "z1", "z2", "z3", "z4", "z5")
STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.d{font-size:11px}.grid{stroke:#d9d5cb;fill:none}.row{fill:#fff}.night{fill:#dfe3ee}.lit{fill:#fdf0c0}
.z0{fill:#b5532a}.z1{fill:#3a86b8}.z2{fill:#3f8f4f}.z3{fill:#a3477c}.z4{fill:#7a6a1f}.z5{fill:#555}
.hollow{fill:#fbfaf7;stroke-width:1.6}.s0{stroke:#b5532a}.s1{stroke:#3a86b8}.s2{stroke:#3f8f4f}.s3{stroke:#a3477c}
.s4{stroke:#7a6a1f}.s5{stroke:#555}.t{font-size:10px}</style>"""


def picture(found: Landings) -> str:
    """SVG text; three months at most."""
    first = midnight(found.window.start.day)
    days = min(int(np.ceil((found.window.stop - first) / DAY_S)), MOST_DAYS)
    pen = Svg(WIDE, TOP + ROW * days + FOOT, f"Landings of {found.vehicle} from {found.window.start.day} on")
    pen.text(16, 28, f"When {found.vehicle} can come home", "h")
    pen.text(16, 47, f"{found.source}; UTC; filled: Sun up at the landing, hollow: twilight or night", "dim")
    _legend(pen, found)
    _grid(pen, found, first, days)
    for one in found.opportunities:
        day = int((one.landing - first) // DAY_S)
        if day < days:
            _mark(pen, found, one, one.landing - first - DAY_S * day, TOP + ROW * day)
    later = "" if days < MOST_DAYS else "; later days are left out"
    pen.text(16, TOP + ROW * days + 32, f"{len(found.opportunities)} landings{later}; "
             f"yellow: light for the rescue team (Sun above -6 deg) at each landing, or after it", "dim")
    return str(pen).replace("</title>", "</title>" + STYLE, 1) + "\n"


def _legend(pen: Svg, found: Landings) -> None:
    x = 16.0
    for k, zone in enumerate(found.zones):
        pen.circle(x + 5, 68, 5, SHADES[k % len(SHADES)])
        pen.text(x + 16, 72, zone.id, "d")
        x += text_width(zone.id, 11) + 40


def _x(second: float) -> float:
    return LEFT + (WIDE - LEFT - RIGHT) * second / DAY_S


def _grid(pen: Svg, found: Landings, first: Epoch, days: int) -> None:
    for day in range(days):
        y = TOP + ROW * day
        pen.rect(LEFT, y + 2, WIDE - LEFT - RIGHT, ROW - 4, "row")
        pen.line(LEFT, y + ROW, WIDE - RIGHT, y + ROW, "grid")
        date = (first + DAY_S * (day + 0.5)).day
        pen.text(LEFT - 10, y + 17, date.strftime("%a %d %b") if day else date.strftime("%d %b %Y"), "d", "end")
    _light(pen, found, first, days)
    for hour in range(0, 25, 3):
        x = _x(3600.0 * hour)
        pen.line(x, TOP, x, TOP + ROW * days, "grid")
        pen.text(x, TOP - 8, f"{hour:02d}", "dim", "middle")


def _light(pen: Svg, found: Landings, first: Epoch, days: int) -> None:
    """The stretches of light that hold the landings, or follow those in the dark, each once and cut at midnights."""
    spans = {(round(one.light.light_from - first, -2), round(one.light.light_until - first, -2))
             for one in found.opportunities if one.light.light_from is not None and one.light.light_until is not None}
    for begin, end in sorted(spans):
        for day in range(max(int(begin // DAY_S), 0), min(int(end // DAY_S) + 1, days)):
            a, b = max(begin - DAY_S * day, 0.0), min(end - DAY_S * day, DAY_S)
            pen.rect(_x(a), TOP + ROW * day + 2, _x(b) - _x(a), ROW - 4, "lit")


def _mark(pen: Svg, found: Landings, one: Opportunity, second: float, y: float) -> None:
    k = [zone.id for zone in found.zones].index(one.zone.id) % len(SHADES)
    light = one.light
    title = (f"{one.zone.name}: burn {one.burn_start.iso()[11:19]}, landing {one.landing.iso()[11:19]}, "
             f"cross-range {signed(one.crossrange_m / 1000, 0)} km, {one.peak_load_g:.1f} g, {light.phase}")
    css = SHADES[k] if light.phase == "day" else f"hollow s{k}"
    pen.circle(_x(second), y + ROW / 2 - 1, 6, css, title)
    pen.text(_x(second) + 9, y + ROW / 2 + 3, one.landing.iso()[11:16], "t")
