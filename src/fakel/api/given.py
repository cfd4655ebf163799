"""Start states as people give them: read, checked, brought to one instant and frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fakel.api.arc import as_frame, turned
from fakel.api.events import STOP, height_m
from fakel.api.forces import Forces, as_epoch
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.start import StateVector
from fakel.physics.force import HIGHEST_AIR_M
from fakel.physics.geodesy import FLATTENING, RADIUS_M
from fakel.physics.small_forces import EARTH_GM_M3_S2
from fakel.world import World

LOWEST_M = 90_000.0          # no orbit goes on below: that is an entry, which has its own forces
SLACK_S, SHORTEST_S = 3600.0, 12 * 3600.0
NARROW_S, BESIDE_M = 5 * DAY_S, 25e3
"""A flight so short stays within so much of the heights that its start foretells (waves of 10 km, decay)."""


CLOSE_M, CLOSE_RAD = 20e3, 2e-3
"""States so close share one orbit's air, which is made for 25 km and half a degree beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Start states: rows (n, 6), the epoch and frame of each, their names, whether it is one alone."""

    rows: FloatArray
    epochs: tuple[Epoch, ...]
    frames: tuple[Frame, ...]
    names: tuple[str, ...]
    one: bool
    named: bool

    def start(self, until: Epoch) -> Epoch:
        """Where an arc of all begins: with the last of them, or with the first when it runs backward."""
        return max(self.epochs) if until > max(self.epochs) else min(self.epochs)

    def told(self, i: int) -> str:
        """How a person calls a state."""
        return "state" if self.one else f"state {self.names[i]!r}" if self.named else f"state {i} (counted from 0)"

    def in_gcrf(self, world: World) -> FloatArray:
        """Rows (n, 6) in GCRF, each at its own epoch. InputError for the first that no orbit has."""
        t_s = np.array([world.seconds(epoch) for epoch in self.epochs])
        rows = self.rows.copy()
        for frame in set(self.frames) - {Frame.GCRF}:
            here = np.array([f is frame for f in self.frames])
            rows[here] = turned(rows[here], t_s[here], frame, Frame.GCRF, world)
        with np.errstate(all="ignore"):                      # what has no height is below ground by its distance
            heights = height_m(t_s, rows, world)
            heights = np.where(np.isfinite(heights), heights, np.linalg.norm(rows[:, :3], axis=1) - RADIUS_M)
        for i, (row, height) in enumerate(zip(rows, heights)):
            _require_orbit(row, float(height), self.told(i))
        return rows

    def close(self) -> bool:
        """Whether all fly on about the same orbit, near each other."""
        if len(self.rows) == 1:
            return True
        apart = np.linalg.norm(self.rows[:, :3] - self.rows[0, :3], axis=1).max()
        normal = np.cross(self.rows[:, :3], self.rows[:, 3:])
        normal /= np.linalg.norm(normal, axis=1)[:, None]
        tilted = np.linalg.norm(normal - normal[0], axis=1).max()
        return len(set(self.epochs)) == len(set(self.frames)) == 1 and bool(apart < CLOSE_M and tilted < CLOSE_RAD)

    def heights_m(self) -> tuple[float, float]:
        """Lowest and highest that these orbits come to, with some room."""
        with np.errstate(all="ignore"):
            return self._heights_m()

    def _heights_m(self) -> tuple[float, float]:
        r, v2 = np.linalg.norm(self.rows[:, :3], axis=1), np.sum(self.rows[:, 3:] ** 2, axis=1)
        a = 1.0 / (2.0 / r - v2 / EARTH_GM_M3_S2)
        h2 = np.sum(np.cross(self.rows[:, :3], self.rows[:, 3:]) ** 2, axis=1)
        e = np.sqrt(np.maximum(1.0 - h2 / (EARTH_GM_M3_S2 * a), 0.0))
        low = float(np.min(a * (1.0 - e))) - RADIUS_M - BESIDE_M
        return low, float(np.max(a * (1.0 + e))) - RADIUS_M * (1.0 - FLATTENING) + BESIDE_M


