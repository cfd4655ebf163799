"""Launches with their ways out, each climb flown once, for tests of aborts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from fakel.api.aborts import Climber, climb_of, climber, ways_of
from fakel.load.surroundings import Around
from fakel.model.abort import Abort, AbortWays
from fakel.model.epoch import Epoch
from fakel.plan.abort_study import one, setting_of
from fakel.plan.aborts import Setting
from fakel.plan.ascent import Climb
from fakel.world import World, build_world

DAY = "2018-10-11T08:00:00Z"


@cache
def world(day: str = DAY) -> World:
    at = Epoch.utc(day)
    return build_world(at, at + 2 * 86_400.0, margin_s=7200.0, heights_m=(100e3, 900e3))


@cache
def who(launcher: str = "soyuz-fg", spacecraft: str = "soyuz-ms", pad: str = "baikonur-1-5") -> Climber:
    return climber(launcher, spacecraft, pad)


@cache
def climb(launcher: str = "soyuz-fg", spacecraft: str = "soyuz-ms", pad: str = "baikonur-1-5") -> Climb:
    return climb_of(who(launcher, spacecraft, pad))


@cache
def setting(launcher: str = "soyuz-fg", spacecraft: str = "soyuz-ms", pad: str = "baikonur-1-5") -> Setting:
    asked = who(launcher, spacecraft, pad)
    return setting_of(asked.launcher, asked.vehicle, ways_of(asked.vehicle), asked.pad,
                      climb(launcher, spacecraft, pad), asked.mass_kg, asked.propellant_kg, Epoch.utc(DAY), world(),
                      Around().ground_m)


def changed(given: Setting, **ways: object) -> Setting:
    """With every way out otherwise."""
    return with_ways(given, replace(given.ways, ways=tuple(replace(way, **ways) for way in given.ways.ways)))


def with_ways(given: Setting, ways: AbortWays) -> Setting:
    return replace(given, ways=ways)


@cache
def abort_at(t_s: float, launcher: str = "soyuz-fg", spacecraft: str = "soyuz-ms", pad: str = "baikonur-1-5") -> Abort:
    return one(t_s, climb(launcher, spacecraft, pad), setting(launcher, spacecraft, pad))


def km_apart(abort: Abort, latitude_deg: float, longitude_deg: float) -> float:
    """From where it came down to a place, along a sphere."""
    lat, lon = np.radians(latitude_deg), np.radians(longitude_deg)
    cosine = (np.sin(abort.latitude_rad) * np.sin(lat)
              + np.cos(abort.latitude_rad) * np.cos(lat) * np.cos(abort.longitude_rad - lon))
    return float(6371.0 * np.arccos(np.clip(cosine, -1.0, 1.0)))
