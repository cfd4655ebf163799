"""Drills of a mission: a burn that is missed, inhibited or short, as no planner knows of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from fakel.model.errors import InputError
from fakel.model.profile import INHIBITED, MISSED, SHORT, Profile
from fakel.plan.burns import Burn

FIELDS = {MISSED: "miss", SHORT: "short", INHIBITED: "inhibit"}
"""The fields of a step that ask for each failure."""
EVENTS = {MISSED: "burn_missed", SHORT: "burn_short", INHIBITED: "burn_inhibited"}


@dataclass(frozen=True, slots=True)
class Drill:
    """The burn of that name fails. failure: one of model.profile.FAILURES. share: how much of its delta-v is made."""

    burn: str
    failure: str
    share: float = 0.0

    def part(self, burn: Burn) -> Burn:
        """What of a burn is made."""
        radial, along, normal = burn.dv_rtn_m_s
        return replace(burn, dv_rtn_m_s=(self.share * radial, self.share * along, self.share * normal))


class Drilled(Protocol):
    """A plan with the fields of a drill: the burn that fails, by how it fails, and the share that a short one makes."""

    @property
    def miss(self) -> str: ...
    @property
    def inhibit(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def short_share(self) -> float: ...
    @property
    def profile(self) -> Profile: ...


def drill_of(plan: Drilled) -> Drill | None:
    """The drill that a step asks for."""
    for failure, field in FIELDS.items():
        if burn := getattr(plan, field):
            return Drill(burn, failure, plan.short_share if failure == SHORT else 0.0)
    return None


def require_drill(plan: Drilled, group: str, where: str) -> None:
    """Raises InputError when a drill names none of the profile's burns of a group, when there are two, or when a short
    burn makes no share."""
    names = [slot.name for slot in plan.profile.burns if slot.group == group]
    given = [field for field in FIELDS.values() if getattr(plan, field)]
    for field in given:
        if (burn := getattr(plan, field)) not in names:
            raise InputError(f"{where} {field} = {burn!r} is none of the {group} burns of {plan.profile.name}; write "
                             f"one of: {', '.join(names)}")
    if len(given) > 1:
        raise InputError(f"{where} {' and '.join(given)} are two drills; a step flies one, leave the other out")
    if not 0.0 < plan.short_share < 1.0:
        raise InputError(f"{where} short_share = {plan.short_share:g} is no share of a burn; write more than 0 and "
                         "less than 1")
