"""What ``fakel rules`` takes on the command line."""

from __future__ import annotations

from typing import Any


def add_rules(commands: Any) -> None:
    rules = commands.add_parser("rules", help="list the flight rules, or write a page for each")
    rules.add_argument("--rules", metavar="PATH", action="append", default=[],
                       help="rules of your own, a file or a folder (see docs/rules.md)")
    rules.add_argument("--out", metavar="DIR", help="write a page of Markdown for each rule there, and README.md")
    rules.add_argument("--flight", metavar="DIR", action="append", default=[],
                       help="with --out: flights for the examples; where none breaks a rule, one is changed to do so")
    rules.add_argument("--json", action="store_true", help="print the rules as JSON")
