"""Where and in which plane a launcher leaves its ship, for a liftoff at some instant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.launcher import OrbitTarget, SeparationTarget
from fakel.model.place import Site
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import RADIUS_M, itrf_from_geodetic

SPIN = np.array([0.0, 0.0, EARTH_RATE_RAD_S])


def inclination_of(target: SeparationTarget) -> float:
    """Osculating inclination rad of a separation vector, against the axis of ITRF."""
    normal = np.cross(target.position_itrf_m, _inertial(target))
    return float(np.arccos(normal[2] / np.linalg.norm(normal)))


def turned_to(target: SeparationTarget, inclination_rad: float) -> SeparationTarget:
    """The same target at the same place, its velocity turned about the vertical until the orbit has an inclination.

    Speed, flight-path angle and the side (ascending or descending) stay. Raises ValueError where no orbit over that
    place has the inclination: it must reach the place's latitude.
    """
    up = target.position_itrf_m / np.linalg.norm(target.position_itrf_m)
    east = np.array([-up[1], up[0], 0.0])
    cos_latitude = float(np.linalg.norm(east))
    sine = np.cos(inclination_rad) / cos_latitude                    # of the azimuth: spherical triangle
    if abs(sine) > 1.0:
        raise ValueError(f"inclination {np.degrees(inclination_rad):g} deg: no such orbit passes over "
                         f"{np.degrees(np.arccos(cos_latitude)):.2f} deg of latitude, where the ship separates")
    east = east / cos_latitude
    north = np.cross(up, east)
    velocity = _inertial(target)
    level = velocity - up * (up @ velocity)
    cosine = np.copysign(np.sqrt(1.0 - sine * sine), level @ north)
    turned = up * (up @ velocity) + float(np.linalg.norm(level)) * (sine * east + cosine * north)
    return replace(target, velocity_itrf_m_s=turned - np.cross(SPIN, target.position_itrf_m),
                   inclination_rad=inclination_rad)


def _inertial(target: SeparationTarget) -> FloatArray:
    return np.asarray(target.velocity_itrf_m_s + np.cross(SPIN, target.position_itrf_m))


def plane_normal(inclination_rad: float, node_rad: float) -> FloatArray:
    """Unit normal (3,), along r x v, of an orbit whose ascending node lies node_rad east of the x axis."""
    s = np.sin(inclination_rad)
    return np.array([s * np.sin(node_rad), -s * np.cos(node_rad), np.cos(inclination_rad)])


def pad_itrf_m(pad: Site) -> FloatArray:
    return itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)


def cutoff_in_plane(target: OrbitTarget, pad: Site, normal: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Nominal position and velocity at cutoff in a plane of unit normal (3,), in the frame in which that is given.

    They lie range_rad along the plane from the point of it nearest the pad, as the pad stands in that frame (ITRF axes
    frozen at liftoff).
    """
    place = pad_itrf_m(pad)
    nearest = place - normal * (normal @ place)
    nearest = nearest / np.linalg.norm(nearest)
    radial = np.cos(target.range_rad) * nearest + np.sin(target.range_rad) * np.cross(normal, nearest)
    low, high = RADIUS_M + target.perigee_m, RADIUS_M + target.apogee_m
    p, e = 2 * low * high / (low + high), (high - low) / (high + low)
    c, s = np.cos(target.anomaly_rad), np.sin(target.anomaly_rad)
    rate = np.sqrt(MU_M3_S2 / p)
    return p / (1 + e * c) * radial, rate * (e * s * radial + (1 + e * c) * np.cross(normal, radial))
