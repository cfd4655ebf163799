"""Several craft in one flight: events of each, and events that depend on two; the first that stops ends all paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.field import Field
from fakel.physics.collocation import DONE
from fakel.physics.dense import Condition, Dense, Found, crossings, cut
from fakel.physics.force import Forces
from fakel.physics.powered import Thrust
from fakel.physics.propagate import flown_path, require_done


@dataclass(frozen=True, slots=True)
class Craft:
    """One of several: its state (7,) at the common start, its forces, its burns (in order), its own events, and how an
    error calls it."""

    y: FloatArray
    forces: Forces | float
    thrust: tuple[Thrust, ...] = ()
    events: tuple[Condition, ...] = ()
    name: str = ""

    def troubled(self, error: FlightError) -> FlightError:
        """The error, with the name before it."""
        return FlightError(f"{self.name}: {error}") if self.name else error


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of two craft, by their places in the list: ``of`` makes a condition on the first one's path from the
    path of the second, such as ``conditions.distance`` with its range given."""

    first: int
    second: int
    of: Callable[[Dense], Condition]


def propagate_together(craft: Sequence[Craft], t0_s: float, t1_s: float, field: Field, pairs: Sequence[Pair] = ()
                       ) -> tuple[list[Dense], list[tuple[Pair, Found]]]:
    """Paths of all craft from t0_s to t1_s (or to the first event that stops), and what the pairs met.

    Each path is bit for bit what ``propagate`` gives for that craft alone, up to a stop. Events of a pair are looked
    for at the times of the first one's path, and at the edges of the second one's burns. FlightError, with the name
    of the craft, where one cannot be flown so far.
    """
    flown = []
    for one in craft:
        try:
            flown.append(flown_path(one.y, t0_s, t1_s, one.forces, field, one.thrust))
        except FlightError as error:
            raise one.troubled(error) from None
    sign = 1.0 if t1_s >= t0_s else -1.0
    paths = [path for path, _ in flown]
    met = [[(f, c.stop) for c in one.events for f in crossings(path, c)] for one, path in zip(craft, paths)]
    shared = [(pair, f, stop) for pair in pairs for f, stop in _of_two(paths, pair, sign)]
    stops = [sign * f.t_s for row in met for f, stop in row if stop] + [sign * f.t_s for _, f, stop in shared if stop]
    end = min(stops, default=sign * t1_s)
    for one, (path, how) in zip(craft, flown):
        if how != DONE and end > sign * path.t_s[-1]:
            try:
                require_done(how, path.end, t0_s, t1_s)
            except FlightError as error:
                raise one.troubled(error) from None
    out = []
    for path, row in zip(paths, met):
        record = cut(path, sign * end) if stops and sign * path.t_s[-1] > end else path.record
        found = sorted((f for f, _ in row if sign * f.t_s <= end), key=lambda f: sign * f.t_s)
        out.append(Dense(record, tuple(found)))
    return out, sorted(((p, f) for p, f, _ in shared if sign * f.t_s <= end), key=lambda one: sign * one[1].t_s)


def _of_two(paths: Sequence[Dense], pair: Pair, sign: float) -> list[tuple[Found, bool]]:
    """What a pair meets while both fly."""
    first, second = paths[pair.first], paths[pair.second]
    if sign * second.t_s[-1] < sign * first.t_s[-1]:
        first = Dense(cut(first, float(second.t_s[-1])))
    condition = pair.of(second)
    return [(f, condition.stop) for f in crossings(first, condition, second.t_s)]
