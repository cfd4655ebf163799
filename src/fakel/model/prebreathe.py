"""Pre-breathe protocols, as their data files say. A planning aid, not medical advice."""

from __future__ import annotations

from dataclasses import dataclass

AID = "a planning aid, not medical advice: one 360-minute tissue, dry gas, no exercise, no person"
"""Said wherever tissue ratios are shown."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step before a walk. oxygen_fraction: of what is breathed (mask, suit or cabin). exercise: it is done at work;
    counts: it is oxygen that the protocol asks for, and may not be shorter than here."""

    title: str
    duration_s: float
    pressure_pa: float
    oxygen_fraction: float
    exercise: bool = False
    counts: bool = False

    def __post_init__(self) -> None:
        if self.duration_s < 0.0:
            raise ValueError(f"{self.title}: it cannot last {self.duration_s / 60:g} min; write 0 or more")
        if not 0.0 <= self.oxygen_fraction <= 1.0:
            raise ValueError(f"{self.title}: oxygen_fraction = {self.oxygen_fraction:g} cannot be; write 0 to 1")
        if self.pressure_pa <= 0.0:
            raise ValueError(f"{self.title}: nobody breathes at {self.pressure_pa:g} Pa; write more")


@dataclass(frozen=True, slots=True)
class Protocol:
    """Steps from the cabin to the begin of depressurisation.

    start_nitrogen_pa: of the tissue. suit: whose pressure the ratio is taken at. published: what its publishers say of
    it; note: how that compares with the ratio computed here.
    """

    id: str
    name: str
    suit: str
    start_nitrogen_pa: float
    stages: tuple[Stage, ...]
    published: str
    confidence: str
    source: str
    note: str = ""

    @property
    def oxygen_s(self) -> float:
        """Oxygen that the protocol asks for."""
        return sum(stage.duration_s for stage in self.stages if stage.counts)
