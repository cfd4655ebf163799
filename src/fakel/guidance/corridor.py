"""The corridor: where a ship may be inside the keep-out sphere. A cone about the port's axis, the fly-around's tube.

Vectors are RTN metres (radial up, along track, normal) from the station's centre to the ship's centre. The corridor is
the union of two shapes, so that it holds the whole way in:

- **cone**: from the ship's place at contact outward along the port's axis to ``reach_m``; at a distance s along the
  axis its radius is ``offset_m + s tan(half_angle_rad)``;
- **tube**: all that is within ``tube_m`` of the way of the fly-around and of the hold at its end, ``way_m``.

Source: cones of 10 to 15 deg about the docking axis are usual (Fehse 2003, Automated Rendezvous and Docking of
Spacecraft, 2.3); the agency's own figure is not public. Half angle, offset and tube are ASSUMED.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakel.guidance.proximity import HOLD_M, flyaround, hops
from fakel.model.arrays import FloatArray

HALF_ANGLE_RAD = math.radians(10.0)
OFFSET_M = 5.0
"""Radius of the cone at contact: what a ship may stand off the axis besides its angle. ASSUMED."""
TUBE_M = 50.0
"""About the fly-around and the hold: three sigma of the radar (4 m there) and impulses 30 s apart leave 10 m; the rest
is room. ASSUMED."""
BEYOND_HOLD_M = 60.0
BEHIND_M = 1.0                                   # contact is met within this of its plane


@dataclass(frozen=True, slots=True, eq=False)
class Corridor:
    """centre_m (3,): the ship at contact; axis (3,): unit vector the port looks along; way_m (k, 3): the fly-around and
    hold, k may be 0 (then the corridor is the cone alone)."""

    centre_m: FloatArray
    axis: FloatArray
    way_m: FloatArray
    half_angle_rad: float = HALF_ANGLE_RAD
    offset_m: float = OFFSET_M
    reach_m: float = HOLD_M + BEYOND_HOLD_M
    tube_m: float = TUBE_M

    def inside(self, places_m: FloatArray) -> NDArray[np.bool_]:
        """Whether places (n, 3) or (3,), RTN, lie in the corridor: (n,) or ()."""
        return np.asarray(self.margin_m(places_m) >= 0.0)

    def margin_m(self, places_m: FloatArray) -> FloatArray:
        """How far inside places (n, 3) or (3,) lie: (n,) or (). Below 0 they are outside, by about that much."""
        places = np.asarray(places_m, dtype=float)
        many = np.atleast_2d(places)
        best = self._in_cone_m(many)
        if len(self.way_m):
            best = np.maximum(best, self.tube_m - distance_to_way_m(many, self.way_m))
        return np.asarray(best if places.ndim == 2 else best[0])

    def radius_m(self, along_m: FloatArray | float) -> FloatArray:
        """The cone's radius at distances along its axis from contact."""
        return np.asarray(self.offset_m + np.maximum(np.asarray(along_m, dtype=float), 0.0)
                          * math.tan(self.half_angle_rad))

    def side_m(self, places_m: FloatArray) -> FloatArray:
        """As margin_m, (n,) for places (n, 3), to the side walls alone: the cone's end behind contact, which every ship
        meets, is not counted."""
        side, _, far = self._walls_m(places_m)
        best = np.minimum(side, far)
        if len(self.way_m):
            best = np.maximum(best, self.tube_m - distance_to_way_m(places_m, self.way_m))
        return np.asarray(best)

    def _in_cone_m(self, many: FloatArray) -> FloatArray:
        return np.asarray(np.minimum.reduce(self._walls_m(many)))

    def _walls_m(self, many: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Room to the cone's side, to its end behind contact, and to its far end."""
        away = many - self.centre_m
        along = away @ self.axis
        off = np.linalg.norm(away - along[:, None] * self.axis, axis=1)
        wall = (self.radius_m(along) - off) * math.cos(self.half_angle_rad)
        return wall, along + BEHIND_M, self.reach_m - along


def corridor_to(centre_m: FloatArray, axis: FloatArray) -> Corridor:
    """The corridor of the way in that ``proximity.route`` flies to a port: cone, fly-around, hold."""
    start = hops(axis)[-1]
    arc = flyaround(start, np.asarray(centre_m) + HOLD_M * np.asarray(axis))
    return Corridor(np.asarray(centre_m, dtype=float), np.asarray(axis, dtype=float),
                    np.array([start.position_m, *(way.position_m for way in arc)]))


def outside_corridor_in_sphere(places_m: FloatArray, corridor: Corridor, sphere_m: float) -> NDArray[np.bool_]:
    """Where places (n, 3) lie in the keep-out sphere and not in the corridor: what must never be."""
    near = np.linalg.norm(places_m, axis=-1) < sphere_m
    return np.asarray(near & ~corridor.inside(places_m))


def distance_to_way_m(places_m: FloatArray, way_m: FloatArray) -> FloatArray:
    """Least distances (n,) of places (n, 3) to a broken line through points (k, 3), k of 1 or more."""
    if len(way_m) == 1:
        return np.asarray(np.linalg.norm(places_m - way_m[0], axis=1))
    start, step = way_m[:-1], np.diff(way_m, axis=0)
    length2 = np.maximum(np.sum(step * step, axis=1), 1e-12)
    apart = places_m[:, None, :] - start
    part = np.clip(np.sum(apart * step, axis=2) / length2, 0.0, 1.0)
    return np.asarray(np.linalg.norm(apart - part[..., None] * step, axis=2).min(axis=1))
