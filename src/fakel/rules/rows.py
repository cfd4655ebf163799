"""Rule rows from TOML files: ``[[rule]]`` tables, checked before anything is judged."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from fakel.model.errors import InputError
from fakel.model.flight import PHASE_NAMES
from fakel.model.verdict import Rule
from fakel.rules.checks import check_formula, check_unit
from fakel.rules.formula import parse, speaks_of_time, words_of
from fakel.rules.judge import OPS

NEEDED = ("id", "title", "text", "source", "formula", "unit", "confidence")
KNOWN = (*NEEDED, "op", "phases", "limit", "instead_of")
TIMELESS = {"signal", "steps", "average"}
"""Words that give no number: a formula of these alone has forgotten to say when."""


ORDER = ("launch", "escape", "rendezvous", "docking", "station", "air", "walk", "custody", "return", "unmeasured")


def load_rules(*own: Path) -> tuple[Rule, ...]:
    """The rules in ``data/rules`` (files in the order of a visit, then as written), own files or folders after them.

    An own rule with the id of an earlier one takes its place. Raises InputError as ``read_rules`` does.
    """
    rules = {rule.id: rule for rule in read_rules(files("fakel") / "data" / "rules")}
    for path in own:
        rules |= {rule.id: rule for rule in read_rules(path)}
    return tuple(rules.values())


def read_rules(folder: Traversable | Path) -> tuple[Rule, ...]:
    """All rules of one TOML file, or of a folder's TOML files.

    Raises InputError for a file that is absent, a row that cannot be used or an id used twice.
    """
    if not folder.is_dir() and not folder.is_file():
        raise InputError(f"{folder}: no such file or folder of rules")
    found = folder.iterdir() if folder.is_dir() else [folder]
    rules: list[Rule] = []
    for path in sorted((p for p in found if p.name.endswith(".toml")), key=lambda p: _place(p.name)):
        rules += rules_from_text(path.read_text(encoding="utf-8"), path.name)
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise InputError(f"{folder}: rule id {rule.id} is used twice; give each rule its own")
        seen.add(rule.id)
    return tuple(rules)


def _place(name: str) -> tuple[int, str]:
    stem = name.removesuffix(".toml")
    return (ORDER.index(stem) if stem in ORDER else len(ORDER), stem)


def rules_from_text(text: str, where: str) -> list[Rule]:
    """The rules of one file's text; where is its name in messages."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not TOML: {error}") from error
    rows = table.get("rule", [])
    strange = sorted(set(table) - {"rule"})
    if strange or not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        what = f"{strange[0]} is not known" if strange else "rule is no list of tables"
        raise InputError(f"{where}: {what}; write [[rule]] above each rule")
    return [_rule(row, f"{where} rule {row.get('id', f'number {i + 1}')}") for i, row in enumerate(rows)]


def _rule(row: Mapping[str, Any], where: str) -> Rule:
    strange, lacking = sorted(set(row) - set(KNOWN)), [key for key in NEEDED if key not in row]
    if strange or lacking:
        what = f"{strange[0]} is not known" if strange else f"{lacking[0]} is missing"
        raise InputError(f"{where}: {what}; a rule has: {', '.join(KNOWN)}")
    for key in (k for k in row if k not in ("limit", "phases")):
        if not isinstance(row[key], str):
            raise InputError(f"{where}: {key} = {row[key]!r} is not text in quotes")
        if key not in ("unit", "instead_of") and not row[key].strip():
            raise InputError(f"{where}: {key} is empty; write something")
    limit = _limit(row.get("limit", math.nan), where)
    for formula in [row["formula"]] + ([limit] if isinstance(limit, str) else []):
        try:
            check_formula(formula)
            if not speaks_of_time(parse(formula)):
                check_unit(formula, row["unit"])
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
    _check_op(row, speaks_of_time(parse(row["formula"])), where)
    return Rule(row["id"], row["title"], row["text"], row["source"], _phases(row.get("phases", []), where),
                row["formula"], row.get("op", ""), limit, row["unit"], row["confidence"], row.get("instead_of", ""))


def _check_op(row: Mapping[str, Any], states: bool, where: str) -> None:
    """A number is held against the limit by op; a statement over time holds its limit itself."""
    if states and "op" in row:
        raise InputError(f"{where}: op = {row['op']!r} has no place beside a formula that states something over time; "
                         "leave it out, and write limit in the formula")
    if not states and "op" not in row and TIMELESS & words_of(parse(row["formula"])):
        raise InputError(f"{where}: the formula speaks of signals and does not say when it holds; write always(...) or "
                         "eventually(...) around it")
    if not states and row.get("op") not in OPS:
        said = f"op = {row['op']!r} is not known" if "op" in row else "op is missing"
        raise InputError(f"{where}: {said}; write one of: {', '.join(OPS)}")


def _limit(raw: Any, where: str) -> float | str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise InputError(f"{where}: limit = {raw!r} is neither a number nor a formula in quotes")
    if math.isinf(raw):
        raise InputError(f"{where}: limit = {raw!r} limits nothing; leave it out where no public limit is known")
    return float(raw)


def _phases(raw: Any, where: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(p, str) for p in raw):
        raise InputError(f"{where}: phases = {raw!r} takes a list of names in quotes, such as [\"ascent\"]")
    for phase in (p for p in raw if p not in PHASE_NAMES):
        raise InputError(f"{where}: phases: {phase!r} is not known; write some of: {', '.join(PHASE_NAMES)}")
    return tuple(raw)
