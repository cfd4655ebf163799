"""Custody: who held each carried item, and every change of hands."""

from __future__ import annotations

from fakel.model.ledger import PLANNED, ledger_of
from fakel.reports.charts.axis import clock, day
from fakel.reports.charts.ledger import Hold, ledger
from fakel.reports.reading import Reading
from fakel.reports.sections.section import Block, Cell, Figure, Section, Table, figure, heads, n

DASH = "–"
SIDES = ("length_m", "width_m", "depth_m")


def section(reading: Reading) -> Section | None:
    items = sorted({t.item for t in reading.flight.transfers})
    blocks: list[Block] = []
    for item in items:
        blocks += _item(reading, item)
    if blocks:
        blocks += [*_things(reading), *_onward(reading)]
    title = "Custody of the torch" if items == ["torch"] else "Custody"
    lead = f"Exactly one holder at every instant. {_chain(reading)}"
    return Section("custody", title, lead, tuple(blocks)) if blocks else None


def _chain(reading: Reading) -> str:
    entries = ledger_of(reading.flight)
    if not entries:
        return ""
    return f"The ledger has {len(entries)} entries; the hash of the last begins {entries[-1].sha256[:12]}."


def _things(reading: Reading) -> list[Table]:
    """What was carried, and where it was packed for the way home."""
    packed = {str(item): f"{name}, {reading.name(leg.plan.get('ship'))}" for leg in reading.legs("undocking")
              for table in (leg.studies.get("stowage"),) if table
              for item, name in zip(table["item"], table["name"], strict=False)}
    rows = [(Cell(reading.name(key), "strong"), n(f"{item.get('mass_kg') or 0.0:.2f}"),
             n(" x ".join(f"{item[side]:g}" for side in SIDES if item.get(side) is not None), "opt"),
             Cell(", ".join(item.get("hazards") or ()) or "none"), Cell(packed.get(key, DASH), "opt"))
            for key, item in (reading.mission.get("items") or {}).items()]
    top = heads("item", "kg>", "m>?", "hazards", "packed for the way home?")
    return [Table(top, tuple(rows), "what was carried", "ledger")] if rows else []


def _onward(reading: Reading) -> list[Table]:
    """What is planned after the landing."""
    rows = [(Cell(day(e.epoch), "day"), Cell(reading.name(e.item)), Cell(reading.name(e.giver)),
             Cell(reading.name(e.taker), "strong"), Cell(e.why, "dim opt"))
            for e in ledger_of(reading.flight) if e.kind == PLANNED]
    top = heads("planned", "item", "from", "to", "why?")
    return [Table(top, tuple(rows), "changes of hands that are planned after the landing", "ledger")] if rows else []


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
