"""Landing opportunities as they are told: when to brake, where the crew comes down, and what if it goes wrong."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.epoch import Epoch, Window
from fakel.model.place import Site


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the ground, and the peak load on the way there."""

    latitude_rad: float
    longitude_rad: float
    short_m: float
    peak_load_g: float


@dataclass(frozen=True, slots=True)
class Later:
    """What the next orbit offers when the burn is missed: the zone that needs least cross-range, and about when.

    crossrange_m: to the right of the middle of what can be reached; screened by the ground track, not flown, unless
    flown says so.
    """

    zone: str
    burn_start: Epoch
    landing: Epoch
    crossrange_m: float
    within_reach: bool
    flown: bool


@dataclass(frozen=True, slots=True)
class Light:
    """The Sun over a landing (elevation without refraction), and how long the rescue team can see.

    phase: day (Sun up), twilight (to 6 deg below the horizon) or night. light_from, light_until: the stretch with the
    Sun above -6 deg that holds the landing or follows it, None where no such edge comes within a day.
    """

    sun_elevation_rad: float
    phase: str
    light_from: Epoch | None
    light_until: Epoch | None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One landing, flown from the burn to the ground by the planner of the missions.

    miss_m: from the zone's centre; crossrange_m: of the zone, to the right of the middle of what can be reached; the
    bank is held to one side and, at reversal, to the other. entry: where entry_height_m is passed, its angle is that
    of the inertial velocity below the horizon. shift_m_s: how much farther the capsule lands for each second that the
    burn begins late, commands unchanged. error_m: how far the orbit may be off along track then, which moves the burn
    by error_s, and by calm_s when no burn has changed it since; None: not known.
    """

    zone: Site
    burn_start: Epoch
    burn_s: float
    dv_m_s: float
    propellant_kg: float
    separation: Epoch
    entry: Epoch
    entry_height_m: float
    entry_angle_rad: float
    entry_speed_m_s: float
    parachute: Epoch
    landing: Epoch
    latitude_rad: float
    longitude_rad: float
    miss_m: float
    crossrange_m: float
    reach_m: float
    bank_rad: float
    reversal: Epoch | None
    peak_load_g: float
    light: Light
    shift_m_s: float
    ballistic: Spot
    error_m: float | None
    error_s: float | None
    calm_s: float | None
    next_orbit: Later | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The pass that comes nearest to a zone without reaching it: about when, and the cross-range that it would need."""

    zone: Site
    landing: Epoch
    crossrange_m: float


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing changed at a burn: the landing moves by so much along the way and to the right with all commands as
    planned; separation comes later after the burn's planned start; and aimed anew the burn begins later, all signed."""

    changed: str
    along_m: float
    right_m: float
    separation_s: float
    burn_s: float | None


@dataclass(frozen=True, slots=True)
class Landings:
    """What was found: opportunities in order of landing, the nearest miss of each zone without one, what to tell.

    passes: how many were looked at by ground track, and how many flown.
    """

    craft: str
    source: str
    vehicle: str
    window: Window
    zones: tuple[Site, ...]
    opportunities: tuple[Opportunity, ...]
    missed: tuple[Nearest, ...]
    passes: tuple[int, int]
    told: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
