"""What ``fakel eva`` takes on the command line: a kind, and its options from an add function of its own."""

from __future__ import annotations

from typing import Any

from fakel.cli.eva_paper_options import add_adrift
from fakel.cli.eva_plan_options import add_plan


def add_eva(commands: Any) -> None:
    eva = commands.add_parser("eva", help="spacewalks: plan, suits, decompression, margins")
    kinds = eva.add_subparsers(title="what to look at", dest="kind", metavar="KIND", required=True)
    for add in (add_plan, _add_suits, _add_decompression, add_adrift):
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


def _add_decompression(kinds: Any) -> None:
    air = kinds.add_parser("decompression", help="pre-breathe, tissue ratio and the airlock's gas: a planning aid, not "
                                                 "medical advice")
    air.add_argument("protocol", nargs="?", default="orlan-30", metavar="PROTOCOL",
                     help="a protocol by its id, or your own FILE.toml (default: orlan-30; also emu-4h, campout, "
                          "cevis, isle)")
    air.add_argument("--oxygen", type=float, metavar="MIN", help="minutes of oxygen instead of the protocol's")
    air.add_argument("--break", dest="breaks", metavar="AT:MIN", action="append", default=[],
                     help="cabin air for MIN minutes, AT minutes after the begin; may be given again")
    air.add_argument("--suit", metavar="SUIT", help="a suit by its id or FILE.toml (default: the protocol's)")
    air.add_argument("--airlock", metavar="ID", help="an airlock by its id or FILE.toml: pirs, poisk, quest (default: "
                                                     "pirs for Orlan, quest for the EMU)")
    air.add_argument("--vent", type=float, metavar="MIN", help="minutes of venting instead of the airlock's")
    air.add_argument("--json", action="store_true", help="print one JSON object")
