"""``fakel fly``: plan and fly a mission, judge it, write its folder and report."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

from fakel import __version__
from fakel.cli.mission_record import mission_as_data
from fakel.cli.progress import columns, progress
from fakel.load import folder as flights
from fakel.load.library import read_toml
from fakel.load.mission import mission_from, mission_path
from fakel.model.errors import FakelError, InputError
from fakel.model.mission import Mission
from fakel.model.verdict import Status


def run(args: argparse.Namespace) -> int:
    """Returns 0, or 1 when a rule failed; the folder is complete either way."""
    from fakel.cli.report import write_reports
    from fakel.reports.summary import budgets, summary
    from fakel.reports.text import render as as_text
    from fakel.rules import judge, load_rules

    path = mission_path(args.mission)
    mission = dispersed(path, args)
    out = Path(args.out) if args.out else Path("flights") / mission.id
    flights.check_free(out, args.replace or not args.out)
    with said_of(path):
        fly_into(mission, out, args.quiet or args.json)
    flight, _ = flights.read_flight(out)
    verdicts = judge(replace(flight, complete=True), load_rules(*rules_beside(path)))      # nothing is still to come
    flights.finish(out, verdicts, budgets(flight), complete=True)
    flight, told = flights.read_flight(out)
    for line in told:
        print(f"fakel: {line}", file=sys.stderr)
    if not args.no_report:
        write_reports(flight, verdicts, out)
    if args.json:
        print(json.dumps(summary(flight, verdicts, str(out)), indent=1))
    else:
        print(as_text(flight, verdicts, str(out), columns(), reported=not args.no_report))
    return 1 if any(v.status is Status.FAIL for v in verdicts) else 0


def dispersed(path: Path, args: argparse.Namespace) -> Mission:
    """The mission of a file, with the seed, the run and the dispersions that the command line asks for."""
    asked = {key: getattr(args, key) for key in ("seed", "run", "dispersions") if getattr(args, key) is not None}
    if asked and "dispersions" not in asked and "dispersions" not in read_toml(path):
        raise InputError(f"{path}: --{next(iter(asked))} says which flight of a dispersed mission; write --dispersions "
                         "soyuz-2013 too, or dispersions = \"soyuz-2013\" into the file")
    return mission_from({**read_toml(path), **asked}, path)


def rules_beside(mission: Path) -> list[Path]:
    """The folder ``rules`` beside a mission file, if there is one."""
    folder = mission.parent / "rules"
    return [folder] if folder.is_dir() else []


def fly_into(mission: Mission, out: Path, quiet: bool) -> None:
    """Fly leg by leg into a folder.

    It is begun when the first leg is whole, and taken away when a later one finds that the mission cannot be flown:
    bad input leaves nothing behind. A flight that is stopped by Ctrl-C keeps its legs, and KeyboardInterrupt says so.
    """
    from fakel.fly import fly_legs
    from fakel.plan.start import mission_world

    flown = ""
    with progress(quiet, mission) as display:
        try:
            display.doing("world", "Earth orientation, Sun, Moon, air")
            world = mission_world(mission)
            display.warned(world.warnings)
            for leg in fly_legs(mission, world, display.doing):
                if not flown:
                    flights.begin(out, mission_as_data(mission), made_by(world.ages), replace=True)
                flights.write_leg(out, leg)
                flown = leg.step
                display.flown(leg)
        except InputError:
            if flown:
                flights.discard(out)
            raise
        except (KeyboardInterrupt, SystemError) as stop:
            if not by_hand(stop):
                raise
            raise KeyboardInterrupt(f"stopped after {flown}; what was flown until then: fakel report {out}" if flown
                                    else "stopped; nothing was written") from stop


def by_hand(stop: BaseException | None) -> bool:
    """Whether Ctrl-C is at the bottom of an exception: compiled code wraps it in SystemErrors, one on another."""
    while isinstance(stop, SystemError):
        stop = stop.__cause__
    return isinstance(stop, KeyboardInterrupt)


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Errors of planning and flying name the mission file, as those of loading do."""
    try:
        yield
    except FakelError as error:
        raise type(error)(f"{path}: {error}") from error


def made_by(ages: Any) -> dict[str, Any]:
    """The program, its libraries and the age of its data."""
    libraries = {name: metadata.version(name) for name in ("numpy", "numba", "pyerfa", "pymsis", "sgp4",
                                                           "astropy-iers-data")}
    return {"program": f"fakel {__version__}", "python": platform.python_version(), "libraries": libraries,
            "data": dict(ages)}
