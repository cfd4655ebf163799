"""Options of ``fakel windows``."""

from __future__ import annotations

import argparse
from typing import Any

from fakel.cli.rendezvous_options import add_target

EXAMPLES = """\
examples:
  fakel windows --tle iss.tle --pad baikonur-1-5 --from 2013-11-01 --to 2013-12-01
  fakel windows --tle iss.tle --pad baikonur-1-5 --profile four-orbit --profile 2 --from 2013-11-01 --to 2013-12-01
  fakel windows --oem ISS.oem --pad baikonur-31-6 --spacecraft soyuz-ms --from 2021-10-02 --to 2021-10-16 --json
  fakel windows --tle iss.tle --pad baikonur-1-5 --from 2013-11-01 --to 2014-11-01 --calendar year.svg --plot phase.svg
  fakel windows --tle iss.tle --pad baikonur-1-5 --profile 4 --from 2013-11-07 --to 2013-12-01 --reboost 2013-11-21

Each window is told with one sigma of what is not known: an element set foretells the phase for a week or two, and the
second of the liftoff for longer (docs/launch.md).
"""


def add_windows(commands: Any) -> None:
    windows = commands.add_parser("windows", help="all launch windows to a station, over days to a year",
                                  epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_target(windows)
    windows.add_argument("--pad", required=True, metavar="ID", help="launch pad, such as baikonur-1-5, or FILE.toml")
    windows.add_argument("--vehicle", default="", metavar="ID",
                         help="the launcher, by its id or FILE.toml (default: in service at --from at that pad)")
    windows.add_argument("--spacecraft", default="", metavar="ID",
                         help="what it carries, by its id or FILE.toml (default: that of the first --profile; else "
                              "crew-dragon on a Falcon 9, soyuz-tma-m on all others)")
    windows.add_argument("--mass", type=float, metavar="KG", help="of the spacecraft (default: its own)")
    windows.add_argument("--profile", action="append", default=[], metavar="ID",
                         help="orbits to docking (1, 2, 4, 34), a name such as four-orbit, an id or FILE.toml; may be "
                              "given again (default: all that crews have flown in that spacecraft)")
    windows.add_argument("--from", dest="start", required=True, metavar="UTC", help="no liftoff before")
    windows.add_argument("--to", dest="stop", required=True, metavar="UTC", help="no liftoff after; up to 400 days")
    windows.add_argument("--reboost", metavar="DAY",
                         help="the smallest push of the station that opens this day (UTC) for the first profile, and "
                              "all windows after it")
    windows.add_argument("--free", type=float, default=12.0, metavar="HOURS",
                         help="events of the station so long before liftoff or after docking are conflicts "
                              "(default: %(default)g)")
    windows.add_argument("--max-age", type=float, default=30.0, metavar="DAYS",
                         help="refuse what is known of the station when it is so old at --from (default: %(default)g)")
    windows.add_argument("--json", action="store_true", help="print a list of windows")
    windows.add_argument("--csv", metavar="FILE", help="write them as CSV")
    windows.add_argument("--ics", metavar="FILE", help="write them as a calendar")
    windows.add_argument("--calendar", metavar="FILE.svg|png", help="draw them as a calendar picture, a row a month")
    windows.add_argument("--plot", metavar="FILE.svg|png",
                         help="draw the phase against the date, with the profiles' bands")
    windows.add_argument("--replace", action="store_true", help="overwrite the files")
    windows.add_argument("--quiet", action="store_true", help="no progress display")
