"""A picture of coverage: for each UTC day a row of bars for sunlight, each station and relay, and who serves."""

from __future__ import annotations

from fakel.model.contact import CRAFT, GROUND, RELAY, Coverage, Pass, Service
from fakel.model.day import DAY_S, midnight
from fakel.model.epoch import Epoch, Window
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.bars import Bar, Row, bars
from fakel.reports.svg import Svg

WIDE, MARGIN, HEAD, GAP, MOST_DAYS = 1080.0, 18.0, 62.0, 30.0, 10
_CSS = {GROUND: "ground", RELAY: "relay", CRAFT: "craft"}
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}
.grid{stroke:#ddd8cc;stroke-width:.75}.axis{stroke:#777}.sm,.tick,.unit{fill:#555}.h{font-size:17px;font-weight:600}
.d{font-size:13px;font-weight:600}.sun{fill:#f2c14e}.nite{fill:#2d3442}.ground{fill:#4c7a34}.relay{fill:#3a86b8}
.craft{fill:#a3477c}.serves{fill:#b5532a}.serves2{fill:#d98e63}.bar-t{fill:#fff;font-size:10px}.dim{fill:#777}
.none{fill:#c62828}</style>"""


def picture(found: Coverage) -> str:
    """SVG text; the first ten days at most."""
    days = _days(found)
    charts = [bars(WIDE - 2 * MARGIN, f"{found.craft} on {day.start.day.isoformat()}", _axis(day, len(days) > 1),
                   _rows(found, day)) for day in days[:MOST_DAYS]]
    height = HEAD + sum(c.height + GAP for c in charts) + 8
    pen = Svg(WIDE, height, f"{found.craft} in reach of {found.network_name}")
    pen.text(MARGIN, 28, f"{found.craft}: {found.network_name}", "h")
    cut = f"; {len(days) - MOST_DAYS} later days are left out" if len(days) > MOST_DAYS else ""
    pen.text(MARGIN, 47, f"{found.source}{cut}; in use: the shade changes at each hand-over", "dim")
    y = HEAD
    for day, chart in zip(days, charts, strict=False):
        pen.text(MARGIN, y + 6, day.start.day.isoformat(), "d")
        pen.group(f'transform="translate({MARGIN:g} {y + 12:g})"')
        pen.parts += chart.parts
        pen.end()
        y += chart.height + GAP
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _days(found: Coverage) -> list[Window]:
    """The UTC days that the windows touch, each cut at its ends."""
    return list(dict.fromkeys(t.within for t in found.tallies))


def _axis(day: Window, whole: bool) -> Utc:
    """The stretch that is known, or the whole day, so that several days stand one under another."""
    zero = midnight(day.start.day)
    if whole:
        return Utc(zero, 0.0, DAY_S)
    return Utc(zero, day.start - zero, max(day.stop - zero, day.start - zero + 60.0))


def _rows(found: Coverage, day: Window) -> list[Row]:
    zero = midnight(day.start.day)

    def minutes(windows: list[Window]) -> str:
        return f"{sum(w.duration_s for w in windows) / 60:.0f} min"
    lit = _inside([(w, "sun", "") for w in found.sunlight], day, zero)
    rows = [Row("sunlight", (Bar(day.start - zero, day.stop - zero, "nite"), *lit), "", 12)]
    for kind in (GROUND, RELAY, CRAFT):
        for end in [e for e, _ in found.names if any(p.kind == kind and p.other == e for p in found.passes)]:
            mine = [p for p in found.passes if p.other == end and p.kind == kind and p.window & day]
            shown = _inside([(p.window, _CSS[kind], _pass_title(p)) for p in mine], day, zero)
            rows.append(Row(found.name(end), shown, minutes([w for p in mine if (w := p.window & day)]), 9))
    served = _inside([(s.window, "serves" if i % 2 else "serves2", f"{found.name(s.other)}, {clock(s.window.start)}")
                      for i, s in enumerate(found.hand_over)], day, zero)
    none = _inside([(w, "none", "no link") for w in found.gaps], day, zero)
    rows.append(Row("in use", (*served, *none), f"{len(_within(found.hand_over, day))} services", 14))
    return rows


def _within(services: tuple[Service, ...], day: Window) -> list[Service]:
    return [s for s in services if s.window & day]


def _pass_title(p: Pass) -> str:
    return f"{clock(p.window.start)} to {clock(p.window.stop)}, highest {p.highest_rad * 57.29578:.0f} deg"


def _inside(windows: list[tuple[Window, str, str]], day: Window, zero: Epoch) -> tuple[Bar, ...]:
    return tuple(Bar(both.start - zero, both.stop - zero, css, title=title) for w, css, title in windows
                 if (both := w & day) is not None)


