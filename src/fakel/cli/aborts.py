"""``fakel aborts``: a way out at every second of a launch."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.cli.given import check_launched, checked, refuse_beside_a_mission, write_picture
from fakel.cli.progress import Silent, columns, working
from fakel.model.abort import Aborts

OF_A_LAUNCH = {"vehicle": "soyuz-fg", "spacecraft": "soyuz-ms", "pad": "baikonur-1-5", "liftoff": None, "mass": None,
               "propellant": None, "inclination": 51.64}
"""Options that a mission answers itself, and their defaults."""


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    _check(args)
    from fakel.api.aborts import aborts
    from fakel.reports.aborts import as_csv, as_data, lines
    with working("climb, then aborts", args.quiet or args.json) as progress:
        found = aborts(args.mission, launcher=args.vehicle, spacecraft=args.spacecraft, pad=args.pad,
                       liftoff=args.liftoff, mass_kg=args.mass, propellant_kg=args.propellant,
                       inclination_deg=args.inclination, ways=args.ways, every_s=args.every, seconds=args.at,
                       progress=progress)
    Silent().warned(found.told)
    if args.csv:
        part = Path(f"{args.csv}.part")                       # stopped half-way, no file is half a file
        part.write_text(as_csv(found), encoding="utf-8")
        part.replace(args.csv)
    _draw(found, args)
    if args.json:
        print(json.dumps(as_data(found), ensure_ascii=False))
    else:
        written = [file for file in (args.csv, args.map, args.plot) if file]
        print("\n".join([*lines(found, columns()), *(f"written    {file}" for file in written)]))
    return 0


def _check(args: argparse.Namespace) -> None:
    refuse_beside_a_mission(args, OF_A_LAUNCH)
    checked(args.every, "--every", 0.1, 1e4, "s")
    check_launched(args)


def _draw(found: Aborts, args: argparse.Namespace) -> None:
    if args.plot:
        from fakel.reports.aborts_plot import picture
        write_picture(args.plot, picture(found))
    if args.map:
        from fakel.load.ground_map import outlines
        from fakel.reports.aborts_map import picture as drawn
        write_picture(args.map, drawn(found, outlines()))
