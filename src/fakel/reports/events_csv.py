"""Every event of a flight as comma-separated values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from fakel.model.flight import Flight
from fakel.model.plain import plain
from fakel.model.verdict import Verdict
from fakel.reports.clocks import liftoff_of
from fakel.reports.timeline import title

COLUMNS = ("utc", "since_liftoff_s", "name", "subject", "phase", "title", "facts")


def render(flight: Flight, verdicts: Iterable[Verdict]) -> dict[str, bytes]:
    """``events.csv``: UTF-8, one row an event in order of time, facts as a JSON object."""
    del verdicts
    liftoff = liftoff_of(flight)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for e in flight.events:
        since = "" if liftoff is None else f"{e.epoch - liftoff:.3f}"
        facts = json.dumps(plain(e.facts), ensure_ascii=False, sort_keys=True)
        writer.writerow((e.epoch.iso(3), since, e.name, e.subject, e.phase, title(e), facts))
    return {"events.csv": out.getvalue().encode()}
