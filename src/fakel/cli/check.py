"""``fakel check``: judge a flight folder by the flight rules."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from fakel.cli.progress import columns
from fakel.load.folder import read_flight
from fakel.model.plain import plain
from fakel.model.verdict import Status


def run(args: argparse.Namespace) -> int:
    """Returns 1 when a rule failed. Raises InputError when an entry of the ledger was changed."""
    from fakel.load.ledger import verified
    from fakel.reports.text import verdict_lines
    from fakel.rules import judge, load_rules

    flight, told = read_flight(Path(args.folder))
    ledger = verified(Path(args.folder), flight, not told)
    for line in (*told, *([] if ledger.startswith("ledger") else [ledger])):
        print(f"fakel: {line}", file=sys.stderr)
    if not flight.complete:
        print("fakel: this flight is not complete; only its whole legs are judged", file=sys.stderr)
    verdicts = judge(flight, load_rules(*map(Path, args.rules)))
    if args.json:
        print(json.dumps({"verdicts": plain(verdicts), "complete": flight.complete, "ledger": ledger},
                         indent=1))
    else:
        print("\n".join(verdict_lines(verdicts, columns())))
        if ledger.startswith("ledger"):
            print(ledger)
    return 1 if any(v.status is Status.FAIL for v in verdicts) else 0
