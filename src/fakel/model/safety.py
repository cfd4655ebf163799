"""The passive-safety report of a way to a station."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.flight import Table


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Where a ship drifts in one case: relative states' places (n, 3) m, RTN, each step_s."""

    leg: str
    burn: str
    case: str
    step_s: float
    place_m: FloatArray
    verdict: str


@dataclass(frozen=True, slots=True, eq=False)
class SafetyReport:
    """Tables by leg and study (see ``plan.passive``), the drifts' curves, the name of the ship, what is assumed."""

    ship: str
    tables: Mapping[str, Mapping[str, Table]]
    curves: tuple[Curve, ...]
    assumed: tuple[str, ...]
