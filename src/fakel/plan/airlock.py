"""Through the airlock: pre-breathe along its protocol, venting, and the gas that it costs.

A planning aid, not medical advice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.outfit import Suit
from fakel.model.place import Airlock
from fakel.model.prebreathe import Protocol, Stage
from fakel.physics import decompression as physics

CABIN_PA, CABIN_K, CABIN_OXYGEN = 101_325.0, 295.15, 0.21


@dataclass(frozen=True, slots=True)
class Break:
    """Cabin air instead of oxygen: so long after the protocol's begin, for so long."""

    at_s: float
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Breathed:
    """A protocol as it was breathed: its n stages and, at the begin and after each (n + 1,), time, tissue nitrogen and
    the tissue ratio at the suit's pressure."""

    protocol: Protocol
    stages: tuple[Stage, ...]
    t_s: FloatArray
    nitrogen_pa: FloatArray
    ratio: FloatArray
    oxygen_s: float
    paid_back_s: float


def breathe(protocol: Protocol, suit_pa: float, breaks: Sequence[Break] = ()) -> Breathed:
    """Tissue nitrogen along a protocol with its breaks, each paid back at once with oxygen.

    Raises InputError for a break in no oxygen stage, and for one that restarts the pre-breathe.
    """
    stages, paid_s = list(protocol.stages), 0.0
    for gap in sorted(breaks, key=lambda gap: -gap.at_s):
        stages, extra_s = _broken(stages, gap)
        paid_s += extra_s
    lasts = np.array([s.duration_s for s in stages])
    gas = physics.breathed_nitrogen_pa(np.array([s.pressure_pa for s in stages]),
                                       np.array([s.oxygen_fraction for s in stages]))
    nitrogen = physics.tension_along(protocol.start_nitrogen_pa, gas, lasts)
    oxygen_s = sum(s.duration_s for s in stages if s.counts)
    return Breathed(protocol, tuple(stages), np.concatenate(([0.0], np.cumsum(lasts))), nitrogen, nitrogen / suit_pa,
                    oxygen_s, paid_s)


def _broken(stages: list[Stage], gap: Break) -> tuple[list[Stage], float]:
    """The stages with one break put in and paid back, and the oxygen on top."""
    here = f"a break at {gap.at_s / 60:g} min"
    if gap.duration_s <= 0.0:
        raise InputError(f"{here} cannot last {gap.duration_s / 60:g} min; make it longer, or leave it out")
    edges_s = np.concatenate(([0.0], np.cumsum([s.duration_s for s in stages])))
    if not 0.0 <= gap.at_s < edges_s[-1]:
        raise InputError(f"{here} is not in the pre-breathe, which lasts {edges_s[-1] / 60:g} min; put it there")
    i = int(np.searchsorted(edges_s, gap.at_s, side="right")) - 1
    stage, begins_s = stages[i], float(edges_s[i])
    if not stage.counts:
        raise InputError(f"{here} breaks no oxygen: that is {stage.title!r}; put it into an oxygen stage")
    extra_s = physics.payback_s(gap.duration_s, stage.exercise)
    if math.isinf(extra_s):
        raise InputError(f"{here} of {gap.duration_s / 60:g} min restarts the pre-breathe: more than "
                         f"{physics.LONGEST_BREAK_S / 60:g} min; begin again, or take another protocol")
    done_s = gap.at_s - begins_s
    air = Stage(f"Break in {stage.title!r}", gap.duration_s, stage.pressure_pa, CABIN_OXYGEN)
    pay = replace(stage, title="Oxygen to pay the break back", duration_s=extra_s, exercise=False)
    parts = [replace(stage, duration_s=done_s), air, pay, replace(stage, duration_s=stage.duration_s - done_s)]
    return [*stages[:i], *(p for p in parts if p.duration_s > 0.0), *stages[i + 1:]], extra_s


def with_oxygen(protocol: Protocol, oxygen_s: float) -> Protocol:
    """The protocol with so much oxygen in all: its last oxygen stages are cut, or the last one lengthened."""
    stages, spare_s = list(protocol.stages), protocol.oxygen_s - oxygen_s
    for i in reversed([k for k, s in enumerate(stages) if s.counts]):
        change_s = min(spare_s, stages[i].duration_s)
        stages[i] = replace(stages[i], duration_s=stages[i].duration_s - change_s)
        spare_s -= change_s
    return replace(protocol, stages=tuple(stages))


