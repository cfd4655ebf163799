"""``fakel rendezvous reboost``: the smallest push of the station that makes a launch day good."""

from __future__ import annotations

import argparse
import json

from fakel.api.forces import as_epoch
from fakel.api.reboost import reboost, reboost_world
from fakel.api.rendezvous import launch_of, ship_of
from fakel.cli.progress import Silent, columns, spinner
from fakel.cli.rendezvous_plan import profile_of, target_of
from fakel.model.day import DAY_S, midnight
from fakel.model.errors import InputError
from fakel.reports import reboost as told


def run(args: argparse.Namespace) -> int:
    """Returns 0. Raises NoWindow when no push helps."""
    if not args.date or not args.pad:
        raise InputError("fakel rendezvous reboost needs the launch; give --date and --pad")
    asked, profile = launch_of(args.date, args.pad, args.launcher), profile_of(args.profile)
    first, last = (as_epoch(text, option) if text else None
                   for text, option in ((args.start, "--from"), (args.stop, "--to")))
    with spinner("world, pushes (the first time: compiling)", args.json):
        target = target_of(args, first or midnight(asked.day) + -args.days * DAY_S)
        report = reboost(target, asked, profile, ship_of(profile.vehicle), reboost_world(target, asked), first, last)
    Silent().warned(line for line in target.told if "announced" not in line)
    print(json.dumps(told.data(report), ensure_ascii=False) if args.json else "\n".join(told.lines(report, columns())))
    return 0
