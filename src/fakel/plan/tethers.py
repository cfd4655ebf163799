"""Tethers, hook by hook: everybody outside is held at two points, every loose thing at one at least.

The rule (Ryazansky's book): two tethers, or one tether and one hand; both hands are free only when both tethers are
hooked. A suit has a short tether and a long spring tether. On a way the hands go from rail to rail and the long tether
holds; at each rail the short one is hooked again, and where the long one would not reach the next rail it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.model.errors import InputError
from fakel.plan.rails import Rails

LEAST = 2


@dataclass(frozen=True, slots=True)
class Held:
    """How one person is held: the rail that the hands are at, whether one holds it, and the rail of each tether."""

    at: int
    hand: bool
    short: int | None
    long: int | None

    @property
    def points(self) -> int:
        return int(self.hand) + (self.short is not None) + (self.long is not None)


@dataclass(frozen=True, slots=True)
class Tethers:
    """What one suit has, on one station's rails. Every step gives the next state, or raises InputError in one line."""

    rails: Rails
    short_m: float
    long_m: float

    def hook(self, held: Held, which: str) -> Held:
        """Hook a tether (short or long) on the rail that the hands are at."""
        if getattr(held, which) is not None:
            raise InputError(f"tethers: the {which} tether is hooked at {self._name(getattr(held, which))}; unhook it "
                             "first")
        return replace(held, **{which: held.at})

    def unhook(self, held: Held, which: str) -> Held:
        if getattr(held, which) is None:
            raise InputError(f"tethers: the {which} tether is not hooked; hook it first")
        return self._two(replace(held, **{which: None}), f"unhooking the {which} tether")

    def grab(self, held: Held) -> Held:
        return replace(held, hand=True)

    def let_go(self, held: Held) -> Held:
        """Both hands free."""
        return self._two(replace(held, hand=False), "letting go with both hands")

    def move(self, held: Held, to: int) -> Held:
        """Hand over hand to the next rail: a hand always holds, and no tether is stretched beyond its length."""
        if not held.hand:
            raise InputError(f"tethers: nobody moves from {self._name(held.at)} with both hands free; grab the rail")
        if to not in self.rails.over.neighbours[held.at]:
            raise InputError(f"tethers: {self._name(to)} is not within reach of {self._name(held.at)}; go by rails "
                             "between")
        for which, length_m in (("short", self.short_m), ("long", self.long_m)):
            hook = getattr(held, which)
            if hook is not None and self.stretch_m(hook, to) > length_m + 1e-9:
                raise InputError(f"tethers: the {which} tether of {length_m:g} m does not reach from "
                                 f"{self._name(hook)} to {self._name(to)}; hook it again before")
        return replace(held, at=to)

    def stretch_m(self, hook: int, at: int) -> float:
        return float(np.linalg.norm(self.rails.at_m[hook] - self.rails.at_m[at]))

    def _two(self, held: Held, doing: str) -> Held:
        if held.points < LEAST:
            raise InputError(f"tethers: {doing} at {self._name(held.at)} would leave {held.points} point; "
                             f"hold at {LEAST}")
        return held

    def _name(self, node: int) -> str:
        return self.rails.names[node]


@dataclass(frozen=True, slots=True)
class Handled:
    """A way with its hooks: states in order, swaps of each tether, least points, longest stretch of the long one."""

    states: tuple[Held, ...]
    short_swaps: int
    long_swaps: int
    stretch_m: float

    @property
    def points(self) -> int:
        return min(held.points for held in self.states)


def start(node: int) -> Held:
    """Both tethers hooked and a hand on the rail."""
    return Held(node, True, node, node)


def go(tethers: Tethers, held: Held, nodes: Sequence[int]) -> Handled:
    """Along a way that begins where the hands are, hook by hook."""
    states, swaps, stretch_m = [held], {"short": 0, "long": 0}, 0.0

    def swap(which: str) -> None:
        states.append(tethers.unhook(states[-1], which))
        states.append(tethers.hook(states[-1], which))
        swaps[which] += 1

    for to in nodes[1:]:
        held = states[-1]
        if held.long is None or tethers.stretch_m(held.long, to) > tethers.long_m:
            swap("long")
        states.append(tethers.unhook(states[-1], "short"))
        states.append(tethers.move(states[-1], to))
        hook = states[-1].long
        stretch_m = max(stretch_m, tethers.stretch_m(to if hook is None else hook, to))
        states.append(tethers.hook(states[-1], "short"))
        swaps["short"] += 1
    return Handled(tuple(states), swaps["short"], swaps["long"], stretch_m)


@dataclass(frozen=True, slots=True)
class Leash:
    """Who a loose thing is hooked to. It is never hooked to nobody."""

    item: str
    hooks: frozenset[str]

    def hook(self, who: str) -> Leash:
        return Leash(self.item, self.hooks | {who})

    def unhook(self, who: str) -> Leash:
        left = self.hooks - {who}
        if not left:
            raise InputError(f"tethers: unhooking {self.item} from {who} would leave it loose; hook it to "
                             "somebody first")
        return Leash(self.item, left)

    def pass_on(self, giver: str, taker: str) -> tuple[Leash, Leash]:
        """Hand to hand: the taker hooks it, then the giver unhooks it."""
        both = self.hook(taker)
        return both, both.unhook(giver)
