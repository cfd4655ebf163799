"""The inside of a station or a ship: rooms of air, hatches between them, and what keeps the air good."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

GASES = ("o2", "n2", "co2", "h2o", "co", "hcn", "hcl", "soot")
"""In the order of physics/gas; soot is what smoke is made of."""
SPACE = "space"
"""What lies outside every room."""


def _positive(record: Any, *names: str) -> None:
    for name in names:
        value = getattr(record, name)
        if value is not None and not value > 0.0:
            raise ValueError(f"{record.id}: {name} = {value:g} cannot be; write more than 0")


def _known_gas(record: Any) -> None:
    if record.gas not in GASES:
        raise ValueError(f"{record.id}: gas = {record.gas!r} is not known; write one of: {', '.join(GASES)}")


def _not_negative(record: Any) -> None:
    for f in fields(record):
        value = getattr(record, f.name)
        if isinstance(value, float) and value < 0.0:
            raise ValueError(f"{record.id}: {f.name} = {value:g} is negative; write 0 or more")


@dataclass(frozen=True, slots=True)
class Room:
    """A well-mixed volume. wall_w_k: heat to its walls for each kelvin (None: 5 W/m2/K over the walls of a cube)."""

    id: str
    name: str
    volume_m3: float
    source: str
    wall_w_k: float | None = None

    def __post_init__(self) -> None:
        _positive(self, "volume_m3")
        _not_negative(self)

    @property
    def to_wall_w_k(self) -> float:
        return 30.0 * float(self.volume_m3 ** (2 / 3)) if self.wall_w_k is None else self.wall_w_k


@dataclass(frozen=True, slots=True)
class Hatch:
    """An opening between two rooms. stir_m3_s: so much a fan or a duct carries each way while it is open."""

    id: str
    between: tuple[str, str]
    source: str
    diameter_m: float = 0.8
    stir_m3_s: float = 0.0
    open: bool = True
    seconds_to_close: float = 120.0

    def __post_init__(self) -> None:
        _positive(self, "diameter_m")
        _not_negative(self)

    @property
    def area_m2(self) -> float:
        return math.pi / 4 * self.diameter_m**2


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Takes a gas out of the air that it draws. capacity_kg: of a cartridge (None: it regenerates)."""

    id: str
    name: str
    room: str
    flow_m3_s: float
    efficiency: float
    source: str
    gas: str = "co2"
    max_kg_s: float | None = None
    capacity_kg: float | None = None
    on: bool = True

    def __post_init__(self) -> None:
        for name in ("flow_m3_s", "max_kg_s", "capacity_kg"):
            value = getattr(self, name)
            if value is not None and not value > 0.0:
                raise ValueError(f"{self.id}: a scrubber with {name} = {value:g} cleans nothing; write more than 0")
        _known_gas(self)
        if not 0.0 < self.efficiency <= 1.0:
            raise ValueError(f"{self.id}: efficiency = {self.efficiency:g} cannot be; write more than 0, up to 1")


@dataclass(frozen=True, slots=True)
class Generator:
    """Gives oxygen: all it can up to full_pa of oxygen, nothing from none_pa on, in proportion between."""

    id: str
    name: str
    room: str
    max_kg_s: float
    full_pa: float
    none_pa: float
    source: str
    heat_j_kg: float = 0.0
    on: bool = True

    def __post_init__(self) -> None:
        _positive(self, "max_kg_s")
        _not_negative(self)
        if not self.none_pa > self.full_pa:
            raise ValueError(f"{self.id}: none_pa = {self.none_pa:g} must be above full_pa = {self.full_pa:g}")


@dataclass(frozen=True, slots=True)
class Candle:
    """Burns for burn_s and gives its oxygen, and heat with it."""

    id: str
    name: str
    oxygen_kg: float
    burn_s: float
    heat_j: float
    source: str

    def __post_init__(self) -> None:
        _positive(self, "oxygen_kg", "burn_s")
        _not_negative(self)


@dataclass(frozen=True, slots=True)
class Condenser:
    """Cools the air that it draws to a dew point and takes the water."""

    id: str
    name: str
    room: str
    flow_m3_s: float
    dew_k: float
    max_kg_s: float
    source: str
    on: bool = True

    def __post_init__(self) -> None:
        _positive(self, "flow_m3_s", "dew_k", "max_kg_s")


