"""Rockets, as their data files say. SI units; every table names its source."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray, frozen
from fakel.model.wind import Wind


@dataclass(frozen=True, slots=True)
class Throttle:
    """From from_s (s after liftoff) on, all engines of the stage give this share of full thrust."""

    from_s: float
    level: float


@dataclass(frozen=True, slots=True)
class Impact:
    """How a dropped part falls: mass over drag coefficient and area, kg/m2, of one unit."""

    mass_kg_m2: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, or count equal ones side by side. Masses are of one unit; times are after liftoff.

    propellant_kg includes unusable_kg. The last stage has no cutoff_s or separation_s: guidance cuts it off. engines
    of a unit share its tanks. load_limit_g: thrust over weight on the ground above which they are throttled.
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
    engines: int = 1
    load_limit_g: float | None = None
    impact: Impact | None = None

    def __post_init__(self) -> None:
        if self.count < 1 or self.engines < 1:
            raise ValueError(f"stage {self.id}: count and engines are 1 at least")
        if self.load_limit_g is not None and self.load_limit_g <= 0.0:
            raise ValueError(f"stage {self.id}: load_limit_g is above 0")


@dataclass(frozen=True, slots=True)
class Jettison:
    """A part that falls off at a nominal time."""

    event: str
    at_s: float
    mass_kg: float
    confidence: str
    source: str
    impact: Impact | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SeparationTarget:
    """Where the programme puts the spacecraft, Earth-fixed (ITRF), met_s after liftoff.

    inclination_rad: the one constant that a launcher may have of its own, where it takes over a published vector: the
    velocity is turned about the vertical at that place until the orbit (osculating, against the axis of ITRF) has it;
    place, speed and climb stay. inclination_fit: from which flights, and how. None: the vector as it is.
    """

    met_s: float
    position_itrf_m: FloatArray
    velocity_itrf_m_s: FloatArray
    source: str
    inclination_rad: float | None = None
    inclination_fit: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_itrf_m", frozen(self.position_itrf_m, (3,), "position_itrf_m"))
        object.__setattr__(self, "velocity_itrf_m_s", frozen(self.velocity_itrf_m_s, (3,), "velocity_itrf_m_s"))


@dataclass(frozen=True, slots=True)
class OrbitTarget:
    """The orbit that a launcher which steers in yaw leaves its spacecraft in; its plane is given for each launch.

    Heights are above the equatorial radius, 6378.137 km, of the ellipse at cutoff. anomaly_rad: where on it the last
    stage is cut off, from the perigee. met_s and range_rad: when and how far from the pad (angle at the Earth's centre)
    its nominal flight is cut off; a test holds them against the flown ascent.
    """

    perigee_m: float
    apogee_m: float
    met_s: float
    range_rad: float
    source: str
    anomaly_rad: float = 0.0
    confidence: str = ""

    def __post_init__(self) -> None:
        if not 0.0 < self.perigee_m <= self.apogee_m:
            raise ValueError(f"perigee {self.perigee_m / 1e3:g} km must be above the ground and not above apogee "
                             f"{self.apogee_m / 1e3:g} km")


@dataclass(frozen=True, slots=True)
class AscentAero:
    """Drag of the rocket. mach and cd0 are one table; areas are for the stack with and without boosters.

    lift_1_rad: slope of the normal force coefficient over the angle of attack; nose_radius_m: of the fairing's tip.
    """

    area_boosters_m2: float
    area_core_m2: float
    mach: tuple[float, ...]
    cd0: tuple[float, ...]
    source: str
    confidence: str = ""
    lift_1_rad: float = 2.0
    nose_radius_m: float = 1.0


@dataclass(frozen=True, slots=True)
class SteeringLimits:
    """What steering keeps to: how fast the rocket turns, and in the air its angle of attack and the product of that
    with the dynamic pressure."""

    attitude_rate_rad_s: float
    alpha_rad: float
    q_alpha_pa_rad: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class PitchProgramme:
    """The open-loop part of the ascent, calibrated once per launcher (see fit).

    Without azimuth_rad the rocket rolls to the azimuth of the plane that it is given, and offset_rad farther clockwise:
    the one constant that a launcher which steers may have of its own (offset_fit: from which flights, and how).
    """

    vertical_s: float
    kick_rad: float
    closed_loop_from_s: float
    fit: str
    azimuth_rad: float | None = None
    offset_rad: float = 0.0
    offset_fit: str = ""


@dataclass(frozen=True, slots=True)
class Launcher:
    """A rocket with its nominal sequence and its target: a programme fixed to the turning Earth, whose plane follows
    from the liftoff instant, or an orbit in a plane that it steers into.

    plane_reserve_m_s: what may be spent on a plane that a late or early liftoff, or the programme's own inclination,
    misses; of the launcher's propellant where it steers, else of the ship's. It sets how long a launch window is.
    """

    id: str
    name: str
    stages: tuple[Stage, ...]
    jettisons: tuple[Jettison, ...]
    aero: AscentAero
    programme: PitchProgramme
    limits: SteeringLimits
    target: SeparationTarget | OrbitTarget
    adapter_kg: float
    coast_to_separation_s: float
    source: str
    plane_reserve_m_s: float = 5.0

    def __post_init__(self) -> None:
        if isinstance(self.target, SeparationTarget) and self.programme.azimuth_rad is None:
            raise ValueError("programme: azimuth_rad is missing; a programme fixed to the Earth needs it")


@dataclass(frozen=True, slots=True)
class AscentErrors:
    """How a launcher that flies differs from its file: shares, by stage in order (none given: no difference).

    thrust: more of it, and of the flow; isp: more of it, and less flow; load: more propellant in the tanks; drag: a
    greater coefficient. wind: what blows over the pad and downrange.
    """

    thrust: tuple[float, ...] = ()
    isp: tuple[float, ...] = ()
    load: tuple[float, ...] = ()
    drag: float = 0.0
    wind: Wind | None = None


@dataclass(frozen=True, slots=True)
class EngineOut:
    """Engines that stop at at_s. units: how many of the stage's; of engines that share tanks the others may
    burn longer, and what follows comes later."""

    stage: str
    at_s: float
    units: int = 1
    burn_longer: bool = True
