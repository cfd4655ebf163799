"""What a station is made of, for those who look past it and for those who move along it. Axes: LVLH of the station."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray, frozen


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """A part of a craft that hides what is behind it, in body axes: a cylinder along x, y or z, or a box of size_m."""

    id: str
    kind: str
    centre_lvlh_m: FloatArray
    confidence: str
    source: str
    axis: str = "x"
    length_m: float = 0.0
    diameter_m: float = 0.0
    size_m: FloatArray | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "centre_lvlh_m", frozen(self.centre_lvlh_m, (3,), "centre_lvlh_m"))
        if self.size_m is not None:
            object.__setattr__(self, "size_m", frozen(self.size_m, (3,), "size_m"))
        if self.axis not in ("x", "y", "z"):
            raise ValueError(f"axis = {self.axis!r} is not known; write one of: x, y, z")
        if self.kind not in ("cylinder", "box"):
            raise ValueError(f"kind = {self.kind!r} is not known; write one of: cylinder, box")
        if self.kind == "box" and self.size_m is None:
            raise ValueError(f"{self.id} is a box without size_m; write its three sides")
        if self.kind == "cylinder" and not (self.length_m > 0.0 and self.diameter_m > 0.0):
            raise ValueError(f"{self.id} is a cylinder without length_m and diameter_m; write both")

    @property
    def along(self) -> int:
        """The index of a cylinder's axis, -1 for a box."""
        return "xyz".index(self.axis) if self.kind == "cylinder" else -1

    @property
    def half_m(self) -> FloatArray:
        """Half sides (3,) along the axes."""
        if self.size_m is not None and self.kind == "box":
            return np.asarray(self.size_m) / 2
        half = np.full(3, self.diameter_m / 2)
        half[self.along] = self.length_m / 2
        return half


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """A wing of solar cells, from from_m to to_m away from root_lvlh_m, width_m wide. sweeps: it stands out from the
    station's y axis and turns about it (with the truss); without, it lies along y and turns about its own length."""

    id: str
    root_lvlh_m: FloatArray
    from_m: float
    to_m: float
    width_m: float
    sweeps: bool
    confidence: str
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "root_lvlh_m", frozen(self.root_lvlh_m, (3,), "root_lvlh_m"))
        if not 0.0 <= abs(self.from_m) < abs(self.to_m) or not self.width_m > 0.0:
            raise ValueError(f"{self.id}: a wing from {self.from_m:g} to {self.to_m:g} m, {self.width_m:g} m wide, is "
                             "none; write from_m nearer to the root than to_m, and a width")


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A place that people work at, or the hatch of an airlock: where it was wished; the nearest handrail is taken.
    name: what people call it."""

    id: str
    position_lvlh_m: FloatArray
    confidence: str
    source: str
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_lvlh_m", frozen(self.position_lvlh_m, (3,), "position_lvlh_m"))


@dataclass(frozen=True, slots=True)
class Moving:
    """How people move along handrails.

    spacing_m: the most between rails on one hull; reach_m: the farthest rail that an arm gets to; stand_off_m: of a
    rail over the hull. speed_m_s: with all that moving takes; bare_speed_m_s: hand over hand alone; swap_s: one hook
    taken off and put on; setup_s: settling at the far end.
    """

    spacing_m: float
    reach_m: float
    stand_off_m: float
    speed_m_s: float
    bare_speed_m_s: float
    swap_s: float
    setup_s: float
    confidence: str
    source: str

    def __post_init__(self) -> None:
        for name in ("spacing_m", "reach_m", "speed_m_s", "bare_speed_m_s"):
            if not getattr(self, name) > 0.0:
                raise ValueError(f"{name} = {getattr(self, name):g} cannot be; write more than 0")
        for name in ("stand_off_m", "swap_s", "setup_s"):
            if getattr(self, name) < 0.0:
                raise ValueError(f"{name} = {getattr(self, name):g} cannot be; write 0 or more")


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """A station's outside. solids: what it is made of; cylinders carry handrails. arrays: solar wings, for exhaust.
    keep_outs: where nobody may go.

    hatches: by airlock. worksites: by name. Handrails are a stand-in made from the hulls, see ``plan.rails``.
    """

    id: str
    name: str
    solids: tuple[Solid, ...]
    source: str
    keep_outs: tuple[Solid, ...] = ()
    arrays: tuple[Array, ...] = ()
    hatches: Mapping[str, Spot] | None = None
    worksites: Mapping[str, Spot] | None = None
    moving: Moving | None = None

    def __post_init__(self) -> None:
        names = [s.id for s in (*self.solids, *self.keep_outs)]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise ValueError(f"{twice[0]} is the id of two solids or keep-outs; give each its own")

    @property
    def names(self) -> dict[str, str]:
        """What people call hatches and worksites, by id; those without a name are left out."""
        spots = {**(self.hatches or {}), **(self.worksites or {})}
        return {name: spot.name for name, spot in spots.items() if spot.name}
