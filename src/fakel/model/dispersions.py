"""How far a return may differ from its plan, and where the cases flown with that came down."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.place import Site


@dataclass(frozen=True, slots=True)
class Dispersions:
    """One standard deviation of each, all normal and apart from one another.

    along_m, cross_m, radial_m: where the ship is at the burn against where it is believed to be. burn_m_s: of the whole
    burn, which the accelerometers see; nose_rad: where the nose points in it, up or down and aside, which the gyros
    see. density_share and wind_m_s (each of east and north) keep together over heights of density_scale_m and
    wind_scale_m.
    """

    id: str
    name: str
    along_m: float
    cross_m: float
    radial_m: float
    burn_m_s: float
    nose_rad: float
    mass_share: float
    drag_share: float
    lift_share: float
    density_share: float
    density_scale_m: float
    wind_m_s: float
    wind_scale_m: float
    confidence: str
    source: str

    def __post_init__(self) -> None:
        for name in ("along_m", "cross_m", "radial_m", "burn_m_s", "nose_rad", "mass_share", "drag_share", "lift_share",
                     "density_share", "wind_m_s"):
            if getattr(self, name) < 0.0:
                raise ValueError(f"{name} = {getattr(self, name):g} is below zero; give a standard deviation")
        for name in ("density_scale_m", "wind_scale_m"):
            if getattr(self, name) <= 0.0:
                raise ValueError(f"{name} = {getattr(self, name):g} is no height; make it more than zero")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its 95 % interval; its high end is infinite where nothing bounds it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Where dispersed returns came down. Places (n, 2): latitude and longitude, rad.

    east_m, north_m (n,): from the zone; peak_load_g (n,); guided (n,). footprint (k, 2): the edge of what the bank can
    reach from the nominal separation, at the height of the parachute command. radii: from the zone, for each share.
    ellipses: semi-axes (m) and bearing of the longer (rad) that hold each share of a normal spread about the centre.
    linear_error_m: how far the short way to the separation of the modules puts a start that is two deviations off in
    everything. inside_zone: share of landings within radius_m of the zone's centre.
    """

    zone: Site
    vehicle: str
    dispersions: str
    burn_start: Epoch
    landing: Epoch
    seed: int
    places: FloatArray
    east_m: FloatArray
    north_m: FloatArray
    peak_load_g: FloatArray
    touchdown_m_s: FloatArray
    guided: FloatArray
    footprint: FloatArray
    centre_m: tuple[float, float]
    radii: dict[float, Figure]
    ellipses: dict[float, tuple[float, float, float]]
    linear_error_m: float
    radius_m: float
    inside_zone: Figure
    told: tuple[str, ...] = ()
