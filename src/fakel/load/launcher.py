"""A launcher's file: its target is [target], fixed to the Earth, or [orbit], in a plane given for each launch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fakel.load.reader import Refs, read
from fakel.model.errors import InputError
from fakel.model.launcher import Launcher, OrbitTarget


def read_launcher(table: Mapping[str, Any], where: str, refs: Refs) -> Launcher:
    """The record of a launcher's file. Raises InputError as ``reader.read``, and when it has both targets."""
    if "orbit" not in table:
        record: Launcher = read(Launcher, table, where, refs)
        return record
    if "target" in table:
        raise InputError(f"{where} has [target] and [orbit]; a launcher has one of them: take one out")
    if not isinstance(table["orbit"], Mapping):
        raise InputError(f"{where} orbit = {table['orbit']!r} takes a table")
    orbit = read(OrbitTarget, table["orbit"], f"{where} [orbit]", refs)
    record = read(Launcher, table, where, replace(refs, context={**refs.context, "target": orbit}), skip=("orbit",))
    return record
