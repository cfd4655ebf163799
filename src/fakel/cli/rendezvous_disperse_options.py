"""What ``fakel rendezvous disperse`` takes on the command line."""

from __future__ import annotations

from typing import Any


def add_disperse(kinds: Any) -> None:
    disperse = kinds.add_parser("disperse", help="fly a rendezvous many times with errors: who docks, at what price")
    disperse.add_argument("mission", metavar="MISSION",
                          help="a mission file, or the name of a shipped mission (see: fakel missions); it is flown "
                               "from its first phasing to contact")
    disperse.add_argument("--runs", type=int, default=100, metavar="N", help="how many flights (default: %(default)s)")
    disperse.add_argument("--seed", type=int, default=2013, metavar="N", help="of the random numbers (default: "
                          "%(default)s); fakel fly MISSION --dispersions ID --seed N --run K flies one of them alone")
    disperse.add_argument("--workers", type=int, default=1, metavar="W", help="processes (default: %(default)s)")
    disperse.add_argument("--dispersions", default="soyuz-2013", metavar="ID",
                          help="sigmas of insertion, tracking, radar and burns (default: %(default)s); your own: "
                               "navigation/ID.toml beside the mission")
    disperse.add_argument("--missed-share", type=float, metavar="P", help="share of burns that do not happen (default: "
                                                                          "that of the dispersions, 0)")
    disperse.add_argument("--out", metavar="DIR", help="keep each flight, the result and a picture there; a campaign "
                                                       "that was stopped goes on")
    disperse.add_argument("--plot", default="", metavar="FILE.svg|png",
                          help="draw the aim point, the price, and the covariance along the way")
    disperse.add_argument("--replace", action="store_true", help="begin anew in --out, overwrite the picture")
    disperse.add_argument("--json", action="store_true", help="print one JSON object")
    disperse.add_argument("--quiet", action="store_true", help="no progress display")
