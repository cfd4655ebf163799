"""Rules and what they say of a flight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fakel.model.epoch import Window


class Status(Enum):
    """Missing data is UNKNOWN, never PASS."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of ``data/rules/<subject>.toml``: a quantity over channels and events, compared with a limit."""

    id: str
    title: str
    source: str
    phases: tuple[str, ...]
    quantity: str
    op: str
    limit: float
    unit: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of one flight. margin is positive inside the limit, in unit."""

    rule: str
    title: str
    status: Status
    window: Window | None
    value: float | None
    limit: float | None
    margin: float | None
    unit: str
    evidence: str
    message: str
    source: str
