"""What acts on a craft: forces, and burns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.start import StateVector
from fakel.physics import force
from fakel.physics.powered import INERTIAL, RTN, Thrust
from fakel.physics.small_forces import LOVE_K2
from fakel.world import MARGIN_S, World, build_world
from fakel.world.upper_air import MODELS


@dataclass(frozen=True, slots=True)
class Forces:
    """What acts on a craft.

    degree: of EGM2008, 2 to what ``world.gravity`` ships; gravity: ``full`` (with Sun and Moon), ``j2`` or ``point``.
    No drag without drag_area_m2, no sunlight pressure without radiation_area_m2. tides: k2 of the solid Earth;
    relativity: Schwarzschild. Scales multiply what the models give. air: ``msis21`` (NRLMSIS 2.1) or ``msis00``
    (NRLMSISE-00, for comparison with programs that have the older one).
    """

    degree: int = 36
    gravity: str = "full"
    mass_kg: float = 1.0
    drag_area_m2: float = 0.0
    drag_coefficient: float = 2.2
    drag_scale: float = 1.0
    radiation_area_m2: float = 0.0
    radiation_coefficient: float = 1.3
    radiation_scale: float = 1.0
    tides: bool = True
    relativity: bool = True
    air: str = "msis21"

    def __post_init__(self) -> None:
        for name in ("mass_kg", "drag_area_m2", "drag_coefficient", "drag_scale", "radiation_area_m2",
                     "radiation_coefficient", "radiation_scale"):
            require_number(name, getattr(self, name))
        if not isinstance(self.degree, int | np.integer):
            raise InputError(f"degree = {self.degree!r}; it must be a whole number")
        if self.gravity not in ("full", "j2", "point"):
            raise InputError(f"gravity = {self.gravity!r} is not known; write one of: full, j2, point")
        if self.air not in MODELS:
            raise InputError(f"air = {self.air!r} is not known; write one of: {', '.join(MODELS)}")
        if not (np.isfinite(self.mass_kg) and self.mass_kg > 0.0):
            raise InputError(f"mass_kg = {self.mass_kg:g}; it must be above zero")
        for name in ("drag_area_m2", "drag_coefficient", "radiation_area_m2", "radiation_coefficient"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value >= 0.0):
                raise InputError(f"{name} = {value:g}; it must be zero or more")
        for name in ("drag_scale", "radiation_scale"):
            if not np.isfinite(getattr(self, name)):
                raise InputError(f"{name} = {getattr(self, name)}; it must be a number")

    @property
    def airy(self) -> bool:
        """Whether air acts."""
        return self.drag_area_m2 * self.drag_coefficient > 0.0

    @property
    def numbers(self) -> force.Forces:
        """The same for the equations of motion."""
        full = self.gravity == "full"
        return force.Forces(self.drag_area_m2 * self.drag_coefficient, self.drag_scale,
                            self.radiation_area_m2 * self.radiation_coefficient, self.radiation_scale,
                            LOVE_K2 if self.tides and full else 0.0, 1.0 if self.relativity and full else 0.0)

    def world(self, start: Epoch, stop: Epoch, weather_known: Epoch | None = None, margin_s: float = MARGIN_S,
              heights_m: tuple[float, float] | None = None, orbit: StateVector | None = None) -> World:
        """The world that these forces need, see ``world.build_world``. InputError before what is known of it."""
        return build_world(start, stop, gravity=self.gravity, degree=self.degree, weather_known=weather_known,
                           margin_s=margin_s, drag=self.airy, heights_m=heights_m, orbit=orbit, air=self.air)


@dataclass(frozen=True, slots=True)
class Burn:
    """Constant thrust for a while.

    direction (3,): of the push, of any length, in frame: ``RTN`` (radial, along track, normal; it turns with the craft)
    or ``GCRF``. Mass flows out at thrust / (isp 9.80665 m/s2). Raises InputError.
    """

    start: Epoch | str
    duration_s: float
    thrust_n: float
    isp_s: float
    direction: tuple[float, float, float] = (0.0, 1.0, 0.0)
    frame: str = "RTN"

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", as_epoch(self.start, "burn.start"))
        for name in ("duration_s", "thrust_n", "isp_s"):
            value = require_number(f"burn.{name}", getattr(self, name))
            if not (np.isfinite(value) and value > 0.0):
                raise InputError(f"burn.{name} = {value:g}; it must be above zero")
        try:
            along = np.asarray(self.direction, dtype=float)
        except (ValueError, TypeError):
            along = np.zeros(0)
        if along.shape != (3,) or not np.isfinite(along).all() or not along.any():
            raise InputError(f"burn.direction = {self.direction}; give three numbers that are not all zero")
        if self.frame not in ("RTN", "GCRF"):
            raise InputError(f"burn.frame = {self.frame!r} is not known; write RTN or GCRF")

    @property
    def begin(self) -> Epoch:
        return as_epoch(self.start, "burn.start")

    @property
    def end(self) -> Epoch:
        return self.begin + self.duration_s

    def thrust(self, world: World) -> Thrust:
        """The same for the equations of motion."""
        x, y, z = (float(c) for c in self.direction)
        return Thrust(world.seconds(self.begin), float(self.duration_s), float(self.thrust_n),
                      float(self.isp_s), (x, y, z), RTN if self.frame == "RTN" else INERTIAL)


def require_number(name: str, value: object) -> float:
    """The value. InputError when it is no number."""
    if not isinstance(value, int | float | np.number) or isinstance(value, bool):
        raise InputError(f"{name} = {value!r}; it must be a number")
    return float(value)


def as_epoch(value: Epoch | str, name: str) -> Epoch:
    """An epoch, or a UTC text read as one. InputError that names the input."""
    if isinstance(value, Epoch):
        return value
    try:
        return Epoch.utc(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise InputError(f"{name}: {error}" if isinstance(value, str) else
                         f"{name} = {value!r} is neither an Epoch nor UTC text") from None
