"""Charts of the page as one picture that stands alone: stacked under a title, with their own colours, as SVG."""

from __future__ import annotations

from collections.abc import Sequence

from fakel.reports.svg import WIDE, Svg

MARGIN, HEAD, GAP, HEADING = 26.0, 68.0, 24.0, 26.0
_STYLE = """<style>
svg{background:#fff}text{font:12px "IBM Plex Sans","Fakel Sans",system-ui,sans-serif;fill:#43515e}
.h{font-size:18px;font-weight:600;fill:#14202b}.b{font-weight:600;fill:#14202b}.tick,.unit,.told,.zone-t{fill:#5d6a76}
.halo-t{paint-order:stroke;stroke:#fff;stroke-width:3.5px;stroke-linejoin:round}
.grid{stroke:#d9dcdf;stroke-width:.75;fill:none}.axis{stroke:#43515e;fill:none}.axis0{stroke:#78848f;fill:none}
.event,.leader{stroke:#78848f;stroke-width:.75;fill:none}.event{stroke-dasharray:2 3}
.line{stroke-width:1.75;stroke-linejoin:round;fill:none}.ship{stroke:#006ca8}.second{stroke:#78848f}
.station{stroke:#14202b}.ev1{stroke:#007a58}.shade{stroke-dasharray:4 3}
.ship-t{fill:#006ca8}.second-t{fill:#5d6a76}.station-t{fill:#14202b}.ev1-t{fill:#007a58}.fail-t{fill:#a32608}
.ship-f{fill:#006ca8}.ink-f{fill:#14202b}.dot{stroke:#fff;stroke-width:1.5}
.hollow{fill:#fff;stroke:#14202b;stroke-width:1.5}.badge{fill:#fff;stroke:#78848f}
.badge-t{font-size:11px;font-weight:600;fill:#14202b}.band{fill:#14202b;opacity:.06}
.limit-h{stroke:#a32608;stroke-width:1.25;stroke-dasharray:6 3;fill:none}
.zone1{fill:#a32608;fill-opacity:.08;stroke:#a32608;stroke-width:1.25}
.zone2{fill:#14202b;fill-opacity:.035;stroke:#78848f;stroke-dasharray:5 4}
.spread{fill:#006ca8;fill-opacity:.06;stroke:#006ca8;stroke-width:.75}
.sample{fill:#006ca8;fill-opacity:.4}.bar{fill:#006ca8;fill-opacity:.55}
.v0,.v1,.v2,.v3{fill:none;stroke-width:1.4;stroke-opacity:.75}
.v0{stroke:#007a58}.v1{stroke:#006ca8}.v2{stroke:#b07800}.v3{stroke:#a32608}
.v0-t{fill:#007a58}.v1-t{fill:#006ca8}.v2-t{fill:#8a5e00}.v3-t{fill:#a32608}
.paper{fill:#fff}</style>"""


def stacked(title: str, told: str, charts: Sequence[tuple[str, Svg] | Sequence[tuple[str, Svg]]]) -> str:
    """SVG text: a title, a line below it, and charts, each under its own heading; several in a row share WIDE px."""
    rows = [[chart] if isinstance(chart[1], Svg) else list(chart) for chart in charts]
    high = HEAD + sum(_high(row) + GAP for row in rows)
    pen = Svg(WIDE + 2 * MARGIN, high, title)
    pen.rect(0, 0, pen.width, high, "paper")
    pen.text(MARGIN, 32, title, "h")
    pen.text(MARGIN, 52, told, "told")
    y = HEAD
    for row in rows:
        _draw(pen, row, y)
        y += _high(row) + GAP
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _high(row: Sequence[tuple[str, Svg]]) -> float:
    return max(chart.height for _, chart in row) + (HEADING if any(name for name, _ in row) else 0.0)


def _draw(pen: Svg, row: Sequence[tuple[str, Svg]], y: float) -> None:
    x, below = MARGIN, HEADING if any(name for name, _ in row) else 0.0
    for name, chart in row:
        if name:
            pen.text(x, y + 12, name, "b")
        pen.group(f'transform="translate({x:g} {y + below:g})"')
        pen.parts += chart.parts
        pen.end()
        x += chart.width + (WIDE - sum(c.width for _, c in row)) / max(len(row) - 1, 1)
