"""If the engines are lost: the ways out of the climb, from the study ``launch_aborts``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import numpy as np

from fakel.reports.charts.axis import Plain
from fakel.reports.charts.panels import Line, Panel, panels
from fakel.reports.reading import Reading
from fakel.reports.sections.section import Cell, Section, Table, figure, heads, n
from fakel.reports.svg import number

TITLES = {"tower": "Escape tower", "fairing": "Motors of the fairing", "separation": "The ship is let go",
          "superdraco": "SuperDraco engines", "orbit": "To orbit with the ship's engine"}
"""Ways of the shipped files; another file's way is told by its id."""


def section(reading: Reading) -> Section | None:
    for leg in reading.legs("ascent"):
        study = leg.studies.get("launch_aborts")
        if study and len(study.get("failure_s", ())) > 1:
            return _told(study)
    return None


def _told(study: Mapping[str, Any]) -> Section:
    seconds = np.array(study["failure_s"], float)
    worst = int(np.argmax(study["peak_g"]))
    wet = sum(1 for value in study["in_water"] if value)
    lead = (f"The rocket's engines are lost every {seconds[1] - seconds[0]:g} s of the climb and the crew is flown to "
            f"the ground. It is pressed hardest, by {study['peak_g'][worst]:.1f} g, after a failure at "
            f"{seconds[worst]:g} s; {wet or 'none'} of {len(seconds)} come down in water{_of_the_time(study)}.")
    label = "Greatest load, highest point and distance from the pad against the second of the failure"
    axis = Plain(float(seconds[0]), float(seconds[-1]), "s after liftoff")
    picture = figure(lambda w: panels(w, label, axis, _panels(seconds, study)),
                     "Load of the escape motors and of the air on the way down; how high and how far the crew gets.")
    return Section("escape", "If the engines are lost", lead, (picture, _table(study)))


def _of_the_time(study: Mapping[str, Any]) -> str:
    """How much of the climb leads there; recorded flights of old do not know."""
    if None in study.get("water_s", (None,)):
        return ""
    return f", and {100 * sum(study['water_s']) / sum(study['lasts_s']):.1f} % of the climb's seconds lead there"


def _panels(seconds: np.ndarray, study: Mapping[str, Any]) -> list[Panel]:
    def line(key: str, css: str, label: str = "") -> Line:
        return Line(seconds, np.array(study[key], float), css, label)
    return [Panel("Greatest load", "g", (line("motors_g", "station", "motors"), line("entry_g", "ship", "air")), 100.0,
                  zero=True),
            Panel("Highest point", "km", (line("apogee_km", "ship"),), 90.0, zero=True),
            Panel("Landing from the pad", "km", (line("from_pad_km", "ship"),), 90.0, zero=True)]


def _table(study: Mapping[str, Any]) -> Table:
    rows = []
    for way, group in groupby(range(len(study["way"])), key=lambda k: study["way"][k]):
        mine = list(group)
        least = [_span(study, key, mine, digits) for key, digits in (("failure_s", 0), ("peak_g", 1), ("apogee_km", 0),
                                                                       ("from_pad_km", 0))]
        rows.append((Cell(TITLES.get(way, way)), *(n(text) for text in least),
                     n(str(sum(1 for k in mine if study["in_water"][k])), "opt")))
    return Table(heads("way out", "failure, s>", "load, g>", "highest, km>", "from the pad, km>", "in water>?"),
                 tuple(rows), "the ways out of the climb", "small")


def _span(study: Mapping[str, Any], key: str, rows: list[int], digits: int) -> str:
    values = [float(study[key][k]) for k in rows]
    low, high = number(min(values), digits), number(max(values), digits)
    return low if low == high else f"{low} to {high}"
