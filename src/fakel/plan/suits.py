"""What a walk takes out of the suits, before anyone goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.outfit import Suit
from fakel.physics import suit as physics
from fakel.plan.eva import Placed, metabolic_w, walk_s


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One person's suit over a walk. t_s (n,) counts from hatch opening; totals are since the depressurisation."""

    t_s: FloatArray
    metabolic_w: FloatArray
    oxygen_kg: FloatArray
    co2_kg: FloatArray
    water_kg: FloatArray


def use(placed: Sequence[Placed], person: str, suit: Suit, between_w: float, depress_s: float, repress_s: float,
        step_s: float) -> Use:
    """A person's oxygen, carbon dioxide and feedwater from depressurisation to the end of repressurisation.

    A leak without public value counts as none. The last sample is the end of repressurisation.
    """
    stop_s = walk_s(placed) + repress_s
    t_s = np.append(np.arange(-depress_s, stop_s - 1e-6, step_s), stop_s)
    watts = metabolic_w(placed, person, t_s, between_w)
    rate = physics.oxygen_rate_kg_s(watts) + (suit.leak_kg_s or 0.0)
    return Use(t_s, watts, physics.used(t_s, rate), physics.used(t_s, physics.co2_rate_kg_s(watts)),
               physics.used(t_s, physics.feedwater_rate_kg_s(watts)))


def require_oxygen(uses: Mapping[str, Use], left_kg: Mapping[str, float]) -> None:
    """Raises InputError when somebody's primary oxygen does not last; it says for how many hours it does."""
    for person, spent in uses.items():
        if spent.oxygen_kg[-1] > left_kg[person]:
            lasts_s = float(np.interp(left_kg[person], spent.oxygen_kg, spent.t_s - spent.t_s[0]))
            needs_s = float(spent.t_s[-1] - spent.t_s[0])
            raise InputError(f"{person} is {needs_s / 3600:.2f} h on the suit's own oxygen, whose {left_kg[person]:g} kg "
                             f"last {lasts_s / 3600:.2f} h at these rates; shorten the tasks or lower their watts")
