"""Fly one state or many through any forces until an instant, or until an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from fakel.api.arc import Arc, Met
from fakel.api.events import Event, Flight, Wanted, height_m, read_event
from fakel.api.forces import Burn, Forces, as_epoch, require_number
from fakel.api.given import LOWEST_M, Given, is_narrow, light_world, read_states, world_of
from fakel.api.reach import require_air_known, require_sky_known
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.model.frame import Frame
from fakel.model.start import StateVector
from fakel.physics import propagate as physics
from fakel.physics.dense import Dense
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.small_forces import EARTH_GM_M3_S2
from fakel.physics.together import Craft, Pair, propagate_together
from fakel.world import World

__all__ = ["Burn", "Event", "Forces", "as_epoch", "propagate"]

HIGH_ENOUGH_M = 160_000.0    # a perigee that stays above is not searched for the lowest air
MOST_ROWS = 20_000_000
_FALLS = "lowest air"
T = TypeVar("T")
States = ArrayLike | StateVector | Mapping[str, "StateVector | ArrayLike"]


def propagate(state: States, until: Epoch | str, forces: Forces | Sequence[Forces] | Mapping[str, Forces] | None = None,
              *, epoch: Epoch | str | None = None, frame: Frame | str = Frame.GCRF, step_s: float | None = 60.0,
              events: Sequence[Event] = (), burns: Burn | Sequence[Burn] | Mapping[str, Sequence[Burn]] = (),
              world: World | None = None) -> Arc:
    """Fly to until, forward or backward, and keep states every step_s and at the end.

    state: a ``StateVector``; (6,) or (n, 6) of m and m/s with epoch and frame (GCRF, EME2000, TEME, ITRF) beside it; or
    several craft by name, each a ``StateVector`` or (6,): the arc begins at the latest of their epochs (the earliest
    when it runs backward), to which the others are flown first. forces: one for all, or one for each, alike in degree,
    gravity and air. burns: of the one craft, of each of n states alike, or by name; forward only.
    events: texts as ``api.events`` says, such as ``sunset``, ``altitude:120000:stop``, ``load:0.001``,
    ``distance:1000:ship:station``; or ``physics.propagate.Condition``, looked for on each path. The first that stops
    ends all paths. step_s: None for begin and end alone, which many states reach on all cores.
    world: one that was built before (``Forces.world``), to save its time; it must hold the whole stretch.

    Raises InputError, in one line that names the input, for what no craft can have (shape, NaN, below ground,
    hyperbolic), days before the tables, and more than ``api.reach.AIR_FORECAST_S`` of air that is only forecast (unless
    a world is given); FlightError when a craft comes down on the way. Days after the tables are flown with what is
    predicted, and ``Arc.warnings`` says so.
    """
    given, stop = read_states(state, epoch, frame), as_epoch(until, "until")
    each = _for_each(forces if forces is not None else Forces(), given.names, Forces, "forces")
    _require_alike(each)
    start = given.start(stop)
    first, last = min(*given.epochs, stop), max(*given.epochs, stop)
    require_sky_known(last, "until")
    _check_length(start, stop, step_s, len(each))
    if isinstance(events, str):
        raise InputError(f"events = {events!r} is one text; give a list of them")
    wanted = [event if isinstance(event, physics.Condition) else read_event(event, given.names)
              for event in events or ()]
    airy = next((f for f in each if f.airy), each[0])
    if world is not None:
        _require_holds(world, airy, first, last)
    elif airy.airy:
        require_air_known(first, last, "until", "fly without air (drag_area_m2 = 0)")
    flown_burns = _for_burns(burns, given.names, start, stop)
    plan = _Plan(given, each, flown_burns, wanted, start, stop, step_s)
    held = world or light_world(airy, given, first, last, any(flown_burns))
    try:
        return _fly(plan, held)
    except FlightError:
        if not is_narrow(held):
            raise
        return _fly(plan, world_of(airy, first, last))       # it leaves the heights that were foretold


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """A flight as asked for, checked."""

    given: Given
    forces: tuple[Forces, ...]
    burns: tuple[tuple[Burn, ...], ...]
    events: list[physics.Condition | Wanted]
    start: Epoch
    stop: Epoch
    step_s: float | None


def _fly(plan: _Plan, world: World) -> Arc:
    """The flight in a world."""
    rows = _at_start(plan, world)
    t0_s, t1_s = world.seconds(plan.start), world.seconds(plan.stop)
    if plan.step_s is None and not plan.events and not any(plan.burns):
        ends = _ends(plan, rows, t0_s, t1_s, world)
        if ends is not None:
            t_s, states = np.array([0.0, t1_s - t0_s]), np.stack([rows[:, :6], ends[:, :6]], axis=1)
            return _arc(plan, t_s, states, (), world, ())
    paths, met = _paths(plan, rows, t0_s, t1_s, world)
    length_s = float(paths[0].t_s[-1]) - t0_s
    t_s = _grid(length_s, plan.step_s or abs(length_s))
    states = np.array([path.at(t0_s + t_s)[:, :6] for path in paths])
    if t_s[-1] == length_s:
        states[:, -1] = [path.end[:6] for path in paths]                  # bit for bit what a coast alone ends with
    if not np.isfinite(states).all():
        first = int(np.argmin(np.isfinite(states).all(axis=(1, 2))))
        raise FlightError(f"{plan.given.told(first)} leaves what can be computed; check its start")
    return _arc(plan, t_s, states, met, world, tuple(paths))


def _arc(plan: _Plan, t_s: FloatArray, states: FloatArray, met: Sequence[Met], world: World, paths: tuple[Dense, ...]
         ) -> Arc:
    given = plan.given
    return Arc(plan.start, t_s, states[0] if given.one else states, tuple(met), (*world.warnings, *_left_out(plan)),
               world, paths, given.names if given.named else ())


def _left_out(plan: _Plan) -> tuple[str, ...]:
    """Told of burns that the flight does not come to."""
    return tuple(f"the burn of {burn.begin} lies outside the flight and is left out" for row in plan.burns
                 for burn in row if burn.end <= plan.start or burn.begin >= plan.stop)


def _at_start(plan: _Plan, world: World) -> FloatArray:
    """All states (n, 7) at the common start."""
    rows = np.c_[plan.given.in_gcrf(world), [f.mass_kg for f in plan.forces]]
    t0_s = world.seconds(plan.start)
    for i, epoch in enumerate(plan.given.epochs):
        if epoch != plan.start:
            alone = Craft(rows[i], plan.forces[i].numbers, _thrust(plan.burns[i], world), name=plan.given.told(i))
            rows[i] = propagate_together([alone], world.seconds(epoch), t0_s, world.field)[0][0].end
    return rows


def _ends(plan: _Plan, rows: FloatArray, t0_s: float, t1_s: float, world: World) -> FloatArray | None:
    """Last states (n, 7) of coasts, on all cores; None where one comes low or cannot be flown, which is then looked
    at closer."""
    numbers = [forces.numbers for forces in plan.forces]
    try:
        if len(rows) == 1:
            ends = physics.coast(rows[0], t0_s, t1_s, numbers[0], world.field)[None]
        else:
            from fakel.physics.many import coast_many  # its threads take a tenth of a second to start
            ends = coast_many(rows, t0_s, t1_s, numbers, world.field)
    except FlightError:
        return None
    return ends if min(_perigee_m(rows), _perigee_m(ends)) > HIGH_ENOUGH_M else None


def _perigee_m(y: FloatArray) -> float:
    """Lowest height over the equator's radius that two-body orbits through states (n, 6 or more) come to."""
    r, v2 = np.linalg.norm(y[:, :3], axis=1), np.sum(y[:, 3:6] ** 2, axis=1)
    a = 1.0 / (2.0 / r - v2 / EARTH_GM_M3_S2)
    h2 = np.sum(np.cross(y[:, :3], y[:, 3:6]) ** 2, axis=1)
    return float(np.min(a * (1.0 - np.sqrt(np.maximum(1.0 - h2 / (EARTH_GM_M3_S2 * a), 0.0))))) - RADIUS_M


