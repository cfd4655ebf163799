"""Cards to share: one pass with its sky, and the passes of the coming days at a place. 1080 x 1350 px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from itertools import pairwise
from math import isfinite

from fakel.model.sighting import Place, Sighting
from fakel.model.sky import SkyAbove, StarMap
from fakel.reports.sightings import local, wind
from fakel.reports.sky_chart import draw, label, style
from fakel.reports.sky_dome import Dome
from fakel.reports.sky_words import (
    SURE_S,
    clock,
    counted,
    course,
    date,
    error,
    first_upper,
    height,
    moon,
    offset,
    seen_as,
    short_date,
    span,
    word,
)
from fakel.reports.svg import Svg, text_width
from fakel.reports.words import decimal

WIDTH, HEIGHT, EDGE = 1080, 1350, 64
PX = 22.0
MOST_ROWS = 12
HEADS = {"en": ("date", "from", "for", "way", "highest", "mag"),
         "ru": ("дата", "с", "сколько", "путь", "высота", "зв. вел.")}
COLUMNS = (EDGE, 284, 390, 516, 806, WIDTH - EDGE)


def card(s: Sighting, sky: SkyAbove, stars: StarMap, zone: tzinfo, craft: str, language: str = "en", *,
         look: str = "night", others: Sequence[tuple[Sighting, str]] = ()) -> str:
    """One pass: when, from where to where, how bright, and the sky. others: see ``sky_chart.chart``."""
    svg = _blank(label(s, zone, craft, language), look)
    at = local(s.start.epoch, zone)
    _heading(svg, craft, s.place.name(language))
    svg.text(EDGE, 172, f"{first_upper(date(at, language))}", "c-date")
    svg.text(EDGE - 6, 330, f"{at:%H:%M}", "c-clock")
    svg.text(EDGE, 378, f"{word('local_time', language)}, {offset(at)}", "c-note")
    _brightness(svg, s, sky, language)
    for k, (look_, text) in enumerate(course(s, language)):
        svg.text(EDGE, 450 + 44 * k, clock(look_, zone, s.sigma_s < SURE_S), "c-row k-b")
        svg.text(EDGE + 172, 450 + 44 * k, text, "c-row")
    dome = Dome(svg, WIDTH / 2, 920, 322, 21.0, language, 0.95, "sky")
    dome.places.block(0, 0, WIDTH, 556)
    dome.places.block(0, HEIGHT - 76, WIDTH, HEIGHT)
    draw(dome, s, sky, stars, zone, words=True, ranks=1, stars_named=0.9, others=others)
    _foot(svg, language, f"{word('uncertain', language)} {error(s.sigma_s, language)}")
    return str(svg)


def _blank(text: str, look: str) -> Svg:
    svg = Svg(WIDTH, HEIGHT, text)
    extra = (f".c-date{{font-size:34px}}.c-clock{{font-size:168px;"
             f"font-weight:600;letter-spacing:-0.02em}}.c-row{{font-size:31px}}.c-note{{font-size:{PX:g}px;opacity:0.78}}"
             ".c-value{font-size:60px;font-weight:600}.c-words{font-size:30px}.c-cell{font-size:33px}")
    svg.parts.append(f"<style>{style(look, 21.0, 0.95)}{extra}</style>")
    svg.rect(0, 0, WIDTH, HEIGHT, "k-paper")
    return svg


def _heading(svg: Svg, craft: str, place: str) -> None:
    """Craft and place, smaller where they are long."""
    svg.fitted(EDGE, 112, f"{craft} · {place}", 60.0, WIDTH - 2 * EDGE, "k-b", bold=True)


def _brightness(svg: Svg, s: Sighting, sky: SkyAbove, language: str) -> None:
    right = WIDTH - EDGE
    if isfinite(s.magnitude):
        svg.text(right, 262, decimal(s.magnitude, language), "c-value", "end")
        svg.text(right, 302, word("magnitude", language), "c-note", "end")
    svg.fitted(right, 342, seen_as(s, language), 30.0, 420.0, "", "end")
    body = sky.body("moon")
    if body.elevation_rad > 0:
        svg.text(right, 378, f"{moon(body.lit, language)}, {wind(body.azimuth_rad, language)}", "c-note", "end")


def _foot(svg: Svg, language: str, note: str) -> None:
    svg.text(EDGE, HEIGHT - 34, word("credit", language), "c-note")
    svg.text(WIDTH - EDGE, HEIGHT - 34, note, "c-note", "end")


def table_card(sightings: Sequence[Sighting], place: Place, zone: tzinfo, names: Mapping[str, str],
               language: str = "en", *, look: str = "night") -> str:
    """The passes over a place in their order; of more than twelve the brightest. names: of craft; several are told in
    each line."""
    craft = ", ".join(dict.fromkeys(names.values()))
    rows = sorted(sightings, key=lambda s: (s.magnitude if isfinite(s.magnitude) else 99.0))[:MOST_ROWS]
    rows.sort(key=lambda s: s.start.epoch)
    svg = _blank(f"{craft}, {place.name(language)}: {counted(len(sightings), language)}", look)
    _heading(svg, craft, place.name(language))
    svg.text(EDGE, 172, _extent(rows, len(sightings), zone, language), "c-date")
    for x, text, k in zip(COLUMNS, HEADS[language], range(6)):
        svg.text(x, 246, text, "c-note", "end" if k == 5 else "start")
    step = min(84.0, 960.0 / max(len(rows), 1))
    cells = [_cells(s, zone, language) for s in rows]
    rooms = [b - a - 14 for a, b in pairwise(COLUMNS)]
    sizes = [33.0 * min([1.0, *(room / text_width(row[k], 33.0, k == 1) for row in cells)])
             for k, room in enumerate(rooms)]
    for k, s in enumerate(rows):
        y = 306 + step * k
        svg.line(EDGE, y - step * 0.62, WIDTH - EDGE, y - step * 0.62, "k-grid")
        _table_row(svg, s, cells[k], sizes, language, y - (10.0 if len(names) > 1 else 0.0))
        if len(names) > 1:
            svg.text(EDGE, y + 16, names.get(s.craft, s.craft), "c-note")
    if not rows:
        svg.text(EDGE, 330, "nothing to be seen" if language == "en" else "ничего не видно", "c-row")
    _foot(svg, language, offset(local(rows[0].start.epoch, zone)) if rows else "")
    return str(svg)


def _extent(rows: Sequence[Sighting], total: int, zone: tzinfo, language: str) -> str:
    if not rows:
        return counted(0, language)
    a, b = (short_date(local(s.start.epoch, zone), language) for s in (rows[0], rows[-1]))
    days = a if a == b else f"{a} – {b}"
    if len(rows) == total:
        return f"{days}: {counted(total, language)}"
    best = f"the {len(rows)} brightest of {total}" if language == "en" else f"{len(rows)} самых ярких из {total}"
    return f"{days}: {best}"


def _cells(s: Sighting, zone: tzinfo, language: str) -> tuple[str, ...]:
    at = local(s.start.epoch, zone)
    way = " – ".join(dict.fromkeys(wind(x.azimuth_rad, language) for x in (s.start, s.peak, s.end)))
    return short_date(at, language), f"{at:%H:%M}", span(s.end.epoch - s.start.epoch, language), way, height(s.peak)


def _table_row(svg: Svg, s: Sighting, cells: Sequence[str], sizes: Sequence[float], language: str, y: float) -> None:
    for k, (x, text, size) in enumerate(zip(COLUMNS, cells, sizes)):
        svg.fitted(x, y, text, size, WIDTH, "k-b" if k == 1 else "")
    if isfinite(s.magnitude):
        svg.circle(COLUMNS[5] - 112, y - 11, 9.0 * 10 ** (-0.07 * max(s.magnitude, -5.0)), "k-star")
        svg.text(COLUMNS[5], y, decimal(s.magnitude, language), "c-cell", "end")
