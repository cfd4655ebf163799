"""Sightings and skies for tests of pictures: a craft on a circle over a place."""

from __future__ import annotations

from math import radians

import numpy as np

from fakel.model.epoch import Epoch, Window
from fakel.model.sighting import Look, Place, Sighting
from fakel.model.sky import SkyAbove
from fakel.plan.seen_path import small_world
from fakel.plan.sky import sky_above


def place(latitude_deg: float = 43.6, longitude_deg: float = 39.7, name: str = "Sochi", russian: str = "Сочи",
          zone: str = "Europe/Moscow") -> Place:
    return Place(name, (("en", name), ("ru", russian)), "RU", radians(latitude_deg), radians(longitude_deg), 10.0, zone)


def sighting(where: Place, when: str = "2013-11-12T03:16:30Z", *, highest_deg: float = 60.0, turn_deg: float = 40.0,
             begins: str = "rises", ends: str = "enters_shadow", magnitude: float = -3.2, sigma_s: float = 2.0,
             half_s: float = 180.0) -> Sighting:
    """A pass along a great circle of the sky that culminates at highest_deg; seen for half_s on each side."""
    t_s = np.arange(-half_s, half_s + 1, 10.0)
    along = np.radians(t_s / half_s * 75.0)
    turn, high = radians(turn_deg), radians(highest_deg)
    ahead = np.array([np.sin(turn), np.cos(turn), 0.0])
    top = np.array([np.cos(turn) * np.cos(high), -np.sin(turn) * np.cos(high), np.sin(high)])
    lines = np.outer(np.cos(along), top) + np.outer(np.sin(along), ahead)
    azimuth, elevation = np.arctan2(lines[:, 0], lines[:, 1]) % (2 * np.pi), np.arcsin(lines[:, 2])
    path = np.column_stack([t_s + half_s, azimuth, elevation, azimuth, elevation, np.full(len(t_s), magnitude)])
    peak = Epoch.utc(when)

    def look(k: int) -> Look:
        return Look(peak + float(t_s[k]), float(elevation[k]), float(azimuth[k]), 1e6)

    return Sighting(where, "ISS", look(0), look(len(t_s) // 2), look(-1), begins, ends, magnitude, 1.0, -0.2, 0.3, 0.5,
                    1.0, sigma_s, path)


def sky(s: Sighting) -> SkyAbove:
    epoch = s.peak.epoch
    return sky_above(small_world(Window(epoch, epoch + 1.0)), s.place, epoch)
