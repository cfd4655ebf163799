"""The path of one craft as a file gives it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch, Window, Windows
from fakel.model.frame import Frame


@dataclass(frozen=True, slots=True)
class Build:
    """What drag takes of a craft, where a file says so; None is not said."""

    mass_kg: float | None = None
    drag_area_m2: float | None = None
    drag_coefficient: float | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """An event that a file announces or shows; dv_m_s is 0 where the craft is not pushed."""

    name: str
    epoch: Epoch
    stop: Epoch
    dv_m_s: float = 0.0

    @property
    def is_burn(self) -> bool:
        return self.dv_m_s > 0.0 or self.stop > self.epoch


@dataclass(frozen=True, slots=True)
class Gaps:
    """Stretches of a file without states, and what to tell of them."""

    windows: Windows
    told: str


@dataclass(frozen=True, slots=True, eq=False)
class Ephemeris:
    """States of one craft in rising time.

    t_s (n,) TAI seconds after start; position_m (n, 3); velocity_m_s (n, 3), NaN where the file has none. told: what
    a person should know of the file, in one line each. created: when a prediction was made, if the file says so. gaps:
    where states are missing that should be there, unless that was allowed for.
    """

    name: str
    source: str
    frame: Frame
    start: Epoch
    t_s: FloatArray
    position_m: FloatArray
    velocity_m_s: FloatArray
    build: Build = Build()
    events: tuple[Announced, ...] = ()
    told: tuple[str, ...] = ()
    created: Epoch | None = None
    gaps: Gaps | None = None

    def __post_init__(self) -> None:
        n = len(self.t_s)
        for name, shape in (("t_s", (n,)), ("position_m", (n, 3)), ("velocity_m_s", (n, 3))):
            object.__setattr__(self, name, frozen(getattr(self, name), shape, name))
        if n < 2 or np.any(np.diff(self.t_s) <= 0):
            raise ValueError(f"an ephemeris needs two states or more in rising time; {self.name} has {n}")

    @property
    def stop(self) -> Epoch:
        return self.start + float(self.t_s[-1])

    @property
    def burns(self) -> tuple[Announced, ...]:
        return tuple(event for event in self.events if event.is_burn)

    def coasting(self, shortest_s: float = 3600.0) -> tuple[Window, ...]:
        """Stretches between burns, in order, that last shortest_s or longer."""
        edge, out = self.start, []
        for burn in sorted(self.burns, key=lambda b: b.epoch):
            if burn.epoch > edge:
                out.append(Window(edge, min(burn.epoch, self.stop)))
            edge = max(edge, burn.stop)
        if self.stop > edge:
            out.append(Window(edge, self.stop))
        return tuple(window for window in out if window.duration_s >= shortest_s)