def _paths(plan: _Plan, rows: FloatArray, t0_s: float, t1_s: float, world: World) -> tuple[list[Dense], list[Met]]:
    """Paths of all, and what was met in order of time. FlightError for the first that ends in the lowest air."""
    craft = []
    for i, (row, forces) in enumerate(zip(rows, plan.forces)):
        flight = Flight(world, forces, _thrust(plan.burns[i], world))
        own = [event if isinstance(event, physics.Condition) else event.of_one(flight) for event in plan.events
               if isinstance(event, physics.Condition) or (i in event.craft and not event.needs_two)]
        craft.append(Craft(row, forces.numbers, flight.thrust, (*own, _falls(world)),
                           "" if plan.given.one else plan.given.told(i)))
    pairs = [Pair(*event.craft, event.of_two) for event in plan.events
             if isinstance(event, Wanted) and event.needs_two]
    paths, shared = propagate_together(craft, t0_s, t1_s, world.field, pairs)
    for i, path in enumerate(paths):
        if path.found and path.found[-1].name == _FALLS:
            raise FlightError(f"{plan.given.told(i)} comes down to {LOWEST_M / 1000:.0f} km at "
                              f"{(world.epoch + path.found[-1].t_s).iso()}; fly until before then, or plan an entry")
    met = [Met(f.name, i, world.epoch + f.t_s, f.y[:6]) for i, path in enumerate(paths) for f in path.found]
    met += [Met(f.name, pair.first, world.epoch + f.t_s, f.y[:6], pair.second) for pair, f in shared]
    return paths, sorted(met, key=lambda m: (m.epoch, m.index))


def _thrust(burns: Sequence[Burn], world: World) -> tuple[physics.Thrust, ...]:
    return tuple(burn.thrust(world) for burn in burns)


