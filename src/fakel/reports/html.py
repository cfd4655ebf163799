"""The report as one HTML file that loads nothing: pictures are inline SVG, fonts and style travel inside."""

from __future__ import annotations

from jinja2 import Environment

from fakel.model.flight import Flight
from fakel.model.verdict import Verdict
from fakel.reports.parts import data_url, fonts, part
from fakel.reports.reading import Reading
from fakel.reports.sections import (
    arrival,
    climb,
    custody,
    departure,
    entry,
    escape,
    landing,
    launch,
    light,
    method,
    record,
    shots,
    timeline,
    walk,
)
from fakel.reports.sections.head import head, summary
from fakel.reports.sections.section import Section


def render(flight: Flight, verdicts: tuple[Verdict, ...]) -> dict[str, bytes]:
    """``report.html``. Sections that the flight has no data for are left out."""
    reading = Reading(flight, verdicts)
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(part("page.html.j2")).render(
        head=head(reading),
        summary=summary(reading),
        sections=sections(reading),
        complete=flight.complete,
        style=part("page.css"),
        script=part("page.js"),
        emblem=part("emblem.svg"),
        icon=data_url("favicon.svg", "image/svg+xml"),
        program=str(flight.made_by.get("program", "fakel")),
    )
    return {"report.html": page.replace("/*fonts*/", fonts(page)).encode()}


def sections(reading: Reading) -> list[Section]:
    """Those that have something to tell, in their order."""
    found = [
        record.comparison(reading),
        timeline.section(reading),
        launch.section(reading),
        escape.section(reading),
        climb.section(reading),
        arrival.section(reading),
        light.section(reading),
        *walk.sections(reading),
        shots.section(reading),
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