def require_oxygen_time(asked: Protocol, breathed: Breathed) -> None:
    """Raises InputError when less oxygen was breathed than the protocol and its pay-back ask for."""
    needs_s = asked.oxygen_s + breathed.paid_back_s
    short_s = needs_s - breathed.oxygen_s
    if short_s > 1e-6:
        raise InputError(f"a pre-breathe of {breathed.oxygen_s / 60:g} min is too short: {asked.name} takes "
                         f"{needs_s / 60:g} min of oxygen; breathe it {short_s / 60:g} min longer")


def require_ratio(oxygen_s: float, suit: Suit, before_vent_s: float) -> None:
    """Raises InputError when the hatch would open with more tissue nitrogen than the suit's limit allows.

    oxygen_s: breathed until the hatch opens; before_vent_s: of it, before venting. Limits have two decimals.
    """
    limit = suit.tissue_ratio_max
    ratio = physics.tissue_ratio(oxygen_s, suit.pressure_pa)
    if limit is None or ratio < limit + 0.005:
        return
    more_s = physics.oxygen_for_ratio_s(limit + 0.005, suit.pressure_pa) - oxygen_s
    raise InputError(f"prebreathe: {before_vent_s / 60:g} min are too short for {suit.name}: tissue nitrogen would be "
                     f"{ratio:.2f} times the suit's pressure, and may be {limit:g}; breathe oxygen "
                     f"{math.ceil(more_s / 60)} min longer")


# ---------------------------------------------------------------- the airlock's gas

def vent_constant_s(lock: Airlock) -> float:
    """In what time the pressure falls by e. Without a value: so that depress_s just suffices (for 250 Pa)."""
    if lock.vent_s is not None:
        return lock.vent_s
    return lock.depress_s / math.log(CABIN_PA / (lock.hatch_open_pa or 250.0))


def pressure_pa(lock: Airlock, t_s: FloatArray | float, start_pa: float = CABIN_PA, leak_kg_s: float = 0.0,
                temperature_k: float = CABIN_K) -> FloatArray:
    """Pressure so long after the begin of venting; leak_kg_s comes in past the inner hatch."""
    floor_pa = leak_kg_s * vent_constant_s(lock) / physics.air_kg(1.0, lock.volume_m3, temperature_k)
    return physics.venting_pa(start_pa, t_s, vent_constant_s(lock), floor_pa)


def venting_needs_s(lock: Airlock, start_pa: float = CABIN_PA) -> float:
    """How long venting takes until the hatch may be opened."""
    if lock.hatch_open_pa is None:
        return lock.depress_s
    return max(0.0, vent_constant_s(lock) * math.log(start_pa / lock.hatch_open_pa))


def air_lost_kg(lock: Airlock, start_pa: float = CABIN_PA, temperature_k: float = CABIN_K) -> float:
    """Air that goes to space: all of it, or what the pump leaves."""
    whole = physics.air_kg(start_pa, lock.volume_m3, temperature_k)
    return whole if lock.air_lost_kg is None else lock.air_lost_kg


def require_vented(lock: Airlock, where: str = "airlock") -> None:
    """Raises InputError when the hatch would be opened under pressure after depress_s."""
    needs_s = venting_needs_s(lock)
    if lock.depress_s < needs_s - 1e-6:
        left_pa = float(pressure_pa(lock, lock.depress_s))
        raise InputError(f"{where} {lock.name}: after {lock.depress_s / 60:g} min of venting {left_pa:.0f} Pa are "
                         f"left, and its hatch opens at {lock.hatch_open_pa:g} Pa or less; "
                         f"vent it {needs_s / 60:.1f} min")


def ratio_after(breathed: Breathed, vent_s: float, suit_pa: float) -> float:
    """Tissue ratio as the hatch opens, after vent_s more on oxygen."""
    return float(physics.tissue_nitrogen_pa(float(breathed.nitrogen_pa[-1]), 0.0, vent_s)) / suit_pa
