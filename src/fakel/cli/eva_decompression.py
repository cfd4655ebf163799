"""``fakel eva decompression``: pre-breathe, tissue ratio and the airlock's gas."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import replace

from fakel.api.suits import record_of, suit_of
from fakel.cli.progress import columns
from fakel.model.errors import InputError
from fakel.model.place import Airlock
from fakel.model.prebreathe import Protocol
from fakel.plan import airlock
from fakel.reports import decompression as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    asked: Protocol = record_of(Protocol, args.protocol, "protocol")
    suit = suit_of(args.suit or asked.suit)
    lock: Airlock = record_of(Airlock, args.airlock or ("quest" if suit.id == "emu" else "pirs"), "--airlock")
    if args.vent is not None:
        if not 0.0 <= args.vent < math.inf:
            raise InputError(f"--vent {args.vent:g} cannot be; write 0 or more minutes")
        lock = replace(lock, depress_s=args.vent * 60.0)
    if args.oxygen is not None and not 0.0 <= args.oxygen < math.inf:
        raise InputError(f"--oxygen {args.oxygen:g} cannot be; write 0 or more minutes")
    given = asked if args.oxygen is None else airlock.with_oxygen(asked, args.oxygen * 60.0)
    found = airlock.breathe(given, suit.pressure_pa, [_break(text) for text in args.breaks])
    airlock.require_oxygen_time(asked, found)
    airlock.require_vented(lock)
    gas = {"lost_kg": airlock.air_lost_kg(lock), "needs_s": airlock.venting_needs_s(lock),
           "left_pa": float(airlock.pressure_pa(lock, lock.depress_s))}
    at_hatch = airlock.ratio_after(found, lock.depress_s, suit.pressure_pa)
    print(json.dumps(told.data(found, suit, lock, gas, at_hatch), ensure_ascii=False) if args.json else
          "\n".join(told.lines(found, suit, lock, gas, at_hatch, columns())))
    return 0


def _break(text: str) -> airlock.Break:
    at, _, minutes = text.partition(":")
    try:
        return airlock.Break(float(at) * 60.0, float(minutes) * 60.0)
    except ValueError:
        raise InputError(f"--break {text}: write AT:MIN in minutes, such as 20:5") from None
