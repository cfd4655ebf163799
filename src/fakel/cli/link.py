"""``fakel link``: the budget of a radio link, and the link along the passes of a craft."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import numpy as np

from fakel.api.coverage import network_of
from fakel.api.forces import as_epoch
from fakel.api.link import USUAL_F107, link_along, link_budget, link_of
from fakel.cli.given import checked, refuse_written, track_of, window_of
from fakel.cli.progress import Silent, columns
from fakel.model.budget import Budget, LinkReport
from fakel.model.errors import InputError
from fakel.model.place import Site
from fakel.model.radio import Link
from fakel.plan.link_air import AirModel
from fakel.reports import link as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    if args.list or args.link is None:
        print("\n".join(_listed(args)))
        return 0
    if args.bit_rate is not None and not args.bit_rate > 0.0:
        raise InputError(f"--bit-rate = {args.bit_rate:g} Mbit/s cannot be; write a number above 0")
    spec = link_of(args.link, args.set, args.mode, None if args.bit_rate is None else args.bit_rate * 1e6, args.coding)
    refuse_written((args.csv, args.plot), args.replace)
    if args.tle or args.oem or args.flight:
        _along(args, spec)
    else:
        _single(args, spec)
    return 0


def _listed(args: argparse.Namespace) -> list[str]:
    """The links that ship."""
    from fakel.load.library import Library
    from fakel.reports.table import table
    library = Library()
    found: list[Link] = [library.find(Link, name, "link") for name in library.paths(Link)]
    if args.json:
        return [json.dumps([{"id": x.id, "name": x.name, "by": x.by, "modes": [m.name for m in x.modes],
                             "confidence": x.confidence, "source": x.source} for x in found], ensure_ascii=False)]
    rows = [[x.id, x.by, ", ".join(m.name for m in x.modes), x.name] for x in found]
    return [*table(["link", "by", "modes", "what"], rows, "llll", columns()), "",
            "fakel link LINK --range-km R --elevation-deg E, or with a path: --tle, --oem, --flight"]


def air_model(args: argparse.Namespace) -> AirModel:
    """As the options say."""
    if args.no_weather:
        return AirModel("clear")
    return AirModel("weather", checked(args.percent, "--percent", 0.001, 50.0, "%"))


def _single(args: argparse.Namespace, spec: Link) -> None:
    if args.plot or args.at:
        raise InputError(f"{'--plot' if args.plot else '--at'} needs a path; give --tle, --oem or --flight")
    distance = None if args.range_km is None else checked(args.range_km, "--range-km", 1e-3, 1e9, "km") * 1e3
    height = None if args.elevation_deg is None else \
        math.radians(checked(args.elevation_deg, "--elevation-deg", 0.0, 90.0, "deg"))
    found = link_budget(
        spec, range_m=distance, elevation_rad=height, off_transmitter_rad=_angle(args.off_tx_deg, "--off-tx-deg"),
        off_receiver_rad=_angle(args.off_rx_deg, "--off-rx-deg"), sun_off_rad=_angle(args.sun_deg, "--sun-deg"),
        air=air_model(args), site=place_of(args.place), f107=_f107(args) or USUAL_F107)
    if args.csv:
        Path(args.csv).write_text("".join(told.budget_csv(b) for b in found), encoding="utf-8")
    if args.json:
        print(json.dumps([told.budget_data(b) for b in found], ensure_ascii=False))
    else:
        print("\n\n".join("\n".join(told.budget_lines(b, spec.name, width=columns())) for b in found))


def _along(args: argparse.Namespace, spec: Link) -> None:
    if args.range_km is not None or args.elevation_deg is not None:
        raise InputError("--range-km and --elevation-deg are for one geometry; a path has its own: leave them out")
    start, stop = window_of(args)
    report, _ = link_along(spec, track_of(args), network_of(args.network, None, args.antennas), only=args.only,
                           air=air_model(args), f107=_f107(args), start=start, stop=stop,
                           step_s=checked(args.step, "--step", 0.1, 3600.0, "s"))
    Silent().warned(report.told)
    if args.csv:
        Path(args.csv).write_text(told.report_csv(report), encoding="utf-8")
    if args.plot:
        from fakel.reports.link_plot import picture
        Path(args.plot).write_text(picture(report), encoding="utf-8")
    if args.at:
        _print_at(args, report, spec)
    elif args.json:
        print(json.dumps(told.report_data(report), ensure_ascii=False))
    else:
        print("\n".join(told.report_lines(report, columns())))


def _print_at(args: argparse.Namespace, report: LinkReport, spec: Link) -> None:
    """The budget at one instant of the passes: the worst, the best, or a UTC."""
    found, i, when = _at(report, args.at)
    if args.json:
        print(json.dumps({"at": when} | told.budget_data(found, i), ensure_ascii=False))
    else:
        print("\n".join(told.budget_lines(found, f"{spec.name}, {when}", i, columns())))


def _at(report: LinkReport, at: str) -> tuple[Budget, int, str]:
    if not report.passes:
        raise InputError("--at: there is no pass in this window; choose a longer one")
    if at in ("worst", "best"):
        pick = min if at == "worst" else max
        one = pick(report.passes, key=lambda p: pick(p.along.margin_db.tolist()))
        i = int(np.argmin(one.along.margin_db) if at == "worst" else np.argmax(one.along.margin_db))
    else:
        epoch = as_epoch(at, "--at")
        inside = [p for p in report.passes if p.window.start <= epoch <= p.window.stop]
        if not inside:
            raise InputError(f"--at = {epoch.iso()} is in no pass; the first is "
                             f"{report.passes[0].window.start.iso()} to {report.passes[0].window.stop.iso()}")
        one = inside[0]
        i = int(np.argmin(np.abs(one.along.t_s - (epoch - one.window.start))))
    when = (one.window.start + float(one.along.t_s[i])).iso()
    return one.along.budgets[int(one.along.shown[i])], i, f"{when} with {one.other}"


def place_of(text: str | None) -> Site | None:
    """LAT,LON[,ALT_M] as a site."""
    if not text:
        return None
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) not in (2, 3):
        raise InputError(f"--place = {text!r}: write LAT,LON[,ALT_M] in degrees and metres")
    checked(numbers[0], "--place latitude", -90.0, 90.0, "deg")
    checked(numbers[1], "--place longitude", -180.0, 360.0, "deg")
    return Site("place", "ground", text, math.radians(numbers[0]), math.radians(numbers[1]),
                numbers[2] if len(numbers) == 3 else 0.0, "", "command line")


def _angle(degrees: float | None, where: str) -> float | None:
    return None if degrees is None else math.radians(checked(degrees, where, 0.0, 180.0, "deg"))


def _f107(args: argparse.Namespace) -> float | None:
    return None if args.f107 is None else checked(args.f107, "--f107", 50.0, 500.0, "sfu")
