"""How the flight was computed, and what is left out: a paragraph for each part that was flown."""

from __future__ import annotations

from fakel.reports.reading import Reading
from fakel.reports.sections.section import Cell, Section, Table

METHOD: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "Everywhere",
        (),
        "Motion is integrated with a Runge-Kutta scheme of order 8 in the Earth's gravity field, with Sun, "
        "Moon and drag; "
        "plans are made from what is known of each craft and flown from its true state. What is not dispersed repeats "
        "its plan.",
    ),
    (
        "Launch",
        ("ascent",),
        "Stages with a pitch programme in the air and then a steering law that is solved by flying it, in the "
        "US Standard "
        "Atmosphere of 1976. The liftoff is the instant of the day at which the station's plane and phase fit. "
        "Left out: wind, bending, engine transients.",
    ),
    (
        "Phasing and rendezvous",
        ("phasing", "rendezvous"),
        "Burns of finite length, solved together for the aim point. Left out: the sensors themselves; the ship "
        "knows its "
        "state as well as the plan says.",
    ),
    (
        "Docking",
        ("docking",),
        "Hops, a fly-around and a straight approach by impulses from the relative state, flown in the full field. "
        "Left out: plumes, the swing of the probe, the bending of the station.",
    ),
    (
        "Spacewalk",
        ("eva",),
        "Tasks in their order, waiting for predicted light and links; oxygen, carbon dioxide and cooling water "
        "follow from "
        "metabolic rates. Durations and rates are estimates beside each task. Left out: bodies, tools, loose things.",
    ),
    (
        "Undocking to entry",
        ("undocking", "deorbit", "entry"),
        "A braking burn that lands in the zone; then a capsule of fixed trim whose only control is bank, by a "
        "numerical "
        "predictor and corrector, in the US Standard Atmosphere of 1976 that turns with the Earth. Left out: wind, the "
        "wear of the heat shield.",
    ),
    (
        "Landing",
        ("landing",),
        "Parachutes by their drag areas, and engines at the ground. Left out: wind, the slope of the ground.",
    ),
)


def section(reading: Reading) -> Section | None:
    flown = {leg.phase for leg in reading.flight.legs}
    rows = tuple(
        (Cell(title, "strong"), Cell(text))
        for title, phases, text in METHOD
        if flown and (not phases or flown & set(phases))
    )
    table = Table((Cell("part"), Cell("how")), rows, "method", "plain")
    return Section("method", "How it was computed, and what is left out", "", (table,)) if rows else None
