"""A move beside a station, as it was planned and as the full model flies it."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch


@dataclass(frozen=True, slots=True, eq=False)
class Push:
    """An impulse at t_s, at place_m (3,): dv_m_s (3,) as the linear model plans it, steered_m_s (3,) as the full model
    needs it. All RTN."""

    t_s: float
    place_m: FloatArray
    dv_m_s: FloatArray
    steered_m_s: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class RelativeMove:
    """What ``plan.relative_move`` finds. All places and rates are RTN from the station's centre.

    start: where t_s is 0. model: by what it was planned. a_m, eccentricity: of the station, osculating at the begin.
    t_s (n,); planned, flown, steered (n, 6): by the linear model; the same impulses in the full model; the full model
    with each impulse chosen anew there. outside: what lies beyond the limits of the linear model, in words.
    """

    kind: str
    start: Epoch
    model: str
    a_m: float
    eccentricity: float
    rate_rad_s: float
    places_m: FloatArray
    pushes: tuple[Push, ...]
    t_s: FloatArray
    planned: FloatArray
    flown: FloatArray
    steered: FloatArray
    dv_m_s: float
    steered_dv_m_s: float
    miss_m: float
    miss_m_s: float
    steered_miss_m: float
    largest_range_m: float
    nearest_m: float
    outside: tuple[str, ...]
    share: float
    """Of the largest range: what the linear model promises within its limits."""

    @property
    def miss_share(self) -> float:
        """The miss of the same impulses in the full model, of the largest range."""
        return self.miss_m / self.largest_range_m if self.largest_range_m else 0.0
