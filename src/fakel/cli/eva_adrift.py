"""``fakel eva adrift``: where a thing goes that is let go outside."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.api.adrift import AWAY_M, TOUCH_M, Throw, adrift_in, areas_m2, throws
from fakel.cli.progress import columns, spinner
from fakel.model.errors import InputError
from fakel.model.plain import plain
from fakel.reports.table import heading, table


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    with spinner("a day of motion against the station", args.json):
        drifts, item, epoch, who = adrift_in(Path(args.folder), args.item, args.at, _speeds(args.speeds), args.hours)
    found = throws(drifts)
    if args.json:
        print(json.dumps({"item": item.id, "utc": epoch.iso(), "let_go_by": who, "hours": args.hours,
                          "areas_m2": areas_m2(item), "away_m": AWAY_M, "touch_m": TOUCH_M,
                          "throws": [{"way": t.way, "speed_m_s": t.speed_m_s, "verdict": t.verdict,
                                      "crosses": t.crosses, "drifts": [plain(d) for d in t.drifts]} for t in found]}))
        return 0
    areas = areas_m2(item)
    print("\n".join(heading(f"{item.name}, let go by {who} at {epoch.iso()}", columns())))
    head = ("way", "m/s", "left, min", "nearest", "after, h", f"ahead after {args.hours:g} h, km", "verdict")
    print("\n".join(table(head, [_row(t) for t in found], "lrrrrrl", columns())))
    print(f"\nareas to the wind: {areas['least']:.3f} to {areas['most']:.3f} m2, mean {areas['mean']:.3f}; nearest is "
          f"the nearest passing after {AWAY_M:g} m, over all areas; under {TOUCH_M:g} m it may meet the station")
    return 0


def _row(throw: Throw) -> tuple[str, ...]:
    near, left = throw.nearest, [d.left_s for d in throw.drifts if d.left_s is not None]
    ahead = sorted(d.ahead_m / 1000.0 for d in throw.drifts)
    return (throw.way, f"{throw.speed_m_s:g}", f"{min(left) / 60:.0f}" if left else "never",
            "none" if near.closest_m is None else f"{near.closest_m:.0f} m",
            "" if near.closest_s is None else f"{near.closest_s / 3600:.1f}", f"{ahead[0]:z.0f} to {ahead[-1]:z.0f}",
            throw.verdict + (" (an area between sends it back)" if throw.crosses else ""))


def _speeds(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(word) for word in text.split(","))
    except ValueError:
        raise InputError(f"--speeds {text!r} is not a list of numbers; write such as 0.05,0.5,1") from None
