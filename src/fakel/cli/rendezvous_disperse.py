"""``fakel rendezvous disperse``: one mission flown many times with errors of insertion, navigation and burns."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from fakel.campaign.result import result_of
from fakel.campaign.workers import RESULT, Order, fly_all, opened, prepared
from fakel.cli.given import check_picture, write_picture
from fakel.cli.progress import columns, spinner
from fakel.load.mission import mission_path
from fakel.model.errors import InputError
from fakel.reports import dispersed as told
from fakel.reports.dispersed_plot import picture as drawn

MOST_RUNS, MOST_WORKERS = 1_000_000, 64


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    _check(args)
    check_picture(args.plot, args.replace)
    path = mission_path(args.mission)
    order = Order(str(path), args.dispersions, args.seed, args.missed_share)
    folder = Path(args.out) if args.out else None
    done = opened(folder, order, args.replace) if folder else {}
    with spinner("the flight without errors", args.quiet or args.json):
        case = prepared(order)
    since, shown = time.monotonic(), _Shown(args.quiet or args.json)
    try:
        rows = fly_all(order, case, args.runs, args.workers, folder, done, shown.told)
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(f"stopped; the same command goes on from what {folder} holds" if folder else
                                "stopped; nothing was kept (give --out DIR)") from stop
    finally:
        shown.end()
    result = {**result_of(case, rows), "seconds": round(time.monotonic() - since, 1), "workers": args.workers}
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


def _check(args: argparse.Namespace) -> None:
    for name, most in (("runs", MOST_RUNS), ("workers", MOST_WORKERS)):
        if not 1 <= getattr(args, name) <= most:
            raise InputError(f"--{name} {getattr(args, name)} cannot be; write 1 to {most}")
    if args.seed < 0:
        raise InputError(f"--seed {args.seed} is negative; write 0 or more")
    if args.missed_share is not None and not 0.0 <= args.missed_share <= 1.0:
        raise InputError(f"--missed-share {args.missed_share:g} is no share; write 0 to 1")


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
