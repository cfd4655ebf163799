"""What is told of a flight: flight and verdicts in, files out. Reports read and interpolate; they compute no motion."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fakel.model.flight import Flight
from fakel.model.verdict import Verdict
from fakel.reports import calendar, events_csv, html, oem

Render = Callable[[Flight, tuple[Verdict, ...]], dict[str, bytes]]

REPORTS: Mapping[str, Render] = {
    "html": html.render,
    "csv": events_csv.render,
    "oem": oem.render,
    "ics": calendar.render,
}
"""Format to what makes its files: file name to contents."""
