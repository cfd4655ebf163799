"""The formula language of the rules: arithmetic over the channels, events and studies of a flight.

A formula is one Python expression of numbers, comparisons, ``and``/``or``/``not`` and the functions in ``WORDS``;
it can do nothing else. Data that the flight lacks raises ``Missing`` and the verdict becomes UNKNOWN.
Names may hold ``*``: ``channel("suit.*.oxygen_kg")`` is the samples of every suit.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.flight import Channel, Event, Flight, Leg


class Missing(Exception):
    """The flight does not hold what the formula asks for; the text says what."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Numbers with their instants and where they come from: channels, facts of events, columns of studies."""

    values: FloatArray
    epochs: tuple[Epoch, ...]
    sources: tuple[str, ...]

    def where(self, keep: Callable[[Epoch], bool], what: str) -> Samples:
        """The samples whose instants are kept. Raises Missing when none is."""
        chosen = [i for i, epoch in enumerate(self.epochs) if keep(epoch)]
        if not chosen:
            raise Missing(f"no sample of {self.sources[0]} {what}")
        return Samples(self.values[chosen], tuple(self.epochs[i] for i in chosen),
                       tuple(self.sources[i] for i in chosen))


@dataclass(slots=True)
class Reading:
    """One formula at work on one flight; evidence and window collect where the answer was found."""

    flight: Flight
    phases: tuple[str, ...]
    evidence: list[str] = field(default_factory=list)
    window: Window | None = None

    @property
    def legs(self) -> tuple[Leg, ...]:
        return tuple(leg for leg in self.flight.legs if not self.phases or leg.phase in self.phases)

    def events(self, name: str, subject: str | None = None) -> list[Event]:
        """Events of the rule's phases in order of time. Raises Missing when there is none."""
        found = [e for leg in self.legs for e in leg.events
                 if e.name == name and (subject is None or fnmatchcase(e.subject, subject))]
        if not found:
            raise Missing(f"no event {name}" + (f" of {subject}" if subject else ""))
        return sorted(found, key=lambda e: e.epoch)

    def saw(self, text: str, start: Epoch, stop: Epoch | None = None) -> None:
        self.evidence.append(text)
        self.window = Window(start, stop or start)


def _channel(read: Reading, name: str) -> Samples:
    found = [c for leg in read.legs for c in leg.channels if fnmatchcase(c.name, name) and len(c.t_s)]
    if not found:
        raise Missing(f"no channel {name}")
    return Samples(np.concatenate([c.values for c in found]), tuple(e for c in found for e in _epochs(c)),
                   tuple(c.name for c in found for _ in c.t_s))


def _epochs(channel: Channel) -> list[Epoch]:
    return [channel.start + float(t_s) for t_s in channel.t_s]


def _extreme(pick: Callable[[FloatArray], Any]) -> Callable[..., float]:
    def extreme(read: Reading, *given: Any) -> float:
        if len(given) == 1 and isinstance(given[0], Samples):
            samples = given[0]
            if np.isnan(samples.values).all():
                raise Missing(f"{samples.sources[0]} holds no number")
            i = int(pick(samples.values))
            read.saw(samples.sources[i], samples.epochs[i])
            return float(samples.values[i])
        numbers = np.array([float(value) for value in given])
        return float(numbers[int(pick(numbers))])
    return extreme


def _last(read: Reading, samples: Samples) -> float:
    i = max(range(len(samples.epochs)), key=lambda k: samples.epochs[k])
    read.saw(samples.sources[i], samples.epochs[i])
    return float(samples.values[i])


def _mean(read: Reading, samples: Samples) -> float:
    read.saw(samples.sources[0], min(samples.epochs), max(samples.epochs))
    return float(np.nanmean(samples.values))


def _seconds(read: Reading, first: str, then: str) -> float:
    a = read.events(first)[0]
    later = [e for e in read.events(then) if e.epoch >= a.epoch]
    if not later:
        raise Missing(f"no event {then} after {first}")
    read.saw(f"{first} to {then}", a.epoch, later[0].epoch)
    return later[0].epoch - a.epoch


