"""Worlds and orbits that the engine's tests share; each world is built once."""

from functools import cache

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.field import Field
from fakel.world import World, build_world
from fakel.world.gravity import series_of

START = Epoch.utc("2013-11-06")
DAYS = 3
MU_M3_S2 = 3.986004415e14            # EGM2008
RADIUS_M = 6_378_136.3
CD_AREA_M2 = 2.2 * 1400.0
STATION_KG = 419_600.0


@cache
def full() -> World:
    """Everything: 20 x 20, Sun, Moon, air."""
    return build_world(START, START + DAYS * 86_400.0)


@cache
def flattened() -> World:
    """J2 alone."""
    return build_world(START, START + DAYS * 86_400.0, gravity="j2", drag=False)


@cache
def round_field() -> Field:
    """A point mass: no harmonics, no bodies, no air."""
    c, s = np.zeros((3, 3)), np.zeros((3, 3))
    return flattened().field._replace(gravity=series_of(c, s, 2, MU_M3_S2, RADIUS_M))


def orbit(height_m: float = 410e3, inclination_rad: float = 0.9013, speed: float = 1.0) -> np.ndarray:
    """A state (7,) at the ascending node; speed 1 is circular."""
    r = 6_378_137.0 + height_m
    v = speed * np.sqrt(MU_M3_S2 / r)
    return np.array([r, 0.0, 0.0, 0.0, v * np.cos(inclination_rad), v * np.sin(inclination_rad), STATION_KG])
