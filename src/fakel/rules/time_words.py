"""The words of the formula language that speak of time: signals, spans between events, and temporal logic.

Windows are in seconds from now, or quantities of time. Every word takes a ``Reading`` first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from fakel.model.errors import InputError
from fakel.rules.lines import running_mean
from fakel.rules.reading import Missing, Reading
from fakel.rules.signals import Quantity, Signal, Told, signal
from fakel.rules.statements import Denied, Happening, Joined, Reached, Statement, Windowed
from fakel.rules.units import unit

SECONDS = unit("s")


def steps(read: Reading, name: str) -> Signal:
    """The channels of that name; each sample stands until the next."""
    return signal(read, name, steps=True)


def quantity(read: Reading, value: float, text: str) -> Quantity:
    """A number with a unit, such as ``quantity(40, "kPa")``."""
    if not isinstance(value, float) or not isinstance(text, str) or not math.isfinite(value):
        raise InputError("quantity() takes a finite number and a unit in quotes, such as quantity(40, \"kPa\")")
    found = unit(text)
    if text and not found.powers and found.factor == 1.0 and text != "1":
        raise InputError(f"quantity({value:g}, {text!r}): {text!r} is no unit that is known; write a plain number for "
                         "what is counted")
    return Quantity(float(value), found)


def average(read: Reading, of: Any, length: Any) -> Signal:
    """The mean of a signal over the last so many seconds (at first, over what there is)."""
    if not isinstance(of, Signal):
        raise InputError("average() takes a signal and a time; of samples take mean()")
    _, length_s = window("average", (0.0, length))
    if not 0.0 < length_s < math.inf:
        raise InputError(f"average() over {length_s:g} s; give a time above zero")
    return of.mapped(lambda line: running_mean(line, length_s))


def during(read: Reading, first: str, then: str, subject: str = "*") -> Told:
    """True from each event of one name to the next of the other. Raises Missing when the first never happens."""
    starts = [e.epoch - read.origin for e in read.events(first, subject)]
    try:
        stops = [e.epoch - read.origin for e in read.events(then, subject)]
    except Missing:
        stops = []
    spans = [(start, min((s for s in stops if s > start), default=math.inf)) for start in starts]
    return Told({"": Happening(tuple(spans), f"{first} to {then}")})


def happened(read: Reading, event: str, subject: str = "*") -> Told:
    """False before the first event of that name, true from it on; false throughout when there is none."""
    try:
        start_s = read.events(event, subject)[0].epoch - read.origin
    except Missing:
        return Told({"": Happening((), event)})
    return Told({"": Happening(((start_s, math.inf),), event)})


# ---------------------------------------------------------------- logic

def every(*told: Any) -> Told:
    return _joined(told, True)


def some(*told: Any) -> Told:
    return _joined(told, False)


def denied(told: Told) -> Told:
    return Told({key: Denied(statement) for key, statement in told.members.items()})


def implies(read: Reading, one: Told, other: Told) -> Told:
    """If the one is true, so is the other."""
    return some(denied(_told(one, "implies")), _told(other, "implies"))


def _joined(told: tuple[Any, ...], all_of: bool) -> Told:
    members = [_told(one, "and" if all_of else "or").members for one in told]
    keys = set().union(*(set(m) for m in members if set(m) != {""})) or {""}
    if any(set(m) not in ({""}, keys) for m in members):
        raise Missing("the names with * do not stand for the same things")
    return Told({k: Joined(tuple(m[k] if k in m else m[""] for m in members), all_of) for k in sorted(keys)})


def _told(given: Any, word: str) -> Told:
    if not isinstance(given, Told):
        raise InputError(f"{word} takes statements about signals, such as signal(\"x_m\") < limit or "
                         "during(\"a\", \"b\")")
    return given


# ---------------------------------------------------------------- temporal operators

def window(word: str, given: tuple[Any, ...]) -> tuple[float, float]:
    """Seconds from and to. Raises InputError for a window that begins before now or ends before it begins."""
    ends = [end.unit.into(SECONDS, end.value, f"the window of {word}()") if isinstance(end, Quantity) else float(end)
            for end in given] + [0.0, math.inf][len(given):]
    if len(given) > 2 or math.isnan(ends[0]) or ends[0] < 0:
        raise InputError(f"{word}(): a window begins {ends[0]:g} s from now; give from and to, neither below zero"
                         " (the past has its own words: historically, once, since)")
    if ends[1] < ends[0]:
        raise InputError(f"{word}(): the window [{ends[0]:g}, {ends[1]:g}] s ends before it begins; turn it round")
    return ends[0], ends[1]


def _unary(word: str) -> Callable[..., Told]:
    def temporal(read: Reading, told: Any, *ends: Any) -> Told:
        bounds = window(word, ends)
        return Told({k: Windowed(word, s, *bounds) for k, s in _told(told, f"{word}()").members.items()})
    return temporal


def _binary(word: str) -> Callable[..., Told]:
    def temporal(read: Reading, hold: Any, reach: Any, *ends: Any) -> Told:
        bounds = window(word, ends)
        pairs = every(_told(hold, f"{word}()"), _told(reach, f"{word}()")).members
        return Told({k: _reached(word, joined, bounds) for k, joined in pairs.items()})
    return temporal


def _reached(word: str, joined: Statement, bounds: tuple[float, float]) -> Statement:
    assert isinstance(joined, Joined)
    return Reached(word, joined.parts[0], joined.parts[1], *bounds)


TIME_WORDS: Mapping[str, Callable[..., Any]] = {
    "signal": signal, "steps": steps, "quantity": quantity, "average": average, "during": during,
    "happened": happened, "implies": implies,
    **{word: _unary(word) for word in ("always", "eventually", "historically", "once")},
    **{word: _binary(word) for word in ("until", "since")},
}
