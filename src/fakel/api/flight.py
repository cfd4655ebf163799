"""Fly one state or many through any forces until an instant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fakel.api.arc import Arc, Met, as_frame, turned
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.model.frame import Frame
from fakel.model.mission import StateVector
from fakel.physics import force
from fakel.physics import propagate as physics
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.physics.light import sunlit
from fakel.physics.small_forces import EARTH_GM_M3_S2, LOVE_K2
from fakel.world import MARGIN_S, World, build_world

LOWEST_M = 90_000.0          # no orbit goes on below: that is an entry, which has its own forces
MOST_ROWS = 20_000_000
_FALLS = "lowest air"


@dataclass(frozen=True, slots=True)
class Forces:
    """What acts on a craft.

    degree: of EGM2008, 2 to what ``world.gravity`` ships; gravity: ``full`` (with Sun and Moon), ``j2`` or ``point``.
    No drag without drag_area_m2, no sunlight pressure without radiation_area_m2. tides: k2 of the solid Earth;
    relativity: Schwarzschild. Scales multiply what the models give.
    """

    degree: int = 36
    gravity: str = "full"
    mass_kg: float = 1.0
    drag_area_m2: float = 0.0
    drag_coefficient: float = 2.2
    drag_scale: float = 1.0
    radiation_area_m2: float = 0.0
    radiation_coefficient: float = 1.3
    radiation_scale: float = 1.0
    tides: bool = True
    relativity: bool = True

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mass_kg) and self.mass_kg > 0.0):
            raise InputError(f"mass_kg = {self.mass_kg:g}; it must be above zero")
        for name in ("drag_area_m2", "drag_coefficient", "radiation_area_m2", "radiation_coefficient"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value >= 0.0):
                raise InputError(f"{name} = {value:g}; it must be zero or more")
        for name in ("drag_scale", "radiation_scale"):
            if not np.isfinite(getattr(self, name)):
                raise InputError(f"{name} = {getattr(self, name)}; it must be a number")

    @property
    def numbers(self) -> force.Forces:
        """The same for the equations of motion."""
        full = self.gravity == "full"
        return force.Forces(self.drag_area_m2 * self.drag_coefficient, self.drag_scale,
                            self.radiation_area_m2 * self.radiation_coefficient, self.radiation_scale,
                            LOVE_K2 if self.tides and full else 0.0, 1.0 if self.relativity and full else 0.0)

    def world(self, start: Epoch, stop: Epoch, weather_known: Epoch | None = None, margin_s: float = MARGIN_S) -> World:
        """The world that these forces need. InputError before what is known of it."""
        return build_world(start, stop, gravity=self.gravity, degree=self.degree, weather_known=weather_known,
                           margin_s=margin_s, drag=self.drag_area_m2 * self.drag_coefficient > 0.0)


Event = str | physics.Condition


def propagate(state: ArrayLike | StateVector, until: Epoch | str, forces: Forces | None = None, *,
              epoch: Epoch | str | None = None, frame: Frame | str = Frame.GCRF, step_s: float = 60.0,
              events: Sequence[Event] = (), world: World | None = None) -> Arc:
    """Fly to until, forward or backward, and keep states every step_s and at the end.

    state: a ``StateVector``, or (6,) or (n, 6) of m and m/s with epoch and frame (GCRF, EME2000, TEME, ITRF) beside it.
    events: names of ``EVENTS``, ``altitude:METRES``, or ``physics.propagate.Condition``. world: one that was built
    before, to save its time; it must hold the whole stretch. Raises InputError, in one line that names the input, for
    what no craft can have (shape, NaN, below ground, hyperbolic) and days before the tables; FlightError when a craft
    comes down on the way. Days after the tables are flown with what is predicted, and ``Arc.warnings`` says so.
    """
    forces = forces or Forces()
    rows, start, given, one = _given(state, epoch, frame)
    stop = as_epoch(until, "until")
    if not (np.isfinite(step_s) and step_s > 0.0):
        raise InputError(f"step_s = {step_s}; it must be above zero")
    length_s = stop - start
    if length_s == 0.0:
        raise InputError(f"until = {stop.iso()} is the start itself; choose an earlier or later instant")
    if abs(length_s) / step_s * len(rows) > MOST_ROWS:
        raise InputError(f"step_s = {step_s:g} gives more than {MOST_ROWS:.0e} states; take longer steps")
    world = world or forces.world(min(start, stop), max(start, stop))
    t0_s, t1_s = world.seconds(start), world.seconds(stop)
    rows = turned(rows, np.full(len(rows), t0_s), given, Frame.GCRF, world)
    _check(rows, t0_s, world, one)
    conditions = [_condition(event, world) for event in events]
    falls = physics.Condition(_FALLS, lambda t, y: _height_m(t, y, world) - LOWEST_M, -1, stop=True)
    paths = [physics.propagate(np.append(row, forces.mass_kg), t0_s, t1_s, forces.numbers, world.field,
                               events=(*conditions, falls)) for row in rows]
    _check_stays_up(paths, world, one)
    t_s = _grid(length_s, step_s)
    states = np.array([path.at(t0_s + t_s)[:, :6] for path in paths])
    if not np.isfinite(states).all():
        raise FlightError(f"{_name(int(np.argmin(np.isfinite(states).all(axis=(1, 2)))), one)} leaves what can be "
                          "computed; check its start")
    met = sorted((Met(f.name, i, world.epoch + f.t_s, f.y[:6]) for i, path in enumerate(paths) for f in path.found),
                 key=lambda m: (m.epoch, m.index))
    return Arc(start, t_s, states[0] if one else states, tuple(met), world.warnings, world, tuple(paths))


def as_epoch(value: Epoch | str, name: str) -> Epoch:
    """An epoch, or a UTC text read as one. InputError that names the input."""
    if isinstance(value, Epoch):
        return value
    try:
        return Epoch.utc(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise InputError(f"{name}: {error}" if isinstance(value, str) else
                         f"{name} = {value!r} is neither an Epoch nor UTC text") from None


def _given(state: ArrayLike | StateVector, epoch: Epoch | str | None, frame: Frame | str
           ) -> tuple[FloatArray, Epoch, Frame, bool]:
    """Rows (n, 6), their epoch and frame, and whether it is one state alone."""
    if isinstance(state, StateVector):
        return np.concatenate([state.position_m, state.velocity_m_s])[None], state.epoch, state.frame, True
    if epoch is None:
        raise InputError("epoch is missing; say at which instant the state holds")
    try:
        rows = np.array(state, dtype=float)
    except (ValueError, TypeError) as error:
        raise InputError(f"state is not an array of numbers ({error}); give (6,) or (n, 6) of m and m/s") from None
    if rows.shape[-1:] != (6,) or rows.ndim not in (1, 2) or rows.size == 0:
        raise InputError(f"state has shape {rows.shape}; it takes (6,) or (n, 6) of m and m/s")
    return np.atleast_2d(rows), as_epoch(epoch, "epoch"), as_frame(frame), rows.ndim == 1


def _check(rows: FloatArray, t0_s: float, world: World, one: bool) -> None:
    """InputError for the first state that no orbit has."""
    for i, row in enumerate(rows):
        if not np.isfinite(row).all():
            raise InputError(f"{_name(i, one)} holds {row[~np.isfinite(row)][0]}; all six numbers must be finite")
    height = _height_m(np.full(len(rows), t0_s), rows, world)
    for i, row in enumerate(rows):
        r, v = np.linalg.norm(row[:3]), np.linalg.norm(row[3:])
        if height[i] < LOWEST_M:
            below = "below ground" if height[i] < 0.0 else "in the lower air"
            raise InputError(f"{_name(i, one)} is at {height[i] / 1000:.1f} km, {below}; an orbit begins above "
                             f"{LOWEST_M / 1000:.0f} km (are its numbers metres?)")
        escape = np.sqrt(2 * EARTH_GM_M3_S2 / r)
        if v >= escape:
            raise InputError(f"{_name(i, one)} is hyperbolic: {v:.1f} m/s, and {escape:.1f} m/s leaves the Earth; "
                             "give a closed orbit (are its numbers m/s?)")


def _check_stays_up(paths: Sequence[physics.Dense], world: World, one: bool) -> None:
    """FlightError for the first path that ends in the lowest air."""
    for i, path in enumerate(paths):
        if path.found and path.found[-1].name == _FALLS:
            raise FlightError(f"{_name(i, one)} comes down to {LOWEST_M / 1000:.0f} km at "
                              f"{(world.epoch + path.found[-1].t_s).iso()}; fly until before then, or plan an entry")


def _name(i: int, one: bool) -> str:
    return "state" if one else f"state {i} (counted from 0)"


def _grid(length_s: float, step_s: float) -> FloatArray:
    """0, step, 2 step, … and the end."""
    whole = np.arange(int(abs(length_s) / step_s + 1e-9) + 1) * step_s * np.sign(length_s)
    return np.append(whole, length_s) if abs(abs(length_s) - abs(whole[-1])) > 1e-6 else whole


def _height_m(t_s: FloatArray, y: FloatArray, world: World) -> FloatArray:
    """Height over WGS 84 (n,)."""
    places = np.einsum("nij,nj->ni", world.itrf_from_gcrf(t_s), np.asarray(y)[:, :3])
    return geodetic_from_itrf(places)[2]


def _north(t_s: FloatArray, y: FloatArray, world: World) -> FloatArray:
    """Distance from the equator of date (n,)."""
    return np.asarray(np.einsum("nj,nj->n", world.itrf_from_gcrf(t_s)[:, 2], y[:, :3]))


def _outward(t_s: FloatArray, y: FloatArray, world: World) -> FloatArray:
    """Distance from the Earth's centre times its rate (n,), m2/s: zero at perigee and apogee."""
    return np.asarray(np.einsum("nj,nj->n", y[:, :3], y[:, 3:6]))


