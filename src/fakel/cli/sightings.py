"""``fakel sightings``: who can see the craft, and when."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path

from fakel.api.sightings import SightingReport, as_rules, sightings, transits
from fakel.cli.given import checked, refuse_written, window_of
from fakel.cli.progress import Silent, columns, spinner
from fakel.load.places import known_zone
from fakel.model.errors import InputError
from fakel.reports.rows_csv import rows_csv


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    from fakel.reports.sightings import as_calendar, as_data, as_json, lines
    if args.place and args.places:
        raise InputError("--place and --places both say where; give one")
    if not (args.place or args.places):
        raise InputError("it needs a place: give --place LAT,LON[,ALT_M] or a name, or --places FILE.csv")
    checked(args.max_age, "--max-age", 0.0, 1e5, "days")
    if (args.png or args.look) and not (args.chart or args.card):
        raise InputError(f"{'--png' if args.png else '--look'} is for pictures; give --chart DIR or --card DIR too")
    args.start, args.stop = window_of(args)
    chosen = known_zone(args.time_zone, "--time-zone") if args.time_zone else None
    if args.transits:
        return _transits(args, chosen)
    with working(args.quiet or args.json) as progress:
        report = sightings(Path(args.places) if args.places else args.place, tle=args.tle, oem=args.oem,
                           flight=args.flight, start=args.start, stop=args.stop,
                           rules=as_rules(args.rules, args.min_elevation, args.refraction), magnitude=args.magnitude,
                           max_age_days=args.max_age, reboosts=args.reboost, plan=args.plan, progress=progress)
    Silent().warned(report.warnings)
    zones = {p: chosen or known_zone(p.time_zone, p.name()) for p in report.places}
    if args.csv or args.json:
        rows = [as_data(s, args.language, zones[s.place]) for s in records(report)]
    if args.csv:
        write(args.csv, rows_csv(rows).encode(), args.replace)
    if args.ics:
        write(args.ics, as_calendar(records(report), report.names, report.window.start, args.language), args.replace)
    written = [file for file in (args.csv, args.ics) if file]
    if args.html or args.chart or args.card:
        from fakel.cli.sky_pictures import draw
        written += draw(args, report, zones, write)
    if args.json:
        print(as_json(rows))
    elif written:
        print("\n".join(written))
    else:
        print("\n".join(lines(list(records(report)), report.places, zones, args.language, columns(),
                              report.names)).lstrip("\n"))
    return 0


def _transits(args: argparse.Namespace, chosen: tzinfo | None) -> int:
    from fakel.reports.sightings import as_json
    from fakel.reports.transits import as_data, lines
    if args.flight or args.ics or args.html or args.chart or args.card:
        raise InputError("--transits takes --tle or --oem, and writes text, --json or --csv")
    with spinner("transits (the first time: compiling)", args.quiet or args.json):
        report = transits(Path(args.places) if args.places else args.place, tle=args.tle, oem=args.oem,
                          start=args.start, stop=args.stop, within_km=args.within_km, max_age_days=args.max_age,
                          reboosts=args.reboost, plan=args.plan)
    Silent().warned(report.warnings)
    zones = {p: chosen or known_zone(p.time_zone, p.name()) for p in report.places}
    rows = [as_data(t, args.language, zones[t.place]) for t in report.transits]
    if args.csv:
        write(args.csv, rows_csv(rows).encode(), args.replace)
    if args.json:
        print(as_json(rows))
    elif args.csv:
        print(args.csv)
    else:
        print("\n".join(lines(report.transits, zones, args.language, columns())))
    return 0


def records(report: SightingReport) -> Iterator:
    """Sightings without their paths, which no table needs."""
    found = report.sightings
    return (found.record(k, False) for k in range(len(found))) if hasattr(found, "record") else iter(found)


def write(file: str, data: bytes, replace: bool) -> None:
    """Write a file that is not there yet."""
    refuse_written((file,), replace)
    Path(file).write_bytes(data)


@contextmanager
def working(quiet: bool) -> Iterator[Callable[[float], None] | None]:
    """A bar on the terminal while places are searched; nothing is left of it."""
    import sys
    if quiet or not sys.stderr or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
    with Progress(TextColumn("places"), BarColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
                  ) as bar:
        task = bar.add_task("places", total=1.0)
        yield lambda part: bar.update(task, completed=part)
