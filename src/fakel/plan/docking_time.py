"""When a ship docks: the instant that is wished for, or the profile's own."""

from __future__ import annotations

import numpy as np

from fakel.guidance.mean import rates_rad_s
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import NoWindow
from fakel.model.profile import Profile
from fakel.physics.frames import phase_ahead_rad
from fakel.physics.light import sunlit
from fakel.physics.propagate import coast_table
from fakel.plan.burns import mean_elements
from fakel.world import World

PHASE_TOLERANCE_RAD = np.radians(1.0)
"""Published phases are known to about a degree, for they are counted from one fixed separation point."""
_LIGHT_STEP_S = 10.0
_LONGER_THAN_A_REVOLUTION_S = 7200.0


def phase_rad(ship_y: FloatArray, station_y: FloatArray, profile: Profile) -> float:
    """Angle of the station ahead of the ship, counted in the turn around the profile's window."""
    middle = (profile.phase_min_rad + profile.phase_max_rad) / 2
    turn = phase_ahead_rad(ship_y, station_y) - middle
    return float(middle + (turn + np.pi) % (2 * np.pi) - np.pi)


def check_phase(phase: float, profile: Profile, at: Epoch) -> None:
    """Raises NoWindow when the station is not where the profile can reach it (its window, 1 deg wider each way)."""
    if profile.phase_min_rad - PHASE_TOLERANCE_RAD <= phase <= profile.phase_max_rad + PHASE_TOLERANCE_RAD:
        return
    low, high = np.degrees([profile.phase_min_rad, profile.phase_max_rad])
    side = "ahead" if phase >= 0 else "behind"
    raise NoWindow(f"{profile.name}: the station is {abs(np.degrees(phase)):.1f} deg {side} at {at.iso()}, the profile "
                   f"takes {low:g} to {high:g} deg; take another profile or launch on another day")


def default_docking(profile: Profile, liftoff: Epoch, phase: float, station_y: FloatArray, at: Epoch,
                    drag_m2: float, world: World) -> Epoch:
    """The profile's own docking instant, to the whole second: its straight line over phase, then its light rule.

    phase (rad) is that at separation; station_y (7,) GCRF is the station at ``at``. See ``model.profile.DockingTime``.
    """
    rule = profile.docking_time
    docking = liftoff + (rule.base_s + rule.per_phase_s_rad * phase)
    if rule.base_revolutions:
        pace = float(rates_rad_s(mean_elements(station_y, world.seconds(at), drag_m2, world))[2])
        docking = docking + rule.base_revolutions * 2 * np.pi / pace
    if rule.after_sunrise_s is not None and rule.into_darkness_s is not None:
        docking = _in_light(docking, rule.after_sunrise_s, rule.into_darkness_s, station_y, at, drag_m2, world)
    return Epoch(round(docking.tai_ns, -9))


def _in_light(docking: Epoch, after_sunrise_s: float, into_darkness_s: float, station_y: FloatArray, at: Epoch,
              drag_m2: float, world: World) -> Epoch:
    """docking itself if it is well after sunrise or just after sunset, else after_sunrise_s after the next sunrise."""
    sunrises, sunsets = _sun_times(docking, station_y, at, drag_m2, world)
    if not sunrises.size or not sunsets.size:
        return docking                                      # the station sees the Sun all the time, or never
    up_s, down_s = _last_before(sunrises, 0.0), _last_before(sunsets, 0.0)
    lit = up_s > down_s
    if (lit and -up_s >= after_sunrise_s) or (not lit and -down_s <= into_darkness_s):
        return docking
    sunrise_s = up_s if lit else float(sunrises[sunrises > 0.0][0])
    return docking + (sunrise_s + after_sunrise_s)


def _sun_times(docking: Epoch, station_y: FloatArray, at: Epoch, drag_m2: float, world: World
               ) -> tuple[FloatArray, FloatArray]:
    """The station's sunrises and sunsets (half of the Sun's disc) within two hours of docking, seconds after it."""
    start_s = world.seconds(docking) - _LONGER_THAN_A_REVOLUTION_S
    n = int(2 * _LONGER_THAN_A_REVOLUTION_S / _LIGHT_STEP_S) + 1
    first = coast_table(station_y, world.seconds(at), start_s - world.seconds(at), 2, drag_m2, world.field)[1]
    rows = coast_table(first, start_s, _LIGHT_STEP_S, n, drag_m2, world.field)
    after_s = np.asarray(_LIGHT_STEP_S * np.arange(n) - _LONGER_THAN_A_REVOLUTION_S, dtype=np.float64)
    light = sunlit(rows[:, :3], world.sun_gcrf_m(world.seconds(docking) + after_s)) - 0.5
    change = np.flatnonzero((light[:-1] < 0) != (light[1:] < 0))
    at_s = after_s[change] - light[change] * _LIGHT_STEP_S / (light[change + 1] - light[change])
    rising = light[change] < 0
    return at_s[rising], at_s[~rising]


def _last_before(instants: FloatArray, t_s: float) -> float:
    """The last of some instants before t_s, or minus infinity."""
    return float(np.max(instants[instants <= t_s], initial=-np.inf))