def _facts(read: Reading, event: str, key: str, subject: str | None = None) -> Samples:
    """A fact of every event of that name that carries it."""
    found = [e for e in read.events(event, subject) if e.facts.get(key) is not None]
    if not found:
        raise Missing(f"no fact {key} in any {event}")
    return Samples(np.array([float(e.facts[key]) for e in found]), tuple(e.epoch for e in found),
                   tuple(f"{event}.{key}" for _ in found))


def _fact(read: Reading, event: str, key: str, subject: str | None = None) -> float:
    samples = _facts(read, event, key, subject)
    read.saw(samples.sources[0], samples.epochs[0])
    return float(samples.values[0])


def _sum_facts(read: Reading, event: str, key: str) -> float:
    samples = _facts(read, event, key)
    read.saw(f"{len(samples.values)} x {samples.sources[0]}", samples.epochs[0], samples.epochs[-1])
    return float(samples.values.sum())


def _count(read: Reading, event: str, subject: str | None = None) -> float:
    try:
        found = read.events(event, subject)
    except Missing:
        return 0.0
    read.saw(f"{len(found)} x {event}", found[0].epoch, found[-1].epoch)
    return float(len(found))


def _before(read: Reading, samples: Samples, event: str) -> Samples:
    instant = read.events(event)[0].epoch
    return samples.where(lambda e: e < instant, f"before {event}")


def _after(read: Reading, samples: Samples, event: str) -> Samples:
    instant = read.events(event)[0].epoch
    return samples.where(lambda e: e >= instant, f"after {event}")


def _between(read: Reading, samples: Samples, first: str, then: str) -> Samples:
    start, stop = read.events(first)[0].epoch, read.events(then)[-1].epoch
    return samples.where(lambda e: start <= e <= stop, f"between {first} and {then}")


def _column(read: Reading, study: str, name: str) -> Samples:
    """A column of a study; its instants are the leg's start."""
    for leg in read.legs:
        if study in leg.studies:
            if name not in leg.studies[study]:
                raise Missing(f"no column {name} in study {study}")
            values = np.asarray(leg.studies[study][name], dtype=float)
            if not len(values):
                raise Missing(f"study {study} has no rows")
            return Samples(values, (leg.before.epoch,) * len(values), (f"{study}.{name}",) * len(values))
    raise Missing(f"no study {study}")


def _total(read: Reading, samples: Samples) -> float:
    read.saw(samples.sources[0], min(samples.epochs), max(samples.epochs))
    return float(np.nansum(samples.values))


def _ledger_breaks(read: Reading, item: str) -> float:
    """How often an item was given by one who did not hold it, or had no holder at a leg's end."""
    legs = read.flight.legs
    if not legs or item not in legs[0].before.holders:
        raise Missing(f"no holder of {item} at the start")
    holder, breaks = legs[0].before.holders[item], 0
    for transfer in (t for t in read.flight.transfers if t.item == item):
        breaks += transfer.giver != holder
        holder = transfer.taker
    breaks += sum(not leg.after.holders.get(item) for leg in legs) + (legs[-1].after.holders.get(item) != holder)
    read.saw(f"transfers of {item}", legs[0].before.epoch, legs[-1].after.epoch)
    return float(breaks)


def _kept_kg(read: Reading, person: str, key: str) -> Samples:
    """What is left in the suits (``Situation.suits``) at the end of the rule's last leg."""
    if not read.legs:
        raise Missing("no such leg")
    after = read.legs[-1].after
    found = {p: s[key] for p, s in after.suits.items() if fnmatchcase(p, person) and key in s}
    if not found:
        raise Missing(f"no {key} in the suit of {person}")
    return Samples(np.array(list(found.values()), float), (after.epoch,) * len(found),
                   tuple(f"suits.{p}.{key}" for p in found))


