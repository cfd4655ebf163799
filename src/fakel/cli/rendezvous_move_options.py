"""What ``fakel rendezvous move`` takes on the command line."""

from __future__ import annotations

from typing import Any

MOVES = ("hop", "straight", "glideslope", "football", "coelliptic", "flyaround", "hold")

_PLACE = ("'1 km behind', '500 m above, 200 m ahead', 'rtn 0 -1000 0', 'lvlh -1000 0 0' (m), or 'rassvet-nadir 200 m' "
          "(out from a port)")


def add_move(kinds: Any) -> None:
    move = kinds.add_parser("move", help="a move beside a station: impulses, path, and what the full model makes of it")
    move.add_argument("--from", dest="origin", metavar="PLACE", required=True, help=f"where the ship is: {_PLACE}")
    move.add_argument("--to", metavar="PLACE", help="where it goes, said the same way (football: about which place; "
                                                    "hold needs none)")
    move.add_argument("--by", choices=MOVES, default="hop", help="how (default: hop, one impulse at each end)")
    move.add_argument("--legs", type=int, metavar="N", help="equal legs (default: hop 1, straight 8, glideslope 12, "
                                                            "fly-around 10, hold one a minute, others 4)")
    move.add_argument("--duration", metavar="TIME", help="such as 2h, 45min, 600s, 0.5rev (default: half a revolution, "
                                                         "for each leg of a hop; football and hold a whole one)")
    move.add_argument("--rate", metavar="'R T N'", help="the ship's rate before, m/s in RTN (default: at rest)")
    move.add_argument("--arrive", type=float, metavar="M_S", default=0.1, help="glideslope: rate at its end (0.1)")
    orbit = move.add_argument_group("the station's orbit, one of")
    orbit.add_argument("--altitude-km", type=float, metavar="KM", help="mean height over 6378 km (default: 420)")
    orbit.add_argument("--tle", metavar="FILE", help="an element set")
    orbit.add_argument("--oem", metavar="FILE", help="an ephemeris")
    orbit.add_argument("--eccentricity", type=float, metavar="E", default=0.0, help="with --altitude-km (0)")
    orbit.add_argument("--inclination-deg", type=float, metavar="DEG", default=51.6, help="with --altitude-km (51.6)")
    orbit.add_argument("--anomaly-deg", type=float, metavar="DEG", default=0.0,
                       help="with --altitude-km: true anomaly at the begin (0)")
    move.add_argument("--at", metavar="UTC", help="when (default: the element set's or ephemeris' own begin)")
    move.add_argument("--model", choices=("auto", "cw", "ya", "j2"), default="auto",
                      help="plan by Clohessy-Wiltshire, Yamanaka-Ankersen or relative elements under J2 (auto: the "
                           "simplest that holds there)")
    move.add_argument("--gravity", choices=("full", "j2", "point"), default="full", help="of what is flown (full)")
    move.add_argument("--ship-drag", type=float, metavar="M2_KG",
                      help="Cd A/m of the ship, with --tle or --oem (default: the station's own, so that air parts "
                           "nothing)")
    move.add_argument("--station", metavar="ID", default="iss-2013-11", help="whose ports are named (iss-2013-11)")
    move.add_argument("--json", action="store_true", help="print one JSON object, with all paths")
    move.add_argument("--plot", default="", metavar="FILE.svg|png", help="draw it in two planes of LVLH")
    move.add_argument("--replace", action="store_true", help="overwrite the picture")
