"""A plane for a launcher that steers into one, where no station says which."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.place import Site
from fakel.physics.geodesy import itrf_from_geodetic


def plane_through(pad: Site, inclination_rad: float) -> FloatArray:
    """Normal (3), launch frame, of the plane through a pad at liftoff on its way to the north-east.

    Raises InputError for an inclination below the pad's latitude.
    """
    place = itrf_from_geodetic(pad.latitude_rad, pad.longitude_rad, pad.height_m)
    flat = float(np.hypot(place[0], place[1]))
    cosine = -np.cos(inclination_rad) * place[2] / (np.sin(inclination_rad) * flat) if np.sin(inclination_rad) else 2.0
    if abs(cosine) > 1.0:
        raise InputError(f"--inclination = {np.degrees(inclination_rad):g} deg: no such plane passes over {pad.name}, "
                         f"at {np.degrees(np.arctan2(abs(place[2]), flat)):.2f} deg from the equator; give more")
    turn = np.arctan2(place[1], place[0]) - np.arccos(cosine)
    return np.array([np.sin(inclination_rad) * np.cos(turn), np.sin(inclination_rad) * np.sin(turn),
                     np.cos(inclination_rad)])
