"""``fakel rendezvous disperse``: one mission flown many times with errors of insertion, navigation and burns."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from fakel.api.disperse import campaign
from fakel.campaign.workers import RESULT
from fakel.cli.given import check_picture, write_picture
from fakel.cli.progress import columns, spinner
from fakel.reports import dispersed as told
from fakel.reports.dispersed_plot import picture as drawn


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    check_picture(args.plot, args.replace)
    folder = Path(args.out) if args.out else None
    with spinner("the flight without errors", args.quiet or args.json):
        asked = campaign(args.mission, args.runs, args.seed, args.dispersions, args.workers, args.missed_share, folder,
                         args.replace)
    since, shown = time.monotonic(), _Shown(args.quiet or args.json)
    try:
        found, rows = asked.fly(shown.told)
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(f"stopped; the same command goes on from what {folder} holds" if folder else
                                "stopped; nothing was kept (give --out DIR)") from stop
    finally:
        shown.end()
    result = {**found, "seconds": round(time.monotonic() - since, 1), "workers": args.workers}
    if folder:
        (folder / RESULT).write_text(json.dumps(result, indent=1), encoding="utf-8")
    for picture in (args.plot, str(folder / "campaign.svg") if folder else ""):
        if picture:
            write_picture(picture, drawn(result, rows))
    print(json.dumps(result, indent=1) if args.json else "\n".join(told.lines(result, columns())))
    if folder and not args.json:
        print(f"written    {folder}: {RESULT}, flights.jsonl, campaign.svg")
    if args.plot and not args.json:
        print(f"written    {args.plot}")
    return 0


class _Shown:
    """How many flights have ended: on a terminal each second, elsewhere every tenth part."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet or not sys.stderr
        self.live = not self.quiet and sys.stderr.isatty()
        self.since = self.last = time.monotonic()
        self.tenth = 0

    def told(self, flown: int, of: int) -> None:
        now = time.monotonic()
        if self.quiet:
            return
        if self.live and (now - self.last > 0.5 or flown == of):
            self.last = now
            print(f"\r{flown} of {of} flights, {now - self.since:.0f} s ", end="", file=sys.stderr, flush=True)
        elif not self.live and of >= 100 and flown * 10 // of > self.tenth:
            self.tenth = flown * 10 // of
            print(f"fakel: {flown} of {of} flights, {now - self.since:.0f} s", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