def read_states(state: ArrayLike | StateVector | Mapping[str, StateVector | ArrayLike], epoch: Epoch | str | None,
                frame: Frame | str) -> Given:
    """Start states in any of the ways that ``propagate`` takes. InputError that names the state."""
    if isinstance(state, StateVector):
        given = Given(np.r_[state.position_m, state.velocity_m_s][None], (state.epoch,), (state.frame,), ("0",), True,
                      False)
        _require_finite(given)
        return given
    if isinstance(state, Mapping):
        return _by_name(state, epoch, frame)
    rows = _array(state, "state")
    if rows.ndim not in (1, 2):
        raise InputError(f"state has shape {rows.shape}; it takes (6,) or (n, 6) of m and m/s")
    n = 1 if rows.ndim == 1 else len(rows)
    given = Given(rows.reshape(n, 6), (_required(epoch),) * n, (as_frame(frame),) * n,
                  tuple(str(i) for i in range(n)), rows.ndim == 1, False)
    _require_finite(given)
    return given


def _by_name(states: Mapping[str, StateVector | ArrayLike], epoch: Epoch | str | None, frame: Frame | str) -> Given:
    if not states:
        raise InputError("state holds no craft; give one or more by name")
    rows, epochs, frames = [], [], []
    for name, one in states.items():
        if not isinstance(name, str) or not name or ":" in name or name == STOP:
            raise InputError(f"state: {name!r} is no name for a craft; take letters, without ':'")
        if isinstance(one, StateVector):
            rows.append(np.r_[one.position_m, one.velocity_m_s])
            epochs.append(one.epoch)
            frames.append(one.frame)
            continue
        row = _array(one, f"state {name!r}")
        if row.ndim != 1:
            raise InputError(f"state {name!r} has shape {row.shape}; it takes (6,) of m and m/s")
        rows.append(row)
        epochs.append(_required(epoch))
        frames.append(as_frame(frame))
    given = Given(np.array(rows), tuple(epochs), tuple(frames), tuple(states), False, True)
    _require_finite(given)
    return given


def _array(state: object, name: str) -> FloatArray:
    try:
        rows = np.array(state, dtype=float)
    except (ValueError, TypeError) as error:
        raise InputError(f"{name} is not an array of numbers ({error}); give (6,) or (n, 6) of m and m/s") from None
    if rows.shape[-1:] != (6,) or rows.size == 0:
        raise InputError(f"{name} has shape {rows.shape}; it takes (6,) or (n, 6) of m and m/s")
    return rows


def _required(epoch: Epoch | str | None) -> Epoch:
    if epoch is None:
        raise InputError("epoch is missing; say at which instant the state holds")
    return as_epoch(epoch, "epoch")


def _require_finite(given: Given) -> None:
    for i, row in enumerate(given.rows):
        if not np.isfinite(row).all():
            raise InputError(f"{given.told(i)} holds {row[~np.isfinite(row)][0]}; all six numbers must be finite")


def _require_orbit(row: FloatArray, height: float, told: str) -> None:
    with np.errstate(over="ignore"):
        r, v = np.linalg.norm(row[:3]), np.linalg.norm(row[3:])
    if height < LOWEST_M:
        below = "below ground" if height < 0.0 else "in the lower air"
        raise InputError(f"{told} is at {height / 1000:.1f} km, {below}; an orbit begins above "
                         f"{LOWEST_M / 1000:.0f} km (are its numbers metres?)")
    escape = np.sqrt(2 * EARTH_GM_M3_S2 / r)
    if not v < escape:
        raise InputError(f"{told} is hyperbolic: {v:.1f} m/s, and {escape:.1f} m/s leaves the Earth; "
                         "give a closed orbit (are its numbers m/s?)")


def world_of(forces: Forces, first: Epoch, last: Epoch, heights_m: tuple[float, float] | None = None,
             orbit: StateVector | None = None) -> World:
    """A world for one flight: an hour of slack, and half a day in all, as the air is tabled each three hours."""
    slack_s = max(SLACK_S, 0.5 * (SHORTEST_S - (last - first)))
    return forces.world(first, last, margin_s=slack_s, heights_m=heights_m, orbit=orbit)


def light_world(forces: Forces, given: Given, first: Epoch, last: Epoch, burnt: bool) -> World:
    """The same with air for these orbits alone, where the start foretells them: made in a few milliseconds."""
    if burnt or last - first > NARROW_S or Frame.ITRF in given.frames:
        return world_of(forces, first, last)
    low, high = given.heights_m()
    if not LOWEST_M < low < high < HIGHEST_AIR_M:                # or a state of no orbit, which is said later
        return world_of(forces, first, last)
    row = given.rows[0]
    orbit = StateVector(given.epochs[0], given.frames[0], row[:3], row[3:], "") if given.close() else None
    return world_of(forces, first, last, (low, high), orbit)


def is_narrow(world: World) -> bool:
    """Whether a world's air is only for some heights or one orbit."""
    return bool(world.field.air_grid[7] != 0.0)
