"""The words of the formula language: what a rule can ask of a flight.

Every word takes a ``Reading`` first. Data that the flight lacks raises ``Missing``. Names may hold ``*``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.epoch import NS_PER_S, Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Channel, Leg
from fakel.rules import custody
from fakel.rules.reading import Missing, Reading, Samples
from fakel.rules.signals import Signal, absolute, lacking
from fakel.rules.time_words import TIME_WORDS

# ---------------------------------------------------------------- where samples come from

def channel(read: Reading, name: str) -> Samples:
    """Every sample of the channels of that name."""
    found = [c for leg in read.legs for c in leg.channels if fnmatchcase(c.name, name) and len(c.t_s)]
    if not found:
        raise Missing(lacking(read, name))
    return Samples(np.concatenate([c.values for c in found]), np.concatenate([_instants(c) for c in found]),
                   np.concatenate([np.full(len(c.t_s), c.name) for c in found]))


def _instants(c: Channel) -> NDArray[np.int64]:
    return c.start.tai_ns + np.rint(c.t_s * NS_PER_S).astype(np.int64)


def facts(read: Reading, event: str, key: str, subject: str = "*") -> Samples:
    """A fact of every event of that name that carries it."""
    found = [(e.facts[key], e.epoch, f"{e.name}.{key}") for e in read.events(event, subject)
             if e.facts.get(key) is not None]
    if not found:
        raise Missing(f"no fact {key} in any {event}")
    return Samples.of(found, f"fact {key} of {event}")


def column(read: Reading, study: str, name: str) -> Samples:
    """A column of a study, from every leg that has it. Instants are those of its first column of UTC text; else of the
    burn that a column names; else the leg's end, when all of it is known."""
    tables = [(leg, leg.studies[study]) for leg in read.legs if study in leg.studies]
    if not tables:
        raise Missing(f"no study {study}")
    if any(name not in table for _, table in tables):
        raise Missing(f"no column {name} in study {study}")
    rows = [(value, epoch, f"{study}.{name}")
            for leg, table in tables for value, epoch in zip(table[name], _row_epochs(table, name, leg), strict=True)]
    if not rows:
        raise Missing(f"study {study} has no rows")
    return Samples.of([(np.nan if value is None else value, *rest) for value, *rest in rows], f"{study}.{name}")


def _row_epochs(table: Mapping[str, Any], name: str, leg: Leg) -> list[Epoch]:
    n, end = len(table[name]), leg.after.epoch
    stamps = next((table[key] for key in table if key.endswith("utc")), [])
    if len(stamps) == n:
        return [Epoch.utc(str(stamp)) if stamp else end for stamp in stamps]
    burns = {e.facts.get("burn"): e.epoch for e in leg.events if e.name == "burn_start"}
    return [burns.get(burn, end) for burn in table.get("burn", [None] * n)]


def suit(read: Reading, person: str, key: str) -> Samples:
    """What is left in suits at the end of the rule's last leg (``Situation.suits``)."""
    if not read.legs:
        raise Missing("no such leg")
    after = read.legs[-1].after
    rows = [(s[key], after.epoch, f"suit of {p}: {key}") for p, s in sorted(after.suits.items())
            if fnmatchcase(p, person) and key in s]
    if not rows:
        raise Missing(f"no {key} in the suit of {person}")
    return Samples.of(rows, f"suit {key}")


def mission(read: Reading, path: str) -> Samples:
    """Numbers of the mission's data by their path, such as ``suits.*.autonomy_s``."""
    start = read.flight.legs[0].before.epoch if read.flight.legs else Epoch(0)
    return _at_path(read.flight.mission, path, "mission", start)


def plan(read: Reading, path: str) -> Samples:
    """Numbers of the plans of the rule's legs by their path, such as ``crew_day.stop_s``."""
    found = []
    for leg in read.legs:
        try:
            found.append(_at_path(leg.plan, path, "plan", leg.before.epoch))
        except Missing:
            continue
    if not found:
        raise Missing(f"no {path} in any plan")
    return Samples(*(np.concatenate([getattr(f, name) for f in found]) for name in ("values", "tai_ns", "sources")))


