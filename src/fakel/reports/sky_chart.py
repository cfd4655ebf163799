"""The sky at a sighting as a chart: stars, Moon and planets, the craft's way with full minutes, in English or Russian.

East is on the left, as on star charts: it is held overhead. ``day`` is for paper, ``night`` for dark eyes; ``page``
leaves the colours to the page's style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from math import isfinite
from zlib import crc32

from fakel.model.sighting import Sighting
from fakel.model.sky import SkyAbove, StarMap
from fakel.reports import sky_dome, sky_path
from fakel.reports.sightings import local, wind
from fakel.reports.sky_dome import Dome
from fakel.reports.sky_words import clock, date, error, height, offset, seen_as, word
from fakel.reports.svg import WIDE, Svg, text_width
from fakel.reports.words import decimal

LOOKS: Mapping[str, Mapping[str, str]] = {
    "day": {"paper": "#ffffff", "sky": "#eef2f6", "ink": "#14202b", "ink2": "#43515e", "ink3": "#5d6a76",
            "line": "#c3cad1", "ring": "#43515e", "figure": "#a9b6c2", "way": "#006ca8",
            "glow": "#f2dc66", "sun": "#f2dc66",
            "moon": "#ffffff", "moon-dark": "#78848f"},
    "night": {"paper": "#090d12", "sky": "#0d1824", "ink": "#e9eef3", "ink2": "#b7c3ce", "ink3": "#93a3b2",
              "line": "#263341", "ring": "#6d8093", "figure": "#34485b", "way": "#56b4e9",
              "glow": "#5f6f6a", "sun": "#e3d05a",
              "moon": "#e9eef3", "moon-dark": "#33424f"},
}
WIDE_PX, NARROW_PX = 12.5, 11.0
SANS = "'IBM Plex Sans','Fakel Sans','Segoe UI','Noto Sans',Roboto,'DejaVu Sans',sans-serif"


def style(look: str, px: float, scale: float, scope: str = "") -> str:
    """The style sheet of a picture whose text is px high; for ``page`` its colours are the page's. scope: before each
    selector."""
    c = LOOKS["day"] if look == "page" else LOOKS[look]
    names = {key: f"var(--k-{key})" if look == "page" else value for key, value in c.items()}
    w = scale**0.6
    rules = (
        ("text", f"font-family:{SANS};font-size:{px:g}px;fill:{{ink}};font-variant-numeric:tabular-nums"),
        (".k-paper", "fill:{paper}"), (".k-sky", "fill:{sky}"), (".k-glow", "stop-color:{glow}"),
        (".k-grid", "fill:none;stroke:{line};stroke-width:0.75"),
        (".k-ring", f"fill:none;stroke:{{ring}};stroke-width:{1.25 * w:.2f}"),
        (".k-tick", f"stroke:{{ring}};stroke-width:{w:.2f}"),
        (".k-figure", f"fill:none;stroke:{{figure}};stroke-width:{0.9 * w:.2f}"), (".k-star", "fill:{ink}"),
        (".k-planet", f"fill:{{moon}};stroke:{{ink}};stroke-width:{1.5 * w:.2f}"),
        (".k-moon", "fill:{moon}"), (".k-sun", f"fill:{{sun}};stroke:{{ink2}};stroke-width:{w:.2f}"),
        (".k-moon-dark", f"fill:{{moon-dark}};stroke:{{ink2}};stroke-width:{0.75 * w:.2f}"),
        (".k-halo", f"fill:none;stroke:{{sky}};stroke-width:{7 * w:.1f};stroke-linecap:round"),
        (".k-way", f"fill:none;stroke:{{way}};stroke-width:{3 * w:.1f};stroke-linecap:round;stroke-linejoin:round"),
        (".k-low", f"fill:none;stroke:{{way}};stroke-width:{1.1 * w:.1f}"),
        (".k-shadow", f"fill:none;stroke:{{way}};stroke-width:{1.75 * w:.1f};stroke-dasharray:{5 * w:.1f} {5 * w:.1f}"),
        (".k-other", f"fill:none;stroke:{{ink2}};stroke-width:{1.5 * w:.1f}"), (".k-other-f", "fill:{ink2}"),
        (".k-arrow", "fill:{way}"), (".k-dot", f"fill:{{paper}};stroke:{{way}};stroke-width:{2 * w:.1f}"),
        (".k-minute", f"stroke:{{way}};stroke-width:{1.6 * w:.1f}"),
        (".k-b", "font-weight:600"), (".k-wind", f"font-size:{px * 1.08:g}px;fill:{{ink2}}"),
        (".k-small", f"font-size:{px * 0.9:g}px;fill:{{ink2}}"),
        (".k-name", f"font-size:{px * 0.86:g}px;fill:{{ink3}};letter-spacing:0.04em"),
        (".k-body", "font-weight:600"), (".k-time", "fill:{ink}"), (".k-note", "fill:{ink2}"),
        (".k-minutes", f"font-size:{px * 0.92:g}px;fill:{{way}};font-weight:600"),
        (".k-small,.k-name,.k-body,.k-time,.k-minutes", "paint-order:stroke;stroke:{sky};stroke-width:2.5px;"
         "stroke-linejoin:round"),
        (".k-lead", f"font-size:{px * 1.25:g}px"),
    )
    return "".join(f"{','.join(scope + part for part in selector.split(','))}{{{_filled(body, names)}}}"
                   for selector, body in rules)


def _filled(body: str, names: Mapping[str, str]) -> str:
    for key, value in names.items():
        body = body.replace(f"{{{key}}}", value)
    return body


def chart(s: Sighting, sky: SkyAbove, stars: StarMap, zone: tzinfo, craft: str, language: str = "en", *,
          look: str = "day", width: int = WIDE, title: bool = True, others: Sequence[tuple[Sighting, str]] = ()
          ) -> str:
    """An SVG picture, width px wide. craft: its name for people. title: heading and legend inside the picture. others:
    craft that pass at about the time, with their names."""
    narrow = width < 600
    px = NARROW_PX if narrow else WIDE_PX
    radius = width / 2 - (30 if narrow else 84)
    top = (px * (8.4 if narrow else 6.6)) if title else 8.0
    bottom = _legend_height(px, narrow) if title else 8.0
    svg = Svg(width, round(top + 2 * radius + 3.2 * px + bottom), label(s, zone, craft, language))
    if look != "page":
        svg.parts.append(f"<style>{style(look, px, radius / 366)}</style>")
        svg.rect(0, 0, svg.width, svg.height, "k-paper")
    dome = Dome(svg, width / 2, top + radius + 1.2 * px, radius, px, language, max(radius / 366, 0.5),
                f"{_id(s)}-{width}")
    draw(dome, s, sky, stars, zone, words=not narrow, ranks=1 if narrow else 2, others=others)
    if title:
        _title(svg, s, zone, craft, language, px, narrow)
        _legend(svg, s, sky, language, px, svg.height - bottom + 1.2 * px, narrow)
    return str(svg).replace("<svg ", '<svg class="k" ', 1) if look == "page" else str(svg)


def draw(dome: Dome, s: Sighting, sky: SkyAbove, stars: StarMap, zone: tzinfo, *, words: bool, ranks: int,
         stars_named: float = 1.3, others: Sequence[tuple[Sighting, str]] = ()) -> None:
    """Everything in and around the disc; what matters most takes its place first."""
    limit = faintest(sky, dome.scale < 0.7)
    points = sky_path.way(dome, s, sky)
    sky_dome.ground(dome, sky)
    if not sky_dome.by_day(sky):
        sky_dome.figures(dome, sky, stars)
        sky_dome.star_dots(dome, sky, stars, limit)
    sky_dome.ring(dome, words)
    sky_path.company(dome, others)
    sky_path.draw_way(dome, s, points)
    sky_dome.keep_bodies_free(dome, sky)
    sky_path.ends(dome, s, zone, points)
    sky_path.company_names(dome, s, others)
    sky_path.minutes(dome, s, zone, points)
    sky_dome.wanderers(dome, sky)
    sky_dome.circles_named(dome, sky_path.away(s))
    if not sky_dome.by_day(sky):
        sky_dome.star_names(dome, sky, stars, min(stars_named, limit))
        sky_dome.figure_names(dome, sky, stars.constellations, ranks)


def faintest(sky: SkyAbove, small: bool) -> float:
    """Which stars are drawn: those that the sky shows, on a small chart the brighter ones."""
    return min(sky_dome.faintest(sky.body("sun").elevation_rad), 3.6 if small else 5.0)


def label(s: Sighting, zone: tzinfo, craft: str, language: str) -> str:
    """The picture in a sentence, for those who do not see it."""
    at = local(s.start.epoch, zone)
    dash = ", ".join(f"{wind(x.azimuth_rad, language)} {height(x)}" for x in (s.start, s.peak, s.end))
    return (f"{craft}, {s.place.name(language)}, {date(at, language)}, {clock(s.start, zone)}–{clock(s.end, zone)}: "
            f"{dash}")


def _id(s: Sighting) -> str:
    """Of its own in a page, and the same each time."""
    return f"sky{crc32(f'{s.craft} {s.place.id} {s.peak.epoch.tai_ns}'.encode()):08x}"


def _title(svg: Svg, s: Sighting, zone: tzinfo, craft: str, language: str, px: float, narrow: bool) -> None:
    at = local(s.start.epoch, zone)
    room = svg.width - 28
    svg.fitted(14, px * 2.4, f"{craft} · {s.place.name(language)}", px * 1.9, room, "k-b", bold=True)
    when = f"{clock(s.start, zone)}–{clock(s.end, zone)} ({offset(at)})"
    how = (f"{word('magnitude', language)} {decimal(s.magnitude, language)}, {seen_as(s, language)}"
           if isfinite(s.magnitude) else seen_as(s, language))
    if narrow:
        for k, text in enumerate((date(at, language), when, how)):
            svg.fitted(14, px * (4.3 + 1.45 * k), text, px, room, "k-note")
        return
    svg.text(14, px * 4.4, f"{date(at, language)}, {when}", "k-lead")
    svg.text(svg.width - 14, px * 4.4, how, "k-lead", "end")


def _legend_height(px: float, narrow: bool) -> float:
    return px * (7.4 if narrow else 3.8)


def _legend(svg: Svg, s: Sighting, sky: SkyAbove, language: str, px: float, y: float, narrow: bool) -> None:
    """What the strokes mean, and how to hold the chart."""
    limit = faintest(sky, narrow)
    items = (("k-way", word("seen", language)), ("k-shadow", word("in_shadow", language)),
             ("k-low", word("low", language)), ("", word("minutes", language)))
    x, line = 14.0, y
    for css, text in items:
        mark = 28 if css else 14
        need = mark + 6 + text_width(text, px) + 18
        if x + need > svg.width - 8 and x > 14:
            x, line = 14.0, line + 1.5 * px
        if css:
            svg.line(x, line - 0.35 * px, x + mark, line - 0.35 * px, css)
        else:
            svg.line(x, line - 0.35 * px, x + mark, line - 0.35 * px, "k-low")
            svg.line(x + 7, line - 0.8 * px, x + 7, line + 0.1 * px, "k-minute")
        svg.text(x + mark + 6, line, text, "k-note")
        x += need
    shown = (word("daylight", language) if sky_dome.by_day(sky)
             else f"{word('stars', language)} {decimal(limit, language)}")
    notes = [word("overhead", language), f"{word('uncertain', language)} {error(s.sigma_s, language)}; {shown}"]
    if narrow:
        for k, text in enumerate(notes):
            svg.fitted(14, line + px * 1.5 * (k + 1), text, px, svg.width - 28, "k-note")
    else:
        svg.text(14, line + 1.6 * px, notes[0], "k-note")
        svg.text(svg.width - 14, line + 1.6 * px, notes[1], "k-note", "end")
