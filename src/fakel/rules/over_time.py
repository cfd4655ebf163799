"""From statements over time to an answer: does the flight keep them, how far from it, and when not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fakel.model.epoch import Window
from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.model.verdict import Status
from fakel.rules.reading import Missing, Reading
from fakel.rules.signals import TOUCH_S, Told
from fakel.rules.statements import Decider, Look, Span, Statement, broken, common, kept
from fakel.rules.temporal import End


@dataclass(frozen=True, slots=True)
class Answer:
    """Pass, fail or unknown (why says what is missing), by how much, who decided it, and where it is broken."""

    status: Status
    robustness: float
    decider: Decider
    broken: tuple[Window, ...]
    why: str = ""


def over_time(told: Told, read: Reading) -> Answer:
    """The answer for the worst of the statements, each judged from the beginning of every span in which its signals
    are known. Raises Missing, InputError.

    At the end of a whole flight the last values stand. A torn flight may go on in any way: what hangs
    on that is unknown.
    """
    torn = still_open(read.flight, read.phases)
    answers = [_judged(statement, look, torn, read) for statement in told.members.values()
               for look in _looks(statement, read)]
    if not answers:
        raise Missing("its signals are never known together")
    failed = [a for a in answers if a.status is Status.FAIL]
    unknown = [a for a in answers if a.status is Status.UNKNOWN]
    worst = min(failed or unknown or answers, key=lambda a: a.robustness)
    if not failed:
        return worst
    windows = sorted((w for a in failed for w in a.broken), key=lambda w: w.start)
    return Answer(Status.FAIL, worst.robustness, worst.decider, tuple(_merged(windows)))


def _looks(statement: Statement, read: Reading) -> list[Look]:
    if not statement.timed:
        raise InputError("the formula does not say when it holds; write always(...) or eventually(...) around it")
    return [Look(*span) for span in common(statement.spans(), _flown(read)) or []]


def _flown(read: Reading) -> list[Span]:
    """The time of the rule's legs, those that follow one another as one."""
    spans: list[Span] = []
    for leg in read.legs:
        start_s, stop_s = leg.before.epoch - read.origin, leg.after.epoch - read.origin
        if stop_s <= start_s:                                     # a leg of no length still has its instant
            stop_s = start_s + 1e-6
        if spans and start_s - spans[-1][1] <= TOUCH_S:
            spans[-1] = spans[-1][0], stop_s
        else:
            spans.append((start_s, stop_s))
    return spans


def _judged(statement: Statement, look: Look, torn: bool, read: Reading) -> Answer:
    low, high = (End.WORST, End.BEST) if torn else (End.HELD, End.HELD)
    least, most = (look.line(statement, end).at(look.start_s) for end in (low, high))
    worst = statement.decider(look, low, look.start_s)
    if kept(least, worst):
        return Answer(Status.PASS, least, worst, ())
    best = statement.decider(look, high, look.start_s)
    if not kept(most, best):
        spans = (Window(read.origin + a, read.origin + max(a, b)) for a, b in broken(statement, look, high))
        return Answer(Status.FAIL, most, best, tuple(spans))
    end = (read.origin + look.stop_s).iso()
    why = f"the flight is torn after {end}, and the formula looks beyond; give it a window that ends before"
    return Answer(Status.UNKNOWN, least, worst, (), why)


def _merged(windows: list[Window]) -> list[Window]:
    out: list[Window] = []
    for w in windows:
        if out and w.start <= out[-1].stop:
            out[-1] = Window(out[-1].start, max(out[-1].stop, w.stop))
        else:
            out.append(w)
    return out


def still_open(flight: Flight, phases: tuple[str, ...]) -> bool:
    """Whether a flight that is not complete may still fly a phase that the rule looks at."""
    if flight.complete:
        return False
    steps: Mapping[str, Any] = flight.mission.get("steps", {})
    ahead = [steps[name] for name in _ahead(flight, steps) if isinstance(steps[name], Mapping)]
    return not steps or any(not phases or step.get("phase") in phases for step in ahead)


def _ahead(flight: Flight, steps: Mapping[str, Any]) -> set[str]:
    """Steps that may follow the last one flown; all that are not flown, where the mission does not say what follows."""
    flown = {leg.step for leg in flight.legs}
    last = flight.legs[-1] if flight.legs else None
    if last is None or not isinstance(steps.get(last.step), Mapping) or "then" not in steps[last.step]:
        return set(steps) - flown
    todo, found = [steps[last.step]["then"].get(last.ending, "")], set[str]()
    while todo:
        name = todo.pop()
        if name in steps and name not in found:
            found.add(name)
            todo += steps[name].get("then", {}).values()
    return found
