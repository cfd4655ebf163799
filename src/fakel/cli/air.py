"""``fakel air``: what people, devices, hatches and holes do to a cabin's air."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import replace
from pathlib import Path

from fakel.api.air import cabin_air, cabin_of, flight_air
from fakel.api.retreat import leak_ships
from fakel.cli.air_options import USUAL
from fakel.cli.progress import columns
from fakel.model.cabin import Cabin
from fakel.model.errors import InputError
from fakel.reports import air as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    if args.plot and Path(args.plot).exists() and not args.replace:
        raise InputError(f"{args.plot} is there already; give another name or --replace")
    _check(args)
    if args.what == "leak":
        return _leak(args, cabin_of(args.cabin))
    if args.what:
        found = flight_air(Path(args.what))
    else:
        found = cabin_air(cabin_of(args.cabin), args.people, args.watts, args.hours * 3600.0, volume_m3=args.volume,
                      oxygen=None if args.oxygen is None else args.oxygen / 100.0, scrubbers=args.scrubbers == "on",
                      generators=args.generators == "on" and not (args.volume and args.scrubbers == "off"),
                      off=args.off, shut=args.shut, candles=args.candles)
    if args.plot:
        from fakel.reports.air_plot import picture
        Path(args.plot).write_text(picture(found), encoding="utf-8")
    if args.json:
        print(json.dumps(told.data(found), ensure_ascii=False))
        return 0
    print("\n".join(told.lines(found, columns())))
    if args.plot:
        print(f"written    {args.plot}")
    return 0


def _check(args: argparse.Namespace) -> None:
    if args.people < 0:
        raise InputError(f"--people {args.people} is negative; write 0 or more")
    for name, most in (("watts", 2000.0), ("hours", 24.0 * 366)):
        if not 0.0 < getattr(args, name) <= most:
            raise InputError(f"--{name} {getattr(args, name):g} cannot be; write more than 0, up to {most:g}")
    if args.volume is not None and not 0.0 < args.volume < math.inf:
        raise InputError(f"--volume {args.volume:g} cannot be; write more than 0 m3")
    if args.oxygen is not None and not 0.0 <= args.oxygen <= 100.0:
        raise InputError(f"--oxygen {args.oxygen:g} cannot be: write 0 to 100 percent")
    if args.what != "leak" and (args.mission or args.flight or args.at):
        raise InputError("--mission, --flight and --at are for a leak; write fakel air leak")
    if args.at and not args.flight:
        raise InputError("--at needs a flown mission; give --flight DIR too")
    if args.mission and args.flight:
        raise InputError("--mission and --flight: give one of them")
    if args.evacuate is not None and not 0.0 < args.evacuate < math.inf:
        raise InputError(f"--evacuate {args.evacuate:g} cannot be; write more than 0 min")


def _leak(args: argparse.Namespace, cabin: Cabin) -> int:
    from fakel.plan.cabin_leak import leak
    room = args.room or max(cabin.rooms.values(), key=lambda r: r.volume_m3).id
    found = leak(cabin, room, args.hole / 1000.0, args.people,
                 60.0 * (15.0 if args.evacuate is None else args.evacuate))
    ways = leak_ships(found, args.mission or "sochi-torch", Path(args.flight) if args.flight else None, args.at) \
        if args.mission or args.flight or args.cabin == USUAL else None
    if ways is not None and args.evacuate is None:
        found = replace(found, evacuate_s=ways.evacuate_s)
    if args.json:
        print(json.dumps(told.leak_data(found, ways), ensure_ascii=False))
        return 0
    print("\n".join(told.leak_lines(found, cabin, ways, columns())))
    return 0
