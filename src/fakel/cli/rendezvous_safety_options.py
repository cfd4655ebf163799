"""What ``fakel rendezvous safety`` and ``screen`` take on the command line."""

from __future__ import annotations

from typing import Any


def add_safety(kinds: Any) -> None:
    safety = kinds.add_parser("safety", help="passive safety: every burn missed, half done or the last; "
                                              "aborts; exhaust")
    safety.add_argument("flight", metavar="FLIGHT|MISSION", help="a folder that fakel fly wrote, or a mission to fly")
    safety.add_argument("--json", action="store_true", help="print one JSON object, with all tables")
    safety.add_argument("--plot", default="", metavar="FILE.svg|png", help="draw the drifts")
    safety.add_argument("--html", metavar="FILE.html", help="picture and tables as one page")
    safety.add_argument("--replace", action="store_true", help="overwrite picture and page")


def add_screen(kinds: Any) -> None:
    screen = kinds.add_parser("screen", help="the way up against a catalogue: what passes near, how probably it hits")
    screen.add_argument("flight", metavar="FLIGHT", help="a folder that fakel fly wrote")
    screen.add_argument("catalogue", metavar="CATALOGUE", nargs="+",
                        help="two- or three-line sets, OMM of any form (.gz too), or ephemerides (OEM)")
    screen.add_argument("--miss-km", type=float, metavar="KM", default=5.0, help="tell what passes nearer (default: 5)")
    screen.add_argument("--ignore", metavar="NUMBERS", default="",
                        help="catalogue numbers to leave out, with commas (the station's, 25544, always is)")
    screen.add_argument("--sigma-m", metavar="R,T,N", help="one sigma of element sets at their epoch, m (100,500,200)")
    screen.add_argument("--growth-m-day", metavar="R,T,N", help="what a day of age adds, m (100,2000,100)")
    screen.add_argument("--radius-m", type=float, metavar="M", help="radius of an object (default: 2)")
    screen.add_argument("--json", action="store_true", help="print one JSON object")
    screen.add_argument("--cdm", metavar="DIR", help="write a conjunction data message (CCSDS 508.0) for each passing")
    screen.add_argument("--replace", action="store_true", help="write into a folder that holds files")
