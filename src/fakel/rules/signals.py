"""Signals of a flight in formulas: channels as lines over time, with their units; compared, they make statements.

A name with ``*`` stands for each channel of that name: what is said must hold for each of them. Two such names go
together by what the ``*`` stands for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase, translate
from typing import Any

import numpy as np

from fakel.model.errors import InputError
from fakel.model.flight import Channel, Leg
from fakel.rules.lines import Line, most, plus
from fakel.rules.reading import Missing, Reading
from fakel.rules.statements import Compared, Span, Statement, common
from fakel.rules.units import Unit, unit, unit_of_name

TOUCH_S = 1e-3
"""Channels of one name whose samples end and begin so close to each other are one signal."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit."""

    value: float
    unit: Unit


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One signal: its name, its unit, and its lines over the spans in which it is known."""

    name: str
    unit: Unit
    lines: tuple[Line, ...]

    def joined(self, other: Curve, work: Callable[[Line, Line], Line], made: Unit) -> Curve:
        """Another signal of the time that both have. Raises Missing when they have none in common."""
        spans = common([(x.start_s, x.stop_s) for x in self.lines], [(x.start_s, x.stop_s) for x in other.lines]) or []
        lines = tuple(work(_part(self.lines, span), _part(other.lines, span)) for span in spans)
        if not lines:
            raise Missing(f"{self.name} and {other.name} are never known together")
        return Curve(self.name if other.name == "" else f"{self.name} with {other.name}", made, lines)

    def mapped(self, work: Callable[[Line], Line], made: Unit | None = None) -> Curve:
        return Curve(self.name, made or self.unit, tuple(work(line) for line in self.lines))


def _part(lines: tuple[Line, ...], span: Span) -> Line:
    return next(x for x in lines if x.start_s <= span[0] and span[1] <= x.stop_s).between(*span)


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """Signals by what the ``*`` of their name stands for (an empty text where there is none)."""

    members: Mapping[str, Curve]

    def mapped(self, work: Callable[[Line], Line], made: Unit | None = None) -> Signal:
        return Signal({key: curve.mapped(work, made) for key, curve in self.members.items()})


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Statements by what the ``*`` of their names stands for; a rule asks for each of them."""

    members: Mapping[str, Statement]


def signal(read: Reading, name: str, steps: bool = False) -> Signal:
    """The channels of that name as signals. Raises Missing where there is none, or one sample is not a number."""
    found: dict[str, list[tuple[Leg, Channel]]] = {}
    for leg in read.legs:
        for channel in leg.channels:
            if len(channel.t_s) and fnmatchcase(channel.name, name):
                found.setdefault(channel.name, []).append((leg, channel))
    if not found:
        raise Missing(lacking(read, name))
    return Signal({_starred(name, each): _curve(read, each, channels, steps) for each, channels in found.items()})


def lacking(read: Reading, name: str) -> str:
    """That there is no such channel, and what it may have been meant for."""
    there = {c.name for leg in read.legs for c in leg.channels}
    near = difflib.get_close_matches(name, sorted(there), 1, 0.8)
    return f"no channel {name}" + (f"; the flight has {near[0]}" if near else "")


def _starred(pattern: str, name: str) -> str:
    match = re.match(translate(pattern).replace(".*", "(.*)"), name) if "*" in pattern else None
    return "/".join(match.groups()) if match and match.groups() else name if "*" in pattern else ""


def _curve(read: Reading, name: str, channels: list[tuple[Leg, Channel]], steps: bool) -> Curve:
    lines: list[Line] = []
    for leg, channel in channels:
        if np.isnan(channel.values).any():
            raise Missing(f"{name} is not known")
        line = _in_leg(Line.through(channel.t_s + (channel.start - read.origin), channel.values, steps), leg, read)
        if lines and line.stop_s <= lines[-1].stop_s:
            continue
        if lines and line.start_s < lines[-1].stop_s:
            line = line.between(lines[-1].stop_s, line.stop_s)
        if lines and line.start_s - lines[-1].stop_s <= TOUCH_S:
            before = lines.pop()
            line = Line(np.append(before.t_s[:-1], line.t_s), np.append(before.first, line.first),
                        np.append(before.last, line.last))
        lines.append(line)
    text = channels[0][1].unit
    return Curve(name, unit(text) if text else unit_of_name(name) or unit(""), tuple(lines))


