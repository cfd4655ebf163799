"""Where signals lie exactly at their limits robustness is nothing, and truth must come out all the same."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Flight, Leg, Situation
from fakel.model.verdict import Rule
from fakel.rules.judge import OPS, verdict

START = Epoch.utc("2020-01-01T10:00:00Z")
BEFORE = Situation(START, {}, {}, {}, {}, {}, {}, {}, {})
LONG_S = 12


def said(dice, depth):
    """A random statement about steps of a second: its text, and its truth in each second by brute force."""
    if depth == 0:
        name, op, limit = dice.choice("xy"), dice.choice(list(OPS)), dice.choice((0, 1))
        return f'steps("{name}") {op} {limit}', lambda of: [OPS[op](value, limit) for value in of[name]]
    (one, f), (other, g) = said(dice, depth - 1), said(dice, depth - 1)
    kind = dice.choice(("and", "or", "not", "implies"))
    if kind == "not":
        return f"(not ({one}))", lambda of: [not a for a in f(of)]
    if kind == "implies":
        return f"implies({one}, {other})", lambda of: [not a or b for a, b in zip(f(of), g(of), strict=True)]
    join = all if kind == "and" else any
    return f"(({one}) {kind} ({other}))", lambda of: [join(both) for both in zip(f(of), g(of), strict=True)]


def flight(signals):
    channels = tuple(Channel(name, "", START, np.arange(LONG_S + 1.0), np.array([*values, values[-1]], dtype=float))
                     for name, values in signals.items())
    return Flight({}, (Leg("a", "eva", {}, BEFORE, replace(BEFORE, epoch=START + float(LONG_S)), "done", (), channels,
                           (), (), {}),), {}, True)


@pytest.mark.parametrize("word", ["always", "eventually"])
def test_the_verdict_is_the_truth_by_brute_force(word):
    """Values and limits of 0 and 1 meet all the time. Windows begin half way in a second, off the jumps."""
    seen = set()
    for seed in range(400):
        dice = random.Random(seed)
        text, truth = said(dice, dice.randint(1, 2))
        signals = {name: [dice.randint(0, 1) for _ in range(LONG_S)] for name in "xy"}
        a = dice.randint(0, 4)
        b = a + dice.randint(0, 6)
        found = verdict(flight(signals), Rule("A", "A", "A", "a", (), f"{word}({text}, {a}.5, {b}.5)", "", 0.0, "", ""))
        wanted = (all if word == "always" else any)(truth(signals)[a:b + 1])
        seen.add(wanted)
        assert found.status.value == ("pass" if wanted else "fail"), (seed, text, signals, a, b)
    assert seen == {True, False}
