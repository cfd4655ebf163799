"""Options of ``fakel land``."""

from __future__ import annotations

from typing import Any


def add_land(commands: Any) -> None:
    land = commands.add_parser("land", help="when to brake to come down in a landing zone: days or months ahead")
    given = land.add_mutually_exclusive_group(required=True)
    given.add_argument("--tle", metavar="FILE", help="two-line element sets, or OMM (JSON, XML, KVN, CSV)")
    given.add_argument("--oem", metavar="FILE", help="orbit ephemeris message; its planned burns are in it")
    land.add_argument("--spacecraft", metavar="ID", default="soyuz-tma-m",
                      help="a vehicle by its id, or your own FILE.toml (default: soyuz-tma-m)")
    land.add_argument("--zone", metavar="ZONE", action="append", default=[],
                      help="a shipped zone's id, 'all', LAT,LON[,HEIGHT_M], or your FILE.csv or FILE.toml; may be "
                           "given again (default: zhezkazgan)")
    land.add_argument("--from", dest="start", metavar="UTC", required=True, help="no burn begins before")
    land.add_argument("--to", dest="stop", metavar="UTC", required=True, help="no landing comes later")
    land.add_argument("--dv", type=float, metavar="M_S", help="delta-v of the burn (default: the vehicle's own table)")
    land.add_argument("--mass", type=float, metavar="KG", help="of the ship as it brakes (default: as usual)")
    land.add_argument("--propellant", type=float, metavar="KG", help="left in its tanks (default: as usual)")
    land.add_argument("--reserve", type=float, metavar="KG", help="that no burn may take (default: the vehicle's)")
    land.add_argument("--max-age", type=float, metavar="DAYS", default=45.0,
                      help="refuse windows that reach farther from their element set (default: 45)")
    land.add_argument("--daylight", action="store_true", help="only landings with the Sun above the horizon")
    land.add_argument("--sensitivities", action="store_true",
                      help="also how the first landing moves with burn, orbit, ship, capsule and air")
    land.add_argument("--runs", type=int, metavar="N",
                      help="fly the first landing N times, each a little otherwise: where the crew comes down")
    land.add_argument("--seed", type=int, metavar="N", default=1,
                      help="with --runs: of its random numbers (default: 1)")
    land.add_argument("--dispersions", metavar="ID", default="soyuz-return",
                      help="with --runs: how much they differ, a file of data/dispersions (default: soyuz-return)")
    land.add_argument("--json", action="store_true", help="print a list of landings")
    land.add_argument("--csv", metavar="FILE", help="write them as CSV")
    land.add_argument("--ics", metavar="FILE", help="write them as a calendar")
    land.add_argument("--plot", metavar="FILE", help="draw a calendar, .svg or .png; with --runs a map")
    land.add_argument("--replace", action="store_true", help="overwrite the files")
    land.add_argument("--quiet", action="store_true", help="no progress display")
