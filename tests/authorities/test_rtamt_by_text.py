"""Formulas as a user writes them, through parser, statements and signals, beside rtamt's dense time; see test_rtamt."""

import random
from dataclasses import replace

import numpy as np
import pytest

from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Flight, Leg, Situation
from fakel.rules.formula import work_out
from fakel.rules.reading import Reading
from fakel.rules.statements import Look
from fakel.rules.temporal import End

rtamt = pytest.importorskip("rtamt")
TAIL_S = 400.0

START = Epoch.utc("2020-01-01T10:00:00Z")
BEFORE = Situation(START, {}, {}, {}, {}, {}, {}, {}, {})
KINDS = ("not", "and", "or", "implies", "always", "eventually", "historically", "once", "until", "since")


def formula(dice, depth, past_from_now=False):
    """The same formula for rtamt and for fakel."""
    if depth == 0:
        name, op, limit = dice.choice("xy"), dice.choice((">=", "<=", ">", "<")), dice.randint(-4, 4)
        return f"({name} {op} {limit})", f'(steps("{name}") {op} {limit})'
    kind = dice.choice(KINDS)
    inside = past_from_now or kind == "since"
    (one, ours), (other, ours_too) = formula(dice, depth - 1, inside), formula(dice, dice.randint(0, depth - 1), inside)
    a = 0 if past_from_now and kind in ("historically", "once", "since") else dice.choice((0, dice.randint(1, 9)))
    b = a + dice.randint(1, 15)
    theirs_in, ours_in = (f"[{a},{b}]", f", {a}, {b}") if dice.random() < 0.6 else ("", "")
    if kind == "not":
        return f"(not {one})", f"(not {ours})"
    if kind in ("and", "or"):
        return f"({one} {kind} {other})", f"({ours} {kind} {ours_too})"
    if kind == "implies":
        return f"({one} -> {other})", f"implies({ours}, {ours_too})"
    if kind in ("until", "since"):
        return f"({one} {kind}{theirs_in} {other})", f"{kind}({ours}, {ours_too}{ours_in})"
    return f"({kind}{theirs_in} {one})", f"{kind}({ours}{ours_in})"


def steps(dice):
    """Random samples at instants of quarter seconds from zero."""
    t_s = np.cumsum([0.0] + [dice.randint(1, 24) / 4 for _ in range(14)])
    return t_s, np.array([float(dice.randint(-6, 6)) for _ in t_s])


def theirs(text, signals):
    spec = rtamt.StlDenseTimeSpecification()
    for name in signals:
        spec.declare_var(name, "float")
    spec.spec = text
    spec.parse()
    rows = spec.evaluate(*[[name, [[float(a), float(b)] for a, b in zip(t, v, strict=True)]]
                           for name, (t, v) in signals.items()])
    times = [row[0] for row in rows]
    return lambda t_s: rows[max(int(np.searchsorted(times, t_s, side="right")) - 1, 0)][1]


def flight(signals, end_s):
    channels = tuple(Channel(name, "", START, np.append(t, end_s), np.append(v, v[-1])) for name, (t, v) in
                     signals.items())
    leg = Leg("a", "eva", {}, BEFORE, replace(BEFORE, epoch=START + end_s), "done", (), channels, (), (), {})
    return Flight({}, (leg,), {}, True)


def test_written_formulas_agree():
    words = set()
    for seed in range(500):
        dice = random.Random(seed)
        text, ours = formula(dice, dice.randint(1, 3))
        words |= {kind for kind in KINDS if kind in ours}
        signals = {"x": steps(dice), "y": steps(dice)}
        end_s = max(t[-1] for t, _ in signals.values()) + TAIL_S
        told = work_out(ours, Reading(flight(signals, end_s), ())).members[""]
        got, wanted = Look(0.0, end_s).line(told, End.HELD), theirs(text, signals)
        # Whole numbers and quarter seconds: nothing is rounded. Instants lie off the jumps; infinity has two spellings.
        for t_s in [dice.randint(0, 200) / 4 + 0.0937 for _ in range(8)]:
            both = np.clip([got.at(t_s), wanted(t_s)], -1e9, 1e9)
            assert both[0] == both[1], (seed, text, t_s)
    assert words == set(KINDS)
