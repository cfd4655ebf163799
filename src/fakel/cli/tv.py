"""``fakel tv``: when a live broadcast is best, and its run-of-show."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from fakel.api.link import link_of
from fakel.api.television import Plan, Wanted, television
from fakel.cli.given import listed, refuse_written
from fakel.cli.progress import Silent, columns, spinner
from fakel.load.gazetteer import gazetteer
from fakel.load.places import known_zone
from fakel.model.errors import InputError
from fakel.model.television import Rundown
from fakel.reports.timeline import names as names_of

IN_FOLDER = {"windows": "windows.csv", "csv": "show.csv", "json": "show.json", "ics": "show.ics", "html": "show.html"}
MOST_CLOCKS = 3


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    from fakel.reports.television import as_data, lines
    targets = _targets(args)
    refuse_written(targets.values(), args.replace)
    zones = tuple(known_zone(name, "--time-zone") for name in args.time_zone)
    with spinner("path, links and light", args.json):
        plan = _plan(args)
        zones = zones or _zones(plan)
        rank = args.show or (1 if targets or args.walk else None)
        show = plan.run_of_show(rank) if rank is not None else None
    names = _towns(args.language, zones, plan) | dict(plan.found.names)
    names |= names_of(plan.flight) if plan.flight is not None else {}
    Silent().warned(plan.found.told)
    _write(args, plan, show, names, zones, targets)
    if args.json:
        print(json.dumps(as_data(plan.found, show, names), ensure_ascii=False))
        return 0
    print("\n".join(lines(plan.found, show, names, zones, args.language, columns(), args.all)))
    for path in targets.values():
        print(f"written    {path}")
    return 0


def _plan(args: argparse.Namespace) -> Plan:
    wanted = Wanted(args.audience, args.hours, args.over, args.by, listed(args.only), args.min_minutes, args.sun_margin,
                    args.min_share / 100.0, args.link, args.min_rate * 1e6, args.most, args.rehearse_days)
    if args.settings and not args.link:
        raise InputError("--set needs --link; write the id of a link, such as station-ku-return")
    link = link_of(args.link, args.settings) if args.link else None
    if args.walk and not args.flight:
        raise InputError("--walk needs a flown mission; give --flight")
    return television(Path(args.flight or args.oem or args.tle), args.network, wanted=wanted, start=args.start,
                      stop=args.stop, craft=args.craft, walk=args.walk, link=link)


def _zones(plan: Plan) -> tuple[tzinfo, ...]:
    """The clocks of the audience; without one that of the mission."""
    names = [g.main_zone for g in plan.found.groups]
    if not names and plan.flight is not None:
        names = [str(plan.flight.mission.get("time_zone") or "UTC")]
    return tuple(known_zone(name, "time_zone") for name in dict.fromkeys(names) if name != "UTC")[:MOST_CLOCKS]


def _towns(language: str, zones: Sequence[tzinfo], plan: Plan) -> dict[str, str]:
    """What the towns that name the time zones are called in Russian."""
    found = {str(zone) for zone in zones} | {g.main_zone for g in plan.found.groups}
    if language == "en":
        return {}
    towns = {name: [t for t in gazetteer().named(name.split("/")[-1].replace("_", " ")) if t.time_zone == name]
             for name in found}
    return {name: t[0].russian for name, t in towns.items() if t and t[0].russian}


def _targets(args: argparse.Namespace) -> dict[str, Path]:
    out = {name: Path(file) for name in ("csv", "ics", "html") if (file := getattr(args, name))}
    if args.out:
        out = {key: Path(args.out) / name for key, name in IN_FOLDER.items()} | out
    return out


def _write(args: argparse.Namespace, plan: Plan, show: Rundown | None, names: dict[str, str], zones: Sequence[tzinfo],
           targets: dict[str, Path]) -> None:
    if not targets or show is None:
        return
    from fakel.reports.television import as_calendar, as_data, run_csv, windows_csv
    from fakel.reports.television_page import render
    makers = {"windows": lambda: windows_csv(plan.found, zones).encode(),
              "csv": lambda: run_csv(show, names, zones, args.language).encode(),
              "json": lambda: json.dumps(as_data(plan.found, show, names), ensure_ascii=False).encode(),
              "ics": lambda: as_calendar(plan.found, show, names, args.language),
              "html": lambda: render(plan.found, show, names, zones, args.language)}
    for kind, path in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(makers[kind]())

