"""``fakel ascent``: a guided climb from the pad to orbit, one or a thousand."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fakel.cli.given import check_launched, refuse_beside_a_mission, refuse_written, write_picture
from fakel.cli.progress import Silent, columns
from fakel.model.errors import InputError

OF_A_LAUNCH = {"vehicle": "soyuz-fg", "spacecraft": "soyuz-ms", "pad": "baikonur-1-5", "liftoff": None, "date": None,
               "tle": None, "oem": None, "inclination": 51.64, "profile": "soyuz-four-orbit", "mass": None,
               "propellant": None}
"""Options that a mission answers itself, and their defaults."""
OF_MANY = {"dispersions": "rockets", "seed": 1, "jobs": 2}


def run(args: argparse.Namespace) -> int:
    """Returns 0; stopped by Ctrl-C it writes what is flown first."""
    _check(args)
    return _one(args) if args.runs is None else _many(args)


def _check(args: argparse.Namespace) -> None:
    refuse_beside_a_mission(args, OF_A_LAUNCH)
    for option, default in OF_MANY.items():
        if args.runs is None and getattr(args, option) != default:
            raise InputError(f"--{option} is for many climbs; give --runs, too")
    if args.runs is not None and args.map:
        raise InputError("--map draws one climb; leave it out, or --runs")
    check_launched(args)
    if args.out:
        refuse_written([Path(args.out) / name for name in ("ascent.json", "ascent.csv", "ascent.svg", "map.svg")],
                       args.replace)


def _asked(args: argparse.Namespace) -> dict[str, Any]:
    return {"launcher": args.vehicle, "spacecraft": args.spacecraft, "pad": args.pad, "liftoff": args.liftoff,
            "day": args.date, "mass_kg": args.mass, "propellant_kg": args.propellant,
            "inclination_deg": args.inclination, "tle": args.tle, "oem": args.oem, "profile": args.profile,
            "wind": args.wind, "engine_out": args.engine_out, "anyway": args.anyway}


def _one(args: argparse.Namespace) -> int:
    from fakel.api.ascent import ascent
    from fakel.reports.ascents import as_csv, as_data, lines
    found = ascent(args.mission, **_asked(args))
    Silent().warned(found.told)

    def plotted() -> str:
        from fakel.reports.ascent_plot import picture
        return picture(found)

    def mapped() -> str:
        from fakel.load.ground_map import outlines
        from fakel.reports.ascent_map import picture
        return picture(found, outlines())
    written = _write(args, as_data(found), lambda: as_csv(found), plotted, mapped)
    print(json.dumps(as_data(found), ensure_ascii=False) if args.json else
          "\n".join([*lines(found, columns()), *written]))
    return 0


def _many(args: argparse.Namespace) -> int:
    from fakel.api.ascent_cases import ascent_cases
    from fakel.reports.ascent_cases import as_csv, as_data, lines, picture
    with _working(args.quiet or args.json, args.runs) as progress:
        found = ascent_cases(args.mission, runs=args.runs, seed=args.seed, jobs=args.jobs,
                             dispersions=args.dispersions, progress=progress, **_asked(args))
    Silent().warned(found.told)
    written = _write(args, as_data(found), lambda: as_csv(found), lambda: picture(found), None)
    print(json.dumps(as_data(found), ensure_ascii=False) if args.json else
          "\n".join([*lines(found, columns()), *written]))
    if len(found.runs) < found.wanted:
        raise KeyboardInterrupt(f"stopped after {len(found.runs)} of {found.wanted} climbs; what is told and written "
                                "is of these")
    return 0


def _write(args: argparse.Namespace, data: dict[str, Any], csv: Callable[[], str], plot: Callable[[], str],
           chart: Callable[[], str] | None) -> list[str]:
    """All files that are asked for; returns what to tell of them."""
    told = []
    if args.csv:
        Path(args.csv).write_text(csv(), encoding="utf-8")
        told.append(args.csv)
    for file, draw in ((args.plot, plot), (args.map, chart)):
        if file and draw is not None:
            write_picture(file, draw())
            told.append(file)
    if args.out:
        folder = Path(args.out)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ascent.json").write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
        (folder / "ascent.csv").write_text(csv(), encoding="utf-8")
        (folder / "ascent.svg").write_text(plot(), encoding="utf-8")
        if chart is not None:
            (folder / "map.svg").write_text(chart(), encoding="utf-8")
        told.append(f"{folder}: ascent.json, ascent.csv, ascent.svg" + (", map.svg" if chart is not None else ""))
    return [f"written    {file}" for file in told]


@contextmanager
def _working(quiet: bool, runs: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal while climbs are flown; nothing is left of it."""
    import sys
    if quiet or not sys.stderr or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
    with Progress(TextColumn("climbs"), BarColumn(), TextColumn("{task.completed:.0f} of {task.total:.0f}"),
                  TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("climbs", total=runs)
        yield lambda done: bar.update(task, completed=done)
