"""Places on the Earth and stations in orbit, as their data files say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fakel.model.antenna import Antennas, Table, check_angle, check_circle
from fakel.model.arrays import FloatArray, frozen
from fakel.model.cabin import Cabin
from fakel.model.structure import Structure
from fakel.model.surroundings import Team

LOWEST_MASK_RAD = math.radians(-10.0)       # a station on a mountain looks down to its horizon


@dataclass(frozen=True, slots=True)
class Site:
    """A pad, a landing zone or a ground station: geodetic place on WGS 84.

    terrain_mask_rad: azimuth from north over east, and the lowest elevation that is free there. keyhole_rad: the
    antenna cannot follow a craft nearer to the zenith than this. azimuth_rate_rad_s: the fastest it turns about its
    vertical. shortest_pass_s: shorter passes are not taken. None is not known: no limit, or the network's. rescue: the
    teams that wait for a landing there. azimuths_rad: from which to which azimuth (east of north, over the ground,
    clockwise) a pad may launch; none: all.
    """

    id: str
    kind: str
    name: str
    latitude_rad: float
    longitude_rad: float
    height_m: float
    confidence: str
    source: str
    radius_m: float | None = None
    elevation_mask_rad: float | None = None
    time_zone: str | None = None
    terrain_mask_rad: Table = ()
    keyhole_rad: float | None = None
    azimuth_rate_rad_s: float | None = None
    shortest_pass_s: float | None = None
    rescue: Mapping[str, Team] = field(default_factory=dict)
    azimuths_rad: Table = ()

    def allows(self, azimuth_rad: float) -> bool:
        """Whether the pad may launch in an azimuth."""
        turn = 2 * math.pi
        return not self.azimuths_rad or any((azimuth_rad - low) % turn <= (high - low) % turn
                                            for low, high in self.azimuths_rad)

    @property
    def azimuths_told(self) -> str:
        return ", ".join(f"{math.degrees(low):g} to {math.degrees(high):g} deg" for low, high in self.azimuths_rad)

    def __post_init__(self) -> None:
        if abs(self.latitude_rad) > math.pi / 2 + 1e-12:
            raise ValueError(f"latitude {math.degrees(self.latitude_rad):g} deg is beyond a pole; write -90 to 90")
        check_circle(self.terrain_mask_rad, "terrain_mask")
        check_angle(self.elevation_mask_rad, "elevation_mask", LOWEST_MASK_RAD, math.pi / 2)
        for _, elevation in self.terrain_mask_rad:
            check_angle(elevation, "terrain_mask", LOWEST_MASK_RAD, math.pi / 2)
        check_angle(self.keyhole_rad, "keyhole", 0.0, math.pi / 2)
        if self.azimuth_rate_rad_s is not None and not self.azimuth_rate_rad_s > 0.0:
            raise ValueError(f"azimuth_rate {math.degrees(self.azimuth_rate_rad_s):g} deg/s: an antenna that does not "
                             "turn follows nobody; write more, or leave it out")
        if self.shortest_pass_s is not None and self.shortest_pass_s < 0.0:
            raise ValueError(f"shortest_pass {self.shortest_pass_s:g} s cannot be; write 0 or more")


@dataclass(frozen=True, slots=True)
class Relay:
    """A relay satellite: two lines of elements, or a longitude over which it is held (with both, the longitude counts
    on days that the elements are too old for); usable from and until (UTC dates, empty = open).

    beam_east_west_rad, beam_north_south_rad: how far its antennas turn from the Earth's centre to each side; None is
    not known: no limit.
    """

    id: str
    name: str
    usable_from: str
    usable_until: str
    source: str
    longitude_rad: float | None = None
    elements: tuple[str, ...] = ()
    beam_east_west_rad: float | None = None
    beam_north_south_rad: float | None = None
    confidence: str = ""

    def __post_init__(self) -> None:
        for name in ("usable_from", "usable_until"):
            text = getattr(self, name)
            try:
                if text:
                    date.fromisoformat(text)
            except ValueError:
                raise ValueError(f"{name} = {text!r} is not a date; write it like 2013-11-09, or leave it empty"
                                 ) from None
        if self.usable_from and self.usable_until and self.usable_until <= self.usable_from:
            raise ValueError(f"relay {self.id} serves until {self.usable_until}, before it begins on "
                             f"{self.usable_from}; mend one of them")
        check_angle(self.beam_east_west_rad, "beam_east_west", 0.0, math.pi)
        check_angle(self.beam_north_south_rad, "beam_north_south", 0.0, math.pi)
        if len(self.elements) not in (0, 2):
            raise ValueError(f"relay {self.id} has {len(self.elements)} element lines; write two, or none")
        if not self.elements and self.longitude_rad is None:
            raise ValueError(f"relay {self.id} has neither longitude_deg nor elements; write one of them")


@dataclass(frozen=True, slots=True)
class Network:
    """Ground stations and relay satellites that talk to one station.

    antennas: those of the station, if its own structure is to count. shortest_pass_s: shorter ground passes are not
    taken.
    """

    id: str
    name: str
    ground: tuple[Site, ...]
    relays: tuple[Relay, ...]
    elevation_mask_rad: float
    grazing_height_m: float
    source: str
    antennas: Antennas | None = None
    shortest_pass_s: float = 0.0

    def __post_init__(self) -> None:
        check_angle(self.elevation_mask_rad, "elevation_mask", LOWEST_MASK_RAD, math.pi / 2)
        if not 0.0 <= self.grazing_height_m <= 1e6:
            raise ValueError(f"grazing_height {self.grazing_height_m / 1000:g} km cannot be; write 0 to 1000")
        if self.shortest_pass_s < 0.0:
            raise ValueError(f"shortest_pass {self.shortest_pass_s:g} s cannot be; write 0 or more")


@dataclass(frozen=True, slots=True, eq=False)
class Port:
    """A docking port: where its plane is and which way it looks, in the station's LVLH axes
    (x forward, y starboard, z down; origin at the station's reference point)."""

    id: str
    name: str
    position_lvlh_m: FloatArray
    axis_lvlh: FloatArray
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_lvlh_m", frozen(self.position_lvlh_m, (3,), "position_lvlh_m"))
        object.__setattr__(self, "axis_lvlh", frozen(self.axis_lvlh, (3,), "axis_lvlh"))


@dataclass(frozen=True, slots=True)
class Airlock:
    """A volume that people leave through.

    hatch_open_pa: the hatch opens at that pressure or less (None: as soon as depress_s is over). vent_s: the pressure
    falls by e in that time (None: so that depress_s just suffices). air_lost_kg: where a pump saves most of the air.
    """

    id: str
    name: str
    volume_m3: float
    hatch_diameter_m: float
    depress_s: float
    repress_s: float
    confidence: str
    source: str
    hatch_open_pa: float | None = None
    vent_s: float | None = None
    air_lost_kg: float | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """A space station: what docks to it, what leaves it, and how it flies.

    structure: its outside, over which handrails are laid; worksites are then found there. Without one, worksites_m maps
    a place outside to its distance along handrails from the airlock's hatch, in metres. cabin: its inside, with a room
    for each airlock; without one, its air is not followed.
    """

    id: str
    name: str
    mass_kg: float
    drag_area_m2: float
    drag_coefficient: float
    pressurised_volume_m3: float
    ports: Mapping[str, Port]
    airlocks: Mapping[str, Airlock]
    source: str
    worksites_m: Mapping[str, float] = field(default_factory=dict)
    structure: Structure | None = None
    cabin: Cabin | None = None

    def __post_init__(self) -> None:
        if self.cabin is None:
            return
        for lock in self.airlocks.values():
            room = self.cabin.rooms.get(lock.id)
            if room is None or abs(room.volume_m3 - lock.volume_m3) > 1e-6:
                raise ValueError(f"cabin {self.cabin.id} needs a room {lock.id} of {lock.volume_m3:g} m3, as its "
                                 "airlock has; write it")
        for port in self.cabin.ports:
            if port not in self.ports:
                raise ValueError(f"cabin {self.cabin.id}: {port!r} is not a port of {self.name}; write one of: "
                                 f"{', '.join(sorted(self.ports))}")
