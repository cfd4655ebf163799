"""The smallest reboost for a launch day, from what people have; a reboost that an ephemeris announces counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.api.rendezvous import Launch, Target
from fakel.model.day import DAY_S, day_window, midnight
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.profile import Profile
from fakel.model.vehicle import Ship
from fakel.model.way_up import ReboostReport
from fakel.plan import launch
from fakel.plan.craft import Path, cd_area_m2
from fakel.plan.reboost import Push, opportunity, smallest
from fakel.world import World, build_world

MOST = 8
"""So many instants are tried between the first and the last."""
LAST_S = DAY_S
"""No reboost is planned later than a day before the launch: its orbit is to be tracked first (assumed)."""


def reboost_world(target: Target, asked: Launch) -> World:
    """A world from the station's state to the launch day."""
    return build_world(target.epoch + -0.6 * DAY_S, midnight(asked.day) + 2.0 * DAY_S)


def reboost(target: Target, asked: Launch, profile: Profile, ship: Ship, world: World, first: Epoch | None = None,
            last: Epoch | None = None) -> ReboostReport:
    """The smallest push of the station between two instants (its state's and a day before the launch by default).

    Raises InputError for instants in the wrong order, NoWindow when no push helps.
    """
    morning = midnight(asked.day)
    first = first or target.epoch
    last = last or morning + -LAST_S
    if not target.epoch <= first <= last <= morning:
        raise InputError(f"--from {first.iso()} to --to {last.iso()} does not lie between the station's state "
                         f"({target.epoch.iso()}) and the launch day ({morning.iso()}); give an earlier state or mend "
                         "them")
    ask = launch.Ask(asked.launcher, asked.pad, profile, ship.mass_kg, cd_area_m2(ship))
    path = Path(world.seconds(target.epoch), target.at(target.epoch, world), cd_area_m2(target.station))
    told = tuple((b.name, b.epoch, b.dv_m_s) for b in target.announced
                 if b.dv_m_s and target.epoch <= b.epoch < morning)
    known = tuple(Push(epoch, dv) for _, epoch, dv in told)
    day = day_window(asked.day)
    without = opportunity(path, (), day, ask, world)
    with_ = opportunity(path, known, day, ask, world) if known else without
    tried = smallest(path, _instants(first, last), day, ask, world, known)
    return ReboostReport(profile.id, asked.day.isoformat(), tried, told, without.phase_rad, with_.phase_rad,
                         with_.accepted)


def _instants(first: Epoch, last: Epoch) -> Sequence[Epoch]:
    n = max(1, min(MOST, round((last - first) / DAY_S) + 1))
    return [first + float(s) for s in np.linspace(0.0, last - first, n)]
