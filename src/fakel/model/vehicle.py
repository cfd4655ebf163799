"""Spacecraft, as their data files say (rockets: ``launcher``). SI units; every table names its source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from fakel.model.cabin import Cabin
from fakel.model.launcher import Launcher as Launcher
from fakel.model.navigation import Navigation
from fakel.model.stowage import Stowage


@dataclass(frozen=True, slots=True)
class Engine:
    """A rocket engine in vacuum."""

    name: str
    thrust_n: float
    isp_s: float
    source: str
    confidence: str = ""


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
    """A burn after undocking. direction: ``port`` (out along the port's axis), ``down`` (to the Earth) or ``radial``:
    down, but up from a port that looks up, for down would be back through the station. From ports that look up or down
    a radial burn leans by lean_rad, forward when up and back when down, for a straight one leads back in a revolution.
    """

    after_s: float
    duration_s: float
    dv_m_s: float
    direction: str
    lean_rad: float = 0.0

    def __post_init__(self) -> None:
        if self.direction not in ("port", "down", "radial"):
            raise ValueError(f"direction = {self.direction!r} is not known; write one of: port, down, radial")
        if not 0.0 <= self.lean_rad <= math.pi / 2:
            raise ValueError(f"lean_deg = {math.degrees(self.lean_rad):g} leans too far; write 0 to 90")


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
    """The braking burn: delta-v by mean height, attitude held inertially or in LVLH.

    When the main engine fails the thrusters go on backup_after_s later, their attitude held as backup_attitude says;
    None: they cannot. An orbit whose lowest point stays above wait_above_m lasts for days: there the ship waits for a
    new plan.
    usual_mass_kg, usual_propellant_kg: of a ship that goes home, where nothing is known of it (None: as launched).
    reserve_kg: what no planned burn may take.
    """

    height_m: tuple[float, ...]
    dv_m_s: tuple[float, ...]
    attitude: str
    module_separation_height_m: float
    source: str
    backup_after_s: float | None = None
    backup_attitude: str = "lvlh"
    wait_above_m: float = 200e3
    usual_mass_kg: float | None = None
    usual_propellant_kg: float | None = None
    reserve_kg: float = 0.0

    def __post_init__(self) -> None:
        for key in ("attitude", "backup_attitude"):
            if getattr(self, key) not in ("inertial", "lvlh"):
                raise ValueError(f"{key} = {getattr(self, key)!r} is not known; write one of: inertial, lvlh")


@dataclass(frozen=True, slots=True)
class CapsuleAero:
    """Aerodynamics of a capsule that trims itself, over Mach number. trim_rad: from the wind to its axis.

    Beyond the last row it stands. Raises ValueError for tables that are none.
    """

    mach: tuple[float, ...]
    drag_coefficient: tuple[float, ...]
    lift_to_drag: tuple[float, ...]
    trim_rad: tuple[float, ...]
    confidence: str
    source: str

    def __post_init__(self) -> None:
        for name in ("drag_coefficient", "lift_to_drag", "trim_rad"):
            if len(getattr(self, name)) != len(self.mach):
                raise ValueError(f"aero: {name} has {len(getattr(self, name))} numbers and mach {len(self.mach)}; "
                                 "give one for each Mach number")
        if len(self.mach) < 2 or self.mach[0] <= 0.0 or any(b <= a for a, b in pairwise(self.mach)):
            raise ValueError("aero: mach does not rise from above zero; give two or more rising numbers")


@dataclass(frozen=True, slots=True)
class Descent:
    """The capsule between module separation and the parachute.

    mass_kg counts a full crew and no cargo; carried_kg is what the ledger adds to that. load_limit_g: what guidance
    does not exceed to reach its zone. chest_tilt_rad: from the load at the highest Mach number to the axis through the
    crew's chests.
    """

    mass_kg: float
    area_m2: float
    aero: CapsuleAero
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
    chest_tilt_rad: float
    confidence: str
    source: str
    carried_kg: float = 0.0

    @property
    def drag_coefficient(self) -> float:
        """At the highest Mach number."""
        return self.aero.drag_coefficient[-1]

    @property
    def lift_to_drag(self) -> float:
        """At the highest Mach number."""
        return self.aero.lift_to_drag[-1]

    @property
    def flown_kg(self) -> float:
        """With what it carries."""
        return self.mass_kg + self.carried_kg


@dataclass(frozen=True, slots=True)
class Module:
    """A part that is thrown off before the air and comes down by itself.

    aside_m_s: thrown to the right. pieces_kg_m2: mass over Cd A of the lightest and the heaviest piece into which it
    breaks at breaks_up_m.
    """

    name: str
    mass_kg: float
    area_m2: float
    drag_coefficient: float
    aside_m_s: float
    breaks_up_m: float
    pieces_kg_m2: tuple[float, ...]
    confidence: str
    source: str

    def __post_init__(self) -> None:
        if len(self.pieces_kg_m2) != 2 or not 0.0 < self.pieces_kg_m2[0] <= self.pieces_kg_m2[1]:
            raise ValueError(f"pieces_kg_m2 = {list(self.pieces_kg_m2)} takes two numbers: the lightest piece, the "
                             "heaviest")

    @property
    def mass_kg_m2(self) -> float:
        """Mass over Cd A of the whole."""
        return self.mass_kg / (self.drag_coefficient * self.area_m2)


@dataclass(frozen=True, slots=True)
class Parachute:
    """From the parachute command to the ground. Times count from the command, heights are above the ground.

    touchdown_max_m_s: the greatest published speed under the main canopy. reserve_*: the second canopy, opened at
    reserve_height_m where the main one has failed; without an area there is none.
    """

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
    touchdown_max_m_s: float = 2.6
    reserve_area_m2: float | None = None
    reserve_height_m: float = 5500.0
    reserve_unfolds_s: float = 6.0
    reserve_touchdown_m_s: float = 2.4
    reserve_touchdown_max_m_s: float = 4.0


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
    modules: tuple[Module, ...] = ()
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
