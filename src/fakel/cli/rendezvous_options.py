"""What ``fakel rendezvous`` takes on the command line: a kind, and its options from an add function of its own."""

from __future__ import annotations

from typing import Any

from fakel.cli.rendezvous_disperse_options import add_disperse
from fakel.cli.rendezvous_move_options import add_move
from fakel.cli.rendezvous_safety_options import add_safety, add_screen


def add_rendezvous(commands: Any) -> None:
    rendezvous = commands.add_parser("rendezvous", help="the way to a station: profiles, plan, errors, safety")
    kinds = rendezvous.add_subparsers(title="what to look at", dest="kind", metavar="KIND", required=True)
    for add in (_add_profiles, add_move, add_disperse, add_safety, add_screen):
        add(kinds)


def _add_profiles(kinds: Any) -> None:
    profiles = kinds.add_parser("profiles", help="the profiles that ship: burns, slots, windows, what follows a miss")
    profiles.add_argument("profile", nargs="?", metavar="PROFILE",
                          help="one profile by its id, or your own FILE.toml (default: a line for each)")
    profiles.add_argument("--json", action="store_true", help="print one JSON object")
