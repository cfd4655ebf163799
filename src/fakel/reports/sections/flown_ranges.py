"""Flown logs of the last kilometres beside a flight: readings before contact against range and rate here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.reports.charts.panels import Dot
from fakel.reports.compare import FlownRange, flown_ranges
from fakel.reports.reading import Reading, Relative
from fakel.reports.sections.section import Cell, Table, heads, n
from fakel.reports.svg import number


def dots(reading: Reading, seen: Relative) -> tuple[tuple[Dot, ...], tuple[Dot, ...]]:
    """Flown ranges and range rates on the flight's own time, counted back from its contact; empty without one."""
    contact_s = _contact_s(reading)
    if contact_s is None:
        return (), ()
    far, rate = [], []
    for row in flown_ranges():
        if row.before_contact_s is None or contact_s - row.before_contact_s < seen.t_s[0]:
            continue
        t_s = contact_s - row.before_contact_s
        said = f"{row.flight}: {number(row.range_m)} m"
        far.append(Dot(t_s, row.range_m, said))
        if row.closing_m_s is not None:
            rate.append(Dot(t_s, -row.closing_m_s, f"{said} at {number(row.closing_m_s, 2)} m/s"))
    return tuple(far), tuple(rate)


def flown_table(reading: Reading, seen: Relative) -> list[Table]:
    """Each reading with what this flight has at the same time before its contact, or at the same range."""
    contact_s = _contact_s(reading)
    if contact_s is None:
        return []
    rows = [_row(row, contact_s, seen) for row in flown_ranges()]
    rows = [row for row in rows if row]
    return [Table(heads("flown log", "before contact, min>", "range, m>", "here, m>", "closing, m/s>", "here, m/s>"),
                  tuple(rows), "a flown log beside this flight", "more")] if rows else []


def _contact_s(reading: Reading) -> float | None:
    contact = reading.first("docking_contact")
    return None if contact is None else reading.t(contact.epoch)


def _row(row: FlownRange, contact_s: float, seen: Relative) -> tuple[Cell, ...]:
    """Empty where the flight has nothing to set beside it."""
    name = f"{row.flight}{', ' + row.what if row.what else ''}"
    if row.before_contact_s is not None:
        t_s = contact_s - row.before_contact_s
        if t_s < seen.t_s[0]:
            return ()
        minutes, here = number(row.before_contact_s / 60), _at(seen, t_s)
        return (Cell(name), n(minutes), n(number(row.range_m)), n(number(here[0])), n(_rate(row.closing_m_s)),
                n(number(-here[1], 2)))
    inside = np.flatnonzero(seen.range_m <= row.range_m)
    if not len(inside):
        return ()
    i = int(inside[0])
    return (Cell(name), n("–"), n(number(row.range_m)), n(number(float(seen.range_m[i]))), n(_rate(row.closing_m_s)),
            n(number(-float(seen.range_rate_m_s[i]), 2)))


def _at(seen: Relative, t_s: float) -> tuple[float, float]:
    columns: Sequence[np.ndarray] = (seen.range_m, seen.range_rate_m_s)
    far, rate = (float(np.interp(t_s, seen.t_s, column)) for column in columns)
    return far, rate


def _rate(value: float | None) -> str:
    return "" if value is None else number(value, 2)
