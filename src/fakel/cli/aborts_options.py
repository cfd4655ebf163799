"""Options of ``fakel aborts``."""

from __future__ import annotations

import argparse
from typing import Any

_EXAMPLES = """\
examples:
  fakel aborts sochi-torch --every 10                          the launch of a mission, a failure every ten seconds
  fakel aborts --vehicle soyuz-2-1a --spacecraft soyuz-ms --pad baikonur-31-6 --map aborts.svg --plot loads.svg
  fakel aborts --vehicle soyuz-fg --at 119 --json              one failure, told step by step
"""


def add_aborts(commands: Any) -> None:
    out = commands.add_parser("aborts", help="a way out at every second of a launch: where the crew comes down, "
                              "and how hard it is pressed", epilog=_EXAMPLES,
                              formatter_class=argparse.RawDescriptionHelpFormatter)
    out.add_argument("mission", nargs="?", metavar="MISSION",
                     help="a mission file, or the name of a shipped mission, that begins with a launch")
    out.add_argument("--vehicle", metavar="ID", default="soyuz-fg",
                     help="a launcher by its id, or your own FILE.toml (default: soyuz-fg)")
    out.add_argument("--spacecraft", metavar="ID", default="soyuz-ms",
                     help="a spacecraft by its id, or your own FILE.toml (default: soyuz-ms)")
    out.add_argument("--pad", metavar="ID", default="baikonur-1-5",
                     help="a pad by its id, or your own FILE.toml (default: baikonur-1-5)")
    out.add_argument("--liftoff", metavar="UTC", help="for the air of that day and for UTC in the answer")
    out.add_argument("--mass", type=float, metavar="KG", help="of the ship (default: its file's)")
    out.add_argument("--propellant", type=float, metavar="KG", help="in the ship (default: its file's)")
    out.add_argument("--inclination", type=float, metavar="DEG", default=51.64,
                     help="of the orbit of a launcher that steers into a plane (default: 51.64)")
    out.add_argument("--ways", metavar="ID", help="ways out by id of data/aborts, or your own FILE.toml")
    out.add_argument("--every", type=float, metavar="S", default=1.0, help="seconds between failures (default: 1)")
    out.add_argument("--at", type=float, metavar="S", action="append", default=[],
                     help="only a failure so long after liftoff (may be given again)")
    out.add_argument("--json", action="store_true", help="print one JSON object")
    out.add_argument("--csv", metavar="FILE", help="write one row a failure as CSV")
    out.add_argument("--map", metavar="FILE.svg", default="", help="draw where the crew comes down (.svg or .png)")
    out.add_argument("--plot", metavar="FILE.svg", default="", help="draw loads, height and time (.svg or .png)")
    out.add_argument("--replace", action="store_true", help="overwrite the files")
    out.add_argument("--quiet", action="store_true", help="no progress display")