WORDS: Mapping[str, Callable[..., Any]] = {
    "channel": _channel, "max": _extreme(np.nanargmax), "min": _extreme(np.nanargmin), "last": _last, "mean": _mean,
    "seconds": _seconds, "fact": _fact, "facts": _facts, "sum_facts": _sum_facts, "count": _count,
    "before": _before, "after": _after, "between": _between, "column": _column, "total": _total,
    "ledger_breaks": _ledger_breaks, "suit": _kept_kg, "abs": lambda read, value: abs(value),
    "sqrt": lambda read, value: math.sqrt(value), "hypot": lambda read, *values: math.hypot(*values),
}
_BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
           ast.Pow: operator.pow}
_COMPARE = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
            ast.Eq: operator.eq, ast.NotEq: operator.ne}


def parse(text: str) -> ast.expr:
    """The tree of a formula. Raises InputError that names what the language does not know."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise InputError(f"formula {text!r} cannot be read ({error.msg}); write one expression") from error
    for node in ast.walk(tree):
        _check(node, text)
    return tree


def _check(node: ast.AST, text: str) -> None:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name not in WORDS or node.keywords:
            raise InputError(f"formula {text!r}: {name}() is not known; use one of: {', '.join(sorted(WORDS))}")
    elif isinstance(node, ast.Name) and node.id not in WORDS:
        raise InputError(f"formula {text!r}: the name {node.id} is not known; names of channels stand in quotes")
    elif isinstance(node, ast.Constant) and not isinstance(node.value, (int, float, str)):
        raise InputError(f"formula {text!r}: {node.value!r} is not a number or a name in quotes")
    elif isinstance(node, ast.expr) and not isinstance(
            node, (ast.Call, ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare)):
        raise InputError(f"formula {text!r}: {ast.unparse(node)} is not part of the formula language")
    elif isinstance(node, (ast.operator, ast.cmpop)) and type(node) not in (*_BINARY, *_COMPARE):
        raise InputError(f"formula {text!r}: {type(node).__name__} is not an operator of the formula language")


def evaluate(text: str, read: Reading) -> float:
    """The number a formula gives for a flight (truth is 1, falsehood 0). Raises Missing, InputError."""
    try:
        value = _value(parse(text), read)
        if isinstance(value, Samples):
            raise InputError(f"formula {text!r} gives many numbers; take min(), max(), mean(), last() or total()")
        return float(value)
    except (TypeError, ZeroDivisionError) as error:
        raise InputError(f"formula {text!r} cannot be worked out: {error}") from error


def _value(node: ast.expr, read: Reading) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Call(func=ast.Name(id=name), args=args):
            return WORDS[name](read, *(_value(a, read) for a in args))
        case ast.BinOp(left=left, op=op, right=right):
            return _combine(_BINARY[type(op)], _value(left, read), _value(right, read))
        case ast.UnaryOp(op=op, operand=operand):
            inner = _value(operand, read)
            return (not inner) if isinstance(op, ast.Not) else -inner if isinstance(op, ast.USub) else inner
        case ast.BoolOp(op=op, values=values):
            return (all if isinstance(op, ast.And) else any)([_value(v, read) for v in values])
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _chain([_value(n, read) for n in (left, *others)], ops)
    raise InputError(f"{ast.unparse(node)} is not part of the formula language")


def _combine(op: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Arithmetic; between samples and a number it works sample by sample."""
    if isinstance(left, Samples) and not isinstance(right, Samples):
        return Samples(op(left.values, right), left.epochs, left.sources)
    if isinstance(right, Samples) and not isinstance(left, Samples):
        return Samples(op(left, right.values), right.epochs, right.sources)
    return op(left, right)


def _chain(values: Sequence[Any], ops: Sequence[ast.cmpop]) -> bool:
    return all(_COMPARE[type(op)](a, b) for a, op, b in zip(values, ops, values[1:], strict=True))
