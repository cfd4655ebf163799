"""Winds over a place: what blows at which height."""

from __future__ import annotations

from dataclasses import dataclass

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
