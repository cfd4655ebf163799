"""On the page: the worst minute of each trouble of a walk, the tissue ratio, and what was assumed."""

from __future__ import annotations

import numpy as np

from fakel.model.flight import Leg
from fakel.reports.reading import Reading
from fakel.reports.sections.section import Cell, Table, heads, n
from fakel.reports.suits import LABELS
from fakel.reports.svg import number


def margin_table(reading: Reading, leg: Leg) -> list[Table]:
    """For each trouble the walker and minute with least in hand."""
    table = leg.studies.get("margins") or {}
    margins = [np.nan if m is None else float(m) for m in table.get("margin_min", ())]
    rows = []
    for case in dict.fromkeys(table.get("case", ())):
        mine = [i for i, c in enumerate(table["case"]) if c == case]
        i = min(mine, key=lambda k: margins[k])
        rows.append((Cell(str(table["what"][i])), Cell(reading.surname(str(table["person"][i])), "opt"),
                     n(number(float(table["worst_minute"][i]))), n(number(float(table["inside_min"][i])), "opt"),
                     n(number(margins[i], sign=True)), Cell(str(table["store"][i]), "dim opt")))
    if not rows:
        return []
    return [Table(heads("when it goes wrong", "worst for?", "minute>", "inside after, min>?", "in hand, min>",
                        "first to end?"), tuple(rows), "margins")]


def words_of(leg: Leg) -> str:
    """What is told of the body, and which numbers nobody has published."""
    opened = next((e for e in leg.events if e.name == "hatch_open"), None)
    facts = {} if opened is None else opened.facts
    told = ""
    if isinstance(facts.get("tissue_ratio"), (int, float)):
        limit = facts.get("tissue_ratio_max")
        told = f"Tissue ratio as the hatch opens: {number(float(facts['tissue_ratio']), 2)}"
        told += f" (limit {number(float(limit), 2)})" if isinstance(limit, (int, float)) else ""
        told += f"; {facts.get('tissue_ratio_is', 'a planning aid, not medical advice')}."
    suits = (leg.studies.get("suits") or {}).get("assumed", ())
    names = {name for text in suits for name in str(text).split(", ") if name}
    said = ", ".join(sorted(LABELS.get(name, name) for name in names))
    return told + (f" Assumed, since nobody has published it: {said}." if said else "")
