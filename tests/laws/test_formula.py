"""The formula language: it computes what Python computes, and nothing else gets in."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Channel, Event, Flight, Leg, Situation
from fakel.rules.formula import evaluate
from fakel.rules.words import Missing, Reading

START = Epoch.utc("2020-01-01")


def flight(values=(3.0, 1.0, 2.0), events=(), studies=None, mission=None, plan=None):
    t_s = np.arange(len(values)) * 10.0
    before = Situation(START, {}, {}, {}, {}, {}, {}, {}, {})
    after = Situation(START + 100.0, {}, {}, {}, {}, {}, {"ann": {"oxygen_kg": 0.5}}, {}, {})
    leg = Leg("walk", "eva", plan or {}, before, after, "done", (), (Channel("suit.ann.x_m", "m", START, t_s, values),),
              tuple(events), (), studies or {})
    return Flight(mission or {}, (leg,), {}, True)


def of(text, **parts):
    read = Reading(flight(**parts), ("eva",))
    return evaluate(text, read), read


NUMBERS = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
EXPRESSIONS = st.recursive(
    NUMBERS.map(lambda x: f"({x!r})"),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda x: f"(-{x})"),
        st.tuples(inner, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner).map(lambda p: f"({' '.join(p)})"),
        st.tuples(inner, st.sampled_from(["max", "min"]), inner).map(lambda p: f"{p[1]}({p[0]}, {p[2]})"),
        inner.map(lambda x: f"abs({x})")), max_leaves=12)


@given(EXPRESSIONS)
def test_arithmetic_is_that_of_python(text):
    assert of(text)[0] == pytest.approx(float(eval(text)), rel=1e-12)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30))
def test_max_and_min_of_a_channel_are_found_with_their_instant(values):
    for word, pick in (("max", max), ("min", min)):
        value, read = of(f'{word}(channel("suit.*.x_m"))', values=values)
        assert value == pick(values)
        assert read.window.start == START + 10.0 * values.index(value)
        assert read.evidence == ["suit.ann.x_m"]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.floats(-1e3, 1e3))
def test_scaling_samples_scales_their_maximum(values, factor):
    scaled = [value * factor for value in values]
    assert of(f'max(channel("suit.*.x_m") * ({factor!r}))', values=values)[0] == max(scaled)


def test_one_sample_that_is_not_a_number_makes_the_whole_unknown():
    with pytest.raises(Missing):
        of('max(channel("suit.*.x_m"))', values=(1.0, math.nan, 2.0))


@pytest.mark.parametrize(("text", "lacks"), [
    ('max(channel("cabin.*"))', "no channel cabin.*"),
    ('fact("landing", "speed_m_s")', "no event landing"),
    ('min(column("drift", "range_m"))', "no study drift"),
    ('min(mission("suits.*.autonomy_s"))', "no suits.*.autonomy_s in the mission"),
    ('min(plan("crew_day.start_s"))', "no crew_day.start_s in any plan"),
    ('min(suit("bob", "oxygen_kg"))', "no oxygen_kg in the suit of bob"),
])
def test_what_is_missing_is_named(text, lacks):
    with pytest.raises(Missing, match=lacks.replace("*", r"\*").replace(".", r"\.")):
        of(text)


def test_words_over_events_and_studies():
    events = [Event(START + 5.0, "hatch_open", "pirs", "eva", {"people": 2}),
              Event(START + 25.0, "hatch_closed", "pirs", "eva", {})]
    assert of('seconds("hatch_open", "hatch_closed")', events=events)[0] == 20.0
    assert of('fact("hatch_open", "people")', events=events)[0] == 2.0
    assert of('count("hatch_*")', events=events)[0] == 2.0
    assert of('max(after(channel("suit.ann.x_m"), "hatch_open"))', events=events)[0] == 2.0
    assert of('max(before(channel("suit.ann.x_m"), "hatch_open"))', events=events)[0] == 3.0
    assert of('min(between(channel("suit.ann.x_m"), "hatch_open", "hatch_closed"))', events=events)[0] == 1.0
    assert of('at(channel("suit.ann.x_m"), "hatch_open")', events=events)[0] == 2.0     # half way from 3 to 1
    table = {"s": {"a": [1.0, 2.0], "b": [10.0, 20.0]}}
    assert of('total(column("s", "a") * column("s", "b"))', studies=table)[0] == 50.0
    assert of('total(column("s", "a") < 1.5)', studies=table)[0] == 1.0
    assert of('max(mission("suits.*.h")) - 1', mission={"suits": {"x": {"h": 7}, "y": {"h": 6}}})[0] == 6.0
    assert of('last(suit("ann", "oxygen_kg"))')[0] == 0.5


def test_a_study_with_utc_says_when():
    table = {"s": {"utc": ["2020-01-01T00:00:07Z", "2020-01-01T00:00:09.500Z"], "a": [1.0, 2.0]}}
    assert of('max(column("s", "a"))', studies=table)[1].window.start == START + 9.5
    # Without an instant of its own, a table is known when the leg is over; a burn's row stands at its burn.
    assert of('max(column("s", "a"))', studies={"s": {"a": [1.0, 2.0]}})[1].window.start == START + 100.0


@pytest.mark.parametrize("text", [
    "__import__('os').system('true')", "(1).real", "channel.__doc__", "[1, 2]", "{1: 2}", "lambda: 1", "x",
    "1 if 2 else 3", "channel", "max", "'a' 'b'[0]", "f'{1}'", "1 // 2", "5 % 2", "1 << 3", "~1", "max(1, key=abs)",
    "1; 2", "",
    "None", "1j", "b'x'", "(y := 1)", "max(*[1])", "1 is 2", "1 in 'a'", "open('x')",
])
def test_nothing_but_the_language_gets_in(text):
    with pytest.raises(InputError):
        of(text)


@pytest.mark.parametrize("text", [
    "1 / 0", "10 ** 10 ** 10", "'a' + 1", "channel()", 'channel("suit.*.x_m")', "(-1) ** 0.5",
    'column("s", "a") * channel("suit.*.x_m")'])
def test_what_cannot_be_worked_out_is_told_in_one_line(text):
    with pytest.raises(InputError) as told:
        of(text, studies={"s": {"a": [1.0]}})
    assert "\n" not in str(told.value)
