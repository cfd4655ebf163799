"""``fakel coverage``: who is in reach of a craft, and when."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

from fakel.api.coverage import coverage, network_of
from fakel.cli.given import checked, listed, refuse_written, track_of, window_of
from fakel.cli.progress import Silent, columns, spinner
from fakel.model.contact import Coverage
from fakel.model.errors import InputError


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    if args.range is not None and not args.other:
        raise InputError("--range-km is for another craft; give --with ID (and --flight)")
    targets = _targets(args)
    refuse_written(targets.values(), args.replace)
    start, stop = window_of(args)
    mask = None if args.mask is None else math.radians(checked(args.mask, "--mask", -5.0, 89.0, "deg"))
    network = network_of(args.network, mask, args.antennas)
    range_km = None if args.range is None else checked(args.range, "--range-km", 1e-3, 1e6, "km")
    with spinner("path and passes", args.json):
        found = coverage(track_of(args), network, start=start, stop=stop, only=listed(args.only),
                         other_craft=args.other, rule=args.rule,
                         range_m=None if range_km is None else range_km * 1e3,
                         overlap_s=checked(args.overlap, "--overlap", 0.0, 3600.0, "s"), shadow=args.shadow,
                         step_s=checked(args.step, "--step", 0.1, 3600.0, "s"),
                         carrier_hz=None if args.carrier is None else checked(args.carrier, "--carrier", 1e-3, 1e6,
                                                                               "MHz") * 1e6)
    Silent().warned(found.told)
    _write(found, targets)
    _print(found, args, targets)
    return 0


def _print(found: Coverage, args: argparse.Namespace, targets: dict[str, Path]) -> None:
    from fakel.reports.coverage import as_csv, as_data, lines
    if args.json:
        print(json.dumps(as_data(found), ensure_ascii=False))
    elif args.csv == "-":
        print(as_csv(found), end="")
    else:
        print("\n".join(lines(found, columns(), args.all)))
        for path in targets.values():
            print(f"written    {path}")


ENDINGS = {".csv": "csv", ".json": "json", ".svg": "plot", ".ics": "ics"}
IN_FOLDER = {"csv": "passes.csv", "geometry": "geometry.csv", "json": "coverage.json", "plot": "coverage.svg",
             "ics": "passes.ics"}


def _targets(args: argparse.Namespace) -> dict[str, Path]:
    """Files to write, by what they hold."""
    out = {name: Path(file) for name in ("csv", "ics", "plot") if (file := getattr(args, name)) and file != "-"}
    if not args.out:
        return out
    place = Path(args.out)
    if place.suffix in ENDINGS:
        return {ENDINGS[place.suffix]: place} | out
    return {key: place / name for key, name in IN_FOLDER.items()} | out


def _write(found: Coverage, targets: dict[str, Path]) -> None:
    if not targets:
        return
    from fakel.reports.coverage import as_calendar, as_csv, as_data, geometry_csv
    from fakel.reports.coverage_plot import picture
    makers = {"csv": lambda: as_csv(found).encode(), "geometry": lambda: geometry_csv(found).encode(),
              "json": lambda: json.dumps(as_data(found), ensure_ascii=False).encode(),
              "plot": lambda: picture(found).encode(), "ics": lambda: as_calendar(found)}
    for kind, path in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(makers[kind]())
