"""``fakel new visit``: write a commented mission file to start from."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fakel.load.elements import read_elements
from fakel.load.folder import check_writable
from fakel.load.library import Library
from fakel.load.mission import mission_from
from fakel.model.day import DAY_S, midnight
from fakel.model.errors import InputError
from fakel.model.place import Site, Station
from fakel.model.profile import Profile
from fakel.model.vehicle import Launcher

PROFILES = {"2": "soyuz-two-orbit", "4": "soyuz-four-orbit", "34": "soyuz-two-day"}
LAST_SOYUZ_FG = date(2019, 9, 25)
"""Soyuz-FG flew its last crew on this day (Soyuz MS-15); Soyuz-2.1a has carried the crews since."""
VEHICLE = "soyuz-tma-m"
STATION = "iss-2013-11"
START, RETURN = "visit_start.toml", "visit_return.toml"


def run(args: argparse.Namespace) -> int:
    """Returns 0. Raises InputError for a value that is not known; writes nothing then."""
    day, out = _date(args.date), Path(args.out or f"visit-{args.date}.toml")
    if out.is_dir():
        raise InputError(f"{out}: is a folder; give a file to --out")
    if out.exists() and not args.replace:
        raise InputError(f"{out}: exists; give --replace or another --out")
    check_writable(out.parent)
    name = re.sub(r"[^\w-]+", "-", out.stem)
    text = _template(START).format(file=out.name, **_start_values(args, day, name))
    if args.days is not None:
        text += _template(RETURN).format(**_return_values(args, day))
    mission_from(tomllib.loads(text), out)                # refused before anything is written
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    print(out)
    print(f"read it, change it, fly it: fakel fly {shlex.quote(str(out))}", file=sys.stderr)
    return 0


def _start_values(args: argparse.Namespace, day: date, name: str) -> dict[str, Any]:
    library = Library()
    elements = read_elements(Path(args.tle), "--tle", wanted=midnight(day) + DAY_S)
    pad = library.find(Site, args.pad, "--pad")
    if pad.kind != "pad":
        raise InputError(f"--pad = {pad.id!r} is a {pad.kind}; give a launch pad")
    profile = library.find(Profile, PROFILES.get(args.profile, args.profile), "--profile")
    if profile.vehicle != VEHICLE:
        raise InputError(f"--profile = {profile.id!r} is of {profile.vehicle}, and a new visit flies {VEHICLE}; take a "
                         "profile of that, or write another vehicle and launcher into the mission file")
    launcher = library.find(Launcher, args.launcher or ("soyuz-fg" if day <= LAST_SOYUZ_FG else "soyuz-2-1a"),
                            "--launcher")
    station = library.find(Station, STATION, "station")
    if args.port not in station.ports:
        raise InputError(f"--port = {args.port!r} is not a port of {station.name}; write one of: "
                         f"{', '.join(sorted(station.ports))}")
    return {"id": name, "day": day, "line1": elements.line1, "line2": elements.line2, "tle": Path(args.tle).name,
            "pad": pad.id, "pad_name": pad.name, "profile": profile.id, "profile_name": profile.name,
            "port": args.port, "launcher": launcher.id, "launcher_name": launcher.name,
            "last_day": day + timedelta(days=args.days or 1), "after": "end" if args.days is None else "farewell"}


def _return_values(args: argparse.Namespace, day: date) -> dict[str, Any]:
    if args.days < 3:
        raise InputError(f"--days = {args.days}: a ship docks, stays a day and leaves on the eve of its landing; "
                         "give 3 or more")
    zone = Library().find(Site, args.zone, "--zone")
    landing = day + timedelta(days=args.days)
    return {"zone": zone.id, "landing_day": landing, "eve": landing - timedelta(days=1)}


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--date = {text!r} is not a date; write it like 2014-05-28") from error


def _template(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
