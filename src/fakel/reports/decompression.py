"""Pre-breathe and airlock in text and as data: a planning aid, not medical advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fakel.model.outfit import Suit
from fakel.model.place import Airlock
from fakel.model.plain import plain
from fakel.model.prebreathe import AID
from fakel.reports.table import heading, table


def lines(found: Any, suit: Suit, lock: Airlock, gas: Mapping[str, float], at_hatch: float, width: int) -> list[str]:
    """Text for a terminal. found: ``plan.airlock.Breathed``."""
    rows = [(f"{found.t_s[i] / 60:.0f}", f"{stage.duration_s / 60:g}", f"{stage.pressure_pa / 1000:.1f}",
             f"{100 * stage.oxygen_fraction:g}", f"{found.nitrogen_pa[i + 1] / 1000:.2f}", f"{found.ratio[i + 1]:.3f}",
             stage.title + (" (at work)" if stage.exercise else "")) for i, stage in enumerate(found.stages)]
    most = suit.tissue_ratio_max
    limit = "" if most is None else f"; limit of {suit.name}: {most:g}, {'EXCEEDED' if at_hatch > most else 'kept'}"
    out = [*heading(f"{found.protocol.name}: {AID}", width),
           *table(("from, min", "for, min", "kPa", "O2, %", "tissue N2 after, kPa", "ratio", "stage"), rows, "rrrrrrl",
                  width), "",
           f"tissue ratio at {suit.pressure_pa / 1000:g} kPa: {found.ratio[-1]:.3f} before venting, {at_hatch:.3f} as "
           f"the hatch opens{limit}",
           f"published: {found.protocol.published}"]
    if found.protocol.note:
        out.append(f"note: {found.protocol.note}")
    if found.paid_back_s:
        out.append(f"pay-back of breaks: {found.paid_back_s / 60:g} min of oxygen on top")
    return [*out, "", *_gas(lock, gas)]


def _gas(lock: Airlock, gas: Mapping[str, float]) -> list[str]:
    opens = "no published limit" if lock.hatch_open_pa is None else f"it opens at {lock.hatch_open_pa:g} Pa or less"
    pump = "a pump saves the rest" if lock.air_lost_kg is not None else "all that is in it"
    return [f"{lock.name}: vented {lock.depress_s / 60:g} min (needs {gas['needs_s'] / 60:.1f}), "
            f"{gas['left_pa']:.0f} Pa left at the hatch; {opens}",
            f"air lost {gas['lost_kg']:.2f} kg ({pump}), given back in {lock.repress_s / 60:g} min",
            f"sure: {lock.confidence}"]


def data(found: Any, suit: Suit, lock: Airlock, gas: Mapping[str, float], at_hatch: float) -> dict[str, Any]:
    """What ``--json`` prints."""
    stages = [{**plain(stage), "from_s": float(found.t_s[i]), "tissue_nitrogen_pa": float(found.nitrogen_pa[i + 1]),
               "ratio": float(found.ratio[i + 1])} for i, stage in enumerate(found.stages)]
    return {"what": AID, "protocol": found.protocol.id, "suit": suit.id, "stages": stages, "oxygen_s": found.oxygen_s,
            "paid_back_s": found.paid_back_s, "ratio_before_venting": float(found.ratio[-1]),
            "ratio_at_hatch": at_hatch, "ratio_max": suit.tissue_ratio_max, "published": found.protocol.published,
            "note": found.protocol.note,
            "airlock": {"id": lock.id, "confidence": lock.confidence, "depress_s": lock.depress_s, **gas,
                        "hatch_open_pa": lock.hatch_open_pa}}
