"""``fakel report``: write the HTML report and an OEM for each craft."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fakel.load.folder import check_writable, read_flight
from fakel.model.flight import Flight
from fakel.model.verdict import Verdict


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    from fakel.rules import judge, load_rules

    flight, told = read_flight(Path(args.folder))
    for line in told:
        print(f"fakel: {line}", file=sys.stderr)
    out = Path(args.out) if args.out else Path(args.folder)
    check_writable(out)
    if not flight.complete:
        print("fakel: this flight is not complete; only its whole legs are told", file=sys.stderr)
    out.mkdir(parents=True, exist_ok=True)
    for path in write_reports(flight, judge(flight, load_rules()), out):
        print(path)
    return 0


def write_reports(flight: Flight, verdicts: tuple[Verdict, ...], out: Path) -> list[Path]:
    """report.html, events.csv and <craft>.oem; returns their paths."""
    from fakel.reports import REPORTS
    written = []
    for render in REPORTS.values():
        for file, data in render(flight, verdicts).items():
            path = out / file
            path.write_bytes(data)
            written.append(path)
    return written
