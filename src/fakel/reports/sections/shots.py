"""For the world: the moments of a walk for photographs and television."""

from __future__ import annotations

from fakel.model.epoch import Epoch
from fakel.model.flight import Leg
from fakel.reports import shots as told
from fakel.reports.charts.axis import clock
from fakel.reports.reading import Reading
from fakel.reports.sections.section import Cell, Section, Table, heads, n


def section(reading: Reading) -> Section | None:
    """One table for all walks that have moments."""
    rows = [row for leg in reading.legs("eva") for row in _rows(leg, "shots")]
    filming = [row for leg in reading.legs("eva") for row in _rows(leg, "filming")]
    names = {person: reading.name(person) for row in filming for person in (str(row["by"]), str(row["subject"]))}
    if not filming:
        return None
    lead = " ".join(f"{text}." for text in told.told(filming, names))
    lead += (" Moments are found by search: holder and thing in the picture of a helmet camera, nothing of the station "
             "between, in sunlight. How the two hold themselves, and the camera's field, are assumed.")
    return Section("world", "For the world", lead, (_table(rows, reading),) if rows else ())


def _rows(leg: Leg, study: str) -> list[dict[str, object]]:
    table = leg.studies.get(study) or {}
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def _table(rows: list[dict[str, object]], reading: Reading) -> Table:
    lines = []
    for row in rows:
        start = Epoch.utc(str(row["start_utc"]))
        length_s = Epoch.utc(str(row["stop_utc"])) - start
        lines.append((n(clock(start, True)), n(f"{length_s:.0f}", "opt"), Cell(told.moment(row), "", told.below(row)),
                      Cell(reading.surname(str(row["by"]))), Cell(reading.surname(str(row["subject"])), "opt"),
                      n(told.light(float(str(row["sun_deg"])))), n(f"{float(str(row['distance_m'])):.1f}", "opt")))
    return Table(heads("UTC>", "s>?", "moment, and the place below", "camera", "subject?", "Sun>", "away, m>?"),
                 tuple(lines), "Moments for photographs and television", "more")