def _falls(world: World) -> physics.Condition:
    """The lowest air; far above it the distance from the Earth's centre does."""
    def over_m(t_s: FloatArray, y: FloatArray) -> FloatArray:
        over = np.linalg.norm(y[:, :3], axis=1) - RADIUS_M
        return over if over.min() > HIGH_ENOUGH_M else height_m(t_s, y, world) - LOWEST_M
    return physics.Condition(_FALLS, over_m, -1, stop=True)


def _for_each(value: T | Sequence[T] | Mapping[str, T], names: Sequence[str], kind: type[T], what: str
              ) -> tuple[T, ...]:
    """One for all, or one for each. InputError that says which is missing."""
    if isinstance(value, kind):
        return (value,) * len(names)
    if isinstance(value, Mapping):
        odd = [name for name in (*names, *value) if name not in value or name not in names]
        if odd:
            raise InputError(f"{what}: {odd[0]!r} is {'missing' if odd[0] in names else 'no craft of this flight'}; "
                             f"give one for each of: {', '.join(names)}")
        out = tuple(value[name] for name in names)
    else:
        out = tuple(value) if isinstance(value, Sequence) else (value,)          # type: ignore[arg-type]
    if len(out) != len(names) or not all(isinstance(one, kind) for one in out):
        raise InputError(f"{what}: {len(out)} given for {len(names)} states; give one {kind.__name__}, or one for each")
    return out


def _require_holds(world: World, forces: Forces, first: Epoch, last: Epoch) -> None:
    """InputError for a world that is not that of these forces, or of other days."""
    degree = world.field.gravity.shape[0] - 2
    if forces.gravity == "full" and degree != forces.degree:
        raise InputError(f"world: its gravity is of degree {degree}, the forces ask for {forces.degree}; build it by "
                         "Forces.world")
    if forces.airy and world.field.air.size == 0:
        raise InputError("world: it holds no air, and the forces have drag; build it by Forces.world")
    if forces.airy and world.air_model != forces.air:
        raise InputError(f"world: its air is {world.air_model}, the forces ask for {forces.air}; build it by "
                         "Forces.world")
    if first < world.window.start or last > world.window.stop:
        raise InputError(f"world: it holds {world.window.start.iso()} to {world.window.stop.iso()}, the flight is from "
                         f"{first.iso()} to {last.iso()}; build it for longer")


def _require_alike(each: Sequence[Forces]) -> None:
    for forces in each:
        for what in ("degree", "gravity", "air"):
            one, first = getattr(forces, what), getattr(each[0], what)
            if one != first:
                raise InputError(f"forces: {what} {one!r} beside {first!r}; craft of one flight share it")


def _for_burns(burns: Burn | Sequence[Burn] | Mapping[str, Sequence[Burn]], names: Sequence[str], start: Epoch,
               stop: Epoch) -> tuple[tuple[Burn, ...], ...]:
    """Burns of each craft in order of time. InputError for those that cannot be."""
    if isinstance(burns, Burn):
        burns = (burns,)
    if isinstance(burns, Mapping):
        odd = next((name for name in burns if name not in names), None)
        if odd is not None:
            raise InputError(f"burns: {odd!r} is no craft of this flight; they are: {', '.join(names)}")
        each = [tuple(burns.get(name, ())) for name in names]
    else:
        each = [tuple(burns)] * len(names)
    for row in each:
        if not all(isinstance(burn, Burn) for burn in row):
            raise InputError("burns: give fakel.Burn records, or a list of them for each name")
        if row and stop < start:
            raise InputError(f"burns: until = {stop.iso()} is before the start, and burns are flown forward only")
    ordered = tuple(tuple(sorted(row, key=lambda burn: burn.begin)) for row in each)
    for row in ordered:
        for one, then in pairwise(row):
            if then.begin < one.end:
                raise InputError(f"burns: that of {then.begin} begins before that of {one.begin} ends; "
                                 "put them one after the other")
    return ordered


def _check_length(start: Epoch, stop: Epoch, step_s: float | None, n: int) -> None:
    if step_s is not None and not (np.isfinite(require_number("step_s", step_s)) and step_s > 0.0):
        raise InputError(f"step_s = {step_s}; it must be above zero")
    if stop == start:
        raise InputError(f"until = {stop.iso()} is the start itself; choose an earlier or later instant")
    if step_s is not None and abs(stop - start) / step_s * n > MOST_ROWS:
        raise InputError(f"step_s = {step_s:g} gives more than {MOST_ROWS:.0e} states; take longer steps")


def _grid(length_s: float, step_s: float) -> FloatArray:
    """0, step, 2 step, … and the end."""
    whole = np.arange(int(abs(length_s) / step_s + 1e-9) + 1) * step_s * np.sign(length_s)
    return np.append(whole, length_s) if abs(abs(length_s) - abs(whole[-1])) > 1e-6 else whole
