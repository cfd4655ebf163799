"""A table of a TOML file becomes a record: every key is known, every value has its unit and its type."""

from __future__ import annotations

import difflib
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from fakel.load.units import spellings, stem
from fakel.model.arrays import FloatArray
from fakel.model.blank import PLAN, Blank
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError

Find = Callable[[str, str], Any]
UNKNOWN = "unknown"
"""What a file writes where nobody has published a number that may be missing."""


@dataclass(frozen=True, slots=True)
class Refs:
    """What a file may refer to by id.

    find: record type to a function (id, where) that returns the record.
    context: values that fill a field which the table leaves out.
    """

    find: Mapping[type, Find] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


def read(cls: type, table: Mapping[str, Any], where: str, refs: Refs | None = None, skip: tuple[str, ...] = ()) -> Any:
    """Fill the dataclass cls from table. where names file and place in messages; skip lists keys read elsewhere.

    Raises InputError, in one line, for an unknown or misspelt key, a value without its unit, a missing or a
    mistyped value.
    """
    refs = refs or Refs()
    hints = get_type_hints(cls)
    values: dict[str, Any] = {}
    used = set(skip)
    for f in fields(cls):
        key, factor = _key_of(f.name, table)
        if key is None:
            if f.name in refs.context:
                values[f.name] = refs.context[f.name]
            elif f.default is MISSING and f.default_factory is MISSING:
                _complain_missing(cls, f.name, table, where)
            continue
        used.add(key)
        values[f.name] = _value(hints[f.name], table[key], factor, f"{where} {key}", refs)
    _require_known(cls, table, used, where)
    try:
        return cls(**values)
    except ValueError as error:
        raise InputError(f"{where.rstrip(':')}: {error}") from error


