"""What ``fakel air`` takes on the command line."""

from __future__ import annotations

import argparse
from typing import Any

USUAL = "iss-2013-11"
"""The cabin where none is named."""
_EXAMPLES = """\
examples:
  fakel air --people 9 --volume 916 --scrubbers off     nine people in 916 m3, nothing cleans the air
  fakel air --people 9                                  nine people in the whole station, all devices on
  fakel air --people 9 --generators off --candles 9     a day on oxygen candles, one for each person
  fakel air flights/sochi-torch --plot air.svg          the air of a flown mission, room by room
  fakel air leak --hole 5 --room harmony                a hole of 5 mm: reserve time, and the search by hatches
"""


def add_air(commands: Any) -> None:
    air = commands.add_parser("air", help="cabin air: a mission's, a crew's in a volume, or with a leak",
                              epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    air.add_argument("what", nargs="?", metavar="WHAT", help="a folder that fakel fly wrote, or the word leak "
                                                             "(left out: people in a volume)")
    air.add_argument("--cabin", metavar="ID", default=USUAL,
                     help="rooms and devices, a file of data/cabins or your own FILE.toml (default: %(default)s)")
    air.add_argument("--people", type=int, metavar="N", default=9, help="how many breathe (default: %(default)s)")
    air.add_argument("--watts", type=float, metavar="W", default=136.8,
                     help="metabolic rate of each (default: %(default)s, a crew-day's mean)")
    air.add_argument("--volume", type=float, metavar="M3", help="one room of that volume instead of the cabin's rooms")
    air.add_argument("--hours", type=float, metavar="H", default=24.0, help="for so long (default: %(default)g)")
    air.add_argument("--oxygen", type=float, metavar="PERCENT", help="oxygen in the air at the start")
    air.add_argument("--scrubbers", choices=("on", "off"), default="on", metavar="on|off",
                     help="removers of carbon dioxide, carbon monoxide and smoke (default: on)")
    air.add_argument("--generators", choices=("on", "off"), default="on", metavar="on|off",
                     help="givers of oxygen (default: on; off with --scrubbers off and --volume)")
    air.add_argument("--candles", type=int, metavar="N", default=0,
                     help="burn so many oxygen candles, evenly over the hours (default: none)")
    air.add_argument("--off", action="append", default=[], metavar="DEVICE",
                     help="one device that stands still; may be given again")
    air.add_argument("--shut", action="append", default=[], metavar="HATCH",
                     help="one hatch that is closed; may be given again")
    air.add_argument("--hole", type=float, metavar="MM", default=5.0, help="with leak: its diameter (default: 5)")
    air.add_argument("--room", metavar="ROOM", help="with leak: where it is (default: the largest room)")
    air.add_argument("--evacuate", type=float, metavar="MIN",
                     help="with leak: until everybody is in a ship (default: the longest way to one; 15 "
                          "where no ships are known)")
    air.add_argument("--mission", metavar="MISSION", default="",
                     help="with leak: whose ships are docked, all of a mission's file (default: sochi-torch)")
    air.add_argument("--flight", metavar="DIR", default="", help="with leak: those of a folder that fakel fly wrote")
    air.add_argument("--at", metavar="UTC", default="", help="with --flight: at that instant")
    air.add_argument("--json", action="store_true", help="print one JSON object")
    air.add_argument("--plot", metavar="FILE.svg", help="draw oxygen and carbon dioxide of each room")
    air.add_argument("--replace", action="store_true", help="overwrite the picture")
