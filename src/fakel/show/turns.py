"""Quaternions (w, x, y, z) as the flight keeps them: q turns a vector written in body axes into the frame's."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray


def product(a: FloatArray, b: FloatArray) -> FloatArray:
    """First b, then a."""
    (aw, av), (bw, bv) = (a[0], a[1:]), (b[0], b[1:])
    return np.r_[aw * bw - av @ bv, aw * bv + bw * av + np.cross(av, bv)]


def back(q: FloatArray) -> FloatArray:
    """The turn that undoes q."""
    return q * np.array([1.0, -1.0, -1.0, -1.0])


def turned(q: FloatArray, vector: FloatArray) -> FloatArray:
    """A vector of body axes in the frame's."""
    return vector + 2.0 * np.cross(q[1:], np.cross(q[1:], vector) + q[0] * vector)


def of_axes(axes: FloatArray) -> FloatArray:
    """The quaternion of a body whose axes, written in the frame, are the columns of a matrix (3, 3)."""
    m = np.asarray(axes, dtype=float)
    rows = np.array([
        [1 + m[0, 0] + m[1, 1] + m[2, 2], m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]],
        [m[2, 1] - m[1, 2], 1 + m[0, 0] - m[1, 1] - m[2, 2], m[1, 0] + m[0, 1], m[0, 2] + m[2, 0]],
        [m[0, 2] - m[2, 0], m[1, 0] + m[0, 1], 1 - m[0, 0] + m[1, 1] - m[2, 2], m[2, 1] + m[1, 2]],
        [m[1, 0] - m[0, 1], m[0, 2] + m[2, 0], m[2, 1] + m[1, 2], 1 - m[0, 0] - m[1, 1] + m[2, 2]]])
    longest = rows[int(np.argmax(np.diagonal(rows)))]
    return longest / np.linalg.norm(longest)


def between(a: FloatArray, b: FloatArray, share: float) -> FloatArray:
    """Along the great circle from a to b, the short way."""
    b = b if a @ b >= 0.0 else -b
    angle = float(np.arctan2(np.linalg.norm(b - a), np.linalg.norm(a + b))) * 2.0
    if angle < 1e-9:
        return a
    mixed = (np.sin((1.0 - share) * angle) * a + np.sin(share * angle) * b) / np.sin(angle)
    return mixed / np.linalg.norm(mixed)


def at(t_s: FloatArray, turns: FloatArray, when_s: float) -> FloatArray:
    """The turn at one instant between samples."""
    i = int(np.clip(np.searchsorted(t_s, when_s) - 1, 0, len(t_s) - 2))
    share = float(np.clip((when_s - t_s[i]) / max(t_s[i + 1] - t_s[i], 1e-12), 0.0, 1.0))
    return between(turns[i], turns[i + 1], share)
