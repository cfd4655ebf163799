"""Custody: who held each carried item, and every change of hands."""

from __future__ import annotations

from fakel.reports.charts.axis import clock, day
from fakel.reports.charts.ledger import Hold, ledger
from fakel.reports.reading import Reading
from fakel.reports.sections.section import Cell, Figure, Section, Table, figure, heads, n


def section(reading: Reading) -> Section | None:
    items = sorted({t.item for t in reading.flight.transfers})
    blocks: list[Figure | Table] = []
    for item in items:
        blocks += _item(reading, item)
    title = "Custody of the torch" if items == ["torch"] else "Custody"
    return Section("custody", title, "Exactly one holder at every instant.", tuple(blocks)) if blocks else None


def holds(reading: Reading, item: str) -> list[Hold]:
    """Every holder in turn, from the flight's first instant to its last."""
    found = [t for t in reading.flight.transfers if t.item == item]
    legs = reading.flight.legs
    first = reading.t(reading.liftoff or legs[0].before.epoch) if legs else reading.t(found[0].epoch)
    first = min(first, reading.t(found[0].epoch))
    last = max([reading.t(leg.after.epoch) for leg in legs] + [reading.t(found[-1].epoch)])
    times = [first, *(reading.t(t.epoch) for t in found), last]
    holders = [found[0].giver, *(t.taker for t in found)]
    return [Hold(reading.name(h), a, b) for h, a, b in zip(holders, times, times[1:], strict=False)]


def _item(reading: Reading, item: str) -> list[Figure | Table]:
    held = holds(reading, item)
    names = list(dict.fromkeys(h.holder for h in held))
    label = f"Who holds {reading.name(item)}: one line that moves between {len(names)} holders"
    picture = figure(
        lambda w: ledger(w, label, reading.zero, held, names),
        "UTC; there are breaks between the panels, each panel is linear.",
    )
    rows, date = [], ""
    for transfer in (t for t in reading.flight.transfers if t.item == item):
        today = day(transfer.epoch)
        rows.append(
            (
                Cell(today if today != date else "", "day"),
                n(clock(transfer.epoch, True)),
                Cell(reading.name(transfer.giver)),
                Cell(reading.name(transfer.taker), "strong"),
                Cell(transfer.why, "dim opt"),
            )
        )
        date = today
    return [
        picture,
        Table(
            heads(str(reading.zero.day.year), "UTC>", "from", "to", "why?"),
            tuple(rows),
            f"changes of hands of {item}",
            "ledger",
        ),
    ]
