"""Examples for a rule that a flight leaves nothing to judge by: what is missing is added, near the limit."""

from __future__ import annotations

import ast
import copy
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from fakel.model.errors import InputError
from fakel.model.flight import Channel, Flight, Leg
from fakel.model.verdict import Rule, Status, Verdict
from fakel.rules.formula import parse
from fakel.rules.judge import verdict
from fakel.rules.units import unit, unit_of_name

Example = tuple[str, Verdict]
SHARES = (0.98, 1.02, 0.9, 1.1, 1.0, 0.5, 2.0, 0.0)
"""Of the limit, mild ones first."""
STEPS = (1.0, -1.0, 0.1, -0.1)


def supplied(flight: Flight, rule: Rule) -> tuple[Example | None, Example | None]:
    """The flight with one value in all places that the rule asks for and the flight lacks: kept, and broken.

    Neither where that is not enough: no public limit, or nothing of the phases was flown.
    """
    gaps, before = list(_gaps(flight, rule)), verdict(flight, rule)
    found: dict[Status, Example] = {}
    for value in _values(rule, before, gaps):
        changed, said = flight, []
        for word, names in gaps:
            changed, where = _ADDED[word](changed, rule, names, value)
            said += where
        try:
            v = verdict(changed, rule)
        except InputError:                                 # a value that the formula cannot be worked out for
            continue
        text = f"with what it lacks added: {' and '.join(dict.fromkeys(said))} = {value:.4g}"
        found.setdefault(v.status, (text, v))
    return found.get(Status.PASS), found.get(Status.FAIL)


def _gaps(flight: Flight, rule: Rule) -> Iterator[tuple[str, list[str]]]:
    """The words of a rule for which the flight has nothing, or no number."""
    for text in [rule.formula] + ([rule.limit] if isinstance(rule.limit, str) else []):
        for call in (n for n in ast.walk(parse(text)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)):
            names = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            word = call.func.id                                               # type: ignore[attr-defined]
            if word in _ADDED and names:
                yield word, names


def _values(rule: Rule, before: Verdict, gaps: list[tuple[str, list[str]]]) -> Iterator[float]:
    """Numbers about the limit, in the unit of what is missing; about what the flight has, where that is the limit."""
    limit = rule.limit if isinstance(rule.limit, float) else before.limit
    about = before.value if limit is None or math.isnan(limit) else limit
    if about is None or not gaps:
        return
    own, asked = unit_of_name(gaps[0][1][-1].removesuffix(".*")), unit(rule.unit)
    scale = asked.factor / own.factor if own and own.like(asked) else 1.0
    two = [n for n in ast.walk(parse(rule.formula)) if isinstance(n, ast.BinOp)]
    sums = [n for n in two if isinstance(n.op, (ast.Add, ast.Sub))]
    off = [float(n.right.value) for n in sums if isinstance(n.right, ast.Constant) and isinstance(n.right.value, float)]
    for middle in off or [0.0]:
        shares = SHARES if rule.op != "==" else SHARES[-1:] + SHARES[4:5]           # yes and no, or a count
        yield from (middle + about * share * scale for share in shares)
        yield from (middle + (about + step) * scale for step in STEPS)


def _legs(flight: Flight, rule: Rule, work: Any) -> Flight:
    return replace(flight, legs=tuple(work(leg) if not rule.phases or leg.phase in rule.phases else leg
                                      for leg in flight.legs))


def _channel(flight: Flight, rule: Rule, names: list[str], value: float) -> tuple[Flight, list[str]]:
    """A channel that stands at the value through the first leg of the rule; with ``*``, a walker's."""
    if any(fnmatchcase(c.name, names[0]) for leg in flight.legs for c in leg.channels):
        return flight, []
    leg = next((leg for leg in flight.legs if not rule.phases or leg.phase in rule.phases), None)
    if leg is None:
        return flight, []
    name = names[0].replace("*", next(iter(leg.plan.get("walkers", ())), "one"))
    known = unit_of_name(name)
    made = Channel(name, known.text if known else rule.unit, leg.before.epoch,
                   np.array([0.0, leg.after.epoch - leg.before.epoch]), np.array([value, value]))
    legs = tuple(replace(each, channels=(*each.channels, made)) if each is leg else each for each in flight.legs)
    return replace(flight, legs=legs), [name]


def _fact(flight: Flight, rule: Rule, names: list[str], value: float) -> tuple[Flight, list[str]]:
    def work(leg: Leg) -> Leg:
        return replace(leg, events=tuple(
            replace(e, facts={names[1]: value, **e.facts}) if fnmatchcase(e.name, names[0]) else e for e in leg.events))
    return _legs(flight, rule, work), [f"{names[1]} of {names[0]}"]


def _column(flight: Flight, rule: Rule, names: list[str], value: float) -> tuple[Flight, list[str]]:
    study, name = names[0], names[1]
    said: list[str] = []

    def work(leg: Leg) -> Leg:
        table: Mapping[str, Any] = leg.studies.get(study, {name: [None]})
        if name not in table or not any(_lost(cell) for cell in table[name]):
            return leg
        said.append(f"{name} of {study}")
        filled = [value if _lost(cell) else cell for cell in table[name]]
        return replace(leg, studies={**leg.studies, study: {**table, name: filled}})
    return _legs(flight, rule, work), said


def _lost(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def _plan(flight: Flight, rule: Rule, names: list[str], value: float) -> tuple[Flight, list[str]]:
    changed = _legs(flight, rule, lambda leg: replace(leg, plan={names[0]: value, **leg.plan}))
    return changed, [f"{names[0]} of the plan"]


def _mission(flight: Flight, rule: Rule, names: list[str], value: float) -> tuple[Flight, list[str]]:
    """At the end of a path such as ``people.*.height_m``, in every table that it leads to."""
    *path, last = names[0].split(".")
    mission = copy.deepcopy(dict(flight.mission))
    tables = [mission]
    for part in path:
        tables = [table[key] for table in tables for key in table if fnmatchcase(key, part)]
    for table in tables:
        table.setdefault(last, value)
    return replace(flight, mission=mission), [names[0]]


_ADDED = {"signal": _channel, "steps": _channel, "channel": _channel, "fact": _fact, "facts": _fact, "column": _column,
          "plan": _plan, "mission": _mission}