def _in_leg(line: Line, leg: Leg, read: Reading) -> Line:
    """The part inside the leg: some channels reach beyond its end, as far as was planned."""
    start_s = max(line.start_s, leg.before.epoch - read.origin)
    stop_s = min(line.stop_s, leg.after.epoch - read.origin)
    return line.between(start_s, stop_s) if start_s < stop_s else line


# ---------------------------------------------------------------- arithmetic

def paired(one: Signal, other: Signal) -> dict[str, tuple[Curve, Curve]]:
    """Members that go together. Raises Missing when none do."""
    if set(one.members) == {""} or set(other.members) == {""}:
        keys = set(one.members) | set(other.members)
        keys = keys - {""} or {""}
        return {k: (one.members.get(k) or one.members[""], other.members.get(k) or other.members[""])
                for k in sorted(keys)}
    both = sorted(set(one.members) & set(other.members))
    if not both:
        raise Missing(f"{next(iter(one.members.values())).name} and {next(iter(other.members.values())).name} do not "
                      "stand for the same things")
    return {k: (one.members[k], other.members[k]) for k in both}


def number_in(given: Any, curve: Curve) -> float:
    """A number or quantity in the unit of a signal. Raises InputError for another kind, or none where one is due."""
    if isinstance(given, Quantity):
        return given.unit.into(curve.unit, given.value, curve.name)
    if not isinstance(given, (int, float)):
        raise InputError(f"{curve.name} is held against {given!r}, which is no number and no signal")
    if not curve.unit.counts:
        raise InputError(f"{curve.name} is in {curve.unit.text}, and {given:g} has no unit; write "
                         f"quantity({given:g}, \"{curve.unit.text}\")")
    return float(given)


def add(one: Any, other: Any, sign: float = 1.0) -> Any:
    """one + sign * other, where one of them is a signal."""
    if not isinstance(one, Signal):
        return add(other.mapped(lambda x: x.scaled(sign)), one)
    if isinstance(other, Signal):
        return Signal({k: a.joined(_like(b, a), lambda x, y: plus(x, y.scaled(sign)), a.unit)
                       for k, (a, b) in paired(one, other).items()})
    return Signal({k: c.mapped(_adding(sign * number_in(other, c))) for k, c in one.members.items()})


def _adding(value: float) -> Callable[[Line], Line]:
    return lambda line: line.scaled(1.0, value)


def _like(curve: Curve, wanted: Curve) -> Curve:
    factor = curve.unit.into(wanted.unit, 1.0, wanted.name)
    return curve.mapped(lambda line: line.scaled(factor), wanted.unit)


def multiply(one: Any, other: Any) -> Any:
    """A signal and a number. Raises InputError for two signals: their product is not made of straight lines."""
    if isinstance(one, Signal) and isinstance(other, Signal):
        raise InputError("two signals are multiplied or divided; their product is not made of straight lines")
    line_of, by = (one, other) if isinstance(one, Signal) else (other, one)
    if isinstance(by, Quantity):
        return Signal({k: c.mapped(lambda line: line.scaled(by.value), c.unit.times(by.unit))
                       for k, c in line_of.members.items()})
    return line_of.mapped(lambda line: line.scaled(float(by)))


def divide(one: Any, other: Any) -> Any:
    if isinstance(other, Signal):
        return multiply(one if isinstance(one, Signal) else other, other)    # refused there
    if isinstance(other, Quantity):
        return Signal({k: c.mapped(lambda line: line.scaled(1 / other.value), c.unit.times(other.unit, -1))
                       for k, c in one.members.items()})
    return one.mapped(lambda line: line.scaled(1 / float(other)))


def absolute(one: Signal) -> Signal:
    return one.mapped(lambda line: most(line, line.scaled(-1.0)))


# ---------------------------------------------------------------- comparison

def compare(op: str, one: Any, other: Any) -> Told:
    """A signal held against a number, a quantity or another signal."""
    if not isinstance(one, Signal):
        return compare({"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op), other, one)
    if not isinstance(other, Signal):
        return Told({k: _held(op, c, c.mapped(_adding(-number_in(other, c))), c.lines)
                     for k, c in one.members.items()})
    made = {}
    for key, (a, b) in paired(one, other).items():
        apart = a.joined(_like(b, a), lambda x, y: plus(x, y.scaled(-1.0)), a.unit)
        made[key] = _held(op, apart, apart, tuple(_part(a.lines, (x.start_s, x.stop_s)) for x in apart.lines))
    return Told(made)


def _held(op: str, named: Curve, apart: Curve, values: tuple[Line, ...]) -> Statement:
    return Compared(tuple(zip(values, apart.lines, strict=True)), named.name, op, named.unit.text)
