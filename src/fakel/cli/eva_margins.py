"""``fakel eva margins``: when it goes wrong, does everybody make it, at every minute of a walk."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

from fakel.api.margins import Names, cases_of, party_of_flight, troubles_of
from fakel.api.suits import suit_of
from fakel.cli.progress import columns
from fakel.model.errors import InputError
from fakel.model.outfit import Suit
from fakel.plan.margins import Party, margins, steady, worst
from fakel.reports import margins as told

LONGEST_MIN = 1440.0


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    if args.plot and Path(args.plot).exists() and not args.replace:
        raise InputError(f"{args.plot} is there already; give another name or --replace")
    troubles, cases = troubles_of(args.settings), cases_of(args.case)
    party, suits, names = _party(args)
    found = margins(party, troubles, cases)
    rows = worst(party, found)
    if args.at is not None and not 0.0 <= args.at * 60.0 <= party.t_s[-1]:
        raise InputError(f"--at {args.at:g} is not in the walk, which lasts {party.t_s[-1] / 60:.0f} min")
    if args.plot:
        from fakel.reports.margins_plot import picture
        Path(args.plot).write_text(picture(party.t_s, found, rows, names), encoding="utf-8")
    if args.json:
        print(json.dumps(told.data(party.t_s, found, rows, suits, troubles), ensure_ascii=False))
        return 0
    text = told.lines(rows, suits, names, columns())
    if args.at is not None:
        text += told.at_lines(party.t_s, found, args.at, names, columns())
    print("\n".join(text))
    if args.plot:
        print(f"written    {args.plot}")
    return 0


def _party(args: argparse.Namespace) -> tuple[Party, dict[str, Suit], Names]:
    if bool(args.flight) == bool(args.suit):
        raise InputError("which walk? give a folder that fakel fly wrote, or --suit for a walk without a plan")
    if args.flight:
        return party_of_flight(Path(args.flight), args.suit_settings)
    for name in ("minutes", "watts", "repress"):
        if not 0.0 < getattr(args, name) < math.inf:
            raise InputError(f"--{name} {getattr(args, name):g} cannot be; write more than 0")
    if args.minutes > LONGEST_MIN:
        raise InputError(f"--minutes {args.minutes:g} is longer than a day; write at most {LONGEST_MIN:g}")
    suits = {f"ev{i + 1}": suit_of(args.suit, args.suit_settings, "--suit-set") for i in range(2)}
    away_s = {person: 60.0 * minutes for person, minutes in zip(suits, _ways(args.way), strict=True)}
    return steady(suits, args.minutes, args.watts, away_s, 60.0 * args.repress), suits, {p: p.upper() for p in suits}


def _ways(text: str) -> tuple[float, float]:
    try:
        parts = [float(part) for part in text.split(",")]
    except ValueError:
        parts = []
    if not 1 <= len(parts) <= 2 or not all(0.0 <= part < math.inf for part in parts):
        raise InputError(f"--way {text}: write minutes to the hatch, one number or two with a comma")
    return parts[0], parts[-1]
