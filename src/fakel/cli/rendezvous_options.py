"""What ``fakel rendezvous`` takes on the command line: a kind, and its options from an add function of its own."""

from __future__ import annotations

from typing import Any

from fakel.cli.rendezvous_disperse_options import add_disperse
from fakel.cli.rendezvous_move_options import add_move
from fakel.cli.rendezvous_safety_options import add_safety, add_screen


def add_rendezvous(commands: Any) -> None:
    rendezvous = commands.add_parser("rendezvous", help="the way to a station: profiles, plan, errors, safety")
    kinds = rendezvous.add_subparsers(title="what to look at", dest="kind", metavar="KIND", required=True)
    for add in (_add_profiles, _add_plan, _add_reboost, add_move, add_disperse, add_safety, add_screen):
        add(kinds)


def _add_profiles(kinds: Any) -> None:
    profiles = kinds.add_parser("profiles", help="the profiles that ship: burns, slots, windows, what follows a miss")
    profiles.add_argument("profile", nargs="?", metavar="PROFILE",
                          help="one profile by its id, or your own FILE.toml (default: a line for each)")
    profiles.add_argument("--json", action="store_true", help="print one JSON object")


def add_target(command: Any) -> None:
    """Where the station is known to be."""
    given = command.add_mutually_exclusive_group(required=True)
    given.add_argument("--tle", metavar="FILE", help="two-line element sets of the station")
    given.add_argument("--oem", metavar="FILE", help="orbit ephemeris of the station, such as NASA's")
    given.add_argument("--state", metavar="TEXT", help="its state: 'UTC FRAME X Y Z VX VY VZ' in m and m/s")
    command.add_argument("--station", metavar="ID", default="iss-2013-11",
                         help="ports, mass and drag: a file of data/stations or your own (default: %(default)s)")


def add_picture(command: Any, what: str) -> None:
    command.add_argument("--plot", default="", metavar="FILE.svg|png", help=what)
    command.add_argument("--replace", action="store_true", help="overwrite the picture")


def add_launch(command: Any) -> None:
    """When and from where a ship is launched."""
    command.add_argument("--date", default="", metavar="DATE", help="UTC date of the launch; the liftoff is found")
    command.add_argument("--pad", default="", metavar="ID", help="launch pad, such as baikonur-1-5")
    command.add_argument("--launcher", default="", metavar="ID",
                         help="rocket (default: the one in service at the date)")
    command.add_argument("--liftoff", default="", metavar="UTC",
                         help="liftoff, instead of --date; with --ship: what the profile's slots count from")


def _add_plan(kinds: Any) -> None:
    plan = kinds.add_parser("plan", help="all burns to a station's port, their delta-v, propellant and margins")
    add_target(plan)
    add_launch(plan)
    plan.add_argument("--ship", default="", metavar="TEXT",
                      help="instead of a launch: the ship's state, 'UTC FRAME X Y Z VX VY VZ' in m and m/s")
    plan.add_argument("--ahead", type=float, metavar="DEG",
                      help="instead of a launch: a ship in the station's plane, the station so far ahead, with --at")
    plan.add_argument("--height", type=float, metavar="KM", default=208.0,
                      help="with --ahead: mean height of the ship (default: %(default)g)")
    plan.add_argument("--at", default="", metavar="UTC", help="with --ahead: when")
    plan.add_argument("--profile", default="", metavar="ID",
                      help="orbits to docking (1, 2, 4, 34), an id or your own FILE.toml (default: the shortest "
                           "that can)")
    plan.add_argument("--vehicle", default="", metavar="ID", help="kind of ship (default: the profile's)")
    plan.add_argument("--mass", type=float, metavar="KG", help="mass of the ship with all its propellant")
    plan.add_argument("--propellant", type=float, metavar="KG", help="propellant aboard (default: the vehicle's)")
    plan.add_argument("--port", default="rassvet-nadir", metavar="ID", help="docking port (default: %(default)s)")
    plan.add_argument("--dock", default="", metavar="UTC", help="wished instant of contact")
    plan.add_argument("--after", default="", metavar="UTC", help="contact not before this")
    plan.add_argument("--before", default="", metavar="UTC", help="contact not after this")
    plan.add_argument("--light", default="rule", metavar="LIGHT",
                      help="the station at contact: rule (the profile's, default), day, night, any")
    plan.add_argument("--ground", default="", metavar="NETWORK",
                      help="contact in reach of a ground station of this network, such as iss-2013")
    plan.add_argument("--pushed", default="", metavar="'UTC M_S UTC'",
                      help="the station is pushed along track without a word, and when that is seen: plan again")
    plan.add_argument("--json", action="store_true", help="print one JSON object, with samples of the way")
    add_picture(plan, "draw phasing, heights, propellant and the last kilometres")


def _add_reboost(kinds: Any) -> None:
    boost = kinds.add_parser("reboost", help="the smallest push of the station that makes a launch day good")
    add_target(boost)
    add_launch(boost)
    boost.add_argument("--profile", default="4", metavar="ID",
                       help="orbits to docking (1, 2, 4, 34), an id or your own FILE.toml (default: %(default)s)")
    boost.add_argument("--from", dest="start", default="", metavar="UTC", help="push not before (default: --days)")
    boost.add_argument("--to", dest="stop", default="", metavar="UTC", help="push not after (default: a day before)")
    boost.add_argument("--days", type=float, default=14.0, metavar="D",
                       help="without --from: the station's set or state of so many days before (default: %(default)g)")
    boost.add_argument("--json", action="store_true", help="print one JSON object")
