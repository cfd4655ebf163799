"""When a launcher that steers in yaw must leave for a plane: the liftoff that costs least, and how far off it may be.

All that counts is how far the plane's node lies east of the pad at liftoff, so it is found once for a plane's
inclination, by flying the ascent, and holds on every day: later liftoffs see the node farther west.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from fakel.model.errors import InputError
from fakel.model.launcher import Launcher
from fakel.model.place import Site
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import enu_from_itrf
from fakel.physics.propagate import G0_M_S2
from fakel.plan.ascent import INSERTED, aim, fly_ascent
from fakel.plan.insertion import pad_itrf_m, plane_normal
from fakel.plan.rocket import empty_mass_kg

LEADS_S = (0.0, 150.0, 300.0, 450.0)
"""First trials: so long before the pad lies in the plane. An ascent takes about 500 s, and half of it is a guess."""
FINE_S = 60.0
EDGE_S = 1.0
_LONGEST_S = 3600.0


@dataclass(frozen=True, slots=True)
class Steering:
    """For planes of one inclination, or nearly. lead_s: how long after the liftoff that costs least the pad lies in the
    plane.

    early_s, late_s: how long before and after that liftoff the plane still costs no more than the reserve. azimuth_rad:
    in which the rocket tilts, east of north over the ground. left_kg: propellant left at cutoff.
    """

    ascending: bool
    inclination_rad: float
    lead_s: float
    early_s: float
    late_s: float
    azimuth_rad: float
    left_kg: float


def serves(pad: Site, inclination_rad: float) -> bool:
    """Whether orbits of that inclination pass over the pad."""
    return abs(np.sin(inclination_rad)) >= np.sin(_geocentric_rad(pad))


def check_served(pad: Site, inclination_rad: float, name: str) -> None:
    """Raises InputError, with the numbers, where the plane never comes over the pad."""
    if serves(pad, inclination_rad):
        return
    latitude, tilt = np.degrees(_geocentric_rad(pad)), np.degrees(inclination_rad)
    reach = min(tilt, 180.0 - tilt)
    raise InputError(f"{pad.name} at {latitude:.2f} deg of (geocentric) latitude cannot serve {name}: at an "
                     f"inclination of {tilt:.2f} deg it never passes beyond {reach:.2f} deg; take a pad nearer to the "
                     f"equator, or a station at {latitude:.1f} to {180 - latitude:.1f} deg")


def steering(launcher: Launcher, pad: Site, mass_kg: float, inclination_rad: float, ascending: bool) -> Steering:
    """The best liftoff for planes of an inclination and its limits, by flying the ascent.

    Flown once for each hundredth of a degree: a whole degree moves the lead by 1 s. The limits are where the plane
    costs launcher.plane_reserve_m_s more than at best, or the propellant is gone. Raises InputError where no ascent
    reaches the plane.
    """
    check_served(pad, inclination_rad, "that plane")
    least = _geocentric_rad(pad)
    rounded = np.clip(np.radians(np.round(np.degrees(inclination_rad), 2)), least, np.pi - least)
    return _flown(launcher, (pad.id, pad.name, pad.latitude_rad, pad.longitude_rad, pad.height_m), mass_kg,
                  float(rounded), ascending)


@cache
def _flown(launcher: Launcher, place: tuple[str, str, float, float, float], mass_kg: float, inclination_rad: float,
           ascending: bool) -> Steering:
    pad = Site(place[0], "pad", place[1], place[2], place[3], place[4], "", "")
    over = node_over_pad(pad, inclination_rad, ascending)
    longitude = pad.longitude_rad
    empty_kg = empty_mass_kg(launcher, mass_kg)

    def final_kg(lead_s: float) -> float:
        normal = plane_normal(inclination_rad, longitude + over + EARTH_RATE_RAD_S * lead_s)
        flown = fly_ascent(launcher, pad, mass_kg, normal, rows=False)
        return empty_kg + flown.propellant_left_kg if flown.ending == INSERTED else -np.inf

    best_s, most_kg = _highest(final_kg)
    if not np.isfinite(most_kg):
        raise InputError(f"{launcher.name} does not reach a plane of {np.degrees(inclination_rad):.2f} deg from "
                         f"{pad.name} with {mass_kg:.0f} kg; take mass out of the ship, another pad or launcher")
    least_kg = most_kg * np.exp(-launcher.plane_reserve_m_s / (launcher.stages[-1].isp_vacuum_s * G0_M_S2))
    early_s, late_s = (_edge(lambda away, side=side: final_kg(best_s + side * away), least_kg) for side in (1.0, -1.0))
    normal = plane_normal(inclination_rad, longitude + over + EARTH_RATE_RAD_S * best_s)
    return Steering(ascending, inclination_rad, best_s, early_s, late_s, azimuth_rad(launcher, pad, normal),
                    float(most_kg - empty_kg))


def ahead_rad(way: Steering, pad: Site, inclination_rad: float) -> float:
    """How far east of the pad's meridian the node of a plane lies at the liftoff that costs least."""
    return node_over_pad(pad, inclination_rad, way.ascending) + EARTH_RATE_RAD_S * way.lead_s


def azimuth_rad(launcher: Launcher, pad: Site, normal: np.ndarray) -> float:
    """In which the rocket tilts for a plane (launch frame), east of north, in [0, 2 pi)."""
    east, north, _ = enu_from_itrf(pad.latitude_rad, pad.longitude_rad)
    downrange = aim(launcher, pad, normal).pad[1]
    return float(np.arctan2(downrange @ east, downrange @ north) % (2 * np.pi))


def _highest(final_kg: Callable[[float], float]) -> tuple[float, float]:
    """The lead with most mass left, and that mass: from a coarse row, then twice by a parabola laid through five about
    the best, which evens out what guidance scatters by (0.1 kg)."""
    best_s = max(LEADS_S, key=final_kg)
    for step_s in (2 * FINE_S, FINE_S):
        leads = best_s + step_s * np.arange(-2.0, 3.0)
        mass = np.array([final_kg(lead) for lead in leads])
        good = np.isfinite(mass)
        if good.sum() < 3:
            return best_s, float(mass.max())
        bend, slope, _ = np.polyfit(leads[good] - best_s, mass[good], 2)
        best_s += float(np.clip(-0.5 * slope / bend, -2 * step_s, 2 * step_s)) if bend < 0.0 else 0.0
    return best_s, final_kg(best_s)


def _edge(final_kg: Callable[[float], float], least_kg: float) -> float:
    """How far away (s) the mass left falls to least_kg, to EDGE_S: doubled, then halved."""
    inside, outside = 0.0, 10 * EDGE_S
    while outside < _LONGEST_S and final_kg(outside) >= least_kg:
        inside, outside = outside, 2 * outside
    while outside - inside > EDGE_S:
        middle = 0.5 * (inside + outside)
        inside, outside = (middle, outside) if final_kg(middle) >= least_kg else (inside, middle)
    return inside


def _geocentric_rad(pad: Site) -> float:
    place = pad_itrf_m(pad)
    return float(np.arcsin(abs(place[2]) / np.linalg.norm(place)))


def node_over_pad(pad: Site, inclination_rad: float, ascending: bool) -> float:
    """How far east of the pad's meridian the node lies when the pad is in the plane, going north or south."""
    place = pad_itrf_m(pad)
    along = float(np.arcsin(np.clip(place[2] / np.hypot(place[0], place[1]) / np.tan(inclination_rad), -1.0, 1.0)))
    return -along if ascending else along - np.pi
