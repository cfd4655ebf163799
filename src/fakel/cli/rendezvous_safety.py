"""``fakel rendezvous safety``: what follows when any burn on the way to a station fails."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.api.safety import safety
from fakel.cli.progress import columns, spinner
from fakel.model.errors import InputError
from fakel.reports import safety as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    for name in (args.plot, args.html):
        if name and Path(name).exists() and not args.replace:
            raise InputError(f"{name} is there already; give another name or --replace")
    with spinner("drifting from every burn (a mission is flown first)", args.json):
        report = safety(args.flight)
    if args.plot or args.html:
        from fakel.reports.safety_plot import page, picture
        for name, made in ((args.plot, picture), (args.html, page)):
            if name:
                Path(name).write_text(made(report), encoding="utf-8")
    if args.json:
        print(json.dumps(told.data(report), ensure_ascii=False))
        return 0
    print("\n".join(told.lines(report, columns())))
    for name in (args.plot, args.html):
        if name:
            print(f"written    {name}")
    return 0
