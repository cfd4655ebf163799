"""How far ahead a station's phase and a launch's second are known, from pairs of its element sets.

Twenty-two pairs of sets of 2013-14 and 2020-21, 13 to 428 days apart, each earlier one carried on as ``station_ahead``
does. What the node was off, over the 0.00207 deg of node that go with a degree of phase, tells how many turns the phase
was off; the phase itself tells the rest. Rms of what was off: 34 deg after 13 days, 55 after 20, 142 after 41, 270
after 60 to 73, 170 after 120 to 180, 800 after 190 to 240, 2300 after a year and more: near a straight line, as if the
station flew 3 to 4 km beside the height that was foreseen. Few pairs, and they overlap: good to a factor of two.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from fakel.model.day import DAY_S
from fakel.model.start import age_error_m
from fakel.plan.station_ahead import HELD_AFTER_S

PHASE_RAD_DAY = np.radians(4.5)
"""What is added to the doubt of the phase for each day after the first week."""
PLANE_S, PLANE_S_DAY = 2.0, 0.07
"""What is left of the liftoff's doubt when the phase is what was foreseen: the scatter of flown launches, and what the
node was off beside the share that goes with the phase (1 to 25 s after 13 to 430 days)."""
_TURNS = np.arange(-60, 61)


def phase_error_rad(age_s: float, radius_m: float) -> float:
    """One sigma of a station's phase so long after, or before, its element set; turns are counted."""
    days = max(age_s - HELD_AFTER_S, 0.0) / DAY_S
    return age_error_m(min(age_s, HELD_AFTER_S - 1.0)) / radius_m + PHASE_RAD_DAY * days


def liftoff_error_s(age_s: float, phase_error: float, second_s_rad: float) -> float:
    """One sigma of the liftoff, should that day be flown by that profile.

    second_s_rad: seconds of liftoff for each radian of phase (``drift`` over the Earth's rate). Node and phase err
    together, so that a phase inside the same window of the same turn leaves the second as it was; each whole turn that
    the phase was miscounted by moves it by three minutes. How likely each count of turns is follows from the phase's
    doubt.
    """
    weight = np.exp(-0.5 * (2 * np.pi * _TURNS / max(phase_error, 1e-9)) ** 2)
    turns = float(np.sqrt(np.sum(weight * _TURNS**2) / np.sum(weight)))
    return float(np.hypot(PLANE_S + PLANE_S_DAY * age_s / DAY_S, turns * 2 * np.pi * abs(second_s_rad)))


def chance(phase_rad: float, error_rad: float, low_rad: float, high_rad: float) -> float:
    """How likely a phase with a normal doubt lies between two, in any turn."""
    edges = np.array([[low_rad], [high_rad]]) + 2 * np.pi * _TURNS - phase_rad
    a, b = ndtr(edges / max(error_rad, 1e-9))
    return float(np.clip(np.sum(b - a), 0.0, 1.0))
