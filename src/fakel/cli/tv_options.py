"""What ``fakel tv`` takes on the command line, with its help."""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLES = """\
examples:
  fakel tv --tle iss.tle --from 2013-11-09 --to 2013-11-10 --audience RU,US:2,JP --hours 18-23
  fakel tv --tle iss.tle --audience RU --over atlantic --by relay --min-minutes 10 --show 2 --html show.html
  fakel tv --flight flights/sochi-torch --walk --audience RU --by relay --out show   the spacewalk's run-of-show

A window is as long as link, sunlight and all other wishes hold. Its score is people at home times minutes: people are
those of the towns of a country, by time zone; RU:2 counts each twice. Of equal scores the longer window, then the
earlier, leads.
"""


def add_tv(commands: Any) -> None:
    tv = commands.add_parser("tv", help="the best live television windows for an audience, and a run-of-show",
                             epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    given = tv.add_mutually_exclusive_group(required=True)
    given.add_argument("--tle", metavar="FILE", help="two-line element sets, or OMM (JSON, XML, KVN, CSV)")
    given.add_argument("--oem", metavar="FILE", help="orbit ephemeris message")
    given.add_argument("--flight", metavar="DIR", help="a folder that fakel fly wrote")
    tv.add_argument("--craft", metavar="ID", default="station", help="with --flight: which craft (default: station)")
    tv.add_argument("--walk", action="store_true", help="with --flight: only while the spacewalk's hatch is open")
    tv.add_argument("--network", metavar="ID", default="iss-2013",
                    help="a network by its id, or your own FILE.toml (default: iss-2013)")
    tv.add_argument("--by", choices=("any", "relay", "ground"), metavar="KIND", default="any",
                    help="what carries the picture: any (default), relay or ground")
    tv.add_argument("--only", metavar="IDS", default="", help="only these stations and relays, with commas between")
    tv.add_argument("--link", metavar="ID", default="", help="the link that must close: an id or FILE.toml")
    tv.add_argument("--set", metavar="KEY=VALUE", dest="settings", action="append", default=[],
                    help="with --link: a number of the link's file, such as transmitter.eirp_dbw=55")
    tv.add_argument("--min-rate", type=float, metavar="MBIT_S", default=0.0, help="with --link: its lowest bit rate")
    tv.add_argument("--from", dest="start", metavar="UTC", help="begin (default: of the file, or the set's epoch)")
    tv.add_argument("--to", dest="stop", metavar="UTC", help="end (default: of the file, or a day later)")
    tv.add_argument("--audience", metavar="WHO", default="",
                    help="countries or time zones with weights: RU,US:2,JP; world; or a FILE.csv (who, weight, hours)")
    tv.add_argument("--hours", metavar="H-H", default="18-23", help="local hours at home (default: 18-23)")
    tv.add_argument("--min-share", type=float, metavar="PERCENT", default=0.0,
                    help="only while so many percent of the audience are at home (default: 0)")
    tv.add_argument("--over", metavar="REGION", default="",
                    help="what lies below: atlantic, RU, Sochi:800 (km), land, ocean, day, night; commas: any of them")
    tv.add_argument("--min-minutes", type=float, metavar="MIN", default=5.0, help="shortest window (default: 5)")
    tv.add_argument("--sun-margin", type=float, metavar="S", default=60.0,
                    help="seconds kept off sunrise and sunset (default: 60)")
    tv.add_argument("--most", type=int, metavar="N", default=5, help="windows to tell (default: 5)")
    tv.add_argument("--rehearse-days", type=float, metavar="D", default=3.0,
                    help="look so far back for a rehearsal (default: 3)")
    tv.add_argument("--show", type=int, metavar="RANK", help="run-of-show of that window (with files or --walk: of 1)")
    tv.add_argument("--time-zone", metavar="ZONE", action="append", default=[],
                    help="a clock beside UTC; may be given again (default: of the audience)")
    tv.add_argument("--language", choices=("en", "ru"), metavar="LANGUAGE", default="en", help="en (default) or ru")
    tv.add_argument("--all", action="store_true", help="minute by minute too")
    tv.add_argument("--json", action="store_true", help="print one JSON object")
    tv.add_argument("--csv", metavar="FILE", help="write the run-of-show as CSV")
    tv.add_argument("--ics", metavar="FILE", help="write windows and cues as a calendar with reminders")
    tv.add_argument("--html", metavar="FILE", help="write a page to print: windows and run-of-show")
    tv.add_argument("--out", metavar="DIR", help="write windows.csv, show.csv, show.json, show.ics and show.html")
    tv.add_argument("--replace", action="store_true", help="overwrite the files")
