"""A flight in one object: what ``--json`` prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fakel.model.flight import Flight
from fakel.model.plain import event_as_data, plain
from fakel.model.verdict import Verdict
from fakel.reports.budgets import budgets
from fakel.reports.compare import compare, comparison_as_data

__all__ = ["budgets", "summary"]


def summary(flight: Flight, verdicts: Iterable[Verdict], folder: str) -> dict[str, Any]:
    """Plain data: id, title, complete, events, verdicts, budgets, comparison, folder."""
    return {
        "id": flight.mission.get("id"), "title": flight.mission.get("title"), "complete": flight.complete,
        "events": [event_as_data(e) for e in flight.events],
        "verdicts": [plain(v) for v in verdicts],
        "budgets": plain(budgets(flight)),
        "comparison": comparison_as_data(compare(flight)),
        "folder": folder,
    }
