"""A formula at work on one flight: what it may read, what it saw, and what it did not find."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.flight import Event, Flight, Leg


class Missing(Exception):
    """The flight does not hold what the formula asks for; the text says what."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Numbers (n,) with their instants (n,) in TAI nanoseconds, and the name (n,) of where each comes from."""

    values: FloatArray
    tai_ns: NDArray[np.int64]
    sources: NDArray[np.str_]

    @classmethod
    def of(cls, rows: list[tuple[Any, Epoch, str]], name: str) -> Samples:
        """From (value, instant, source). Raises InputError for a value that is not a number."""
        try:
            values = np.array([float(value) for value, _, _ in rows])
        except (TypeError, ValueError) as error:
            raise InputError(f"{name} does not hold numbers") from error
        return cls(values, np.array([epoch.tai_ns for _, epoch, _ in rows], np.int64),
                   np.array([source for _, _, source in rows]))

    def pick(self, keep: NDArray[np.bool_], what: str) -> Samples:
        """The samples that are kept. Raises Missing when none is."""
        if not keep.any():
            raise Missing(f"no sample of {self.sources[0]} {what}")
        return Samples(self.values[keep], self.tai_ns[keep], self.sources[keep])

    def with_values(self, values: FloatArray) -> Samples:
        return Samples(np.asarray(values, dtype=float), self.tai_ns, self.sources)


@dataclass(slots=True)
class Reading:
    """One formula at work on one flight; evidence and window collect where the answer was found.

    limit: what the word ``limit`` stands for in the formula: a number with its unit.
    """

    flight: Flight
    phases: tuple[str, ...]
    evidence: list[str] = field(default_factory=list)
    window: Window | None = None

    limit: Any = None

    @property
    def origin(self) -> Epoch:
        """Where the seconds of signals count from."""
        return self.flight.legs[0].before.epoch

    @property
    def legs(self) -> tuple[Leg, ...]:
        return tuple(leg for leg in self.flight.legs if not self.phases or leg.phase in self.phases)

    def events(self, name: str, subject: str = "*") -> list[Event]:
        """Events of the rule's phases in order of time. Raises Missing when there is none."""
        found = [e for leg in self.legs for e in leg.events
                 if fnmatchcase(e.name, name) and fnmatchcase(e.subject, subject)]
        if not found:
            raise Missing(f"no event {name}" + (f" of {subject}" if subject != "*" else ""))
        return sorted(found, key=lambda e: e.epoch)

    def saw(self, text: str, start: Epoch, stop: Epoch | None = None) -> None:
        """Remember where a number came from; the window grows to hold it."""
        self.evidence.append(text)
        stop = stop or start
        if self.window is not None:
            start, stop = min(start, self.window.start), max(stop, self.window.stop)
        self.window = Window(start, stop)

    def saw_all(self, samples: Samples) -> None:
        first, last = int(samples.tai_ns.min()), int(samples.tai_ns.max())
        names = sorted(set(samples.sources.tolist()))
        self.saw(names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more", Epoch(first), Epoch(last))
