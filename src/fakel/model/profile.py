"""How a ship climbs to a station: the burns that exist, and which values are free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fakel.model.arrays import FloatArray, frozen
from fakel.model.errors import require_known

INSERTION, TRACKING, ONBOARD = "insertion", "tracking", "onboard"
NAVIGATION = (INSERTION, TRACKING, ONBOARD)
TIME, RADIAL, ALONG, NORMAL = FREE = ("time", "radial", "along", "normal")
REPLAN = "replan"
MISSED, SHORT, INHIBITED = FAILURES = ("missed", "short", "inhibited")


@dataclass(frozen=True, slots=True)
class BurnSlot:
    """One burn of a profile.

    from_ says what middle_s is counted from: ``liftoff``, ``docking`` (then negative), or ``miss``: these slots exist
    only when a flight falls back to the profile. The burn may move by half_width_s either way. group: ``phasing`` or
    ``autonomous``. weight: how dear this burn's delta-v is held beside the others'.

    free: which values the planner may choose, some of FREE. planned_from: the navigation behind it: ``insertion`` (what
    launchers do on the mean: loaded before liftoff), ``tracking`` (from the ground) or ``onboard``.
    missed, short, inhibited: what follows each, REPLAN (the burns that are left are solved again) or a name in the
    profile's fallbacks.
    """

    name: str
    group: str
    from_: str
    middle_s: float
    half_width_s: float
    weight: float = 1.0
    free: tuple[str, ...] = FREE
    planned_from: str = TRACKING
    missed: str = REPLAN
    short: str = REPLAN
    inhibited: str = REPLAN

    def __post_init__(self) -> None:
        require_known(f"burn {self.name}: planned_from", self.planned_from, NAVIGATION)
        for name in self.free:
            require_known(f"burn {self.name}: free", name, FREE)

    @property
    def loaded_before_liftoff(self) -> bool:
        return self.planned_from == INSERTION


@dataclass(frozen=True, slots=True)
class Fallback:
    """Where a flight goes on after a burn that failed: a profile by its id, and burns of its own before that one's.

    burns: slots counted from the ``miss``, which take the place of the profile's own slots after a miss.
    """

    profile: str
    burns: tuple[BurnSlot, ...]
    source: str


@dataclass(frozen=True, slots=True)
class DockingTime:
    """The default docking instant: base_s + per_phase_s_rad x phase after liftoff, then a wait for light.

    base_revolutions: revolutions of the station, counted besides.

    If that falls less than after_sunrise_s after the station's sunrise, or more than into_darkness_s after
    its sunset, wait until after_sunrise_s after sunrise. Both None: no light rule. earliest_s, latest_s: between which
    instants after liftoff a docking may be wished for at about the same delta-v.
    """

    base_s: float
    per_phase_s_rad: float
    fit: str
    after_sunrise_s: float | None = None
    into_darkness_s: float | None = None
    base_revolutions: float = 0.0
    earliest_s: float | None = None
    latest_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A rendezvous profile. phase: station ahead of the nominal separation point, about the orbit normal.

    aim: where the ship is aim_before_docking_s before contact, and how it moves, in the station's turning RTN frame.
    The autonomous burns begin autonomous_before_docking_s before contact. vehicle: whose profile it is, by id;
    also: other vehicles that fly it. experiment: no crew has flown it so. fallbacks: where a flight goes
    on, by the names that the burns use.
    """

    id: str
    name: str
    revolutions: int
    phase_min_rad: float
    phase_max_rad: float
    burns: tuple[BurnSlot, ...]
    docking_time: DockingTime
    autonomous_before_docking_s: float
    aim_before_docking_s: float
    aim_rtn_m: FloatArray
    aim_rate_rtn_m_s: FloatArray
    source: str
    vehicle: str = "soyuz-tma-m"
    also: tuple[str, ...] = ()
    experiment: bool = False
    fallbacks: Mapping[str, Fallback] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slot in self.burns:
            for failure in FAILURES:
                require_known(f"burn {slot.name}: {failure}", getattr(slot, failure), (REPLAN, *self.fallbacks))
        object.__setattr__(self, "aim_rtn_m", frozen(self.aim_rtn_m, (3,), "aim_rtn_m"))
        object.__setattr__(self, "aim_rate_rtn_m_s", frozen(self.aim_rate_rtn_m_s, (3,), "aim_rate_rtn_m_s"))

    @property
    def after_a_miss(self) -> bool:
        """It has burns that exist only after a miss: no profile to launch by."""
        return any(slot.from_ == "miss" for slot in self.burns)

    def serves(self, vehicle: str) -> bool:
        """Whether a vehicle, by its id, flies it."""
        return vehicle in (self.vehicle, *self.also)

    def slot(self, name: str) -> BurnSlot:
        """The burn of that name. Raises InputError that lists those there are."""
        slots = {slot.name: slot for slot in self.burns}
        require_known(f"{self.id}: burn", name, slots)
        return slots[name]

    def after(self, burn: str, failure: str = MISSED) -> Fallback | None:
        """Where a flight goes on when a burn is missed, short or inhibited; None: the rest is solved again."""
        return self.fallbacks.get(getattr(self.slot(burn), failure))

    def fallen_back_to(self, fallback: Fallback) -> Profile:
        """This profile, entered with the slots of a fallback instead of its own after a miss."""
        kept = tuple(slot for slot in self.burns if slot.from_ != "miss")
        return replace(self, burns=fallback.burns + kept)
