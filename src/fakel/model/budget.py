"""A link budget as values: lines in dB over one or many instants, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Window


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """Where the ends are, at n instants.

    t_s (n,) after some start. range_m (n,). elevation_rad (n,) at the end on the ground, or None. off_*_rad (n,)
    from each antenna's axis. sun_off_rad (n,) from the receiver's axis to the Sun, or None where it does not count.
    """

    range_m: FloatArray
    t_s: FloatArray | None = None
    elevation_rad: FloatArray | None = None
    off_transmitter_rad: FloatArray | None = None
    off_receiver_rad: FloatArray | None = None
    sun_off_rad: FloatArray | None = None

    def __post_init__(self) -> None:
        n = np.size(self.range_m)
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not None:
                flat = np.broadcast_to(np.atleast_1d(np.asarray(value, float)), (n,))
                object.__setattr__(self, name, frozen(flat, (n,), name))


@dataclass(frozen=True, slots=True, eq=False)
class AirLoss:
    """What the air takes at n instants (n,), dB; noisy_db is the part that glows into a receiver beside clear air.

    told: what a person should know of it.
    """

    gas_db: FloatArray
    weather_db: FloatArray
    noisy_db: FloatArray
    parts: dict[str, FloatArray] = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line: value (n,) as it adds up (a loss is negative). kind: part adds, sum is a subtotal, note is beside."""

    key: str
    name: str
    unit: str
    value: FloatArray
    kind: str = "part"


@dataclass(frozen=True, slots=True, eq=False)
class Budget:
    """Lines from the transmitter to the margin. c_n0_db_hz, quality_db (Eb/N0, or C/N), required_db, margin_db (n,).

    margin_db: over what the mode needs with the implementation loss. told: doubts, each in one line.
    """

    link: str
    mode: str
    lines: tuple[Line, ...]
    c_n0_db_hz: FloatArray
    quality_db: FloatArray
    required_db: float
    margin_db: FloatArray
    wanted_margin_db: float
    told: tuple[str, ...] = ()

    def value(self, key: str) -> FloatArray:
        """The line of that key, (n,). KeyError when there is none."""
        return next(line.value for line in self.lines if line.key == key)

    @property
    def closes(self) -> NDArray[np.bool_]:
        """Where the margin that the link wants is left."""
        return np.asarray(self.margin_db >= self.wanted_margin_db - 1e-9)


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """A link along one stretch: budgets of its modes, which of them is used (n,), -1 for none, and its bits.

    t_s (n,), rate_bit_s (n,). bits: what the stretch carries; a step carries the lesser of its ends.
    """

    budgets: tuple[Budget, ...]
    mode: NDArray[np.int_]
    t_s: FloatArray
    rate_bit_s: FloatArray
    bits: float

    @property
    def shown(self) -> NDArray[np.int_]:
        """The mode in use (n,), or the one nearest to closing where none does."""
        left = np.array([b.margin_db - b.wanted_margin_db for b in self.budgets])
        return np.asarray(np.where(self.mode >= 0, self.mode, np.argmax(left, axis=0)))

    @property
    def margin_db(self) -> FloatArray:
        """Of the mode shown (n,)."""
        return np.asarray(np.take_along_axis(np.array([b.margin_db for b in self.budgets]), self.shown[None], 0)[0])


@dataclass(frozen=True, slots=True, eq=False)
class LinkPass:
    """A link over one pass: t_s of along and geometry count from window.start."""

    other: str
    name: str
    window: Window
    geometry: Geometry
    along: Along


@dataclass(frozen=True, slots=True, eq=False)
class LinkReport:
    """A link along the passes of a craft."""

    link: str
    title: str
    source: str
    window: Window
    modes: tuple[str, ...]
    wanted_margin_db: float
    passes: tuple[LinkPass, ...]
    told: tuple[str, ...]

    @property
    def bits(self) -> float:
        """Of all passes; those at the same time are counted each."""
        return float(sum(p.along.bits for p in self.passes))
