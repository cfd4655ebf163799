"""The report as one HTML file that loads nothing: pictures are inline SVG, fonts and style travel inside."""

from __future__ import annotations

import base64
from importlib.resources import files

from jinja2 import Environment

from fakel.model.flight import Flight
from fakel.model.verdict import Verdict
from fakel.reports.reading import Reading
from fakel.reports.sections import (
    arrival,
    climb,
    custody,
    departure,
    entry,
    landing,
    launch,
    light,
    method,
    record,
    timeline,
    walk,
)
from fakel.reports.sections.head import head, summary
from fakel.reports.sections.section import Section

FONTS = (("latin", 400), ("latin", 600), ("cyrillic", 400), ("cyrillic", 600))
RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,"
    "U+2212,U+2215",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}


def render(flight: Flight, verdicts: tuple[Verdict, ...]) -> dict[str, bytes]:
    """``report.html``. Sections that the flight has no data for are left out."""
    reading = Reading(flight, verdicts)
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(_part("page.html.j2")).render(
        head=head(reading),
        summary=summary(reading),
        sections=sections(reading),
        complete=flight.complete,
        style=_part("page.css"),
        script=_part("page.js"),
        emblem=_part("emblem.svg"),
        icon=_data_url("favicon.svg", "image/svg+xml"),
        program=str(flight.made_by.get("program", "fakel")),
    )
    return {"report.html": page.replace("/*fonts*/", _fonts(page)).encode()}


def sections(reading: Reading) -> list[Section]:
    """Those that have something to tell, in their order."""
    found = [
        record.comparison(reading),
        timeline.section(reading),
        launch.section(reading),
        climb.section(reading),
        arrival.section(reading),
        light.section(reading),
        *walk.sections(reading),
        custody.section(reading),
        departure.section(reading),
        entry.section(reading),
        landing.section(reading),
        record.costs(reading),
        record.rules(reading),
        record.data(reading),
        method.section(reading),
    ]
    return [section for section in found if section is not None]


def _part(name: str) -> str:
    return files("fakel.reports").joinpath("page", name).read_text(encoding="utf-8")


def _data_url(name: str, kind: str) -> str:
    data = files("fakel.reports").joinpath("page", name).read_bytes()
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _fonts(page: str) -> str:
    """The faces that the page's letters need: Cyrillic only when there is Cyrillic."""
    cyrillic = any("\u0400" <= c <= "\u045f" for c in page)
    return "".join(
        f'@font-face{{font-family:"IBM Plex Sans";font-weight:{weight};font-display:swap;src:url('
        f'{_data_url(f"fonts/plex-sans-{script}-{weight}.woff2", "font/woff2")}) format("woff2");'
        f"unicode-range:{RANGES[script]}}}\n"
        for script, weight in FONTS
        if script == "latin" or cyrillic
    )
