"""A cabin's air over time, as reports show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch


@dataclass(frozen=True, slots=True, eq=False)
class AirCurves:
    """n instants (s since begin), V rooms; the tables are (n, V). books: kg of O2, N2, CO2, H2O, CO, … over a border.

    volume_m3 (V,) and single values are NaN where they are not known, such as of a ship that is away. crew: by quantity
    the worst (n,) of the rooms that people may breathe in, where not all are. co_ppm: carbon monoxide (n,) in the worst
    room.
    """

    title: str
    rooms: tuple[str, ...]
    volume_m3: FloatArray
    t_s: FloatArray
    pressure_pa: FloatArray
    o2_pa: FloatArray
    co2_pa: FloatArray
    temperature_k: FloatArray
    humidity: FloatArray
    books: Mapping[str, FloatArray]
    begin: Epoch | None = None
    crew: Mapping[str, FloatArray] | None = None
    co_ppm: FloatArray | None = None
