"""The airlock's air around a walk: venting, hatch, refilling; and the gas in the suits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from fakel.model.flight import Channel
from fakel.model.prebreathe import AID
from fakel.physics.decompression import tissue_ratio
from fakel.physics.suit import pressure_pa
from fakel.plan import airlock

if TYPE_CHECKING:
    from fakel.phases.eva import Plan
    from fakel.phases.eva_record import Walk


def at_hatch(plan: Plan, air: Mapping[str, float]) -> dict[str, Any]:
    """Facts of hatch opening: pressure in the airlock and what the hatch allows, and the walkers' tissue ratio."""
    lock = plan.airlock
    left_pa = float(airlock.pressure_pa(lock, lock.depress_s, air["pressure_pa"], plan.inner_hatch_leak_kg_s,
                                        air["temperature_k"]))
    oxygen_s = plan.prebreathe_s + lock.depress_s
    facts = {"pressure_pa": left_pa, "prebreathe_s": plan.prebreathe_s, "oxygen_before_hatch_s": oxygen_s,
             "tissue_ratio": max(tissue_ratio(oxygen_s, plan.suits[p].pressure_pa) for p in plan.walkers),
             "tissue_ratio_is": AID}
    limits = [r for p in plan.walkers if (r := plan.suits[p].tissue_ratio_max) is not None]
    if limits:
        facts["tissue_ratio_max"] = min(limits)
    return facts if lock.hatch_open_pa is None else {**facts, "hatch_open_pa": lock.hatch_open_pa}


def channel(walk: Walk, air: Mapping[str, float]) -> Channel:
    """Pressure in the airlock from the begin of venting to the end of refilling, which is steady."""
    lock = walk.plan.airlock
    t_s = walk.spent[walk.plan.walkers[0]].t_s
    vented = airlock.pressure_pa(lock, np.minimum(t_s, 0.0) + lock.depress_s, air["pressure_pa"],
                                 walk.plan.inner_hatch_leak_kg_s, air["temperature_k"])
    closed_s = walk.hatch_closed - walk.hatch_open
    back = np.clip((t_s - closed_s) / max(lock.repress_s, 1e-9), 0.0, 1.0)
    outside = np.where(t_s >= 0.0, 0.0, vented)
    return Channel(f"airlock.{lock.id}.pressure_pa", "Pa", walk.hatch_open, t_s,
                   np.where(back > 0.0, back * air["pressure_pa"], outside))


def suit_channel(walk: Walk, person: str, lock: Channel, oxygen_kg: float) -> Channel:
    """Pressure in a suit from the begin of venting to the end of refilling; oxygen_kg: in both bottles."""
    suit, use = walk.plan.suits[person], walk.spent[person]
    held = pressure_pa(use.t_s, use.need_kg_s, lock.values, suit.pressure_pa, oxygen_kg,
                       suit.life_support.feed_max_kg_s, suit.life_support.free_volume_m3)
    return Channel(f"suit.{person}.pressure_pa", "Pa", walk.hatch_open, use.t_s, held)
