"""How far ahead an element set of the station foretells its phase: each public set carried on to later ones.

    .venv/bin/python benchmarks/foresight.py docs/launch.md

Carried on as `fakel windows` does (``plan.station_ahead``), and beside it sinking all the way. What the node is off
tells how many turns the phase is off. Writes the table of "How far ahead" of that page and leaves its rest as it is.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import fakel
from fakel.estimate.elements import epoch_of, satrec_from_lines, state_from_elements
from fakel.load.library import Library
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch
from fakel.model.place import Station
from fakel.physics.frames import phase_ahead_rad
from fakel.plan.craft import Path as Flown
from fakel.plan.craft import cd_area_m2
from fakel.plan.foresight import phase_error_rad
from fakel.plan.mean_orbit import mean_orbit, wrapped
from fakel.plan.station_ahead import HELD_AFTER_S, ahead
from fakel.plan.windows import SLOPE
from fakel.world import World, build_world

FLOWN = Path(fakel.__file__).parent / "data" / "flown" / "liftoffs.csv"
SHELL_M = (350e3, 460e3)
RADIUS_M = 6.8e6
SINKS_TO_D = 190.0
BINS_D = ((4, 10), (10, 30), (30, 60), (60, 100), (100, 190), (190, 300), (300, 430))
HEAD = "| days ahead |"
Lines = tuple[str, str]


def sets() -> list[tuple[Epoch, Lines]]:
    """The public element sets of the flown launches, in order of time, each once."""
    with FLOWN.open(encoding="utf-8") as file:
        lines = {(row["line1"], row["line2"]) for row in csv.DictReader(file) if row["line1"]}
    return sorted(((epoch_of(satrec_from_lines(*pair)), pair) for pair in lines), key=lambda one: one[0])


def offs(first: Epoch, lines: Lines, later: list[tuple[Epoch, Lines]], station: Station, held_s: float
         ) -> Iterator[tuple[float, float]]:
    """Days to each later set, and by how much (rad, turns counted) the first one carried on is ahead of it."""
    area, stop = cd_area_m2(station), later[-1][0]
    near = build_world(first, first + (held_s + 2 * DAY_S), heights_m=SHELL_M)
    far = build_world(first, stop + DAY_S, drag=False)
    y = state_from_elements(*lines, first, near, area, station.mass_kg)
    there = ahead((Flown(0.0, y, area),), near, far, (-held_s, held_s), (0.0, far.seconds(stop)))
    for epoch, other in later:
        path, _ = there.at(far.seconds(epoch))
        true = Flown(path.t_s, state_from_elements(*other, epoch, far, area, station.mass_kg), area)
        yield (epoch - first) / DAY_S, counted_rad(path, true, far)


def counted_rad(path: Flown, true: Flown, far: World) -> float:
    """A station that is put too far ahead was put too low, so its node too far west: that tells the turns."""
    node = wrapped(mean_orbit(true, far).node_rad - mean_orbit(path, far).node_rad)
    part = float(phase_ahead_rad(true.y, path.y))
    return part + 2 * np.pi * round((node / SLOPE - part) / (2 * np.pi))


def pairs() -> list[tuple[float, float, float]]:
    """Days apart, and how far the phase is off when height is kept after a week, and when it sinks all the way."""
    station: Station = Library().find(Station, "iss-2013-11", "benchmark")
    known, out = sets(), []
    for first, lines in known:
        later = [one for one in known if BINS_D[0][0] < (one[0] - first) / DAY_S < BINS_D[-1][1]]
        if not later:
            continue
        soon = [one for one in later if one[0] - first < SINKS_TO_D * DAY_S]
        kept = list(offs(first, lines, later, station, HELD_AFTER_S))
        sunk = [off for _, off in offs(first, lines, soon, station, SINKS_TO_D * DAY_S)] if soon else []
        sunk += [float("nan")] * (len(kept) - len(sunk))
        out += [(days, off, other) for (days, off), other in zip(kept, sunk, strict=True)]
        print(f"{first.iso()[:10]}: {len(kept)} later sets", file=sys.stderr, flush=True)
    return out


def table(found: list[tuple[float, float, float]]) -> str:
    rows = [[HEAD.strip("| ")], ["pairs"], ["phase off, deg, rms"], ["if it sank, deg, rms"],
            ["one sigma as printed, deg"]]
    for low, high in BINS_D:
        some = np.array([one for one in found if low < one[0] < high])
        if not len(some):
            continue
        sigma = np.degrees([phase_error_rad(d * DAY_S, RADIUS_M) for d in (some[:, 0].min(), some[:, 0].max())])
        rms = np.degrees(np.sqrt(np.mean(some[:, 1:] ** 2, axis=0)))
        cells = (f"{some[:, 0].min():.0f} to {some[:, 0].max():.0f}", f"{len(some)}", f"{rms[0]:.2g}" if rms[0] < 10
                 else f"{rms[0]:.0f}", f"{rms[1]:.0f}" if np.isfinite(rms[1]) else "-",
                 f"{sigma[0]:.2g} to {sigma[1]:.2g}" if sigma[1] < 10 else f"{sigma[0]:.0f} to {sigma[1]:.0f}")
        for row, cell in zip(rows, cells, strict=True):
            row.append(cell)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def main() -> None:
    text = table(pairs())
    print(text)
    if len(sys.argv) > 1:
        page = Path(sys.argv[1])
        old = page.read_text(encoding="utf-8")
        page.write_text(re.sub(rf"{re.escape(HEAD)}.*?\n(?=\n)", lambda _: text + "\n", old, count=1, flags=re.S),
                        encoding="utf-8")


if __name__ == "__main__":
    main()
