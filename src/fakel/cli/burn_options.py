"""What ``fakel burn`` takes on the command line, with its help."""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLES = """\
examples:
  fakel burn                                     the Sochi torch in the closed airlock, 100 g of propane assumed
  fakel burn --fuel propane --mass-g 100 --place pirs --plot flame.svg
  fakel burn --fuel wax --mass-g 6 --minutes 60 --place destiny      a candle
  fakel burn --place outside                     the same flame in the vacuum
  fakel burn --place ground                      and at home
  fakel burn --fire zvezda                       it burns there: who reaches which ship
  fakel burn --fire zarya --flight flights/sochi-torch --at 2013-11-09T16:00:00Z
  fakel burn --list                              fuels and flames that ship

A place is a room of the cabin (data/cabins), station, outside or ground.
"""


def add_burn(commands: Any) -> None:
    """``fakel burn``."""
    burn = commands.add_parser("burn", help="could we light it: a flame in a cabin, its air, alarms and rules",
                               epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    burn.add_argument("--flame", metavar="ID", default="", help="a flame by its id, or your own FILE.toml "
                                                                "(default: sochi-torch)")
    burn.add_argument("--fuel", metavar="ID", default="", help="another fuel by its id, or your own FILE.toml")
    burn.add_argument("--mass-g", type=float, metavar="G", help="so much fuel")
    burn.add_argument("--minutes", type=float, metavar="MIN", help="burnt evenly in so long")
    burn.add_argument("--place", metavar="PLACE", default="pirs", help="a room, station, outside or ground "
                                                                       "(default: pirs)")
    burn.add_argument("--cabin", metavar="ID", default="iss-2013-11",
                      help="whose inside: an id, such as soyuz-tma-m, or your own FILE.toml (default: %(default)s)")
    burn.add_argument("--o2-percent", type=float, metavar="P", help="oxygen in the air at the start")
    burn.add_argument("--pressure-kpa", type=float, metavar="KPA", help="pressure at the start")
    burn.add_argument("--people", type=int, metavar="N", default=9, help="who breathe meanwhile (default: 9)")
    burn.add_argument("--closed-min", type=float, metavar="MIN", default=60.0,
                      help="a closed room is opened so long after lighting (default: 60)")
    burn.add_argument("--hours", type=float, metavar="H", default=96.0, help="follow the air so long (default: 96)")
    burn.add_argument("--fire", metavar="ROOM", default="", help="instead: a fire in that room or ship, who reaches "
                                                                 "which ship")
    burn.add_argument("--mission", metavar="MISSION", default="", help="with --fire: a mission, all its ships docked "
                                                                       "(default: sochi-torch)")
    burn.add_argument("--flight", metavar="DIR", default="", help="with --fire: a folder that fakel fly wrote")
    burn.add_argument("--at", metavar="UTC", default="", help="with --flight: the instant")
    burn.add_argument("--list", action="store_true", help="list the fuels and flames that ship")
    burn.add_argument("--plot", metavar="FILE.svg", help="draw oxygen, carbon dioxide, heat and smoke")
    burn.add_argument("--json", action="store_true", help="print one JSON object")
    burn.add_argument("--replace", action="store_true", help="overwrite the picture")
