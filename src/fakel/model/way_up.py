"""A planned way from a rocket's orbit to a station's port: burns, their cost, what is left. Nothing here computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch


@dataclass(frozen=True, slots=True)
class WayBurn:
    """One burn as planned. dv: radial, along track, normal; by: the profile's group; mass: before it.

    mean_height: semi-major axis less the Earth's equatorial radius, averaged over a revolution, after the burn.
    """

    name: str
    by: str
    planned_from: str
    ignition: Epoch
    duration_s: float
    engine: str
    dv_m_s: float
    dv_rtn_m_s: tuple[float, float, float]
    propellant_kg: float
    mass_kg: float
    mean_height_m: float
    range_m: float
    missed: str


@dataclass(frozen=True, slots=True, eq=False)
class WayUp:
    """A plan to contact. window: phases that the profile takes; corridor: the port's, as in study ``handover``.

    floor: half the mean motion times the difference of mean semi-major axes, n da/2.

    spendable: what the ship may spend on the way up in all; home_kg is kept for the way home. track: samples (n,) by
    name with the unit last: t_s after ``at``, phase_deg (station ahead), height_difference_m, range_m, propellant_kg.
    """

    profile: str
    profile_name: str
    ship: str
    station: str
    port: str
    liftoff: Epoch
    at: Epoch
    phase_rad: float
    autonomous: Epoch
    aim: Epoch
    docking: Epoch
    docking_why: str
    burns: tuple[WayBurn, ...]
    to_aim_m_s: float
    proximity_m_s: float
    floor_m_s: float
    spendable_m_s: float
    propellant_kg: float
    used_kg: float
    home_kg: float
    miss_m: float
    window_rad: tuple[float, float]
    corridor: Mapping[str, Any]
    track: Mapping[str, FloatArray] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def total_m_s(self) -> float:
        return self.to_aim_m_s + self.proximity_m_s

    @property
    def left_kg(self) -> float:
        """Propellant at contact."""
        return self.propellant_kg - self.used_kg

    @property
    def margin_kg(self) -> float:
        """What is left at contact above what the way home takes."""
        return self.left_kg - self.home_kg


@dataclass(frozen=True, slots=True)
class Replanned:
    """What a push of the station that nobody announced does: missed_m beside the aim without a new plan, and the new
    plan of the burns that were left at ``seen``."""

    pushed: Epoch
    dv_m_s: float
    seen: Epoch
    missed_m: float
    way: WayUp
    before_m_s: float


@dataclass(frozen=True, slots=True)
class Reboost:
    """The smallest push of a station along track that brings its phase on a launch day into a profile's range.

    phase_before, phase_after: at the launch's separation, rad, in the turn around the window. dv is negative for a push
    that lowers the orbit. height: change of the mean semi-major axis, m.
    """

    at: Epoch
    dv_m_s: float
    height_m: float
    phase_before_rad: float
    phase_after_rad: float
    liftoff_before: Epoch
    liftoff_after: Epoch


@dataclass(frozen=True, slots=True)
class ReboostReport:
    """tried: for each instant the smallest push, the smallest of all first. announced: name, instant and delta-v (m/s)
    of the pushes of an ephemeris that count; phase of the launch day without them and with them, and whether with
    them the profile's window takes it."""

    profile: str
    day: str
    tried: tuple[Reboost, ...]
    announced: tuple[tuple[str, Epoch, float], ...]
    phase_without_rad: float
    phase_with_rad: float
    accepted: bool
