"""The burn that lands in a zone, aimed for lists of many: what one pass needed helps to aim the next.

Every trial is flown as ``plan.deorbit`` flies it. What is saved: where the bank changes sides is looked for near where
the trial before had it, a pass far out of reach is flown once, and a landing within 30 m of the middle is near enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from fakel.guidance.entry_plan import middle_m, nominal_near, sides
from fakel.model.place import Site
from fakel.model.vehicle import Vehicle
from fakel.physics.entry import axes_of
from fakel.physics.geodesy import itrf_from_geodetic
from fakel.plan.craft import Path
from fakel.plan.deorbit import (
    BEFORE_PASS_S,
    EARLIER_S,
    GROUND_SPEED_M_S,
    Landed,
    braking,
    is_past,
    to_separation,
)
from fakel.plan.descent import Entry, descent_of, entry_of, nominal_entry
from fakel.world import World

NEAR_M = 30.0                   # of the middle: 4 ms of burn start
SIDE_M = 3.0
FAR_M, NEARLY_M = 10e3, 30e3    # a first trial so much out of reach, that misses by less than so much along the way, is
                                # not aimed: aiming would move its cross-range by 3 km at most
SAME_AIR_S = 30.0
STRAIGHT_M = 200e3              # what two trials nearer than so say of the way that landings move holds for others
TRIALS = 12


@dataclass(frozen=True, slots=True)
class Passing:
    """A pass near a zone: when the orbit is nearest, about the cross-range that a landing would need, and which way it
    goes."""

    zone: Site
    pass_s: float
    offset_m: float
    northward: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What an aimed pass needed: cross-range as screened, burn before the pass, reversal after separation."""

    offset_m: float
    lead_s: float
    reversal_s: float | None


@dataclass(slots=True)
class Memory:
    """What passes needed so far, by zone and direction, and how fast landings move with the burn."""

    known: dict[tuple[str, bool], list[_Known]] = field(default_factory=dict)
    slope_m_s: float = GROUND_SPEED_M_S

    def near(self, passing: Passing) -> tuple[float, float | None]:
        """About how long before a pass to burn, and how long after separation to change sides (None: not known)."""
        mine = self.known.get((passing.zone.id, passing.northward), [])
        turned = [k for told in self.known.values() for k in told if k.reversal_s is not None]
        best = min(mine, key=lambda k: abs(k.offset_m - passing.offset_m), default=None)
        alike = min(turned, key=lambda k: abs(abs(k.offset_m) - abs(passing.offset_m)), default=None)
        return BEFORE_PASS_S if best is None else best.lead_s, None if alike is None else alike.reversal_s

    def keep(self, passing: Passing, found: Landed) -> None:
        reversal_s = found.command.reversal_s
        self.known.setdefault((passing.zone.id, passing.northward), []).append(_Known(
            passing.offset_m, passing.pass_s - found.braking.start_s,
            None if reversal_s is None else reversal_s - found.entry.t_s))


def aimed_at(path: Path, passing: Passing, dv_m_s: float, vehicle: Vehicle, world: World, memory: Memory
             ) -> Landed | None:
    """The burn that lands within 30 m of the middle of a pass's zone; None when no burn does.

    A pass that is clearly out of reach comes back as it was first tried.
    """
    far_m = descent_of(vehicle)[0].crossrange_m + FAR_M
    lead_s, near_s = memory.near(passing)
    t, found, before = max(passing.pass_s - lead_s, path.t_s), None, None
    for _ in range(TRIALS):
        found = _flown(path, t, dv_m_s, vehicle, passing.zone, world, found, near_s)
        if found is None or not np.isfinite(found.miss.beyond_m):
            return None
        miss_m = found.miss.beyond_m
        if before is None and abs(found.offset_m) > far_m and abs(miss_m) < NEARLY_M:
            return found
        if abs(miss_m) < NEAR_M:
            found = _told_offset(found, vehicle)
            memory.keep(passing, found)
            return found
        if is_past(found.entry):
            before, found, t = None, None, t - EARLIER_S
        else:
            slope = memory.slope_m_s if before is None else (miss_m - before[1]) / (t - before[0])
            if before is not None and abs(before[1]) < STRAIGHT_M:
                memory.slope_m_s = slope
            before, t = (t, miss_m), t - float(np.clip(miss_m / slope, -1500.0, 1500.0))
        if t < path.t_s:
            return None
    return None


def _flown(path: Path, start_s: float, dv_m_s: float, vehicle: Vehicle, zone: Site, world: World,
           last: Landed | None, near_s: float | None) -> Landed | None:
    """A burn flown down to the parachute; its reversal near that of the last trial, or about near_s after separation.

    Where the last trial serves, offset_m is that one's.
    """
    given, y = braking(path, start_s, dv_m_s, vehicle, world)
    parting = to_separation(Path(start_s, y, path.cd_area_m2), given, vehicle, world)
    if parting is None:
        return None
    entry = _entry(parting, zone, vehicle, world, last)
    if last is not None and last.command.reversal_s is not None:
        again = nominal_near(entry.t_s, entry.y, last.command.bank_rad, last.command.reversal_s - last.entry.t_s,
                             entry.capsule, entry.air, SIDE_M)
        if again is not None:
            return Landed(given, entry, *again, last.offset_m)
    return Landed(given, entry, *nominal_entry(entry, descent_of(vehicle)[0].bank_nominal_rad, near_s=near_s))


def _entry(parting: Path, zone: Site, vehicle: Vehicle, world: World, last: Landed | None) -> Entry:
    """An entry of a trial; it flies in the air of the last one, which began seconds before or after over the same
    places."""
    if last is None or abs(parting.t_s - last.entry.t_s) > SAME_AIR_S:
        return entry_of(parting.t_s, parting.y, vehicle, zone, world)
    position, velocity = world.to_itrf(parting.t_s, parting.y[None, :3], parting.y[None, 3:6])
    place = itrf_from_geodetic(zone.latitude_rad, zone.longitude_rad, zone.height_m)
    return replace(last.entry, t_s=parting.t_s, y=np.concatenate([position[0], velocity[0]]),
                   air=last.entry.air._replace(axes=axes_of(place, position[0])))


def _told_offset(found: Landed, vehicle: Vehicle) -> Landed:
    """The same with the cross-range of its own burn."""
    entry = found.entry
    bank_rad = descent_of(vehicle)[0].bank_nominal_rad
    return found._replace(offset_m=middle_m(*sides(entry.t_s, entry.y, bank_rad, entry.capsule, entry.air)))
