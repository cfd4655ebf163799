"""A launcher's file: its target is [target], fixed to the Earth, or [orbit], in a plane given for each launch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fakel.load.launcher_sense import check_launcher
from fakel.load.reader import Refs, read
from fakel.model.errors import InputError
from fakel.model.launcher import Launcher, OrbitTarget, SeparationTarget
from fakel.plan.insertion import turned_to


def like(base: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """A launcher's table that says only where it differs from another: its values, its tables' values, its lists."""
    out = dict(base)
    for key, value in table.items():
        both = isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
        out[key] = {**base[key], **value} if both else value
    out.pop("like", None)
    return out


def read_launcher(table: Mapping[str, Any], where: str, refs: Refs) -> Launcher:
    """The record of a launcher's file. Raises InputError as ``reader.read``, and when it has both targets.

    A separation vector is turned to the inclination that the file gives for it.
    """
    if "orbit" not in table:
        record: Launcher = read(Launcher, table, where, refs)
        check_launcher(record, where)
        return _with_its_inclination(record, where)
    if "target" in table:
        raise InputError(f"{where} has [target] and [orbit]; a launcher has one of them: take one out")
    if not isinstance(table["orbit"], Mapping):
        raise InputError(f"{where} orbit = {table['orbit']!r} takes a table")
    orbit = read(OrbitTarget, table["orbit"], f"{where} [orbit]", refs)
    record = read(Launcher, table, where, replace(refs, context={**refs.context, "target": orbit}), skip=("orbit",))
    check_launcher(record, where)
    return record


def _with_its_inclination(record: Launcher, where: str) -> Launcher:
    target = record.target
    if not isinstance(target, SeparationTarget) or target.inclination_rad is None:
        return record
    if not target.inclination_fit:
        raise InputError(f"{where} [target] inclination_deg needs inclination_fit: say from which flights, and how")
    try:
        return replace(record, target=turned_to(target, target.inclination_rad))
    except ValueError as error:
        raise InputError(f"{where} [target] {error}; write one above that") from None
