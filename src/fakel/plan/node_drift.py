"""How far a ship's node drifts against the station's on the way up, from the phase that it closes until it docks.

Node drift and phase gain come from the same difference in height, but not in one ratio: the higher the ship, the less
node goes with a degree of phase. So the way up is taken in two parts: the orbit of insertion until the first burn, and
after it one height, that at which what is left of the phase is closed just when the ship docks.
"""

from __future__ import annotations

import numpy as np

from fakel.model.profile import Profile
from fakel.plan.mean_orbit import MeanOrbit, axis_of_phase_rate, secular_rates


def first_burn_s(profile: Profile) -> float:
    """When after liftoff the profile first raises the orbit, at the middle of the slot."""
    return min(slot.middle_s for slot in profile.burns if slot.from_ == "liftoff")


def docking_s(profile: Profile, phase_rad: float, station: MeanOrbit) -> float:
    """When after liftoff the profile docks by its straight line; its wait for light (under an hour) is left out."""
    rule = profile.docking_time
    revolution_s = 2 * np.pi / station.phase_rate_rad_s
    return rule.base_s + rule.per_phase_s_rad * phase_rad + rule.base_revolutions * revolution_s


def node_drift_rad(ship: MeanOrbit, station: MeanOrbit, phase_rad: float, low_s: float, way_s: float) -> float:
    """Node drift of the ship less that of the station (negative: to the west for a ship that chases from below).

    phase_rad: station ahead at insertion; low_s: how long the ship stays in the orbit of insertion; way_s: from
    insertion to docking. The ship keeps its inclination.
    """
    low_s = min(max(low_s, 0.0), 0.9 * way_s)
    gained_rad = (ship.phase_rate_rad_s - station.phase_rate_rad_s) * low_s
    rate = station.phase_rate_rad_s + (phase_rad - gained_rad) / (way_s - low_s)
    a_m = axis_of_phase_rate(rate, ship.inclination_rad, station.a_m)
    after = secular_rates(a_m, ship.inclination_rad)[0]
    low = ship.node_rate_rad_s - station.node_rate_rad_s
    return float(low * low_s + (after - station.node_rate_rad_s) * (way_s - low_s))
