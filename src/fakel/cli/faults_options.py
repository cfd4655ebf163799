"""What ``fakel faults`` takes on the command line."""

from __future__ import annotations

import argparse
from typing import Any

_EXAMPLES = """\
examples:
  fakel faults torch-return                               all faults of the way home that ship
  fakel faults torch-return --only burn-stops-60,main-fails --json
  fakel faults my-return.toml --faults mine.toml --out branches    your own tree, each branch as a flight folder
"""


def add_faults(commands: Any) -> None:
    faults = commands.add_parser("faults", help="fly a mission's way home again with each fault of a tree",
                                 epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    faults.add_argument("mission", metavar="MISSION",
                        help="a mission file, or the name of a shipped mission (see: fakel missions)")
    faults.add_argument("--faults", metavar="FILE.toml", help="the tree (default: data/faults/return.toml)")
    faults.add_argument("--only", metavar="IDS", default="", help="these faults alone, with commas between")
    faults.add_argument("--out", metavar="DIR", help="write each branch as a flight folder DIR/FAULT")
    faults.add_argument("--replace", action="store_true", help="overwrite older flights in --out")
    faults.add_argument("--json", action="store_true", help="print one JSON object")
    faults.add_argument("--quiet", action="store_true", help="no progress display")
