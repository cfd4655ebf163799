"""``fakel downlink``: recorded video that must come down later over the windows of a link."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from fakel.api.coverage import network_of
from fakel.api.downlink import downlink, helmet_cameras
from fakel.api.link import link_along, link_of
from fakel.cli.given import checked, refuse_written, track_of, window_of
from fakel.cli.link import air_model
from fakel.cli.progress import Silent, columns
from fakel.load.link_file import read_store
from fakel.model.downlink import SendWindow, Store
from fakel.model.errors import InputError
from fakel.reports import downlink as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    refuse_written((args.csv, args.plot), args.replace)
    store = _with_options(_recordings(args), args)
    windows = _windows(args)
    if windows is not None:
        store = _made(replace, store, windows=windows)
    found = downlink(store)
    if args.csv:
        Path(args.csv).write_text(told.as_csv(found), encoding="utf-8")
    if args.plot:
        from fakel.reports.downlink_plot import picture
        Path(args.plot).write_text(picture(store, found), encoding="utf-8")
    print(json.dumps(told.data(store, found), ensure_ascii=False) if args.json else
          "\n".join(told.lines(store, found, columns())))
    return 0


def _recordings(args: argparse.Namespace) -> Store:
    if args.file and args.walk:
        raise InputError(f"{args.file} and --walk both say what was recorded; give one")
    if args.file:
        return read_store(Path(args.file))
    if args.walk:
        return helmet_cameras(args.walk, args.cameras * 1e6)
    raise InputError("what was recorded? give FILE.toml, or --walk DIR for the cameras of a flown spacewalk")


def _with_options(store: Store, args: argparse.Namespace) -> Store:
    given = {"share": args.share, "order": args.order, "as_recorded": args.as_recorded or None,
             "storage_bit": None if args.storage_gbyte is None else args.storage_gbyte * told.GBYTE_BIT}
    return _made(replace, store, **{key: value for key, value in given.items() if value is not None})


def _made(make, *args, **named) -> Store:
    try:
        return make(*args, **named)
    except ValueError as error:
        raise InputError(str(error)) from error


def _windows(args: argparse.Namespace) -> tuple[SendWindow, ...] | None:
    """Of a link along a path, or None where the file has its own."""
    if args.link is None:
        return None
    if not (args.tle or args.oem or args.flight):
        if not args.walk:
            raise InputError("--link needs a path; give --tle, --oem or --flight")
        args.flight = args.walk
    spec = link_of(args.link, args.set, args.mode)
    start, stop = window_of(args)
    report, windows = link_along(spec, track_of(args), network_of(args.network, None, args.antennas), only=args.only,
                                 air=air_model(args), start=start, stop=stop,
                                 step_s=checked(args.step, "--step", 0.1, 3600.0, "s"))
    Silent().warned(report.told)
    if not windows:
        raise InputError(f"--link: {spec.id} carries no bits in this window (no mode closes, there is no pass, or it "
                         "is analogue); see: fakel link")
    return windows