def read_some(cls: type, table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The fields of the dataclass cls that a table gives, read as ``read`` reads them; none is missed. Numbers, words,
    instants and dates only. Raises InputError as ``read`` does, and for a field that is a record of its own."""
    hints, values, used = get_type_hints(cls), {}, set()
    for f in fields(cls):
        key, factor = _key_of(f.name, table)
        if key is None:
            continue
        used.add(key)
        kinds = [kind for kind in (get_args(hints[f.name]) or (hints[f.name],)) if kind not in (type(None), Blank)]
        if not all(kind in (bool, int, float, str, Epoch, date) for kind in kinds):
            raise InputError(f"{where} {key} cannot be changed here; write it in the mission file")
        values[f.name] = _value(hints[f.name], table[key], factor, f"{where} {key}", Refs())
    _require_known(cls, table, used, where)
    return values


def _require_known(cls: type, table: Mapping[str, Any], used: set[str], where: str) -> None:
    unknown = [key for key in table if key not in used]
    if unknown:
        raise InputError(_unknown(cls, unknown[0], where))


def _key_of(name: str, table: Mapping[str, Any]) -> tuple[str | None, float]:
    plain = name.rstrip("_")
    for key, factor in spellings(plain).items():
        if key in table:
            return key, factor
    return None, 1.0


def _complain_missing(cls: type, name: str, table: Mapping[str, Any], where: str) -> None:
    plain = name.rstrip("_")
    bare = stem(plain)
    if bare != plain and bare in table:
        raise InputError(f"{where} {bare} = {table[bare]!r} has no unit; write {plain} (or {_others(plain)})")
    known = {key for f in fields(cls) for key in spellings(f.name.rstrip("_"))}
    near = difflib.get_close_matches(plain, [k for k in table if k not in known], 1, 0.6)
    if near:
        raise InputError(f"{where} {near[0]} is not known; did you mean {plain}?")
    others = f" (or {_others(plain)})" if _others(plain) else ""
    raise InputError(f"{where} {plain} is missing; write it{others}")


def _others(name: str) -> str:
    return ", ".join(key for key in spellings(name) if key != name)


def _unknown(cls: type, key: str, where: str) -> str:
    known = sorted({k for f in fields(cls) for k in spellings(f.name.rstrip("_"))})
    bare = {stem(f.name.rstrip("_")): f.name.rstrip("_") for f in fields(cls)}
    if key in bare:
        return f"{where} {key} has no unit; write {bare[key]}"
    near = difflib.get_close_matches(key, known, 1, 0.6)
    if near:
        return f"{where} {key} is not known; did you mean {near[0]}?"
    names = ", ".join(sorted(f.name.rstrip("_") for f in fields(cls)))
    return f"{where} {key} is not known; write one of: {names}"


def _value(hint: Any, raw: Any, factor: float, where: str, refs: Refs) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return raw
    if origin in (Union, types.UnionType):
        return _union(args, raw, factor, where, refs)
    if origin is tuple:
        return _tuple(args, raw, factor, where, refs)
    if hint == FloatArray:
        return np.array(_numbers(raw, where), dtype=float) * factor
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(args[1], raw, factor, where, refs)
    if is_dataclass(hint) and hint is not Epoch:
        return _record(hint, raw, where, refs)
    return _scalar(hint, raw, factor, where)


def _union(args: tuple[Any, ...], raw: Any, factor: float, where: str, refs: Refs) -> Any:
    if raw == PLAN.value:
        if Blank in args:
            return PLAN
        raise InputError(f"{where} = 'plan' cannot be left to the planner; write a value")
    if raw == UNKNOWN and type(None) in args:
        return None
    kinds = [a for a in args if a not in (type(None), Blank)]
    return _value(kinds[0], raw, factor, where, refs)


def _tuple(args: tuple[Any, ...], raw: Any, factor: float, where: str, refs: Refs) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise InputError(f"{where} = {raw!r} takes a list in [ ]")
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(_value(args[0], item, factor, f"{where}[{i + 1}]", refs) for i, item in enumerate(raw))
    if len(raw) != len(args):
        raise InputError(f"{where} has {len(raw)} values; it takes {len(args)}")
    return tuple(_value(a, item, factor, where, refs) for a, item in zip(args, raw, strict=True))


def _mapping(kind: Any, raw: Any, factor: float, where: str, refs: Refs) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise InputError(f"{where} = {raw!r} takes a table")
    named = is_dataclass(kind) and any(f.name == "id" for f in fields(kind))
    return {key: _value(kind, {"id": key, **item} if named and isinstance(item, Mapping) else item,
                        factor, f"{where}.{key}", refs)
            for key, item in raw.items()}


def _record(kind: type, raw: Any, where: str, refs: Refs) -> Any:
    if isinstance(raw, str):
        if kind in refs.find:
            return refs.find[kind](raw, where)
        raise InputError(f"{where} = {raw!r} takes a table of {kind.__name__.lower()} values")
    if not isinstance(raw, Mapping):
        raise InputError(f"{where} = {raw!r} takes a table or an id in quotes")
    return read(kind, raw, where, refs)


def _numbers(raw: Any, where: str) -> list[Any]:
    flat = raw if isinstance(raw, list) else [raw]
    for item in flat:
        if isinstance(item, list):
            _numbers(item, where)
        elif isinstance(item, bool) or not isinstance(item, (int, float)):
            raise InputError(f"{where} = {item!r} is not a number")
        elif not math.isfinite(item):
            raise InputError(f"{where} = {item!r} is not a finite number")
    return flat


def _scalar(kind: Any, raw: Any, factor: float, where: str) -> Any:
    if kind is Epoch:
        return _epoch(raw, where)
    if kind is date:
        if isinstance(raw, datetime) or not isinstance(raw, date):
            raise InputError(f"{where} = {raw!r} is not a date; write it like 2013-11-07, without quotes or clock time")
        return raw
    if kind is float:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise InputError(f"{where} = {raw!r} is not a number")
        if not math.isfinite(raw):
            raise InputError(f"{where} = {raw!r} is not a finite number")
        return float(raw) * factor
    if kind is int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise InputError(f"{where} = {raw!r} is not a whole number")
        return raw
    if not isinstance(raw, kind):
        wanted = {str: "text in quotes", bool: "true or false"}.get(kind, kind.__name__)
        raise InputError(f"{where} = {raw!r} is not {wanted}")
    return raw


def _epoch(raw: Any, where: str) -> Epoch:
    if isinstance(raw, datetime):
        if raw.utcoffset() is None:
            raise InputError(f"{where} = {raw.isoformat()} has no time zone; end it with Z for UTC")
        return Epoch.from_civil((raw - raw.utcoffset()).replace(tzinfo=None))
    if isinstance(raw, str):
        try:
            return Epoch.utc(raw)
        except ValueError as error:
            raise InputError(f"{where}: {error}") from error
    raise InputError(f"{where} = {raw!r} is not an instant; write it like 2015-01-31T12:00:15Z")
