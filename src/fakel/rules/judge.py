"""From a flight to verdicts: a rule judges, it does not fly."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping

from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.model.verdict import Rule, Status, Verdict
from fakel.rules.formula import evaluate
from fakel.rules.words import Missing, Reading

OPS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "==": operator.eq}
SAID = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than", "==": "exactly"}
ROUND_OFF = 1e-9   # relative: a planner that fills a limit exactly is not failed by the last bit


def judge(flight: Flight, rules: Iterable[Rule]) -> tuple[Verdict, ...]:
    """One verdict for each rule that concerns the flight, in the order given.

    A rule concerns the flight when its mission has one of the rule's phases, flown or not yet (a rule
    without phases always does). What is missing makes a verdict UNKNOWN. Raises InputError when a rule cannot be read.
    """
    phases = _phases(flight)
    return tuple(verdict(flight, rule) for rule in rules if not rule.phases or phases & set(rule.phases))


def _phases(flight: Flight) -> set[str]:
    steps = flight.mission.get("steps", {})
    asked = {step.get("phase", "") for step in steps.values() if isinstance(step, Mapping)}
    return asked | {leg.phase for leg in flight.legs}


def verdict(flight: Flight, rule: Rule) -> Verdict:
    """What one rule says of one flight."""
    read = Reading(flight, rule.phases)
    if not read.legs:
        return _unknown(rule, read, None, f"not flown: {', '.join(rule.phases) or 'nothing'}")
    value: float | None = None
    try:
        value = evaluate(rule.formula, read)
        if math.isnan(value):
            return _unknown(rule, read, None, "the flight's value is not a number")
        limit = rule.limit if isinstance(rule.limit, float) else evaluate(rule.limit, Reading(flight, rule.phases))
    except Missing as gap:
        return _unknown(rule, read, value, str(gap))
    except InputError as error:
        raise InputError(f"rule {rule.id}: {error}") from error
    if math.isnan(limit):
        return _unknown(rule, read, value, "no public limit is known")
    return _decided(rule, read, value, limit)


def margin_of(op: str, value: float, limit: float) -> float:
    """How far inside the limit a value is (negative outside)."""
    return {"<": limit - value, ">": value - limit, "=": 0.0 - abs(value - limit)}[op[0]]


def _decided(rule: Rule, read: Reading, value: float, limit: float) -> Verdict:
    equal = math.isclose(value, limit, rel_tol=ROUND_OFF)
    good = OPS[rule.op](value, limit) or (equal and "=" in rule.op)
    margin = margin_of(rule.op, value, limit)
    return Verdict(rule.id, rule.title, Status.PASS if good else Status.FAIL, read.window, value, limit,
                   margin, rule.unit, _evidence(read), _message(rule, value, limit), rule.source)


def _message(rule: Rule, value: float, limit: float) -> str:
    """What was found and what is asked; a rule without a unit that asks for exactly 1 is a yes-or-no question."""
    if rule.op == "==" and limit == 1 and not rule.unit:
        return f"{'yes' if value == 1 else 'no'}; the rule says yes"
    unit = f" {rule.unit}" if rule.unit else ""
    return f"{_number(value)}{unit}; the rule says {SAID[rule.op]} {_number(limit)}{unit}"


def _unknown(rule: Rule, read: Reading, value: float | None, why: str) -> Verdict:
    limit = None if isinstance(rule.limit, str) or math.isnan(rule.limit) else rule.limit
    seen = f" (here {_number(value)} {rule.unit})" if value is not None else ""
    return Verdict(rule.id, rule.title, Status.UNKNOWN, read.window, value, limit, None, rule.unit,
                   _evidence(read), why + seen, rule.source)


def _evidence(read: Reading) -> str:
    return "; ".join(dict.fromkeys(read.evidence))


def _number(value: float) -> str:
    """Four digits that count; whole numbers below a million stay whole, less than a millionth is nothing."""
    if abs(value) < 1e-6:
        return "0"
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.4g}"
