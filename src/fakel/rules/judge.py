"""From a flight to verdicts: a rule judges, it does not fly."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping

from fakel.model.epoch import Window
from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.model.verdict import Rule, Status, Verdict
from fakel.rules.formula import evaluate, names_limit, work_out
from fakel.rules.lines import SURE
from fakel.rules.over_time import over_time, still_open
from fakel.rules.reading import Missing, Reading
from fakel.rules.signals import Quantity, Told
from fakel.rules.statements import Decider
from fakel.rules.units import unit

OPS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "==": operator.eq}
SAID = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than", "==": "exactly", "!=": "not"}
NO_LIMIT = "no public limit is known"
TORN = "the flight is torn, and has steps ahead that the rule looks at"
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
    try:
        return _judged(flight, rule, read)
    except InputError as error:
        raise InputError(f"rule {rule.id}: {error}") from error


def _judged(flight: Flight, rule: Rule, read: Reading) -> Verdict:
    value: float | None = None
    try:
        if not rule.op:
            return _over_time(flight, rule, read)
        value = evaluate(rule.formula, read)
        if math.isnan(value):
            return _unknown(rule, read, None, "the flight's value is not a number")
        limit = _limit(flight, rule)
    except Missing as gap:
        return _unknown(rule, read, value, str(gap))
    if math.isnan(limit):
        return _unknown(rule, read, value, NO_LIMIT)
    found = _decided(rule, read, value, limit)
    if found.status is Status.PASS and still_open(flight, rule.phases):
        return _unknown(rule, read, value, TORN)
    return found


def _limit(flight: Flight, rule: Rule) -> float:
    return rule.limit if isinstance(rule.limit, float) else evaluate(rule.limit, Reading(flight, rule.phases))


def margin_of(op: str, value: float, limit: float) -> float:
    """How far inside the limit a value is (negative outside)."""
    return {"<": limit - value, ">": value - limit, "=": 0.0 - abs(value - limit)}[op[0]]


def _decided(rule: Rule, read: Reading, value: float, limit: float) -> Verdict:
    equal = math.isclose(value, limit, rel_tol=ROUND_OFF)
    good = OPS[rule.op](value, limit) or (equal and "=" in rule.op)
    margin = margin_of(rule.op, value, limit)
    broken = () if good or read.window is None else (read.window,)
    at, seen = read.window.stop if read.window else None, read.evidence[0] if read.evidence else ""
    return Verdict(rule.id, rule.title, Status.PASS if good else Status.FAIL, read.window, value, limit, margin,
                   rule.unit, _evidence(read), _message(rule, value, limit), rule.source, at, seen, broken,
                   rule.instead_of)


def _over_time(flight: Flight, rule: Rule, read: Reading) -> Verdict:
    """The verdict of a statement over time. Raises Missing, InputError."""
    limit = _limit(flight, rule)
    read.limit = Quantity(math.nan if math.isnan(limit) else limit, unit(rule.unit))
    if math.isnan(limit) and names_limit(rule.formula):
        return _unknown(rule, read, None, NO_LIMIT)
    told = work_out(rule.formula, read)
    assert isinstance(told, Told)
    found = over_time(told, read)
    if found.status is Status.UNKNOWN:
        return _unknown(rule, read, None, found.why)
    one, good = found.decider, found.status is Status.PASS
    at = read.origin + one.t_s
    window = Window(found.broken[0].start, found.broken[-1].stop) if found.broken else Window(at, at)
    if not one.op or abs(one.margin) >= SURE / 2:
        return Verdict(rule.id, rule.title, found.status, window, float(good), 1.0, None, "", one.name,
                       f"{'yes' if good else 'no'}; the rule says yes", rule.source, at, one.name, found.broken,
                       rule.instead_of)
    value, bound, margin, text = _in_unit(rule, one)
    spelt = f" {text}" if text else ""
    message = f"{_number(value)}{spelt}; the rule says {SAID[one.op]} {_number(bound)}{spelt}"
    return Verdict(rule.id, rule.title, found.status, window, value, bound, margin, text, one.name, message,
                   rule.source, at, one.name, found.broken, rule.instead_of)


def _in_unit(rule: Rule, one: Decider) -> tuple[float, float, float, str]:
    """Value, bound and margin in the rule's unit, if it measures the same; else in the signal's own."""
    own, wanted = unit(one.unit), unit(rule.unit)
    if not own.like(wanted):
        return one.value, one.bound, one.margin, one.unit
    factor = own.factor / wanted.factor
    return one.value * factor, one.bound * factor, one.margin * factor, rule.unit


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
                   _evidence(read), why + seen, rule.source, instead_of=rule.instead_of)


def _evidence(read: Reading) -> str:
    return "; ".join(dict.fromkeys(read.evidence))


def _number(value: float) -> str:
    """Four digits that count; numbers below a million are written out, less than a millionth is nothing."""
    if abs(value) < 1e-6:
        return "0"
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.0f}" if 1e4 <= abs(value) < 1e6 else f"{value:.4g}"
