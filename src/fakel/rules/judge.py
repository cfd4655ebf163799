"""From a flight to verdicts: a rule judges, it does not fly."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping

from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.model.verdict import Rule, Status, Verdict
from fakel.rules.formula import Missing, Reading, evaluate

OPS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "==": operator.eq}
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
    if rule.phases and not any(leg.phase in rule.phases for leg in flight.legs):
        return _unknown(rule, read, None, f"not flown: {', '.join(rule.phases)}")
    try:
        value = evaluate(rule.quantity, read)
    except Missing as gap:
        return _unknown(rule, read, None, str(gap))
    except InputError as error:
        raise InputError(f"rule {rule.id}: {error}") from error
    if math.isnan(value):
        return _unknown(rule, read, None, "the flight's value is not a number")
    if math.isnan(rule.limit):
        return _unknown(rule, read, value, "no public limit is known")
    return _decided(rule, read, value)


def margin_of(op: str, value: float, limit: float) -> float:
    """How far inside the limit a value is (negative outside)."""
    return {"<": limit - value, ">": value - limit, "=": -abs(value - limit)}[op[0]]


def _decided(rule: Rule, read: Reading, value: float) -> Verdict:
    equal = math.isclose(value, rule.limit, rel_tol=ROUND_OFF)
    good = OPS[rule.op](value, rule.limit) or (equal and "=" in rule.op)
    message = f"{_number(value)} {rule.unit}, wanted {rule.op} {_number(rule.limit)} {rule.unit}"
    return Verdict(rule.id, rule.title, Status.PASS if good else Status.FAIL, read.window, value, rule.limit,
                   margin_of(rule.op, value, rule.limit), rule.unit, _evidence(read), message, rule.source)


def _unknown(rule: Rule, read: Reading, value: float | None, why: str) -> Verdict:
    limit = None if math.isnan(rule.limit) else rule.limit
    seen = f" (here {_number(value)} {rule.unit})" if value is not None else ""
    return Verdict(rule.id, rule.title, Status.UNKNOWN, read.window, value, limit, None, rule.unit,
                   _evidence(read), why + seen, rule.source)


def _evidence(read: Reading) -> str:
    return "; ".join(dict.fromkeys(read.evidence))


def _number(value: float) -> str:
    return f"{value:.6g}"
