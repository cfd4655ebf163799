"""The evaluator of signal temporal logic beside rtamt 0.4 (BSD; dense time), on random formulas and signals.

Where the two differ by definition, and what is done here so that they may be compared:

- rtamt's dense time takes every sample as a step that stands until the next one, the last for ever. So do we at the end
  of a whole flight; steps are ours too, and here the last outlasts every window.
- Straight lines between samples are ours alone. There rtamt gets a staircase, which leaves the line by half a stair at
  most; robustness never differs by more than the signals do, so the two agree to half a stair.
- rtamt 0.4.10 begins the answer of ``since`` where it first rises above minus infinity, and what encloses it then
  sees a later beginning. So windows of the past inside of ``since`` begin at now, where there is always something.
- The value at the very instant of a jump is a matter of definition: instants are drawn beside the jumps.
"""

import random

import numpy as np
import pytest

from fakel.rules import temporal
from fakel.rules.lines import Line, least, most

rtamt = pytest.importorskip("rtamt")
FORMULAS = 2000
TAIL_S = 400.0
KINDS = {"not", "and", "or", "always", "eventually", "historically", "once", "until", "since"}


def formula(dice, depth, past_from_now=False):
    """A random formula: its text for rtamt, and the same as a function of two lines."""
    if depth == 0:
        name, sign = dice.choice("xy"), dice.choice((1.0, -1.0))
        limit = dice.randint(-4, 4)
        op = ">=" if sign > 0 else "<="
        return f"({name} {op} {limit})", lambda x, y: (x if name == "x" else y).scaled(sign, -sign * limit)
    kind = dice.choice(("not", "and", "or", "always", "eventually", "historically", "once", "until", "since"))
    inside = past_from_now or kind == "since"
    one, f = formula(dice, depth - 1, inside)
    other, g = formula(dice, dice.randint(0, depth - 1), inside)
    a = 0 if past_from_now and kind in ("historically", "once", "since") else dice.choice((0, dice.randint(1, 9)))
    b = a + dice.randint(1, 12)
    bounded = dice.random() < 0.7
    window = f"[{a},{b}]" if bounded else ""
    a, b = (float(a), float(b)) if bounded else (0.0, np.inf)
    if kind == "not":
        return f"(not {one})", lambda x, y: f(x, y).scaled(-1.0)
    if kind in ("and", "or"):
        join = least if kind == "and" else most
        return f"({one} {kind} {other})", lambda x, y: join(f(x, y), g(x, y))
    word = getattr(temporal, kind)
    if kind in ("until", "since"):
        return f"({one} {kind}{window} {other})", lambda x, y: word(f(x, y), g(x, y), a, b)
    return f"({kind}{window} {one})", lambda x, y: word(f(x, y), a, b)


def steps(dice, n=14):
    """Random samples at instants of quarter seconds (so that sums are exact) from zero, with a long last step."""
    t_s = np.cumsum([0.0] + [dice.randint(1, 24) / 4 for _ in range(n)])
    return t_s, np.array([float(dice.randint(-6, 6)) for _ in range(n + 1)])


def theirs(text, x, y):
    spec = rtamt.StlDenseTimeSpecification()
    spec.declare_var("x", "float")
    spec.declare_var("y", "float")
    spec.spec = text
    spec.parse()
    return spec.evaluate(["x", [[float(t), float(v)] for t, v in zip(*x)]],
                         ["y", [[float(t), float(v)] for t, v in zip(*y)]])


def standing(samples, t_s):
    """The step that stands at an instant."""
    times = [row[0] for row in samples]
    return samples[max(int(np.searchsorted(times, t_s, side="right")) - 1, 0)][1]


def clipped(value):
    return float(np.clip(value, -1e9, 1e9))


def compare(seed):
    dice = random.Random(seed)
    text, ours = formula(dice, dice.randint(1, 3))
    x, y = steps(dice), steps(dice)
    end_s = max(x[0][-1], y[0][-1]) + TAIL_S
    lines = [Line.through(np.append(t, end_s), np.append(v, v[-1]), steps=True) for t, v in (x, y)]
    got, told = ours(*lines), theirs(text, x, y)
    instants = [dice.randint(0, 200) / 4 + 0.0937 for _ in range(12)]
    return text, [(t, clipped(got.at(t)), clipped(standing(told, t))) for t in instants]


def test_two_thousand_random_formulas_agree():
    kinds = set()
    for seed in range(FORMULAS):
        text, rows = compare(seed)
        kinds |= set(text.replace("(", " ").replace("[", " ").split()) & KINDS
        # Sums and differences of whole numbers and quarter seconds: nothing is rounded.
        assert all(ours == told for _, ours, told in rows), (seed, text, rows)
    assert kinds == KINDS


def test_straight_lines_agree_with_a_fine_staircase_to_half_a_stair():
    """x and y rise by 12 in a quarter second at most: with stairs of 1/32 s a stair is 1.5 high at most."""
    stair_s = 1 / 32
    for seed in range(40):
        dice = random.Random(seed)
        text, ours = formula(dice, dice.randint(1, 2))
        x, y = steps(dice, 8), steps(dice, 8)
        lines, stairs, high = [], [], 0.0
        for t, v in (x, y):
            lines.append(Line.through(np.append(t, max(x[0][-1], y[0][-1]) + TAIL_S),
                                      np.append(v, v[-1])))
            cuts = np.arange(0.0, t[-1] + stair_s, stair_s)
            middle = np.interp(cuts + stair_s / 2, t, v)
            stairs.append((cuts, middle))
            high = max(high, float(np.abs(np.diff(v) / np.diff(t)).max()) * stair_s)
        got, told = ours(*lines), theirs(text, *stairs)
        for _ in range(12):
            t_s = dice.randint(0, 200) / 4 + 0.0037
            a, b = clipped(got.at(t_s)), clipped(standing(told, t_s))
            # The line is half a stair from the stair's middle, and t_s may lie half a stair from where it was read.
            assert abs(a - b) <= high + 1e-9, (seed, text, t_s, a, b)
