"""Texts that a mission file says in Russian too: ``title_ru`` beside ``title``, at any depth of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fakel.model.errors import InputError

END = "_ru"


def without_russian(table: Mapping[str, Any], where: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The table without its Russian texts, and each English text with its Russian one.

    Raises InputError for a Russian text that stands beside no English one, or is no text.
    """
    russian: dict[str, str] = {}
    return _table(table, where, russian), russian


def _table(table: Mapping[str, Any], where: str, russian: dict[str, str]) -> dict[str, Any]:
    for key, value in table.items():
        english = table.get(key.removesuffix(END)) if key.endswith(END) else None
        if key.endswith(END):
            if not isinstance(english, str) or not isinstance(value, str):
                raise InputError(f"{where} {key} = {value!r} is the Russian of {key.removesuffix(END)}, which is not "
                                 "given as text beside it; write both")
            russian[english] = value
    return {key: _value(value, f"{where} {key}", russian) for key, value in table.items() if not key.endswith(END)}


def _value(value: Any, where: str, russian: dict[str, str]) -> Any:
    if isinstance(value, Mapping):
        return _table(value, where, russian)
    if isinstance(value, list):
        return [_value(each, where, russian) for each in value]
    return value
