"""What ``fakel show`` takes on the command line, with its help."""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLES = """\
examples:
  fakel show flights/sochi-torch                  open the flight in the browser
  fakel show                                      the newest flight in flights/
  fakel show flights/sochi-torch --export site    plain files: upload them, or put them on a USB stick

A flight that is still being flown by fakel fly can be shown too: the page follows it.
"""


def add_show(commands: Any) -> None:
    show = commands.add_parser("show", help="show a flight in the browser, or write it as a static site",
                               epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    show.add_argument("folder", nargs="?", metavar="DIR",
                      help="a folder that fakel fly wrote (default: the newest in flights/)")
    show.add_argument("--port", type=int, metavar="N", help="port to serve on (default: the first free one from 8013)")
    show.add_argument("--host", default="127.0.0.1", metavar="HOST",
                      help="address to serve on (default: this machine only)")
    show.add_argument("--no-browser", action="store_true", help="do not open a browser")
    show.add_argument("--language", "--lang", dest="lang", choices=("en", "ru"), metavar="LANGUAGE",
                      help="open the page in en or ru (default: the browser's)")
    show.add_argument("--export", metavar="SITE", help="write a static site into this folder instead of serving")
    show.add_argument("--replace", action="store_true", help="with --export: into a folder that holds other files")
    show.add_argument("--json", action="store_true", help="print one JSON object: what is served, or what was written")
