"""Records as plain JSON data: what a flight folder and ``--json`` print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Event


def plain(value: Any) -> Any:
    """Dictionaries, lists, text, numbers, true/false and null only. Epochs become UTC text to the millisecond.

    Raises TypeError for a value that has no plain form, so that nothing is written as its Python repr.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, (np.integer, np.bool_)):
        return value.item()
    if isinstance(value, Epoch):
        return value.iso(3)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, str) and len(value.value) < 20 else value.name
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    raise TypeError(f"{type(value).__name__} has no plain form")


def event_as_data(event: Event) -> dict[str, Any]:
    """An event as ``--json`` and flight.json show it: name, utc, subject, phase, facts."""
    return {"name": event.name, "utc": event.epoch.iso(3), "subject": event.subject, "phase": event.phase,
            "facts": plain(event.facts)}


def plan_as_data(plan: Any) -> dict[str, Any]:
    """A phase plan as plain data in which every record that has an id stands as its id. The chance of a flight that has
    none is not named."""
    values = {f.name: getattr(plan, f.name) for f in fields(plan)}
    return {name: _ids(value) for name, value in values.items() if name != "chance" or value is not None}


def _ids(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, (type, Epoch)):
        if hasattr(value, "id"):
            return str(value.id)
        return {f.name: _ids(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _ids(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_ids(v) for v in value]
    return plain(value)
