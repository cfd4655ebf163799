"""What ``fakel rendezvous safety`` and ``screen`` take on the command line."""

from __future__ import annotations

from typing import Any


def add_safety(kinds: Any) -> None:
    safety = kinds.add_parser("safety", help="passive safety: every burn missed, half done or the last; "
                                              "aborts; exhaust")
    safety.add_argument("flight", metavar="FLIGHT|MISSION", help="a folder that fakel fly wrote, or a mission to fly")
    safety.add_argument("--json", action="store_true", help="print one JSON object, with all tables")
    safety.add_argument("--plot", metavar="FILE.svg", help="draw the drifts")
    safety.add_argument("--html", metavar="FILE.html", help="picture and tables as one page")
    safety.add_argument("--replace", action="store_true", help="overwrite picture and page")
