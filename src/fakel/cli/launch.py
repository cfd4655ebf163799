"""``fakel launch KIND``: one launch refined by slip, recycle or cut-outs."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from fakel.cli.given import check_files, check_picture, listed, refuse_beside_a_mission, write_picture, write_whole
from fakel.cli.progress import Silent, columns, working
from fakel.model.errors import InputError
from fakel.model.launch_day import CutOuts, KeepOut, Recycle, Slip

OF_A_LAUNCH = {"tle": None, "oem": None, "date": "", "pad": "baikonur-1-5", "vehicle": "", "spacecraft": "",
               "profile": "", "mass": None, "propellant": None, "station": "iss-2013-11", "port": "rassvet-nadir"}
"""Options that a mission answers itself, and their defaults."""
Found = Slip | Recycle | CutOuts


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    _check(args)
    looked = {"slip": _slip, "recycle": _recycle, "cutouts": _cutouts}[args.kind]
    with working("world, then liftoffs", args.quiet or args.json) as progress:
        found = looked(args, progress)
    from fakel.reports import launch_day as told
    Silent().warned(found.told)
    if args.csv:
        write_whole(Path(args.csv), told.as_csv(found).encode())
    if getattr(args, "ics", None):
        assert isinstance(found, Recycle | CutOuts)
        write_whole(Path(args.ics), told.as_calendar(found))
    if args.plot:
        from fakel.reports.launch_day_plot import picture
        write_picture(args.plot, picture(found))
    if args.json:
        print(json.dumps(told.as_data(found), ensure_ascii=False))
    else:
        written = [file for file in (args.csv, getattr(args, "ics", None), args.plot) if file]
        print("\n".join([*told.lines(found, columns()), *(f"written    {file}" for file in written)]))
    return 0


def _check(args: argparse.Namespace) -> None:
    refuse_beside_a_mission(args, OF_A_LAUNCH)
    check_picture(args.plot, args.replace)
    check_files((args.csv, getattr(args, "ics", None)), args.replace)


def _what(args: argparse.Namespace) -> dict[str, Any]:
    """The launch, as ``api.launch_day.launch_setting`` takes it."""
    return {"mission": args.mission, "tle": args.tle, "oem": args.oem, "pad": args.pad, "vehicle": args.vehicle,
            "spacecraft": args.spacecraft, "profile": args.profile, "date": args.date, "liftoff": args.liftoff,
            "mass_kg": args.mass, "propellant_kg": args.propellant, "station": args.station, "port": args.port,
            "max_age_days": args.max_age}


def _slip(args: argparse.Namespace, progress: Callable[[float], None]) -> Slip:
    from fakel.api.launch_day import launch_slip
    return launch_slip(early_s=args.early, late_s=args.late, step_s=args.step, progress=progress, **_what(args))


def _recycle(args: argparse.Namespace, progress: Callable[[float], None]) -> Recycle:
    from fakel.api.launch_day import launch_recycle
    return launch_recycle(days=args.days, crew_day_s=_crew_day_s(args.crew_day), light=args.light, progress=progress,
                          **_what(args))


def _crew_day_s(text: str) -> tuple[float, float]:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", text.strip())
    if not found:
        raise InputError(f"--crew-day = {text!r} is no stretch of a day; write it like 06:00-21:30")
    h1, m1, h2, m2 = map(int, found.groups())
    return 3600.0 * h1 + 60.0 * m1, 3600.0 * h2 + 60.0 * m2


def _cutouts(args: argparse.Namespace, progress: Callable[[float], None]) -> CutOuts:
    from fakel.api.launch_day import launch_cut_outs
    return launch_cut_outs(catalogue=args.catalogue, early_s=args.early, late_s=args.late, step_s=args.step,
                           near_m=1e3 * args.near_km, orbits=args.orbits, burns=args.burns, keep_out=_keep_out(args),
                           ignore=listed(args.ignore), catalogue_days=args.catalogue_days, progress=progress,
                           **_what(args))


def _keep_out(args: argparse.Namespace) -> KeepOut:
    from fakel.load.library import Library
    out: KeepOut = Library(None).find(KeepOut, "launch", "--keep-out")
    given = {f"{kind}_m": getattr(args, f"{kind}_km") for kind in ("crewed", "active", "debris")}
    for name, value in given.items():
        if value is not None and not 0.0 < value <= 500.0:
            raise InputError(f"--{name[:-2]}-km {value:g} is no distance to keep; write more than 0, at most 500")
    changed = {name: 1e3 * value for name, value in given.items() if value is not None}
    return replace(out, **changed, confidence="given") if changed else out
