"""Options of ``fakel coverage``."""

from __future__ import annotations

from typing import Any


def add_coverage(commands: Any) -> None:
    reach = commands.add_parser("coverage", help="which ground stations and relays a craft reaches, and when")
    given = reach.add_mutually_exclusive_group(required=True)
    given.add_argument("--tle", metavar="FILE", help="two-line element sets, or OMM (JSON, XML, KVN, CSV)")
    given.add_argument("--oem", metavar="FILE", help="orbit ephemeris message")
    given.add_argument("--flight", metavar="DIR", help="a folder that fakel fly wrote")
    reach.add_argument("--craft", metavar="ID", default="station", help="with --flight: which craft (default: station)")
    reach.add_argument("--network", metavar="ID", default="iss-2013",
                       help="a network by its id, or your own FILE.toml (default: iss-2013)")
    reach.add_argument("--from", dest="start", metavar="UTC", help="begin (default: of the file, or the set's epoch)")
    reach.add_argument("--to", dest="stop", metavar="UTC", help="end (default: of the file, or a day later)")
    reach.add_argument("--max-age", type=float, metavar="DAYS", default=30.0,
                       help="refuse windows that reach farther from their element set (default: 30)")
    reach.add_argument("--only", metavar="IDS", default="", help="only these stations and relays, with commas between")
    reach.add_argument("--mask", type=float, metavar="DEG", help="one lowest elevation for all ground stations")
    reach.add_argument("--antennas", metavar="ID", default="",
                       help="antennas of the craft, so that its own structure counts: an id or your own FILE.toml")
    reach.add_argument("--with", dest="other", metavar="ID", default="", help="with --flight: another craft in reach")
    reach.add_argument("--range-km", "--range", dest="range", type=float, metavar="KM",
                       help="with --with: how far it reaches (default: no limit)")
    reach.add_argument("--rule", choices=("fewest", "highest"), metavar="RULE", default="fewest",
                       help="hand-over by fewest changes (default) or highest elevation")
    reach.add_argument("--overlap", type=float, metavar="S", default=0.0,
                       help="make before break: both up for so many seconds (default: 0)")
    reach.add_argument("--carrier", type=float, metavar="MHZ", help="also tell the Doppler shift of this carrier")
    reach.add_argument("--shadow", choices=("umbra", "penumbra", "centre", "cylinder"), metavar="SHADOW",
                       default="umbra", help="dark is: umbra (default), penumbra, centre, cylinder (docs/coverage.md)")
    reach.add_argument("--step", type=float, metavar="S", default=10.0,
                       help="seconds between samples along a pass (default: 10)")
    reach.add_argument("--all", action="store_true", help="list the stretches with relays and craft too")
    reach.add_argument("--json", action="store_true", help="print one JSON object")
    reach.add_argument("--csv", metavar="FILE", nargs="?", const="-",
                       help="write the passes as CSV (no FILE: print it)")
    reach.add_argument("--ics", metavar="FILE", help="write the ground passes as a calendar")
    reach.add_argument("--plot", metavar="FILE.svg", help="draw a timeline")
    reach.add_argument("--out", metavar="DIR",
                       help="write all of these into a folder, and the sampled geometry; with an ending (.json, .csv, "
                            ".svg, .ics) that file alone")
    reach.add_argument("--replace", action="store_true", help="overwrite the files")
