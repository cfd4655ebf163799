"""What burns, how it burns, and what a crew does when it burns aboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ATOMS = ("C", "H", "O", "N")


@dataclass(frozen=True, slots=True)
class Fuel:
    """Something that burns with the air's oxygen.

    atoms: of C, H, O and N in a mol (a mixture may have parts of one). formation_j_mol: heat of formation at 298.15 K
    in the state in which it lies there. soot: kg from each kg in a flame in free air. co: kg of carbon monoxide
    from each kg (None: by the soot, as Koylu and Faeth found). out_below_o2: with less oxygen in the air, as a part of
    one, its flame goes out.
    """

    id: str
    name: str
    atoms: Mapping[str, float]
    formation_j_mol: float
    soot: float
    out_below_o2: float
    confidence: str
    source: str
    co: float | None = None

    def __post_init__(self) -> None:
        for symbol, n in self.atoms.items():
            if symbol not in ATOMS:
                raise ValueError(f"atoms: {symbol} cannot be burnt here; write {', '.join(ATOMS)}")
            if n < 0.0:
                raise ValueError(f"atoms: {symbol} = {n:g} is negative; write 0 or more")
        if not self.atoms.get("C", 0.0) + self.atoms.get("H", 0.0) > 0.0:
            raise ValueError("atoms: neither carbon nor hydrogen, nothing would burn; write C or H")
        if not 0.0 <= self.soot < 0.5 or (self.co is not None and not 0.0 <= self.co < 1.0):
            raise ValueError(f"soot = {self.soot:g} kg/kg (or co) cannot be; write 0 to 0.5")
        if not 0.0 <= self.out_below_o2 < 1.0:
            raise ValueError(f"out_below_o2 = {self.out_below_o2:g} cannot be; write 0 to 1")


@dataclass(frozen=True, slots=True)
class Flame:
    """So much of a fuel, burnt evenly in so long."""

    id: str
    name: str
    fuel: Fuel
    mass_kg: float
    burn_s: float
    confidence: str
    source: str

    def __post_init__(self) -> None:
        if not self.mass_kg >= 0.0:
            raise ValueError(f"a fuel's mass of {1e3 * self.mass_kg:g} g is negative; write 0 or more")
        if not self.burn_s > 0.0:
            raise ValueError(f"a flame cannot burn {self.burn_s / 60:g} min; write more than 0")


@dataclass(frozen=True, slots=True)
class Limit:
    """Of a rule: what a quantity of the air must keep, by its running mean of mean_s (0: at every instant).

    quantity: one of the names of plan/flame.QUANTITIES.
    """

    id: str
    name: str
    quantity: str
    op: str
    limit: float
    confidence: str
    source: str
    mean_s: float = 0.0

    def __post_init__(self) -> None:
        if self.op not in ("<=", "<", ">=", ">"):
            raise ValueError(f"{self.id}: op = {self.op!r} is not known; write <=, <, >= or >")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a crew does, and how long it takes."""

    name: str
    duration_s: float
    source: str


@dataclass(frozen=True, slots=True)
class FireDrill:
    """What a crew does in a fire, and what its air must keep.

    alarm_1_m: smoke's extinction of light at which a detector speaks, when alarm_readings in a row, read_every_s apart,
    say so. length_m: along each room. speed_m_s: of a person through rooms. hatch_s: to close one behind.
    """

    id: str
    name: str
    alarm_1_m: float
    alarm_readings: int
    read_every_s: float
    speed_m_s: float
    hatch_s: float
    length_m: Mapping[str, float]
    steps: tuple[Step, ...]
    limits: Mapping[str, Limit]
    confidence: str
    source: str
    ship_m: float = 4.0
    """Through a docked ship's orbital module to the seats."""
