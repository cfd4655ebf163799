"""``fakel rendezvous safety``: what follows when any burn on the way to a station fails."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.api.safety import safety
from fakel.cli.given import check_picture, refuse_written, write_picture
from fakel.cli.progress import columns, spinner
from fakel.reports import safety as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    check_picture(args.plot, args.replace)
    refuse_written((args.html,), args.replace)
    with spinner("drifting from every burn (a mission is flown first)", args.json):
        report = safety(args.flight)
    if args.plot or args.html:
        from fakel.reports.safety_plot import page, picture
        if args.plot:
            write_picture(args.plot, picture(report))
        if args.html:
            Path(args.html).write_text(page(report), encoding="utf-8")
    if args.json:
        print(json.dumps(told.data(report), ensure_ascii=False))
        return 0
    print("\n".join(told.lines(report, columns())))
    for name in (args.plot, args.html):
        if name:
            print(f"written    {name}")
    return 0
