"""Options of ``fakel eva adrift``, ``export``, ``import``, ``shots`` and ``way``."""

from __future__ import annotations

from typing import Any


def add_adrift(kinds: Any) -> None:
    adrift = kinds.add_parser("adrift", help="where a thing goes that is let go outside, for a day")
    adrift.add_argument("folder", metavar="FLIGHT", help="a folder that fakel fly wrote, with a spacewalk")
    adrift.add_argument("--item", metavar="ID", default="torch", help="which thing (default: torch)")
    adrift.add_argument("--at", metavar="UTC", help="when it is let go (default: its first hand-over outside)")
    adrift.add_argument("--speeds", metavar="M_S", default="0.05,0.2,0.5,1",
                        help="of the throw, with commas (default: %(default)s)")
    adrift.add_argument("--hours", type=float, metavar="H", default=24.0,
                        help="followed so long (default: %(default)g)")
    adrift.add_argument("--json", action="store_true", help="print one JSON object")


def add_export(kinds: Any) -> None:
    out = kinds.add_parser("export", help="a walk's timeline as a page to print, Maestro YAML, CSV, calendar")
    out.add_argument("source", metavar="FLIGHT|WALK", help="a folder that fakel fly wrote, or a mission file")
    out.add_argument("--html", metavar="FILE", help="summary timeline and procedure, one page that prints on A4")
    out.add_argument("--docx", metavar="FILE", help="the same as a Word document (needs fakel[eva])")
    out.add_argument("--yaml", metavar="DIR", help="a procedure in Maestro's YAML (needs fakel[eva])")
    out.add_argument("--like", metavar="DIR",
                     help="with --yaml, --html or --docx: this procedure, with the timeline's times")
    out.add_argument("--csv", metavar="FILE", help="the timeline as a table that may be edited and imported again")
    out.add_argument("--ics", metavar="FILE", help="the timeline as a calendar")
    out.add_argument("--replace", action="store_true", help="overwrite the files")


def add_import(kinds: Any) -> None:
    into = kinds.add_parser("import", help="a mission file from a Maestro procedure or an edited table")
    into.add_argument("source", metavar="DIR|FILE.csv", help="a folder with procedures/ and tasks/, or a table")
    into.add_argument("--into", metavar="MISSION", default="torch-walk",
                      help="the mission whose walk gets the tasks (default: torch-walk)")
    into.add_argument("--out", metavar="FILE.toml", required=True, help="the mission file to write")
    into.add_argument("--procedure", metavar="NAME", default="", help="which one, where the folder holds several")
    into.add_argument("--crew", metavar="EV1=ID", action="append", default=[],
                      help="who an actor is (default: EV1, EV2 are the walkers in order); may be given again")


def add_way(kinds: Any) -> None:
    way = kinds.add_parser("way", help="along the handrails from one place to another, hook by hook")
    way.add_argument("places", nargs="*", metavar="PLACE",
                     help="worksites, hatches or handrails: none or one lists the places from there, two are the ends, "
                          "more are each handrail gone by")
    way.add_argument("--safest", action="store_true", help="keep as far from keep-outs as can be, then be short")
    way.add_argument("--station", metavar="ID", default="iss-2013-11",
                     help="whose handrails (default: %(default)s)")
    way.add_argument("--suit", metavar="ID", default="orlan-mk", help="whose tethers (default: orlan-mk)")
    way.add_argument("--plot", "--svg", dest="svg", metavar="FILE.svg",
                     help="draw the way on the station, from starboard and from above")
    way.add_argument("--replace", action="store_true", help="overwrite the picture")
    way.add_argument("--json", action="store_true", help="print one JSON object")


def add_shots(kinds: Any) -> None:
    shots = kinds.add_parser("shots", help="moments for photographs and television: who films what, and when")
    shots.add_argument("source", metavar="MISSION|FLIGHT", help="a mission, which is flown up to its walk, or a folder "
                                                                "that fakel fly wrote")
    shots.add_argument("--json", action="store_true", help="print one JSON object")
    shots.add_argument("--csv", metavar="FILE", help="the list as a table")
    shots.add_argument("--ics", metavar="FILE", help="the list as a calendar, a reminder a minute before each")
    shots.add_argument("--replace", action="store_true", help="overwrite the files")
