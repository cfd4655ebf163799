"""Rockets and spacecraft, as their data files say. SI units; every table names its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen
from fakel.model.cabin import Cabin
from fakel.model.navigation import Navigation


@dataclass(frozen=True, slots=True)
class Engine:
    """A rocket engine in vacuum."""

    name: str
    thrust_n: float
    isp_s: float
    source: str
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Throttle:
    """From from_s (s after liftoff) on, all engines of the stage give this share of full thrust."""

    from_s: float
    level: float


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, or count equal ones side by side. Masses are of one unit; times are after liftoff.

    propellant_kg includes unusable_kg. The last stage has no cutoff_s or separation_s: guidance cuts it off.
    """

    id: str
    name: str
    count: int
    dry_mass_kg: float
    propellant_kg: float
    unusable_kg: float
    thrust_vacuum_n: float
    thrust_sea_level_n: float
    isp_vacuum_s: float
    isp_sea_level_s: float
    ignition_s: float
    separation_event: str
    throttle: tuple[Throttle, ...]
    confidence: str
    source: str
    cutoff_s: float | None = None
    separation_s: float | None = None


@dataclass(frozen=True, slots=True)
class Jettison:
    """A part that falls off at a nominal time."""

    event: str
    at_s: float
    mass_kg: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class SeparationTarget:
    """Where the programme puts the spacecraft, Earth-fixed (ITRF), met_s after liftoff."""

    met_s: float
    position_itrf_m: FloatArray
    velocity_itrf_m_s: FloatArray
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_itrf_m", frozen(self.position_itrf_m, (3,), "position_itrf_m"))
        object.__setattr__(self, "velocity_itrf_m_s", frozen(self.velocity_itrf_m_s, (3,), "velocity_itrf_m_s"))


@dataclass(frozen=True, slots=True)
class AscentAero:
    """Drag of the rocket. mach and cd0 are one table; areas are for the stack with and without boosters."""

    area_boosters_m2: float
    area_core_m2: float
    mach: tuple[float, ...]
    cd0: tuple[float, ...]
    source: str
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class PitchProgramme:
    """The open-loop part of the ascent, calibrated once per launcher to its separation target (see fit)."""

    vertical_s: float
    kick_rad: float
    azimuth_rad: float
    closed_loop_from_s: float
    fit: str


@dataclass(frozen=True, slots=True)
class Launcher:
    """A rocket with its nominal sequence and its target."""

    id: str
    name: str
    stages: tuple[Stage, ...]
    jettisons: tuple[Jettison, ...]
    aero: AscentAero
    programme: PitchProgramme
    target: SeparationTarget
    adapter_kg: float
    coast_to_separation_s: float
    source: str


@dataclass(frozen=True, slots=True)
class Docking:
    """What the docking mechanism takes. probe_ahead_m: from the ship's centre to the port's plane at contact.
    hull_diameter_m: the widest that the ship is without its wings; its corridor must be that wide."""

    closing_rate_m_s: float
    closing_rate_min_m_s: float
    closing_rate_max_m_s: float
    lateral_max_m: float
    probe_ahead_m: float
    hooks_s: float
    confidence: str
    source: str
    hull_diameter_m: float = 3.0


@dataclass(frozen=True, slots=True)
class SeparationBurn:
    """A burn after undocking. direction: ``port`` (out along the port's axis) or ``down`` (to the Earth)."""

    after_s: float
    duration_s: float
    dv_m_s: float
    direction: str

    def __post_init__(self) -> None:
        if self.direction not in ("port", "down"):
            raise ValueError(f"direction = {self.direction!r} is not known; write one of: port, down")


