"""Options of ``fakel eva adrift``, ``export`` and ``import``."""

from __future__ import annotations

from typing import Any


def add_adrift(kinds: Any) -> None:
    adrift = kinds.add_parser("adrift", help="where a thing goes that is let go outside, for a day")
    adrift.add_argument("folder", help="a folder that fakel fly wrote, with a spacewalk")
    adrift.add_argument("--item", metavar="ID", default="torch", help="which thing (default: torch)")
    adrift.add_argument("--at", metavar="UTC", help="when it is let go (default: its first hand-over outside)")
    adrift.add_argument("--speeds", metavar="M_S", default="0.05,0.2,0.5,1", help="with commas (default: %(default)s)")
    adrift.add_argument("--hours", type=float, metavar="H", default=24.0, help="so long (default: 24)")
    adrift.add_argument("--json", action="store_true", help="print one JSON object")
