"""A start from a state vector, and how far an element set may be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch
from fakel.model.frame import Frame

AGE_M, AGE_M_DAY2, BURN_M_DAY2, BURNS_FROM_S = 1000.0, 3600.0, 13_000.0, 7 * 86_400.0
"""How sets of the station disagree with others, along track. Without a burn between, 2.0, 3.6 and 6.4 km a day squared
(68 km after 5.8 days, 94 and 166 km over 5.1, each way; 2013). Forward over burns, five pairs 13 to 36 days apart: 9,
12, 14, 22, 30. About 1 km is what SGP4 is off at its own epoch (Vallado et al. 2006)."""
HALF_ORBIT_M = 21_300_000.0
"""Half the length of an orbit 420 km up."""


def age_error_m(age_s: float, burns: bool = True) -> float:
    """How wrong a set of the station typically is along track (m) so long after its epoch, or before.

    burns: after a week a burn has most likely come between, and counts; False: none has. From few pairs of sets: good
    to a factor of two.
    """
    rate = BURN_M_DAY2 if burns and age_s >= BURNS_FROM_S else AGE_M_DAY2
    return AGE_M + rate * (age_s / 86_400.0) ** 2


def age_told(age_s: float) -> str:
    """The same in words; beyond half an orbit's length a set says nothing of the place on it."""
    off_m = age_error_m(age_s)
    off = f"{off_m / 1000:.0f} km off along track" if off_m < HALF_ORBIT_M else "anywhere along its orbit"
    return f"sets of the station are then typically {off}{', by burns' if age_s >= BURNS_FROM_S else ''}"


@dataclass(frozen=True, slots=True, eq=False)
class StateVector:
    """A start from a state vector. frame: GCRF, EME2000, ITRF, or for a ship RTN, about the station."""

    epoch: Epoch
    frame: Frame
    position_m: FloatArray
    velocity_m_s: FloatArray
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_m", frozen(self.position_m, (3,), "position_m"))
        object.__setattr__(self, "velocity_m_s", frozen(self.velocity_m_s, (3,), "velocity_m_s"))
