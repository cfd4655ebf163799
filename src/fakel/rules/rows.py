"""Rule rows from TOML files: ``[[rule]]`` tables, checked before anything is judged."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from fakel.model.errors import InputError
from fakel.model.verdict import Rule
from fakel.rules.formula import parse
from fakel.rules.judge import OPS

NEEDED = ("id", "title", "source", "quantity", "op", "unit", "confidence")
KNOWN = (*NEEDED, "phases", "limit")


def shipped_rules() -> tuple[Rule, ...]:
    """The rules in ``data/rules``, by file name and then in the order written."""
    return read_rules(files("fakel") / "data" / "rules")


def read_rules(folder: Traversable) -> tuple[Rule, ...]:
    """All rules of a folder's TOML files. Raises InputError for a row that cannot be used or an id used twice."""
    rules: list[Rule] = []
    for path in sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name):
        rules += rules_from_text(path.read_text(encoding="utf-8"), path.name)
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise InputError(f"{folder}: rule id {rule.id} is used twice; give each rule its own")
        seen.add(rule.id)
    return tuple(rules)


def rules_from_text(text: str, where: str) -> list[Rule]:
    """The rules of one file's text; where is its name in messages."""
    try:
        rows = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not TOML: {error}") from error
    return [_rule(row, f"{where} rule {row.get('id', f'number {i + 1}')}") for i, row in enumerate(rows)]


def _rule(row: Mapping[str, Any], where: str) -> Rule:
    strange, lacking = sorted(set(row) - set(KNOWN)), [key for key in NEEDED if key not in row]
    if strange or lacking:
        what = f"{strange[0]} is not known" if strange else f"{lacking[0]} is missing"
        raise InputError(f"{where}: {what}; a rule has: {', '.join(KNOWN)}")
    if row["op"] not in OPS:
        raise InputError(f"{where}: op = {row['op']!r} is not known; write one of: {', '.join(OPS)}")
    try:
        parse(row["quantity"])
    except InputError as error:
        raise InputError(f"{where}: {error}") from error
    return Rule(row["id"], row["title"], row["source"], tuple(row.get("phases", ())), row["quantity"], row["op"],
                float(row.get("limit", math.nan)), row["unit"], row["confidence"])


def with_limits(rules: Iterable[Rule], limits: Mapping[str, float]) -> tuple[Rule, ...]:
    """The same rules with other limits, for a mission that sets its own. Raises InputError for an unknown id."""
    rules = tuple(rules)
    unknown = sorted(set(limits) - {rule.id for rule in rules})
    if unknown:
        raise InputError(f"limits: rule {unknown[0]} is not known; the rules are: {', '.join(r.id for r in rules)}")
    return tuple(replace(rule, limit=float(limits[rule.id])) if rule.id in limits else rule for rule in rules)
