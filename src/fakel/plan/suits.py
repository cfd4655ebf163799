"""What a walk takes out of the suits, before anyone goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.outfit import Suit
from fakel.physics import suit as physics
from fakel.plan.eva import Placed, metabolic_w, walk_s


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One person's suit over a walk. t_s (n,) counts from hatch opening; totals are since the depressurisation.

    cooler_w: heat that the cooler carries off, which takes the water. battery_s: of the battery at its rated load.
    need_kg_s: oxygen breathed and leaking, from each sample to the next.
    """

    t_s: FloatArray
    metabolic_w: FloatArray
    oxygen_kg: FloatArray
    co2_kg: FloatArray
    water_kg: FloatArray
    cooler_w: FloatArray
    battery_s: FloatArray
    need_kg_s: FloatArray


def full(suit: Suit) -> dict[str, float]:
    """What a situation says of a suit that is ready for a walk."""
    return {"oxygen_kg": suit.oxygen_kg, "oxygen_reserve_kg": suit.oxygen_reserve_kg, "co2_kg": 0.0,
            "water_kg": suit.feedwater_kg, "battery_s": suit.number("battery_s")}


@dataclass(frozen=True, slots=True)
class Leak:
    """A drill: from from_s after hatch opening on, somebody's suit loses so much oxygen. The planner knows nothing."""

    who: str
    from_s: float
    leak_kg_s: float


def use(placed: Sequence[Placed], person: str, suit: Suit, between_w: float, depress_s: float, repress_s: float,
        step_s: float, leaks: Sequence[Leak] = (), sunlit: Callable[[FloatArray], FloatArray] | None = None) -> Use:
    """A person's oxygen, carbon dioxide, feedwater and battery from depressurisation to the end of repressurisation.

    A leak without public value counts as none. sunlit: seconds after hatch opening (n,) to 0 or 1; without it half the
    time is lit. The last sample is the end of repressurisation.
    """
    stop_s = (walk_s(placed) if placed else 0.0) + repress_s
    t_s = np.append(np.arange(-depress_s, stop_s - 1e-6, step_s), stop_s)
    watts = metabolic_w(placed, person, t_s, between_w)
    rate = physics.oxygen_rate_kg_s(watts) + (suit.leak_kg_s or 0.0)
    for leak in leaks:
        rate += np.where((t_s >= leak.from_s) & (leak.who == person), leak.leak_kg_s, 0.0)
    life, lit = suit.life_support, np.full(len(t_s), 0.5) if sunlit is None else sunlit(t_s)
    heat_w = physics.cooler_w(watts, life.electric_w, lit, life.sun_w, life.shadow_w)
    return Use(t_s, watts, physics.used(t_s, rate), physics.used(t_s, physics.co2_rate_kg_s(watts)),
               physics.used(t_s, physics.feedwater_rate_kg_s(heat_w)), heat_w, t_s - t_s[0], rate)


def idle_kg_s(suit: Suit, between_w: float) -> float:
    """Oxygen that somebody waiting outside takes, the suit's known leak included."""
    return float(physics.oxygen_rate_kg_s(between_w)) + (suit.leak_kg_s or 0.0)


def lacking(uses: Mapping[str, Use], left_kg: Mapping[str, float], keep_kg: Mapping[str, float]) -> str | None:
    """Who would end the walk with less primary oxygen than is to be kept, or None."""
    return next((p for p, spent in uses.items() if spent.oxygen_kg[-1] > left_kg[p] - keep_kg[p]), None)


def require_oxygen(uses: Mapping[str, Use], left_kg: Mapping[str, float], keep_kg: Mapping[str, float]) -> None:
    """Raises InputError when somebody's primary oxygen does not last; it says for how many hours it does."""
    person = lacking(uses, left_kg, keep_kg)
    if person is None:
        return
    spent, may_kg = uses[person], left_kg[person] - keep_kg[person]
    needs_s = float(spent.t_s[-1] - spent.t_s[0])
    mean_kg_s = float(spent.oxygen_kg[-1]) / needs_s
    lasts_s = (float(np.interp(may_kg, spent.oxygen_kg, spent.t_s - spent.t_s[0])) if may_kg > 0.0 else 0.0)
    raise InputError(f"{person} is {needs_s / 3600:.2f} h on the suit's own oxygen, whose {left_kg[person]:g} kg last "
                     f"{lasts_s / 3600:.2f} h at these rates with {keep_kg[person] / mean_kg_s / 60:.0f} min in hand; "
                     "shorten the tasks or lower their watts")
