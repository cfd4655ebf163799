"""The zone of exclusion: where, at some height, no relay is in reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.contact import Zone
from fakel.model.epoch import Epoch
from fakel.physics import geodesy, link
from fakel.physics.spans import Rows, spans_within
from fakel.plan.ends import End, Scene

STEP_DEG, GRID_DEG = 5.0, 2.0


def zone_of_exclusion(scene: Scene, relays: Sequence[End], epoch: Epoch, height_m: float, grazing_m: float) -> Zone:
    """Where, at an instant and a height over the ellipsoid, the line to every relay meets the Earth or its air.

    For each fifth degree of latitude the stretches of longitude, to 1e-4 deg. Beams are not asked.
    """
    at_s = np.array([epoch - scene.arc.start])
    there = [end.itrf(at_s)[0][0] for end in relays if end.serves.holds(epoch)]
    latitude = np.radians(np.arange(-90.0 + STEP_DEG, 90.0, STEP_DEG))
    first = float(np.degrees(np.arctan2(there[0][1], there[0][0]))) if there else -180.0

    def hidden(longitude_deg: FloatArray, row: Rows) -> FloatArray:
        place = geodesy.itrf_from_geodetic(latitude[row], np.radians(longitude_deg), height_m)
        clear = [link.clearance_m(place, relay, grazing_m) for relay in there]
        return -np.max(clear, axis=0) if clear else np.ones(len(row))
    ends = np.full(len(latitude), first)
    found = spans_within(hidden, ends, ends + 360.0, GRID_DEG)
    width = np.bincount(found.row, np.radians(found.stop_s - found.start_s), len(latitude))
    share = float(np.sum(width * np.cos(latitude)) * np.radians(STEP_DEG) / (4 * np.pi))
    rows = tuple((float(latitude[i]), _half_turn(a), _half_turn(b))
                 for i, a, b in zip(found.row, found.start_s, found.stop_s, strict=True))
    return Zone(epoch, height_m, rows, share)


def _half_turn(longitude_deg: float) -> float:
    """An angle in rad, -pi to pi."""
    return float(np.radians((longitude_deg + 180.0) % 360.0 - 180.0))
