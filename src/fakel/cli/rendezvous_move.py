"""``fakel rendezvous move``: from here to there beside a station."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from fakel.api.forces import Forces, as_epoch
from fakel.api.given import world_of
from fakel.api.relative_move import LONGEST_S, SOME_DAY, Wish, circle, later, moved, newest_of, place_of, span_of
from fakel.api.start import Start, from_elements, from_ephemeris
from fakel.cli.given import check_picture, write_picture
from fakel.cli.progress import Silent, columns, spinner
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.physics.relative_eccentric import ellipse_of
from fakel.reports import relative_move as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    check_picture(args.plot, args.replace)
    if args.to is None and args.by != "hold":
        raise InputError(f"--by {args.by} needs --to; say where it goes")
    origin = place_of(args.origin, "--from", args.station)
    goal = origin if args.to is None else place_of(args.to, "--to", args.station)
    with spinner("orbit, plan, flight in the full model (the first time: compiling)", args.json):
        start = _start(args)
        orbit = ellipse_of(np.r_[start.state.position_m, start.state.velocity_m_s])
        span_s = span_of(args.duration, orbit.rate_rad_s)
        if span_s is not None and span_s > LONGEST_S:
            raise InputError(f"--duration {args.duration} is longer than two days; a move beside a station is shorter")
        wish = Wish(args.by, origin, goal, span_s, args.legs, args.arrive, _rate(args.rate))
        epoch = start.state.epoch
        world = world_of(start.forces, epoch, epoch + LONGEST_S, orbit=start.state)
        found = moved(wish, start, world, (_ship(args.ship_drag, start.forces), start.forces), args.model)
    Silent().warned((*start.told, *told.warnings(found)))
    if args.plot:
        from fakel.reports.relative_plot import picture
        write_picture(args.plot, picture(found))
    if args.json:
        print(json.dumps(told.data(found, start.name), ensure_ascii=False))
        return 0
    print("\n".join(told.lines(found, start.name, columns())))
    if args.plot:
        print(f"written    {args.plot}")
    return 0


def _start(args: argparse.Namespace) -> Start:
    """The station; in the gravity that is asked for."""
    given = [name for name in ("altitude_km", "tle", "oem") if getattr(args, name) is not None]
    if len(given) > 1:
        raise InputError(f"which orbit? --{given[0].replace('_', '-')} and --{given[1]} are both given; leave one out")
    at = as_epoch(args.at, "--at") if args.at else None

    def chosen(usual: Forces) -> Forces:
        if args.gravity == "full":
            return usual
        return replace(usual, gravity=args.gravity, drag_area_m2=0.0)
    if args.tle:
        until = at or newest_of(Path(args.tle))
        return later(from_elements(Path(args.tle), at, until, chosen, False), at)
    if args.oem:
        return from_ephemeris(Path(args.oem), at, at or Epoch.utc(SOME_DAY), chosen)
    numbers = {"altitude_km": args.altitude_km if args.altitude_km is not None else 420.0,
               "eccentricity": args.eccentricity, "inclination_deg": args.inclination_deg,
               "anomaly_deg": args.anomaly_deg}
    odd = next((name for name, value in numbers.items() if not math.isfinite(value)), None)
    if odd:
        raise InputError(f"--{odd.replace('_', '-')} is not a number; write one")
    return circle(numbers["altitude_km"] * 1000.0, numbers["eccentricity"], math.radians(numbers["inclination_deg"]),
                  math.radians(numbers["anomaly_deg"]), at or Epoch.utc(SOME_DAY), chosen(Forces()))


def _ship(drag_m2_kg: float | None, station: Forces) -> Forces:
    """What acts on the ship. InputError where there is no air, or for what no craft has."""
    if drag_m2_kg is None:
        return station
    if not station.airy:
        raise InputError("--ship-drag needs air; give --tle or --oem (with mass and area) and full gravity")
    if not 0.0 <= drag_m2_kg <= 1.0:
        raise InputError(f"--ship-drag {drag_m2_kg:g} is not from 0 to 1 m2/kg")
    return replace(station, drag_area_m2=drag_m2_kg * station.mass_kg, drag_coefficient=1.0, drag_scale=1.0)


def _rate(text: str | None) -> np.ndarray | None:
    if text is None:
        return None
    try:
        numbers = np.array([float(word) for word in text.replace(",", " ").split()])
    except ValueError:
        numbers = np.zeros(0)
    if numbers.shape != (3,) or not np.isfinite(numbers).all():
        raise InputError(f"--rate {text!r} is not three numbers; write radial, along and normal in m/s, such as "
                         "'0 2.5 0'")
    return numbers
