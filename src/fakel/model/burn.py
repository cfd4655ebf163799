"""What a study of a flame, or of a fire's retreat, found: plain records for reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.fire import Flame


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """Of a flame that burns fuel_kg: what it makes (6,) kg in the order of physics/flame.MADE, and its heat.

    clean_kg, clean_heat_j: as if all carbon became carbon dioxide.
    """

    fuel_kg: float
    made_kg: FloatArray
    heat_j: float
    clean_kg: FloatArray
    clean_heat_j: float


@dataclass(frozen=True, slots=True)
class Mixed:
    """All of a clean flame's gas in a volume at once, none lost and none added: the sum by hand.

    o2_points: in points of a hundred of the air as it was. rise_k: of a closed volume whose walls take nothing.
    most_fuel_kg: what the volume's oxygen could burn until a flame goes out.
    """

    name: str
    volume_m3: float
    co2_mmhg: float
    o2_points: float
    water_mmhg: float
    rise_k: float
    air_kg: float
    most_fuel_kg: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a rule's quantity does in a room. worst: the value nearest to the limit, or farthest beyond it.

    from_s, until_s: first and last instant beyond the limit (None: never; until_s None: still so at the end).
    before: it was beyond the limit without the flame too.
    """

    rule: str
    name: str
    quantity: str
    op: str
    limit: float
    room: str
    worst: float
    from_s: float | None
    until_s: float | None
    before: bool

    @property
    def broken(self) -> bool:
        return self.from_s is not None


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A flame in a room over time.

    flame: what was burnt until it was out, at out_s; starved: for want of oxygen. opened_s: when the room's hatches
    were opened (None: they always were). alarms_s: room to when smoke was seen there. cleaned_s: gas
    (co2, co, soot) to when nine tenths of the flame's had gone (None: not within the course). fit_s: when the last
    limit that the flame broke in this room was kept again (None: not within the course). air: quantity to its course
    (n,) in the room, and in the whole cabin if it were mixed.
    """

    name: str
    room: str
    sealed: bool
    flame: Amounts
    out_s: float
    starved: bool
    opened_s: float | None
    alarms_s: Mapping[str, float]
    cleaned_s: Mapping[str, float | None]
    fit_s: float | None
    oxygen_left_kg: float
    crossings: tuple[Crossing, ...]
    t_s: FloatArray
    air: Mapping[str, FloatArray]
    whole: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class BurnReport:
    """Could we light it. answer: yes or no in a sentence; why: sentences for people.

    temperature_k: of the flame that loses nothing (None: without the extra). oxygen_share: of the air, a part of one.
    """

    flame: Flame
    place: str
    where: str
    answer: str
    why: tuple[str, ...]
    amounts: Amounts
    oxygen_share: float
    air_m3: float
    temperature_k: float | None
    mixed: tuple[Mixed, ...]
    scenarios: tuple[Scenario, ...]
    rules: tuple[str, ...]
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShipWay:
    """A docked ship and a room where its crew may be when it burns: the way, or None where the fire cuts it off."""

    ship: str
    from_room: str
    way: tuple[str, ...] | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class RetreatReport:
    """Who reaches which ship when a room burns.

    ways: of every ship from every room. parts: rooms that the fire leaves together. seats: of each ship.
    """

    room: str
    name: str
    ships: Mapping[str, str]
    ports: Mapping[str, str]
    seats: Mapping[str, int]
    crews: Mapping[str, tuple[str, ...]]
    ways: tuple[ShipWay, ...]
    parts: tuple[tuple[str, ...], ...]
    steps: tuple[tuple[str, float], ...]
    words: tuple[str, ...]
    assumed: tuple[str, ...]
