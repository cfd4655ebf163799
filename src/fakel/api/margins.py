"""What is in hand at every minute of a flown walk, or of one without a plan, when something goes wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from fakel.api.suits import suit_from, with_number
from fakel.load.folder import read_flight
from fakel.load.units import spellings
from fakel.model.errors import InputError
from fakel.model.flight import Flight, Leg
from fakel.model.margins import CASES, Troubles
from fakel.model.outfit import Suit
from fakel.plan.margins import Party, party_of

Names = Mapping[str, str]
"""A walker's id to a name for people."""


def party_of_flight(flight: Flight | Path, settings: Sequence[str] = ()) -> tuple[Party, dict[str, Suit], Names]:
    """The walk of a flight, its suits, and what its people are called.

    settings such as ``leak_g_h=10`` change every suit. Raises InputError without a walk.
    """
    found = flight if isinstance(flight, Flight) else read_flight(flight)[0]
    leg = next((leg for leg in found.legs if leg.phase == "eva"), None)
    when = {} if leg is None else {e.name: e.epoch for e in leg.events}
    if leg is None or not {"hatch_open", "hatch_closed", "repress_start", "repress_end"} <= when.keys():
        raise InputError("the flight has no spacewalk; give one that has, or --suit for a walk without a plan")
    suits = {person: suit_from(found.mission["suits"][person], f"suit of {person}") for person in _walkers(leg)}
    for text in settings:
        suits = {person: with_number(suit, text, "--suit-set") for person, suit in suits.items()}
    return party_of(leg.channels, suits, when["hatch_open"], when["hatch_closed"] - when["hatch_open"],
                    when["repress_end"] - when["repress_start"]), suits, _names(found, leg)


def _walkers(leg: Leg) -> list[str]:
    event = next(e for e in leg.events if e.name == "hatch_open")
    return [str(person) for person in event.facts["walkers"]]


def _names(flight: Flight, leg: Leg) -> dict[str, str]:
    people = flight.mission.get("people") or {}
    return {person: str((people.get(person) or {}).get("name", person)) for person in _walkers(leg)}


def troubles_of(settings: Sequence[str]) -> Troubles:
    """What is supposed, with settings such as ``react_min=23``. Raises InputError for an unknown name."""
    values: dict[str, float] = {}
    known: Mapping[str, tuple[str, float]] = {key: (f.name, factor) for f in fields(Troubles)
                                              for key, factor in spellings(f.name).items()}
    for text in settings:
        key, _, value = text.partition("=")
        if key not in known:
            raise InputError(f"--set {text}: {key} is not known; write one of: "
                             f"{', '.join(f.name for f in fields(Troubles))} (or _min, _kg_h for their units)")
        try:
            number = float(value)
        except ValueError:
            raise InputError(f"--set {text}: {value!r} is not a number; write NAME=VALUE such as react_min=5") from None
        if not 0.0 <= number < math.inf:
            raise InputError(f"--set {text}: {value} cannot be; write 0 or more")
        values[known[key][0]] = number * known[key][1]
    return replace(Troubles(), **values)


def cases_of(text: str) -> tuple[str, ...]:
    """Cases by their names with commas; all of them when empty. Raises InputError for an unknown one."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in CASES:
            raise InputError(f"--case {name} is not known; write one of: {', '.join(CASES)}")
    return names or tuple(CASES)
