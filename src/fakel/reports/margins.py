"""Margins of a walk in text and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fakel.model.margins import CASES, Margin, Troubles, Worst
from fakel.model.outfit import Suit
from fakel.model.plain import plain
from fakel.reports.suits import assumed_lines
from fakel.reports.table import heading, signed, table

LATER = ("stuck", "item")


def lines(rows: Sequence[Worst], suits: Mapping[str, Suit], names: Mapping[str, str], width: int) -> list[str]:
    """Text for a terminal: the worst minute of each trouble and person."""
    told = [(row.case, names.get(row.person, row.person), f"{row.minute:.0f}", f"{row.inside_s / 60:.0f}",
             signed(row.margin_s / 60, 1), row.store, _verdict(row)) for row in rows]
    out = [*heading("When it goes wrong: the worst minute of each trouble", width),
           *table(("trouble", "who", "minute", "inside, min", "in hand, min", "first to end", ""), told, "llrrrl",
                  width)]
    out += ["", *(f"{case}: {CASES[case]}" for case in dict.fromkeys(row.case for row in rows)), "",
            "inside: from the trouble to the airlock's air (stuck, item: the time lost).",
            "Times and rates of the way back are assumed; they are inputs: --set"]
    return out + assumed_lines(list(suits.values()))


def _verdict(row: Worst) -> str:
    if row.margin_s >= 0.0:
        return "makes it"
    return f"does not for {row.short_minutes:.0f} min of the walk"


def at_lines(t_s: np.ndarray, found: Sequence[Margin], minute: float, names: Mapping[str, str],
             width: int) -> list[str]:
    """One minute of the walk: each trouble, each store."""
    i = int(np.argmin(np.abs(t_s - minute * 60.0)))
    rows = [(m.case, names.get(m.person, m.person), _hatch(m, i, float(t_s[i]), names),
             f"{t_s[i] / 60 + m.inside_s[i] / 60:.0f}", signed((left - m.inside_s[i]) / 60, 1),
             f"{store}: lasts {left / 60:.0f} min")
            for m in found for store, left in [min(((k, float(np.broadcast_to(v, t_s.shape)[i]))
                                                    for k, v in m.lasts_s.items()), key=lambda pair: pair[1])]]
    return [*heading(f"Trouble at minute {t_s[i] / 60:.0f}", width),
            *table(("trouble", "who", "at the hatch, min", "air at, min", "in hand, min", "first to end"), rows,
                   "lllrrl", width)]


def _hatch(margin: Margin, i: int, t_s: float, names: Mapping[str, str]) -> str:
    """Who is at the hatch at which minute of the walk."""
    return ", ".join(f"{names.get(p, p)} {(t_s + float(late[i])) / 60:.0f}" for p, late in margin.at_hatch_s.items())


def data(t_s: np.ndarray, found: Sequence[Margin], rows: Sequence[Worst], suits: Mapping[str, Suit],
         troubles: Troubles) -> dict[str, Any]:
    """What ``--json`` prints. An infinite time is null."""
    curves = [{"case": m.case, "person": m.person, "inside_s": plain(m.inside_s),
               "at_hatch_s": {k: plain(v) for k, v in m.at_hatch_s.items()},
               "lasts_s": {k: plain(np.broadcast_to(v, t_s.shape)) for k, v in m.lasts_s.items()}} for m in found]
    return {"minute": plain(t_s / 60), "worst": [plain(row) for row in rows], "curves": curves,
            "supposed": {"confidence": "assumed", **plain(troubles)},
            "assumed": {s.id: list(s.assumed) for s in suits.values()}}
