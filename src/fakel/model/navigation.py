"""How well a ship is known on its way up, how exactly it does what it is told, and one flight's own chances."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.dice import dice
from fakel.model.errors import require_known
from fakel.model.place import Network

RADAR, GROUND = "radar", "tracking"
SENSORS = (GROUND, RADAR)


@dataclass(frozen=True, slots=True)
class Insertion:
    """One sigma of the orbit that a launcher leaves a ship in; height and speed at separation are tied."""

    height_m: float
    speed_m_s: float
    inclination_rad: float
    height_speed_correlation: float
    source: str

    def __post_init__(self) -> None:
        if not -1.0 <= self.height_speed_correlation <= 1.0:
            raise ValueError(f"height_speed_correlation = {self.height_speed_correlation:g} is none; write -1 to 1")


@dataclass(frozen=True, slots=True, eq=False)
class Tracking:
    """What one pass over ground stations tells, one sigma, in terms of the orbit, so that its parts are tied.

    radial, along and cross: position. A pass longer than full_pass_s tells more, a shorter one less, by the root of
    the length; one under shortest_pass_s tells nothing. Stations that see the ship at the same time make one pass.
    ready_after_s: from the end of a pass until its orbit is on board.
    """

    radial_m: float
    along_m: float
    cross_m: float
    semi_major_axis_m: float
    full_pass_s: float
    shortest_pass_s: float
    ready_after_s: float
    network: Network
    source: str


@dataclass(frozen=True, slots=True)
class Radar:
    """The ship's own radar, one sigma: of range, a share and a fixed part; of range rate; of each of two angles.

    It sees the station within reach_m. Errors within every_s are held to be the same, so a fix comes so often. Near
    the port its errors are counted from the port: the fixed part fades within fades_m of it.
    """

    reach_m: float
    range_share: float
    range_fixed_m: float
    range_rate_m_s: float
    angle_rad: float
    every_s: float
    fades_m: float
    source: str

    @property
    def position_share(self) -> float:
        """Three sigma of position far from the port, as a share of the distance: range and one angle together."""
        return 3.0 * math.hypot(self.range_share, self.angle_rad)


@dataclass(frozen=True, slots=True)
class Execution:
    """One sigma of what an engine gives instead of what it is told: size (a share, and a fixed part), pointing (each of
    two axes), and the fixed part of each axis of a thruster's impulse near the station."""

    size_share: float
    size_fixed_m_s: float
    pointing_rad: float
    pulse_axis_m_s: float
    source: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A sensor gone wrong, to see what follows: from its fix number from_fix on (counted from 1 on each leg) range
    (radar) or place along track (tracking) is off by offset_m."""

    sensor: str
    offset_m: float
    from_fix: int = 1

    def __post_init__(self) -> None:
        require_known("faults: sensor", self.sensor, SENSORS)


@dataclass(frozen=True, slots=True, eq=False)
class Navigation:
    """Everything that is uncertain on the way to a station. disagree_sigma: a fix that stands farther from what is
    known than so many sigma is left out; missed_share: how many of all burns do not happen."""

    id: str
    name: str
    insertion: Insertion
    tracking: Tracking
    radar: Radar
    execution: Execution
    disagree_sigma: float
    source: str
    confidence: str = "assumed"
    missed_share: float = 0.0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """One dispersed flight of many: its navigation, and the address of its random numbers."""

    navigation: Navigation
    seed: int
    run: int

    def normal(self, purpose: str, n: int) -> FloatArray:
        """Standard normal numbers (n,) for one purpose."""
        return np.asarray(dice(self.seed, self.run, purpose).standard_normal(n))

    def share(self, purpose: str) -> float:
        """A number between 0 and 1 for one purpose."""
        return float(dice(self.seed, self.run, purpose).random())

    @property
    def id(self) -> str:
        """What a plan says of it."""
        return f"{self.navigation.id}, seed {self.seed}, run {self.run}"


