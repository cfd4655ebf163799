"""Density of the air from the ground up along a way over the Earth, for an entry."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.world import World
from fakel.world.upper_air import density
from fakel.world.weather import read_weather


def density_columns(t_s: float, lat_rad: FloatArray, lon_rad: FloatArray, height_m: FloatArray, world: World
                    ) -> FloatArray:
    """Density (n, m) kg/m3 over places (n,) at heights (m,), at one instant.

    By the model of the world's upper air, which reaches down to the ground.
    """
    weather = read_weather(sum(world.window.start.mjd_utc), sum(world.window.stop.mjd_utc))
    lat, height = np.meshgrid(lat_rad, height_m, indexing="ij")
    lon = np.broadcast_to(lon_rad[:, None], lat.shape)
    flat = density(world.epoch, np.full(lat.size, t_s), lat.ravel(), lon.ravel(), height.ravel(), weather,
                   world.air_model)
    return flat.reshape(lat.shape)
