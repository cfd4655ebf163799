"""``fakel land --runs``: one landing flown many times, each a little otherwise than planned."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from fakel.api.land import Ship
from fakel.api.land_cases import landing_cases
from fakel.cli.given import write_picture, write_whole
from fakel.cli.progress import Silent, columns
from fakel.model.dispersions import Cases
from fakel.model.errors import InputError

Working = Callable[[bool], AbstractContextManager[Callable[[float], None]]]


def run(args: argparse.Namespace, ship: Ship, files: dict[str, Path], working: Working) -> int:
    """Returns 0, or 130 when it was broken off and tells of the runs that were done. working: shows the part."""
    from fakel.reports.landing_cases import as_csv, as_data, lines
    if len(args.zone) > 1 or args.zone == ["all"]:
        raise InputError("--runs flies to one zone; give --zone once")
    for option in ("ics", "daylight", "sensitivities"):
        if getattr(args, option):
            raise InputError(f"--{option} is not for --runs; leave it out, or --runs")
    with working(args.quiet or args.json) as progress:
        found = landing_cases(args.zone[0] if args.zone else "zhezkazgan", tle=args.tle, oem=args.oem, spacecraft=ship,
                              start=args.start, stop=args.stop, runs=args.runs, seed=args.seed,
                              dispersions=args.dispersions, dv_m_s=args.dv, max_age_days=args.max_age,
                              progress=progress)
    Silent().warned(found.told)
    for kind, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if kind == "plot":
            write_picture(str(file), _map(found))
        else:
            write_whole(file, as_csv(found).encode())
    if args.json:
        print(json.dumps(as_data(found), ensure_ascii=False))
    else:
        print("\n".join([*lines(found, columns()), *(f"written    {file}" for file in files.values())]))
    return 0 if len(found.guided) == args.runs else 130


def _map(found: Cases) -> str:
    from fakel.load.ground_map import ground_map
    from fakel.reports.landing_map import box_deg, picture
    return picture(found, ground_map(*box_deg(found)))
