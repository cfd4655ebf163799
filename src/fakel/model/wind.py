"""Winds over a place: what blows at which height."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi

WIDEST_STEP_M = 2000.0
"""Radiosondes tell the wind at every standard level; below 12 km these lie at most 2 km apart, nearly."""


@dataclass(frozen=True, slots=True)
class Wind:
    """A profile. height_m rises, above the ellipsoid; east_m_s and north_m_s: where the air goes.

    Straight lines between the rows; above the last and below the first the end value stands.
    """

    id: str
    height_m: tuple[float, ...]
    east_m_s: tuple[float, ...]
    north_m_s: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.height_m or not len(self.height_m) == len(self.east_m_s) == len(self.north_m_s):
            raise ValueError("a wind profile needs as many heights as winds, one at least")
        for low, high in zip(self.height_m, self.height_m[1:], strict=False):
            if high <= low:
                raise ValueError(f"height {high:g} m stands after {low:g} m; sort the rows by height, each once")
            if high - low > WIDEST_STEP_M:
                raise ValueError(f"nothing is told between {low:g} and {high:g} m; fill the gap (at most "
                                 f"{WIDEST_STEP_M:g} m)")

    def require(self, low_m: float, high_m: float) -> None:
        """Raises ValueError when the profile does not tell the wind from low_m to high_m."""
        if self.height_m[0] > low_m + WIDEST_STEP_M / 2:
            raise ValueError(f"begins at {self.height_m[0]:g} m, the ground lies at {low_m:g} m; add the rows below")
        if self.height_m[-1] < high_m - WIDEST_STEP_M / 2:
            raise ValueError(f"ends at {self.height_m[-1]:g} m, parachutes open at {high_m:g} m; add the rows above")

    def with_gust(self, height_m: float, depth_m: float, east_m_s: float, north_m_s: float) -> Wind:
        """The profile with a gust on top: full at height_m, gone half of depth_m above and below, a cosine between."""
        if not depth_m > 0.0:
            raise ValueError(f"a gust {depth_m:g} m deep; give a depth above 0")
        rows = sorted({*self.height_m, *(height_m + depth_m * k / 16 for k in range(-8, 9))})

        def more(height: float) -> float:
            off = (height - height_m) / depth_m
            return 0.5 * (1.0 + cos(2.0 * pi * off)) if abs(off) < 0.5 else 0.0

        return Wind(self.id, tuple(rows), tuple(self._at(h, self.east_m_s) + more(h) * east_m_s for h in rows),
                    tuple(self._at(h, self.north_m_s) + more(h) * north_m_s for h in rows))

    def _at(self, height_m: float, values: tuple[float, ...]) -> float:
        for (low, a), (high, b) in pairwise(zip(self.height_m, values, strict=True)):
            if low <= height_m <= high:
                return a + (height_m - low) / (high - low) * (b - a)
        return values[0] if height_m < self.height_m[0] else values[-1]
