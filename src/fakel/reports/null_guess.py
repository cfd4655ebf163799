"""The null guess: what the mean of other flights would say, without any physics. A prediction has to beat it.

From the other flights come only intervals and places; the instant that an interval is counted from is the planned
flight's own. The flight that is compared never takes part in its own null guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from fakel.model.epoch import Epoch

PLANE_OVER_PAD = "plane_over_pad"
"""Not an event: the instant when the station's plane passes over the pad."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one event of a flight that was flown.

    resolution_s: how finely the time is known. status: flown, planned (announced before) or standard (generic).
    """

    epoch: Epoch
    resolution_s: float
    status: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of a launcher's climbs: a quantity, unit last, at an event (or a second after liftoff)."""

    launcher: str
    event: str
    quantity: str
    value: float
    status: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Flown:
    """A flight that was flown. plane_over_pad_s: seconds after liftoff when the station's plane reached the pad.

    entry: guided, ballistic, abort or empty. Empty text and None mean: not known.
    """

    name: str
    launcher: str
    pad: str
    revolutions: int | None
    zone: str
    entry: str
    plane_over_pad_s: float | None
    landing_deg: tuple[float, float] | None
    deorbit_dv_m_s: float | None
    events: Mapping[str, Known]
    note: str
    source: str

    def instant(self, event: str) -> Epoch | None:
        """When an event was, or None. A generic time is no measurement, so it is left out."""
        known = self.events.get(event)
        return None if known is None or known.status == "standard" else known.epoch


@dataclass(frozen=True, slots=True)
class Guess:
    """An event offset_s after anchor: the mean of count other flights."""

    anchor: str
    offset_s: float
    count: int
    among: str


@dataclass(frozen=True, slots=True)
class Kind:
    """Which interval guesses an event, and which flights count as alike."""

    anchor: str
    alike: Callable[[Flown, Flown], bool]
    among: str


def _same_profile(a: Flown, b: Flown) -> bool:
    return a.revolutions is not None and a.revolutions == b.revolutions


def _same_launcher(a: Flown, b: Flown) -> bool:
    return bool(a.launcher) and a.launcher == b.launcher


def _any_launch(a: Flown, b: Flown) -> bool:
    return True


def _same_return(a: Flown, b: Flown) -> bool:
    return a.entry == b.entry and bool(a.zone) and a.zone == b.zone


_RETURN = "returns to the same zone"
KINDS: Mapping[str, Kind] = {
    "liftoff": Kind(PLANE_OVER_PAD, _same_launcher, "launches of the same rocket"),
    "insertion": Kind("liftoff", _any_launch, "launches"),
    "docking_contact": Kind("liftoff", _same_profile, "visits with the same profile"),
    "undocking": Kind("deorbit_burn_start", _same_return, _RETURN),
    "deorbit_burn_start": Kind("undocking", _same_return, _RETURN),
    "deorbit_burn_end": Kind("deorbit_burn_start", _same_return, _RETURN),
    "module_separation": Kind("deorbit_burn_start", _same_return, _RETURN),
    "entry_interface": Kind("deorbit_burn_start", _same_return, _RETURN),
    "parachute_open": Kind("deorbit_burn_start", _same_return, _RETURN),
    "landing": Kind("deorbit_burn_start", _same_return, _RETURN),
}


def null_guess(flights: Iterable[Flown], without: Flown) -> dict[str, Guess]:
    """Event to guess, from all flights but ``without`` (told apart by name); no entry where no other flight can say.

    ``without`` only says which flights are alike: none of its times is used.
    """
    others = [f for f in flights if f.name != without.name]
    guesses = {}
    for event, kind in KINDS.items():
        offsets = [o for f in others if kind.alike(f, without) and (o := _offset_s(f, kind.anchor, event)) is not None]
        if offsets:
            guesses[event] = Guess(kind.anchor, float(np.mean(offsets)), len(offsets), kind.among)
    return guesses


def _offset_s(flight: Flown, anchor: str, event: str) -> float | None:
    if anchor == PLANE_OVER_PAD:
        return None if flight.plane_over_pad_s is None else -flight.plane_over_pad_s
    first, last = flight.instant(anchor), flight.instant(event)
    return None if first is None or last is None else last - first


def null_place(flights: Iterable[Flown], without: Flown) -> tuple[float, float, int] | None:
    """Mean landing place (latitude, longitude, degrees) of other returns to the same zone, and how many, or None."""
    spots = [f.landing_deg for f in flights if f.name != without.name and f.landing_deg and _same_return(f, without)]
    if not spots:
        return None
    latitude, longitude = np.mean(np.array(spots), axis=0)
    return float(latitude), float(longitude), len(spots)


def null_dv_m_s(flights: Iterable[Flown], without: Flown) -> tuple[float, int] | None:
    """Mean delta-v of the deorbit burns of other returns to the same zone, and how many, or None."""
    known = [f.deorbit_dv_m_s for f in flights
             if f.name != without.name and f.deorbit_dv_m_s is not None and _same_return(f, without)]
    return (float(np.mean(known)), len(known)) if known else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How well the null guess of one event does for one flight that it has not seen. error_s: guess less flown."""

    flight: str
    event: str
    error_s: float
    count: int


def leave_one_out(flights: Iterable[Flown]) -> tuple[LeftOut, ...]:
    """Every flight guessed from the others, counted from its own flown anchor: how high the bar is."""
    known, rows = tuple(flights), []
    for flight in known:
        for event, guess in null_guess(known, flight).items():
            true_s = _offset_s(flight, guess.anchor, event)
            if true_s is not None:
                rows.append(LeftOut(flight.name, event, guess.offset_s - true_s, guess.count))
    return tuple(rows)
