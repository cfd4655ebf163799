"""What the suits warn of during a walk: the first sample at which a store is short or the cooler cannot follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from fakel.model.flight import Event
from fakel.model.outfit import ASSUMED

if TYPE_CHECKING:
    from fakel.phases.eva_record import Walk


def alarms(walk: Walk, had: Mapping[str, Mapping[str, float]]) -> list[Event]:
    """Events ``suit_alarm``. had: person to what the suit held as the walk began (``plan.suits.full``)."""
    return [Event(walk.hatch_open + float(walk.spent[person].t_s[i]), "suit_alarm", person, "eva", facts)
            for person in walk.plan.walkers for i, facts in _of(walk, person, had[person])]


def _of(walk: Walk, person: str, had: Mapping[str, float]) -> list[tuple[int, dict[str, Any]]]:
    use, suit, keep_kg = walk.spent[person], walk.plan.suits[person], walk.plan.keep_kg[person]
    oxygen = had["oxygen_kg"] - use.oxygen_kg
    rows = (("primary oxygen is down to what is kept in hand", oxygen < keep_kg, "oxygen_kg"),
            ("the reserve oxygen is in use", oxygen < 0.0, "oxygen_kg"),
            ("the carbon dioxide absorber is full", had["co2_kg"] + use.co2_kg > suit.number("co2_capacity_kg"),
             "co2_capacity_kg"),
            ("the cooling water is gone", had["water_kg"] - use.water_kg < 0.0, "feedwater_kg"),
            ("the battery is empty", had["battery_s"] - use.battery_s < 0.0, "battery_s"),
            ("the cooler cannot follow", use.cooler_w > suit.heat_removal_max_w, "heat_removal_max_w"))
    return [(int(np.argmax(flags)), {"what": what, "assumed": suit.reason(name)[0] == ASSUMED})
            for what, flags, name in rows if flags.any()]