def _light(t_s: FloatArray, y: FloatArray, world: World) -> FloatArray:
    """Positive where more than half of the Sun is seen."""
    return sunlit(y[:, :3], world.sun_gcrf_m(t_s)) - 0.5


EVENTS: dict[str, tuple[Callable[[FloatArray, FloatArray, World], FloatArray], int]] = {
    "ascending_node": (_north, 1), "descending_node": (_north, -1), "perigee": (_outward, 1), "apogee": (_outward, -1),
    "sunrise": (_light, 1), "sunset": (_light, -1),
}
"""Names of events, what changes its sign there, and in which direction."""


def _condition(event: Event, world: World) -> physics.Condition:
    if isinstance(event, physics.Condition):
        return event
    if isinstance(event, str) and event in EVENTS:
        of, direction = EVENTS[event]
        return physics.Condition(event, lambda t, y: of(t, y, world), direction)
    if isinstance(event, str) and event.startswith("altitude:"):
        try:
            wanted_m = float(event[9:])
        except ValueError:
            wanted_m = np.nan
        if not np.isfinite(wanted_m):
            raise InputError(f"event {event!r} has no height; write it like altitude:120000")
        return physics.Condition(event, lambda t, y: _height_m(t, y, world) - wanted_m, 0)
    raise InputError(f"event {event!r} is not known; write one of: {', '.join(EVENTS)}, altitude:METRES")
