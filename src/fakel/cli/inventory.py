"""``fakel inventory``: what is where at an instant, craft by craft."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from fakel.api.custody import custody, instants, inventory, items_of, load_at
from fakel.cli.given import refuse_written
from fakel.cli.progress import columns
from fakel.load.cargo import as_csv
from fakel.model.errors import InputError
from fakel.model.plain import plain
from fakel.reports.custody import Names, inventory_lines, where_data


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    refuse_written((args.csv,), args.replace)
    kept = custody(args.folder)
    for line in kept.told:
        print(f"fakel: {line}", file=sys.stderr)
    epochs, names, items = instants(kept, args.at), Names(kept.flight), items_of(kept)
    if len(epochs) > 1:
        raise InputError(f"--at {args.at} is on several days of this flight; write the day too, such as "
                         f"{epochs[0].day}T{args.at}")
    found = inventory(kept, epochs[0], args.craft)
    loads = {ship: load for ship in (kept.flight.mission.get("ships") or {}) if args.craft in (None, ship)
             and (load := load_at(kept, ship, epochs[0])) is not None}
    if args.csv:
        Path(args.csv).write_text(as_csv({w.item: items[w.item] for w in found},
                                         {w.item: w.hold.holder for w in found}), encoding="utf-8")
    if args.json:
        print(json.dumps({"utc": epochs[0].iso(3), "items": [
            {**where_data(w, None), **{k: items[w.item].get(k) for k in ("mass_kg", "hazards", "home")}}
            for w in found], "ships": plain(loads)}))
        return 0
    print(names.clock(epochs[0]))
    print("\n".join(inventory_lines(found, items, loads, names, columns())))
    if args.csv:
        print(f"\nwritten    {args.csv}")
    return 0
