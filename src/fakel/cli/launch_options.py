"""What ``fakel launch`` takes on the command line: a kind, and the launch that is looked at."""

from __future__ import annotations

from typing import Any


def add_launch_day(commands: Any) -> None:
    launch = commands.add_parser("launch", help="one launch refined: slip by seconds, recycle by days, cut-outs")
    kinds = launch.add_subparsers(title="what to look at", dest="kind", metavar="KIND", required=True)
    _add_slip(kinds)
    _add_recycle(kinds)
    _add_cutouts(kinds)


def _add_slip(kinds: Any) -> None:
    slip = kinds.add_parser("slip", help="what a liftoff costs that is late or early by seconds, and where the window "
                            "ends")
    _add_launch(slip)
    _add_seconds(slip, 60.0, 10.0)
    _add_output(slip, "draw cost, phase and window over the slip")


def _add_recycle(kinds: Any) -> None:
    again = kinds.add_parser("recycle", help="on which of the next days it may go, by which profile, or why not")
    _add_launch(again)
    again.add_argument("--days", type=int, default=10, metavar="N", help="so many days more (default: %(default)s)")
    again.add_argument("--crew-day", default="06:00-21:30", metavar="HH:MM-HH:MM",
                       help="when the station's crew is awake, UTC (default: %(default)s)")
    again.add_argument("--light", choices=("any", "day"), default="any", metavar="LIGHT",
                       help="day: only with the Sun over the pad, and on the station at contact (default: any)")
    _add_output(again, "draw the tries, a row a day")
    again.add_argument("--ics", metavar="FILE", help="write the open ones as a calendar")


def _add_cutouts(kinds: Any) -> None:
    cut = kinds.add_parser("cutouts", help="seconds of the window that objects of a catalogue cut out")
    _add_launch(cut)
    cut.add_argument("--catalogue", action="append", default=[], metavar="FILE",
                     help="two- or three-line sets or OMM, gzip too; may be given again")
    _add_seconds(cut, 300.0, 1.0)
    cut.add_argument("--orbits", type=float, default=4.0, metavar="N", help="of the ship (default: %(default)g)")
    cut.add_argument("--burns", action="store_true", help="the ship flies its planned burns (default: it coasts)")
    for kind, told in (("crewed", "crewed objects"), ("active", "objects that are no debris"), ("debris", "debris")):
        cut.add_argument(f"--{kind}-km", type=float, metavar="KM",
                         help=f"cut out what comes nearer to {told} (default: data/keepouts/launch.toml)")
    cut.add_argument("--near-km", type=float, default=50.0, metavar="KM",
                     help="tell each second's nearest object up to there (default: %(default)g)")
    cut.add_argument("--ignore", default="", metavar="NUMBERS", help="catalogue numbers to leave out, with commas; the "
                     "station is left out anyway")
    cut.add_argument("--catalogue-days", type=float, default=10.0, metavar="DAYS",
                     help="refuse a catalogue whose sets are so old, most of them (default: %(default)g)")
    _add_output(cut, "draw the window as a strip, and the nearest object of each second")
    cut.add_argument("--ics", metavar="FILE", help="write the cut-outs as a calendar")


def _add_launch(command: Any) -> None:
    command.add_argument("mission", nargs="?", metavar="MISSION",
                         help="a mission file, or the name of a shipped mission, that begins with a launch")
    command.add_argument("--tle", metavar="FILE", help="without a mission: element sets of the station, TLE or OMM")
    command.add_argument("--oem", metavar="FILE", help="or an orbit ephemeris of it, such as NASA's")
    command.add_argument("--date", default="", metavar="DATE", help="UTC date of the launch; its liftoff is found")
    command.add_argument("--liftoff", default="", metavar="UTC", help="nominal liftoff, instead of --date")
    command.add_argument("--pad", default="baikonur-1-5", metavar="ID", help="launch pad (default: %(default)s)")
    command.add_argument("--vehicle", default="", metavar="ID", help="rocket (default: the Soyuz in service then)")
    command.add_argument("--spacecraft", default="", metavar="ID", help="what it carries (default: the profile's)")
    command.add_argument("--profile", default="", metavar="ID",
                         help="orbits to docking (1, 2, 4, 34), an id or FILE.toml (default: the shortest that can)")
    command.add_argument("--mass", type=float, metavar="KG", help="of the spacecraft (default: its own)")
    command.add_argument("--propellant", type=float, metavar="KG", help="aboard it (default: its own)")
    command.add_argument("--station", default="iss-2013-11", metavar="ID", help="ports, mass and drag (default: "
                         "%(default)s)")
    command.add_argument("--port", default="rassvet-nadir", metavar="ID", help="docking port (default: %(default)s)")
    command.add_argument("--max-age", type=float, default=30.0, metavar="DAYS",
                         help="refuse what is known of the station when it is so old (default: %(default)g)")


def _add_seconds(command: Any, reach_s: float, step_s: float) -> None:
    command.add_argument("--early", type=float, default=reach_s, metavar="S", help="first (default: %(default)g)")
    command.add_argument("--late", type=float, default=reach_s, metavar="S", help="last (default: %(default)g)")
    command.add_argument("--step", type=float, default=step_s, metavar="S", help="between them (default: %(default)g)")


def _add_output(command: Any, picture: str) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--csv", metavar="FILE", help="write the rows as CSV")
    command.add_argument("--plot", default="", metavar="FILE.svg|png", help=picture)
    command.add_argument("--replace", action="store_true", help="overwrite the files")
    command.add_argument("--quiet", action="store_true", help="no progress display")
