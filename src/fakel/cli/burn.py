"""``fakel burn``: could we light it, and who reaches which ship when it burns."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.api.burn import burn, cabin_of, flame_of
from fakel.cli.given import refuse_written
from fakel.cli.progress import columns
from fakel.model.errors import InputError
from fakel.reports import flame as told


def run(args: argparse.Namespace) -> int:
    """Returns 0: a study, not a flight."""
    if args.list:
        print("\n".join(_listed()))
        return 0
    if args.fire:
        return _fire(args)
    if args.flight or args.at or args.mission:
        raise InputError("--mission, --flight and --at are for a fire; give --fire ROOM too")
    refuse_written((args.plot,), args.replace)
    lit = flame_of(args.flame, args.fuel, None if args.mass_g is None else 1e-3 * args.mass_g,
                   None if args.minutes is None else 60.0 * args.minutes)
    report = burn(lit, args.place, cabin_of(args.cabin, args.o2_percent, args.pressure_kpa), args.people,
                  60.0 * args.closed_min, args.hours)
    if args.plot:
        if not report.scenarios:
            raise InputError(f"--plot: there is nothing to draw {report.where}; choose a place inside")
        from fakel.reports.flame_plot import picture
        Path(args.plot).write_text(picture(report), encoding="utf-8")
    if args.json:
        print(json.dumps(told.data(report), ensure_ascii=False))
        return 0
    print("\n".join(told.lines(report, columns())))
    if args.plot:
        print(f"written    {args.plot}")
    return 0


def _fire(args: argparse.Namespace) -> int:
    """Who reaches which ship."""
    from fakel.api.retreat import retreat
    from fakel.reports import retreat as ways
    if args.mission and args.flight:
        raise InputError("--mission and --flight: give one of them")
    report = retreat(args.fire, args.mission or "sochi-torch", Path(args.flight) if args.flight else None, args.at)
    print(json.dumps(ways.data(report), ensure_ascii=False) if args.json else
          "\n".join(ways.lines(report, columns())))
    return 0


def _listed() -> list[str]:
    """Fuels and flames that ship."""
    from fakel.load.library import Library
    from fakel.model.fire import Flame, Fuel
    from fakel.reports.table import table
    library = Library(None)
    flames: list[Flame] = [library.find(Flame, name, "flame") for name in library.paths(Flame)]
    fuels: list[Fuel] = [library.find(Fuel, name, "fuel") for name in library.paths(Fuel)]
    return [*table(("flame", "fuel", "g", "min", "what"),
                   [(f.id, f.fuel.id, f"{1e3 * f.mass_kg:g}", f"{f.burn_s / 60:g}", f.name) for f in flames], "llrrl",
                   columns()), "",
            *table(("fuel", "atoms", "what"), [(f.id, " ".join(f"{k}{n:g}" for k, n in f.atoms.items()), f.name)
                                               for f in fuels], "lll", columns())]