@dataclass(frozen=True, slots=True)
class TraceLoad:
    """A gas that people and things give off by the way: of each person, and of all that stands in the rooms."""

    id: str
    gas: str
    person_kg_s: float
    things_kg_s: float
    source: str

    def __post_init__(self) -> None:
        _not_negative(self)
        _known_gas(self)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard people work through a day, of which so long is exercise; sleep by the clock, UTC.

    The defaults make a mean of 136.8 W, NASA's baseline (11.82 MJ a day, BVAD 2004); their parts are assumed.
    """

    asleep_w: float = 84.0
    awake_w: float = 146.0
    exercise_w: float = 350.0
    exercise_s: float = 5_400.0
    sleep_start_s: float = 21.5 * 3600
    sleep_stop_s: float = 6.0 * 3600

    def at_w(self, clock_s: float) -> float:
        """The mean rate at a time of the day; exercise is spread over the hours awake."""
        slept_s = (self.sleep_stop_s - self.sleep_start_s) % 86_400.0
        if (clock_s - self.sleep_start_s) % 86_400.0 < slept_s:
            return self.asleep_w
        return self.awake_w + (self.exercise_w - self.awake_w) * self.exercise_s / (86_400.0 - slept_s)


@dataclass(frozen=True, slots=True)
class Cabin:
    """All of an inside. people: where those live who are only said to be aboard, in parts of one. ports: which room a
    docking port opens into; hatch_stir_m3_s: what a duct then carries through an open hatch to a ship.

    The air at the start: total pressure, and of it oxygen, carbon dioxide and water vapour; the rest is nitrogen.
    """

    id: str
    name: str
    source: str
    rooms: Mapping[str, Room]
    people: Mapping[str, float]
    hatches: Mapping[str, Hatch] = field(default_factory=dict)
    ports: Mapping[str, str] = field(default_factory=dict)
    scrubbers: Mapping[str, Scrubber] = field(default_factory=dict)
    generators: Mapping[str, Generator] = field(default_factory=dict)
    candles: Mapping[str, Candle] = field(default_factory=dict)
    condensers: Mapping[str, Condenser] = field(default_factory=dict)
    traces: Mapping[str, TraceLoad] = field(default_factory=dict)
    leak_kg_s: float = 0.0
    pressure_pa: float = 101_325.0
    o2_pa: float = 21_200.0
    co2_pa: float = 330.0
    h2o_pa: float = 1_200.0
    temperature_k: float = 295.15
    wall_k: float = 295.15
    hatch_stir_m3_s: float = 0.02
    effort: Effort = field(default_factory=Effort)

    def __post_init__(self) -> None:
        _not_negative(self)
        _positive(self, "temperature_k", "wall_k")
        if not self.rooms:
            raise ValueError(f"{self.id}: no [rooms.NAME] is given; write one at least")
        if self.o2_pa > self.pressure_pa:
            raise ValueError(f"{self.id}: o2_pa = {self.o2_pa:g} is {100 * self.o2_pa / self.pressure_pa:.0f} % of "
                             f"pressure_pa = {self.pressure_pa:g}; oxygen cannot be above 100 %; write less")
        if self.o2_pa + self.co2_pa + self.h2o_pa > self.pressure_pa:
            raise ValueError(f"{self.id}: its gases are more than pressure_pa = {self.pressure_pa:g}; write less")
        for hatch in self.hatches.values():
            for end in hatch.between:
                self._room(end, f"hatch {hatch.id}: it leads to")
            if hatch.between[0] == hatch.between[1]:
                raise ValueError(f"hatch {hatch.id}: it leads from {hatch.between[0]} to itself; name two rooms")
        devices: tuple[Any, ...] = (*self.scrubbers.values(), *self.generators.values(), *self.condensers.values())
        for device in devices:
            self._room(device.room, f"{device.id}: room =")
        for port, room in self.ports.items():
            self._room(room, f"port {port}: it opens into")
        for room, part in self.people.items():
            self._room(room, "people:")
            if part < 0.0:
                raise ValueError(f"people: {room} = {part:g} is negative; write 0 or more")
        if not abs(sum(self.people.values()) - 1.0) < 1e-6:
            raise ValueError(f"people: the parts make {sum(self.people.values()):g}; they must make 1")

    def _room(self, name: str, what: str) -> None:
        if name not in self.rooms:
            raise ValueError(f"{what} {name!r}, which is no room; write one of: {', '.join(sorted(self.rooms))}")

    @property
    def volume_m3(self) -> float:
        return math.fsum(room.volume_m3 for room in self.rooms.values())
