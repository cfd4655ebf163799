"""How a ship climbs to a station: the burns that exist, and which values are free."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen


@dataclass(frozen=True, slots=True)
class BurnSlot:
    """One burn of a profile.

    from_ says what middle_s is counted from: ``liftoff``, ``docking`` (then negative), or ``miss``: these slots exist
    only when a flight falls back to the profile. The burn may move by half_width_s either way. group: ``phasing`` or
    ``autonomous``. weight: how dear this burn's delta-v is held beside the others'.
    """

    name: str
    group: str
    from_: str
    middle_s: float
    half_width_s: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class DockingTime:
    """The default docking instant: base_s + per_phase_s_rad x phase after liftoff, then a wait for light.

    If that falls less than after_sunrise_s after the station's sunrise, or more than into_darkness_s after
    its sunset, wait until after_sunrise_s after sunrise. Both None: no light rule.
    """

    base_s: float
    per_phase_s_rad: float
    fit: str
    after_sunrise_s: float | None = None
    into_darkness_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A rendezvous profile. phase: station ahead of the nominal separation point, about the orbit normal.

    aim: where the ship is aim_before_docking_s before contact, and how it moves, in the station's turning RTN frame.
    The autonomous burns begin autonomous_before_docking_s before contact.
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

    def __post_init__(self) -> None:
        object.__setattr__(self, "aim_rtn_m", frozen(self.aim_rtn_m, (3,), "aim_rtn_m"))
        object.__setattr__(self, "aim_rate_rtn_m_s", frozen(self.aim_rate_rtn_m_s, (3,), "aim_rate_rtn_m_s"))
