"""The sky over a place: stars and constellations as they are, and what stands where at an instant. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch
from fakel.model.sighting import Place


@dataclass(frozen=True, slots=True)
class Constellation:
    """A figure. names by language (``en`` holds the Latin one); rank 1 to 3, the plainest first; at and lines: unit
    vectors along ICRS axes, where its name goes (3,) and its strokes (n, 3) each."""

    id: str
    names: tuple[tuple[str, str], ...]
    rank: int
    at: FloatArray
    lines: tuple[FloatArray, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StarMap:
    """Stars, brightest first. directions (n, 3): unit vectors along ICRS axes, J2000; magnitudes, colours B-V (n,);
    names: number of the star to its names by language."""

    directions: FloatArray
    magnitudes: FloatArray
    colours: FloatArray
    names: dict[int, tuple[tuple[str, str], ...]]
    constellations: tuple[Constellation, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A planet, the Moon or the Sun in somebody's sky. lit: part of its disc in sunlight."""

    name: str
    azimuth_rad: float
    elevation_rad: float
    magnitude: float
    lit: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class SkyAbove:
    """What stands where over a place at an instant, no refraction.

    turn (3, 3): from ICRS to east, north, up. bodies: Sun, Moon and planets, those below the horizon too. track (n, 3):
    a craft's whole pass above the horizon, t_s after the instant, azimuth, elevation (rad); may be empty.
    """

    place: Place
    epoch: Epoch
    turn: FloatArray
    bodies: tuple[Body, ...]
    track: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "turn", frozen(self.turn, (3, 3), "turn"))
        object.__setattr__(self, "track", frozen(self.track, (None, 3), "track"))

    def body(self, name: str) -> Body:
        return next(body for body in self.bodies if body.name == name)
