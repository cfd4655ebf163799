"""Fly what was flown, from public orbits and dates alone, and write docs/validation.md.

    .venv/bin/python benchmarks/validation.py docs/validation.md

Each launch is a file that `fakel new visit` wrote from an element set, a date, a pad and a profile; nothing else.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from rendezvous import section

from fakel.cli.main import main
from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch
from fakel.reports.clocks import elapsed
from fakel.reports.compare import compare, flown_flights
from fakel.reports.table import signed
from fakel.reports.validation import bar_as_markdown, comparison_as_markdown, returns_as_markdown

ROOT = Path(__file__).parents[1]
HEAD = """\
# Beside what was flown

Written by `benchmarks/validation.py`; run it again after a change that moves a number. No flown clock time is an input.
The null guess is the mean of the *other* flights, counted from the plan's own earlier events; where it is nearer than
the program, the table says so.

"""


def fakel(*words: str) -> dict[str, Any]:
    """One command's JSON. Raises SystemExit when it is refused."""
    out = StringIO()
    with redirect_stdout(out):
        code = main(words)
    if code > 1:
        raise SystemExit(f"fakel {' '.join(words)}: exit code {code}")
    return json.loads(out.getvalue()) if "--json" in words else {}


def mission(name: str, folder: Path) -> str:
    """A shipped mission beside its flight."""
    fakel("fly", name, "--out", str(folder / name), "--json", "--no-report")
    flight, _ = read_flight(folder / name)
    return f"## {flight.mission['title']}\n\n" + comparison_as_markdown(compare(flight))


def visits(folder: Path) -> str:
    """Every launch of tests/authorities/launch_geometry.csv from `fakel new visit` alone."""
    with (ROOT / "tests/authorities/launch_geometry.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    head = ("flight", "profile", "set is older by", "liftoff flown", "here less flown", "docking flown",
            "here less flown", "m/s to dock")
    lines = ["## Launches from `fakel new visit` alone", "", f"| {' | '.join(head)} |", "|---" + "|--:" * 7 + "|"]
    return "\n".join(lines + [_visit(row, folder, i) for i, row in enumerate(rows)]) + """

Docking: the operators choose it, mostly for light; the default rule of the profile (fitted on thirteen four-orbit
flights, rms 3.5 min) takes one of two branches half an hour apart. Soyuz TMA-12M lost its third burn and docked two
days later. Two-orbit flights are missed by more: for them only a mean and its spread, a quarter of an hour, is known.
"""


def _visit(row: dict[str, str], folder: Path, number: int) -> str:
    tle, file = folder / f"{number}.tle", folder / f"visit-{number}.toml"
    tle.write_text(f"{row['line1']}\n{row['line2']}\n")
    flown = Epoch.utc(row["liftoff_utc"])
    fakel("new", "visit", "--tle", str(tle), "--date", row["liftoff_utc"][:10], "--pad", row["pad"],
          "--profile", row["orbits"], "--out", str(file))
    told = fakel("fly", str(file), "--out", str(folder / f"flight-{number}"), "--json", "--no-report")
    at = {event["name"]: Epoch.utc(event["utc"]) for event in reversed(told["events"])}
    docked = next((f.instant("docking_contact") for f in flown_flights() if f.name == row["flight"]), None)
    late_s = at["docking_contact"] - docked if docked else float("nan")
    known = docked is not None and abs(late_s) < 86_400
    age_days = (flown - Epoch.utc(told_epoch(row["line1"]))) / 86_400
    return (f"| {row['flight']} | {row['orbits']} | {signed(age_days, 1)} d | {flown.iso()[:16]} | "
            f"{signed(at['liftoff'] - flown, 1)} s | {docked.iso()[11:19] if known else '–'} | "
            f"{elapsed(late_s) if known else '–'} | {told['budgets']['ships']['visitor']['dv_to_docking_m_s']:.1f} |")


def returns(folder: Path) -> str:
    """Every return of tests/authorities/return_sets.csv from `fakel land` alone, aimed at the centre of the zone."""
    with (ROOT / "tests/authorities/return_sets.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    told = []
    for i, row in enumerate(rows):
        tle = folder / f"return-{i}.tle"
        tle.write_text(f"{row['line1']}\n{row['line2']}\n")
        midnight = Epoch.utc(row["landing_day"])
        found = fakel("land", "--tle", str(tle), "--spacecraft", row["spacecraft"], "--zone", CENTRE,
                      "--from", midnight.iso(), "--to", (midnight + 86_400.0).iso(), "--json")
        best = min(found, key=lambda one: abs(one["cross_range_km"]))
        age_days = (Epoch.utc(best["burn_start_utc"]) - Epoch.utc(told_epoch(row["line1"]))) / 86_400
        told.append((row["flight"], age_days, best))
    return ("## Returns from `fakel land` alone\n\nAn element set, the day, the spacecraft and the centre of the zone "
            f"({CENTRE}) are all that is given.\nA time published to the minute is any instant of it.\n\n"
            + returns_as_markdown(told, flown_flights()) + AFTER_RETURNS)


CENTRE = "47.3733,69.6092,400"
AFTER_RETURNS = """
What age costs: the set of the eve of TMA-09M's visit, 4.6 days older than the burn and with a placeholder for its drag,
puts burn and landing 7 to 9 s later than the set made thirteen hours after the landing. The null guess of a landing is
the burn found *here* and the mean time from burn to landing of the other flights, so it has the orbit for nothing.
"""


def told_epoch(line1: str) -> str:
    """Epoch of an element set as UTC text, to the minute."""
    from datetime import datetime, timedelta
    start = datetime(2000 + int(line1[18:20]), 1, 1) + timedelta(days=float(line1[20:32]) - 1)
    return start.strftime("%Y-%m-%dT%H:%M:%SZ")


def peers() -> str:
    """The table of docs/benchmarks.md, which ``benchmarks/peers.py`` measures, again."""
    told = (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")
    table = told[told.index("## The same day beside Orekit"):].split("\n\n")[2]
    return ("## Beside other programs\n\nA day in low orbit, 20 x 20, Sun and Moon, no air; how it is measured, orbits "
            "with air, versions and what to\nknow before quoting it: [benchmarks.md](benchmarks.md). Orbits fitted to "
            f"flown ones: [orbits.md](orbits.md).\n\n{table}\n\n")


def page(folder: Path) -> str:
    flown = "\n".join((mission("sochi-torch", folder), mission("torch-return", folder), returns(folder), visits(folder),
                       section()))
    return HEAD + peers() + flown + (
        "\n## How high the bar is\n\nEach flight guessed from the others, counted from its own flown anchor:\n\n"
        + bar_as_markdown(flown_flights()))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        text = page(Path(scratch))
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        print(text)
