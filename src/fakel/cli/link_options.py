"""What ``fakel link`` and ``fakel downlink`` take on the command line, with their help."""

from __future__ import annotations

import argparse
from typing import Any

LINK_EXAMPLES = """\
examples:
  fakel link                                             the links that ship
  fakel link example-emwin-n                             a published budget, line by line
  fakel link station-ku-return --range-km 40000          says what is unknown, and from where on it closes
  fakel link station-ku-return --set transmitter.eirp_dbw=55 --tle iss.tle --plot ku.svg
  fakel link example-s-band-5m --elevation-deg 20 --place 55.9,38 --percent 0.1
"""
DOWNLINK_EXAMPLES = """\
examples:
  fakel downlink cameras.toml                            recordings and windows from a file
  fakel downlink --walk flights/sochi-torch --link station-ku-return --set transmitter.eirp_dbw=54 --share 0.01
"""


def add_link(commands: Any) -> None:
    """``fakel link``."""
    link = commands.add_parser("link", help="the budget of a radio link, and the link along passes",
                               epilog=LINK_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    link.add_argument("link", nargs="?", metavar="LINK", help="a link by its id, or your own FILE.toml")
    link.add_argument("--list", action="store_true", help="list the links that ship")
    link.add_argument("--range-km", type=float, metavar="KM", help="one geometry: distance")
    link.add_argument("--elevation-deg", type=float, metavar="DEG", help="one geometry: height at the ground's end")
    link.add_argument("--off-tx-deg", type=float, metavar="DEG", help="angle from the transmitting antenna's axis")
    link.add_argument("--off-rx-deg", type=float, metavar="DEG", help="angle from the receiving antenna's axis")
    link.add_argument("--sun-deg", type=float, metavar="DEG", help="angle from the receiving antenna's axis to the Sun")
    link.add_argument("--f107", type=float, metavar="SFU",
                      help="solar flux at 10.7 cm (default: 100; along a path the day's)")
    link.add_argument("--place", metavar="LAT,LON[,ALT_M]", help="the ground's end, for the weather of one geometry")
    link.add_argument("--mode", metavar="NAME", help="only this mode of the link")
    link.add_argument("--bit-rate", type=float, metavar="MBIT_S", help="a rate of your own, with --coding")
    link.add_argument("--coding", metavar="ID", help="a coding of your own, with --bit-rate")
    link.add_argument("--at", metavar="WHEN", help="along a path: the budget at a UTC, or worst, or best")
    _add_link_path(link)
    link.add_argument("--csv", metavar="FILE", help="write lines, or samples, as CSV")
    link.add_argument("--plot", metavar="FILE.svg", help="along a path: draw margin and bit rate")
    link.add_argument("--json", action="store_true", help="print JSON")
    link.add_argument("--replace", action="store_true", help="overwrite the files")


def _add_link_path(command: argparse.ArgumentParser) -> None:
    """What a link along a path takes."""
    command.add_argument("--set", metavar="KEY=VALUE", action="append", default=[],
                         help="set a number of the link, such as transmitter.power_w=20 (may be repeated)")
    given = command.add_mutually_exclusive_group()
    given.add_argument("--tle", metavar="FILE", help="along a path: two-line element sets, or OMM")
    given.add_argument("--oem", metavar="FILE", help="along a path: orbit ephemeris message")
    given.add_argument("--flight", metavar="DIR", help="along the station's path in a folder that fakel fly wrote")
    command.add_argument("--from", dest="start", metavar="UTC", help="begin (default: of the file, or the set's epoch)")
    command.add_argument("--to", dest="stop", metavar="UTC", help="end (default: of the file, or a day later)")
    command.add_argument("--network", metavar="ID", default="iss-2013",
                         help="a network by its id, or your own FILE.toml (default: %(default)s)")
    command.add_argument("--antennas", metavar="ID", default="",
                         help="antennas of the craft, so that its own structure counts: an id or your own FILE.toml")
    command.add_argument("--only", metavar="ID", help="only this station or relay")
    command.add_argument("--step", type=float, metavar="S", default=10.0, help="seconds between samples (default: 10)")
    command.add_argument("--percent", type=float, metavar="P", default=1.0,
                         help="weather that is worse in so many percent of an average year (default: 1)")
    command.add_argument("--no-weather", action="store_true", help="clear air by a short formula, without the extra")


def add_downlink(commands: Any) -> None:
    """``fakel downlink``."""
    down = commands.add_parser("downlink", help="recorded video that must come down later: when is it on the ground",
                               epilog=DOWNLINK_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    down.add_argument("file", nargs="?", metavar="FILE.toml",
                      help="recordings and, without --link, windows (docs/links.md)")
    down.add_argument("--walk", metavar="DIR", help="instead of a file: the spacewalkers' cameras of a flown mission, "
                                                    "from hatch open to closed")
    down.add_argument("--cameras", type=float, metavar="MBIT_S", default=3.0,
                      help="with --walk: rate of each camera (default: 3, television of 720 lines)")
    down.add_argument("--link", metavar="LINK", help="windows and rates: a link along a path (fakel link)")
    down.add_argument("--mode", metavar="NAME", help="only this mode of the link")
    _add_link_path(down)
    down.add_argument("--share", type=float, metavar="S",
                      help="share of the channel for recordings, 0 to 1 (default: 1, or the file's)")
    down.add_argument("--storage-gbyte", type=float, metavar="G", help="room for what waits; told when it overflows")
    down.add_argument("--as-recorded", action="store_true", help="send while the camera still runs")
    down.add_argument("--order", choices=("priority", "deadline"), metavar="ORDER",
                      help="what is sent first: priority (default) or deadline")
    down.add_argument("--csv", metavar="FILE", help="write the pieces as CSV")
    down.add_argument("--plot", metavar="FILE.svg", help="draw what is sent when, and what waits")
    down.add_argument("--json", action="store_true", help="print JSON")
    down.add_argument("--replace", action="store_true", help="overwrite the files")
