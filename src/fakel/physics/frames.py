"""Local frames along an orbit, relative motion, quaternions.

RTN: radial (up), transverse (along track), normal. LVLH: x forward (transverse), y starboard (against the normal),
z down. Quaternions are scalar first and turn vectors written in a frame into body axes, as in ``model.flight.State``.
All functions take (n, 3) or (3,) arrays alike, and give (n, …) or (…).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray


@njit(cache=True)
def rtn_of(y: FloatArray) -> FloatArray:
    """Rows R, T, N (3, 3) of one state y (6 or more,), for compiled callers."""
    rows = np.empty((3, 3))
    nx, ny, nz = y[1] * y[5] - y[2] * y[4], y[2] * y[3] - y[0] * y[5], y[0] * y[4] - y[1] * y[3]
    r, n = math.sqrt(y[0] ** 2 + y[1] ** 2 + y[2] ** 2), math.sqrt(nx * nx + ny * ny + nz * nz)
    rows[0, 0], rows[0, 1], rows[0, 2] = y[0] / r, y[1] / r, y[2] / r
    rows[2, 0], rows[2, 1], rows[2, 2] = nx / n, ny / n, nz / n
    rows[1, 0] = rows[2, 1] * rows[0, 2] - rows[2, 2] * rows[0, 1]
    rows[1, 1] = rows[2, 2] * rows[0, 0] - rows[2, 0] * rows[0, 2]
    rows[1, 2] = rows[2, 0] * rows[0, 1] - rows[2, 1] * rows[0, 0]
    return rows


def rtn_from_gcrf(position_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """Matrix (…, 3, 3) that turns GCRF vectors into radial, transverse, normal."""
    r, v = np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    up, normal = unit(r), unit(cross(r, v))
    return np.stack([up, cross(normal, up), normal], axis=-2)


def rtn_from_lvlh(vector: FloatArray) -> FloatArray:
    """A vector (…, 3) of LVLH written as radial, transverse, normal."""
    return np.stack([-vector[..., 2], vector[..., 0], -vector[..., 1]], axis=-1)


def lvlh_from_gcrf(position_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """Matrix (…, 3, 3) that turns GCRF vectors into x forward, y starboard, z down."""
    rtn = rtn_from_gcrf(position_m, velocity_m_s)
    return np.stack([rtn[..., 1, :], -rtn[..., 2, :], -rtn[..., 0, :]], axis=-2)


def orbit_rate_rad_s(position_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """Rate vector (…, 3) at which the local frame turns, in GCRF (without the plane's own slow turn, 1e-6 rad/s)."""
    r, v = np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    return np.asarray(cross(r, v) / np.sum(r * r, axis=-1, keepdims=True))


def relative_rtn(chaser: FloatArray, target: FloatArray) -> FloatArray:
    """Position (m) and velocity (m/s) (…, 6) of a chaser in the target's turning RTN frame.

    chaser, target: (…, 6 or more) GCRF states at the same instant.
    """
    chaser, target = np.asarray(chaser, dtype=float), np.asarray(target, dtype=float)
    r, v = target[..., :3], target[..., 3:6]
    rtn, rate = rtn_from_gcrf(r, v), orbit_rate_rad_s(r, v)
    apart = chaser[..., :3] - r
    closing = chaser[..., 3:6] - v - cross(rate, apart)
    return np.concatenate([_turn(rtn, apart), _turn(rtn, closing)], axis=-1)


def from_relative_rtn(relative: FloatArray, target: FloatArray) -> FloatArray:
    """GCRF state (…, 6) of a chaser from its place in the target's turning RTN frame; undoes ``relative_rtn``."""
    relative, target = np.asarray(relative, dtype=float), np.asarray(target, dtype=float)
    r, v = target[..., :3], target[..., 3:6]
    back, rate = np.swapaxes(rtn_from_gcrf(r, v), -1, -2), orbit_rate_rad_s(r, v)
    apart = _turn(back, relative[..., :3])
    return np.concatenate([r + apart, v + _turn(back, relative[..., 3:6]) + cross(rate, apart)], axis=-1)


def phase_ahead_rad(chaser: FloatArray, target: FloatArray) -> float:
    """Angle (0 to 2 pi) by which the target is ahead of the chaser, seen about the chaser's orbit normal."""
    rtn = rtn_from_gcrf(chaser[:3], chaser[3:6])
    return float(math.atan2(target[:3] @ rtn[1], target[:3] @ rtn[0]) % (2 * math.pi))


def attitude_lvlh(position_m: FloatArray, velocity_m_s: FloatArray) -> FloatArray:
    """Quaternions (…, 4) of a craft whose body axes lie along LVLH."""
    return quaternion_from_matrix(lvlh_from_gcrf(position_m, velocity_m_s))


def attitude_along(axis: FloatArray, up: FloatArray) -> FloatArray:
    """Quaternions (…, 4) of a craft whose body x lies along axis and whose z lies away from up, as nearly as it can."""
    x = unit(np.asarray(axis, dtype=float))
    y = unit(cross(x, np.broadcast_to(up, x.shape)))
    return quaternion_from_matrix(np.stack([x, y, cross(x, y)], axis=-2))


def quaternion_from_matrix(matrix: FloatArray) -> FloatArray:
    """Unit quaternions (…, 4), scalar first and not negative, of rotation matrices (…, 3, 3): body = matrix @ frame.

    Bar-Itzhack 2000 in its plain form: the largest of the four squares is taken first, so no case loses digits.
    """
    m = np.asarray(matrix, dtype=float)
    xx, yy, zz = m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]
    a, b, c = m[..., 1, 2] - m[..., 2, 1], m[..., 2, 0] - m[..., 0, 2], m[..., 0, 1] - m[..., 1, 0]
    d, e, f = m[..., 0, 1] + m[..., 1, 0], m[..., 0, 2] + m[..., 2, 0], m[..., 1, 2] + m[..., 2, 1]
    # Each row is the quaternion times four times one of its own parts; the longest row is the best one.
    rows = np.stack([np.stack([1 + xx + yy + zz, a, b, c], -1), np.stack([a, 1 + xx - yy - zz, d, e], -1),
                     np.stack([b, d, 1 - xx + yy - zz, f], -1), np.stack([c, e, f, 1 - xx - yy + zz], -1)], axis=-2)
    best = np.argmax(np.diagonal(rows, axis1=-2, axis2=-1), axis=-1)
    q = unit(np.take_along_axis(rows, best[..., None, None], axis=-2)[..., 0, :])
    return np.where(q[..., :1] < 0, -q, q)


