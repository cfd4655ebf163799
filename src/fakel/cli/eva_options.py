"""What ``fakel eva`` takes on the command line: a kind, and its options from an add function of its own."""

from __future__ import annotations

from typing import Any

from fakel.cli.eva_paper_options import add_adrift, add_export, add_import, add_shots, add_way
from fakel.cli.eva_plan_options import add_plan


def add_eva(commands: Any) -> None:
    eva = commands.add_parser("eva", help="spacewalks: plan, suits, decompression, margins")
    kinds = eva.add_subparsers(title="what to look at", dest="kind", metavar="KIND", required=True)
    for add in (add_plan, _add_suits, _add_decompression, _add_margins, add_adrift, add_export, add_import, add_shots,
                add_way):
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


def _add_margins(kinds: Any) -> None:
    wrong = kinds.add_parser("margins", help="when it goes wrong: does everybody make it, at every minute of a walk")
    wrong.add_argument("flight", nargs="?", metavar="FLIGHT", help="a folder that fakel fly wrote")
    wrong.add_argument("--suit", metavar="SUIT", help="instead: two people in this suit, without a plan")
    wrong.add_argument("--minutes", type=float, metavar="MIN", default=360.0,
                       help="with --suit: outside (default: 360)")
    wrong.add_argument("--watts", type=float, metavar="W", default=233.0, help="with --suit: effort (default: 233)")
    wrong.add_argument("--way", metavar="MIN[,MIN]", default="5", help="with --suit: way to the hatch (default: 5)")
    wrong.add_argument("--repress", type=float, metavar="MIN", default=10.0,
                       help="with --suit: until the airlock's air may be breathed (default: 10)")
    wrong.add_argument("--case", metavar="NAMES", default="",
                       help="with commas: terminate, abort, carried, leak, absorber, fan, cooling, water, silence, "
                            "stuck, item (default: all)")
    wrong.add_argument("--set", metavar="NAME=VALUE", dest="settings", action="append", default=[],
                       help="what is supposed, such as react_min=23, leak_kg_h=2, water_l_h=1.5; may be given again")
    wrong.add_argument("--suit-set", metavar="NAME=VALUE", dest="suit_settings", action="append", default=[],
                       help="a number of the suits, such as helmet_water_limit_l=1.5; may be given again")
    wrong.add_argument("--at", type=float, metavar="MIN", help="tell that minute too")
    wrong.add_argument("--json", action="store_true", help="print one JSON object, with all curves")
    wrong.add_argument("--plot", metavar="FILE.svg", help="draw the margin curves")
    wrong.add_argument("--replace", action="store_true", help="overwrite the picture")