def _at_path(data: Mapping[str, Any], path: str, what: str, epoch: Epoch) -> Samples:
    rows = [(np.nan if value is None else value, epoch, f"{what} {name}")
            for name, value in _walk(data, path.split("."))]
    if not rows:
        raise Missing(f"no {path} in the {what}")
    return Samples.of(rows, f"{what} {path}")


def _walk(data: Any, path: list[str], so_far: str = "") -> Iterator[tuple[str, Any]]:
    if not path:
        yield so_far, data
    elif isinstance(data, Mapping):
        for key in sorted(k for k in data if fnmatchcase(k, path[0])):
            yield from _walk(data[key], path[1:], f"{so_far}.{key}" if so_far else key)


# ---------------------------------------------------------------- parts of samples

def before(read: Reading, samples: Samples, event: str) -> Samples:
    """Samples before the first event of that name."""
    return samples.pick(samples.tai_ns < read.events(event)[0].epoch.tai_ns, f"before {event}")


def after(read: Reading, samples: Samples, event: str) -> Samples:
    """Samples from the first event of that name on."""
    return samples.pick(samples.tai_ns >= read.events(event)[0].epoch.tai_ns, f"after {event}")


def between(read: Reading, samples: Samples, first: str, then: str) -> Samples:
    """Samples from the first of one event to the last of another."""
    start, stop = read.events(first)[0].epoch.tai_ns, read.events(then)[-1].epoch.tai_ns
    return samples.pick((samples.tai_ns >= start) & (samples.tai_ns <= stop), f"between {first} and {then}")


# ---------------------------------------------------------------- samples to one number

def _known(samples: Samples) -> None:
    """Raises Missing when one sample is not a number: what is not known cannot pass."""
    lost = np.isnan(samples.values)
    if lost.any():
        name = samples.sources[int(np.argmax(lost))]
        raise Missing(f"{name} is not known")


def _extreme(pick: Callable[[FloatArray], Any]) -> Callable[..., float]:
    def extreme(read: Reading, *given: Any) -> float:
        if len(given) == 1 and isinstance(given[0], Samples):
            samples = given[0]
            _known(samples)
            i = int(pick(samples.values))
            read.saw(str(samples.sources[i]), Epoch(int(samples.tai_ns[i])))
            return float(samples.values[i])
        numbers = np.array([float(value) for value in given])
        return float(numbers[int(pick(numbers))])
    return extreme


def last(read: Reading, samples: Samples) -> float:
    """The latest sample."""
    i = int(np.argmax(samples.tai_ns))
    read.saw(str(samples.sources[i]), Epoch(int(samples.tai_ns[i])))
    return float(samples.values[i])


def mean(read: Reading, samples: Samples) -> float:
    """The mean of the samples (not weighted by time)."""
    _known(samples)
    read.saw_all(samples)
    return float(samples.values.mean())


def total(read: Reading, samples: Samples) -> float:
    """The sum of the samples."""
    _known(samples)
    read.saw_all(samples)
    return float(samples.values.sum())


def at(read: Reading, samples: Samples, event: str) -> float:
    """The value at the first event of that name, by straight lines between samples of one channel."""
    if len(set(samples.sources.tolist())) > 1:
        raise InputError("at() takes one channel; name it without *")
    epoch = read.events(event)[0].epoch
    order = np.argsort(samples.tai_ns, kind="stable")
    instants = samples.tai_ns[order]
    if not instants[0] <= epoch.tai_ns <= instants[-1]:
        raise Missing(f"no sample of {samples.sources[0]} at {event}")
    start = int(instants[0])
    value = float(np.interp(epoch.tai_ns - start, instants - start, samples.values[order]))
    read.saw(f"{samples.sources[0]} at {event}", epoch)
    return value


# ---------------------------------------------------------------- events

