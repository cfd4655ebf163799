"""Fault trees from TOML: data/faults, or a file of one's own."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fakel.load.library import as_table, read_toml, shipped
from fakel.load.reader import read_some
from fakel.model.errors import InputError
from fakel.model.fault import Fault
from fakel.phases import PHASES

OF_RETURN = "return.toml"


def read_faults(path: Path | None = None) -> tuple[Fault, ...]:
    """The faults of a file (None: those of the way home that ship), in its order. Raises InputError in one line."""
    path = path or shipped("faults", OF_RETURN)
    given = read_toml(path).get("fault", [])
    if not isinstance(given, list) or not given:
        raise InputError(f"{path}: has no [[fault]]; write one at least")
    found = tuple(_fault(as_table(one, f"{path}: [[fault]] {k}"), f"{path}: [[fault]] {k}")
                  for k, one in enumerate(given, 1))
    ids = [fault.id for fault in found]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"{path}: two faults are called {twice!r}; give each its own id")
    return found


def _fault(table: Mapping[str, Any], where: str) -> Fault:
    for key in ("id", "title"):
        if not isinstance(table.get(key), str):
            raise InputError(f"{where} {key} is missing; write it in quotes")
    changes = {}
    for key, value in table.items():
        if key in ("id", "title", "title_ru"):
            continue
        if key not in PHASES:
            near = difflib.get_close_matches(key, PHASES, 1)
            raise InputError(f"{where} {key} is no phase; " + (f"did you mean {near[0]}?" if near else
                                                               f"write one of: {', '.join(PHASES)}"))
        changes[key] = read_some(PHASES[key].Plan, as_table(value, f"{where} {key}"), f"{where} {key}:")
    return Fault(table["id"], table["title"], table.get("title_ru", table["title"]), changes)
