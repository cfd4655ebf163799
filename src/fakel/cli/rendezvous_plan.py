"""``fakel rendezvous plan``: the burns from the rocket's orbit to a station's port."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from fakel.api.forces import as_epoch
from fakel.api.rendezvous import (
    Target,
    free_visit,
    launch_of,
    launched_visit,
    port_of,
    profile_of,
    profiles,
    ship_of,
    studied_visit,
    target_from_elements,
    target_from_ephemeris,
    target_from_state,
    way_up,
    world_for,
)
from fakel.api.start import from_text
from fakel.api.suits import record_of
from fakel.cli.given import check_picture, checked, write_picture
from fakel.cli.progress import Silent, columns, spinner
from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.place import Network
from fakel.model.profile import Profile
from fakel.model.way_up import Replanned, WayUp
from fakel.plan.arrival import Wishes
from fakel.plan.way_up import Visit, replanned
from fakel.reports import way_up as told
from fakel.world import World


def run(args: argparse.Namespace) -> int:
    """Returns 0. Raises NoWindow when no such way can be."""
    check_picture(args.plot, args.replace)
    with spinner("world, plan (the first time: compiling)", args.json):
        target, way, new = _planned(args)
    Silent().warned(target.told)
    if args.plot:
        from fakel.reports.way_up_plot import picture
        write_picture(args.plot, picture(new.way if new else way))
    if args.json:
        print(json.dumps(told.data(way, new), ensure_ascii=False))
    else:
        print("\n".join(told.lines(way, columns()) + (told.replanned_lines(new, columns()) if new else [])))
        if args.plot:
            print(f"written    {args.plot}")
    return 0


def _planned(args: argparse.Namespace) -> tuple[Target, WayUp, Replanned | None]:
    profile = profile_of(args.profile) if args.profile else None
    ship = ship_of(args.vehicle or (profile.vehicle if profile else "soyuz-tma-m"), args.mass, args.propellant)
    first = _first(args)
    target = target_of(args, first)
    world, port = world_for(target, first), port_of(target.station, args.port)
    if args.ship:
        visit: Visit = free_visit(target, ship, port, args.ship, args.liftoff, world)
    elif args.ahead is not None:
        ahead = np.radians(checked(args.ahead, "--ahead", -180.0, 360.0, "deg"))
        height = 1e3 * checked(args.height, "--height", 160.0, 1000.0, "km")
        visit = studied_visit(target, ship, port, first, ahead, height, world)
    else:
        visit, profile = launched_visit(target, ship, port, launch_of(args.date, args.pad, args.launcher, args.liftoff),
                                        profile, world, profiles())
    if profile is None:
        raise InputError("--profile is left out; with a ship in orbit write one of: "
                         f"{', '.join(p.id for p in profiles())}")
    way = way_up(visit, profile, world, wishes_of(args))
    return target, way, _pushed(args, way, visit, profile, world)


def _first(args: argparse.Namespace) -> Epoch:
    """When the way begins, as far as it is given."""
    if not any(getattr(args, name) not in (None, "") for name in ("ship", "ahead", "date", "liftoff")):
        raise InputError("fakel rendezvous plan needs a launch or a ship; give --date and --pad, --ship, or --ahead "
                         "and --at")
    if args.ship:
        return from_text(args.ship, lambda forces: forces).state.epoch
    if args.ahead is not None:
        if not args.at:
            raise InputError("--ahead says where the ship is, not when; give --at UTC")
        return as_epoch(args.at, "--at")
    if not args.pad:
        raise InputError("--date is the day of a launch; give its --pad too, such as baikonur-1-5")
    if args.liftoff:
        return as_epoch(args.liftoff, "--liftoff")
    return midnight(launch_of(args.date, args.pad, args.launcher).day)


def target_of(args: argparse.Namespace, wanted: Epoch) -> Target:
    """The station of --tle, --oem or --state."""
    if args.tle:
        return target_from_elements(Path(args.tle), wanted, args.station)
    if args.oem:
        return target_from_ephemeris(Path(args.oem), wanted, args.station)
    return target_from_state(args.state, args.station)


def wishes_of(args: argparse.Namespace) -> Wishes:
    return Wishes(*(as_epoch(value, option) if value else None for value, option in
                    ((args.dock, "--dock"), (args.after, "--after"), (args.before, "--before"))),
                  args.light, record_of(Network, args.ground, "--ground") if args.ground else None)


def _pushed(args: argparse.Namespace, way: WayUp, visit: Visit, profile: Profile, world: World) -> Replanned | None:
    """What --pushed does to the plan."""
    if not args.pushed:
        return None
    words = args.pushed.split()
    if len(words) != 3:
        raise InputError("--pushed takes 'UTC M_S UTC': when, how strongly along track, and when it is seen")
    try:
        size = float(words[1])
    except ValueError as error:
        raise InputError(f"--pushed: {words[1]} is not a number of m/s") from error
    return replanned(way, visit, profile, as_epoch(words[0], "--pushed"), size, as_epoch(words[2], "--pushed"), world)
