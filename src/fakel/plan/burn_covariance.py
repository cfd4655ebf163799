"""The linear covariance of a climb at its burns: how far the ship may be from the plan before and after each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.guidance.closed_loop import carried, error, fixed, together
from fakel.guidance.knowing import relative_slopes
from fakel.model.arrays import FloatArray
from fakel.physics.propagate import propagate
from fakel.plan.burns import thrusts
from fakel.plan.craft import cd_area_m2
from fakel.plan.reference import Look, Reference, after_burn
from fakel.world import World


@dataclass(frozen=True, slots=True, eq=False)
class AtBurns:
    """Covariances (6, 6) RTN of the ship, true minus planned: before and after each burn by name; what is known of it
    (true minus known) where the leg ends."""

    before: Mapping[str, FloatArray]
    after: Mapping[str, FloatArray]
    known_at_end: FloatArray

    def around(self, burn: str) -> tuple[FloatArray, FloatArray] | None:
        """Before and after a burn; None for one that is not there."""
        return (self.before[burn], self.after[burn]) if burn in self.after else None


def at_burns(ref: Reference, world: World) -> AtBurns:
    """Carry the leg's covariance through its fixes and burns, as ``reference.covariance`` does, and keep it there."""
    way = ref.way
    pushes = thrusts(way.burns, float(way.ship_y[6]), way.ship.vehicle, world)
    path = propagate(way.ship_y, ref.start_s, ref.stop_s, cd_area_m2(way.ship), world.field, thrust=pushes)

    def seen(matrix: FloatArray, t_s: float) -> FloatArray:
        slopes = relative_slopes(path.at(t_s)[0], ref.station.at(t_s)[0])
        return slopes @ matrix @ slopes.T
    both, now = together(way.covariance, way.strayed), ref.start_s
    before: dict[str, FloatArray] = {}
    after: dict[str, FloatArray] = {}
    for step in ref.steps:
        both, now = carried(both, ref.transitions[now, step.t_s]), step.t_s
        if isinstance(step, Look):
            both = fixed(both, step.fix)
            continue
        name = way.burns[step.i].name
        before[name] = seen(both[:6, :6], now)
        both, _ = after_burn(both, ref.transitions[now, step.end_s], step, ref.navigation.execution)
        now = step.end_s
        after[name] = seen(both[:6, :6], now)
    both = carried(both, ref.transitions[now, ref.stop_s])
    return AtBurns(before, after, seen(error(both), ref.stop_s))
