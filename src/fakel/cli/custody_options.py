"""What ``fakel where``, ``inventory`` and ``ledger`` take on the command line."""

from __future__ import annotations

from typing import Any

AT = "UTC instant, such as 2014-05-28T19:58; a bare 19:58 means that time on every day of the flight"


def add_custody(commands: Any) -> None:
    where = commands.add_parser("where", help="who had an item, and where: \"where was the torch at 15 o'clock?\"")
    where.add_argument("folder", metavar="FLIGHT", help="a folder that fakel fly wrote")
    where.add_argument("item", metavar="ITEM", help="the item's name in the mission file")
    where.add_argument("--at", metavar="TIME", help=f"{AT} (default: everywhere it was)")
    where.add_argument("--json", action="store_true", help="print JSON")
    have = commands.add_parser("inventory", help="what is where at an instant, craft by craft")
    have.add_argument("folder", metavar="FLIGHT", help="a folder that fakel fly wrote")
    have.add_argument("--at", metavar="TIME", help=f"{AT.split(';')[0]} (default: the end of the flight)")
    have.add_argument("--craft", metavar="CRAFT", help="of one craft only: a ship's id, station, or earth")
    have.add_argument("--csv", metavar="FILE", help="write it as a cargo list, which a mission may read")
    have.add_argument("--replace", action="store_true", help="overwrite the file")
    have.add_argument("--json", action="store_true", help="print JSON")
    ledger = commands.add_parser("ledger", help="every change of hands of a flight, entry chained to entry")
    ledger.add_argument("folder", metavar="FLIGHT", help="a folder that fakel fly wrote")
    ledger.add_argument("--csv", metavar="FILE", help="write it as CSV, with its hashes")
    ledger.add_argument("--verify", metavar="FILE", help="compare a CSV from elsewhere with the flight's ledger")
    ledger.add_argument("--replace", action="store_true", help="overwrite the file")
    ledger.add_argument("--json", action="store_true", help="print JSON")
