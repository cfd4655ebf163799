"""The smallest push of the station that opens a wanted launch day, and the station after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from fakel.api.window_orbit import Known
from fakel.model.day import DAY_S, day_window
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.profile import Profile
from fakel.model.way_up import Reboost
from fakel.plan.reboost import Push, smallest
from fakel.plan.station_ahead import cut
from fakel.plan.windows import Asked
from fakel.world import World

MOST = 8
"""So many instants of the push are tried."""
TRACKED_S = DAY_S
"""No push is planned later than a day before the launch: its orbit is to be tracked first (assumed)."""


def reboosted(known: Known, asked: Asked, profile: Profile, wanted: date, window: Window) -> tuple[Known, Reboost]:
    """The station with the smallest push, between the window's begin and a day before the wanted one, that brings the
    wanted day into a profile's window; a push of 0 m/s where none is needed.

    Announced pushes happen besides. Raises InputError for a day too early, NoWindow when no push helps.
    """
    day = day_window(wanted)
    world, first = _world(known, max(window.start, known.known.start), day)
    last = day.start + -TRACKED_S
    if last < first:
        raise InputError(f"--reboost {wanted}: a push is planned no later than a day before the launch, and no earlier "
                         f"than {first.iso()}; name a day after {(first + TRACKED_S).iso()[:10]}")
    path = replace(known.station.at(known.station.near.seconds(first))[0])
    later = [Push(e.epoch, e.dv_m_s) for e in known.events if e.dv_m_s > 0.0]
    coming = [push for push in later if first < push.at < day.start]
    best = smallest(path, _instants(first, last), day, asked.by(profile), world, coming)[0]
    if best.dv_m_s == 0.0:
        return known, best
    until_s = known.station.known[-1].t_s
    station = cut(known.station, Push(best.at, best.dv_m_s), [p for p in later if p.at > best.at], until_s)
    return replace(known, station=station), best


def _world(known: Known, first: Epoch, day: Window) -> tuple[World, Epoch]:
    """One world from the first push to the launch: with air as far as that goes, else from where height is kept."""
    station = known.station
    if day.stop + 2 * DAY_S <= station.near.window.stop:
        return station.near, first
    return station.far, max(first, station.far.epoch + station.held[1])


def _instants(first: Epoch, last: Epoch) -> Sequence[Epoch]:
    n = max(1, min(MOST, round((last - first) / DAY_S) + 1))
    return [first + float(s) for s in np.linspace(0.0, last - first, n)]
