"""``fakel where``: who had an item, and where it was, at an instant or throughout."""

from __future__ import annotations

import argparse
import json
import sys

from fakel.api.custody import after, custody, instants, where
from fakel.cli.progress import columns
from fakel.model.ledger import holds
from fakel.reports.custody import Names, ledger_lines, where_data, where_lines, where_row
from fakel.reports.table import heading, table


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    kept = custody(args.folder)
    for line in kept.told:
        print(f"fakel: {line}", file=sys.stderr)
    names, epochs = Names(kept.flight), instants(kept, args.at)
    found = [where(kept, args.item, epoch) for epoch in epochs]
    if args.at is None:
        own = [h.entry for h in holds(kept.entries, args.item)]
        print(json.dumps([where_data(w, after(kept, w)) for w in (where(kept, args.item, e.epoch) for e in own)])
              if args.json else "\n".join(ledger_lines(own, names, columns())))
    elif args.json:
        told = [where_data(w, after(kept, w)) for w in found]
        print(json.dumps(told[0] if len(told) == 1 else told))
    elif len(found) == 1:
        print("\n".join(where_lines(found[0], after(kept, found[0]), names)))
    else:
        print("\n".join([*heading(f"{names.of(args.item)} at {args.at} UTC", columns()),
                         *table(("day", "UTC", "where"), [where_row(w, names) for w in found], "", columns())]))
    return 0
