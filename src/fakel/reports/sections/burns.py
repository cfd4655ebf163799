"""Burns as tables show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fakel.model.epoch import Epoch
from fakel.reports import words
from fakel.reports.budgets import burns as flown_burns
from fakel.reports.budgets import total
from fakel.reports.charts.axis import clock, day
from fakel.reports.reading import Reading
from fakel.reports.sections.section import Cell, Table, heads, n
from fakel.reports.svg import number


@dataclass(frozen=True, slots=True)
class Burn:
    """A burn that was flown. dv_m_s and propellant_kg are None where the flight does not tell."""

    name: str
    ship: str
    phase: str
    start: Epoch
    duration_s: float
    dv_m_s: float | None
    propellant_kg: float | None


def burns(reading: Reading, *phases: str) -> list[Burn]:
    """The burns of some phases in order of time."""
    return [
        Burn(
            burn_name(row["burn"]),
            row["ship"],
            row["phase"],
            Epoch.utc(row["start_utc"]),
            row["duration_s"],
            row["dv_m_s"],
            row["propellant_kg"],
        )
        for row in flown_burns(reading.flight)
        if row["phase"] in phases
    ]


def burn_name(given: str) -> str:
    """Short names as they are, in capitals; longer ones as words."""
    plain = given.replace("_", " ").replace("-", " ").strip()
    return plain[:1].upper() + plain[1:] or "Burn"


def burn_table(found: Sequence[Burn], label: str) -> list[Table]:
    rows, date = [], ""
    for burn in found:
        today = day(burn.start)
        rows.append(
            (
                Cell(today if today != date else "", "day"),
                n(clock(burn.start, True)),
                Cell(burn.name, "strong"),
                Cell(words.phase(burn.phase), "opt"),
                n(number(burn.duration_s, 1) if burn.duration_s > 0 else "impulse"),
                n(known(burn.dv_m_s, 2), "strong"),
                n(known(burn.propellant_kg, 1)),
            )
        )
        date = today
    if not rows:
        return []
    if len(found) > 1:
        rows.append(
            (
                Cell("", "sum"),
                Cell("", "sum"),
                Cell("all", "sum"),
                Cell(f"{len(found)} burns", "sum opt"),
                Cell("", "sum"),
                n(known(total(b.dv_m_s for b in found), 2), "sum"),
                n(known(total(b.propellant_kg for b in found), 1), "sum"),
            )
        )
    return [
        Table(
            heads(
                str(found[0].start.day.year),
                "start, UTC>",
                "burn",
                "in?",
                "length, s>",
                "delta-v, m/s>",
                "propellant, kg>",
            ),
            tuple(rows),
            label,
            "burns",
        )
    ]


def known(value: float | None, digits: int) -> str:
    """A number, or a dash for what the flight does not tell."""
    return "–" if value is None else number(value, digits)
