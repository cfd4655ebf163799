"""No flown clock time is an input: not in any file or constant outside the comparison's own table."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "fakel"
FLOWN = {
    "liftoff": "04:14", "separation": "04:23", "docking": "10:27", "hatches": "12:44", "hatch open": "14:34",
    "hand-over": "15:14", "hatch closed": "20:24", "planned exit": "14:36", "planned end": "20:09",
    "undocking": "23:26", "deorbit burn": "01:55", "entry": "02:26", "parachutes": "02:35", "landing": "02:49",
    "hatch closed before undocking": "20:09",
}
READS_FLOWN = {PACKAGE / "reports" / "compare.py"}


def files():
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".py", ".toml", ".csv", ".tle", ".md") and "flown" not in path.parts:
            yield path


def test_no_flown_clock_time_stands_in_an_input():
    found = [(str(p.relative_to(PACKAGE)), what) for p in files() for what, clock in FLOWN.items()
             if re.search(rf"(?<![\d:]){clock}(?![\d])", p.read_text(encoding="utf-8"))]
    assert not found


def test_only_the_comparison_reads_the_flown_table():
    # the word may stand in a heading; a path to the table may not: data / "flown", "data/flown", flown/events.csv
    path = re.compile(r"""/\s*["']flown["']|["']flown["']\s*/|flown/|["'](flights|events)\.csv["']\)?\.open""")
    named = {p for p in PACKAGE.rglob("*.py") if path.search(p.read_text(encoding="utf-8"))}
    assert named == READS_FLOWN
