"""How near a path comes to a place, a sphere or an ellipsoid: found between its samples, on the cubic pieces
themselves.

A path relative to a station is given by places and velocities at times; cubic (Hermite) pieces join them. A piece lies
in the hull of its four control points (Bezier), so no point of it is nearer than the distance of its middle less how
far the control points lie from the middle, for any measure of distance that changes by at most 1 m a metre. Pieces that
cannot hold the least are dropped, the others are halved, until no piece can hold a point that is more than TOLERANCE_M
nearer than the nearest found: a bound, not a search that may miss a dip between two looks.

Pieces of 60 s follow a relative path in low orbit to h^4 n^4 / 384 = 6e-8 of its size: 0.6 mm for 10 km.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray

TOLERANCE_M = 0.01
SHARE = 1e-6                                  # of the distance, where that is more
_ROUNDS = 40
_NEWTON = 60

Away = Callable[[FloatArray], FloatArray]
"""Places (n, 3) m to distances (n,) m that change by at most 1 m a metre."""


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The least distance (m) of a path, when (s, as its times count) and where (3,) m."""

    away_m: float
    t_s: float
    place_m: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Cubic pieces: start_s (n,), length_s (n,), control points (n, 4, 3) m."""

    start_s: FloatArray
    length_s: FloatArray
    control_m: FloatArray

    def first(self, until_s: float) -> Pieces:
        """The pieces that begin before until_s; the last is cut there. At least one is kept."""
        n = max(1, int(np.searchsorted(self.start_s, until_s - 1e-9)))
        start, length, control = self.start_s[:n], self.length_s[:n].copy(), self.control_m[:n].copy()
        part = float(np.clip((until_s - start[-1]) / length[-1], 0.0, 1.0))
        control[-1] = _split(control[-1:], part)[0][0]
        length[-1] *= part
        return Pieces(start, length, control)

    def after(self, from_s: float) -> Pieces:
        """The pieces that end after from_s; the first is cut there. At least one is kept."""
        n = min(int(np.searchsorted(self.start_s + self.length_s, from_s + 1e-9)), len(self.start_s) - 1)
        start, length, control = self.start_s[n:].copy(), self.length_s[n:].copy(), self.control_m[n:].copy()
        part = float(np.clip((from_s - start[0]) / length[0], 0.0, 1.0))
        control[0] = _split(control[:1], part)[1][0]
        start[0], length[0] = start[0] + part * length[0], (1.0 - part) * length[0]
        return Pieces(start, length, control)

    def within(self, radius_m: float) -> Pieces:
        """The pieces that may come nearer to the centre than radius_m; all where none may."""
        middle = self.control_m.mean(axis=1)
        reach = np.linalg.norm(self.control_m - middle[:, None], axis=2).max(axis=1)
        keep = np.linalg.norm(middle, axis=1) - reach <= radius_m
        return Pieces(self.start_s[keep], self.length_s[keep], self.control_m[keep]) if keep.any() else self


def pieces(t_s: FloatArray, path: FloatArray) -> Pieces:
    """Pieces of a path: times (n,) that rise, states (n, 6). Two rows at one time (before and after a push) make
    none."""
    keep = np.diff(t_s) > 0.0
    h = np.diff(t_s)[keep][:, None]
    (p0, v0), (p1, v1) = ((x[keep][:, :3], x[keep][:, 3:6]) for x in (path[:-1], path[1:]))
    control = np.stack([p0, p0 + v0 * h / 3.0, p1 - v1 * h / 3.0, p1], axis=1)
    return Pieces(t_s[:-1][keep], h[:, 0], control)


def nearest(path: Pieces, away: Away, tolerance_m: float = TOLERANCE_M) -> Nearest:
    """The least of a distance over a path, to within tolerance_m or a millionth of it."""
    start, length, control = path.start_s, path.length_s, path.control_m
    best = _best_of(start, control[:, 0], away, None)
    best = _best_of(start[-1:] + length[-1:], control[-1:, 3], away, best)
    for _ in range(_ROUNDS):
        middle = (control[:, 0] + 3.0 * (control[:, 1] + control[:, 2]) + control[:, 3]) / 8.0
        here = away(middle)
        i = int(here.argmin())
        if here[i] < best.away_m:
            best = Nearest(float(here[i]), float(start[i] + length[i] / 2), middle[i])
        reach = np.linalg.norm(control - middle[:, None], axis=2).max(axis=1)
        keep = here - reach < best.away_m - max(tolerance_m, SHARE * abs(best.away_m))
        if not keep.any():
            break
        start, length, (left, right) = start[keep], length[keep] / 2, _split(control[keep], 0.5)
        start, length = np.r_[start, start + length], np.r_[length, length]
        control = np.concatenate([left, right])
    return best


def _best_of(t_s: FloatArray, places: FloatArray, away: Away, best: Nearest | None) -> Nearest:
    here = away(places)
    i = int(here.argmin())
    return best if best is not None and best.away_m <= here[i] else Nearest(float(here[i]), float(t_s[i]), places[i])


def _split(control: FloatArray, part: float) -> tuple[FloatArray, FloatArray]:
    """Control points of both parts of each piece (de Casteljau)."""
    a, b, c, d = (control[:, i] for i in range(4))
    ab, bc, cd = (p + part * (q - p) for p, q in ((a, b), (b, c), (c, d)))
    abc, bcd = ab + part * (bc - ab), bc + part * (cd - bc)
    middle = abc + part * (bcd - abc)
    return np.stack([a, ab, abc, middle], axis=1), np.stack([middle, bcd, cd, d], axis=1)


def from_centre(places_m: FloatArray) -> FloatArray:
    """Distances (n,) of places (n, 3) from the station's centre."""
    return np.asarray(np.linalg.norm(places_m, axis=1))


def from_ellipsoid(half_m: FloatArray) -> Away:
    """How far outside an ellipsoid about the centre places lie; below 0 inside. half_m (3,): half axes."""
    half = np.asarray(half_m, dtype=float)

    def away(places: FloatArray) -> FloatArray:
        apart = places - ellipsoid_foot(places, half)
        return np.asarray(np.linalg.norm(apart, axis=1) * np.sign(_level(places, half) - 1.0))
    return away


def levels(half_m: FloatArray) -> Away:
    """Level of an ellipsoid (1 on it, 2 on one twice as large) times its least half axis, so that it is a distance."""
    half = np.asarray(half_m, dtype=float)
    return lambda places: _level(places, half) * float(half.min())


def _level(places: FloatArray, half: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.norm(places / half, axis=1))


def ellipsoid_foot(places: FloatArray, half: FloatArray) -> FloatArray:
    """Nearest points (n, 3) of an ellipsoid's surface to places (n, 3).

    The foot is half^2 p / (t + half^2) with the largest t that puts it on the surface; from the left of that root
    Newton's steps rise to it (the condition is convex), so they cannot fail.
    """
    p = np.abs(places) + 1e-6                                   # on an axis there may be many feet: one is taken
    squares, least = half**2, float(half.min()) ** 2
    u = (half * p - squares).max(axis=1) + least                # t counted from where the condition has its pole
    for _ in range(_NEWTON):
        away = u[:, None] + (squares - least)
        part = (half * p / away) ** 2
        value, slope = part.sum(axis=1) - 1.0, -2.0 * (part / away).sum(axis=1)
        step = -value / slope
        u = u + step
        if (np.abs(step) <= 1e-12 * u).all():
            break
    return np.asarray(np.copysign(squares * p / (u[:, None] + (squares - least)), places))
