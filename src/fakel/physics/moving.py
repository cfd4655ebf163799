"""Frames that ride with a craft: RTN, LVLH, its body, its docking ports; positions and velocities both ways.

All functions take (n, 3) or (3,) arrays alike, and give (n, …) or (…).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fakel.model.arrays import FloatArray
from fakel.physics.frames import lvlh_from_gcrf, matrix_from_quaternion, orbit_rate_rad_s, rtn_from_gcrf


@dataclass(frozen=True, slots=True, eq=False)
class Moving:
    """A frame: where its origin is and how it moves (GCRF), how it is turned (matrix (…, 3, 3) to it from GCRF) and how
    fast it turns (rad/s, GCRF)."""

    origin_m: FloatArray
    velocity_m_s: FloatArray
    matrix: FloatArray
    rate_rad_s: FloatArray

    def into(self, position_gcrf_m: FloatArray, velocity_gcrf_m_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """A place and its velocity as seen by one who rests in the frame."""
        apart = np.asarray(position_gcrf_m, dtype=float) - self.origin_m
        closing = np.asarray(velocity_gcrf_m_s, dtype=float) - self.velocity_m_s - np.cross(self.rate_rad_s, apart)
        return _turn(self.matrix, apart), _turn(self.matrix, closing)

    def out_of(self, position_m: FloatArray, velocity_m_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """GCRF position and velocity of a place that moves in the frame; undoes ``into``."""
        back = np.swapaxes(self.matrix, -1, -2)
        apart = _turn(back, np.asarray(position_m, dtype=float))
        moved = _turn(back, np.asarray(velocity_m_s, dtype=float)) + np.cross(self.rate_rad_s, apart)
        return self.origin_m + apart, self.velocity_m_s + moved

    def place(self, position_m: FloatArray, axis: FloatArray, beside: ArrayLike = (0.0, 0.0, 1.0)) -> Moving:
        """A frame fixed in this one, such as a port: its origin, x along axis, z near beside (all in this one).

        ValueError when axis and beside are parallel.
        """
        x = np.asarray(axis, dtype=float) / np.linalg.norm(axis)
        y = np.cross(np.asarray(beside, dtype=float), x)
        if np.linalg.norm(y) < 1e-6:
            raise ValueError("the axis of a port and the direction beside it are parallel; choose another beside")
        y = y / np.linalg.norm(y)
        origin, velocity = self.out_of(position_m, np.zeros(3))
        return Moving(origin, velocity, np.array([x, y, np.cross(x, y)]) @ self.matrix, self.rate_rad_s)


def rtn(position_m: FloatArray, velocity_m_s: FloatArray) -> Moving:
    """Radial (up), transverse, normal, of a craft in GCRF; turns at r x v / r^2."""
    r, v = np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    return Moving(r, v, rtn_from_gcrf(r, v), orbit_rate_rad_s(r, v))


def lvlh(position_m: FloatArray, velocity_m_s: FloatArray) -> Moving:
    """x forward, y starboard, z down, of a craft in GCRF."""
    r, v = np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    return Moving(r, v, lvlh_from_gcrf(r, v), orbit_rate_rad_s(r, v))


def body(position_m: FloatArray, velocity_m_s: FloatArray, attitude: FloatArray, rate_body_rad_s: FloatArray) -> Moving:
    """The axes of a craft in GCRF: attitude (…, 4) as in ``model.flight.State``, rate (…, 3) in its own axes."""
    matrix = matrix_from_quaternion(attitude)
    rate = _turn(np.swapaxes(matrix, -1, -2), np.asarray(rate_body_rad_s, dtype=float))
    return Moving(np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float), matrix, rate)


def _turn(matrix: FloatArray, vectors: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("...ij,...j->...i", matrix, vectors))
