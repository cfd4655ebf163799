"""``fakel land``: when to brake so that the crew comes down where it is waited for."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from fakel.cli.given import check_picture, checked, refuse_written, write_picture, write_whole
from fakel.cli.progress import Silent, columns, working
from fakel.model.landing import Landings

PASSES = "orbit, then passes"


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    files = {kind: Path(file) for kind in ("csv", "ics", "plot") if (file := getattr(args, kind))}
    refuse_written(files.values(), args.replace)
    check_picture(args.plot or "", args.replace)
    for option, low, unit in (("dv", 1e-3, "m/s"), ("mass", 1.0, "kg"), ("propellant", 0.0, "kg"),
                              ("reserve", 0.0, "kg")):
        if getattr(args, option) is not None:
            checked(getattr(args, option), f"--{option}", low, 1e6, unit)
    checked(args.max_age, "--max-age", 0.0, 1e5, "days")
    from fakel.api.land import landings, ship_of
    ship = ship_of(args.spacecraft, args.mass, args.propellant, args.reserve)
    if args.runs is not None:
        from fakel.cli.land_cases import run as run_cases
        return run_cases(args, ship, files, partial(working, PASSES))
    with working(PASSES, args.quiet or args.json) as progress:
        found = landings(args.zone or ["zhezkazgan"], tle=args.tle, oem=args.oem, spacecraft=ship, start=args.start,
                         stop=args.stop, dv_m_s=args.dv, daylight=args.daylight, effects=args.sensitivities,
                         max_age_days=args.max_age, progress=progress)
    _tell(found, args.json)
    _write(found, files)
    from fakel.reports.landings import as_data, lines
    if args.json:
        print(json.dumps([as_data(one) for one in found.opportunities], ensure_ascii=False))
    else:
        print("\n".join([*lines(found, columns()), *(f"written    {file}" for file in files.values())]))
    return 0


def _tell(found: Landings, quiet: bool) -> None:
    """Warnings; for programs also the zones without a landing, which the text has anyway."""
    from fakel.reports.landings import missed_lines
    Silent().warned((*found.told, *(missed_lines(found) if quiet else ())))


def _write(found: Landings, files: dict[str, Path]) -> None:
    if not files:
        return
    from fakel.reports.landings import as_calendar, as_csv
    from fakel.reports.landings_plot import picture
    for kind, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if kind == "plot":
            write_picture(str(file), picture(found))
        else:
            write_whole(file, as_csv(found).encode() if kind == "csv" else as_calendar(found))