def fact(read: Reading, event: str, key: str, subject: str = "*") -> float:
    """A fact of the first event of that name that carries it."""
    samples = facts(read, event, key, subject)
    read.saw(str(samples.sources[0]), Epoch(int(samples.tai_ns[0])))
    return float(samples.values[0])


def seconds(read: Reading, first: str, then: str) -> float:
    """From the first event of one name to the next of another."""
    a = read.events(first)[0]
    later = [e for e in read.events(then) if e.epoch >= a.epoch]
    if not later:
        raise Missing(f"no event {then} after {first}")
    read.saw(f"{first} to {then}", a.epoch, later[0].epoch)
    return later[0].epoch - a.epoch


def late(read: Reading, event: str, path: str) -> float:
    """Seconds by which the first event of that name comes after the instant that the plan has at a path."""
    seen = read.events(event)[0]
    planned = [Epoch.utc(found) for leg in read.legs for _, found in _walk(leg.plan, path.split("."))
               if isinstance(found, str) and found[:1].isdigit()]
    if not planned:
        raise Missing(f"no instant {path} in any plan")
    read.saw(f"{event} after {path} of the plan", min(planned[0], seen.epoch), max(planned[0], seen.epoch))
    return seen.epoch - planned[0]


def count(read: Reading, event: str, subject: str = "*") -> float:
    """How many events of that name there are (0 when none, in legs that were flown)."""
    try:
        found = read.events(event, subject)
    except Missing:
        return 0.0
    read.saw(f"{len(found)} x {event}", found[0].epoch, found[-1].epoch)
    return float(len(found))


# ---------------------------------------------------------------- things and people

def _told(read: Reading, faults: list[custody.Fault] | None, what: str, missing: str) -> float:
    if faults is None:
        raise Missing(missing)
    legs, first = read.flight.legs, min(faults or (), key=lambda fault: fault.epoch, default=None)
    if first is None:
        read.saw(what, legs[0].before.epoch, legs[-1].after.epoch)
    else:
        read.saw(first, first.epoch)
    return float(len(faults))


def ledger_breaks(read: Reading, item: str) -> float:
    """How often an item of that name was given by one who did not hold it, or changed hands without a word."""
    return _told(read, custody.breaks(read.flight, item), f"ledger of {item}", f"no holder of {item} at the start")


def hands_apart(read: Reading, item: str) -> float:
    """How many hand-overs of an item happened between holders who were not in the same place."""
    return _told(read, custody.apart(read.flight, item), f"hand-overs of {item}", f"no hand-over of {item}")


def hazards(read: Reading, word: str) -> float:
    """How many of the mission's items carry a hazard word, such as ``flame``."""
    items = read.flight.mission.get("items")
    if not isinstance(items, Mapping) or not read.flight.legs:
        raise Missing("no list of items")
    found = [name for name, item in items.items() if word in item.get("hazards", ())]
    held = f"{', '.join(found)} carried with {word}" if found else f"no item of {len(items)} carries {word}"
    read.saw(held, read.flight.legs[0].before.epoch, read.flight.legs[-1].after.epoch)
    return float(len(found))


def _absolute(read: Reading, value: Any) -> Any:
    """The size of a number, of each sample, or of a signal at each instant."""
    if isinstance(value, Signal):
        return absolute(value)
    return value.with_values(np.abs(value.values)) if isinstance(value, Samples) else abs(value)


WORDS: Mapping[str, Callable[..., Any]] = {
    "channel": channel, "facts": facts, "column": column, "suit": suit, "mission": mission, "plan": plan,
    "before": before, "after": after, "between": between,
    "max": _extreme(np.argmax), "min": _extreme(np.argmin), "last": last, "mean": mean, "total": total, "at": at,
    "fact": fact, "seconds": seconds, "late": late, "count": count,
    "ledger_breaks": ledger_breaks, "hands_apart": hands_apart, "hazards": hazards,
    "abs": _absolute,
    "sqrt": lambda read, value: math.sqrt(value),
    "hypot": lambda read, *values: math.hypot(*values),
    **TIME_WORDS,
}
