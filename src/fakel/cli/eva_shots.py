"""``fakel eva shots``: moments for photographs and television, found by search."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.api.shots import shots_of
from fakel.cli.progress import columns, spinner
from fakel.load.folder import check_writable
from fakel.model.errors import InputError
from fakel.model.plain import plain
from fakel.reports import shots as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    for path in map(Path, filter(None, (args.csv, args.ics))):
        if path.exists() and not args.replace:
            raise InputError(f"{path} is there already; give another name or --replace")
    with spinner("the walk is read, or flown", args.json):
        found = shots_of(args.source)
    files = {args.csv: told.as_csv(found.shots).encode(),
             args.ics: told.as_calendar(found.id, found.title, found.shots, found.names)}
    for name, text in ((name, text) for name, text in files.items() if name):
        check_writable(Path(name).parent)
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(text)
    if args.json:
        print(json.dumps({"mission": found.id, "shots": plain(found.shots), "filming": plain(found.filming)},
                         ensure_ascii=False))
        return 0
    print("\n".join(told.lines(found.title, found.shots, found.filming, found.names, columns())))
    low = told.low_sun(found.sunrises, found.sunsets, found.span, found.shots)
    if low:
        print(low)
    for name in filter(None, (args.csv, args.ics)):
        print(f"written    {name}")
    return 0
