"""``fakel windows``: when a ship may lift off for a station, over days to a year."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.cli.given import check_picture, checked, refuse_written, write_picture, write_whole
from fakel.cli.progress import Silent, columns, working
from fakel.model.windows import LaunchWindows

FILES = ("csv", "ics", "calendar", "plot")


def run(args: argparse.Namespace) -> int:
    """Returns 0. Raises NoWindow when there is none."""
    files = {kind: Path(file) for kind in FILES if (file := getattr(args, kind))}
    refuse_written(files.values(), args.replace)
    for file in (args.calendar, args.plot):
        check_picture(file or "", args.replace)
    checked(args.max_age, "--max-age", 0.0, 1e5, "days")
    checked(args.free, "--free", 0.0, 240.0, "hours")
    if args.mass is not None:
        checked(args.mass, "--mass", 1.0, 1e6, "kg")
    from fakel.api.windows import windows
    with working("orbit, then launches", args.quiet or args.json) as progress:
        found = windows(tle=args.tle, oem=args.oem, state=args.state or "", pad=args.pad, vehicle=args.vehicle,
                        spacecraft=args.spacecraft, profile=args.profile, start=args.start, stop=args.stop,
                        reboost=args.reboost, mass_kg=args.mass, station=args.station, free_hours=args.free,
                        max_age_days=args.max_age, progress=progress)
    from fakel.reports.windows import as_data, lines, nearest_lines
    Silent().warned((*found.told, *(nearest_lines(found) if args.json else ())))
    _write(found, files)
    if args.json:
        print(json.dumps([as_data(one, found) for one in found.opportunities], ensure_ascii=False))
    else:
        print("\n".join([*lines(found, columns()), *(f"written    {file}" for file in files.values())]))
    return 0


def _write(found: LaunchWindows, files: dict[str, Path]) -> None:
    if not files:
        return
    from fakel.reports.windows import as_calendar, as_csv
    from fakel.reports.windows_calendar import picture as calendar
    from fakel.reports.windows_plot import picture as plot
    for kind, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if kind in ("calendar", "plot"):
            write_picture(str(file), calendar(found) if kind == "calendar" else plot(found))
        else:
            write_whole(file, as_csv(found).encode() if kind == "csv" else as_calendar(found))
