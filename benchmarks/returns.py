"""Every flown return from every element set at hand that is near enough in time: what the age of a set costs.

    .venv/bin/python benchmarks/returns.py [MORE_SETS]...

Sets: tests/authorities/{return_sets,launch_geometry}.csv, and files of sets of the station (.tle, .3le.gz) if named.
Nothing but a set, the day, the spacecraft and the centre of the zone goes in; 30 days of age at most.
"""

from __future__ import annotations

import csv
import gzip
import math
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from fakel.api.land import landings
from fakel.estimate.elements import epoch_of, satrec_from_lines
from fakel.model.epoch import Epoch
from fakel.model.errors import NoWindow
from fakel.reports.compare import flown_flights
from fakel.reports.null_guess import Flown, Known, null_guess
from fakel.reports.validation import apart_km, off_s

ROOT = Path(__file__).parents[1]
CENTRE, DAY_S, OLDEST_DAYS = "47.3733,69.6092,400", 86_400.0, 30.0
HEAD = ("flight", "set is older by", "burn off", "landing off", "null off", "from the place flown", "told",
        "told, no burns")


def sets(files: list[str]) -> dict[Epoch, tuple[str, str]]:
    """Element sets of the station by their epochs."""
    lines = []
    for name in ("return_sets", "launch_geometry"):
        text = (ROOT / f"tests/authorities/{name}.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
            lines += [row["line1"], row["line2"]]
    for file in files:
        content = Path(file).read_bytes()
        lines += (gzip.decompress(content) if file.endswith(".gz") else content).decode().splitlines()
    return {epoch_of(satrec_from_lines(a, b)): (a, b) for a, b in pairwise(lines) if a.startswith("1 25544")}


def row(flight: Flown, age_days: float, lines: tuple[str, str], folder: Path) -> tuple[str, ...]:
    """One return from one set; dashes where nothing is known."""
    file = folder / "set.tle"
    file.write_text("\n".join(lines) + "\n")
    down, burn = flight.events["landing"], flight.events.get("deorbit_burn_start")
    day = Epoch.utc(str(down.epoch.day))
    try:
        ship = "soyuz-ms" if " MS" in flight.name else "soyuz-tma-m"
        found = landings([CENTRE], tle=file, spacecraft=ship, start=day, stop=day + DAY_S)
    except NoWindow as none:
        return (flight.name, f"{age_days:+.1f} d", str(none).split(";")[0].split(", ")[-1], *["–"] * 5)
    best = min(found.opportunities, key=lambda one: abs(one.crossrange_m))
    guess = null_guess(flown_flights(), flight).get("landing")
    spot = math.degrees(best.latitude_rad), math.degrees(best.longitude_rad)
    return (flight.name, f"{age_days:+.1f} d", _off(best.burn_start, burn), _off(best.landing, down),
            "–" if guess is None else _off(best.burn_start + guess.offset_s, down),
            f"{apart_km(spot, flight.landing_deg):.1f} km" if flight.landing_deg else "–",
            f"{best.error_s:.0f} s", f"{best.calm_s:.0f} s")


def _off(here: Epoch, known: Known | None) -> str:
    return "–" if known is None else f"{off_s(here, known):+.1f} s"


def table(files: list[str]) -> str:
    out = [f"| {' | '.join(HEAD)} |", "|---" + "|--:" * (len(HEAD) - 1) + "|"]
    with tempfile.TemporaryDirectory() as folder:
        for flight in flown_flights():
            if flight.entry != "guided" or flight.zone != "zhezkazgan" or "landing" not in flight.events:
                continue
            for epoch, lines in sorted(sets(files).items(), key=lambda item: str(item[0].iso())):
                age_days = (flight.events["landing"].epoch - epoch) / DAY_S
                if abs(age_days) < OLDEST_DAYS:
                    out.append(f"| {' | '.join(row(flight, age_days, lines, Path(folder)))} |")
    return "\n".join(out)


if __name__ == "__main__":
    print(table(sys.argv[1:]))
