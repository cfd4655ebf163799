"""Ways out of a climb that fails: what a spacecraft has for each part of it, and where one of them ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.launcher import Throttle
from fakel.model.place import Site

SPIN, LIFT = "spin", "lift"


@dataclass(frozen=True, slots=True)
class Motors:
    """What pulls the crew away. thrust_n is full thrust, levels its shares (from_s after ignition).

    tilt_rad: how far the push is turned from the rocket's nose towards the azimuth of the climb. from_tanks: engines of
    the whole ship, which burn its propellant; others leave a part of it behind.
    """

    thrust_n: float
    burn_s: float
    isp_s: float
    tilt_rad: float
    confidence: str
    source: str
    levels: tuple[Throttle, ...] = ()
    from_tanks: bool = False

    def __post_init__(self) -> None:
        for name in ("thrust_n", "burn_s", "isp_s"):
            if not getattr(self, name) > 0.0:
                raise ValueError(f"{name} = {getattr(self, name):g} pushes nobody; write more than 0")
        for step in self.levels:
            if not 0.0 <= step.level <= 1.0 or not 0.0 <= step.from_s < self.burn_s:
                raise ValueError(f"level = {step.level:g} from {step.from_s:g} s on cannot be; write shares of 0 to 1 "
                                 f"within the {self.burn_s:g} s of the burn")


@dataclass(frozen=True, slots=True)
class Way:
    """A way out, open until an event of the launcher's sequence (``insertion``: to the end).

    delay_s: from the failure to the command. carries: parts of the launcher that go with the crew, by the event that
    throws them off, and what share of each; modules_kg: of the spacecraft beside its capsule. area_m2 and
    drag_coefficient: of all that until the capsule is let go, at the highest point or after_s after the motors,
    whichever comes first. descent: ``spin`` (ballistic) or ``lift`` (lift up).
    """

    id: str
    title: str
    title_ru: str
    until: str
    delay_s: float
    carries: Mapping[str, float]
    modules_kg: float
    area_m2: float
    drag_coefficient: float
    after_s: float
    descent: str
    confidence: str
    source: str
    motors: Motors | None = None

    def __post_init__(self) -> None:
        if self.descent not in (SPIN, LIFT):
            raise ValueError(f"descent = {self.descent!r} is not known; write one of: {SPIN}, {LIFT}")
        if self.delay_s < 0.0 or self.after_s < 0.0:
            raise ValueError("delay_s and after_s count forward; write 0 or more")
        if not (self.area_m2 > 0.0 and self.drag_coefficient > 0.0 and self.modules_kg >= 0.0):
            raise ValueError("area_m2 and drag_coefficient are more than 0, modules_kg 0 or more")
        for event, share in self.carries.items():
            if not 0.0 <= share <= 1.0:
                raise ValueError(f"carries {event} = {share:g} is no share; write 0 to 1")


@dataclass(frozen=True, slots=True)
class LowParachute:
    """Where the capsule is let go below the height of its parachute command: the main canopy, so long after, without
    the drogue."""

    after_s: float
    unfolds_s: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class ToOrbit:
    """The ship's own engine, after_s after it parted, pushes along the flight until its orbit's lowest point is
    perigee_m high (above the equatorial radius); it may take all propellant but kept_kg, and must not fall below
    floor_m. Then it brakes for the first of zones that a pass reaches within_s, else for the one that it misses by
    least.
    """

    after_s: float
    perigee_m: float
    kept_kg: float
    floor_m: float
    zones: tuple[Site, ...]
    within_s: float
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class AbortWays:
    """All ways out of a climb that some spacecraft have, in the order in which they end.

    splashes: they are made to come down on water.
    """

    id: str
    name: str
    vehicles: tuple[str, ...]
    ways: tuple[Way, ...]
    low_parachute: LowParachute
    source: str
    to_orbit: ToOrbit | None = None
    splashes: bool = False

    def __post_init__(self) -> None:
        if not self.ways or self.ways[-1].until != "insertion":
            raise ValueError('ways: the last is not open to the end; write until = "insertion" there')


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of an abort (``command``, ``motors_off``, ``let_go``, ``parachute``, ``touchdown``, ``orbit``,
    ``braking``, ``separation``), t_s after liftoff; load_g: the highest since the one before."""

    what: str
    t_s: float
    height_m: float
    speed_m_s: float
    load_g: float


@dataclass(frozen=True, slots=True)
class Abort:
    """A climb whose engines are lost failure_s after liftoff, and how its crew came down.

    way: its id, or ``orbit``. Loads in g: of the motors, of the air on the way down, of the canopies. landing_s after
    liftoff. zone: where it was braked for, or empty. water: the lake or sea that it lies in, or empty; country: what
    people call the place.
    """

    failure_s: float
    way: str
    height_m: float
    speed_m_s: float
    motors_g: float
    entry_g: float
    canopy_g: float
    apogee_m: float
    latitude_rad: float
    longitude_rad: float
    ground_m: float
    from_pad_m: float
    landing_s: float
    steps: tuple[Step, ...] = ()
    zone: str = ""
    water: str = ""
    country: tuple[str, str] = ("", "")

    @property
    def peak_g(self) -> float:
        """Of motors and air; canopies jerk for a moment only."""
        return max(self.motors_g, self.entry_g)


@dataclass(frozen=True, slots=True, eq=False)
class Aborts:
    """A study: an abort at each of many seconds of a climb. track (n, 3): latitude and longitude (rad), height m along
    the climb; cutoff_s: its end."""

    launcher: str
    vehicle: str
    pad: Site
    liftoff: Epoch | None
    ways: AbortWays
    cutoff_s: float
    ending: str
    rows: tuple[Abort, ...]
    track: FloatArray
    told: tuple[str, ...] = ()
