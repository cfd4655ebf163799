"""``fakel eva suits``: how long a suit lasts at an effort."""

from __future__ import annotations

import argparse
import json

import numpy as np

from fakel.api.suits import activity_of, suit_of
from fakel.cli.progress import columns
from fakel.model.errors import InputError
from fakel.plan.endurance import course, stores
from fakel.reports import suits as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    suit = suit_of(args.suit, args.settings)
    effort = activity_of(args.activity)
    watts, spread_w = (effort.metabolic_w, effort.spread_w) if args.watts is None else (args.watts, 0.0)
    if not 0.0 < watts < 2000.0:
        raise InputError(f"--watts {watts:g} cannot be; flown walks have 116 to 581")
    if not 0.0 <= args.lit <= 100.0:
        raise InputError(f"--lit {args.lit:g} cannot be; write 0 to 100 percent")
    if args.leak < 0.0:
        raise InputError(f"--leak {args.leak:g} cannot be; write 0 or more kg/h")
    lit, leak_kg_s = args.lit / 100.0, args.leak / 3600.0
    found = stores(suit, watts, lit, leak_kg_s)
    if args.json:
        t_s = np.arange(0.0, suit.autonomy_s + 1.0, 60.0)
        print(json.dumps(told.data(suit, watts, found, course(suit, t_s, watts, lit, leak_kg_s)), ensure_ascii=False))
        return 0
    spread = {}
    if spread_w:
        more, less = (stores(suit, watts + k * spread_w, lit, leak_kg_s) for k in (1, -1))
        spread = {a.name: (a.lasts_s / 3600, b.lasts_s / 3600) for a, b in zip(more, less, strict=True)}
    name = f"{watts:g} W" + (f" ({effort.name}, +- {spread_w:g} W)" if spread_w else "")
    print("\n".join(told.lines(suit, name, found, spread, columns())))
    return 0
