"""Options of ``fakel ascent``."""

from __future__ import annotations

import argparse
from typing import Any

_EXAMPLES = """\
examples:
  fakel ascent sochi-torch --plot climb.svg --map ground.svg       the launch of a mission
  fakel ascent --vehicle falcon-9 --spacecraft crew-dragon --pad ksc-39a --inclination 51.64
  fakel ascent --vehicle soyuz-fg --engine-out third:350           an engine lost, and how the crew comes down
  fakel ascent --vehicle soyuz-fg --tle iss.tle --date 2013-11-07   liftoff planned to a station
  fakel ascent --vehicle soyuz-fg --runs 1000 --seed 1 --csv runs.csv    a thousand climbs, each a little otherwise
"""


def add_ascent(commands: Any) -> None:
    out = commands.add_parser("ascent", help="a guided climb from the pad to orbit, one or a thousand",
                              epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    out.add_argument("mission", nargs="?", metavar="MISSION",
                     help="a mission file, or the name of a shipped mission, that begins with a launch")
    for name, default, what in (("vehicle", "soyuz-fg", "launcher"), ("spacecraft", "soyuz-ms", "spacecraft"),
                                ("pad", "baikonur-1-5", "pad")):
        out.add_argument(f"--{name}", metavar="ID", default=default,
                         help=f"a {what} by its id, or your own FILE.toml (default: {default})")
    out.add_argument("--liftoff", metavar="UTC", help="the instant (default: none, or planned, with --date)")
    out.add_argument("--date", metavar="DAY", help="UTC day for which the liftoff to a station is planned")
    station = out.add_mutually_exclusive_group()
    station.add_argument("--tle", metavar="FILE", help="the station's element set: the plane, with --liftoff or --date")
    station.add_argument("--oem", metavar="FILE", help="the station's ephemeris, likewise")
    station.add_argument("--inclination", type=float, metavar="DEG", default=51.64,
                         help="of the orbit of a launcher that steers into a plane (default: 51.64)")
    out.add_argument("--profile", metavar="ID", default="soyuz-four-orbit",
                     help="with --tle or --oem: the way to the station (default: soyuz-four-orbit)")
    out.add_argument("--mass", type=float, metavar="KG", help="of the ship (default: its file's)")
    out.add_argument("--propellant", type=float, metavar="KG", help="in the ship (default: its file's)")
    out.add_argument("--wind", metavar="FILE.csv", help="what blows: height_m,east_m_s,north_m_s or "
                     "height_m,from_deg,speed_m_s")
    out.add_argument("--engine-out", metavar="STAGE:SECOND[:N]", help="N engines of a stage (default 1) stop then")
    out.add_argument("--anyway", action="store_true", help="fly a ship that is too heavy, to its abort")
    out.add_argument("--runs", type=int, metavar="N", help="fly N climbs with errors of launcher and wind")
    out.add_argument("--dispersions", metavar="ID", default="rockets",
                     help="with --runs: errors by id of data/dispersions/ascent, or FILE.toml (default: rockets)")
    out.add_argument("--seed", type=int, metavar="S", default=1, help="with --runs: of the campaign (default: 1)")
    out.add_argument("--jobs", type=int, metavar="J", default=2, help="with --runs: at once (default: 2)")
    out.add_argument("--json", action="store_true", help="print one JSON object")
    out.add_argument("--csv", metavar="FILE", help="write the curves, or with --runs one row a run")
    out.add_argument("--plot", metavar="FILE.svg", default="", help="draw the curves, or the runs (.svg or .png)")
    out.add_argument("--map", metavar="FILE.svg", default="", help="draw track and impact points (.svg or .png)")
    out.add_argument("--out", metavar="DIR", help="write ascent.json, ascent.csv, ascent.svg and map.svg into a folder")
    out.add_argument("--replace", action="store_true", help="overwrite the files")
    out.add_argument("--quiet", action="store_true", help="no progress display")
