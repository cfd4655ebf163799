"""What every file of states must keep: rising time without gaps, and places that a craft can have."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.ephemeris import Ephemeris, Gaps
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError

LOWEST_M, FARTHEST_M = 6.378e6, 1e9
FASTEST_M_S = 12_000.0
_AROUND = 5                                 # steps to either side that say which step is usual there


def check_times(epochs: list[Epoch], where: str) -> None:
    """InputError where an instant is repeated or goes back."""
    for before, after in pairwise(epochs):
        if after == before:
            raise InputError(f"{where}: {after.iso(3)} is given twice; keep one state of it")
        if after < before:
            raise InputError(f"{where}: the instants of its states go back at {after.iso(3)}; give a file that is in "
                             "order")


def gaps_of(t_s: FloatArray) -> list[tuple[int, float]]:
    """Index before each gap, and its length (s).

    A gap is a step of more than one and a half times what is usual over the whole and around it, so short steps in a
    burn and a coarser stretch are none.
    """
    steps = np.diff(t_s)
    if len(steps) < 3:
        return []
    order = np.argsort(steps)
    share = np.cumsum(steps[order])
    usual_s = steps[order][np.searchsorted(share, share[-1] / 2)]
    found = []
    for i in np.flatnonzero(steps > 1.5 * usual_s):
        near = steps[max(0, i - _AROUND):i + _AROUND + 1]
        if steps[i] > 1.5 * np.median(near):
            found.append((int(i), float(steps[i])))
    return found


def gaps_told(start: Epoch, t_s: FloatArray, where: str) -> Gaps | None:
    """The gaps of a path, if it has some."""
    found = gaps_of(t_s)
    if not found:
        return None
    windows = tuple(Window(start + float(t_s[i]), start + float(t_s[i + 1])) for i, _ in found)
    more = f" ({len(found)} gaps in all)" if len(found) > 1 else ""
    return Gaps(windows, f"{where}: no states between {windows[0].start.iso()} and {windows[0].stop.iso()}{more}")


def check_no_gap(ephemeris: Ephemeris, window: Window) -> None:
    """InputError where states are missing in a window."""
    gaps = ephemeris.gaps
    missing = next((gap for gap in gaps.windows if gap & window), None) if gaps else None
    if missing:
        raise InputError(f"{ephemeris.source}: no states between {missing.start.iso()} and {missing.stop.iso()}; "
                         "choose a window before or after that (--from, --to) or give a whole file")


def check_states(start: Epoch, t_s: FloatArray, position_m: FloatArray, velocity_m_s: FloatArray, where: str,
                 units: str) -> None:
    """InputError at the first state that no craft near the Earth has; units says what the file counts in."""
    radius = np.linalg.norm(position_m, axis=1)
    speed = np.linalg.norm(np.nan_to_num(velocity_m_s), axis=1)
    for bad, what in ((~np.isfinite(radius), "is not a place"),
                      (radius > FARTHEST_M, f"is {{far:.3g}} km from the Earth's centre; is it not in {units}?"),
                      (radius < LOWEST_M, "is {far:.3f} km from the Earth's centre, below ground;"
                                          f" is it not in {units}?"),
                      (speed > FASTEST_M_S, f"moves at {{fast:.3g}} km/s; is its velocity not in {units}?")):
        if bad.any():
            i = int(np.argmax(bad))
            said = what.format(far=radius[i] / 1000, fast=speed[i] / 1000)
            raise InputError(f"{where}: the state of {(start + float(t_s[i])).iso(3)} {said}; copy the file again or "
                             "mend it")


def wrong_velocity(t_s: FloatArray, position_m: FloatArray, velocity_m_s: FloatArray
                   ) -> tuple[int, float, float] | None:
    """The first state whose velocity does not lead to the next place, with the speed given and the speed that the
    places say; None when all do. Steps of over ten minutes are not looked at.

    The mean of two velocities is off by a twelfth of the square of the angle flown: 4 % in ten minutes of low orbit.
    """
    steps = np.diff(t_s)
    mean = 0.5 * (velocity_m_s[1:] + velocity_m_s[:-1])
    told = np.diff(position_m, axis=0) / steps[:, None]
    fast = np.linalg.norm(told, axis=1)
    off = np.linalg.norm(mean - told, axis=1) > 0.1 * np.maximum(fast, 1.0)
    bad = np.flatnonzero(off & (steps < 600.0) & (steps > 0.5))
    if not len(bad):
        return None
    i = int(bad[0])
    return i, float(np.linalg.norm(velocity_m_s[i])), float(fast[i])