@dataclass(frozen=True, slots=True)
class Undocking:
    """The nominal sequence of leaving. Hatches close hatch_closed_before_s before it begins."""

    spring_m_s: float
    hatch_closed_before_s: float
    before_deorbit_s: float
    burns: tuple[SeparationBurn, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Deorbit:
    """The braking burn: delta-v by mean height, attitude held inertially or in LVLH."""

    height_m: tuple[float, ...]
    dv_m_s: tuple[float, ...]
    attitude: str
    module_separation_height_m: float
    source: str


@dataclass(frozen=True, slots=True)
class Descent:
    """The capsule between module separation and the parachute.

    mass_kg counts a full crew and no cargo; carried_kg is what the ledger adds to that.
    """

    mass_kg: float
    area_m2: float
    drag_coefficient: float
    lift_to_drag: float
    nose_radius_m: float
    roll_rate_max_rad_s: float
    roll_acceleration_max_rad_s2: float
    ballistic_roll_rad_s: float
    bank_nominal_rad: float
    bank_min_rad: float
    bank_max_rad: float
    load_limit_g: float
    entry_interface_m: float
    guidance_start_m: float
    guidance_stop_m_s: float
    plasma_end_m: float
    crossrange_m: float
    confidence: str
    source: str
    carried_kg: float = 0.0

    @property
    def flown_kg(self) -> float:
        """With what it carries."""
        return self.mass_kg + self.carried_kg


@dataclass(frozen=True, slots=True)
class Parachute:
    """From the parachute command to the ground. Times count from the command, heights are above the ground."""

    command_height_m: float
    drogue_area_m2: float
    drogue_cd: float
    drogue_after_s: float
    drogue_unfolds_s: float
    main_area_m2: float
    main_after_s: float
    main_unfolds_s: float
    descent_rate_sea_level_m_s: float
    heat_shield_height_m: float
    heat_shield_kg: float
    soft_landing_height_m: float
    touchdown_m_s: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class StowagePlace:
    """Where things are packed. lands: in the descent module; what lies elsewhere burns. volume_m3: room there."""

    id: str
    name: str
    position_m: FloatArray
    limit_kg: float
    volume_m3: float
    lands: bool
    confidence: str
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_m", frozen(self.position_m, (3,), "position_m"))


@dataclass(frozen=True, slots=True, eq=False)
class Stowage:
    """What a spacecraft may carry, and where its mass lies.

    Axes: x towards the docking port, y to starboard, z to the feet of the crew; origin: the centre of mass of the
    descent module with a full crew and no cargo. hatch_m: clear diameter that everything passes. refuses: hazards that
    the cabin does not take. dry_centre_m: of the whole ship without propellant, with a full crew, without cargo. An
    empty seat is taken to hold as much as a person.
    """

    hatch_m: float
    up_kg: float
    down_kg: float
    refuses: tuple[str, ...]
    dry_centre_m: FloatArray
    tank_centre_m: FloatArray
    places: Mapping[str, StowagePlace]
    confidence: str
    source: str

    def __post_init__(self) -> None:
        for name in ("dry_centre_m", "tank_centre_m"):
            object.__setattr__(self, name, frozen(getattr(self, name), (3,), name))
        if not any(place.lands for place in self.places.values()):
            raise ValueError("stowage: no place lands; give one of places lands = true")


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A type of spacecraft. cabin: its inside, as one room; without one, its air is not followed. navigation: how
    well it is known and burns; without, it is taken to be known and to burn without error."""

    id: str
    name: str
    seats: int
    mass_kg: float
    propellant_kg: float
    drag_area_m2: float
    drag_coefficient: float
    main_engine: Engine
    thrusters: Engine
    min_burn_m_s: float
    source: str
    docking: Docking | None = None
    undocking: Undocking | None = None
    deorbit: Deorbit | None = None
    descent: Descent | None = None
    parachute: Parachute | None = None
    cabin: Cabin | None = None
    navigation: Navigation | None = None
    stowage: Stowage | None = None


@dataclass(frozen=True, slots=True)
class Ship:
    """One spacecraft of a mission: a Vehicle with a name, a crew and what it carries."""

    id: str
    name: str
    vehicle: Vehicle
    crew: tuple[str, ...]
    mass_kg: float
    propellant_kg: float
    docked: str | None = None


Ships = Mapping[str, Ship]
