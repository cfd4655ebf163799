"""What may go wrong in a flight: changes to the plans of its phases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """A branch of a fault tree. changes: phase to the fields of its plan that are otherwise, and their values."""

    id: str
    title: str
    title_ru: str
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
