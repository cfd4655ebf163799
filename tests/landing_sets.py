"""Landings of ``fakel.landings`` from the public element sets of tests/authorities/return_sets.csv, each found once."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fakel.api.land import landings
from fakel.model.epoch import Epoch
from fakel.model.landing import Landings

ROWS = list(csv.DictReader(line for line in (Path(__file__).parent / "authorities/return_sets.csv").read_text(
    encoding="utf-8").splitlines() if not line.startswith("#")))
CENTRE = "47.3733,69.6092,400"          # of the zone near Zhezkazgan, as facts/missions has it


def set_file(k: int, folder: Path) -> Path:
    """The element set of a row as a file."""
    file = folder / f"{k}.tle"
    file.write_text(f"{ROWS[k]['line1']}\n{ROWS[k]['line2']}\n")
    return file


@cache
def found(k: int, zone: str = CENTRE, days: float = 1.0, **given) -> Landings:
    """Landings from the first moment of a row's landing day on."""
    first = Epoch.utc(ROWS[k]["landing_day"])
    with TemporaryDirectory() as folder:
        return landings(zone.split(";"), tle=set_file(k, Path(folder)), spacecraft=ROWS[k]["spacecraft"], start=first,
                        stop=first + 86_400.0 * days, **given)
