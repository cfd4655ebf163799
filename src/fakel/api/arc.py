"""What a propagation gives back: paths of one or many craft over one stretch of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.model.frame import Frame
from fakel.physics.propagate import Dense
from fakel.world import FRAMES, World


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """An event: its name, which of the start states met it, when, and the state (6,) there (GCRF, m, m/s); other: the
    second craft of an event of two."""

    name: str
    index: int
    epoch: Epoch
    state: FloatArray
    other: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Arc:
    """Paths in GCRF.

    epoch: where t_s is 0. t_s (k,) s. states (k, 6) m and m/s for one start state, (n, k, 6) for n of them. events:
    all that were met, in order of time. warnings: what a person should know, in one line each. names: of the craft,
    where they were given by name.
    """

    epoch: Epoch
    t_s: FloatArray
    states: FloatArray
    events: tuple[Met, ...]
    warnings: tuple[str, ...]
    world: World
    paths: tuple[Dense, ...]
    names: tuple[str, ...] = ()

    def of(self, name: str) -> FloatArray:
        """States (k, 6) of a craft that was given by name. InputError for another name."""
        if name not in self.names:
            raise InputError(f"no craft of this arc is called {name!r}; they are: {', '.join(self.names) or 'unnamed'}")
        return np.asarray(self.states[self.names.index(name)])

    @property
    def stop(self) -> Epoch:
        return self.epoch + float(self.t_s[-1])

    @property
    def epochs(self) -> list[Epoch]:
        return [self.epoch + float(t) for t in self.t_s]

    def at(self, when: Epoch | FloatArray | float) -> FloatArray:
        """States at an epoch or at seconds after ``epoch`` (m,): (6,) or (m, 6), with n start states first if there
        are many. FlightError outside the arc, and between its ends where only those were flown."""
        if not self.paths:
            raise FlightError("this arc holds begin and end alone (step_s = None); fly it with a step to look between")
        single = isinstance(when, Epoch) or np.ndim(when) == 0
        after_s = when - self.epoch if isinstance(when, Epoch) else when
        t = np.atleast_1d(np.asarray(after_s, dtype=float)) + self.world.seconds(self.epoch)
        rows = np.array([path.at(t)[:, :6] for path in self.paths])
        rows = rows[:, 0] if single else rows
        return rows[0] if self.states.ndim == 2 else rows

    def to(self, frame: Frame | str) -> FloatArray:
        """All states in another frame (GCRF, EME2000, TEME, ITRF), shaped as ``states``; velocities as seen from the
        turning frame. InputError for other frames."""
        wanted = as_frame(frame)
        if wanted is Frame.GCRF:
            return self.states
        many = self.states.reshape(-1, len(self.t_s), 6)
        return np.array([turned(rows, self.t_s + self.world.seconds(self.epoch), Frame.GCRF, wanted, self.world)
                         for rows in many]).reshape(self.states.shape)


def as_frame(value: Frame | str) -> Frame:
    """A frame, or its name read as one. InputError for other text."""
    if isinstance(value, Frame):
        return value
    if value in Frame.__members__:
        return Frame[value]
    raise InputError(f"frame = {value!r} is not known; write one of: {', '.join(f.name for f in FRAMES)}")


def turned(states: FloatArray, t_s: FloatArray, source: Frame, target: Frame, world: World) -> FloatArray:
    """States (n, 6) at world times t_s (n,) of one frame in another: GCRF, EME2000, TEME or ITRF."""
    return np.concatenate(world.convert(t_s, states[:, :3], states[:, 3:], source, target), axis=1)
