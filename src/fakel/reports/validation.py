"""The comparison as Markdown, for a page of the documentation: the table, and how high its bar is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fakel.reports.clocks import elapsed
from fakel.reports.compare import HEADERS, Comparison
from fakel.reports.null_guess import Flown, leave_one_out
from fakel.reports.timeline import TITLES


def comparison_as_markdown(comparison: Comparison) -> str:
    """The table, how each null guess was made, and what the flown values rest on."""
    if not comparison.rows:
        return f"{comparison.sentence}\n"
    lines = [comparison.sentence, "", *_table(HEADERS, [row.cells() for row in comparison.rows])]
    if comparison.footnotes():
        lines += ["", "  \n".join(f"`{mark}` {text}" for mark, text in comparison.footnotes())]
    lines += _list("How each null guess was made:", [(r.title, r.null_how) for r in comparison.rows])
    lines += _list("What is known of the flown values:", [(r.title, r.note) for r in comparison.rows if r.unit == "s"])
    return "\n".join(lines) + "\n"


def bar_as_markdown(flights: Iterable[Flown]) -> str:
    """How far the null guess is off when each flight is guessed from the others, counted from its own flown anchor."""
    told = leave_one_out(flights)
    rows = []
    for event in dict.fromkeys(one.event for one in told):
        errors = [abs(one.error_s) for one in told if one.event == event]
        mean_s = sum(errors) / len(errors)
        rows.append((TITLES.get(event, event), str(len(errors)), elapsed(mean_s), elapsed(max(errors))))
    return "\n".join(_table(("event", "flights", "mean error", "largest"), rows)) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "/").replace("*", "\\*") for cell in cells) + " |"
    return [line(head), "|---|" + "--:|" * (len(head) - 1), *map(line, rows)]


def _list(text: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    told = [f"- {title}: {said}" for title, said in rows if said]
    return ["", text, "", *told] if told else []
