"""It burns aboard: who reaches which ship, in text and as data."""

from __future__ import annotations

import textwrap
from typing import Any

from fakel.model.burn import RetreatReport
from fakel.model.plain import plain
from fakel.reports.table import heading, table


def lines(report: RetreatReport, width: int) -> list[str]:
    """Text for a terminal."""
    out = [*heading(f"It burns in {report.name}: who reaches which ship", width)]
    at = 0.0
    for name, seconds in report.steps:
        at += seconds
        out.append(f"{at:5.0f} s  {name}")
    rows = []
    for ship, name in report.ships.items():
        mine = [w for w in report.ways if w.ship == ship]
        reached = [w for w in mine if w.seconds is not None]
        far = max(reached, key=lambda w: w.seconds or 0.0, default=None)
        cut = ", ".join(w.from_room for w in mine if w.way is None)
        rows.append((name, report.ports[ship], str(report.seats[ship]), ", ".join(report.crews[ship]),
                     "" if far is None else f"{(far.seconds or 0.0) / 60:.1f} min from {far.from_room}",
                     "it burns" if ship == report.room else cut or "nowhere"))
    out += ["", *table(("ship", "port", "seats", "crew", "farthest in", "cut off from"), rows, "llrlll", width,
                       caps={3: 26})]
    for title, texts in (("In plain words", report.words), ("What is assumed", report.assumed)):
        out += heading(title, width)
        out += [line for text in texts for line in textwrap.wrap(text, width, initial_indent="- ",
                                                                  subsequent_indent="  ")]
    return out


def data(report: RetreatReport) -> dict[str, Any]:
    """What ``--json`` prints."""
    told: dict[str, Any] = plain(report)
    return told
