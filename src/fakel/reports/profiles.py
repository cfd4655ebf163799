"""Rendezvous profiles in text."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import numpy as np

from fakel.model.profile import FAILURES, FREE, REPLAN, BurnSlot, Profile
from fakel.reports.table import heading, table

BURN_HEAD = ("burn", "by", "where", "planned from", "free", "weight", "missed; short; inhibited")
COUNTED = {"liftoff": "after liftoff", "docking": "before docking", "miss": "after the miss"}


def several(profiles: Sequence[Profile], width: int) -> list[str]:
    """A line for each profile."""
    rows = [(p.id, f"{p.revolutions}", _window(p), p.vehicle, ", ".join(_names(p))
             + (" (experiment)" if p.experiment else "")) for p in profiles]
    return table(("profile", "orbits", "phase, deg", "ship", "burns"), rows, "lrrll", width)


def one(profile: Profile, width: int) -> list[str]:
    """Everything about one profile."""
    out = heading(profile.name, width)
    out += [f"phase of the station ahead at separation: {_window(profile)} deg; ship: {profile.vehicle}"]
    out += [f"autonomous from {profile.autonomous_before_docking_s / 60:g} min, at the aim point "
            f"{profile.aim_before_docking_s / 60:g} min before contact", ""]
    out += table(BURN_HEAD, [_row(slot) for slot in profile.burns], "llllrrl", width, caps={3: 14})
    for name, fallback in profile.fallbacks.items():
        own = ", ".join(f"{slot.name} {_where(slot)}" for slot in fallback.burns) or "no slots of its own"
        out += ["", *wrap(f"{name}: goes on by {fallback.profile} with {own}. {fallback.source}", width)]
    return [*out, "", *wrap(f"docking time: {profile.docking_time.fit}", width), "", *wrap(profile.source, width)]


def _window(profile: Profile) -> str:
    return f"{np.degrees(profile.phase_min_rad):.4g} to {np.degrees(profile.phase_max_rad):.4g}"


def _names(profile: Profile) -> list[str]:
    return [slot.name for slot in profile.burns if slot.from_ != "miss"]


def _row(slot: BurnSlot) -> tuple[str, ...]:
    free = "all" if set(slot.free) == set(FREE) else ", ".join(slot.free)
    follows = [getattr(slot, failure) for failure in FAILURES]
    return (slot.name, "ground" if slot.group == "phasing" else "the ship", _where(slot),
            slot.planned_from + (", before liftoff" if slot.loaded_before_liftoff else ""), free, f"{slot.weight:g}",
            REPLAN if set(follows) == {REPLAN} else "; ".join(follows))


def _where(slot: BurnSlot) -> str:
    return f"{abs(slot.middle_s) / 60:g} ± {slot.half_width_s / 60:g} min {COUNTED[slot.from_]}"
