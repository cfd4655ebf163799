"""Rules and what they say of a flight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fakel.model.epoch import Epoch, Window


class Status(Enum):
    """Missing data is UNKNOWN, never PASS."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of ``data/rules/<subject>.toml``: what a formula finds in a flight, compared with a limit.

    title is short, text says the rule in full. limit is a number, a formula of its own (a suit's autonomy, for
    instance), or NaN where no public limit is known. phases: where the rule looks; empty means everywhere.
    op is empty for a formula that states something over time. instead_of: what other sources say, and why the limit
    is enforced all the same; empty where sources agree.
    """

    id: str
    title: str
    text: str
    source: str
    phases: tuple[str, ...]
    formula: str
    op: str
    limit: float | str
    unit: str
    confidence: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of one flight. margin is positive inside the limit, in unit.

    at, channel: the instant and the signal (or event, study) that decided. violations: when the rule was broken.
    instead_of: as in the rule.
    """

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
    at: Epoch | None = None
    channel: str = ""
    violations: tuple[Window, ...] = ()
    instead_of: str = ""


def urgency(verdict: Verdict) -> tuple[int, float]:
    """Failed, unknown, passed; within each by margin as a share of the limit."""
    rank = (Status.FAIL, Status.UNKNOWN, Status.PASS).index(verdict.status)
    scale = max(abs(verdict.limit or 0.0), abs(verdict.value or 0.0)) or 1.0
    return rank, (verdict.margin or 0.0) / scale