def matrix_from_quaternion(quaternion: FloatArray) -> FloatArray:
    """Rotation matrices (…, 3, 3), body = matrix @ frame, of unit quaternions (…, 4)."""
    w, x, y, z = np.moveaxis(np.asarray(quaternion, dtype=float), -1, 0)
    return np.stack([
        np.stack([1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)], -1),
        np.stack([2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)], -1),
        np.stack([2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)], -1)], axis=-2)


def quaternion_product(first: FloatArray, then: FloatArray) -> FloatArray:
    """The turn ``first`` and after it the turn ``then``: matrix(product) = matrix(then) @ matrix(first)."""
    a, b = np.asarray(first, dtype=float), np.asarray(then, dtype=float)
    w = a[..., 0] * b[..., 0] - np.sum(a[..., 1:] * b[..., 1:], axis=-1)
    xyz = a[..., :1] * b[..., 1:] + b[..., :1] * a[..., 1:] + cross(a[..., 1:], b[..., 1:])
    return np.concatenate([w[..., None], xyz], axis=-1)


def cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """The vector product (…, 3); of two vectors (3,) bit for bit what numpy says, twenty times as fast."""
    if a.shape != (3,) or b.shape != (3,):
        return np.asarray(np.cross(a, b))
    (a0, a1, a2), (b0, b1, b2) = a.tolist(), b.tolist()
    return np.array([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0])


def unit(vectors: FloatArray) -> FloatArray:
    """Vectors (…, n) of any length as unit vectors."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))


def _turn(matrix: FloatArray, vectors: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("...ij,...j->...i", matrix, vectors))
