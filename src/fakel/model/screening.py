"""A way through the catalogue: what passes near, how near, how probably."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch


@dataclass(frozen=True, slots=True)
class Listed:
    """One object of a catalogue: its number, name, international designator, and its newest element set.

    fields: those of an OMM, which keep all digits."""

    number: str
    name: str
    designator: str
    epoch: Epoch
    line1: str
    line2: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueErrors:
    """How wrong element sets of a catalogue are taken to be: one sigma (3,) m radial, along track and across at their
    epoch, and what a day of age adds to each; they come without a covariance."""

    id: str
    name: str
    sigma_rtn_m: FloatArray
    growth_rtn_m_day: FloatArray
    radius_m: float
    own_radius_m: float
    confidence: str
    source: str

    def __post_init__(self) -> None:
        for name in ("sigma_rtn_m", "growth_rtn_m_day"):
            object.__setattr__(self, name, frozen(getattr(self, name), (3,), name))

    def sigmas_m(self, age_days: float) -> FloatArray:
        """One sigma (3,) of a set of an age, before its epoch as after."""
        return np.asarray(self.sigma_rtn_m + abs(age_days) * self.growth_rtn_m_day)


@dataclass(frozen=True, slots=True, eq=False)
class Passing:
    """One object near the way, at its nearest. States (6,) GCRF; miss_rtn_m, velocity_rtn_m_s (3,): the object from the
    ship, in the ship's RTN; covariances (6, 6) in each one's own RTN; age_days of its element set."""

    number: str
    name: str
    designator: str
    epoch: Epoch
    miss_m: float
    speed_m_s: float
    probability: float
    miss_rtn_m: FloatArray
    velocity_rtn_m_s: FloatArray
    ship: FloatArray
    other: FloatArray
    ship_covariance: FloatArray
    other_covariance: FloatArray
    age_days: float


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """All passings within near_m of a ship from start to stop, by time.

    counts: objects read, left after heights, left after times. beside: objects that fly with the
    ship's target and are no encounters. told: what could not be flown."""

    ship: str
    start: Epoch
    stop: Epoch
    near_m: float
    passings: tuple[Passing, ...]
    counts: tuple[int, int, int]
    beside: tuple[str, ...]
    errors: CatalogueErrors
    told: tuple[str, ...]
