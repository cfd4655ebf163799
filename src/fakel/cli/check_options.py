"""What ``fakel check`` takes on the command line."""

from __future__ import annotations

from typing import Any


def add_check(commands: Any) -> None:
    check = commands.add_parser("check", help="judge flight folders by the flight rules")
    check.add_argument("folder", nargs="+", metavar="FLIGHT",
                       help="a folder that fakel fly wrote; several, or a folder of such, are told in shares of runs")
    check.add_argument("--rules", metavar="PATH", action="append", default=[],
                       help="rules of your own, a file or a folder (see docs/rules.md)")
    check.add_argument("--rule", metavar="ID", action="append", default=[],
                       help="one rule with its evidence: text, formula, limit, source, instant, signal, spans broken")
    check.add_argument("--json", action="store_true", help="print the verdicts as JSON")
