"""Options of ``fakel sightings``."""

from __future__ import annotations

from typing import Any


def add_sightings(commands: Any) -> None:
    see = commands.add_parser("sightings", help="who can see the station, and when")
    given = see.add_mutually_exclusive_group(required=True)
    given.add_argument("--tle", metavar="FILE", help="two-line element sets, or OMM (JSON, XML, KVN, CSV)")
    given.add_argument("--oem", metavar="FILE", help="orbit ephemeris message; its planned burns are in it")
    given.add_argument("--flight", metavar="DIR", help="a flown mission: station, ships, climb and entry")
    see.add_argument("--place", metavar="PLACE", action="append", default=[],
                     help="LAT,LON[,ALT_M] (degrees north and east, metres) or a name; may be given again")
    see.add_argument("--places", metavar="FILE.csv", help="a table with latitude, longitude, name, height_m, time_zone")
    see.add_argument("--from", dest="start", metavar="UTC", help="begin (default: the ephemeris', or the set's epoch)")
    see.add_argument("--to", dest="stop", metavar="UTC", help="end (default: of the ephemeris, or ten days later)")
    see.add_argument("--rules", metavar="NAME", default="nasa", choices=("nasa", "eye", "all"),
                     help="nasa: in sunlight, Sun 6 deg down throughout (default); eye: cut, not dropped, where "
                          "twilight comes in; all: every pass")
    see.add_argument("--min-elevation", type=float, metavar="DEG", help="lowest elevation (default: 10)")
    see.add_argument("--refraction", action="store_true", help="elevations as an eye sees them, lifted by the air")
    see.add_argument("--magnitude", type=float, metavar="MAG",
                     help="of the craft at 1000 km, half lit (default: -1.8, the station)")
    see.add_argument("--reboost", metavar="UTC,M_S", action="append", default=[],
                     help="with --tle: a burn that the set does not know, along the motion; may be given again")
    see.add_argument("--plan", metavar="FILE.oem", help="with --tle: take the burns that this ephemeris announces")
    see.add_argument("--max-age", type=float, metavar="DAYS", default=30.0,
                     help="refuse windows that reach farther from their element set (default: 30)")
    see.add_argument("--transits", action="store_true", help="list transits across Sun and Moon instead")
    see.add_argument("--within-km", type=float, metavar="KM", default=0.0,
                     help="with --transits: also those whose middle line runs so near (default: 0)")
    see.add_argument("--time-zone", metavar="ZONE", help="such as Europe/Moscow (default: the place's own)")
    see.add_argument("--language", choices=("en", "ru"), metavar="LANGUAGE", default="en", help="en (default) or ru")
    see.add_argument("--json", action="store_true", help="print a list of sightings")
    see.add_argument("--csv", metavar="FILE", help="write them as CSV")
    see.add_argument("--ics", metavar="FILE", help="write them as a calendar")
    see.add_argument("--html", metavar="FILE", help="write a page: tables, and the sky of the brightest passes")
    see.add_argument("--chart", metavar="DIR", help="draw charts of the sky with the way of the brightest passes (SVG)")
    see.add_argument("--card", metavar="DIR", help="draw cards to share: the brightest passes and a table (SVG)")
    see.add_argument("--png", action="store_true", help="charts and cards as PNG too (needs fakel[png])")
    see.add_argument("--look", choices=("day", "night"), help="paper or dark (default: charts day, cards night)")
    see.add_argument("--most", type=int, metavar="N", default=3, help="passes to draw for each place (default: 3)")
    see.add_argument("--replace", action="store_true", help="overwrite the files")
    see.add_argument("--quiet", action="store_true", help="no progress display")
