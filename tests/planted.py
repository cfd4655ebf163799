"""Faults planted into a flight that was flown: what a sensor, an event or the ledger would have told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Event, Flight, Leg, Transfer


def with_leg(flight: Flight, phase: str, change: Callable[[Leg], Leg]) -> Flight:
    """The flight with its first leg of a phase changed."""
    at = next(i for i, leg in enumerate(flight.legs) if leg.phase == phase)
    return replace(flight, legs=(*flight.legs[:at], change(flight.legs[at]), *flight.legs[at + 1:]))


def channel(leg: Leg, name: str, change: Callable[[Channel], Channel]) -> Leg:
    """The leg with one channel changed."""
    assert any(c.name == name for c in leg.channels), name
    return replace(leg, channels=tuple(change(c) if c.name == name else c for c in leg.channels))


def at(c: Channel, *points: tuple[Epoch, float]) -> Channel:
    """The channel through these points, and as it was before the first and after the last of them."""
    t_s = np.array([epoch - c.start for epoch, _ in points])
    keep = (c.t_s < t_s[0]) | (c.t_s > t_s[-1])
    new_t, new_v = np.append(c.t_s[keep], t_s), np.append(c.values[keep], [value for _, value in points])
    order = np.argsort(new_t, kind="stable")
    return replace(c, t_s=new_t[order], values=new_v[order])


def event(leg: Leg, name: str, change: Callable[[Event], Event]) -> Leg:
    """The leg with the first event of that name changed."""
    i = next(i for i, e in enumerate(leg.events) if e.name == name)
    return replace(leg, events=(*leg.events[:i], change(leg.events[i]), *leg.events[i + 1:]))


def moved(by_s: float) -> Callable[[Event], Event]:
    return lambda e: replace(e, epoch=e.epoch + by_s)


def told(**facts: object) -> Callable[[Event], Event]:
    return lambda e: replace(e, facts={**e.facts, **facts})


def lost(leg: Leg, item: str, giver: str, epoch: Epoch) -> Leg:
    """The item leaves a hand and is nobody's."""
    return replace(leg, transfers=(*leg.transfers, Transfer(epoch, item, giver, "", "slipped from the hand")))
