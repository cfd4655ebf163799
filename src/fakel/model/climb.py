"""A climb as it was flown: moments, curves, where things come down, the orbit that is left, what its limits were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.abort import Abort
from fakel.model.arrays import FloatArray
from fakel.model.dispersions import Figure
from fakel.model.epoch import Epoch
from fakel.model.place import Site


@dataclass(frozen=True, slots=True)
class AscentSpread:
    """How far launchers may differ from their files: one standard deviation of each, normal and apart from one another.

    thrust_share, isp_share and load_share are of each stage by itself. wind_m_s: each of east and north; winds keep
    together over heights of wind_scale_m and blow as at wind_top_m from there on.
    """

    id: str
    name: str
    thrust_share: float
    isp_share: float
    load_share: float
    drag_share: float
    wind_m_s: float
    wind_scale_m: float
    wind_top_m: float
    confidence: str
    source: str

    def __post_init__(self) -> None:
        for name in ("thrust_share", "isp_share", "load_share", "drag_share", "wind_m_s"):
            if getattr(self, name) < 0.0:
                raise ValueError(f"{name} = {getattr(self, name):g} is below zero; give a standard deviation")
        for name in ("wind_scale_m", "wind_top_m"):
            if getattr(self, name) <= 0.0:
                raise ValueError(f"{name} = {getattr(self, name):g} is no height; make it more than zero")


@dataclass(frozen=True, slots=True)
class Fall:
    """A part's way down. part: id of the stage, or the event of a part; seconds after liftoff."""

    part: str
    dropped_s: float
    mass_kg: float
    impact_s: float
    latitude_rad: float
    longitude_rad: float
    downrange_m: float
    speed_m_s: float


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a climb, t_s after liftoff. air_m_s: against the turning Earth; speed_m_s: inertial."""

    name: str
    t_s: float
    height_m: float
    downrange_m: float
    air_m_s: float
    speed_m_s: float
    q_pa: float
    load_g: float
    mass_kg: float


@dataclass(frozen=True, slots=True)
class LeftIn:
    """The ellipse through a state. Heights above the equatorial radius; inclination against the axis of ITRF."""

    perigee_m: float
    apogee_m: float
    inclination_rad: float


@dataclass(frozen=True, slots=True)
class Limit:
    """What steering keeps to, or what is told beside it: the highest value, when, and the bound (None: none)."""

    name: str
    unit: str
    value: float
    at_s: float
    bound: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ascent:
    """One climb. ending: ``inserted``, ``low_orbit`` or ``short``; trouble: where and why guidance found no way.

    curves: over t_s (n,), by name with the unit last. track (n, 2) and impact (m, 2): latitude and longitude, rad, of
    the ground track and of the instantaneous impact point. off_plane_rad: between the planes flown and aimed at.
    staged: when the launcher's file says that events come, s. coast_s: from cutoff to separation. reaches_kg: the
    heaviest ship that would reach the aim, where this one did not (None: not asked). flown_to: the abort of a climb
    that failed.
    """

    launcher: str
    launcher_id: str
    vehicle: str
    pad: Site
    liftoff: Epoch | None
    mass_kg: float
    ending: str
    trouble: str
    cutoff_s: float
    coast_s: float
    propellant_left_kg: float
    moments: tuple[Moment, ...]
    t_s: FloatArray
    curves: Mapping[str, FloatArray]
    track: FloatArray
    impact: FloatArray
    falls: tuple[Fall, ...]
    orbit: LeftIn
    aim: LeftIn
    off_plane_rad: float
    limits: tuple[Limit, ...]
    staged: Mapping[str, float]
    reaches_kg: float | None = None
    flown_to: Abort | None = None
    flown_with: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AscentRun:
    """One dispersed climb: how it ended, and, of one that failed, how its crew came down. Angles rad."""

    run: int
    ending: str
    within: bool
    propellant_left_kg: float
    cutoff_s: float
    height_m: float
    speed_m_s: float
    perigee_off_m: float
    apogee_off_m: float
    inclination_rad: float
    off_plane_rad: float
    trouble: str = ""
    abort: Abort | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ascents:
    """Many climbs of one launcher, each a little otherwise. within: the share whose perigee and apogee lie within
    near_m of those without errors and whose plane within near_rad. wanted: how many were asked for.

    margin_kg: what is left without errors. quantiles: by figure (unit last) and share; of climbs that failed only the
    propellant counts. causes: share of the variance of the propellant left that each error explains.
    """

    launcher: str
    vehicle: str
    pad: Site
    liftoff: Epoch | None
    mass_kg: float
    spread: AscentSpread
    seed: int
    wanted: int
    near_m: float
    near_rad: float
    margin_kg: float
    runs: tuple[AscentRun, ...]
    within: Figure
    quantiles: Mapping[str, Mapping[float, Figure]]
    causes: Mapping[str, float]
    told: tuple[str, ...] = ()
