"""``fakel ledger``: every change of hands of a flight, as text, CSV or JSON; and a list from elsewhere beside it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from fakel.api.custody import custody
from fakel.cli.given import refuse_written
from fakel.cli.progress import columns
from fakel.load.ledger import as_csv, compare
from fakel.model.plain import plain
from fakel.reports.custody import Names, ledger_lines


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    refuse_written((args.csv,), args.replace)
    kept = custody(args.folder)
    for line in kept.told:
        print(f"fakel: {line}", file=sys.stderr)
    told = compare(Path(args.verify), kept.flight) if args.verify else ""
    if args.csv:
        Path(args.csv).write_text(as_csv(kept.entries), encoding="utf-8")
    if args.json:
        print(json.dumps({"ledger": plain(kept.entries)}, ensure_ascii=False))
        return 0
    print(told or "\n".join(ledger_lines(kept.entries, Names(kept.flight), columns())))
    if args.csv:
        print(f"\nwritten    {args.csv}")
    return 0
