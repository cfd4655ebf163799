"""A move beside a station in text and as data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import numpy as np

from fakel.model.plain import plain
from fakel.model.relative_move import Push, RelativeMove
from fakel.reports.clocks import elapsed
from fakel.reports.table import heading, signed, table

SPHERE_M = 200.0
AXES = "radial (up), along track, normal (port); LVLH is x along, y starboard = -normal, z down = -radial"
MOST_ROWS = 40


def lines(move: RelativeMove, orbit: str, width: int) -> list[str]:
    """Text for a terminal."""
    minutes = move.t_s[-1] / 60.0
    title = f"{move.kind}: {_place(move.places_m[0])} to {_place(move.places_m[-1])} in {minutes:.1f} min"
    out = [*heading(title, width), f"station    {orbit} at {move.start.iso()}",
           f"orbit      semi-major axis {move.a_m / 1000:.1f} km, eccentricity {move.eccentricity:.4f} (osculating), "
           f"revolution {2 * math.pi / move.rate_rad_s / 60:.1f} min",
           f"axes       {AXES}", ""]
    head = len(out)
    shown = move.pushes if len(move.pushes) <= MOST_ROWS else (*move.pushes[:20], *move.pushes[-20:])
    out += table(("after", "R, m", "T, m", "N, m", "dv R", "dv T", "dv N", "dv, m/s", "in the full model"),
                 [_row(push) for push in shown], "rrrrrrrrr", width)
    if len(shown) < len(move.pushes):
        out.append(f"           ({len(move.pushes) - len(shown)} impulses between the first and last twenty left out)")
    told = [f"total      {move.dv_m_s:.4g} m/s in {_count(move)} impulses, by {move.model}",
            f"full model the same impulses miss by {_metres(move.miss_m)} "
            f"({100 * move.miss_share:.2g} % of the largest range, {move.largest_range_m / 1000:.3g} km) "
            f"and {move.miss_m_s:.2g} m/s; nearest to the centre {_metres(move.nearest_m)}",
            f"steered    each impulse chosen anew in the full model: {move.steered_dv_m_s:.4g} m/s, "
            f"miss {_metres(move.steered_miss_m)}"]
    return [*_wrapped(out[:head], width), *out[head:], "", *_wrapped(told, width)]


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    """A word in the first column and its text, which goes on below itself."""
    return [part for line in lines for part in (wrap(line, width, subsequent_indent=" " * 11) or [""])]


def warnings(move: RelativeMove) -> tuple[str, ...]:
    """What a person should know, a line each."""
    out = []
    if move.outside:
        out.append(f"planned by {move.model}, which errs by less than {100 * move.share:g} % of range only within its "
                   f"limits; outside them: "
                   f"{', '.join(move.outside)}. What the full model makes of it is told below")
    if move.nearest_m < SPHERE_M and move.kind != "hold":
        out.append(f"the way comes within {move.nearest_m:.0f} m of the station's centre, inside the keep-out sphere "
                   f"of {SPHERE_M:.0f} m; there only the corridor to a port is free")
    return tuple(out)


def data(move: RelativeMove, orbit: str) -> dict[str, Any]:
    """Everything, for programs."""
    told = plain(move)
    return {"station": orbit, "frame": "RTN", "axes": AXES, **told, "miss_share": move.miss_share,
            "warnings": list(warnings(move))}


def _row(push: Push) -> tuple[str, ...]:
    numbers = [f"{x:z.1f}" for x in push.place_m]
    dv = [signed(x, 4) for x in push.dv_m_s]
    return (elapsed(push.t_s), *numbers, *dv, f"{np.linalg.norm(push.dv_m_s):.4f}",
            f"{np.linalg.norm(push.steered_m_s):.4f}")


def _count(move: RelativeMove) -> int:
    return sum(float(np.linalg.norm(push.dv_m_s)) > 1e-6 for push in move.pushes)


def _place(place_m: np.ndarray) -> str:
    """A place in words."""
    words = (("above", "below"), ("ahead", "behind"), ("to port", "to starboard"))
    parts = [f"{_metres(abs(x))} {pair[0] if x > 0 else pair[1]}" for x, pair in zip(place_m, words) if abs(x) > 0.05]
    return ", ".join(parts) or "the station's centre"


def _metres(value: float) -> str:
    if value >= 10_000.0:
        return f"{value / 1000:.1f} km"
    return f"{value:.0f} m" if value >= 100.0 else f"{value:.3g} m"
