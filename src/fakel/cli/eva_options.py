"""What ``fakel eva`` takes on the command line: a kind, and its options from an add function of its own."""

from __future__ import annotations

from typing import Any


def add_eva(commands: Any) -> None:
    eva = commands.add_parser("eva", help="spacewalks: suits, decompression, margins")
    kinds = eva.add_subparsers(title="what to look at", dest="kind", metavar="KIND", required=True)
    for add in (_add_suits,):
        add(kinds)


def _add_suits(kinds: Any) -> None:
    suits = kinds.add_parser("suits", help="how long a suit lasts at an effort, and how sure that is")
    suits.add_argument("suit", nargs="?", default="orlan-mk", metavar="SUIT",
                       help="a suit by its id, or your own FILE.toml (default: orlan-mk)")
    suits.add_argument("--activity", metavar="NAME", default="design",
                       help="effort by its name in data/activities (default: design, 372 W)")
    suits.add_argument("--watts", type=float, metavar="W", help="effort in watts instead")
    suits.add_argument("--lit", type=float, metavar="PERCENT", default=60.0, help="time in sunlight (default: 60)")
    suits.add_argument("--leak", type=float, metavar="KG_H", default=0.0, help="a leak on top of the suit's own")
    suits.add_argument("--set", metavar="NAME=VALUE", dest="settings", action="append", default=[],
                       help="a number of the suit's file, such as leak_g_h=10; may be given again")
    suits.add_argument("--json", action="store_true", help="print one JSON object, minute by minute too")
