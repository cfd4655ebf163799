"""A flight that breaks a rule, made from one that keeps it, or the other way round: one thing is changed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import EVENT_NAMES, Event, Flight, Leg, Transfer
from fakel.model.verdict import Rule, Status, Verdict
from fakel.rules.formula import parse
from fakel.rules.judge import verdict

CHANGES = (*((factor, 0.0) for factor in (1.1, 0.9, 1.5, 0.5, 2.0, 0.0, 10.0, 100.0, -1.0)),
           *((1.0, add) for add in (1.0, -1.0, 1000.0, -1000.0)))
"""A number is multiplied by the first and the second is added; mild changes come first."""
COUNTED = ("points", "hands")
SHIFTS_S = (-60.0, 60.0, -900.0, 900.0, -7200.0, 7200.0)
Change = tuple[str, Flight]


def spoilt(flight: Flight, rule: Rule, wanted: Status = Status.FAIL) -> tuple[str, Flight, Verdict] | None:
    """What was changed, the changed flight, and its verdict; None when no change that is tried breaks the rule.

    wanted: PASS looks for a change that mends a flight which breaks it.
    """
    texts = [rule.formula, *([rule.limit] if isinstance(rule.limit, str) else [])]
    for call in (n for text in texts for n in ast.walk(parse(text)) if isinstance(n, ast.Call)):
        if not isinstance(call.func, ast.Name) or call.func.id not in _CHANGES:
            continue
        words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        for said, changed in _CHANGES[call.func.id](flight, rule, words):
            try:
                found = verdict(changed, rule)
            except InputError:                         # a change that the formula cannot be worked out for
                continue
            if found.status is wanted:
                return said, changed, found
    return None


def _legs(flight: Flight, rule: Rule, work: Callable[[Leg], Leg]) -> Flight:
    return replace(flight, legs=tuple(work(leg) if not rule.phases or leg.phase in rule.phases else leg
                                      for leg in flight.legs))


def _channels(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    found = [c for leg in flight.legs for c in leg.channels if fnmatchcase(c.name, words[0])]
    names = sorted({c.name for c in found})
    counted = all(c.unit in COUNTED for c in found)                                  # there is no half of a hook
    for f, add in sorted(CHANGES, key=lambda change: abs(change[1]) != 1.0) if counted else CHANGES:
        for name in names:
            yield _said(name, f, add), _legs(flight, rule, lambda leg, n=name, f=f, a=add: replace(
                leg, channels=tuple(replace(c, values=c.values * f + a) if c.name == n else c for c in leg.channels)))


def _said(what: str, factor: float, add: float) -> str:
    return f"{what} times {factor:g}" if factor != 1.0 else f"{what} {add:+g}"


def _facts(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    event, key = words[0], words[1]

    def scaled(e: Event, factor: float, add: float) -> Event:
        value = e.facts.get(key)
        if not fnmatchcase(e.name, event) or not isinstance(value, (int, float)):
            return e
        return replace(e, facts={**e.facts, key: (not value) if isinstance(value, bool) else value * factor + add})
    yes_no = any(isinstance(e.facts.get(key), bool) for e in flight.events if fnmatchcase(e.name, event))
    for f, add in CHANGES[:1] if yes_no else CHANGES:
        said = f"{key} of {event} the other way round" if yes_no else _said(f"{key} of {event}", f, add)
        yield said, _legs(flight, rule, lambda leg, f=f, a=add: replace(
            leg, events=tuple(scaled(e, f, a) for e in leg.events)))


def _columns(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    study, name = words[0], words[1]

    def scaled(leg: Leg, factor: float, add: float) -> Leg:
        table: Mapping[str, Any] = leg.studies.get(study, {})
        if name not in table:
            return leg
        column = [v if v is None else (not v) if isinstance(v, bool) else float(v) * factor + add for v in table[name]]
        return replace(leg, studies={**leg.studies, study: {**table, name: column}})
    for f, add in CHANGES:
        yield _said(f"{name} of {study}", f, add), _legs(flight, rule, lambda leg, f=f, a=add: scaled(leg, f, a))


def _suits(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    key = words[1]
    for factor, more in CHANGES:
        def work(leg: Leg, f: float = factor, a: float = more) -> Leg:
            suits = {p: {**s, key: s[key] * f + a} if key in s else s for p, s in leg.after.suits.items()}
            return replace(leg, after=replace(leg.after, suits=suits))
        yield _said(f"{key} of the suits", factor, more), _legs(flight, rule, work)


def _moved(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    for by_s in SHIFTS_S:
        yield f"{words[0]} moved by {by_s:g} s", _legs(flight, rule, lambda leg, s=by_s: replace(leg, events=tuple(
            replace(e, epoch=e.epoch + s) if fnmatchcase(e.name, words[0]) else e for e in leg.events)))


def _counted(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    name = next((known for known in sorted(EVENT_NAMES) if fnmatchcase(known, words[0])), "")
    phases = rule.phases or tuple(leg.phase for leg in flight.legs)
    leg = next((leg for leg in flight.legs if leg.phase in phases), None)
    if leg is None or not name:
        return
    at = Epoch((leg.before.epoch.tai_ns + leg.after.epoch.tai_ns) // 2)
    more = replace(leg, events=(*leg.events, Event(at, name, "planted", leg.phase)))
    yield f"one {name} more", replace(flight, legs=tuple(more if each is leg else each for each in flight.legs))
    yield f"no {words[0]}", _legs(flight, rule, lambda leg: replace(
        leg, events=tuple(e for e in leg.events if not fnmatchcase(e.name, words[0]))))


def _let_go(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    for i, leg in enumerate(flight.legs):
        for t in leg.transfers[:1]:
            lost = Transfer(t.epoch + 1.0, t.item, t.taker, "", "let go")
            yield f"{t.item} let go by {t.taker}", replace(flight, legs=(
                *flight.legs[:i], replace(leg, transfers=(*leg.transfers, lost)), *flight.legs[i + 1:]))


def _apart(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    for i, leg in enumerate(flight.legs):
        for t in leg.transfers:
            if t.taker in leg.before.places:
                before = replace(leg.before, places={**leg.before.places, t.taker: "elsewhere"})
                events = tuple(replace(e, facts={**e.facts, "who": [p for p in e.facts["who"] if p != t.taker]})
                               if e.name == "task_start" else e for e in leg.events)
                yield f"{t.taker} elsewhere", replace(flight, legs=(
                    *flight.legs[:i], replace(leg, before=before, events=events), *flight.legs[i + 1:]))


def _dangerous(flight: Flight, rule: Rule, words: list[str]) -> Iterator[Change]:
    items: Mapping[str, Any] = flight.mission.get("items", {})
    for name, item in items.items():
        spoiled = {**items, name: {**item, "hazards": [*item.get("hazards", ()), words[0]]}}
        yield f"{name} with the hazard {words[0]}", replace(flight, mission={**flight.mission, "items": spoiled})


_CHANGES: Mapping[str, Callable[[Flight, Rule, list[str]], Iterator[Change]]] = {
    "signal": _channels, "steps": _channels, "channel": _channels, "fact": _facts, "facts": _facts, "column": _columns,
    "suit": _suits, "seconds": _moved, "late": _moved, "count": _counted, "happened": _counted,
    "ledger_breaks": _let_go, "hands_apart": _apart, "hazards": _dangerous}
