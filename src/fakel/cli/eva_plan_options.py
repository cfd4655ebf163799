"""What ``fakel eva plan`` takes on the command line, with its help."""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLES = """\
examples:
  fakel eva plan sochi-torch                                  the walk over the mission's own orbit
  fakel eva plan sochi-torch --tle iss.tle --trades 8 --whole   what other hatch openings would bring
  fakel eva plan sochi-torch --out planned.toml               the mission with the walk filled in; fakel fly flies it
  fakel eva plan sochi-torch --was planned.toml --now 188 --refuse yakor   plan on from minute 188 without a task
  fakel eva plan my-walk.toml --why                           which wishes cannot all be met

needs OR-tools: pip install 'fakel[eva]'. The same input gives the same plan, however busy the machine.
"""


def add_plan(kinds: Any) -> None:
    plan = kinds.add_parser("plan", help="who does what when, over light and links; and planning on from any minute",
                            epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    plan.add_argument("walk", metavar="WALK", help="a mission with a spacewalk, or a file that holds one alone")
    given = plan.add_mutually_exclusive_group()
    given.add_argument("--tle", metavar="FILE", help="the station's path by element sets (default: mission's start)")
    given.add_argument("--flight", metavar="DIR", help="the station's path as a flight flew it")
    plan.add_argument("--hatch", metavar="UTC..UTC", help="openings that may be chosen; one instant fixes it")
    plan.add_argument("--goals", metavar="NAMES", default="show,worth,ahead,like,short",
                      help="what to aim for, in this order (default: %(default)s)")
    plan.add_argument("--pad", type=float, metavar="SIGMAS", default=0.0, help="plan each task so much longer")
    plan.add_argument("--trades", type=int, metavar="N", default=0, help="compare N hatch openings")
    plan.add_argument("--whole", action="store_true", help="with --trades: a whole plan for each")
    plan.add_argument("--why", action="store_true", help="name wishes that cannot all be met")
    plan.add_argument("--now", type=float, metavar="MIN", help="plan on from this minute after hatch opening")
    plan.add_argument("--was", metavar="FILE", help="with --now: the filled plan that is being flown (default: WALK)")
    plan.add_argument("--took", metavar="TASK=MIN", action="append", default=[],
                      help="with --now: how long a task really took, or will; may be given again")
    plan.add_argument("--refuse", metavar="TASK", action="append", default=[],
                      help="with --now: it is not done, or no further; may be given again")
    plan.add_argument("--left", metavar="PERSON.THING=VALUE", action="append", default=[],
                      help="with --now: what a suit holds, such as kotov.oxygen=0.6; may be given again")
    plan.add_argument("--effort", type=float, metavar="FACTOR", default=1.0,
                      help="longer or shorter search (default: 1)")
    plan.add_argument("--seed", type=int, metavar="N", default=1, help="of the search (default: 1)")
    plan.add_argument("--json", action="store_true", help="print one JSON object")
    plan.add_argument("--out", metavar="FILE", help="write the mission file with the walk filled in")
    plan.add_argument("--csv", metavar="FILE", help="write the timeline")
    plan.add_argument("--replace", action="store_true", help="overwrite the CSV")
