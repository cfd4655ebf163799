"""A planned way up in text and as data."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import numpy as np

from fakel.model.plain import plain
from fakel.model.profile import REPLAN
from fakel.model.way_up import Replanned, WayUp
from fakel.reports.charts.axis import clock, day
from fakel.reports.clocks import elapsed
from fakel.reports.table import heading, table

HEAD = ("burn", "ignition, UTC", "after liftoff", "m/s", "radial", "along", "normal", "s", "kg")
AND_HEAD = ("burn", "height after, km", "range, km", "planned from", "if missed")


def lines(way: WayUp, width: int) -> list[str]:
    """Text for a terminal."""
    out = heading(f"{way.profile_name}: {way.ship} to {way.port}", width)
    out += table(("", ""), [
        ("liftoff", f"{way.liftoff.iso(3)}"),
        ("free from", f"{way.at.iso(3)}, station {np.degrees(way.phase_rad):.2f} deg ahead"),
        ("autonomous", f"{way.autonomous.iso(3)}"), ("aim point", f"{way.aim.iso(3)}"),
        ("contact", f"{way.docking.iso(3)}, {elapsed(way.docking - way.liftoff)} after liftoff; {way.docking_why}")],
        "ll", width)
    rows = [(b.name, f"{day(b.ignition)} {clock(b.ignition, True)}", elapsed(b.ignition - way.liftoff),
             f"{b.dv_m_s:.2f}", *(f"{x:z.2f}" for x in b.dv_rtn_m_s), f"{b.duration_s:.1f}", f"{b.propellant_kg:.1f}")
            for b in way.burns]
    out += ["", *table(HEAD, rows, "llrrrrrrr", width), ""]
    rows = [(b.name, f"{b.mean_height_m / 1e3:.1f}", f"{b.range_m / 1e3:.1f}", b.planned_from,
             "the rest is solved again" if b.missed == REPLAN else b.missed) for b in way.burns]
    out += [*table(AND_HEAD, rows, "lrrll", width), ""]
    out += table(("", ""), [
        ("to the aim point", f"{way.to_aim_m_s:.2f} m/s"), ("from there to contact", f"{way.proximity_m_s:.2f} m/s"),
        ("in all", f"{way.total_m_s:.2f} m/s, {way.total_m_s - way.floor_m_s:z.1f} above "
                   f"n da/2 = {way.floor_m_s:.1f}"),
        ("may spend", f"{way.spendable_m_s:.0f} m/s on the way up"),
        ("propellant", f"{way.used_kg:.0f} kg used of {way.propellant_kg:.0f}, {way.left_kg:.0f} left, "
                       f"{way.home_kg:.0f} for the way home, margin {way.margin_kg:z.0f}"),
        ("misses the aim by", f"{way.miss_m * 1e3:.2f} mm as planned")], "ll", width)
    return [*out, *(f"note: {line}" for line in way.told)]


def replanned_lines(new: Replanned, width: int) -> list[str]:
    """What an unannounced push of the station changes."""
    what = f"The station is pushed by {new.dv_m_s:g} m/s at {new.pushed.iso()}, seen at {new.seen.iso()}"
    told = (f"{what}. Without a new plan the ship misses its aim by {new.missed_m / 1e3:.1f} km; the burns left, "
            f"planned anew, take {new.way.to_aim_m_s:.2f} m/s after {new.before_m_s:.2f}.")
    return [*heading("Planned again", width), *wrap(told, width), *lines(new.way, width)]


def data(way: WayUp, new: Replanned | None = None) -> dict[str, Any]:
    """What ``--json`` prints."""
    out = {**plain(way), "total_m_s": way.total_m_s, "left_kg": way.left_kg, "margin_kg": way.margin_kg}
    if new is not None:
        out["replanned"] = {**plain(new), "total_m_s": new.before_m_s + new.way.total_m_s}
    return out
